"""Elements of HTML and SVG in which every text is escaped, unless it is markup already.

There is no other way to write an element, so nothing of the shop's data becomes markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

_SPACES = {ord(sign): " " for sign in "\t\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"}
# What hides, turns text around, or is no character at all: controls, bidirectional marks, tags.
_UNSEEN = (
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
_VOID = frozenset(("meta", "br", "hr"))


class Markup(str):
    """HTML or SVG, whole and well-formed."""

    __slots__ = ()


def plain(text: str) -> str:
    r"""A text on one line, with a mark in place of what hides or turns text around.

    >>> plain("Mug" + chr(10) + "blue" + chr(0x202E) + chr(0))
    'Mug blue\ufffd\ufffd'
    """
    return text if text.isprintable() else re.sub(_UNSEEN, "\ufffd", text.translate(_SPACES))


def element(tag: str, /, *content: str | None, **attributes: str | float | None) -> Markup:
    """One element.

    Args:
        tag: its name.
        content: markup as it is, any other text escaped; none is left out.
        attributes: ``text_anchor`` is written text-anchor, ``class_`` class; none is left out.

    >>> element("p", "1 < 2 & ", element("b", "x"), class_="note", data_n=2.50)
    '<p class="note" data-n="2.5">1 &lt; 2 &amp; <b>x</b></p>'
    >>> element("rect", x=0.333333), element("meta", charset="utf-8")
    ('<rect x="0.333"></rect>', '<meta charset="utf-8">')
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    if tag in _VOID:
        return Markup(f"<{tag}{written}>")
    return Markup(f"<{tag}{written}>{joined(content)}</{tag}>")


def joined(content: Iterable[str | None], between: str = "") -> Markup:
    """Pieces one after the other, each escaped unless it is markup; none is left out."""
    return Markup(between.join(_safe(one) for one in content if one is not None))


def number(value: float) -> str:
    """A coordinate with no more digits than a screen can show.

    >>> number(12.0), number(1 / 3), number(-0.0001)
    ('12', '0.333', '0')
    """
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def percent(share: float) -> str:
    """A coordinate as a part of the whole width: 0.5 is ``50%``."""
    return f"{number(100 * share)}%"


def _safe(text: str) -> str:
    return text if isinstance(text, Markup) else escape(plain(text), quote=True)


def _value(value: str | float) -> str:
    return escape(plain(value), quote=True) if isinstance(value, str) else number(value)
