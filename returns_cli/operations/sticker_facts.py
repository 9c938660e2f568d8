"""What the sticker of each unit says: grade, disposition, bin, who and when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from returns_cli.domain.days import local_day
from returns_cli.domain.record import ReturnRecord

if TYPE_CHECKING:
    from returns_cli.documents import StickerFacts
    from returns_cli.operations.paper_facts import PaperDesk
    from returns_cli.operations.shop import Shop


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit that was inspected, numbered within its order line in the order of inspection.

    Attributes:
        number: from 1.
        disposition, at, actor: of the disposal once it was put away, else of the inspection.
        place: where it was put; empty before that, or where nobody said.
    """

    line: int
    number: int
    grade: str
    disposition: str
    at: str
    actor: str
    place: str = ""


def inspected_units(record: ReturnRecord) -> list[Unit]:
    """Every inspected unit of a return, by line and number.

    A disposal counts for the first unit that its inspection sent there and that is still waiting,
    else for the first one waiting.
    """
    units: list[Unit] = []
    for line in sorted({one.line for one in record.inspections}):
        of_line: list[Unit] = []
        for seen in record.inspections:
            if seen.line == line and seen.quantity < 0:
                _forget(of_line, seen.grade, -seen.quantity)
            elif seen.line == line:
                of_line += [
                    Unit(
                        line,
                        len(of_line) + n,
                        seen.grade,
                        seen.disposition,
                        seen.inspected_at,
                        seen.actor,
                    )
                    for n in range(1, seen.quantity + 1)
                ]
        units += _put_away(record, line, of_line)
    return units


def _forget(units: list[Unit], grade: str, count: int) -> None:
    """Take units out again whose inspection was undone: the last ones of that grade."""
    for _ in range(count):
        found = [n for n, unit in enumerate(units) if unit.grade == grade]
        if found:
            del units[found[-1]]


def _put_away(record: ReturnRecord, line: int, units: list[Unit]) -> list[Unit]:
    waiting = dict(enumerate(units))
    for gone in record.disposals:
        if gone.line != line:
            continue
        for _ in range(min(gone.quantity, len(waiting))):
            meant = (n for n, unit in waiting.items() if unit.disposition == gone.disposition)
            n = next(meant, next(iter(waiting)))
            units[n] = replace(
                waiting.pop(n),
                disposition=gone.disposition,
                at=gone.disposed_at,
                actor=gone.actor,
                place=gone.location,
            )
    return units


def sticker_facts(desk: PaperDesk, record: ReturnRecord, unit: Unit) -> StickerFacts:
    """The sticker of one unit, in the words of the policy that judged the return."""
    from returns_cli.documents import StickerFacts

    sha256 = record.decision.policy_sha256 if record.decision else None
    grade = desk.tables_of(sha256).grades.get(unit.grade)
    skus = {one.line: one.sku for one in record.order.lines}
    return StickerFacts(
        rma=record.rma,
        line=unit.line,
        unit=unit.number,
        sku=skus.get(unit.line, ""),
        word=large_word(unit.disposition),
        grade=grade.text if grade else unit.grade,
        place=unit.place,
        decided_on=local_day(unit.at, desk.config.zone),
        actor=unit.actor,
        language=desk.config.language,
    )


def large_word(code: str) -> str:
    """A disposition or grade as it is printed large.

    >>> large_word("open_box")
    'OPEN BOX'
    """
    return code.replace("_", " ").replace("-", " ").upper()


def card_grades(grades: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """The code and the word of each grade's command card.

    >>> card_grades(["wrong_item"])
    (('*GRADE-WRONG-ITEM*', 'WRONG ITEM'),)
    """
    return tuple((f"*GRADE-{code.replace('_', '-').upper()}*", large_word(code)) for code in grades)


def known_grades(shop: Shop) -> tuple[str, ...]:
    """The grades of the shop's table, then those that a policy alone has."""
    own = (one for policy in shop.policies() for one in policy.tables.grades)
    return tuple(dict.fromkeys((*shop.config.tables.grades, *own)))
