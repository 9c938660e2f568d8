"""The file that a mistyped path most likely meant."""

from __future__ import annotations

import os
from itertools import islice
from pathlib import Path

from returns_cli.domain.nearest import nearest

_ALIKE = 0.7
"""Of names without their ending; more than for words, since folders hold many."""
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
        near = _nearest_name(name, _names(here, hidden=name.startswith(".")))
        if near is None:
            return None
        found /= near
    return None if found == typed else str(found)


def _nearest_name(name: str, names: list[str]) -> str | None:
    """The most alike; the ending that files of a folder share makes none alike."""
    suffix = Path(name).suffix
    same = {one.removesuffix(suffix): one for one in names if suffix and Path(one).suffix == suffix}
    if near := nearest(name.removesuffix(suffix), same, likeness=_ALIKE):
        return same[near[0]]
    others = nearest(name, [one for one in names if one not in same.values()])
    return others[0] if others else None


def _names(folder: Path, *, hidden: bool) -> list[str]:
    """The names in a folder, the printable ones: none where it cannot be read."""
    try:
        with os.scandir(folder) as entries:
            names = [entry.name for entry in islice(entries, _LOOKED_AT)]
    except OSError:
        return []
    return sorted(one for one in names if one.isprintable() and one.startswith(".") <= hidden)
