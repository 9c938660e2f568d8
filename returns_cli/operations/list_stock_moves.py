"""List goods that were put away: stock, quarantine, what waits for a vendor."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from returns_cli.domain.days import local_day
from returns_cli.domain.nearest import nearest_or_all
from returns_cli.operations.return_view import Json
from returns_cli.operations.shop import Shop
from returns_cli.store.stock import PutAway, list_put_away


class MoveFilter(NamedTuple):
    """Which moves to list.

    Attributes:
        dispositions: any of these; empty for those that make stock.
        every: all dispositions.
        open_only: still there: stock that no export holds; else units that nothing took back.
        since, until: days as typed, both included.
    """

    dispositions: tuple[str, ...] = ()
    sku: str | None = None
    location: str | None = None
    every: bool = False
    open_only: bool = False
    since: str | None = None
    until: str | None = None
    limit: int | None = None


_STOCK = MoveFilter()


def list_stock_moves(shop: Shop, wanted: MoveFilter = _STOCK) -> list[Json]:
    """Rows of the wanted moves, oldest first; ``limit`` keeps the newest.

    Raises:
        UsageError: a disposition that the shop does not know, or a day that is none.
    """
    for word in wanted.dispositions:
        known = shop.config.tables.dispositions
        if word not in known:
            from returns_cli.domain.errors import UsageError

            raise UsageError(
                "E-USAGE",
                f"`{word[:40]}` is nowhere that goods can go.",
                where="--disposition",
                hint=nearest_or_all(word, known),
            )
    days = _days(shop, wanted)
    with shop.open_store(read_only=True) as store, store.reading():
        rows = [one for one in list_put_away(store) if _is_wanted(one, wanted, days, shop)]
    return [_view(one) for one in rows[-wanted.limit if wanted.limit else 0 :]]


def _days(shop: Shop, wanted: MoveFilter) -> tuple[date, date]:
    def day(text: str | None, option: str, otherwise: date) -> date:
        return otherwise if text is None else shop.moment(text, option).date()

    return day(wanted.since, "--since", date.min), day(wanted.until, "--until", date.max)


def _is_wanted(one: PutAway, wanted: MoveFilter, days: tuple[date, date], shop: Shop) -> bool:
    if wanted.dispositions:
        fits = one.disposition in wanted.dispositions
    else:
        fits = wanted.every or one.is_stock
    return (
        fits
        and (wanted.sku is None or one.sku == wanted.sku)
        and (wanted.location is None or one.location == wanted.location)
        and (not wanted.open_only or _is_open(one))
        and days[0] <= local_day(one.at, shop.zone) <= days[1]
    )


def _is_open(one: PutAway) -> bool:
    return one.exported_in is None if one.is_stock else one.left > 0


def _view(one: PutAway) -> Json:
    return {
        "move": one.stock_move_id,
        "unexpected_move": one.unexpected_move_id,
        "sku": one.sku,
        "quantity": one.quantity,
        "disposition": one.disposition,
        "location": one.location or None,
        "at": one.at,
        "by": one.actor,
        "rma": one.rma,
        "order": one.order_id,
        "line": one.line,
        "left": one.left,
        "is_stock": one.is_stock,
        "exported_in": one.exported_in,
    }
