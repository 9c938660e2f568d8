"""Commands of money, for the merchant and the nightly job: quote, refund."""

from __future__ import annotations

from typing import TYPE_CHECKING

from returns_cli.cli.context import Invocation, invocation_of
from returns_cli.domain.errors import UsageError

if TYPE_CHECKING:
    from returns_cli.cli.money_options import (
        AmountOption,
        DueOption,
        GoodwillOption,
        PaidOption,
        TenderOption,
        WhatIfOption,
    )
    from returns_cli.cli.options import (
        Context,
        DryRunOption,
        KeyOption,
        OptionalRma,
        RmaArgument,
        WhyOption,
    )


def quote(context: Context, rma: RmaArgument, what_if: WhatIfOption = None) -> None:
    """Show what a return pays, part by part, each with the policy's line.

    With --what-if as if goods were found in a grade, judged as they would be; nothing is written.
    """
    from returns_cli.cli.pages.money import quote_page
    from returns_cli.operations.show_return import quote_of_return

    call = invocation_of(context)
    call.renders(quote_page)
    call.show(quote_of_return(call.shop(), rma, what_if or ()))


def refund(
    context: Context,
    rma: OptionalRma = None,
    amount: AmountOption = None,
    paid: PaidOption = None,
    to: TenderOption = None,
    key: KeyOption = None,
    goodwill: GoodwillOption = None,
    why: WhyOption = None,
    due: DueOption = False,
    dry_run: DryRunOption = False,
) -> None:
    """Record what the shop pays back for a return.

    Recording moves no money: pay in your provider. Without --paid the refund is submitted, and
    confirmed later; the same command again changes nothing. --goodwill is on top of what the
    policy pays; above what was paid for any line it is asked for once more.
    """
    from returns_cli.cli.pages.money import refund_next_steps, refund_page
    from returns_cli.operations.record_refund import RefundRequest, record_refund

    call = invocation_of(context)
    if due or rma is None:
        _refund_due(call, rma, (amount, paid, to, key, goodwill, why), due=due, dry_run=dry_run)
        return
    call.renders(refund_page)
    request = RefundRequest(rma, amount, paid, key, to, goodwill, why or "")
    answer = record_refund(call.shop(dry_run=dry_run), request, call.confirm)
    call.show(answer)
    call.output.suggest(refund_next_steps(answer))


def _refund_due(
    call: Invocation,
    rma: str | None,
    others: tuple[str | None, ...],
    *,
    due: bool,
    dry_run: bool,
) -> None:
    from returns_cli.cli.pages.money import refunds_page
    from returns_cli.operations.refund_due import refund_due

    if not due or rma is not None or any(others):
        raise UsageError(
            "E-USAGE",
            "Say what to refund, in one way.",
            where="returns refund",
            hint="Name one return, or use --due alone.",
        )
    call.renders(refunds_page)
    call.show_each(refund_due(call.shop(dry_run=dry_run)))
