from __future__ import annotations

import pytest

from returns_cli.domain.tenders import original_tender, payments_of


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


@pytest.mark.parametrize(
    ("method", "tender"),
    [
        ("gift_card", "gift_card"),
        ("Gift Voucher", "gift_card"),
        ("Geschenkgutschein", "gift_card"),
        ("Store credit", "store_credit"),
        ("shopify_store_credit", "store_credit"),
        ("gift card + Visa", "original_payment"),
    ],
)
def test_cards_and_credit_get_back_what_they_paid(method: str, tender: str) -> None:
    assert original_tender(method) == tender


@pytest.mark.parametrize(
    ("stated", "paid"),
    [
        pytest.param([], [], id="nothing is said"),
        pytest.param([("Visa", 0), ("COD", -5)], [], id="what paid nothing is left out"),
        pytest.param(
            [("Stripe", 1), ("Gift card", 2), ("PayPal (EU)", 4), ("stripe", 8), ("Klarna", 16)],
            [
                ("original_payment", "Stripe, stripe", 9),
                ("gift_card", "Gift card", 2),
                ("paypal_eu", "PayPal (EU)", 4),
                ("klarna", "Klarna", 16),
            ],
            id="the first provider is the original, each other goes by its name",
        ),
        pytest.param(
            [("Visa", 1), ("Original Payment", 2), ("?!", 4)],
            [
                ("original_payment", "Visa", 1),
                ("original_payment_provider", "Original Payment", 2),
                ("_provider", "?!", 4),
            ],
            id="no provider takes a name of ours",
        ),
        pytest.param([("", 7)], [("original_payment", "", 7)], id="one without a name"),
    ],
)
def test_what_paid_is_told_apart_by_where_it_can_go_back(
    stated: list[tuple[str, int]], paid: list[tuple[str, str, int]]
) -> None:
    assert [tuple(one) for one in payments_of(stated)] == paid
