from __future__ import annotations

import pytest

from returns_cli.domain.errors import ConflictError, NotFoundError, StoreError
from returns_cli.store.floor import NewUnexpected, add_unexpected
from returns_cli.store.stock import (
    StockExport,
    add_stock_export,
    list_put_away,
    stock_exports,
)
from returns_cli.store.unexpected import (
    Departure,
    add_departure,
    find_surprise,
    list_surprises,
)
from tests.store.desk import AT, Desk, order

EXPORT = StockExport(0, "generic", None, AT)


@pytest.fixture
def bench(desk: Desk) -> Desk:
    """Three mugs that nobody announced; both mugs of #1042 may come back."""
    desk.orders(order())
    desk.approved()
    with desk.store.writing():
        add_unexpected(desk.store, NewUnexpected("MUG", 3, "surplus", AT, "cy"))
    return desk


def gone(units: int, place: str = "", line: int | None = None) -> Departure:
    return Departure(1, units, None, line, place, "", "", AT, "cy")


def leave(desk: Desk, units: int, place: str, *, is_stock: bool = False) -> int:
    with desk.store.writing():
        return add_departure(desk.store, gone(units, place), is_stock=is_stock)


def test_units_leave_until_none_is_left(bench: Desk) -> None:
    leave(bench, 1, "donate")
    assert find_surprise(bench.store, 1).left == 2
    with pytest.raises(ConflictError) as error:
        leave(bench, 3, "donate")
    assert error.value.code == "E-UNEXPECTED-GONE"
    leave(bench, 2, "donate")
    assert list_surprises(bench.store) == []
    with pytest.raises(NotFoundError):
        find_surprise(bench.store, 2)


def test_units_go_into_the_receipt_that_holds_them(bench: Desk) -> None:
    bench.receive(1, 1)
    with pytest.raises(StoreError), bench.store.writing():
        add_departure(bench.store, gone(2, line=1), return_id=1)
    with bench.store.writing():
        add_departure(bench.store, gone(1, line=1), return_id=1)
    with pytest.raises(StoreError), bench.store.writing():  # that receipt holds them already
        add_departure(bench.store, gone(1, line=1), return_id=1)
    assert find_surprise(bench.store, 1).left == 2


def test_stock_is_exported_once_unless_the_export_is_replaced(bench: Desk) -> None:
    leave(bench, 1, "restock", is_stock=True)
    bench.receive(1, 2)
    bench.inspect(1, 2)
    bench.dispose(1, 2)
    stock = list_put_away(bench.store)
    assert [(one.sku, one.quantity, one.is_stock) for one in stock] == [
        ("MUG", 2, True),
        ("MUG", 1, True),
    ]
    with bench.store.writing():
        first = add_stock_export(bench.store, EXPORT, "cy", stock)
    for one in stock:
        with pytest.raises(StoreError), bench.store.writing():
            add_stock_export(bench.store, EXPORT, "cy", [one])
    with bench.store.writing():
        second = add_stock_export(bench.store, EXPORT, "cy", stock, replaces=first)
    assert [one.stock_export_id for one in stock_exports(bench.store)] == [second]
    assert {one.exported_in for one in list_put_away(bench.store)} == {second}


def test_what_is_no_stock_is_not_exported(bench: Desk) -> None:
    leave(bench, 1, "donate")
    with pytest.raises(StoreError), bench.store.writing():
        add_stock_export(bench.store, EXPORT, "cy", list_put_away(bench.store))
