"""Judging a request: a policy and facts in, a decision out. Pure and deterministic.

The order of judgement: rules' verdict, whether the line is eligible at all, window, condition and
evidence, resolutions, legal floor, review limits: what a law changes is changed before the
total is compared with a limit. All denial codes are collected.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial

from returns_cli.domain.days import iso
from returns_cli.domain.late_record import LateRecord
from returns_cli.domain.model import Decision, LineDecision
from returns_cli.domain.money import format_amount
from returns_cli.domain.record import JudgedRequest
from returns_cli.domain.remembered import Remembered
from returns_cli.domain.shop import Tables
from returns_cli.domain.vocabulary import Fault, Verdict
from returns_cli.policy.checks import CHECKS
from returns_cli.policy.conditions import unknown_facts
from returns_cli.policy.draft import Calendar, Draft
from returns_cli.policy.facts import Facts, LineFacts, facts_of, facts_with
from returns_cli.policy.facts_text import Text, record_facts, write_facts
from returns_cli.policy.floor import hold_floor
from returns_cli.policy.language import Policy
from returns_cli.policy.misses import nearest_miss
from returns_cli.policy.quoted import quote_facts, quote_judged
from returns_cli.policy.rules import Rule

_FAULTS: dict[object, Fault] = {one.value: one for one in Fault}
_told = Remembered(iso, 64)
_SERIALS = "inspection.serial_mismatch"
_LABELS = ("prepaid", "in_box", "pickup", "customer", "none")


def judge(
    policy: Policy | None, request: JudgedRequest, tables: Tables, as_of: datetime
) -> Decision:
    """Judge a request on record.

    Args:
        policy: as :func:`returns_cli.policy.choose.choose_policy` found it.
        tables: the shop's, for a request that no policy fits; a policy brings its own.
        as_of: the clock, aware.
    """
    if policy:
        facts = facts_with(request, policy.reasons, policy.fact_names)
    else:
        facts = facts_of(request, tables)
    return evaluate(policy, facts, as_of.astimezone(request.zone))


def evaluate(policy: Policy | None, facts: Facts, as_of: datetime) -> Decision:
    """Judge facts. The same policy, facts and clock always give an equal decision.

    Args:
        as_of: the clock, aware, in the shop's zone.
    """
    if policy is None:
        return _without_policy(facts, as_of)
    calendar = Calendar(as_of.date(), facts.holidays)
    drafts = [draft_line(policy, line, calendar) for line in facts.lines]
    total_minor = _judge_total(policy, drafts, facts)
    lines = tuple(_decided(policy, draft, calendar, total_minor) for draft in drafts)
    kind, valid_days = _label(drafts)
    return Decision(
        policy_id=policy.id,
        policy_version=policy.version,
        policy_sha256=policy.sha256,
        as_of=_told(as_of),
        verdict=sum_up([line.verdict for line in lines]),
        lines=lines,
        label_kind=kind,
        label_valid_days=valid_days,
        facts=LateRecord(
            partial(_record, policy, drafts, facts, total_minor),
            partial(_written, policy, drafts, facts, total_minor),
        ),
    )


def sum_up(verdicts: Sequence[Verdict]) -> Verdict:
    """The verdict of a return: any review makes it one; approvals beside denials are partial."""
    if not verdicts or Verdict.REVIEW in verdicts:
        return Verdict.REVIEW
    first = verdicts[0]
    return first if verdicts.count(first) == len(verdicts) else Verdict.PARTIAL


def draft_line(policy: Policy, facts: LineFacts, calendar: Calendar) -> Draft:
    """The judgement of one line, but for what depends on the whole return."""
    draft = Draft(facts, policy.effective(()))
    if not facts["line.is_known"]:
        draft.deny("unknown_line")
        return draft
    _apply_rules(policy, draft, of_inspection=False)
    for check in CHECKS:
        check(draft, calendar)
    if facts["inspection.grade"]:
        _learn_lateness(draft)
        _apply_rules(policy, draft, of_inspection=True)
        _look_at_serials(policy, draft)
    if policy.floor is not None:
        hold_floor(policy, policy.floor, draft, calendar)
    return draft


def _apply_rules(policy: Policy, draft: Draft, *, of_inspection: bool) -> None:
    applied = list(draft.applied)
    for i, rule, applies in policy.rule_index(of_inspection=of_inspection).answer(draft.facts):
        if applies:
            applied.append(i)
            _take_effect(rule, i, draft)
        else:
            _ask_for_missing(rule, i, draft)
    if len(applied) > len(draft.applied):
        draft.applied = tuple(sorted(applied))
        draft.effective = policy.effective(draft.applied)


def _take_effect(rule: Rule, i: int, draft: Draft) -> None:
    if rule.deny is not None:
        draft.deny(str(rule.deny.value))
    if rule.review is not None and not draft.is_silent(i):
        draft.review(str(rule.review.value))
    if rule.approve is not None and draft.silent_from is None:
        draft.silent_from = i
    if rule.question is not None and draft.facts[f"answers.{rule.id}"] is None:
        draft.used.add(f"answers.{rule.id}")
        draft.review(f"missing_fact:answers.{rule.id}")
    if rule.photos is not None and isinstance(rule.photos.value, int):
        draft.photos_asked = max(draft.photos_asked, rule.photos.value)


def _ask_for_missing(rule: Rule, i: int, draft: Draft) -> None:
    if rule.when is None or (rule.deny is None and draft.is_silent(i)):
        return
    for name in unknown_facts(rule.when, draft.facts):
        draft.review(f"missing_fact:{name}")


def _learn_lateness(draft: Draft) -> None:
    """Days between the deadline and the arrival, which rules on inspections may test."""
    received_on = draft.facts["line.received_on"]
    deadline_on = draft.counted.deadline_on if draft.counted else None
    if draft.facts["inspection.days_late"] is None and isinstance(received_on, date):
        late = None if deadline_on is None else max(0, (received_on - deadline_on).days)
        draft.facts.learn("inspection.days_late", late)


def _look_at_serials(policy: Policy, draft: Draft) -> None:
    """Goods with another serial number than was sold go to a person, where no rule says otherwise.

    A grade alone is what the bench said, and the policy's own terms answer it.
    """
    is_other = draft.facts[_SERIALS]
    grades = draft.facts["inspection.grade"]
    is_answered = _SERIALS in policy.fact_names or draft.silent_from is not None
    if is_other is False or is_answered or "serial_mismatch" in grades:  # type: ignore[operator]  # a tuple
        return
    draft.used.add(_SERIALS)
    draft.review("serial_mismatch" if is_other else f"missing_fact:{_SERIALS}")


def _judge_total(policy: Policy, drafts: Sequence[Draft], facts: Facts) -> int | None:
    """Send lines to review where the quote's total is above their limit; the total, if asked for.

    A total that cannot be worked out, since a facts file names no value, sends nothing to review.
    """
    limited = [
        draft
        for draft in drafts
        if not draft.denials
        and draft.silent_from is None
        and draft.effective.review_above_minor is not None
    ]
    if not limited or _is_surely_below(limited, drafts, facts):
        return None
    total_minor = _total(policy, drafts, facts)
    for draft in limited:
        limit = draft.effective.review_above_minor
        if total_minor is not None and limit is not None and total_minor > limit:
            draft.review("above_limit")
    return total_minor


def _is_surely_below(limited: Sequence[Draft], drafts: Sequence[Draft], facts: Facts) -> bool:
    """Whether the whole order is within the limits, so that no quote needs to be made.

    A bonus is paid on top of what the order allows, so store credit is always quoted.
    """
    if facts.request is None:
        return False
    most = min(facts.request.order.total_minor, facts.request.order.captured_minor)
    limits = [draft.effective.review_above_minor or 0 for draft in limited]
    return most <= min(limits) and not any(
        draft.facts["resolution"] == "store_credit" or draft.effective.pays_credit
        for draft in drafts
    )


def _total(policy: Policy, drafts: Sequence[Draft], facts: Facts) -> int | None:
    if facts.is_record:
        return facts.quoted_total_minor
    calendar = Calendar(date.min)
    lines = [_decided(policy, draft, calendar, None) for draft in drafts]
    if facts.request is not None:
        return quote_judged(facts.request, lines).total_minor
    quote = quote_facts(facts, lines)
    return None if quote is None else quote.total_minor


def _decided(
    policy: Policy, draft: Draft, calendar: Calendar, total_minor: int | None
) -> LineDecision:
    facts = draft.facts
    counted = draft.counted
    is_final = calendar.today != date.min
    return LineDecision(
        facts.line,
        str(facts.raw("item.sku") or ""),
        str(facts.raw("item.title") or ""),
        _whole(facts["quantity"]),
        str(facts.raw("reason") or ""),
        _fault(facts),
        str(facts["resolution"] or ""),
        draft.verdict,
        draft.codes,
        counted.deadline_on if counted else None,
        counted.window if counted else None,
        draft.effective.settings,
        nearest_miss(policy, draft, calendar, total_minor) if is_final else None,
    )


def _fault(facts: LineFacts) -> Fault:
    said = facts["reason.fault"]
    return _FAULTS.get(said) or Fault(str(said or Fault.UNKNOWN.value))


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0


def _label(drafts: Sequence[Draft]) -> tuple[str, int | None]:
    """The label of the return: the kindest of its lines, and the longest time.

    Denied lines count only where all are denied, since a person may still approve them.
    """
    counted = [draft for draft in drafts if not draft.denials] or drafts
    if not counted:
        return "none", None
    if len(counted) == 1:
        effective = counted[0].effective
        return effective.label_kind, effective.label_valid_days
    kinds = [draft.effective.label_kind for draft in counted]
    kind = min(kinds, key=_LABELS.index)
    days = [draft.effective.label_valid_days for draft in counted]
    known = [one for one in days if one is not None]
    return kind, max(known) if len(known) == len(days) else None


def _record(
    policy: Policy, drafts: Sequence[Draft], facts: Facts, total_minor: int | None
) -> dict[str, object]:
    record = record_facts(facts, _used(policy, drafts))
    return record | _beside(policy, drafts, facts, total_minor)


def _written(policy: Policy, drafts: Sequence[Draft], facts: Facts, total_minor: int | None) -> str:
    """The record as canonical JSON."""
    beside = _beside(policy, drafts, facts, total_minor)
    return write_facts(facts, _used(policy, drafts), beside)


def _used(policy: Policy, drafts: Sequence[Draft]) -> frozenset[str]:
    used = policy.fact_names
    for draft in drafts:
        for more in (draft.used, draft.effective.window.facts):
            if not more <= used:  # the very same set is found faster than an equal one
                used |= more
    return used


def _beside(
    policy: Policy, drafts: Sequence[Draft], facts: Facts, total_minor: int | None
) -> dict[str, Text]:
    """What the record holds beside the facts: all else that the judgement rests on."""
    beside: dict[str, Text] = {}
    if policy.parent is not None:
        beside["extends"] = policy.parent.sha256
    if total_minor is not None:
        beside["quoted_total"] = format_amount(total_minor, policy.currency)
    if policy.floor is not None:
        beside["legal_floor"] = policy.floor.sha256
    if facts.holidays and (
        policy.floor is not None or any(draft.effective.window.rolls for draft in drafts)
    ):
        beside["holidays"] = tuple(day.isoformat() for day in sorted(facts.holidays))
    return beside


def _without_policy(facts: Facts, as_of: datetime) -> Decision:
    lines = tuple(
        LineDecision(
            line=one.line,
            sku=str(one.raw("item.sku") or ""),
            title=str(one.raw("item.title") or ""),
            quantity=_whole(one["quantity"]),
            reason=str(one.raw("reason") or ""),
            fault=_fault(one),
            resolution=str(one["resolution"] or ""),
            verdict=Verdict.REVIEW if one["line.is_known"] else Verdict.DENY,
            codes=("no_policy",) if one["line.is_known"] else ("unknown_line",),
            deadline_on=None,
            window=None,
            settings=(),
        )
        for one in facts.lines
    )
    return Decision(
        policy_id=None,
        policy_version=None,
        policy_sha256=None,
        as_of=iso(as_of),
        verdict=sum_up([line.verdict for line in lines]),
        lines=lines,
        label_kind="customer",
        label_valid_days=None,
        facts=record_facts(facts, frozenset()),
    )
