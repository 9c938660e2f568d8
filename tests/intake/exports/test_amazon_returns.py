"""Amazon's returns reports: goods taken back by its warehouses, and requests to sellers."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from returns_cli.domain.reasons import find_reason, reason_index
from returns_cli.domain.vocabulary import Kind, Resolution
from returns_cli.intake import ReadOptions, RequestRow, read_requests
from returns_cli.policy.tables import default_tables
from tests.intake.amazon import (
    ARRIVED,
    ASKED,
    FBA_RETURNS,
    MFN_RETURNS,
    fba_returns,
    mfn_returns,
    report,
)

LAGOS = ReadOptions(zone=ZoneInfo("Africa/Lagos"))
Problems = list[tuple[str, int | None, str | None]]


def taken(content: bytes, options: ReadOptions = LAGOS) -> tuple[list[RequestRow], Problems]:
    """The accepted rows and the problems of a file."""
    with read_requests([io.BytesIO(content)], options) as reading:
        rows = list(reading)
        assert reading.rows == len(rows) + reading.rejected
        return rows, [(one.code, one.line, one.column) for one in reading.problems]


def only(content: bytes, options: ReadOptions = LAGOS) -> RequestRow:
    """The one row of a sound file."""
    rows, problems = taken(content, options)
    assert (len(rows), problems) == (1, [])
    return rows[0]


def flags(row: RequestRow) -> list[tuple[str, str | None, str]]:
    return [(one.code, one.column, one.value) for one in row.flags]


def test_the_layouts_have_their_columns() -> None:
    assert (len(FBA_RETURNS), len(MFN_RETURNS)) == (13, 32)


def test_a_row_of_goods_that_amazon_took_back() -> None:
    row = only(fba_returns({"customer-comments": "lid broke"}))
    assert (row.place.line, row.order_id, row.sku, row.line) == (
        2, "111-1111111-1111111", "CUP-1", None,
    )  # fmt: skip
    assert (row.quantity, row.reason, row.kind) == (1, "UNWANTED_ITEM", Kind.RETURN)
    assert row.requested_at == "2026-03-15T22:30:00+00:00"
    assert (row.note, row.entered_by, row.is_lone) == ("lid broke", "amazon-fba-returns", True)
    assert row.arrival is not None
    assert row.arrival == (
        "2026-03-15T22:30:00+00:00",
        ("new", "opened"),
        "restock",
        "SELLABLE, Unit returned to inventory",
        "ABE2",
        "LPNRR0000001",
    )
    assert row.flags == ()


@pytest.mark.parametrize(
    ("text", "at"),
    [
        pytest.param("2026-03-15T22:30:00+00:00", "2026-03-15T22:30:00+00:00", id="ISO"),
        pytest.param("2026-03-15T15:30:00-07:00", "2026-03-15T15:30:00-07:00", id="another offset"),
        pytest.param("2026-03-15T22:30:00", "2026-03-15T22:30:00+00:00", id="UTC without offset"),
        pytest.param("2026-03-15", "2026-03-15", id="a bare day"),
        pytest.param("15-03-2026", "2026-03-15", id="as the help page has it"),
        pytest.param("05-03-2026", "2026-03-05", id="the day comes first"),
        pytest.param("15-MAR-2026", "2026-03-15", id="as the Japanese help page has it"),
    ],
)
def test_return_dates(text: str, at: str) -> None:
    assert only(fba_returns({"return-date": text})).requested_at == at


def test_a_date_style_of_the_call_replaces_the_reports_own() -> None:
    options = ReadOptions(date_format="MM/DD/YYYY")
    assert only(fba_returns({"return-date": "03/15/2026"}), options).requested_at == "2026-03-15"
    assert taken(fba_returns({"return-date": "15-03-2026"}), options)[1] == [
        ("E-DATE", 2, "return-date")
    ]


@pytest.mark.parametrize(
    ("finding", "grades"),
    [
        ("SELLABLE", ("new", "opened")),
        ("DAMAGED", ("damaged",)),
        ("CUSTOMER_DAMAGED", ("damaged", "used")),
        ("CARRIER_DAMAGED", ("damaged",)),
        ("DEFECTIVE", ("defective", "damaged")),
        ("EXPIRED", ("damaged",)),
        ("customer_damaged", ("damaged", "used")),
    ],
)
def test_the_disposition_grades_the_goods(finding: str, grades: tuple[str, ...]) -> None:
    row = only(fba_returns({"detailed-disposition": finding}))
    assert row.arrival is not None
    assert (row.arrival.grades, row.flags) == (grades, ())


@pytest.mark.parametrize("finding", ["MELTED", ""])
def test_a_disposition_that_nobody_knows_grades_nothing(finding: str) -> None:
    row = only(fba_returns({"detailed-disposition": finding}))
    assert row.arrival is not None
    assert row.arrival.grades == ()
    assert flags(row) == [("W-STATUS-UNKNOWN", "detailed-disposition", finding)]


PLATELESS = {"license-plate-number": ""}


def keys(*rows: Mapping[str, str]) -> list[str]:
    return [one.key.key for one in taken(fba_returns(*rows))[0]]


def test_the_same_row_with_the_same_plate_is_one_unit() -> None:
    first, other, again = taken(fba_returns({}, {"license-plate-number": "LPN2"}, {}))[0]
    assert first.key == again.key != other.key
    assert flags(again) == [("W-ROW-DUPLICATE", "license-plate-number", "LPNRR0000001")]
    assert first.flags == other.flags == ()


def test_without_a_plate_every_equal_row_is_a_unit_of_its_own() -> None:
    first, second, third = keys(PLATELESS, PLATELESS, PLATELESS | {"sku": "JAR-1"})
    assert len({first, second, third}) == 3
    # a later report has one more of them, and rows of another day in front
    day_before = PLATELESS | {"return-date": "2026-03-14T00:00:00+00:00"}
    assert keys(day_before, PLATELESS, PLATELESS, PLATELESS)[1:3] == [first, second]


def test_what_is_filled_in_later_does_not_make_another_row() -> None:
    later = {"status": "Reimbursed", "product-name": "Cup, renamed", "customer-comments": "meh"}
    assert keys({}) == keys(later)


def test_the_order_may_stand_under_another_name() -> None:
    columns = ["amazon-order-id" if one == "order-id" else one for one in FBA_RETURNS]
    content = report(columns, {**dict.fromkeys(columns, "")} | {
        "amazon-order-id": "9", "sku": "A", "quantity": "1", "return-date": "2026-03-01",
        "detailed-disposition": "SELLABLE", "fnsku": "X",
    })  # fmt: skip
    assert only(content).order_id == "9"
    empty = content.replace(b"\t9\t", b"\t\t")
    assert taken(empty)[1] == [("E-ORDER-ID-MISSING", 2, "amazon-order-id")]


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        pytest.param({"order-id": ""}, ("E-ORDER-ID-MISSING", 2, "order-id"), id="no order"),
        pytest.param({"sku": ""}, ("E-LINE-UNKNOWN", 2, "sku"), id="no SKU"),
        pytest.param({"quantity": ""}, ("E-QTY", 2, "quantity"), id="no quantity"),
        pytest.param({"quantity": "0"}, ("E-QTY", 2, "quantity"), id="no unit"),
        pytest.param({"return-date": ""}, ("E-DATE", 2, "return-date"), id="no date"),
        pytest.param({"return-date": "31-02-2026"}, ("E-DATE", 2, "return-date"), id="no such day"),
        pytest.param({"return-date": "3/15/2026"}, ("E-DATE", 2, "return-date"), id="other style"),
    ],
)
def test_a_row_that_cannot_be_understood_is_refused(changes: Any, problem: Any) -> None:
    rows, problems = taken(fba_returns(changes, {}))
    assert (len(rows), problems) == (1, [problem])


def test_what_cells_may_hold() -> None:
    rows, problems = taken(
        fba_returns({"product-name": '"Cup', "customer-comments": "=1+1 \x1b[31m"}, {})
    )
    assert len(rows) == 2  # a lone quotation mark is text
    assert problems == [
        ("W-CELL-CONTROL", 2, "customer-comments"),
        ("W-CELL-FORMULA", 2, "customer-comments"),
    ]


def test_the_report_as_a_csv_has_quotes_like_any_other() -> None:
    cells = [list(FBA_RETURNS), [ARRIVED[name] for name in FBA_RETURNS]]
    cells[1][FBA_RETURNS.index("customer-comments")] = 'too small, "really"'
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows(cells)
    row = only(out.getvalue().encode())
    assert (row.order_id, row.note) == ("111-1111111-1111111", 'too small, "really"')


def test_an_undeliverable_parcel_is_a_return_to_sender() -> None:
    kinds = [
        only(fba_returns({"reason": reason})).kind
        for reason in ("UNDELIVERABLE_REFUSED", "CR-UNDELIVERABLE_UNKNOWN", "NEVER_ARRIVED")
    ]
    assert kinds == [Kind.RETURN_TO_SENDER, Kind.RETURN_TO_SENDER, Kind.RETURN]


def test_a_request_to_the_seller() -> None:
    row = only(mfn_returns({}))
    assert (row.order_id, row.sku, row.quantity) == ("222-2222222-2222222", "JUG-1", 1)
    assert (row.reason, row.reason_column) == ("CR-DEFECTIVE", "Return Reason")
    assert (row.want, row.requested_at, row.arrival) == (Resolution.REFUND, "2026-03-12", None)
    assert row.key.key == "mfn:Dx0000001RRMA/JUG-1"
    assert row.answers == {"resolution": "STANDARDREFUND", "in_policy": "yes"}
    assert (row.entered_by, row.is_lone) == ("amazon-mfn-returns", True)
    assert (row.tracking, row.carrier) == ("9200000000000000000001", "USPS")
    assert row.note == "Amazon RMA Dx0000001RRMA; Amazon states a refund of 36.72 USD"


@pytest.mark.parametrize(
    ("text", "want", "flagged"),
    [
        ("STANDARDREFUND", Resolution.REFUND, False),
        ("REFUNDATFIRSTSCAN", Resolution.REFUND, False),
        ("ReturnlessRefund", Resolution.REFUND, False),
        ("Replacement", Resolution.REPLACEMENT, False),
        ("", Resolution.REFUND, False),
        ("Voucher", Resolution.REFUND, True),
    ],
)
def test_what_the_customer_gets(text: str, want: Resolution, flagged: bool) -> None:
    row = only(mfn_returns({"Resolution": text}))
    assert row.want is want
    assert flags(row) == ([("W-STATUS-UNKNOWN", "Resolution", text)] if flagged else [])


def test_what_changes_while_it_is_handled_is_the_same_request() -> None:
    first = only(mfn_returns({"Refunded Amount": "0.00", "In policy": "", "Tracking ID": " "}))
    later = {"Return request status": "Closed", "Return delivery date": "20-Mar-2026"}
    assert first.key == only(mfn_returns(later)).key
    assert first.answers == {"resolution": "STANDARDREFUND"}
    assert (first.note, first.tracking) == ("Amazon RMA Dx0000001RRMA", "")


@pytest.mark.parametrize(
    "changes",
    [
        {"Return quantity": "2"},
        {"Return Reason": "CR-UNWANTED_ITEM"},
        {"Resolution": "Replacement"},
        {"Order ID": "333-3333333-3333333"},
    ],
)
def test_another_quantity_reason_resolution_or_order_is_other_content(changes: Any) -> None:
    one, other = only(mfn_returns({})).key, only(mfn_returns(changes)).key
    assert (one.key, one.content_hash == other.content_hash) == (other.key, False)


def test_a_request_that_stands_twice_is_flagged() -> None:
    first, second, again = taken(mfn_returns({}, {"Merchant SKU": "CUP-1"}, {}))[0]
    assert (first.flags, second.flags) == ((), ())
    assert flags(again) == [("W-ROW-DUPLICATE", "Amazon RMA ID", "Dx0000001RRMA")]


def test_a_request_without_amazons_number_is_known_by_its_content() -> None:
    nameless = ASKED | dict.fromkeys(("Amazon RMA ID", "Refunded Amount"), " ")
    first, second = taken(mfn_returns(nameless, nameless))[0]
    assert first.key.key != second.key.key
    assert (first.note, second.flags) == ("", ())


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        pytest.param({"Order ID": ""}, ("E-ORDER-ID-MISSING", 2, "Order ID"), id="no order"),
        pytest.param({"Merchant SKU": " "}, ("E-LINE-UNKNOWN", 2, "Merchant SKU"), id="no SKU"),
        pytest.param({"Return quantity": ""}, ("E-QTY", 2, "Return quantity"), id="no quantity"),
        pytest.param(
            {"Return request date": "12-Foo-2026"},
            ("E-DATE", 2, "Return request date"),
            id="no date",
        ),
    ],
)
def test_a_request_that_cannot_be_understood_is_refused(changes: Any, problem: Any) -> None:
    rows, problems = taken(mfn_returns(changes, {"Return request date": "2026-03-12"}))
    assert (len(rows), problems) == (1, [problem])


REASONS = {
    "APPAREL_STYLE": ("style", "customer"),
    "APPAREL_TOO_LARGE": ("too_large", "customer"),
    "APPAREL_TOO_SMALL": ("too_small", "customer"),
    "DAMAGED_BY_CARRIER": ("damaged_in_transit", "carrier"),
    "DAMAGED_BY_FC": ("defective", "merchant"),
    "DEFECTIVE": ("defective", "merchant"),
    "DID_NOT_LIKE_COLOR": ("color", "customer"),
    "DID_NOT_LIKE_FABRIC": ("style", "customer"),
    "EXCESSIVE_INSTALLATION": ("changed_mind", "customer"),
    "EXTRA_ITEM": ("wrong_item", "merchant"),
    "FOUND_BETTER_PRICE": ("better_price", "customer"),
    "MISORDERED": ("ordered_by_mistake", "customer"),
    "MISSED_ESTIMATED_DELIVERY": ("arrived_late", "carrier"),
    "MISSING_PARTS": ("missing_parts", "merchant"),
    "NEVER_ARRIVED": ("never_arrived", "carrier"),
    "NO_REASON_GIVEN": ("no_reason", "customer"),
    "NOT_AS_DESCRIBED": ("not_as_described", "merchant"),
    "NOT_COMPATIBLE": ("ordered_by_mistake", "customer"),
    "ORDERED_WRONG_ITEM": ("ordered_by_mistake", "customer"),
    "PART_NOT_COMPATIBLE": ("ordered_by_mistake", "customer"),
    "QUALITY_UNACCEPTABLE": ("poor_quality", "merchant"),
    "SWITCHEROO": ("wrong_item", "merchant"),
    "UNAUTHORIZED_PURCHASE": ("other", "unknown"),
    "UNDELIVERABLE_INSUFFICIENT_ADDRESS": ("other", "unknown"),
    "UNWANTED_ITEM": ("changed_mind", "customer"),
    "AMZ-PG-APP-STYLE": ("style", "customer"),
    "AMZ-PG-APP-TOO-LARGE": ("too_large", "customer"),
    "AMZ-PG-APP-TOO-LATE": ("arrived_late", "carrier"),
    "AMZ-PG-APP-TOO-SMALL": ("too_small", "customer"),
    "AMZ-PG-BAD-DESC": ("not_as_described", "merchant"),
    "AMZ-PG-MISORDERED": ("ordered_by_mistake", "customer"),
    "AMZ-PG-WJ-TOO-LARGE": ("too_large", "customer"),
    "AMZ-PG-WJ-TOO-SMALL": ("too_small", "customer"),
}


@pytest.mark.parametrize("prefix", ["", "CR-"])
@pytest.mark.parametrize("name", REASONS)
def test_every_reason_of_amazon_is_one_of_ours(name: str, prefix: str) -> None:
    found = find_reason(reason_index(default_tables()), prefix + name)
    assert found is not None
    assert (found.code, found.fault.value) == REASONS[name]


def test_any_other_reason_is_not_known() -> None:
    assert find_reason(reason_index(default_tables()), "CR-HAUNTED") is None
