"""Where the facts of a request on record come from: one small reader per fact."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from returns_cli.domain.days import local_day
from returns_cli.domain.exchange import price_in
from returns_cli.domain.model import OrderLine, Product, RequestedLine
from returns_cli.domain.reasons import fault_of, find_reason
from returns_cli.domain.serials import is_mismatch
from returns_cli.domain.vocabulary import Fault
from returns_cli.notation.scalars import PERCENT
from returns_cli.policy.fact_table import ANSWERS, FACTS
from returns_cli.policy.facts_of_return import (
    NO_PRODUCT,
    OF_RETURN,
    ReturnSource,
    has_tag,
    paid_for,
)


class LineSource(NamedTuple):
    """One line of a request with its order line, None where the order lacks it."""

    shared: ReturnSource
    asked: RequestedLine
    line: OrderLine | None

    def find(self, name: str) -> object:
        """The raw value of a fact, None where it is not known."""
        reader = _OF_LINE.get(name)
        if reader is not None:
            return reader(self)
        cache = self.shared.cache
        if name in cache:
            return cache[name]
        of_return = OF_RETURN.get(name)
        if of_return is None:
            return self.asked.answers.get(name.removeprefix(ANSWERS))
        found = cache[name] = of_return(self.shared)
        return found

    @property
    def product(self) -> Product:
        """What the shop knows of the line's SKU."""
        return self.shared.product(self.line.sku) if self.line else NO_PRODUCT

    @property
    def shipped_on(self) -> date | None:
        """The day the line was shipped, else the order."""
        own = self.line.shipped_at if self.line else None
        return self.shared.day(own or self.shared.request.order.shipped_at)

    @property
    def delivered_on(self) -> date | None:
        """The day the line was delivered, else the order."""
        own = self.line.delivered_at if self.line else None
        return self.shared.day(own or self.shared.request.order.delivered_at)

    def days_since(self, day: date | None) -> int | None:
        """Days from a day to the request."""
        return None if day is None else (self.shared.requested_on - day).days


def _either(name: str) -> Callable[[LineSource], object]:
    """A fact of the order line, else of the product."""

    def read(source: LineSource) -> object:
        return (source.line and getattr(source.line, name)) or getattr(source.product, name)

    return read


def _tags(source: LineSource) -> tuple[str, ...]:
    own = source.line.tags if source.line else ()
    return tuple(dict.fromkeys((*own, *source.product.tags)))


def _flag(name: str) -> Callable[[LineSource], object]:
    return lambda source: getattr(source.product, name)


def _tagged(name: str) -> Callable[[LineSource], object]:
    """A mark that no file has a column for: the product, or the line, carries it as a tag."""
    return lambda source: has_tag(_tags(source), name)


def _discount(source: LineSource) -> object:
    line = source.line
    if line is None:
        return None
    full = line.unit_price_minor * line.quantity
    off = line.discount_minor + line.order_discount_minor
    return off * 100 * PERCENT // full if full > 0 else 0


def _value(source: LineSource) -> object:
    if source.line is None:
        return None
    units = min(source.asked.quantity, source.line.quantity)
    return paid_for(source.line, units, source.shared.request.order.tax_style)


def _received_on(source: LineSource) -> object:
    days = [
        local_day(one.received_at, source.shared.request.zone)
        for one in source.shared.request.receipts
        if one.line == source.asked.line
    ]
    return max(days, default=None)


def _fault(source: LineSource) -> object:
    return fault_of(source.shared.reasons, source.asked.reason).value


def _reason(source: LineSource) -> object:
    found = find_reason(source.shared.reasons, source.asked.reason)
    return found.code if found else source.asked.reason


def _wanted(source: LineSource) -> Product | None:
    return source.shared.request.products.get(source.asked.exchange_sku)


def _same_product(source: LineSource) -> object:
    if not source.asked.exchange_sku or source.line is None:
        return None
    if source.asked.exchange_sku == source.line.sku:
        return True
    wanted = _wanted(source)
    if wanted is None or not wanted.title:
        return None
    return wanted.title.casefold() == (source.line.title or source.product.title).casefold()


def _same_category(source: LineSource) -> object:
    wanted = _wanted(source)
    own = _either("category")(source)
    if wanted is None or not wanted.category or not own:
        return True if _same_product(source) else None
    return wanted.category.casefold() == str(own).casefold()


def _wanted_price(source: LineSource) -> object:
    wanted = _wanted(source)
    if source.line is not None and source.asked.exchange_sku == source.line.sku:
        return source.line.unit_price_minor
    price = wanted.price if wanted else ""
    return price_in(price, source.shared.request.order.currency)


def _grades(source: LineSource) -> tuple[str, ...]:
    """Grades that units of the line stand in; one that was taken back entirely does not count."""
    units: dict[str, int] = {}
    for one in source.shared.request.inspections:
        if one.line == source.asked.line:
            units[one.grade] = units.get(one.grade, 0) + one.quantity
    return tuple(grade for grade, left in units.items() if left > 0)


def _serial_mismatch(source: LineSource) -> bool | None:
    """By the grade, or by serial numbers where those that were sold are known."""
    if "serial_mismatch" in _grades(source):
        return True
    request = source.shared.request
    seen = [one for one in request.inspections if one.line == source.asked.line]
    units = sum(one.quantity for one in seen)
    sold = request.sold_serials.get(source.asked.line, ())
    return is_mismatch(sold, [one.serial for one in seen if one.serial], units)


def _short(source: LineSource) -> object:
    came = sum(
        one.quantity for one in source.shared.request.receipts if one.line == source.asked.line
    )
    return max(0, source.asked.quantity - came)


def _units(source: LineSource) -> object:
    line = source.line
    if line is None:
        return None
    return 0 if line.cancelled else line.shipped_quantity


_OF_LINE: Mapping[str, Callable[[LineSource], object]] = {
    "item.sku": lambda source: source.line.sku if source.line else "",
    "item.title": lambda source: _either("title")(source) or "",
    "item.category": _either("category"),
    "item.brand": _either("brand"),
    "item.tags": _tags,
    "item.price": lambda source: source.line.unit_price_minor if source.line else None,
    "item.weight": _either("weight_g"),
    "item.discount_percent": _discount,
    "item.personalised": _flag("personalised"),
    "item.perishable": _flag("perishable"),
    "item.sealed_hygiene": _flag("sealed_hygiene"),
    "item.digital": _flag("digital"),
    "item.hazmat": _flag("hazmat"),
    "item.bundle": _tagged("bundle"),
    "item.gift_of_promotion": _tagged("gift_of_promotion"),
    "item.serial_required": _flag("serial_required"),
    "line.quantity": lambda source: source.line.quantity if source.line else None,
    "line.value": _value,
    "line.returned_before": lambda source: source.shared.request.returned_before.get(
        source.asked.line, 0
    ),
    "line.shipped_units": _units,
    "line.is_known": lambda source: source.line is not None,
    "line.received_on": _received_on,
    "order.shipped": lambda source: source.shipped_on,
    "order.delivered": lambda source: source.delivered_on,
    "order.days_since_shipped": lambda source: source.days_since(source.shipped_on),
    "order.days_since_delivered": lambda source: source.days_since(source.delivered_on),
    "quantity": lambda source: source.asked.quantity,
    "reason": _reason,
    "reason.fault": _fault,
    "resolution": lambda source: source.asked.resolution.value,
    "condition": lambda source: source.asked.condition,
    "photos": lambda source: source.asked.photos,
    "exchange.same_product": _same_product,
    "exchange.same_category": _same_category,
    "exchange.price": _wanted_price,
    "inspection.grade": _grades,
    "inspection.quantity_short": _short,
    "inspection.wrong_sku": lambda source: "wrong_item" in _grades(source),
    "inspection.serial_mismatch": _serial_mismatch,
    "inspection.days_late": lambda _: None,
}


class Readers(NamedTuple):
    """The readers of some facts.

    Attributes:
        of_return, of_line: name and reader.
        texts: names of those facts, and of the usual ones, that are text in any case.
    """

    of_return: tuple[tuple[str, Callable[[ReturnSource], object]], ...]
    of_line: tuple[tuple[str, Callable[[LineSource], object]], ...]
    texts: tuple[str, ...]


USUAL = frozenset(
    """item.sku item.title line.is_known line.quantity line.returned_before line.shipped_units
    order.delivered order.placed order.shipped quantity reason reason.fault resolution condition
    photos kind requested_on inspection.grade""".split()
)
_USUAL_TEXTS = ("item.title", "reason", "condition", "inspection.grade")
_TEXT_KINDS = frozenset({"text", "words", "category", "reason"})


@lru_cache(64)
def readers_of(names: frozenset[str]) -> Readers:
    """The readers of some facts but for the usual ones, which :func:`usual_facts` reads."""
    wanted = sorted(names - USUAL)
    is_text = [one for one in wanted if one in FACTS and FACTS[one].kind in _TEXT_KINDS]
    return Readers(
        tuple((name, OF_RETURN[name]) for name in wanted if name in OF_RETURN),
        tuple((name, _OF_LINE[name]) for name in wanted if name in _OF_LINE),
        (*_USUAL_TEXTS, *is_text),
    )


def usual_facts(source: LineSource) -> dict[str, object]:
    """The facts that every judgement looks at, all at once: the readers above say the same."""
    shared, asked, line = source
    request = shared.request
    order = request.order
    reason = find_reason(shared.reasons, asked.reason)
    shipped_at, delivered_at = order.shipped_at, order.delivered_at
    if line is not None:
        shipped_at = line.shipped_at or shipped_at
        delivered_at = line.delivered_at or delivered_at
    zone = request.zone
    return {
        "item.sku": line.sku if line else "",
        "item.title": (line.title if line else "") or source.product.title,
        "line.is_known": line is not None,
        "line.quantity": line.quantity if line else None,
        "line.returned_before": request.returned_before.get(asked.line, 0),
        "line.shipped_units": _units(source),
        "order.delivered": None if delivered_at is None else local_day(delivered_at, zone),
        "order.placed": shared.day(order.placed_at),
        "order.shipped": None if shipped_at is None else local_day(shipped_at, zone),
        "quantity": asked.quantity,
        "reason": reason.code if reason else asked.reason,
        "reason.fault": (reason.fault if reason else Fault.UNKNOWN).value,
        "resolution": asked.resolution.value,
        "condition": asked.condition,
        "photos": asked.photos,
        "kind": request.kind.value,
        "requested_on": local_day(request.requested_at, zone),
        "inspection.grade": _grades(source) if request.inspections else (),
    }
