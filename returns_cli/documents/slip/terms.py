"""What comes back and by when to post: the quote at the left, the last day and address right."""

from __future__ import annotations

from returns_cli.documents.addresses import address_lines
from returns_cli.documents.facts import SlipFacts
from returns_cli.documents.fitting import Style
from returns_cli.documents.ops import Op, Rule, Text
from returns_cli.documents.slip.area import (
    BODY,
    CAPTION,
    HEADING,
    NOTE,
    STRONG,
    Area,
)
from returns_cli.documents.slip.flow import Block
from returns_cli.documents.slip.words import settled_sentence
from returns_cli.messages import Catalogue
from returns_cli.messages.formats import date_text, money_text

_ABOVE = 6.0  # mm of white above the block
_LEFT_SHARE = 0.5
_RIGHT_FROM = 0.56
_DATE = Style(14, "bold")


def terms_block(facts: SlipFacts, texts: Catalogue, area: Area) -> Block:
    """Both columns as one block.

    Raises:
        DoesNotFitError: the return address has no room.
    """
    left, left_end = _quote(facts, texts, area)
    if facts.travels == "none":
        return Block(left_end, tuple(left), above=area.mm(_ABOVE))
    right, right_end = _posting(facts, texts, area)
    return Block(max(left_end, right_end), (*left, *right), above=area.mm(_ABOVE))


def short_terms_block(facts: SlipFacts, texts: Catalogue, area: Area) -> Block:
    """The promise in one sentence and the last day, where the label's address lies below."""
    width, x = round(area.width * _LEFT_SHARE), area.left + round(area.width * _RIGHT_FROM)
    top = area.mm(7)
    sentence = area.fitter.wrapped(settled_sentence(facts, texts), BODY, width, 3)
    day, size = _last_day(facts, texts, area, area.right - x)
    ops = (
        area.text(area.left, 0, texts.text("slip.quote.title"), HEADING),
        *area.lines(area.left, top, sentence, BODY),
        area.text(x, 0, texts.text("slip.post.title"), HEADING),
        area.text(x, top, day, Style(size, "bold")),
    )
    deepest = max(area.depth(len(sentence), BODY), area.depth(1, _DATE))
    return Block(top + deepest, ops, above=area.mm(_ABOVE))


def _last_day(facts: SlipFacts, texts: Catalogue, area: Area, room: int) -> tuple[str, float]:
    """The day to post by, and the size that it has room for."""
    if facts.post_by_on:
        day = date_text(facts.post_by_on, texts.locale, style="full")
    else:
        day = texts.text("slip.post.open")
    return day, area.fitter.shrunk(day, _DATE, room) or 6


def _quote(facts: SlipFacts, texts: Catalogue, area: Area) -> tuple[list[Op], int]:
    width = round(area.width * _LEFT_SHARE)
    y = 0
    ops: list[Op] = [area.text(area.left, y, texts.text("slip.quote.title"), HEADING)]
    y += area.mm(7)
    if not facts.is_gift and facts.amounts and facts.total_minor is not None:
        rows, y = _amounts(facts, facts.total_minor, texts, area, width, y)
        ops += rows
    sentence = area.fitter.wrapped(settled_sentence(facts, texts), BODY, width, 3)
    ops += area.lines(area.left, y, sentence, BODY)
    y += area.depth(len(sentence), BODY) + area.mm(1.5)
    if not facts.is_gift and facts.total_minor and facts.travels != "none":
        note = area.fitter.wrapped(texts.text("slip.quote.estimate"), NOTE, width, 2)
        ops += area.lines(area.left, y, note, NOTE)
        y += area.depth(len(note), NOTE)
    return ops, y


def _amounts(
    facts: SlipFacts, total_minor: int, texts: Catalogue, area: Area, width: int, y: int
) -> tuple[list[Op], int]:
    """Components of one kind as one row, in the quote's order, and their total."""
    by_kind: dict[str, int] = {}
    for amount in facts.amounts:
        by_kind[amount.kind] = by_kind.get(amount.kind, 0) + amount.amount_minor
    right, leading = area.left + width, area.mm(5)
    ops: list[Op] = []

    def row(words: str, amount_minor: int, style: Style) -> None:
        baseline = y + area.fitter.cap(style.size)
        money = money_text(amount_minor, facts.currency, texts.locale)
        ops.append(Text(area.left, baseline, style.size, words, style.weight))
        ops.append(Text(right, baseline, style.size, money, style.weight, "right", columns=True))

    for kind, amount_minor in by_kind.items():
        key = f"slip.component.{kind}"
        row(texts.text(key) if texts.has(key) else kind, amount_minor, BODY)
        y += leading
    ops.append(Rule(area.left, y - area.mm(0.6), width, area.points(0.5)))
    y += area.mm(1)
    row(texts.text("slip.quote.total"), total_minor, Style(12, "bold"))
    y += area.mm(6)
    if facts.tax_included_minor:
        tax = money_text(facts.tax_included_minor, facts.currency, texts.locale)
        ops.append(area.text(area.left, y, texts.text("slip.quote.tax_included", amount=tax), NOTE))
        y += area.mm(4.5)
    return ops, y + area.mm(1)


def _posting(facts: SlipFacts, texts: Catalogue, area: Area) -> tuple[list[Op], int]:
    x = area.left + round(area.width * _RIGHT_FROM)
    room = area.right - x
    y = 0
    ops: list[Op] = [area.text(x, y, texts.text("slip.post.title"), HEADING)]
    y += area.mm(7)
    day, size = _last_day(facts, texts, area, room)
    ops.append(area.text(x, y, day, Style(size, "bold")))
    y += area.mm(6.5)
    if facts.post_by_on:
        note = area.fitter.wrapped(texts.text("slip.post.late"), NOTE, room, 2)
        ops += area.lines(x, y, note, NOTE)
        y += area.depth(len(note), NOTE) + area.mm(3)
    ops.append(area.text(x, y, texts.text("slip.post.to"), CAPTION))
    y += area.mm(4)
    found = address_lines(facts.return_to, texts.locale)
    lines = [(line.text, STRONG if line.is_name else BODY) for line in found]
    block = area.fitter.block(lines, room, area.mm(60), "return_to")
    return [*ops, *area.block(x, y, block)], y + area.block_depth(block)
