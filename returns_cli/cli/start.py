"""Commands to begin with, for the merchant: init, demo, status, doctor."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from returns_cli.cli.context import invocation_of
from returns_cli.domain.errors import Exit

if TYPE_CHECKING:
    from returns_cli.cli.options import (
        Context,
        CurrencyOption,
        DaysOption,
        DemoArgument,
        DryRunOption,
        FolderArgument,
        RestockingOption,
        ReturnShippingOption,
        TaxOption,
        TimezoneOption,
    )
    from returns_cli.cli.script_options import FailIfOption
    from returns_cli.cli.start_options import (
        CountryOption,
        LabelSizeOption,
        LanguageOption,
        NameOption,
        NetworkDiskOption,
        ShopCityOption,
        ShopPostcodeOption,
        ShopRegionOption,
        SlipSizeOption,
        StreetOption,
    )


def init(
    context: Context,
    folder: FolderArgument = None,
    name: NameOption = None,
    country: CountryOption = None,
    currency: CurrencyOption = None,
    timezone: TimezoneOption = None,
    language: LanguageOption = None,
    tax: TaxOption = None,
    address: StreetOption = None,
    city: ShopCityOption = None,
    region: ShopRegionOption = None,
    postcode: ShopPostcodeOption = None,
    label_size: LabelSizeOption = None,
    slip_size: SlipSizeOption = None,
    days: DaysOption = None,
    return_shipping: ReturnShippingOption = None,
    restocking: RestockingOption = None,
    network_disk_ok: NetworkDiskOption = False,
    dry_run: DryRunOption = False,
) -> None:
    """Make a shop folder: shop.yaml, policies/, inbox/, outbox/, paper/ and the store.

    On a shop that exists it changes nothing. At a terminal it asks for what no option says; Enter
    takes what stands in brackets, and nothing is made before the last answer.
    """
    from returns_cli.cli.pages.start import init_next_steps, init_page
    from returns_cli.cli.wizard import answered
    from returns_cli.operations.init_shop import InitRequest, init_shop
    from returns_cli.operations.new_shop import NewShop

    call = invocation_of(context)
    call.renders(init_page)
    place = folder or call.shop_folder or Path()
    told = NewShop(
        name, currency, timezone, country, language, tax, address, city, region, postcode,
        label_size, slip_size, days, return_shipping, restocking,
    )  # fmt: skip  # a line for each would hide the work
    asked = answered(call, told, place)
    salt = call.environ.get("RETURNS_SALT")
    answer = init_shop(InitRequest(place, asked, salt, network_disk_ok, dry_run))
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
