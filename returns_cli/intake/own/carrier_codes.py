"""What carriers' event codes mean: the shipped table, and what the shop has learned beside it.

The table is data (``data/carrier_events.toml``). Nothing is guessed: a code that no table has is
unknown, and so is one on which the tables of several carriers disagree.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, NamedTuple

from returns_cli.data import shipped
from returns_cli.domain.parcels import Meaning
from returns_cli.intake.row_cells import word

_PREFIXED = 9


class CarrierCode(NamedTuple):
    """One code of one carrier; ``carrier`` is a list's name or a carrier's, folded."""

    carrier: str
    code: str
    meaning: Meaning


class CodeList(NamedTuple):
    """The codes of one carrier.

    Attributes:
        name: folded; ``carriers``: other names that mean it, folded.
        codes: by code; ``prefixes``: by the beginnings of nine-digit codes.
    """

    name: str
    carriers: frozenset[str]
    codes: Mapping[str, Meaning]
    prefixes: Mapping[str, Meaning]

    def is_meant_by(self, carrier: str) -> bool:
        """Whether a folded name means this list: its own, another of it, or its first words."""
        return (
            not carrier
            or carrier == self.name
            or carrier in self.carriers
            or self.name.startswith(f"{carrier} ")
        )

    def meaning(self, code: str) -> Meaning | None:
        """What a code means, None where the list does not have it.

        ``DLVRD/ACCPT`` is an event with its detail: where the pair is not listed, the event holds.
        """
        found = self.codes.get(code)
        if found is None and "/" in code:
            found = self.codes.get(code.partition("/")[0].rstrip())
        if found is None and len(code) == _PREFIXED and code.isascii() and code.isdigit():
            starts = (code[:length] for length in range(_PREFIXED, 2, -1))
            found = next((self.prefixes[one] for one in starts if one in self.prefixes), None)
        return found


class CodeTable:
    """Looks codes up.

    Args:
        learned: codes of the shop's own lists; they win over the shipped ones.
    """

    def __init__(self, learned: Iterable[CarrierCode] = ()) -> None:
        own: dict[str, dict[str, Meaning]] = {}
        for carrier, code, meaning in learned:
            own.setdefault(carrier, {})[code] = meaning
        self._lists = [
            one._replace(codes={**one.codes, **own.pop(one.name, {})}) for one in shipped_lists()
        ]
        self._lists += [
            CodeList(name, frozenset(), codes, {}) for name, codes in sorted(own.items())
        ]

    def meaning(self, event: str, carrier: str = "") -> Meaning:
        """What an event means.

        Args:
            event: one of our own words in any spelling (``First scan``), or a carrier's code.
            carrier: as a file names it; empty where it does not.

        Returns:
            ``UNKNOWN`` where no table has the code, or several disagree.
        """
        own = word(" ".join(event.split()))
        if own in _WORDS:
            return Meaning(own)
        return self.meaning_of(event.strip().upper(), fold_carrier(carrier)) or Meaning.UNKNOWN

    def meaning_of(self, code: str, carrier: str) -> Meaning | None:
        """What a code means to a carrier by its folded name; None as ``UNKNOWN`` above."""
        found = {
            meaning
            for one in self._lists
            if one.is_meant_by(carrier) and (meaning := one.meaning(code)) is not None
        }
        return found.pop() if len(found) == 1 else None


_WORDS = frozenset(Meaning) - {Meaning.UNKNOWN}


def fold_carrier(name: str) -> str:
    """A carrier's name for comparison: folded, one space between words, hyphens as spaces.

    >>> fold_carrier(" DHL  Parcel-DE ")
    'dhl parcel de'
    """
    return " ".join(name.casefold().replace("-", " ").replace("_", " ").split())


def meaning_of_words(*texts: str) -> Meaning | None:
    """What a carrier's own words for a code mean: the first of the texts that is a known one.

    >>> meaning_of_words("", "Die Sendung wurde zugestellt.").value
    'delivered'
    """
    known = _words()
    return next((known[text] for one in texts if (text := _plain(one)) in known), None)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".")


@cache
def shipped_lists() -> tuple[CodeList, ...]:
    """The lists that come with the program."""
    return tuple(
        CodeList(
            row["name"],
            frozenset(row["carriers"]),
            _by_code(row["codes"]),
            _by_code(row.get("prefixes", {})),
        )
        for row in _data()["list"]
    )


def _by_code(declared: Mapping[str, str]) -> dict[str, Meaning]:
    return {code: Meaning(name) for name, codes in declared.items() for code in codes.split()}


@cache
def _words() -> dict[str, Meaning]:
    return {text: Meaning(name) for name, texts in _data()["words"].items() for text in texts}


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(shipped("carrier_events.toml").read_text(encoding="utf-8"))
