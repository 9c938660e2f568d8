"""Take back the last thing that somebody did, through the opposite fact."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from returns_cli.domain import lifecycle
from returns_cli.domain.errors import ConflictError
from returns_cli.domain.model import Disposal, Inspection, Receipt
from returns_cli.domain.record import ReturnRecord
from returns_cli.domain.vocabulary import RefundState, Verdict
from returns_cli.operations.judging import judge_records
from returns_cli.operations.move_refund import move_inside
from returns_cli.operations.return_view import Json, view_return
from returns_cli.operations.rule_on_returns import rule_on_return
from returns_cli.operations.shop import Shop

if TYPE_CHECKING:
    from returns_cli.store.actions import Action
    from returns_cli.store.connection import Store

_WHY = "undone"
_SIDE = frozenset({"authorization", "decision", "evidence", "key", "return_revision"})
"""What goes along with an action and makes no other one of it."""


class Undone(NamedTuple):
    """What was taken back: the verb, lines and their units, refunds."""

    verb: str
    units: tuple[tuple[int, int], ...] = ()
    refunds: tuple[str, ...] = ()


class _Case(NamedTuple):
    shop: Shop
    store: Store
    action: Action
    record: ReturnRecord


def undo_action(shop: Shop) -> Json:
    """Take back the last action of this actor: an opposite fact, nothing is deleted.

    Again it changes nothing (``replayed``): it never goes further back. Refused (6): nothing of
    this actor is known, others have gone on with it, it came from a file, or there is no opposite;
    what to do instead is said.
    """
    from returns_cli.store.actions import find_action, last_action
    from returns_cli.store.ledger import order_ledger
    from returns_cli.store.returns import load_returns

    with shop.open_store() as store, store.writing(rehearse=shop.dry_run):
        action = last_action(store, shop.actor)
        if action is None:
            raise _refused(f"Nothing that {shop.actor} did is known.", "Name who it was: --actor.")
        replayed = action.undoes is not None
        if action.undoes is not None:
            action = find_action(store, action.undoes) or action
        rma = _only_return(action)
        record = load_returns(store, [rma])[0]
        case = _Case(shop, store, action, record)
        undone = _told(case) if replayed else _undo(case)
        if not replayed:
            store.connection.undoes = action.action_id
        (record,) = load_returns(store, [record.return_id])
        ledger = order_ledger(store, record.order_pk)
        return {
            "undone": undone.verb,
            "rma": record.rma,
            "order": record.order.order_id,
            "lines": [{"line": line, "quantity": units} for line, units in undone.units],
            "refunds": list(undone.refunds),
            "replayed": replayed,
            "return": view_return(record, ledger, shop.config, shop.today),
        }


def _only_return(action: Action) -> int:
    if "row_of_a_file" in action.tables or not action.facts or len(action.return_ids) > 1:
        raise _refused(
            "Your last action came from a file or was about many returns: it is not undone as one.",
            "Take back what was wrong by itself; `returns history RMA` shows what was recorded.",
        )
    if not action.return_ids:
        raise _refused(
            "Your last action was about no return; it has no opposite here.",
            "Import or type what is right; of a store credit: returns credit expire CODE.",
        )
    return action.return_ids[0]


def _undo(case: _Case) -> Undone:
    from returns_cli.store.actions import touched_after

    main = _main_tables(case.action)
    way = next((one for one in _WAYS if main == one.tables), None)
    if way is None:
        raise _no_opposite(case, _INSTEAD.get(min(main, default=""), _SHOW))
    other = touched_after(case.store, case.action)
    if other is not None:
        raise ConflictError(
            "E-UNDO-BUILT",
            f"{case.record.rma}: {other} has gone on since your last action.",
            where=case.record.rma,
            hint=f"Talk to {other}; `returns history {case.record.rma}` shows what happened.",
        )
    return way.take_back(case)


def _main_tables(action: Action) -> frozenset[str]:
    """What an action was about; a note or a photo alone is one, too."""
    return action.tables - _SIDE or action.tables & {"evidence"}


def _told(case: _Case) -> Undone:
    """What an action that was undone before had been."""
    main = _main_tables(case.action)
    way = next((one for one in _WAYS if main == one.tables), None)
    return way.tell(case) if way is not None else Undone("undo")


def _tell_open(case: _Case) -> Undone:
    return Undone("open", tuple((one.line, one.quantity) for one in case.record.lines))


def _cancel(case: _Case) -> Undone:
    rule_on_return(case.shop, case.store, "cancel", case.record.rma, _WHY, ())
    return _tell_open(case)


def _tell_ruling(case: _Case) -> Undone:
    from returns_cli.store.actions import ruling_kind

    return Undone(ruling_kind(case.store, case.action.of("ruling")[0]))


def _rule_back(case: _Case) -> Undone:
    """An approval against a denial is denied again, and the other way round."""
    *earlier, last = case.record.rulings
    before = case.record._replace(rulings=tuple(earlier))
    judged = before.decision.lines if before.decision else ()
    stood = {lifecycle.standing_verdict(before, one) for one in judged}
    back = {("approve", Verdict.DENY): "deny", ("deny", Verdict.APPROVE): "approve"}
    kind = back.get((last.kind, next(iter(stood)))) if len(stood) == 1 else None
    if kind is None:
        raise _no_opposite(case, _AFTER_RULING[last.kind])
    rule_on_return(case.shop, case.store, kind, case.record.rma, _WHY, last.lines)
    return Undone(last.kind)


def _tell_receipts(case: _Case) -> Undone:
    from returns_cli.store.actions import receipts_of

    found = receipts_of(case.store, case.action.of("receipt"))
    return Undone("receive", tuple((line, units) for _, line, units, *_ in found))


def _take_back_receipts(case: _Case) -> Undone:
    from returns_cli.store.actions import receipts_of
    from returns_cli.store.floor import add_receipt

    shop, return_id = case.shop, case.record.return_id
    found = receipts_of(case.store, case.action.of("receipt"))
    _check_not_a_correction(case, [units for _, _, units, *_ in found])
    for number, line, units, station, tracking in found:
        opposite = Receipt(line, -units, shop.now, shop.actor, station, tracking)
        add_receipt(case.store, return_id, opposite, corrects=number)
    _judge_again(case)
    return _tell_receipts(case)


def _tell_inspections(case: _Case) -> Undone:
    from returns_cli.store.actions import inspections_of

    found = inspections_of(case.store, case.action.of("inspection"))
    return Undone("inspect", tuple((line, units) for _, line, units, *_ in found))


def _take_back_inspections(case: _Case) -> Undone:
    from returns_cli.store.actions import inspections_of
    from returns_cli.store.floor import add_inspection

    shop, return_id = case.shop, case.record.return_id
    found = inspections_of(case.store, case.action.of("inspection"))
    _check_not_a_correction(case, [units for _, _, units, *_ in found])
    for number, line, units, grade, place in found:
        opposite = Inspection(line, -units, grade, place, shop.now, shop.actor, _WHY)
        add_inspection(case.store, return_id, opposite, corrects=number)
    _judge_again(case)
    return _tell_inspections(case)


def _tell_disposals(case: _Case) -> Undone:
    from returns_cli.store.actions import disposals_of

    found = disposals_of(case.store, case.action.of("disposal"))
    return Undone("dispose", tuple((one.line, one.quantity) for one in found))


def _take_back_disposals(case: _Case) -> Undone:
    from returns_cli.store.actions import disposals_of
    from returns_cli.store.floor import add_disposal

    shop, return_id = case.shop, case.record.return_id
    found = disposals_of(case.store, case.action.of("disposal"))
    _check_not_a_correction(case, [one.quantity for one in found])
    if any(one.is_exported for one in found):
        raise ConflictError(
            "E-UNDO-BUILT",
            f"{case.record.rma}: the shop system was told of this stock by an export.",
            where=case.record.rma,
            hint="Correct the quantity in the shop system.",
        )
    for one in found:
        opposite = Disposal(
            one.line, -one.quantity, one.disposition, shop.now, shop.actor, one.location
        )
        moves = one.stock_move_id is not None
        add_disposal(case.store, return_id, opposite, moves_stock=moves, corrects=one.disposal_id)
    return _tell_disposals(case)


def _tell_evidence(case: _Case) -> Undone:
    del case
    return Undone("note or photo")


def _take_back_evidence(case: _Case) -> Undone:
    from returns_cli.store.evidence import take_back_evidence

    numbers, shop = case.action.of("evidence"), case.shop
    take_back_evidence(case.store, case.record.return_id, numbers, shop.actor, shop.now)
    return _tell_evidence(case)


def _tell_refunds(case: _Case) -> Undone:
    from returns_cli.store.actions import refunds_of

    return Undone("refund", refunds=tuple(refunds_of(case.store, case.action.of("refund"))))


def _reverse(case: _Case) -> Undone:
    from returns_cli.store.refunds import find_refund

    undone = _tell_refunds(case)
    for refund_id in undone.refunds:
        before = find_refund(case.store, refund_id)
        move_inside(case.shop, case.store, before, RefundState.REVERSED, why=_WHY)
    return undone


class _Way(NamedTuple):
    """One kind of action: the tables of its facts, what it was, and how it is taken back."""

    tables: frozenset[str]
    tell: Callable[[_Case], Undone]
    take_back: Callable[[_Case], Undone]


_WAYS = (
    _Way(frozenset({"returns"}), _tell_open, _cancel),
    _Way(frozenset({"ruling"}), _tell_ruling, _rule_back),
    _Way(frozenset({"receipt"}), _tell_receipts, _take_back_receipts),
    _Way(frozenset({"inspection"}), _tell_inspections, _take_back_inspections),
    _Way(frozenset({"disposal"}), _tell_disposals, _take_back_disposals),
    _Way(frozenset({"disposal", "stock_move"}), _tell_disposals, _take_back_disposals),
    _Way(frozenset({"evidence"}), _tell_evidence, _take_back_evidence),
    _Way(frozenset({"refund", "refund_event"}), _tell_refunds, _reverse),
)
_SHOW = "See what was recorded: returns history {rma}"
_INSTEAD = {
    "": "Change it back: returns amend {rma}, or judge it again: returns evaluate {rma}",
    "refund_event": "Say what became of the refund: returns refunds confirm, fail or reverse",
    "unexpected": "Say what became of the goods: returns unexpected match",
}
_AFTER_RULING = {
    "approve": "It was waiting for a person; to take it back: returns deny {rma} --why …",
    "deny": "It was waiting for a person; to take it back: returns approve {rma} --why …",
    "cancel": "A cancelled return stays so: open a new one for its order",
    "expire": "It ran out; to take it up again: returns approve {rma} --why …",
}


def _check_not_a_correction(case: _Case, units: list[int]) -> None:
    if any(count < 0 for count in units):
        raise _no_opposite(case, "It was itself taken back; record what is right anew")


def _judge_again(case: _Case) -> None:
    """Judge the return anew where the action had made it be judged."""
    from returns_cli.store.returns import load_returns

    if "decision" in case.action.tables:
        judge_records(case.shop, case.store, load_returns(case.store, [case.record.return_id]))


def _no_opposite(case: _Case, instead: str) -> ConflictError:
    rma = case.record.rma
    return _refused(
        f"Your last action on {rma} has no opposite.", f"{instead.format(rma=rma)}.", rma
    )


def _refused(message: str, hint: str, where: str | None = None) -> ConflictError:
    return ConflictError("E-UNDO-NONE", message, where=where, hint=hint)
