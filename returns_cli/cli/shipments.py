"""Commands over parcels, for whoever has a carrier's or a shop's tracking export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from returns_cli.cli.context import invocation_of
from returns_cli.cli.judged import exit_by_rejects

if TYPE_CHECKING:
    from returns_cli.cli.options import (
        ChannelOption,
        CodesOption,
        Context,
        DateFormatOption,
        DryRunOption,
        EncodingOption,
        ForceOption,
        FormatOption,
        MapOption,
        ShipmentFiles,
        StrictOption,
        TimezoneOption,
    )


def import_(
    context: Context,
    files: ShipmentFiles = None,
    source: FormatOption = None,
    mapping: MapOption = None,
    codes: CodesOption = None,
    encoding: EncodingOption = None,
    date_format: DateFormatOption = None,
    timezone: TimezoneOption = None,
    channel: ChannelOption = None,
    strict: StrictOption = False,
    force: ForceOption = False,
    dry_run: DryRunOption = False,
) -> None:
    """Import deliveries and parcel events, of orders and of returns.

    Orders get shipped and delivered dates, returns their first scan. What was decided stays until
    `returns evaluate`. A carrier's list of codes (--codes) is remembered, and may come alone.
    """
    from returns_cli.cli.pages.imports import rows_page
    from returns_cli.operations.import_shipments import ShipmentOptions, import_shipments

    call = invocation_of(context)
    call.renders(rows_page)
    options = ShipmentOptions(
        source_format=source,
        map_file=mapping,
        encoding=encoding,
        date_format=date_format,
        timezone=timezone,
        channel=channel,
        codes=tuple(call.sources(codes or [])),
        strict=strict,
        force=force,
    )
    answer = import_shipments(call.shop(dry_run=dry_run), call.sources(files or []), options)
    call.show(answer)
    exit_by_rejects(call, answer)
