"""The table of legal minimums, ``data/legal_floors.yaml``, read and compiled once.

A checklist, never legal advice. What the rows ask for at least is written in the language of a
policy's terms, so that a setting the law decides is cited as one that a rule decides.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import NamedTuple, cast

from returns_cli.data import shipped
from returns_cli.notation.read import Node, read_yaml
from returns_cli.notation.shapes import Field, Group, ListOf, MapOf, Other, Scalar
from returns_cli.notation.typed import Leaf, Reading, Tree, leaves, value_of
from returns_cli.policy import schema
from returns_cli.policy.conditions import Block, Condition, ConditionReader, facts_in
from returns_cli.policy.facts import LineFacts
from returns_cli.policy.operators import decide_all, decide_not

FILE = "legal_floors.yaml"
SHOWN_AS = f"data/{FILE}"
RULE = "legal-floor:"
"""What stands before a floor's id where a setting names the rule that decided it."""

_PLACE = ("order.country", "order.region")
_WINDOW = ("order.placed", "order.shipped", "order.delivered", "order.last_parcel", "requested_on")
_TEXT = Scalar("text")
_NAME = Scalar("name")

ROW = Group(
    "a row",
    {
        "rule": Field(_TEXT, "What the law says, in one sentence.", is_required=True),
        "source": Field(_TEXT, "The law and its article.", is_required=True),
        "checked": Field(Scalar("day"), "When it was last compared.", is_required=True),
        "opened": Field(Scalar("flag"), "Whether the text itself was opened.", is_required=True),
        "least": Field(schema.relaxed(schema.TERMS), "What holds at least, as in `terms`."),
        "excludes": Field(Other("excludes"), "Conditions of what the right does not cover."),
    },
)
RIGHT = Group(
    "a right",
    {
        "title": Field(_TEXT, "When a customer has it.", is_required=True),
        "when": Field(Other("when"), "Facts and tests, all of which must hold.", is_required=True),
        "rows": Field(MapOf("rows", _NAME, ROW), "What the law says of it.", is_required=True),
    },
)
FLOOR = Group(
    "a floor",
    {
        "title": Field(_TEXT, "The name of the place.", is_required=True),
        "countries": Field(ListOf(Scalar("country"), 1), "Of the ship-to.", is_required=True),
        "regions": Field(ListOf(_TEXT, 1), "Of the ship-to; without it, all."),
        "unless_displayed": Field(
            Scalar("flag"), "Whether a clause that customers see before they buy holds instead."
        ),
        "enough_days": Field(Scalar("count"), "A window this long is enough."),
        "rights": Field(MapOf("rights", _NAME, RIGHT), "Its rights.", is_required=True),
    },
)
TABLE = Group(
    "the table",
    {"floors": Field(MapOf("floors", _NAME, FLOOR), "By place.", is_required=True)},
)


class Row(NamedTuple):
    """One sentence of a law, with its source and where it stands in the table."""

    id: str
    rule: str
    source: str
    at: str
    is_opened: bool


class Right(NamedTuple):
    """What a customer may ask for in some situation.

    Attributes:
        when: holds for a line that the right covers; exclusions are in it.
        least: settings by dotted name, and the row that each comes from.
    """

    id: str
    title: str
    when: Block
    least: Mapping[str, tuple[Leaf, Row]]
    rows: tuple[Row, ...]


class Floor(NamedTuple):
    """The legal minimums of one place.

    Attributes:
        countries, regions: of the ship-to, regions folded; empty regions are all.
        is_unless_displayed: a clause that customers see before they buy holds instead.
        enough_days: a policy whose window is this long need not give what ``least`` says.
    """

    id: str
    title: str
    countries: tuple[str, ...]
    regions: tuple[str, ...]
    is_unless_displayed: bool
    enough_days: int | None
    rights: tuple[Right, ...]

    @property
    def rule(self) -> str:
        """What a setting names as the rule that decided it: ``legal-floor:EU``."""
        return RULE + self.id


class FloorTable(NamedTuple):
    """The table as one text says it.

    Attributes:
        sha256: of ``text``, which the store keeps with the decisions made by it.
        fact_names: every fact that holding the floors may look at.
    """

    sha256: str
    text: bytes
    shown_as: str
    floors: tuple[Floor, ...]
    fact_names: frozenset[str]

    def floors_of(self, facts: LineFacts) -> tuple[Floor, ...] | None:
        """The floors of the place that an order went to, None where the place is not known."""
        country, region = facts.raw("order.country"), facts["order.region"]
        if country is None:
            return None
        return tuple(
            one
            for one in self.floors
            if str(country).upper() in one.countries and (not one.regions or region in one.regions)
        )


@cache
def shipped_floors() -> FloorTable:
    """The table that comes with this version."""
    return read_floors(shipped(FILE).read_bytes(), SHOWN_AS)


@lru_cache(16)
def read_floors(data: bytes, shown_as: str) -> FloorTable:
    """The table that a text says.

    Raises:
        InvalidError: with every problem found (exit 7).
    """
    root = read_yaml(data, shown_as)
    reading = Reading(shown_as, "POLICY")
    tree = reading.group(root, TABLE)
    conditions = ConditionReader(reading, None)
    node = root.get("floors")
    floors = tuple(
        _floor(key.text, _tree(tree, "floors", key.text), value, conditions)
        for key, value in (node.entries if node is not None else ())
    )
    if reading.problems:
        raise reading.refused()
    rights = [right for one in floors for right in one.rights]
    names = {name for right in rights for name in facts_in(right.when)}
    return FloorTable(
        hashlib.sha256(data).hexdigest(),
        data,
        shown_as,
        floors,
        frozenset(names.union(_PLACE, _WINDOW)),
    )


def _tree(tree: Tree, *names: str) -> Tree:
    for name in names:
        found = tree.get(name)
        tree = found if isinstance(found, dict) else {}
    return tree


def _floor(name: str, tree: Tree, node: Node, conditions: ConditionReader) -> Floor:
    rights = node.get("rights")
    return Floor(
        id=name,
        title=str(value_of(tree, "title")),
        countries=cast("tuple[str, ...]", value_of(tree, "countries", ())),
        regions=tuple(
            one.casefold() for one in cast("tuple[str, ...]", value_of(tree, "regions", ()))
        ),
        is_unless_displayed=bool(value_of(tree, "unless_displayed")),
        enough_days=cast("int | None", value_of(tree, "enough_days")),
        rights=tuple(
            _right(key.text, _tree(tree, "rights", key.text), value, conditions)
            for key, value in (rights.entries if rights is not None else ())
        ),
    )


def _right(name: str, tree: Tree, node: Node, conditions: ConditionReader) -> Right:
    least: dict[str, tuple[Leaf, Row]] = {}
    parts: list[Condition] = []
    rows = []
    asked = node.get("when")
    if asked is not None and (block := conditions.read(asked, f"`when` of {name}")) is not None:
        parts.append(block)
    listed = node.get("rows")
    for key, value in listed.entries if listed is not None else ():
        own = _tree(tree, "rows", key.text)
        row = Row(
            key.text,
            str(value_of(own, "rule")),
            str(value_of(own, "source")),
            f"{conditions.reading.shown_as}:{key.line}",
            bool(value_of(own, "opened")),
        )
        rows.append(row)
        least.update({name: (leaf, row) for name, leaf in leaves(_tree(own, "least")).items()})
        parts += _exclusions(value.get("excludes"), conditions)
    decide = decide_all(tuple(part.decide for part in parts))
    when = Block("all", tuple(parts), node.line, decide)
    return Right(name, str(value_of(tree, "title")), when, least, tuple(rows))


def _exclusions(node: Node | None, conditions: ConditionReader) -> list[Condition]:
    """What a row excludes, turned round: conditions that must not hold."""
    if node is None or not conditions.reading.expect(node, "list", "`excludes`"):
        return []
    blocks = [conditions.read(item, "an exclusion") for item in node.items]
    return [
        Block("not", (block,), block.line, decide_not(block.decide))
        for block in blocks
        if block is not None
    ]
