"""List goods that nobody expected, and where their units went."""

from __future__ import annotations

from collections.abc import Sequence

from returns_cli.domain.days import local_day
from returns_cli.operations.return_view import Json
from returns_cli.operations.shop import Shop
from returns_cli.store.unexpected import Departure, Surprise, departures, list_surprises


def list_unexpected_goods(shop: Shop, *, also_gone: bool = False) -> list[Json]:
    """Unexpected goods, oldest first; by default those of which units still lie there."""
    with shop.open_store(read_only=True) as store, store.reading():
        found = list_surprises(store, also_gone=also_gone)
        gone = departures(store)
    return [view_unexpected(shop, one, gone) for one in found]


def view_unexpected(shop: Shop, one: Surprise, gone: Sequence[Departure]) -> Json:
    """The JSON object of unexpected goods; ``age_days`` counts the shop's days since then."""
    return {
        "unexpected": one.unexpected_id,
        "found_at": one.found_at,
        "age_days": (shop.today - local_day(one.found_at, shop.zone)).days,
        "why": one.why,
        "sku": one.sku or None,
        "quantity": one.quantity,
        "left": one.left,
        "rma": one.rma,
        "order": one.order_id,
        "line": one.line,
        "code": one.code or None,
        "station": one.station,
        "tracking": one.tracking,
        "by": one.actor,
        "moves": [
            {
                "quantity": move.quantity,
                "rma": move.rma,
                "line": move.line,
                "disposition": move.disposition or None,
                "location": move.location or None,
                "note": move.note or None,
                "at": move.moved_at,
                "by": move.actor,
            }
            for move in gone
            if move.unexpected_id == one.unexpected_id
        ],
    }
