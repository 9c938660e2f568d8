"""The generic and the broken orders, the products, the customers and the shop's own file."""

from __future__ import annotations

import csv
from fractions import Fraction

import pytest

from tests.examples.example_files import EXAMPLES, Row, cents, expected, orders, rows, shown

DIGITS = {"JPY": 0, "KWD": 3}
BROKEN = "broken_orders.csv"


def generic_total(order: list[Row]) -> int:
    """FORMATS arithmetic of a generic order, in minor units."""
    first, digits = order[0], DIGITS[order[0]["currency"]]
    goods = sum(
        int(row["quantity"]) * cents(row["unit_price"], digits)
        - cents(row["line_discount"], digits)
        for row in order
    )
    on_top = first["tax_included"] == "false"
    tax = sum(cents(row["line_tax"], digits) for row in order) if on_top else 0
    discount, shipping = (
        cents(first[f"order_{name}"], digits) for name in ("discount", "shipping")
    )
    return goods - discount + shipping + tax


def test_the_generic_orders_come_to_the_promised_figures() -> None:
    figures = expected()["orders_generic.csv"]
    found = orders("orders_generic.csv", "order_id")
    totals: dict[str, int] = {}
    for order in found.values():
        totals[order[0]["currency"]] = totals.get(order[0]["currency"], 0) + generic_total(order)
    assert {name: shown(minor, DIGITS[name]) for name, minor in totals.items()} == figures["totals"]
    assert figures["rows"] == figures["lines"] == len(rows("orders_generic.csv"))
    assert figures["orders"] == len(found)
    assert figures["units"] == sum(int(row["quantity"]) for row in rows("orders_generic.csv"))


def test_order_level_values_of_the_generic_file_never_differ_within_an_order() -> None:
    level = ("order_discount", "order_shipping", "currency", "country", "tax_included", "is_gift")
    for order in orders("orders_generic.csv", "order_id").values():
        for name in level:
            assert len({row[name] for row in order if row[name]}) <= 1
        assert len({row["line_no"] for row in order}) == len(order)


def physical_lines(name: str) -> list[tuple[int, list[str]]]:
    """(line on which a record starts, its cells) of each row below the header."""
    with (EXAMPLES / name).open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        next(reader)
        starts, before = [], reader.line_num
        for cells in reader:
            starts.append((before + 1, cells))
            before = reader.line_num
    return starts


def test_the_broken_file_has_the_promised_problems_on_the_promised_lines() -> None:
    figures = expected()[BROKEN]
    by_line = dict(physical_lines(BROKEN))
    header = (EXAMPLES / BROKEN).read_text(encoding="utf-8").split("\n", 1)[0].split(",")
    assert len(by_line) == figures["rows"]
    refused = {one["line"] for one in figures["problems"] if one["code"].startswith("E-")}
    assert len(refused) == figures["rejected"]
    accepted = [cells for line, cells in by_line.items() if line not in refused]
    assert len(accepted) == figures["lines"]
    quantity, name, total = (header.index(n) for n in ("Lineitem quantity", "Name", "Total"))
    assert sum(int(cells[quantity]) for cells in accepted) == figures["units"]
    assert len({cells[name] for cells in accepted}) == figures["orders"]
    assert {"USD": shown(sum(cents(cells[total]) for cells in accepted))} == figures["totals"]
    refused_orders = {by_line[line][name] for line in refused}
    assert not refused_orders & {cells[name] for cells in accepted}


@pytest.mark.parametrize(
    ("line", "column", "cell"),
    [
        (6, "Lineitem price", "1,234"),
        (7, "Fulfillment Status", "shipped-ish"),
        (8, "Shipping Zip", "2134"),
        (9, "Outstanding Balance", "10.00"),
        (11, "Refunded Amount", "99.00"),
        (13, "Total", "97.50"),
        (14, "Currency", "USX"),
        (15, "Created at", "2026-02-30 09:00:00 -0500"),
        (17, "Lineitem quantity", "0"),
        (19, "Lineitem price", "12.505"),
        (20, "Lineitem price", "sixteen"),
        (21, "Created at", ""),
        (22, "Lineitem sku", "2.90410E+12"),
    ],
)
def test_a_broken_cell_is_where_it_is_said_to_be(line: int, column: str, cell: str) -> None:
    header = (EXAMPLES / BROKEN).read_text(encoding="utf-8").split("\n", 1)[0].split(",")
    assert dict(physical_lines(BROKEN))[line][header.index(column)] == cell
    promised = {(one["line"], one["column"]) for one in expected()[BROKEN]["problems"]}
    assert (line, column) in promised


def test_the_broken_total_is_one_dollar_too_high_and_the_ragged_row_one_cell_too_long() -> None:
    by_line = dict(physical_lines(BROKEN))
    header = (EXAMPLES / BROKEN).read_text(encoding="utf-8").split("\n", 1)[0].split(",")
    row = dict(zip(header, by_line[10], strict=True))
    fits = cents(row["Subtotal"]) + cents(row["Shipping"]) + cents(row["Taxes"])
    assert cents(row["Total"]) == fits + 100
    assert [line for line, cells in by_line.items() if len(cells) != 79] == [16]
    assert by_line[16][79:] == ["checked by Jo"]


def test_every_sku_sold_is_a_product_and_its_number_is_no_real_products() -> None:
    products = {row["sku"]: row for row in rows("products.csv")}
    assert len(products) == expected()["products.csv"]["rows"]
    sold = {row["Lineitem sku"] for row in rows("orders_export.csv")}
    assert sold <= set(products)
    for product in products.values():
        if product["gtin"]:
            digits = [int(sign) for sign in reversed(product["gtin"])]
            assert len(digits) == 13
            assert product["gtin"].startswith("2")  # GS1 prefix 20-29: for use inside a shop
            assert sum(digit * (3 if i % 2 else 1) for i, digit in enumerate(digits)) % 10 == 0


@pytest.mark.parametrize(
    ("sku", "column"),
    [
        ("SWIM-BLU-M", "sealed_hygiene"),
        ("LAMP-BRS", "serial_required"),
        ("BATT-LI", "hazmat"),
        ("TEA-SMK", "perishable"),
        ("ENGR-TAG", "personalised"),
        ("GIFT-50", "digital"),
    ],
)
def test_each_flag_is_on_some_product(sku: str, column: str) -> None:
    flagged = {row["sku"] for row in rows("products.csv") if row[column] == "true"}
    assert sku in flagged


def test_final_sale_products_are_tagged() -> None:
    tagged = [row["sku"] for row in rows("products.csv") if "final-sale" in row["tags"].split("|")]
    assert tagged == ["DRS-PLM-12", "CAP-OLV"]


def test_titles_and_prices_of_products_are_those_of_the_export() -> None:
    products = {row["sku"]: row for row in rows("products.csv")}
    for order in orders("orders_export.csv", "Name").values():
        for row in order:
            product = products[row["Lineitem sku"]]
            assert product["title"] == row["Lineitem name"]
            if order[0]["Currency"] == "USD":
                assert Fraction(product["price"]) == Fraction(row["Lineitem price"])


def test_the_gold_customer_has_orders_in_the_export() -> None:
    gold = [row["email"] for row in rows("customers.csv") if row["tier"] == "gold"]
    assert gold == ["anh.nguyen@example.com"]
    mails = [order[0]["Email"] for order in orders("orders_export.csv", "Name").values()]
    assert mails.count(gold[0]) == 2
    assert all(row["email"] in mails for row in rows("customers.csv"))
