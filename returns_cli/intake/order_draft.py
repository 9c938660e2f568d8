"""An order as a foreign file states it, and how it becomes one of ours.

A format's module reads cells into a draft; here the draft's money is frozen per line by the rules
that all formats share (docs/formats.md), and what is doubtful about it is flagged or refused.

Notes that mean more than a warning, added to ``group.notes`` and said only of accepted orders:

* ``Note(WHOLE_FILE, "W-LINES-SUMMARY")`` is about the file: said once per code, at line 1.
* ``W-ORDER-NO-MONEY`` leaves the order out of the totals, its currency too.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar, NamedTuple

from returns_cli.domain.freeze import Frozen, Stated, freeze_listed, freeze_stated
from returns_cli.domain.model import Address, Order, OrderLine, SourceRefund
from returns_cli.domain.money import format_amount, round_half_away
from returns_cli.domain.source_refunds import is_told_apart, sorted_refunds
from returns_cli.domain.vocabulary import TaxStyle
from returns_cli.intake.amounts import MAX_MINOR
from returns_cli.intake.grouping import ColumnKinds, Group, Note
from returns_cli.intake.header import Header
from returns_cli.intake.order_cells import (
    LARGE_QUANTITY,
    OrderRefused,
    is_gift,
    postcode_note,
)
from returns_cli.intake.problems import RowFault
from returns_cli.intake.records import OrderSupplement, ReadOptions
from returns_cli.intake.sheet import Faults
from returns_cli.intake.survey import KeyColumns


class DraftLine(NamedTuple):
    """One line of an order before its money is shared out; amounts in minor units.

    Attributes:
        source_line: physical line in the file.
        quantity: units; 0 only on a cancelled line.
        gross: what the units cost together, before discounts.
        discount: the line's own, positive, at most ``gross``.
        tax, shipping: the line's own, where the format states them by line (``Listed``).
        shipped: units that have left, None for all.
        is_cancelled: kept for the record; its money stands outside the order's total.
    """

    source_line: int
    sku: str
    title: str
    quantity: int
    gross: int
    discount: int = 0
    tax: int = 0
    shipping: int = 0
    taxable: bool | None = None
    shipped: int | None = None
    is_cancelled: bool = False
    category: str = ""
    brand: str = ""
    tags: tuple[str, ...] = ()
    shipped_at: str | None = None
    delivered_at: str | None = None


class Listed(NamedTuple):
    """Sums for a format whose lines state their own tax and shipping, and which has no total.

    Attributes:
        order_discount: beyond the lines' own, positive.
        shipping: of the order, beyond the lines' own.
        style: whether prices hold their tax.
    """

    order_discount: int = 0
    shipping: int = 0
    style: TaxStyle = TaxStyle.ON_TOP


class Buyer(NamedTuple):
    """Who bought."""

    customer_id: str = ""
    name: str = ""
    email: str = ""


class DraftOrder(NamedTuple):
    """An order as its rows state it.

    Attributes:
        order_id: the shop's own number.
        placed_at: instant or bare day.
        sums: ``Stated`` where the file has order-level sums (arithmetic tells discount and tax
            style), ``Listed`` where the lines state all and the total is ours to compute.
        captured: what the customer paid in, None for the total.
        refunds: what was given back in the source.
        refund_line: physical line that states the refund, 0 for the order's first.
        columns: shown names for problems, by what they hold: ``total refunded postcode quantity``.
        cancelled_at: filled for a cancelled order: kept, cannot be returned. Where the file has
            no date for it, its ``placed_at``.
    """

    order_id: str
    placed_at: str
    currency: str
    lines: tuple[DraftLine, ...]
    sums: Stated | Listed
    channel: str | None = None
    captured: int | None = None
    refunds: tuple[SourceRefund, ...] = ()
    refund_line: int = 0
    shipped_at: str | None = None
    delivered_at: str | None = None
    cancelled_at: str | None = None
    country: str = ""
    region: str = ""
    payment_method: str = ""
    discount_codes: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    is_business: bool = False
    is_gift: bool = False
    buyer: Buyer = Buyer()
    ship_to: Address = Address()
    columns: dict[str, str | None] = {}  # noqa: RUF012 - never changed; a NamedTuple's default


class DraftedOrders(ABC):
    """Builds orders from the groups of one file by way of a draft; one subclass a format.

    Attributes:
        key: folded name of the order number's column, ``a|b`` for either.
        kinds: columns whose cells are ids or money.
        inherits: an empty order number means the order above.
        adds_only: the file has no items; it adds to orders that stand elsewhere. Set it for the
            class, or for one file in ``__init__``.
        may_add: some rows may add to orders that stand elsewhere.

    Args:
        header: of the file.
        options: of the call.
        file: base name, kept with every order.
    """

    key: ClassVar[str]
    kinds: ClassVar[ColumnKinds]
    inherits: ClassVar[bool] = False
    adds_only: bool = False
    may_add: ClassVar[bool] = False

    def __init__(self, header: Header, options: ReadOptions, file: str) -> None:
        self.keys = KeyColumns(header.place(*self.key.split("|")))
        self.options = options
        self.file = file

    @abstractmethod
    def draft(self, group: Group, faults: Faults) -> DraftOrder | OrderSupplement | None:
        """Read a group's rows.

        Args:
            group: its rows; warnings are added to ``group.notes``.
            faults: rows at fault are added here, by physical line; with one the order is refused.

        Returns:
            The draft; a supplement, where the rows only add to an order that is known; None
            where too much is at fault to say more, or where the rows are nothing to keep.
        """

    def build(self, group: Group) -> Order | OrderSupplement | None:
        """The order of a group.

        Raises:
            OrderRefused: with every row that is at fault itself.
        """
        faults: Faults = {}
        try:
            drafted = self.draft(group, faults)
        except RowFault as fault:
            faults.setdefault(group.rows[0][0], fault)
            drafted = None
        if faults:
            raise OrderRefused(faults)
        if not isinstance(drafted, DraftOrder):
            return drafted
        return make_order(drafted, group, self.options, self.file)

    def check_rows(self, group: Group) -> None:
        """Read the rows alone, for their own faults.

        Raises:
            OrderRefused: with every row that is at fault itself.
        """
        faults: Faults = {}
        try:
            self.draft(group, faults)
        except RowFault as fault:
            faults.setdefault(group.rows[0][0], fault)
        if faults:
            raise OrderRefused(faults)


def make_order(draft: DraftOrder, group: Group, options: ReadOptions, file: str) -> Order:
    """The order of a draft, its money frozen; warnings go to the group's notes.

    Raises:
        OrderRefused: ``E-REFUND-OVER``, ``E-MONEY``.
    """
    first = group.rows[0][0]
    frozen = _freeze(draft, options.tax)
    _check_totals(draft, frozen, first, group.notes)
    refunded = sum(one.amount_minor for one in draft.refunds)
    note = postcode_note(
        first, draft.columns.get("postcode"), draft.ship_to.postcode, draft.ship_to.country
    )
    if note:
        group.notes.append(note)
    for line in draft.lines:
        if line.quantity > LARGE_QUANTITY:
            shown = draft.columns.get("quantity")
            group.notes.append(Note(line.source_line, "W-QTY-LARGE", shown, str(line.quantity)))
    total = frozen.total_minor
    return Order(
        channel=draft.channel or options.channel or "default",
        order_id=draft.order_id,
        placed_at=draft.placed_at,
        currency=draft.currency,
        tax_style=frozen.tax_style,
        order_discount_minor=frozen.order_discount_minor,
        shipping_minor=frozen.shipping_minor,
        tax_minor=frozen.tax_minor,
        total_minor=total,
        captured_minor=total if draft.captured is None else draft.captured,
        refunded_minor=refunded,
        lines=_lines(draft, frozen),
        shipped_at=draft.shipped_at,
        delivered_at=draft.delivered_at,
        cancelled_at=draft.cancelled_at,
        country=draft.country or draft.ship_to.country,
        region=draft.region or draft.ship_to.region,
        payment_method=draft.payment_method,
        discount_codes=draft.discount_codes,
        tags=draft.tags,
        is_gift=draft.is_gift or is_gift(draft.tags, options.gift_tags),
        is_business=draft.is_business,
        customer_id=draft.buyer.customer_id,
        customer_name=draft.buyer.name or draft.ship_to.name,
        customer_email=draft.buyer.email,
        ship_to=draft.ship_to,
        source_file=file,
        source_line=first,
        refunds=sorted_refunds(draft.refunds) if any(map(is_told_apart, draft.refunds)) else (),
    )


def _freeze(draft: DraftOrder, default_style: TaxStyle) -> Frozen:
    """The money of every line; a cancelled line has none, unless its whole order is stated so."""
    lines, sums = draft.lines, draft.sums
    is_void = draft.cancelled_at is not None
    counted = [isinstance(sums, Stated) if is_void else not line.is_cancelled for line in lines]
    gross = [line.gross if counts else 0 for line, counts in zip(lines, counted, strict=True)]
    discounts = [
        line.discount if counts else 0 for line, counts in zip(lines, counted, strict=True)
    ]
    if isinstance(sums, Stated):
        return freeze_stated(
            gross, discounts, [line.taxable for line in lines], sums, default_style
        )
    taxes = [line.tax if counts else 0 for line, counts in zip(lines, counted, strict=True)]
    own = [line.shipping if counts else 0 for line, counts in zip(lines, counted, strict=True)]
    frozen = freeze_listed(gross, discounts, taxes, sums.order_discount, sums.shipping, sums.style)
    shippings = tuple(map(int.__add__, frozen.shippings, own))
    return frozen._replace(
        shippings=shippings,
        shipping_minor=frozen.shipping_minor + sum(own),
        total_minor=frozen.total_minor + sum(own),
    )


def _check_totals(draft: DraftOrder, frozen: Frozen, first: int, notes: list[Note]) -> None:
    """Refuse refunds above the total and sums beyond any order; flag what does not add up.

    Raises:
        OrderRefused: ``E-REFUND-OVER``, ``E-MONEY``.
    """
    shown = draft.columns.get("total")
    if frozen.total_minor > MAX_MINOR:
        message = "The order is worth more than any order."
        raise OrderRefused({first: RowFault("E-MONEY", shown, message=message)})
    refunded = sum(one.amount_minor for one in draft.refunds)
    if refunded > frozen.total_minor:
        value = format_amount(refunded, draft.currency)
        fault = RowFault("E-REFUND-OVER", draft.columns.get("refunded"), value)
        raise OrderRefused({draft.refund_line or first: fault})
    if frozen.mismatch_minor:
        difference = format_amount(frozen.mismatch_minor, draft.currency)
        notes.append(Note(first, "W-TOTAL-MISMATCH", shown, difference))
    if frozen.is_computed and isinstance(draft.sums, Stated):
        notes.append(Note(first, "W-TOTAL-COMPUTED", shown))


def _lines(draft: DraftOrder, frozen: Frozen) -> tuple[OrderLine, ...]:
    return tuple(
        OrderLine(
            line=number,
            sku=line.sku,
            title=line.title,
            quantity=line.quantity,
            shipped_quantity=line.quantity if line.shipped is None else line.shipped,
            unit_price_minor=round_half_away(line.gross, line.quantity or 1),
            discount_minor=frozen.discounts[number - 1],
            order_discount_minor=frozen.order_discounts[number - 1],
            items_minor=frozen.items[number - 1],
            tax_minor=frozen.taxes[number - 1],
            shipping_minor=frozen.shippings[number - 1],
            category=line.category,
            brand=line.brand,
            tags=line.tags,
            taxable=line.taxable,
            cancelled=line.is_cancelled or draft.cancelled_at is not None,
            shipped_at=line.shipped_at,
            delivered_at=line.delivered_at,
            source_line=line.source_line,
        )
        for number, line in enumerate(draft.lines, 1)
    )
