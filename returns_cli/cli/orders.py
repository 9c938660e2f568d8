"""Commands over orders, for whoever exports them from the shop: import, list, show."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from returns_cli.cli.context import Invocation, invocation_of
from returns_cli.cli.judged import exit_by_rejects

if TYPE_CHECKING:
    from pathlib import Path

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
        LimitOption,
        MapOption,
        OrderArgument,
        SniffOption,
        StrictOption,
        TaxOption,
        TimezoneOption,
    )
    from returns_cli.operations.import_orders import ImportOptions


def import_(
    context: Context,
    files: FilesArgument,
    source: FormatOption = None,
    mapping: MapOption = None,
    encoding: EncodingOption = None,
    date_format: DateFormatOption = None,
    decimal: DecimalOption = None,
    currency: CurrencyOption = None,
    timezone: TimezoneOption = None,
    tax: TaxOption = None,
    channel: ChannelOption = None,
    strict: StrictOption = False,
    force: ForceOption = False,
    sniff: SniffOption = False,
    dry_run: DryRunOption = False,
) -> None:
    """Import orders from a shop's export; the format is detected.

    Good orders are committed, refused rows go to outbox/rejects/ with the reason (exit 3). The
    same file again changes nothing. With --sniff nothing is taken: it says what the file is, its
    first orders as understood, and a mapping to start from where no format fits.
    """
    from returns_cli.operations.import_orders import ImportOptions

    call = invocation_of(context)
    options = ImportOptions(
        source_format=source,
        encoding=encoding,
        date_format=date_format,
        decimal=decimal,
        currency=currency,
        timezone=timezone,
        tax=tax,
        channel=channel,
        map_file=mapping,
        strict=strict,
        force=force,
    )
    if sniff:
        _sniff(call, files, options)
        return
    from returns_cli.cli.pages.imports import orders_import_page
    from returns_cli.operations.import_orders import import_orders

    call.renders(orders_import_page)
    answer = import_orders(call.shop(dry_run=dry_run), call.sources(files), options)
    call.show(answer)
    exit_by_rejects(call, answer)


def _sniff(call: Invocation, files: Sequence[Path], options: ImportOptions) -> None:
    from returns_cli.cli.pages.sniff import sniff_page
    from returns_cli.operations.sniff_orders import sniff_orders

    call.renders(sniff_page)
    found = sniff_orders(call.shop_if_any(), call.sources(files), options)
    call.show(found[0] if len(found) == 1 else found)


def list_(context: Context, channel: ChannelOption = None, limit: LimitOption = None) -> None:
    """List orders, newest first."""
    from returns_cli.cli.pages.lists import orders_page
    from returns_cli.operations.list_orders import list_orders

    call = invocation_of(context)
    call.renders(orders_page)
    call.show(list_orders(call.shop(), channel=channel, limit=limit))


def show(context: Context, order: OrderArgument, channel: ChannelOption = None) -> None:
    """Show an order line by line, with what was paid and what may still come back."""
    from returns_cli.cli.pages.lists import order_page
    from returns_cli.operations.list_orders import show_order

    call = invocation_of(context)
    call.renders(order_page)
    call.show(show_order(call.shop(), order, channel=channel))
