"""What a return pays, component by component.

The one calculation behind ``quote``, ``refund`` and the review limit of a policy. It reads the
settings of a decision, the money frozen with the order, and what earlier refunds have taken.

The order of the components is the order of the arithmetic: goods, tax, shipping, what the grades
take off, fees, and a bonus on what is left. They sum to the total, which is never below zero; all
but the bonus stay within what the order still allows (I5), and within what a line still allows of
which the source says that money was given back (I3).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from returns_cli.domain import money, terms
from returns_cli.domain.model import Component, Order, OrderLine, Setting
from returns_cli.domain.record import Consumption, OrderLedger
from returns_cli.domain.shipping import original_shipping
from returns_cli.domain.tenders import ORIGINAL
from returns_cli.domain.vocabulary import Fault, TaxStyle

PAID_BACK = ("items", "tax", "original_shipping")
UNCAPPED = ("bonus_credit", "goodwill")
_PAYING = ("refund", "store_credit")
_NOTHING = Consumption()


class QuotedLine(NamedTuple):
    """One line of a return as a quote counts it.

    Attributes:
        line: the order line.
        units: units that are paid for: authorized before anything arrived, what came afterwards.
        resolution: ``refund`` and ``store_credit`` pay; an exchange or repair swaps goods evenly.
        settings: of the line's decision, by name.
        grades: (grade, units) of what was inspected, in the order of inspection.
        original: the tender that ``original_payment`` means for the order.
    """

    line: OrderLine
    units: int
    resolution: str
    fault: Fault
    settings: terms.Settings
    grades: tuple[tuple[str, int], ...] = ()
    original: str = ORIGINAL

    @property
    def is_paying(self) -> bool:
        """Whether the line pays anything: an exchange or a repair swaps goods evenly."""
        return self.resolution in _PAYING and self.units > 0

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
    taken = [(one, _take(one, rma, ledger)) for one in lines if one.is_paying]
    taken = [(one._replace(units=take.units), take) for one, take in taken if take.units > 0]
    if not taken:
        return Quote(order.currency, (), 0)
    paying = [one for one, _ in taken]
    takes = [(one.line.line, take) for one, take in taken]
    units = {line: take.units for line, take in takes}
    shipping = original_shipping(order, rma, paying, units, ledger, standard_shipping_minor)
    goods: list[Component] = []
    deductions: list[Component] = []
    restocking: list[Component] = []
    for one, take in taken:
        goods += _goods(one, take, order.tax_style)
        less, fees = _graded(one, take, order)
        deductions += less
        restocking += fees
    components = [*goods, *shipping, *deductions, *restocking, *_once(paying, order.currency)]
    components = _cut_lines(components, order, rma, ledger)
    components = _cut_fees(components)
    components = _cut_to(components, allowance_minor)
    tax_included = _tax_within(takes, components, order.tax_style)
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


def _tax_within(
    takes: Sequence[tuple[int, Consumption]], components: Sequence[Component], style: TaxStyle
) -> int:
    """The tax in what is paid for goods, where prices hold their tax."""
    if style is not TaxStyle.INCLUDED:
        return 0
    within = 0
    for line, take in takes:
        if take.items_minor > 0:
            paid = sum(one.amount_minor for one in components if _is_goods_of(one, line))
            within += money.round_half_away(take.tax_minor * paid, take.items_minor)
    return within


def _is_goods_of(part: Component, line: int | None) -> bool:
    return part.line == line and part.kind in ("items", "tax", "condition_deduction")


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


def _cut_lines(
    components: Sequence[Component], order: Order, rma: str, ledger: OrderLedger
) -> list[Component]:
    """Cut what a line pays back to what was paid for it less what was given back outside.

    Shipping goes first; goods and their tax are cut alike, since the source does not tell them
    apart. Of goods that come back damaged no more is taken off than is left to pay.
    """
    kept = list(components)
    lines = {one.line: one for one in order.lines}
    for number, external_minor in ledger.external_lines.items():
        others = sum(
            minor
            for (other, line), minor in ledger.paid_back.items()
            if line == number and other != rma
        )
        over = sum(one.amount_minor for one in kept if one.line == number and one.kind in PAID_BACK)
        over -= max(0, _paid(order, lines[number]) - external_minor - others)
        over -= _shrink(kept, "original_shipping", number, over)
        parts = {one.kind: one.amount_minor for one in kept if one.line == number}
        kinds = ("items", "tax")
        for kind, cut in zip(
            kinds,
            money.allocate(max(0, over), [parts.get(kind, 0) for kind in kinds]),
            strict=True,
        ):
            _shrink(kept, kind, number, cut)
        goods = sum(one.amount_minor for one in kept if _is_goods_of(one, number))
        _shrink(kept, "condition_deduction", number, -goods)
    return kept


def _shrink(components: list[Component], kind: str, line: int, by_minor: int) -> int:
    """Bring a line's parts of one kind nearer to zero, the last first; how much that came to."""
    left = max(0, by_minor)
    for i in range(len(components) - 1, -1, -1):
        part = components[i]
        if (part.kind, part.line) == (kind, line):
            cut = min(left, abs(part.amount_minor))
            less = part.amount_minor - cut if part.amount_minor > 0 else part.amount_minor + cut
            components[i] = part._replace(amount_minor=less)
            left -= cut
    return max(0, by_minor) - left


def _paid(order: Order, line: OrderLine) -> int:
    on_top = line.tax_minor if order.tax_style is TaxStyle.ON_TOP else 0
    return line.items_minor + line.shipping_minor + on_top


def _cut_fees(components: Sequence[Component]) -> list[Component]:
    """Cut fees, the last first, until the total is not below zero."""
    kept = list(components)
    short = -sum([one.amount_minor for one in kept])
    if short <= 0:
        return kept
    for i in range(len(kept) - 1, -1, -1):
        if short > 0 and kept[i].kind in ("restocking_fee", "return_shipping", "transfer_fee"):
            cut = min(short, -kept[i].amount_minor)
            kept[i] = kept[i]._replace(amount_minor=kept[i].amount_minor + cut)
            short -= cut
    return kept


def _cut_to(components: Sequence[Component], allowance_minor: int) -> list[Component]:
    """Cut what is paid back, the last line first, to what the order still allows.

    Goods are never cut below what their grades take off.
    """
    kept = list(components)
    over = sum([one.amount_minor for one in kept]) - allowance_minor
    if over <= 0:
        return kept
    for kind in reversed(PAID_BACK):
        for i in range(len(kept) - 1, -1, -1):
            if over > 0 and kept[i].kind == kind:
                part = kept[i]
                room = part.amount_minor
                if kind != "original_shipping":
                    worth = [one for one in kept if _is_goods_of(one, part.line)]
                    room = min(room, sum(one.amount_minor for one in worth))
                cut = min(over, room)
                kept[i] = part._replace(amount_minor=part.amount_minor - cut)
                over -= cut
    return kept


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
