"""Global options, wherever they stand: taken out of the words before Typer sees them.

``--`` ends them. The value of a command's own option is never mistaken for a global one: the
table of parameters knows which options take a value.
"""

from collections.abc import Sequence

from returns_cli.cli.parameters import VALUE_OPTIONS
from returns_cli.cli.registry import GLOBAL_OPTIONS
from returns_cli.domain.errors import UsageError
from returns_cli.domain.nearest import nearest_or_all

FORMATS = ("table", "json", "jsonl", "csv")
_TAKES_VALUE = {name: bool(metavar) for name, metavar, _ in GLOBAL_OPTIONS}


def hoist(words: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    """Split a command line into its global options and the rest.

    Returns:
        The options by name (a flag's value is ``"yes"``; the last one wins) and the other words
        in their order.

    Raises:
        UsageError: an option without its value, a flag with one, or an unknown format.

    >>> hoist(["list", "--json", "--shop=x"])
    ({'--format': 'json', '--shop': 'x'}, ['list'])
    """
    found: dict[str, str] = {}
    rest: list[str] = []
    at = 0
    while at < len(words):
        word = words[at]
        at += 1
        if word == "--":
            rest += [word, *words[at:]]
            break
        name, attached, value = word.partition("=")
        if name in _TAKES_VALUE and word[:2] == "--":
            if _TAKES_VALUE[name] and not attached:
                if at == len(words):
                    raise UsageError(
                        "E-USAGE", f"{name} needs a value.", where=name, hint=_hint(name)
                    )
                value = words[at]
                at += 1
            elif attached and not _TAKES_VALUE[name]:
                raise UsageError(
                    "E-USAGE", f"{name} takes no value.", where=name, hint=f"Write only {name}."
                )
            found[name] = value or ("" if _TAKES_VALUE[name] else "yes")
            if name == "--json":
                found["--format"] = "json"
                del found["--json"]
        else:
            rest.append(word)
            if word in VALUE_OPTIONS and at < len(words):
                rest.append(words[at])
                at += 1
    _check_format(found.get("--format"))
    return found, rest


def asks_for_json(words: Sequence[str]) -> bool:
    """Whether an error about these words should be JSON, though they could not be read."""
    return "--json" in words or "--format=json" in words


def _check_format(name: str | None) -> None:
    if name is not None and name not in FORMATS:
        raise UsageError(
            "E-USAGE",
            f"There is no format {name}.",
            where="--format",
            hint=nearest_or_all(name, FORMATS),
        )


def _hint(name: str) -> str:
    metavar = next(shown for option, shown, _ in GLOBAL_OPTIONS if option == name)
    return f"Write {name} {metavar}."
