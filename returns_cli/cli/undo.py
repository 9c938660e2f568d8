"""The command for a slip of the hand: undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from returns_cli.cli.context import invocation_of
from returns_cli.cli.page import Cell, Lines, Page
from returns_cli.cli.pages.parts import Answer, plural
from returns_cli.cli.pages.returns import return_page

if TYPE_CHECKING:
    from returns_cli.cli.options import Context, DryRunOption


def undo(context: Context, dry_run: DryRunOption = False) -> None:
    """Take back the last thing you did, by its opposite: the record keeps both.

    Only your own, and only while nobody has gone on with it. It never goes further back: again it
    changes nothing. What has no opposite is refused (6), with what to do instead.
    """
    from returns_cli.operations.undo_action import undo_action

    call = invocation_of(context)
    call.renders(_page)
    call.show(undo_action(call.shop(dry_run=dry_run)))


def _page(answer: Answer) -> Page:
    said = f"Undone: {answer['undone']} of {answer['rma']}"
    parts = [f"line {one['line']}: {plural(one['quantity'], 'unit')}" for one in answer["lines"]]
    parts += [f"refund {one}" for one in answer["refunds"]]
    again = " (as undone before)" if answer["replayed"] else ""
    more = f", {', '.join(parts)}" if parts else ""
    return [Lines([[Cell(f"{said}{more}{again}", "strong")]]), *return_page(answer["return"])]
