"""Magento's orders grid: what it adds to orders that stand elsewhere."""

from __future__ import annotations

import pytest

from returns_cli.domain.model import SourceRefund
from tests.intake.files import LINE, generic, read, refusal, table

COLUMNS = (
    "ID,Purchase Point,Purchase Date,Bill-to Name,Ship-to Name,Grand Total (Base),"
    "Grand Total (Purchased),Status,Billing Address,Shipping Address,Shipping Information,"
    "Customer Email,Customer Group,Subtotal,Shipping and Handling,Customer Name,Payment Method,"
    "Total Refunded,Action,Allocated sources,Pickup Location Code,Braintree Transaction Source"
).split(",")
ROW = {
    "ID": "1",
    "Purchase Point": "Main Website\nMain Store\n   Default",
    "Purchase Date": "Jan 2, 2026 10:15:00 AM",
    "Bill-to Name": "Ann Buyer",
    "Grand Total (Base)": "$10.00",
    "Grand Total (Purchased)": "€9.20",
    "Status": "Complete",
    "Subtotal": "$10.00",
    "Shipping and Handling": "$0.00",
    "Total Refunded": "$0.00",
}


def grid(*rows: dict[str, str]) -> bytes:
    """An orders grid."""
    return table(COLUMNS, *rows)


ADDED = [
    pytest.param({}, 1000, 0, None, [], id="what is known already"),
    pytest.param({"Total Refunded": "$4.00"}, 1000, 400, None, [], id="a refund"),
    pytest.param({"Grand Total (Base)": "$12.00"}, 1200, 0, None,
        [("W-TOTAL-MISMATCH", 2, "Grand Total (Base)")], id="another total"),
    pytest.param({"Status": "Canceled"}, 1000, 0, "2026-01-02T10:15:00+00:00", [], id="cancelled"),
    pytest.param({"Status": "canceled", "Purchase Date": "2026-01-02 10:15:00"}, 1000, 0,
        "2026-01-02T10:15:00+00:00", [], id="an ISO date"),
    pytest.param({"Status": "payment_review"}, 1000, 0, None, [], id="a code for a label"),
    pytest.param({"Status": "Sent to moon"}, 1000, 0, None, [("W-STATUS-UNKNOWN", 2, "Status")],
        id="a status of the shop's own"),
    pytest.param({"Grand Total (Base)": ""}, 1000, 0, None, [], id="no total"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "total", "refunded", "cancelled", "codes"), ADDED)
def test_the_grid_adds_to_an_order_of_the_call(
    change: dict[str, str],
    total: int,
    refunded: int,
    cancelled: str | None,
    codes: list[tuple[str, int, str]],
) -> None:
    found = read(grid(ROW | change), generic(LINE))
    order = found.order
    assert (order.total_minor, order.refunded_minor, order.cancelled_at) == (
        total, refunded, cancelled,
    )  # fmt: skip
    assert order.refunds == ((SourceRefund(refunded),) if refunded else ())
    figures = found.figures
    assert (figures.rows, figures.orders, figures.lines) == (2, 1, 1)
    assert (figures.totals, found.codes) == ({"USD": total}, codes)


def test_an_order_that_nobody_describes_has_no_lines() -> None:
    found = read(grid(ROW | {"ID": "000000042"}))
    (facts,) = found.reading.leftovers()
    found.reading.refuse_facts(facts)
    problem = found.reading.problems[0]
    assert (problem.code, problem.line, problem.value) == ("E-ORDER-NO-LINES", 2, "000000042")
    assert found.reading.rejected == 1


FAULTS = [
    pytest.param({"Grand Total (Base)": "ten"}, ("E-MONEY", "Grand Total (Base)"), id="no total"),
    pytest.param({"Grand Total (Base)": "€9.20"}, ("E-CURRENCY-MIXED", "Grand Total (Base)"),
        id="the buyer's currency in the shop's column"),
    pytest.param({"Total Refunded": "-$1.00"}, ("E-MONEY", "Total Refunded"), id="negative"),
    pytest.param({"Purchase Date": "2/1/2026"}, ("E-DATE", "Purchase Date"), id="another date"),
    pytest.param({"Purchase Date": "", "Status": "Canceled"}, ("E-DATE", "Purchase Date"),
        id="cancelled without a day"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "expected"), FAULTS)
def test_a_row_at_fault_refuses_its_order(
    change: dict[str, str], expected: tuple[str, str]
) -> None:
    found = read(grid(ROW | change), generic(LINE))
    assert found.codes == [(expected[0], 2, expected[1]), ("E-ORDER-PART", 2, "order_id")]
    assert (found.orders, found.figures.rejected, found.figures.rows) == ([], 2, 2)


def test_a_row_without_a_number_is_refused_alone() -> None:
    found = read(grid(ROW | {"ID": ""}), generic(LINE))
    assert found.codes == [("E-ORDER-ID-MISSING", 2, "ID")]
    assert (len(found.orders), found.figures.rejected, found.figures.rows) == (1, 1, 2)


def test_refunds_above_the_total_refuse_the_order() -> None:
    found = read(grid(ROW | {"Total Refunded": "$10.01"}), generic(LINE))
    assert found.codes == [("E-REFUND-OVER", 2, "ID"), ("E-ORDER-PART", 2, "order_id")]
    assert found.orders == []


def test_a_grid_without_its_numbers_is_refused() -> None:
    error = refusal(table(COLUMNS[1:]))
    assert (error.code, error.where) == ("E-CSV-HEADER", "-:1 column id")
