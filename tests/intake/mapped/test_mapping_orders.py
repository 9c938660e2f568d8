"""Orders through a mapping: their columns under our names, their names in every problem."""

from __future__ import annotations

import pytest

from returns_cli.domain.errors import UsageError
from returns_cli.domain.vocabulary import TaxStyle
from returns_cli.intake import ReadOptions, read_orders
from tests.intake.files import refusal
from tests.intake.mapped_files import options, read_mapped, refused, stream

PLAIN = """
columns:
  order_id: Number
  placed_at: Day
  sku: Article
  quantity: Pieces
  unit_price: Price
"""
HEAD = "Number,Day,Article,Pieces,Price"
MARKET = """
mapping: market
delimiter: semicolon
preamble: 2
decimal: comma
date_format: DD.MM.YYYY HH:MM
list_separator: ","
columns:
  order_id: Bestellnr.
  placed_at: [Tag, Uhrzeit]
  sku: Artikel-Nr.
  title: Artikel
  quantity: Menge
  line_total: Summe
  customer_name: [Vorname, Nachname]
  is_gift: Geschenk
  order_tags: Stichworte
  order_shipping: Versand
constants: {currency: EUR, tax_included: yes}
words:
  is_gift: {ja: yes, nein: no}
  order_shipping: {frei: 0.00}
  order_tags: {presse: press}
"""
MARKET_HEAD = (
    "Bestellnr.;Tag;Uhrzeit;Artikel-Nr.;Artikel;Menge;Summe;Vorname;Nachname;Geschenk;Stichworte;"
    "Versand;Bemerkung"
)
MARKET_FILE = f"""\
Verkäufe
Stand: 1.4.2026

{MARKET_HEAD}
B-1;05.03.2026;09:30;007;Lampe;3;10,00;Änne;Muster;JA;Presse, vip;4,90;"eine ""Gabe""
bitte"
B-1;05.03.2026;09:30;BIRN;Birne;1;2,50;Änne;Muster;Ja;Presse, vip;4,90;
B-2;6.3.2026;7:05;BIRN;Birne;2;1.005,00;Bo;;;;frei;
"""


def test_a_market_s_export_is_read_as_ours() -> None:
    found = read_mapped(MARKET, MARKET_FILE)
    first, second = found.orders
    assert found.figures.format == "map:market"
    assert (first.order_id, first.placed_at, first.currency) == (
        "B-1",
        "2026-03-05T09:30:00+00:00",
        "EUR",
    )
    assert (first.customer_name, second.customer_name) == ("Änne Muster", "Bo")
    assert (first.is_gift, second.is_gift) == (True, False)
    assert (first.tags, second.tags) == (("press", "vip"), ())
    lamp, bulb = first.lines
    assert (lamp.line, lamp.sku, lamp.title) == (1, "007", "Lampe")
    # 10.00 for three: the unit is rounded, the line is not
    assert (lamp.unit_price_minor, lamp.quantity, lamp.items_minor) == (333, 3, 1000)
    assert (bulb.line, bulb.unit_price_minor, bulb.items_minor) == (2, 250, 250)
    # the second row starts behind a newline in quotes
    assert (lamp.source_line, bulb.source_line, second.source_line) == (5, 7, 8)
    assert (first.total_minor, second.total_minor) == (1740, 100500)
    assert (second.placed_at, second.shipping_minor) == ("2026-03-06T07:05:00+00:00", 0)
    assert found.codes == []
    assert (found.figures.rows, found.figures.orders, found.figures.lines) == (3, 2, 3)


@pytest.mark.parametrize(
    ("change", "code", "line", "column", "value"),
    [
        (("05.03.2026;09:30;007", "31.02.2026;09:30;007"), "E-DATE", 5, "Tag + Uhrzeit",
         "31.02.2026 09:30"),
        (("BIRN;Birne;1;", "BIRN;Birne;1x;"), "E-QTY", 7, "Menge", "1x"),
        (("2,50", "2,505"), "E-MONEY-PRECISION", 7, "Summe", "2,505"),
        (("2,50", ""), "E-MONEY", 7, "Summe", ""),
        ((";JA;", ";vielleicht;"), "E-VALUE", 5, "Geschenk", "vielleicht"),
        (("4,90;\"", "gratis;\""), "E-MONEY", 5, "Versand", "gratis"),
    ],
    ids=["date", "quantity", "precision", "no price", "flag", "shipping"],
)  # fmt: skip
def test_a_problem_names_their_column_and_line(
    change: tuple[str, str], code: str, line: int, column: str, value: str
) -> None:
    text = MARKET_FILE.replace(*change, 1)
    assert text != MARKET_FILE
    found = read_mapped(MARKET, text)
    (problem,) = [one for one in found.figures.problems if one.code != "E-ORDER-PART"]
    assert (problem.code, problem.line, problem.column, problem.value) == (
        code,
        line,
        column,
        value,
    )
    assert [order.order_id for order in found.orders] == ["B-2"]


def test_the_other_rows_of_a_refused_order_name_their_number_s_column() -> None:
    found = read_mapped(MARKET, MARKET_FILE.replace("Birne;1;", "Birne;0;"))
    assert found.codes == [("E-ORDER-PART", 5, "Bestellnr."), ("E-QTY", 7, "Menge")]


@pytest.mark.parametrize(
    ("mapping", "row", "code", "hint"),
    [
        (PLAIN, "1,03/04/2026,A,1,5.00", "E-DATE",
         "Name its style in m.yaml, `date_format: …`, or by --date-format."),
        (PLAIN + "date_format: DD.MM.YYYY", "1,03/04/2026,A,1,5.00", "E-DATE",
         "m.yaml says DD.MM.YYYY; 2026-03-05 is read beside it."),
        (PLAIN, "1,2026-04-03,A,1,1.234", "E-MONEY-AMBIGUOUS",
         "Say it in m.yaml, `decimal: dot` or `comma`, or by --decimal."),
        (PLAIN, '1,2026-04-03,A,1,"1,234"', "E-MONEY-AMBIGUOUS",
         "Say it in m.yaml, `decimal: dot` or `comma`, or by --decimal."),
    ],
    ids=["a date that could be two", "another style than the one named", "a dot", "a comma"],
)  # fmt: skip
def test_what_could_be_read_in_two_ways_is_refused_and_the_key_named(
    mapping: str, row: str, code: str, hint: str
) -> None:
    problem = read_mapped(mapping, f"{HEAD}\n{row}\n").problem
    assert (problem.code, problem.hint) == (code, hint)


@pytest.mark.parametrize(
    ("given", "placed_at"),
    [
        ({}, "2026-04-03"),
        ({"date_format": "MM/DD/YYYY"}, "2026-03-04"),
    ],
    ids=["the mapping says it", "an option wins over the mapping"],
)
def test_a_date_is_read_in_the_style_that_is_said(given: dict[str, str], placed_at: str) -> None:
    mapping = PLAIN + "date_format: DD/MM/YYYY\n"
    assert read_mapped(mapping, f"{HEAD}\n1,03/04/2026,A,1,5\n", **given).order.placed_at == (
        placed_at
    )


@pytest.mark.parametrize(
    ("decimal", "price", "total"),
    [("dot", "1.234,00", None), ("dot", "1,234", 123400), ("comma", "1.234", 123400),
     ("comma", "1,2", 120), (None, "1,2", 120), (None, "1.234,50", 123450)],
)  # fmt: skip
def test_the_decimal_mark_is_the_one_that_is_said(
    decimal: str | None, price: str, total: int | None
) -> None:
    mapping = PLAIN + (f"decimal: {decimal}\n" if decimal else "")
    found = read_mapped(mapping, f'{HEAD}\n1,2026-04-03,A,1,"{price}"\n')
    assert [order.total_minor for order in found.orders] == ([] if total is None else [total])


def test_constants_hold_for_every_row_and_have_the_file_s_decimal_mark() -> None:
    mapping = PLAIN + (
        "decimal: comma\n"
        "constants: {currency: USD, order_shipping: 4.90, channel: web, is_gift: yes,"
        " shipped_at: 2026-03-02, ship_country: US, weight_g: 200}\n"
    )
    order = read_mapped(mapping, f"{HEAD}\n1,2026-03-01,A,2,5\n", channel="pos").order
    assert (order.currency, order.total_minor, order.shipping_minor) == ("USD", 1490, 490)
    assert (order.channel, order.is_gift, order.shipped_at) == ("web", True, "2026-03-02")
    assert (order.ship_to.country, order.lines[0].weight_g) == ("US", 200)


def test_without_a_currency_the_shop_s_is_taken_and_one_is_needed() -> None:
    text = f"{HEAD}\n1,2026-03-01,A,2,5\n"
    assert read_mapped(PLAIN, text).order.currency == "EUR"
    error = refused(PLAIN, text, currency=None)
    assert (error.code, error.where) == ("E-CURRENCY-MISSING", "-:1")


def test_line_numbers_of_the_file_are_kept_others_are_counted() -> None:
    text = f"{HEAD},Pos\n1,2026-03-01,A,1,5,20\n1,2026-03-01,B,1,5,10\n"
    numbered = read_mapped(PLAIN + "  line_no: Pos\n", text).order
    assert [(line.line, line.sku) for line in numbered.lines] == [(10, "B"), (20, "A")]
    counted = read_mapped(PLAIN, text).order
    assert [(line.line, line.sku) for line in counted.lines] == [(1, "A"), (2, "B")]


def test_rows_of_one_order_need_not_be_adjacent() -> None:
    rows = "1,2026-03-01,A,1,5\n2,2026-03-01,B,1,5\n1,2026-03-01,C,1,5\n"
    found = read_mapped(PLAIN, f"{HEAD}\n{rows}")
    assert {order.order_id: [line.sku for line in order.lines] for order in found.orders} == {
        "1": ["A", "C"],
        "2": ["B"],
    }


def test_channels_are_translated_and_tell_orders_apart() -> None:
    mapping = PLAIN + "  channel: Shop\nwords: {channel: {Webshop DE: web, web: pos}}\n"
    rows = (
        "1,2026-03-01,A,1,5,webshop de\n1,2026-03-01,B,1,5,\n1,2026-03-01,C,1,5,Web\n"
        "2,2026-03-01,D,1,5,Laden\n"
    )
    found = read_mapped(mapping, f"{HEAD},Shop\n{rows}")
    assert [(o.channel, o.order_id, [line.sku for line in o.lines]) for o in found.orders] == [
        ("web", "1", ["A", "B"]),
        ("pos", "1", ["C"]),
        ("Laden", "2", ["D"]),
    ]


def test_words_also_stand_for_empty_cells_and_pass_others_through() -> None:
    mapping = PLAIN + '  tier: Level\nwords: {tier: {"": basic, Gold  member: gold}}\n'
    rows = "1,2026-03-01,A,1,5,\n2,2026-03-01,A,1,5,GOLD MEMBER\n3,2026-03-01,A,1,5,silver\n"
    found = read_mapped(mapping, f"{HEAD},Level\n{rows}")
    assert [order.customer_tier for order in found.orders] == ["basic", "gold", "silver"]


def test_one_column_may_serve_two_of_ours() -> None:
    order = read_mapped(PLAIN + "  title: Article\n", f"{HEAD}\n1,2026-03-01,A 1,1,5\n").order
    assert (order.lines[0].sku, order.lines[0].title) == ("A 1", "A 1")


@pytest.mark.parametrize(
    ("columns", "row", "style", "total", "taxes", "codes"),
    [
        pytest.param("order_tax: Tax, order_total: Total", "19.00,119.00", TaxStyle.ON_TOP, 11900,
                     [950, 950], [], id="the total tells that tax is on top"),
        pytest.param("order_tax: Tax, order_total: Total", "19.00,100.00", TaxStyle.INCLUDED,
                     10000, [950, 950], [], id="the total tells that tax is included"),
        pytest.param("order_total: Total", "0,100.00", TaxStyle.NONE, 10000, [0, 0], [],
                     id="a total and no tax"),
        pytest.param("order_tax: Tax", "19.00,", TaxStyle.ON_TOP, 11900, [950, 950], [],
                     id="a tax and no total: as the shop does"),
        pytest.param("order_total: Total", "0,101.00", TaxStyle.NONE, 10100, [0, 0],
                     [("W-TOTAL-MISMATCH", 2, "Total")], id="a total that does not add up"),
        pytest.param("order_tax: Tax, order_total: Total", ",", TaxStyle.NONE, 10000, [0, 0], [],
                     id="empty cells say nothing"),
    ],
)  # fmt: skip
def test_order_level_tax_and_total(
    columns: str, row: str, style: TaxStyle, total: int, taxes: list[int],
    codes: list[tuple[str, int, str]],
) -> None:  # fmt: skip
    mapping = PLAIN + "".join(f"  {one.strip()}\n" for one in columns.split(","))
    rows = f"1,2026-03-01,A,1,50,{row}\n1,2026-03-01,B,1,50,{row}\n"
    found = read_mapped(mapping, f"{HEAD},Tax,Total\n{rows}")
    order = found.order
    assert (order.tax_style, order.total_minor) == (style, total)
    assert [line.tax_minor for line in order.lines] == taxes
    assert found.codes == codes


@pytest.mark.parametrize(
    ("included", "style", "total", "mismatch"),
    [("yes", TaxStyle.INCLUDED, 11900, "19.00"), ("no", TaxStyle.ON_TOP, 11900, None)],
)
def test_a_tax_style_that_is_said_is_not_guessed_from_the_total(
    included: str, style: TaxStyle, total: int, mismatch: str | None
) -> None:
    mapping = PLAIN + (
        f"  order_tax: Tax\n  order_total: Total\nconstants: {{tax_included: {included}}}\n"
    )
    rows = "1,2026-03-01,A,1,50,19,119\n1,2026-03-01,B,1,50,19,119\n"
    found = read_mapped(mapping, f"{HEAD},Tax,Total\n{rows}")
    assert (found.order.tax_style, found.order.total_minor) == (style, total)
    assert found.problem_values() == ([mismatch] if mismatch else [])


def test_line_taxes_are_kept_beside_a_stated_total() -> None:
    mapping = PLAIN + "  line_tax: Tax\n  order_total: Total\n"
    rows = "1,2026-03-01,A,1,50,5,110\n1,2026-03-01,B,1,50,5,\n"
    order = read_mapped(mapping, f"{HEAD},Tax,Total\n{rows}").order
    assert (order.total_minor, [line.tax_minor for line in order.lines]) == (11000, [500, 500])


@pytest.mark.parametrize(
    ("refunded", "codes"),
    [("100.00", []), ("0", []), ("100.01", [("E-REFUND-OVER", 2, "Back")])],
    ids=["all of it", "nothing", "more than all"],
)
def test_what_was_refunded_before_counts(refunded: str, codes: list[tuple[str, int, str]]) -> None:
    mapping = PLAIN + "  order_refunded: Back\n"
    found = read_mapped(mapping, f"{HEAD},Back\n1,2026-03-01,A,2,50,{refunded}\n")
    assert found.codes == codes
    assert [f"{order.refunded_minor / 100:.2f}" for order in found.orders] == (
        [] if codes else [f"{float(refunded):.2f}"]
    )


def test_a_discount_above_the_order_is_refused_with_a_total_too() -> None:
    mapping = PLAIN + "  order_discount: Off\n  order_total: Total\n"
    found = read_mapped(mapping, f"{HEAD},Off,Total\n1,2026-03-01,A,1,50,51,0\n")
    assert found.codes == [("E-MONEY", 2, "Off")]


ORDERS = """
one_row_per: order
columns: {order_id: No, placed_at: Day, order_shipping: Freight}
items:
  - {sku: SKU 1, title: Item 1, quantity: Qty 1, unit_price: Price 1}
  - {sku: SKU 2, quantity: Qty 2, unit_price: Price 2}
  - {sku: SKU 3, quantity: Qty 3, unit_price: Price 3}
"""
ORDERS_HEAD = "No,Day,Freight,SKU 1,Item 1,Qty 1,Price 1,SKU 2,Qty 2,Price 2,SKU 3,Qty 3,Price 3"


def test_a_row_may_hold_a_whole_order() -> None:
    rows = "1,2026-03-01,4,A,Mug,2,5,B,1,7.50,,,\n2,2026-03-01,,A,Mug,1,5,,,,C,3,1\n"
    found = read_mapped(ORDERS, f"{ORDERS_HEAD}\n{rows}")
    first, second = found.orders
    assert [(one.line, one.sku, one.title, one.quantity) for one in first.lines] == [
        (1, "A", "Mug", 2),
        (2, "B", "", 1),
    ]
    assert [(one.line, one.sku, one.quantity) for one in second.lines] == [(1, "A", 1), (2, "C", 3)]
    assert (first.total_minor, second.total_minor) == (2150, 800)
    assert (found.figures.rows, found.figures.lines, found.figures.rejected) == (2, 4, 0)


@pytest.mark.parametrize(
    ("row", "codes"),
    [
        ("1,2026-03-01,4,A,Mug,2,5,B,0,7.50,,,", [("E-QTY", 2, "Qty 2")]),
        ("1,2026-03-01,4,A,Mug,2,5,B,1,7.50,C,1,x", [("E-MONEY", 2, "Price 3")]),
        ("1,2026-03-01,4,,,,,,,,,,", [("E-QTY", 2, "Qty 1")]),
        ("1,2026-03-01,x,A,Mug,2,5,,,,,,", [("E-MONEY", 2, "Freight")]),
        ("1,2026-03-01,,A,Mug,80995,0,B,1,0,,,", [("W-QTY-LARGE", 2, "Qty 1 / Qty 2 / Qty 3")]),
    ],
)
def test_a_problem_of_an_item_names_the_item_s_column(
    row: str, codes: list[tuple[str, int, str]]
) -> None:
    assert read_mapped(ORDERS, f"{ORDERS_HEAD}\n{row}\n").codes == codes


def test_an_order_of_one_row_stands_once() -> None:
    rows = "1,2026-03-01,4,A,Mug,2,5,,,,,,\n2,2026-03-01,4,A,Mug,2,5,,,,,,\n"
    found = read_mapped(ORDERS, f"{ORDERS_HEAD}\n{rows}{rows[:-1].splitlines()[0]}\n")
    assert found.codes == [("E-ORDER-PART", 2, "No"), ("E-ORDER-CONFLICT", 4, "No")]
    assert [order.order_id for order in found.orders] == ["2"]


@pytest.mark.parametrize(
    ("content", "line"),
    [
        pytest.param("{head}\n{row}\n", 1, id="no preamble at all"),
        pytest.param("a,b\n{head}\n{row}\n", 2, id="one line"),
        pytest.param("\n\n\n\n{head}\n{row}\n", 5, id="blank lines"),
        pytest.param('"a\nb"\n{head}\n{row}\n', 3, id="a title over two lines"),
        pytest.param("sep=,\r\n{head}\r\n{row}\r\n", 2, id="a spreadsheet's sep="),
    ],
)
def test_the_header_is_found_by_its_names(content: str, line: int) -> None:
    text = content.format(head=HEAD, row="1,2026-03-01,A,1,5")
    found = read_mapped(PLAIN, text)
    assert found.order.source_line == line + 1


def test_a_long_preamble_is_stated() -> None:
    text = "note\n" * 25 + f"{HEAD}\n1,2026-03-01,A,1,5\n"
    assert refused(PLAIN, text).code == "E-CSV-HEADER"
    assert read_mapped(PLAIN + "preamble: 25\n", text).order.source_line == 27


@pytest.mark.parametrize(("sign", "key"), [(";", ""), ("\t", ""), ("^", 'delimiter: "^"\n')])
def test_cells_are_parted_by_the_sign_that_fits(sign: str, key: str) -> None:
    text = f"{HEAD}\n1,2026-03-01,A,1,5\n".replace(",", sign)
    found = read_mapped(PLAIN + key, text)
    assert found.order.total_minor == 500


def test_quotes_may_be_text() -> None:
    text = f'{HEAD}\n1,2026-03-01,36" rod,1,5\n1,2026-03-01,"B,1,5\n'
    assert [line.sku for line in read_mapped(PLAIN + "quotes: no\n", text).order.lines] == [
        '36" rod',
        '"B',
    ]
    assert refused(PLAIN, text).code == "E-CSV-UNCLOSED-QUOTE"


def test_names_are_compared_as_in_every_file() -> None:
    text = "\ufeffNUMBER, day ,Article,Pieces,price\n1,2026-03-01,A,1,5\n"
    assert read_mapped(PLAIN, text).order.order_id == "1"


@pytest.mark.parametrize(
    ("head", "code", "column", "words"),
    [
        ("Nummer,Day,Article,Pieces,Price", "E-CSV-HEADER", "Number",
         "The column Number (m.yaml:3) is missing; Nummer stands there in place of Number."),
        ("Number,Day,Article,Qty,Cost", "E-CSV-HEADER", "Pieces",
         "The columns Pieces (m.yaml:6), Price (m.yaml:7) are not in the file."),
        ("Number,Day,Article,Pieces,Price,number", "E-CSV-DUP-HEADER", "Number", ""),
    ],
)  # fmt: skip
def test_a_file_without_the_mapping_s_columns_is_refused(
    head: str, code: str, column: str, words: str
) -> None:
    error = refused(PLAIN, f"{head}\n1,2026-03-01,A,1,5\n")
    assert (error.code, error.where) == (code, f"-:1 column {column}")
    assert words in str(error)


def test_an_unread_column_may_stand_twice() -> None:
    found = read_mapped(PLAIN, f"{HEAD},Note,Note\n1,2026-03-01,A,1,5,a,b\n")
    assert found.codes == [("W-CSV-DUP-HEADER", 1, "Note")]


@pytest.mark.parametrize("content", ["", "\n \n", "\ufeff\n", "\n" * 25 + HEAD])
def test_an_empty_file_is_refused(content: str) -> None:
    assert refused(PLAIN, content).code == "E-FILE-EMPTY"


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ("1,2026-03-01,A,1", "E-CSV-RAGGED", None),
        ("1,2026-03-01,A,1,5,x", "E-CSV-RAGGED", None),
        ("1,2026-03-01,A\0,1,5", "E-CSV-NUL", "Article"),
        ("1,2026-03-01," + "A" * 32_768 + ",1,5", "E-CSV-FIELD-TOO-LONG", "Article"),
        (",2026-03-01,A,1,5", "E-ORDER-ID-MISSING", "Number"),
        ("1,2026-03-01,1.2E+12,1,5", "W-ID-EXCEL", "Article"),
        ("1,2026-03-01,A,1,5,", "W-CSV-EXTRA-EMPTY", None),
    ],
)
def test_rows_are_judged_as_in_every_file(row: str, code: str, column: str | None) -> None:
    assert read_mapped(PLAIN, f"{HEAD}\n{row}\n").codes == [(code, 2, column)]


def test_each_row_at_fault_says_its_own() -> None:
    rows = "1,2026-03-01,A,1,5\n1,2026-03-01,B,1\n1,2026-03-01,C,x,5\n"
    assert read_mapped(PLAIN, f"{HEAD}\n{rows}").codes == [
        ("E-ORDER-PART", 2, "Number"),
        ("E-CSV-RAGGED", 3, None),
        ("E-QTY", 4, "Pieces"),
    ]


def test_control_characters_are_seen_in_every_column_that_a_cell_is_made_of() -> None:
    mapping = PLAIN + "  customer_name: [First, Last]\n"
    found = read_mapped(mapping, f"{HEAD},First,Last\n1,2026-03-01,A,1,5,Ann,B\x1b[1m\n")
    assert found.codes == [("W-CELL-CONTROL", 2, "Last")]


def test_another_encoding_is_read_by_the_mapping_and_an_option_wins() -> None:
    mapping = PLAIN + "encoding: cp1252\n"
    text = f"{HEAD}\n1,2026-03-01,Ö,1,5\n"
    assert read_mapped(mapping, text.encode("cp1252")).order.lines[0].sku == "Ö"
    assert read_mapped(mapping, text.encode(), encoding="utf-8").order.lines[0].sku == "Ö"
    assert refused(PLAIN, text.encode("cp1252")).code == "E-ENC-INVALID"


def test_a_mended_reject_file_is_read_with_the_same_mapping() -> None:
    mapping = MARKET + "encoding: cp1252\nquotes: no\n"
    text = f'Titel\nx\n{MARKET_HEAD}\nB-3;05.03.2026;09:30;Ä;Öl, "kalt;1;x;A;B;;;;\n'
    (rejects,) = read_mapped(mapping, text.encode("cp1252")).rejects.values()
    mended = rejects.replace(",x,A,B", ',"2,50",A,B')
    assert mended != rejects
    found = read_mapped(mapping, mended)
    assert found.codes == []
    assert (found.order.lines[0].title, found.order.total_minor) == ('Öl, "kalt', 250)


def test_several_files_are_read_with_one_mapping() -> None:
    other = "Price;Number;Day;Article;Pieces\n5;2;2026-03-01;A;1\n"
    found = read_mapped(PLAIN, f"{HEAD}\n1,2026-03-01,A,1,5\n", other)
    assert [order.order_id for order in found.orders] == ["1", "2"]


def test_a_mapping_wins_over_a_format_that_fits() -> None:
    mapping = PLAIN.replace("Number", "order_id").replace("Day", "placed_at")
    mapping = mapping.replace("Article", "other").replace("Pieces", "quantity")
    mapping = mapping.replace("Price", "unit_price")
    columns = "order_id,placed_at,currency,line_no,sku,quantity,unit_price,other"
    found = read_mapped(mapping, f"{columns}\n1,2026-03-01,EUR,1,A,1,5,B\n")
    assert found.order.lines[0].sku == "B"


def test_a_named_format_and_a_mapping_contradict_each_other() -> None:
    with pytest.raises(UsageError) as caught:
        read_orders([stream(HEAD)], options(PLAIN, source_format="generic"))
    assert caught.value.where == "--from --map"


def test_without_the_mapping_the_file_is_not_known() -> None:
    assert refusal(f"{HEAD}\n".encode(), options=ReadOptions()).code == "E-FORMAT-UNKNOWN"
