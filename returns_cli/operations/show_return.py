"""Show one return with all its facts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from returns_cli.operations.return_view import Json, quote_record, view_return
from returns_cli.operations.shop import Shop

if TYPE_CHECKING:
    from returns_cli.domain.quote import Quote
    from returns_cli.domain.record import OrderLedger, ReturnRecord
    from returns_cli.domain.what_if import Supposition
    from returns_cli.store.connection import Store


def show_return(shop: Shop, rma: str) -> Json:
    """The JSON object of a return; 5 where there is none, with a did-you-mean."""
    from returns_cli.store.ledger import order_ledger
    from returns_cli.store.returns import find_return

    with shop.open_store(read_only=True) as store, store.reading():
        record = find_return(store, rma)
        return view_return(record, order_ledger(store, record.order_pk), shop.config, shop.today)


def quote_of_return(shop: Shop, rma: str, what_if: Sequence[str] = ()) -> Json:
    """What a return pays in all, what the order still allows, and what was refunded of it.

    Args:
        what_if: grades to suppose, as ``line 2 graded used``; judged as real ones would be, and
            nothing is written.
    """
    from returns_cli.domain import money, settle
    from returns_cli.domain.quote import order_allowance
    from returns_cli.domain.what_if import read_suppositions
    from returns_cli.operations.return_view import view_quote
    from returns_cli.store.ledger import order_ledger
    from returns_cli.store.returns import find_return

    suppositions = read_suppositions(what_if)
    with shop.open_store(read_only=True) as store, store.reading():
        record = find_return(store, rma)
        ledger = order_ledger(store, record.order_pk)
        if suppositions:
            record = _as_supposed(shop, store, record, suppositions)
    quote = quote_record(record, ledger, shop.config)
    currency = record.order.currency
    return {
        **view_quote(quote),
        "cap": money.format_amount(order_allowance(record.order, ledger, 0), currency),
        "already_refunded": money.format_amount(settle.refunded_minor(record.refunds), currency),
        **_pays_by(shop, record, ledger, quote),
    }


def _pays_by(shop: Shop, record: ReturnRecord, ledger: OrderLedger, quote: Quote) -> Json:
    """How what is not yet refunded would be paid, where that takes several ways."""
    from returns_cli.domain import lifecycle, money, settle
    from returns_cli.domain.tender_split import left_to_give_back, split_owed

    groups = settle.owed_by_tender(quote, lifecycle.quoted_lines(record), record.refunds)
    left = left_to_give_back(record.order, ledger, shop.config.refund_order)
    ways = [
        {"tender": one.tender, "amount": money.format_amount(one.amount_minor, quote.currency)}
        for one in split_owed(groups, left)
    ]
    return {"pays_by": ways} if len(ways) > 1 else {}


def _as_supposed(
    shop: Shop, store: Store, record: ReturnRecord, suppositions: Sequence[Supposition]
) -> ReturnRecord:
    """The return as it would be judged with the grades that are supposed."""
    from returns_cli.domain.what_if import suppose
    from returns_cli.operations.inspect_items import check_grade
    from returns_cli.operations.judging import would_decide

    supposed, counted = suppose(record, suppositions, shop.now)
    if record.decision is None:
        supposed = supposed._replace(decision=would_decide(shop, store, supposed))
    for one in counted:
        check_grade(supposed, one.line, one.grade)
        shop.notes.append(f"Supposed: line {one.line}, {one.quantity} graded {one.grade}.")
    shop.notes.append("Nothing was written.")
    return supposed._replace(decision=would_decide(shop, store, supposed))
