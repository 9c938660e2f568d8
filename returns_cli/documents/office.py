"""Labels on office paper: one in its frame, one turned below a fold, or many on a sheet of cells.

A label is laid out for the place it gets and moved by whole dots: nothing is scaled, so its codes
stand on the printer's dots in page space too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from returns_cli.documents.addresses import address_lines
from returns_cli.documents.carrier import CarrierPage, place_carrier
from returns_cli.documents.facts import LabelFacts
from returns_cli.documents.fitting import SMALLEST, DoesNotFitError, Fitter, Style
from returns_cli.documents.label import LabelTemplate
from returns_cli.documents.ops import Frame, Op, Page, Rule, Shape, Text, Turned, moved
from returns_cli.documents.placing import Box, place_bars, place_cells, spoken
from returns_cli.documents.sizes import CellGrid, Place, Sheet, sheets
from returns_cli.messages import Catalogue, catalogue
from returns_cli.messages.formats import date_text

_EDGE = 5.0  # mm that office printers leave blank
_CUT = 0.6  # points
_DASH = (4.0, 3.0)  # points on and off
_SCISSORS = 5.0  # mm
_SIDE, _ENDS = 4.5, 2.2  # mm of white inside a cell: office printers leave the edges blank
_DOWN = 1.5  # mm further down for text in the first row
_BARS, _HIGHEST_BARS = 8.5, 20.0  # mm
_LARGEST_QR = 24.0  # mm; what is left of a larger cell makes its bars higher
_LETTERS = 4.2  # mm below the bars


def label_pages(
    sheet: Sheet, fitter: Fitter, carrier: Sequence[CarrierPage] = ()
) -> Callable[[LabelFacts], list[Page]]:
    """What draws one label for a sheet that holds one label a page.

    Args:
        sheet, fitter: the paper, the dots and the fonts.
        carrier: pages of a carrier's label; on a folded page the one page lies above the fold,
            else each is a page of its own before ours.
    """
    if sheet.place is not None:
        return PlacedLabel(sheet, sheet.place, fitter, carrier).pages
    template = LabelTemplate(sheet, fitter)

    def pages(facts: LabelFacts) -> list[Page]:
        box = Box(0, 0, *fitter.grid.size(sheet))
        before = [Page((), (place_carrier(one, fitter.grid, box),)) for one in carrier]
        return [*before, *template.pages(facts)]

    return pages


class PlacedLabel:
    """A label at its place on office paper, with a frame to cut along or a line to fold at."""

    def __init__(
        self, sheet: Sheet, place: Place, fitter: Fitter, carrier: Sequence[CarrierPage] = ()
    ) -> None:
        self._carrier = carrier
        self._sheet = sheet
        self._place = place
        self._fitter = fitter
        self._inner = sheets()[place.label]
        self._label = LabelTemplate(self._inner, fitter)

    def pages(self, facts: LabelFacts) -> list[Page]:
        """One page; see :meth:`LabelTemplate.pages`."""
        texts = catalogue(facts.language)
        placed = self.placed(facts)
        if self._sheet.cut is None:
            return [placed]
        above = self._beside() if self._carrier else self._upper(facts, texts)
        return [placed._replace(ops=(*above, *placed.ops))]

    def placed(self, facts: LabelFacts) -> Page:
        """The label at its place with its frame or its fold, and nothing else on the page."""
        texts = catalogue(facts.language)
        (page,) = self._label.pages(facts)
        cut = self._sheet.cut
        around = self._frame(texts) if cut is None else self._fold(texts, cut)
        return Page((*around, *self._at_place(page.static)), self._at_place(page.ops))

    def _beside(self) -> list[Op]:
        """The carrier's label above the fold, so that both go onto the parcel."""
        if len(self._carrier) > 1:
            raise DoesNotFitError(
                "carrier", f"the carrier's label has {len(self._carrier)} pages, and one has room"
            )
        grid, edge = self._fitter.grid, self._fitter.grid.mm(_EDGE)
        height = grid.mm(self._sheet.cut or 0) - 2 * edge
        box = Box(edge, edge, grid.mm(self._sheet.width) - 2 * edge, height)
        return [place_carrier(self._carrier[0], grid, box)]

    def _at_place(self, ops: tuple[Op, ...]) -> tuple[Op, ...]:
        grid = self._fitter.grid
        x, y = grid.mm(self._place.x), grid.mm(self._place.y)
        if not self._place.is_turned:
            return moved(ops, y, x)
        return (Turned(x, y, grid.mm(self._inner.width), grid.mm(self._inner.height), ops),)

    def _frame(self, texts: Catalogue) -> list[Op]:
        """Where to cut, and that the printer must not scale."""
        mm = self._fitter.grid.mm
        x, y = mm(self._place.x), mm(self._place.y)
        width, height = mm(self._inner.width), mm(self._inner.height)
        words = texts.text("label.office.cut")
        return [
            Frame(x, y, width, height, self._points(_CUT)),
            Shape(x, y - mm(_SCISSORS + 1), mm(_SCISSORS), "scissors"),
            Text(x + mm(_SCISSORS + 2), y - mm(2.3), 8, words),
        ]

    def _points(self, size: float) -> int:
        return max(1, round(size * self._fitter.grid.point))

    def _fold(self, texts: Catalogue, cut: float) -> list[Op]:
        mm = self._fitter.grid.mm
        y, left = mm(cut), mm(self._sheet.margin)
        on, off = (self._points(part) for part in _DASH)
        length = mm(self._sheet.width) - 2 * left
        words = texts.text("label.office.both" if self._carrier else "label.office.fold")
        return [
            Rule(left, y, length, self._points(_CUT), dash=(on, off)),
            Text(left, y - mm(1.6), 8, words),
        ]

    def _upper(self, facts: LabelFacts, texts: Catalogue) -> list[Op]:
        """The half that the sender keeps: number, last day, and what to do with the other half."""
        mm, fitter = self._fitter.grid.mm, self._fitter
        left = mm(self._sheet.margin)
        room = mm(self._sheet.width) - 2 * left
        day = date_text(facts.post_by_on, texts.locale) if facts.post_by_on else "–"
        shop = fitter.cut(facts.shop_name, Style(14, "bold"), room)
        ops: list[Op] = [
            Text(left, mm(20), 14, shop, "bold"),
            Text(left, mm(36), 26, spoken(facts.rma), "bold", gap=mm(0.7)),
        ]
        y = mm(47)
        for key, value in (("order", facts.order_id), ("items", str(facts.units)),
                           ("reason", facts.reason), ("post_by", day)):  # fmt: skip
            ops.append(Text(left, y, 8, texts.text(f"label.{key}")))
            line = fitter.cut(value, Style(11, "bold"), room - mm(30))
            ops.append(Text(left + mm(28), y, 11, line, "bold"))
            y += mm(6.5)
        y += mm(5)
        for n in range(1, 5):
            step = texts.text(f"label.office.step{n}", date=day)
            ops.append(Shape(left, y - mm(4.4), mm(6), "disc"))
            ops.append(Text(left + mm(3), y, 10, str(n), "bold", "center", "white"))
            for line in fitter.wrapped(step, Style(11), room - mm(10), 2):
                ops.append(Text(left + mm(9), y, 11, line))
                y += fitter.leading(11)
            y += mm(3.4)
        return ops


class CellTemplate:
    """Draws one cell of a sheet of labels, from its own top left corner."""

    def __init__(self, cells: CellGrid, fitter: Fitter) -> None:
        mm = fitter.grid.mm
        self._fitter = fitter
        self._left, self._top = mm(_SIDE), mm(_ENDS)
        self._width = mm(cells.width) - 2 * self._left
        self._height = mm(cells.height) - 2 * self._top

    def pages(self, facts: LabelFacts) -> list[Page]:
        """Where it goes, both codes and the number, as a page of the cell's size.

        Raises:
            DoesNotFitError: an address or a code that has no room.
        """
        if facts.travels == "none":
            raise DoesNotFitError(
                "travels", "this return needs no label, the customer keeps the goods"
            )
        mm, grid = self._fitter.grid.mm, self._fitter.grid
        texts = catalogue(facts.language)
        side = min(self._height - mm(_BARS + _LETTERS), mm(_LARGEST_QR))
        high = min(self._height - side - mm(_LETTERS), mm(_HIGHEST_BARS))
        right = self._left + self._width
        cells = place_cells(
            facts.qr_text, "qr_text", grid, Box(right - side, self._top, side, side)
        )
        bars_y = self._top + side
        bars_box = Box(self._left, bars_y, self._width, high)
        bars = place_bars(facts.rma, "rma", grid, bars_box, centered=False)
        ops = [
            *self._destination(facts, texts, self._width - side - mm(1), side - mm(_DOWN + 1.5)),
            cells,
            bars,
            *self._letters(facts, texts, bars_y + high + mm(3.4)),
        ]
        return [Page((), tuple(ops))]

    def _destination(self, facts: LabelFacts, texts: Catalogue, room: int, height: int) -> list[Op]:
        found = address_lines(facts.destination, texts.locale)
        lines = [(line.text, Style(10, "bold") if line.is_name else Style(9)) for line in found]
        ops: list[Op] = []
        y = self._top + self._fitter.grid.mm(_DOWN)
        for n, line in enumerate(self._fitter.block(lines, room, height, "destination")):
            y += self._fitter.leading(line.size) if n else self._fitter.cap(line.size)
            ops.append(Text(self._left, y, line.size, line.text, line.weight))
        return ops

    def _letters(self, facts: LabelFacts, texts: Catalogue, baseline: int) -> list[Op]:
        mm = self._fitter.grid.mm
        letters = spoken(facts.rma)
        gap = mm(0.3)
        ops: list[Op] = [Text(self._left, baseline, 10, letters, "bold", gap=gap)]
        if not facts.postage:
            notice = texts.text("label.office.not_postage")
            used = self._fitter.width(letters, 10, "bold") * 1.1 + gap * len(letters)
            style = Style(7, "bold")
            room = self._width - used - mm(1.5)
            size = self._fitter.shrunk(notice, style, room) or SMALLEST
            right = self._left + self._width
            ops.append(Text(right, baseline, size, notice, "bold", "right"))
        return ops


def imposed(pages: Sequence[Page], cells: CellGrid, fitter: Fitter, start_at: int) -> list[Page]:
    """Cells onto sheets, row by row, from the first free one.

    Args:
        pages: the cells, each from its own corner.
        cells: where they lie on the paper.
        fitter: the printer's dots.
        start_at: the first free cell, from 1: earlier ones were used before.
    """
    mm = fitter.grid.mm
    per_sheet = cells.columns * cells.rows
    made: list[list[Op]] = []
    for n, page in enumerate(pages, start_at - 1):
        row, column = divmod(n % per_sheet, cells.columns)
        if n % per_sheet == 0 or not made:
            made.append([])
        right = mm(cells.left + column * cells.pitch_x)
        down = mm(cells.top + row * cells.pitch_y)
        made[-1] += moved(page.ops, down, right)
    regions = {page.region for page in pages}
    region = regions.pop() if len(regions) == 1 else ""
    return [Page((), tuple(ops), region) for ops in made]
