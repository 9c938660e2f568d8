from __future__ import annotations

import pytest

from returns_cli.domain.tenders import original_tender


@pytest.mark.parametrize(
    ("method", "tender"),
    [
        ("Cash on Delivery (COD)", "bank_transfer"),
        ("cash_on_delivery", "bank_transfer"),
        ("COD", "bank_transfer"),
        ("Nachnahme", "bank_transfer"),
        ("代金引換", "bank_transfer"),
        ("货到付款", "bank_transfer"),
        ("Visa", "original_payment"),
        ("shopify_payments", "original_payment"),
        ("Barcode Pay", "original_payment"),
        ("codfish voucher", "original_payment"),
        ("", "original_payment"),
    ],
)
def test_cash_that_a_courier_took_goes_to_the_bank(method: str, tender: str) -> None:
    assert original_tender(method) == tender
