"""What a person hears beside an import of orders: how each file was read, what it changed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from returns_cli.domain import money

if TYPE_CHECKING:
    from returns_cli.domain.model import Order
    from returns_cli.store.connection import Store
    from returns_cli.store.orders import OrderChange

MOST_ORDERS = 10
_MOST_FIELDS = 6
_MINOR = "_minor"


def change_notes(store: Store, file_id: int, changed: int) -> list[str]:
    """What a file changed, one sentence an order; inside the import's transaction.

    Args:
        store: the store.
        file_id: of the file.
        changed: orders that it changed; those beyond the first ten are counted.
    """
    if not changed:
        return []
    from returns_cli.store.orders import changes_of_file, load_orders

    changes = changes_of_file(store, file_id, MOST_ORDERS)
    orders = load_orders(store, {one.order_pk for one in changes})
    notes = [
        _sentence(orders[pk], list(group))
        for pk, group in groupby(changes, key=attrgetter("order_pk"))
    ]
    if changed > len(notes):
        more = changed - len(notes)
        what = "1 more order" if more == 1 else f"{more} more orders"
        notes.append(f"{what} changed; look at one with `returns orders show ORDER`.")
    return notes


def _sentence(order: Order, changes: list[OrderChange]) -> str:
    said = [_said(one, order.currency) for one in changes[:_MOST_FIELDS]]
    if len(changes) > _MOST_FIELDS:
        said.append(f"{len(changes) - _MOST_FIELDS} more")
    return f"{order.order_id} changed: {'; '.join(said)}."


def _said(change: OrderChange, currency: str) -> str:
    """One change in words: ``line 2 quantity 1, was 2``."""
    where = f"line {change.line} " if change.line is not None else ""
    name = change.field.removesuffix(_MINOR).replace("_", " ")
    if change.field == "line":
        return _said_of_line(change)
    if change.old is None and change.new is None:
        return f"{where}{name}"
    old, new = (_value(text, change.field, currency) for text in (change.old, change.new))
    if change.kept:
        return f"{where}{name} stays {old}, the file says {new}"
    return f"{where}{name} {new}, was {old}"


def _said_of_line(change: OrderChange) -> str:
    if change.old is None:
        return f"line {change.line} ({change.new}) is new"
    if change.new is None:
        kept = "stays, the file has it no more" if change.kept else "is gone"
        return f"line {change.line} ({change.old}) {kept}"
    return f"line {change.old} is line {change.new} now"


def _value(text: str | None, field: str, currency: str) -> str:
    if not text or text == "[]":
        return "nothing"
    if field.endswith(_MINOR):
        return f"{money.format_amount(int(text), currency)} {currency}"
    return ", ".join(_listed(text)) if text.startswith("[") else text


def _listed(text: str) -> Iterable[str]:
    try:
        found = json.loads(text)
    except ValueError:
        return [text]
    return map(str, found)
