"""Order lines as typed at the command line: ``MUG:2@12.50=Blue mug``."""

from __future__ import annotations

import re
from typing import NamedTuple

from returns_cli.domain.errors import UsageError
from returns_cli.domain.money import parse_amount

_ITEM = r"(?s)(?P<sku>.*?)(?::(?P<units>[0-9]{1,9}))?@(?P<price>[0-9][0-9.]*)(?:=(?P<title>.*))?"


class SoldItem(NamedTuple):
    """One line of an order as typed.

    Attributes:
        sku: may be empty where there is a title.
        units: 1 where none were typed.
        price_minor: of one unit, minor units.
    """

    sku: str
    units: int
    price_minor: int
    title: str = ""


def parse_sold_item(text: str, currency: str) -> SoldItem:
    """Read one line: ``SKU[:UNITS]@PRICE[=TITLE]``.

    The first ``@`` with an amount behind it ends the SKU, so a title may hold any sign.

    Args:
        text: as typed.
        currency: of the price, ISO 4217.

    Raises:
        UsageError: ``E-USAGE-ITEM``, neither SKU nor title, no unit, no price of the currency.

    >>> parse_sold_item("MUG:2@12.50=Blue mug", "USD")
    SoldItem(sku='MUG', units=2, price_minor=1250, title='Blue mug')
    >>> parse_sold_item("@5=Gift wrap @ home", "USD").title
    'Gift wrap @ home'
    """
    found = re.fullmatch(_ITEM, text.strip())
    if found is None:
        lacks = "its price is not digits and a dot" if "@" in text else "it has no price"
        raise _wrong(text, lacks)
    sku, title = found["sku"].strip(), (found["title"] or "").strip()
    if not (sku or title):
        raise _wrong(text, "it names neither a SKU nor a title")
    units = int(found["units"] or 1)
    if units < 1:
        raise _wrong(text, "0 units cannot be sold")
    try:
        price_minor = parse_amount(found["price"], currency)
    except ValueError:
        raise _wrong(text, f"`{found['price'][:20]}` is not a price in {currency}") from None
    return SoldItem(sku, units, price_minor, title)


def _wrong(text: str, why: str) -> UsageError:
    return UsageError(
        "E-USAGE-ITEM",
        f"`{text[:80]}` is not a line of an order: {why}.",
        where="--item",
        hint="Write SKU:UNITS@PRICE=TITLE, such as MUG:2@12.50='Blue mug'; units and title may "
        "be left out.",
    )
