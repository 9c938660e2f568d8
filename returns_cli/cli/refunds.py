"""Commands over recorded refunds, for whoever pays them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from returns_cli.cli.context import invocation_of
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
        FormatOption,
        InDoubtOption,
        LimitOption,
        MapOption,
        OfReturnOption,
        PublishedOption,
        ReferenceOption,
        RefundArgument,
        RefundOfOrderOption,
        RefundStateOption,
        StrictOption,
        TimezoneOption,
        WhyOption,
    )


def list_(
    context: Context,
    state: RefundStateOption = None,
    rma: OfReturnOption = None,
    order: RefundOfOrderOption = None,
    limit: LimitOption = None,
) -> None:
    """List recorded refunds, oldest first."""
    from returns_cli.cli.pages.money import refunds_page
    from returns_cli.operations.move_refund import RefundsWanted, list_refunds

    call = invocation_of(context)
    call.renders(refunds_page)
    call.show(list_refunds(call.shop(), RefundsWanted(state, rma, order, limit)))


def show(context: Context, refund: RefundArgument) -> None:
    """Show a refund."""
    from returns_cli.cli.pages.money import refund_page
    from returns_cli.operations.move_refund import show_refund

    call = invocation_of(context)
    call.renders(refund_page)
    call.show(show_refund(call.shop(), refund))


def confirm(
    context: Context,
    refund: RefundArgument,
    reference: ReferenceOption = None,
    dry_run: DryRunOption = False,
) -> None:
    """Say that a submitted refund was paid; the provider's reference is kept."""
    from returns_cli.cli.pages.money import refund_page
    from returns_cli.operations.move_refund import confirm_refund

    call = invocation_of(context)
    call.renders(refund_page)
    call.show(confirm_refund(call.shop(dry_run=dry_run), refund, reference))


def fail(
    context: Context,
    refund: RefundArgument,
    why: WhyOption = None,
    in_doubt: InDoubtOption = False,
    dry_run: DryRunOption = False,
) -> None:
    """Say that a submitted refund was not paid; its amount is owed again.

    With --in-doubt nobody knows yet: it counts as paid until `confirm` or `fail` says more.
    """
    from returns_cli.cli.pages.money import refund_page
    from returns_cli.operations.move_refund import doubt_refund, fail_refund

    call = invocation_of(context)
    call.renders(refund_page)
    move = doubt_refund if in_doubt else fail_refund
    call.show(move(call.shop(dry_run=dry_run), refund, why or ""))


def reverse(
    context: Context,
    refund: RefundArgument,
    why: WhyOption = None,
    dry_run: DryRunOption = False,
) -> None:
    """Undo a refund by an opposite entry; nothing is ever deleted."""
    from returns_cli.cli.pages.money import refund_page
    from returns_cli.operations.move_refund import reverse_refund

    call = invocation_of(context)
    call.renders(refund_page)
    call.show(reverse_refund(call.shop(dry_run=dry_run), refund, why or ""))


def export(
    context: Context,
    state: RefundStateOption = None,
    target: PublishedOption = None,
    dry_run: DryRunOption = False,
) -> None:
    """Write refunds as CSV, or JSON lines with --json: for paying many, or for the books."""
    from returns_cli.cli.pages.money import exported_refunds_page
    from returns_cli.cli.schemas.records import REFUND_COLUMNS
    from returns_cli.cli.serial import csv_text, row_text
    from returns_cli.operations.move_refund import RefundsWanted, export_refunds, list_refunds

    call = invocation_of(context)
    call.renders(exported_refunds_page)
    shop, wanted = call.shop(dry_run=dry_run), RefundsWanted(state)
    rows = list_refunds(shop, wanted)
    if target is None:
        call.output.format = "csv" if call.output.format == "table" else call.output.format
        call.output.columns_of_none = REFUND_COLUMNS
        call.show(rows)
        return
    is_json = target.suffix in (".json", ".jsonl")
    table = csv_text(rows, REFUND_COLUMNS)
    text = "".join(f"{row_text(one)}\n" for one in rows) if is_json else table
    call.show(export_refunds(shop, wanted, target, text))


def reconcile(
    context: Context,
    files: FilesArgument,
    source: FormatOption = None,
    mapping: MapOption = None,
    encoding: EncodingOption = None,
    date_format: DateFormatOption = None,
    decimal: DecimalOption = None,
    currency: CurrencyOption = None,
    timezone: TimezoneOption = None,
    channel: ChannelOption = None,
    strict: StrictOption = False,
    dry_run: DryRunOption = False,
) -> None:
    """Compare a provider's statement with the refunds, and confirm those that it has.

    Found are refunds by their reference, else by order and amount where no other fits. What is
    missing, in doubt, paid twice or of another amount is told: a person decides.
    """
    from returns_cli.cli.pages.reconcile import reconciled_page
    from returns_cli.operations.reconcile_refunds import ReconcileOptions, reconcile_refunds

    call = invocation_of(context)
    call.renders(reconciled_page)
    options = ReconcileOptions(
        source_format=source,
        map_file=mapping,
        encoding=encoding,
        date_format=date_format,
        decimal=decimal,
        currency=currency,
        timezone=timezone,
        channel=channel,
        strict=strict,
    )
    answer = reconcile_refunds(call.shop(dry_run=dry_run), call.sources(files), options)
    call.show(answer)
    exit_by_rejects(call, answer)
