"""A report as JSON-able data, and a table of it as flat rows for a spreadsheet."""

from __future__ import annotations

from typing import Any

from returns_cli.domain.money import format_amount
from returns_cli.insight.report import Cell, Column, Interval, Money, Report, Share, Table

Json = dict[str, Any]

_DIGITS = 6


def report_answer(report: Report) -> Json:
    """A report as ``--json`` has it: each row an object, amounts decimal beside their currency."""
    return {
        "report": report.name,
        "title": report.title,
        "period": {
            "since": report.period.since or None,
            "until": report.period.until,
            "by": report.period.by,
            "as_of": report.period.as_of,
        },
        "filters": dict(report.filters),
        "tables": [_table(one) for one in report.tables],
        "findings": list(report.findings),
        "notes": list(report.notes),
    }


def flat_rows(table: Table) -> tuple[list[str], list[Json]]:
    """A table's columns and rows with one plain value a cell.

    An amount has its currency in a column of its own behind it, a share its part and its whole
    before it, an interval is two columns.
    """
    columns = [name for column in table.columns for name in _flat_names(column)]
    rows = [
        {
            name: value
            for column, cell in zip(table.columns, row, strict=True)
            for name, value in zip(_flat_names(column), _flat(column, cell), strict=True)
        }
        for row in table.rows
    ]
    return columns, rows


def _table(table: Table) -> Json:
    names = [column.name for column in table.columns]
    return {
        "name": table.name,
        "title": table.title,
        "columns": [
            {"name": column.name, "label": column.label, "kind": column.kind}
            for column in table.columns
        ],
        "rows": [dict(zip(names, map(_value, row), strict=True)) for row in table.rows],
        "note": table.note,
        "partial": sorted(table.partial),
    }


def _value(cell: Cell) -> object:
    if isinstance(cell, Money):
        return {
            "amount": format_amount(cell.amount_minor, cell.currency),
            "currency": cell.currency,
        }
    if isinstance(cell, Share):
        return {"part": cell.part, "whole": cell.whole, "rate": _rounded(cell.rate)}
    if isinstance(cell, Interval):
        return {"low": _rounded(cell.low), "high": _rounded(cell.high)}
    return _rounded(cell) if isinstance(cell, float) else cell


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, _DIGITS)


def _flat_names(column: Column) -> tuple[str, ...]:
    name = column.name
    if column.kind == "money":
        return name, f"{name}_currency"
    if column.kind == "share":
        return f"{name}_part", f"{name}_whole", name
    if column.kind == "interval":
        return f"{name}_low", f"{name}_high"
    return (name,)


def _flat(column: Column, cell: Cell) -> tuple[object, ...]:
    value = _value(cell)
    if isinstance(value, dict):
        return tuple(map(_plain, value.values()))
    return (_plain(value), *[None] * (len(_flat_names(column)) - 1))


def _plain(value: object) -> object:
    """A number with a point as text without an exponent; CSV has no other numbers."""
    return f"{value:.{_DIGITS}f}" if isinstance(value, float) else value
