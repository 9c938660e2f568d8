"""A look at a file: what is sure is said, what could be two things is left open."""

from __future__ import annotations

from typing import Any

import pytest

from returns_cli.domain.errors import InvalidError, UsageError
from returns_cli.intake import ReadOptions
from returns_cli.intake.mapped.layout import guess_layout
from returns_cli.intake.mapped.mapping_draft import match_columns, quoted
from returns_cli.intake.mapped.mapping_file import parse_mapping
from returns_cli.intake.mapped.sniffing import Sniffed, sniff_file
from returns_cli.intake.mapped.styles import DateStyles, DecimalMarks
from tests.intake.files import SHOPIFY_COLUMNS, generic, shopify_order
from tests.intake.mapped_files import options, stream

MARKET = """\
Market export
Made on 2026-04-01

Order No;Order Date;Item Code;Item Name;Qty;Unit Price;Postage;First name;Last name;Remark
M-1;13/04/2026;A;Mug;2;5,00;4,90;Ann;Buyer;
M-1;13/04/2026;B;Jug;1;1.007,50;4,90;Ann;Buyer;soon
M-2;02/04/2026;A;Mug;1;5,00;;Bo;;
"""


def sniff(text: str | bytes, **given: Any) -> Sniffed:
    content = text.encode() if isinstance(text, str) else text
    return sniff_file(stream("") if not content else _bytes(content), ReadOptions(**given))


def _bytes(content: bytes) -> Any:
    import io

    return io.BytesIO(content)


def test_an_unknown_file_is_laid_open() -> None:
    found = sniff(MARKET, currency="EUR")
    assert (found.format, found.encoding, found.layout.dialect.delimiter) == (None, "utf-8", ";")
    assert (found.layout.line, found.rows, found.decimals, found.unclear) == (4, 3, ("comma",), "")
    (dates,) = found.dates
    assert (dates.name, dates.fits, dates.unread) == ("Order Date", ("DD/MM/YYYY",), 0)
    assert found.read == found.layout.columns[:9]
    assert found.ignored == ("Remark",)
    assert found.missing == ()
    assert [one.code for one in found.problems] == ["E-FORMAT-UNKNOWN"]


def test_the_suggested_mapping_is_a_mapping_and_reads_the_first_orders() -> None:
    found = sniff(MARKET, currency="EUR")
    assert found.is_guess
    first, second = found.orders
    # 2 × 5.00 + 1007.50 + 4.90
    assert (first.order_id, first.total_minor, second.total_minor) == ("M-1", 102240, 500)
    assert (first.placed_at, first.customer_name) == ("2026-04-13", "Ann Buyer")
    mapping = parse_mapping(found.mapping.encode(), "m.yaml", "orders import")
    assert mapping.columns == {
        "order_id": ("Order No",),
        "placed_at": ("Order Date",),
        "sku": ("Item Code",),
        "title": ("Item Name",),
        "quantity": ("Qty",),
        "unit_price": ("Unit Price",),
        "order_shipping": ("Postage",),
        "customer_name": ("First name", "Last name"),
    }
    assert (mapping.delimiter, mapping.preamble, mapping.decimal) == (";", 3, "comma")
    assert mapping.date_format == "DD/MM/YYYY"
    assert found.mapping.count("# check") == len(mapping.columns)
    assert "#   Remark" in found.mapping


def test_a_date_that_could_be_two_is_left_open_and_not_read() -> None:
    found = sniff(MARKET.replace("13/04", "03/04"), currency="EUR")
    assert found.dates[0].fits == ("DD/MM/YYYY", "MM/DD/YYYY")
    assert found.dates[0].sample == "03/04/2026"
    assert "\ndate_format:" not in found.mapping
    assert "\n# date_format: DD/MM/YYYY\n# date_format: MM/DD/YYYY\n" in found.mapping
    assert found.orders == ()
    assert [one.code for one in found.problems] == [
        "E-FORMAT-UNKNOWN", "E-DATE", "E-ORDER-PART", "E-DATE"
    ]  # fmt: skip
    assert found.problems[1].column == "Order Date"


def test_what_is_said_by_options_goes_into_the_mapping() -> None:
    text = MARKET.replace("13/04", "03/04").replace("1.007,50", "1.007").replace("5,00", "5")
    text = text.replace("4,90", "4")
    found = sniff(text, currency="EUR", date_format="MM/DD/YYYY", decimal="comma")
    assert "\ndate_format: MM/DD/YYYY\n" in found.mapping
    assert "\ndecimal: comma\n" in found.mapping
    assert [order.placed_at for order in found.orders] == ["2026-03-04", "2026-02-04"]


@pytest.mark.parametrize(
    ("change", "decimals", "unclear", "line"),
    [
        pytest.param({"1.007,50": "1007", "5,00": "5", "4,90": "4"}, (), "", None, id="none"),
        pytest.param({"1.007,50": "1.007", "5,00": "5", "4,90": "4"}, (), "1.007",
                     "# decimal: dot  # or comma: 1.007 could be read both ways", id="unclear"),
        pytest.param({"1.007,50": "1007.50"}, ("dot", "comma"), "",
                     "# decimal: dot  # or comma: both stand in the file", id="both"),
        pytest.param({"1.007,50": "1,007.50", "5,00": "5.00", "4,90": "4.90"}, ("dot",), "",
                     "decimal: dot", id="dot"),
        pytest.param({"1.007,50": "1.007.500", "5,00": "5", "4,90": "4"}, ("comma",), "",
                     "decimal: comma", id="grouped twice"),
    ],
)  # fmt: skip
def test_the_decimal_mark_is_said_where_the_amounts_prove_it(
    change: dict[str, str], decimals: tuple[str, ...], unclear: str, line: str | None
) -> None:
    text = MARKET
    for old, new in change.items():
        text = text.replace(old, new)
    found = sniff(text, currency="EUR")
    assert (found.decimals, found.unclear) == (decimals, unclear)
    said = [one for one in found.mapping.splitlines() if "decimal:" in one]
    assert said == ([line] if line else [])


def test_what_is_missing_is_named_and_nothing_is_read() -> None:
    found = sniff("Number;Sum\n1;5\n")
    assert found.missing == (
        "order_id", "placed_at", "sku or title", "quantity", "unit_price or line_total", "currency",
    )  # fmt: skip
    assert (found.orders, found.is_guess) == ((), False)
    assert "  # quantity: …  # needed: no column is called like quantity\n" in found.mapping
    assert "currency: USD  # needed: neither file nor shop names one" in found.mapping


def test_names_that_fit_alike_are_left_to_choose() -> None:
    text = MARKET.replace("Item Code", "Order Number")
    found = sniff(text, currency="EUR")
    assert (
        "\n  # order_id: Order No  # choose\n  # order_id: Order Number  # choose\n"
        in found.mapping
    )
    assert "# order_id: …" not in found.mapping
    assert found.missing == ("order_id",)


def test_a_known_format_is_read_as_such() -> None:
    found = sniff(shopify_order())
    assert (found.format, found.what) == ("shopify", "a Shopify orders export")
    assert [order.order_id for order in found.orders] == ["#1001"]
    assert (found.missing, found.problems, found.is_guess) == ((), (), False)
    assert len(found.layout.columns) == len(SHOPIFY_COLUMNS)
    assert [one.fits for one in found.dates if one.name == "Created at"] == [("ISO 8601",)]
    assert found.mapping.startswith("mapping: my-orders\nreads: orders\n")


def test_only_the_first_three_orders_are_shown() -> None:
    rows = [{"order_id": str(number)} for number in range(1, 6)]
    found = sniff(generic(*rows))
    assert ([order.order_id for order in found.orders], found.rows) == (["1", "2", "3"], 5)


def test_problems_of_the_first_rows_are_shown_and_the_others_counted() -> None:
    rows = [{"order_id": str(number), "quantity": "x"} for number in range(30)]
    found = sniff(generic(*rows))
    assert (len(found.problems), found.more, found.orders) == (20, 10, ())
    assert found.problems[0].code == "E-QTY"


def test_a_mapped_file_is_shown_as_the_mapping_reads_it() -> None:
    mapping = """
mapping: market
date_format: DD/MM/YYYY
columns: {order_id: Order No, placed_at: Order Date, sku: Item Code, quantity: Qty,
  unit_price: Unit Price}
"""
    found = sniff_file(_bytes(MARKET.encode()), options(mapping))
    assert (found.format, found.mapping, found.is_guess) == ("map:market", "", False)
    assert [order.order_id for order in found.orders] == ["M-1", "M-2"]
    assert found.read == ("Order No", "Order Date", "Item Code", "Qty", "Unit Price")
    assert "Postage" in found.ignored


def test_a_file_of_another_command_is_named_and_not_mapped() -> None:
    found = sniff("order_id,sku,reason\n1,A,style\n", currency="EUR")
    assert [one.code for one in found.problems] == ["E-FORMAT-COMMAND"]
    assert found.problems[0].hint == "Use: returns requests import"
    assert (found.mapping, found.missing, found.read) == ("", (), ())


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "E-FILE-EMPTY"),
        (b"\n \n", "E-FILE-EMPTY"),
        (b"PK\x03\x04abc", "E-FILE-NOT-TEXT"),
        (b"\xff\xfea\x00,\x00b\x00", "E-ENC-UTF16"),
        (b"a,b\n\xe4,1\n", "E-ENC-INVALID"),
        (b"a,b\n1,2\n" * 50 + b"\xe4,1\n", "E-ENC-INVALID"),
    ],
)
def test_what_is_no_text_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(InvalidError) as caught:
        sniff(content)
    assert caught.value.code == code


def test_an_encoding_that_is_named_goes_into_the_mapping() -> None:
    found = sniff(MARKET.replace("Mug", "Müg").encode("cp1252"), encoding="cp1252")
    assert "\nencoding: cp1252\n" in found.mapping


def test_wrong_options_are_wrong_usage() -> None:
    with pytest.raises(UsageError):
        sniff(MARKET, encoding="nope")


def test_a_quote_that_never_closes_is_said_once_and_what_stands_before_is_shown() -> None:
    found = sniff(MARKET + 'M-3;"13/04/2026;A;Mug;2;5,00;4,90;Ann;Buyer;\n', currency="EUR")
    assert [(one.code, one.line) for one in found.problems] == [
        ("E-FORMAT-UNKNOWN", 4),
        ("E-CSV-UNCLOSED-QUOTE", 8),
    ]
    assert (found.rows, found.orders) == (3, ())


def test_a_currency_that_is_missing_is_a_problem_of_a_known_format() -> None:
    rows = shopify_order().replace(b"Currency", b"Curr")
    assert [one.code for one in sniff(rows).problems] == ["E-CURRENCY-MISSING"]


@pytest.mark.parametrize(
    ("text", "line", "delimiter", "columns"),
    [
        ("a,b\n1,2\n", 1, ",", ("a", "b")),
        ("Title\n\na;b;c\n1;2;3\n1;2;3\n", 3, ";", ("a", "b", "c")),
        ("1,2\na,b\n3,4\n", 2, ",", ("a", "b")),
        ('x\n"a\nb"\tc\n1\t2\n', 2, "\t", ("a b", "c")),
        ("one\n1\n", 1, ",", ("one",)),
        ("\ufeffa|b\n1|2\n", 1, "|", ("a", "b")),
        ('a,b\n"1,2\n3,4\n', 1, ",", ("a", "b")),
        ("1;2\n3;4\n", 1, ";", ("1", "2")),
        (",a,\n1,2,3\n", 1, ",", ("", "a", "")),
    ],
)
def test_the_layout_of_an_unknown_file(
    text: str, line: int, delimiter: str, columns: tuple[str, ...]
) -> None:
    found = guess_layout(text.splitlines(keepends=True))
    assert (found.line, found.dialect.delimiter, found.columns) == (line, delimiter, columns)


@pytest.mark.parametrize(
    ("cells", "fits", "unread"),
    [
        (["2026-03-04", "2026-03-04T10:00:00Z"], ("ISO 8601",), 0),
        (["03/04/2026"], ("DD/MM/YYYY", "MM/DD/YYYY"), 0),
        (["03/04/2026", "14/04/2026"], ("DD/MM/YYYY",), 0),
        (["3/4/2026 9:05", "3/14/2026 19:05"], ("MM/DD/YYYY HH:MM",), 0),
        (["Mar 4, 2026, 3:05 PM"], ("MMM DD, YYYY, HH:MM AM",), 0),
        (["04.03.26", "2026-03-04"], ("DD.MM.YY",), 0),
        (["04.03.2026", "31.02.2026"], ("DD.MM.YYYY",), 1),
        (["2026年3月4日"], ("YYYY年MM月DD日",), 0),
        (["yesterday"], (), 1),
        ([], (), 0),
        (["14/04/2026"] * 3, ("DD/MM/YYYY",), 0),
    ],
)
def test_the_styles_that_read_every_date(
    cells: list[str], fits: tuple[str, ...], unread: int
) -> None:
    styles = DateStyles()
    for cell in cells:
        styles.see(cell)
    assert (styles.fits, styles.unread) == (fits, unread)


@pytest.mark.parametrize(
    ("cells", "fits", "unclear"),
    [
        (["4.90", "$1,234.50"], ("dot",), ""),
        (["4,90 €", "1.234,50"], ("comma",), ""),
        (["1,234"], (), "1,234"),
        (["1.234.567"], ("comma",), ""),
        (["555.12.4567", "12", "none", ""], (), ""),
        (["4.9", "4,9"], ("dot", "comma"), ""),
    ],
)
def test_the_decimal_marks_that_amounts_prove(
    cells: list[str], fits: tuple[str, ...], unclear: str
) -> None:
    marks = DecimalMarks()
    for cell in cells:
        marks.see(cell)
    assert (marks.fits, marks.unclear) == (fits, unclear)


@pytest.mark.parametrize(
    ("theirs", "chosen", "doubtful"),
    [
        (["Bestellnummer", "Datum", "Menge"],
         {"order_id": "Bestellnummer", "placed_at": "Datum", "quantity": "Menge"}, {}),
        (["order_id", "Order Number"], {"order_id": "order_id"}, {}),
        (["Order #", "Item #"], {"order_id": "Order #", "sku": "Item #"}, {}),
        (["Order Numbr"], {"order_id": "Order Numbr"}, {}),
        (["Price", "Line Total"], {"unit_price": "Price"}, {"line_total": ("Line Total",)}),
        (["Date", "Created at"], {}, {"placed_at": ("Date", "Created at")}),
        (["", "  ", "??"], {}, {}),
        (["订单编号"], {"order_id": "订单编号"}, {}),
    ],
)  # fmt: skip
def test_columns_are_matched_by_their_names(
    theirs: list[str], chosen: dict[str, str], doubtful: dict[str, tuple[str, ...]]
) -> None:
    found = match_columns(theirs)
    assert (found.chosen, found.doubtful) == (chosen, doubtful)


@pytest.mark.parametrize(
    "name",
    ["Order ID", "Order #", "no", "null", "a: b", "- a", "'x'", '"', "ä ö", "1", "%", "{a}", "=1",
     "a # b", "Total (EUR)", "@x", "*a", "&a", "?", "|", "a\\b", "Sub/Total", "x:", "~"],
)  # fmt: skip
def test_a_name_in_a_suggested_mapping_reads_back_as_it_is(name: str) -> None:
    text = (
        f"columns: {{sku: {quoted(name)}}}\n".replace("{", "\n  ").replace("}\n", "\n")
        if ("{" not in name)
        else f"columns:\n  sku: {quoted(name)}\n"
    )
    assert parse_mapping(text.encode(), "m", "products import").columns == {"sku": (name,)}


def test_a_header_that_yaml_cannot_hold_is_said_and_not_read() -> None:
    text = MARKET.replace("Remark", "Re\x1bmark").replace("Qty", "Q\x7fty")
    found = sniff(text, currency="EUR")
    assert found.orders == ()
