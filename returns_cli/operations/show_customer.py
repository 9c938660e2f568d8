"""What the shop knows of one person: to look at, and to hand over."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from returns_cli.domain.errors import NotFoundError
from returns_cli.operations.list_orders import view_order
from returns_cli.operations.return_view import Json, view_return
from returns_cli.operations.shop import Shop

if TYPE_CHECKING:
    from returns_cli.domain.model import Order
    from returns_cli.store.connection import Store


def show_customer(shop: Shop, who: str) -> Json:
    """A person's customer rows, orders and returns, in short.

    Args:
        who: a mail address, or the customer id of a source.

    Raises:
        NotFoundError: nothing is known of them (5).
    """
    whole = _gathered(shop, who)
    return {
        "customers": whole["customers"],
        "orders": [
            {key: one[key] for key in ("order", "channel", "placed_at", "currency", "total")}
            for one in _rows(whole, "orders")
        ],
        "returns": [
            {key: one[key] for key in ("rma", "order", "state", "verdict", "opened_at")}
            for one in _rows(whole, "returns")
        ],
    }


def export_customer(shop: Shop, who: str, target: Path | None = None) -> Json:
    """Everything that the shop keeps of a person, with addresses and notes; 0600 in a file.

    Raises:
        NotFoundError: nothing is known of them (5).
        OutputError: the file cannot be written (9).
    """
    whole = _gathered(shop, who)
    if target is not None and not shop.dry_run:
        from returns_cli.documents import write_file

        text = json.dumps(whole, ensure_ascii=False, indent=2)
        write_file(target, f"{text}\n".encode())
    return {**whole, "path": str(target) if target is not None else None}


def _gathered(shop: Shop, who: str) -> Json:
    from returns_cli.store.orders import load_orders
    from returns_cli.store.people import customers_of, find_person, notes_of

    with shop.open_store(read_only=True) as store, store.reading():
        person = find_person(store, who.strip())
        if person is None:
            raise NotFoundError(
                "E-CUSTOMER-UNKNOWN",
                "Nobody of that mail address or customer id is known.",
                where=who[:80],
                hint="Find them with `returns find NAME`, then `returns orders show ORDER`.",
            )
        customers = [
            one._asdict() | {"tags": list(one.tags)} for one in customers_of(store, person)
        ]
        orders = load_orders(store, person.order_pks)
        viewed = [
            {**view_order(shop, store, pk, order), "person": _person_of(order)}
            for pk, order in orders.items()
        ]
        returns = _returns(shop, store, person.return_ids)
        notes = [{"rma": rma, "text": text} for rma, text in notes_of(store, person)]
    return {
        "customers": customers,
        "orders": viewed,
        "returns": returns,
        "notes": notes,
    }


def _person_of(order: Order) -> Json:
    return {
        "customer_id": order.customer_id,
        "name": order.customer_name,
        "email": order.customer_email,
        "ship_to": order.ship_to._asdict(),
    }


def _returns(shop: Shop, store: Store, return_ids: tuple[int, ...]) -> list[Json]:
    from returns_cli.store.ledger import order_ledgers
    from returns_cli.store.returns import load_returns

    records = load_returns(store, return_ids)
    ledgers = order_ledgers(store, [one.order_pk for one in records])
    return [view_return(one, ledgers[one.order_pk], shop.config, shop.today) for one in records]


def _rows(whole: Json, name: str) -> list[Json]:
    rows = whole[name]
    return rows if isinstance(rows, list) else []
