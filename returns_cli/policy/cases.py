"""Cases beside a policy: facts and a day in, what must come out; differences are listed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast
from zoneinfo import ZoneInfo

from returns_cli.domain import money, terms
from returns_cli.domain.model import Decision, LineDecision
from returns_cli.domain.quote import Quote
from returns_cli.domain.vocabulary import Verdict
from returns_cli.notation.read import Node, read_yaml
from returns_cli.notation.shapes import Field, Group, ListOf, MapOf, Other, Scalar
from returns_cli.notation.typed import Leaf, Reading, Tree, leaves, value_of
from returns_cli.policy.evaluate import evaluate
from returns_cli.policy.facts import Facts
from returns_cli.policy.facts_file import read_clock, read_given
from returns_cli.policy.language import Policy
from returns_cli.policy.quoted import quote_facts
from returns_cli.policy.trace import applied_rules

_VERDICTS = tuple(one.value for one in Verdict)
_FEES = {
    "restocking": "restocking_fee",
    "return_shipping": "return_shipping",
    "transfer": "transfer_fee",
}
_LINE = {
    "verdict": Field(Scalar("word", _VERDICTS), "approve, deny, review or partial."),
    "codes": Field(ListOf(Scalar("any")), "Every code that speaks for the verdict."),
    "deadline": Field(Scalar("day_or_none"), "The last day in time, or none."),
    "nearest_miss": Field(Scalar("any"), "By how much it failed."),
    "keep_item": Field(Scalar("flag"), "Whether the customer keeps the goods."),
    "settings": Field(
        MapOf("settings", Scalar("any"), ListOf(Scalar("any"))), "Settings by dotted name."
    ),
}
EXPECT = Group(
    "`expect`",
    {
        **_LINE,
        "fees": Field(
            Group("`fees`", {name: Field(Scalar("amount"), "An amount.") for name in _FEES}),
            "What is taken off, as positive amounts.",
        ),
        "total": Field(Scalar("amount"), "What is paid in all."),
        "label": Field(Scalar("any"), "The kind of label."),
        "lines": Field(Other("lines"), "What each line must come to."),
    },
)
CASE = Group(
    "a case",
    {
        "name": Field(Scalar("text"), "What it shows, in a few words.", is_required=True),
        "given": Field(Other("given"), "The facts.", is_required=True),
        "as_of": Field(Scalar("any"), "The day it is judged: as_of: 2026-04-19.", is_required=True),
        "expect": Field(EXPECT, "What must come out.", is_required=True),
    },
)


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that came out otherwise than a case expects."""

    file: str
    line: int
    case: str
    key: str
    expected: str
    found: str


@dataclass(frozen=True, slots=True)
class CasesReport:
    """What the cases of a policy came to.

    Attributes:
        cases: how many there are; ``failed``: how many differ.
        covered: ids of the rules that applied in at least one case.
    """

    cases: int
    failed: int
    differences: tuple[Difference, ...]
    covered: frozenset[str]


@dataclass(frozen=True, slots=True)
class Case:
    """One case, read and typed."""

    name: str
    line: int
    facts: Facts
    as_of: datetime
    expect: Tree
    of_lines: tuple[Tree, ...]


def read_cases(data: bytes, shown_as: str, policy: Policy, zone: ZoneInfo) -> tuple[Case, ...]:
    """The cases of a file.

    Raises:
        InvalidError: with every problem found (exit 7).
    """
    root = read_yaml(data, shown_as)
    reading = Reading(shown_as, "POLICY", policy.currency)
    listed = Group(
        "the cases file", {"cases": Field(Other("cases"), "The cases.", is_required=True)}
    )
    reading.group(root, listed)
    node = root.get("cases")
    cases: list[Case] = []
    if node is not None and reading.expect(node, "list", "`cases`"):
        for item in node.items:
            case = _read_case(item, reading, policy, zone)
            if case is not None:
                cases.append(case)
    if reading.problems:
        raise reading.refused()
    return tuple(cases)


def _read_case(node: Node, reading: Reading, policy: Policy, zone: ZoneInfo) -> Case | None:
    tree = reading.group(node, CASE)
    given, clock, expect = node.get("given"), node.get("as_of"), node.get("expect")
    as_of = read_clock(clock, reading, zone) if clock is not None else None
    if given is None or as_of is None or expect is None:
        return None
    wanted = tree.get("expect")
    of_lines = expect.get("lines")
    line_shape = Group("a line of `expect`", _LINE)
    return Case(
        name=str(value_of(tree, "name", "")),
        line=node.line,
        facts=read_given(given, reading, policy, as_of),
        as_of=as_of,
        expect=wanted if isinstance(wanted, dict) else {},
        of_lines=tuple(reading.group(one, line_shape) for one in of_lines.items)
        if of_lines is not None
        else (),
    )


def run_cases(policy: Policy, cases: Sequence[Case], shown_as: str) -> CasesReport:
    """Judge every case and list what differs."""
    differences: list[Difference] = []
    failed = 0
    covered: set[str] = set()
    for case in cases:
        decision = evaluate(policy, case.facts, case.as_of)
        covered |= applied_rules(policy, case.facts, case.as_of)
        found = [
            Difference(shown_as, case.line, case.name, key, expected, came)
            for key, expected, came in _differences(policy, case, decision)
        ]
        failed += bool(found)
        differences += found
    return CasesReport(len(cases), failed, tuple(differences), frozenset(covered))


def _differences(policy: Policy, case: Case, decision: Decision) -> Iterable[tuple[str, str, str]]:
    yield from _of_return(case, decision)
    fees = case.expect.get("fees")
    if isinstance(fees, dict) or "total" in case.expect:
        yield from _amounts(policy, case, decision)
    for number, (tree, line) in enumerate(zip(case.of_lines, decision.lines, strict=False), 1):
        for key, expected, came in _of_line(tree, line):
            yield f"lines.{number}.{key}", expected, came
    if case.of_lines and len(case.of_lines) != len(decision.lines):
        yield "lines", str(len(case.of_lines)), str(len(decision.lines))


def _of_return(case: Case, decision: Decision) -> Iterable[tuple[str, str, str]]:
    """What holds for the return; keys of a line are asked of every line."""
    tree = dict(case.expect)
    verdict = tree.pop("verdict", None)
    if isinstance(verdict, Leaf) and verdict.value != decision.verdict.value:
        yield "verdict", str(verdict.value), decision.verdict.value
    label = tree.pop("label", None)
    if isinstance(label, Leaf) and label.value != decision.label_kind:
        yield "label", str(label.value), decision.label_kind
    codes = tree.pop("codes", None)
    if isinstance(codes, Leaf):
        found = {code for line in decision.lines for code in line.codes}
        if set(cast("tuple[str, ...]", codes.value)) != found:
            yield "codes", _listed(codes.value), _listed(sorted(found))
    for line in decision.lines:
        yield from _of_line(tree, line)


def _of_line(tree: Mapping[str, Leaf | Tree], line: LineDecision) -> Iterable[tuple[str, str, str]]:
    settings = terms.by_name(line.settings)
    found: dict[str, object] = {
        "verdict": line.verdict.value,
        "deadline": line.deadline_on,
        "nearest_miss": line.nearest_miss,
        "keep_item": terms.is_on(settings, "keep_item"),
    }
    for key, came in found.items():
        leaf = tree.get(key)
        if isinstance(leaf, Leaf) and leaf.value != came:
            yield key, _said(leaf.value), _said(came)
    codes = tree.get("codes")
    if isinstance(codes, Leaf) and set(cast("tuple[str, ...]", codes.value)) != set(line.codes):
        yield "codes", _listed(codes.value), _listed(line.codes)
    wanted = tree.get("settings")
    for name, leaf in leaves(wanted).items() if isinstance(wanted, dict) else ():
        expected = cast("tuple[str, ...]", leaf.value)
        if terms.words(settings, name) != expected:
            yield f"settings.{name}", _listed(expected), _listed(terms.words(settings, name))


def _amounts(policy: Policy, case: Case, decision: Decision) -> Iterable[tuple[str, str, str]]:
    quote = quote_facts(case.facts, decision.lines)
    total = case.expect.get("total")
    if isinstance(total, Leaf):
        came = None if quote is None else quote.total_minor
        if came != total.value:
            yield "total", _amount(policy, total.value), _amount(policy, came)
    fees = case.expect.get("fees")
    for name, leaf in leaves(fees).items() if isinstance(fees, dict) else ():
        came = fee_charged(case.facts, decision, quote, _FEES[name])
        if came != leaf.value:
            yield f"fees.{name}", _amount(policy, leaf.value), _amount(policy, came)


def fee_charged(facts: Facts, decision: Decision, quote: Quote | None, kind: str) -> int | None:
    """A fee as a positive amount; None where it hangs on a value that is not known.

    Where a value is not known, what does not hang on it is told as if the goods were dear.
    """
    if quote is not None:
        return -sum(one.amount_minor for one in quote.components if one.kind == kind)
    if kind == "restocking_fee" and any(_takes_share(one) for one in decision.lines):
        return None
    dear = quote_facts(facts, decision.lines, stand_in_minor=10**9)
    return -sum(one.amount_minor for one in (dear.components if dear else ()) if one.kind == kind)


def _takes_share(line: LineDecision) -> bool:
    settings = terms.by_name(line.settings)
    waived = line.fault.value in terms.words(settings, "fees.waived_for_fault")
    share = terms.word(settings, "fees.restocking", "0")
    return (
        line.verdict is not Verdict.DENY
        and not waived
        and share.endswith("%")
        and terms.read_percent(share) > 0
    )


def _amount(policy: Policy, value: object) -> str:
    if not isinstance(value, int):
        return "not known: the facts name no line.value"
    return money.format_amount(value, policy.currency)


def _said(value: object) -> str:
    if value is None:
        return "none"
    if isinstance(value, date):
        return value.isoformat()
    return str(value).lower() if isinstance(value, bool) else str(value)


def _listed(values: object) -> str:
    found = ", ".join(str(one) for one in cast("Iterable[object]", values))
    return found or "none"
