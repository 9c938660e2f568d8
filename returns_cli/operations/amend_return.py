"""Change what a return asks for, before any goods arrive."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from returns_cli.domain import lifecycle
from returns_cli.domain.errors import ConflictError, UsageError
from returns_cli.domain.item_spec import ItemSpec
from returns_cli.domain.model import RequestedLine
from returns_cli.domain.record import ReturnRecord
from returns_cli.operations.evaluate_returns import expire_others
from returns_cli.operations.judging import judge_records
from returns_cli.operations.named_line import find_line
from returns_cli.operations.open_return import read_resolution
from returns_cli.operations.return_view import Json, view_return
from returns_cli.operations.shop import Shop
from returns_cli.operations.unknown_reasons import note_unknown_reasons


class AmendRequest(NamedTuple):
    """What changes; None leaves it as it is.

    Attributes:
        items: lines to add or to change (``2:1=too_large``); an item without a reason keeps it.
        remove: lines to take out.
    """

    rma: str
    items: tuple[ItemSpec, ...] = ()
    remove: tuple[int, ...] = ()
    want: str | None = None
    condition: str | None = None
    photos: int | None = None
    answers: Mapping[str, str] = MappingProxyType({})
    note: str | None = None
    exchange_sku: str | None = None


def amend_return(shop: Shop, request: AmendRequest) -> Json:
    """Write a new revision of the request and judge it again.

    Refused (6): goods arrived, a refund is recorded, or the return is over; (2) nothing to change
    or no line left. Repeating the same change adds nothing.
    """
    from returns_cli.store.ledger import order_ledger
    from returns_cli.store.returns import add_revision, find_return, load_returns

    if request == AmendRequest(request.rma):
        raise UsageError(
            "E-USAGE-ITEM",
            "Nothing to change was named.",
            hint="For example: --item 2:1, --remove 3, --want exchange, --photos 2.",
        )
    with shop.open_store() as store, store.writing(rehearse=shop.dry_run):
        record = find_return(store, request.rma)
        _check_open(shop, record)
        lines = _amended(record, request)
        replayed = lines == record.lines
        if not replayed:
            before = {one.reason for one in record.lines}
            new = [one for one in lines if one.reason not in before]
            note_unknown_reasons(shop, record.rma, new)
            add_revision(store, record.return_id, lines, shop.actor, shop.now)
            record = load_returns(store, [record.return_id])[0]
            expire_others(shop, store, record)
            record = judge_records(shop, store, [record])[0].record
        ledger = order_ledger(store, record.order_pk)
        return view_return(record, ledger, shop.config, shop.today, replayed=replayed)


def _check_open(shop: Shop, record: ReturnRecord) -> None:
    what = None
    if record.has_arrived:
        what = "goods of it arrived"
    elif record.refunds:
        what = "a refund of it is recorded"
    elif record.replacements:
        what = "a replacement was sent"
    elif record.rulings and record.rulings[-1].kind in ("cancel", "expire"):
        what = "it is over"
    elif lifecycle.has_expired(record, shop.today, shop.zone):
        what = "it ran out"
    if what is not None:
        raise ConflictError(
            "E-STATE",
            f"{record.rma} cannot be amended: {what}.",
            where=record.rma,
            hint=f"Open a new return for order {record.order.order_id} for what else comes back.",
        )


def _amended(record: ReturnRecord, request: AmendRequest) -> tuple[RequestedLine, ...]:
    for number in request.remove:
        find_line(record.order, ItemSpec(str(number), number, None, None, None))
    lines = {one.line: one for one in record.lines if one.line not in request.remove}
    for item in request.items:
        line = find_line(record.order, item)
        before = lines.get(line.line)
        if before is None and item.value is None:
            raise UsageError(
                "E-USAGE-ITEM",
                f"Line {line.line} is new to {record.rma} and has no reason.",
                where=f"--item {item.text}",
                hint=f"Add one: --item {item.text}=too_small.",
            )
        before = before or RequestedLine(line.line, line.quantity, item.value or "")
        lines[line.line] = before._replace(
            quantity=item.quantity or before.quantity,
            reason=item.value or before.reason,
        )
    if not lines:
        raise UsageError(
            "E-USAGE-ITEM",
            f"No line of {record.rma} would be left.",
            where="--remove",
            hint=f"Cancel it instead: returns cancel {record.rma}.",
        )
    return tuple(_with_wishes(lines[number], request) for number in sorted(lines))


def _with_wishes(line: RequestedLine, request: AmendRequest) -> RequestedLine:
    return line._replace(
        resolution=read_resolution(request.want) if request.want else line.resolution,
        condition=line.condition if request.condition is None else request.condition,
        photos=line.photos if request.photos is None else request.photos,
        answers={**line.answers, **request.answers},
        note=line.note if request.note is None else request.note,
        exchange_sku=line.exchange_sku if request.exchange_sku is None else request.exchange_sku,
    )
