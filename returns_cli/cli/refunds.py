"""Commands over recorded refunds, for whoever pays them: list, show, confirm, fail, reverse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from returns_cli.cli.context import invocation_of

if TYPE_CHECKING:
    from returns_cli.cli.options import (
        Context,
        DryRunOption,
        LimitOption,
        OfReturnOption,
        ReferenceOption,
        RefundArgument,
        RefundOfOrderOption,
        RefundStateOption,
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
    dry_run: DryRunOption = False,
) -> None:
    """Say that a submitted refund was not paid; its amount is owed again."""
    from returns_cli.cli.pages.money import refund_page
    from returns_cli.operations.move_refund import fail_refund

    call = invocation_of(context)
    call.renders(refund_page)
    call.show(fail_refund(call.shop(dry_run=dry_run), refund, why or ""))


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
