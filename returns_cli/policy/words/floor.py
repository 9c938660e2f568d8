"""What a law changed of a line's judgement, in words: each setting with its row and source."""

from __future__ import annotations

from collections.abc import Iterator

from returns_cli.domain.model import LineDecision
from returns_cli.policy.floor_table import RULE, FloorTable, Row


def is_by_law(rule: str | None) -> bool:
    """Whether a setting's rule is one of the table of legal minimums."""
    return rule is not None and rule.startswith(RULE)


def law_lines(line: LineDecision, table: FloorTable | None) -> Iterator[str]:
    """The settings that a law decided, and what the law says; nothing where none did.

    Args:
        table: as kept with the decision; without it the settings are told, not the law.
    """
    by_law = [one for one in line.settings if is_by_law(one.rule)]
    if by_law:
        yield "  Held to the law, as far as a checklist knows it; this is not legal advice:"
    told: set[str] = set()
    rows = _rows(table)
    for one in by_law:
        value = one.value if isinstance(one.value, str) else ", ".join(one.value)
        yield f"    {one.name} {value}, by {one.rule}  ({one.at})"
        row = rows.get(one.at)
        if row is not None and row.id not in told:
            told.add(row.id)
            yield f"      {row.id}: {row.rule} {row.source}."


def _rows(table: FloorTable | None) -> dict[str, Row]:
    """The row behind each line that a setting may cite."""
    return {
        leaf.at: row
        for floor in (table.floors if table is not None else ())
        for right in floor.rights
        for leaf, row in right.least.values()
    }
