"""Say what became of goods that nobody expected: a return's after all, or put away as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from returns_cli.domain.errors import ConflictError, UsageError
from returns_cli.domain.item_spec import ItemSpec
from returns_cli.domain.record import ReturnRecord
from returns_cli.domain.rma import read_rma
from returns_cli.operations.inspect_items import check_disposition
from returns_cli.operations.list_unexpected import view_unexpected
from returns_cli.operations.named_line import find_line
from returns_cli.operations.return_view import Json, view_return
from returns_cli.operations.shop import Shop

if TYPE_CHECKING:
    from returns_cli.store.connection import Store
    from returns_cli.store.unexpected import Surprise


class MatchRequest(NamedTuple):
    """What was typed.

    Attributes:
        number: of the unexpected goods.
        target: an RMA, or an order for which a return is opened first.
        item: the line, and units where not all; for an order with its reason.
        disposition: put away as they are, without a return.
    """

    number: int
    target: str | None = None
    item: ItemSpec | None = None
    want: str = "refund"
    disposition: str | None = None
    location: str = ""
    note: str = ""


def match_unexpected_goods(shop: Shop, request: MatchRequest) -> Json:
    """Move units out of the unexpected goods by a fact of their own; the first fact stays.

    Into a return they become a receipt of the day and station where they were found. For an order
    a return is opened first, judged by the policy as always; where it is not approved the goods
    stay until a person approves it. A repeat finds nothing left (6).
    """
    if (request.target is None) == (request.disposition is None):
        raise UsageError(
            "E-USAGE",
            "Goods go either to a return or order, or to a disposition.",
            where="unexpected match",
            hint="Write an RMA, an order with --item LINE=REASON, or --disposition scrap.",
        )
    if request.target is not None and not _is_rma(request.target):
        return _open_for_order(shop, request, request.target)
    with shop.open_store() as store, store.writing(rehearse=shop.dry_run):
        return _move(shop, store, request)


def _is_rma(text: str) -> bool:
    try:
        read_rma(text)
    except ValueError:
        return text.strip().upper().startswith("RMA")
    return True


def _move(shop: Shop, store: Store, request: MatchRequest) -> Json:
    goods = _goods(store, request.number)
    record = None
    if request.target is not None:
        record = _receive(shop, store, request, goods, request.target)
    else:
        _put_away(shop, store, request, goods)
    return _answer(shop, store, request.number, record)


def _answer(shop: Shop, store: Store, number: int, record: ReturnRecord | None) -> Json:
    from returns_cli.store.ledger import order_ledger
    from returns_cli.store.unexpected import departures, find_surprise

    shown = None
    if record is not None:
        ledger = order_ledger(store, record.order_pk)
        shown = view_return(record, ledger, shop.config, shop.today)
    goods = find_surprise(store, number)
    return {"goods": view_unexpected(shop, goods, departures(store)), "return": shown}


def _goods(store: Store, number: int) -> Surprise:
    from returns_cli.store.unexpected import find_surprise

    goods = find_surprise(store, number)
    if not goods.left:
        raise ConflictError(
            "E-UNEXPECTED-GONE",
            f"Nothing is left of unexpected goods {number}.",
            where=str(number),
            hint="See where they went: returns unexpected list --all.",
        )
    return goods


def _units(goods: Surprise, item: ItemSpec | None, most: int | None = None) -> int:
    asked = item.quantity if item is not None else None
    units = asked if asked is not None else min(goods.left, max(1, most or goods.left))
    if units > goods.left:
        raise ConflictError(
            "E-UNEXPECTED-GONE",
            f"Of unexpected goods {goods.unexpected_id} {goods.left} are left, not {units}.",
            where=str(goods.unexpected_id),
            hint="Count again.",
        )
    return units


def _receive(
    shop: Shop, store: Store, request: MatchRequest, goods: Surprise, rma: str
) -> ReturnRecord:
    from returns_cli.operations.receive_items import add_receipts
    from returns_cli.store.returns import find_return, load_returns
    from returns_cli.store.unexpected import Departure, add_departure

    record = find_return(store, rma)
    line = _line(record, request.item, goods)
    awaited = record.authorized(line) - record.received(line)
    units = _units(goods, request.item, awaited)
    if record.authorized(line) and units > awaited:
        raise ConflictError(
            "E-OVER-RECEIVED",
            f"Line {line} of {record.rma} awaits {awaited}, not {units}.",
            where=f"{record.rma} line {line}",
            hint=f"Open a return for the rest: returns unexpected match {goods.unexpected_id} "
            f"{record.order.order_id} --item {line}=REASON.",
        )
    add_receipts(shop, store, record, {line: units}, goods.found_at, goods.station, goods.tracking)
    gone = Departure(
        goods.unexpected_id, units, rma, line, "", "", request.note, shop.now, shop.actor
    )
    add_departure(store, gone, return_id=record.return_id)
    return load_returns(store, [record.return_id])[0]


def _line(record: ReturnRecord, item: ItemSpec | None, goods: Surprise) -> int:
    if item is not None:
        return find_line(record.order, item).line
    if goods.line is not None and goods.order_id == record.order.order_id:
        return goods.line
    if goods.sku:
        return find_line(record.order, ItemSpec(goods.sku, None, goods.sku, None, None)).line
    raise UsageError(
        "E-USAGE-ITEM",
        f"Nobody knows what unexpected goods {goods.unexpected_id} are.",
        where="--item",
        hint="Name the line: --item 2, or --item 2:1 for one unit.",
    )


def _put_away(shop: Shop, store: Store, request: MatchRequest, goods: Surprise) -> None:
    from returns_cli.store.unexpected import Departure, add_departure

    word = str(request.disposition)
    check_disposition(shop, f"unexpected goods {goods.unexpected_id}", word)
    place = shop.config.tables.dispositions[word]
    if place.is_sellable and not goods.sku:
        raise ConflictError(
            "E-DISPOSITION-UNKNOWN",
            f"Nobody knows what unexpected goods {goods.unexpected_id} are, so they are no stock.",
            where=str(goods.unexpected_id),
            hint="Match them to a return or an order by its line, or put them elsewhere.",
        )
    gone = Departure(
        goods.unexpected_id,
        _units(goods, request.item),
        None,
        None,
        word,
        request.location or place.bin,
        request.note,
        shop.now,
        shop.actor,
    )
    add_departure(store, gone, is_stock=place.is_sellable)


def _open_for_order(shop: Shop, request: MatchRequest, order: str) -> Json:
    """Open a return for the goods, then receive them where it is approved."""
    from returns_cli.operations.open_return import OpenRequest, open_in
    from returns_cli.store.returns import find_return

    item = request.item
    if item is None or item.value is None:
        raise UsageError(
            "E-USAGE-ITEM",
            "A return for an order needs a line and a reason.",
            where="--item",
            hint="Write --item LINE=REASON, such as --item 2=wrong_item.",
        )
    with shop.open_store() as store, store.writing(rehearse=shop.dry_run):
        goods = _goods(store, request.number)
        units = _units(goods, item)
        wanted = OpenRequest(
            order,
            (item._replace(quantity=units),),
            want=request.want,
            requested_at=goods.found_at,
            note=request.note,
            key=f"unexpected-{request.number}-{item.text}",
        )
        rma = str(open_in(shop, store, wanted)["rma"])
        record = find_return(store, rma)
        line = find_line(record.order, item).line
        if record.authorized(line) - record.received(line) >= units:
            matched = request._replace(target=rma, item=item._replace(quantity=units))
            return _move(shop, store, matched)
        shop.notes.append(
            f"{rma} is opened and not approved, so the goods stay unexpected. Once a person "
            f"approved it: returns unexpected match {request.number} {rma}."
        )
        return _answer(shop, store, request.number, record)
