"""Replay the shop's own returns under another policy: what would flip, what would be paid."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from returns_cli.domain import lifecycle, money
from returns_cli.domain.days import local_day, parse_instant
from returns_cli.domain.model import Decision, LineDecision, Receipt
from returns_cli.domain.record import JudgedRequest, ReturnRecord
from returns_cli.domain.vocabulary import Verdict
from returns_cli.operations.check_policies import read_policy
from returns_cli.operations.judging import gather_requests
from returns_cli.operations.return_view import Json
from returns_cli.operations.shop import Shop
from returns_cli.policy.backtest import Backtest, Flips, Replayed, ReplayedLine, Report, Side
from returns_cli.policy.choose import fits, narrowness
from returns_cli.policy.evaluate import judge
from returns_cli.policy.quoted import is_quoted_alike, quote_judged

if TYPE_CHECKING:
    from returns_cli.policy.language import Policy
    from returns_cli.store.connection import Store

CHUNK = 1000
"""Returns read at a time."""

NEVER_JUDGED = "never judged: no decision is stored to compare with"
NOT_AS_JUDGED = "changed after its last decision, and not judged since"
ANOTHER_CURRENCY = "the order is in another currency than the policy"
DOES_NOT_APPLY = "`applies_to` of the policy leaves the order out"
ANOTHER_IS_NARROWER = "another policy of the shop fits the order more narrowly"
CAME_TO_NOTHING = "cancelled or expired, and nothing arrived"


class _Judges(NamedTuple):
    """Who judges: the policy under test, what it is compared with, the shop's other policies.

    ``old`` None compares with the decisions that are stored; ``at_any_time`` is the policy under
    test without its period, which does not count.
    """

    new: Policy
    old: Policy | None
    others: tuple[Policy, ...]
    at_any_time: Policy


def backtest_policy(
    shop: Shop,
    new: Path,
    *,
    against: Path | None = None,
    since: str | None = None,
    until: str | None = None,
) -> Json:
    """What a policy would have made of the returns on record; nothing is written.

    Judged by the same code and on the same facts as ``evaluate``: each return as of the moment of
    its own last decision. The policy's ``effective`` period does not count (had it been the policy
    then), its ``applies_to`` does. Where a person ruled on a line that the policy would send to a
    person again, the ruling stands.

    Args:
        shop: whose history is replayed.
        new: the policy under test.
        against: the policy to compare with; None for the decisions as they are stored.
        since, until: first and last day of the request, both included; None for all.

    Raises:
        InvalidError: a policy cannot be accepted (7).
        UsageError: a file that cannot be read, a day that is none (2).
    """
    policy = read_policy(new, shop)
    judges = _Judges(
        policy,
        read_policy(against, shop) if against else None,
        tuple(one for one in shop.policies() if one.id != policy.id),
        policy._replace(effective_from=None, effective_until=None),
    )
    days = [
        shop.moment(one, name).date().isoformat() if one else None
        for one, name in ((since, "--since"), (until, "--until"))
    ]
    backtest, left_out = Backtest(), Counter[str]()
    with shop.open_store(read_only=True) as store:
        ids = _ids(store)
        for records in shop.watch(_chunks(store, ids), "thousand returns"):
            if any(days):
                records = [one for one in records if _is_within(one, days, shop)]
            _replay(shop, store, records, judges, backtest, left_out)
    return _answer(judges, days, backtest.report(), left_out)


def _ids(store: Store) -> list[int]:
    from returns_cli.store.returns import ReturnFilter, Wanted, list_return_ids

    return list_return_ids(store, ReturnFilter(wanted=Wanted.ALL))


def _chunks(store: Store, ids: Sequence[int]) -> Iterator[list[ReturnRecord]]:
    from returns_cli.store.returns import load_returns

    left = iter(ids)
    while chunk := list(islice(left, CHUNK)):
        yield load_returns(store, chunk)


def _is_within(record: ReturnRecord, days: Sequence[str | None], shop: Shop) -> bool:
    day = local_day(record.requested_at, shop.zone).isoformat()
    since, until = days
    return (since is None or since <= day) and (until is None or day <= until)


def _replay(
    shop: Shop,
    store: Store,
    records: Sequence[ReturnRecord],
    judges: _Judges,
    backtest: Backtest,
    left_out: Counter[str],
) -> None:
    for record, request in zip(records, gather_requests(shop, store, records), strict=True):
        why = _why_not(record, request, judges)
        if why:
            left_out[why] += 1
        else:
            backtest.add(_both_ways(record, request, judges, shop))


def _why_not(record: ReturnRecord, request: JudgedRequest, judges: _Judges) -> str:
    """Why a return cannot be replayed; empty where it can."""
    order, new = record.order, judges.new
    decision = record.decision
    if judges.old is None and decision is None:
        return NEVER_JUDGED
    asked = sorted(one.line for one in record.lines)
    if judges.old is None and decision and sorted(one.line for one in decision.lines) != asked:
        return NOT_AS_JUDGED
    if order.currency != new.currency:
        return ANOTHER_CURRENCY
    placed_on = local_day(order.placed_at, request.zone)
    tags = frozenset(one.casefold() for one in (request.customer.tags if request.customer else ()))
    if not fits(judges.at_any_time, order, tags, placed_on):
        return DOES_NOT_APPLY
    rivals = [one for one in judges.others if fits(one, order, tags, placed_on)]
    if any(narrowness(one) > narrowness(new) for one in rivals):
        return ANOTHER_IS_NARROWER
    last = record.rulings[-1].kind if record.rulings else ""
    if last in ("cancel", "expire") and not record.has_arrived:
        return CAME_TO_NOTHING
    return ""


def _both_ways(
    record: ReturnRecord, request: JudgedRequest, judges: _Judges, shop: Shop
) -> Replayed:
    """Judge a return by both policies and work out what each pays."""
    kept = record.decision
    as_of = _moment(kept.as_of if kept else record.requested_at, request.zone)
    tables = shop.config.tables
    if judges.old is None and kept is not None:
        before: Decision = kept
    else:
        before = judge(judges.old, request, tables, as_of)
    after = judge(judges.new, request, tables, as_of)
    if len(after.lines) > 1:  # a stored decision may have its lines in another order
        before = before._replace(lines=tuple(sorted(before.lines, key=_number)))
        after = after._replace(lines=tuple(sorted(after.lines, key=_number)))
    was = [lifecycle.standing_verdict(record, line) for line in before.lines]
    stands = list(map(_stands, before.lines, after.lines, was))
    assumed = [
        line
        for line, old, new in zip(after.lines, was, stands, strict=True)
        if new is Verdict.APPROVE and old is not new and not record.received(line.line)
    ]
    older = _side(request, before, was)
    if not assumed and stands == was and is_quoted_alike(before.lines, after.lines):
        newer = older._replace(verdict=after.verdict, lines=after.lines)
    else:
        newer = _side(_sent(request, assumed), after, stands)
    sides = (older, newer)
    return Replayed(
        record.rma,
        record.order.order_id,
        _tier(request),
        _lines(request, *sides),
        *sides,
        is_assumed=bool(assumed),
    )


@lru_cache(64)
def _moment(at: str, zone: ZoneInfo) -> datetime:
    """A clock that decisions were made at, most of them in batches, in the shop's zone."""
    return parse_instant(at, zone).astimezone(zone)


def _number(line: LineDecision) -> int:
    return line.line


def _stands(before: LineDecision, after: LineDecision, was: Verdict) -> Verdict:
    """The verdict of a line under the newer policy, after what a person said under the older one.

    Where the policy says what the other said, or asks a person, the person's word stands.
    """
    is_same = (before.verdict, before.codes) == (after.verdict, after.codes)
    return was if is_same or after.verdict is Verdict.REVIEW else after.verdict


def _sent(request: JudgedRequest, assumed: Sequence[LineDecision]) -> JudgedRequest:
    """The request as if goods that were never sent, since they were denied, had arrived."""
    if not request.receipts:
        return request
    arrived = tuple(Receipt(one.line, one.quantity, request.requested_at, "") for one in assumed)
    return request._replace(receipts=(*request.receipts, *arrived))


def _side(request: JudgedRequest, decision: Decision, stands: Sequence[Verdict]) -> Side:
    approved = [
        line if line.verdict is Verdict.APPROVE else line._replace(verdict=Verdict.APPROVE)
        for line, verdict in zip(decision.lines, stands, strict=True)
        if verdict is Verdict.APPROVE
    ]
    quote = quote_judged(request, approved)
    return Side(decision.verdict, decision.lines, quote.components, quote.total_minor)


def _lines(request: JudgedRequest, before: Side, after: Side) -> tuple[ReplayedLine, ...]:
    of_order = {one.line: one for one in request.order.lines}
    made = []
    for old, new in zip(before.lines, after.lines, strict=True):
        line = of_order.get(old.line)
        product = request.products.get(line.sku) if line else None
        category = (line.category if line else "") or (product.category if product else "")
        paid = [
            sum(one.amount_minor for one in side.components if one.line == old.line)
            for side in (before, after)
        ]
        made.append(ReplayedLine(category, old.reason, old.verdict, new.verdict, *paid))
    return tuple(made)


def _tier(request: JudgedRequest) -> str:
    known = request.customer.tier if request.customer else ""
    return known or request.order.customer_tier


def _answer(
    judges: _Judges, days: Sequence[str | None], report: Report, left_out: Counter[str]
) -> Json:
    currency = judges.new.currency
    return {
        "policy": _named(judges.new),
        "against": _named(judges.old) if judges.old else None,
        "since": days[0],
        "until": days[1],
        "returns": report.replayed + left_out.total(),
        "replayed": report.replayed,
        "not_replayed": [{"why": why, "returns": count} for why, count in sorted(left_out.items())],
        "same": report.same,
        "assumed": report.assumed,
        "flips": [
            {"from": before.value, "to": after.value, "returns": count}
            for before, after, count in report.flips
        ],
        "currency": currency,
        **_amounts(report.before_minor, report.after_minor, currency),
        "components": [
            {"kind": kind, **_amounts(before, after, currency)}
            for kind, before, after in report.components
        ],
        "by_category": [_row(one, currency) for one in report.by_category],
        "by_reason": [_row(one, currency) for one in report.by_reason],
        "by_tier": [_row(one, currency) for one in report.by_tier],
        "most_changed": [_changed(one, currency) for one in report.most_changed],
    }


def _named(policy: Policy) -> Json:
    return {"id": policy.id, "version": policy.version, "sha256": policy.sha256}


def _amounts(before_minor: int, after_minor: int, currency: str) -> Json:
    return {
        "before": money.format_amount(before_minor, currency),
        "after": money.format_amount(after_minor, currency),
        "difference": money.format_amount(after_minor - before_minor, currency),
    }


def _row(one: Flips, currency: str) -> Json:
    return {
        "name": one.name,
        "counted": one.counted,
        "to_approve": one.to_approve,
        "to_deny": one.to_deny,
        "to_review": one.to_review,
        **_amounts(one.before_minor, one.after_minor, currency),
    }


def _changed(one: Replayed, currency: str) -> Json:
    from returns_cli.policy.backtest import why_changed

    return {
        "rma": one.rma,
        "order": one.order_id,
        "from": one.before.verdict.value,
        "to": one.after.verdict.value,
        **_amounts(one.before.total_minor, one.after.total_minor, currency),
        "why": why_changed(one),
    }
