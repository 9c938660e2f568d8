"""The packing slip: one or more pages for the parcel, the first with a strip to keep.

Top to bottom: head, goods, what comes back and by when, steps, the warehouse's box. For a gift no
amount, no payment and nothing of the buyer is drawn, whatever the facts hold.
"""

from __future__ import annotations

from returns_cli.documents.facts import SlipFacts
from returns_cli.documents.fitting import Fitter
from returns_cli.documents.ops import Op, Page, Text
from returns_cli.documents.sizes import Sheet
from returns_cli.documents.slip import head, stub
from returns_cli.documents.slip.area import CAPTION, Area
from returns_cli.documents.slip.bench import bench_blocks
from returns_cli.documents.slip.flow import Block, paginate
from returns_cli.documents.slip.goods import goods_blocks
from returns_cli.documents.slip.steps import steps_blocks
from returns_cli.documents.slip.terms import terms_block
from returns_cli.messages import Catalogue, catalogue
from returns_cli.messages.formats import date_text

_FOOT = 5.0  # mm at the bottom of every page
_ABOVE_FOOT = 3.0  # mm of white above it


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
        self._area = Area(fitter, left, width, grid.mm(sheet.margin), bottom)

    def pages(self, facts: SlipFacts) -> list[Page]:
        """The slip of one return; facts are clean and every sign has a font.

        Raises:
            DoesNotFitError: a name, an address or a code that has no room.
        """
        area, texts = self._area, catalogue(facts.language)
        sends = facts.travels != "none"
        top = area.top + area.mm(head.HEIGHT)
        bottom = area.bottom - area.mm(_FOOT + _ABOVE_FOOT)
        stub_top = area.bottom - area.mm(_FOOT + stub.HEIGHT)
        first_bottom = stub_top - area.mm(_ABOVE_FOOT) if sends else bottom
        bodies = paginate(self._blocks(facts, texts), top, first_bottom, bottom)
        first = stub.stub(facts, texts, area, stub_top) if sends else ()
        opened = head.head(facts, texts, area)
        return [
            Page(
                (),
                (
                    *opened,
                    *body,
                    *(first if number == 1 else ()),
                    *self._foot(facts, texts, number, len(bodies)),
                ),
            )
            for number, body in enumerate(bodies, 1)
        ]

    def _blocks(self, facts: SlipFacts, texts: Catalogue) -> list[Block]:
        area = self._area
        blocks = [
            *goods_blocks(facts, texts, area),
            terms_block(facts, texts, area),
            *steps_blocks(facts, texts, area),
        ]
        if facts.travels == "none":
            return blocks
        bench = catalogue(facts.bench_language or facts.language)
        return [*blocks, *bench_blocks(facts, bench, area)]

    def _foot(self, facts: SlipFacts, texts: Catalogue, number: int, pages: int) -> list[Op]:
        """Which page of which return this is, and by which policy it was decided."""
        area = self._area
        size, middle = CAPTION.size, area.left + area.width // 2
        of = texts.text("slip.page", page=str(number), pages=str(pages))
        ops: list[Op] = [
            Text(middle, area.bottom, size, facts.rma, align="center"),
            Text(area.right, area.bottom, size, of, "bold", "right"),
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
            ops.append(Text(area.left, area.bottom, size, line))
        return ops
