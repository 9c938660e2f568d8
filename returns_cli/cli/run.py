"""The command of cron, and what it did: run, runs list, runs show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from returns_cli.cli.context import Invocation, invocation_of
from returns_cli.domain.errors import Exit, UsageError
from returns_cli.operations.return_view import Json

if TYPE_CHECKING:
    from returns_cli.cli.options import (
        Context,
        DryRunOption,
        LimitOption,
        MaxTimeOption,
        RunArgument,
        RunSinceOption,
        StepsOption,
    )


def run(
    context: Context,
    steps: StepsOption = None,
    since: RunSinceOption = None,
    max_time: MaxTimeOption = None,
    dry_run: DryRunOption = False,
) -> None:
    """Do the whole round that needs no person, for cron: safe to repeat, safe to kill.

    The files of inbox/ are read, open returns judged, labels and slips put into outbox/, due
    refunds recorded, the journal proved and reported. A second run at once ends with 8.
    """
    from returns_cli.cli.pages.run import run_page
    from returns_cli.operations.run.run_desk import run_desk, typed_request

    call = invocation_of(context)
    call.renders(run_page)
    _as_lines(call)
    shop = call.shop(dry_run=dry_run)
    request = typed_request(shop, steps, since, max_time)
    call.show_each(_noting_exit(call, run_desk(shop, request)))


def list_(context: Context, limit: LimitOption = None) -> None:
    """List unattended runs, newest first; one without an end was stopped or is at work."""
    from returns_cli.cli.pages.run import runs_page
    from returns_cli.operations.list_runs import list_runs

    call = invocation_of(context)
    call.renders(runs_page)
    call.show(list_runs(call.shop(), limit=limit))


def show(context: Context, run: RunArgument) -> None:
    """Show what a run did, step by step, and the problems that it met."""
    from returns_cli.cli.pages.run import shown_run_page
    from returns_cli.operations.list_runs import show_run

    call = invocation_of(context)
    call.renders(shown_run_page)
    call.show(show_run(call.shop(), run))


def _as_lines(call: Invocation) -> None:
    """JSON comes as lines while the run goes on (CLI.md); its lines are too unlike for a table."""
    if call.output.format == "json":
        call.output.format = "jsonl"
    if call.output.format == "csv":
        raise UsageError(
            "E-USAGE",
            "A run does not answer as CSV.",
            where="--format",
            hint="Use --json, or `returns runs list --format csv`.",
        )


def _noting_exit(call: Invocation, lines: Iterable[Json]) -> Iterator[Json]:
    for line in lines:
        if line["type"] == "summary":
            call.exit = Exit(int(str(line["exit"])))
        yield line
