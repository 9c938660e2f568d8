"""The shop's logo: a PNG inside the shop folder, looked at before it is drawn."""

from __future__ import annotations

import struct
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from returns_cli.domain.errors import InvalidError

MAX_BYTES = 2_000_000
MAX_SIDE = 4_000  # pixels
_SIGNATURE = b"\x89PNG\r\n\x1a\n"


class Logo(NamedTuple):
    """A picture without transparency, as a PNG of its own, and its size in pixels."""

    png: bytes
    width: int
    height: int


def read_logo(folder: Path, name: str) -> Logo:
    """The logo that ``brand.logo`` of ``shop.yaml`` names.

    Args:
        folder: the shop folder; nothing outside it is ever read.
        name: as ``shop.yaml`` writes it.

    Raises:
        InvalidError: ``E-LOGO``: outside the folder, not there, no PNG, too large, or broken.
    """
    home = folder.resolve()
    path = (home / name).resolve()
    if not path.is_relative_to(home):
        raise _unusable(name, "it lies outside the shop folder")
    if not path.is_file():
        raise _unusable(name, "there is no such file")
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise _unusable(name, f"it cannot be read ({error.strerror})") from error
    if len(data) > MAX_BYTES:
        raise _unusable(name, f"it is larger than {MAX_BYTES // 1_000_000} MB")
    if not data.startswith(_SIGNATURE):
        raise _unusable(name, "it is no PNG")
    if max(struct.unpack(">II", data[16:24].ljust(8, b"\0"))) > MAX_SIDE:  # of its IHDR
        raise _unusable(name, f"it is more than {MAX_SIDE:,} pixels wide or high")
    return _flattened(name, data)


def _flattened(name: str, data: bytes) -> Logo:
    """On white, since paper is; without what else a PNG may carry."""
    from PIL import Image

    try:
        colours = Image.open(BytesIO(data), formats=["PNG"]).convert("RGBA")
    except (OSError, SyntaxError, ValueError) as error:
        raise _unusable(name, "it is a broken PNG") from error
    paper = Image.new("RGBA", colours.size, "white")
    paper.alpha_composite(colours)
    out = BytesIO()
    paper.convert("RGB").save(out, "PNG")
    return Logo(out.getvalue(), *colours.size)


def _unusable(name: str, why: str) -> InvalidError:
    return InvalidError(
        "E-LOGO",
        f"The logo {name} cannot be printed: {why}.",
        where="shop.yaml brand.logo",
        hint="Put a PNG of at most 2 MB and 4,000 pixels a side into the shop folder, and name it.",
    )
