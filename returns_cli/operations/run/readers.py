"""The commands that an inbox file may go to, in the order in which a run reads, with options."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from returns_cli.domain.nearest import nearest
from returns_cli.operations.return_view import Json
from returns_cli.operations.shop import Shop

Options = Mapping[str, Any]
Read = Callable[[Shop, Path, Options], Json]


class Reader(NamedTuple):
    """A command that reads files in.

    Attributes:
        command: as ``inbox`` in shop.yaml names it.
        begins: how the names of its files begin where ``inbox`` says nothing.
        read: takes one file.
        options: spelled as typed, without those of the shell.
    """

    command: str
    begins: str
    read: Read
    options: tuple[str, ...]


def _customers(shop: Shop, path: Path, options: Options) -> Json:
    from returns_cli.operations.import_master_data import MasterOptions, import_customers

    return import_customers(shop, [path], MasterOptions(**options))


def _products(shop: Shop, path: Path, options: Options) -> Json:
    from returns_cli.operations.import_master_data import MasterOptions, import_products

    return import_products(shop, [path], MasterOptions(**options))


def _orders(shop: Shop, path: Path, options: Options) -> Json:
    from returns_cli.operations.import_orders import ImportOptions, import_orders

    return import_orders(shop, [path], ImportOptions(**options))


def _shipments(shop: Shop, path: Path, options: Options) -> Json:
    from returns_cli.operations.import_shipments import ShipmentOptions, import_shipments

    return import_shipments(shop, [path], ShipmentOptions(**options))


def _requests(shop: Shop, path: Path, options: Options) -> Json:
    from returns_cli.operations.import_requests import RequestOptions, import_requests

    return import_requests(shop, [path], RequestOptions(**options))


def _statements(shop: Shop, path: Path, options: Options) -> Json:
    from returns_cli.operations.reconcile_refunds import ReconcileOptions, reconcile_refunds

    return reconcile_refunds(shop, [path], ReconcileOptions(**options))


def _receipts(shop: Shop, path: Path, options: Options) -> Json:
    from returns_cli.operations.receive_items import receive_file

    return receive_file(shop, path, **options)


def _inspections(shop: Shop, path: Path, options: Options) -> Json:
    from returns_cli.operations.inspect_items import inspect_file

    return inspect_file(shop, path, **options)


def _disposals(shop: Shop, path: Path, options: Options) -> Json:
    from returns_cli.operations.dispose_items import dispose_file

    return dispose_file(shop, path, **options)


_FILE = ("--map", "--encoding", "--strict")
_EXPORT = (*_FILE, "--from", "--date-format", "--timezone", "--channel")

# What later files speak of comes first: customers and products, orders, their parcels, requests.
READERS: tuple[Reader, ...] = (
    Reader("customers import", "customers", _customers, (*_FILE, "--force")),
    Reader(
        "products import", "products", _products, (*_FILE, "--decimal", "--currency", "--force")
    ),
    Reader(
        "orders import",
        "orders",
        _orders,
        (*_EXPORT, "--decimal", "--currency", "--tax", "--force"),
    ),
    Reader("shipments import", "shipments", _shipments, (*_EXPORT, "--codes", "--force")),
    Reader("requests import", "requests", _requests, _EXPORT),
    Reader("receive --file", "receipts", _receipts, ("--strict",)),
    Reader("inspect --file", "inspections", _inspections, ("--strict",)),
    Reader("dispose --file", "dispositions", _disposals, ("--strict",)),
    Reader("refunds reconcile", "statements", _statements, (*_EXPORT, "--decimal", "--currency")),
)

_FIELDS = {"--from": "source_format", "--map": "map_file"}
_FLAGS = frozenset({"--strict", "--force"})
_PATHS = frozenset({"--map", "--codes"})


def find_reader(command: str) -> Reader | None:
    """The reader that a command's words name; ``receive`` is ``receive --file``."""
    words = " ".join(command.split()).removeprefix("returns ")
    for reader in READERS:
        if words in (reader.command, reader.command.removesuffix(" --file")):
            return reader
    return None


def read_typed(reader: Reader, text: str, folder: Path) -> dict[str, Any]:
    """Options as typed in shop.yaml, by the names that the reader takes.

    Args:
        reader: whose options they are.
        text: ``--from shopify --channel web``.
        folder: of the shop; paths in options are relative to it.

    Raises:
        ValueError: with what is wrong, for a person.
    """
    options: dict[str, Any] = {}
    words = iter(shlex.split(text))
    for word in words:
        name, attached, value = word.partition("=")
        if name not in reader.options:
            near = nearest(name, reader.options)
            meant = f"; did you mean {near[0]}" if near else ""
            raise ValueError(f"`{name}` is no option of {reader.command}{meant}")
        field = _FIELDS.get(name, name.removeprefix("--").replace("-", "_"))
        if name in _FLAGS:
            options[field] = True
            continue
        found = value if attached else next(words, None)
        if not found:
            raise ValueError(f"`{name}` wants a value")
        if name in _PATHS:
            place = folder / found
            options[field] = (*options.get(field, ()), place) if name == "--codes" else place
        else:
            options[field] = found
    return options
