"""Where fonts for other scripts are looked for, in order, when the core font lacks a sign.

Installed ``fontpkg-*`` packages, known files of Debian and macOS, last what ``fc-list`` knows.
"""

from __future__ import annotations

import importlib
import subprocess
from collections.abc import Callable, Iterator
from importlib.metadata import entry_points
from pathlib import Path

from returns_cli.documents.fonts import Face, FontUnusableError, family_of, load_face
from returns_cli.documents.scripts import script_of

Finder = Callable[[str], Iterator[tuple[Path, int]]]

_FOLDER = Path("/usr/share/fonts/truetype")
_KNOWN_FILES = (
    _FOLDER / "wqy/wqy-microhei.ttc",
    _FOLDER / "dejavu/DejaVuSansCondensed.ttf",
    _FOLDER / "dejavu/DejaVuSansCondensed-Bold.ttf",
    _FOLDER / "dejavu/DejaVuSans.ttf",
    _FOLDER / "noto/NotoSansSymbols-Regular.ttf",
    _FOLDER / "noto/NotoSansSymbols2-Regular.ttf",
    _FOLDER / "droid/DroidSansFallbackFull.ttf",
    Path("/Library/Fonts/Arial Unicode.ttf"),
    Path("/System/Library/Fonts/Supplemental/Arial Unicode.ttf"),
)
_FC_LIST_SECONDS = 5
_FC_LIST_TRIES = 12


def find_files(sign: str) -> Iterator[tuple[Path, int]]:
    """Font files that may have a sign, best first; which of them do is for the caller to see."""
    yield from ((path, 0) for path in _packaged())
    yield from ((path, 0) for path in (*_of_script(sign), *_KNOWN_FILES) if path.is_file())
    yield from _listed_by_fontconfig(sign)


def _packaged() -> list[Path]:
    """Regular and Bold of every installed ``fontpkg-*``, by package name."""
    found: list[Path] = []
    for point in sorted(entry_points(group="fontpkg.family"), key=lambda entry: entry.name):
        root = Path(importlib.import_module(point.module).ROOT)
        files = sorted((root / "files").glob("*.ttf"))
        found += [path for path in files if path.stem.endswith(("-Regular", "-Bold", "]"))]
    return found


def _of_script(sign: str) -> list[Path]:
    """Debian's files of the family that ``data/scripts.toml`` names for the sign's script."""
    family = script_of(sign).noto
    return [_FOLDER / f"noto/{family}-{weight}.ttf" for weight in ("Regular", "Bold")]


def _listed_by_fontconfig(sign: str) -> Iterator[tuple[Path, int]]:
    """What ``fc-list`` names for a sign: upright Regular weights, in the order of their paths."""
    query = [f":charset={ord(sign):x}:weight=80:slant=0", "--format=%{file}|%{index}\n"]
    try:
        answer = subprocess.run(  # noqa: S603 - an argument list, the sign as a number
            ["fc-list", *query],  # noqa: S607 - wherever fontconfig is installed
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=_FC_LIST_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return  # no fontconfig on this machine: there is nothing more to look at
    for line in sorted(answer.stdout.splitlines())[:_FC_LIST_TRIES]:
        name, _, index = line.rpartition("|")
        if name.endswith((".ttf", ".ttc")) and index.isdigit():
            yield Path(name), int(index) & 0xFFFF  # the upper half numbers a named instance


def find_family(sign: str, finder: Finder, suits: Callable[[Face], bool]) -> tuple[Face, ...]:
    """The first usable face that suits, with the other weights of its family that do.

    Files that cannot be drawn with are passed over: nobody asked for them by name.
    """
    family: list[Face] = []
    for path, index in finder(sign):
        if family and (family[0].family != family_of(path) or family[0].path == path):
            continue
        try:
            face = load_face(path, index)
        except FontUnusableError:
            continue
        if suits(face):
            family.append(face)
        if {one.is_bold for one in family} == {True, False}:
            break
    return tuple(family)
