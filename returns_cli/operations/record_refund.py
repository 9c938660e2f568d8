"""Record what the shop pays back for a return, or confirm that it was paid."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from returns_cli.domain import lifecycle, money, settle
from returns_cli.domain.errors import ConflictError
from returns_cli.domain.model import Refund
from returns_cli.domain.record import OrderLedger, ReturnRecord
from returns_cli.domain.tenders import BY_CHOICE
from returns_cli.domain.vocabulary import RefundState, Resolution
from returns_cli.operations.exchanges import settle_owed, view_exchanged
from returns_cli.operations.four_eyes import check_grades_approved, check_second_person
from returns_cli.operations.give_goodwill import give_goodwill
from returns_cli.operations.owed_refunds import check_tender, owed_now, takes_of
from returns_cli.operations.return_view import Json, view_refund
from returns_cli.operations.shop import Shop
from returns_cli.operations.typed_amount import read_amount

if TYPE_CHECKING:
    from returns_cli.store.connection import Store

_OPEN = (RefundState.SUBMITTED, RefundState.IN_DOUBT)
_PART = re.compile(r" \([0-9]+\)$")


class RefundRequest(NamedTuple):
    """What was typed: the return, and any of amount, reference, key and tender.

    Attributes:
        amount: a decimal string in the order's currency; None pays what is payable now.
        paid: the provider's reference: the money has moved.
        key: the caller's idempotency key; None takes the RMA and the reference.
        to: a tender other than the policy's.
        goodwill: given on top of what the policy pays, a decimal string; wants ``why``.
    """

    rma: str
    amount: str | None = None
    paid: str | None = None
    key: str | None = None
    to: str | None = None
    goodwill: str | None = None
    why: str = ""


def record_refund(
    shop: Shop, request: RefundRequest, confirm: Callable[[str], None] | None = None
) -> Json:
    """Record what is payable now as submitted, or with ``paid`` as confirmed.

    Refused (6): nothing payable yet or any more, more than is payable, the same key with other
    content, another reference for a return paid in full, and above ``four_eyes_above`` what nobody
    else has approved. A repeat answers the first refund again with ``replayed``; ``paid`` on a
    return with a submitted refund confirms that one.

    Args:
        confirm: asks a person, and raises DeclinedError (11) where the answer is not yes; for
            goodwill above what was paid for any line of the return.
    """
    from returns_cli.store.ledger import order_ledger
    from returns_cli.store.returns import find_return

    with shop.open_store() as store, store.writing(rehearse=shop.dry_run):
        record = find_return(store, request.rma)
        check_tender(request.to, record.order)
        if request.goodwill is not None:
            refund, replayed = give_goodwill(shop, store, record, request, confirm)
            return view_refund(refund, replayed=replayed)
        ledger = order_ledger(store, record.order_pk)
        found, replayed = settle_return(shop, store, record, ledger, request)
        return _view(shop, store, record, found, replayed=replayed)


def _view(
    shop: Shop, store: Store, record: ReturnRecord, found: Sequence[Refund], *, replayed: bool
) -> Json:
    """The first refund; under ``also`` those of other ways to pay, under ``exchange`` what is owed.

    An exchange that pays nothing back is answered alone.
    """
    from returns_cli.store.ledger import order_ledger
    from returns_cli.store.returns import load_returns

    answer: Json = {}
    if found:
        answer, *others = [view_refund(one, replayed=replayed) for one in found]
        answer |= {"also": others} if others else {}
    if not any(one.resolution is Resolution.EXCHANGE for one in record.lines):
        return answer
    (record,) = load_returns(store, [record.return_id])
    ledger = order_ledger(store, record.order_pk)
    exchange = view_exchanged(shop, record, ledger, replayed=replayed)
    return {**answer, "exchange": exchange} if found else exchange


def settle_return(
    shop: Shop,
    store: Store,
    record: ReturnRecord,
    ledger: OrderLedger,
    request: RefundRequest,
) -> tuple[list[Refund], bool]:
    """The refunds that answer a request, one for each way to pay, and whether they stood before.

    Inside a transaction. None where an exchange pays nothing back and what the customer owes for
    it is recorded.
    """
    from returns_cli.store import keys, refunds

    amount = _amount(request, record)
    key = _key(request, record)
    body = _body_hash(record, request, amount)
    if key is not None:
        known = keys.recall(store, "refund", key, body)
        if known is not None:
            return _together(store, refunds.find_refund(store, known)), True
    waiting = [one for one in record.refunds if one.state in _OPEN]
    if request.paid is not None and waiting:
        found = [_confirm(shop, store, _paid_first(waiting), request, amount)]
    else:
        moved = settle_owed(shop, store, record, ledger)
        owed = owed_now(shop, record, ledger, request.to, amount)
        if not owed or record.decision_id is None:
            if _is_plain(request) and (moved or record.owed_moves):
                return [], not moved
            return _together(store, _last_refund(record, request)), True
        check_grades_approved(record)
        check_second_person(shop, record, sum(one.amount_minor for one in owed))
        found = _record(shop, store, record, ledger, request, owed, key, body)
    if key is not None and found:
        keys.remember(store, "refund", key, body, found[0].refund_id)
    return found, False


def _record(
    shop: Shop,
    store: Store,
    record: ReturnRecord,
    ledger: OrderLedger,
    request: RefundRequest,
    owed: Sequence[settle.Owed],
    key: str | None,
    body: str,
) -> list[Refund]:
    """A refund for each way to pay; a reference is that of the provider, else of the first."""
    from returns_cli.store import refunds

    first_key = key or f"{record.rma}#{len(record.refunds) + 1}"
    by_provider = [n for n, one in enumerate(owed) if one.tender not in BY_CHOICE]
    confirmed = (by_provider or [0])[0]
    taken = takes_of(shop, record, ledger, owed)
    return [
        refunds.record_refund(
            store,
            refunds.NewRefund(
                return_id=record.return_id,
                order_pk=record.order_pk,
                decision_id=record.decision_id or 0,
                key=first_key if not n else f"{first_key} ({n + 1})",
                body_hash=body,
                amount_minor=one.amount_minor,
                currency=record.order.currency,
                tender=one.tender,
                components=one.components,
                takes=taken[n],
                actor=shop.actor,
                recorded_at=shop.now,
                reference=request.paid if n == confirmed else None,
                origins=one.origins,
            ),
        )
        for n, one in enumerate(owed)
    ]


def _together(store: Store, refund: Refund) -> list[Refund]:
    """A refund with those that were recorded by the same command, the first one first."""
    from returns_cli.store.refunds import refund_of_key

    key = _PART.sub("", refund.key)
    found: list[Refund] = []
    part = refund_of_key(store, key)
    while part is not None:
        found.append(part)
        part = refund_of_key(store, f"{key} ({len(found) + 1})")
    return found or [refund]


def _paid_first(waiting: Sequence[Refund]) -> Refund:
    """Which of the refunds that wait a reference confirms: a provider's before any other."""
    return min(waiting, key=lambda one: one.tender in BY_CHOICE)


def _amount(request: RefundRequest, record: ReturnRecord) -> int | None:
    if request.amount is None:
        return None
    return read_amount(
        request.amount,
        record.order.currency,
        "--amount",
        hint="Give an amount above zero; a mistake is undone with `returns refunds reverse`.",
    )


def _key(request: RefundRequest, record: ReturnRecord) -> str | None:
    """The idempotency key: the caller's, else the RMA and the reference (CLI.md "Repeats").

    A plain ``refund RMA`` has none: a repeat finds that nothing is payable any more.
    """
    if request.key is not None:
        return request.key
    if request.paid is not None:
        return f"{record.rma}/{request.paid}"
    return record.rma if request.amount is not None else None


def _body_hash(record: ReturnRecord, request: RefundRequest, amount: int | None) -> str:
    content = [record.rma, amount, request.paid, request.to]
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()


def _confirm(
    shop: Shop, store: Store, refund: Refund, request: RefundRequest, amount: int | None
) -> Refund:
    from returns_cli.store import refunds

    if amount is not None and amount != refund.amount_minor:
        submitted = money.format_amount(refund.amount_minor, refund.currency)
        raise ConflictError(
            "E-REFUND-AMOUNT",
            f"{refund.refund_id} was submitted with {submitted} {refund.currency}, "
            f"not {request.amount}.",
            where=refund.rma,
            hint="Confirm it without --amount, or say that it failed and record the right one.",
        )
    return refunds.move_refund(
        store,
        refund.refund_id,
        RefundState.CONFIRMED,
        reference=request.paid,
        at=shop.now,
        actor=shop.actor,
    )


def _is_plain(request: RefundRequest) -> bool:
    return request.paid is None and request.amount is None


def _last_refund(record: ReturnRecord, request: RefundRequest) -> Refund:
    """The refund that a plain repeat is answered with.

    Raises:
        ConflictError: nothing was ever recorded, or the caller asks for more than is payable.
    """
    live = settle.live_refunds(record.refunds)
    if live and _is_plain(request) and request.key is None:
        return live[-1]
    if live:
        paid = money.format_amount(settle.refunded_minor(live), record.order.currency)
        raise ConflictError(
            "E-REFUND-PAID",
            f"{record.rma} is paid in full: {paid} {record.order.currency} "
            f"under {', '.join(one.reference or one.refund_id for one in live)}.",
            where=record.rma,
            hint=f"Look at it with `returns quote {record.rma}`.",
        )
    raise ConflictError(
        "E-REFUND-NOT-DUE",
        f"Nothing is payable for {record.rma} yet.",
        where=record.rma,
        hint=_what_is_missing(record),
    )


def _what_is_missing(record: ReturnRecord) -> str:
    if record.decision is None:
        return f"It was not judged yet: `returns evaluate {record.rma}`."
    if lifecycle.is_waiting_for_person(record):
        return f"A person must look at it: `returns approve {record.rma}` or `deny`."
    if not any(record.authorized(one.line) for one in record.lines):
        return f"No unit of it is approved: `returns explain {record.rma}`."
    if not record.has_arrived:
        return f"Its goods have not arrived: `returns receive {record.rma}`."
    if any(record.inspected(one.line) < record.received(one.line) for one in record.lines):
        return f"Its goods wait for inspection: `returns inspect {record.rma}`."
    return f"What came back pays nothing: `returns quote {record.rma}` says why."
