from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest

from returns_cli.domain.errors import NotFoundError
from returns_cli.operations.import_orders import ImportOptions, import_orders
from returns_cli.operations.list_orders import list_orders, show_order
from returns_cli.operations.record_refund import RefundRequest, record_refund
from returns_cli.operations.shop import Shop
from tests.operations.desk import ORDERS, inspected, opened, received, small_shop


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return small_shop(tmp_path)


def lines(answer: dict[str, object]) -> list[dict[str, Any]]:
    return cast("list[dict[str, Any]]", answer["lines"])


def test_orders_are_listed_newest_first(shop: Shop) -> None:
    rows = list_orders(shop)
    assert rows[-1] == {
        "order": "1001",
        "channel": "default",
        "placed_at": "2026-03-01",
        "country": "RO",
        "lines": 2,
        "units": 3,
        "currency": "USD",
        "total": "52.50",
        "refunded_before": "0.00",
        "is_gift": False,
        "cancelled_at": None,
    }
    assert len(rows) == 6
    assert list_orders(shop, limit=1) == rows[:1]
    assert list_orders(shop, channel="web") == []


def test_an_order_shows_line_by_line_what_may_still_come_back(shop: Shop) -> None:
    rma = opened(shop, "1001", "2:1=itchy")
    received(shop, rma)
    inspected(shop, rma, "2=new")
    record_refund(shop, RefundRequest(rma))
    order = show_order(shop, "#1001")
    mug, tee = lines(order)
    assert (mug["paid"], mug["refunded_of_it"], mug["may_still_return"]) == ("12.50", "0.00", 1)
    assert (tee["paid"], tee["refunded_of_it"]) == ("40.00", "20.00")
    assert [tee[name] for name in ("authorized", "received", "refunded_units")] == [1, 1, 1]
    assert tee["may_still_return"] == 1
    # the refund is 20.00 less ten percent less the label: 11.05; 52.50 - 11.05 may still follow
    assert (order["refunded"], order["may_still_be_refunded"]) == ("11.05", "41.45")
    (back,) = cast("list[dict[str, Any]]", order["returns"])
    assert (back["rma"], back["state"], back["total"]) == (rma, "refund_pending", "11.05")


def test_tax_on_top_counts_as_paid(tmp_path: Path) -> None:
    shop = small_shop(tmp_path)
    taxed = tmp_path / "taxed.csv"
    taxed.write_text(
        "order_id,placed_at,currency,line_no,sku,quantity,unit_price,line_tax,tax_included\n"
        "2001,2026-03-01,USD,1,MUG,1,10.00,0.80,false\n",
        encoding="utf-8",
    )
    import_orders(shop, [taxed])
    assert lines(show_order(shop, "2001"))[0]["paid"] == "10.80"


def test_what_a_later_import_changed_is_told(shop: Shop, tmp_path: Path) -> None:
    edited = tmp_path / "edited.csv"
    edited.write_text(ORDERS.replace("Tee,2,20.00", "Tee,3,20.00"), encoding="utf-8")
    import_orders(shop, [edited], ImportOptions())
    changes = cast("list[dict[str, Any]]", show_order(shop, "1001")["changes"])
    quantity = next(one for one in changes if one["field"] == "quantity")
    assert (quantity["line"], quantity["old"], quantity["new"]) == (2, "2", "3")


def test_an_unknown_order_is_not_found(shop: Shop) -> None:
    with pytest.raises(NotFoundError):
        show_order(shop, "9999")
