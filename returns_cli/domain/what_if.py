"""A return as it would be if goods came back in a certain grade: nothing of it is recorded.

What is supposed is added to the record as if the floor had seen it, so that judging and quoting go
the same way as for real goods.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from returns_cli.domain.errors import ConflictError, NotFoundError, UsageError
from returns_cli.domain.model import Inspection, Receipt
from returns_cli.domain.record import ReturnRecord

_SENTENCE = re.compile(
    r"(?ai)line\s+(\d{1,9})(?:\s+(?:qty|quantity)\s+(\d{1,9}))?\s+(?:graded|grade)\s+(\S{1,64})"
)
_WHO = "what-if"


class Supposition(NamedTuple):
    """Units of a line that are supposed to be found in a grade; None is all of its units."""

    line: int
    quantity: int | None
    grade: str


def read_suppositions(texts: Sequence[str]) -> tuple[Supposition, ...]:
    """Read ``line 2 graded used``; several stand in texts of their own or between commas.

    Raises:
        UsageError: ``E-USAGE-WHAT-IF``, a text says something else, or a line or number below 1.

    >>> read_suppositions(["line 2 qty 1 graded opened, line 3 graded used"])[0]
    Supposition(line=2, quantity=1, grade='opened')
    """
    return tuple(_read(part.strip()) for text in texts for part in text.split(","))


def _read(text: str) -> Supposition:
    match = _SENTENCE.fullmatch(text)
    if match is None or int(match[1]) < 1 or (match[2] is not None and int(match[2]) < 1):
        raise UsageError(
            "E-USAGE-WHAT-IF",
            f"`{text[:80]}` does not say what to suppose.",
            where="--what-if",
            hint="Write: line 2 graded used; or of some units: line 2 qty 1 graded opened.",
        )
    return Supposition(int(match[1]), None if match[2] is None else int(match[2]), match[3])


def suppose(
    record: ReturnRecord, suppositions: Sequence[Supposition], at: str
) -> tuple[ReturnRecord, tuple[Supposition, ...]]:
    """The record with its announced goods in, and the named units graded as supposed.

    Where nothing has arrived, all that is approved (else all that was asked for) is supposed to.
    Units that wait for inspection are graded first, then those that were graded last.

    Args:
        at: the moment of the supposed facts.

    Returns:
        The record, and each supposition with its number of units.

    Raises:
        NotFoundError: ``E-LINE-UNKNOWN``. ConflictError: ``E-OVER-INSPECTED``, more units of a
            line than there are.
    """
    asked = {one.line: one.quantity for one in record.lines}
    for one in suppositions:
        if one.line not in asked:
            known = ", ".join(map(str, asked))
            raise NotFoundError(
                "E-LINE-UNKNOWN",
                f"{record.rma} has no line {one.line}.",
                where="--what-if",
                hint=f"Its lines are {known}.",
            )
    named = {one.line for one in suppositions}
    here = {line: _units_here(record, line, asked[line], named) for line in asked}
    receipts = [
        Receipt(line, units - record.received(line), at, _WHO)
        for line, units in here.items()
        if units > record.received(line)
    ]
    record = record._replace(receipts=(*record.receipts, *receipts))
    counted = []
    graded: dict[int, int] = {}
    for one in suppositions:
        before = graded.get(one.line, 0)
        units = max(1, here[one.line] - before) if one.quantity is None else one.quantity
        if before + units > here[one.line]:
            raise ConflictError(
                "E-OVER-INSPECTED",
                f"Line {one.line} of {record.rma} has {here[one.line]} units, "
                f"so {before + units} cannot be graded.",
                where="--what-if",
                hint="Suppose fewer: line 2 qty 1 graded opened.",
            )
        graded[one.line] = before + units
        counted.append(one._replace(quantity=units))
    found = _left_as_found(record, graded)
    supposed = [Inspection(one.line, one.quantity or 0, one.grade, "", at, _WHO) for one in counted]
    return record._replace(inspections=(*found, *supposed)), tuple(counted)


def _units_here(record: ReturnRecord, line: int, asked: int, named: Collection[int]) -> int:
    """Units of a line that are in, or supposed to be: of a named line, and before any came."""
    if record.received(line) or (record.receipts and line not in named):
        return record.received(line)
    return record.authorized(line) or asked


def _left_as_found(record: ReturnRecord, graded: dict[int, int]) -> list[Inspection]:
    """The grades that stay: of each line as many units as nothing is supposed of, oldest first."""
    room = {line: record.received(line) - units for line, units in graded.items()}
    kept = []
    for one in record.inspections:
        units = min(one.quantity, room.get(one.line, one.quantity))
        if one.line in room:
            room[one.line] -= units
        if units:
            kept.append(one._replace(quantity=units))
    return kept
