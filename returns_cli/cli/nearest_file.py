"""The file that a mistyped path most likely meant."""

from __future__ import annotations

import os
from itertools import islice
from pathlib import Path

from returns_cli.domain.nearest import nearest

_ALIKE = 0.7
"""More than for words: files of a folder often share their ending."""
_LOOKED_AT = 5_000
"""Names of a folder that are looked at; more would make a slip slow."""


def nearest_file(typed: Path, folder: Path) -> str | None:
    """The path that is there and most like one that is not: each wrong name by its nearest.

    Args:
        typed: as on the command line.
        folder: the caller's, which a relative path begins from.

    Returns:
        The path as one would type it; None where ``typed`` is there or nothing is like it.
    """
    found = Path(typed.anchor)
    for name in typed.relative_to(found).parts:
        here = folder / found
        if name == ".." or os.path.lexists(here / name):
            found /= name
            continue
        near = nearest(name, _names(here, hidden=name.startswith(".")), likeness=_ALIKE)
        if not near:
            return None
        found /= near[0]
    return None if found == typed else str(found)


def _names(folder: Path, *, hidden: bool) -> list[str]:
    """The names in a folder, the printable ones: none where it cannot be read."""
    try:
        with os.scandir(folder) as entries:
            names = [entry.name for entry in islice(entries, _LOOKED_AT)]
    except OSError:
        return []
    return sorted(one for one in names if one.isprintable() and one.startswith(".") <= hidden)
