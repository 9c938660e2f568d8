"""Colours from the one that a shop chose, made darker or lighter until they can be read.

Source: W3C, Web Content Accessibility Guidelines 2.2, "relative luminance", "contrast ratio", and
criterion 1.4.3 (text, 4.5 to 1); graphics need less (1.4.11, 3 to 1).
"""

from __future__ import annotations

import colorsys
import re
from typing import NamedTuple

TEXT_CONTRAST = 4.5
_STEPS = 200
_OWN = "#155263"  # where a shop chose none: the blue-green of banknotes

Rgb = tuple[int, int, int]

BLACK: Rgb = (0, 0, 0)
WHITE: Rgb = (255, 255, 255)


class Palette(NamedTuple):
    """The colours of a page on one ground, each as ``#rrggbb``.

    Attributes:
        paper: the ground; ``raised`` a ground a little apart from it.
        ink: text; ``dim`` text that may be read second.
        line: rules between rows, which carry no meaning.
        accent: text and marks in the shop's colour.
        tint: the same colour, faint: the second filling of charts.
        band: the shop's colour as it chose it; ``on_band`` text on it.
    """

    paper: str
    raised: str
    ink: str
    dim: str
    line: str
    accent: str
    tint: str
    band: str
    on_band: str


def palette(chosen: str, *, dark: bool) -> Palette:
    """All colours of a page.

    Args:
        chosen: ``brand.color`` of ``shop.yaml``, ``#1a2b3c``; anything else stands for our own.
        dark: whether the ground is.
    """
    brand = parse_color(chosen) or _rgb(_OWN)
    paper, raised, ink, dim, line = (
        ("#14161a", "#1d2026", "#eceae4", "#a9a8a3", "#383b42")
        if dark
        else ("#fdfcf9", "#f4f1ea", "#1d1d1b", "#5c5b56", "#d9d5ca")
    )
    accent = readable(brand, (_rgb(paper), _rgb(raised)), TEXT_CONTRAST)
    tint = _mixed(accent, _rgb(paper), 0.62)
    on_band = max(WHITE, BLACK, key=lambda one: contrast(one, brand))
    return Palette(
        paper, raised, ink, dim, line, *(_hex(one) for one in (accent, tint, brand, on_band))
    )


def parse_color(text: str) -> Rgb | None:
    """A colour of three or six hexadecimal digits.

    >>> parse_color("#1a2b3c"), parse_color("#fff"), parse_color("red")
    ((26, 43, 60), (255, 255, 255), None)
    """
    if not re.fullmatch("#(?:[0-9a-fA-F]{3}){1,2}", text):
        return None
    return _rgb(text if len(text) > len("#fff") else "#" + "".join(2 * one for one in text[1:]))


def readable(color: Rgb, grounds: tuple[Rgb, ...], least: float) -> Rgb:
    """The colour, made as little lighter or darker as makes it stand out from every ground.

    Hue and saturation stay, so that it is still the shop's.
    """
    hue, light, saturation = colorsys.rgb_to_hls(*(part / 255 for part in color))
    far = 1.0 if contrast(WHITE, grounds[0]) > contrast(BLACK, grounds[0]) else 0.0
    for step in range(_STEPS):
        nearer = light + (far - light) * step / _STEPS
        red, green, blue = colorsys.hls_to_rgb(hue, nearer, saturation)
        mixed = (round(255 * red), round(255 * green), round(255 * blue))
        if all(contrast(mixed, ground) >= least for ground in grounds):
            return mixed
    return WHITE if far else BLACK


def contrast(one: Rgb, other: Rgb) -> float:
    """The contrast ratio of two colours, from 1 to 21.

    >>> round(contrast(BLACK, WHITE), 2), round(contrast((119, 119, 119), WHITE), 2)
    (21.0, 4.48)
    """
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(color: Rgb) -> float:
    red, green, blue = (_linear(part / 255) for part in color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _mixed(color: Rgb, other: Rgb, share: float) -> Rgb:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(color, other, strict=True))
    return red, green, blue


def _rgb(text: str) -> Rgb:
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


def _hex(color: Rgb) -> str:
    return "#{:02x}{:02x}{:02x}".format(*color)
