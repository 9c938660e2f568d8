"""The top of every slip page: what it is, where it goes, the return's number and its codes."""

from __future__ import annotations

from returns_cli.documents.codes import QUIET_BARS
from returns_cli.documents.facts import SlipFacts
from returns_cli.documents.fitting import Style
from returns_cli.documents.ops import Frame, Op, Shape, Text
from returns_cli.documents.placing import Box, place_bars, place_cells, spoken
from returns_cli.documents.slip.area import CAPTION, FIRM, Area
from returns_cli.messages import Catalogue
from returns_cli.messages.formats import date_text

HEIGHT = 46.0  # mm, from the top margin to the first block

_TITLE = Style(20, "bold")
_BANNER = Style(13, "bold")
_VALUE = Style(12, "bold")
_BARS = (60.0, 15.0)  # mm, room for the Code 128 and the height of its bars
_QR = 25.0  # mm with its quiet zone


def head(facts: SlipFacts, texts: Catalogue, area: Area) -> tuple[Op, ...]:
    """The head, drawn from the area's top.

    Raises:
        DoesNotFitError: a name or a code that has no room.
    """
    mm, top = area.mm, area.top
    return (
        Text(area.left, top + mm(7.4), _TITLE.size, texts.text("slip.title"), _TITLE.weight),
        *_banner(facts, texts, area),
        area.rule(top + mm(13), FIRM),
        *_codes(facts, area),
        *_identity(facts, texts, area),
        area.rule(top + mm(41.5), FIRM),
    )


def _banner(facts: SlipFacts, texts: Catalogue, area: Area) -> list[Op]:
    """The one thing to do with this page, in a frame at the right."""
    mm = area.mm
    keeps = facts.travels == "none"
    words = texts.text("slip.keep" if keeps else "slip.inside")
    icon, height = mm(7), mm(10)
    room = area.width - mm(78)
    size = area.fitter.shrunk(words, _BANNER, room - icon - mm(6)) or 6
    width = round(area.fitter.width(words, size, "bold")) + icon + mm(6)
    x, y = area.right - width, area.top
    baseline = y + (height + area.fitter.cap(size)) // 2
    return [
        Frame(x, y, width, height, area.points(FIRM)),
        Shape(x + mm(2), y + (height - icon) // 2, icon, "home" if keeps else "page_in"),
        Text(x + mm(4) + icon, baseline, size, words, "bold"),
    ]


def _codes(facts: SlipFacts, area: Area) -> list[Op]:
    """Code 128 at the left, flush, since the margin is its quiet zone; the QR at the right."""
    mm, grid, top = area.mm, area.fitter.grid, area.top
    width, height = map(mm, _BARS)
    bars = place_bars(facts.rma, "rma", grid, Box(0, top + mm(16.5), width, height))
    drawn = sum(bars.widths) * bars.unit
    quiet = QUIET_BARS * bars.unit
    bars = bars._replace(x=max(area.left, quiet))
    letters = Text(
        bars.x + drawn // 2,
        top + mm(37.6),
        14,
        spoken(facts.rma),
        "bold",
        "center",
        gap=mm(0.6),
    )
    side = mm(_QR)
    cells = place_cells(facts.qr_text, "qr_text", grid, Box(0, top + mm(14.7), side, side))
    cells = cells._replace(x=area.right - len(cells.rows) * cells.unit)
    return [bars, letters, cells]


def _identity(facts: SlipFacts, texts: Catalogue, area: Area) -> list[Op]:
    """Order, its day and the customer, between the codes."""
    mm, top = area.mm, area.top
    x, right = area.left + mm(66), area.right - mm(_QR + 3)
    half = (right - x) // 2
    ordered = date_text(facts.ordered_on, texts.locale) if facts.ordered_on else "–"
    shop = area.fitter.cut(facts.shop_name, Style(10, "bold"), right - x)
    ops: list[Op] = [
        area.text(x, top + mm(16.5), shop, Style(10, "bold")),
        area.text(x, top + mm(22.5), texts.text("slip.order"), CAPTION),
        area.text(x + half, top + mm(22.5), texts.text("slip.ordered_on"), CAPTION),
        area.text(x + half, top + mm(25.8), ordered, _VALUE),
        area.text(x, top + mm(31.8), texts.text("slip.customer"), CAPTION),
    ]
    ops += _value(facts.order_id, x, top + mm(25.8), half - mm(3), area, "order_id")
    return [*ops, *_value(facts.customer_name, x, top + mm(35.1), right - x, area, "customer_name")]


def _value(text: str, x: int, top: int, room: int, area: Area, field: str) -> list[Op]:
    """A value on one line, or smaller on two; never cut."""
    size = area.fitter.shrunk(text, _VALUE, room, floor=8)
    if size is not None:
        return [area.text(x, top, text, Style(size, "bold"))]
    style = Style(6.5, "bold")
    lines = area.fitter.wrap(text, style, room, anywhere=True) or []
    height = area.depth(2, style)
    if len(lines) > 2:
        lines = [
            line.text for line in area.fitter.block([(text, style)], room, height, field, most=2)
        ]
    return area.lines(x, top, lines, style)
