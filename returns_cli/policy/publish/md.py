r"""A document as Markdown (CommonMark, with the tables of GFM); no text can become markup."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from returns_cli.policy.words.outline import Block, Bullets, Grid, Item, Outline, Section, shown

_SIGNS = re.compile(r"([\\`*_\[\]<>#|~&$])")
_START = re.compile(r"^(\s*)([-+=]|\d+(?=[.)]))")


def outline_md(outline: Outline) -> str:
    """The whole document."""
    lines = [f"# {escaped(outline.title)}", "", escaped(outline.note)]
    for section in outline.sections:
        lines += _section(section, 2)
    return "\n".join(lines) + "\n"


def escaped(text: str) -> str:
    r"""A text in which no sign is markup.

    >>> escaped("<b>*1* | x"), escaped("- 5"), escaped("1. x")
    ('\\<b\\>\\*1\\* \\| x', '\\- 5', '1\\. x')
    """
    plain = _SIGNS.sub(r"\\\1", shown(text))
    start = _START.match(plain)
    if start is None:
        return plain
    at = start.end() if start[2].isdigit() else start.start(2)
    return f"{plain[:at]}\\{plain[at:]}"


def _section(section: Section, level: int) -> Iterator[str]:
    yield from ("", f"{'#' * level} {escaped(section.title)}")
    for block in section.blocks:
        yield ""
        yield from _block(block)
    for below in section.sections:
        yield from _section(below, level + 1)


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Bullets):
        for item in block.items:
            yield from _item(item, 0)
    elif isinstance(block, Grid):
        yield from _grid(block)
    else:
        yield escaped(block)


def _item(item: Item, level: int) -> Iterator[str]:
    yield f"{'  ' * level}- {escaped(item.text)}"
    for part in item.parts:
        yield from _item(part, level + 1)


def _grid(grid: Grid) -> Iterator[str]:
    rule = "---:" if grid.right else "---"
    yield from (escaped(grid.title), "")
    yield _row(grid.columns)
    yield _row(("---", *(rule for _ in grid.columns[1:])), is_rule=True)
    for row in grid.rows:
        yield _row(row)


def _row(cells: Sequence[str], *, is_rule: bool = False) -> str:
    return "| " + " | ".join(cell if is_rule else escaped(cell) for cell in cells) + " |"
