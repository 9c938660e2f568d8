"""What an order was paid with, as far as that decides what a refund can go back to."""

from __future__ import annotations

from functools import lru_cache

ORIGINAL = "original_payment"

# As platforms and shops write it, without case, spaces and signs.
_CASH_ON_DELIVERY = frozenset(
    "cashondelivery cashondeliverycod cod codpayment payondelivery paymentondelivery nachnahme "
    "pernachnahme ramburs contrareembolso pagocontrareembolso contraentrega contrassegno "
    "contreremboursement rembours pobranie platbanadobirku dobirka "
    "货到付款 貨到付款 代金引換".split()
)


@lru_cache(1024)
def original_tender(payment_method: str) -> str:
    """The tender that ``original_payment`` means for an order.

    Cash that a courier took cannot be paid back the way it came: it goes to the bank.

    >>> original_tender("Cash on Delivery (COD)"), original_tender("Visa"), original_tender("")
    ('bank_transfer', 'original_payment', 'original_payment')
    """
    word = "".join(sign for sign in payment_method.casefold() if sign.isalnum())
    return "bank_transfer" if word in _CASH_ON_DELIVERY else ORIGINAL
