"""Promotions taken back, by hand. Two jackets of 60.00 bought with 12.00 off orders above 100.00.

Each carries 6.00 of the discount: 54.00 were paid for it, 108.00 in all. Who keeps one jacket owes
the shop its full 60.00, so the other one pays 48.00 back.
"""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from returns_cli.domain.clawback import is_gift
from returns_cli.domain.model import OrderLine
from returns_cli.domain.quote import Quote, QuotedLine, quote_return
from returns_cli.domain.record import Consumption, OrderLedger
from returns_cli.domain.vocabulary import Fault, TaxStyle
from tests.domain.worked import Terms, line, order, parts, quoted


def sold(number: int, quantity: int, each: int, off: int, own: int = 0) -> OrderLine:
    """A line with its share of the order's discount, and its own."""
    gross = each * quantity
    return line(number, quantity, gross - own - off)._replace(
        unit_price_minor=each, discount_minor=own, order_discount_minor=off
    )


RED, BLUE = sold(1, 1, 6000, 600), sold(2, 1, 6000, 600)
SOCKS = sold(3, 3, 1000, 100)
PIN = sold(4, 1, 800, 0, own=800)
SHOP = order(RED, BLUE, style=TaxStyle.NONE)
GIFTED = order(RED, BLUE, PIN, style=TaxStyle.NONE)
BELOW: Terms = {"clawback.discount_below": "100.00"}
GIFT: Terms = {"clawback.gift_below": "50.00"}
BOTH: Terms = {**BELOW, **GIFT}
FEE: Terms = {"fees.return_shipping": "7.00"}


def quote(
    shop: object,
    *lines: QuotedLine,
    gone: Mapping[int, int] | None = None,
    clawed: int = 0,
) -> Quote:
    """A return after another one of some units, which had taken back ``clawed``."""
    other = {number: Consumption(units) for number, units in (gone or {}).items()}
    ledger = OrderLedger(
        other,
        {("RMA-0", number): taken for number, taken in other.items()},
        0,
        0,
        {},
        clawed_back={"RMA-0": clawed, "RMA-1": 999},
    )
    return quote_return(shop, "RMA-1", lines, ledger, 10**9)  # type: ignore[arg-type]  # an order


def clawback(found: Quote) -> list[int]:
    return [minor for kind, _, minor in parts(found.components) if kind == "promotion_clawback"]


@pytest.mark.parametrize(
    ("terms", "units", "taken"),
    [
        pytest.param({}, [1], [], id="off by default"),
        pytest.param({"clawback.discount_below": "none"}, [1], [], id="switched off"),
        pytest.param(BELOW, [1], [-600], id="60.00 are kept of 100.00: the kept jacket's 6.00"),
        pytest.param(BELOW, [1, 2], [], id="nothing is kept: nothing is taken back"),
        pytest.param({"clawback.discount_below": "60.00"}, [1], [], id="just enough is kept"),
        pytest.param({"clawback.discount_below": "60.01"}, [1], [-600], id="a cent too little"),
    ],
)
def test_a_discount_is_earned_by_what_is_kept(
    terms: Terms, units: list[int], taken: list[int]
) -> None:
    lines = {1: RED, 2: BLUE}
    found = quote(SHOP, *(quoted(lines[one], 1, terms) for one in units))
    assert clawback(found) == taken
    assert found.total_minor == 5400 * len(units) + sum(taken)


def test_the_setting_is_cited() -> None:
    (part,) = (one for one in quote(SHOP, quoted(RED, 1, BELOW)).components if one.line is None)
    assert part.at is not None
    assert part.kind == "promotion_clawback"


@pytest.mark.parametrize(
    ("units", "kept", "share"),
    [
        # socks: 30.00 with 1.00 off; of 2 units 0.67 go, 0.33 stay; 3.00 are dropped per unit
        pytest.param(1, "20.00", 67, id="two pairs kept: 1.00 less a third, 0.33"),
        pytest.param(2, "10.00", 33, id="one pair kept: 1.00 less two thirds, 0.67"),
        pytest.param(3, "0.00", 0, id="none kept"),
    ],
)
def test_the_share_of_kept_units_is_what_is_left_of_the_discount(
    units: int, kept: str, share: int
) -> None:
    shop = order(SOCKS, style=TaxStyle.NONE)
    assert kept == f"{10 * (3 - units)}.00"
    found = quote(shop, quoted(SOCKS, units, {"clawback.discount_below": "30.00"}))
    assert clawback(found) == ([-share] if share else [])


def test_what_was_taken_back_is_given_back_with_the_goods() -> None:
    # the red jacket came back before, and paid 48.00; the blue one pays 54.00 + 6.00
    found = quote(SHOP, quoted(BLUE, 1, BELOW), gone={1: 1}, clawed=600)
    assert (clawback(found), found.total_minor) == ([600], 6000)
    assert 4800 + found.total_minor == SHOP.total_minor


def test_with_a_fault_of_ours_nothing_is_taken_back_and_what_was_is_given_back() -> None:
    ours: Terms = {**BELOW, "fees.waived_for_fault": ("merchant",)}
    broken = quoted(RED, 1, ours, fault=Fault.MERCHANT)
    assert clawback(quote(SHOP, broken)) == []
    blue = quoted(BLUE, 1, ours, fault=Fault.MERCHANT)
    assert clawback(quote(SHOP, blue, gone={1: 1}, clawed=600)) == [600]


def test_broken_units_count_as_kept_beside_others() -> None:
    shop = order(RED, BLUE, sold(3, 1, 6000, 600), style=TaxStyle.NONE)
    ours: Terms = {**BELOW, "fees.waived_for_fault": ("merchant",)}
    broken = quoted(RED, 1, ours, fault=Fault.MERCHANT)
    # the third is kept and the broken one counts as kept: 120.00
    assert clawback(quote(shop, broken, quoted(BLUE, 1, ours))) == []


@pytest.mark.parametrize(
    ("terms", "back", "taken"),
    [
        pytest.param(GIFT, [1], [], id="a jacket of 60.00 is kept: the pin stays"),
        pytest.param(GIFT, [1, 2], [-800], id="nothing is kept but the pin: its 8.00"),
        pytest.param(GIFT, [1, 2, 4], [], id="the pin came back too"),
        pytest.param({}, [1, 2], [], id="off by default"),
        pytest.param(BOTH, [1, 2], [-800], id="no discount is left on what is kept"),
        pytest.param(
            {"clawback.discount_below": "100.00", "clawback.gift_below": "70.00"},
            [1],
            [-600, -800],
            id="both: 6.00 on the kept jacket, and the pin",
        ),
    ],
)
def test_a_gift_is_earned_too(terms: Terms, back: list[int], taken: list[int]) -> None:
    lines = {1: RED, 2: BLUE, 4: PIN}
    found = quote(GIFTED, *(quoted(lines[one], 1, terms) for one in back))
    assert clawback(found) == taken


def test_a_gift_that_was_taken_off_is_paid_back_when_it_comes() -> None:
    found = quote(GIFTED, quoted(PIN, 1, GIFT), gone={1: 1, 2: 1}, clawed=800)
    assert (clawback(found), found.total_minor) == ([800], 800)


@pytest.mark.parametrize(("clawed", "taken"), [(1200, [600]), (600, []), (200, [-400])])
def test_what_is_still_right_is_taken_back_once(clawed: int, taken: list[int]) -> None:
    # one of three jackets is kept of 150.00: 6.00 is what stays taken back in all
    shop = order(RED, BLUE, sold(3, 1, 6000, 600), style=TaxStyle.NONE)
    second = quoted(BLUE, 1, {"clawback.discount_below": "150.00"})
    assert clawback(quote(shop, second, gone={1: 1}, clawed=clawed)) == taken


def test_a_return_never_owes_for_a_promotion() -> None:
    cheap = sold(3, 1, 400, 40)
    shop = order(RED, BLUE, cheap, style=TaxStyle.NONE)
    # 3.60 - 12.00 - 7.00: the fee is cut first, then the clawback, to nothing paid
    found = quote(shop, quoted(cheap, 1, {"clawback.discount_below": "123.00"}, FEE))
    assert (clawback(found), found.total_minor) == ([-360], 0)
    # given back what others had taken, the fee is what is cut, never the giving
    dear: Terms = {"fees.return_shipping": "99.00"}
    back = quote(shop, quoted(cheap, 1, dear), gone={1: 1, 2: 1}, clawed=500)
    assert (clawback(back), back.total_minor) == ([500], 0)


@pytest.mark.parametrize(
    ("sold_as", "gift"),
    [
        (PIN, True),
        (sold(1, 1, 0, 0), False),
        (sold(1, 2, 500, 0, own=500), False),
        (sold(1, 2, 500, 0, own=1000), True),
        (PIN._replace(cancelled=True), False),
    ],
)
def test_a_gift_is_what_its_own_discount_took_all_of(sold_as: OrderLine, gift: bool) -> None:
    assert is_gift(sold_as) is gift


def test_cancelled_lines_are_neither_kept_nor_counted() -> None:
    shop = order(RED, BLUE._replace(cancelled=True), style=TaxStyle.NONE)
    assert clawback(quote(shop, quoted(RED, 1, BELOW))) == []
