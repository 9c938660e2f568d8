"""What a shell may complete a command line to: commands, options, words, and the shop's numbers.

The scripts of ``returns completion`` ask ``returns __complete SHELL WORD...`` at each press of the
key, so nothing here imports Typer, reads YAML or writes. Numbers come from files that others made:
one that a terminal could not show as it is is left out, and for bash every sign that it would read
as more than a letter is escaped.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from returns_cli.cli import registry
from returns_cli.cli.parameters import PARAMETERS

FILES = ":files"
"""The only line of an answer that leaves the word to the shell: a file is meant."""

ASK = "__complete"
"""The word that a shell's script puts first."""

Candidate = tuple[str, str]

_PLAIN = r"[^A-Za-z0-9_.,/+@%^-]"
_STATES = (
    "requested in_review denied approved in_transit received inspected refund_pending refunded "
    "closed cancelled expired"
)
_PLACES = (
    "restock open_box refurbish quarantine return_to_vendor return_to_customer donate recycle scrap"
)
_WORDS: dict[str, str] = {
    "--format": "table json jsonl csv",
    "--state": _STATES,
    "--verdict": "approve deny review partial",
    "--want": "refund store_credit exchange repair replacement",
    "--kind": "return claim withdrawal return_to_sender",
    "--fail-if": "overdue",
    "--disposition": _PLACES,
    "--tax": "included on_top",
    "--dpi": "203 300",
    "--size": "4x6 100x150 a6 a4-fold letter-fold a4 letter",
    "--on-missing": "fail replace",
}
_WORDS_OF: dict[tuple[str, str], str] = {
    ("journal export", "--as"): "csv beancount hledger ledger",
    ("stock export", "--as"): "generic shopify",
    ("policy publish", "--as"): "html md jsonld google",
}
_NUMBERS: dict[str, tuple[str, ...]] = {
    "rma": ("rma",),
    "rmas": ("rma",),
    "order": ("order",),
    "refund": ("refund",),
    "text": ("rma", "order"),
    "target": ("rma", "order"),
    "--order": ("order",),
    "--rma": ("rma",),
    "--item": ("line", "sku"),
    "--sku": (),
}


_GLOBAL_VALUES = frozenset(name for name, metavar, _ in registry.GLOBAL_OPTIONS if metavar)


def answer(words: Sequence[str]) -> str:
    """The lines for a shell: a candidate, a tab and a word about it; or ``FILES``.

    Args:
        words: the shell's name, then the words after the program's up to the one being typed.
    """
    shell, *typed = words or ("",)
    found = candidates(_joined(typed) if shell == "bash" else typed or [""])
    if found is None:
        return f"{FILES}\n"
    shown = [one for one in found if one[0].isprintable() and one[0]]
    if shell == "bash":
        return "".join(f"{_escaped(name)}\n" for name, _ in shown)
    return "".join(f"{name}\t{_one_line(text)}\n" for name, text in shown)


def _joined(words: Sequence[str]) -> list[str]:
    """Words as typed: bash cuts them at ``=`` and ``:``."""
    joined: list[str] = []
    for word in words or [""]:
        if joined and (word in ("=", ":") or joined[-1][-1:] in ("=", ":")):
            joined[-1] += word
        else:
            joined.append(word)
    return joined


def _escaped(name: str) -> str:
    return re.sub(_PLAIN, lambda sign: "\\" + sign[0], name)


def _one_line(text: str) -> str:
    return "".join(sign for sign in text if sign.isprintable())


def candidates(words: Sequence[str]) -> list[Candidate] | None:
    """What the last word may become; None where it is a file or anything else.

    Args:
        words: those after the program's name; the last one is being typed and may be empty.
    """
    *before, current = words
    shop, before = _without_globals(before)
    command = _command(before)
    if before and before[-1] in _GLOBAL_VALUES:
        return _values(command, before[-1], current, shop, ())
    if command is None:
        return _starting(current, _next_words(before))
    loose, pending = _read(command, before[len(command.split(" ")) :])
    name, attached, value = current.partition("=")
    if pending is None and attached and name[:2] == "--":
        found = _values(command, name, value, shop, loose)
        return None if found is None else [(f"{name}={one}", text) for one, text in found]
    if pending is not None:
        return _values(command, pending, current, shop, loose)
    if current[:1] == "-":
        return _starting(current, _options(command))
    return _place(command, current, shop, loose)


def _without_globals(words: Sequence[str]) -> tuple[str | None, list[str]]:
    """The shop that ``--shop`` names, and the words without global options."""
    takes = {name: bool(metavar) for name, metavar, _ in registry.GLOBAL_OPTIONS}
    shop, rest, at = None, [], 0
    while at < len(words):
        name, attached, value = words[at].partition("=")
        at += 1
        if name not in takes:
            rest.append(words[at - 1])
            continue
        if takes[name] and not attached:
            if at == len(words):
                rest.append(name)  # its value is being typed
            value = words[at] if at < len(words) else ""
            at += 1
        shop = value if name == "--shop" else shop
    return shop, rest


def _command(words: Sequence[str]) -> str | None:
    names = {name for name, _, _ in registry.commands()}
    for count in (2, 1):
        if " ".join(words[:count]) in names and len(words) >= count:
            return " ".join(words[:count])
    return None


def _next_words(before: Sequence[str]) -> list[Candidate]:
    """Commands and groups, or the commands of a group."""
    start = " ".join(before)
    found: dict[str, str] = {}
    for name, _, text in registry.commands():
        if not start or name.startswith(f"{start} "):
            word = name.split(" ")[len(before)] if len(name.split(" ")) > len(before) else ""
            is_group = not before and word in registry.GROUPS
            found.setdefault(word, registry.GROUPS[word] if is_group else text)
    options = [] if before else [(name, text) for name, _, text in registry.GLOBAL_OPTIONS]
    return [*found.items(), *options]


def _tokens(command: str) -> list[tuple[list[str], str, str]]:
    """Names (none for a place), target and kind of each parameter."""
    found = []
    for token in PARAMETERS[command].split():
        *names, target, kind = token.split(":")
        found.append((names[0].split(",") if names else [], target, kind))
    return found


def _read(command: str, words: Sequence[str]) -> tuple[list[str], str | None]:
    """The words that stand in places, and the option whose value is being typed, if any."""
    takes = {name: kind != "flag" for names, _, kind in _tokens(command) for name in names}
    loose: list[str] = []
    pending = None
    for word in words:
        if pending is not None:
            pending = None
        elif takes.get(word):
            pending = word
        elif word[:1] != "-":
            loose.append(word)
    return loose, pending


def _options(command: str) -> list[Candidate]:
    own = [(name, "") for names, _, _ in _tokens(command) for name in names]
    shared = [(name, text) for name, _, text in registry.GLOBAL_OPTIONS]
    return [*own, *shared, ("--help", "Its options and examples")]


def _values(
    command: str | None, option: str, current: str, shop: str | None, loose: Sequence[str]
) -> list[Candidate] | None:
    words = _WORDS_OF.get((command or "", option)) or _WORDS.get(option)
    if words is not None:
        return _starting(current, [(word, "") for word in words.split()])
    tokens = _tokens(command) if command else []
    kinds = {name: kind for names, _, kind in tokens for name in names}
    if kinds.get(option, "").startswith("path") or option in ("--shop", "--out"):
        return None
    return _numbers(_NUMBERS.get(option, ()), current, shop, loose[:1])


def _place(
    command: str, current: str, shop: str | None, loose: Sequence[str]
) -> list[Candidate] | None:
    places = [(target, kind) for names, target, kind in _tokens(command) if not names]
    if not places or (len(loose) >= len(places) and "*" not in places[-1][1]):
        return []
    target, kind = places[min(len(loose), len(places) - 1)]
    if kind.startswith("path"):
        return None
    if command == "help":
        return _starting(current, _next_words(loose))
    if command == "completion":
        return _starting(current, [(name, "") for name in ("bash", "zsh", "fish")])
    found = _numbers(_NUMBERS.get(target, ()), current, shop, ())
    return [one for one in found if one[0] not in loose]


def _numbers(
    kinds: Sequence[str], current: str, shop: str | None, owner: Sequence[str]
) -> list[Candidate]:
    folder = _folder(shop)
    if folder is None or not kinds:
        return []
    from returns_cli.store.beginnings import begin_with

    found: list[Candidate] = []
    for kind in kinds:
        typed = current.upper() if kind == "rma" else current
        of = owner[0] if owner else ""
        for start in (typed, f"#{typed}") if kind == "order" and typed[:1] != "#" else (typed,):
            found += [
                (name.removeprefix("#") if start != typed else name, text)
                for name, text in begin_with(folder / "returns.db", (kind,), start, owner=of)
            ]
    if current[:1] != "#":
        found = [(name.removeprefix("#"), text) for name, text in found]
    lowered = current.lower()
    return list(dict.fromkeys(one for one in found if one[0].lower().startswith(lowered)))


def _folder(shop: str | None) -> Path | None:
    named = shop or os.environ.get("RETURNS_SHOP")
    if named:
        return Path(named)
    try:
        here = Path.cwd()
    except OSError:
        return None
    for place in (here, *here.parents):
        if os.access(place / "shop.yaml", os.F_OK):
            return place
    return None


def _starting(current: str, found: Iterable[Candidate]) -> list[Candidate]:
    return [one for one in dict.fromkeys(found) if one[0].startswith(current)]
