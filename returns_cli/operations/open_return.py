"""Open a return: the request is stored and judged at once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from returns_cli.domain import lifecycle
from returns_cli.domain.days import iso
from returns_cli.domain.errors import UsageError
from returns_cli.domain.item_spec import ItemSpec
from returns_cli.domain.model import Order, OrderLine, RequestedLine
from returns_cli.domain.nearest import nearest_or_all
from returns_cli.domain.record import ReturnRecord
from returns_cli.domain.rma import new_rma
from returns_cli.domain.vocabulary import Kind, Resolution
from returns_cli.operations.evaluate_returns import expire_others
from returns_cli.operations.judging import judge_records
from returns_cli.operations.named_line import find_line
from returns_cli.operations.return_view import Json, view_return
from returns_cli.operations.shop import Shop
from returns_cli.operations.stock_on_hand import check_stock
from returns_cli.operations.unknown_reasons import note_unknown_reasons

if TYPE_CHECKING:
    from returns_cli.store.connection import Store
    from returns_cli.store.returns import NewReturn


NO_REASON = "no_reason"
"""The reason of who gives none, which a withdrawal need not (Directive 2011/83/EU Art 9(1))."""


class OpenRequest(NamedTuple):
    """What was typed: the order, its items, and what the customer wants.

    Attributes:
        order: order id, with or without ``#``, or ``channel/id``.
        want: a resolution; applies to every item.
        requested_at: when the customer asked; None for now.
        key: the caller's idempotency key; None takes the content.
    """

    order: str
    items: tuple[ItemSpec, ...]
    channel: str | None = None
    want: str = "refund"
    kind: str = "return"
    condition: str | None = None
    photos: int = 0
    answers: Mapping[str, str] = MappingProxyType({})
    note: str = ""
    requested_at: str | None = None
    exchange_sku: str = ""
    key: str | None = None


def open_return(shop: Shop, request: OpenRequest) -> Json:
    """Store and judge a return typed by hand; answer with its JSON object.

    Refused: an unknown order (5), a line the order does not have (5), no item (2), the same key
    with other content (6). Repeating it answers as before with ``replayed`` while the return is
    requested or authorized and nothing has arrived; later the same content opens a new return.
    """
    with shop.open_store() as store, store.writing(rehearse=shop.dry_run):
        return open_in(shop, store, request)


def open_in(shop: Shop, store: Store, request: OpenRequest) -> Json:
    """As :func:`open_return`, inside a transaction of the caller's."""
    from returns_cli.store.ledger import order_ledger
    from returns_cli.store.orders import find_order

    order_pk, order = find_order(store, request.order, request.channel)
    lines = resolve_items(order, request.items, request)
    asked_at = shop.now
    if request.requested_at is not None:
        asked_at = iso(shop.moment(request.requested_at, "--requested-at"))
    kind = read_kind(request.kind)
    content = request_hash(order, kind, lines)
    key = request.key or _hand_key(shop, store, content)
    wanted = StoredRequest(order_pk, order, kind, lines, asked_at, key, "staff", request.note)
    record, replayed = find_or_add(shop, store, wanted, content)
    if not replayed:
        note_unknown_reasons(shop, record.rma, lines)
        _look_for_stock(shop, lines)
        expire_others(shop, store, record)
        record = judge_records(shop, store, [record])[0].record
    ledger = order_ledger(store, order_pk)
    return view_return(record, ledger, shop.config, shop.today, replayed=replayed)


def _look_for_stock(shop: Shop, lines: tuple[RequestedLine, ...]) -> None:
    """Say what the stock file does not have of what is wanted instead."""
    for one in lines:
        if one.resolution is Resolution.EXCHANGE and one.exchange_sku:
            check_stock(shop, one.exchange_sku, one.quantity)


class StoredRequest(NamedTuple):
    """A request resolved against its order, ready to be stored under its key."""

    order_pk: int
    order: Order
    kind: Kind
    lines: tuple[RequestedLine, ...]
    requested_at: str
    key: str
    entered_by: str
    note: str = ""


def find_or_add(
    shop: Shop, store: Store, wanted: StoredRequest, content: str
) -> tuple[ReturnRecord, bool]:
    """The return of a request and whether it stood before. Inside a transaction.

    Raises:
        ConflictError: the key was used with other content (``E-KEY-CONFLICT``).
    """
    from returns_cli.store import keys, returns
    from returns_cli.store.exchange_rows import prices_of

    known = keys.recall(store, "return", wanted.key, content)
    if known is not None:
        return returns.find_return(store, known), True
    rma = new_rma(store.salt, wanted.key, lambda one: returns.is_rma_taken(store, one))
    new = returns.NewReturn(
        rma=rma,
        key=wanted.key,
        kind=wanted.kind,
        opened_at=shop.now,
        requested_at=wanted.requested_at,
        entered_by=wanted.entered_by,
        order_pk=wanted.order_pk,
        lines=wanted.lines,
        actor=shop.actor,
        note=wanted.note,
    )
    return_id = returns.add_return(store, new)
    keys.remember(store, "return", wanted.key, content, rma)
    record = _record_of(return_id, new, wanted.order)
    skus = (one.exchange_sku for one in new.lines)
    return record._replace(exchange_prices=prices_of(store.connection, skus)), False


def _record_of(return_id: int, new: NewReturn, order: Order) -> ReturnRecord:
    """A return that was recorded this moment, as the store would give it back."""
    return ReturnRecord(
        return_id=return_id,
        rma=new.rma,
        key=new.key,
        kind=new.kind,
        opened_at=new.opened_at,
        requested_at=new.requested_at,
        entered_by=new.entered_by,
        order_pk=new.order_pk,
        order=order,
        revision=1,
        lines=new.lines,
        note=new.note,
    )


def _hand_key(shop: Shop, store: Store, content: str) -> str:
    """The key of a request typed by hand: its content, and an ordinal once the last one is over."""
    from returns_cli.store import returns

    ordinal = 1
    while True:
        key = f"open-{content[:24]}" + (f"-{ordinal}" if ordinal > 1 else "")
        return_id = returns.return_id_of_key(store, key)
        if return_id is None:
            return key
        if _answers_again(returns.load_returns(store, [return_id])[0], shop):
            return key
        ordinal += 1


def _answers_again(record: ReturnRecord, shop: Shop) -> bool:
    """Whether a repeat means this return: nothing arrived, was paid or cancelled, has expired.

    Nor has a person denied it: what the policy denied at once answers a repeat, what was turned
    down later may be asked again.
    """
    is_over = any(one.kind in ("cancel", "expire") for one in record.rulings)
    return not (
        record.has_arrived
        or record.refunds
        or is_over
        or _was_turned_down(record)
        or lifecycle.has_expired(record, shop.today, shop.zone)
    )


def _was_turned_down(record: ReturnRecord) -> bool:
    """Whether the last word is a person's denial that left nothing authorized."""
    last = record.rulings[-1].kind if record.rulings else ""
    return last == "deny" and not any(record.authorized(one.line) for one in record.lines)


def resolve_items(
    order: Order, items: tuple[ItemSpec, ...], request: OpenRequest
) -> tuple[RequestedLine, ...]:
    """The typed items as lines of the order; every unit of the line unless a number was typed.

    Raises:
        UsageError: no item, no reason, an ambiguous SKU, the same line twice.
        NotFoundError: the order has no such line.
    """
    if not items:
        raise UsageError(
            "E-USAGE-ITEM",
            "No item was named.",
            where="--item",
            hint="Say which line and why: --item 2=too_small, or 2:1=too_small for one unit.",
        )
    lines: dict[int, RequestedLine] = {}
    for item in items:
        line = find_line(order, item)
        if line.line in lines:
            raise UsageError(
                "E-USAGE-ITEM",
                f"Line {line.line} is named twice.",
                where=f"--item {item.text}",
                hint="Name each line once, with its number of units: --item 2:3=too_small.",
            )
        lines[line.line] = _requested(order, line, item, request)
    return tuple(lines[number] for number in sorted(lines))


def _requested(
    order: Order, line: OrderLine, item: ItemSpec, request: OpenRequest
) -> RequestedLine:
    if item.value is None and request.kind != Kind.WITHDRAWAL:
        raise UsageError(
            "E-USAGE-ITEM",
            f"Line {line.line} of order {order.order_id} has no reason.",
            where=f"--item {item.text}",
            hint=f"Add one: --item {item.text}=too_small. `returns help policy` lists reasons.",
        )
    return RequestedLine(
        line=line.line,
        quantity=item.quantity or line.quantity,
        reason=item.value or NO_REASON,
        resolution=read_resolution(request.want),
        condition=request.condition,
        photos=request.photos,
        answers=dict(request.answers),
        exchange_sku=request.exchange_sku,
        note=request.note,
    )


def read_resolution(text: str) -> Resolution:
    """A resolution by its word.

    Raises:
        UsageError: not one of them.
    """
    try:
        return Resolution(text)
    except ValueError:
        raise UsageError(
            "E-USAGE-WANT",
            f"`{text}` is nothing a customer can want.",
            where="--want",
            hint=nearest_or_all(text, Resolution),
        ) from None


def read_kind(text: str) -> Kind:
    """A kind of return by its word.

    Raises:
        UsageError: not one of them.
    """
    try:
        return Kind(text)
    except ValueError:
        raise UsageError(
            "E-USAGE-KIND",
            f"`{text}` is no kind of return.",
            where="--kind",
            hint=nearest_or_all(text, Kind),
        ) from None


def request_hash(order: Order, kind: Kind, lines: tuple[RequestedLine, ...]) -> str:
    """SHA-256 of what a request says, the same whether typed or read from a file."""
    content = [
        order.channel,
        order.order_id,
        kind.value,
        [
            [
                one.line,
                one.quantity,
                one.reason,
                one.resolution.value,
                one.condition,
                one.photos,
                sorted(one.answers.items()),
                one.exchange_sku,
                one.note,
            ]
            for one in sorted(lines, key=lambda one: one.line)
        ],
    ]
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
