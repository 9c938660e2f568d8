"""Import what the shop knows of its customers and products: facts that policies ask for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from returns_cli.domain.errors import UsageError
from returns_cli.domain.money import CURRENCIES
from returns_cli.operations.known_rows import KnownRows
from returns_cli.operations.return_view import Json
from returns_cli.operations.row_files import Tally, finish, read_options, refused_by_strict
from returns_cli.operations.shop import Shop

if TYPE_CHECKING:
    from returns_cli.domain.model import Customer
    from returns_cli.intake import CustomerRow, ProductRow, ReadOptions, RowReading
    from returns_cli.store.connection import Store

_IMPORTER = "1"


@dataclass(frozen=True, slots=True)
class MasterOptions:
    """Options of ``customers import`` and ``products import`` as typed."""

    map_file: Path | None = None
    encoding: str | None = None
    decimal: str | None = None
    currency: str | None = None
    strict: bool = False
    force: bool = False


def import_customers(
    shop: Shop,
    sources: Sequence[Path | BinaryIO],
    options: MasterOptions = MasterOptions(),
) -> Json:
    """Keep customers with their tier, tags and language; a later row of the same one wins.

    What a file has no column for stays as it is known. The same file again changes nothing.
    """
    from returns_cli.intake import read_customers
    from returns_cli.store.customers import save_customer
    from returns_cli.store.row_sources import keep_customer_source

    def save(store: Store, row: CustomerRow, file_id: int) -> str:
        if _is_erased(store, row.customer):
            return "same"
        done, pk = save_customer(store, row.customer, row.silent)
        if done != "same":
            keep_customer_source(store, pk, file_id, row.place.line)
        return done

    return _import(shop, sources, "customers import", options, read_customers, save)


def _is_erased(store: Store, customer: Customer) -> bool:
    """Whether somebody was erased and has bought nothing since."""
    from returns_cli.store.people import has_orders
    from returns_cli.store.suppression import suppressed

    erased = suppressed(store)
    if not erased or erased.erased_on(customer.customer_id, customer.email) is None:
        return False
    return not has_orders(store, customer.customer_id, customer.email)


def import_products(
    shop: Shop,
    sources: Sequence[Path | BinaryIO],
    options: MasterOptions = MasterOptions(),
) -> Json:
    """Keep products with their category, tags and flags; a later row of the same SKU wins.

    What a file has no column for stays as it is known. The same file again changes nothing.
    """
    from returns_cli.intake import read_products
    from returns_cli.store.products import save_product
    from returns_cli.store.row_sources import keep_product_source

    def save(store: Store, row: ProductRow, file_id: int) -> str:
        done = save_product(store, row.product, row.silent)
        if done != "same":
            keep_product_source(store, row.product.sku, file_id, row.place.line)
        return done

    return _import(shop, sources, "products import", options, read_products, save)


def _import(
    shop: Shop,
    sources: Sequence[Path | BinaryIO],
    command: str,
    options: MasterOptions,
    read: Callable[[Sequence[Path | BinaryIO], ReadOptions], RowReading[Any]],
    save: Callable[[Store, Any, int], str],
) -> Json:
    """Read files and keep their rows, all in one transaction."""
    if options.currency is not None and options.currency not in CURRENCIES:
        raise UsageError(
            "E-USAGE-CURRENCY",
            f"`{options.currency}` is no currency of ISO 4217.",
            where="--currency",
            hint="Write its three letters, such as USD.",
        )
    read_with = read_options(
        shop,
        command=command,
        map_file=options.map_file,
        encoding=options.encoding,
        decimal=options.decimal,
        currency=options.currency,
    )
    known = KnownRows(shop, command, _IMPORTER, read_with)
    with shop.open_store() as store:
        if not options.force:
            answer = known.answer(store, sources)
            if answer is not None:
                return answer
        with read(sources, read_with) as reading, store.writing(rehearse=shop.dry_run):
            shop.notes += reading.detected()
            file_id = known.add_file(store, reading)
            tally = Tally()
            for row in shop.watch(reading, "rows"):
                if save(store, row, file_id) == "same":
                    tally.same += 1
                else:
                    tally.new += 1
            if options.strict and reading.log.rejected:
                raise refused_by_strict(reading.problems)
            answer = finish(shop, reading, tally)
            known.finish(store, file_id, answer)
            return answer
