"""The short way through a Shopify export: as strict as the thorough one, with the same answer."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from returns_cli.domain.errors import InvalidError
from returns_cli.intake import sources
from returns_cli.intake.encoding import text_lines
from returns_cli.intake.exports.shopify import ShopifyOrders
from returns_cli.intake.exports.shopify_plain import PlainOrders
from returns_cli.intake.sources import Source
from tests.intake.files import FIRST, NEXT, Read, read, shopify

Row = Mapping[str, str]


@contextmanager
def only_the_short_way() -> Iterator[None]:
    def unexpected(*given: object) -> None:
        raise AssertionError("an order was left to the thorough way")

    with patch.object(ShopifyOrders, "build", unexpected):
        yield


@contextmanager
def only_the_thorough_way() -> Iterator[None]:
    with patch.object(PlainOrders, "build", lambda self, groups: [None] * len(groups)):
        yield


def order(name: str, **changes: str) -> list[Row]:
    """An order of two rows; changes of its first one with ``_`` for spaces."""
    changed = {column.replace("_", " "): text for column, text in changes.items()}
    return [FIRST | {"Name": name} | changed, NEXT | {"Name": name}]


KWD = {"Currency": "KWD", "Subtotal": "16.963", "Shipping": "0.000", "Taxes": "0.000",
       "Total": "16.963", "Lineitem quantity": "1", "Lineitem price": "16.963",
       "Discount Amount": "0.000", "Lineitem discount": "0.000", "Refunded Amount": "0.000",
       "Outstanding Balance": "0.000"}  # fmt: skip


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({}, id="two lines"),
        pytest.param({"Financial_Status": "refunded", "Refunded_Amount": "37.40"}, id="refunded"),
        pytest.param(
            {"Financial_Status": "pending", "Outstanding_Balance": "37.40"}, id="not paid"
        ),
        pytest.param({"Financial_Status": "voided", "Cancelled_at": "2025-12-07"}, id="voided"),
        pytest.param({"Fulfillment_Status": "unfulfilled"}, id="not sent"),
        pytest.param({"Tags": "gift, vip", "Notes": 'say "hi"\nto Zoë 🎁'}, id="tags and notes"),
    ],
)
def test_an_order_without_anything_unusual_goes_the_short_way(changes: dict[str, str]) -> None:
    content = shopify(*order("#1", **changes), FIRST | KWD | {"Name": "#2"})
    with only_the_short_way():
        short = read(content)
    with only_the_thorough_way():
        thorough = read(content)
    assert short.orders == thorough.orders
    assert short.figures == thorough.figures
    assert short.figures.problems == ()


HOSTILE = [
    ("Created at", "2025-12-06 99:37:33 -0500", "E-DATE"),
    ("Created at", "2025-12-06 10:99:33 -0500", "E-DATE"),
    ("Created at", "2025-12-06 10:37:99 -0500", "E-DATE"),
    ("Created at", "2025-12-06 10:37:33 -9900", "E-DATE"),
    ("Created at", "2025-02-29 10:37:33 -0500", "E-DATE"),
    ("Created at", "1500-12-06 10:37:33 -0500", "E-DATE"),
    ("Created at", "２０25-12-06 10:37:33 -0500", "E-DATE"),
    ("Created at", "", "E-DATE"),
    ("Fulfilled at", "2025-12-06 24:00:00 -0500", "E-DATE"),
    ("Total", "1e400", "E-MONEY"),
    ("Total", "NaN", "E-MONEY"),
    ("Total", "３７.40", "E-MONEY"),
    ("Total", "37_40", "E-MONEY"),
    ("Total", "-37.40", "E-MONEY"),
    ("Total", "37.405", "E-MONEY-PRECISION"),
    ("Taxes", "inf", "E-MONEY"),
    ("Shipping", "9" * 5000, "E-MONEY"),
    ("Refunded Amount", "37.41", "E-REFUND-OVER"),
    ("Lineitem price", "1e400", "E-MONEY"),
    ("Lineitem price", "1０.00", "E-MONEY"),
    ("Lineitem price", "", "E-MONEY"),
    ("Lineitem discount", "20.01", "E-MONEY"),
    ("Lineitem quantity", "２", "E-QTY"),
    ("Lineitem quantity", "2e0", "E-QTY"),
    ("Lineitem quantity", "0", "E-QTY"),
    ("Lineitem quantity", "-1", "E-QTY"),
    ("Currency", "usd€", "E-CURRENCY-UNKNOWN"),
]


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [pytest.param(*case, id=f"{case[0]} {case[1][:30]}") for case in HOSTILE],
)
def test_a_cell_that_is_refused_is_refused_on_the_short_way_too(
    column: str, cell: str, code: str
) -> None:
    bad = [FIRST | {"Name": "#2", column: cell}, NEXT | {"Name": "#2"}]
    if column == "Created at":
        bad[1] = bad[1] | {column: cell}
    again = [row | {"Name": "#4"} for row in bad]  # what was met once is refused once more
    found = read(shopify(*order("#1"), *bad, *order("#3"), *again, *order("#5")))
    assert [one.order_id for one in found.orders] == ["#1", "#3", "#5"]
    assert found.figures.rejected == 4
    refused = [(one.code, one.line) for one in found.figures.problems if one.code == code]
    assert {line for _, line in refused} >= {4, 8}


def test_a_dinar_has_three_decimals_and_a_yen_none() -> None:
    yen = {name: cell.replace("16.963", "6010").replace("0.000", "0") for name, cell in KWD.items()}
    found = read(shopify(FIRST | KWD, FIRST | yen | {"Name": "#2", "Currency": "JPY"}))
    assert [one.total_minor for one in found.orders] == [16963, 6010]
    assert found.figures.totals == {"JPY": 6010, "KWD": 16963}
    refused = read(shopify(FIRST | KWD | {"Total": "16.9631"}))
    assert refused.codes == [("E-MONEY-PRECISION", 2, "Total")]


CELLS = st.sampled_from(
    ["", " ", "0", "0.00", "1", "-1", "1.5", "10.00", "37.40", "1,234", "NaN", "1e9", "$5.00", "２",
     "2025-12-06 10:37:33 -0500", "2025-12-06T10:37:33Z", "2025-12-06", "2025-13-01", "06/12/2025",
     "paid", "PAID", "pending", "partially_paid", "voided", "odd", "fulfilled", "Fulfilled",
     "unfulfilled", "partial", "true", "True", "no", "USD", "EUR", " usd", "gift, vip", "'02134",
     "0213", "US", "de", '="007"', "=1+1", "1.23E+12", "a\x00b", "a\x1bb", 'say "hi"\n', "Zoë 🎁"]
)  # fmt: skip
COLUMNS = st.sampled_from([*FIRST, "Cancelled at", "Fulfilled at", "Tags", "Duties", "Vendor",
                           "Shipping Zip", "Shipping Country", "Shipping Name", "Billing Name",
                           "Discount Code", "Payment Method"])  # fmt: skip


@given(
    st.lists(
        st.lists(st.tuples(st.integers(0, 1), COLUMNS, CELLS), max_size=3), min_size=1, max_size=4
    )
)
def test_both_ways_read_the_same_and_say_the_same(
    changes: list[list[tuple[int, str, str]]],
) -> None:
    rows: list[dict[str, str]] = []
    for number, changed in enumerate(changes):
        pair = [dict(row) for row in order(f"#{number}")]
        for at, column, cell in changed:
            pair[at][column] = cell
        rows += pair
    content = shopify(*rows)
    short = _read_or_refusal(content)
    with only_the_thorough_way():
        thorough = _read_or_refusal(content)
    assert short == thorough


def _read_or_refusal(content: bytes) -> object:
    try:
        found: Read = read(content)
    except InvalidError as error:
        return error.code, error.where
    return found.orders, found.figures, found.rejects


@given(
    st.lists(st.sampled_from(["a", "é", "🎁", "\n", "\r", "\r\n", "\u2028", "\x0b"])).map("".join),
    st.integers(1, 9),
)
def test_lines_end_where_csv_says_wherever_a_block_ends(text: str, block: int) -> None:
    expected = list(io.StringIO(text, newline=""))
    with patch.object(sources, "BLOCK", block):
        source = Source(io.BytesIO(text.encode()))
        assert list(text_lines(source, "utf-8")) == expected
    source.close()
