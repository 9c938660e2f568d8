"""Replacements that were sent before the goods came: the last day for these, and what is owed."""

from __future__ import annotations

from datetime import date

from returns_cli.domain import money
from returns_cli.domain.exchange import swap_line
from returns_cli.domain.quote import QuotedLine
from returns_cli.domain.record import Consumption, ReturnRecord


def _missing(record: ReturnRecord) -> dict[int, tuple[int, str]]:
    """Units by line for which others were sent and that have not come, and their last day."""
    found: dict[int, tuple[int, str]] = {}
    for sent in record.replacements:
        units = sum(one.quantity for one in record.replacements if one.line == sent.line)
        missing = units - record.received(sent.line)
        if sent.back_by is not None and missing > 0:
            found[sent.line] = (missing, sent.back_by)  # the last one's day holds
    return found


def awaited_by(record: ReturnRecord) -> str | None:
    """The earliest day by which goods must come whose replacement was sent; None for none."""
    return min((day for _, day in _missing(record).values()), default=None)


def is_late(record: ReturnRecord, today: date) -> bool:
    """Whether goods whose replacement was sent should have come by now."""
    day = awaited_by(record)
    return day is not None and day < today.isoformat()


def late_minor(record: ReturnRecord, lines: tuple[QuotedLine, ...], today: date) -> int:
    """What the customer owes for replacements whose goods did not come in time: their whole cost.

    Args:
        lines: of the return, as a quote counts them.
    """
    missing = _missing(record)
    owed = 0
    for one in lines:
        units, day = missing.get(one.line.line, (0, ""))
        if units and day < today.isoformat():
            paid = Consumption(
                units,
                money.round_half_away(one.line.items_minor * units, one.line.quantity),
                money.round_half_away(one.line.tax_minor * units, one.line.quantity),
            )
            swap, _ = swap_line(
                one.line,
                paid,
                one.exchange_sku,
                one.exchange_price_minor,
                record.order.tax_style,
            )
            owed += swap.cost_minor
    return owed
