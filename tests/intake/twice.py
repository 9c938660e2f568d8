"""A file imported twice into a small shop, through the operation and its store."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import cast

from returns_cli.operations.import_orders import ImportOptions, import_orders
from returns_cli.operations.init_shop import make_shop
from returns_cli.operations.return_view import Json
from returns_cli.operations.shop import Shop
from tests.operations.desk import CLOCK, POLICY, SALT, SETTINGS

DEFAULTS = ImportOptions()


def shop_in(folder: Path) -> Shop:
    """A shop of USD without orders."""
    make_shop(folder, SETTINGS.encode(), {"plain.yaml": POLICY.encode()}, SALT)
    return Shop(folder, "ann", CLOCK)


def imported(shop: Shop, content: bytes, options: ImportOptions = DEFAULTS) -> Json:
    """The answer of an import that reads the file even where it is known."""
    path = shop.folder / "export.csv"
    path.write_bytes(content)
    return import_orders(shop, [path], replace(options, force=True))


def codes_of(answer: Json) -> list[tuple[object, object, object]]:
    """Code, line and column of every problem of an answer."""
    problems = cast("list[Json]", answer["problems"])
    return [(one["code"], one["line"], one["column"]) for one in problems]


def assert_second_changes_nothing(
    folder: Path, content: bytes, orders: int, options: ImportOptions = DEFAULTS
) -> None:
    """The second import finds every order as it is and says the same of it."""
    shop = shop_in(folder)
    first, second = imported(shop, content, options), imported(shop, content, options)
    assert (first["new"], first["changed"], first["same"]) == (orders, 0, 0)
    assert (second["new"], second["changed"], second["same"]) == (0, 0, orders)
    figures = ("rows", "orders", "lines", "units", "rejected", "totals", "refunded", "problems")
    assert {name: first[name] for name in figures} == {name: second[name] for name in figures}
