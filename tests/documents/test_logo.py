from __future__ import annotations

import struct
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from returns_cli.documents.logo import MAX_BYTES, read_logo
from returns_cli.domain.errors import InvalidError


def png(width: int = 30, height: int = 10, mode: str = "RGBA") -> bytes:
    out = BytesIO()
    Image.new(mode, (width, height)).save(out, "PNG")
    return out.getvalue()


def header(width: int, height: int) -> bytes:
    """A PNG that says it is huge and holds nothing."""
    body = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + body + struct.pack(">I", zlib.crc32(body))


def test_a_logo_comes_back_on_white(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(png())
    logo = read_logo(tmp_path, "logo.png")
    assert (logo.width, logo.height) == (30, 10)
    assert Image.open(BytesIO(logo.png)).getpixel((0, 0)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        pytest.param(None, "there is no such file", id="no file"),
        pytest.param(b"GIF89a", "it is no PNG", id="another format"),
        pytest.param(b"<svg/>", "it is no PNG", id="a text"),
        pytest.param(png()[:40], "it is a broken PNG", id="cut short"),
        pytest.param(header(90_000, 90_000), "more than 4,000 pixels", id="a bomb by its header"),
        pytest.param(png(4001, 1), "more than 4,000 pixels", id="too wide"),
        pytest.param(bytes(MAX_BYTES + 1), "larger than 2 MB", id="too large a file"),
    ],
)
def test_what_is_no_logo_is_refused(tmp_path: Path, content: bytes | None, why: str) -> None:
    if content is not None:
        (tmp_path / "logo.png").write_bytes(content)
    with pytest.raises(InvalidError, match=why) as caught:
        read_logo(tmp_path, "logo.png")
    assert caught.value.code == "E-LOGO"


@pytest.mark.parametrize(
    "name", ["../secret.png", "/etc/hostname", "link.png", "a/../../secret.png"]
)
def test_nothing_outside_the_shop_folder_is_read(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.png").write_bytes(png())
    shop = tmp_path / "shop"
    shop.mkdir()
    (shop / "link.png").symlink_to(tmp_path / "secret.png")
    with pytest.raises(InvalidError, match="outside the shop folder"):
        read_logo(shop, name)
