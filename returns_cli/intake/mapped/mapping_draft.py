"""A mapping to start from: their columns matched with ours by name, every match to be checked."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from returns_cli.data import shipped
from returns_cli.domain.nearest import nearest
from returns_cli.intake.formats import fold
from returns_cli.intake.mapped.mapping_checks import DELIMITERS

_CLOSE = 0.86
_SHORT = 6
_NO_WORD = re.compile(r"[\W_]+")
_PLAIN = re.compile(r"[^\W\d_][\w./()%+-]*(?: [\w./()%+-]+)*")
_BOOLEAN = frozenset("true false yes no on off null y n".split())
_NAMES = (
    ("first name", "last name"),
    ("billing first name", "billing last name"),
    ("vorname", "nachname"),
    ("prénom", "nom"),
    ("nombre", "apellidos"),
    ("nome", "cognome"),
    ("voornaam", "achternaam"),
)
_NEEDED = (
    ("order_id",),
    ("placed_at",),
    ("sku", "title"),
    ("quantity",),
    ("unit_price", "line_total"),
)


class Matches(NamedTuple):
    """Their columns that ours may be, by name.

    Attributes:
        chosen: our column -> theirs, where one fits best.
        doubtful: our column -> theirs, where several fit alike.
        full_name: the columns that make up ``customer_name``, empty for none.
    """

    chosen: Mapping[str, str]
    doubtful: Mapping[str, tuple[str, ...]]
    full_name: tuple[str, ...] = ()

    @property
    def columns(self) -> frozenset[str]:
        """Their columns that have a match for sure."""
        return frozenset((*self.chosen.values(), *self.full_name))


class FileFacts(NamedTuple):
    """What a look at the file found; None or empty where it found nothing sure.

    Attributes:
        file: base name.
        encoding: as ``--encoding`` names it, None for UTF-8.
        delimiter: one character.
        preamble: lines above the header.
        decimal: ``dot`` or ``comma``; decimal_note says why it is not known.
        date_styles: every style that reads all dates.
        has_currency: whether the shop or an option gives a currency.
    """

    file: str
    encoding: str | None
    delimiter: str
    preamble: int
    decimal: str | None
    decimal_note: str
    date_styles: tuple[str, ...]
    has_currency: bool


def match_columns(theirs: Sequence[str]) -> Matches:
    """Match column names with ours: equal but for case and signs first, then alike."""
    names = {name: _plain(name) for name in theirs if _plain(name)}
    scores = sorted(
        ((score, ours, name) for name, plain in names.items() for score, ours in _meanings(plain)),
        key=lambda one: -one[0],
    )
    chosen: dict[str, str] = {}
    doubtful: dict[str, tuple[str, ...]] = {}
    taken: set[str] = set()
    for score, ours, name in scores:
        if ours in chosen or ours in doubtful or name in taken:
            continue
        equals = [other for at, mine, other in scores if (at, mine) == (score, ours)]
        equals = [other for other in equals if other not in taken]
        if len(equals) > 1:
            doubtful[ours] = tuple(equals)
        else:
            chosen[ours] = name
            taken.add(name)
    for one, other in (("unit_price", "line_total"), ("line_tax", "order_tax")):
        if one in chosen and other in chosen:
            doubtful[other] = (chosen.pop(other),)
    return Matches(chosen, doubtful, _full_name(names, chosen, doubtful))


def _full_name(
    names: Mapping[str, str], chosen: Mapping[str, str], doubtful: Mapping[str, object]
) -> tuple[str, ...]:
    """First and last name, where the file has these and no name of the customer."""
    if "customer_name" in chosen or "customer_name" in doubtful:
        return ()
    by_plain = {plain: name for name, plain in names.items() if name not in chosen.values()}
    pairs = ((by_plain.get(_plain(one)), by_plain.get(_plain(other))) for one, other in _NAMES)
    return next(((first, last) for first, last in pairs if first and last), ())


def lacking(matches: Matches, *, has_currency: bool) -> tuple[str, ...]:
    """Our columns that must be filled and have no match: ``sku or title``."""
    found = {" or ".join(names) for names in _NEEDED if not set(names) & set(matches.chosen)}
    missing = [" or ".join(names) for names in _NEEDED if " or ".join(names) in found]
    if "currency" not in matches.chosen and not has_currency:
        missing.append("currency")
    return tuple(missing)


def draft_mapping(columns: Sequence[str], matches: Matches, facts: FileFacts) -> str:
    """The text of a mapping file; what is not sure stands in it as a comment."""
    return "\n".join(_lines(columns, matches, facts)) + "\n"


def _lines(columns: Sequence[str], matches: Matches, facts: FileFacts) -> Iterator[str]:
    stem = _NO_WORD.sub("-", facts.file.rsplit(".", 1)[0]).strip("-") if facts.file != "-" else ""
    yield f"mapping: {stem if stem.isascii() and stem else 'my-orders'}"
    yield "reads: orders"
    yield from _file_keys(facts)
    yield "columns:"
    width = max((len(ours) + len(quoted(name)) for ours, name in matches.chosen.items()), default=0)
    for ours in _known_names():
        if ours in matches.chosen:
            entry = f"{ours}: {quoted(matches.chosen[ours])}"
            yield f"  {entry.ljust(width + 2)}  # check"
        elif ours in matches.doubtful:
            for name in matches.doubtful[ours]:
                yield f"  # {ours}: {quoted(name)}  # choose"
        elif ours == "customer_name" and matches.full_name:
            yield f"  {ours}: [{', '.join(map(quoted, matches.full_name))}]  # check"
    for needed in lacking(matches, has_currency=True):
        if not any(ours in matches.doubtful for ours in needed.split(" or ")):
            yield f"  # {needed.split(' ')[0]}: …  # needed: no column is called like {needed}"
    yield from _constants(matches, facts)
    used = matches.columns.union(*matches.doubtful.values())
    rest = [name for name in columns if name and name not in used]
    if rest:
        yield "# Columns that nothing reads:"
        yield from (f"#   {quoted(name)}" for name in rest)


def _file_keys(facts: FileFacts) -> Iterator[str]:
    if facts.encoding is not None:
        yield f"encoding: {facts.encoding}"
    word = next(name for name, sign in DELIMITERS.items() if sign == facts.delimiter)
    yield f"delimiter: {word}"
    if facts.preamble:
        yield f"preamble: {facts.preamble}"
    if facts.decimal is not None:
        yield f"decimal: {facts.decimal}"
    elif facts.decimal_note:
        yield f"# decimal: dot  # or comma: {facts.decimal_note}"
    styles = facts.date_styles
    if len(styles) == 1 and styles[0] != "ISO 8601":
        yield f"date_format: {quoted(styles[0])}"
    elif len(styles) > 1:
        yield "# These styles read every date; which one is meant? Take its line as date_format."
        yield from (f"# date_format: {quoted(style)}" for style in styles)


def _constants(matches: Matches, facts: FileFacts) -> Iterator[str]:
    if "currency" in matches.chosen and "tax_included" in matches.chosen:
        return
    yield "# constants:"
    if "currency" not in matches.chosen:
        why = "else the shop's" if facts.has_currency else "needed: neither file nor shop names one"
        yield f"#   currency: USD  # {why}"
    if "tax_included" not in matches.chosen:
        yield "#   tax_included: true  # else as the shop's `tax` says"


def quoted(text: str) -> str:
    """A text as YAML reads it back, in quotes where it needs them.

    >>> quoted("Order ID"), quoted("Order #"), quoted("no")
    ('Order ID', '"Order #"', '"no"')
    """
    if _PLAIN.fullmatch(text) and text.casefold() not in _BOOLEAN:
        return text
    return json.dumps(text, ensure_ascii=False)


@cache
def _known_names() -> Mapping[str, tuple[str, ...]]:
    text = shipped("column_names.toml").read_text(encoding="utf-8")
    return {
        ours: (_plain(ours), *(_plain(name) for name in names.split(",")))
        for ours, names in tomllib.loads(text).items()
    }


def _plain(name: str) -> str:
    return _NO_WORD.sub("", fold(name).replace("#", "no"))


def _meanings(plain: str) -> list[tuple[int, str]]:
    """Our columns that a name may mean: 3 our own name, 2 known for it, 1 much like a known one."""
    known = _known_names()
    found = [
        (3 if plain == names[0] else 2, ours) for ours, names in known.items() if plain in names
    ]
    if found or len(plain) < _SHORT:
        return found
    every = [name for names in known.values() for name in names]
    near = nearest(plain, every, likeness=_CLOSE)
    return [(1, ours) for ours, names in known.items() if near and near[0] in names]
