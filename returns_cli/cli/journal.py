"""Commands over the journal, for the merchant and the accountant: verify, balances."""

from __future__ import annotations

from typing import TYPE_CHECKING

from returns_cli.cli.context import invocation_of
from returns_cli.domain.errors import Exit

if TYPE_CHECKING:
    from returns_cli.cli.options import AnchorOption, Context


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
