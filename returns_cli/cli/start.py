"""Commands to begin with, for the merchant: init, demo, status, doctor."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from returns_cli.cli.context import invocation_of
from returns_cli.domain.errors import Exit

if TYPE_CHECKING:
    from returns_cli.cli.options import (
        Context,
        CountryOption,
        CurrencyOption,
        DemoArgument,
        DryRunOption,
        FolderArgument,
        LanguageOption,
        NameOption,
        NetworkDiskOption,
        TaxOption,
        TimezoneOption,
    )
    from returns_cli.cli.script_options import FailIfOption


def init(
    context: Context,
    folder: FolderArgument = None,
    name: NameOption = None,
    currency: CurrencyOption = None,
    timezone: TimezoneOption = None,
    country: CountryOption = None,
    language: LanguageOption = None,
    tax: TaxOption = None,
    network_disk_ok: NetworkDiskOption = False,
    dry_run: DryRunOption = False,
) -> None:
    """Make a shop folder: shop.yaml, policies/, inbox/, outbox/, paper/ and the store.

    On a shop that exists it changes nothing. At a terminal it asks for what no option says.
    """
    from returns_cli.cli.pages.start import init_next_steps, init_page
    from returns_cli.operations.init_shop import InitRequest, init_shop
    from returns_cli.operations.shop import SHOP_FILE, is_there

    call = invocation_of(context)
    call.renders(init_page)
    place = folder or call.shop_folder or Path()
    if not is_there(place / SHOP_FILE):
        name = name or call.ask_for("The shop's name", "My shop")
        currency = currency or call.ask_for("Its currency", "USD")
        timezone = timezone or call.ask_for("Its time zone", "UTC")
    request = InitRequest(
        folder=place,
        name=name,
        currency=currency,
        timezone=timezone,
        country=country,
        language=language,
        tax=tax,
        salt=call.environ.get("RETURNS_SALT"),
        network_disk_ok=network_disk_ok,
        dry_run=dry_run,
    )
    answer = init_shop(request)
    call.show(answer, dry_run=dry_run)
    if not dry_run:
        call.output.suggest(init_next_steps(answer))


def demo(context: Context, folder: DemoArgument = None) -> None:
    """Run the whole job on shipped example data: import, judge, print, receive, refund, verify.

    Twice in the same folder changes nothing.
    """
    from returns_cli.cli.pages.start import demo_page
    from returns_cli.operations.run_demo import run_demo

    call = invocation_of(context)
    call.renders(demo_page)
    call.show(run_demo(folder or Path("returns-demo")))


def status(context: Context, fail_if: FailIfOption = None) -> None:
    """Show today's board; with --fail-if overdue, exit 10 when a refund is late."""
    from returns_cli.cli.pages.start import status_page
    from returns_cli.cli.thresholds import watches_overdue
    from returns_cli.operations.shop_status import shop_status

    call = invocation_of(context)
    call.renders(status_page)
    watched = watches_overdue(fail_if)
    answer = shop_status(call.shop())
    call.show(answer)
    if watched and answer["overdue"]:
        call.exit = Exit.CHECK_FAILED


def doctor(context: Context) -> None:
    """Look for what would stop the desk, and say how to mend it; exit 10 when something must be."""
    from returns_cli.cli.pages.start import doctor_page
    from returns_cli.operations.examine_shop import examine_shop

    call = invocation_of(context)
    call.renders(doctor_page)
    answer = examine_shop(call.shop())
    call.show(answer)
    if not answer["ok"]:
        call.exit = Exit.CHECK_FAILED
