"""The warehouse's box: tick boxes for each grade, quantity found, initials and date.

Every writing place has a row of its own, so that nothing runs into anything.
"""

from __future__ import annotations

from returns_cli.documents.facts import SlipFacts, SlipLine
from returns_cli.documents.fitting import Style
from returns_cli.documents.ops import Fill, Frame, Op, Rule, Text
from returns_cli.documents.slip.area import BODY, FIRM, HAIR, STRONG, Area
from returns_cli.documents.slip.flow import Block
from returns_cli.messages import Catalogue

_ABOVE = 7.0  # mm of white above the box
_TITLE = 7.0  # mm, the black bar
_PAD = 3.0  # mm inside the frame
_TICK = 4.5  # mm, the side of a tick box
_TICK_ROW = 7.0  # mm from one row of tick boxes to the next
_GRADE = Style(9.5)
_FOUND = 22.0  # mm, the line to write a quantity on
_SIGNED = 45.0  # mm, the lines for initials and date


def bench_blocks(facts: SlipFacts, texts: Catalogue, area: Area) -> list[Block]:
    """Title, a block per line, and the row to sign; the title comes again on further pages."""
    title = _title(facts, texts, area)
    rows = [_line(line, facts, texts, area, title) for line in facts.lines]
    return [title, *rows, _signature(texts, area, title)]


def _sides(area: Area, top: int, height: int) -> list[Op]:
    thickness = area.points(FIRM)
    return [
        Rule(area.left, top, height, thickness, is_vertical=True),
        Rule(area.right - thickness, top, height, thickness, is_vertical=True),
    ]


def _title(facts: SlipFacts, texts: Catalogue, area: Area) -> Block:
    height, style = area.mm(_TITLE), Style(11, "bold")
    baseline = (height + area.fitter.cap(style.size)) // 2
    units = sum(line.quantity for line in facts.lines)
    expected = texts.count("slip.bench.expected", units)
    pad = area.mm(_PAD)
    ops = (
        Fill(area.left, 0, area.width, height),
        Text(
            area.left + pad, baseline, style.size, texts.text("slip.bench.title"), "bold",
            ink="white",
        ),
        Text(area.right - pad, baseline, 10, expected, "bold", "right", "white"),
    )  # fmt: skip
    return Block(height, ops, with_next=True, above=area.mm(_ABOVE))


def _line(line: SlipLine, facts: SlipFacts, texts: Catalogue, area: Area, again: Block) -> Block:
    mm, pad = area.mm, area.mm(_PAD)
    x, right = area.left + pad, area.right - pad
    found = texts.text("slip.bench.found")
    found_x = right - mm(_FOUND) - mm(2) - round(area.fitter.width(found, *BODY))
    number = f"{line.line}"
    sku_x = x + mm(7)
    expected = texts.count("slip.bench.expected", line.quantity)
    expected_width = round(area.fitter.width(expected, *BODY))
    skus = area.fitter.wrap(
        line.sku, STRONG, found_x - sku_x - expected_width - mm(8), anywhere=True
    ) or [""]
    sku_width = round(max(area.fitter.width(part, *STRONG) for part in skus))
    top = pad
    ops: list[Op] = [
        area.text(x, top, number, STRONG),
        *area.lines(sku_x, top, skus, STRONG),
        area.text(sku_x + sku_width + mm(4), top, expected, BODY),
        area.text(found_x, top, found, BODY),
        _write_on(area, right - mm(_FOUND), top, mm(_FOUND)),
    ]
    top += area.depth(len(skus), STRONG) + mm(2.2)
    ticks, top = _ticks(facts, area, x, right, top)
    height = top + pad
    ops += [*ticks, *_sides(area, 0, height)]
    return Block(height, (*ops, area.rule(height - area.points(HAIR))), again=again)


def _write_on(area: Area, x: int, top: int, length: int) -> Rule:
    """A line to write on, at the baseline of text whose capitals begin at ``top``."""
    return Rule(x, top + area.fitter.cap(BODY.size) + area.mm(0.8), length, area.points(HAIR))


def _ticks(facts: SlipFacts, area: Area, x: int, right: int, top: int) -> tuple[list[Op], int]:
    """A box and a name for each grade; what has no room begins a new row."""
    tick, left = area.mm(_TICK), x
    ops: list[Op] = []
    for grade in facts.grades:
        name = area.fitter.cut(grade.text or grade.code, _GRADE, right - left - 2 * tick)
        width = tick + area.mm(1.8) + round(area.fitter.width(name, *_GRADE))
        if x > left and x + width > right:
            x, top = left, top + area.mm(_TICK_ROW)
        baseline = top + (tick + area.fitter.cap(_GRADE.size)) // 2
        ops.append(Frame(x, top, tick, tick, area.points(0.9)))
        ops.append(Text(x + tick + area.mm(1.8), baseline, _GRADE.size, name))
        x += width + area.mm(6)
    return ops, top + tick


def _signature(texts: Catalogue, area: Area, again: Block) -> Block:
    mm = area.mm
    height, top = mm(12), mm(4.6)
    x = area.left + mm(_PAD)
    ops: list[Op] = _sides(area, 0, height)
    for key in ("slip.bench.initials", "slip.bench.date"):
        words = texts.text(key)
        ops.append(area.text(x, top, words, BODY))
        x += round(area.fitter.width(words, *BODY)) + mm(2)
        ops.append(_write_on(area, x, top, mm(_SIGNED)))
        x += mm(_SIGNED) + mm(8)
    return Block(height, (*ops, area.rule(height - area.points(FIRM), FIRM)), again=again)
