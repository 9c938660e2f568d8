"""What the customer does, in numbered steps with drawn icons, side by side."""

from __future__ import annotations

from typing import NamedTuple

from returns_cli.documents.facts import SlipFacts
from returns_cli.documents.fitting import Style
from returns_cli.documents.ops import Op, Shape, Text
from returns_cli.documents.slip.area import HEADING, Area
from returns_cli.documents.slip.flow import Block
from returns_cli.documents.slip.words import gain_of, when_text
from returns_cli.messages import Catalogue
from returns_cli.messages.formats import date_text

_ABOVE = 7.0  # mm of white above
_BETWEEN = 4.0  # mm of white between rows of steps
_FEWEST_COLUMNS, _MOST_COLUMNS = 4, 5
_DISC, _ICON = 6.0, 10.0  # mm
_TEXT = Style(9.5)
_MOST_LINES = 7
_GAIN_ICON = {"money": "coin", "credit": "card", "gift": "card", "goods": "swap"}


class Step(NamedTuple):
    """One thing to do: its icon and its words."""

    icon: str
    words: str


def steps_of(facts: SlipFacts, texts: Catalogue) -> list[Step]:
    """The steps of one return, in order; they depend on how it travels and what is still due."""
    steps: list[Step] = []
    if facts.photos_due:
        steps.append(Step("camera", texts.count("slip.steps.photos", facts.photos_due)))
    steps += [
        Step("question", texts.text("slip.steps.answer", question=question))
        for question in facts.answers_due
    ]
    steps += _sending(facts, texts)
    gain = gain_of(facts)
    if gain != "nothing":
        when = when_text(facts.promise, texts)
        steps.append(Step(_GAIN_ICON[gain], texts.text(f"slip.steps.{gain}", when=when)))
    return steps


def _sending(facts: SlipFacts, texts: Catalogue) -> list[Step]:
    if facts.travels == "none":
        return [Step("home", texts.text("slip.steps.keep"))]
    collected = facts.travels == "pickup"
    hand_in = "slip.steps.collect" if collected else "slip.steps.hand_in"
    if facts.post_by_on:
        day = date_text(facts.post_by_on, texts.locale)
        last = texts.text(hand_in, date=day)
    else:
        last = texts.text(f"{hand_in}_open")
    return [
        Step("parcel", texts.text("slip.steps.pack")),
        Step("label", texts.text(f"slip.steps.label_{facts.travels}")),
        Step("truck" if collected else "counter", last),
    ]


def steps_blocks(facts: SlipFacts, texts: Catalogue, area: Area) -> list[Block]:
    """The heading with the first row of steps, then further rows."""
    steps = steps_of(facts, texts)
    key = "slip.steps.title_keep" if facts.travels == "none" else "slip.steps.title"
    heading = area.text(area.left, 0, texts.text(key), HEADING)
    title = Block(area.mm(7), (heading,), with_next=True, above=area.mm(_ABOVE))
    rows = -(-len(steps) // _MOST_COLUMNS)
    in_row = -(-len(steps) // rows)
    column = area.width // (in_row if rows > 1 else max(_FEWEST_COLUMNS, in_row))
    starts = range(0, len(steps), in_row)
    return [title, *(_row(steps[i : i + in_row], i, column, area) for i in starts)]


def _row(steps: list[Step], start: int, column: int, area: Area) -> Block:
    room = column - area.mm(4)
    ops: list[Op] = []
    deepest = 0
    for i, step in enumerate(steps):
        x = area.left + i * column
        ops += _numbered(start + i + 1, step.icon, x, area)
        lines = area.fitter.wrapped(step.words, _TEXT, room, _MOST_LINES)
        top = area.mm(_ICON + 2.5)
        ops += area.lines(x, top, lines, _TEXT)
        deepest = max(deepest, top + area.depth(len(lines), _TEXT))
    return Block(deepest, tuple(ops), above=area.mm(_BETWEEN) if start else 0)


def _numbered(number: int, icon: str, x: int, area: Area) -> list[Op]:
    """A white number on a black disc, and the icon beside it."""
    disc, size = area.mm(_DISC), area.mm(_ICON)
    y = (size - disc) // 2
    style = Style(11, "bold")
    baseline = y + (disc + area.fitter.cap(style.size)) // 2
    return [
        Shape(x, y, disc, "disc"),
        Text(x + disc // 2, baseline, style.size, str(number), "bold", "center", "white"),
        Shape(x + disc + area.mm(2.5), 0, size, icon),
    ]
