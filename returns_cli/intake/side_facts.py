"""What files without items say of orders, kept until the order comes past or the store is asked."""

from __future__ import annotations

from typing import NamedTuple

from returns_cli.domain.added_facts import AddedFacts
from returns_cli.domain.model import Order
from returns_cli.intake.records import OrderSupplement


class SideFact(NamedTuple):
    """One supplement and where it stands.

    Attributes:
        file_index: place of its file in the call.
        supplement: what it says.
        column: of the order number, as the file writes it.
    """

    file_index: int
    supplement: OrderSupplement
    column: str | None

    @property
    def facts(self) -> AddedFacts:
        """What it adds to its order."""
        said = self.supplement
        return AddedFacts(
            said.currency,
            said.sums,
            said.total_minor,
            said.captured_minor,
            said.refunded_minor,
            said.refunds,
            said.items,
            said.cancelled_at,
            said.payments,
        )

    @property
    def names_refunds_alone(self) -> bool:
        """Whether it tells of nothing but refunds."""
        facts = self.facts
        return facts.given_back_minor > 0 and not (facts.states_total or facts.cancelled_at)


class SideFacts:
    """The facts of one call that wait for their orders.

    Args:
        channel: of orders whose file names none.
    """

    def __init__(self, channel: str) -> None:
        self._channel = channel
        self._waiting: dict[tuple[str, str], list[SideFact]] = {}
        self._fallen: set[tuple[str, str]] = set()

    def __bool__(self) -> bool:
        return bool(self._waiting or self._fallen)

    def add(self, fact: SideFact) -> bool:
        """Keep a fact; False where its order fell already."""
        said = fact.supplement
        place = (said.channel or self._channel, bare(said.order_id))
        if place in self._fallen:
            return False
        self._waiting.setdefault(place, []).append(fact)
        return True

    def take(self, order: Order) -> list[SideFact]:
        """The facts of an order; they wait no longer."""
        return self._waiting.pop((order.channel, bare(order.order_id)), [])

    def fell(self, order: Order) -> bool:
        """Whether a row of the order was refused in another file."""
        return (order.channel, bare(order.order_id)) in self._fallen

    def fall(self, key: str) -> list[SideFact]:
        """Let an order fall, of which a row was refused, and what waits for it.

        Args:
            key: of the order's rows (``KeyColumns.key_of``).

        Returns:
            The facts that fall with it.
        """
        place = self._place(key)
        self._fallen.add(place)
        return self._waiting.pop(place, [])

    def has(self, key: str) -> bool:
        """Whether a fact waits for the order of these rows."""
        return bool(self._waiting) and self._place(key) in self._waiting

    def _place(self, key: str) -> tuple[str, str]:
        order_id, _, channel = key.partition("\x1f")
        return channel or self._channel, bare(order_id)

    def take_rest(self) -> list[list[SideFact]]:
        """The facts whose orders did not come, by order; they wait no longer."""
        rest = list(self._waiting.values())
        self._waiting = {}
        return rest


def bare(order_id: str) -> str:
    """An order number without its sign: ``#1042`` and ``1042`` are one order."""
    return order_id.removeprefix("#")
