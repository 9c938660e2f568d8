"""Reject files: refused rows with their reasons, harmless in a spreadsheet, ready to be mended."""

from __future__ import annotations

import csv
import io

import pytest

from returns_cli.intake.rejects import guarded
from tests.intake.files import FIRST, NEXT, generic, read, shopify


def test_refused_rows_are_kept_with_their_reasons_first() -> None:
    found = read(generic({}, {"quantity": "x", "order_id": "2"}, {"order_id": "2", "line_no": "2"}))
    (name, text), *_ = found.rejects.items()
    assert name == "stdin.rejects.csv"
    rows = list(csv.reader(text.splitlines()))
    columns = "order_id,placed_at,currency,line_no,sku,quantity,unit_price".split(",")
    assert rows[0] == ["reject_file", "reject_line", "reject_code", "reject_message", *columns]
    assert [row[:3] for row in rows[1:]] == [
        ["stdin", "3", "E-QTY"],
        ["stdin", "4", "E-ORDER-PART"],
    ]
    assert rows[1][3] == "The quantity is not a whole number of at least 1."
    assert rows[1][4:] == ["2", "2026-01-02", "USD", "1", "A", "x", "10.00"]


def test_nothing_refused_means_no_file() -> None:
    assert read(generic({})).rejects == {}


def test_rows_that_are_too_short_or_too_long_keep_their_shape() -> None:
    content = generic({}) + b"2,x\n\n3,2026-01-02,USD,1,A,1,1,beyond\n"
    rows = list(csv.reader(read(content).rejects["stdin.rejects.csv"].splitlines()))
    assert rows[1][4:] == ["2", "x"]
    assert rows[2][4:] == ["3", "2026-01-02", "USD", "1", "A", "1", "1", "beyond"]


def test_mended_rows_are_read_from_the_reject_file() -> None:
    found = read(shopify(FIRST | {"Total": "x"}, NEXT | {"Name": ""}))
    assert found.orders == []
    mended = found.rejects["stdin.rejects.csv"].replace(",x,", ",37.40,")
    again = read(mended.encode())
    assert (again.order.total_minor, len(again.order.lines), again.codes) == (3740, 2, [])


def test_a_reject_file_refused_again_has_its_reasons_once() -> None:
    first = read(generic({"quantity": "x", "sku": "-R-100", "title": "@home"}))
    again = read(first.rejects["stdin.rejects.csv"].encode())
    header, row = csv.reader(io.StringIO(again.rejects["stdin.rejects.csv"]))
    assert [name for name in header if name.startswith("reject_")] == header[:4]
    assert row[1] == "2"
    assert row[header.index("sku")] == "'-R-100"


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+1 617 555 0100", "+1 617 555 0100"),
        ("+cmd", "'+cmd"),
        ("-12.50", "-12.50"),
        ("-R-100", "'-R-100"),
        ("@sum", "'@sum"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("\nx", "'\nx"),
        ("", ""),
        ("plain", "plain"),
        ("-1+cmd|' /C calc'!A0", "'-1+cmd|' /C calc'!A0"),
    ],
)
def test_no_cell_begins_dangerously(cell: str, written: str) -> None:
    assert guarded(cell) == written
