"""Sentences and rows of the report on customers, of figures made by hand."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from returns_cli.domain.reported import Scope
from returns_cli.domain.reported_customers import PersonOrder, PersonReturn, PersonWorth
from returns_cli.insight.customer_words import CustomerFacts
from returns_cli.insight.customers import customers_report
from returns_cli.insight.loyalty import After, Patron, lost, patrons, serial_returners
from returns_cli.insight.report import Money, Period, Report, Share

_SCOPE = Scope(None, date(1970, 12, 31), ZoneInfo("UTC"))
_PERIOD = Period("", "1970-12-31", "month", "1971-01-01")
_AGAIN: dict[After, Share] = {
    "no_return": Share(0, 0),
    "return": Share(0, 0),
    "bad_return": Share(0, 0),
}


def _people(*persons: tuple[str, str]) -> list[Patron]:
    """People with an order for each letter: kept, back, back for the shop's fault, denied."""
    orders: list[PersonOrder] = []
    returns: list[PersonReturn] = []
    for person, fates in persons:
        for fate in fates:
            number = len(orders)
            orders.append(PersonOrder(person, number, number, "gold", True, 2))
            if fate != "k":
                units = 0 if fate == "d" else 1
                told = "late" if fate == "d" else "broken"
                returns.append(
                    PersonReturn(
                        number, f"RMA-{number}", number, told, fate == "d", fate == "f", units
                    )
                )
    return patrons(orders, returns)


def _report(people: list[Patron], **more: Any) -> Report:
    expected, serial = serial_returners(people)
    figures = CustomerFacts(
        people, expected, serial, 30, 0, _AGAIN, lost(people, 30, 364),
        [PersonWorth(one.person, "EUR", 5000, 2000) for one in people], 0, 364, str.upper,
    )._replace(**more)  # fmt: skip
    return customers_report(_SCOPE, _PERIOD, figures)


def test_an_empty_shop_says_so() -> None:
    report = _report([])
    assert report.findings == ("No order of these days names its customer.",)
    assert [table.rows for table in report.tables] == [()] * 7
    assert "too few customers ordered again" in report.notes[-1]


def test_one_customer_who_kept_everything() -> None:
    assert _report(_people(("a", "k"))).findings == ("0 of 1 customer (0.0%) sent something back.",)


def test_how_many_send_back_and_who_most() -> None:
    findings = _report(_people(("a", "bbbb"), ("b", "kb"), ("c", "k"))).findings
    assert findings[:2] == (
        "2 of 3 customers (66.7%) sent something back.",
        "Half of what came back came from 1 of them.",
    )


def test_a_serial_returner_stands_with_the_evidence() -> None:
    report = _report(_people(*((f"o{n}", "kkkkk") for n in range(9)), ("x", "bbfbbk")))
    (row,) = report.table("serial").rows
    assert row[:4] == ("X", "gold", 6, 5)
    assert row[6:] == (12, 5, Share(5, 12), 1, "1970-02-19", "RMA-49")
    assert report.table("serial_value").rows == (
        ("X", Money("EUR", 5000), Money("EUR", 2000), Money("EUR", 3000)),
    )
    assert report.findings[-1] == (
        "1 customer sends back more often than chance explains; most of all X: 5 of 6 orders "
        "(83.3%), and 1 of 5 units for the shop's own fault."
    )


def test_the_lost_are_listed_with_why_and_since_when() -> None:
    report = _report(_people(("a", "kf"), ("b", "d")))
    assert report.table("lost").rows == (
        ("A", "gold", 2, Money("EUR", 5000), "RMA-1", "broken", "1970-01-02", 363),
        ("B", "gold", 1, Money("EUR", 5000), "RMA-2", "denied", "1970-01-03", 362),
    )
    assert "2 customers were lost after a bad return." in report.findings
    assert "1 customer was lost after a bad return." in _report(_people(("a", "kf"))).findings


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        pytest.param(Share(1, 20), "more than chance explains.", id="a difference"),
        pytest.param(Share(1, 2), "chance alone may make that difference.", id="too few"),
    ],
)
def test_whether_bad_returns_cost_customers(bad: Share, told: str) -> None:
    again = {**_AGAIN, "no_return": Share(15, 20), "bad_return": bad}
    (said,) = (
        one for one in _report(_people(("a", "k")), again=again).findings if "Within 30" in one
    )
    assert "after 15 of 20 orders (75.0%) without a return" in said
    assert said.endswith(told)


def test_first_orders_that_come_back_more_are_told() -> None:
    people = _people(*((f"p{n}", "bkkk") for n in range(9)))
    assert _report(people).findings[-1] == (
        "First orders come back more: 9 of 9 orders (100.0%), later ones 0 of 27 orders (0.0%)."
    )


def test_orders_that_name_nobody_are_counted_in_a_note() -> None:
    report = _report(_people(("a", "k")), nameless=3, gaps=1200)
    assert report.notes[-1].startswith("3 orders left out")
    assert "of 1,200 times that a customer ordered again" in report.notes[-2]
