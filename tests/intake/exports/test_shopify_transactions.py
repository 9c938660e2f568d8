"""Shopify's transactions: refunds with their days, beside the orders export or after it."""

from __future__ import annotations

import pytest

from returns_cli.domain.model import SourceRefund
from returns_cli.intake import ReadOptions
from tests.intake.files import (
    FIRST,
    NEXT,
    Read,
    named,
    read,
    refusal,
    shopify,
    shopify_order,
    table,
)

COLUMNS = (
    "Order,Name,Payment Method,Kind,Gateway,Created At,Status,Amount,Currency,Card Type"
).split(",")
SALE = {
    "Order": "450789469",
    "Name": "#1001",
    "Payment Method": "Shopify Payments",
    "Kind": "sale",
    "Gateway": "shopify_payments",
    "Created At": "2025-12-06 10:37:33 -0500",
    "Status": "success",
    "Amount": "37.40",
    "Currency": "USD",
    "Card Type": "visa",
}
REFUND = SALE | {"Kind": "refund", "Created At": "2025-12-10 09:00:00 -0500", "Amount": "5.00"}
LATER = REFUND | {"Created At": "2025-12-12 09:00:00 -0500", "Amount": "2.50"}
FIVE = SourceRefund(500, None, "2025-12-10T09:00:00-05:00")
HALF = SourceRefund(250, None, "2025-12-12T09:00:00-05:00")


def transactions(*rows: dict[str, str]) -> bytes:
    """A transactions export."""
    return table(COLUMNS, *rows)


def left(found: Read) -> list[tuple[str, int | None]]:
    """Orders that the store is asked for, with what was given back."""
    return [
        (one.supplement.order_id, one.supplement.refunded_minor)
        for facts in found.reading.leftovers()
        for one in facts
    ]


CASES = [
    pytest.param("0.00", [SALE], 0, (), id="a sale alone is nothing to keep"),
    pytest.param("7.50", [SALE, REFUND, LATER], 750, (FIVE, HALF),
        id="refunds stand in the place of Refunded Amount, with their days"),
    pytest.param("0.00", [REFUND], 500, (FIVE,), id="the orders export is older"),
    pytest.param("7.50", [LATER], 750, (HALF, SourceRefund(500)),
        id="the transactions are of one month: the rest has no day"),
    pytest.param("5.00", [REFUND, LATER | {"Status": "failure"}], 500, (FIVE,),
        id="a refund that failed"),
    pytest.param("5.00", [REFUND, LATER | {"Kind": "void"}], 500, (FIVE,), id="a void"),
    pytest.param("5.00", [REFUND, LATER | {"Amount": "0.00"}], 500, (FIVE,), id="of nothing"),
    pytest.param("5.00", [REFUND | {"Kind": "REFUND", "Status": "Success"}], 500, (FIVE,),
        id="any case"),
    pytest.param("5.00", [REFUND | {"Name": "1001"}], 500, (FIVE,), id="a number without its sign"),
    pytest.param("10.00", [REFUND, REFUND], 1000, (FIVE, FIVE), id="two alike are two"),
]  # fmt: skip


@pytest.mark.parametrize(("amount", "rows", "refunded", "refunds"), CASES)
@pytest.mark.parametrize("first", [True, False], ids=["before the orders", "behind them"])
def test_transactions_give_the_order_of_the_call_its_refunds(
    amount: str,
    rows: list[dict[str, str]],
    refunded: int,
    refunds: tuple[SourceRefund, ...],
    first: bool,
) -> None:
    orders = shopify_order(Refunded_Amount=amount)
    found = read(*([transactions(*rows), orders] if first else [orders, transactions(*rows)]))
    assert (found.order.refunded_minor, found.order.refunds) == (refunded, refunds)
    figures = found.figures
    assert (figures.rows, figures.orders, figures.lines, figures.units) == (2 + len(rows), 1, 2, 3)
    assert (figures.rejected, figures.totals, found.codes) == (0, {"USD": 3740}, [])
    stated = sum(one.amount_minor for one in refunds if one.refunded_at)
    assert figures.refunded == ({"USD": stated} if stated else {})
    assert left(found) == []


def test_orders_of_no_file_wait_for_the_store() -> None:
    found = read(transactions(REFUND, REFUND | {"Name": "#1002"}), shopify_order())
    assert left(found) == [("#1002", 500)]


FAULTS = [
    pytest.param({"Amount": "5,00x"}, ("E-MONEY", "Amount"), id="no amount"),
    pytest.param({"Amount": "-5.00"}, ("E-MONEY", "Amount"), id="negative"),
    pytest.param({"Amount": "5.005"}, ("E-MONEY-PRECISION", "Amount"), id="a tenth of a cent"),
    pytest.param({"Created At": "10/12/2025"}, ("E-DATE", "Created At"), id="another date"),
    pytest.param({"Currency": "XYZ"}, ("E-CURRENCY-UNKNOWN", "Currency"), id="no currency"),
    pytest.param({"Currency": "EUR"}, ("E-CURRENCY-MIXED", "Currency"), id="two currencies"),
]


@pytest.mark.parametrize(("change", "expected"), FAULTS)
def test_a_row_at_fault_refuses_its_order_in_every_file(
    change: dict[str, str], expected: tuple[str, str]
) -> None:
    found = read(transactions(SALE, REFUND | change), shopify_order(Refunded_Amount="5.00"))
    code, column = expected
    part = "E-ORDER-PART"
    assert found.codes == [
        (part, 2, "Name"), (code, 3, column), (part, 2, "Name"), (part, 3, "Name"),
    ]  # fmt: skip
    assert (found.orders, found.figures.rows, found.figures.rejected) == ([], 4, 4)


def test_a_row_without_a_number_is_refused_alone() -> None:
    rows = transactions(SALE, REFUND | {"Name": ""})
    found = read(rows, shopify_order(Refunded_Amount="5.00"))
    assert found.codes == [("E-ORDER-ID-MISSING", 3, "Name")]
    assert (found.order.refunded_minor, found.order.refunds) == (500, ())
    assert (found.figures.rows, found.figures.rejected) == (4, 1)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        pytest.param({"Amount": "37.41"}, "E-REFUND-OVER", id="more than the order came to"),
        pytest.param({"Currency": "EUR"}, "E-CURRENCY-MIXED", id="not the order's currency"),
    ],
)
def test_refunds_that_cannot_be_the_order_s_are_refused(change: dict[str, str], code: str) -> None:
    rows = [one | ({"Currency": change["Currency"]} if "Currency" in change else {})
            for one in (SALE, REFUND | change)]  # fmt: skip
    found = read(transactions(*rows), shopify_order())
    part = "E-ORDER-PART"
    assert found.codes == [
        (part, 2, "Name"), (code, 3, "Name"), (part, 2, "Name"), (part, 3, "Name"),
    ]  # fmt: skip
    assert (found.orders, found.figures.rejected) == ([], 4)


@pytest.mark.parametrize("column", ["Kind", "Status"])
def test_a_word_that_nobody_knows_is_flagged_and_not_counted(column: str) -> None:
    found = read(transactions(REFUND | {column: "chargeback"}), shopify_order())
    assert (found.order.refunded_minor, found.codes) == (0, [("W-STATUS-UNKNOWN", 2, column)])
    assert found.problem.value == "chargeback"


@pytest.mark.parametrize("first", [True, False], ids=["before the orders", "behind them"])
def test_refunds_of_an_order_that_was_refused_fall_with_it(first: bool) -> None:
    broken = shopify(FIRST | named({"Lineitem_quantity": "none"}), NEXT)
    found = read(*([transactions(REFUND), broken] if first else [broken, transactions(REFUND)]))
    assert (found.orders, left(found)) == ([], [])
    assert sorted(found.codes) == [
        ("E-ORDER-PART", 2, "Name"), ("E-ORDER-PART", 3, "Name"),
        ("E-QTY", 2, "Lineitem quantity"),
    ]  # fmt: skip


@pytest.mark.parametrize("first", [True, False], ids=["the sound file first", "then"])
def test_facts_of_two_files_fall_together(first: bool) -> None:
    sound, broken = transactions(REFUND), transactions(LATER | {"Amount": "x"})
    found = read(*([sound, broken] if first else [broken, sound]))
    assert sorted(found.codes) == [("E-MONEY", 2, "Amount"), ("E-ORDER-PART", 2, "Name")]
    assert left(found) == []


def test_a_file_without_a_currency_needs_the_shop_s() -> None:
    columns = [one for one in COLUMNS if one != "Currency"]
    rows = {name: text for name, text in REFUND.items() if name != "Currency"}
    content = table(columns, rows)
    assert refusal(content, options=ReadOptions()).code == "E-CURRENCY-MISSING"
    assert read(content, shopify_order()).order.refunded_minor == 500


def test_a_file_without_rows_is_all_zeros() -> None:
    found = read(transactions())
    assert (found.figures.rows, found.figures.orders, found.codes) == (0, 0, [])


@pytest.mark.parametrize(
    ("amount", "stated"),
    [
        pytest.param("7.50", 250, id="the transactions name less than the sum"),
        pytest.param("2.50", 250, id="they name the sum"),
        pytest.param("0.00", 250, id="the orders export is older"),
    ],
)
def test_in_the_figures_named_refunds_replace_the_orders_own_sum(amount: str, stated: int) -> None:
    found = read(shopify_order(Refunded_Amount=amount), transactions(LATER))
    assert found.figures.refunded == {"USD": stated}
