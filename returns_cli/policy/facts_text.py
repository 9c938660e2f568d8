"""Facts as text and back: what a decision keeps, and what a facts file says, in one form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import count, groupby
from json.encoder import encode_basestring as quoted
from operator import itemgetter
from typing import NamedTuple

from returns_cli.domain import money
from returns_cli.domain.decision_json import canonical
from returns_cli.notation.scalars import PERCENT
from returns_cli.policy.fact_table import ANSWERS, Fact, fact_named
from returns_cli.policy.facts import Facts, LineFacts

USED_ALWAYS = (
    "item.sku",
    "item.title",
    "line.is_known",
    "line.quantity",
    "line.returned_before",
    "line.shipped_units",
    "order.delivered",
    "order.placed",
    "order.shipped",
    "quantity",
    "reason",
    "reason.fault",
    "resolution",
    "condition",
    "photos",
    "kind",
    "requested_on",
    "inspection.grade",
)
"""Facts that every judgement looks at, whatever the rules test."""

_PER_RETURN = ("order", "customer")
_REMEMBERED = 4096

Text = str | tuple[str, ...] | None


def text_of(value: object, fact: Fact, currency: str | None) -> Text:
    """A fact's value as a facts file writes it; None is *not known*."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return tuple(str(one) for one in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return _number_text(value, fact.kind, currency)
    return value.isoformat() if isinstance(value, date) else str(value)


def _number_text(value: int, kind: str, currency: str | None) -> str:
    if kind == "count":
        return str(value)
    if kind == "amount":
        return money.format_amount(value, currency or "")
    if kind == "weight":
        return f"{value} g"
    whole, rest = divmod(value, PERCENT)
    decimals = f".{rest:010d}".rstrip("0").rstrip(".")
    return f"{whole}{decimals}%"


def place_of(name: str) -> tuple[str, str]:
    """Block and key of a fact in a facts file; facts of the request stand without a block."""
    if name.startswith(ANSWERS):
        return "answers", name.removeprefix(ANSWERS)
    head, _, tail = name.partition(".")
    if tail and head in ("item", "line", "order", "customer", "request", "inspection", "exchange"):
        return head, tail
    return "", name


def record_facts(facts: Facts, names: frozenset[str]) -> dict[str, object]:
    """The facts that a judgement used, for the record: no names and no addresses of people.

    What all lines share stands once; every line has its own under ``lines``.
    """
    plan = _plan(names, facts.currency)
    told = [plan.texts_of(one) for one in facts.lines]
    record: dict[str, object] = {}
    own: list[dict[str, object]] = [{"number": str(line.line)} for line in facts.lines]
    for block, keys, start, end in plan.blocks:
        if not block:
            for into, texts in zip(own, told, strict=True):
                into[keys[0]] = texts[start]
        elif block not in _PER_RETURN:
            for into, texts in zip(own, told, strict=True):
                into[block] = dict(zip(keys, texts[start:end], strict=True))
        elif len(told) == 1:
            record[block] = dict(zip(keys, told[0][start:end], strict=True))
        else:
            _share(block, keys, [texts[start:end] for texts in told], record, own)
    record["lines"] = tuple(own)
    if facts.currency is not None:
        record["currency"] = facts.currency
    return record


def write_facts(facts: Facts, names: frozenset[str], beside: Mapping[str, Text]) -> str:
    """:func:`record_facts`, and what stands beside it, as canonical JSON.

    Canonical is what ``domain.decision_json`` says: sorted keys, no spaces.
    """
    if len(facts.lines) != 1:
        return canonical({**record_facts(facts, names), **beside})
    parts, line = _plan(names, facts.currency).written(facts.lines[0])
    parts.append(f'"lines":[{line}]')
    if facts.currency is not None:
        parts.append(f'"currency":{quoted(facts.currency)}')
    parts += [f"{quoted(key)}:{_quoted(text)}" for key, text in beside.items()]
    parts.sort(key=_key)
    return f"{{{','.join(parts)}}}"


def _key(part: str) -> str:
    """The key of a member, which holds no quotes: our own words all of them."""
    return part[1 : part.index('"', 1)]


def _quoted(text: Text) -> str:
    if text is None:
        return "null"
    return quoted(text) if isinstance(text, str) else f"[{','.join(map(quoted, text))}]"


def _share(
    block: str,
    keys: Sequence[str],
    told: Sequence[Sequence[Text]],
    record: dict[str, object],
    own: Sequence[dict[str, object]],
) -> None:
    """Put the facts of a block on which all lines agree into the record, the others into each."""
    same = [n for n in range(len(keys)) if told and all(one[n] == told[0][n] for one in told)]
    if same:
        record[block] = {keys[n]: told[0][n] for n in same}
    for into, texts in zip(own, told, strict=True):
        if len(same) < len(keys):
            into[block] = {key: texts[n] for n, key in enumerate(keys) if n not in same}


class _Texts(dict[object, Text]):
    """The texts of one fact by its values, which repeat from line to line."""

    def __init__(self, fact: Fact, currency: str | None) -> None:
        super().__init__()
        self._fact = fact
        self._currency = currency

    def __missing__(self, value: object) -> Text:
        if len(self) >= _REMEMBERED:
            self.clear()
        text = self[value] = text_of(value, self._fact, self._currency)
        return text


class _Quoted(dict[object, str]):
    """The same as JSON."""

    def __init__(self, texts: _Texts) -> None:
        super().__init__()
        self._texts = texts

    def __missing__(self, value: object) -> str:
        if len(self) >= _REMEMBERED:
            self.clear()
        text = self[value] = _quoted(self._texts[value])
        return text


def _block_of(placed: tuple[tuple[str, str], int]) -> tuple[str, int]:
    """Facts of one block stand together, a bare one by itself."""
    (block, _), n = placed
    return block, -1 if block else n


class _Plan:
    """How some facts are recorded.

    Attributes:
        blocks: block, keys, and where their texts begin and end; a bare fact is a block alone.
    """

    def __init__(self, names: frozenset[str], currency: str | None) -> None:
        found = (fact_named(name) for name in sorted(names.union(USED_ALWAYS)))
        facts = [one for one in found if one is not None]
        self._place = {fact.name: n for n, fact in enumerate(facts)}
        self._values = itemgetter(*self._place)
        self._texts = tuple(_Texts(fact, currency) for fact in facts)
        self._quoted = tuple(map(_Quoted, self._texts))
        self.blocks: list[tuple[str, tuple[str, ...], int, int]] = []
        start = 0
        places = [place_of(fact.name) for fact in facts]
        for (block, _), group in groupby(zip(places, count(), strict=False), _block_of):
            keys = tuple(key for (_, key), _ in group)
            self.blocks.append((block, keys, start, start + len(keys)))
            start += len(keys)
        members = sorted(_Member.of(*one) for one in self.blocks)
        self._shared = [one for one in members if one.key in _PER_RETURN]
        own = [one for one in members if one.key not in _PER_RETURN]
        own = sorted([*own, _Member("number", '"number":%s', (start,))])
        self._line = "{" + ",".join(one.form for one in own) + "}"
        self._in_line = itemgetter(*(n for one in own for n in one.places))

    def texts_of(self, facts: LineFacts) -> list[Text]:
        """The texts of a line's facts, as they came, in the plan's order."""
        texts = [
            known[value] for known, value in zip(self._texts, self._values(facts), strict=True)
        ]
        for name, raw in facts.as_they_came():
            n = self._place.get(name)
            if n is not None:
                texts[n] = self._texts[n][raw]
        return texts

    def written(self, facts: LineFacts) -> tuple[list[str], str]:
        """A lone line's facts as JSON: the members that stand outside of the line, and the line."""
        texts = [
            known[value] for known, value in zip(self._quoted, self._values(facts), strict=True)
        ]
        for name, raw in facts.as_they_came():
            n = self._place.get(name)
            if n is not None:
                texts[n] = self._quoted[n][raw]
        texts.append(f'"{facts.line}"')
        shared = [one.form % tuple([texts[n] for n in one.places]) for one in self._shared]
        return shared, self._line % self._in_line(texts)


class _Member(NamedTuple):
    """A member of an object in JSON: its key, its form with a place for each text, those texts."""

    key: str
    form: str
    places: tuple[int, ...]

    @classmethod
    def of(cls, block: str, keys: tuple[str, ...], start: int, end: int) -> _Member:
        """A block of facts, or a bare fact."""
        inner = ",".join(f"{_formed(key)}:%s" for key in keys)
        form = f"{_formed(block)}:{{{inner}}}" if block else inner
        return cls(block or keys[0], form, tuple(range(start, end)))


def _formed(key: str) -> str:
    return quoted(key).replace("%", "%%")


_plan = lru_cache(256)(_Plan)
