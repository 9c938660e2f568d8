"""Goodwill: money on top of what the policy pays, given by a person who says why."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from returns_cli.domain import money, terms
from returns_cli.domain.errors import ConflictError, UsageError
from returns_cli.domain.model import Component, Refund
from returns_cli.domain.record import ReturnRecord
from returns_cli.domain.tenders import ORIGINAL, original_of
from returns_cli.domain.vocabulary import TaxStyle
from returns_cli.operations.four_eyes import check_second_person
from returns_cli.operations.shop import Shop
from returns_cli.operations.typed_amount import read_amount

if TYPE_CHECKING:
    from returns_cli.operations.record_refund import RefundRequest
    from returns_cli.store.connection import Store


def give_goodwill(
    shop: Shop,
    store: Store,
    record: ReturnRecord,
    request: RefundRequest,
    confirm: Callable[[str], None] | None,
) -> tuple[Refund, bool]:
    """Record goodwill as a refund of its own, and whether it stood before. Inside a transaction.

    It settles nothing of what the return pays, and no cap but the shop's own limits binds it.

    Raises:
        UsageError: no reason, not an amount. ConflictError: not judged yet, the same key with
            other content, above ``four_eyes_above`` alone. DeclinedError: see ``confirm``.
    """
    from returns_cli.store import keys, refunds
    from returns_cli.store.canonical import digest_of

    currency = record.order.currency
    amount = _amount(request, currency)
    if record.decision_id is None:
        raise ConflictError(
            "E-NOT-JUDGED",
            f"{record.rma} was not judged yet.",
            where=record.rma,
            hint=f"Judge it: returns evaluate {record.rma}",
        )
    key = request.key or f"{record.rma}/goodwill"
    body = digest_of([record.rma, "goodwill", amount, request.paid, request.to, request.why])
    known = keys.recall(store, "refund", key, body)
    if known is not None:
        return refunds.find_refund(store, known), True
    check_second_person(shop, record, amount)
    if amount > _highest_paid(record) and confirm is not None:
        shown = money.format_amount(amount, currency)
        confirm(f"Give {shown} {currency}, more than was paid for any line of {record.rma}")
    new = refunds.NewRefund(
        return_id=record.return_id,
        order_pk=record.order_pk,
        decision_id=record.decision_id,
        key=key,
        body_hash=body,
        amount_minor=amount,
        currency=currency,
        tender=request.to or _tender(record),
        components=(Component("goodwill", None, amount),),
        takes={},
        actor=shop.actor,
        recorded_at=shop.now,
        reference=request.paid,
        why=request.why.strip(),
    )
    refund = refunds.record_refund(store, new)
    keys.remember(store, "refund", key, body, refund.refund_id)
    return refund, False


def _amount(request: RefundRequest, currency: str) -> int:
    if request.amount is not None:
        raise UsageError(
            "E-USAGE",
            "Goodwill and a part of the refund are recorded one after the other.",
            where="--goodwill",
            hint="Leave --amount out.",
        )
    if not request.why.strip():
        raise UsageError(
            "E-USAGE-WHY",
            "Goodwill wants a reason.",
            where="--why",
            hint='For example: --why "The parcel was two weeks late".',
        )
    return read_amount(
        request.goodwill or "", currency, "--goodwill", hint="Give an amount above zero."
    )


def _highest_paid(record: ReturnRecord) -> int:
    """What was paid for the dearest line of the return."""
    asked = {one.line for one in record.lines}
    on_top = record.order.tax_style is TaxStyle.ON_TOP
    paid = [
        one.items_minor + (one.tax_minor if on_top else 0)
        for one in record.order.lines
        if one.line in asked
    ]
    return max(paid, default=0)


def _tender(record: ReturnRecord) -> str:
    """As the policy pays the first line."""
    judged = record.decision.lines if record.decision else ()
    settings = terms.by_name(judged[0].settings) if judged else {}
    tender = terms.word(settings, "refund.to", ORIGINAL)
    if tender != ORIGINAL:
        return tender
    paid = [one.tender for one in record.order.payments]
    return ORIGINAL if ORIGINAL in paid else (paid or [original_of(record.order)])[0]
