"""The packing slip: one or more pages for the parcel, the first with a strip to keep.

Top to bottom: head, goods, what comes back and by when, steps, the warehouse's box. On paper with
a fold the label lies below it in place of the strip; the warehouse's box, which travels with the
goods, comes before what is for the customer, which a second page holds where the half is too
small. For a gift no amount, no payment and nothing of the buyer is
drawn, whatever the facts hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from returns_cli.documents.facts import SlipFacts
from returns_cli.documents.fitting import Fitter
from returns_cli.documents.office import PlacedLabel
from returns_cli.documents.ops import Op, Page, Text
from returns_cli.documents.sizes import Sheet
from returns_cli.documents.slip import head, stub
from returns_cli.documents.slip.area import CAPTION, Area
from returns_cli.documents.slip.bench import bench_blocks
from returns_cli.documents.slip.flow import Block, paginate
from returns_cli.documents.slip.goods import goods_blocks
from returns_cli.documents.slip.steps import steps_blocks
from returns_cli.documents.slip.terms import short_terms_block, terms_block
from returns_cli.messages import Catalogue, catalogue
from returns_cli.messages.formats import date_text

_FOOT = 5.0  # mm at the bottom of every page
_ABOVE_FOOT = 3.0  # mm of white above it
_ABOVE_FOLD = 5.0  # mm between the foot and the fold, for the words at the fold
_FOLD_TOP = 7.0  # mm of margin at the top of paper with a fold, where every millimetre counts


class _End(NamedTuple):
    """Where a page of the slip ends, in dots: its blocks, and the line of its foot."""

    body: int
    foot: int


class SlipTemplate:
    """Draws packing slips for one sheet and printer.

    Args:
        sheet: a sheet whose use is ``slip``.
        fitter: the grid and the fonts.
    """

    def __init__(self, sheet: Sheet, fitter: Fitter) -> None:
        grid = fitter.grid
        left = grid.mm(sheet.margin)
        width = grid.mm(sheet.width) - 2 * left
        bottom = grid.mm(sheet.height - sheet.margin)
        top = sheet.margin if sheet.cut is None else _FOLD_TOP
        self._area = Area(fitter, left, width, grid.mm(top), bottom)
        self._plain_end = _End(bottom - grid.mm(_FOOT + _ABOVE_FOOT), bottom)
        self._placed = None
        if sheet.place is not None and sheet.cut is not None:
            self._placed = PlacedLabel(sheet, sheet.place, fitter), grid.mm(sheet.cut)

    def pages(self, facts: SlipFacts) -> list[Page]:
        """The slip of one return; facts are clean and every sign has a font.

        Raises:
            DoesNotFitError: a name, an address or a code that has no room.
        """
        area, texts = self._area, catalogue(facts.language)
        below, first = self._below(facts, texts)
        top = area.top + area.mm(head.HEIGHT)
        ways = [
            paginate(blocks, top, first.body, self._plain_end.body)
            for blocks in self._arrangements(facts, texts)
        ]
        bodies = next((one for one in ways if len(one) == 1), ways[-1])
        opened = head.head(facts, texts, area)
        pages = []
        for number, body in enumerate(bodies, 1):
            under, end = (below, first) if number == 1 else (Page((), ()), self._plain_end)
            foot = self._foot(facts, texts, (number, len(bodies)), end.foot)
            pages.append(Page(under.static, (*opened, *body, *under.ops, *foot)))
        return pages

    def _below(self, facts: SlipFacts, texts: Catalogue) -> tuple[Page, _End]:
        """What is cut off the first page, and where the slip ends above it."""
        area, mm = self._area, self._area.mm
        if facts.travels == "none":
            return Page((), ()), self._plain_end
        if self._placed is not None and facts.label is not None:
            placed, fold = self._placed
            foot = fold - mm(_ABOVE_FOLD)
            return placed.placed(facts.label), _End(foot - mm(_FOOT), foot)
        top = area.bottom - mm(_FOOT + stub.HEIGHT)
        cut = Page((), stub.stub(facts, texts, area, top))
        return cut, _End(top - mm(_ABOVE_FOOT), area.bottom)

    def _arrangements(self, facts: SlipFacts, texts: Catalogue) -> Iterator[list[Block]]:
        """The slip's blocks; of several ways the first that needs one page, else the last."""
        area = self._area
        goods = goods_blocks(facts, texts, area)
        told = [terms_block(facts, texts, area), *steps_blocks(facts, texts, area)]
        if facts.travels == "none":
            yield [*goods, *told]
            return
        bench = bench_blocks(facts, catalogue(facts.bench_language or facts.language), area)
        if not self._placed:
            yield [*goods, *told, *bench]
            return
        if not facts.photos_due and not facts.answers_due:
            yield [*goods, *bench, short_terms_block(facts, texts, area)]
        yield [*goods, *bench, *told]

    def _foot(self, facts: SlipFacts, texts: Catalogue, of: tuple[int, int], y: int) -> list[Op]:
        """Which page of which return this is, and by which policy it was decided."""
        area = self._area
        size, middle = CAPTION.size, area.left + area.width // 2
        page, pages = map(str, of)
        number = texts.text("slip.page", page=page, pages=pages)
        ops: list[Op] = [
            Text(middle, y, size, facts.rma, align="center"),
            Text(area.right, y, size, number, "bold", "right"),
        ]
        policy = " ".join(part for part in (facts.policy_id, facts.policy_version) if part)
        parts = []
        if policy:
            parts.append(texts.text("slip.policy", policy=policy))
        if facts.printed_on:
            day = date_text(facts.printed_on, texts.locale)
            parts.append(texts.text("slip.printed", date=day))
        if parts:
            room = area.width // 2 - area.mm(20)
            line = area.fitter.cut(" · ".join(parts), CAPTION, room)
            ops.append(Text(area.left, y, size, line))
        return ops
