"""Commands that hand the shop's data to people's own tools."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from returns_cli.cli.context import invocation_of

if TYPE_CHECKING:
    from returns_cli.cli.context import Invocation
    from returns_cli.cli.export_options import (
        ExportFileOption,
        ExportFolderOption,
        RawOption,
        RedactOption,
        TablesArgument,
    )
    from returns_cli.cli.options import Context, DryRunOption
    from returns_cli.operations.export_data import Export
    from returns_cli.operations.return_view import Json

    Writer = Callable[[Sequence[str], Iterable[Json]], Iterator[str]]


def csv(
    context: Context,
    tables: TablesArgument = None,
    folder: ExportFolderOption = None,
    redact: RedactOption = False,
    raw: RawOption = False,
    dry_run: DryRunOption = False,
) -> None:
    """Write what the shop knows as CSV files, a table each; one table alone goes to stdout.

    Cells that a spreadsheet would run as a formula are quoted; --raw leaves them.
    """
    from returns_cli.cli.serial import csv_table
    from returns_cli.operations.export_data import Export

    def write(columns: Sequence[str], rows: Iterable[Json]) -> Iterator[str]:
        return csv_table(columns, rows, raw=raw)

    wanted = Export("csv", tuple(tables or ()), redact, folder)
    _export(invocation_of(context), wanted, write, dry_run=dry_run)


def jsonl(
    context: Context,
    tables: TablesArgument = None,
    folder: ExportFolderOption = None,
    redact: RedactOption = False,
    dry_run: DryRunOption = False,
) -> None:
    """Write what the shop knows as JSON lines, a table each; one table alone goes to stdout."""
    from returns_cli.cli.serial import json_text
    from returns_cli.operations.export_data import Export

    def write(_columns: Sequence[str], rows: Iterable[Json]) -> Iterator[str]:
        return (f"{json_text(row)}\n" for row in rows)

    wanted = Export("jsonl", tuple(tables or ()), redact, folder)
    _export(invocation_of(context), wanted, write, dry_run=dry_run)


def sqlite(
    context: Context,
    tables: TablesArgument = None,
    target: ExportFileOption = None,
    redact: RedactOption = False,
    dry_run: DryRunOption = False,
) -> None:
    """Write what the shop knows as one SQLite file, amounts in minor units."""
    from returns_cli.cli.pages.export import export_page
    from returns_cli.operations.export_data import Export, export_sqlite

    call = invocation_of(context)
    call.renders(export_page)
    wanted = Export("sqlite", tuple(tables or ()), redact, target)
    call.show(export_sqlite(call.shop(dry_run=dry_run), wanted), dry_run=dry_run)


def _export(call: Invocation, wanted: Export, write: Writer, *, dry_run: bool) -> None:
    from returns_cli.cli.pages.export import export_page
    from returns_cli.operations.export_data import export_files, export_text

    shop = call.shop(dry_run=dry_run)
    if len(wanted.tables) == 1 and wanted.place is None:
        for text in export_text(shop, wanted, write):
            call.output.write_file(text)
        return
    call.renders(export_page)
    call.show(export_files(shop, wanted, write), dry_run=dry_run)
