"""Orders known by the bytes of their rows: passed over where nothing changed, read where it did."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from returns_cli.domain.model import Order
from returns_cli.domain.same_order import SameOrder
from returns_cli.intake import ImportFigures, Marking, ReadAgain, read_orders, sources
from tests.intake.files import FIRST, NEXT, USD, read, shopify, table

Rows = list[dict[str, str]]


@dataclass
class Kept:
    """What a store would keep of one import for the next."""

    known: dict[str, tuple[bytes, SameOrder]] = field(default_factory=dict)
    coming: dict[str, bytes] = field(default_factory=dict)
    seen: list[str] = field(default_factory=list)
    are_known: bool = False

    def find(self, order_ids: Sequence[str]) -> Mapping[str, tuple[bytes, SameOrder]]:
        return {one: self.known[one] for one in order_ids if one in self.known}

    def met(self, same: SameOrder) -> None:
        self.seen.append(same.order_id)

    def keep(self, order_id: str, mark: bytes) -> None:
        self.coming[order_id] = mark

    def take_over(self, orders: Sequence[Order]) -> Kept:
        """What the next import finds, once these orders were saved."""
        known = {
            one.order_id: (self.coming[one.order_id], _same(number, one))
            for number, one in enumerate(orders, 1)
            if one.order_id in self.coming
        }
        return Kept({**self.known, **known}, are_known=True)


def _same(number: int, order: Order) -> SameOrder:
    units = sum(line.quantity for line in order.lines)
    sums = order.currency, order.total_minor, order.refunded_minor
    return SameOrder(number, order.order_id, len(order.lines), units, *sums)


def marked(
    content: bytes, kept: Kept, read_with: bytes = b"options"
) -> tuple[list[Order], ImportFigures]:
    """Orders that had to be read, and the figures of the whole file."""
    with read_orders([io.BytesIO(content)], USD, Marking(kept, read_with)) as reading:
        return list(reading), reading.figures


def after(content: bytes) -> Kept:
    """What is kept after a first import of a file."""
    kept = Kept()
    orders, _ = marked(content, kept)
    return kept.take_over(orders)


def order(number: int, **changes: str) -> Rows:
    """An order of two rows; changes of its first one with ``_`` for spaces."""
    changed = {column.replace("_", " "): text for column, text in changes.items()}
    name = {"Name": f"#{number}"}
    return [{**FIRST, **name, **changed}, {**NEXT, **name}]


NOTE = 'Ring twice.\nSay "hello",\n\nthen wait.'
FILE = [*order(1), *order(2, Notes=NOTE), *order(3), *order(4)]


def test_the_same_rows_again_are_not_read_and_count_the_same() -> None:
    kept = after(shopify(*FILE))
    orders, figures = marked(shopify(*FILE), kept)
    assert orders == []
    assert kept.seen == ["#1", "#2", "#3", "#4"]
    assert figures == read(shopify(*FILE)).figures
    assert (figures.rows, figures.orders, figures.lines, figures.units) == (8, 4, 8, 12)
    assert figures.totals == {"USD": 4 * 3740}


@pytest.mark.parametrize(
    ("rows", "is_read"),
    [
        pytest.param([*FILE[:4], *order(3, Tags="vip"), *FILE[6:]], ["#3"], id="a cell changed"),
        pytest.param([*order(9, Notes=NOTE), *FILE], ["#9"], id="a new order in front"),
        pytest.param([*FILE[:2], *order(9), *FILE[2:]], ["#9"], id="a new order between"),
        pytest.param([*FILE, *order(9)], ["#9"], id="a new order behind"),
        pytest.param([*FILE[:4], NEXT | {"Name": "#2"}, *FILE[4:]], ["#2"], id="a row more"),
        pytest.param([*FILE[:4], NEXT | {"Name": ""}, *FILE[4:]], ["#2"], id="a row without name"),
        pytest.param([*FILE, NEXT | {"Name": "#4"}], ["#4"], id="a row more at the end"),
        pytest.param([*FILE[:3], *FILE[4:]], ["#2"], id="a row less"),
        pytest.param([*FILE[4:], *FILE[:4]], [], id="another sequence"),
        pytest.param(FILE[4:6], [], id="some of the orders"),
    ],
)
def test_only_what_changed_is_read(rows: Rows, is_read: list[str]) -> None:
    kept = after(shopify(*FILE))
    orders, figures = marked(shopify(*rows), kept)
    assert [one.order_id for one in orders] == is_read
    whole = read(shopify(*rows))
    assert figures == whole.figures
    assert sorted([*kept.seen, *is_read]) == sorted(one.order_id for one in whole.orders)


def test_what_decides_how_rows_are_read_is_part_of_the_mark() -> None:
    kept = after(shopify(*FILE))
    assert len(marked(shopify(*FILE), kept, b"other options")[0]) == 4
    columns = [*FIRST, "Notes"]
    assert len(marked(table(columns, *FILE), after(table(columns, *FILE)))[0]) == 0
    assert len(marked(table([*columns, "Vendor"], *FILE), after(table(columns, *FILE)))[0]) == 4


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(order(1, Outstanding_Balance="5.00"), id="a warning"),
        pytest.param(order(1, Shipping_Zip="=1+1"), id="a cell flagged"),
        pytest.param(order(1, Total="1e400"), id="a refusal"),
        pytest.param(order(1, Notes="a\x00b"), id="a NUL"),
        pytest.param(order(1, Notes="a\x1bb"), id="a control character"),
    ],
)
def test_an_order_of_which_something_must_be_said_is_read_each_time(rows: Rows) -> None:
    kept = after(shopify(*rows))
    orders, figures = marked(shopify(*rows), kept)
    whole = read(shopify(*rows))
    assert orders == whole.orders
    assert figures == whole.figures


def test_rows_inside_a_note_are_no_rows() -> None:
    kept = after(shopify(*FILE))
    inside = shopify(*order(3)).decode().partition("\n")[2]
    forged = shopify(*order(9, Notes="see:\n" + inside), *order(4))
    orders, figures = marked(forged, kept)
    assert [one.order_id for one in orders] == ["#9"]
    assert kept.seen == ["#4"]
    assert figures == read(forged).figures


def test_rows_inside_a_note_behind_a_bare_quote_are_found_out() -> None:
    kept = after(shopify(*FILE))
    inside = shopify(*order(3)).decode().partition("\n")[2]
    forged = shopify(*order(9, Notes=f"see:\n{inside}so."), *order(4)).replace(b"Mug", b'M"ug', 1)
    assert [one.order_id for one in read(forged).orders] == ["#9", "#4"]
    with pytest.raises(ReadAgain):
        marked(forged, kept)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(shopify(*FILE, NEXT | {"Name": "#1"}), id="a known order is torn"),
        pytest.param(shopify(*order(8), *order(9), *order(8)), id="a new order is torn"),
        pytest.param(shopify(*FILE, *order(9, Notes="a" * 32_768)), id="a cell is too long"),
        pytest.param(shopify(*FILE) + b'#9,"x\n', id="a quote never closes"),
        pytest.param(shopify(*(FILE * 3)) + b"#10,\xff\n", id="a byte is no text"),
    ],
)
@pytest.mark.parametrize("is_known", [True, False], ids=["known", "new"])
def test_a_file_that_must_be_judged_whole_is_read_again(content: bytes, *, is_known: bool) -> None:
    kept = after(shopify(*FILE)) if is_known else Kept()
    with pytest.raises(ReadAgain):
        marked(content, kept)


def test_rows_put_before_known_ones_of_their_order_are_found_out() -> None:
    kept = after(shopify(*FILE))
    with pytest.raises(ReadAgain):
        marked(shopify(*order(3), *order(1)[1:], *FILE[:2]), kept)


EDITS = st.lists(
    st.tuples(
        st.sampled_from(["drop", "double", "change", "swap", "new", "blank name"]),
        st.integers(0, 15),
    ),
    max_size=4,
)
NOTES = st.sampled_from(["", NOTE, "plain", 'a "b"', "line\r\nline", "Zoë 🎁"])


@given(st.lists(NOTES, min_size=1, max_size=6), EDITS, st.integers(20, 2000))
def test_whatever_was_edited_the_figures_are_those_of_a_whole_reading(
    notes: list[str], edits: list[tuple[str, int]], block: int
) -> None:
    rows = [row for number, note in enumerate(notes) for row in order(number, Notes=note)]
    kept = after(shopify(*rows))
    for what, at in edits:
        _edit(rows, what, at % len(rows) if rows else 0)
    content = shopify(*rows)
    whole = read(content)
    with patch.object(sources, "BLOCK", block), suppress(ReadAgain):
        orders, figures = marked(content, kept)
        assert figures == whole.figures
        found = {one.order_id: one for one in whole.orders}
        assert all(found[one.order_id] == one for one in orders)
        assert sorted([*kept.seen, *(one.order_id for one in orders)]) == sorted(found)
        assert all(_same(same.order_pk, found[same.order_id]) == same
                   for _, same in (kept.known[one] for one in kept.seen))  # fmt: skip


def _edit(rows: Rows, what: str, at: int) -> None:
    if what == "new":
        rows[at:at] = order(100 + at, Notes=NOTE)
    elif not rows:
        return
    elif what == "drop":
        del rows[at]
    elif what == "double":
        rows.insert(at, dict(rows[at]))
    elif what == "change":
        rows[at] = rows[at] | {"Lineitem quantity": "7", "Tags": "changed"}
    elif what == "blank name":
        rows[at] = rows[at] | {"Name": ""}
    else:
        rows[at], rows[-1] = rows[-1], rows[at]
