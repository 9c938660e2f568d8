from __future__ import annotations

from collections.abc import Callable
from itertools import product

import pytest

from returns_cli.domain.errors import ConflictError, NotFoundError
from returns_cli.domain.lifecycle import REFUND_MOVES
from returns_cli.domain.model import Component, Refund
from returns_cli.domain.record import Consumption
from returns_cli.domain.rma import new_rma, read_rma
from returns_cli.domain.vocabulary import RefundState
from returns_cli.store.check import check_store
from returns_cli.store.journal import Balance, balances, journal_head
from returns_cli.store.ledger import order_ledger
from returns_cli.store.refunds import (
    RefundFilter,
    find_refund,
    list_refunds,
    move_refund,
    refund_of_key,
    refund_of_reference,
)
from tests.store.desk import AT, BODY, Desk, order, refund_of

LATER = "2026-03-12T08:00:00+00:00"


@pytest.fixture
def due(desk: Desk) -> Desk:
    """A return of both mugs of #1042 that may be refunded: 20.00, 1.00 tax, 0.50 shipping."""
    desk.orders(order())
    desk.approved()
    return desk


def move(desk: Desk, refund: Refund, state: RefundState, reference: str | None = None) -> Refund:
    with desk.store.writing():
        return move_refund(
            desk.store, refund.refund_id, state, actor="dee", at=LATER, reference=reference
        )


def test_a_refund_is_recorded_as_submitted(due: Desk) -> None:
    refund = due.refund(refund_of(1))
    assert refund == find_refund(due.store, refund.refund_id)
    assert (refund.state, refund.amount_minor, refund.currency) == ("submitted", 1000, "USD")
    assert (refund.order_id, refund.channel, refund.decision_id) == ("#1042", "default", 1)
    assert (refund.journal_seq, refund.reference, refund.recorded_at) == (1, None, AT)
    assert refund.components == (Component("items", 1, 1000, units=1),)


def test_with_a_reference_it_is_confirmed_at_once(due: Desk) -> None:
    refund = due.refund(refund_of(1, reference="ch_1"))
    assert (refund.state, refund.reference, refund.journal_seq) == ("confirmed", "ch_1", 1)
    assert journal_head(due.store)[0] == 2


def test_its_number_is_read_like_an_rma_and_is_the_same_for_the_same_key(due: Desk) -> None:
    refund = due.refund(refund_of(1))
    body = refund.refund_id.removeprefix("RF-")
    assert read_rma(body) == f"RMA-{body}"
    for typed in (body.lower(), f"rf {body}", f"RF{body}", f" rf-{body} "):
        assert find_refund(due.store, typed) == refund
    with due.store.writing(rehearse=True):
        again = refund_of(1, key="pay-1")
        assert due.refund(again).refund_id == refund.refund_id


def test_an_unknown_or_mistyped_number_names_what_was_meant(due: Desk) -> None:
    refund = due.refund(refund_of(1))
    body = refund.refund_id.removeprefix("RF-")
    swapped = body[0] + body[2] + body[1] + body[3:]
    with pytest.raises(NotFoundError) as error:
        find_refund(due.store, f"RF-{swapped}")
    assert (error.value.code, error.value.exit) == ("E-REFUND-UNKNOWN", 5)
    assert error.value.hint == f"Did you mean {refund.refund_id}?"
    with pytest.raises(NotFoundError) as error:
        find_refund(due.store, "RF-0000000")
    assert error.value.hint == "See them: returns refunds list"


def test_the_same_key_answers_the_first_refund_again(due: Desk) -> None:
    first = due.refund(refund_of(1))
    assert due.refund(refund_of(1)) == first
    assert journal_head(due.store)[0] == 1
    with pytest.raises(ConflictError) as error:
        due.refund(refund_of(1)._replace(body_hash="c" * 64))
    assert error.value.code == "E-KEY-CONFLICT"


# Each move: what stands on which account afterwards, in minor units.
ENTERED = [
    pytest.param([], {"payable": -1000, "returns": 1000}, id="submitted"),
    pytest.param(["confirmed"], {"paid": -1000, "payable": 0, "returns": 1000}, id="confirmed"),
    pytest.param(["failed"], {"payable": 0, "returns": 0}, id="failed"),
    pytest.param(["reversed"], {"payable": 0, "returns": 0}, id="reversed before it was paid"),
    pytest.param(
        ["confirmed", "reversed"], {"paid": 0, "payable": 0, "returns": 0}, id="taken back"
    ),
    pytest.param(["in_doubt"], {"payable": -1000, "returns": 1000}, id="in doubt"),
    pytest.param(["in_doubt", "failed"], {"payable": 0, "returns": 0}, id="doubt, then failed"),
    pytest.param(
        ["in_doubt", "confirmed", "reversed"],
        {"paid": 0, "payable": 0, "returns": 0},
        id="all the way round",
    ),
]


@pytest.mark.parametrize(("moves", "expected"), ENTERED)
def test_what_a_life_enters_in_the_journal(
    due: Desk, moves: list[str], expected: dict[str, int]
) -> None:
    refund = due.refund(refund_of(1))
    for state in moves:
        refund = move(due, refund, RefundState(state))
        assert refund.state == state
    names = {"paid": "paid:original_payment", "payable": "payable:original_payment"}
    assert balances(due.store) == [
        Balance(names.get(name, "returns:items"), "USD", minor) for name, minor in expected.items()
    ]
    assert check_store(due.store).ok


def test_fees_stand_on_the_other_side_and_parts_of_a_kind_are_one_posting(due: Desk) -> None:
    parts = (
        Component("items", 1, 600, units=1),
        Component("items", 1, 400),
        Component("restocking_fee", 1, -100, "fees", "policies/standard.yaml:12"),
        Component("return_shipping", None, -695),
        Component("tax", 1, 0),
    )
    refund = due.refund(refund_of(1, 205, components=parts))
    assert refund.components == parts
    rows = due.store.connection.execute(
        "SELECT account, substr(order_ref, 33), minor FROM posting ORDER BY n"
    ).fetchall()
    assert rows == [
        ("returns:items", "/1", 1000),
        ("returns:restocking_fee", "/1", -100),
        ("returns:return_shipping", "", -695),
        ("payable:original_payment", "", -205),
    ]


def test_the_journal_names_no_order_and_no_person(busy: Desk) -> None:
    text = "".join(
        str(row)
        for table in ("journal", "posting")
        for row in busy.store.connection.execute(f"SELECT * FROM {table}")
    )
    for secret in ("1042", "Ana", "example", "ch_1"):
        assert secret not in text


@pytest.mark.parametrize(("before", "after"), list(product(RefundState, RefundState)))
def test_a_refund_moves_as_the_table_of_states_says(
    due: Desk, before: RefundState, after: RefundState
) -> None:
    ways: dict[RefundState, list[RefundState]] = {
        RefundState.SUBMITTED: [],
        RefundState.CONFIRMED: [RefundState.CONFIRMED],
        RefundState.FAILED: [RefundState.FAILED],
        RefundState.IN_DOUBT: [RefundState.IN_DOUBT],
        RefundState.REVERSED: [RefundState.REVERSED],
    }
    if before is RefundState.PLANNED:
        return  # nothing records a planned refund yet
    refund = due.refund(refund_of(1))
    for state in ways[before]:
        refund = move(due, refund, state)
    entries = journal_head(due.store)
    if after is before:
        assert move(due, refund, after) == refund
        assert journal_head(due.store) == entries
    elif after in REFUND_MOVES[before]:
        assert move(due, refund, after).state is after
    else:
        with pytest.raises(ConflictError) as error:
            move(due, refund, after)
        assert (error.value.code, error.value.exit) == ("E-STATE", 6)
        assert journal_head(due.store) == entries


def test_the_trigger_allows_the_moves_of_the_table_and_no_others(busy: Desk) -> None:
    (trigger,) = busy.store.connection.execute(
        "SELECT sql FROM sqlite_schema WHERE name = 'refund_event_allowed'"
    ).fetchone()
    for before, after in product(RefundState, RefundState):
        assert (f"('{before}', '{after}')" in trigger) == (after in REFUND_MOVES[before])


def test_a_reference_belongs_to_one_refund(due: Desk) -> None:
    first = due.refund(refund_of(1, reference="ch_1"))
    assert move(due, first, RefundState.CONFIRMED, "ch_1") == first
    with pytest.raises(ConflictError) as error:
        move(due, first, RefundState.CONFIRMED, "ch_2")
    assert error.value.code == "E-REFERENCE-USED"
    with pytest.raises(ConflictError) as error:
        due.refund(refund_of(1, key="p2", reference="ch_1"))
    assert error.value.code == "E-REFERENCE-USED"
    second = due.refund(refund_of(1, key="p2"))
    with pytest.raises(ConflictError) as error:
        move(due, second, RefundState.CONFIRMED, "ch_1")
    assert error.value.code == "E-REFERENCE-USED"
    assert find_refund(due.store, second.refund_id).state is RefundState.SUBMITTED


def test_another_tender_may_have_the_same_reference(due: Desk) -> None:
    due.refund(refund_of(1, reference="7"))
    other = due.refund(refund_of(1, key="p2", reference="7", tender="bank_transfer"))
    assert refund_of_reference(due.store, "7", "bank_transfer") == other
    assert refund_of_reference(due.store, "7", "store_credit") is None


OVER = [
    pytest.param({"amount": 2001, "units": 2}, "E-OVER-REFUNDED", id="a cent above the line"),
    pytest.param({"units": 3}, "E-OVER-REFUNDED", id="a unit too many"),
    pytest.param({"currency": "EUR"}, "E-REFUND-SUM", id="another currency"),
    pytest.param(
        {"components": (Component("items", 1, 999),)}, "E-REFUND-SUM", id="parts that sum to less"
    ),
    pytest.param({"decision_id": 9}, "E-REFUND-DECISION", id="no decision"),
]


@pytest.mark.parametrize(("values", "code"), OVER)
def test_what_breaks_a_limit_is_not_recorded_at_all(
    due: Desk, values: dict[str, object], code: str
) -> None:
    new = refund_of(1, **values)  # type: ignore[arg-type]  # values of several types by name
    with pytest.raises(ConflictError) as error:
        due.refund(new)
    assert (error.value.code, error.value.exit) == (code, 6)
    assert error.value.hint
    assert list_refunds(due.store, RefundFilter()) == []
    assert journal_head(due.store)[0] == 0
    assert due.store.connection.execute("SELECT count(*) FROM refund_component").fetchone() == (0,)


def test_what_failed_or_was_reversed_may_be_refunded_again(due: Desk) -> None:
    for number, state in enumerate((RefundState.FAILED, RefundState.REVERSED)):
        whole = refund_of(1, 2000, units=2, key=f"try {number}")
        refund = due.refund(whole)
        with pytest.raises(ConflictError):
            due.refund(refund_of(1, 1, units=0, key=f"too much {number}"))
        move(due, refund, state)
        assert order_ledger(due.store, 1).refunded_minor == 0
    due.refund(refund_of(1, 2000, units=2, key="last"))
    assert check_store(due.store).ok


def test_the_ledger_adds_what_live_refunds_took(due: Desk) -> None:
    parts = (
        Component("items", 1, 1000, units=1),
        Component("tax", 1, 50, units=1),
        Component("original_shipping", 1, 25),
        Component("bonus_credit", None, 107),
    )
    takes = {1: Consumption(1, 1000, 50, 25)}
    due.refund(refund_of(1, 1182, components=parts, takes=takes, tender="store_credit"))
    failed = due.refund(refund_of(1, 1000, key="p2"))
    move(due, failed, RefundState.FAILED)
    ledger = order_ledger(due.store, 1)
    (rma,) = due.store.connection.execute("SELECT rma FROM returns").fetchone()
    assert ledger.consumed == {1: Consumption(1, 1000, 50, 25)}
    assert ledger.consumed_by_return == {(rma, 1): Consumption(1, 1000, 50, 25)}
    assert (ledger.refunded_minor, ledger.external_minor) == (1075, 0)
    assert ledger.authorized_units == {1: 2}
    assert ledger.came_back == {}


def test_the_ledger_sums_over_the_returns_of_an_order(due: Desk) -> None:
    due.authorize(1, {1: -1}, "denial")
    due.judge(due.open({1: 1}, key="k2"))
    due.authorize(2, {1: 1})
    due.receive(2, 1)
    due.refund(refund_of(1, 1000, key="a"))
    due.refund(refund_of(2, 900, key="b", decision_id=2))
    ledger = order_ledger(due.store, 1)
    assert ledger.consumed == {1: Consumption(2, 1900)}
    assert len(ledger.consumed_by_return) == 2
    assert ledger.came_back == {1: 1}


def test_refunds_are_listed_by_what_is_asked(busy: Desk) -> None:
    first, second = list_refunds(busy.store, RefundFilter())
    for wanted, expected in (
        (RefundFilter(state=RefundState.CONFIRMED), [first]),
        (RefundFilter(state=RefundState.SUBMITTED), [second]),
        (RefundFilter(state=RefundState.FAILED), []),
        (RefundFilter(return_id=1), [first, second]),
        (RefundFilter(return_id=2), []),
        (RefundFilter(order_pk=1, tender="original_payment", limit=1), [first]),
        (RefundFilter(tender="gift_card"), []),
    ):
        assert list_refunds(busy.store, wanted) == expected
    assert refund_of_key(busy.store, "pay-1") == first
    assert refund_of_key(busy.store, "pay-9") is None
    assert refund_of_reference(busy.store, "ch_1") == first
    assert refund_of_reference(busy.store, "ch_9") is None
    assert first.key != BODY


def test_a_refund_whose_number_is_taken_gets_another(
    due: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = due.refund(refund_of(1))
    tries: list[bool] = []

    def colliding(salt: bytes, key: str, is_taken: Callable[[str], bool]) -> str:
        tries.append(is_taken(f"RMA-{first.refund_id[3:]}"))
        return new_rma(salt, key, is_taken)

    monkeypatch.setattr("returns_cli.store.refunds.new_rma", colliding)
    second = due.refund(refund_of(1, key="p2"))
    assert tries == [True]
    assert second.refund_id != first.refund_id
