"""Refunds that stand: list, show, confirm, fail, reverse."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from returns_cli.domain.errors import UsageError
from returns_cli.domain.model import Refund
from returns_cli.domain.nearest import nearest_or_all
from returns_cli.domain.vocabulary import RefundState
from returns_cli.operations.return_view import Json, view_refund
from returns_cli.operations.shop import Shop
from returns_cli.operations.store_credit import credit_for_refund, take_back_credit

if TYPE_CHECKING:
    from returns_cli.store.connection import Store


class RefundsWanted(NamedTuple):
    """Which refunds to list; None is any."""

    state: str | None = None
    rma: str | None = None
    order: str | None = None
    limit: int | None = None


_ALL = RefundsWanted()


def list_refunds(shop: Shop, wanted: RefundsWanted = _ALL) -> list[Json]:
    """Recorded refunds, oldest first; an empty list is fine."""
    from returns_cli.store import refunds
    from returns_cli.store.orders import find_order
    from returns_cli.store.returns import find_return_id

    state = _state(wanted.state) if wanted.state else None
    with shop.open_store(read_only=True) as store, store.reading():
        found = refunds.RefundFilter(
            state=state,
            return_id=find_return_id(store, wanted.rma) if wanted.rma else None,
            order_pk=find_order(store, wanted.order)[0] if wanted.order else None,
            limit=wanted.limit,
        )
        return [view_refund(one) for one in refunds.list_refunds(store, found)]


def show_refund(shop: Shop, refund_id: str) -> Json:
    """One refund; 5 where there is none."""
    from returns_cli.store.refunds import find_refund

    with shop.open_store(read_only=True) as store:
        return view_refund(find_refund(store, refund_id))


def move_refund(
    shop: Shop, refund_id: str, state: RefundState, *, reference: str | None = None, why: str = ""
) -> Json:
    """Say what became of a refund: confirmed, failed, in doubt or reversed.

    Refused (6): a move that its state does not allow, a reference that another refund has. The same
    move again answers with ``replayed``. A reversal is an opposite entry in the journal, never a
    deletion.
    """
    from returns_cli.store import refunds

    with shop.open_store() as store, store.writing(rehearse=shop.dry_run):
        before = refunds.find_refund(store, refund_id)
        refund = move_inside(shop, store, before, state, reference=reference, why=why)
        return view_refund(refund, replayed=refund == before)


def move_inside(
    shop: Shop,
    store: Store,
    before: Refund,
    state: RefundState,
    *,
    reference: str | None = None,
    why: str = "",
) -> Refund:
    """The same inside a transaction, for whoever moves several refunds at once."""
    from returns_cli.store import credits, refunds

    if state is RefundState.REVERSED and before.state is RefundState.CONFIRMED:
        take_back_credit(shop, store, before.refund_id, why)
    code = None
    if _becomes_credit(before, state, reference):
        code = credits.new_code(store, f"refund/{before.refund_id}")
    refund = refunds.move_refund(
        store,
        before.refund_id,
        state,
        reference=reference or code,
        actor=shop.actor,
        at=shop.now,
        why=why,
    )
    if code is not None:
        credit_for_refund(shop, store, refund.refund_id, code, refund.amount_minor, refund.currency)
    return refund


def _becomes_credit(before: Refund, state: RefundState, reference: str | None) -> bool:
    """Whether a refund becomes a credit by its move: one to store credit when it is confirmed.

    A reference says that the credit was issued elsewhere.
    """
    return (
        state is RefundState.CONFIRMED
        and before.tender == "store_credit"
        and before.state in (RefundState.SUBMITTED, RefundState.IN_DOUBT)
        and not (reference or before.reference)
    )


def confirm_refund(shop: Shop, refund_id: str, reference: str | None = None) -> Json:
    """The provider paid it; a refund to store credit without a reference becomes a credit."""
    return move_refund(shop, refund_id, RefundState.CONFIRMED, reference=reference)


def fail_refund(shop: Shop, refund_id: str, why: str = "") -> Json:
    """The provider did not pay it; what it held of every cap is free again."""
    return move_refund(shop, refund_id, RefundState.FAILED, why=why)


def doubt_refund(shop: Shop, refund_id: str, why: str = "") -> Json:
    """Nobody knows whether it was paid: it counts against every cap until somebody does."""
    return move_refund(shop, refund_id, RefundState.IN_DOUBT, why=why)


def export_refunds(shop: Shop, wanted: RefundsWanted, target: Path, text: str) -> Json:
    """Put a list of refunds into a file, whole or not at all.

    Args:
        wanted: which refunds the list holds.
        text: the list, as it shall stand in the file.

    Raises:
        OutputError: the file cannot be written (9).
    """
    from returns_cli.documents import write_file

    if not shop.dry_run:
        write_file(target, text.encode())
    return {"path": str(target), "refunds": len(list_refunds(shop, wanted))}


def reverse_refund(shop: Shop, refund_id: str, why: str) -> Json:
    """Take a refund back through an opposite entry; says why."""
    if not why.strip():
        raise UsageError(
            "E-USAGE-WHY",
            "A reversal wants a reason.",
            where="--why",
            hint='For example: --why "paid twice by mistake".',
        )
    return move_refund(shop, refund_id, RefundState.REVERSED, why=why)


def _state(text: str) -> RefundState:
    try:
        return RefundState(text)
    except ValueError:
        raise UsageError(
            "E-USAGE-STATE",
            f"`{text}` is no state of a refund.",
            where="--state",
            hint=nearest_or_all(text, RefundState),
        ) from None
