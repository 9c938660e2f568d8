"""Who else may read files that hold names, addresses and money."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from shlex import quote

from returns_cli.operations.finding import Finding, counted, fine, mend
from returns_cli.operations.shop import SHOP_FILE, Shop

_FOR_OTHERS = stat.S_IRWXG | stat.S_IRWXO  # files with personal data have none of these
_FOLDERS = ("inbox", "outbox", "paper")
_MOST = 10_000  # files that are looked at: paper of years lies there
_NAMED = 3


def examine_private_files(shop: Shop) -> Finding:
    """Settings, store, backups beside it, and what lies in the folders that hold paper and lists.

    A file in a folder that others cannot enter is safe, whatever its own rights say.
    """
    if os.name == "nt":
        return fine("files", "Their rights are Windows' own.")
    found = [one for one in _private(shop.folder) if _is_open(one, shop.folder)]
    if not found:
        return fine("files", "Nobody else on this machine may read them.")
    named = [str(one.relative_to(shop.folder)) for one in found[:_NAMED]]
    more = f" and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
    return mend(
        "files",
        f"Others on this machine may read {counted(len(found), 'file')}: {', '.join(named)}{more}.",
        f"Take it back: chmod go-rwx {' '.join(map(quote, named))}",
    )


def _private(folder: Path) -> Iterator[Path]:
    own = (folder / name for name in (SHOP_FILE, "returns.db", "returns.db.reports"))
    yield from (one for one in own if one.exists())
    yield from sorted(folder.glob("*.backup"))
    count = 0
    for name in _FOLDERS:
        for place, _, names in os.walk(folder / name):
            for one in sorted(names):
                count += 1
                if count > _MOST:
                    return
                yield Path(place) / one


def _is_open(path: Path, top: Path) -> bool:
    """Others have a right to the file, and to each folder on the way from the shop's."""
    mode = path.lstat().st_mode
    if stat.S_ISLNK(mode) or not mode & _FOR_OTHERS:
        return False
    between = [one for one in path.parents if top in one.parents]
    return all(one.stat().st_mode & _FOR_OTHERS for one in between)
