"""Commands of exchanges, for whoever sends replacements and watches what is owed for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from returns_cli.cli.context import invocation_of

if TYPE_CHECKING:
    from returns_cli.cli.money_options import BackByOption, ExchangedLineOption, StillOpenOption
    from returns_cli.cli.options import (
        Context,
        DryRunOption,
        ReferenceOption,
        RmaArgument,
        TrackingOption,
        WhyOption,
    )


def list_(context: Context, open_only: StillOpenOption = False) -> None:
    """List exchanges: what was sent, what is awaited, what customers owe."""
    from returns_cli.cli.pages.exchanges import exchanges_page
    from returns_cli.operations.exchanges import list_exchanges

    call = invocation_of(context)
    call.renders(exchanges_page)
    call.show(list_exchanges(call.shop(), open_only=open_only))


def send(
    context: Context,
    rma: RmaArgument,
    line: ExchangedLineOption = None,
    tracking: TrackingOption = None,
    back_by: BackByOption = None,
    dry_run: DryRunOption = False,
) -> None:
    """Say that the replacement was sent, after the goods came or before.

    Sent before, the goods are awaited: by --back-by, else until the label ends. After that day the
    return is overdue, and `refund` records what the customer owes; nobody is charged.
    """
    from returns_cli.cli.pages.exchanges import exchange_page
    from returns_cli.operations.exchanges import SendRequest, send_replacement

    call = invocation_of(context)
    call.renders(exchange_page)
    request = SendRequest(rma, line, tracking or "", back_by)
    call.show(send_replacement(call.shop(dry_run=dry_run), request, call.confirm))


def paid(
    context: Context,
    rma: RmaArgument,
    reference: ReferenceOption = None,
    dry_run: DryRunOption = False,
) -> None:
    """Say that the customer paid what they owe for an exchange."""
    from returns_cli.cli.pages.exchanges import exchange_page
    from returns_cli.operations.exchanges import close_owed

    call = invocation_of(context)
    call.renders(exchange_page)
    call.show(close_owed(call.shop(dry_run=dry_run), rma, reference=reference or ""))


def waive(
    context: Context, rma: RmaArgument, why: WhyOption = None, dry_run: DryRunOption = False
) -> None:
    """Give up what a customer owes for an exchange; says why."""
    from returns_cli.cli.pages.exchanges import exchange_page
    from returns_cli.operations.exchanges import close_owed

    call = invocation_of(context)
    call.renders(exchange_page)
    call.show(close_owed(call.shop(dry_run=dry_run), rma, waive=why or ""))
