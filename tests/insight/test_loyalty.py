"""People, orders and returns made by hand: who is named, who is lost, from when on it is told."""

from __future__ import annotations

import pytest

from returns_cli.domain.reported_customers import PersonOrder, PersonReturn
from returns_cli.insight.loyalty import (
    After,
    Patron,
    came_again,
    few_of_most,
    lost,
    patrons,
    quiet_days,
    serial_returners,
)
from returns_cli.insight.report import Share


def order(number: int, person: str, day: int, *, units: int = 1, meant: bool = True) -> PersonOrder:
    return PersonOrder(person, number, day, "", meant, units)


def returned(
    number: int, day: int = 10, *, fault: bool = False, denied: bool = False
) -> PersonReturn:
    return PersonReturn(number, f"RMA-{number}", day, "why", denied, fault, 0 if denied else 1)


def buyer(person: str, orders: int, back: int) -> tuple[list[PersonOrder], list[PersonReturn]]:
    start = sum(map(ord, person)) * 1000
    numbers = range(start, start + orders)
    return [order(n, person, n) for n in numbers], [returned(n) for n in numbers[:back]]


def shop(*buyers: tuple[str, int, int]) -> list[Patron]:
    orders, returns = [], []
    for person, count, back in buyers:
        theirs, sent = buyer(person, count, back)
        orders += theirs
        returns += sent
    return patrons(orders, returns)


def test_orders_of_other_days_only_tell_first_and_next() -> None:
    orders = [
        order(1, "a", 5, meant=False),
        order(2, "a", 20),
        order(3, "a", 90, meant=False),
        order(4, "b", 7, meant=False),
    ]
    (patron,) = patrons(orders, [returned(1), returned(2, fault=True)])
    (one,) = patron.orders
    assert (one.order.order, one.is_first, one.next_day) == (2, False, 90)
    assert (patron.units, patron.back, patron.fault, patron.orders_back) == (1, 1, 1, 1)
    assert patron.last is one


def test_what_never_arrived_is_not_back_but_was_asked() -> None:
    (patron,) = patrons([order(1, "a", 5)], [returned(1, denied=True)])
    (one,) = patron.orders
    assert (one.back, one.asked, one.last_rma, one.last_back_day) == (0, True, "", None)
    assert one.bad is not None


def test_only_who_is_beyond_chance_is_named() -> None:
    # 40 others send back 1 of 10 orders each: 6 of 6 is one in a million then, 2 of 3 too little.
    others = [(f"o{n}", 10, 1) for n in range(40)]
    share, found = serial_returners(shop(*others, ("x", 6, 6), ("y", 3, 2), ("z", 2, 2)))
    assert share == Share(50, 411)
    assert [one.patron.person for one in found] == ["x"]
    assert found[0].chance < 1e-3


def test_where_nobody_else_ordered_nobody_stands_out() -> None:
    assert serial_returners(shop(("x", 6, 6))) == (Share(6, 6), [])
    assert serial_returners([]) == (Share(0, 0), [])


def test_where_all_send_back_alike_nobody_stands_out() -> None:
    assert serial_returners(shop(*((f"o{n}", 6, 5) for n in range(9))))[1] == []


@pytest.mark.parametrize(
    ("gaps", "days"),
    [
        pytest.param([40] * 19, (180, 19), id="too few to tell"),
        pytest.param([*range(31, 51)], (48, 20), id="the eighteenth of twenty"),
        pytest.param([3] * 30, (30, 30), id="a month at least"),
        pytest.param([900] * 30, (365, 30), id="a year at most"),
    ],
)
def test_within_how_many_days_people_come_again(gaps: list[int], days: tuple[int, int]) -> None:
    orders = [
        one
        for n, gap in enumerate(gaps)
        for one in (order(2 * n, f"p{n:02}", 100), order(2 * n + 1, f"p{n:02}", 100 + gap))
    ]
    assert quiet_days(orders) == days


def test_who_came_again_by_what_they_were_left_with() -> None:
    orders = [
        order(1, "a", 0), order(2, "a", 50),  # in time, after a return
        order(3, "b", 0), order(4, "b", 51),  # a day late, after a bad one; the second is young
        order(5, "c", 0),  # never, after nothing sent back
        order(6, "d", 60),  # too young to tell
    ]  # fmt: skip
    people = patrons(orders, [returned(1), returned(3, fault=True), returned(2, denied=True)])
    expected: dict[After, Share] = {
        "no_return": Share(0, 1),
        "return": Share(1, 1),
        "bad_return": Share(0, 2),
    }
    assert came_again(people, 50, 100) == expected


def test_lost_is_who_was_quiet_too_long_after_a_bad_return_of_the_last_order() -> None:
    orders = [
        order(1, "denied", 0), order(2, "fault", 0), order(3, "fine", 0),
        order(4, "again", 0), order(5, "again", 99, units=0, meant=False),
        order(6, "earlier", 0), order(7, "earlier", 5), order(8, "young", 0),
    ]  # fmt: skip
    returns = [
        returned(1, 20, denied=True), returned(2, 15, fault=True), returned(3, 15),
        returned(4, 15, fault=True), returned(6, 15, fault=True), returned(8, 50, fault=True),
    ]  # fmt: skip
    found = lost(patrons(orders, returns), 50, 100)
    assert [(patron.person, bad.rma) for patron, bad in found] == [
        ("fault", "RMA-2"),
        ("denied", "RMA-1"),
    ]


def test_how_few_send_back_half_of_all() -> None:
    assert few_of_most(shop(("a", 9, 6), ("b", 4, 3), ("c", 9, 2), ("d", 9, 1))) == (1, 4)
    assert few_of_most(shop(("a", 9, 2), ("b", 4, 2), ("c", 9, 2), ("d", 9, 0))) == (2, 3)
    assert few_of_most(shop(("a", 9, 0))) == (0, 0)
