"""A document as parts that any format can write: headings, paragraphs, lists, tables."""

from __future__ import annotations

import re
from typing import NamedTuple, TypeAlias

# Line ends, controls, marks that turn the direction of text, tags: nothing that a reader sees.
_UNSEEN = (
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
_LINE_ENDS = str.maketrans("\n\r\t", "   ")


class Item(NamedTuple):
    """A point of a list, with the points below it."""

    text: str
    parts: tuple[Item, ...] = ()


class Bullets(NamedTuple):
    """Points under each other."""

    items: tuple[Item, ...]


class Grid(NamedTuple):
    """A table whose first column names its rows.

    Attributes:
        title: what it shows.
        right: whether all columns but the first hold figures.
        said: the same in sentences, for plain text.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    said: tuple[Item, ...]
    right: bool = False


Block: TypeAlias = str | Bullets | Grid
"""A paragraph, a list or a table."""


class Section(NamedTuple):
    """A heading and what stands under it; sections below it come last."""

    title: str
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...] = ()


class Outline(NamedTuple):
    """A whole document.

    Attributes:
        language: BCP 47 tag of its fixed text.
        note: what it is, under the title.
    """

    title: str
    language: str
    note: str
    sections: tuple[Section, ...]


def shown(text: str) -> str:
    r"""A text on one line, with a mark in place of what hides or turns text around.

    >>> shown("Final" + chr(10) + "sale" + chr(0x202E))
    'Final sale\ufffd'
    """
    return text if text.isprintable() else re.sub(_UNSEEN, "\ufffd", text.translate(_LINE_ENDS))
