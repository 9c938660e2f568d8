"""WooCommerce Analytics: packed products, refund rows, translated labels, revenue and net sales."""

from __future__ import annotations

from pathlib import Path

import pytest

from returns_cli.domain.model import SourceRefund
from returns_cli.intake import ReadOptions
from tests.intake.files import USD, named, read, refusal, table
from tests.intake.twice import assert_second_changes_nothing, codes_of, imported, shop_in

COLUMNS = (
    "Date,Order #,N. Revenue (formatted),Status,Customer,Customer type,Product(s),Items sold,"
    "Coupon(s),Net Sales,Attribution"
).split(",")
GERMAN = (
    "Datum,Bestellnr.,Nettoumsatz (formatiert),Status,Kunde,Kundentyp,Produkt(e),"
    "Verkaufte Artikel,Gutschein(e),Nettoumsatz,Herkunft"
).split(",")
SALE = {
    "Date": "2026-03-14 09:21:00",
    "Order #": "1042",
    "N. Revenue (formatted)": "$42.50",
    "Status": "completed",
    "Customer": "Ann Buyer",
    "Customer type": "new",
    "Product(s)": "2\u00d7 Mug, 1\u00d7 Jug, large",
    "Items sold": "3",
    "Coupon(s)": "SAVE5",
    "Net Sales": "36",
    "Attribution": "Direct",
}
REFUND = SALE | {
    "Date": "2026-03-20 10:00:00",
    "Status": "refunded",
    "Product(s)": "-1\u00d7 Mug",
    "Items sold": "-1",
    "Coupon(s)": "",
    "Net Sales": "-12",
}


def sale(**changes: str) -> dict[str, str]:
    return SALE | named(changes)


def export(*rows: dict[str, str]) -> bytes:
    return table(COLUMNS, *rows)


def test_an_order_is_split_into_its_products_and_its_net_sales_shared_by_units() -> None:
    # 36.00 by 2 : 1; 42.50 - 36.00 = 6.50 is tax and shipping
    found = read(export(SALE))
    order = found.order
    assert (order.order_id, order.placed_at) == ("1042", "2026-03-14T09:21:00+00:00")
    assert (order.total_minor, order.captured_minor, order.shipping_minor) == (4250, 4250, 650)
    assert [(line.title, line.quantity, line.items_minor) for line in order.lines] == [
        ("Mug", 2, 2400),
        ("Jug, large", 1, 1200),
    ]
    assert (order.discount_codes, order.customer_name) == (("SAVE5",), "Ann Buyer")
    assert found.figures.problems == ()


@pytest.mark.parametrize(
    ("products", "sold", "lines"),
    [
        pytest.param("2\u00d7 Mug, 1\u00d7 Jug", "3", [2, 1], id="counts sum to items sold"),
        pytest.param("2\u00d7 Mug, with 2\u00d7 handle", "2", [2], id="a count inside a name"),
        pytest.param("2\u00d7 Mug, 1\u00d7 Jug", "4", None, id="counts do not sum up"),
        pytest.param("1\u00d7 Mug, 1\u00d7 handle", "1", None, id="a comma and a count in a name"),
        pytest.param("Mug, Jug", "2", None, id="no counts"),
        pytest.param("2x Mug", "2", None, id="an x is no \u00d7"),
        pytest.param("", "1", None, id="no products"),
        pytest.param("0\u00d7 Mug, 1\u00d7 Jug", "1", None, id="none of one"),
    ],
)
def test_products_are_split_only_when_the_counts_sum_to_the_items_sold(
    products: str, sold: str, lines: list[int] | None
) -> None:
    found = read(export(SALE | {"Product(s)": products, "Items sold": sold}))
    assert [line.quantity for line in found.order.lines] == (lines or [int(sold)])
    assert sum(line.items_minor for line in found.order.lines) == 3600
    if lines:
        assert found.codes == []
    else:
        assert found.order.lines[0].title == products
        assert found.codes == [("W-LINES-SUMMARY", 2, "Product(s)")]


@pytest.mark.parametrize("rows", [[SALE, REFUND], [REFUND, SALE]], ids=["behind", "before"])
def test_a_refund_is_a_row_of_its_own_and_no_line(rows: list[dict[str, str]]) -> None:
    found = read(export(*rows))
    order, figures = found.order, found.figures
    assert (figures.rows, figures.orders, figures.lines, figures.units) == (2, 1, 2, 3)
    assert (figures.totals, figures.refunded) == ({"USD": 4250}, {"USD": 1200})
    assert order.refunds == (SourceRefund(1200, 1, "2026-03-20T10:00:00+00:00"),)
    assert figures.problems == ()


@pytest.mark.parametrize(
    ("changes", "refunds"),
    [
        pytest.param({"Product(s)": "-1\u00d7 Mug, -1\u00d7 Jug, large"}, [(1200, None)],
                     id="of two products"),
        pytest.param({"Product(s)": ""}, [(1200, None)], id="of none"),
        pytest.param({"N. Revenue (formatted)": "-$13.00"}, [(1300, 1)],
                     id="with its tax and shipping"),
        pytest.param({"Net Sales": "", "N. Revenue (formatted)": "($9.00)"}, [(900, 1)],
                     id="in parentheses"),
    ],
)  # fmt: skip
def test_what_a_refund_gives_back(
    changes: dict[str, str], refunds: list[tuple[int, int | None]]
) -> None:
    order = read(export(SALE, REFUND | changes)).order
    assert [(one.amount_minor, one.line) for one in order.refunds] == refunds


def test_a_revenue_of_two_amounts_says_what_is_left_of_the_order() -> None:
    # 42.50 less 29.50 = 13.00 given back, of which the row states 12.00
    found = read(export(sale(**{"N. Revenue (formatted)": "$42.50 $29.50"}), REFUND))
    order = found.order
    assert (order.total_minor, order.refunded_minor) == (4250, 1300)
    assert [(one.amount_minor, one.line) for one in order.refunds] == [(1200, 1), (100, None)]
    alone = read(export(sale(**{"N. Revenue (formatted)": "1 042,50 € 1 000,00 €"})),
                 options=ReadOptions(currency="EUR")).order  # fmt: skip
    assert (alone.total_minor, alone.refunded_minor) == (104250, 4250)


@pytest.mark.parametrize(
    ("status", "captured", "is_cancelled", "codes"),
    [
        pytest.param("processing", 4250, False, [], id="processing"),
        pytest.param("On hold", 4250, False, [], id="as a label"),
        pytest.param("wc-completed", 4250, False, [], id="with wc-"),
        pytest.param("Cancelled", 4250, True, [], id="cancelled"),
        pytest.param("pending", 0, False, [], id="not paid"),
        pytest.param("failed", 0, False, [], id="payment failed"),
        pytest.param("refunded", 0, False, [], id="refunded, and no amount is stated"),
        pytest.param("", 4250, False, [], id="no status"),
        pytest.param("packed", 4250, False, [("W-STATUS-UNKNOWN", 2, "Status")], id="unknown"),
    ],
)
def test_statuses(
    status: str, captured: int, is_cancelled: bool, codes: list[tuple[str, int, str]]
) -> None:
    found = read(export(sale(Status=status)))
    order = found.order
    assert (order.captured_minor, order.total_minor, found.codes) == (captured, 4250, codes)
    assert (order.cancelled_at is not None, order.lines[0].cancelled) == (is_cancelled,) * 2


def test_translated_labels_need_the_format_named() -> None:
    content = table(GERMAN, dict(zip(GERMAN, SALE.values(), strict=True)))
    assert refusal(content).code == "E-FORMAT-UNKNOWN"
    named_options = ReadOptions(currency="USD", source_format="woo-analytics")
    found = read(b"Bericht\n\n" + content, options=named_options)
    assert (found.order.order_id, found.order.total_minor) == ("1042", 4250)
    wrong = SALE | {"Items sold": "x"}
    refused = table(GERMAN, dict(zip(GERMAN, wrong.values(), strict=True)))
    assert read(refused, options=named_options).codes == [("E-QTY", 2, "Verkaufte Artikel")]
    older = table(GERMAN[:10], dict(zip(GERMAN[:10], SALE.values(), strict=False)))
    assert read(older, options=named_options).order.lines[0].title == "Mug"


def test_the_reject_file_of_a_translated_export_is_read_like_it() -> None:
    options = ReadOptions(currency="USD", source_format="woo-analytics")
    wrong = SALE | {"Items sold": "x"}
    content = table(GERMAN, dict(zip(GERMAN, wrong.values(), strict=True)))
    (rejects,) = read(content, options=options).rejects.values()
    mended = read(rejects.replace(",x,", ",3,").encode(), options=options)
    assert (mended.order.order_id, mended.order.total_minor) == ("1042", 4250)


@pytest.mark.parametrize(
    "columns",
    [
        pytest.param([*GERMAN, "Notiz"], id="too many columns"),
        pytest.param(GERMAN[:9], id="too few columns"),
        pytest.param([*COLUMNS[:6], "Produkte", *COLUMNS[7:]], id="half translated"),
    ],
)
def test_a_foreign_header_is_not_guessed_at(columns: list[str]) -> None:
    options = ReadOptions(currency="USD", source_format="woo-analytics")
    assert refusal(table(columns), options=options).code == "E-CSV-HEADER"


@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        pytest.param([sale(Date="14/03/2026")], [("E-DATE", 2, "Date")], id="date"),
        pytest.param([sale(Date="")], [("E-DATE", 2, "Date")], id="no date"),
        pytest.param([SALE | {"Items sold": "0"}], [("E-QTY", 2, "Items sold")], id="nothing"),
        pytest.param(
            [SALE | {"N. Revenue (formatted)": "$1,234"}],
            [("E-MONEY-AMBIGUOUS", 2, "N. Revenue (formatted)")], id="ambiguous",
        ),
        pytest.param(
            [SALE | {"N. Revenue (formatted)": "", "Net Sales": ""}],
            [("E-MONEY", 2, "N. Revenue (formatted)")], id="no amount",
        ),
        pytest.param(
            [SALE | {"N. Revenue (formatted)": "£42.50"}],
            [("E-CURRENCY-MIXED", 2, "N. Revenue (formatted)")], id="pounds",
        ),
        pytest.param(
            [SALE, SALE | {"Net Sales": "30"}],
            [("E-ORDER-PART", 2, "Order #"), ("E-ORDER-CONFLICT", 3, "Net Sales")], id="two sales",
        ),
        pytest.param(
            [SALE, REFUND | {"Net Sales": "-43"}],
            [("E-ORDER-PART", 2, "Order #"), ("E-REFUND-OVER", 3, "Net Sales")], id="too much back",
        ),
        pytest.param(
            [SALE, REFUND | {"Net Sales": "12"}],
            [("E-ORDER-PART", 2, "Order #"), ("E-MONEY", 3, "Net Sales")],
            id="items come back and the amount does not",
        ),
        pytest.param(
            [REFUND | {"Date": "soon"}, SALE],
            [("E-DATE", 2, "Date"), ("E-ORDER-PART", 3, "Order #")], id="refunded when",
        ),
        pytest.param(
            [SALE | {"Order #": ""}], [("E-ORDER-ID-MISSING", 2, "Order #")], id="no number"
        ),
    ],
)  # fmt: skip
def test_rows_that_are_refused(
    rows: list[dict[str, str]], codes: list[tuple[str, int, str]]
) -> None:
    found = read(export(*rows))
    assert (found.codes, found.orders) == (codes, [])
    assert (found.figures.rows, found.figures.rejected) == (len(rows), len(rows))


def test_the_same_row_again_is_the_same_order() -> None:
    found = read(export(SALE, SALE))
    assert (found.figures.rows, found.figures.orders, found.figures.units) == (2, 1, 3)
    assert found.codes == [("W-ROW-DUPLICATE", 3, None)]


@pytest.mark.parametrize(
    ("missing", "total", "codes"),
    [
        pytest.param("Net Sales", 4250, [], id="no net sales"),
        pytest.param(
            "N. Revenue (formatted)", 3600, [("W-TOTAL-COMPUTED", 2, None)], id="no revenue"
        ),
    ],
)
def test_one_of_the_two_amounts_is_enough(
    missing: str, total: int, codes: list[tuple[str, int, str | None]]
) -> None:
    columns = [name for name in COLUMNS if name != missing]
    row = {name: SALE[name] for name in columns}
    found = read(table(columns, row))
    assert (found.order.total_minor, found.codes) == (total, codes)


def test_neither_amount_is_a_missing_column() -> None:
    columns = [name for name in COLUMNS if name not in {"Net Sales", "N. Revenue (formatted)"}]
    assert refusal(table(columns, {}), options=USD).code == "E-CSV-HEADER"


def test_a_refund_whose_order_is_in_no_file_is_added_to_the_one_in_the_store(
    tmp_path: Path,
) -> None:
    shop = shop_in(tmp_path)
    answer = imported(shop, export(REFUND, SALE | {"Order #": "1043"}))
    assert (answer["rows"], answer["orders"], answer["rejected"]) == (2, 1, 1)
    assert codes_of(answer) == [("E-REFUND-NO-ORDER", 2, "Order #")]
    imported(shop, export(SALE))
    added = imported(shop, export(REFUND))
    assert (added["new"], added["changed"], added["refunded"]) == (0, 1, {"USD": "12.00"})
    assert imported(shop, export(REFUND))["same"] == 1
    # the whole export of later holds both rows: nothing is counted twice
    whole = imported(shop, export(SALE, REFUND))
    assert (whole["changed"], whole["same"], whole["refunded"]) == (0, 1, {"USD": "12.00"})


def test_a_second_import_changes_nothing(tmp_path: Path) -> None:
    other = SALE | {"Order #": "1043", "Product(s)": "Mug", "Items sold": "1"}
    assert_second_changes_nothing(tmp_path, export(REFUND, SALE, other), 2)
