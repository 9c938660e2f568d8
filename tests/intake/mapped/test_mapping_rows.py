"""Requests from forms, customers, products and deliveries through a mapping."""

from __future__ import annotations

from typing import Any

import pytest

from returns_cli.domain.errors import Problem
from returns_cli.domain.model import Customer, Product
from returns_cli.domain.vocabulary import Kind, Resolution
from returns_cli.intake import (
    ReadOptions,
    RequestRow,
    read_customers,
    read_products,
    read_requests,
)
from tests.intake.mapped_files import options, stream

FORM = """
mapping: return-form
date_format: M/D/YYYY H:MM:SS
columns:
  requested_at: Timestamp
  order_id: "What is your order number?"
  sku: Which product?
  quantity: How many?
  reason: Why do you send it back?
  want: What would you like?
  note: [Anything else?, Your name]
words:
  sku: {"The red scarf": SCRF-RED}
  reason: {"Doesn't fit, too small": too_small, It is broken: defective}
  want: {My money back: refund, A voucher: store_credit}
constants: {channel: web}
"""
FORM_HEAD = (
    "Timestamp,What is your order number? ,Which product?,How many?,Why do you send it back?,"
    "What would you like?,Anything else?,Your name"
)
FORM_ROWS = (
    '3/9/2026 9:05:07,#1001,the red  scarf,1,"Doesn\'t fit, too small",A voucher,"Oh,\nno",Ann B',
    "3/10/2026 21:00:00,1002,MUG,,No idea,,,Bo",
)


def requests(text: str, mapping: str = FORM) -> tuple[list[RequestRow], tuple[Problem, ...]]:
    given = options(mapping, "requests import")
    with read_requests([stream(text)], given) as reading:
        assert reading.format.startswith("map:")
        return list(reading), reading.problems


def test_a_form_s_answers_are_requests() -> None:
    rows, problems = requests("\n".join((FORM_HEAD, *FORM_ROWS)) + "\n")
    first, second = rows
    assert (first.order_id, first.sku, first.quantity) == ("#1001", "SCRF-RED", 1)
    assert (first.reason, first.want) == ("too_small", Resolution.STORE_CREDIT)
    assert first.requested_at == "2026-03-09T09:05:07+00:00"
    assert (first.note, first.channel, first.place.line) == ("Oh,\nno Ann B", "web", 2)
    assert (second.sku, second.quantity, second.reason) == ("MUG", None, "No idea")
    assert (second.want, second.note, second.place.line) == (Resolution.REFUND, "Bo", 4)
    assert problems == ()


@pytest.mark.parametrize(
    ("change", "code", "column", "value"),
    [
        (("3/9/2026", "13/9/2026"), "E-DATE", "Timestamp", "13/9/2026 9:05:07"),
        (("#1001", ""), "E-ORDER-ID-MISSING", "What is your order number?", ""),
        ((",1,", ",one,"), "E-QTY", "How many?", "one"),
        (("A voucher", "Cake"), "E-VALUE", "What would you like?", "Cake"),
    ],
    ids=["date", "order", "quantity", "want"],
)
def test_a_refused_answer_names_the_form_s_question(
    change: tuple[str, str], code: str, column: str, value: str
) -> None:
    _, (problem,) = requests(f"{FORM_HEAD}\n{FORM_ROWS[0].replace(*change, 1)}\n")
    assert (problem.code, problem.line, problem.column, problem.value) == (code, 2, column, value)


def test_a_form_s_date_that_could_be_two_is_refused_until_the_mapping_says_its_style() -> None:
    mapping = FORM.replace("date_format: M/D/YYYY H:MM:SS\n", "")
    rows, (problem,) = requests(f"{FORM_HEAD}\n{FORM_ROWS[0]}\n", mapping)
    assert (rows, problem.code, problem.column) == ([], "E-DATE", "Timestamp")
    assert problem.hint == "Name its style in m.yaml, `date_format: …`, or by --date-format."


def test_an_answer_is_known_again_by_what_it_says_in_our_words() -> None:
    """The key is that of the same request in a file of ours: other columns do not count."""
    head = "Order,What,Why,Comment"
    mapping = (
        "columns: {order_id: Order, sku: What, reason: Why}\nwords: {reason: {Tight: too_small}}"
    )
    ours = stream("order_id,sku,reason\n1,A,too_small\n1,A,too_small\n")
    with read_requests([ours], ReadOptions()) as reading:
        expected = [row.key for row in reading]
    rows, _ = requests(f"{head}\n1,A,tight,x\n1,A,TIGHT,y\n", mapping)
    assert [row.key for row in rows] == expected
    assert expected[0] != expected[1]


def test_a_withdrawal_form_asks_for_no_reason() -> None:
    mapping = "columns: {order_id: Order, line_no: Line}\nconstants: {kind: withdrawal}"
    ((row,), problems) = requests("Order,Line\n1001,2\n", mapping)
    assert (row.kind, row.line, row.reason, problems) == (Kind.WITHDRAWAL, 2, "", ())


def customers(mapping: str, text: str) -> list[Customer]:
    with read_customers([stream(text)], options(mapping, "customers import")) as reading:
        return [row.customer for row in reading]


def test_customers_of_a_newsletter_tool() -> None:
    mapping = """
list_separator: ";"
columns: {email: E-Mail, name: [First, Last], tier: Level, tags: Groups}
words: {tier: {VIP: gold}, tags: {press list: press}}
constants: {language: de}
"""
    (found,) = customers(
        mapping, "E-Mail,First,Last,Level,Groups\na@example.com,A,B,vip,Press list; x\n"
    )
    assert found == Customer(
        email="a@example.com", name="A B", tier="gold", tags=("press", "x"), language="de"
    )


@pytest.mark.parametrize(
    ("decimal", "price", "expected"),
    [("comma", "1.234,50", "1234.50"), ("comma", "1.234", "1234.00"), ("dot", "1.23", "1.23")],
)
def test_products_of_a_stock_list(decimal: str, price: str, expected: str) -> None:
    mapping = f"""
decimal: {decimal}
columns: {{sku: Code, title: Name, price: VK, perishable: Frisch}}
words: {{perishable: {{x: yes, "": no}}}}
"""
    text = f'Code,Name,VK,Frisch\n007,Käse,"{price}",X\n008,Brett,,\n'
    with read_products([stream(text)], options(mapping, "products import")) as reading:
        found = [row.product for row in reading]
    assert [one.price.removesuffix(" EUR") for one in found] == [expected, ""]
    assert [one._replace(price="") for one in found] == [
        Product(sku="007", title="Käse", perishable=True),
        Product(sku="008", title="Brett"),
    ]


def test_a_price_that_could_be_two_is_refused() -> None:
    given: Any = options("columns: {sku: Code, price: VK}", "products import")
    with read_products([stream("Code,VK\nA,1.234\n")], given) as reading:
        assert (list(reading), [one.column for one in reading.problems]) == ([], ["VK"])
        assert reading.problems[0].code == "E-MONEY-AMBIGUOUS"


def test_a_ragged_row_is_refused_before_it_is_mapped() -> None:
    _, (problem,) = requests(f"{FORM_HEAD}\n3/9/2026 9:05:07,#1001\n")
    assert (problem.code, problem.line) == ("E-CSV-RAGGED", 2)
