from __future__ import annotations

from datetime import date

import pytest

from returns_cli.domain.terms import Fee
from returns_cli.notation.scalars import (
    READERS,
    Misread,
    MonthDay,
    read_scalar,
)
from returns_cli.notation.shapes import Scalar

MANY = "9" * 5000


def read(kind: str, text: str, currency: str | None = "USD", **limits: object) -> object:
    return read_scalar(text, Scalar(kind, **limits), currency)  # type: ignore[arg-type]  # a table of limits


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("text", " Final sale. ", "Final sale."),
        ("name", "final-sale.2", "final-sale.2"),
        ("code", "final_sale", "final_sale"),
        ("country", "GB", "GB"),
        ("currency", "JPY", "JPY"),
        ("language", "zh_Hans", "zh_Hans"),
        ("language", "pt-BR", "pt-BR"),
        ("timezone", "America/New_York", "America/New_York"),
        ("color", "#1a2B3c", "#1a2B3c"),
        ("url", "https://returns.example.com/r?x=1", "https://returns.example.com/r?x=1"),
        ("count", "0", 0),
        ("count", "007", 7),
        ("days", "none", None),
        ("days", "21", 21),
        ("flag", "true", True),
        ("flag", "yes", True),
        ("flag", "false", False),
        ("flag", "no", False),
        ("amount", "6.95", 695),
        ("amount", "7", 700),
        ("amount", "6.95 USD", 695),
        ("limit", "none", None),
        ("limit", "500.00", 50_000),
        ("percent", "10%", 1000),
        ("percent", "12.5 %", 1250),
        ("percent", "0%", 0),
        ("fee", "10%", Fee(basis_points=1000)),
        ("fee", "2.50", Fee(amount_minor=250)),
        ("share", "50%", 50 * 10**10),
        ("share", "33.3333333333%", 333_333_333_333),
        ("weight", "1500 g", 1500),
        ("weight", "1.5 kg", 1500),
        ("weight", "2kg", 2000),
        ("day", "2026-03-05", date(2026, 3, 5)),
        ("day_or_none", "none", None),
        ("day_or_none", "2024-02-29", date(2024, 2, 29)),
        ("edge", "11-01", MonthDay(11, 1)),
        ("edge", "02-29", MonthDay(2, 29)),
        ("edge", "2026-11-01", date(2026, 11, 1)),
        ("until", "none", None),
        ("until", "01-31", MonthDay(1, 31)),
        ("any", "", ""),
    ],
)
def test_a_scalar_is_typed_by_its_kind(kind: str, text: str, value: object) -> None:
    assert read(kind, text) == value


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        ("text", " ", "VALUE"),
        ("text", "x" * 2001, "VALUE"),
        ("name", "final sale", "VALUE"),
        ("name", "../../x", "VALUE"),
        ("code", "Final-Sale", "VALUE"),
        ("code", "missing_fact:x", "VALUE"),
        ("country", "usa", "VALUE"),
        ("country", "UK", "VALUE"),
        ("currency", "usd", "VALUE"),
        ("currency", "XXX", "VALUE"),
        ("language", "english", "VALUE"),
        ("timezone", "Mars/Olympus", "VALUE"),
        ("timezone", "../../etc/passwd", "VALUE"),
        ("timezone", "", "VALUE"),
        ("color", "red", "VALUE"),
        ("url", "javascript:alert(1)", "VALUE"),
        ("url", "https://x y", "VALUE"),
        ("count", "4.90", "VALUE"),
        ("count", "30:00", "VALUE"),
        ("count", "-1", "VALUE"),
        ("count", "１２", "VALUE"),
        ("count", "1_000", "VALUE"),
        ("count", MANY, "VALUE"),
        ("count", "1000001", "VALUE"),
        ("days", "never", "VALUE"),
        ("flag", "on", "VALUE"),
        ("flag", "True", "VALUE"),
        ("flag", "1", "VALUE"),
        ("amount", "6.9", "MONEY"),
        ("amount", "6,95", "MONEY"),
        ("amount", "1_000", "MONEY"),
        ("amount", "-1.00", "MONEY"),
        ("amount", "1e3", "MONEY"),
        ("amount", "NaN", "MONEY"),
        ("amount", "6.95 dollars", "MONEY"),
        ("amount", "6.95 EUR", "CURRENCY"),
        ("percent", "10", "VALUE"),
        ("percent", "101%", "VALUE"),
        ("percent", "1.234%", "VALUE"),
        ("fee", "ten", "MONEY"),
        ("fee", "110%", "VALUE"),
        ("share", "50", "VALUE"),
        ("weight", "1500", "VALUE"),
        ("weight", "1.5 g", "VALUE"),
        ("weight", "1 lb", "VALUE"),
        ("day", "2026-02-30", "DATE"),
        ("day", "20260228", "DATE"),
        ("day", "03/04/2026", "DATE"),
        ("edge", "02-30", "DATE"),
        ("edge", "13-01", "DATE"),
        ("edge", "tomorrow", "DATE"),
    ],
)
def test_what_a_kind_does_not_allow_is_refused_with_a_hint(kind: str, text: str, code: str) -> None:
    with pytest.raises(Misread) as caught:
        read(kind, text)

    assert caught.value.code == code
    assert caught.value.hint


@pytest.mark.parametrize(
    ("text", "currency", "hint"),
    [
        ("6.9", "USD", "Write 6.90, or a whole number."),
        ("6,9", "USD", "Write 6.90, or a whole number."),
        ("16.96", "KWD", "Write 16.960, or a whole number."),
        ("6.95", "JPY", "JPY has no decimals: write a whole number."),
        ("six", "USD", "Write a whole number, or one with 2 decimals after a dot."),
        ("6.95 EUR", "USD", "Write the amount in USD."),
        ("6.95 x", "USD", "Write 6.95."),
        ("7 x", "JPY", "Write 700."),
        ("-6.95", "USD", "Amounts are written without a sign."),
    ],
)
def test_the_hint_says_how_to_write_the_amount(text: str, currency: str, hint: str) -> None:
    with pytest.raises(Misread) as caught:
        read("amount", text, currency)

    assert caught.value.hint == hint


@pytest.mark.parametrize(
    ("text", "currency", "minor"), [("700", "JPY", 700), ("1.250", "KWD", 1250), ("3", "BHD", 3000)]
)
def test_amounts_have_the_decimals_of_their_currency(text: str, currency: str, minor: int) -> None:
    assert read("amount", text, currency) == minor


def test_amounts_are_not_checked_while_the_currency_is_unknown() -> None:
    assert read("amount", "6.9", None) == 0


def test_a_number_out_of_its_limits_is_refused() -> None:
    with pytest.raises(Misread, match="out of range"):
        read("count", "51", high=50)


def test_the_last_of_february_stands_for_a_leap_day_in_other_years() -> None:
    assert MonthDay(2, 29).in_year(2028) == date(2028, 2, 29)
    assert MonthDay(2, 29).in_year(2027) == date(2027, 2, 28)
    assert str(MonthDay(2, 9)) == "02-09"


@pytest.mark.parametrize("kind", sorted(READERS))
def test_a_text_of_5000_digits_is_refused_by_its_length(kind: str) -> None:
    with pytest.raises(Misread, match="5000 characters"):
        read(kind, MANY)
