from __future__ import annotations

import pytest

from returns_cli.domain.model import Inspection, LineDecision, Receipt, Setting
from returns_cli.domain.record import Consumption, OrderLedger
from returns_cli.domain.vocabulary import Fault, TaxStyle, Verdict
from returns_cli.policy.quoted import is_quoted_alike, quote_judged
from tests.policy.made import ASKED, LINE, ORDER, judged, policy_of, request_with, rule

# Two lines of two units each at 25.00; line 1 has 4.00 tax on top, line 2 none.
TWO = ORDER._replace(
    lines=(LINE, LINE._replace(line=2, tax_minor=0)), total_minor=10_900, captured_minor=10_900
)
BOTH = (ASKED, ASKED._replace(line=2, quantity=2))


def total(**changes: object) -> int:
    request = request_with(order=TWO, asked=BOTH, **changes)  # type: ignore[arg-type]  # a test names what it changes
    return quote_judged(request, judged(policy_of(), request).lines).total_minor


def test_before_anything_came_all_units_asked_for_count() -> None:
    assert total() == 2700 + 5000


def test_afterwards_what_came_counts() -> None:
    assert total(receipts=(Receipt(2, 1, "2026-03-25", "kim"),)) == 2500


def test_each_line_is_paid_by_its_own_grades() -> None:
    receipts = (Receipt(1, 1, "2026-03-25", "kim"), Receipt(2, 2, "2026-03-25", "kim"))
    graded = (
        Inspection(1, 1, "new", "restock", "2026-03-26", "kim"),
        Inspection(2, 1, "used", "refurbish", "2026-03-26", "kim"),
        Inspection(2, 1, "used", "refurbish", "2026-03-27", "kim"),
    )

    assert total(receipts=receipts, inspections=graded) == 2700 + 2500


def test_what_the_return_was_paid_before_is_no_less_allowed() -> None:
    ledger = OrderLedger(
        consumed={1: Consumption(1, 2500, 200, 0), 2: Consumption(1, 2500, 0, 0)},
        consumed_by_return={
            ("RMA-0000012", 1): Consumption(1, 2500, 200, 0),
            ("RMA-OTHER01", 2): Consumption(1, 2500, 0, 0),
        },
        refunded_minor=5200,
        external_minor=0,
        authorized_units={},
    )
    request = request_with(order=TWO, asked=BOTH[:1], ledger=ledger)

    assert quote_judged(request, judged(policy_of(), request).lines).total_minor == 2700


def test_tax_that_prices_hold_is_not_counted_twice() -> None:
    ledger = OrderLedger(
        {1: Consumption(1, 2500, 200, 0)},
        {("RMA-0000012", 1): Consumption(1, 2500, 200, 0)},
        2500,
        0,
        {},
    )
    order = ORDER._replace(tax_style=TaxStyle.INCLUDED, total_minor=2500, captured_minor=2500)
    request = request_with(order=order, ledger=ledger)

    assert quote_judged(request, judged(policy_of(), request).lines).total_minor == 2500


def test_who_keeps_the_goods_is_paid_before_others_arrive() -> None:
    policy = policy_of(rule("line.value: {over: 30.00}", "keep_item: true"))
    request = request_with(order=TWO, asked=BOTH, receipts=(Receipt(1, 1, "2026-03-25", "kim"),))

    assert quote_judged(request, judged(policy, request).lines).total_minor == 2700 + 5000


def test_a_denied_line_is_not_paid() -> None:
    policy = policy_of(rule("line.value: {over: 30.00}", "deny: no"))
    request = request_with(order=TWO, asked=BOTH)

    assert quote_judged(request, judged(policy, request).lines).total_minor == 2700


SET = (Setting("refund.to", "original_payment", None, "a.yaml:3"),)
JUDGED = LineDecision(
    1, "TEE", "Tee", 1, "style", Fault.CUSTOMER, "refund", Verdict.APPROVE, (), None, None, SET
)


@pytest.mark.parametrize(
    ("other", "alike"),
    [
        pytest.param(JUDGED, True, id="the same"),
        pytest.param(
            JUDGED._replace(settings=(SET[0]._replace(rule="r", at="b.yaml:9"),)),
            True,
            id="said by another file",
        ),
        pytest.param(
            JUDGED._replace(codes=("late",), nearest_miss="1 day late"), True, id="other words"
        ),
        pytest.param(
            JUDGED._replace(settings=(SET[0]._replace(value="store_credit"),)),
            False,
            id="another setting",
        ),
        pytest.param(
            JUDGED._replace(settings=(*SET, Setting("window.days", "9", None, "a.yaml:1"))),
            True,
            id="another window",
        ),
        pytest.param(JUDGED._replace(settings=()), False, id="a setting less"),
        pytest.param(JUDGED._replace(fault=Fault.MERCHANT), False, id="another fault"),
        pytest.param(JUDGED._replace(quantity=2), False, id="other units"),
        pytest.param(JUDGED._replace(resolution="exchange"), False, id="another resolution"),
        pytest.param(JUDGED._replace(line=2), False, id="another line"),
    ],
)
def test_lines_pay_alike_where_all_that_a_quote_reads_is_alike(
    other: LineDecision, alike: bool
) -> None:
    assert is_quoted_alike([JUDGED], [other]) is alike
    assert is_quoted_alike([JUDGED], [other, other]) is False
