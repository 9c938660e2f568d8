"""A file imported twice into a small shop, through the operation and its store."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from returns_cli.operations.import_orders import ImportOptions, import_orders
from returns_cli.operations.init_shop import make_shop
from returns_cli.operations.return_view import Json
from returns_cli.operations.shop import Shop
from tests.operations.desk import CLOCK, POLICY, SALT, SETTINGS

DEFAULTS = ImportOptions()


def imported_twice(
    folder: Path, content: bytes, options: ImportOptions = DEFAULTS
) -> tuple[Json, Json]:
    """The answers of the first import and of reading the same file again, in a shop of USD."""
    make_shop(folder, SETTINGS.encode(), {"plain.yaml": POLICY.encode()}, SALT)
    shop = Shop(folder, "ann", CLOCK)
    path = folder / "export.csv"
    path.write_bytes(content)
    first = import_orders(shop, [path], options)
    return first, import_orders(shop, [path], replace(options, force=True))


def assert_second_changes_nothing(
    folder: Path, content: bytes, orders: int, options: ImportOptions = DEFAULTS
) -> None:
    """The second import finds every order as it is and says the same of it."""
    first, second = imported_twice(folder, content, options)
    assert (first["new"], first["changed"], first["same"]) == (orders, 0, 0)
    assert (second["new"], second["changed"], second["same"]) == (0, 0, orders)
    figures = ("rows", "orders", "lines", "units", "rejected", "totals", "refunded", "problems")
    assert {name: first[name] for name in figures} == {name: second[name] for name in figures}
