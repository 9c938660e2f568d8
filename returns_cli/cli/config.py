"""What is set, and by whom: config show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from returns_cli.cli.context import Invocation, invocation_of
from returns_cli.cli.defaults import check_names, read_defaults, unknown_variables
from returns_cli.cli.page import Page, Table
from returns_cli.cli.parameters import PARAMETERS
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
    rows = [*_options(call, shop), *_untyped(call, shop)]
    call.show([*rows, *show_config(shop)])
    for name in unknown_variables(call.environ):
        call.output.say(f"{name} is no variable of this program.")


def _options(call: Invocation, shop: Shop) -> list[Json]:
    """The global options, as the command line or the host sets them."""
    said: Mapping[str, tuple[str | None, str]] = {
        "--shop": (str(shop.folder), "found here or above"),
        "--actor": (shop.actor, "login"),
        "--as-of": (call.as_of, "the machine's clock"),
        "--format": (call.output.format, "default"),
        "--lang": (call.language, "shop.yaml and the customer"),
        "--log": (call.options.get("--log"), "default"),
        "--quiet": ("yes" if call.output.quiet else "no", "default"),
    }
    return [
        {"name": name, "value": value, "origin": _origin(call, name, otherwise)}
        for name, (value, otherwise) in said.items()
    ]


def _untyped(call: Invocation, shop: Shop) -> list[Json]:
    """What variables and ``defaults`` of shop.yaml say of the options of commands."""
    check_names(shop.config)
    return [
        {"name": f"{command} {name}", "value": ", ".join(values) or "no", "origin": origin}
        for command in PARAMETERS
        for name, values, origin in read_defaults(
            command, call.environ, shop.config.defaults.get(command, {}), shop.folder
        )
    ]


def _origin(call: Invocation, name: str, otherwise: str) -> str:
    if name in call.origins:
        return call.origins[name]
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
