"""Money given back beside the tool and by it: the shop's export shows both, nothing is paid twice.

A desk refunds by the tool what its ledger allows, the shop gives money back elsewhere, and now and
then the shop's export comes in, as a sum or naming every refund, up to date or lagging behind.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from returns_cli.domain.model import Component, Order, SourceRefund
from returns_cli.domain.quote import order_allowance
from returns_cli.domain.source_refunds import sum_of
from returns_cli.store.check import check_store
from returns_cli.store.ledger import order_ledger
from returns_cli.store.orders import load_orders
from tests.store.desk import Desk, decision, line, order, refund_of

PAID = 2150  # for each of the two lines: goods 20.00, tax 1.00, shipping 0.50
GOODS = 2000
SOLD = order("#1", line(1), line(2, "CUP"))

OUTSIDE = st.tuples(st.just("outside"), st.none() | st.integers(1, 2), st.integers(1, 2000))
OWN = st.tuples(st.just("own"), st.integers(1, 2), st.integers(1, 2000))
EXPORT = st.tuples(st.just("export"), st.booleans(), st.integers(0, 1))
ACTIONS = st.lists(st.one_of(OUTSIDE, OWN, EXPORT), max_size=9)


@dataclass
class Truth:
    """What really happened to the money, day by day."""

    outside: list[SourceRefund] = field(default_factory=list)
    own: list[SourceRefund] = field(default_factory=list)
    day: int = 10

    @property
    def given(self) -> int:
        return sum_of(self.outside) + sum_of(self.own)

    def left_of(self, number: int | None) -> int:
        """What the shop can still give back: of the order, and of the line."""
        left = 2 * PAID - self.given
        if number is None:
            return left
        on_line = [one for one in (*self.outside, *self.own) if one.line == number]
        return min(left, PAID - sum_of(on_line))

    def refund(self, amount: int, number: int | None) -> SourceRefund:
        self.day += 1
        return SourceRefund(amount, number, f"2026-04-{self.day}", f"P-{self.day}")

    def export(self, *, by_name: bool, lag: int) -> Order:
        """The order as the shop exports it; with a lag the last of our own refunds is not in."""
        shown = (*self.outside, *self.own[: len(self.own) - lag])
        named = tuple(sorted(shown, key=lambda one: one.refunded_at or "")) if by_name else ()
        return SOLD._replace(refunded_minor=sum_of(shown), refunds=named)


def play(desk: Desk, actions: list[tuple[str, int | None, int]]) -> Truth:
    """Do one thing after the other, each as far as it is allowed."""
    truth = Truth()
    desk.orders(SOLD)
    return_id = desk.open({1: 2, 2: 2}, "#1")
    desk.judge(return_id, decision(2, 2))
    desk.authorize(return_id, {1: 2, 2: 2})
    for kind, number, amount in actions:
        if kind == "export":
            desk.orders(truth.export(by_name=bool(number), lag=min(amount, len(truth.own))))
        elif kind == "outside":
            amount = min(amount, truth.left_of(number))
            if amount > 0:
                truth.outside.append(truth.refund(amount, number))
        elif number is not None:
            pay(desk, truth, return_id, number, amount)
        assert check_store(desk.store).ok
    return truth


def pay(desk: Desk, truth: Truth, return_id: int, number: int, amount: int) -> None:
    """A refund by the tool, within what its ledger allows of the line and of the order."""
    ledger = order_ledger(desk.store, 1)
    ours = sum_of(one for one in truth.own if one.line == number)
    room = PAID - ledger.external_lines.get(number, 0) - ours
    allowed = order_allowance(load_orders(desk.store, [1])[1], ledger, 0)
    amount = min(amount, room, allowed, GOODS - ours)
    if amount <= 0:
        return
    part = Component("items", number, amount)
    new = refund_of(return_id, amount, key=f"pay-{truth.day}", components=(part,), takes={})
    desk.refund(new)
    truth.own.append(truth.refund(amount, number))


@settings(max_examples=30)
@given(ACTIONS)
def test_what_was_given_back_elsewhere_counts_once_and_only_once(
    actions: list[tuple[str, int | None, int]],
) -> None:
    with TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        truth = play(desk, actions)
        counted = order_ledger(desk.store, 1).external_minor
        assert counted <= sum_of(truth.outside), "never more than was given back elsewhere"
        if truth.given <= 2 * PAID:
            desk.orders(truth.export(by_name=True, lag=0))
            ledger = order_ledger(desk.store, 1)
            assert ledger.external_minor == sum_of(truth.outside)
            left = order_allowance(load_orders(desk.store, [1])[1], ledger, 0)
            assert left == 2 * PAID - truth.given
            assert check_store(desk.store).ok
        desk.store.close()
