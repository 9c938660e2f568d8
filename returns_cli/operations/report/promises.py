"""The report on promises: how long refunds took, and who waits now."""

from __future__ import annotations

from collections.abc import Iterator

from returns_cli.domain import lifecycle, settle
from returns_cli.domain.record import OrderLedger, ReturnRecord
from returns_cli.domain.reported import Owed, Scope
from returns_cli.domain.shop import ShopConfig
from returns_cli.domain.vocabulary import RefundState
from returns_cli.insight.promises import sla_report
from returns_cli.insight.report import Period, Report
from returns_cli.operations.return_view import quote_record
from returns_cli.store.connection import Store
from returns_cli.store.reports import promises

_CHUNK = 1000


def sla(store: Store, scope: Scope, period: Period) -> Report:
    """How long refunds took against the policy's promise, and who waits now."""
    owed = [*_owed(store, scope, scope.shop)] if scope.shop else []
    return sla_report(scope, period, promises.kept_promises(store, scope), owed)


def _owed(store: Store, scope: Scope, shop: ShopConfig) -> Iterator[Owed]:
    from returns_cli.store.ledger import order_ledgers
    from returns_cli.store.returns import load_returns

    ids = promises.may_be_owed(store, scope)
    for start in range(0, len(ids), _CHUNK):
        records = load_returns(store, ids[start : start + _CHUNK])
        ledgers = order_ledgers(store, [one.order_pk for one in records])
        for record in records:
            yield from _owed_of(record, ledgers[record.order_pk], scope, shop)


def _owed_of(
    record: ReturnRecord, ledger: OrderLedger, scope: Scope, shop: ShopConfig
) -> Iterator[Owed]:
    """What may be paid now and is not recorded, and what is recorded and not confirmed."""
    lines = lifecycle.quoted_lines(record, payable_only=True)
    quote = quote_record(record, ledger, shop, lines)
    waits = sum(one.amount_minor for one in settle.owed_by_tender(quote, lines, record.refunds))
    pending = sum(
        one.amount_minor
        for one in settle.live_refunds(record.refunds)
        if one.state is not RefundState.CONFIRMED
    )
    promise = lifecycle.refund_promise(record, scope.zone, shop.holidays)
    since, due = (promise.started_on, promise.due_on) if promise else (None, None)
    for minor, is_pending in ((waits, False), (pending, True)):
        if minor:
            order = record.order.order_id
            currency = record.order.currency
            yield Owed(record.rma, order, since, due, currency, minor, is_pending)
