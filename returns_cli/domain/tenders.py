"""What an order was paid with, as far as that decides what a refund can go back to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from returns_cli.domain.model import Payment

if TYPE_CHECKING:
    from returns_cli.domain.model import Order

ORIGINAL = "original_payment"
BY_CHOICE = ("gift_card", "store_credit", "bank_transfer")
"""Ways to pay that do not need to have paid before: a refund may go to them for any order."""

TENDERS = (ORIGINAL, "store_credit", "bank_transfer", "gift_card")

DEFAULT_ORDER = ("gift_card", "store_credit")
"""What is given back first; then what came through a provider, a bank transfer last."""

# As platforms and shops write it, without case, spaces and signs.
_CASH_ON_DELIVERY = frozenset(
    "cashondelivery cashondeliverycod cod codpayment payondelivery paymentondelivery nachnahme "
    "pernachnahme ramburs contrareembolso pagocontrareembolso contraentrega contrassegno "
    "contreremboursement rembours pobranie platbanadobirku dobirka "
    "货到付款 貨到付款 代金引換".split()
)
_GIFT_CARD = frozenset(
    "giftcard giftcards giftvoucher giftcertificate voucher gutschein geschenkkarte "
    "geschenkgutschein cartecadeau tarjetaregalo tarjetaderegalo cartaregalo cadeaubon "
    "cadeaukaart cardcadou 礼品卡 禮品卡 ギフトカード".split()
)
_STORE_CREDIT = frozenset(
    "storecredit shopifystorecredit customercredit shopcredit guthaben kundenguthaben "
    "creditmagazin creditonegozio saldoentienda".split()
)


@lru_cache(1024)
def original_tender(payment_method: str) -> str:
    """The tender that ``original_payment`` means for an order that was paid in one way.

    Cash that a courier took cannot be paid back the way it came: it goes to the bank.

    >>> original_tender("Cash on Delivery (COD)"), original_tender("Visa"), original_tender("")
    ('bank_transfer', 'original_payment', 'original_payment')
    >>> original_tender("Gift Card"), original_tender("shopify_store_credit")
    ('gift_card', 'store_credit')
    """
    word = "".join(sign for sign in payment_method.casefold() if sign.isalnum())
    for tender, words in (
        ("bank_transfer", _CASH_ON_DELIVERY),
        ("gift_card", _GIFT_CARD),
        ("store_credit", _STORE_CREDIT),
    ):
        if word in words:
            return tender
    return ORIGINAL


def payments_of(stated: Iterable[tuple[str, int]]) -> tuple[Payment, ...]:
    """What an order was paid with, one entry per tender, in the order of the source.

    The first provider is ``original_payment``; each further one goes by its own name, for nothing
    can be given back to it but what it took. Two gift cards are one tender.

    Args:
        stated: method as the source writes it, minor units; those of nothing are left out.

    >>> [(one.tender, one.captured_minor) for one in payments_of(
    ...     [("Gift card", 3000), ("Visa", 5000), ("PayPal Express", 2000), ("visa", 873)])]
    [('gift_card', 3000), ('original_payment', 5873), ('paypal_express', 2000)]
    """
    found: dict[str, Payment] = {}
    providers: dict[str, str] = {}
    for method, minor in stated:
        if minor <= 0:
            continue
        method = " ".join(method.split())
        tender = original_tender(method)
        if tender == ORIGINAL:
            own = _name_of(method)
            tender = providers.setdefault(own, own if providers else ORIGINAL)
        before = found.get(tender, Payment(tender, "", 0))
        methods = dict.fromkeys([*filter(None, [before.method]), method])
        found[tender] = Payment(tender, ", ".join(methods), before.captured_minor + minor)
    return tuple(found.values())


def _name_of(method: str) -> str:
    """A provider's name as one word; one that is a way to pay of ours is never taken."""
    words = "".join(sign if sign.isalnum() else " " for sign in method.casefold()).split()
    name = "_".join(words)
    return f"{name}_provider" if name in TENDERS or not name else name


def original_of(order: Order) -> str:
    """The tender that ``original_payment`` means for an order as a whole.

    ``original_payment`` also stands for several means of payment, over which a refund is split.
    """
    if len(order.payments) == 1:
        return order.payments[0].tender
    return ORIGINAL if order.payments else original_tender(order.payment_method)


def in_declared_order(payments: Sequence[Payment], declared: Sequence[str]) -> list[Payment]:
    """Payments in the order in which they are given back.

    Args:
        declared: tenders that come first, from shop.yaml; without it :data:`DEFAULT_ORDER`.

    >>> paid = payments_of([("COD", 5), ("Visa", 1), ("PayPal", 2), ("Gift card", 3)])
    >>> [one.tender for one in in_declared_order(paid, ())]
    ['gift_card', 'original_payment', 'paypal', 'bank_transfer']
    >>> [one.tender for one in in_declared_order(paid, ["paypal"])]
    ['paypal', 'original_payment', 'gift_card', 'bank_transfer']
    """
    first = list(declared or DEFAULT_ORDER)

    def rank(payment: Payment) -> tuple[int, int]:
        place = first.index(payment.tender) if payment.tender in first else len(first)
        return place, int(place == len(first) and payment.tender == "bank_transfer")

    return sorted(payments, key=rank)
