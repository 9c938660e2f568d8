"""What came back, after corrections and in several parcels."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from returns_cli.domain.model import Receipt
from returns_cli.domain.reported import Scope
from returns_cli.insight.periods import number
from returns_cli.store.floor import add_receipt
from returns_cli.store.reports.goods import (
    GoodsBack,
    LinesBack,
    PeriodBack,
    PeriodSold,
    goods_back,
    goods_sold,
    lines_back,
    lines_sold,
    listed_goods,
    periods_back,
    periods_sold,
)
from returns_cli.store.reports.periods import Cut
from returns_cli.store.reports.sales import came_back
from tests.store.desk import Desk, busy_desk, line, order

_EVER = Scope(None, date(2026, 3, 31), ZoneInfo("UTC"))
_MARCH = _EVER._replace(since=date(2026, 3, 1))
_PERIOD = number("2026-03")


def _shop(folder: Path) -> Desk:
    """Two mugs and three cups, all of them on their way back."""
    desk = Desk(folder)
    desk.orders(order("#1042", line(1, "MUG", 2), line(2, "CUP", 3)))
    return desk


@pytest.mark.parametrize("scope", [_EVER, _MARCH], ids=["ever", "march"])
def test_a_corrected_receipt_counts_what_is_left_of_it(scope: Scope, tmp_path: Path) -> None:
    desk = _shop(tmp_path)
    return_id = desk.approved(2)
    receipt_id = desk.receive(return_id, 2)
    desk.receive(return_id, -1, corrects=receipt_id)
    assert goods_back(desk.store, scope) == [GoodsBack("MUG", "", "USD", 1, 1000)]
    assert periods_back(desk.store, scope, "month") == [PeriodBack(_PERIOD, _PERIOD, 1)]
    desk.receive(return_id, -1, corrects=receipt_id)
    assert goods_back(desk.store, scope) == []
    assert periods_back(desk.store, scope, "month") == []
    assert lines_back(desk.store, scope, "month") == []


@pytest.mark.parametrize("scope", [_EVER, _MARCH], ids=["ever", "march"])
def test_a_line_that_comes_in_two_parcels_is_one_line(scope: Scope, tmp_path: Path) -> None:
    desk = _shop(tmp_path)
    first, second = desk.approved(1), desk.approved(1, key="k2")
    desk.receive(second, 1)
    desk.receive(first, 1)
    assert goods_back(desk.store, scope) == [GoodsBack("MUG", "", "USD", 2, 2000)]
    assert lines_back(desk.store, scope, "month") == [
        LinesBack("MUG", _PERIOD, _PERIOD, "too_small", 1)
    ]


def test_the_value_of_a_line_is_rounded_once_however_many_parcels_it_came_in(
    tmp_path: Path,
) -> None:
    desk = Desk(tmp_path)
    desk.orders(order("#1042", line()._replace(items_minor=1999)))  # 999.5 for each of two
    for key in ("k1", "k2"):
        desk.receive(desk.approved(1, key=key), 1)
    assert goods_back(desk.store, _EVER) == [GoodsBack("MUG", "", "USD", 2, 1999)]
    assert [one.value_minor for one in came_back(desk.store, _EVER)] == [1999]
    asked = _EVER._replace(reason="too_small")  # each return's line is rounded by itself
    assert goods_back(desk.store, asked) == [GoodsBack("MUG", "", "USD", 2, 2000)]
    assert [one.value_minor for one in came_back(desk.store, asked)] == [2000]


@pytest.mark.parametrize("reason", ["", "too_small"])
def test_a_line_counts_where_it_came_first_not_where_it_was_typed_first(
    reason: str, tmp_path: Path
) -> None:
    desk = _shop(tmp_path)
    for key, day in (("k1", "2026-04-02"), ("k2", "2026-03-30")):
        return_id = desk.approved(1, key=key)
        with desk.store.writing():
            add_receipt(desk.store, return_id, Receipt(1, 1, day, "cy", "bay 1", ""))
    assert lines_back(desk.store, _EVER._replace(reason=reason), "month") == [
        LinesBack("MUG", _PERIOD, _PERIOD, "too_small", 1)
    ]


def test_units_squares_and_lines_of_what_was_delivered(tmp_path: Path) -> None:
    desk = _shop(tmp_path)
    sold = {one.sku: one[4:] for one in goods_sold(desk.store, _EVER)}
    assert sold == {"MUG": (2, 4, 2000), "CUP": (3, 9, 3000)}
    assert periods_sold(desk.store, _EVER, "month") == [PeriodSold(_PERIOD, 5, 13)]
    assert {one.sku: one.lines for one in lines_sold(desk.store, _EVER, "month")} == {
        "MUG": 1,
        "CUP": 1,
    }


def test_cancelled_and_unsent_goods_are_not_delivered(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    unsent = line(1, "MUG")._replace(shipped_quantity=0)
    off = line(2, "CUP")._replace(cancelled=True)
    called_off = order("#7")._replace(cancelled_at="2026-03-02")
    desk.orders(order("#1042", unsent, off, line(3, "VASE")), called_off)
    assert [one.sku for one in goods_sold(desk.store, _EVER)] == ["VASE"]


@pytest.mark.parametrize(("by", "name"), [("month", "2026-03"), ("week", "2026-W09")])
def test_periods_have_the_numbers_of_their_names(by: Cut, name: str, tmp_path: Path) -> None:
    desk = _shop(tmp_path)  # 2026-03-01 is a Sunday
    assert [one.period for one in periods_sold(desk.store, _EVER, by)] == [number(name)]


def test_a_title_is_that_of_the_newest_order(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    old, new = line()._replace(title="Zinc mug"), line()._replace(title="A mug")
    desk.orders(order("#1", old), order("#2", new))
    assert [one.title for one in goods_sold(desk.store, _EVER)] == ["A mug"]
    assert [one.title for one in lines_sold(desk.store, _EVER, "month")] == ["A mug"]


def test_the_list_of_products_is_read(tmp_path: Path) -> None:
    assert listed_goods(busy_desk(tmp_path).store) == {"MUG": ("Mug", "")}
