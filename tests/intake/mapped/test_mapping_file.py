"""Mapping files: read strictly, every problem at its line and column, all at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from returns_cli.domain.errors import InvalidError, UsageError
from returns_cli.domain.shop import Reason, Tables
from returns_cli.domain.vocabulary import Fault
from returns_cli.intake.mapped.mapping import FileMapping
from returns_cli.intake.mapped.mapping_columns import COMMANDS, form_of
from returns_cli.intake.mapped.mapping_file import parse_mapping, read_mapping

ORDERS = "orders import"
REQUESTS = "requests import"
WHOLE = """\
mapping: market
reads: orders
encoding: cp1252
delimiter: semicolon
preamble: 2
quotes: no
decimal: comma
date_format: DD.MM.YYYY
timezone: Europe/Berlin
list_separator: ","
one_row_per: line
columns:
  order_id: Number
  placed_at: [Day, Time]
  sku: Article
  quantity: Pieces
  unit_price: Price
  is_gift: Gift
  order_shipping: Freight
constants:
  currency: EUR
  line_discount: 1.50
words:
  is_gift: {"Ja ": yes, nein: no, "": no}
  order_shipping: {frei: 0.00}
"""
LEAST = "columns: {order_id: N, placed_at: D, sku: S, quantity: Q, unit_price: P}\n"


def mapping(text: str, command: str = ORDERS, tables: Tables | None = None) -> FileMapping:
    return parse_mapping(text.encode(), "m.yaml", command, tables)


def problems(text: str | bytes, command: str = ORDERS, tables: Tables | None = None) -> list[str]:
    """Line, column and message of every problem."""
    data = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(InvalidError) as caught:
        parse_mapping(data, "m.yaml", command, tables)
    assert caught.value.code == "E-MAP"
    assert all((one.code, one.file) == ("E-MAP", "m.yaml") for one in caught.value.problems)
    assert all(one.hint for one in caught.value.problems)
    return [f"{one.line}:{one.column} {one.message}" for one in caught.value.problems]


def hint(text: str, command: str = ORDERS) -> str:
    with pytest.raises(InvalidError) as caught:
        parse_mapping(text.encode(), "m.yaml", command)
    return caught.value.problems[0].hint or ""


def test_a_mapping_with_every_key() -> None:
    found = mapping(WHOLE)
    assert found == FileMapping(
        name="market",
        file="m.yaml",
        columns={
            "order_id": ("Number",),
            "placed_at": ("Day", "Time"),
            "sku": ("Article",),
            "quantity": ("Pieces",),
            "unit_price": ("Price",),
            "is_gift": ("Gift",),
            "order_shipping": ("Freight",),
        },
        lines={
            "order_id": 13, "placed_at": 14, "sku": 15, "quantity": 16, "unit_price": 17,
            "is_gift": 18, "order_shipping": 19,
        },
        constants={"currency": "EUR", "line_discount": "1,50"},
        words={
            "is_gift": {"ja": "yes", "nein": "no", "": "no"},
            "order_shipping": {"frei": "0,00"},
        },
        list_separator=",",
        preamble=2,
        quotes=False,
        encoding="cp1252",
        date_format="DD.MM.YYYY",
        decimal="comma",
        timezone="Europe/Berlin",
        delimiter=";",
    )  # fmt: skip
    assert found.format_name == "map:market"
    assert found.named()["Time"] == 14


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("my market.yaml", "my-market"),
        ("maps/ÄÖ.yaml", "file"),
        ("a_b.c.yml", "a_b.c"),
    ],
)
def test_without_a_name_it_is_called_like_its_file(file: str, name: str) -> None:
    assert parse_mapping(LEAST.encode(), file, ORDERS).name == name


def test_constants_stand_for_columns_that_the_file_lacks() -> None:
    text = "columns: {order_id: N, placed_at: D, title: T, line_total: P}\nconstants: {quantity: 1}"
    assert mapping(text).constants == {"quantity": "1"}


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("columns: {order_id: N, sku: S, reason: R}", REQUESTS),
        ("columns: {order_id: N, sku: S}\nconstants: {reason: other}", REQUESTS),
        ("columns: {order_id: N, line_no: S}\nconstants: {kind: withdrawal}", REQUESTS),
        ("columns: {email: Mail, tier: Level}", "customers import"),
        ("columns: {sku: Code, perishable: Fresh}", "products import"),
        ("columns: {rma: R, at: When}\nconstants: {event: delivered}", "shipments import"),
    ],
    ids=["requests", "one reason for all", "withdrawals need no reason", "customers", "products",
         "shipments"],
)  # fmt: skip
def test_every_importing_command_takes_a_mapping(text: str, command: str) -> None:
    assert mapping(text, command).columns


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(LEAST + "colums: {}", ["2:1 'colums' is not a key of the mapping."], id="key"),
        pytest.param(
            LEAST.replace("sku", "sk"),
            ["1:10 `columns` does not say where sku or title stands.",
             "1:38 'sk' is not a key of columns."],
            id="a column that is none of ours",
        ),
        pytest.param(
            "mapping: a b\n" + LEAST, ["1:10 'a b' is not a name."], id="a name with a space"
        ),
        pytest.param(
            "reads: order\n" + LEAST, ["1:8 'order' is not known here."], id="reads nothing"
        ),
        pytest.param(
            "reads: requests\nx: 1\n" + LEAST,
            ["1:8 This mapping reads requests; orders import does not take it."],
            id="for another command",
        ),
        pytest.param("mapping: x\n", ["1:1 the mapping lacks `columns`."], id="no columns"),
        pytest.param(
            "columns:\n  order_id: N\n",
            [
                "2:3 `columns` does not say where placed_at stands.",
                "2:3 `columns` does not say where sku or title stands.",
                "2:3 `columns` does not say where quantity stands.",
                "2:3 `columns` does not say where unit_price or line_total stands.",
            ],
            id="all needed columns at once",
        ),
        pytest.param(
            LEAST.replace("N", "[]"), ["1:21 `order_id` in columns is an empty list."], id="empty"
        ),
        pytest.param(
            LEAST.replace("N", ""), ["1:21 `order_id` in columns must be a list of words."],
            id="nothing",
        ),
        pytest.param(
            LEAST.replace("N", "{a: b}"), ["1:21 `order_id` in columns must be a list of words."],
            id="a block for a name",
        ),
        pytest.param("columns: [a]\n", ["1:10 columns holds a list; it must be a block of keys."],
                     id="a list for a block"),
        pytest.param("- a\n", ["1:1 the mapping holds a list; it must be a block of keys."],
                     id="a list for the file"),
        pytest.param("x\n", ["1:1 the mapping holds a single value; it must be a block of keys."],
                     id="a word for the file"),
        pytest.param("encoding: cp125\n" + LEAST, ["1:1 There is no such text encoding."],
                     id="encoding"),
        pytest.param("encoding: base64\n" + LEAST, ["1:1 There is no such text encoding."],
                     id="a codec that is no text"),
        pytest.param("delimiter: semikolon\n" + LEAST, ["1:1 'semikolon' does not part cells."],
                     id="delimiter"),
        pytest.param("delimiter: '\"'\n" + LEAST, ["1:1 '\"' does not part cells."],
                     id="a quote for a delimiter"),
        pytest.param("delimiter: x\n" + LEAST, ["1:1 'x' does not part cells."],
                     id="a letter for a delimiter"),
        pytest.param("quotes: maybe\n" + LEAST, ["1:9 'maybe' is neither true nor false."],
                     id="quotes"),
        pytest.param("preamble: -1\n" + LEAST, ["1:11 '-1' is not a whole number."],
                     id="preamble"),
        pytest.param("preamble: 1001\n" + LEAST, ["1:11 1001 is out of range."],
                     id="a long preamble"),
        pytest.param("decimal: ';'\n" + LEAST, ["1:10 ';' is not known here."], id="decimal"),
        pytest.param(
            "date_format: DD.MM\n" + LEAST,
            ["1:1 The date format does not say where day, month and year stand."],
            id="date_format",
        ),
        pytest.param("timezone: Berlin\n" + LEAST, ["1:11 'Berlin' is not a time zone."],
                     id="timezone"),
        pytest.param("one_row_per: parcel\n" + LEAST, ["1:14 'parcel' is not known here."],
                     id="one_row_per"),
        pytest.param(LEAST + "constants: {currency: EURO}",
                     ["2:23 'EURO' is not a currency of ISO 4217."], id="a constant's currency"),
        pytest.param(LEAST + "constants: {tax_included: 7%}",
                     ["2:27 '7%' is neither true nor false."], id="a constant's flag"),
        pytest.param(LEAST + "constants: {order_shipping: '4,90'}",
                     ["2:29 '4,90' is not a number."], id="a constant's amount"),
        pytest.param(LEAST + "constants: {shipped_at: 03/04/2026}",
                     ["2:25 '03/04/2026' is not a day."], id="a constant's day"),
        pytest.param(LEAST + "constants: {ship_country: UK}",
                     ["2:27 'UK' is not a country's ISO code."], id="a constant's country"),
        pytest.param(LEAST + "constants: {sku: X}", ["2:13 `sku` stands below `columns` too."],
                     id="a column and a constant"),
        pytest.param(
            "columns: {placed_at: D, sku: S, quantity: Q, unit_price: P}\nconstants: {order_id: 1}",
            ["2:13 Every row would have the same order number."],
            id="one order number for all",
        ),
        pytest.param(LEAST.replace("N", "[N, M]"),
                     ["1:11 `order_id` is joined from several columns."], id="a joined number"),
        pytest.param(LEAST + "words: {order_id: {a: b}}",
                     ["2:20 Order numbers are not translated."], id="a translated number"),
        pytest.param(LEAST + "words: {is_gift: {ja: yes}}",
                     ["2:19 `is_gift` has words but no column."], id="words for nothing"),
        pytest.param(LEAST + "words: {is_gft: {ja: yes}}",
                     ["2:9 'is_gft' is not a key of words."], id="words for no column of ours"),
        pytest.param(LEAST + "words: {sku: {Ja: a, 'ja ': b}}",
                     ["2:22 'ja ' means a in line 2 already."], id="one word, two meanings"),
        pytest.param(
            LEAST.replace("P}", "P, is_gift: G}") + "words: {is_gift: {ja: oui}}",
            ["2:23 'oui' is neither true nor false."],
            id="a word that means nothing to us",
        ),
        pytest.param(LEAST.replace("P}", "P, line_total: T}"),
                     ["1:74 `unit_price` and `line_total` are both given."], id="two prices"),
        pytest.param(LEAST.replace("P}", "P, line_tax: T, order_tax: U}"),
                     ["1:87 `line_tax` and `order_tax` are both given."], id="two taxes"),
        pytest.param(LEAST + "items: [{sku: S2}]",
                     ["2:8 `items` needs rows that are orders.",
                      "2:10 `sku` stands below `columns` too."], id="items of lines"),
        pytest.param(
            "one_row_per: order\ncolumns: {order_id: N, placed_at: D}\nitems: []\n",
            ["2:10 `columns` does not say where sku or title stands.",
             "2:10 `columns` does not say where quantity stands.",
             "2:10 `columns` does not say where unit_price or line_total stands.",
             "3:8 `items` is an empty list."],
            id="no items",
        ),
        pytest.param(LEAST + "one_row_per: order\nitems: sku\n",
                     ["3:8 `items` holds a single value; it must be a list."], id="items no list"),
        pytest.param(
            "one_row_per: order\ncolumns: {order_id: N, placed_at: D}\n"
            "items:\n  - {sku: S, quantity: Q, unit_price: P}\n  - {sku: T, unit_price: R}\n",
            ["2:10 `columns` does not say where quantity stands."],
            id="an item without its quantity",
        ),
        pytest.param(
            "one_row_per: order\ncolumns: {order_id: N, placed_at: D}\n"
            "items: [{sku: S, quantity: Q, unit_price: P, currency: C}]\n",
            ["3:46 'currency' is not a key of an item."],
            id="an order's column in an item",
        ),
    ],
)  # fmt: skip
def test_a_wrong_mapping_says_where_and_what(text: str, expected: list[str]) -> None:
    assert problems(text) == expected


MISPLACED = "Write it below `columns`, or below `constants` where the file has no column for it."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (LEAST + "colums: {}", "Did you mean columns?"),
        (
            LEAST.replace("quantity", "quantitiy"),
            "Name their column, `quantity: …`, or fix it below `constants`.",
        ),
        ("sku: S\n" + LEAST.replace("sku", "title"), MISPLACED),
        ("currency: EUR\n" + LEAST, MISPLACED),
        ("reads: requests\n" + LEAST, "Use: returns requests import."),
        (
            "delimiter: x\n" + LEAST,
            "Write comma, semicolon, tab, bar, space, or one sign in quotes.",
        ),
        ("encoding: cp125\n" + LEAST, "Usual ones are utf-8, cp1252, gbk, shift_jis, utf-16."),
    ],
)
def test_a_hint_says_what_to_write(text: str, expected: str) -> None:
    assert hint(text) == expected


def test_a_mistyped_column_is_told_the_nearest_one() -> None:
    with pytest.raises(InvalidError) as caught:
        mapping(LEAST.replace("placed_at", "placedat"))
    assert [one.hint for one in caught.value.problems][1] == "Did you mean placed_at?"


def test_items_and_rows_of_orders_are_for_orders_alone() -> None:
    text = "columns: {order_id: N, sku: S, reason: R}\nitems: []\none_row_per: order\n"
    assert problems(text, REQUESTS) == [
        "2:1 'items' is not a key of the mapping.",
        "3:1 'one_row_per' is not a key of the mapping.",
    ]


def test_reasons_must_stand_in_the_shop_s_table() -> None:
    tables = Tables({"too_small": Reason("too_small", "Too small", Fault.CUSTOMER)}, {}, {})
    text = (
        "columns: {order_id: N, sku: S, reason: R}\n"
        "words: {reason: {tight: to_small, wide: too_large, small: too_small}}"
    )
    assert mapping(text, REQUESTS).words["reason"]["tight"] == "to_small"
    assert problems(text, REQUESTS, tables) == [
        "2:25 'to_small' is not a reason.",
        "2:41 'too_large' is not a reason.",
    ]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(b"", ["1:1 The file holds nothing."], id="nothing"),
        pytest.param(b"a: &x 1\nb: *x\n", ["1:4 &x names a place to repeat.",
                                          "2:4 *x repeats another place."], id="alias"),
        pytest.param(b"columns: !!map {}\n",
                     ["1:10 The tag tag:yaml.org,2002:map is not read."], id="tag"),
        pytest.param(b"columns: !!python/object/apply:os.system [ls]\n",
                     ["1:10 The tag tag:yaml.org,2002:python/object/apply:os.system is not read."],
                     id="a tag that would run"),
        pytest.param(b"<<: {a: b}\n", ["1:1 Merge keys (<<) are not read."], id="merge key"),
        pytest.param(b"a: 1\na: 2\n",
                     ["2:1 The key 'a' stands here again; the first is in line 1."],
                     id="a key twice"),
        pytest.param(b"[" * 30 + b"]" * 30, ["1:21 More than 20 levels are nested here."],
                     id="30 levels"),
        pytest.param(b"{a: " * 30_000, ["1:81 More than 20 levels are nested here."],
                     id="30,000 blocks"),
        pytest.param(b"a: 1\n---\nb: 2\n", ["2:1 A second document starts here."],
                     id="two documents"),
        pytest.param(b"mapping: caf\xe9\n", ["1:1 Byte 12 is not UTF-8."], id="not UTF-8"),
        pytest.param(b"\xff\xfea\x00", ["1:1 The file is UTF-16."], id="UTF-16"),
        pytest.param(b"mapping: a\x1b[31m\n", ["1:11 The invisible character U+001B stands here."],
                     id="an escape"),
        pytest.param(b'mapping: "\\u202e"\n', ["1:10 '\\u202e' is not a name.",
                                              "1:1 the mapping lacks `columns`."],
                     id="a direction sign"),
        pytest.param(b"x" * 262_145,
                     ["1:1 The file has 262145 bytes; more than 262144 are not read."], id="long"),
    ],
)  # fmt: skip
def test_a_hostile_file_is_refused_plainly(data: bytes, expected: list[str]) -> None:
    assert sorted(problems(data)) == sorted(expected)


def test_a_broken_file_is_refused_at_its_line() -> None:
    (said,) = problems("columns: {order_id: N\nsku\n")
    assert said.startswith("3:1 This is not YAML: ")


def test_several_problems_are_counted_in_the_error() -> None:
    with pytest.raises(InvalidError) as caught:
        mapping("columns: {}\nx: 1\n")
    assert str(caught.value).startswith("m.yaml has 6 problems; the first: ")
    assert caught.value.where == "m.yaml:1:10"


def test_a_mapping_that_cannot_be_opened_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        read_mapping(tmp_path, ORDERS)
    assert (caught.value.code, caught.value.where) == ("E-FILE-UNREADABLE", str(tmp_path))


def test_a_mapping_is_read_from_its_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + LEAST.encode())
    assert (read_mapping(path, ORDERS).name, read_mapping(path, ORDERS).file) == (
        "mine",
        "mine.yaml",
    )


@pytest.mark.parametrize("command", COMMANDS.values())
def test_our_columns_are_those_of_our_own_files(command: str) -> None:
    extra = {"line_total", "order_tax", "order_total", "order_refunded"}
    columns = form_of(command).columns
    assert (extra <= columns) == (command == ORDERS)
    assert columns - extra
