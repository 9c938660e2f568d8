"""Commands over the store, for the careful merchant: check, backup, restore, stats, migrate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from returns_cli.cli.context import invocation_of

if TYPE_CHECKING:
    from returns_cli.cli.options import BackupArgument, Context, DryRunOption, TargetArgument


def check(context: Context) -> None:
    """Check the store: damage, the journal's chain, and everything that must add up."""
    from returns_cli.cli.pages.store import report_page
    from returns_cli.operations.prove_store import check_shop

    call = invocation_of(context)
    call.renders(report_page)
    call.show(check_shop(call.shop()))


def backup(context: Context, file: TargetArgument) -> None:
    """Copy the store to a file, check the copy, and write its manifest beside it."""
    from returns_cli.cli.pages.store import backup_page
    from returns_cli.operations.prove_store import backup_shop

    call = invocation_of(context)
    call.renders(backup_page)
    call.show(backup_shop(call.shop(), file))


def restore(context: Context, file: BackupArgument) -> None:
    """Put a backup in place of a missing store; an existing store is never overwritten."""
    from returns_cli.cli.pages.store import backup_page
    from returns_cli.operations.prove_store import restore_shop

    call = invocation_of(context)
    call.renders(backup_page)
    call.show(restore_shop(call.shop().folder, file))


def stats(context: Context) -> None:
    """Show how much the store holds, its version, and the journal's head."""
    from returns_cli.cli.pages.store import backup_page
    from returns_cli.operations.look_at_store import show_stats

    call = invocation_of(context)
    call.renders(backup_page)
    call.show(show_stats(call.shop()))


def migrate(context: Context, dry_run: DryRunOption = False) -> None:
    """Bring an older store up to date, after a backup; any command that opens it does so too."""
    from returns_cli.cli.pages.store import backup_page
    from returns_cli.operations.look_at_store import migrate_shop

    call = invocation_of(context)
    call.renders(backup_page)
    call.show(migrate_shop(call.shop(dry_run=dry_run)))
