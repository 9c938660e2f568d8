"""The store against a plain model of a desk: what may happen happens, all else leaves no trace.

The model knows units and amounts alone and decides by the invariants (I1, I2, I3) as DESIGN
states them; it shares no code and no SQL with the store.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import defaultdict
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from returns_cli.domain.errors import ConflictError
from returns_cli.domain.model import Component
from returns_cli.domain.record import Consumption
from returns_cli.domain.vocabulary import RefundState
from returns_cli.store.check import check_store
from returns_cli.store.journal import balances
from returns_cli.store.ledger import order_ledger
from returns_cli.store.refunds import move_refund
from returns_cli.store.returns import load_returns
from tests.store.desk import AT, Desk, decision, line, order, refund_of

# Order #1042: three mugs at 10.00 and one cup at 7.00, tax 1.00 on top and 0.50 shipping a line.
UNITS = {1: 3, 2: 1}
ITEMS = {1: 3000, 2: 700}
TAX, SHIPPING = 100, 50
CAP = sum(ITEMS.values()) + 2 * (TAX + SHIPPING)
LIVE = {"submitted", "confirmed", "in_doubt"}
MOVES = {
    "submitted": {"confirmed", "failed", "in_doubt", "reversed"},
    "in_doubt": {"confirmed", "failed"},
    "confirmed": {"reversed"},
    "failed": set(),
    "reversed": set(),
}
RAM = Path("/dev/shm")  # writes of a test need not reach a disk
lines = st.sampled_from([1, 2])
few = st.sampled_from([1, 1, 1, 2, 3])


class DeskMachine(RuleBasedStateMachine):
    """Two returns of one order, everything that can be done with them, in any order."""

    def __init__(self) -> None:
        super().__init__()
        home = str(RAM) if RAM.is_dir() else None
        self.folder = Path(tempfile.mkdtemp(prefix="returns-model-", dir=home))
        self.desk = Desk(self.folder)
        self.desk.orders(order("#1042", line(1, quantity=3), line(2, "CUP", 1, 700)))
        for number in (1, 2):
            self.desk.open({1: 3, 2: 1}, key=f"k{number}")
            self.desk.judge(number, decision(3, 1))
            self.desk.authorize(number, {1: 1, 2: 1} if number == 1 else {1: 1})
        self.authorized: defaultdict[tuple[int, int], int] = defaultdict(int)
        self.authorized.update({(1, 1): 1, (1, 2): 1, (2, 1): 1})
        self.received: defaultdict[tuple[int, int], int] = defaultdict(int)
        self.inspected: defaultdict[int, int] = defaultdict(int)
        self.disposed: defaultdict[int, int] = defaultdict(int)
        self.refunds: dict[str, dict[str, int]] = {}
        self.states: dict[str, str] = {}
        self.keys = 0

    def teardown(self) -> None:
        """Prove the whole store by its own check, too."""
        report = check_store(self.desk.store)
        self.desk.store.close()
        shutil.rmtree(self.folder)
        assert report.ok, report.problems

    def attempt(self, allowed: bool, action: object) -> bool:
        """Do something that the model allows or refuses, and see that the store agrees."""
        try:
            action()  # type: ignore[operator]  # a function without arguments
        except ConflictError:
            assert not allowed, "the store refused what the model allows"
            return False
        assert allowed, "the store did what the model refuses"
        return True

    def taken(self, what: str, number: int, one_return: int | None = None) -> int:
        """Σ of live refunds of one part, for a line, of all returns or of one."""
        return sum(
            refund[what]
            for refund_id, refund in self.refunds.items()
            if self.states[refund_id] in LIVE
            and refund["line"] == number
            and one_return in (None, refund["return"])
        )

    @rule(one=st.sampled_from([1, 2]), number=lines, units=st.integers(-3, 3).filter(bool))
    def authorize(self, one: int, number: int, units: int) -> None:
        after = self.authorized[one, number] + units
        others = self.authorized[3 - one, number]
        allowed = (
            after >= max(self.received[one, number], self.taken("units", number, one))
            and after <= UNITS[number]
            and (units < 0 or after + others <= UNITS[number])
        )
        if self.attempt(allowed, lambda: self.desk.authorize(one, {number: units})):
            self.authorized[one, number] = after

    @rule(one=st.sampled_from([1, 2]), number=lines, units=few)
    def receive(self, one: int, number: int, units: int) -> None:
        after = self.received[one, number] + units
        allowed = after <= self.authorized[one, number]
        if self.attempt(allowed, lambda: self.desk.receive(one, units, number)):
            self.received[one, number] = after

    @rule(one=st.sampled_from([1, 2]), units=few)
    def inspect(self, one: int, units: int) -> None:
        allowed = self.inspected[one] + units <= self.received[one, 1]
        if self.attempt(allowed, lambda: self.desk.inspect(one, units)):
            self.inspected[one] += units

    @rule(one=st.sampled_from([1, 2]), units=few)
    def dispose(self, one: int, units: int) -> None:
        allowed = self.disposed[one] + units <= self.inspected[one]
        if self.attempt(allowed, lambda: self.desk.dispose(one, units)):
            self.disposed[one] += units

    @rule(
        one=st.sampled_from([1, 2]),
        number=lines,
        units=st.sampled_from([0, 0, 1, 1, 2]),
        items=st.sampled_from([0, 1, 233, 700, 701, 1000, 3000]),
        tax=st.sampled_from([0, 0, 33, 50, 101]),
        shipping=st.sampled_from([0, 0, 25, 50, 51]),
        fee=st.sampled_from([0, 0, 100]),
        goodwill=st.sampled_from([0, 0, 0, 5000]),
    )
    def refund(
        self,
        one: int,
        number: int,
        units: int,
        items: int,
        tax: int,
        shipping: int,
        fee: int,
        goodwill: int,
    ) -> None:
        amount = items + tax + shipping - fee + goodwill
        if amount <= 0:
            return
        self.keys += 1
        parts = (
            Component("items", number, items, units=units),
            Component("tax", number, tax),
            Component("original_shipping", number, shipping),
            Component("restocking_fee", number, -fee),
            Component("goodwill", None, goodwill),
        )
        new = refund_of(
            one,
            amount,
            key=f"refund {self.keys}",
            decision_id=one,
            components=parts,
            takes={number: Consumption(units, items, tax, shipping)},
        )
        asked = {"units": units, "items": items, "tax": tax, "shipping": shipping}
        live = [refund for name, refund in self.refunds.items() if self.states[name] in LIVE]
        allowed = (
            self.authorized[one, number] > 0
            and self.taken("units", number, one) + units <= self.authorized[one, number]
            and all(
                self.taken(what, number) + asked[what] <= limit
                for what, limit in (
                    ("units", UNITS[number]),
                    ("items", ITEMS[number]),
                    ("tax", TAX),
                    ("shipping", SHIPPING),
                )
            )
            and sum(refund["capped"] for refund in live) + amount - goodwill <= CAP
        )
        made: list[str] = []
        if self.attempt(allowed, lambda: made.append(self.desk.refund(new).refund_id)):
            self.states[made[0]] = "submitted"
            self.refunds[made[0]] = {
                **asked,
                "line": number,
                "return": one,
                "capped": amount - goodwill,
                "amount": amount,
            }

    @precondition(lambda self: self.refunds)
    @rule(pick=st.integers(0, 99), state=st.sampled_from(sorted(MOVES)))
    def move(self, pick: int, state: str) -> None:
        name = sorted(self.refunds)[pick % len(self.refunds)]
        before = self.states[name]

        def act() -> None:
            with self.desk.store.writing():
                move_refund(self.desk.store, name, RefundState(state), actor="dee", at=AT)

        if self.attempt(state == before or state in MOVES[before], act):
            self.states[name] = state

    @rule()
    def reopen(self) -> None:
        self.desk.reopen()

    @rule(cheaper=st.booleans())
    def import_again(self, cheaper: bool) -> None:
        """The source changes its mind; the money of what was refunded stays."""
        live = [name for name in self.refunds if self.states[name] in LIVE]
        if live or any(self.authorized.values()):
            price = 1 if cheaper and live else 1000
            self.desk.orders(
                order("#1042", line(1, quantity=3, each=price), line(2, "CUP", 1, 700))
            )
            self.desk.orders(order("#1042", line(1, quantity=3), line(2, "CUP", 1, 700)))

    @invariant()
    def the_store_says_what_the_model_says(self) -> None:
        for record in load_returns(self.desk.store, [1, 2]):
            for number in UNITS:
                place = record.return_id, number
                assert record.authorized(number) == self.authorized[place]
                assert record.received(number) == self.received[place]
            assert record.inspected(1) == self.inspected[record.return_id]
            assert record.disposed(1) == self.disposed[record.return_id]
            for refund in record.refunds:
                assert refund.state == self.states[refund.refund_id]
        ledger = order_ledger(self.desk.store, 1)
        live = [name for name in self.refunds if self.states[name] in LIVE]
        assert ledger.refunded_minor == sum(self.refunds[name]["capped"] for name in live)
        for number in UNITS:
            taken = ledger.consumed.get(number, Consumption())
            assert taken.items_minor == self.taken("items", number) <= ITEMS[number]
            assert taken.units == self.taken("units", number) <= UNITS[number]

    @invariant()
    def the_accounts_say_what_is_owed_and_paid(self) -> None:
        held = {one.account: one.minor for one in balances(self.desk.store)}

        def total(*states: str) -> int:
            return sum(
                self.refunds[name]["amount"] for name in self.refunds if self.states[name] in states
            )

        assert held.get("payable:original_payment", 0) == -total("submitted", "in_doubt")
        assert held.get("paid:original_payment", 0) == -total("confirmed")
        assert sum(held.values()) == 0


TestDesk = DeskMachine.TestCase
TestDesk.settings = settings(
    max_examples=60,
    stateful_step_count=50,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
