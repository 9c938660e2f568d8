from __future__ import annotations

import pytest

from returns_cli.domain.errors import ConflictError
from returns_cli.domain.record import CustomerHistory
from returns_cli.domain.vocabulary import Verdict
from returns_cli.store.past import (
    Asked,
    EarlierReturns,
    customer_histories,
    customer_history,
    earlier_returns,
)
from tests.store.desk import Desk, decision, line, order

MARCH = "2026-03-10T12:00:00+00:00"
APRIL = "2026-04-10T12:00:00+00:00"


def test_a_first_order_has_no_past_but_itself(desk: Desk) -> None:
    desk.orders(order())
    assert customer_history(desk.store, 1, MARCH) == CustomerHistory(
        orders=1, is_first_order=True, lifetime_value_minor=2150, units_ordered_180d=2
    )


def test_an_unknown_order_has_no_past(desk: Desk) -> None:
    assert customer_histories(desk.store, [Asked(9, MARCH)]) == [CustomerHistory()]


PAST = [
    pytest.param(order("#a")._replace(placed_at="2025-09-11"), 2, 4300, 4, id="180 days before"),
    pytest.param(order("#a")._replace(placed_at="2025-09-10"), 2, 4300, 2, id="181 days before"),
    pytest.param(order("#a")._replace(placed_at="2026-03-11"), 1, 2150, 2, id="a day after"),
    pytest.param(order("#a")._replace(placed_at="2026-03-10"), 2, 4300, 4, id="the same day"),
    pytest.param(order("#a")._replace(customer_email="ANA@example.com "), 2, 4300, 4, id="spelt"),
    pytest.param(order("#a")._replace(customer_email="b@example.com"), 1, 2150, 2, id="another"),
    pytest.param(order("#a")._replace(customer_id="C1"), 1, 2150, 2, id="known by an id"),
    pytest.param(order("#a")._replace(cancelled_at="2026-03-02"), 1, 2150, 2, id="cancelled"),
    pytest.param(order("#a")._replace(currency="EUR"), 2, 2150, 4, id="another currency"),
    pytest.param(
        order("#a", line(1)._replace(cancelled=True), line(2, "CUP")), 2, 6450, 4, id="a line less"
    ),
]


@pytest.mark.parametrize(("other", "orders", "value", "units"), PAST)
def test_which_orders_count(desk: Desk, other: object, orders: int, value: int, units: int) -> None:
    desk.orders(order(), other)  # type: ignore[arg-type]  # a parameter of pytest
    found = customer_history(desk.store, 1, MARCH)
    assert (found.orders, found.lifetime_value_minor, found.units_ordered_180d) == (
        orders,
        value,
        units,
    )


def test_a_nameless_order_shares_its_past_with_nobody(desk: Desk) -> None:
    nobody = order("#a")._replace(customer_email="", customer_name="")
    desk.orders(nobody, nobody._replace(order_id="#b"))
    assert customer_history(desk.store, 1, MARCH).orders == 1


def test_the_first_order_is_the_one_placed_first(desk: Desk) -> None:
    desk.orders(order("#2")._replace(placed_at="2026-03-02"), order("#1"))
    first = [customer_history(desk.store, pk, MARCH).is_first_order for pk in (1, 2)]
    assert first == [False, True]


def test_a_return_counts_for_what_was_asked_later_and_not_for_itself(desk: Desk) -> None:
    desk.orders(order("#1"), order("#2"))
    first = desk.open({1: 1}, "#1", "k1", MARCH)
    second = desk.open({1: 2}, "#2", "k2", APRIL)
    found = customer_histories(
        desk.store, [Asked(2, APRIL, second), Asked(1, MARCH, first), Asked(2, APRIL)]
    )
    assert [(one.units_returned_180d, one.returns_180d) for one in found] == [
        (1, 1),
        (0, 0),
        (3, 2),
    ]


def test_at_the_same_instant_the_one_recorded_first_is_earlier(desk: Desk) -> None:
    desk.orders(order("#1"), order("#2"))
    first = desk.open({1: 1}, "#1", "k1")
    second = desk.open({1: 2}, "#2", "k2")
    found = customer_histories(desk.store, [Asked(1, MARCH, first), Asked(2, MARCH, second)])
    assert [one.units_returned_180d for one in found] == [0, 1]


@pytest.mark.parametrize(
    ("verdict", "authorized", "ruling", "units"),
    [
        pytest.param(None, 0, None, 2, id="waits to be judged"),
        pytest.param(Verdict.REVIEW, 0, None, 2, id="waits for a person"),
        pytest.param(Verdict.APPROVE, 2, None, 2, id="approved"),
        pytest.param(Verdict.APPROVE, 1, None, 1, id="approved in part"),
        pytest.param(Verdict.DENY, 0, None, 0, id="denied"),
        pytest.param(Verdict.REVIEW, 0, "deny", 0, id="denied by a person"),
        pytest.param(None, 0, "cancel", 0, id="cancelled before it was judged"),
        pytest.param(Verdict.REVIEW, 1, "approve", 1, id="approved by a person"),
    ],
)
def test_units_that_were_turned_down_do_not_count(
    desk: Desk, verdict: Verdict | None, authorized: int, ruling: str | None, units: int
) -> None:
    desk.orders(order("#1"), order("#2"))
    first = desk.open({1: 2}, "#1", "k1", MARCH)
    if verdict is not None:
        desk.judge(first, decision(2, verdict=verdict))
    if ruling is not None:
        desk.rule(first, ruling)
    if authorized:
        desk.authorize(first, {1: authorized})
    found = customer_history(desk.store, 2, APRIL)
    assert (found.units_returned_180d, found.returns_180d) == (units, int(units > 0))
    assert earlier_returns(desk.store, [Asked(1, APRIL)]) == [
        EarlierReturns({1: authorized} if authorized else {}, int(units > 0))
    ]


def test_what_was_kept_and_what_was_another_product(desk: Desk) -> None:
    desk.orders(order("#1"), order("#2"))
    first = desk.open({1: 2}, "#1", "k1", MARCH)
    desk.judge(first, decision(2, keep=True))
    desk.authorize(first, {1: 2})
    desk.receive(first, 2)
    wrong = desk.inspect(first, 1, "wrong_item")
    found = customer_history(desk.store, 2, APRIL)
    assert (found.keeps_180d, found.mismatches_180d) == (1, 1)
    desk.inspect(first, -1, "wrong_item", corrects=wrong)
    assert customer_history(desk.store, 2, APRIL).mismatches_180d == 0


def test_other_returns_hold_units_of_the_same_order(desk: Desk) -> None:
    desk.orders(order("#1", line(1), line(2, "CUP")))
    first = desk.open({1: 1, 2: 1}, "#1", "k1", MARCH)
    second = desk.open({1: 1}, "#1", "k2", APRIL)
    desk.authorize(first, {1: 1, 2: 1})
    desk.authorize(second, {1: 1})
    asked = [Asked(1, MARCH, first), Asked(1, APRIL, second), Asked(1, APRIL)]
    assert earlier_returns(desk.store, asked) == [
        EarlierReturns({1: 1}, 0),
        EarlierReturns({1: 1, 2: 1}, 1),
        EarlierReturns({1: 2, 2: 1}, 2),
    ]
    with pytest.raises(ConflictError):
        desk.authorize(second, {1: 1})


def test_a_batch_asks_as_often_as_one_request(desk: Desk) -> None:
    numbers = [f"#{i}" for i in range(1, 31)]
    desk.orders(*(order(number) for number in numbers))
    for number in numbers[:10]:
        desk.open({1: 1}, number, f"k{number}", MARCH)
    asked = [Asked(pk, APRIL) for pk in range(1, 31)]

    def queries(batch: list[Asked]) -> list[str]:
        seen: list[str] = []
        desk.store.connection.set_trace_callback(seen.append)
        customer_histories(desk.store, batch)
        earlier_returns(desk.store, batch)
        desk.store.connection.set_trace_callback(None)
        return seen

    assert len(queries(asked)) == len(queries(asked[:1])) == 3


def test_a_year_of_one_customer_counted_by_hand(desk: Desk) -> None:
    """Five orders of two tees each; 180 days before 10 April 2026 is 12 October 2025.

    Asked on 10 April: orders #2 to #5 are within the half year, so eight units were ordered. Of #2
    two came back, of #3 one, of #1 two, which are too long ago: three of eight units, two returns.
    """
    days = ["2025-10-11", "2025-10-12", "2025-12-24", "2026-02-28", "2026-04-01"]
    desk.orders(*(order(f"#{i}")._replace(placed_at=day) for i, day in enumerate(days, 1)))
    for number, units in (("#1", 2), ("#2", 2), ("#3", 1)):
        opened = desk.open({1: units}, number, f"k{number}", MARCH)
        desk.judge(opened, decision(units, verdict=Verdict.APPROVE))
        desk.authorize(opened, {1: units})
    found = customer_history(desk.store, 5, APRIL)

    assert (found.orders, found.is_first_order) == (5, False)
    assert found.lifetime_value_minor == 5 * 2150
    assert (found.units_ordered_180d, found.units_returned_180d, found.returns_180d) == (8, 3, 2)
    assert customer_history(desk.store, 1, "2025-10-12T12:00:00+00:00") == CustomerHistory(
        orders=2, is_first_order=True, lifetime_value_minor=4300, units_ordered_180d=4
    )
