"""What ``doctor`` looks at on the machine: interpreter, SQLite, disk, folders, zone data."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from importlib.metadata import version
from pathlib import Path
from zoneinfo import TZPATH

from returns_cli.operations.disk import network_disk
from returns_cli.operations.finding import Finding, fine, mend
from returns_cli.operations.shop import Shop

_FREE_BYTES = 100 * 1024 * 1024  # backups and paper need room beside the store
_MIB = 1024 * 1024
_FOLDERS = ("inbox", "outbox", "paper")


def examine_python(_: Shop) -> Finding:
    """The interpreter, and whether it takes file names of any language."""
    encoding = sys.getfilesystemencoding()
    if encoding.lower() != "utf-8":
        return mend(
            "python",
            f"Python {platform.python_version()} reads file names as {encoding}.",
            "Set LC_ALL=C.UTF-8, or PYTHONUTF8=1, in the environment.",
        )
    return fine("python", f"Python {platform.python_version()}, file names in UTF-8.")


def examine_sqlite(_: Shop) -> Finding:
    """The SQLite library that comes with the interpreter, and how it was compiled."""
    from returns_cli.store.engine import examine_engine

    engine = examine_engine()
    if engine.lacks:
        return mend(
            "sqlite",
            f"SQLite {engine.version} lacks {', '.join(engine.lacks)}.",
            "Use a Python whose sqlite3 brings SQLite 3.37 or newer.",
        )
    if not engine.is_threadsafe:
        return mend(
            "sqlite",
            f"SQLite {engine.version} was compiled without locks (THREADSAFE=0).",
            "Use a Python whose sqlite3 was compiled with them, as Debian's and python.org's are.",
        )
    flags = ", ".join(engine.flags) or "no flag of note"
    return fine("sqlite", f"SQLite {engine.version} has all that the store needs ({flags}).")


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
    return fine("disk", f"A disk of this machine; {free // _MIB} MiB are free.")


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


def zone_data(places: tuple[str, ...] = TZPATH) -> str:
    """Which edition of the world's time zones days are counted by.

    Args:
        places: folders of the machine that are asked before the Python package.
    """
    for place in places:
        try:
            with (Path(place) / "tzdata.zi").open(encoding="ascii") as file:
                return file.readline().removeprefix("# version").strip()
        except (OSError, UnicodeDecodeError):
            continue  # this machine keeps none there, or another kind
    return version("tzdata")
