"""A model of returns as plain numbers: what is allowed, and what then is so.

It shares no code with the program. Prices are even, so that half a unit's price is whole.
"""

from __future__ import annotations

from dataclasses import dataclass, field

PRICES = {1: 1000, 2: 700}  # minor units, of one unit of a line
SOLD = {1: 3, 2: 2}  # units of a line
PAID = sum(PRICES[line] * SOLD[line] for line in SOLD)
WORTH = {"new": 2, "used": 1}  # halves of the price
LIVE = ("submitted", "confirmed", "in_doubt")
OVER = ("denied", "refunded", "closed", "cancelled")
MOVES = {
    "submitted": ("confirmed", "failed", "in_doubt", "reversed"),
    "in_doubt": ("confirmed", "failed"),
    "confirmed": ("reversed",),
    "failed": (),
    "reversed": (),
}


@dataclass
class Refund:
    """Money given back for a return."""

    amount: int
    state: str
    number: int

    @property
    def is_live(self) -> bool:
        return self.state in LIVE


@dataclass
class Life:
    """One return of units of one line."""

    line: int
    asked: int
    authorized: int = 0
    received: int = 0
    graded: list[str] = field(default_factory=list)
    disposed: int = 0
    ended: str = ""  # cancelled
    is_exchange: bool = False  # for the same article: even, but for what a grade takes off
    recorded: int = 0  # that the customer owes
    settled: int = 0  # of it, paid or waived
    refunds: dict[str, Refund] = field(default_factory=dict)

    @property
    def paid(self) -> int:
        """Σ of refunds that count."""
        return sum(one.amount for one in self.refunds.values() if one.is_live)

    @property
    def owed(self) -> int:
        """What is payable now and not yet paid: half the price for what was used."""
        halves = sum(WORTH[grade] for grade in self.graded)
        return 0 if self.is_exchange else PRICES[self.line] * halves // 2 - self.paid

    @property
    def due(self) -> int:
        """What the customer comes to owe for an exchange once everything is looked at."""
        if not self.is_exchange or not self.received or len(self.graded) < self.received:
            return self.recorded
        return PRICES[self.line] * self.graded.count("used") // 2

    @property
    def state(self) -> str:
        """The word that a person reads."""
        live = [one for one in self.refunds.values() if one.is_live]
        if any(one.state != "confirmed" for one in live):
            return "refund_pending"
        if self.ended:
            return self.ended
        if not self.authorized:
            return "denied"
        if not self.received:
            return "approved"
        if self.is_exchange:
            if len(self.graded) < self.received:
                return "received"
            return "inspected" if self.due > self.recorded else "closed"
        if len(self.graded) < self.received:
            return "received" if not live or self._quoted > self.paid else "refunded"
        if self.owed > 0:
            return "inspected"
        return "refunded" if live else "closed"

    @property
    def _quoted(self) -> int:
        """What the return pays in all, ungraded units in full."""
        ungraded = self.received - len(self.graded)
        return self.owed + self.paid + PRICES[self.line] * ungraded


@dataclass
class Shop:
    """Every return of one order, by RMA."""

    lives: dict[str, Life] = field(default_factory=dict)

    def left(self, line: int, but: Life | None = None) -> int:
        """Units of a line that no other return holds."""
        held = sum(
            one.authorized for one in self.lives.values() if one.line == line and one is not but
        )
        return SOLD[line] - held

    def refunds(self) -> dict[str, Refund]:
        """Every refund by its number."""
        return {name: one for life in self.lives.values() for name, one in life.refunds.items()}
