"""A worked example: what one unit brings back, grade by grade, by the very sum that refunds use."""

from __future__ import annotations

from collections.abc import Sequence

from returns_cli.domain import money, terms
from returns_cli.domain.model import Order, OrderLine, Setting
from returns_cli.domain.quote import Quote, QuotedLine, quote_return
from returns_cli.domain.record import OrderLedger
from returns_cli.domain.vocabulary import Fault, TaxStyle
from returns_cli.policy.words.outline import Grid, Item
from returns_cli.policy.words.words import Words

_MINUS = "\N{MINUS SIGN}"
_KINDS = (
    "items",
    "condition_deduction",
    "restocking_fee",
    "return_shipping",
    "transfer_fee",
    "bonus_credit",
)


def example_grid(words: Words, grades: Sequence[str]) -> Grid:
    """The sum for each grade, as a table and as lines.

    The goods cost a round amount that is worth sending back; nothing but the terms holds.
    """
    settings = words.policy.effective(()).settings
    price = _price(words.policy.currency, terms.by_name(settings))
    quotes = {grade: _quote(words.policy.currency, price, settings, grade) for grade in grades}
    found = {one.kind for quote in quotes.values() for one in quote.components}
    kinds = [kind for kind in _KINDS if kind in found]
    columns = [words.text("example.grade"), *(words.text(f"component.{one}") for one in kinds)]
    intro = words.text("example.intro", amount=words.amount(price))
    return Grid(
        intro,
        (*columns, words.text("example.total")),
        tuple(_row(words, grade, quote, kinds) for grade, quote in quotes.items()),
        tuple(Item(_sum(words, grade, quote)) for grade, quote in quotes.items()),
        right=True,
    )


def _price(currency: str, settings: terms.Settings) -> int:
    """100 of a currency's units, or as many times ten that the way back costs a tenth of it."""
    price = int(f"1{'0' * (2 + max(2, money.exponent(currency)))}")
    shipping = terms.fee(settings, "fees.return_shipping", currency).amount_minor
    while price < 10 * shipping:
        price *= 10
    return price


def _quote(currency: str, price: int, settings: Sequence[Setting], grade: str) -> Quote:
    line = OrderLine(1, "", "", 1, 1, price, 0, 0, price, 0, 0)
    order = Order(
        channel="",
        order_id="",
        placed_at="",
        currency=currency,
        tax_style=TaxStyle.NONE,
        order_discount_minor=0,
        shipping_minor=0,
        tax_minor=0,
        total_minor=price,
        captured_minor=price,
        refunded_minor=0,
        lines=(line,),
    )
    quoted = QuotedLine(line, 1, "refund", Fault.CUSTOMER, terms.by_name(settings), ((grade, 1),))
    return quote_return(order, "", [quoted], OrderLedger({}, {}, 0, 0, {}), price)


def _row(words: Words, grade: str, quote: Quote, kinds: Sequence[str]) -> tuple[str, ...]:
    sums = dict.fromkeys(kinds, 0)
    for one in quote.components:
        sums[one.kind] += one.amount_minor
    figures = [_signed(words, minor) for minor in sums.values()]
    return (words.grade(grade), *figures, words.amount(quote.total_minor))


def _signed(words: Words, minor: int) -> str:
    return f"{_MINUS}{words.amount(-minor)}" if minor < 0 else words.amount(minor)


def _sum(words: Words, grade: str, quote: Quote) -> str:
    """``$100.00 − $15.00 = $85.00``: a sum is written alike in every language."""
    total = ""
    for one in quote.components:
        sign = f" {_MINUS} " if one.amount_minor < 0 else " + "
        total += (sign if total else "") + words.amount(abs(one.amount_minor))
    if len(quote.components) > 1:
        total += f" = {words.amount(quote.total_minor)}"
    return words.text("example.row", grade=words.grade(grade), sum=total)
