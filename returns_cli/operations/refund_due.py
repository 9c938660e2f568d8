"""Record a refund for every return whose trigger has been reached."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from returns_cli.domain import lifecycle
from returns_cli.domain.errors import ConflictError, Problem
from returns_cli.domain.late_exchange import is_late
from returns_cli.domain.record import ReturnRecord
from returns_cli.operations.batches import commit_in_chunks
from returns_cli.operations.record_refund import RefundRequest, settle_return
from returns_cli.operations.return_view import Json, view_refund
from returns_cli.operations.shop import Shop

if TYPE_CHECKING:
    from returns_cli.store.connection import Store

Tell = Callable[[Problem], None]

_CHUNK = 1000  # returns loaded together


def refund_due(shop: Shop, left_out: Tell | None = None) -> Iterator[Json]:
    """Refunds for all that is payable now, earliest promise first; each tender its own refund.

    Safe to repeat: what is paid or submitted is payable no more, so a second run records nothing.
    A return that cannot be paid within its caps is left out, and told.

    Args:
        shop: whose returns.
        left_out: is told of each that was left out; by default it becomes a note.
    """
    from returns_cli.store.returns import ReturnFilter, Wanted, list_return_ids

    tell = left_out or (lambda problem: shop.notes.append(problem.message))
    with shop.open_store() as store:
        due = _by_promise(
            shop, store, list_return_ids(store, ReturnFilter(wanted=Wanted.REFUNDABLE))
        )

        def take(chunk: list[int], _: Sequence[int]) -> list[Json]:
            return [one for return_id in chunk for one in _pay(shop, store, return_id, tell)]

        watched = shop.watch(due, "returns", len(due))
        yield from commit_in_chunks(shop, store, watched, take, what="due returns", total=len(due))


def _by_promise(shop: Shop, store: Store, ids: list[int]) -> list[int]:
    from returns_cli.store.returns import load_returns

    def promise(record: ReturnRecord) -> date:
        found = lifecycle.refund_promise(record, shop.zone, shop.config.holidays)
        return found.due_on if found else date.max

    waiting: list[tuple[date, int]] = []
    for start in range(0, len(ids), _CHUNK):
        waiting += [
            (promise(record), record.return_id)
            for record in load_returns(store, ids[start : start + _CHUNK])
            if is_late(record, shop.today)
            or any(one.units for one in lifecycle.quoted_lines(record, payable_only=True))
        ]
    return [return_id for _, return_id in sorted(waiting)]


def _pay(shop: Shop, store: Store, return_id: int, tell: Tell) -> list[Json]:
    """Every refund that a return is due, read again inside the transaction that records it."""
    from returns_cli.store.ledger import order_ledger
    from returns_cli.store.returns import load_returns

    paid: list[Json] = []
    while True:
        record = load_returns(store, [return_id])[0]
        ledger = order_ledger(store, record.order_pk)
        try:
            with store.writing():
                found, replayed = settle_return(
                    shop, store, record, ledger, RefundRequest(record.rma)
                )
        except ConflictError as error:
            if error.code != "E-REFUND-NOT-DUE":
                said = f"{record.rma} was left out: {error.message}"
                tell(Problem(error.code, said, hint=error.hint))
            return paid
        if replayed:
            return paid
        if not found:
            shop.notes.append(
                f"{record.rma}: what the customer owes for the exchange was recorded; see "
                "`returns exchanges list`."
            )
        paid += [view_refund(one) for one in found]
