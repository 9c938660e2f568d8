"""The frozen records that everything speaks in.

An order line is (order, line number), never its SKU.

The records are ``NamedTuple``: every command defines them when it starts, at a tenth of what frozen
dataclasses cost. Annotations are not postponed here, for as text each would be compiled once more.
"""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from returns_cli.domain.vocabulary import Fault, RefundState, Resolution, TaxStyle, Verdict


class Address(NamedTuple):
    """A postal address; empty parts are empty strings. ``country`` is ISO 3166-1 alpha-2."""

    name: str = ""
    company: str = ""
    address1: str = ""
    address2: str = ""
    city: str = ""
    region: str = ""
    postcode: str = ""
    country: str = ""
    phone: str = ""


class OrderLine(NamedTuple):
    """One line of an order with what was paid for it, frozen at import.

    Paid for the line is ``items_minor + shipping_minor``, plus ``tax_minor`` where tax was on top.

    Attributes:
        line: number in the order, from 1.
        quantity: units ordered.
        shipped_quantity: units that count as shipped (all, unless the source says unfulfilled).
        unit_price_minor: price of one unit as the source states it.
        discount_minor: the line's own discount, for all units, positive.
        order_discount_minor: its share of the order discount, positive.
        items_minor: quantity × price less both discounts; holds the tax where tax is included.
        tax_minor: its tax: on top of ``items_minor`` or contained in it, as the order's style says.
        shipping_minor: its share of the order's shipping.
        taxable: as the source marks it; None where it does not.
        cancelled: kept for the record, cannot be returned.
        shipped_at, delivered_at: instant or bare day of this line, None where not known.
        source_line: physical line in the source file, from 1.
    """

    line: int
    sku: str
    title: str
    quantity: int
    shipped_quantity: int
    unit_price_minor: int
    discount_minor: int
    order_discount_minor: int
    items_minor: int
    tax_minor: int
    shipping_minor: int
    category: str = ""
    brand: str = ""
    tags: tuple[str, ...] = ()
    weight_g: int | None = None
    taxable: bool | None = None
    cancelled: bool = False
    shipped_at: str | None = None
    delivered_at: str | None = None
    source_line: int = 0


class SourceRefund(NamedTuple):
    """Money that the source says it gave back, before or beside this tool.

    Attributes:
        amount_minor: positive.
        line: the order line, None where the source names none: it then belongs to no line.
        refunded_at: instant or bare day, None where not known.
        reference: the source's own number of it, or empty.
    """

    amount_minor: int
    line: int | None = None
    refunded_at: str | None = None
    reference: str = ""


class Payment(NamedTuple):
    """What one means of payment paid of an order.

    Attributes:
        tender: what a refund to it is paid by (see ``domain.tenders``); unique in the order.
        method: as the source writes it; several that are one tender are joined by a comma.
        captured_minor: above 0.
    """

    tender: str
    method: str
    captured_minor: int


class Order(NamedTuple):
    """One order as imported, its money frozen per line.

    Attributes:
        channel: where it was sold; ``default`` unless the file or ``--channel`` says otherwise.
        order_id: the shop's own number, as it came (``#1042``).
        placed_at, shipped_at, delivered_at, cancelled_at: instant or bare day, None if not known.
        currency: ISO 4217.
        tax_style: decided by arithmetic where no column says it (see ``domain.freeze``).
        order_discount_minor: order-level discount, positive.
        shipping_minor: original shipping charged.
        tax_minor: all tax of the order, on top or contained.
        total_minor: what the order came to: stated where the source states it, else computed.
        captured_minor: what the customer has paid in; refunds never exceed it.
        refunded_minor: refunded in the source before; counts against the cap from the start.
        country, region: of the ship-to address; kept with the order because policies ask for them.
        customer_id: the source's id of the customer, or empty.
        source_file: base name; ``source_line``: physical line of the order's first row.
        refunds: what makes up ``refunded_minor``, where the source tells it apart; else empty.
        payments: what made up ``captured_minor``, where the source tells it apart; else empty.
    """

    channel: str
    order_id: str
    placed_at: str
    currency: str
    tax_style: TaxStyle
    order_discount_minor: int
    shipping_minor: int
    tax_minor: int
    total_minor: int
    captured_minor: int
    refunded_minor: int
    lines: tuple[OrderLine, ...]
    shipped_at: str | None = None
    delivered_at: str | None = None
    cancelled_at: str | None = None
    country: str = ""
    region: str = ""
    payment_method: str = ""
    discount_codes: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    is_gift: bool = False
    is_business: bool = False
    customer_id: str = ""
    customer_name: str = ""
    customer_email: str = ""
    customer_tier: str = ""
    ship_to: Address = Address()
    source_file: str = ""
    source_line: int = 0
    refunds: tuple[SourceRefund, ...] = ()
    payments: tuple[Payment, ...] = ()


class UnpricedOrder(Order):
    """An order whose source states no amounts, not yet or not at all: its zeros say nothing."""

    __slots__ = ()


class Customer(NamedTuple):
    """A known customer; found by ``customer_id`` or, where that is empty, by ``email``."""

    customer_id: str = ""
    email: str = ""
    name: str = ""
    tier: str = ""
    tags: tuple[str, ...] = ()
    language: str = ""


class Product(NamedTuple):
    """What the shop knows of a SKU, beside its order line; ``price`` is ``12.50 USD`` or empty."""

    sku: str
    title: str = ""
    category: str = ""
    brand: str = ""
    tags: tuple[str, ...] = ()
    price: str = ""
    weight_g: int | None = None
    gtin: str = ""
    personalised: bool = False
    perishable: bool = False
    sealed_hygiene: bool = False
    digital: bool = False
    hazmat: bool = False
    serial_required: bool = False


class RequestedLine(NamedTuple):
    """What a customer asks for one order line.

    Attributes:
        line: the order line's number.
        quantity: units to return.
        reason: the reason's code, or the text as it came where nobody knows it.
        resolution: what the customer wants.
        condition: what the customer says of the goods; None when not stated.
        photos: number of photos sent.
        answers: answers to a policy's questions, by name.
        exchange_sku: what to send instead.
    """

    line: int
    quantity: int
    reason: str
    resolution: Resolution = Resolution.REFUND
    condition: str | None = None
    photos: int = 0
    answers: Mapping[str, str] = MappingProxyType({})
    exchange_sku: str = ""
    note: str = ""


class Window(NamedTuple):
    """How a deadline was counted: the policy's word, the day it stood for, the days."""

    start: str
    anchor_on: date | None
    days: int
    assumed: bool = False


class Setting(NamedTuple):
    """One setting of a decision, as the policy writes it, and the line that decided it.

    Attributes:
        name: dotted leaf, ``window.days``, ``inspection.used.refund``, ``keep_item``.
        value: the policy's own text; a tuple for lists.
        rule: the deciding rule's id, None for the terms.
        at: ``policies/standard.yaml:41``, the line of the deciding key.
    """

    name: str
    value: str | tuple[str, ...]
    rule: str | None
    at: str


class LineDecision(NamedTuple):
    """The judgement of one return line; ``settings`` hold every leaf that a quote needs."""

    line: int
    sku: str
    title: str
    quantity: int
    reason: str
    fault: Fault
    resolution: str
    verdict: Verdict
    codes: tuple[str, ...]
    deadline_on: date | None
    window: Window | None
    settings: tuple[Setting, ...]
    nearest_miss: str | None = None
    trace: tuple[Mapping[str, object], ...] = ()


class Decision(NamedTuple):
    """The judgement of a return under one policy text at one moment; never changed once stored.

    Attributes:
        policy_id, policy_version, policy_sha256: None where no policy fits.
        as_of: ISO 8601 instant of the judgement.
        lines: in request order.
        label_kind: ``prepaid | customer | in_box | pickup | none``.
        label_valid_days: days after the approval; None for no limit.
        facts: the facts that were used, by scope, for the record (no names, no addresses).
    """

    policy_id: str | None
    policy_version: str | None
    policy_sha256: str | None
    as_of: str
    verdict: Verdict
    lines: tuple[LineDecision, ...]
    label_kind: str
    label_valid_days: int | None
    facts: Mapping[str, object]


class Receipt(NamedTuple):
    """Units of one return line that arrived at once."""

    line: int
    quantity: int
    received_at: str
    actor: str
    station: str | None = None
    tracking: str | None = None


class Evidence(NamedTuple):
    """A note or a photo of a return.

    Attributes:
        kind: ``note`` or ``photo``.
        text: the note; of a photo its path, from the shop's folder where it lies in it.
        line: the order line that it is about, None for the whole return.
        sha256: of the photo as it was when it was added.
    """

    kind: str
    text: str
    line: int | None
    sha256: str | None
    added_at: str
    actor: str


class Inspection(NamedTuple):
    """Units of one return line that were looked at and graded alike.

    Attributes:
        serial: of the one unit, plain; empty where nobody said it, or it was taken back.
    """

    line: int
    quantity: int
    grade: str
    disposition: str
    inspected_at: str
    actor: str
    note: str = ""
    serial: str = ""


class Disposal(NamedTuple):
    """Units of one return line that were put away."""

    line: int
    quantity: int
    disposition: str
    disposed_at: str
    actor: str
    location: str = ""


class Authorization(NamedTuple):
    """A signed change of the units of one return line that may come back.

    ``cause`` is ``decision | approval | denial | cancel | expiry | amendment``; a person's override
    names its actor and why (I8).
    """

    line: int
    quantity: int
    cause: str
    authorized_at: str
    actor: str
    why: str = ""


class Component(NamedTuple):
    """One signed part of a quote or a refund, in minor units; fees and deductions are negative.

    Attributes:
        kind: ``items tax original_shipping restocking_fee return_shipping transfer_fee
            condition_deduction promotion_clawback bonus_credit goodwill``.
        line: the order line, None for what counts once per return.
        rule, at: what decided it; None for plain shares of what was paid.
        units: units of the line that the component covers; 0 for fees.
    """

    kind: str
    line: int | None
    amount_minor: int
    rule: str | None = None
    at: str | None = None
    units: int = 0


class Refund(NamedTuple):
    """A recorded refund. It says what the shop owes or has paid, it moves no money itself."""

    refund_id: str
    rma: str
    channel: str
    order_id: str
    state: RefundState
    amount_minor: int
    currency: str
    tender: str
    reference: str | None
    key: str
    journal_seq: int
    decision_id: int
    components: tuple[Component, ...]
    recorded_at: str
