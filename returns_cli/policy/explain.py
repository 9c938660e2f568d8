"""A decision in plain words: what a clerk reads aloud to a customer at the counter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import cast

from returns_cli.domain import terms
from returns_cli.domain.model import Decision, LineDecision
from returns_cli.domain.vocabulary import Verdict
from returns_cli.policy.facts_file import facts_of_record
from returns_cli.policy.floor_table import FloorTable
from returns_cli.policy.language import Policy
from returns_cli.policy.trace import APPLIES, UNKNOWN, trace_lines
from returns_cli.policy.words.floor import is_by_law, law_lines
from returns_cli.policy.words.window import window_lines

Trace = Sequence[Mapping[str, object]]

CODES: Mapping[str, str] = {
    "window_expired": "the return window has ended",
    "not_shipped": "nothing of the line was shipped",
    "not_delivered": "the goods are not delivered yet",
    "already_returned": "all its units are in other returns",
    "quantity_exceeds": "more units than can come back",
    "condition_not_accepted": "goods in this condition are not taken back",
    "resolution_not_offered": "what the customer wants is not offered",
    "evidence_missing": "photos are missing",
    "no_policy": "no policy fits the order",
    "above_limit": "the amount is above what the policy pays without a person",
    "unknown_line": "the order has no such line",
    "excluded": "the goods are excluded from returns",
}
"""What the standard codes say; a policy's own are explained by their rule."""


def explain_decision(decision: Decision, policy: Policy | None = None) -> list[str]:
    """A decision as lines of plain text, each with the file and line it comes from.

    Args:
        policy: the text the decision was made by; with it every rule is told with its tests.
    """
    said = [f"Verdict: {decision.verdict.value}, judged {decision.as_of}."]
    if decision.policy_id is None:
        said.append("No policy fits the order, so a person decides.")
    else:
        sha = f"version {decision.policy_version}, sha256 {decision.policy_sha256}"
        said.append(f"Policy: {decision.policy_id}, {sha}.")
    traces = _traces(decision, policy)
    law = policy.floor if policy is not None and traces else None
    for i, line in enumerate(decision.lines):
        said += ["", *_line(line, _own_facts(decision, i), traces[i] if traces else (), law)]
    return said


def explain_tests(decision: Decision, policy: Policy | None) -> tuple[Mapping[str, object], ...]:
    """Per line, what became of each rule and its tests, as data; empty without the policy's text.

    Returns:
        ``line`` and ``rules``; a rule is what :func:`trace_lines` gives.
    """
    traces = _traces(decision, policy)
    return tuple(
        {"line": line.line, "rules": trace}
        for line, trace in zip(decision.lines, traces, strict=False)
    )


def _traces(decision: Decision, policy: Policy | None) -> Sequence[Trace]:
    if policy is None or policy.sha256 != decision.policy_sha256:
        return ()
    as_of = datetime.fromisoformat(decision.as_of)
    return trace_lines(policy, facts_of_record(decision.facts, policy, as_of), as_of)


def _own_facts(decision: Decision, i: int) -> Mapping[str, object]:
    """The facts of a line, with what all lines share."""
    lines = decision.facts.get("lines", ())
    own = lines[i] if isinstance(lines, tuple) and i < len(lines) else {}
    order = {**_block(decision.facts, "order"), **_block(own, "order")}
    return {**own, "order": order, "quoted_total": decision.facts.get("quoted_total")}


def _block(facts: Mapping[str, object], name: str) -> Mapping[str, object]:
    found = facts.get(name)
    return found if isinstance(found, Mapping) else {}


def _line(
    line: LineDecision, facts: Mapping[str, object], trace: Trace, law: FloorTable | None
) -> Iterator[str]:
    name = " ".join(part for part in (line.title, f"({line.sku})" if line.sku else "") if part)
    if "unknown_line" in line.codes:
        name = "not in the order"
    units = "1 unit" if line.quantity == 1 else f"{line.quantity} units"
    yield f"Line {line.line}: {f'{name}, ' if name else ''}{units}."
    yield f"  The customer says {line.reason} (fault: {line.fault.value}), wants {line.resolution}."
    yield f"  Verdict: {line.verdict.value}"
    for code in line.codes:
        yield f"    {code}: {_meaning(code, line, facts, trace)}"
    if line.nearest_miss:
        yield f"    Nearest miss: {line.nearest_miss}."
    yield from window_lines(line, facts)
    yield from _changed(line)
    yield from law_lines(line, law)
    yield from _promises(line)
    if trace and "unknown_line" not in line.codes:
        yield "  Rules, from the top:"
        for rule in trace:
            yield from _rule(rule)


def _meaning(code: str, line: LineDecision, facts: Mapping[str, object], trace: Trace) -> str:
    if code in CODES:
        detail = _detail(code, line, facts)
        return f"{CODES[code]}: {detail}" if detail else CODES[code]
    name = code.removeprefix("missing_fact:")
    if name != code:
        return f"{name} is not known, and the answer hangs on it"
    for rule in trace:
        for effect in cast("Trace", rule["does"]):
            if effect["value"] == code and rule["state"] == APPLIES:
                return f"{rule['why']}  ({effect['at']})"
    return "a rule of the policy"


def _detail(code: str, line: LineDecision, facts: Mapping[str, object]) -> str:
    """What was said, what the policy wants, and the line that wants it."""
    settings = terms.by_name(line.settings)

    def at(name: str) -> str:
        return f"  ({settings[name].at})" if name in settings else ""

    def listed(name: str) -> str:
        return f"is not one of {', '.join(terms.words(settings, name))}{at(name)}"

    if code == "window_expired" and line.deadline_on is not None:
        return f"the last day was {line.deadline_on}{at('window.days')}"
    if code == "condition_not_accepted":
        return f"{facts.get('condition')} {listed('condition')}"
    if code == "resolution_not_offered" and line.resolution not in terms.words(
        settings, "resolutions"
    ):
        return f"{line.resolution} {listed('resolutions')}"
    if code == "resolution_not_offered":
        return f"not for that item{at('exchange.for') or at('exchange.price')}"
    if code == "evidence_missing":
        wanted = terms.word(settings, "evidence.photos", "0")
        return f"{facts.get('photos')} came, {wanted} are wanted{at('evidence.photos')}"
    if code == "above_limit":
        limit = terms.word(settings, "review.above")
        return f"{facts.get('quoted_total')} is more than {limit}{at('review.above')}"
    if code == "quantity_exceeds":
        own = cast("Mapping[str, object]", facts.get("line") or {})
        before = own.get("returned_before")
        return f"{line.quantity} asked, {own.get('shipped_units')} shipped, {before} in others"
    return ""


def _changed(line: LineDecision) -> Iterator[str]:
    """The settings that a rule decided instead of the terms."""
    changed = [one for one in line.settings if one.rule is not None and not is_by_law(one.rule)]
    if changed:
        yield "  Set by rules instead of the terms:"
    for one in changed:
        value = one.value if isinstance(one.value, str) else ", ".join(one.value)
        yield f"    {one.name} {value}, by {one.rule}  ({one.at})"


def _promises(line: LineDecision) -> Iterator[str]:
    """How goods come back and when money goes out, where the line is not denied."""
    if line.verdict is Verdict.DENY:
        return
    settings = terms.by_name(line.settings)
    label, valid = settings.get("label.kind"), settings.get("label.valid_days")
    if label is not None:
        yield f"  Label: {label.value}.  ({label.at})"
    if valid is not None and valid.value != "none" and not terms.is_on(settings, "keep_item"):
        yield f"  Approved, it lapses where nothing arrived in {valid.value} days.  ({valid.at})"
    after = terms.word(settings, "refund.after", "inspected")
    for name, unit in (("within_days", "days"), ("within_business_days", "working days")):
        promise = settings.get(f"refund.{name}")
        if promise is not None:
            yield f"  Money within {promise.value} {unit} after {after}.  ({promise.at})"


def _rule(rule: Mapping[str, object]) -> Iterator[str]:
    yield f"    {rule['rule']}: {rule['state']}  ({rule['at']})"
    if rule["state"] in (APPLIES, UNKNOWN):
        yield f"      {rule['why']}"
    for test in cast("Trace", rule["tests"]):
        yield from _test(test, 6)
    for effect in cast("Trace", rule["does"]) if rule["state"] == APPLIES else ():
        what = " ".join(str(effect[key]) for key in ("effect", "name", "value") if effect[key])
        yield f"      -> {what}  ({effect['at']})"


def _test(test: Mapping[str, object], indent: int) -> Iterator[str]:
    answer = {True: "yes", False: "no", None: "not known"}[cast("bool | None", test["holds"])]
    space = " " * indent
    for kind, words in (("all", "all of these"), ("any", "one of these"), ("not", "not this")):
        if kind in test:
            parts = cast("Trace", test[kind])
            if kind == "all" and len(parts) == 1:
                yield from _test(parts[0], indent)
                return
            yield f"{space}{words}: {answer}  ({test['at']})"
            for part in parts:
                yield from _test(part, indent + 2)
            return
    known = "nobody said it" if test["value"] is None else f"it is {_value(test['value'])}"
    yield f"{space}{test['fact']} {test['test']}: {answer}, {known}  ({test['at']})"


def _value(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(str(one) for one in value) or "empty"
    return str(value) or "empty"
