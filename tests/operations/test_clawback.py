"""A discount taken back at the desk. By hand: two jackets of 60.00 and a cap of 5.00 for nothing,
12.00 off orders above 100.00; 54.00 were paid for each jacket, 108.00 in all.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from returns_cli.operations.explain_return import explain_return
from returns_cli.operations.import_orders import import_orders
from returns_cli.operations.prove_store import check_shop
from returns_cli.operations.record_refund import RefundRequest, record_refund
from returns_cli.operations.shop import Shop
from returns_cli.operations.show_return import quote_of_return
from tests.operations.desk import POLICY, inspected, opened, received, small_shop, written

TERMS = "  clawback: {discount_below: 100.00, gift_below: 50.00}\n  inspection:"
PROMOTED = POLICY.replace("  inspection:", TERMS).replace(
    "fees: {restocking: 10%, return_shipping: 6.95,", "fees: {restocking: 0%, return_shipping: 0,"
)
ROWS = (
    "order_id,placed_at,currency,line_no,sku,quantity,unit_price,line_discount,order_discount,"
    "delivered_at\n"
    "2001,2026-03-02,USD,1,RED,1,60.00,0,12.00,2026-03-06\n"
    "2001,2026-03-02,USD,2,BLUE,1,60.00,0,12.00,2026-03-06\n"
    "2001,2026-03-02,USD,3,CAP,1,5.00,5.00,12.00,2026-03-06\n"
)


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    made = small_shop(tmp_path, policy=PROMOTED)
    import_orders(made, [written(made, "more.csv", ROWS)])
    return made


def back(shop: Shop, line: int) -> str:
    rma = opened(shop, "2001", f"{line}=itchy")
    received(shop, rma)
    inspected(shop, rma, f"{line}=new")
    return rma


def clawed(shop: Shop, rma: str) -> list[tuple[str, object]]:
    quote: Any = quote_of_return(shop, rma)
    return [
        (one["amount"], one["at"])
        for one in quote["components"]
        if one["kind"] == "promotion_clawback"
    ]


def test_returns_one_after_the_other_come_to_what_was_paid(shop: Shop) -> None:
    first = back(shop, 1)
    # the kept jacket loses its 6.00; 60.00 are kept, so the cap stays
    assert clawed(shop, first) == [("-6.00", "policies/plain.yaml:14")]
    refund: Any = record_refund(shop, RefundRequest(first))
    assert refund["amount"] == "48.00"
    second = back(shop, 2)
    # nothing is kept but the cap: its 5.00 are taken off, 6.00 are given back
    assert clawed(shop, second) == [("1.00", None)]
    refund = record_refund(shop, RefundRequest(second))
    assert refund["amount"] == "55.00"
    third = back(shop, 3)
    assert clawed(shop, third) == [("5.00", None)]
    refund = record_refund(shop, RefundRequest(third))
    assert refund["amount"] == "5.00"  # 48.00 + 55.00 + 5.00 = 108.00
    assert check_shop(shop)["ok"]
    quote: Any = quote_of_return(shop, first)
    assert (quote["total"], quote["cap"]) == ("48.00", "0.00")


def test_it_is_explained_with_the_line_of_the_policy(shop: Shop) -> None:
    rma = back(shop, 1)
    answer = explain_return(shop, rma)
    text: Any = answer["explanation"]
    assert any(
        "promotion clawback: too little is kept for the promotion  (policies/plain.yaml:14)" in one
        for one in text
    )
    record_refund(shop, RefundRequest(rma))
    answer = explain_return(shop, back(shop, 2))
    text = answer["explanation"]
    assert any("taken back before, and given back now" in one for one in text)
