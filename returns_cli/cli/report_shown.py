"""Reports in the form that was asked for: a page, JSON, or one table as CSV."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from returns_cli.cli.page import Fields
from returns_cli.cli.pages.report import report_page, table_page
from returns_cli.domain.errors import UsageError
from returns_cli.insight.answer import flat_rows, report_answer
from returns_cli.operations.report.make_report import table_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from returns_cli.cli.context import Invocation
    from returns_cli.insight.report import Report


class Form(NamedTuple):
    """How a report is wanted.

    Attributes:
        table: the name of the one table that is wanted; None for all, in CSV for the first.
        csv: as CSV, whatever the format.
        html: write it as a page as well; ``-`` puts the page on stdout and nothing else.
    """

    table: str | None = None
    csv: bool = False
    html: Path | None = None


def show_report(call: Invocation, report: Report, form: Form) -> None:
    """Print a report, or say where its page lies.

    Raises:
        UsageError: the report has no such table.
        OutputError: the page cannot be written.
    """
    from returns_cli.cli.serial import csv_table

    output = call.output
    is_csv = form.csv or output.format == "csv"
    shown = report
    if form.table is not None or is_csv:
        shown = report._replace(tables=(table_of(report, form.table),))
    if _is_page_alone(call, [report], form.html):
        return
    if is_csv:
        for text in csv_table(*flat_rows(shown.tables[0])):
            output.write_file(text)
        return
    if form.html is None or form.table is not None:
        blocks = output.can_draw
        page = table_page if form.table is not None else report_page
        call.renders(lambda _: page(shown, width=output.width, blocks=blocks))
    call.show(report_answer(shown))


def show_all(call: Invocation, reports: Sequence[Report], html: Path | None) -> None:
    """Print all reports, or say where their page lies.

    Raises:
        UsageError: CSV, which holds one table.
        OutputError: the page cannot be written.
    """
    output = call.output
    if output.format == "csv":
        raise UsageError(
            "E-USAGE-TABLE",
            "CSV holds one table, and these are many.",
            where="--format csv",
            hint="Name the report: `returns report reasons --csv`.",
        )
    if _is_page_alone(call, reports, html):
        return
    if html is None:
        width, blocks = output.width, output.can_draw
        call.renders(
            lambda _: [
                piece for one in reports for piece in report_page(one, width=width, blocks=blocks)
            ]
        )
    call.show([report_answer(one) for one in reports])


def _is_page_alone(call: Invocation, reports: Sequence[Report], html: Path | None) -> bool:
    """Write the page where one is wanted; whether it went to stdout and nothing else may."""
    from returns_cli.operations.report.write_page import page_text, write_page

    if html is None:
        return False
    if str(html) == "-":
        call.output.write_file(page_text(call.shop(), reports))
        return True
    write_page(call.shop(), reports, html)
    call.renders(lambda _: [Fields([("Page", str(html))])])
    return False
