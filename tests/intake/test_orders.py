"""Orders over a whole file: torn orders, hostile rows, figures, and later refusals."""

from __future__ import annotations

import io
from unittest.mock import patch

import pytest

from returns_cli.domain.errors import Exit
from returns_cli.domain.model import Order
from returns_cli.intake import OrderReading, exit_of, read_orders
from returns_cli.intake.exports.shopify_plain import PlainOrders
from returns_cli.intake.formats import GENERIC_ORDERS
from returns_cli.intake.grouping import ColumnKinds, Grouper, Inspector
from returns_cli.intake.header import Header
from returns_cli.intake.rows import Dialect
from returns_cli.intake.survey import KeyColumns, Survey
from tests.intake.files import (
    FIRST,
    LINE,
    NEXT,
    USD,
    generic,
    read,
    refusal,
    shopify,
    table,
)


def ids(orders: list[Order]) -> list[str]:
    return [order.order_id for order in orders]


def test_rows_of_an_order_need_not_be_adjacent() -> None:
    found = read(
        generic(
            {"order_id": "1"},
            {"order_id": "2"},
            {"order_id": "1", "line_no": "2"},
            {"order_id": "3"},
            {"order_id": "2", "line_no": "2"},
            {"order_id": "1", "line_no": "3"},
        )
    )
    assert {order.order_id: len(order.lines) for order in found.orders} == {"3": 1, "2": 2, "1": 3}
    assert (found.figures.rows, found.figures.lines, found.codes) == (6, 6, [])


def test_a_fault_in_a_torn_order_refuses_all_its_rows() -> None:
    found = read(
        generic(
            {"order_id": "1"},
            {"order_id": "2"},
            {"order_id": "1", "line_no": "2", "quantity": "none"},
        )
    )
    assert ids(found.orders) == ["2"]
    assert found.codes == [("E-ORDER-PART", 2, "order_id"), ("E-QTY", 4, "quantity")]


def test_a_continuation_below_a_torn_part_belongs_to_that_order() -> None:
    other = FIRST | {"Name": "#1002", "Subtotal": "20.00", "Total": "27.40"}
    found = read(shopify(FIRST, other, NEXT, NEXT | {"Name": ""}))
    assert {order.order_id: len(order.lines) for order in found.orders} == {"#1002": 1, "#1001": 3}


def test_wrapped_and_plain_numbers_are_the_same_order() -> None:
    rows = generic({"order_id": "'007"}, {"order_id": " 007 ", "line_no": "2"})
    assert [(order.order_id, len(order.lines)) for order in read(rows).orders] == [("007", 2)]


HEAD = b"order_id,placed_at,currency,line_no,sku,quantity,unit_price\n"
GOOD = b"1,2026-01-02,USD,1,A,1,10.00\n"
LAST = b"3,2026-01-02,USD,1,A,1,10.00\n"


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        pytest.param(b"2,2026-01-02,USD,1,A\0B,1,1\n", "E-CSV-NUL", "sku", id="NUL"),
        pytest.param(b"2,2026-01-02,USD,1,A,1\n", "E-CSV-RAGGED", None, id="too few cells"),
        pytest.param(b"2\n", "E-CSV-RAGGED", None, id="one cell"),
        pytest.param(b"2,2026-01-02,USD,1,A,1,1,x\n", "E-CSV-RAGGED", None, id="too many"),
        pytest.param(
            b"2,2026-01-02,USD,1," + b"x" * 140_000 + b",1,1\n", "E-CSV-FIELD-TOO-LONG", "sku",
            id="140 KB",
        ),
        pytest.param(
            b'2,2026-01-02,USD,1,"' + b"x" * 40_000 + b'",1,1\n', "E-CSV-FIELD-TOO-LONG", "sku",
            id="quoted 40 KB",
        ),
        pytest.param(
            b"2," + b"x" * 10_000_000 + b",1,1\n", "E-CSV-FIELD-TOO-LONG", "placed_at",
            id="a line of 10 MB",
        ),
        pytest.param(b"2,2026-01-02,USD,1,A,1,1e400\n", "E-MONEY", "unit_price", id="1e400"),
        pytest.param(b"2,2026-02-30,USD,1,A,1,1\n", "E-DATE", "placed_at", id="30 February"),
        pytest.param(b",2026-01-02,USD,1,A,1,1\n", "E-ORDER-ID-MISSING", "order_id", id="no id"),
    ],
)  # fmt: skip
def test_a_hostile_row_costs_only_itself(row: bytes, code: str, column: str | None) -> None:
    found = read(HEAD + GOOD + row + LAST)
    assert found.codes == [(code, 3, column)]
    assert ids(found.orders) == ["1", "3"]
    figures = found.figures
    assert (figures.rows, figures.orders, figures.rejected) == (3, 2, 1)
    assert all(len(one.value or "") <= 80 for one in figures.problems)


def test_a_hostile_row_takes_its_order_with_it() -> None:
    found = read(HEAD + GOOD + b"1,2026-01-02,USD,2,B\0,1,10.00\n" + LAST)
    assert found.codes == [("E-ORDER-PART", 2, "order_id"), ("E-CSV-NUL", 3, "sku")]
    assert ids(found.orders) == ["3"]


def test_sound_rows_beside_a_broken_one_have_codes_of_their_own() -> None:
    broken, bad = b"1,2026-01-02,USD,2,A\n", b"1,2026-01-02,USD,3,A,x,1\n"
    found = read(HEAD + GOOD + broken + bad + LAST)
    assert found.codes == [
        ("E-ORDER-PART", 2, "order_id"),
        ("E-CSV-RAGGED", 3, None),
        ("E-QTY", 4, "quantity"),
    ]
    found = read(HEAD + broken + bad + LAST)
    assert [one for one, _, _ in found.codes] == ["E-CSV-RAGGED", "E-ORDER-PART"]


def test_empty_cells_beyond_the_header_are_flagged() -> None:
    found = read(HEAD + GOOD.replace(b"\n", b",, \n"))
    assert found.codes == [("W-CSV-EXTRA-EMPTY", 2, None)]
    assert ids(found.orders) == ["1"]


def test_blank_rows_are_not_rows_whatever_else_the_file_holds() -> None:
    found = read(HEAD + b"\n ,,\n" + GOOD.replace(b"A", b"=A") + b",,,,,, \n,,,,,,\n\n")
    assert (found.figures.rows, found.codes) == (1, [("W-CELL-FORMULA", 4, "sku")])


def test_rows_of_delimiters_alone_are_blank() -> None:
    found = read(HEAD + b",,,,,,\n" + GOOD + b",,,,,,\n")
    assert (found.figures.rows, found.codes) == (1, [])


def test_foreign_columns_are_ignored_whatever_they_hold() -> None:
    row = LINE | {"Comment": "=1+1 \x1b[0m", "sku": "A\u202e"}
    found = read(table([*LINE, "Comment"], row))
    assert found.codes == [("W-CELL-CONTROL", 2, "sku")]


def test_all_rows_refused_yields_no_order() -> None:
    found = read(generic({"quantity": "x"}, {"order_id": "2", "unit_price": "y"}))
    assert (found.orders, found.figures.rows, found.figures.rejected) == ([], 2, 2)
    assert found.reading.exit is Exit.INVALID


@pytest.mark.parametrize(
    ("rows", "rejected", "conflicts", "status"),
    [(0, 0, False, 0), (3, 0, False, 0), (3, 1, False, 3), (3, 3, False, 7), (3, 3, True, 3)],
)
def test_the_exit_follows_from_the_rows(
    rows: int, rejected: int, conflicts: bool, status: int
) -> None:
    assert exit_of(rows, rejected, only_conflicts=conflicts) == status


def opened(content: bytes) -> OrderReading:
    return read_orders([io.BytesIO(content)], USD)


def test_an_order_refused_later_is_taken_out_of_the_figures() -> None:
    content = shopify(FIRST | {"Refunded Amount": "1.00"}, NEXT, FIRST | {"Name": "#2"})
    with opened(content) as reading:
        orders = list(reading)
        reading.refuse(orders[0], "E-ORDER-CONFLICT", "Its currency changed.", conflict=True)
        figures = reading.figures
        assert [(one.code, one.line) for one in figures.problems] == [
            ("E-ORDER-CONFLICT", 2),
            ("E-ORDER-PART", 3),
            ("W-TOTAL-MISMATCH", 4),
        ]
        assert (figures.rows, figures.orders, figures.lines, figures.rejected) == (3, 1, 1, 2)
        assert (figures.totals, figures.refunded) == ({"USD": 3740}, {})
        assert reading.exit is Exit.PARTLY
        (rejects,) = reading.reject_files()
        assert rejects.rows == 2


def test_refusing_every_order_as_a_conflict_is_partly_done() -> None:
    with opened(generic({})) as reading:
        (order,) = reading
        reading.refuse(order, "E-ORDER-CONFLICT", conflict=True)
        assert (reading.exit, reading.figures.totals) == (Exit.PARTLY, {})


def test_refusing_an_order_drops_its_warnings() -> None:
    with opened(generic({"quantity": "10001"})) as reading:
        (order,) = reading
        reading.refuse(order, "E-ORDER-CONFLICT")
        assert [one.code for one in reading.problems] == ["E-ORDER-CONFLICT"]


def test_quotes_are_judged_before_the_first_order() -> None:
    error = refusal(generic(*({"order_id": str(at)} for at in range(1, 50))) + b'50,"x\n')
    assert (error.code, error.where) == ("E-CSV-UNCLOSED-QUOTE", "-:51")


def test_rows_that_wait_for_others_are_given_at_the_end_even_if_none_comes() -> None:
    names = ("order_id", "sku")
    header = Header(GENERIC_ORDERS, Dialect(","), 1, names, {"order_id": 0, "sku": 1})
    inspector = Inspector(header, ColumnKinds(), looks_closer=False)
    survey = Survey(torn={hash("1"): 3})
    grouper = Grouper(header, KeyColumns(0), survey, inspector)
    records = [(2, ["1", "A"]), (3, ["2", "A"]), (4, ["1", "B"])]
    groups = [(group.key, len(group.rows)) for group in grouper.groups(records)]
    assert groups == [("2", 1), ("1", 2)]


@pytest.mark.parametrize(
    "content",
    [
        shopify(FIRST, NEXT),
        shopify(FIRST | {"Discount Amount": "3.00", "Lineitem discount": "1.00"}, NEXT),
        shopify(FIRST | {"Email": ""}, NEXT | {"Email": ""}, FIRST | {"Name": "#2"}, NEXT),
        shopify(FIRST, NEXT | {"Total": "37.40", "Lineitem sku": " '007"}),
        shopify(FIRST | {"Cancelled at": "2025-12-07", "Duties": "1.00"}, NEXT),
    ],
)
def test_the_short_and_the_thorough_way_read_the_same(content: bytes) -> None:
    short = read(content)
    with patch.object(PlainOrders, "build", lambda self, groups: [None] * len(groups)):
        thorough = read(content)
    assert thorough.orders == short.orders
    assert thorough.figures == short.figures


def test_a_reading_knows_how_far_it_is_in_its_files() -> None:
    one, two = generic({"order_id": "1"}), generic({"order_id": "2"}, {"order_id": "3"})
    heard = []
    with read_orders([io.BytesIO(one), io.BytesIO(two)], USD) as reading:
        reading.on_progress = lambda: heard.append(reading.position())
        assert reading.position() == (0, len(one) + len(two), 0)
        assert len(list(reading)) == 3
        assert reading.position() == (len(one) + len(two), len(one) + len(two), 3)
    assert heard[0] == (len(one), len(one) + len(two), 1)
    assert heard[1] == (len(one) + len(two), len(one) + len(two), 3)
