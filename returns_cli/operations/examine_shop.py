"""Look for what would stop the desk, and say how to mend it."""

from __future__ import annotations

import os
import platform
import shutil
import stat
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from returns_cli.domain.days import local_day
from returns_cli.domain.errors import InvalidError, ReturnsError
from returns_cli.operations.disk import network_disk
from returns_cli.operations.examine_fonts import examine_core_font, examine_customers_signs
from returns_cli.operations.finding import Finding, counted, fine, mend
from returns_cli.operations.new_shop import PLACEHOLDER_STREET
from returns_cli.operations.return_view import Json
from returns_cli.operations.shop import SHOP_FILE, Shop

Check = Callable[[Shop], Finding]

_FREE_BYTES = 100 * 1024 * 1024  # backups and paper need room beside the store
_MIB = 1024 * 1024
_FOLDERS = ("inbox", "outbox", "paper")
_FOR_OTHERS = stat.S_IRWXG | stat.S_IRWXO  # files with personal data have none of these
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


def examine_python(_: Shop) -> Finding:
    """The interpreter."""
    return fine("python", f"Python {platform.python_version()}.")


def examine_sqlite(_: Shop) -> Finding:
    """The SQLite library that comes with the interpreter."""
    from returns_cli.store.engine import examine_engine

    engine = examine_engine()
    if engine.lacks:
        return mend(
            "sqlite",
            f"SQLite {engine.version} lacks {', '.join(engine.lacks)}.",
            "Use a Python whose sqlite3 brings SQLite 3.37 or newer.",
        )
    return fine("sqlite", f"SQLite {engine.version} has all that the store needs.")


def examine_disk(shop: Shop) -> Finding:
    """Room, and whether the folder lies on a disk of this machine."""
    kind = network_disk(shop.folder)
    if kind is not None:
        return mend(
            "disk",
            f"The shop folder lies on a network disk ({kind}), where a store can be damaged.",
            "Move it to a disk of this machine; take backups to the network.",
        )
    free = shutil.disk_usage(shop.folder).free
    if free < _FREE_BYTES:
        return mend("disk", f"Only {free // _MIB} MiB are free.", "Make room: backups need it.")
    return fine("disk", f"{free // _MIB} MiB are free.")


def examine_folders(shop: Shop) -> Finding:
    """Folders that commands write into; a missing one is made when it is needed."""
    closed = [
        name
        for name in (".", *_FOLDERS)
        if (shop.folder / name).exists() and not os.access(shop.folder / name, os.W_OK | os.X_OK)
    ]
    if closed:
        return mend(
            "folders",
            f"Nothing can be written into {', '.join(closed)}.",
            "Give yourself the right: chmod u+rwx FOLDER.",
        )
    return fine("folders", f"{', '.join(_FOLDERS)} can be written into.")


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
    unset = [name for name, one in addresses.items() if one.address1 == PLACEHOLDER_STREET]
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
    """The store: whether it opens, and who else may read it."""
    from returns_cli.store.journal import journal_head

    with shop.open_store(read_only=True) as store:
        entries, _ = journal_head(store)
        path = store.path
    open_to_others = [one.name for one in _private_files(path) if _is_open_to_others(one)]
    if open_to_others:
        return mend(
            "store",
            f"Others on this machine may read {', '.join(open_to_others)}.",
            f"Take it back: chmod 600 {' '.join(open_to_others)}",
        )
    return fine("store", f"It opens; its journal has {entries} entries.")


def _private_files(store: Path) -> list[Path]:
    return [one for one in (store, store.parent / SHOP_FILE) if one.exists()]


def _is_open_to_others(path: Path) -> bool:
    return os.name != "nt" and bool(stat.S_IMODE(path.stat().st_mode) & _FOR_OTHERS)


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
    return fine("clock", f"It shows {shop.now[:16].replace('T', ' ')}, {shop.zone.key}.")


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
    examine_clock,
    examine_customers_signs,
)
