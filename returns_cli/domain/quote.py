"""What a return pays, component by component.

The one calculation behind ``quote``, ``refund`` and the review limit of a policy. It reads the
settings of a decision, the money frozen with the order, and what earlier refunds have taken.

The order of the components is the order of the arithmetic: goods, tax, shipping, what the grades
take off, fees, and a bonus on what is left. They sum to the total, which is never below zero; all
but the bonus stay within what the order still allows (I5).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from returns_cli.domain import money, terms
from returns_cli.domain.model import Component, Fault, Order, OrderLine, Setting, TaxStyle
from returns_cli.domain.record import Consumption, OrderLedger

PAID_BACK = ("items", "tax", "original_shipping")
UNCAPPED = ("bonus_credit", "goodwill")
_PAYING = ("refund", "store_credit")
_NOTHING = Consumption()


@dataclass(frozen=True, slots=True)
class QuotedLine:
    """One line of a return as a quote counts it.

    Attributes:
        line: the order line.
        units: units that are paid for: authorized before anything arrived, what came afterwards.
        resolution: ``refund`` and ``store_credit`` pay; an exchange or repair swaps goods evenly.
        settings: of the line's decision, by name.
        grades: (grade, units) of what was inspected, in the order of inspection.
    """

    line: OrderLine
    units: int
    resolution: str
    fault: Fault
    settings: terms.Settings
    grades: tuple[tuple[str, int], ...] = ()

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
        return terms.word(self.settings, "refund.to", "original_payment")


@dataclass(frozen=True, slots=True)
class Quote:
    """A quote in minor units of ``currency``; ``tax_included_minor`` is part of the total.

    ``takes`` are the base shares (100 %, before deductions) that the quote's units use up.
    """

    currency: str
    components: tuple[Component, ...]
    tax_included_minor: int
    takes: tuple[tuple[int, Consumption], ...] = ()

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
) -> Quote:
    """What a return pays in all.

    Args:
        order: with the money frozen at import.
        rma: tells this return's own refunds in ``ledger`` from those of others.
        lines: the lines that count, denied ones left out.
        ledger: what live refunds have taken of the order.
        allowance_minor: what the order allows this return in all (see :func:`order_allowance`).
        standard_shipping_minor: the shop's standard shipping to that country; None not known.
    """
    paying = [one for one in lines if one.resolution in _PAYING and one.units > 0]
    takes = [(one.line.line, _take(one, rma, ledger)) for one in paying]
    shipping = _shipping(order, rma, paying, takes, ledger, standard_shipping_minor)
    goods: list[Component] = []
    deductions: list[Component] = []
    restocking: list[Component] = []
    tax_included = 0
    for one, (_, take) in zip(paying, takes, strict=True):
        goods += _goods(one, take, order.tax_style)
        less, fees = _graded(one, take, order)
        deductions += less
        restocking += fees
        tax_included += _tax_within(take, less, order.tax_style)
    components = [*goods, *shipping, *deductions, *restocking, *_once(paying, order.currency)]
    components = _cut_fees(components)
    components = _cut_to(components, allowance_minor)
    components += _bonus(paying, components, order.currency)
    kept = tuple(one for one in components if one.amount_minor or one.kind == "items")
    return Quote(order.currency, kept, tax_included, _with_shipping(takes, shipping))


def order_allowance(order: Order, ledger: OrderLedger, own_refunded_minor: int) -> int:
    """What an order allows one return in all: paid in, less all refunds but the return's own.

    Args:
        own_refunded_minor: this return's live refunds without bonus and goodwill.
    """
    paid = min(order.total_minor, order.captured_minor)
    others = ledger.refunded_minor - own_refunded_minor
    return max(0, paid - ledger.external_minor - others)


def _take(one: QuotedLine, rma: str, ledger: OrderLedger) -> Consumption:
    """The base shares of a line's units; those already taken by this return stay as they were."""
    every = ledger.consumed.get(one.line.line, _NOTHING)
    own = ledger.consumed_by_return.get((rma, one.line.line), _NOTHING)
    if one.units <= own.units:
        return Consumption(
            one.units,
            money.round_half_away(own.items_minor * one.units, own.units),
            money.round_half_away(own.tax_minor * one.units, own.units),
        )
    more = min(one.units - own.units, one.line.quantity - every.units)

    def share(total: int, given: int, kept: int) -> int:
        return kept + money.share_of_rest(total, given, more, one.line.quantity, every.units)

    return Consumption(
        one.units,
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
            every[part.line] = replace(take, shipping_minor=part.amount_minor)
    return tuple(every.items())


def _goods(one: QuotedLine, take: Consumption, style: TaxStyle) -> list[Component]:
    parts = [Component("items", one.line.line, take.items_minor, units=take.units)]
    if style is TaxStyle.ON_TOP:
        parts.append(Component("tax", one.line.line, take.tax_minor, units=take.units))
    return parts


def _tax_within(take: Consumption, deductions: Sequence[Component], style: TaxStyle) -> int:
    if style is not TaxStyle.INCLUDED or take.items_minor == 0:
        return 0
    paid = take.items_minor + sum(one.amount_minor for one in deductions)
    return money.round_half_away(take.tax_minor * paid, take.items_minor)


def _graded(
    one: QuotedLine, take: Consumption, order: Order
) -> tuple[list[Component], list[Component]]:
    """What the grades take off, and the restocking fees: a grade's own, else the terms'."""
    value = take.items_minor + (take.tax_minor if order.tax_style is TaxStyle.ON_TOP else 0)
    ungraded = one.units - sum(units for _, units in one.grades)
    groups = [*one.grades, ("", ungraded)] if ungraded > 0 else list(one.grades)
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


def _shipping(
    order: Order,
    rma: str,
    paying: Sequence[QuotedLine],
    takes: Sequence[tuple[int, Consumption]],
    ledger: OrderLedger,
    standard_minor: int | None,
) -> list[Component]:
    """Original shipping as each line's ``refund.original_shipping`` says."""
    parts = []
    is_full = _is_full_return(order, rma, takes, ledger)
    for one, (_, take) in zip(paying, takes, strict=True):
        setting = one.settings.get("refund.original_shipping")
        rule = str(setting.value) if setting else "never"
        share = _shipping_share(one, take, rma, ledger)
        if rule == "standard_only" and standard_minor is not None and order.shipping_minor > 0:
            within = min(standard_minor, order.shipping_minor)
            share = money.round_half_away(share * within, order.shipping_minor)
        elif rule == "never" or (rule == "full_return" and not is_full):
            share = 0
        parts.append(_cited("original_shipping", one.line.line, share, setting))
    if is_full and paying:
        parts += _shipping_of_other_lines(order, rma, paying, ledger)
    return parts


def _shipping_share(
    one: QuotedLine, take: Consumption, rma: str, ledger: OrderLedger
) -> int:
    every = ledger.consumed.get(one.line.line, _NOTHING)
    own = ledger.consumed_by_return.get((rma, one.line.line), _NOTHING)
    given_by_others = every.shipping_minor - own.shipping_minor
    units_of_others = every.units - own.units
    units = min(take.units, one.line.quantity - units_of_others)
    return money.share_of_rest(
        one.line.shipping_minor, given_by_others, units, one.line.quantity, units_of_others
    )


def _is_full_return(
    order: Order, rma: str, takes: Sequence[tuple[int, Consumption]], ledger: OrderLedger
) -> bool:
    """Whether every shipped unit comes back, those refunded under other returns included."""
    back = {line: take.units for line, take in takes}
    for line in order.lines:
        every = ledger.consumed.get(line.line, _NOTHING).units
        own = ledger.consumed_by_return.get((rma, line.line), _NOTHING).units
        if not line.cancelled and back.get(line.line, 0) + every - own < line.shipped_quantity:
            return False
    return True


def _shipping_of_other_lines(
    order: Order, rma: str, paying: Sequence[QuotedLine], ledger: OrderLedger
) -> list[Component]:
    """The shares that earlier returns left behind, once the last unit is back."""
    setting = next(
        (
            found
            for one in paying
            if (found := one.settings.get("refund.original_shipping"))
            and found.value == "full_return"
        ),
        None,
    )
    if setting is None:
        return []
    here = {one.line.line for one in paying}
    parts = []
    for line in order.lines:
        if line.line not in here and not line.cancelled:
            every = ledger.consumed.get(line.line, _NOTHING).shipping_minor
            own = ledger.consumed_by_return.get((rma, line.line), _NOTHING).shipping_minor
            left = line.shipping_minor - every + own
            parts.append(_cited("original_shipping", line.line, left, setting))
    return parts


def _once(paying: Sequence[QuotedLine], currency: str) -> list[Component]:
    """Fees that count once per return: the highest of the lines that owe it."""
    owing = [one for one in paying if not one.is_waived and not one.keeps_item]
    by_bank = [one for one in owing if one.tender == "bank_transfer"]
    parts = []
    for kind, name, lines in (
        ("return_shipping", "fees.return_shipping", owing),
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


def _cut_fees(components: Sequence[Component]) -> list[Component]:
    """Cut fees, the last first, until the total is not below zero."""
    kept = list(components)
    short = -sum(one.amount_minor for one in kept)
    for i in range(len(kept) - 1, -1, -1):
        if short > 0 and kept[i].kind in ("restocking_fee", "return_shipping", "transfer_fee"):
            cut = min(short, -kept[i].amount_minor)
            kept[i] = replace(kept[i], amount_minor=kept[i].amount_minor + cut)
            short -= cut
    return kept


def _cut_to(components: Sequence[Component], allowance_minor: int) -> list[Component]:
    """Cut what is paid back, the last line first, to what the order still allows."""
    kept = list(components)
    over = sum(one.amount_minor for one in kept) - allowance_minor
    for kind in reversed(PAID_BACK):
        for i in range(len(kept) - 1, -1, -1):
            if over > 0 and kept[i].kind == kind:
                cut = min(over, kept[i].amount_minor)
                kept[i] = replace(kept[i], amount_minor=kept[i].amount_minor - cut)
                over -= cut
    return kept


def _bonus(
    paying: Sequence[QuotedLine], components: Sequence[Component], currency: str
) -> list[Component]:
    """The bonus for taking store credit, of the total before it, within its cap."""
    credited = [one for one in paying if one.tender == "store_credit"]
    setting = credited[0].settings.get("store_credit.bonus") if credited else None
    if setting is None:
        return []
    numbers = {one.line.line for one in credited}
    is_whole = len(credited) == len(paying)
    total = sum(
        part.amount_minor for part in components if is_whole or part.line in numbers
    )
    bonus = terms.read_fee(str(setting.value), currency).of(max(0, total), 1)
    cap = credited[0].settings.get("store_credit.bonus_cap")
    if cap is not None and cap.value != "none":
        bonus = min(bonus, terms.read_money(str(cap.value), currency))
    return [_cited("bonus_credit", None, bonus, setting)]
