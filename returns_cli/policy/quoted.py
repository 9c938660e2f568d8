"""What a judged request would pay: the total that ``review.above`` looks at."""

from __future__ import annotations

from collections.abc import Sequence

from returns_cli.domain import terms
from returns_cli.domain.exchange import price_in
from returns_cli.domain.model import LineDecision, Order, OrderLine, Receipt, RequestedLine, Setting
from returns_cli.domain.quote import Quote, QuotedLine, order_allowance, quote_return
from returns_cli.domain.record import Consumption, JudgedRequest, OrderLedger
from returns_cli.domain.remembered import Remembered
from returns_cli.domain.tenders import original_of
from returns_cli.domain.vocabulary import Fault, TaxStyle, Verdict
from returns_cli.policy.facts import Facts, LineFacts

_NOTHING_TAKEN = OrderLedger({}, {}, 0, 0, {})


def quote_judged(request: JudgedRequest, lines: Sequence[LineDecision]) -> Quote:
    """What a request on record pays; denied lines are left out.

    Before anything arrived every unit asked for counts, afterwards what came.
    """
    order_lines = {one.line: one for one in request.order.lines}
    asked = {one.line: one for one in request.lines}
    counted = [
        QuotedLine(
            order_lines[one.line],
            _units(one, request.receipts),
            one.resolution,
            one.fault,
            terms.by_name(one.settings),
            _grades(request, one.line),
            original_of(request.order),
            asked[one.line].exchange_sku if one.line in asked else "",
            _wanted_price(request, asked.get(one.line)),
        )
        for one in lines
        if one.verdict is not Verdict.DENY and one.line in order_lines
    ]
    ledger = request.ledger
    own = (
        _paid_back(take, request.order.tax_style)
        for (rma, _), take in ledger.consumed_by_return.items()
        if rma == request.rma
    )
    allowance = order_allowance(request.order, ledger, sum(own))
    return quote_return(
        request.order, request.rma, counted, ledger, allowance, request.standard_shipping_minor
    )


def _wanted_price(request: JudgedRequest, asked: RequestedLine | None) -> int | None:
    """What the shop asks for what is wanted instead."""
    wanted = request.products.get(asked.exchange_sku) if asked else None
    return price_in(wanted.price, request.order.currency) if wanted else None


def is_quoted_alike(one: Sequence[LineDecision], other: Sequence[LineDecision]) -> bool:
    """Whether lines that stand alike pay alike: a quote looks at nothing else of them.

    Which rule or file said a setting changes what a quote cites, not what it comes to; and it has
    no clock, so windows are nothing to it.
    """
    return len(one) == len(other) and all(
        (a.line, a.quantity, a.resolution, a.fault, _said(a.settings))
        == (b.line, b.quantity, b.resolution, b.fault, _said(b.settings))
        for a, b in zip(one, other, strict=True)
    )


def _names_and_values(settings: tuple[Setting, ...]) -> dict[str, object]:
    return {one.name: one.value for one in settings if not one.name.startswith("window.")}


_said: Remembered[tuple[Setting, ...], dict[str, object]] = Remembered(_names_and_values)


def quote_facts(
    facts: Facts, lines: Sequence[LineDecision], stand_in_minor: int | None = None
) -> Quote | None:
    """What the request of a facts file pays, where it says what was paid for the goods.

    Args:
        stand_in_minor: taken for a value that is not known.

    Returns:
        None where a value or the currency is not known.
    """
    judged = [
        (line, known)
        for line, known in zip(lines, facts.lines, strict=True)
        if line.verdict is not Verdict.DENY
    ]
    is_unclear = any(known["line.value"] is None for _, known in judged)
    if facts.currency is None or (is_unclear and stand_in_minor is None):
        return None
    counted = [
        QuotedLine(
            _order_line(known, line, stand_in_minor or 0),
            line.quantity,
            line.resolution,
            Fault(line.fault),
            terms.by_name(line.settings),
            _stated_grades(known, line.quantity),
        )
        for line, known in judged
    ]
    order = _order(facts.currency, tuple(one.line for one in counted))
    return quote_return(order, "", counted, _NOTHING_TAKEN, order.total_minor)


def _units(line: LineDecision, receipts: Sequence[Receipt]) -> int:
    if not receipts or terms.is_on(terms.by_name(line.settings), "keep_item"):
        return line.quantity
    return sum(one.quantity for one in receipts if one.line == line.line)


def _grades(request: JudgedRequest, line: int) -> tuple[tuple[str, int], ...]:
    found: dict[str, int] = {}
    for one in request.inspections:
        if one.line == line:
            found[one.grade] = found.get(one.grade, 0) + one.quantity
    return tuple(found.items())


def _paid_back(take: Consumption, style: TaxStyle) -> int:
    on_top = take.tax_minor if style is TaxStyle.ON_TOP else 0
    return take.items_minor + on_top + take.shipping_minor


def _stated_grades(facts: LineFacts, quantity: int) -> tuple[tuple[str, int], ...]:
    grades = facts["inspection.grade"]
    return ((str(grades[0]), quantity),) if isinstance(grades, tuple) and grades else ()


def _order_line(facts: LineFacts, line: LineDecision, stand_in_minor: int) -> OrderLine:
    value = facts["line.value"]
    paid = value if isinstance(value, int) else stand_in_minor
    return OrderLine(
        line=line.line,
        sku=line.sku,
        title=line.title,
        quantity=line.quantity,
        shipped_quantity=line.quantity,
        unit_price_minor=0,
        discount_minor=0,
        order_discount_minor=0,
        items_minor=paid,
        tax_minor=0,
        shipping_minor=0,
    )


def _order(currency: str, lines: tuple[OrderLine, ...]) -> Order:
    total = sum(one.items_minor for one in lines)
    return Order(
        channel="",
        order_id="",
        placed_at="",
        currency=currency,
        tax_style=TaxStyle.NONE,
        order_discount_minor=0,
        shipping_minor=0,
        tax_minor=0,
        total_minor=total,
        captured_minor=total,
        refunded_minor=0,
        lines=lines,
    )
