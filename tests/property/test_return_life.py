"""The whole life of returns, typed as commands, against a plain model that shares no code with it.

For every command the model says beforehand whether it is allowed and what it must answer; after
every command the store must hold exactly what the model holds. Now and then a process dies at its
commit, and a key is used again.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
import warnings
from collections.abc import Callable
from contextlib import chdir
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from returns_cli.domain.vocabulary import RefundState
from returns_cli.operations.move_refund import move_refund
from returns_cli.operations.shop import Shop as ShopFolder
from returns_cli.store import connection as opening
from returns_cli.store.facts import WritingConnection
from tests.faults.soak import SOAK
from tests.flow.conftest import CLOCK, Answer, Desk
from tests.property.life import LIVE, MOVES, OVER, PAID, PRICES, SOLD, Life, Refund, Shop

POLICY = """\
policy: life
title: Half the price for what was used
currency: USD
terms:
  window: {days: 30, from: ordered, if_unknown: {from: ordered, plus_days: 0}}
  resolutions: [refund, exchange]
  condition: [new]
  refund: {to: original_payment, after: inspected, original_shipping: never}
  inspection:
    new: {refund: 100%, disposition: restock}
    used: {refund: 50%, disposition: refurbish}
"""
ORDERS = """\
order_id,placed_at,currency,line_no,sku,quantity,unit_price,customer_email
1042,2026-03-01,USD,1,MUG,3,10.00,ann@example.com
1042,2026-03-01,USD,2,CUP,2,7.00,ann@example.com
"""
RAM = Path("/dev/shm")  # writes of a test need not reach a disk
STEPS = 50
LIVES = max(60, SOAK.seconds * 3 // 10)  # 60 x 50 = 3,000 steps; in a soak a seventh of its time

_UNITS = """
SELECT r.rma, u.line, sum(u.authorized), sum(u.received), sum(u.inspected), sum(u.disposed)
FROM (SELECT return_id, line, quantity AS authorized, 0 AS received, 0 AS inspected, 0 AS disposed
  FROM authorization
  UNION ALL SELECT return_id, line, 0, quantity, 0, 0 FROM receipt
  UNION ALL SELECT return_id, line, 0, 0, quantity, 0 FROM inspection
  UNION ALL SELECT return_id, line, 0, 0, 0, quantity FROM disposal) u
JOIN returns r ON r.return_id = u.return_id GROUP BY r.rma, u.line
"""
_REFUNDS = """
SELECT f.refund_id, f.amount_minor, (SELECT e.state FROM refund_event e
  WHERE e.refund_pk = f.refund_pk ORDER BY e.refund_event_id DESC LIMIT 1),
  (SELECT sum(c.amount_minor) FROM refund_component c WHERE c.refund_pk = f.refund_pk),
  (SELECT d.return_id FROM decision d WHERE d.decision_id = f.decision_id) = f.return_id
FROM refund f
"""
_ACCOUNTS = """
SELECT substr(account, 1, instr(account, ':') - 1), sum(minor) FROM posting GROUP BY 1
"""
_UNBALANCED = "SELECT seq FROM posting GROUP BY seq, currency HAVING sum(minor) <> 0"
_MOVED = "SELECT coalesce(sum(quantity), 0), count(DISTINCT disposal_id), count(*) FROM stock_move"
_TABLES = """returns decision authorization ruling receipt inspection disposal stock_move refund
refund_event exchange_move journal posting idempotency_key""".split()

picks = st.integers(0, 99)
lines = st.sampled_from(sorted(SOLD))
units = st.sampled_from([1, 1, 1, 2, 3])
wants = st.sampled_from(["refund", "refund", "exchange"])
crashes = st.sampled_from([False] * 9 + [True])


@cache
def _new_shop() -> Path:
    """A shop with the order, made once."""
    folder = Path(tempfile.mkdtemp(prefix="returns-life-")) / "shop"
    desk = Desk(folder)
    assert desk.type("init", str(folder), "--no-input").code == 0
    for one in (folder / "policies").glob("standard.*"):
        one.unlink()
    desk.write("policies/life.yaml", POLICY)
    desk.ok("orders", "import", desk.write("orders.csv", ORDERS))
    return folder


class ReturnLife(RuleBasedStateMachine):
    """An order of two lines, and everything that a desk can do with its returns."""

    def __init__(self) -> None:
        super().__init__()
        root = tempfile.mkdtemp(prefix="returns-life-", dir=RAM if RAM.is_dir() else None)
        self.folder = Path(root) / "shop"
        shutil.copytree(_new_shop(), self.folder)
        self.desk = Desk(self.folder)
        self.other = sqlite3.connect(self.folder / "returns.db")
        self.shop = Shop()
        self.credit: str | None = None
        self.held = 0  # of the credit
        self.is_erased = False
        self.steps = 0

    def teardown(self) -> None:
        """Prove the whole store, too."""
        SOAK.count("steps of the life of returns", self.steps)
        self.other.close()
        assert self.desk.ok("check")["ok"]
        shutil.rmtree(self.folder.parent)

    # ---- typing ----

    def type(self, line: str, *, allowed: bool = True, crash: bool = False) -> Any:
        """A command that the model allows or refuses; now and then it dies at its commit first."""
        if crash:
            before = self.facts()
            self._die_at_commit(line)
            assert self.facts() == before, "a command that died left something"
        answer = self._typed(line)
        assert answer.code == (0 if allowed else 6), (line, answer)
        return answer.json if allowed else None

    def _typed(self, line: str) -> Answer:
        with chdir(self.folder):
            return self.desk.type(*line.split())

    def _die_at_commit(self, line: str) -> None:
        """Run a command in a process of its own that ends at the instant of its commit.

        Its changed pages are in the file by then: with a cache of one page they do not wait.
        """
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # other threads of the runner
            child = os.fork()
        if child:
            os.waitpid(child, 0)
            return
        try:
            connect = opening.connect

            def mortal(path: Path) -> WritingConnection:
                made = connect(path)
                made.execute("PRAGMA cache_size = 1")
                made.set_trace_callback(lambda sql: os._exit(9) if sql == "COMMIT" else None)
                return made

            opening.connect = mortal
            self._typed(line)
        finally:
            os._exit(0)

    def facts(self) -> list[Any]:
        """Every row of the tables that a step can change."""
        return [self.other.execute(f"SELECT * FROM {table}").fetchall() for table in _TABLES]

    def life(
        self, pick: int, can: Callable[[Life], int] = lambda life: not life.ended
    ) -> tuple[str, Life]:
        """One of the returns, rather one of which something can be done."""
        rmas = sorted(self.shop.lives)
        apt = [rma for rma in rmas if can(self.shop.lives[rma])]
        rma = (apt or rmas)[pick % len(apt or rmas)]
        return rma, self.shop.lives[rma]

    def says(self, answer: Any, life: Life) -> None:
        """The answer about a return says the model's state."""
        if answer is not None:
            assert answer["state"] == life.state, (answer["state"], life)

    # ---- requests ----

    @initialize(
        wanted=st.lists(st.tuples(lines, units, st.integers(0, 3), wants), min_size=2, max_size=3)
    )
    def begin(self, wanted: list[tuple[int, int, int, str]]) -> None:
        """Some returns, each brought as far as was drawn: opened, arrived, graded, refunded."""
        for line, count, far, want in wanted:
            self.open(line, count, repeat=False, crash=False, want=want)
            rma, life = list(self.shop.lives.items())[-1]
            if far < 3 and life.authorized:
                life.received = count
                self.type(f"receive {rma}")
            if far < 2 and life.received:
                grade = "used" if life.is_exchange else "new"
                life.graded = [grade] * count
                self.type(f"inspect {rma} --item {line}={grade}")
            if far < 1 and life.graded and life.is_exchange:
                self.net(rma, life, crash=False)
            elif far < 1 and life.graded:
                self.recorded(life, self.type(f"refund {rma}"), life.owed, "submitted")

    @precondition(lambda self: len(self.shop.lives) < 7)
    @rule(line=lines, wanted=units, repeat=st.booleans(), crash=crashes, want=wants)
    def open(self, line: int, wanted: int, repeat: bool, crash: bool, want: str = "refund") -> None:
        key = f"k{len(self.shop.lives)}"
        words = f"open 1042 --item {line}:{wanted}=too_small --condition new --key {key}"
        words += f" --want {want}"
        life = Life(line, wanted, is_exchange=want == "exchange")
        if wanted <= self.shop.left(line):
            life.authorized = wanted
        answer = self.type(words, crash=crash)
        assert not answer["replayed"]
        self.shop.lives[answer["rma"]] = life
        self.says(answer, life)
        if repeat:
            again = self.type(words)
            assert (again["rma"], again["replayed"]) == (answer["rma"], True)
            self.type(words.replace("too_small", "too_big"), allowed=False)

    @rule(pick=picks, word=st.sampled_from(["approve", "deny", "cancel"]), crash=crashes)
    def decide(self, pick: int, word: str, crash: bool) -> None:
        """A person's word. Of what was cancelled, or denied before, nothing can be taken back."""
        rma, life = self.life(pick)
        if life.ended:
            return
        if word == "approve":
            allowed = life.authorized > 0 or life.asked <= self.shop.left(life.line, life)
            if allowed and not life.authorized:
                life.authorized = life.asked
        else:
            allowed = not life.received
            if word == "cancel" and not life.authorized:
                return
            if allowed:
                life.authorized = 0
                life.ended = "cancelled" if word == "cancel" else ""
        words = f"{word} {rma}" + ("" if word == "cancel" else " --why so")
        self.says(self.type(words, allowed=allowed, crash=crash), life)

    # ---- goods ----

    @rule(pick=picks, came=units, crash=crashes)
    def receive(self, pick: int, came: int, crash: bool) -> None:
        rma, life = self.life(pick, lambda one: one.authorized - one.received)
        allowed = life.received + came <= life.authorized
        if allowed:
            life.received += came
        words = f"receive {rma} --item {life.line}:{came}"
        self.says(self.type(words, allowed=allowed, crash=crash), life)

    @rule(pick=picks, seen=units, grade=st.sampled_from(["new", "new", "used"]), crash=crashes)
    def inspect(self, pick: int, seen: int, grade: str, crash: bool) -> None:
        rma, life = self.life(pick, lambda one: one.received - len(one.graded))
        allowed = len(life.graded) + seen <= life.received
        if allowed:
            life.graded += [grade] * seen
        words = f"inspect {rma} --item {life.line}:{seen}={grade}"
        self.says(self.type(words, allowed=allowed, crash=crash), life)

    @rule(pick=picks, put=units, crash=crashes)
    def dispose(self, pick: int, put: int, crash: bool) -> None:
        rma, life = self.life(pick, lambda one: len(one.graded) - one.disposed)
        allowed = life.disposed + put <= len(life.graded)
        if allowed:
            life.disposed += put
        words = f"dispose {rma} --item {life.line}:{put}=restock"
        self.says(self.type(words, allowed=allowed, crash=crash), life)

    # ---- money ----

    @rule(pick=picks, crash=crashes)
    def refund(self, pick: int, crash: bool) -> None:
        rma, life = self.life(pick, lambda one: one.owed or one.due - one.recorded)
        if life.is_exchange:
            self.net(rma, life, crash)
            return
        live = [one for one in life.refunds.values() if one.is_live]
        owed = life.owed
        answer = self.type(f"refund {rma}", allowed=owed > 0 or bool(live), crash=crash)
        if owed > 0:
            self.recorded(life, answer, owed, "submitted")
        elif live:
            assert answer["replayed"]
        self.says(self.type(f"show {rma}"), life)

    @rule(pick=picks, minor=st.sampled_from([150, 1, 350, 700, 1000, 2000]), crash=crashes)
    def refund_in_part(self, pick: int, minor: int, crash: bool) -> None:
        rma, life = self.life(pick, lambda one: one.owed)
        allowed = minor <= life.owed
        if life.is_exchange:
            return
        key = f"part-{self.steps}"
        words = f"refund {rma} --amount {minor // 100}.{minor % 100:02} --key {key}"
        answer = self.type(words, allowed=allowed, crash=crash)
        if allowed:
            self.recorded(life, answer, minor, "submitted")
            assert self.type(words) == {**answer, "replayed": True}
            self.type(f"refund {rma} --amount 0.02 --key {key}", allowed=False)

    @rule(pick=picks, crash=crashes)
    def refund_paid(self, pick: int, crash: bool) -> None:
        rma, life = self.life(pick, lambda one: one.owed or one.paid)
        if life.is_exchange:
            return
        reference = f"ch_{self.steps}"
        waiting = [
            name
            for name, one in sorted(life.refunds.items(), key=lambda item: item[1].number)
            if one.state in ("submitted", "in_doubt")
        ]
        owed = life.owed
        allowed = bool(waiting) or owed > 0
        answer = self.type(f"refund {rma} --paid {reference}", allowed=allowed, crash=crash)
        if waiting:
            assert answer["refund"] == waiting[0]
            life.refunds[waiting[0]].state = "confirmed"
        elif owed > 0:
            self.recorded(life, answer, owed, "confirmed")

    def recorded(self, life: Life, answer: Any, minor: int, state: str) -> None:
        """A new refund stands as the model says."""
        assert not answer["replayed"]
        assert (answer["amount"], answer["state"]) == (f"{minor // 100}.{minor % 100:02}", state)
        life.refunds[answer["refund"]] = Refund(minor, state, len(self.shop.refunds()))

    @precondition(lambda self: self.shop.refunds())
    @rule(pick=picks, to=st.sampled_from(["confirmed", "failed", "reversed"]), crash=crashes)
    def move(self, pick: int, to: str, crash: bool) -> None:
        name, refund = self.one_refund(pick)
        words = {
            "confirmed": f"refunds confirm {name}",
            "failed": f"refunds fail {name}",
            "reversed": f"refunds reverse {name} --why twice",
        }[to]
        allowed = to == refund.state or to in MOVES[refund.state]
        self.type(words, allowed=allowed, crash=crash)
        if allowed:
            refund.state = to

    @precondition(lambda self: self.shop.refunds())
    @rule(pick=picks)
    def doubt(self, pick: int) -> None:
        """As the reconciliation with a provider's file does it."""
        name, refund = self.one_refund(pick)
        if "in_doubt" in MOVES[refund.state]:
            move_refund(ShopFolder(self.folder, "ann", CLOCK), name, RefundState.IN_DOUBT)
            refund.state = "in_doubt"

    def one_refund(self, pick: int) -> tuple[str, Refund]:
        """One of the refunds."""
        refunds = self.shop.refunds()
        name = sorted(refunds)[pick % len(refunds)]
        return name, refunds[name]

    @precondition(lambda self: self.credit is None)
    @rule(crash=crashes)
    def issue_credit(self, crash: bool) -> None:
        answer = self.type("credit issue 20.00 --why late --key c1", crash=crash)
        self.credit, self.held = answer["credit"], 2000

    @precondition(lambda self: self.credit is not None)
    @rule(minor=st.sampled_from([300, 700, 1100, 2001]), repeat=st.booleans(), crash=crashes)
    def redeem_credit(self, minor: int, repeat: bool, crash: bool) -> None:
        allowed = minor <= self.held
        words = f"credit redeem {self.credit} --amount {minor // 100}.{minor % 100:02}"
        words += f" --reference order-{self.steps}"
        answer = self.type(words, allowed=allowed, crash=crash)
        if allowed:
            self.held -= minor
            assert answer["balance"] == f"{self.held // 100}.{self.held % 100:02}"
            if repeat:
                assert self.type(words) == {**answer, "replayed": True}

    # ---- exchanges ----

    def net(self, rma: str, life: Life, crash: bool) -> None:
        """What an exchange comes to is recorded, and answered again; an even one is no refund."""
        due = life.due
        answer = self.type(f"refund {rma}", allowed=due > 0, crash=crash)
        if due > 0:
            life.recorded = due
            assert answer["owed"] == f"{due // 100}.{due % 100:02}"
        self.says(self.type(f"show {rma}"), life)

    @precondition(lambda self: any(life.is_exchange for life in self.shop.lives.values()))
    @rule(
        pick=picks, word=st.sampled_from(["paid --reference x", "waive --why late"]), crash=crashes
    )
    def settle(self, pick: int, word: str, crash: bool) -> None:
        """All that a customer owes is paid, or nobody asks for it any more."""
        rma, life = self.life(pick, lambda one: one.recorded - one.settled)
        if not life.is_exchange:
            return
        allowed = life.recorded > life.settled
        verb, *rest = word.split(maxsplit=1)
        if allowed:
            life.settled = life.recorded
        self.type(f"exchanges {verb} {rma} {rest[0]}-{self.steps}", allowed=allowed, crash=crash)

    # ---- the rest of the desk ----

    @rule(price=st.sampled_from(["9.00", "11.00"]), crash=crashes)
    def import_changed(self, price: str, crash: bool) -> None:
        """The source changes its mind about a price, and back: what was given back stays."""
        if any(life.authorized for life in self.shop.lives.values()):
            self.desk.write("orders.csv", ORDERS.replace("10.00", price))
            self.type("orders import orders.csv", crash=crash)
            self.desk.write("orders.csv", ORDERS)
            self.type("orders import orders.csv --force")

    @rule(crash=crashes)
    def evaluate(self, crash: bool) -> None:
        for one in self.type("evaluate --all", crash=crash):
            self.says(one, self.shop.lives[one["rma"]])

    @precondition(lambda self: self.steps > STEPS // 2)
    @rule(even_if_open=st.booleans(), crash=crashes)
    def erase(self, even_if_open: bool, crash: bool) -> None:
        """Ann goes; what was given back to her stays, and an old file does not bring her back."""
        is_over = all(life.state in OVER for life in self.shop.lives.values())
        allowed = even_if_open or is_over or self.is_erased
        words = "customers erase ann@example.com --yes" + " --even-if-open" * even_if_open
        answer = self.type(words, allowed=allowed, crash=crash)
        if allowed:
            assert answer["replayed"] is self.is_erased
            self.is_erased = True

    # ---- what always holds ----

    @invariant()
    def the_store_holds_what_the_model_holds(self) -> None:
        self.steps += 1
        held = {(rma, line): tuple(counts) for rma, line, *counts in self.other.execute(_UNITS)}
        for rma, life in self.shop.lives.items():
            counts = (life.authorized, life.received, len(life.graded), life.disposed)
            assert held.get((rma, life.line), (0, 0, 0, 0)) == counts, rma
            assert life.asked >= counts[0] >= counts[1] >= counts[2] >= counts[3], "I1"
        for line in SOLD:
            assert self.shop.left(line) >= 0, "I2"
        disposed = sum(life.disposed for life in self.shop.lives.values())
        moved, disposals, moves = self.other.execute(_MOVED).fetchone()
        assert (moved, disposals) == (disposed, moves), "I10"

    @invariant()
    def the_money_is_what_the_model_says(self) -> None:
        refunds = self.shop.refunds()
        found = {name: rest for name, *rest in self.other.execute(_REFUNDS)}
        assert found == {
            name: [one.amount, one.state, one.amount, 1] for name, one in refunds.items()
        }, "I5, I8"
        for line, price in PRICES.items():
            paid = sum(life.paid for life in self.shop.lives.values() if life.line == line)
            assert paid <= price * SOLD[line], "I3"
        live = dict.fromkeys(LIVE, 0)
        for one in refunds.values():
            if one.is_live:
                live[one.state] += one.amount
        accounts = dict(self.other.execute(_ACCOUNTS).fetchall())
        assert accounts.get("payable", 0) == -live["submitted"] - live["in_doubt"]
        assert accounts.get("paid", 0) == -live["confirmed"]
        assert accounts.get("credit", 0) == -self.held
        lives = self.shop.lives.values()
        assert accounts.get("owed", 0) == sum(one.recorded - one.settled for one in lives)
        assert accounts.get("exchanged", 0) == -sum(one.recorded for one in lives)
        assert sum(accounts.values()) == 0
        assert sum(live.values()) <= PAID, "I3"
        assert self.other.execute(_UNBALANCED).fetchall() == [], "I7"

    @invariant()
    def the_whole_store_is_sound_now_and_then(self) -> None:
        if self.steps % 40 == 0:
            assert self.desk.ok("check")["ok"]

    @invariant()
    def nobody_who_was_erased_is_in_any_byte_of_the_store(self) -> None:
        if self.is_erased:
            assert b"ann@example" not in (self.folder / "returns.db").read_bytes()


if SOAK.seconds:
    seed(SOAK.dice("lives").randrange(2**64))(ReturnLife)
TestReturnLife = ReturnLife.TestCase
TestReturnLife.settings = settings(
    max_examples=LIVES,
    stateful_step_count=STEPS,
    derandomize=not SOAK.seconds,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
