"""Commands of store credit, for whoever serves customers: balance, issue, redeem, expire."""

from __future__ import annotations

from typing import TYPE_CHECKING

from returns_cli.cli.context import invocation_of

if TYPE_CHECKING:
    from returns_cli.cli.money_options import (
        AmountOption,
        ApprovedByOption,
        CreditAmount,
        CreditArgument,
        ExpiresOption,
        OptionalCredit,
        SpentForOption,
    )
    from returns_cli.cli.options import (
        Context,
        CurrencyOption,
        DryRunOption,
        KeyOption,
        WhyOption,
    )


def balance(context: Context, code: OptionalCredit = None) -> None:
    """Show what a store credit still holds; without a code, every credit."""
    from returns_cli.cli.pages.credit import credit_page, credits_page
    from returns_cli.operations.store_credit import list_credits, show_credit

    call = invocation_of(context)
    call.renders(credits_page if code is None else credit_page)
    call.show(list_credits(call.shop()) if code is None else show_credit(call.shop(), code))


def issue(
    context: Context,
    amount: CreditAmount,
    why: WhyOption = None,
    currency: CurrencyOption = None,
    expires: ExpiresOption = None,
    approved_by: ApprovedByOption = None,
    key: KeyOption = None,
    dry_run: DryRunOption = False,
) -> None:
    """Give a store credit as goodwill; nobody can guess its code.

    The credit of a return is made by `refunds confirm`. Above `four_eyes_above` in shop.yaml a
    second person agrees.
    """
    from returns_cli.cli.pages.credit import credit_page
    from returns_cli.operations.store_credit import IssueRequest, issue_credit

    call = invocation_of(context)
    call.renders(credit_page)
    request = IssueRequest(amount, why or "", currency, expires, approved_by, key)
    call.show(issue_credit(call.shop(dry_run=dry_run), request))


def redeem(
    context: Context,
    code: CreditArgument,
    amount: AmountOption = None,
    reference: SpentForOption = None,
    key: KeyOption = None,
    dry_run: DryRunOption = False,
) -> None:
    """Take from a store credit what a customer spends; without --amount all of it."""
    from returns_cli.cli.pages.credit import credit_page
    from returns_cli.operations.store_credit import redeem_credit

    call = invocation_of(context)
    call.renders(credit_page)
    shop = call.shop(dry_run=dry_run)
    call.show(redeem_credit(shop, code, amount, reference=reference, key=key))


def expire(
    context: Context,
    code: OptionalCredit = None,
    why: WhyOption = None,
    dry_run: DryRunOption = False,
) -> None:
    """Write off what is left of credits whose last day is over, or of one of them."""
    from returns_cli.cli.pages.credit import credits_page
    from returns_cli.operations.store_credit import expire_credits

    call = invocation_of(context)
    call.renders(credits_page)
    call.show(expire_credits(call.shop(dry_run=dry_run), code, why=why or ""))
