"""Look for what would stop the desk, and say how to mend it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict

from returns_cli.domain.days import local_day
from returns_cli.domain.errors import InvalidError, ReturnsError
from returns_cli.operations.examine_files import examine_private_files
from returns_cli.operations.examine_fonts import (
    examine_core_font,
    examine_customers_signs,
    examine_language,
)
from returns_cli.operations.examine_machine import (
    examine_disk,
    examine_folders,
    examine_python,
    examine_sqlite,
    zone_data,
)
from returns_cli.operations.examine_printing import examine_printer, examine_sizes
from returns_cli.operations.finding import Finding, counted, fine, mend
from returns_cli.operations.new_shop import PLACEHOLDERS
from returns_cli.operations.return_view import Json
from returns_cli.operations.shop import SHOP_FILE, Shop

Check = Callable[[Shop], Finding]

_FIRST_YEAR = 2025  # a machine whose clock shows less was never set


def examine_shop(shop: Shop) -> Json:
    """Look at the machine, the settings, the policies, the store, the folders and the fonts.

    Nothing is changed. ``ok`` is false where something must be mended (the shell makes it 10);
    settings that do not read leave out what depends on them.
    """
    findings = [_made(check, shop) for check in OF_THE_MACHINE]
    settings = _made(examine_settings, shop)
    findings.append(settings)
    if settings.ok:
        findings += [_made(check, shop) for check in OF_THE_SHOP]
    return {
        "ok": all(one.ok for one in findings),
        "checks": [asdict(one) for one in findings],
    }


def _made(check: Check, shop: Shop) -> Finding:
    """What a check found; an error that stops it is what it found."""
    try:
        return check(shop)
    except ReturnsError as error:
        name = check.__name__.removeprefix("examine_").replace("_", " ")
        return mend(name, error.message, error.hint)


def examine_settings(shop: Shop) -> Finding:
    """``shop.yaml``, every problem of it."""
    try:
        config = shop.config
    except InvalidError as error:
        where = f" ({error.where})" if error.where else ""
        return mend("settings", f"{error.message}{where}", error.hint)
    said = f"{config.name}, {config.currency}, {config.timezone}."
    return fine("settings", said)


def examine_addresses(shop: Shop) -> Finding:
    """The addresses that labels show."""
    addresses = shop.config.addresses
    if "main" not in addresses:
        return mend(
            "addresses",
            f"{SHOP_FILE} has no address `main`, where returns go.",
            f"Add `main:` under `addresses:` in {SHOP_FILE}.",
        )
    unset = [name for name, one in addresses.items() if PLACEHOLDERS & set(one)]
    if unset:
        return mend(
            "addresses",
            f"The address `{unset[0]}` is still the placeholder that `init` wrote.",
            f"Write your own under `addresses:` in {SHOP_FILE}; it is printed on every label.",
        )
    return fine("addresses", f"Returns go to {', '.join(addresses)}.")


def examine_policies(shop: Shop) -> Finding:
    """Every policy, its cases, and the addresses that policies name."""
    from returns_cli.operations.check_policies import check_policies
    from returns_cli.policy.language import policy_files

    files = policy_files(shop.folder / "policies")
    if not files:
        return mend(
            "policies",
            "There is no policy, so every return waits for a person.",
            "Write one in policies/, or take the one that `returns init` makes in a new shop.",
        )
    problems = check_policies(files, shop)["problems"]
    missing = _missing_addresses(shop)
    if missing:
        return mend(
            "policies",
            f"A policy returns goods to `{missing[0]}`, which {SHOP_FILE} does not have.",
            f"Add `{missing[0]}:` under `addresses:` in {SHOP_FILE}.",
        )
    warnings = len(problems) if isinstance(problems, list) else 0
    read = "1 policy" if len(files) == 1 else f"{len(files)} policies"
    hint = "Read them: returns policy check." if warnings else None
    return fine("policies", f"{read} read, {counted(warnings, 'warning')}.", hint)


def _missing_addresses(shop: Shop) -> list[str]:
    named = [
        str(leaf.text)
        for policy in shop.policies()
        for leaf in (
            policy.terms.get("return_to"),
            *(rule.settings.get("return_to") for rule in policy.rules),
        )
        if leaf is not None
    ]
    return [name for name in dict.fromkeys(named) if name not in shop.config.addresses]


def examine_store(shop: Shop) -> Finding:
    """The store: whether it opens."""
    from returns_cli.store.journal import journal_head

    with shop.open_store(read_only=True) as store:
        entries, _ = journal_head(store)
    return fine("store", f"It opens; its journal has {entries} entries.")


def examine_clock(shop: Shop) -> Finding:
    """The clock: never before what is recorded, or windows and promises count wrong."""
    from returns_cli.store.returns import ReturnFilter, list_return_ids, load_returns

    with shop.open_store(read_only=True) as store, store.reading():
        ids = list_return_ids(store, ReturnFilter(limit=1, newest_first=True))
        newest = [local_day(one.opened_at, shop.zone) for one in load_returns(store, ids)]
    if shop.today.year < _FIRST_YEAR or (newest and shop.today < newest[0]):
        before = f", before the newest return of {newest[0]}" if newest else ""
        return mend(
            "clock",
            f"The clock shows {shop.today}{before}.",
            "Set the machine's clock, or say the day with --as-of.",
        )
    shown = shop.now[:16].replace("T", " ")
    return fine("clock", f"It shows {shown}, {shop.zone.key} by zone data {zone_data()}.")


OF_THE_MACHINE: tuple[Check, ...] = (
    examine_python,
    examine_sqlite,
    examine_disk,
    examine_folders,
    examine_core_font,
)
OF_THE_SHOP: tuple[Check, ...] = (
    examine_addresses,
    examine_policies,
    examine_store,
    examine_private_files,
    examine_clock,
    examine_sizes,
    examine_printer,
    examine_language,
    examine_customers_signs,
)
