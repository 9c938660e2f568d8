"""List orders, and show one line by line with what may still come back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from returns_cli.domain import money
from returns_cli.domain.model import Order, OrderLine
from returns_cli.domain.quote import order_allowance
from returns_cli.domain.record import Consumption, OrderLedger, ReturnRecord
from returns_cli.domain.vocabulary import TaxStyle
from returns_cli.operations.return_view import Json, row_of_return
from returns_cli.operations.shop import Shop

if TYPE_CHECKING:
    from returns_cli.domain.parcels import Parcel
    from returns_cli.store.connection import Store

_NOTHING = Consumption()


def list_orders(shop: Shop, *, channel: str | None = None, limit: int | None = None) -> list[Json]:
    """Rows of the imported orders, newest first; an empty list is fine."""
    from returns_cli.store import orders

    with shop.open_store(read_only=True) as store, store.reading():
        found = orders.list_orders(store, orders.OrderFilter(channel=channel, limit=limit))
    return [_row(order) for _, order in found]


def _row(order: Order) -> Json:
    return {
        "order": order.order_id,
        "channel": order.channel,
        "placed_at": order.placed_at,
        "country": order.country,
        "lines": len(order.lines),
        "units": sum(one.quantity for one in order.lines),
        "currency": order.currency,
        "total": money.format_amount(order.total_minor, order.currency),
        "refunded_before": money.format_amount(order.refunded_minor, order.currency),
        "is_gift": order.is_gift,
        "cancelled_at": order.cancelled_at,
    }


def show_order(shop: Shop, text: str, channel: str | None = None) -> Json:
    """One order as it was frozen at import, what came back of it, and what still may.

    Args:
        text: its id as typed, with or without ``#``, or ``channel/id``.

    Raises:
        NotFoundError: no such order (5). UsageError: several channels have it (2).
    """
    from returns_cli.store.orders import find_order

    with shop.open_store(read_only=True) as store, store.reading():
        return view_order(shop, store, *find_order(store, text, channel))


def view_order(shop: Shop, store: Store, order_pk: int, order: Order) -> Json:
    """The object of ``orders show``; inside a transaction."""
    from returns_cli.store.ledger import order_ledger
    from returns_cli.store.orders import order_changes
    from returns_cli.store.parcels import parcels_of
    from returns_cli.store.returns import ReturnFilter, list_return_ids, load_returns

    ledger = order_ledger(store, order_pk)
    ids = list_return_ids(store, ReturnFilter(order_pk=order_pk))
    records = load_returns(store, ids)
    changes = order_changes(store, order_pk)
    parcels = parcels_of(store.connection, [order_pk]).get(order_pk, ())
    return {
        **_head(order, ledger),
        "lines": [_line(order, one, ledger, records) for one in order.lines],
        "parcels": [_parcel(one) for one in parcels],
        "returns": [_return(shop, one, ledger) for one in records],
        "changes": [
            {
                "at": one.at,
                "line": one.line,
                "field": one.field,
                "old": one.old,
                "new": one.new,
                "kept": one.kept,
            }
            for one in changes
        ],
    }


def _head(order: Order, ledger: OrderLedger) -> Json:
    def amount(minor: int) -> str:
        return money.format_amount(minor, order.currency)

    return {
        "order": order.order_id,
        "channel": order.channel,
        "placed_at": order.placed_at,
        "shipped_at": order.shipped_at,
        "delivered_at": order.delivered_at,
        "cancelled_at": order.cancelled_at,
        "customer": order.customer_name,
        "country": order.country,
        "payment_method": order.payment_method,
        "payments": [
            {
                "tender": one.tender,
                "method": one.method,
                "captured": amount(one.captured_minor),
                "given_back": amount(ledger.given_back.get(one.tender, 0)),
            }
            for one in order.payments
        ],
        "discount_codes": list(order.discount_codes),
        "tags": list(order.tags),
        "is_gift": order.is_gift,
        "currency": order.currency,
        "tax_style": order.tax_style.value,
        "total": amount(order.total_minor),
        "captured": amount(order.captured_minor),
        "tax": amount(order.tax_minor),
        "shipping": amount(order.shipping_minor),
        "order_discount": amount(order.order_discount_minor),
        "refunded_before": amount(order.refunded_minor),
        "refunds_before": [
            {
                "at": one.refunded_at,
                "line": one.line,
                "amount": amount(one.amount_minor),
                "reference": one.reference or None,
            }
            for one in order.refunds
        ],
        "refunded": amount(ledger.refunded_minor),
        "may_still_be_refunded": amount(order_allowance(order, ledger, 0)),
        "source": f"{order.source_file}:{order.source_line or ''}".rstrip(":"),
    }


def _parcel(parcel: Parcel) -> Json:
    return {
        "tracking": parcel.tracking or None,
        "carrier": parcel.carrier or None,
        "lines": [line for line, _ in parcel.lines],
        "shipped_at": parcel.left_at,
        "delivered_at": parcel.delivered_at,
        "returned_at": parcel.returned_at,
    }


def _line(
    order: Order, line: OrderLine, ledger: OrderLedger, records: Sequence[ReturnRecord]
) -> Json:
    taken = ledger.consumed.get(line.line, _NOTHING)
    held = ledger.authorized_units.get(line.line, 0)
    paid = line.items_minor + line.shipping_minor
    used = taken.items_minor + taken.shipping_minor
    if order.tax_style is TaxStyle.ON_TOP:
        paid += line.tax_minor
        used += taken.tax_minor
    may_return = 0 if line.cancelled else max(0, line.shipped_quantity - held)
    amounts = {
        "unit_price": line.unit_price_minor,
        "line_discount": line.discount_minor,
        "order_discount": line.order_discount_minor,
        "items": line.items_minor,
        "tax": line.tax_minor,
        "shipping": line.shipping_minor,
        "paid": paid,
        "refunded_of_it": used,
        "refunded_before": ledger.external_lines.get(line.line, 0),
    }
    return {
        "line": line.line,
        "sku": line.sku,
        "title": line.title,
        "quantity": line.quantity,
        "shipped": line.shipped_quantity,
        "cancelled": line.cancelled,
        "shipped_at": line.shipped_at or order.shipped_at,
        "delivered_at": line.delivered_at or order.delivered_at,
        **{name: money.format_amount(minor, order.currency) for name, minor in amounts.items()},
        "authorized": held,
        "received": sum(one.received(line.line) for one in records),
        "refunded_units": taken.units,
        "may_still_return": may_return,
    }


def _return(shop: Shop, record: ReturnRecord, ledger: OrderLedger) -> Json:
    row = row_of_return(record, ledger, shop.config, shop.today)
    return {name: row[name] for name in ("rma", "state", "verdict", "opened_at", "units", "total")}
