"""A report in the form that was asked for: a page, JSON, or one of its tables as CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING

from returns_cli.cli.pages.report import report_page, table_page
from returns_cli.insight.answer import flat_rows, report_answer
from returns_cli.operations.report.make_report import table_of

if TYPE_CHECKING:
    from returns_cli.cli.context import Invocation
    from returns_cli.insight.report import Report


def show_report(call: Invocation, report: Report, table: str | None, *, csv: bool) -> None:
    """Print a report.

    Args:
        call: where to.
        report: all of it.
        table: the name of the one table that is wanted; None for all, in CSV for the first.
        csv: as CSV, whatever the format.

    Raises:
        UsageError: the report has no such table.
    """
    from returns_cli.cli.serial import csv_table

    output = call.output
    if table is not None or csv or output.format == "csv":
        report = report._replace(tables=(table_of(report, table),))
    if csv or output.format == "csv":
        for text in csv_table(*flat_rows(report.tables[0])):
            output.write_file(text)
        return
    blocks = output.can_draw
    page = table_page if table is not None else report_page
    call.renders(lambda _: page(report, width=output.width, blocks=blocks))
    call.show(report_answer(report))
