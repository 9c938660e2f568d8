"""The strip below the cut line of the first page, which the customer keeps."""

from __future__ import annotations

from returns_cli.documents.facts import SlipFacts
from returns_cli.documents.fitting import Style
from returns_cli.documents.ops import Op, Rule, Shape, Text
from returns_cli.documents.placing import spoken
from returns_cli.documents.slip.area import BODY, CAPTION, HAIR, Area
from returns_cli.documents.slip.words import gain_sentence
from returns_cli.messages import Catalogue
from returns_cli.messages.formats import date_text

HEIGHT = 29.0  # mm

_SCISSORS = 5.0  # mm
_CUT = 0.6  # points
_DASH = (4.0, 3.0)  # points on and off
_VALUE = Style(12, "bold")


def stub(facts: SlipFacts, texts: Catalogue, area: Area, top: int) -> tuple[Op, ...]:
    """The cut line and what stands below it: number, last day, promise, place for a receipt."""
    return (*_cut_line(texts, area, top), *_kept(facts, texts, area, top + area.mm(9)))


def _cut_line(texts: Catalogue, area: Area, top: int) -> list[Op]:
    mm = area.mm
    scissors = mm(_SCISSORS)
    middle = top + scissors // 2
    words = texts.text("slip.stub.cut")
    words_width = round(area.fitter.width(words, *CAPTION))
    text_x = area.left + scissors + mm(1.5)
    line_x = text_x + words_width + mm(2)
    on, off = (area.points(part) for part in _DASH)
    return [
        Shape(area.left, top, scissors, "scissors"),
        Text(text_x, middle + area.fitter.cap(CAPTION.size) // 2, CAPTION.size, words),
        Rule(line_x, middle, area.right - line_x, area.points(_CUT), dash=(on, off)),
    ]


def _kept(facts: SlipFacts, texts: Catalogue, area: Area, top: int) -> list[Op]:
    mm, fitter = area.mm, area.fitter
    columns = [area.left, area.left + round(area.width * 0.3), area.left + round(area.width * 0.52)]
    value_top = top + mm(4)
    order = fitter.cut(
        f"{texts.text('slip.order')} {facts.order_id}", CAPTION, columns[1] - columns[0] - mm(4)
    )
    day = date_text(facts.post_by_on, texts.locale) if facts.post_by_on else "–"
    day_size = fitter.shrunk(day, _VALUE, columns[2] - columns[1] - mm(4)) or 6
    gain = fitter.wrapped(gain_sentence(facts, texts), BODY, area.right - columns[2], 2)
    receipt = texts.text("slip.stub.receipt")
    receipt_top = top + mm(13)
    line_x = area.left + round(fitter.width(receipt, *BODY)) + mm(2)
    return [
        area.text(columns[0], top, order, CAPTION),
        Text(columns[0], value_top + fitter.cap(12), 12, spoken(facts.rma), "bold", gap=mm(0.4)),
        area.text(columns[1], top, texts.text("slip.stub.post_by"), CAPTION),
        area.text(columns[1], value_top, day, Style(day_size, "bold")),
        area.text(columns[2], top, texts.text("slip.stub.promise"), CAPTION),
        *area.lines(columns[2], value_top, gain, BODY),
        area.text(area.left, receipt_top, receipt, BODY),
        Rule(
            line_x,
            receipt_top + fitter.cap(BODY.size) + mm(0.8),
            area.right - line_x,
            area.points(HAIR),
        ),
    ]
