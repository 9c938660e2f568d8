"""From the rows of statements to payments: parts added up, each with a key, and what is covered."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from returns_cli.domain.days import local_day
from returns_cli.domain.money import format_amount

if TYPE_CHECKING:
    from returns_cli.intake import RowReading
    from returns_cli.intake.own.statements import StatementRow
    from returns_cli.intake.records import RowPlace

COMMAND = "refunds reconcile"
_UNCLEAR = {
    "pending": "It is not paid out yet; read the next statement, too.",
    "failed": "The statement says that it failed.",
}
_CAME_BACK = "The amount says that money came back from the customer."
_PART = "Another row of this payment cannot be read, and it is all or nothing."
_PERHAPS_PART = "A row of this file cannot be read, and it may be a part of this payment."


class Payment(NamedTuple):
    """A payment of a statement, of one row or of several.

    Attributes:
        source: the kind of statement, as ``--from`` names it.
        key: the same payment again is recognised by it.
        places: of its rows.
        unclear: why it cannot be taken as paid; empty as a rule.
    """

    source: str
    key: str
    places: tuple[RowPlace, ...]
    order_id: str
    channel: str
    reference: str
    amount_minor: int
    currency: str
    paid_at: str
    tender: str
    unclear: str

    def can_pay(self, tender: str) -> bool:
        """Whether a refund of a tender can be this payment."""
        from returns_cli.intake.own.statements import can_pay

        return can_pay(self.source, self.tender, tender)

    def shown(self) -> str:
        """Order or reference, and the amount: what tells it to a person."""
        named = f"{self.order_id} {self.reference}".strip()
        return f"{named} {format_amount(self.amount_minor, self.currency)} {self.currency}"


@dataclass(slots=True)
class Covered:
    """What a file says something of.

    Attributes:
        source: the kind of statement.
        first_on, last_on: its days; None for a file without rows.
        tenders: that its refunds name.
    """

    source: str
    first_on: date | None = None
    last_on: date | None = None
    tenders: set[str] = field(default_factory=set)

    def add(self, row: StatementRow, zone: ZoneInfo) -> None:
        """Take a row's days in."""
        for at in row.days:
            day = local_day(at, zone)
            self.first_on = min(self.first_on or day, day)
            self.last_on = max(self.last_on or day, day)
        if row.is_refund:
            self.tenders.add(row.tender)

    def has(self, day: date) -> bool:
        """Whether a day is covered."""
        return self.first_on is not None and self.first_on <= day <= (self.last_on or day)

    def can_pay(self, tender: str) -> bool:
        """Whether refunds of a tender stand in the file."""
        from returns_cli.intake.own.statements import can_pay

        return any(can_pay(self.source, named, tender) for named in self.tenders or {""})


def payments_of(
    reading: RowReading[StatementRow], rows: Iterable[StatementRow], zone: ZoneInfo
) -> tuple[list[Payment], list[Covered]]:
    """The payments of a reading, in the order of its rows, and what each of its files covers.

    Parts of one payment stand or fall together: where one cannot be read, all are refused.

    Args:
        rows: those of the reading, all of which are taken.
    """
    covered: dict[int, Covered] = {}
    together: dict[object, list[StatementRow]] = {}
    for row in rows:
        index = row.place.file_index
        if index not in covered:
            covered[index] = Covered("")
        covered[index].add(row, zone)
        if row.is_refund:
            key = row.place if row.parts_of is None else (index, *row.parts_of)
            together.setdefault(key, []).append(row)
    for index, file in enumerate(reading.files):
        covered.setdefault(index, Covered("")).source = file.format
    broken = {index for index in covered if reading.log.refused_lines(index)}
    payments = []
    ordinals: Counter[tuple[int, str]] = Counter()
    for parts in together.values():
        if _refuse(reading, parts, broken):
            continue
        source = covered[parts[0].place.file_index].source
        payment = _payment(source, parts)
        if payment is not None:
            ordinal = (parts[0].place.file_index, payment.key)
            ordinals[ordinal] += 1
            payments.append(payment._replace(key=_numbered(payment.key, ordinals[ordinal])))
    return payments, [covered[index] for index in sorted(covered)]


def _numbered(key: str, ordinal: int) -> str:
    return key if key.startswith("id:") and ordinal == 1 else f"{key}:{ordinal}"


def _refuse(reading: RowReading[StatementRow], parts: list[StatementRow], broken: set[int]) -> bool:
    """Whether a payment is refused for one of its parts; each of them is then said to be."""
    if parts[0].parts_of is None:
        return False
    faults = [row.fault for row in parts if row.fault is not None]
    if not (faults or parts[0].place.file_index in broken):
        return False
    for row in parts:
        fault = row.fault
        if fault is None:
            message = _PART if faults else _PERHAPS_PART
            reading.log.reject(row.place, "E-ORDER-PART", message, value=row.order_id)
        else:
            reading.log.reject(
                row.place, fault.code, fault.message, column=fault.column, value=fault.value
            )
    return True


def _payment(source: str, parts: list[StatementRow]) -> Payment | None:
    """The payment that some rows are; None where they add up to nothing."""
    first = parts[0]
    minor = sum(row.paid_minor for row in parts)
    if not minor:
        return None
    return Payment(
        source=source,
        key=_key(first, minor),
        places=tuple(row.place for row in parts),
        order_id=first.order_id,
        channel=first.channel,
        reference=first.reference,
        amount_minor=abs(minor),
        currency=first.currency,
        paid_at=first.paid_at,
        tender=first.tender,
        unclear=_CAME_BACK if minor < 0 else _UNCLEAR.get(first.standing, ""),
    )


def _key(row: StatementRow, minor: int) -> str:
    """The row's own id, else what it says; whether it is paid out already may change."""
    if row.key.key.startswith("id:"):
        return row.key.key
    content = [*_facts(row), minor]
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _facts(row: StatementRow) -> Iterator[str]:
    yield from (row.order_id.removeprefix("#"), row.channel, row.reference)
    yield from (row.paid_at, row.currency, row.tender)
