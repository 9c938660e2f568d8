"""Parts of a document as plain text: no markup, nothing that hangs on the width of signs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from returns_cli.policy.words.outline import Block, Bullets, Grid, Item, shown


def block_lines(block: Block) -> Iterator[str]:
    """A paragraph, list or table as lines; a table is said in sentences."""
    if isinstance(block, Bullets):
        yield from _items(block.items, "")
    elif isinstance(block, Grid):
        yield shown(block.title)
        yield from _items(block.said, "")
    else:
        yield shown(block)


def _items(items: Iterable[Item], indent: str) -> Iterator[str]:
    for item in items:
        yield f"{indent}- {shown(item.text)}"
        yield from _items(item.parts, f"{indent}  ")
