"""What a return pays, component by component.

The one calculation behind ``quote``, ``refund`` and the review limit of a policy. It reads the
settings of a decision, the money frozen with the order, and what earlier refunds have taken.

The order of the components is the order of the arithmetic: goods, tax, shipping, what the grades
take off, promotions taken back, fees, and a bonus on what is left. They sum to the total, which is
never below zero; all but the bonus stay within what the order still allows (I5), and within what a
line still allows of which the source says that money was given back (I3).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from returns_cli.domain import money, terms
from returns_cli.domain.clawback import Returned, claw_back
from returns_cli.domain.exchange import NO_EXCHANGE, Exchange, Swap, set_off, swap_line
from returns_cli.domain.model import Component, Order, OrderLine, Setting
from returns_cli.domain.quote_caps import cut_fees, cut_lines, cut_to, is_goods_of
from returns_cli.domain.record import Consumption, OrderLedger
from returns_cli.domain.shipping import original_shipping
from returns_cli.domain.tenders import ORIGINAL
from returns_cli.domain.vocabulary import Fault, TaxStyle

UNCAPPED = ("bonus_credit", "goodwill")
_PAYING = ("refund", "store_credit")
_NOTHING = Consumption()


class QuotedLine(NamedTuple):
    """One line of a return as a quote counts it.

    Attributes:
        line: the order line.
        units: units that are paid for: authorized before anything arrived, what came afterwards.
        resolution: ``refund`` and ``store_credit`` pay, an exchange pays or owes the difference.
        settings: of the line's decision, by name.
        grades: (grade, units) of what was inspected, in the order of inspection.
        original: the tender that ``original_payment`` means for the order.
        exchange_sku: what is sent instead; empty for the same again.
        exchange_price_minor: of one unit of it, None where it is not known.
    """

    line: OrderLine
    units: int
    resolution: str
    fault: Fault
    settings: terms.Settings
    grades: tuple[tuple[str, int], ...] = ()
    original: str = ORIGINAL
    exchange_sku: str = ""
    exchange_price_minor: int | None = None

    @property
    def is_paying(self) -> bool:
        """Whether the line pays money: a repair or a replacement swaps goods evenly."""
        return self.resolution in _PAYING and self.units > 0

    @property
    def is_exchanged(self) -> bool:
        """Whether other goods are sent for the line: their prices are netted."""
        return self.resolution == "exchange" and self.units > 0

    @property
    def keeps_item(self) -> bool:
        """Whether the customer keeps the goods: nothing travels, nothing is restocked."""
        return terms.is_on(self.settings, "keep_item")

    @property
    def is_waived(self) -> bool:
        """Whether fees are waived for the fault that the reason names."""
        return self.fault.value in terms.words(self.settings, "fees.waived_for_fault")

    @property
    def tender(self) -> str:
        """What the line is paid with: the customer's choice of credit, else the policy's word."""
        if self.resolution == "store_credit":
            return "store_credit"
        tender = terms.word(self.settings, "refund.to", ORIGINAL)
        return self.original if tender == ORIGINAL else tender


class Quote(NamedTuple):
    """A quote in minor units of ``currency``; ``tax_included_minor`` is part of the total.

    ``takes`` are the base shares (100 %, before deductions) that the quote's units use up;
    ``exchange`` is what its exchanged lines come to, which the components hold already.
    """

    currency: str
    components: tuple[Component, ...]
    tax_included_minor: int
    takes: tuple[tuple[int, Consumption], ...] = ()
    exchange: Exchange = NO_EXCHANGE

    @property
    def total_minor(self) -> int:
        """The sum of the components."""
        return sum(one.amount_minor for one in self.components)

    @property
    def capped_minor(self) -> int:
        """The part of the total that the order's cap binds."""
        return sum(one.amount_minor for one in self.components if one.kind not in UNCAPPED)


def quote_return(
    order: Order,
    rma: str,
    lines: Sequence[QuotedLine],
    ledger: OrderLedger,
    allowance_minor: int,
    standard_shipping_minor: int | None = None,
    refunded_minor: int = 0,
) -> Quote:
    """What a return pays in all.

    Args:
        order: with the money frozen at import.
        rma: tells this return's own refunds in ``ledger`` from those of others.
        lines: the lines that count, denied ones left out.
        ledger: what live refunds have taken of the order.
        allowance_minor: what the order allows this return in all (see :func:`order_allowance`).
        standard_shipping_minor: the shop's standard shipping to that country; None not known.
        refunded_minor: what was refunded of the return so far: no exchange is set off against it.
    """
    counted = [one for one in lines if one.is_paying or one.is_exchanged]
    every = [(one, _take(one, rma, ledger)) for one in counted]
    every = [(one._replace(units=take.units), take) for one, take in every if take.units > 0]
    if not every:
        return Quote(order.currency, (), 0)
    taken = [(one, take) for one, take in every if one.is_paying]
    paying = [one for one, _ in taken]
    takes = [(one.line.line, take) for one, take in taken]
    units = {line: take.units for line, take in takes}
    shipping = original_shipping(order, rma, paying, units, ledger, standard_shipping_minor)
    goods: list[Component] = []
    deductions: list[Component] = []
    restocking: list[Component] = []
    for one, take in taken:
        goods += _goods(one, take, order.tax_style)
        less, fee = _graded(one, take, order)
        deductions += less
        restocking += fee
    swaps: list[Swap] = []
    for one, take in every:
        if one.is_exchanged:
            swap, back = _swapped(one, take, order)
            swaps.append(swap)
            if back:
                goods += back
                takes.append((one.line.line, take))
    returned = [Returned(one.line.line, one.units, one.settings, one.is_waived) for one in paying]
    promotions = claw_back(order, rma, returned, ledger) if paying else []
    fees = [*restocking, *_once(paying, order.currency)]
    components = [*goods, *shipping, *deductions, *promotions, *fees]
    components = cut_lines(components, order, rma, ledger)
    components = cut_fees(components)
    components = cut_to(components, allowance_minor)
    total = sum([one.amount_minor for one in components])
    exchange = set_off(swaps, total - refunded_minor)
    components = cut_to(components, total - exchange.set_off_minor)
    tax_included = _tax_within(takes, components, order.tax_style)
    swapped = {one.line for one in swaps}
    before = [one for one in components if one.line not in swapped]
    components += _bonus(paying, before, order.currency)
    kept = tuple(one for one in components if one.amount_minor or one.kind == "items")
    return Quote(order.currency, kept, tax_included, _with_shipping(takes, shipping), exchange)


def order_allowance(order: Order, ledger: OrderLedger, own_refunded_minor: int) -> int:
    """What an order allows one return in all: paid in, less all refunds but the return's own.

    Args:
        own_refunded_minor: this return's live refunds without bonus and goodwill.
    """
    paid = min(order.total_minor, order.captured_minor)
    others = ledger.refunded_minor - own_refunded_minor
    return max(0, paid - ledger.external_minor - others)


def _take(one: QuotedLine, rma: str, ledger: OrderLedger) -> Consumption:
    """The base shares of a line's units, never more units than other refunds left.

    Those already taken by this return stay as they were.
    """
    every = ledger.consumed.get(one.line.line, _NOTHING)
    own = ledger.consumed_by_return.get((rma, one.line.line), _NOTHING)
    if one.units <= own.units:
        return Consumption(
            one.units,
            money.round_half_away(own.items_minor * one.units, own.units),
            money.round_half_away(own.tax_minor * one.units, own.units),
        )
    more = max(0, min(one.units - own.units, one.line.quantity - every.units))

    def share(total: int, given: int, kept: int) -> int:
        return kept + money.share_of_rest(total, given, more, one.line.quantity, every.units)

    return Consumption(
        own.units + more,
        share(one.line.items_minor, every.items_minor, own.items_minor),
        share(one.line.tax_minor, every.tax_minor, own.tax_minor),
    )


def _with_shipping(
    takes: Sequence[tuple[int, Consumption]], shipping: Iterable[Component]
) -> tuple[tuple[int, Consumption], ...]:
    """The takes completed by the shipping that is paid, of other lines of the order too."""
    every = dict(takes)
    for part in shipping:
        if part.line is not None and part.amount_minor:
            take = every.get(part.line, _NOTHING)
            every[part.line] = take._replace(shipping_minor=part.amount_minor)
    return tuple(every.items())


def _goods(one: QuotedLine, take: Consumption, style: TaxStyle) -> list[Component]:
    parts = [Component("items", one.line.line, take.items_minor, units=take.units)]
    if style is TaxStyle.ON_TOP:
        parts.append(Component("tax", one.line.line, take.tax_minor, units=take.units))
    return parts


def _swapped(one: QuotedLine, take: Consumption, order: Order) -> tuple[Swap, list[Component]]:
    deductions, _ = _graded(one, take, order)
    return swap_line(
        one.line, take, one.exchange_sku, one.exchange_price_minor, order.tax_style, deductions
    )


def _tax_within(
    takes: Sequence[tuple[int, Consumption]], components: Sequence[Component], style: TaxStyle
) -> int:
    """The tax in what is paid for goods, where prices hold their tax."""
    if style is not TaxStyle.INCLUDED:
        return 0
    within = 0
    for line, take in takes:
        if take.items_minor > 0:
            paid = sum(one.amount_minor for one in components if is_goods_of(one, line))
            within += money.round_half_away(take.tax_minor * paid, take.items_minor)
    return within


def _graded(
    one: QuotedLine, take: Consumption, order: Order
) -> tuple[list[Component], list[Component]]:
    """What the grades take off, and the restocking fees: a grade's own, else the terms'."""
    value = take.items_minor + (take.tax_minor if order.tax_style is TaxStyle.ON_TOP else 0)
    grades = () if one.keeps_item else one.grades
    ungraded = one.units - sum(units for _, units in grades)
    groups = [*grades, ("", ungraded)] if ungraded > 0 else list(grades)
    values = money.allocate(value, [units for _, units in groups])
    deductions: list[Component] = []
    fees_of: dict[str, tuple[int, int]] = {}
    for (grade, units), worth in zip(groups, values, strict=True):
        paid_share = one.settings.get(f"inspection.{grade}.refund") if grade else None
        if paid_share is not None:
            percent = terms.read_percent(str(paid_share.value))
            less = money.percent_of(worth, percent) - worth
            deductions.append(_cited("condition_deduction", one.line.line, less, paid_share))
        own_fee = f"inspection.{grade}.restocking"
        name = own_fee if grade and own_fee in one.settings else "fees.restocking"
        worth_before, units_before = fees_of.get(name, (0, 0))
        fees_of[name] = (worth_before + worth, units_before + units)
    fees: list[Component] = []
    if not one.is_waived and not one.keeps_item:
        for name, (worth, units) in fees_of.items():
            amount = terms.fee(one.settings, name, order.currency).of(worth, units)
            fees.append(_cited("restocking_fee", one.line.line, -amount, one.settings.get(name)))
    return deductions, fees


def _cited(kind: str, line: int | None, amount_minor: int, setting: Setting | None) -> Component:
    rule, at = (setting.rule, setting.at) if setting else (None, None)
    return Component(kind, line, amount_minor, rule, at)


def _once(paying: Sequence[QuotedLine], currency: str) -> list[Component]:
    """Fees that count once per return: the highest of the lines that owe it."""
    owing = [one for one in paying if not one.is_waived]
    by_parcel = [one for one in owing if not one.keeps_item]
    by_bank = [one for one in owing if one.tender == "bank_transfer"]
    parts = []
    for kind, name, lines in (
        ("return_shipping", "fees.return_shipping", by_parcel),
        ("transfer_fee", "fees.transfer", by_bank),
    ):
        named = [one for one in lines if name in one.settings]
        if named:
            highest = max(
                named, key=lambda one: terms.fee(one.settings, name, currency).amount_minor
            )
            amount = terms.fee(highest.settings, name, currency).amount_minor
            parts.append(_cited(kind, None, -amount, highest.settings[name]))
    return parts


def _bonus(
    paying: Sequence[QuotedLine], components: Sequence[Component], currency: str
) -> list[Component]:
    """The bonus for taking store credit, of the total before it, within its cap.

    Lines with another bonus share that total by what they pay.
    """
    credited = [
        one
        for one in paying
        if one.tender == "store_credit" and "store_credit.bonus" in one.settings
    ]
    groups: dict[str, list[QuotedLine]] = {}
    for one in credited:
        groups.setdefault(terms.word(one.settings, "store_credit.bonus"), []).append(one)
    if not groups:
        return []
    is_whole = len(credited) == len(paying)
    numbers = {one.line.line for one in credited}
    total = sum(part.amount_minor for part in components if is_whole or part.line in numbers)
    worth = [_worth(components, lines) for lines in groups.values()]
    left = _bonus_cap(credited, currency)
    parts = []
    for (text, lines), base in zip(
        groups.items(), money.allocate(max(0, total), worth), strict=True
    ):
        bonus = terms.read_fee(text, currency).of(base, 1) if base > 0 else 0
        if left is not None:
            bonus = min(bonus, left)
            left -= bonus
        setting = lines[0].settings["store_credit.bonus"]
        parts.append(_cited("bonus_credit", None, bonus, setting))
    return parts


def _worth(components: Sequence[Component], lines: Sequence[QuotedLine]) -> int:
    numbers = {one.line.line for one in lines}
    return max(0, sum(part.amount_minor for part in components if part.line in numbers))


def _bonus_cap(credited: Sequence[QuotedLine], currency: str) -> int | None:
    """The most that a bonus comes to: the highest cap of the lines, None where one has none."""
    caps = [terms.word(one.settings, "store_credit.bonus_cap", "none") for one in credited]
    if "none" in caps:
        return None
    return max(terms.read_money(text, currency) for text in caps)
