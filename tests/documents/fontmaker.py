"""Small test fonts, made from one that is installed: other names, characters and tables."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from pathlib import Path

import fontpkg_fira_sans_condensed

_FILES = Path(fontpkg_fira_sans_condensed.ROOT) / "files"
ITALIC = _FILES / "FiraSansCondensed-Italic.ttf"


def make_font(
    path: Path,
    name: str,
    characters: Mapping[str, int],
    tables: Mapping[str, bytes] | None = None,
    weight: int = 400,
) -> Path:
    """A font file whose PostScript name, characters (to glyph numbers) and weight are these.

    Args:
        path: where to write it.
        name: PostScript name; never two alike in one process.
        characters: what its cmap holds; other signs are missing.
        tables: further tables, by tag.
        weight: OS/2 weight class.
    """
    parts = _read(ITALIC.read_bytes())
    parts["name"] = _name_table(name)
    parts["cmap"] = _cmap_table(characters)
    old = parts["OS/2"]
    parts["OS/2"] = old[:4] + struct.pack(">H", weight) + old[6:]
    parts.update(tables or {})
    path.write_bytes(_written(parts))
    return path


def wght_axis(default: int) -> bytes:
    """An ``fvar`` table with one weight axis from 100 to 900."""
    header = struct.pack(">HHHHHHHH", 1, 0, 16, 2, 1, 20, 0, 8)
    fixed = [value * 65536 for value in (100, default, 900)]
    return header + b"wght" + struct.pack(">iiiHH", *fixed, 0, 256)


def _read(data: bytes) -> dict[str, bytes]:
    (count,) = struct.unpack_from(">H", data, 4)
    parts: dict[str, bytes] = {}
    for i in range(count):
        tag, _, offset, length = struct.unpack_from(">4sLLL", data, 12 + 16 * i)
        parts[tag.decode()] = data[offset : offset + length]
    return parts


def _written(parts: Mapping[str, bytes]) -> bytes:
    head = struct.pack(">LHHHH", 0x00010000, len(parts), 128, 3, 64)
    offset = 12 + 16 * len(parts)
    directory, body = b"", b""
    for tag in sorted(parts):
        data = parts[tag]
        directory += struct.pack(">4sLLL", tag.encode(), 0, offset + len(body), len(data))
        body += data + b"\0" * (-len(data) % 4)
    return head + directory + body


def _name_table(name: str) -> bytes:
    text = name.encode("utf-16-be")
    record = struct.pack(">HHHHHH", 3, 1, 0x409, 6, len(text), 0)
    return struct.pack(">HHH", 0, 1, 18) + record + text


def _cmap_table(characters: Mapping[str, int]) -> bytes:
    """Format 12: one group a character."""
    groups = b"".join(
        struct.pack(">LLL", ord(sign), ord(sign), glyph)
        for sign, glyph in sorted(characters.items())
    )
    table = struct.pack(">HHLLL", 12, 0, 16 + len(groups), 0, len(characters)) + groups
    return struct.pack(">HHHHL", 0, 1, 3, 10, 12) + table
