"""The facts of a request, looked up only when something asks for them.

A judgement sees one :class:`LineFacts` per line: a dictionary by fact name whose values are made
on first use. None means *not known*. Text is folded for comparing; :meth:`LineFacts.raw` gives it
as it came.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from typing import NamedTuple

from returns_cli.domain.reasons import ReasonIndex, reason_index
from returns_cli.domain.record import JudgedRequest
from returns_cli.domain.shop import Tables
from returns_cli.policy.fact_table import FACTS
from returns_cli.policy.facts_of_return import ReturnSource
from returns_cli.policy.facts_source import LineSource, readers_of, usual_facts

_EXACT = frozenset(name for name, one in FACTS.items() if one.is_exact)

_AS_THEY_ARE = frozenset({int, bool, type(None), date})


class LineFacts(dict[str, object]):
    """Facts of one line by name, folded for comparing; see :meth:`raw` for what was said.

    Args:
        find: gives the raw value of a fact; None where it is not known.
        line: number of the order line, from 1.
    """

    __slots__ = ("_find", "_raw", "line")

    def __init__(self, find: Callable[[str], object], line: int) -> None:
        super().__init__()
        self._find = find
        self._raw: dict[str, object] = {}  # where it differs from what is compared
        self.line = line

    def raw(self, name: str) -> object:
        """A fact's value as it came, None where it is not known."""
        value = self[name]
        return self._raw.get(name, value)

    def as_they_came(self) -> Collection[tuple[str, object]]:
        """Names and raw values of what has been looked up and is compared otherwise."""
        return self._raw.items()

    def learn(self, name: str, value: object) -> None:
        """Put in what the judgement itself found out, such as days after the deadline."""
        self._raw.pop(name, None)
        self[name] = value

    def know(self, values: Mapping[str, object], texts: Iterable[str]) -> None:
        """Put in many raw values at once.

        Args:
            texts: names of those among them that are text, or lists of texts, in any case.
        """
        self.update(values)
        for name in texts:
            raw = values.get(name)
            if raw:
                value = folded(raw, name)
                if value != raw:
                    self[name] = value
                    self._raw[name] = raw

    def __missing__(self, name: str) -> object:
        raw = self._find(name)
        kind = type(raw)
        if kind in _AS_THEY_ARE or raw == () or name in _EXACT:
            self[name] = raw
            return raw
        value = self[name] = raw.casefold() if kind is str else folded(raw, name)  # type: ignore[attr-defined]  # it is text
        if value != raw:
            self._raw[name] = raw
        return value


def folded(value: object, name: str) -> object:
    """A fact's value as it is compared: text in any case is the same, but for SKUs."""
    if name in _EXACT:
        return value
    if isinstance(value, str):
        return value.casefold()
    if type(value) is tuple:
        return tuple(one.casefold() if isinstance(one, str) else one for one in value)
    return value


class Facts(NamedTuple):
    """What a policy is asked about.

    Attributes:
        lines: one per line of the request, in its order.
        currency: of every amount; None where nothing says it.
        holidays: of the shop's calendar.
        request: what the facts were taken from; None for a facts file.
        quoted_total_minor: what a stored decision quoted; None where it did not.
        is_record: the facts are those that a decision kept: nothing is worked out anew.
    """

    lines: tuple[LineFacts, ...]
    currency: str | None
    holidays: frozenset[date] = frozenset()
    request: JudgedRequest | None = None
    quoted_total_minor: int | None = None
    is_record: bool = False


def facts_of(request: JudgedRequest, tables: Tables) -> Facts:
    """The facts of a request on record. Ages count to the day of the request.

    Args:
        tables: whose reasons name the fault.
    """
    return facts_with(request, reason_index(tables))


def facts_with(
    request: JudgedRequest, reasons: ReasonIndex, names: frozenset[str] = frozenset()
) -> Facts:
    """As :func:`facts_of`, with an index of reasons that is already there.

    Args:
        names: facts that will be asked for, read at once; any other is read when it is.
    """
    order_lines = {one.line: one for one in request.order.lines}
    shared = ReturnSource(request, order_lines, reasons)
    of_return, of_line, texts = readers_of(names)
    of_all = {name: read(shared) for name, read in of_return}
    lines = []
    for asked in request.lines:
        source = LineSource(shared, asked, order_lines.get(asked.line))
        known = usual_facts(source) | of_all
        for name, read in of_line:
            known[name] = read(source)
        facts = LineFacts(source.find, asked.line)
        facts.know(known, texts)
        lines.append(facts)
    return Facts(tuple(lines), request.order.currency, request.holidays, request)
