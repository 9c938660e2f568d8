"""Blocks onto pages, top down: a block is never split, and a table's head comes again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from returns_cli.documents.ops import Op, moved


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the slip that stays in one piece.

    Attributes:
        height: dots it takes.
        ops: drawn from its own top left corner of the page's width, y from 0.
        again: drawn above it where it opens a page, such as the head of its table.
        with_next: stays on one page with the block after it.
        above: white dots above it, unless it opens a page.
    """

    height: int
    ops: tuple[Op, ...]
    again: Block | None = None
    with_next: bool = False
    above: int = 0


def paginate(
    blocks: Sequence[Block], top: int, first_bottom: int, bottom: int
) -> list[tuple[Op, ...]]:
    """The blocks in order on as few pages as they need.

    Args:
        blocks: from the top of the first page on.
        top: where each page begins, in dots.
        first_bottom: where the first page ends; it keeps room for the part that is cut off.
        bottom: where the others end.
    """
    pages: list[list[Op]] = [[]]
    y = top
    for i, block in enumerate(blocks):
        limit = first_bottom if len(pages) == 1 else bottom
        if y > top and y + _together(blocks, i) > limit:
            pages.append([])
            y = top
            if block.again is not None:
                pages[-1] += moved(block.again.ops, y)
                y += block.again.height
        elif y > top:
            y += block.above
        pages[-1] += moved(block.ops, y)
        y += block.height
    return [tuple(page) for page in pages]


def _together(blocks: Sequence[Block], start: int) -> int:
    """Height of a block and of those that must follow it on its page."""
    height = blocks[start].above + blocks[start].height
    while blocks[start].with_next and start + 1 < len(blocks):
        start += 1
        height += blocks[start].above + blocks[start].height
    return height
