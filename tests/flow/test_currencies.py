"""Returning everything pays back exactly what was paid, with 0, 2 and 3 decimals, in any order."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations

import pytest

from tests.flow.conftest import Desk

POLICY = """\
policy: all-back
title: Everything comes back
currency: {currency}
terms:
  window: {{days: 30, from: ordered, if_unknown: {{from: ordered, plus_days: 0}}}}
  resolutions: [refund]
  condition: [new]
  refund: {{to: original_payment, after: inspected, original_shipping: full_return}}
  inspection: {{new: {{refund: 100%, disposition: restock}}}}
"""
ORDERS = """\
order_id,placed_at,currency,line_no,sku,quantity,unit_price,order_discount,order_shipping,line_tax,\
tax_included
1,2026-03-01,{currency},1,A,3,{price},{discount},{shipping},{tax},{included}
1,2026-03-01,{currency},2,B,1,{price},,,{tax},{included}
"""


@pytest.mark.parametrize("order", list(permutations(["1:1", "1:2", "2:1"])))
@pytest.mark.parametrize(
    ("currency", "price", "discount", "shipping", "tax", "included", "total"),
    [
        # 4 x 10.01 - 1.00 + 4.99 + 2 x 0.77
        pytest.param("USD", "10.01", "1.00", "4.99", "0.77", "false", "45.57", id="USD on top"),
        # 4 x 1001 - 100 + 499
        pytest.param("JPY", "1001", "100", "499", "77", "true", "4403", id="JPY included"),
        # 4 x 1.001 - 0.100 + 0.499 + 2 x 0.077
        pytest.param("KWD", "1.001", "0.100", "0.499", "0.077", "false", "4.557", id="KWD on top"),
    ],
)
def test_partial_returns_in_any_order_sum_to_what_was_paid(
    new_desk: Callable[..., Desk],
    order: tuple[str, ...],
    currency: str,
    price: str,
    discount: str,
    shipping: str,
    tax: str,
    included: str,
    total: str,
) -> None:
    desk = new_desk(currency=currency)
    (desk.folder / "policies" / "standard.yaml").write_text(POLICY.format(currency=currency))
    (desk.folder / "policies" / "standard.cases.yaml").unlink(missing_ok=True)
    text = ORDERS.format(
        currency=currency,
        price=price,
        discount=discount,
        shipping=shipping,
        tax=tax,
        included=included,
    )
    imported = desk.ok("orders", "import", desk.write("o.csv", text))
    assert imported["totals"] == {currency: total}
    paid: list[str] = []
    rma = ""
    for item in order:
        rma = desk.ok("open", "1", "--item", f"{item}=style")["rma"]
        desk.ok("receive", rma)
        desk.ok("inspect", rma, "--item", f"{item}=new")
        paid.append(desk.ok("refund", rma)["amount"])
    assert sum(int(amount.replace(".", "")) for amount in paid) == int(total.replace(".", ""))
    assert desk.ok("quote", rma)["cap"].strip("0.") == ""
    assert desk.ok("check")["ok"] is True
