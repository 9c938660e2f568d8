"""Counting the accepted orders of a call for its figures."""

from __future__ import annotations

from collections.abc import Sequence

from returns_cli.domain.model import Order
from returns_cli.domain.same_order import SameOrder


class OrderCount:
    """The figures that orders make; amounts in minor units by currency.

    Attributes:
        orders, lines, units: accepted ones.
        named_refunds: by channel and number of an order, Σ of the refunds that a file of the call
            names for it; it stands in the figures in place of the order's own sum.
        unpriced: channel and number of orders that stand in no total, since they have no money.
    """

    def __init__(self) -> None:
        self.orders = 0
        self.lines = 0
        self.units = 0
        self.named_refunds: dict[tuple[str, str], int] = {}
        self.unpriced: set[tuple[str, str]] = set()
        self._priced: dict[str, int] = {}
        self._totals: dict[str, int] = {}
        self._refunded: dict[str, int] = {}

    def add(self, orders: Sequence[Order], sign: int = 1) -> None:
        """Count orders, or with -1 take them back."""
        lines = [line for order in orders for line in order.lines]
        self.orders += sign * len(orders)
        self.lines += sign * len(lines)
        self.units += sign * sum([line.quantity for line in lines])
        for currency in {order.currency for order in orders}:
            own = [order for order in orders if order.currency == currency]
            refunded = sum(map(self._given_back, own))
            if self.unpriced:
                own = [one for one in own if (one.channel, one.order_id) not in self.unpriced]
            total = sum([order.total_minor for order in own])
            self.add_sums(currency, sign * len(own), sign * total, sign * refunded)

    def _given_back(self, order: Order) -> int:
        if not self.named_refunds:
            return order.refunded_minor
        return self.named_refunds.get((order.channel, order.order_id), order.refunded_minor)

    def add_same(self, met: Sequence[SameOrder]) -> None:
        """Count orders that stand in the file as they were last read."""
        for same in met:
            self.orders += 1
            self.lines += same.rows
            self.units += same.units
            self.add_sums(same.currency, 1, same.total_minor, same.refunded_minor)

    def add_sums(self, currency: str, orders: int, total_minor: int, refunded_minor: int) -> None:
        """Count what some orders of a currency came to, and what was given back of them."""
        self._priced[currency] = self._priced.get(currency, 0) + orders
        self._totals[currency] = self._totals.get(currency, 0) + total_minor
        self._refunded[currency] = self._refunded.get(currency, 0) + refunded_minor

    @property
    def totals(self) -> dict[str, int]:
        """By currency, what the orders came to, in order of currency."""
        return {
            currency: amount
            for currency, amount in sorted(self._totals.items())
            if self._priced[currency]
        }

    @property
    def refunded(self) -> dict[str, int]:
        """By currency, what was given back; only currencies with a refund."""
        return {currency: amount for currency, amount in sorted(self._refunded.items()) if amount}
