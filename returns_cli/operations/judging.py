"""Judging stored requests: gather the facts in bulk, judge them, write down what changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from returns_cli.domain import lifecycle
from returns_cli.domain.model import Authorization, Decision
from returns_cli.domain.record import JudgedRequest, ReturnRecord
from returns_cli.domain.vocabulary import Verdict
from returns_cli.operations.shop import Shop

if TYPE_CHECKING:
    from returns_cli.policy.language import Policy
    from returns_cli.store.connection import Store

    _Texts = dict[tuple[str, object, object], Policy | None]


_NO_SERIALS: Mapping[int, tuple[str, ...]] = MappingProxyType({})


class Judged(NamedTuple):
    """One judgement: the record as it stands afterwards and whether anything changed."""

    record: ReturnRecord
    policy: Policy | None
    is_new: bool
    text_changed: bool


def judge_records(
    shop: Shop, store: Store, records: Sequence[ReturnRecord], *, repin: bool = False
) -> list[Judged]:
    """Judge returns and keep each judgement that differs from the last. Inside a transaction.

    A return that a person approved, or of which goods arrived, keeps the policy text it was judged
    by unless ``repin`` (POLICY.md "Which policy"). An unchanged judgement adds no row. Units are
    authorized or released as the verdict says, never below what already arrived.
    """
    texts = shop.kept_texts
    outcomes: dict[int, Judged] = {}
    for together in _rounds(records):
        judged = _decide(shop, store, together, texts, repin=repin)
        outcomes |= {one.record.return_id: one for one in _keep(shop, store, judged)}
    return [outcomes[one.return_id] for one in records]


def would_decide(shop: Shop, store: Store, record: ReturnRecord) -> Decision:
    """What a return would be judged, were its record so; nothing is kept."""
    ((_, _, decision),) = _decide(shop, store, [record], shop.kept_texts, repin=False)
    return decision


def _decide(
    shop: Shop, store: Store, records: Sequence[ReturnRecord], texts: _Texts, *, repin: bool
) -> list[tuple[ReturnRecord, Policy | None, Decision]]:
    """Each return with its policy and what that says of it."""
    from returns_cli.policy.choose import choose_policy
    from returns_cli.policy.evaluate import judge

    policies = shop.policies()
    judged: list[tuple[ReturnRecord, Policy | None, Decision]] = []
    requests = gather_requests(shop, store, records)
    for record, request in zip(records, requests, strict=True):
        policy = None if repin else _kept_policy(shop, store, record, texts)
        if policy is None:
            tags = request.customer.tags if request.customer else ()
            policy = choose_policy(policies, record.order, tags, shop.zone)
        judged.append((record, policy, judge(policy, request, shop.config.tables, shop.as_of)))
    return judged


def _rounds(records: Sequence[ReturnRecord]) -> list[list[ReturnRecord]]:
    """The n-th return of each order in the n-th round: it sees what those before it hold."""
    rounds: list[list[ReturnRecord]] = []
    before: dict[int, int] = {}
    for record in records:
        place = before.get(record.order_pk, 0)
        before[record.order_pk] = place + 1
        if place == len(rounds):
            rounds.append([])
        rounds[place].append(record)
    return rounds


def gather_requests(
    shop: Shop, store: Store, records: Sequence[ReturnRecord]
) -> list[JudgedRequest]:
    """What the policies may ask of each return, with a fixed number of queries for all of them."""
    from returns_cli.store.customers import find_customers
    from returns_cli.store.ledger import order_ledgers
    from returns_cli.store.parcels import parcels_of
    from returns_cli.store.past import Asked, customer_histories, earlier_returns
    from returns_cli.store.products import load_products
    from returns_cli.store.serials import sold_serials

    ledgers = order_ledgers(store, [one.order_pk for one in records])
    customers = find_customers(store, {one.order_pk: one.order for one in records})
    asked = [Asked(one.order_pk, one.requested_at, one.return_id) for one in records]
    histories = customer_histories(store, asked)
    earlier = earlier_returns(store, asked)
    serials = sold_serials(store.connection, {one.order_pk for one in records})
    parcels = parcels_of(store.connection, {one.order_pk for one in records})
    sold = {line.sku for one in records for line in one.order.lines}
    wanted = {line.exchange_sku for one in records for line in one.lines}
    products = load_products(store, sold | wanted)
    config, zone = shop.config, shop.zone
    return [
        JudgedRequest(
            rma=one.rma,
            kind=one.kind,
            requested_at=one.requested_at,
            entered_by=one.entered_by,
            order=one.order,
            lines=one.lines,
            zone=zone,
            ledger=ledgers[one.order_pk],
            products=products,
            customer=customers.get(one.order_pk),
            history=history,
            returned_before=before.units,
            returns_before=before.returns,
            receipts=one.receipts,
            inspections=one.inspections,
            first_scan_at=one.first_scan_at,
            holidays=config.holidays,
            standard_shipping_minor=config.standard_shipping_minor.get(one.order.country),
            parcels=parcels.get(one.order_pk, ()),
            sold_serials=serials.get(one.order_pk, _NO_SERIALS),
        )
        for one, history, before in zip(records, histories, earlier, strict=True)
    ]


def _kept_policy(
    shop: Shop,
    store: Store,
    record: ReturnRecord,
    texts: _Texts,
) -> Policy | None:
    """The policy of the text that a return keeps, None for one that follows the current policies.

    Args:
        texts: by sha256 of the text, of the one it extends and of the legal minimums; each is read
            once and added.
    """
    decision = record.decision
    if decision is None or decision.policy_sha256 is None:
        return None
    if not record.has_arrived and not any(one.kind == "approve" for one in record.rulings):
        return None
    facts = decision.facts
    place = (decision.policy_sha256, facts.get("extends"), facts.get("legal_floor"))
    if place not in texts:
        from returns_cli.notation.shelf import put_up
        from returns_cli.operations.kept_policy import read_kept_policy
        from returns_cli.operations.kept_trees import KeptTrees

        with put_up(KeptTrees(store)):
            texts[place] = read_kept_policy(store, place[0], shop.config.tables, *place[1:])
    return texts[place]


def _keep(
    shop: Shop, store: Store, judged: Sequence[tuple[ReturnRecord, Policy | None, Decision]]
) -> list[Judged]:
    """Store the judgements that are new, and the units that they let come back."""
    from returns_cli.store.decisions import Allowed, NewDecision, add_decisions, allow

    is_new = [
        record.decision is None or not same_judgement(record.decision, decision)
        for record, _, decision in judged
    ]
    new = [one for one, differs in zip(judged, is_new, strict=True) if differs]
    _keep_texts(store, {id(policy): policy for _, policy, _ in new if policy is not None}.values())
    numbers = iter(
        add_decisions(
            store,
            [
                NewDecision(record.return_id, record.revision, decision, shop.actor)
                for record, _, decision in new
            ],
        )
    )
    kept, allowed = [], []
    for (record, policy, decision), differs in zip(judged, is_new, strict=True):
        before = record.decision
        text_changed = before is not None and before.policy_sha256 != decision.policy_sha256
        if differs:
            record = record._replace(decision=decision, decision_id=next(numbers))
        changes = authorization_changes(record, "decision", shop.now, shop.actor)
        if changes and record.decision_id is not None:
            place = (record.return_id, record.order_pk, record.decision_id)
            allowed += [Allowed(*place, one) for one in changes]
            record = record._replace(authorizations=(*record.authorizations, *changes))
        kept.append(Judged(record, policy, differs, text_changed))
    allow(store, allowed)
    return kept


def _keep_texts(store: Store, policies: Iterable[Policy]) -> None:
    """Keep the texts that new decisions cite: a policy, the one it extends, the legal minimums."""
    from returns_cli.store.policies import keep_policy_text

    for policy in policies:
        for one in (policy.parent, policy):
            if one is not None:
                keep_policy_text(store, one.sha256, one.id, one.shown_as, one.source_text)
        if (law := policy.floor) is not None:
            keep_policy_text(store, law.sha256, "legal-floors", law.shown_as, law.text)


def same_judgement(one: Decision, other: Decision) -> bool:
    """Whether two decisions say the same, whenever they were made and by whatever facts."""
    return one._replace(as_of="", facts={}, lines=()) == other._replace(
        as_of="", facts={}, lines=()
    ) and [line._replace(trace=()) for line in one.lines] == [
        line._replace(trace=()) for line in other.lines
    ]


def authorization_changes(
    record: ReturnRecord, cause: str, at: str, actor: str, why: str = ""
) -> tuple[Authorization, ...]:
    """The signed changes that bring each line's authorized units to what its verdict says.

    Nothing is authorized while a person is awaited, and nothing is taken back once goods arrived.
    """
    if record.decision is None or record.has_arrived or _is_over(record):
        return ()
    waiting = lifecycle.is_waiting_for_person(record)
    asked = {one.line: one.quantity for one in record.lines}
    changes = []
    for judged in record.decision.lines:
        approved = lifecycle.standing_verdict(record, judged) is Verdict.APPROVE
        target = asked.get(judged.line, 0) if approved and not waiting else 0
        delta = target - record.authorized(judged.line)
        if delta:
            changes.append(Authorization(judged.line, delta, cause, at, actor, why))
    return tuple(changes)


def _is_over(record: ReturnRecord) -> bool:
    """Cancelled or expired: a judgement authorizes nothing any more."""
    return bool(record.rulings) and record.rulings[-1].kind in ("cancel", "expire")
