"""Commands over people, for whoever answers their letters: show, export, erase."""

from __future__ import annotations

from typing import TYPE_CHECKING

from returns_cli.cli.context import invocation_of

if TYPE_CHECKING:
    from returns_cli.cli.options import (
        Context,
        DryRunOption,
        EvenIfOpenOption,
        PublishedOption,
        WhoArgument,
    )


def show(context: Context, who: WhoArgument) -> None:
    """Show what the shop knows of a person: customer rows, orders, returns."""
    from returns_cli.cli.pages.customers import customer_page
    from returns_cli.operations.show_customer import show_customer

    call = invocation_of(context)
    call.renders(customer_page)
    call.show(show_customer(call.shop(), who))


def export(
    context: Context,
    who: WhoArgument,
    target: PublishedOption = None,
    dry_run: DryRunOption = False,
) -> None:
    """Write everything that the shop keeps of a person as JSON, for them."""
    from returns_cli.cli.pages.customers import export_page
    from returns_cli.operations.show_customer import export_customer

    call = invocation_of(context)
    call.renders(export_page)
    if target is None and call.output.format == "table":
        call.output.format = "json"
    call.show(export_customer(call.shop(dry_run=dry_run), who, target))


def erase(
    context: Context,
    who: WhoArgument,
    even_if_open: EvenIfOpenOption = False,
    dry_run: DryRunOption = False,
) -> None:
    """Erase a person for good: from the store, from paper, from files that were imported.

    Orders, decisions and money stay without a name, and the journal still verifies. Asks first.
    """
    from returns_cli.cli.pages.customers import erased_page
    from returns_cli.operations.erase_customer import erase_customer, plan_erasure

    call = invocation_of(context)
    call.renders(erased_page)
    shop = call.shop(dry_run=dry_run)
    question = plan_erasure(shop, who)
    if not dry_run:
        call.confirm(question)
    call.show(erase_customer(shop, who, even_if_open=even_if_open))
