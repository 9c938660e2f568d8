"""The customers CSV: tiers, tags and languages of known customers."""

from __future__ import annotations

from collections.abc import Sequence

from returns_cli.domain.model import Customer
from returns_cli.intake.formats import CUSTOMERS
from returns_cli.intake.opening import Given
from returns_cli.intake.records import CustomerRow, ReadOptions, RowKey, RowPlace
from returns_cli.intake.row_cells import RowCells
from returns_cli.intake.row_files import RowReading, read_rows


def read_customers(given: Sequence[Given], options: ReadOptions) -> RowReading[CustomerRow]:
    """Open files of customers, for ``customers import``.

    The same customer twice with other values in one file refuses the later row.

    Raises:
        UsageError: a path cannot be read, an option makes no sense.
        InvalidError: a file is refused as a whole.
    """
    return read_rows(given, options, CUSTOMERS, lambda _: _Customers().read)


class _Customers:
    """The rows of one file; remembers who stood in it."""

    def __init__(self) -> None:
        self._seen: dict[str, Customer] = {}

    def read(self, cells: RowCells, place: RowPlace, key: RowKey) -> CustomerRow:
        customer = Customer(
            customer_id=cells.id("customer_id"),
            email=cells.text("email"),
            name=cells.text("name"),
            tier=cells.text("tier"),
            tags=cells.tags(),
            language=cells.text("language"),
        )
        identity = customer.customer_id or customer.email.casefold()
        column = "customer_id" if customer.customer_id or not cells.has("email") else "email"
        if not identity:
            raise cells.fault("E-VALUE", column, "Neither customer_id nor email is filled.")
        alike = customer._replace(email=customer.email.casefold())
        if self._seen.setdefault(identity, alike) != alike:
            raise cells.fault("E-KEY-CONFLICT", column, _TWICE)
        silent = frozenset(name for name in Customer._fields if not cells.has(name))
        return CustomerRow(place, key, customer, silent)


_TWICE = "The customer stands in this file already, with other values."
