from __future__ import annotations

import datetime
from itertools import permutations

import pytest
from babel.core import get_global

from returns_cli.domain.money import (
    CURRENCIES,
    allocate,
    exponent,
    format_amount,
    parse_amount,
    percent_of,
    round_half_away,
    share_of_rest,
)

# CLDR says how many decimals people use, ISO 4217 how many there are: our files follow ISO.
# Custom changes: these are all that any release of Babel in our range tells apart.
CUSTOM_DIFFERS_FROM_ISO = {
    "AFN": 2,
    "ALL": 2,
    "COP": 2,
    "HUF": 2,
    "IDR": 2,
    "IQD": 3,
    "IRR": 2,
    "KPW": 2,
    "LAK": 2,
    "LBP": 2,
    "MGA": 2,
    "MMK": 2,
    "RSD": 2,
    "SOS": 2,
    "SYP": 2,
    "YER": 2,
}
# Funds, units of account and metals: in ISO 4217, on no price tag.
NOT_FOR_PRICES = {
    *"XAD XAG XAU XBA XBB XBC XBD XDR XPD XPT XSU XTS XUA XXX".split(),
    "CNH",  # offshore renminbi, no ISO code
}


@pytest.mark.parametrize(
    ("digits", "currencies"),
    [
        pytest.param(0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"),
        pytest.param(3, "BHD IQD JOD KWD LYD OMR TND"),
        pytest.param(4, "CLF UYW"),
        pytest.param(2, "USD EUR GBP CNY RON INR HUF IDR TWD BRL"),
    ],
)
def test_a_currency_has_the_decimals_of_iso_4217(digits: int, currencies: str) -> None:
    assert {code: exponent(code) for code in currencies.split()} == dict.fromkeys(
        currencies.split(), digits
    )


def test_the_decimals_differ_from_cldr_only_where_custom_differs_from_iso() -> None:
    cldr = {code: digits for code, (digits, *_) in get_global("currency_fractions").items()}
    differing = {code: exponent(code) for code in CURRENCIES if exponent(code) != cldr.get(code, 2)}

    assert differing.items() <= CUSTOM_DIFFERS_FROM_ISO.items()


def test_every_currency_that_is_legal_tender_somewhere_is_known() -> None:
    current = {
        code
        for spells in get_global("territory_currencies").values()
        for code, _, until, _ in spells
        if until is None or datetime.date(*until) > datetime.date(2026, 1, 1)
    }

    assert current - NOT_FOR_PRICES <= CURRENCIES
    assert current - NOT_FOR_PRICES >= CURRENCIES - {"ANG", "BGN", "SVC"}  # ended, in old files


@pytest.mark.parametrize(
    ("numerator", "denominator", "rounded"),
    [
        pytest.param(5, 2, 3, id="2.5 is 3"),
        pytest.param(-5, 2, -3, id="-2.5 is -3"),
        pytest.param(7, 2, 4, id="3.5 is 4, never to even"),
        pytest.param(1, 3, 0, id="0.33 is 0"),
        pytest.param(2, 3, 1, id="0.67 is 1"),
        pytest.param(-1, 3, 0, id="-0.33 is 0"),
        pytest.param(0, 7, 0, id="nothing is nothing"),
        pytest.param(10**30 + 1, 2, (10**30 + 2) // 2, id="exact where a float is not"),
    ],
)
def test_halves_round_away_from_zero(numerator: int, denominator: int, rounded: int) -> None:
    assert round_half_away(numerator, denominator) == rounded


@pytest.mark.parametrize(
    ("amount", "basis_points", "share"),
    [
        pytest.param(2995, 1000, 300, id="10% of 29.95 is 2.995, so 3.00"),
        pytest.param(2994, 1000, 299, id="10% of 29.94 is 2.994, so 2.99"),
        pytest.param(333, 5000, 167, id="50% of 3.33 is 1.665, so 1.67"),
        pytest.param(1000, 1250, 125, id="12.5% of 10.00 is 1.25"),
        pytest.param(1, 10, 0, id="0.1% of 0.01 is nothing"),
        pytest.param(-333, 5000, -167, id="of a debt, the same negated"),
    ],
)
def test_a_percentage_is_rounded_once(amount: int, basis_points: int, share: int) -> None:
    assert percent_of(amount, basis_points) == share


@pytest.mark.parametrize(
    ("total", "weights", "shares"),
    [
        pytest.param(100, [1, 1, 1], (34, 33, 33), id="33.3 each, the odd cent to the lower line"),
        pytest.param(101, [1, 1, 1], (34, 34, 33), id="33.7 each, two odd cents, lower lines"),
        pytest.param(1000, [1, 2, 4], (143, 286, 571), id="142.9 + 285.7 + 571.4: largest rests"),
        pytest.param(1, [1, 3], (0, 1), id="0.25 and 0.75: the larger rest"),
        pytest.param(1, [5, 5], (1, 0), id="a tie goes to the lower line"),
        pytest.param(7, [0, 3, 0], (0, 7, 0), id="a weight of zero takes nothing"),
        pytest.param(5, [0, 0, 0], (2, 2, 1), id="all weights zero: equal shares"),
        pytest.param(0, [4, 5], (0, 0), id="nothing to share"),
        pytest.param(0, [0], (0,), id="nothing among nothing"),
        pytest.param(-100, [1, 1, 1], (-34, -33, -33), id="a negative total as its mirror"),
        pytest.param(-5, [3, 1], (-4, -1), id="-3.75 and -1.25"),
        pytest.param(2, [1, 1, 1, 1], (1, 1, 0, 0), id="more shares than cents"),
        pytest.param(6010, [3005], (6010,), id="one share takes all"),
    ],
)
def test_shares_go_by_largest_remainder(
    total: int, weights: list[int], shares: tuple[int, ...]
) -> None:
    assert allocate(total, weights) == shares


def test_a_total_is_never_lost_for_want_of_shares() -> None:
    with pytest.raises(ValueError, match="no share"):
        allocate(100, [])


@pytest.mark.parametrize(
    ("total", "given", "units", "of", "before", "share"),
    [
        pytest.param(1000, 0, 1, 3, 0, 333, id="10.00 / 3 = 3.33"),
        pytest.param(1000, 333, 1, 3, 1, 334, id="6.67 / 2 = 3.335, so 3.34"),
        pytest.param(1000, 667, 1, 3, 2, 333, id="the last unit takes the rest"),
        pytest.param(1000, 0, 2, 3, 0, 667, id="two at once: 6.666, so 6.67"),
        pytest.param(1000, 0, 3, 3, 0, 1000, id="all at once"),
        pytest.param(1000, 1000, 0, 3, 3, 0, id="no unit, nothing, even when all are given"),
        pytest.param(1, 0, 1, 2, 0, 1, id="half a yen rounds up"),
        pytest.param(1, 1, 1, 2, 1, 0, id="and the other unit gets nothing"),
        pytest.param(16963, 0, 1, 4, 0, 4241, id="16.963 KWD / 4 = 4.24075"),
    ],
)
def test_a_partial_refund_takes_its_part_of_the_rest(
    total: int, given: int, units: int, of: int, before: int, share: int
) -> None:
    assert share_of_rest(total, given, units, of, before) == share


def test_partial_refunds_sum_to_the_total_in_every_order() -> None:
    for total in (0, 1, 2, 999, 1000, 1001):
        for steps in permutations((1, 2, 3)):
            given = before = 0
            for units in steps:
                given += share_of_rest(total, given, units, 6, before)
                before += units
            assert given == total


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [
        pytest.param(14973, "USD", "149.73"),
        pytest.param(5, "USD", "0.05"),
        pytest.param(-5, "USD", "-0.05"),
        pytest.param(0, "USD", "0.00"),
        pytest.param(6010, "JPY", "6010"),
        pytest.param(-1, "JPY", "-1"),
        pytest.param(0, "JPY", "0"),
        pytest.param(16963, "KWD", "16.963"),
        pytest.param(-3, "KWD", "-0.003"),
        pytest.param(12345, "CLF", "1.2345"),
    ],
)
def test_an_amount_is_written_with_its_currency_s_decimals_and_read_back(
    amount: int, currency: str, text: str
) -> None:
    assert format_amount(amount, currency) == text
    assert parse_amount(text, currency) == amount


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        pytest.param("7", "USD", 700, id="an integer needs no decimals"),
        pytest.param("-7", "KWD", -7000, id="a negative integer"),
        pytest.param("007.50", "USD", 750, id="leading zeros"),
        pytest.param("9999999999999.99", "USD", 999999999999999, id="fifteen digits"),
        pytest.param("999999999999999", "JPY", 999999999999999, id="fifteen digits of yen"),
    ],
)
def test_a_canonical_amount_is_read(text: str, currency: str, minor: int) -> None:
    assert parse_amount(text, currency) == minor


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        pytest.param("6.9", "USD", id="one decimal of two"),
        pytest.param("6.950", "USD", id="three decimals of two"),
        pytest.param("6.", "USD", id="a dot and nothing"),
        pytest.param(".95", "USD", id="decimals and nothing before"),
        pytest.param("", "USD", id="empty"),
        pytest.param("-", "USD", id="a sign alone"),
        pytest.param("--5", "USD", id="two signs"),
        pytest.param("+5", "USD", id="a plus"),
        pytest.param("5-", "USD", id="a sign behind"),
        pytest.param("6,95", "USD", id="a decimal comma"),
        pytest.param("1,000.00", "USD", id="grouping"),
        pytest.param("1_000", "USD", id="an underscore, which int() would take"),
        pytest.param(" 7", "USD", id="a space, which int() would take"),
        pytest.param("\uff11\uff12", "USD", id="full-width digits, which int() would take"),
        pytest.param("6.\u0661\u0662", "USD", id="Arabic digits behind the dot"),
        pytest.param("\u00b2", "USD", id="a superscript"),
        pytest.param("1e3", "USD", id="an exponent"),
        pytest.param("NaN", "USD", id="not a number"),
        pytest.param("7.00", "JPY", id="decimals of a currency without"),
        pytest.param("7.", "JPY", id="a dot in a currency without"),
        pytest.param("1.2.3", "USD", id="two dots"),
        pytest.param("10000000000000.00", "USD", id="sixteen digits"),
        pytest.param("10000000000000", "USD", id="sixteen digits with the decimals left out"),
        pytest.param("999999999999", "CLF", id="sixteen digits of a currency with four decimals"),
        pytest.param("$5", "USD", id="a symbol"),
    ],
)
def test_any_other_writing_is_refused(text: str, currency: str) -> None:
    with pytest.raises(ValueError, match=f"is not an amount of {currency}"):
        parse_amount(text, currency)
