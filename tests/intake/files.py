"""Small files in the exact layouts, for the tests of the readers; all people are invented."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from returns_cli.domain.errors import InvalidError, Problem
from returns_cli.domain.model import Order
from returns_cli.intake import ImportFigures, OrderReading, ReadOptions, read_orders

SHOPIFY_COLUMNS = (
    "Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,"
    "Currency,Subtotal,Shipping,Taxes,Total,Discount Code,Discount Amount,Shipping Method,"
    "Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem compare at price,"
    "Lineitem sku,Lineitem requires shipping,Lineitem taxable,Lineitem fulfillment status,"
    "Billing Name,Billing Street,Billing Address1,Billing Address2,Billing Company,Billing City,"
    "Billing Zip,Billing Province,Billing Country,Billing Phone,Shipping Name,Shipping Street,"
    "Shipping Address1,Shipping Address2,Shipping Company,Shipping City,Shipping Zip,"
    "Shipping Province,Shipping Country,Shipping Phone,Notes,Note Attributes,Cancelled at,"
    "Payment Method,Payment Reference,Refunded Amount,Vendor,Outstanding Balance,Employee,"
    "Location,Device ID,Id,Tags,Risk Level,Source,Lineitem discount,Tax 1 Name,Tax 1 Value,"
    "Tax 2 Name,Tax 2 Value,Tax 3 Name,Tax 3 Value,Tax 4 Name,Tax 4 Value,Tax 5 Name,Tax 5 Value,"
    "Phone,Receipt Number,Duties,Billing Province Name,Shipping Province Name,Payment ID,"
    "Payment Terms Name,Next Payment Due At,Payment References"
).split(",")

GENERIC_COLUMNS = ("order_id,placed_at,currency,line_no,sku,quantity,unit_price").split(",")

FIRST = {
    "Name": "#1001",
    "Email": "ann@example.com",
    "Financial Status": "paid",
    "Fulfillment Status": "fulfilled",
    "Currency": "USD",
    "Subtotal": "30.00",
    "Shipping": "5.00",
    "Taxes": "2.40",
    "Total": "37.40",
    "Discount Amount": "0.00",
    "Created at": "2025-12-06 10:37:33 -0500",
    "Lineitem quantity": "2",
    "Lineitem name": "Mug",
    "Lineitem price": "10.00",
    "Lineitem sku": "MUG-1",
    "Lineitem taxable": "true",
    "Lineitem fulfillment status": "fulfilled",
    "Refunded Amount": "0.00",
    "Outstanding Balance": "0.00",
    "Lineitem discount": "0.00",
}
NEXT = {
    "Name": "#1001",
    "Email": "ann@example.com",
    "Created at": "2025-12-06 10:37:33 -0500",
    "Lineitem quantity": "1",
    "Lineitem name": "Jug",
    "Lineitem price": "10.00",
    "Lineitem sku": "JUG-1",
    "Lineitem taxable": "true",
    "Lineitem fulfillment status": "fulfilled",
    "Lineitem discount": "0.00",
}
LINE = {
    "order_id": "1",
    "placed_at": "2026-01-02",
    "currency": "USD",
    "line_no": "1",
    "sku": "A",
    "quantity": "1",
    "unit_price": "10.00",
}


def table(columns: list[str], *rows: Mapping[str, str], delimiter: str = ",") -> bytes:
    """A CSV file with these columns; a row's other keys are appended to the columns."""
    extra = [name for row in rows for name in row if name not in columns]
    columns = [*columns, *dict.fromkeys(extra)]
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="", delimiter=delimiter, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def shopify(*rows: Mapping[str, str]) -> bytes:
    """A Shopify export of 79 columns."""
    return table(SHOPIFY_COLUMNS, *rows)


def shopify_order(**changes: str) -> bytes:
    """The order #1001 of two lines; changes of its first row with ``_`` for spaces."""
    return shopify(FIRST | named(changes), NEXT)


def generic(*rows: Mapping[str, str]) -> bytes:
    """A generic orders file; each row is ``LINE`` with its changes."""
    return table(GENERIC_COLUMNS, *(LINE | dict(row) for row in rows))


def named(changes: Mapping[str, str]) -> dict[str, str]:
    """Column names with spaces from keyword names with underscores."""
    return {name.replace("_", " "): text for name, text in changes.items()}


@dataclass
class Read:
    """What came out of a file."""

    orders: list[Order]
    figures: ImportFigures
    rejects: dict[str, str]
    reading: OrderReading

    @property
    def codes(self) -> list[tuple[str, int | None, str | None]]:
        """Code, line and column of every problem."""
        return [(one.code, one.line, one.column) for one in self.figures.problems]

    def problem_values(self) -> list[str | None]:
        """The value of every problem."""
        return [one.value for one in self.figures.problems]

    @property
    def order(self) -> Order:
        """The only order."""
        (order,) = self.orders
        return order

    @property
    def problem(self) -> Problem:
        """The only problem."""
        (problem,) = self.figures.problems
        return problem


USD = ReadOptions(currency="USD")


def read(*contents: bytes | Path, options: ReadOptions = USD) -> Read:
    """Read files of orders to the end."""
    given = [one if isinstance(one, Path) else io.BytesIO(one) for one in contents]
    with read_orders(given, options) as reading:
        orders = list(reading)
        rejects = {one.name: "".join(one.lines) for one in reading.reject_files()}
        return Read(orders, reading.figures, rejects, reading)


def refusal(*contents: bytes | Path, options: ReadOptions = USD) -> InvalidError:
    """The error of a call whose files are refused."""
    try:
        read(*contents, options=options)
    except InvalidError as error:
        return error
    raise AssertionError("the file was not refused")
