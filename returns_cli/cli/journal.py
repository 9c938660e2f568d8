"""Commands over the journal, for merchant and accountant: verify, balances, export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from returns_cli.cli.context import invocation_of
from returns_cli.domain.errors import Exit

if TYPE_CHECKING:
    from returns_cli.cli.options import (
        AnchorOption,
        BooksOption,
        Context,
        DryRunOption,
        MapOption,
        PublishedOption,
    )


def verify(context: Context, anchor: AnchorOption = None) -> None:
    """Prove that the journal is whole and adds up.

    A damaged chain exits 8. With --anchor, 10 where the journal is not the one that the manifest
    or the run's summary saw.
    """
    from returns_cli.cli.pages.store import report_page
    from returns_cli.operations.prove_store import verify_journal

    call = invocation_of(context)
    call.renders(report_page)
    answer = verify_journal(call.shop(), anchor)
    call.show(answer)
    if not answer["ok"]:
        call.exit = Exit.CHECK_FAILED


def balances(context: Context) -> None:
    """Show the balance of every account; each currency adds up to zero."""
    from returns_cli.cli.pages.money import balances_page
    from returns_cli.operations.prove_store import journal_balances

    call = invocation_of(context)
    call.renders(balances_page)
    call.show(journal_balances(call.shop()))


def export(
    context: Context,
    form: BooksOption,
    mapping: MapOption = None,
    target: PublishedOption = None,
    dry_run: DryRunOption = False,
) -> None:
    """Write the journal for a bookkeeping program: csv, beancount, hledger or ledger.

    Accounts are called as `accounts` in shop.yaml says; --map gives CSV other columns.
    """
    from returns_cli.cli.pages.money import exported_page
    from returns_cli.operations.export_journal import ExportRequest, export_journal

    call = invocation_of(context)
    call.renders(exported_page)
    answer = export_journal(call.shop(dry_run=dry_run), ExportRequest(form, mapping, target))
    if target is None and call.output.format == "table":
        call.output.write_file(str(answer["content"]))
    else:
        call.show(answer)
