from __future__ import annotations

from pathlib import Path

import pytest

from returns_cli.domain.errors import NotFoundError, UsageError
from returns_cli.operations.list_returns import ListFilter, find_returns, list_returns
from returns_cli.operations.record_refund import RefundRequest, record_refund
from returns_cli.operations.shop import Shop
from tests.operations.desk import inspected, on, opened, received, small_shop


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    """Order 1001 came back and is due on 25 March; 1006 was denied; 1004 waits for a person;

    1003 is approved; 1005 is paid.
    """
    made = small_shop(tmp_path)
    rma = opened(made, "1001", "2=itchy")
    received(made, rma)
    inspected(made, rma, "2=new")
    opened(made, "1006", "1=itchy")
    opened(made, "1004", "1=itchy")
    opened(made, "1003", "1=itchy")
    record_refund(made, RefundRequest(opened(made, "1005", "1=damaged_in_transit"), paid="ch_1"))
    return made


@pytest.mark.parametrize(
    ("wanted", "orders"),
    [
        pytest.param(ListFilter(), ["1001", "1006", "1004", "1003", "1005"], id="all"),
        pytest.param(ListFilter(states=("denied", "refunded")), ["1006", "1005"], id="by state"),
        pytest.param(ListFilter(verdict="review"), ["1004"], id="by verdict"),
        pytest.param(ListFilter(order="#1003"), ["1003"], id="by order"),
        pytest.param(ListFilter(channel="default"), ["1001", "1006", "1004", "1003", "1005"]),
        pytest.param(ListFilter(channel="fair"), [], id="of another channel"),
        pytest.param(ListFilter(open_only=True), ["1001", "1004", "1003"], id="open"),
        pytest.param(ListFilter(limit=2), ["1001", "1006"], id="the first"),
        pytest.param(ListFilter(open_only=True, limit=2), ["1001", "1004"], id="the first open"),
        pytest.param(ListFilter(states=("closed",)), [], id="none"),
    ],
)
def test_the_wanted_returns_are_listed_oldest_first(
    shop: Shop, wanted: ListFilter, orders: list[str]
) -> None:
    assert [row["order"] for row in list_returns(shop, wanted)] == orders


@pytest.mark.parametrize(
    ("day", "orders"),
    # inspected on 20 March, 5 days
    [pytest.param("2026-03-25", [], id="on the day"), pytest.param("2026-03-26", ["1001"])],
)
def test_overdue_is_what_was_promised_by_a_day_that_is_past(
    shop: Shop, day: str, orders: list[str]
) -> None:
    rows = list_returns(on(shop, day), ListFilter(overdue=True))
    assert [row["order"] for row in rows] == orders


def test_a_row_says_what_is_due_and_when(shop: Shop) -> None:
    row = list_returns(shop, ListFilter(order="1001"))[0]
    assert (row["state"], row["verdict"]) == ("inspected", "approve")
    # delivered 5 March + 30 days; inspected 20 March + 5 days; 40.00 - 4.00 - 6.95
    assert (row["deadline"], row["refund_due"]) == ("2026-04-04", "2026-03-25")
    assert (row["units"], row["total"], row["currency"]) == (2, "29.05", "USD")


def test_a_return_is_found_by_what_a_customer_says(shop: Shop) -> None:
    (row,) = find_returns(shop, "cy@example.com")
    assert row["order"] == "1005"
    assert row["matched"]
    assert find_returns(shop, "nobody@example.com") == []


def test_a_state_or_an_order_that_is_none_is_refused(shop: Shop) -> None:
    with pytest.raises(UsageError):
        list_returns(shop, ListFilter(states=("lost",)))
    with pytest.raises(NotFoundError):
        list_returns(shop, ListFilter(order="9999"))


@pytest.mark.parametrize(
    ("text", "matched"),
    [
        pytest.param("stefanescu ana", ["name"], id="words in any order, without accents"),
        pytest.param("ana 400001", ["name"], id="a name and a postcode"),
        pytest.param("example.com 400001", ["email"], id="a mail's domain and a postcode"),
        pytest.param("ana bea", [], id="a word that nobody has"),
        pytest.param("ana %", [], id="a sign is no pattern"),
    ],
)
def test_several_words_find_a_person_in_any_order(
    tmp_path: Path, text: str, matched: list[str]
) -> None:
    shop = small_shop(tmp_path / "new")
    opened(shop, "1001", "1=itchy")
    opened(shop, "1005", "1=itchy")
    assert [row["matched"] for row in find_returns(shop, text)] == matched
