"""Cells of a report as people read them on a page: amounts, percentages, days, periods.

Babel writes amounts and dates, so this is imported only where a page is made.
"""

from __future__ import annotations

from datetime import date
from math import isfinite

from returns_cli.insight.report import Cell, Column, ColumnKind, Interval, Money, Share

NOTHING = "–"
_MINUS = "\u2212"
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_THOUSANDS = ((10**9, "bn"), (10**6, "m"), (10**3, "k"))
FIGURES: frozenset[ColumnKind] = frozenset(
    ("count", "money", "share", "interval", "rate", "number", "days")
)


def cell_text(cell: Cell, column: Column, locale: str) -> str:
    """One cell as text.

    Args:
        cell: of the column's kind, or none.
        locale: CLDR name, for amounts and dates.

    >>> cell_text(Share(3, 40), Column("rate", "Rate", "share"), "en")
    '7.5%'
    >>> cell_text(Money("JPY", -6010), Column("paid", "Paid", "money"), "en")
    '−¥6,010'
    """
    if isinstance(cell, Money):
        return money(cell, locale)
    if isinstance(cell, Share):
        return NOTHING if cell.rate is None else percentage(cell.rate)
    if isinstance(cell, Interval):
        return interval(cell)
    if cell is None or cell == "":
        return NOTHING
    if isinstance(cell, str):
        return _word(cell, column.kind, locale)
    return _number(cell, column.kind)


def _word(text: str, kind: ColumnKind, locale: str) -> str:
    if kind == "word":
        return text[:1].upper() + text[1:].replace("_", " ")
    if kind == "period":
        return period(text)
    return day(text, locale) if kind == "day" else text


def _number(value: float, kind: ColumnKind) -> str:
    if not isfinite(value):
        return NOTHING
    if kind == "rate":
        return percentage(value)
    if isinstance(value, int):
        return signed(f"{value:,}")
    return signed(f"{value:,.1f}" if kind == "days" else f"{value:,.4g}")


def money(amount: Money, locale: str) -> str:
    """An amount with all decimals of its currency."""
    from returns_cli.messages.formats import money_text

    return signed(money_text(amount.amount_minor, amount.currency, locale))


def percentage(rate: float) -> str:
    """A rate with one decimal; what is not nothing never reads as nothing, nor as all.

    >>> [percentage(one) for one in (0.075, 0.0001, 0.0, 0.9999, 1.0, -0.02)]
    ['7.5%', '<0.1%', '0.0%', '>99.9%', '100.0%', '−2.0%']
    """
    written = f"{100 * rate:.1f}"
    if written in ("0.0", "-0.0"):
        written = "0.0" if rate == 0 else "<0.1"
    elif written == "100.0" and rate < 1:
        written = ">99.9"
    return f"{signed(written)}%"


def interval(bounds: Interval) -> str:
    """The bounds of a rate.

    >>> interval(Interval(0.0255, 0.112))
    '2.5–11.2%'
    """
    return f"{100 * bounds.low:.1f}–{100 * bounds.high:.1f}%"


def period(name: str) -> str:
    """A month or a week.

    >>> period("2026-03"), period("2026-W12")
    ('Mar 2026', 'W12 2026')
    """
    year, _, rest = name.partition("-")
    if rest.isdigit() and 1 <= int(rest) <= len(_MONTHS):
        return f"{_MONTHS[int(rest) - 1]} {year}"
    return f"{rest} {year}" if rest.startswith("W") else name


def day(text: str, locale: str, *, style: str = "medium") -> str:
    """An ISO 8601 date, with its month in letters; anything else stands as it is."""
    from returns_cli.messages.formats import date_text

    try:
        return date_text(date.fromisoformat(text[:10]), locale, style=style)
    except ValueError:
        return text


def signed(figure: str) -> str:
    """A figure with a real minus sign, which stands as wide as a digit."""
    return figure.replace("-", _MINUS)


def tick(value: float, kind: ColumnKind) -> str:
    """A round figure of an axis.

    >>> tick(2500, "money"), tick(0.05, "share")
    ('2.5k', '5%')
    >>> tick(1200000, "count"), tick(0.25, "number")
    ('1.2m', '0.25')
    """
    if kind in ("share", "rate", "interval"):
        return signed(f"{100 * value:.6g}%")
    for size, letter in _THOUSANDS:
        if abs(value) >= size:
            return signed(f"{value / size:.6g}{letter}")
    return signed(f"{value:.6g}")


def rounded(value: float, kind: ColumnKind = "number") -> str:
    """A figure with three digits, for where there is room for no more; rates as everywhere.

    >>> rounded(1234567), rounded(-0.0), rounded(0.0753, "share")
    ('1.23m', '0', '7.5%')
    """
    if kind in ("share", "rate"):
        return percentage(value)
    return tick(float(f"{value:.3g}") + 0.0, kind)
