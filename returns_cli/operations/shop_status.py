"""Today's board: what lies on the desk."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from returns_cli.domain import lifecycle, money, settle
from returns_cli.domain.late_exchange import is_late
from returns_cli.domain.lifecycle import ReturnState
from returns_cli.domain.promises import inspection_due
from returns_cli.domain.record import OrderLedger, ReturnRecord
from returns_cli.domain.replacement import open_minor
from returns_cli.domain.vocabulary import RefundState
from returns_cli.operations.open_records import open_records
from returns_cli.operations.return_view import Json, quote_record, state_of
from returns_cli.operations.shop import Shop

if TYPE_CHECKING:
    from returns_cli.store.connection import Store


def shop_status(shop: Shop) -> Json:
    """How many returns wait, for whom, and what money is due, over all open returns.

    ``arrived``: goods are in and not all of them are inspected. ``waiting``: a person must approve
    or deny. ``due_today`` and ``overdue``: money was promised by today or an earlier day, and is
    not confirmed as paid, or goods were to be inspected by then, or goods whose replacement was
    sent are late. ``money_due``: by currency,
    what may be paid now and what was submitted without being confirmed; the shop's own currency is
    always named. ``exchanges`` is there where goods are late or customers owe.
    """
    count: Counter[str] = Counter()
    due: Counter[str] = Counter()
    with shop.open_store(read_only=True) as store, store.reading():
        due[shop.config.currency] = 0
        for record, ledger in open_records(store):
            quote = quote_record(record, ledger, shop.config)
            state = state_of(record, quote, shop.today, shop.zone)
            count["arrived"] += _has_uninspected(record)
            count["waiting"] += state is ReturnState.IN_REVIEW
            minor = _due_minor(shop, record, ledger)
            due[record.order.currency] += minor
            late = [_days_late(shop, record) if minor else None, _inspection_late(shop, record)]
            count["due_today"] += 0 in late
            goods_late = is_late(record, shop.today)
            count["overdue"] += goods_late or any(one is not None and one > 0 for one in late)
            count["exchanges_overdue"] += goods_late
        owed = _owed(store)
    return {
        "as_of": shop.now,
        **{name: count[name] for name in ("arrived", "waiting", "due_today", "overdue")},
        "money_due": {
            currency: money.format_amount(minor, currency)
            for currency, minor in sorted(due.items())
            if minor or currency == shop.config.currency
        },
        **_exchanges(count["exchanges_overdue"], owed),
    }


def _owed(store: Store) -> Counter[str]:
    """What customers owe for exchanges, by currency, of ended returns too."""
    from returns_cli.store.exchange_rows import exchanged_return_ids
    from returns_cli.store.returns import load_returns

    owed: Counter[str] = Counter()
    for record in load_returns(store, exchanged_return_ids(store)):
        owed[record.order.currency] += open_minor(record.owed_moves)
    return +owed


def _exchanges(overdue: int, owed: Counter[str]) -> Json:
    """Goods that are awaited for replacements, and what customers owe; nothing where neither is."""
    if not overdue and not owed:
        return {}
    amounts = {
        currency: money.format_amount(minor, currency) for currency, minor in sorted(owed.items())
    }
    return {"exchanges": {"overdue": overdue, "owed": amounts}}


def _has_uninspected(record: ReturnRecord) -> bool:
    return any(record.inspected(one.line) < record.received(one.line) for one in record.lines)


def _due_minor(shop: Shop, record: ReturnRecord, ledger: OrderLedger) -> int:
    """What is payable now, and what was submitted and waits for its confirmation."""
    lines = lifecycle.quoted_lines(record, payable_only=True)
    quote = quote_record(record, ledger, shop.config, lines)
    owed = settle.owed_by_tender(quote, lines, record.refunds)
    pending = [
        one for one in settle.live_refunds(record.refunds) if one.state is not RefundState.CONFIRMED
    ]
    return sum(one.amount_minor for one in owed) + sum(one.amount_minor for one in pending)


def _days_late(shop: Shop, record: ReturnRecord) -> int | None:
    """Days since the day the money was promised for; None where no day was."""
    promise = lifecycle.refund_promise(record, shop.zone, shop.config.holidays)
    today: date = shop.today
    return (today - promise.due_on).days if promise is not None else None


def _inspection_late(shop: Shop, record: ReturnRecord) -> int | None:
    """Days since goods that wait were to be inspected; None where no day was promised."""
    due = inspection_due(record, shop.zone, shop.config.holidays)
    return (shop.today - due).days if due is not None else None
