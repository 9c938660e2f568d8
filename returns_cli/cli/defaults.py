"""Options that nobody typed: a variable says them, else ``defaults`` in shop.yaml.

They are put among the words of the command line before anybody reads it, so that they mean what
they would mean if typed, on the short way and on Typer's. Options that say how something is done
may be said so; what is recorded, of whom and how much is only ever typed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from returns_cli.cli.direct import Parameter, command_of, options_of, value_of
from returns_cli.cli.hoist import hoist
from returns_cli.cli.parameters import PARAMETERS, VALUE_OPTIONS
from returns_cli.domain.errors import InvalidError, UsageError
from returns_cli.domain.nearest import nearest_or_all
from returns_cli.domain.shop import ShopConfig

if TYPE_CHECKING:
    from returns_cli.cli.context import Invocation

GLOBAL = "global"
"""The command that global options stand under in shop.yaml."""

GLOBAL_FLAGS = frozenset({"--quiet", "--no-color", "--no-pager", "--no-input"})
GLOBALS = (*sorted(GLOBAL_FLAGS), "--format", "--lang", "--log")

_SETTINGS = frozenset(
    f"--{name}"
    for name in (
        "blind channel currency date-format decimal dpi encoding exit-code explain fail-if font "
        "from keep-going limit location map max-time mode on-missing open origin out png "
        "print-each printer raw redact return-label size split station steps sticker strict tax "
        "template timezone zpl"
    ).split()
)
_NO_SETTINGS = frozenset({"init", "orders add", "credit issue", "policy new", "unexpected match"})
_YES, _NO = frozenset({"1", "yes", "true", "on"}), frozenset({"0", "no", "false", "off"})
_BEFORE_THE_SHOP = frozenset({"init", "restore", "store migrate", "demo", "help", "completion"})
_MARK = b"defaults"


class Default(NamedTuple):
    """An option that nobody typed: its values, none for a flag that is off, and who says it."""

    name: str
    values: tuple[str, ...]
    origin: str


def settings_of(command: str) -> dict[str, Parameter]:
    """The options of a command that a variable or shop.yaml may say."""
    if command in _NO_SETTINGS:
        return {}
    return {name: one for name, one in options_of(command).items() if name in _SETTINGS}


def variable_of(command: str, name: str) -> str:
    """The variable of an option: ``RETURNS_LABEL_SIZE``; of a global one ``RETURNS_FORMAT``."""
    words = [*command.split(), name.removeprefix("--")]
    return "_".join(["RETURNS", *words]).upper().replace("-", "_")


def read_defaults(
    command: str, environ: Mapping[str, str], shop: Mapping[str, tuple[str, ...]], folder: Path
) -> Iterator[Default]:
    """What is said of a command's options without typing them, by their order in the command.

    Args:
        command: its words; "" for the global options.
        environ: the variables.
        shop: of ``defaults`` in shop.yaml, those of the command.
        folder: of the shop, which paths in shop.yaml are relative to.

    Raises:
        UsageError: a value that the option cannot have.
    """
    globals_ = {
        one: Parameter(one, "flag" if one in GLOBAL_FLAGS else "str", False, False)
        for one in GLOBALS
    }
    for name, option in (settings_of(command) if command else globals_).items():
        variable = variable_of(command, name)
        if said := environ.get(variable):
            values = tuple(said.split("|")) if option.is_many else (said,)
            yield _checked(name, option, values, variable)
        elif (key := name.removeprefix("--")) in shop:
            values = shop[key]
            if option.kind == "path" or name == "--log":
                values = tuple(str(folder / one) for one in values)
            yield _checked(name, option, values, f"{key} under defaults in shop.yaml")


def check_names(config: ShopConfig) -> None:
    """Refuse ``defaults`` of shop.yaml that name what is no command or no setting of it.

    Raises:
        InvalidError: the first such name (7).
    """
    for command, options in config.defaults.items():
        known = [one.removeprefix("--") for one in GLOBALS]
        if command != GLOBAL:
            if command not in PARAMETERS:
                raise _unknown(command, "no command", (*PARAMETERS, GLOBAL))
            known = [one.removeprefix("--") for one in settings_of(command)]
        for name in options:
            if name not in known:
                raise _unknown(name, f"no setting of {command}", known)


def unknown_variables(environ: Mapping[str, str]) -> list[str]:
    """Variables that look like ours and are none: most often one is mistyped."""
    known = {variable_of(command, name) for command in PARAMETERS for name in settings_of(command)}
    known |= {variable_of("", name) for name in (*GLOBALS, "--shop", "--actor", "--salt")}
    return sorted(name for name in environ if name[:8] == "RETURNS_" and name not in known)


def complete(call: Invocation, rest: Sequence[str]) -> list[str]:
    """The words of a command line with what variables and shop.yaml say; the options likewise.

    Raises:
        UsageError: a value that its option cannot have.
        InvalidError: ``defaults`` of shop.yaml names what there is not.
    """
    if {"--help", "-h"} & set(rest) or call.wants_version:
        return list(rest)
    found = command_of(rest)
    config, folder = _shop_of(call, found[0] if found else "")
    shop = config.defaults if config is not None else {}
    if config is not None:
        check_names(config)
    origins: dict[str, str] = {}
    call.origins = origins
    said = read_defaults("", call.environ, shop.get(GLOBAL, {}), folder)
    call.options = {**hoist(_added(said, call.options, origins))[0], **call.options}
    if found is None:
        return list(rest)
    name, _, count = found
    said = read_defaults(name, call.environ, shop.get(name, {}), folder)
    added = _added(said, _typed(rest[count:]), origins)
    return [*rest[:count], *added, *rest[count:]]


def _added(said: Iterable[Default], typed: Collection[str], origins: dict[str, str]) -> list[str]:
    """The words of what is said and not typed; who says it is added to ``origins``."""
    words: list[str] = []
    for name, values, origin in said:
        if name in typed or not values:
            continue
        origins[name] = origin
        words += [name] if values == (name,) else [f"{name}={value}" for value in values]
    return words


def _shop_of(call: Invocation, command: str) -> tuple[ShopConfig | None, Path]:
    """The settings where they say defaults; None also where they, or the store, cannot be read."""
    from returns_cli.operations.settings import Settings

    path, source = call.shop_file()
    if _MARK not in source or command in _BEFORE_THE_SHOP:
        return None, path.parent
    try:
        return Settings(path).config, path.parent
    except InvalidError:
        return None, path.parent  # the command that needs the file says what is wrong with it


def _unknown(name: str, what: str, known: Sequence[str]) -> InvalidError:
    hint = nearest_or_all(name[:60], known)
    message = f"`{name[:60]}` under defaults is {what}."
    return InvalidError("E-SHOP-DEFAULTS", message, where="shop.yaml", hint=hint)


def _typed(words: Sequence[str]) -> set[str]:
    """The names of the options among some words; a value of one is none."""
    found: set[str] = set()
    rest = iter(words)
    for word in rest:
        if word == "--":
            break
        if word[:1] == "-":
            found.add(word.partition("=")[0])
            if word in VALUE_OPTIONS:
                next(rest, None)
    return found


def _checked(name: str, option: Parameter, values: tuple[str, ...], origin: str) -> Default:
    wanted = ""
    if option.kind == "flag":
        said = values[0].lower() if len(values) == 1 else ""
        if said in _YES or said in _NO:
            return Default(name, (name,) if said in _YES else (), origin)
        wanted = "Write yes or no."
    elif not option.is_many and len(values) != 1:
        wanted = "Write one value."
    elif any(value_of(option.kind, one) is None for one in values):
        wanted = "Write a whole number."
    if wanted:
        shown = ", ".join(values)[:40]
        raise UsageError("E-USAGE", f"`{shown}` is no value for {name}.", where=origin, hint=wanted)
    return Default(name, values, origin)
