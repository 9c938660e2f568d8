"""Gumroad: a row for a purchase, refunds in the row, amounts under the sign of their currency."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from returns_cli.domain.vocabulary import TaxStyle
from returns_cli.intake import ReadOptions
from tests.intake.files import read, refusal, table
from tests.intake.twice import assert_second_changes_nothing

COLUMNS = (
    "Purchase ID,Item Name,Buyer Name,Purchase Email,Purchase Date,Purchase Time (UTC timezone),"
    "Subtotal ($),Taxes ($),Shipping ($),Sale Price ($),Fees ($),Net Total ($),Refunded?,"
    "Partial Refund ($),Fully Refunded?,Discount Code,Country,Quantity"
).split(",")
SALE = {
    "Purchase ID": "g-1==",
    "Item Name": "Habit Tracker",
    "Buyer Name": "Ann Buyer",
    "Purchase Email": "ann@example.com",
    "Purchase Date": "2026-09-02",
    "Purchase Time (UTC timezone)": "22:30",
    "Subtotal ($)": "24.00",
    "Taxes ($)": "1.92",
    "Shipping ($)": "3.00",
    "Sale Price ($)": "28.92",
    "Fees ($)": "1.85",
    "Net Total ($)": "27.07",
    "Refunded?": "false",
    "Partial Refund ($)": "0.00",
    "Fully Refunded?": "false",
    "Discount Code": "FALL",
    "Country": "United States",
    "Quantity": "2",
}
TOKYO = ReadOptions(currency="USD", zone=ZoneInfo("Asia/Tokyo"))


def sale(**changes: str) -> bytes:
    return table(COLUMNS, SALE | changes)


def refunded(flag: str, partial: str, fully: str) -> dict[str, str]:
    return {"Refunded?": flag, "Partial Refund ($)": partial, "Fully Refunded?": fully}


def test_a_purchase_is_an_order_of_one_line() -> None:
    found = read(sale(), options=TOKYO)
    one, figures = found.order, found.figures
    assert (figures.rows, figures.orders, figures.lines, figures.units) == (1, 1, 1, 2)
    assert (one.order_id, one.placed_at) == ("g-1==", "2026-09-02T22:30:00+00:00")
    assert (one.total_minor, one.shipping_minor, one.tax_minor) == (2892, 300, 192)
    assert one.tax_style is TaxStyle.ON_TOP
    (line,) = one.lines
    assert (line.title, line.quantity, line.unit_price_minor, line.items_minor) == (
        "Habit Tracker", 2, 1200, 2400,
    )  # fmt: skip
    assert (one.country, one.discount_codes) == ("US", ("FALL",))
    assert (one.customer_name, one.customer_email) == ("Ann Buyer", "ann@example.com")
    assert (figures.totals, figures.refunded, figures.problems) == ({"USD": 2892}, {}, ())


@pytest.mark.parametrize(
    ("changes", "amount", "captured", "codes"),
    [
        pytest.param(refunded("true", "0.00", "true"), 2892, 2892, [], id="all: the sale price"),
        pytest.param(refunded("1", "5.00", "0"), 500, 2892, [], id="a part"),
        pytest.param(refunded("TRUE", "5.00", "TRUE"), 2892, 2892, [], id="all goes before a part"),
        pytest.param(refunded("", "5.00", ""), 500, 2892, [], id="only the amount tells"),
        pytest.param(refunded("no", "", ""), 0, 2892, [], id="none"),
        pytest.param(refunded("yes", "", "no"), 0, 0, [("W-STATUS-UNKNOWN", 2, "Refunded?")],
                     id="refunded, and nothing says how much"),
    ],
)  # fmt: skip
def test_refunds(
    changes: dict[str, str], amount: int, captured: int, codes: list[tuple[str, int, str]]
) -> None:
    found = read(sale(**changes))
    one = found.order
    assert (one.refunded_minor, one.captured_minor, found.codes) == (amount, captured, codes)
    assert found.figures.refunded == ({"USD": amount} if amount else {})


@pytest.mark.parametrize(
    ("day", "time", "placed"),
    [
        pytest.param("2026-09-02", "22:30:05", "2026-09-02T22:30:05+00:00", id="with seconds"),
        pytest.param("2026-09-02", "2026-09-02 22:30:05 UTC", "2026-09-02T22:30:05+00:00",
                     id="day and time in one"),
        pytest.param("2026-09-02", "2026-09-02 22:30:05 -0700", "2026-09-02T22:30:05-07:00",
                     id="with an offset"),
        pytest.param("2026-09-02", "", "2026-09-02", id="no time"),
    ],
)  # fmt: skip
def test_times_are_utc(day: str, time: str, placed: str) -> None:
    row = {"Purchase Date": day, "Purchase Time (UTC timezone)": time}
    assert read(sale(**row), options=TOKYO).order.placed_at == placed


def test_a_date_format_tells_of_the_day() -> None:
    options = ReadOptions(currency="USD", date_format="DD.MM.YYYY")
    one = read(sale(**{"Purchase Date": "02.09.2026"}), options=options).order
    assert one.placed_at == "2026-09-02T22:30:00+00:00"


@pytest.mark.parametrize(
    ("changes", "style", "items"),
    [
        pytest.param({"Subtotal ($)": "25.92"}, TaxStyle.INCLUDED, 2592, id="tax inside"),
        pytest.param({"Subtotal ($)": ""}, TaxStyle.ON_TOP, 2400, id="no subtotal"),
        pytest.param({"Taxes ($)": "", "Sale Price ($)": "27.00"}, TaxStyle.NONE, 2400,
                     id="no tax"),
    ],
)  # fmt: skip
def test_sums(changes: dict[str, str], style: TaxStyle, items: int) -> None:
    found = read(sale(**changes))
    assert (found.order.tax_style, found.order.lines[0].items_minor) == (style, items)
    assert found.codes == []


@pytest.mark.parametrize(
    ("sign", "currency", "fits"),
    [
        pytest.param("$", "USD", True, id="dollars"),
        pytest.param("$", "CAD", True, id="other dollars"),
        pytest.param("$", "EUR", False, id="dollars in a shop of euros"),
        pytest.param("€", "EUR", True, id="euros"),
        pytest.param("£", "USD", False, id="pounds in a shop of dollars"),
    ],
)
def test_the_sign_in_the_columns_must_suit_the_currency(
    sign: str, currency: str, fits: bool
) -> None:
    content = sale().replace(b"($)", f"({sign})".encode())
    found = read(content, options=ReadOptions(currency=currency))
    if fits:
        assert (found.order.currency, found.codes) == (currency, [])
    else:
        assert found.codes == [("E-CURRENCY-MIXED", 2, f"Sale Price ({sign})")]
        assert found.problem_values() == ["28.92"]


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        pytest.param({"Quantity": "0"}, [("E-QTY", 2, "Quantity")], id="no units"),
        pytest.param({"Sale Price ($)": ""}, [("E-MONEY", 2, "Sale Price ($)")], id="no price"),
        pytest.param({"Purchase Date": ""}, [("E-DATE", 2, "Purchase Date")], id="no date"),
        pytest.param({"Purchase Time (UTC timezone)": "99:00"},
                     [("E-DATE", 2, "Purchase Time (UTC timezone)")], id="hour 99"),
        pytest.param({"Refunded?": "maybe"}, [("E-VALUE", 2, "Refunded?")], id="maybe"),
        pytest.param({"Partial Refund ($)": "30"}, [("E-REFUND-OVER", 2, "Partial Refund ($)")],
                     id="more back than paid"),
        pytest.param({"Purchase ID": ""}, [("E-ORDER-ID-MISSING", 2, "Purchase ID")], id="no id"),
    ],
)  # fmt: skip
def test_rows_that_are_refused(changes: dict[str, str], codes: list[tuple[str, int, str]]) -> None:
    found = read(sale(**changes))
    assert (found.codes, found.figures.rejected) == (codes, 1)


def test_older_exports_have_no_quantity_and_a_row_is_one_purchase() -> None:
    columns = COLUMNS[:-1]
    row = {name: SALE[name] for name in columns}
    assert read(table(columns, row)).figures.units == 1


@pytest.mark.parametrize("missing", ["Sale Price ($)", "Purchase Date"])
def test_a_missing_column_is_named(missing: str) -> None:
    error = refusal(table([name for name in COLUMNS if name != missing]))
    assert error.code == "E-CSV-HEADER"
    assert missing.removesuffix(" ($)").lower() in error.message


def test_a_second_import_changes_nothing(tmp_path: Path) -> None:
    other = SALE | refunded("true", "", "true") | {"Purchase ID": "g-2=="}
    assert_second_changes_nothing(tmp_path, table(COLUMNS, SALE, other), 2)
