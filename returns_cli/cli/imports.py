"""Commands that read other files in: requests, customers, products."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from returns_cli.cli.context import Invocation, invocation_of
from returns_cli.cli.judged import exit_by_rejects

if TYPE_CHECKING:
    from returns_cli.cli.options import (
        ChannelOption,
        Context,
        DateFormatOption,
        DryRunOption,
        EncodingOption,
        FileArgument,
        FilesArgument,
        FormatOption,
        MapOption,
        StrictOption,
        TimezoneOption,
    )


def requests(
    context: Context,
    files: FilesArgument,
    source: FormatOption = None,
    mapping: MapOption = None,
    encoding: EncodingOption = None,
    date_format: DateFormatOption = None,
    timezone: TimezoneOption = None,
    channel: ChannelOption = None,
    strict: StrictOption = False,
    dry_run: DryRunOption = False,
) -> None:
    """Open returns from files of requests; `returns evaluate --all` judges them.

    Reads our own columns and Amazon's returns reports; goods that Amazon took back are received
    and graded at once. A row has a key, and the same row again changes nothing.
    """
    from returns_cli.operations.import_requests import RequestOptions, import_requests

    call = _call(context)
    options = RequestOptions(
        source_format=source,
        map_file=mapping,
        encoding=encoding,
        date_format=date_format,
        timezone=timezone,
        channel=channel,
        strict=strict,
    )
    _answer(call, import_requests(call.shop(dry_run=dry_run), call.sources(files), options))


def customers(
    context: Context,
    file: FileArgument,
    mapping: MapOption = None,
    strict: StrictOption = False,
    dry_run: DryRunOption = False,
) -> None:
    """Import customers, their tiers and tags; a known customer is brought up to date."""
    from returns_cli.operations.import_master_data import import_customers

    call = _call(context)
    shop, source = call.shop(dry_run=dry_run), call.source(file)
    _answer(call, import_customers(shop, source, strict=strict, map_file=mapping))


def products(
    context: Context,
    file: FileArgument,
    mapping: MapOption = None,
    strict: StrictOption = False,
    dry_run: DryRunOption = False,
) -> None:
    """Import products, their tags and facts; a known SKU is brought up to date."""
    from returns_cli.operations.import_master_data import import_products

    call = _call(context)
    shop, source = call.shop(dry_run=dry_run), call.source(file)
    _answer(call, import_products(shop, source, strict=strict, map_file=mapping))


def _call(context: Context) -> Invocation:
    from returns_cli.cli.pages.imports import rows_page

    call = invocation_of(context)
    call.renders(rows_page)
    return call


def _answer(call: Invocation, answer: Mapping[str, object]) -> None:
    call.show(answer)
    exit_by_rejects(call, answer)
