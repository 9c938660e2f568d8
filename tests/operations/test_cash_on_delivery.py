"""By hand: two tees at 20.00 less 10 % restocking, 6.95 for the way, 1.50 for the transfer."""

from __future__ import annotations

from pathlib import Path

import pytest

from returns_cli.operations.import_orders import import_orders
from returns_cli.operations.record_refund import RefundRequest, record_refund
from returns_cli.operations.show_return import quote_of_return
from tests.operations.desk import POLICY, inspected, opened, received, small_shop, written

WITH_FEE = POLICY.replace("return_shipping: 6.95,", "return_shipping: 6.95, transfer: 1.50,")
ROW = (
    "order_id,placed_at,currency,line_no,sku,quantity,unit_price,delivered_at,payment_method\n"
    "2001,2026-03-02,USD,1,TEE,2,20.00,2026-03-06,{}\n"
)


@pytest.mark.parametrize(
    ("method", "want", "amount", "tender"),
    [
        pytest.param("Cash on Delivery (COD)", "refund", "27.55", "bank_transfer", id="in cash"),
        pytest.param("Visa", "refund", "29.05", "original_payment", id="by card: no transfer"),
        pytest.param("COD", "store_credit", "29.05", "store_credit", id="credit is as wanted"),
    ],
)
def test_what_was_paid_in_cash_goes_back_by_bank(
    tmp_path: Path, method: str, want: str, amount: str, tender: str
) -> None:
    shop = small_shop(tmp_path, policy=WITH_FEE)
    import_orders(shop, [written(shop, "more.csv", ROW.format(method))])
    rma = opened(shop, "2001", "1=itchy", want=want)
    received(shop, rma)
    inspected(shop, rma, "1=new")
    assert quote_of_return(shop, rma)["total"] == amount
    refund = record_refund(shop, RefundRequest(rma))
    assert (refund["amount"], refund["tender"]) == (amount, tender)
    given = record_refund(shop, RefundRequest(rma, goodwill="1.00", why="Late"))
    assert given["tender"] == ("bank_transfer" if method != "Visa" else "original_payment")
