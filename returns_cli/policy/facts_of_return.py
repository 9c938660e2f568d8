"""Where the facts come from that all lines of a request share: one small reader per fact."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from returns_cli.domain import money
from returns_cli.domain.days import local_day
from returns_cli.domain.model import Customer, OrderLine, Product
from returns_cli.domain.parcels import is_under_way
from returns_cli.domain.reasons import ReasonIndex
from returns_cli.domain.record import JudgedRequest
from returns_cli.domain.vocabulary import TaxStyle
from returns_cli.notation.scalars import PERCENT

NO_PRODUCT = Product("")
_NO_CUSTOMER = Customer()


class ReturnSource:
    """What all lines of a request share."""

    __slots__ = ("cache", "order_lines", "reasons", "request")

    def __init__(
        self, request: JudgedRequest, order_lines: Mapping[int, OrderLine], reasons: ReasonIndex
    ) -> None:
        self.request = request
        self.order_lines = order_lines
        self.reasons = reasons
        self.cache: dict[str, object] = {}

    def product(self, sku: str) -> Product:
        """What the shop knows of a SKU."""
        return self.request.products.get(sku, NO_PRODUCT)

    def day(self, at: str | None) -> date | None:
        """The shop's day of an instant."""
        return None if at is None else local_day(at, self.request.zone)

    @property
    def requested_on(self) -> date:
        """The shop's day of the request."""
        return local_day(self.request.requested_at, self.request.zone)


def paid_for(line: OrderLine, units: int, style: TaxStyle) -> int:
    """What was paid for some units of a line: discounts off, tax included, minor units."""

    def share(total: int) -> int:
        return money.share_of_rest(total, 0, units, line.quantity, 0) if line.quantity else 0

    on_top = share(line.tax_minor) if style is TaxStyle.ON_TOP else 0
    return share(line.items_minor) + on_top


def has_tag(tags: tuple[str, ...], name: str) -> bool:
    """Whether tags hold a name, however it is written: ``Final sale``, ``final-sale``."""
    return any(one.casefold().replace(" ", "_").replace("-", "_") == name for one in tags)


def _asked_value(shared: ReturnSource) -> object:
    total = 0
    for asked in shared.request.lines:
        line = shared.order_lines.get(asked.line)
        if line is not None:
            units = min(asked.quantity, line.quantity)
            total += paid_for(line, units, shared.request.order.tax_style)
    return total


def _asked_weight(shared: ReturnSource) -> object:
    total = 0
    for asked in shared.request.lines:
        line = shared.order_lines.get(asked.line)
        grams = line and (line.weight_g or shared.product(line.sku).weight_g)
        if grams is None:
            return None
        total += grams * asked.quantity
    return total


def _is_whole(shared: ReturnSource) -> object:
    asked: dict[int, int] = {}
    for one in shared.request.lines:
        asked[one.line] = asked.get(one.line, 0) + one.quantity
    return all(
        line.cancelled or asked.get(line.line, 0) >= line.shipped_quantity
        for line in shared.order_lines.values()
    )


def _last_parcel(shared: ReturnSource) -> object:
    order, parcels = shared.request.order, shared.request.parcels
    if is_under_way(parcels):
        return None
    days = [
        shared.day(line.delivered_at or order.delivered_at)
        for line in order.lines
        if line.shipped_quantity > 0 and not line.cancelled
    ]
    if None in days:
        return None
    days += [shared.day(one.delivered_at) for one in parcels]
    return max(filter(None, days), default=None)


def _rate(shared: ReturnSource) -> object:
    history = shared.request.history
    if history.units_ordered_180d <= 0:
        return 0
    return history.units_returned_180d * 100 * PERCENT // history.units_ordered_180d


def _age(shared: ReturnSource) -> object:
    placed = shared.day(shared.request.order.placed_at)
    return None if placed is None else (shared.requested_on - placed).days


def _customer(shared: ReturnSource) -> Customer:
    return shared.request.customer or _NO_CUSTOMER


OF_RETURN: Mapping[str, Callable[[ReturnSource], object]] = {
    "order.placed": lambda shared: shared.day(shared.request.order.placed_at),
    "order.last_parcel": _last_parcel,
    "order.age_days": _age,
    "order.country": lambda shared: shared.request.order.country,
    "order.region": lambda shared: shared.request.order.region,
    "order.channel": lambda shared: shared.request.order.channel,
    "order.tags": lambda shared: shared.request.order.tags,
    "order.total": lambda shared: shared.request.order.total_minor,
    "order.payment_method": lambda shared: shared.request.order.payment_method,
    "order.discount_codes": lambda shared: shared.request.order.discount_codes,
    "order.is_gift": lambda shared: shared.request.order.is_gift,
    "order.is_business": lambda shared: shared.request.order.is_business,
    "order.returns_before": lambda shared: shared.request.returns_before,
    "customer.tier": lambda shared: _customer(shared).tier or shared.request.order.customer_tier,
    "customer.tags": lambda shared: _customer(shared).tags,
    "customer.orders": lambda shared: shared.request.history.orders,
    "customer.returns_180d": lambda shared: shared.request.history.returns_180d,
    "customer.return_rate_180d": _rate,
    "customer.lifetime_value": lambda shared: shared.request.history.lifetime_value_minor,
    "customer.first_order": lambda shared: shared.request.history.is_first_order,
    "customer.keeps_180d": lambda shared: shared.request.history.keeps_180d,
    "customer.mismatches_180d": lambda shared: shared.request.history.mismatches_180d,
    "customer.listed": lambda shared: has_tag(_customer(shared).tags, "listed"),
    "request.quantity": lambda shared: sum(one.quantity for one in shared.request.lines),
    "request.value": _asked_value,
    "request.weight": _asked_weight,
    "whole_order": _is_whole,
    "kind": lambda shared: shared.request.kind.value,
    "entered_by": lambda shared: shared.request.entered_by,
    "requested_on": lambda shared: shared.requested_on,
    "first_scan_on": lambda shared: shared.day(shared.request.first_scan_at),
}
