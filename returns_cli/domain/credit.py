"""Store credit: what a customer may still spend, as the sum of what happened to it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import NamedTuple


class CreditState(StrEnum):
    """What a credit is good for on a day."""

    ACTIVE = "active"
    SPENT = "spent"
    EXPIRED = "expired"
    REVERSED = "reversed"


class CreditMove(NamedTuple):
    """One thing that happened to a credit.

    Attributes:
        kind: ``issued redeemed expired reversed``.
        amount_minor: what it added, negative for what it took.
        reference: what a redemption paid for, or empty.
    """

    kind: str
    amount_minor: int
    moved_at: str
    actor: str
    journal_seq: int
    reference: str = ""
    why: str = ""


class Credit(NamedTuple):
    """A store credit with all that happened to it, oldest first.

    Attributes:
        credit_id: row number; never shown.
        code: whoever holds it may spend the credit.
        expires_on: the last day on which it may be spent; None for ever.
        refund_id: the refund that it pays, None where it was given as goodwill.
        approved_by: the second person, or empty.
    """

    credit_id: int
    code: str
    currency: str
    expires_on: date | None
    refund_id: str | None
    approved_by: str
    moves: tuple[CreditMove, ...]

    @property
    def issued_minor(self) -> int:
        """What it was worth when it was new."""
        return self.moves[0].amount_minor

    @property
    def balance_minor(self) -> int:
        """What is left of it."""
        return sum(one.amount_minor for one in self.moves)

    def has_lapsed(self, today: date) -> bool:
        """Whether its last day is over."""
        return self.expires_on is not None and today > self.expires_on

    def state(self, today: date) -> CreditState:
        """What it is good for on a day; the last day still counts."""
        last = self.moves[-1].kind
        if last in ("expired", "reversed"):
            return CreditState(last)
        if not self.balance_minor:
            return CreditState.SPENT
        return CreditState.EXPIRED if self.has_lapsed(today) else CreditState.ACTIVE
