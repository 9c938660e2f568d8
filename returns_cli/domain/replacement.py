"""What was sent instead of returned goods, and what a customer owes for it: plain facts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Replacement(NamedTuple):
    """Units that were sent instead of those of one return line.

    Attributes:
        price_minor: of one unit on that day, None where it was not known.
        back_by: the last day for the returned goods where it was sent before they came, else None.
    """

    line: int
    sku: str
    quantity: int
    sent_at: str
    actor: str
    tracking: str = ""
    back_by: str | None = None
    price_minor: int | None = None


class OwedMove(NamedTuple):
    """A change of what a customer owes for an exchange.

    Attributes:
        kind: ``owed``, ``released`` (the goods came after all), ``paid`` or ``waived``.
        amount_minor: added to what is owed; negative for all but the first.
        reference: of the customer's payment.
    """

    kind: str
    amount_minor: int
    moved_at: str
    actor: str
    journal_seq: int
    reference: str = ""
    why: str = ""


def recorded_minor(moves: Iterable[OwedMove]) -> int:
    """What was recorded as owed so far, paid or not."""
    return sum(one.amount_minor for one in moves if one.kind in ("owed", "released"))


def open_minor(moves: Iterable[OwedMove]) -> int:
    """What the customer still owes."""
    return sum(one.amount_minor for one in moves)
