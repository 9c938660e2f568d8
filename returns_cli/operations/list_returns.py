"""List and find returns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from returns_cli.domain import lifecycle
from returns_cli.domain.errors import UsageError
from returns_cli.domain.lifecycle import ReturnState
from returns_cli.domain.nearest import nearest_or_all
from returns_cli.operations.own_parcel import rma_of_parcel
from returns_cli.operations.return_view import Json, row_of_return
from returns_cli.operations.shop import Shop

if TYPE_CHECKING:
    from returns_cli.store.connection import Store

_CHUNK = 1000


class ListFilter(NamedTuple):
    """Which returns to list.

    Attributes:
        states: any of these; empty for all.
        open_only: all but denied, refunded, closed, cancelled, expired.
        overdue: money was promised, or goods are awaited in advance, by a day that is past.
    """

    states: tuple[str, ...] = ()
    order: str | None = None
    channel: str | None = None
    verdict: str | None = None
    open_only: bool = False
    overdue: bool = False
    limit: int | None = None


_ALL = ListFilter()


def list_returns(shop: Shop, wanted: ListFilter = _ALL) -> list[Json]:
    """Rows of the wanted returns, oldest first; an empty list is fine."""
    known = [state.value for state in ReturnState]
    for state in wanted.states:
        if state not in known:
            raise UsageError(
                "E-USAGE-STATE",
                f"`{state}` is no state of a return.",
                where="--state",
                hint=nearest_or_all(state, known),
            )
    with shop.open_store(read_only=True) as store, store.reading():
        _ = shop.config  # a bad shop.yaml is refused also where there is no row
        rows = _rows(shop, store, _ids(store, wanted))
        return list(islice((row for row in rows if _is_wanted(row, wanted, shop)), wanted.limit))


def find_returns(shop: Shop, text: str, *, limit: int = 50) -> list[Json]:
    """Rows of the returns that a text finds, each with what it matched."""
    from returns_cli.store import search

    with shop.open_store(read_only=True) as store, store.reading():
        matches = search.find_returns(store, text, limit)
        own = None if matches else rma_of_parcel(shop.config, store, text)
        if own is not None:
            matches = search.find_returns(store, own, limit)
        rows = _rows(shop, store, [one.return_id for one in matches])
        return [{**row, "matched": match.matched} for row, match in zip(rows, matches, strict=True)]


def _ids(store: Store, wanted: ListFilter) -> list[int]:
    from returns_cli.store.orders import find_order
    from returns_cli.store.returns import ReturnFilter, Wanted, list_return_ids

    order_pk = None
    if wanted.order is not None:
        order_pk, _ = find_order(store, wanted.order, wanted.channel)
    return list_return_ids(
        store,
        ReturnFilter(
            wanted=Wanted.OPEN if wanted.open_only or wanted.overdue else Wanted.ALL,
            order_pk=order_pk,
            channel=wanted.channel,
        ),
    )


def _rows(shop: Shop, store: Store, ids: Sequence[int]) -> Iterator[Json]:
    from returns_cli.store.ledger import order_ledgers
    from returns_cli.store.returns import load_returns

    for start in range(0, len(ids), _CHUNK):
        records = load_returns(store, ids[start : start + _CHUNK])
        ledgers = order_ledgers(store, [one.order_pk for one in records])
        for one in records:
            yield row_of_return(one, ledgers[one.order_pk], shop.config, shop.today)


def _is_wanted(row: Json, wanted: ListFilter, shop: Shop) -> bool:
    return (
        (not wanted.states or row["state"] in wanted.states)
        and (wanted.verdict is None or row["verdict"] == wanted.verdict)
        and (not wanted.open_only or row["state"] not in lifecycle.ENDED)
        and (not wanted.overdue or is_overdue(row, shop.today))
    )


def is_overdue(row: Json, today: date) -> bool:
    """Whether a day of a listed return is past: of money, of an inspection, of awaited goods."""
    days = (row["refund_due"], row.get("inspect_by"), row.get("back_by"))
    return any(isinstance(day, str) and day < today.isoformat() for day in days)
