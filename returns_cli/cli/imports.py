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
        CurrencyOption,
        DateFormatOption,
        DecimalOption,
        DryRunOption,
        EncodingOption,
        FilesArgument,
        ForceOption,
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
    files: FilesArgument,
    mapping: MapOption = None,
    encoding: EncodingOption = None,
    strict: StrictOption = False,
    force: ForceOption = False,
    dry_run: DryRunOption = False,
) -> None:
    """Import customers, their tiers, tags and languages.

    A known customer is brought up to date; what a file has no column for stays as it is known.
    """
    from returns_cli.operations.import_master_data import MasterOptions, import_customers

    call = _call(context)
    options = MasterOptions(map_file=mapping, encoding=encoding, strict=strict, force=force)
    _answer(call, import_customers(call.shop(dry_run=dry_run), call.sources(files), options))


def products(
    context: Context,
    files: FilesArgument,
    mapping: MapOption = None,
    encoding: EncodingOption = None,
    decimal: DecimalOption = None,
    currency: CurrencyOption = None,
    strict: StrictOption = False,
    force: ForceOption = False,
    dry_run: DryRunOption = False,
) -> None:
    """Import products: category, tags such as final-sale, weight, price, flags.

    A known SKU is brought up to date; what a file has no column for stays as it is known.
    """
    from returns_cli.operations.import_master_data import MasterOptions, import_products

    call = _call(context)
    options = MasterOptions(
        map_file=mapping,
        encoding=encoding,
        decimal=decimal,
        currency=currency,
        strict=strict,
        force=force,
    )
    _answer(call, import_products(call.shop(dry_run=dry_run), call.sources(files), options))


def _call(context: Context) -> Invocation:
    from returns_cli.cli.pages.imports import rows_page

    call = invocation_of(context)
    call.renders(rows_page)
    return call


def _answer(call: Invocation, answer: Mapping[str, object]) -> None:
    call.show(answer)
    exit_by_rejects(call, answer)
