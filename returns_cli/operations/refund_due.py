"""Record a refund for every return whose trigger has been reached."""

from __future__ import annotations

from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from returns_cli.domain import lifecycle
from returns_cli.domain.errors import ConflictError
from returns_cli.domain.record import ReturnRecord
from returns_cli.operations.record_refund import RefundRequest, settle_return
from returns_cli.operations.return_view import Json, view_refund
from returns_cli.operations.shop import Shop

if TYPE_CHECKING:
    from returns_cli.store.connection import Store

CHUNK = 1000
"""Returns paid per transaction; a rehearsal takes all in one, so that each sees those before."""


def refund_due(shop: Shop) -> list[Json]:
    """Refunds for all that is payable now, earliest promise first; each way to pay its own refund.

    Safe to repeat: what is paid or submitted is payable no more, so a second run records nothing.
    A return that cannot be paid within its caps is noted and left out.
    """
    from returns_cli.store.returns import ReturnFilter, Wanted, list_return_ids

    with shop.open_store() as store:
        ids = list_return_ids(store, ReturnFilter(wanted=Wanted.REFUNDABLE))
        due = _by_promise(shop, store, ids)
        answers: list[Json] = []
        waiting = iter(due)
        while chunk := list(islice(waiting, None if shop.dry_run else CHUNK)):
            with store.writing(rehearse=shop.dry_run):
                for return_id in chunk:
                    answers += _pay(shop, store, return_id)
        return answers


def _by_promise(shop: Shop, store: Store, ids: list[int]) -> list[int]:
    from returns_cli.store.returns import load_returns

    def promise(record: ReturnRecord) -> date:
        found = lifecycle.refund_promise(record, shop.zone, shop.config.holidays)
        return found.due_on if found else date.max

    waiting: list[tuple[date, int]] = []
    for start in range(0, len(ids), CHUNK):
        waiting += [
            (promise(record), record.return_id)
            for record in load_returns(store, ids[start : start + CHUNK])
            if any(one.units for one in lifecycle.quoted_lines(record, payable_only=True))
        ]
    return [return_id for _, return_id in sorted(waiting)]


def _pay(shop: Shop, store: Store, return_id: int) -> list[Json]:
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
                shop.notes.append(f"{record.rma} was left out: {error.message}")
            return paid
        if replayed:
            return paid
        paid += [view_refund(one) for one in found]
