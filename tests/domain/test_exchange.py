"""Exchanges netted by hand: a shirt of 24.00 less 10 % paid 21.60, tax on top at 8 % is 1.73."""

from __future__ import annotations

import pytest

from returns_cli.domain.exchange import Swap, price_in, set_off, swap_line
from returns_cli.domain.model import Component
from returns_cli.domain.quote import QuotedLine
from returns_cli.domain.record import Consumption
from returns_cli.domain.vocabulary import TaxStyle
from tests.domain.worked import Terms, line, order, parts, quote_of, quoted

SHIRT = line(1, 1, 2160, tax=173)._replace(unit_price_minor=2400, sku="TEE-M")
TWO = line(1, 2, 4320, tax=346)._replace(unit_price_minor=2400, sku="TEE-M")
WORN = Component("condition_deduction", 1, -1167, "rule", "p:3")  # half of 23.33: 11.67


@pytest.mark.parametrize(
    ("sku", "price", "style", "worth", "cost", "back"),
    [
        pytest.param("TEE-M", 9900, TaxStyle.ON_TOP, 2333, 2333, {}, id="the same again is even"),
        pytest.param("", None, TaxStyle.ON_TOP, 2333, 2333, {}, id="nothing said: the same again"),
        pytest.param("TEE-L", 2400, TaxStyle.ON_TOP, 2333, 2333, {}, id="the discount stays"),
        pytest.param("TEE-L", None, TaxStyle.ON_TOP, 2333, 2333, {}, id="no price known: even"),
        pytest.param(
            "MUG", 1600, TaxStyle.ON_TOP, 2333, 1555, {"items": 720, "tax": 58},
            id="two thirds of 21.60 is 14.40, of 1.73 is 1.153 → 1.15; back 7.20 + 0.58",
        ),
        pytest.param(
            "MUG", 1600, TaxStyle.INCLUDED, 2160, 1440, {"items": 720}, id="tax is in it: back 7.20"
        ),
        pytest.param(
            "PIN", 0, TaxStyle.ON_TOP, 2333, 0, {"items": 2160, "tax": 173}, id="all back"
        ),
        pytest.param(
            "COAT", 2800, TaxStyle.ON_TOP, 2333, 2765, {},
            id="4.00 more at 1.73 / 21.60 tax, 0.320… → 0.32: 23.33 + 4.32, owed 4.32",
        ),
        pytest.param("COAT", 2800, TaxStyle.NONE, 2160, 2560, {}, id="without tax 4.00 are owed"),
    ],
)  # fmt: skip
def test_prices_are_netted(
    sku: str, price: int | None, style: TaxStyle, worth: int, cost: int, back: dict[str, int]
) -> None:
    swap, given = swap_line(SHIRT, Consumption(1, 2160, 173), sku, price, style)
    assert (swap.worth_minor, swap.cost_minor) == (worth, cost)
    assert {one.kind: one.amount_minor for one in given} == back
    assert swap.owed_minor == max(0, cost - worth)


def test_what_a_grade_takes_off_counts() -> None:
    # worn: 23.33 - 11.67 = 11.66; the mug costs 15.55: owed 3.89
    swap, given = swap_line(SHIRT, Consumption(1, 2160, 173), "MUG", 1600, TaxStyle.ON_TOP, [WORN])
    assert (swap.worth_minor, swap.owed_minor, given) == (1166, 389, [])
    # a cap of 8.00: 7.20 + 0.58 = 7.78 of it stay; back 23.33 - 7.78 - 11.67 = 3.88
    swap, given = swap_line(SHIRT, Consumption(1, 2160, 173), "CAP", 800, TaxStyle.ON_TOP, [WORN])
    assert [one.amount_minor for one in given] == [1440, 115, -1167]
    assert sum(one.amount_minor for one in given) == swap.worth_minor - swap.cost_minor == 388


def test_a_free_gift_is_exchanged_at_the_price_of_what_is_sent() -> None:
    gift = line(1, 1, 0)._replace(unit_price_minor=0)
    swap, _ = swap_line(gift, Consumption(1), "MUG", 1600, TaxStyle.ON_TOP)
    assert (swap.worth_minor, swap.owed_minor) == (0, 1600)


@pytest.mark.parametrize(
    ("payable", "covered", "owed"), [(0, 0, 500), (300, 300, 200), (900, 500, 0), (-50, 0, 500)]
)
def test_what_is_owed_is_set_off_against_what_the_return_pays(
    payable: int, covered: int, owed: int
) -> None:
    first, even = Swap(1, "A", 1, 500, 100, 500), Swap(2, "B", 1, 100, 400, 100)
    swaps = [first, even, Swap(3, "C", 1, 1, 0, 100)]
    exchange = set_off(swaps, payable)
    assert (exchange.set_off_minor, exchange.owed_minor) == (covered, owed)


@pytest.mark.parametrize(
    ("text", "minor"),
    [("12.50 USD", 1250), ("12.50", 1250), ("12.50 EUR", None), ("", None), ("dear USD", None)],
)
def test_a_price_in_another_currency_says_nothing(text: str, minor: int | None) -> None:
    assert price_in(text, "USD") == minor


# ---- in a quote ----

BOOTS = line(2, 1, 6000)._replace(unit_price_minor=6000, sku="BOOT")
CLEAN: Terms = {}
WORN_HALF: Terms = {"inspection.used.refund": "50%"}
FEES: Terms = {"fees.restocking": "10%", "fees.return_shipping": "7.00"}


def wanted(base: QuotedLine, sku: str, price: int | None) -> QuotedLine:
    return base._replace(exchange_sku=sku, exchange_price_minor=price)


def test_a_quote_pays_the_difference_and_takes_no_fee_for_it() -> None:
    shop = order(TWO)
    quote = quote_of(shop, wanted(quoted(TWO, 2, FEES, resolution="exchange"), "MUG", 1600))
    # two shirts 43.20 + 3.46; of it stay 28.80 + 2.306… → 2.31; back 14.40 + 1.15
    assert parts(quote.components) == [("items", 1, 1440), ("tax", 1, 115)]
    assert (quote.exchange.owed_minor, quote.exchange.set_off_minor) == (0, 0)
    assert dict(quote.takes) == {1: Consumption(2, 4320, 346)}


def test_a_dearer_replacement_is_set_off_against_the_refund_of_another_line() -> None:
    shop = order(SHIRT, BOOTS)
    swap = wanted(quoted(SHIRT, 1, CLEAN, resolution="exchange"), "COAT", 2800)
    # owed 4.32; the boots pay 60.00 - 6.00 - 7.00 = 47.00, of which 42.68 are left
    quote = quote_of(shop, swap, quoted(BOOTS, 1, FEES))
    assert quote.total_minor == 4700 - 432
    assert (quote.exchange.set_off_minor, quote.exchange.owed_minor) == (432, 0)
    assert parts(quote.components)[0] == ("items", 2, 6000 - 432)


def test_an_even_exchange_pays_and_owes_nothing() -> None:
    quote = quote_of(order(SHIRT), quoted(SHIRT, 1, FEES, resolution="exchange"))
    assert (parts(quote.components), quote.exchange.owed_minor) == ([], 0)
    assert len(quote.exchange.swaps) == 1


def test_worn_goods_are_worth_less_also_for_the_same_again() -> None:
    worn = quoted(SHIRT, 1, WORN_HALF, resolution="exchange", grades=(("used", 1),))
    quote = quote_of(order(SHIRT), worn)
    # 23.33 / 2 = 11.665 → 11.67 are paid, 11.66 taken off
    assert (parts(quote.components), quote.exchange.owed_minor) == ([], 1166)


def test_a_bonus_is_for_the_credit_alone() -> None:
    shop = order(SHIRT, BOOTS)
    credit = quoted(BOOTS, 1, {"store_credit.bonus": "10%"}, resolution="store_credit")
    swap = wanted(quoted(SHIRT, 1, CLEAN, resolution="exchange"), "MUG", 1600)
    quote = quote_of(shop, credit, swap)
    assert {kind: minor for kind, _, minor in parts(quote.components)}["bonus_credit"] == 600
