"""Add an order that somebody types: sold by phone, at a market, in a shop without an export."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from returns_cli.domain import money
from returns_cli.domain.errors import ConflictError, UsageError
from returns_cli.domain.model import Address, Order, Payment
from returns_cli.domain.sold_item import parse_sold_item
from returns_cli.operations.import_orders import ImportOptions, reading_options
from returns_cli.operations.list_orders import view_order
from returns_cli.operations.return_view import Json
from returns_cli.operations.shop import Shop

if TYPE_CHECKING:
    from returns_cli.intake import ReadOptions
    from returns_cli.store.connection import Store

TYPED = "typed"
"""What an order that was typed is read from, in place of a file's name."""

NOWHERE = Address()
_COMMAND = "orders add"
_MANY_UNITS = 1000
_IMPORTER = "1"


@dataclass(frozen=True, slots=True)
class TypedOrder:
    """An order as typed; dates and amounts are text, None where they were not typed.

    Attributes:
        items: ``SKU[:UNITS]@PRICE[=TITLE]``, one for each line.
        payment: what it was paid with; several as ``Gift card=30.00|Visa=88.73``.
        tax: how prices hold tax; ``tax_amount``: the tax of the whole order.
        replace: change an order that is there and differs.
    """

    order_id: str
    items: tuple[str, ...]
    placed: str | None = None
    currency: str | None = None
    shipping: str | None = None
    discount: str | None = None
    tax: str | None = None
    tax_amount: str | None = None
    channel: str | None = None
    shipped: str | None = None
    delivered: str | None = None
    payment: str = ""
    discount_codes: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    gift: bool = False
    business: bool = False
    customer_id: str = ""
    customer: str = ""
    email: str = ""
    ship_to: Address = NOWHERE
    replace: bool = False


def add_order(shop: Shop, typed: TypedOrder, confirm: Callable[[str], None] | None = None) -> Json:
    """Keep an order that was typed; its money is frozen per line as that of an imported one.

    The same order again changes nothing (``replayed``). With other content it is refused (6)
    unless ``replace``, which changes it as a later import would: field by field, on record, and
    what was refunded keeps its figures.

    Args:
        confirm: asks a person, and raises DeclinedError (11) where the answer is not yes; for
            more than 1,000 units of a line, which is most often a slip.

    Raises:
        UsageError: something typed makes no sense (2).
        ConflictError: the order is there with other content (6).
    """
    options = reading_options(
        shop, ImportOptions(currency=typed.currency, tax=typed.tax, channel=typed.channel)
    )
    order = _order(shop, typed, options)
    with shop.open_store() as store, store.writing(rehearse=shop.dry_run):
        order, known = _as_known(store, typed, order)
        if not known:
            _ask_for_many(order, confirm)
            _save(shop, store, order)
        answer = _view(shop, store, order)
    answer["replayed"] = known
    return answer


def _ask_for_many(order: Order, confirm: Callable[[str], None] | None) -> None:
    for line in order.lines:
        if line.quantity > _MANY_UNITS and confirm is not None:
            confirm(f"Keep {line.quantity} units of {line.sku or line.title}")


def _order(shop: Shop, typed: TypedOrder, options: ReadOptions) -> Order:
    """The order with its money frozen per line."""
    from returns_cli.domain.freeze import Stated
    from returns_cli.intake.grouping import Group
    from returns_cli.intake.order_cells import OrderRefused
    from returns_cli.intake.order_draft import Buyer, DraftLine, DraftOrder, make_order
    from returns_cli.intake.wording import wording

    currency = options.currency or shop.config.currency
    country = typed.ship_to.country
    if country and not (len(country) == 2 and country.isascii() and country.isalpha()):
        raise UsageError(
            "E-USAGE",
            f"`{country[:20]}` is no country.",
            where="--country",
            hint="Write its two letters of ISO 3166, such as DE.",
        )
    items = [parse_sold_item(text, currency) for text in typed.items]
    gross = sum(one.units * one.price_minor for one in items)
    discount = _amount(typed.discount, "--discount", currency)
    if discount > gross:
        raise _wrong("--discount", "The discount is larger than the order.")
    method, payments = _paid_with(typed, currency, options)
    draft = DraftOrder(
        order_id=_order_id(typed.order_id),
        placed_at=_moment(shop, typed.placed, "--placed") or shop.now,
        currency=currency,
        lines=tuple(
            DraftLine(0, one.sku, one.title, one.units, one.units * one.price_minor)
            for one in items
        ),
        sums=Stated(
            discount=discount,
            shipping=_amount(typed.shipping, "--shipping", currency),
            tax=_amount(typed.tax_amount, "--tax-amount", currency),
        ),
        shipped_at=_moment(shop, typed.shipped, "--shipped"),
        delivered_at=_moment(shop, typed.delivered, "--delivered"),
        payment_method=method,
        captured=sum(one.captured_minor for one in payments) or None,
        discount_codes=typed.discount_codes,
        tags=typed.tags,
        is_business=typed.business,
        is_gift=typed.gift,
        buyer=Buyer(typed.customer_id, typed.customer, typed.email),
        ship_to=typed.ship_to,
    )
    group = Group("", [(0, [])])
    try:
        order = make_order(draft, group, options, TYPED)._replace(payments=payments)
    except OrderRefused as refused:
        fault = refused.faults[0]
        raise UsageError(fault.code, fault.message or wording(fault.code).message) from None
    for note in group.notes:
        said = _SAID.get(note.code, wording(note.code, note.message).message)
        if said:
            shop.notes.append(f"{note.value}: {said}")
    return order


def _paid_with(
    typed: TypedOrder, currency: str, options: ReadOptions
) -> tuple[str, tuple[Payment, ...]]:
    """What paid the order, as text, and how much each of several took.

    Raises:
        UsageError: one of several has no amount.
    """
    from returns_cli.intake.amounts import AmountReader
    from returns_cli.intake.payments import read_payments
    from returns_cli.intake.problems import RowFault

    reader = AmountReader(currency, options.decimal, dot_is_decimal=True, signed=False)
    try:
        return read_payments(typed.payment, reader, None)
    except RowFault as fault:
        raise _wrong("--payment", f"`{fault.value}` does not say what that paid.") from None


_SAID = {
    "W-TOTAL-COMPUTED": "",  # nobody types a total
    "W-ZIP-LOST-ZERO": "The postcode is too short for its country.",
}


def _order_id(text: str) -> str:
    if not text.strip() or not text.isprintable():
        raise UsageError(
            "E-USAGE", "That is no order number.", where="ORDER", hint="Write it as 1042."
        )
    return text.strip()


def _amount(text: str | None, option: str, currency: str) -> int:
    """Minor units, 0 where nothing was typed.

    Raises:
        UsageError: not an amount of the currency, or below zero.
    """
    if text is None:
        return 0
    try:
        minor = money.parse_amount(text, currency)
    except ValueError:
        minor = -1
    if minor < 0:
        raise _wrong(option, f"`{text[:40]}` is not an amount in {currency}.")
    return minor


def _wrong(option: str, message: str) -> UsageError:
    return UsageError(
        "E-USAGE-AMOUNT",
        message,
        where=option,
        hint="Write it with a dot and the currency's decimals: 24.95 for USD, 2495 for JPY.",
    )


def _moment(shop: Shop, text: str | None, option: str) -> str | None:
    """A bare day as typed, or an instant with its offset."""
    from returns_cli.domain.days import iso, parse_day

    if text is None:
        return None
    try:
        return parse_day(text).isoformat()
    except ValueError:
        return iso(shop.moment(text, option))


def _as_known(store: Store, typed: TypedOrder, order: Order) -> tuple[Order, bool]:
    """The order under the number that it has in the store, and whether it is there as typed.

    The day it was placed is taken from the store where none was typed.

    Raises:
        ConflictError: ``E-ORDER-EXISTS``, it is there and differs.
    """
    from returns_cli.store.orders import is_as_read, load_orders, order_pks

    pks = order_pks(store, [order.order_id], order.channel)[order.order_id]
    if not pks:
        return order, False
    kept = load_orders(store, pks)[pks[0]]
    placed_at = order.placed_at if typed.placed else kept.placed_at
    order = order._replace(order_id=kept.order_id, placed_at=placed_at)
    if is_as_read(store, pks[0], order):
        return order, True
    if not typed.replace:
        raise ConflictError(
            "E-ORDER-EXISTS",
            f"Order {kept.order_id} is there already, with other content; nothing was changed.",
            where=f"{kept.channel}/{kept.order_id}",
            hint=f"Look at it: `returns orders show {kept.order_id.removeprefix('#')}`. "
            "Add --replace to change it to what was typed.",
        )
    return order, False


def _save(shop: Shop, store: Store, order: Order) -> None:
    from returns_cli.store.orders import save_orders
    from returns_cli.store.source_files import NewFile, add_file

    lines = [f"{one.sku} {one.quantity} {one.items_minor}" for one in order.lines]
    content = "\n".join([order.channel, order.order_id, *lines])
    new_file = NewFile(
        sha256=hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest(),
        options_hash="",
        importer=_IMPORTER,
        command=_COMMAND,
        name=TYPED,
        actor=shop.actor,
        at=shop.now,
    )
    save_orders(store, [order], add_file(store, new_file))


def _view(shop: Shop, store: Store, order: Order) -> Json:
    from returns_cli.store.orders import load_orders, order_pks

    (pk,) = order_pks(store, [order.order_id], order.channel)[order.order_id][:1]
    return view_order(shop, store, pk, load_orders(store, [pk])[pk])
