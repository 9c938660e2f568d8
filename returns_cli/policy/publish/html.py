"""A document as one HTML page that stands alone: no network, no script, light, dark and paper.

Every text is escaped. The page also forbids itself everything but its own style, so that whoever
saves or mails it has nothing to trust.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from returns_cli.policy.words.outline import Block, Bullets, Grid, Item, Outline, Section, shown

_STYLE = """\
:root { color-scheme: light dark; --ink: #1c1c1e; --dim: #5a5a60; --line: #d6d6da; --paper: #fff; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #ececef; --dim: #a6a6ae; --line: #44444a; --paper: #17171a; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); overflow-wrap: anywhere;
  font: 1rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
main { max-width: 44rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
h1 { font-size: 1.9rem; line-height: 1.25; margin: 0 0 .25rem; }
h2 { font-size: 1.3rem; line-height: 1.3; margin: 2.5rem 0 .5rem; padding-top: 1rem;
  border-top: 1px solid var(--line); }
h3 { font-size: 1.05rem; line-height: 1.4; margin: 1.75rem 0 .25rem; }
p, ul { margin: .5rem 0; }
ul { padding-inline-start: 1.4rem; }
li { margin: .2rem 0; }
.note { color: var(--dim); margin: 0; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0; font-size: .95rem; }
caption { text-align: start; padding-bottom: .5rem; }
th, td { text-align: start; vertical-align: top; padding: .4rem .75rem .4rem 0;
  border-bottom: 1px solid var(--line); }
thead th { color: var(--dim); font-weight: 600; }
tbody th { font-weight: 500; }
.figures td, .figures thead th + th { text-align: end; font-variant-numeric: tabular-nums; }
article + article { margin-top: 4rem; }
@media print {
  :root { --ink: #000; --dim: #333; --line: #999; --paper: #fff; }
  body { font-size: 10.5pt; line-height: 1.45; }
  main { max-width: none; padding: 0; }
  h2, h3 { break-after: avoid; }
  tr, li { break-inside: avoid; }
  article + article { break-before: page; margin-top: 0; }
  .scroll { overflow: visible; }
}
@page { margin: 18mm; }
"""
_LOCK = (
    '<meta http-equiv="Content-Security-Policy" '
    "content=\"default-src 'none'; style-src 'unsafe-inline'\">"
)


def outlines_html(outlines: Sequence[Outline]) -> str:
    """One page with all documents.

    Args:
        outlines: at least one; the page is in the language of the first.
    """
    first = outlines[0]
    title = " · ".join(_text(one.title) for one in outlines)
    lines = [
        "<!DOCTYPE html>",
        f'<html lang="{_text(first.language)}">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        _LOCK,
        '<meta name="color-scheme" content="light dark">',
        f"<title>{title}</title>",
        f"<style>\n{_STYLE}</style>",
        "</head>",
        "<body>",
        "<main>",
    ]
    for number, outline in enumerate(outlines, 1):
        lines += _article(outline, f"policy-{number}")
    return "\n".join([*lines, "</main>", "</body>", "</html>"]) + "\n"


def _article(outline: Outline, name: str) -> Iterator[str]:
    yield f'<article lang="{_text(outline.language)}" aria-labelledby="{name}">'
    yield f'<h1 id="{name}" dir="auto">{_text(outline.title)}</h1>'
    yield f'<p class="note">{_text(outline.note)}</p>'
    for number, section in enumerate(outline.sections, 1):
        yield from _section(section, f"{name}-{number}", 2)
    yield "</article>"


def _section(section: Section, name: str, level: int) -> Iterator[str]:
    yield f'<section aria-labelledby="{name}">'
    yield f'<h{level} id="{name}" dir="auto">{_text(section.title)}</h{level}>'
    for block in section.blocks:
        yield from _block(block)
    for number, below in enumerate(section.sections, 1):
        yield from _section(below, f"{name}-{number}", level + 1)
    yield "</section>"


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Bullets):
        yield from _list(block.items)
    elif isinstance(block, Grid):
        yield from _table(block)
    else:
        yield f"<p>{_text(block)}</p>"


def _list(items: Sequence[Item]) -> Iterator[str]:
    yield "<ul>"
    for item in items:
        if item.parts:
            yield f"<li>{_text(item.text)}"
            yield from _list(item.parts)
            yield "</li>"
        else:
            yield f"<li>{_text(item.text)}</li>"
    yield "</ul>"


def _table(grid: Grid) -> Iterator[str]:
    kind = ' class="figures"' if grid.right else ""
    yield f'<div class="scroll" role="region" tabindex="0" aria-label="{_text(grid.title)}">'
    yield f"<table{kind}>"
    yield f"<caption>{_text(grid.title)}</caption>"
    heads = "".join(f'<th scope="col">{_text(one)}</th>' for one in grid.columns)
    yield f"<thead><tr>{heads}</tr></thead>"
    yield "<tbody>"
    for row in grid.rows:
        cells = "".join(f"<td>{_text(one)}</td>" for one in row[1:])
        yield f'<tr><th scope="row">{_text(row[0])}</th>{cells}</tr>'
    yield "</tbody>"
    yield "</table>"
    yield "</div>"


def _text(text: str) -> str:
    return escape(shown(text), quote=True)
