"""Show one return with all its facts."""

from __future__ import annotations

from returns_cli.operations.return_view import Json, quote_record, view_return
from returns_cli.operations.shop import Shop


def show_return(shop: Shop, rma: str) -> Json:
    """The JSON object of a return; 5 where there is none, with a did-you-mean."""
    from returns_cli.store.ledger import order_ledger
    from returns_cli.store.returns import find_return

    with shop.open_store(read_only=True) as store, store.reading():
        record = find_return(store, rma)
        return view_return(record, order_ledger(store, record.order_pk), shop.config, shop.today)


def quote_of_return(shop: Shop, rma: str) -> Json:
    """What a return pays in all, what the order still allows, and what was refunded of it."""
    from returns_cli.domain import money, settle
    from returns_cli.domain.quote import order_allowance
    from returns_cli.operations.return_view import view_quote
    from returns_cli.store.ledger import order_ledger
    from returns_cli.store.returns import find_return

    with shop.open_store(read_only=True) as store, store.reading():
        record = find_return(store, rma)
        ledger = order_ledger(store, record.order_pk)
    quote = quote_record(record, ledger, shop.config)
    currency = record.order.currency
    return {
        **view_quote(quote),
        "cap": money.format_amount(order_allowance(record.order, ledger, 0), currency),
        "already_refunded": money.format_amount(settle.refunded_minor(record.refunds), currency),
    }
