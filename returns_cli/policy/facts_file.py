"""Facts written down: a facts file, a case's ``given``, and the record that a decision keeps.

A fact left out is the plain default (no tags, no earlier returns, not a gift, one unit); prices,
values, weights and dates left out are not known; ``null`` always means *not known*.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from returns_cli.domain import money
from returns_cli.domain.days import parse_instant
from returns_cli.domain.errors import InvalidError
from returns_cli.domain.reasons import fault_of, find_reason
from returns_cli.notation.read import Node, clip, read_yaml
from returns_cli.notation.shapes import ListOf, Scalar
from returns_cli.notation.typed import Reading
from returns_cli.policy.fact_table import ANSWERS, FACTS, Fact, fact_named
from returns_cli.policy.facts import Facts, LineFacts
from returns_cli.policy.facts_text import place_of
from returns_cli.policy.language import Policy

BLOCKS = ("item", "line", "order", "customer", "request", "inspection", "exchange", "answers")
_ALIASES = {"requested_at": "requested_on"}
_KINDS = {"category": "any", "reason": "any", "text": "any"}
_APART = frozenset({"currency", "extends", "legal_floor", "quoted_total", "holidays", "lines"})
_RECORD = "the decision's facts"
_TEXTS = frozenset({str, tuple})


@dataclass(frozen=True, slots=True)
class Stated:
    """Facts as somebody wrote them, and the clock they are judged at."""

    facts: Facts
    as_of: datetime


def read_facts_file(
    data: bytes, shown_as: str, policy: Policy, zone: ZoneInfo, as_of: datetime | None
) -> Stated:
    """The facts of a file: written at its top level, or under ``given`` beside ``as_of``.

    Args:
        policy: names the currency and the reasons.
        as_of: the clock where the file does not say it.

    Raises:
        InvalidError: with every problem found, or nobody says the clock (exit 7).
    """
    root = read_yaml(data, shown_as)
    reading = Reading(shown_as, "POLICY", policy.currency)
    if not reading.expect(root, "map", "the facts file"):
        raise reading.refused()
    clock = root.get("as_of")
    moment = as_of if clock is None else read_clock(clock, reading, zone)
    given = root.get("given")
    if given is None:
        entries = tuple(one for one in root.entries if one[0].text != "as_of")
        given = Node("map", root.line, root.column, entries=entries)
    if moment is None and clock is None:
        reading.note(
            root, "REQUIRED", "Nothing says the day.", "Write as_of: 2026-04-19, or use --as-of."
        )
    if moment is None:
        raise reading.refused()
    facts = read_given(given, reading, policy, moment)
    if reading.problems:
        raise reading.refused()
    return Stated(facts, moment)


def read_clock(node: Node, reading: Reading, zone: ZoneInfo) -> datetime | None:
    """The clock of a case: a day (12:00 is meant) or an instant; None where it is neither."""
    try:
        return parse_instant(node.text, zone).astimezone(zone)
    except ValueError:
        reading.note(
            node, "DATE", f"{clip(node.text)!r} is not a day.", "Write YYYY-MM-DD: 2026-04-19."
        )
        return None


def read_given(node: Node, reading: Reading, policy: Policy, as_of: datetime) -> Facts:
    """The facts under ``given``; problems are noted."""
    shared, lines = _flat(node, reading)
    stated = [{**shared, **own} for own in lines] or [shared]
    return _facts(stated, policy, as_of, ())


def facts_of_record(record: Mapping[str, object], policy: Policy, as_of: datetime) -> Facts:
    """The facts that a decision keeps, ready to be judged again.

    Raises:
        InvalidError: the record is not one that a decision kept.
    """
    record = dict(record)
    shared = _typed({k: v for k, v in record.items() if k not in _APART}, policy.currency)
    lines: list[dict[str, object]] = []
    numbers: list[int] = []
    for one in _items(record.get("lines")):
        numbers.append(int(str(one.get("number", "1"))))
        own = _typed({k: v for k, v in one.items() if k != "number"}, policy.currency)
        lines.append({**shared, **own})
    facts = _facts(lines, policy, as_of, numbers, is_record=True)
    for known, values in zip(facts.lines, lines, strict=True):
        known.know(values, [name for name, one in values.items() if type(one) in _TEXTS])
    total = record.get("quoted_total")
    holidays = record.get("holidays", ())
    return Facts(
        facts.lines,
        str(record["currency"]) if "currency" in record else None,
        frozenset(date.fromisoformat(str(one)) for one in _sequence(holidays)),
        None,
        None if total is None else money.parse_amount(str(total), policy.currency),
        is_record=True,
    )


def _typed(record: Mapping[str, object], currency: str | None) -> dict[str, object]:
    """Typed facts by name, of a record or of one of its lines.

    Raises:
        InvalidError: with every problem found.
    """
    try:
        return dict(_remembered(record, currency))
    except (AttributeError, InvalidError, KeyError, TypeError):
        reading = Reading(_RECORD, "POLICY", currency)
        found, _ = _flat(_node(record), reading)
        if reading.problems:
            raise reading.refused() from None
        return found


def _remembered(record: Mapping[str, object], currency: str | None) -> Iterator[tuple[str, object]]:
    """The same of a record that holds what a judgement wrote; anything else raises."""
    known = _known()
    for key, value in record.items():
        if key in BLOCKS:
            for inner, one in value.items():  # type: ignore[attr-defined]  # a block, or it raises
                name = ANSWERS + inner if key == "answers" else known[key][inner]
                yield name, _kept(name, one, currency)
        else:
            name = known[""][key]
            yield name, _kept(name, value, currency)


@lru_cache(8192)
def _kept(name: str, value: Hashable, currency: str | None) -> object:
    """The typed value of a fact in a record: most repeat from decision to decision.

    Raises:
        InvalidError: it is none of the fact's kind.
    """
    reading = Reading(_RECORD, "POLICY", currency)
    found: dict[str, object] = {}
    _put(found, name, _node(value), reading)
    if reading.problems:
        raise reading.refused()
    return found[name]


def _sequence(value: object) -> Iterable[object]:
    return value if isinstance(value, tuple | list) else ()


def _items(value: object) -> list[Mapping[str, object]]:
    return [one for one in _sequence(value) if isinstance(one, Mapping)]


def _node(value: object) -> Node:
    """A node tree of plain data, so that one reader serves files and records."""
    if isinstance(value, Mapping):
        entries = tuple((_node(str(key)), _node(one)) for key, one in value.items())
        return Node("map", 1, 1, entries=entries)
    if isinstance(value, tuple | list):
        return Node("list", 1, 1, items=tuple(_node(one) for one in value))
    return Node("text", 1, 1, "" if value is None else str(value), value is None)


@cache
def _known() -> dict[str, dict[str, str]]:
    """Names of facts by block and key; "" holds those that are written bare."""
    known: dict[str, dict[str, str]] = {block: {} for block in ("", *BLOCKS)}
    for name in FACTS:
        block, key = place_of(name)
        known[block][key] = name
    known[""] |= _ALIASES
    return known


def _flat(node: Node, reading: Reading) -> tuple[dict[str, object], list[dict[str, object]]]:
    """Typed facts by name, and those of each entry under ``lines``."""
    found: dict[str, object] = {}
    lines: list[dict[str, object]] = []
    if not reading.expect(node, "map", "the facts"):
        return found, lines
    bare = _known()[""]
    for key, value in reading.entries(node, (*bare, *BLOCKS, "lines"), "the facts"):
        if key.text == "lines":
            for item in value.items:
                own, _ = _flat(item, reading)
                lines.append(own)
        elif key.text in BLOCKS:
            found |= _block(key.text, value, reading)
        else:
            _put(found, bare[key.text], value, reading)
    return found, lines


def _block(block: str, node: Node, reading: Reading) -> dict[str, object]:
    found: dict[str, object] = {}
    if not reading.expect(node, "map", f"`{block}`"):
        return found
    if block == "answers":
        for key, value in node.entries:
            _put(found, ANSWERS + key.text, value, reading)
        return found
    known = _known()[block]
    for key, value in reading.entries(node, tuple(known), f"`{block}`"):
        _put(found, known[key.text], value, reading)
    return found


def _put(found: dict[str, object], name: str, node: Node, reading: Reading) -> None:
    fact = FACTS.get(name) or Fact(name, "text", "The customer's answer.")
    if node.is_null:
        found[name] = None
        return
    if fact.kind == "words":
        key = Node("text", node.line, node.column, name)
        leaf = reading.leaf(key, node, ListOf(Scalar("any")), f"`{name}`")
        if leaf is not None:
            found[name] = leaf.value
        return
    value = reading.scalar(node, Scalar(_KINDS.get(fact.kind, fact.kind), fact.choices))
    if value is not None:
        found[name] = value[0]


def _facts(
    stated: list[dict[str, object]],
    policy: Policy,
    as_of: datetime,
    numbers: Iterable[int],
    *,
    is_record: bool = False,
) -> Facts:
    sources = [_Stated(one, stated, policy, as_of.date(), is_record) for one in stated]
    places = list(numbers) or list(range(1, len(stated) + 1))
    lines = tuple(
        LineFacts(source.find, place) for source, place in zip(sources, places, strict=True)
    )
    return Facts(lines, policy.currency)


@dataclass(frozen=True, slots=True)
class _Stated:
    """Facts of one line as they were written, completed by what follows from them.

    Attributes:
        is_record: a judgement wrote them, so a reason is the code that it was judged as, whatever
            the shop has come to call so since.
    """

    own: Mapping[str, object]
    every: list[dict[str, object]]
    policy: Policy
    today: date
    is_record: bool = False

    def find(self, name: str) -> object:
        """A fact's value, None where it is not known."""
        if name == "reason":
            return self._reason()
        if name in self.own:
            return self.own[name]
        follows = _FOLLOWING.get(name)
        if follows is not None:
            return follows(self)
        fact: Fact | None = fact_named(name)
        return fact.default if fact else None

    def count(self, name: str) -> int | None:
        """A fact that is a number."""
        found = self.find(name)
        return found if isinstance(found, int) else None

    def _reason(self) -> object:
        said = self.own.get("reason", FACTS["reason"].default)
        if said is None or self.is_record:
            return said
        found = find_reason(self.policy.reasons, str(said))
        return found.code if found else said

    def was_graded(self, grade: str) -> object:
        """Whether the grade was found; not known where the grades are not."""
        grades = self.find("inspection.grade")
        return grade in grades if isinstance(grades, tuple) else None

    def fault(self) -> object:
        """Follows from the reason; not known where the reason is not."""
        said = self.find("reason")
        return None if said is None else fault_of(self.policy.reasons, str(said)).value

    def days_since(self, name: str) -> object:
        """Days from a day to the request."""
        day, asked_on = self.find(name), self.find("requested_on")
        return (
            (asked_on - day).days if isinstance(day, date) and isinstance(asked_on, date) else None
        )

    def total(self, name: str, *, per_unit: bool = False) -> object:
        """A fact summed over all lines; None where one is not known."""
        found = 0
        for one in self.every:
            line = _Stated(one, self.every, self.policy, self.today)
            value, units = line.count(name), line.count("quantity")
            if value is None or units is None:
                return None
            found += value * units if per_unit else value
        return found


_FOLLOWING: Mapping[str, Callable[[_Stated], object]] = {
    "reason.fault": _Stated.fault,
    "requested_on": lambda source: source.today,
    "line.quantity": lambda source: source.find("quantity"),  # all that was bought comes back
    "line.shipped_units": lambda source: source.find("line.quantity"),
    "order.last_parcel": lambda source: source.find("order.delivered"),
    "order.age_days": lambda source: source.days_since("order.placed"),
    "order.days_since_shipped": lambda source: source.days_since("order.shipped"),
    "order.days_since_delivered": lambda source: source.days_since("order.delivered"),
    "request.quantity": lambda source: source.total("quantity"),
    "request.value": lambda source: source.total("line.value"),
    "request.weight": lambda source: source.total("item.weight", per_unit=True),
    "customer.first_order": lambda source: (
        None if (orders := source.count("customer.orders")) is None else orders <= 1
    ),
    "inspection.days_late": lambda _: None,
    "inspection.wrong_sku": lambda source: source.was_graded("wrong_item"),
    "inspection.serial_mismatch": lambda source: source.was_graded("serial_mismatch"),
}
