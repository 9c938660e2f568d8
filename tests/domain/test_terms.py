from __future__ import annotations

import pytest

from returns_cli.domain import terms
from returns_cli.domain.model import Setting
from returns_cli.domain.terms import Fee


def named(**values: str | tuple[str, ...]) -> terms.Settings:
    return terms.by_name(
        Setting(name.replace("__", "."), value, None, "p.yaml:1") for name, value in values.items()
    )


@pytest.mark.parametrize(
    ("text", "basis_points"),
    [
        ("10%", 1000),
        ("0%", 0),
        ("100%", 10000),
        ("12.5 %", 1250),
        ("12.05%", 1205),
        ("0.5%", 50),
        (" 7% ", 700),
    ],
)
def test_a_percentage_is_read_in_hundredths(text: str, basis_points: int) -> None:
    assert terms.read_percent(text) == basis_points


@pytest.mark.parametrize(
    "text", ["10", "%", "-5%", "1e2%", "1,5%", "12.345%", "1000%", ".5%", "5.%", "\u0661%", "ten%"]
)
def test_what_is_no_percentage_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a percentage"):
        terms.read_percent(text)


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("6.95", "USD", 695),
        ("6.95 USD", "USD", 695),
        (" 7  USD ", "USD", 700),
        ("0", "USD", 0),
        ("500", "JPY", 500),
        ("1.250 KWD", "KWD", 1250),
    ],
)
def test_an_amount_of_the_policy_s_currency_is_read(text: str, currency: str, minor: int) -> None:
    assert terms.read_money(text, currency) == minor


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("6.95 EUR", "not in USD", id="another currency"),
        pytest.param("6.95 USD EUR", "not in USD", id="two currencies"),
        pytest.param("USD 6.95", "not in USD", id="the currency first"),
        pytest.param("6.9", "not an amount of USD", id="one decimal"),
        pytest.param("-6.95", "below zero", id="a fee that pays"),
        pytest.param("", "not an amount of USD", id="nothing"),
    ],
)
def test_any_other_amount_is_refused(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        terms.read_money(text, "USD")


@pytest.mark.parametrize(
    ("text", "fee", "of_two_units_worth_99_95"),
    [
        pytest.param("10%", Fee(basis_points=1000), 1000, id="9.995 is 10.00"),
        pytest.param("15 % ", Fee(basis_points=1500), 1499, id="14.9925 is 14.99"),
        pytest.param("1.50", Fee(amount_minor=150), 300, id="an amount is per unit"),
        pytest.param("0", Fee(), 0, id="no fee"),
    ],
)
def test_a_fee_is_a_share_of_the_value_or_an_amount_per_unit(
    text: str, fee: Fee, of_two_units_worth_99_95: int
) -> None:
    assert terms.read_fee(text, "USD") == fee
    assert fee.of(9995, 2) == of_two_units_worth_99_95


def test_settings_are_read_by_name_and_have_plain_defaults() -> None:
    held = named(refund__to="store_credit", resolutions=("refund", "exchange"), fees__transfer="5")

    assert terms.word(held, "refund.to") == "store_credit"
    assert terms.word(held, "resolutions", "none") == "none"  # a list is no single word
    assert terms.word(held, "missing") == ""
    assert terms.words(held, "resolutions") == ("refund", "exchange")
    assert terms.words(held, "refund.to") == ("store_credit",)
    assert terms.words(held, "missing") == ()
    assert terms.fee(held, "fees.transfer", "USD") == Fee(amount_minor=500)
    assert terms.fee(held, "fees.restocking", "USD") == Fee()


@pytest.mark.parametrize(
    ("text", "number"), [("30", 30), ("0", 0), ("none", None), ("-3", None), ("\u0663", None)]
)
def test_a_whole_number_is_read(text: str, number: int | None) -> None:
    assert terms.whole(named(window__days=text), "window.days") == number


def test_a_number_that_is_not_set_is_none() -> None:
    assert terms.whole({}, "window.days") is None


@pytest.mark.parametrize(
    ("text", "on"), [("true", True), ("yes", True), ("True", True), ("false", False), ("no", False)]
)
def test_a_switch_is_on_or_off(text: str, on: bool) -> None:
    assert terms.is_on(named(keep_item=text), "keep_item") is on


def test_a_switch_that_is_not_set_is_off() -> None:
    assert terms.is_on({}, "keep_item") is False
