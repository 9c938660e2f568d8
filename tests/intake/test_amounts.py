"""Cells of money: what is an amount, what could be two amounts, and what is none."""

from __future__ import annotations

import pytest

from returns_cli.intake.amounts import AmountReader
from returns_cli.intake.problems import RowFault


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        pytest.param("12.90", "USD", 1290, id="plain"),
        pytest.param("24400", "USD", 2440000, id="a spreadsheet dropped the decimals"),
        pytest.param("32.9", "USD", 3290, id="a spreadsheet dropped a zero"),
        pytest.param("0.00", "USD", 0, id="nothing"),
        pytest.param("1,234.50", "USD", 123450, id="two kinds: the last is decimal"),
        pytest.param("1.234,50", "EUR", 123450, id="two kinds, European"),
        pytest.param("1.234.567", "EUR", 123456700, id="the same mark twice is grouping"),
        pytest.param("1,234,567.89", "USD", 123456789, id="grouping twice and a decimal"),
        pytest.param("12,00", "EUR", 1200, id="one mark, two digits: decimal"),
        pytest.param("4,9", "EUR", 490, id="one mark, one digit: decimal"),
        pytest.param("16.963", "KWD", 16963, id="a dot with three digits is decimal here"),
        pytest.param("16.9630", "KWD", 16963, id="decimals beyond the currency may be zeros"),
        pytest.param("6010", "JPY", 6010, id="no decimals"),
        pytest.param("6010.00", "JPY", 6010, id="zeros where there are no decimals"),
        pytest.param("1 234,50", "EUR", 123450, id="space grouping"),
        pytest.param("1\u202f234,567", "KWD", 1234567, id="space groups, so the comma is decimal"),
        pytest.param("1'234.50", "CHF", 123450, id="apostrophe grouping"),
        pytest.param("12,34,567.00", "INR", 123456700, id="lakh grouping"),
        pytest.param("$12.00", "USD", 1200, id="symbol before"),
        pytest.param("12,00 €", "EUR", 1200, id="symbol behind"),
        pytest.param("NT$ 1,000.00", "TWD", 100000, id="long symbol"),
        pytest.param("Fr.5.00", "CHF", 500, id="a symbol with a dot"),
        pytest.param("RON 12.00", "RON", 1200, id="ISO code"),
        pytest.param("12.00 ron", "RON", 1200, id="ISO code behind, any case"),
        pytest.param("\u200e£12.00\u200f", "GBP", 1200, id="direction marks are dropped"),
        pytest.param(".50", "USD", 50, id="no whole digit"),
        pytest.param("+5", "USD", 500, id="plus"),
    ],
)
def test_an_amount_is_read(text: str, currency: str, minor: int) -> None:
    assert AmountReader(currency)[text] == minor


@pytest.mark.parametrize(
    ("text", "minor"),
    [("-12.00", -1200), ("-$12.00", -1200), ("$-12.00", -1200), ("($250.00)", -25000), ("-0", 0)],
)
def test_negative_amounts_are_read_where_they_may_stand(text: str, minor: int) -> None:
    assert AmountReader("USD", signed=True)[text] == minor


@pytest.mark.parametrize("text", ["-0", "-0.00", "(0.00)", "$-0"])
def test_zero_is_no_negative_amount(text: str) -> None:
    assert AmountReader("USD")[text] == 0


@pytest.mark.parametrize("text", ["-12.00", "(12.00)", "-0.01", "$-1"])
def test_negative_amounts_are_refused_elsewhere(text: str) -> None:
    with pytest.raises(RowFault) as caught:
        AmountReader("USD")[text]
    assert caught.value.code == "E-MONEY"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("1_000", "E-MONEY", id="underscore"),
        pytest.param("１２", "E-MONEY", id="full-width digits"),
        pytest.param("١٢", "E-MONEY", id="Arabic digits"),
        pytest.param("NaN", "E-MONEY", id="not a number"),
        pytest.param("Infinity", "E-MONEY", id="infinity"),
        pytest.param("1e400", "E-MONEY", id="exponent"),
        pytest.param("1.2E+3", "E-MONEY", id="exponent of a spreadsheet"),
        pytest.param("0x10", "E-MONEY", id="hexadecimal"),
        pytest.param("free", "E-MONEY", id="a word"),
        pytest.param("", "E-MONEY", id="nothing"),
        pytest.param("5.", "E-MONEY", id="a mark with nothing behind it"),
        pytest.param("1,2,3", "E-MONEY", id="groups of one"),
        pytest.param("1,234.567.89", "E-MONEY", id="two decimal marks"),
        pytest.param("1 234'567.00", "E-MONEY", id="two kinds of grouping"),
        pytest.param("1234 567,00x", "E-MONEY", id="a letter behind"),
        pytest.param("$5 USD", "E-MONEY", id="symbol and code"),
        pytest.param("--5", "E-MONEY", id="two signs"),
        pytest.param("(-5)", "E-MONEY", id="parentheses and sign"),
        pytest.param("9" * 16, "E-MONEY", id="sixteen digits"),
        pytest.param("9" * 5000, "E-MONEY", id="five thousand digits"),
        pytest.param("99999999999999", "E-MONEY", id="larger than any order"),
        pytest.param("1,234", "E-MONEY-AMBIGUOUS", id="could be two amounts"),
        pytest.param("12.345", "E-MONEY-PRECISION", id="three decimals of a dollar"),
        pytest.param("1.5", "E-MONEY-PRECISION", id="half a yen"),
        pytest.param("€5", "E-CURRENCY-MIXED", id="another currency's symbol"),
        pytest.param("EUR 5", "E-CURRENCY-MIXED", id="another currency's code"),
    ],
)
def test_what_is_no_amount_is_refused(text: str, code: str) -> None:
    with pytest.raises(RowFault) as caught:
        AmountReader("JPY" if text == "1.5" else "USD")[text]
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("text", "decimal", "expected"),
    [
        pytest.param("1,234", "dot", 123400, id="a comma groups where the dot is declared"),
        pytest.param("1,234", "comma", "E-MONEY-PRECISION", id="three decimals by the comma"),
        pytest.param("1.234", "comma", 123400, id="a dot groups where the comma is declared"),
        pytest.param("1.234,50", "comma", 123450, id="European"),
        pytest.param("4,90", "dot", "E-MONEY", id="a decimal comma against the declaration"),
        pytest.param("4.90", "comma", "E-MONEY", id="a decimal dot against the declaration"),
        pytest.param("12", "comma", 1200, id="no mark"),
    ],
)
def test_a_declared_decimal_mark_decides(text: str, decimal: str, expected: int | str) -> None:
    reader = AmountReader("EUR", "dot" if decimal == "dot" else "comma")
    if isinstance(expected, int):
        assert reader[text] == expected
    else:
        with pytest.raises(RowFault) as caught:
            reader[text]
        assert caught.value.code == expected


def test_where_no_format_fixes_the_dot_it_is_ambiguous_too() -> None:
    with pytest.raises(RowFault) as caught:
        AmountReader("USD", dot_is_decimal=False)["1.234"]
    assert caught.value.code == "E-MONEY-AMBIGUOUS"


def test_the_cache_stays_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("returns_cli.intake.amounts._CACHE_SIZE", 3)
    reader = AmountReader("USD")
    assert [reader[str(amount)] for amount in range(5)] == [0, 100, 200, 300, 400]
    assert len(reader) <= 3
