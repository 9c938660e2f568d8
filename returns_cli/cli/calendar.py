"""Due dates for the calendar of whoever runs the desk: calendar export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from returns_cli.cli.context import invocation_of

if TYPE_CHECKING:
    from returns_cli.cli.options import Context, DryRunOption, PublishedOption


def export(context: Context, target: PublishedOption = None, dry_run: DryRunOption = False) -> None:
    """Write every due date of open returns as a calendar file (.ics).

    All-day events: post by, inspect by, refund by. It names returns and days, nobody else.
    """
    from returns_cli.cli.pages.goods import calendar_page
    from returns_cli.operations.export_calendar import export_calendar

    call = invocation_of(context)
    call.renders(calendar_page)
    answer = export_calendar(call.shop(dry_run=dry_run), target)
    if target is None and call.output.format == "table":
        call.output.write_file(str(answer["content"]))
        call.say_more(dry_run=dry_run)
    else:
        call.show(answer)
