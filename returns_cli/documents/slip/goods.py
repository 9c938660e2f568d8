"""The table of return lines: what comes back, why, and what was promised for it."""

from __future__ import annotations

from returns_cli.documents.facts import SlipFacts, SlipLine
from returns_cli.documents.ops import Op
from returns_cli.documents.slip.area import BODY, CAPTION, FIRM, STRONG, Area
from returns_cli.documents.slip.flow import Block
from returns_cli.documents.slip.words import outcome_text
from returns_cli.messages import Catalogue

_COLUMNS = ("line", "sku", "title", "quantity", "reason", "outcome")
_SHARES = (0.045, 0.185, 0.315, 0.065, 0.205, 0.185)  # of the width, in their order
_GUTTER = 2.5  # mm between columns
_PAD = 2.0  # mm above and below a row's text


def goods_blocks(facts: SlipFacts, texts: Catalogue, area: Area) -> list[Block]:
    """The table, its head first; the head comes again on every page it reaches."""
    head = _head(texts, area)
    rows = [_row(line, facts, texts, area, head) for line in facts.lines]
    return [head, *rows]


def _edges(area: Area) -> list[int]:
    edges, share = [], 0.0
    for part in _SHARES:
        edges.append(area.left + round(area.width * share))
        share += part
    return edges


def _rooms(area: Area) -> list[int]:
    return [round(area.width * share) - area.mm(_GUTTER) for share in _SHARES]


def _head(texts: Catalogue, area: Area) -> Block:
    height = area.mm(5)
    names: list[Op] = [
        area.text(x, area.mm(0.5), texts.text(f"slip.table.{name}"), CAPTION)
        for x, name in zip(_edges(area), _COLUMNS, strict=True)
    ]
    rule = area.rule(height - area.points(FIRM), FIRM)
    return Block(height, (*names, rule), with_next=True)


def _row(line: SlipLine, facts: SlipFacts, texts: Catalogue, area: Area, head: Block) -> Block:
    """One line; title, reason and promise may end in an ellipsis, SKU and quantity never."""
    fitter, rooms = area.fitter, _rooms(area)
    outcome = outcome_text(line, facts, texts)
    cells = (
        ([str(line.line)], BODY),
        (fitter.wrap(line.sku, STRONG, rooms[1], anywhere=True) or [], STRONG),
        (fitter.wrapped(line.title, BODY, rooms[2], 2), BODY),
        ([str(line.quantity)], STRONG),
        (fitter.wrapped(line.reason, BODY, rooms[4], 2), BODY),
        (fitter.wrapped(outcome, BODY, rooms[5], 3), BODY),
    )
    pad = area.mm(_PAD)
    deepest = max(area.depth(len(lines), style) for lines, style in cells)
    height = pad + deepest + pad
    ops: list[Op] = []
    for x, (lines, style) in zip(_edges(area), cells, strict=True):
        ops += area.lines(x, pad, lines, style)
    return Block(height, (*ops, area.rule(height - area.points(0.5))), again=head)
