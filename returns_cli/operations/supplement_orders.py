"""Add what files without items say to orders that the store has."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from returns_cli.domain.added_facts import add_facts
from returns_cli.domain.model import Order
from returns_cli.store.order_update import OrderUpdates
from returns_cli.store.orders import OrderCounts, load_orders, order_pks

if TYPE_CHECKING:
    from returns_cli.intake import OrderReading, ReadOptions
    from returns_cli.intake.side_facts import SideFact
    from returns_cli.store.connection import Store

_CHUNK = 2000


def supplement_orders(
    store: Store,
    reading: OrderReading,
    options: ReadOptions,
    file_id: int,
    counts: OrderCounts,
) -> OrderCounts:
    """Add the facts whose orders came in no file of the call; inside the import's transaction.

    Facts of an order that the store does not have are refused, and those that cannot be the
    order's (another currency, refunds above what it came to). The same facts again change nothing.

    Returns:
        The counts of the import with these orders.
    """
    updates = OrderUpdates(store.connection, file_id)
    adding = _Adding(reading, options, updates, counts.spans)
    leftovers = iter(reading.leftovers())
    while chunk := list(islice(leftovers, _CHUNK)):
        adding.add(store, chunk)
    return counts._replace(
        changed=counts.changed + len(adding.changed),
        same=counts.same + len(adding.touched - adding.changed),
        changes=counts.changes + updates.changes,
        spans=(*counts.spans, *((pk, pk) for pk in sorted(adding.touched))),
    )


class _Adding:
    """The facts of one call on their way into the store.

    Attributes:
        touched: row numbers of orders that were not among those of the call.
        changed: those of them that differ now.
    """

    def __init__(
        self,
        reading: OrderReading,
        options: ReadOptions,
        updates: OrderUpdates,
        spans: Sequence[tuple[int, int]],
    ) -> None:
        self._reading = reading
        self._options = options
        self._updates = updates
        self._spans = sorted(spans)
        self.touched: set[int] = set()
        self.changed: set[int] = set()

    def add(self, store: Store, leftovers: Sequence[Sequence[SideFact]]) -> None:
        """Add the facts of some orders."""
        found = list(self._found(store, leftovers))
        orders = load_orders(store, [pk for pk, _ in found])
        for pk, facts in found:
            orders[pk] = self._add_to(pk, orders[pk], facts)

    def _found(
        self, store: Store, leftovers: Sequence[Sequence[SideFact]]
    ) -> Iterator[tuple[int, Sequence[SideFact]]]:
        """The orders that the facts are about; those of none, or of several, are refused."""
        by_channel: dict[str | None, list[Sequence[SideFact]]] = {}
        for facts in leftovers:
            channel = facts[0].supplement.channel or self._options.channel
            by_channel.setdefault(channel, []).append(facts)
        for channel, group in by_channel.items():
            ids = [facts[0].supplement.order_id for facts in group]
            pks = order_pks(store, ids, channel)
            for order_id, facts in zip(ids, group, strict=True):
                if len(pks[order_id]) == 1:
                    yield pks[order_id][0], facts
                elif pks[order_id]:
                    self._reading.refuse_facts(
                        facts,
                        "E-ORDER-AMBIGUOUS",
                        "Several channels have an order of this number.",
                        "Name the channel with --channel.",
                    )
                else:
                    self._reading.refuse_facts(facts)

    def _add_to(self, pk: int, old: Order, facts: Sequence[SideFact]) -> Order:
        new, took = old, []
        for fact in facts:
            added = add_facts(new, fact.facts, self._options.tax)
            if added.refusal:
                self._reading.refuse_facts([fact], added.refusal)
                continue
            new = added.order
            took.append(fact)
            self._reading.warn_of_total(fact, added.mismatch_minor, old.currency)
        if not took:
            return old
        is_new = pk not in self.touched and not self._is_of_call(pk)
        self._reading.took_facts(took, old.currency, counts=is_new)
        if is_new:
            self.touched.add(pk)
        changes_before = self._updates.changes
        stored = self._updates.supplement(pk, old, new)
        if self._updates.changes > changes_before and pk in self.touched:
            self.changed.add(pk)
        return stored

    def _is_of_call(self, pk: int) -> bool:
        place = bisect_right(self._spans, (pk, pk + 1)) - 1
        return place >= 0 and self._spans[place][0] <= pk <= self._spans[place][1]
