"""What a return pays, part by part, each with its sum and the line of the policy behind it.

A sum is told only where it comes to the very amount of the quote: what was cut, or shared between
returns, says so instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from returns_cli.domain import money, terms
from returns_cli.domain.model import Component, Order, OrderLine, Setting
from returns_cli.domain.quote import Quote, QuotedLine
from returns_cli.domain.vocabulary import TaxStyle


class Told(NamedTuple):
    """A component with the words for how it came about."""

    component: Component
    how: str


def explain_amounts(quote: Quote, lines: Sequence[QuotedLine], order: Order) -> tuple[Told, ...]:
    """Each component of a quote with its arithmetic.

    Args:
        lines: what was quoted; refunds of other returns may have left less.
        order: whose frozen amounts are shared.
    """
    by_line = {one.line.line: one for one in lines}
    return tuple(Told(one, _how(one, quote, by_line, order)) for one in quote.components)


def amount_lines(quote: Quote, told: Sequence[Told]) -> Iterator[str]:
    """The components as lines of text, and their sum."""
    yield "What it pays:"
    for part, how in told:
        amount = money.format_amount(part.amount_minor, quote.currency)
        of_line = "" if part.line is None else f" of line {part.line}"
        by = f", by {part.rule}" if part.rule else ""
        at = f"  ({part.at})" if part.at else ""
        said = f": {how}" if how else ""
        yield f"  {amount:>10} {part.kind.replace('_', ' ')}{of_line}{said}{by}{at}"
    total = money.format_amount(quote.total_minor, quote.currency)
    yield f"  {total:>10} {quote.currency} in all{_sum(quote)}"


def _sum(quote: Quote) -> str:
    """The parts put together; nothing where there is only one."""
    parts = [one.amount_minor for one in quote.components]
    if len(parts) < 2:
        return ""
    said = ""
    for minor in parts:
        sign = " - " if minor < 0 else " + "
        said += (sign if said else "") + money.format_amount(abs(minor), quote.currency)
    return f" = {said}"


def _how(part: Component, quote: Quote, lines: Mapping[int, QuotedLine], order: Order) -> str:
    line = lines.get(part.line) if part.line is not None else None
    if line is not None and line.is_exchanged and part.kind in ("items", "tax"):
        return "what the exchange leaves of it"
    if part.kind == "promotion_clawback":
        return _promotion(part)
    if part.kind in ("items", "tax", "original_shipping"):
        return _share(part, line, order)
    if part.kind in ("condition_deduction", "restocking_fee"):
        return _of_goods(part, quote, line, order) if line is not None else ""
    if part.kind in ("return_shipping", "transfer_fee"):
        return _once(part, quote, lines)
    if part.kind == "bonus_credit":
        return _bonus(part, quote, lines)
    return ""


def _promotion(part: Component) -> str:
    if part.amount_minor > 0:
        return "taken back before, and given back now"
    return "too little is kept for the promotion"


def _share(part: Component, line: QuotedLine | None, order: Order) -> str:
    """How much of what was paid for a line: goods and tax by the unit, shipping as a share.

    A full return pays the shipping of lines that came back with earlier ones too.
    """
    frozen = line.line if line is not None else _line_of(order, part.line)
    if frozen is None:
        return ""
    paid = {
        "items": frozen.items_minor,
        "tax": frozen.tax_minor,
        "original_shipping": frozen.shipping_minor,
    }[part.kind]
    text = money.format_amount(paid, order.currency)
    if part.kind == "original_shipping":
        return f"of {text} paid for its delivery"
    unit = "unit" if part.units == 1 else "units"
    if part.units == frozen.quantity and part.amount_minor == paid:
        return f"all {part.units} {unit}" if part.units > 1 else "the whole line"
    return f"{part.units} {unit} of {frozen.quantity}, of {text}"


def _line_of(order: Order, number: int | None) -> OrderLine | None:
    return next((one for one in order.lines if one.line == number), None)


def _of_goods(part: Component, quote: Quote, line: QuotedLine, order: Order) -> str:
    """A percentage of the goods of some grades, or an amount for each of their units."""
    groups = _groups(part, quote, line, order)
    setting = _setting(part, line)
    if setting is None or not isinstance(setting.value, str):
        return ""
    worth = sum(value for _, _, value in groups)
    units = sum(count for _, count, _ in groups)
    fee = terms.read_fee(setting.value, quote.currency)
    graded = ", ".join(dict.fromkeys(grade for grade, _, _ in groups if grade))
    grades = f" ({graded})" if graded else ""
    base = money.format_amount(worth, quote.currency)
    if part.kind == "condition_deduction":
        less = worth - money.percent_of(worth, fee.basis_points)
        said = f"{setting.value} of {base} is paid{grades}"
        return said if -part.amount_minor == less else f"{said}, at most what is left"
    full = fee.of(worth, units)
    if fee.basis_points:
        said = f"{setting.value} of {base}{grades}"
    else:
        each = money.format_amount(fee.amount_minor, quote.currency)
        said = f"{units} × {each}{grades}"
    cut = money.format_amount(full, quote.currency)
    is_cut = -part.amount_minor != full
    return f"{said} = {cut}, cut so that nothing is owed" if is_cut else said


def _groups(
    part: Component, quote: Quote, line: QuotedLine, order: Order
) -> list[tuple[str, int, int]]:
    """(grade, units, worth) of the goods that a deduction or fee is taken of.

    They are shared as the quote shares them: by units, equal remainders to the first.
    """
    number = line.line.line
    units = sum(one.units for one in quote.components if one.kind == "items" and one.line == number)
    value = sum(
        one.amount_minor
        for one in quote.components
        if one.line == number
        and (one.kind == "items" or (one.kind == "tax" and order.tax_style is TaxStyle.ON_TOP))
    )
    grades = () if line.keeps_item else line.grades
    rest = units - sum(count for _, count in grades)
    groups = [*grades, ("", rest)] if rest > 0 else list(grades)
    worth = money.allocate(value, [count for _, count in groups])
    every = [(grade, count, share) for (grade, count), share in zip(groups, worth, strict=True)]
    if part.kind == "condition_deduction":
        return [one for one in every if _refund_at(one[0], line) == part.at]
    return [one for one in every if _fee_at(one[0], line) == part.at]


def _refund_at(grade: str, line: QuotedLine) -> str | None:
    setting = line.settings.get(f"inspection.{grade}.refund")
    return setting.at if setting is not None else None


def _fee_at(grade: str, line: QuotedLine) -> str | None:
    own = line.settings.get(f"inspection.{grade}.restocking") if grade else None
    setting = own or line.settings.get("fees.restocking")
    return setting.at if setting is not None else None


def _setting(part: Component, line: QuotedLine) -> Setting | None:
    """The setting that a deduction or fee of a line rests on."""
    ends = (".refund",) if part.kind == "condition_deduction" else (".restocking",)
    return next(
        (one for one in line.settings.values() if one.at == part.at and one.name.endswith(ends)),
        None,
    )


def _once(part: Component, quote: Quote, lines: Mapping[int, QuotedLine]) -> str:
    name = "fees.return_shipping" if part.kind == "return_shipping" else "fees.transfer"
    full = max(
        (terms.fee(one.settings, name, quote.currency).amount_minor for one in lines.values()),
        default=0,
    )
    if -part.amount_minor < full:
        text = money.format_amount(full, quote.currency)
        return f"once per return, {text} cut so that nothing is owed"
    return "once per return"


def _bonus(part: Component, quote: Quote, lines: Mapping[int, QuotedLine]) -> str:
    """The bonus of what it is taken of; its cap where that decided."""
    credited = [one for one in lines.values() if one.tender == "store_credit"]
    setting = next(
        (
            one.settings["store_credit.bonus"]
            for one in credited
            if one.settings.get("store_credit.bonus") is not None
            and one.settings["store_credit.bonus"].at == part.at
        ),
        None,
    )
    if setting is None or not isinstance(setting.value, str):
        return ""
    base = quote.capped_minor
    full = terms.read_fee(setting.value, quote.currency).of(base, 1)
    text = f"{setting.value} of {money.format_amount(base, quote.currency)}"
    if full == part.amount_minor:
        return text
    cap = terms.word(credited[0].settings, "store_credit.bonus_cap", "none")
    return f"{setting.value}, at most {cap}" if cap != "none" else f"{setting.value} of its part"
