"""Orders, decisions and a ledger for worked examples, small enough to follow on paper.

``Book`` stands in for the store: it adds up what live refunds took, and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from returns_cli.domain.model import (
    Component,
    Decision,
    LineDecision,
    Order,
    OrderLine,
    Refund,
    Setting,
)
from returns_cli.domain.quote import Quote, QuotedLine, order_allowance, quote_return
from returns_cli.domain.record import Consumption, OrderLedger
from returns_cli.domain.settle import (
    LIVE,
    Owed,
    new_takes,
    owed_by_tender,
    part_of,
    refunded_capped_minor,
)
from returns_cli.domain.vocabulary import Fault, RefundState, TaxStyle, Verdict

Terms = Mapping[str, str | tuple[str, ...]]

FREE: Terms = {
    "refund.to": "original_payment",
    "refund.after": "inspected",
    "refund.original_shipping": "full_return",
}
"""No fee, no deduction: what was paid comes back."""


def line(
    number: int,
    quantity: int,
    items: int,
    *,
    tax: int = 0,
    shipping: int = 0,
    shipped: int | None = None,
    cancelled: bool = False,
) -> OrderLine:
    """An order line; amounts are in minor units and for all its units."""
    return OrderLine(
        line=number,
        sku=f"SKU-{number}",
        title=f"Item {number}",
        quantity=quantity,
        shipped_quantity=quantity if shipped is None else shipped,
        unit_price_minor=0,
        discount_minor=0,
        order_discount_minor=0,
        items_minor=items,
        tax_minor=tax,
        shipping_minor=shipping,
        cancelled=cancelled,
    )


def order(
    *lines: OrderLine,
    style: TaxStyle = TaxStyle.ON_TOP,
    currency: str = "USD",
    captured: int | None = None,
    refunded: int = 0,
) -> Order:
    """An order that came to what its lines came to."""
    total = sum(one.items_minor + one.shipping_minor for one in lines)
    tax = sum(one.tax_minor for one in lines)
    total += tax if style is TaxStyle.ON_TOP else 0
    return Order(
        channel="web",
        order_id="#1042",
        placed_at="2026-03-01",
        currency=currency,
        tax_style=style,
        order_discount_minor=0,
        shipping_minor=sum(one.shipping_minor for one in lines),
        tax_minor=tax,
        total_minor=total,
        captured_minor=total if captured is None else captured,
        refunded_minor=refunded,
        lines=lines,
    )


def settings(*changes: Terms, rule: str | None = None) -> dict[str, Setting]:
    """``FREE`` with changes; each is cited as ``p.yaml:`` and its own name."""
    values = {**FREE}
    for one in changes:
        values.update(one)
    return {name: Setting(name, value, rule, f"p.yaml:{name}") for name, value in values.items()}


def quoted(
    of: OrderLine,
    units: int,
    *changes: Terms,
    grades: Sequence[tuple[str, int]] = (),
    fault: Fault = Fault.CUSTOMER,
    resolution: str = "refund",
) -> QuotedLine:
    """A line of a return under ``FREE`` with changes."""
    return QuotedLine(of, units, resolution, fault, settings(*changes), tuple(grades))


def parts(components: Sequence[Component]) -> list[tuple[str, int | None, int]]:
    """Components as (kind, line, amount), without citations."""
    return [(one.kind, one.line, one.amount_minor) for one in components]


def empty_ledger(external: int = 0) -> OrderLedger:
    """Nothing refunded by us, ``external`` before."""
    return OrderLedger({}, {}, 0, external, {})


def quote_of(
    order: Order, *lines: QuotedLine, allowance: int | None = None, standard: int | None = None
) -> Quote:
    """The quote of a first return, with the whole order as its cap unless said otherwise."""
    cap = order.total_minor if allowance is None else allowance
    return quote_return(order, "RMA-1", lines, empty_ledger(), cap, standard)


def refund(
    amount: int,
    *components: Component,
    state: RefundState = RefundState.CONFIRMED,
    tender: str = "original_payment",
) -> Refund:
    """A recorded refund; one items component of line 1 unless components are given."""
    return Refund(
        refund_id="R-1",
        rma="RMA-1",
        channel="web",
        order_id="#1042",
        state=state,
        amount_minor=amount,
        currency="USD",
        tender=tender,
        reference=None,
        key="key",
        journal_seq=1,
        decision_id=1,
        components=components or (Component("items", 1, amount),),
        recorded_at="2026-03-20T12:00:00+00:00",
    )


def judged(
    of: OrderLine,
    quantity: int,
    verdict: Verdict = Verdict.APPROVE,
    *changes: Terms,
    codes: tuple[str, ...] = (),
    resolution: str = "refund",
) -> LineDecision:
    """The judgement of one line under ``FREE`` with changes."""
    return LineDecision(
        line=of.line,
        sku=of.sku,
        title=of.title,
        quantity=quantity,
        reason="too_small",
        fault=Fault.CUSTOMER,
        resolution=resolution,
        verdict=verdict,
        codes=codes,
        deadline_on=None,
        window=None,
        settings=tuple(settings(*changes).values()),
    )


def decision(*lines: LineDecision, valid_days: int | None = 21) -> Decision:
    """A decision over lines; its own verdict plays no part in the states."""
    return Decision(
        policy_id="standard",
        policy_version="0a1b2c3d",
        policy_sha256="0a1b2c3d" * 8,
        as_of="2026-03-10T12:00:00+00:00",
        verdict=Verdict.APPROVE,
        lines=lines,
        label_kind="prepaid",
        label_valid_days=valid_days,
        facts={},
    )


Parts = list[tuple[str, int | None, int]]

# 2 × 20.00 + 3.30 tax + 3.00 shipping, 1 × 59.95 + 4.95 tax + 4.50 shipping: 115.70 in all.
TEES = line(1, 2, 4000, tax=330, shipping=300)
COAT = line(2, 1, 5995, tax=495, shipping=450)
SHOP = order(TEES, COAT)
# 3 units for 10.00, nothing else: a line that does not divide.
ODD = line(1, 3, 1000)
ODD_ORDER = order(ODD, style=TaxStyle.NONE)

GRADES: Terms = {
    "inspection.new.refund": "100%",
    "inspection.opened.refund": "100%",
    "inspection.opened.restocking": "15%",
    "inspection.used.refund": "50%",
    "inspection.damaged.refund": "0%",
}


def consumed(*rows: tuple[str, int, Consumption]) -> OrderLedger:
    """A ledger of base shares by (return, line)."""
    whole: dict[int, Consumption] = {}
    for _, number, take in rows:
        had = whole.get(number, Consumption())
        whole[number] = Consumption(
            had.units + take.units,
            had.items_minor + take.items_minor,
            had.tax_minor + take.tax_minor,
            had.shipping_minor + take.shipping_minor,
        )
    return OrderLedger(whole, {(rma, n): take for rma, n, take in rows}, 0, 0, {})


@dataclass
class Paid:
    """One refund in the book, with the base shares it took."""

    rma: str
    refund: Refund
    takes: tuple[tuple[int, Consumption], ...]


@dataclass
class Book:
    """The ledger of one order, added up as the store adds it up."""

    order: Order
    standard: int | None = None
    paid: list[Paid] = field(default_factory=list)
    came_back: dict[int, int] = field(default_factory=dict)
    last_back: str = ""

    def live(self) -> list[Paid]:
        """Refunds that count."""
        return [one for one in self.paid if one.refund.state in LIVE]

    def refunds(self, rma: str) -> list[Refund]:
        """All refunds of one return, failed and reversed ones too."""
        return [one.refund for one in self.paid if one.rma == rma]

    def ledger(self) -> OrderLedger:
        """Sums over the live refunds."""
        whole: dict[int, Consumption] = {}
        own: dict[tuple[str, int], Consumption] = {}
        for one in self.live():
            for number, take in one.takes:
                whole[number] = _plus(whole.get(number, Consumption()), take)
                place = (one.rma, number)
                own[place] = _plus(own.get(place, Consumption()), take)
        capped = refunded_capped_minor([one.refund for one in self.live()])
        external = self.order.refunded_minor
        return OrderLedger(whole, own, capped, external, {}, self.came_back, self.last_back)

    def allowance(self, rma: str) -> int:
        """What the order allows one return in all."""
        own = refunded_capped_minor(self.refunds(rma))
        return order_allowance(self.order, self.ledger(), own)

    def arrive(self, rma: str, number: int) -> None:
        """One unit of a line came back."""
        self.came_back[number] = self.came_back.get(number, 0) + 1
        self.last_back = rma

    def quote(self, rma: str, *lines: QuotedLine) -> Quote:
        """What a return pays in all, as things stand."""
        ledger = self.ledger()
        return quote_return(self.order, rma, lines, ledger, self.allowance(rma), self.standard)

    def pay(self, rma: str, *lines: QuotedLine, amount: int | None = None) -> int:
        """Record what is owed, with each tender, or a part of it; what was paid."""
        quote = self.quote(rma, *lines)
        paid = 0
        for owed in owed_by_tender(quote, lines, self.refunds(rma)):
            now = part_of(owed, min(amount, owed.amount_minor)) if amount else owed
            self.record(rma, quote, now)
            paid += now.amount_minor
        return paid

    def record(self, rma: str, quote: Quote, owed: Owed) -> None:
        """Write one refund down with what it takes."""
        own = {
            number: take
            for (owner, number), take in self.ledger().consumed_by_return.items()
            if owner == rma
        }
        recorded = refund(owed.amount_minor, *owed.components, tender=owed.tender)
        here = {one.line for one in owed.components}
        mine = quote._replace(takes=tuple(one for one in quote.takes if one[0] in here))
        self.paid.append(Paid(rma, recorded, new_takes(mine, own)))

    def reverse(self, index: int) -> None:
        """Take one refund back."""
        old = self.paid[index]
        self.paid[index] = replace(old, refund=old.refund._replace(state=RefundState.REVERSED))

    def total(self, *kinds: str) -> int:
        """Σ of what live refunds paid, of some kinds of component or all."""
        return sum(
            part.amount_minor
            for one in self.live()
            for part in one.refund.components
            if not kinds or part.kind in kinds
        )


def _plus(one: Consumption, other: Consumption) -> Consumption:
    return Consumption(
        one.units + other.units,
        one.items_minor + other.items_minor,
        one.tax_minor + other.tax_minor,
        one.shipping_minor + other.shipping_minor,
    )
