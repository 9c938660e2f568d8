"""Each amount of a quote with the sum it comes from, worked out by hand."""

from __future__ import annotations

import pytest

from returns_cli.domain import terms
from returns_cli.domain.model import Component
from returns_cli.domain.quote import Quote, QuotedLine, quote_return
from returns_cli.domain.record import Consumption, OrderLedger
from returns_cli.domain.vocabulary import Fault, TaxStyle
from returns_cli.policy.words.amounts import amount_lines, explain_amounts
from tests.policy.made import LINE, NOTHING_TAKEN, ORDER, policy_of, rule

FEES = "  fees: {restocking: 10%, return_shipping: 6.95, transfer: 1.00}\n"
# Two units for 50.00 and 4.00 tax on top; 5.00 was paid for their delivery.
PAID = LINE._replace(shipping_minor=500)
SOLD = ORDER._replace(lines=(PAID,))


def settings_of(text: str = FEES, refund: str = "original_payment") -> terms.Settings:
    policy = policy_of(terms=text, rules=rule("", f"set: {{refund: {{to: {refund}}}}}"))
    return terms.by_name(policy.effective((0,)).settings)


def told(
    settings: terms.Settings,
    *,
    units: int = 1,
    grades: tuple[tuple[str, int], ...] = (),
    resolution: str = "refund",
    ledger: OrderLedger = NOTHING_TAKEN,
    allowance: int = 100_000,
) -> list[str]:
    line = QuotedLine(PAID, units, resolution, Fault.CUSTOMER, settings, grades)
    quote = quote_return(SOLD, "RMA-1", [line], ledger, allowance)
    return list(amount_lines(quote, explain_amounts(quote, [line], SOLD)))


def test_one_unit_of_two_pays_half_of_each_part_and_its_fees() -> None:
    # 25.00 + 2.00; 10 % of 27.00 is 2.70; 27.00 - 2.70 - 6.95 = 17.35
    assert told(settings_of()) == [
        "What it pays:",
        "       25.00 items of line 1: 1 unit of 2, of 50.00",
        "        2.00 tax of line 1: 1 unit of 2, of 4.00",
        "       -2.70 restocking fee of line 1: 10% of 27.00  (policies/shop.yaml:12)",
        "       -6.95 return shipping: once per return  (policies/shop.yaml:12)",
        "       17.35 USD in all = 25.00 + 2.00 - 2.70 - 6.95",
    ]


def test_all_units_are_the_line_itself() -> None:
    lines = told(settings_of(""), units=2)
    assert lines[1:] == [
        "       50.00 items of line 1: all 2 units",
        "        4.00 tax of line 1: all 2 units",
        "       54.00 USD in all = 50.00 + 4.00",
    ]


def test_each_grade_takes_its_part_of_its_own_goods() -> None:
    # one unit used: half of 27.00; the other opened: 1.50; the terms' 10 % of the used one
    lines = told(_graded(settings_of()), units=2, grades=(("used", 1), ("opened", 1)))
    assert lines[3:7] == [
        "      -13.50 condition deduction of line 1: 50% of 27.00 is paid (used)  (grades:3)",
        "       -2.70 restocking fee of line 1: 10% of 27.00 (used)  (policies/shop.yaml:12)",
        "       -1.50 restocking fee of line 1: 1 × 1.50 (opened)  (grades:2)",
        "       -6.95 return shipping: once per return  (policies/shop.yaml:12)",
    ]


def _graded(settings: terms.Settings) -> terms.Settings:
    """The settings with a fee of its own for opened goods."""
    used = settings["inspection.used.refund"]._replace(at="grades:3")
    fee = used._replace(name="inspection.opened.restocking", value="1.50", at="grades:2")
    full = used._replace(name="inspection.opened.refund", value="100%", at="grades:1")
    return {
        **settings,
        "inspection.used.refund": used,
        "inspection.opened.refund": full,
        "inspection.opened.restocking": fee,
    }


def test_a_fee_that_would_leave_less_than_nothing_is_cut_and_says_so() -> None:
    # 27.00 of goods, half of it paid: 13.50; 10 % of 27.00 is 2.70; of 20.00 only 10.80 is left
    settings = settings_of("  fees: {restocking: 10%, return_shipping: 20.00}\n")
    lines = told(settings, grades=(("used", 1),))
    assert lines[-3:] == [
        "       -2.70 restocking fee of line 1: 10% of 27.00 (used)  (policies/shop.yaml:12)",
        (
            "      -10.80 return shipping: once per return, 20.00 cut so that nothing is owed  "
            "(policies/shop.yaml:12)"
        ),
        "        0.00 USD in all = 25.00 + 2.00 - 13.50 - 2.70 - 10.80",
    ]


def test_a_restocking_fee_that_is_cut_says_what_it_was() -> None:
    # half of 27.00 is paid; 60 % of 27.00 is 16.20, and 13.50 is left to keep
    lines = told(settings_of("  fees: {restocking: 60%}\n"), grades=(("used", 1),))
    assert lines[-2:] == [
        (
            "      -13.50 restocking fee of line 1: 60% of 27.00 (used) = 16.20, cut so that "
            "nothing is owed  (policies/shop.yaml:12)"
        ),
        "        0.00 USD in all = 25.00 + 2.00 - 13.50 - 13.50",
    ]


@pytest.mark.parametrize(
    ("cap", "said"),
    [
        # 10 % of 25.00 + 2.00
        pytest.param("none", "        2.70 bonus credit: 10% of 27.00", id="whole"),
        pytest.param("2.00", "        2.00 bonus credit: 10%, at most 2.00", id="capped"),
    ],
)
def test_a_bonus_says_what_it_is_taken_of(cap: str, said: str) -> None:
    settings = settings_of(f"  store_credit: {{bonus: 10%, bonus_cap: {cap}}}\n")
    lines = told(settings, resolution="store_credit")
    assert lines[3] == f"{said}  (policies/shop.yaml:12)"


def test_a_fee_for_paying_by_bank_is_taken_once() -> None:
    lines = told(settings_of(refund="bank_transfer"))
    assert "       -1.00 transfer fee: once per return  (policies/shop.yaml:12)" in lines


def test_the_orders_own_shipping_says_what_was_paid_for_it() -> None:
    settings = dict(settings_of(""))
    always = settings["refund.to"]._replace(
        name="refund.original_shipping", value="always", at="s:1", rule="kind"
    )
    lines = told({**settings, "refund.original_shipping": always})
    assert lines[3] == (
        "        2.50 original shipping of line 1: of 5.00 paid for its delivery, by kind  (s:1)"
    )


def test_shipping_of_a_line_that_came_back_before_says_whose_it_is() -> None:
    other = PAID._replace(line=2, shipping_minor=300)
    order = SOLD._replace(lines=(PAID, other))
    quote = Quote("USD", (Component("original_shipping", 2, 300, None, "s:1"),), 0)
    lines = list(amount_lines(quote, explain_amounts(quote, [], order)))
    assert lines[1] == (
        "        3.00 original shipping of line 2: of 3.00 paid for its delivery  (s:1)"
    )
    gone = Quote("USD", (Component("original_shipping", 3, 300, None, "s:1"),), 0)
    assert explain_amounts(gone, [], order)[0].how == ""


def test_what_other_returns_left_is_no_whole_line() -> None:
    taken = Consumption(1, 2500, 200)
    ledger = OrderLedger({1: taken}, {("RMA-9", 1): taken}, 2700, 0, {})
    assert told(settings_of(""), units=1, ledger=ledger)[1] == (
        "       25.00 items of line 1: 1 unit of 2, of 50.00"
    )


def test_a_part_without_arithmetic_of_its_own_stands_alone() -> None:
    part = Component("goodwill", None, 300, units=0)
    quote = Quote("USD", (part,), 0)
    assert list(amount_lines(quote, explain_amounts(quote, [], SOLD))) == [
        "What it pays:",
        "        3.00 goodwill",
        "        3.00 USD in all",
    ]


def test_tax_that_was_included_is_no_part_of_its_own() -> None:
    order = SOLD._replace(tax_style=TaxStyle.INCLUDED)
    line = QuotedLine(PAID, 1, "refund", Fault.CUSTOMER, settings_of(), ())
    quote = quote_return(order, "RMA-1", [line], NOTHING_TAKEN, 100_000)
    lines = list(amount_lines(quote, explain_amounts(quote, [line], order)))
    assert lines[2] == (
        "       -2.50 restocking fee of line 1: 10% of 25.00  (policies/shop.yaml:12)"
    )


def test_nothing_to_pay_says_nothing_but_the_sum() -> None:
    quote = Quote("USD", (), 0)
    assert list(amount_lines(quote, ())) == ["What it pays:", "        0.00 USD in all"]
