"""Which language paper speaks: as asked, else the customer's, their country's, the shop's."""

from __future__ import annotations

from returns_cli.domain.model import Customer, Order
from returns_cli.messages.catalogue import language_of_country, speaks


def paper_language(
    asked: str | None, order: Order, customer: Customer | None, shop_language: str
) -> str:
    """A BCP 47 tag of a language that paper has texts in, where any of them is one.

    Args:
        asked: with ``--lang``; it is taken as it is.
        order: whose country speaks for a customer of whom no language is known. The person who got
            a gift is not the customer, so only the country counts there.
        customer: who is known to have ordered, or None.
        shop_language: of ``shop.yaml``, for everybody else.
    """
    if asked:
        return asked
    own = customer.language if customer is not None and not order.is_gift else ""
    country = language_of_country(order.ship_to.country or order.country)
    return next((tag for tag in (own, country) if tag and speaks(tag)), shop_language)
