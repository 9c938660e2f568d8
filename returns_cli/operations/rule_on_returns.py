"""Approve, deny or cancel returns: what a person says, with who and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from returns_cli.domain import lifecycle
from returns_cli.domain.errors import ConflictError, NotFoundError, UsageError
from returns_cli.domain.model import Authorization
from returns_cli.domain.record import ReturnRecord, Ruling
from returns_cli.domain.vocabulary import Verdict
from returns_cli.operations.evaluate_returns import expire_if_late
from returns_cli.operations.four_eyes import approvers, missing_approval, wants_second_person
from returns_cli.operations.judging import authorization_changes, judge_records
from returns_cli.operations.return_view import Json, quote_record, state_of, view_return
from returns_cli.operations.shop import Shop

if TYPE_CHECKING:
    from returns_cli.store.connection import Store

_CAUSE = {"approve": "approval", "deny": "denial", "cancel": "cancel"}
_DONE = {
    "deny": lifecycle.ReturnState.DENIED,
    "cancel": lifecycle.ReturnState.CANCELLED,
}


def rule_on_returns(
    shop: Shop, kind: str, rmas: Sequence[str], *, why: str = "", lines: Sequence[int] = ()
) -> list[Json]:
    """Record a ruling on each return, all or none; answer with their JSON objects.

    Repeating it is safe: a return that is already so is answered with ``replayed``. Refused (6):
    approving against a denial or denying against an approval without ``why``, and denying or
    cancelling once goods arrived.

    Args:
        kind: ``approve``, ``deny`` or ``cancel``.
        lines: order lines that the ruling speaks of; empty for all.
    """
    if not rmas:
        raise UsageError("E-USAGE-RMA", "No return was named.", hint=f"returns {kind} RMA-…")
    with shop.open_store() as store, store.writing(rehearse=shop.dry_run):
        return [rule_on_return(shop, store, kind, rma, why, tuple(lines)) for rma in rmas]


def rule_on_return(
    shop: Shop, store: Store, kind: str, rma: str, why: str, lines: tuple[int, ...]
) -> Json:
    """One ruling, as :func:`rule_on_returns` records it; inside a transaction."""
    from returns_cli.store.decisions import add_authorizations, add_ruling
    from returns_cli.store.ledger import order_ledger
    from returns_cli.store.returns import find_return

    record = find_return(store, rma)
    if record.decision is None:
        record = judge_records(shop, store, [record])[0].record
    record = expire_if_late(shop, store, record)
    ledger = order_ledger(store, record.order_pk)
    _check_lines(record, lines)
    quote = quote_record(record, ledger, shop.config)
    state = state_of(record, quote, shop.today, shop.zone)
    is_second = kind == "approve" and _wants_approver(shop, record, quote.total_minor)
    if _stands_already(record, kind, state, lines) and not is_second:
        return view_return(record, ledger, shop.config, shop.today, replayed=True)
    _check_allowed(record, kind, why, lines)
    spoken = tuple(_spoken_of(record, kind, lines)) if kind == "approve" else lines
    ruling = Ruling(
        kind, shop.now, shop.actor, why, spoken, record.decision_id, _codes(record, kind, lines)
    )
    add_ruling(store, record.return_id, ruling, record.decision_id)
    record = record._replace(rulings=(*record.rulings, ruling))
    changes = _changes(shop, record, kind, why)
    add_authorizations(store, record.return_id, record.decision_id, changes)
    record = record._replace(authorizations=(*record.authorizations, *changes))
    ledger = order_ledger(store, record.order_pk)
    return view_return(record, ledger, shop.config, shop.today)


def _wants_approver(shop: Shop, record: ReturnRecord, total_minor: int) -> bool:
    """Whether an approval, though it stands, says that this person has looked at the amount."""
    is_large = wants_second_person(shop, total_minor, record.order.currency)
    is_second_pair = missing_approval(record) not in (None, shop.actor)
    return is_second_pair or (is_large and shop.actor not in approvers(record))


def _check_lines(record: ReturnRecord, lines: Sequence[int]) -> None:
    known = [one.line for one in record.lines]
    unknown = [line for line in lines if line not in known]
    if unknown:
        raise NotFoundError(
            "E-LINE-UNKNOWN",
            f"{record.rma} has no line {unknown[0]}.",
            where=record.rma,
            hint=f"Its lines are {', '.join(map(str, known))}.",
        )


def _spoken_of(record: ReturnRecord, kind: str, lines: Sequence[int]) -> list[int]:
    """The lines that a ruling moves: those named, else all (approve: those not denied)."""
    if lines:
        return list(lines)
    judged = record.decision.lines if record.decision else ()
    open_lines = [
        one.line
        for one in judged
        if kind != "approve" or lifecycle.standing_verdict(record, one) is not Verdict.DENY
    ]
    return open_lines or [one.line for one in judged]


def _codes(record: ReturnRecord, kind: str, lines: Sequence[int]) -> tuple[str, ...]:
    if kind != "approve" or record.decision is None:
        return ()
    spoken = _spoken_of(record, kind, lines)
    codes = [code for one in record.decision.lines if one.line in spoken for code in one.codes]
    return tuple(dict.fromkeys(codes))


def _stands_already(
    record: ReturnRecord, kind: str, state: lifecycle.ReturnState, lines: Sequence[int]
) -> bool:
    is_over = state in (lifecycle.ReturnState.CANCELLED, lifecycle.ReturnState.EXPIRED)
    if lines:
        verdict = {"approve": Verdict.APPROVE, "deny": Verdict.DENY}.get(kind)
        judged = record.decision.lines if record.decision else ()
        named = [one for one in judged if one.line in lines]
        return not is_over and all(
            lifecycle.standing_verdict(record, one) is verdict for one in named
        )
    if kind == "approve":
        held = any(record.authorized(one.line) > 0 for one in record.lines)
        return held and not (
            is_over or lifecycle.is_waiting_for_person(record) or lifecycle.is_denied(record)
        )
    return state is _DONE[kind]


def _check_allowed(record: ReturnRecord, kind: str, why: str, lines: Sequence[int]) -> None:
    if kind == "cancel" and lines:
        raise UsageError(
            "E-USAGE-LINE",
            "A return is cancelled as a whole.",
            where="--line",
            hint=f"Take lines out with `returns amend {record.rma}`.",
        )
    last = record.rulings[-1].kind if record.rulings else ""
    if last == "cancel":
        raise ConflictError(
            "E-STATE",
            f"{record.rma} was cancelled by {record.rulings[-1].actor}.",
            where=record.rma,
            hint=f"Open a new return for order {record.order.order_id}.",
        )
    if kind != "approve" and (record.has_arrived or record.refunds or record.replacements):
        what = "goods of it arrived" if record.has_arrived else "a refund of it is recorded"
        what = "a replacement was sent" if record.replacements else what
        raise ConflictError(
            "E-STATE",
            f"{record.rma} cannot be {'denied' if kind == 'deny' else 'cancelled'}: {what}.",
            where=record.rma,
            hint=f"Inspect it, or look at `returns show {record.rma}`.",
        )
    if not why and _is_override(record, kind, lines):
        raise ConflictError(
            "E-WHY-MISSING",
            f"{record.rma}{_said_before(record)}; a reason is wanted.",
            where=record.rma,
            hint='Say why in a few words: --why "as agreed by telephone".',
        )


def _is_override(record: ReturnRecord, kind: str, lines: Sequence[int]) -> bool:
    """Whether the ruling goes against what the policy (or the calendar) decided."""
    if kind == "cancel" or record.decision is None:
        return False
    if kind == "approve" and record.rulings and record.rulings[-1].kind == "expire":
        return True
    if kind == "deny" and record.decision.verdict is Verdict.REVIEW:
        return False
    against = Verdict.DENY if kind == "approve" else Verdict.APPROVE
    spoken = _spoken_of(record, kind, lines)
    return any(one.verdict is against for one in record.decision.lines if one.line in spoken)


def _said_before(record: ReturnRecord) -> str:
    """What the ruling goes against: the calendar, else the policy."""
    if record.rulings and record.rulings[-1].kind == "expire":
        return " ran out"
    return f": the policy says {record.decision.verdict.value if record.decision else 'nothing'}"


def _changes(shop: Shop, record: ReturnRecord, kind: str, why: str) -> tuple[Authorization, ...]:
    if kind == "cancel":
        return tuple(
            Authorization(one.line, -held, "cancel", shop.now, shop.actor, why)
            for one in record.lines
            if (held := record.authorized(one.line))
        )
    return authorization_changes(record, _CAUSE[kind], shop.now, shop.actor, why)
