"""Everything the store knows of one return, as one frozen value, and what a judgement looks at."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import NamedTuple
from zoneinfo import ZoneInfo

from returns_cli.domain.model import (
    Authorization,
    Customer,
    Decision,
    Disposal,
    Evidence,
    Inspection,
    Order,
    Product,
    Receipt,
    Refund,
    RequestedLine,
)
from returns_cli.domain.parcels import Parcel
from returns_cli.domain.replacement import OwedMove, Replacement
from returns_cli.domain.vocabulary import Kind


class Ruling(NamedTuple):
    """What a person (or the calendar) said of a return: ``approve deny cancel expire``.

    Attributes:
        lines: order lines it speaks of; empty for all.
        decision_id: the decision it was made on, None where there was none.
        codes: the codes of that decision for those lines; an approval settles these and no others.
    """

    kind: str
    ruled_at: str
    actor: str
    why: str = ""
    lines: tuple[int, ...] = ()
    decision_id: int | None = None
    codes: tuple[str, ...] = ()


class Consumption(NamedTuple):
    """What live refunds have taken of one order line's frozen components, over all returns.

    ``units`` and the amounts are the *base* shares at 100 %, before fees and deductions: the ``r``
    and ``a`` of ``money.share_of_rest``.
    """

    units: int = 0
    items_minor: int = 0
    tax_minor: int = 0
    shipping_minor: int = 0


class OrderLedger(NamedTuple):
    """The money side of one order at one moment.

    Attributes:
        consumed: per order line, by all returns.
        consumed_by_return: per (rma, order line).
        refunded_minor: Σ live refunds (submitted, confirmed, in doubt) without bonus and goodwill.
        external_minor: refunded outside: before the shop adopted the tool, or beside it.
        authorized_units: per order line, Σ live authorized units over all returns.
        came_back: per order line, Σ units received over all returns on lines that ask for money
            (refund or store credit); units that a refund paid nothing for count here alone.
        last_back: RMA of the return whose units came back last, empty where none did.
        external_lines: the part of ``external_minor`` that belongs to order lines, by line.
        paid_back: per (rma, order line), goods, tax and shipping of live refunds before fees and
            deductions; known only for orders with ``external_lines``, where it limits the quote.
        clawed_back: per RMA, what live refunds took back of promotions, less what they gave back.
        given_back: per means of payment of the order, what live refunds give back of it.
    """

    consumed: Mapping[int, Consumption]
    consumed_by_return: Mapping[tuple[str, int], Consumption]
    refunded_minor: int
    external_minor: int
    authorized_units: Mapping[int, int]
    came_back: Mapping[int, int] = MappingProxyType({})
    last_back: str = ""
    external_lines: Mapping[int, int] = MappingProxyType({})
    paid_back: Mapping[tuple[str, int], int] = MappingProxyType({})
    given_back: Mapping[str, int] = MappingProxyType({})
    clawed_back: Mapping[str, int] = MappingProxyType({})


class ReturnRecord(NamedTuple):
    """One return with all its facts, oldest first in every tuple.

    Attributes:
        return_id, order_pk: row numbers in the store; never shown.
        key: idempotency key of the request.
        opened_at: when it was recorded (the ``--as-of`` clock).
        requested_at: when the customer asked; windows are judged on its local day by default.
        lines: the live request; an amendment replaces it by a new revision.
        decision, decision_id: the latest decision, None before the first.
        first_scan_at: the first parcel event of the return's way back, None where none is known.
        exchange_prices: what the shop asks today for what is wanted instead, by SKU.
        replacements: what was sent instead; ``owed_moves``: what the customer owes for it.
        evidence: notes and photos that stand.
    """

    return_id: int
    rma: str
    key: str
    kind: Kind
    opened_at: str
    requested_at: str
    entered_by: str
    order_pk: int
    order: Order
    revision: int
    lines: tuple[RequestedLine, ...]
    decision: Decision | None = None
    decision_id: int | None = None
    authorizations: tuple[Authorization, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    inspections: tuple[Inspection, ...] = ()
    disposals: tuple[Disposal, ...] = ()
    refunds: tuple[Refund, ...] = ()
    first_scan_at: str | None = None
    note: str = ""
    exchange_prices: Mapping[str, str] = MappingProxyType({})
    replacements: tuple[Replacement, ...] = ()
    owed_moves: tuple[OwedMove, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    @property
    def has_arrived(self) -> bool:
        """Whether any goods of it are here; a receipt that was taken back is none."""
        return sum(one.quantity for one in self.receipts) > 0

    def authorized(self, line: int) -> int:
        """Units of an order line that may come back."""
        return sum([one.quantity for one in self.authorizations if one.line == line])

    def received(self, line: int) -> int:
        """Units of an order line that arrived."""
        return sum(one.quantity for one in self.receipts if one.line == line)

    def inspected(self, line: int) -> int:
        """Units of an order line that were graded."""
        return sum(one.quantity for one in self.inspections if one.line == line)

    def disposed(self, line: int) -> int:
        """Units of an order line that were put away."""
        return sum(one.quantity for one in self.disposals if one.line == line)


class CustomerHistory(NamedTuple):
    """What the store knows of a customer before this request; the request itself is not counted.

    ``*_180d`` look at orders placed in the 180 days before the request (POLICY.md "Rates").
    """

    orders: int = 0
    is_first_order: bool = True
    lifetime_value_minor: int = 0
    units_ordered_180d: int = 0
    units_returned_180d: int = 0
    returns_180d: int = 0
    keeps_180d: int = 0
    mismatches_180d: int = 0


class JudgedRequest(NamedTuple):
    """All that a policy may ask of one request, gathered before the judgement.

    Attributes:
        requested_at: instant or bare day.
        order: None where the order is not known to the judgement (never for a stored return).
        lines: the request's lines; a line the order does not have is judged ``unknown_line``.
        products: by SKU; a SKU without one has plain defaults.
        customer: None for an unknown customer (plain defaults, tier ``""``).
        history: of the customer.
        returned_before: per order line, units live authorized under *other* returns.
        returns_before: number of earlier returns of the order.
        receipts, inspections: of this return so far.
        parcels: of the order on its way out, as shipments files told.
        sold_serials: serial numbers of the units that were sold, by order line, where known.
        ledger: what refunds have taken so far.
        zone, holidays: the shop's calendar.
        standard_shipping_minor: the shop's standard shipping to the order's country, None unknown.
    """

    rma: str
    kind: Kind
    requested_at: str
    entered_by: str
    order: Order
    lines: tuple[RequestedLine, ...]
    zone: ZoneInfo
    ledger: OrderLedger
    products: Mapping[str, Product] = MappingProxyType({})
    customer: Customer | None = None
    history: CustomerHistory = CustomerHistory()
    returned_before: Mapping[int, int] = MappingProxyType({})
    returns_before: int = 0
    receipts: tuple[Receipt, ...] = ()
    inspections: tuple[Inspection, ...] = ()
    first_scan_at: str | None = None
    holidays: frozenset[date] = frozenset()
    standard_shipping_minor: int | None = None
    parcels: tuple[Parcel, ...] = ()
    sold_serials: Mapping[int, tuple[str, ...]] = MappingProxyType({})
