"""What is set, and by whom: config show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from returns_cli.cli.context import Invocation, invocation_of
from returns_cli.cli.page import Page, Table
from returns_cli.operations.return_view import Json

if TYPE_CHECKING:
    from returns_cli.cli.options import Context, OriginOption
    from returns_cli.operations.shop import Shop

_VARIABLES = {"--shop": "RETURNS_SHOP", "--actor": "RETURNS_ACTOR"}


def show(context: Context, origin: OriginOption = False) -> None:
    """Show every setting; with --origin where it comes from: option, variable, file or default."""
    from returns_cli.operations.show_config import show_config

    call = invocation_of(context)
    call.renders(_page if origin else _plain_page)
    shop = call.shop()
    call.show([*_options(call, shop), *show_config(shop)])


def _options(call: Invocation, shop: Shop) -> list[Json]:
    """The global options, as the command line or the host sets them."""
    said: Mapping[str, tuple[str | None, str]] = {
        "--shop": (str(shop.folder), "found here or above"),
        "--actor": (shop.actor, "login"),
        "--as-of": (call.as_of, "the machine's clock"),
        "--format": (call.output.format, "default"),
        "--lang": (call.language, "shop.yaml and the customer"),
    }
    return [
        {"name": name, "value": value, "origin": _origin(call, name, otherwise)}
        for name, (value, otherwise) in said.items()
    ]


def _origin(call: Invocation, name: str, otherwise: str) -> str:
    if name in call.options:
        return name
    variable = _VARIABLES.get(name, "")
    return variable if call.environ.get(variable) else otherwise


def _page(rows: list[Json]) -> Page:
    table = [[str(one["name"]), str(one["origin"]), str(one["value"] or "–")] for one in rows]
    return [Table(["Setting", "From", "Value"], table)]


def _plain_page(rows: list[Json]) -> Page:
    table = [[str(one["name"]), str(one["value"] or "–")] for one in rows]
    return [Table(["Setting", "Value"], table)]
