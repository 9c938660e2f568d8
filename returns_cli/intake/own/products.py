"""The products CSV: what the shop knows of a SKU, the flags that policies ask for among it."""

from __future__ import annotations

from collections.abc import Sequence

from returns_cli.domain.model import Product
from returns_cli.domain.money import CURRENCIES, format_amount
from returns_cli.intake.amounts import AmountReader
from returns_cli.intake.formats import PRODUCTS
from returns_cli.intake.opening import Given
from returns_cli.intake.problems import RowFault
from returns_cli.intake.records import ProductRow, ReadOptions, RowKey, RowPlace
from returns_cli.intake.row_cells import RowCells
from returns_cli.intake.row_files import RowReading, read_rows


def read_products(given: Sequence[Given], options: ReadOptions) -> RowReading[ProductRow]:
    """Open files of products, for ``products import``.

    The same SKU twice with other values in one file refuses the later row. Prices are in the
    row's currency, else in the call's.

    Raises:
        UsageError: a path cannot be read, an option makes no sense.
        InvalidError: a file is refused as a whole.
    """
    return read_rows(given, options, PRODUCTS, lambda options: _Products(options).read)


class _Products:
    """The rows of one file; remembers which SKUs stood in it."""

    def __init__(self, options: ReadOptions) -> None:
        self._options = options
        self._amounts: dict[str, AmountReader] = {}
        self._seen: dict[str, Product] = {}

    def read(self, cells: RowCells, place: RowPlace, key: RowKey) -> ProductRow:
        product = Product(
            sku=cells.required("sku"),
            title=cells.text("title"),
            category=cells.text("category"),
            brand=cells.text("brand"),
            tags=cells.tags(),
            price=self._price(cells),
            weight_g=cells.number("weight_g"),
            gtin=cells.id("gtin"),
            personalised=cells.flag("personalised"),
            perishable=cells.flag("perishable"),
            sealed_hygiene=cells.flag("sealed_hygiene"),
            digital=cells.flag("digital"),
            hazmat=cells.flag("hazmat"),
            serial_required=cells.flag("serial_required"),
        )
        if self._seen.setdefault(product.sku, product) != product:
            raise cells.fault("E-KEY-CONFLICT", "sku", _TWICE)
        silent = frozenset(name for name in Product._fields if not cells.has(name))
        return ProductRow(place, key, product, silent)

    def _price(self, cells: RowCells) -> str:
        """The price with its currency, ``12.50 USD``; empty for an empty cell."""
        text = cells.text("price")
        if not text:
            return ""
        currency = cells.text("currency").upper() or self._options.currency
        if not currency:
            raise cells.fault("E-CURRENCY-MISSING", "price")
        if currency not in CURRENCIES:
            raise cells.fault("E-CURRENCY-UNKNOWN", "currency")
        try:
            return f"{format_amount(self._reader(currency)[text], currency)} {currency}"
        except RowFault as fault:
            raise cells.fault(fault.code, "price", fault.message) from None

    def _reader(self, currency: str) -> AmountReader:
        reader = self._amounts.get(currency)
        if reader is None:
            reader = AmountReader(
                currency, self._options.decimal, dot_is_decimal=self._options.mapping is None
            )
            self._amounts[currency] = reader
        return reader


_TWICE = "The SKU stands in this file already, with other values."
