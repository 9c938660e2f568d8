"""The formats we know by their header.

They are data (``data/formats.toml``): a signature is the names that must all stand in the header,
folded; ``a|b`` means either.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from returns_cli.data import shipped

_BLANKS = "\ufeff\u200b"
_NUMBERED = 100


@lru_cache(maxsize=4096)
def fold(name: str) -> str:
    r"""A header name for comparison: no BOM, trimmed, inner spaces to one, case folded.

    >>> fold("\ufeff Lineitem  SKU ")
    'lineitem sku'
    """
    return " ".join(name.strip(_BLANKS).split()).casefold()


@dataclass(frozen=True, slots=True)
class Format:
    """A known layout.

    Attributes:
        name: as ``--from`` names it.
        command: the command that reads it.
        what: for people: "a Shopify orders export".
        signature: folded names, ``a|b`` for either.
        columns: all names we know of it, folded, those of the signature in.
        is_closed: recognised among foreign files only where every column is known, because its
            signature alone would fit too much.
        quoted: RFC 4180 quotes.
        may_be_short: a row may lack its last cells (eBay).
        in_order: the columns in the layout's fixed order, for a header in another language.
        known_by: names that tell an incomplete file of it, so that what is missing can be named.
        has_footers: footers, titles and headers may stand between the rows, in joined files.
    """

    name: str
    command: str
    what: str
    signature: tuple[str, ...]
    columns: frozenset[str] = frozenset()
    is_closed: bool = False
    quoted: bool = True
    may_be_short: bool = False
    in_order: tuple[str, ...] = ()
    known_by: tuple[str, ...] = ()
    has_footers: bool = False

    def missing_in(self, names: frozenset[str]) -> tuple[str, ...]:
        """The signature's names that a header (folded) does not have."""
        return tuple(
            wanted for wanted in self.signature if not names.intersection(wanted.split("|"))
        )

    def fits(self, names: frozenset[str]) -> bool:
        """Whether every name of the signature stands in the header (folded)."""
        return _all_in(names, self.signature)

    def is_like(self, names: frozenset[str]) -> bool:
        """Whether a header (folded) is of this layout, but perhaps incomplete."""
        return bool(self.known_by) and _all_in(names, self.known_by)


def _all_in(names: frozenset[str], wanted: tuple[str, ...]) -> bool:
    return all(not names.isdisjoint(one.split("|")) for one in wanted)


def _names(text: str) -> tuple[str, ...]:
    return tuple(" ".join(part.split()) for part in text.split(",") if part.strip())


def _numbered(text: str) -> Iterator[str]:
    """Names with ``#`` for a number from 1 to 99."""
    return (
        name.replace("#", str(number)) for name in _names(text) for number in range(1, _NUMBERED)
    )


def _declared(row: dict[str, Any]) -> Format:
    signature = _names(row["signature"])
    in_order = _names(row.get("in_order", ""))
    alternatives = (name for wanted in signature for name in wanted.split("|"))
    return Format(
        row["name"],
        row["command"],
        row["what"],
        signature,
        columns=frozenset(
            (
                *alternatives,
                *in_order,
                *_names(row.get("columns", "")),
                *_numbered(row.get("numbered", "")),
            )
        ),
        is_closed=row.get("closed", False),
        quoted=row.get("quoted", True),
        may_be_short=row.get("short_rows", False),
        in_order=in_order,
        known_by=_names(row.get("known_by", "")),
        has_footers=row.get("footers", False),
    )


FORMATS: tuple[Format, ...] = tuple(
    map(_declared, tomllib.loads(shipped("formats.toml").read_text(encoding="utf-8"))["format"])
)


def format_of(name: str, command: str) -> Format:
    """The format of a name that a command reads.

    Raises:
        KeyError: there is none.
    """
    for form in FORMATS:
        if (form.name, form.command) == (name, command):
            return form
    raise KeyError(name, command)


SHOPIFY = format_of("shopify", "orders import")
GENERIC_ORDERS = format_of("generic", "orders import")
REQUESTS = format_of("generic", "requests import")
RECEIPTS = format_of("generic", "receive --file")
INSPECTIONS = format_of("generic", "inspect --file")
DISPOSITIONS = format_of("generic", "dispose --file")
CUSTOMERS = format_of("generic", "customers import")
PRODUCTS = format_of("generic", "products import")
