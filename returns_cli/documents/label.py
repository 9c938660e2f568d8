"""The return label, one page: zones from the top as the eye reads them.

Three sizes carry it: where it goes inside the warehouse, where it goes at all, and its number. For
a shop with a GS1 prefix the SSCC takes the number's place as bars; the QR code and the letters
still say the number. It identifies the parcel and pays for nothing, and says so unless a carrier's
label goes with it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from returns_cli.documents.addresses import address_lines
from returns_cli.documents.facts import LabelFacts, PaperAddress
from returns_cli.documents.fitting import SMALLEST, DoesNotFitError, Fitter, Line, Style
from returns_cli.documents.ops import Fill, Op, Page, Rule, Text
from returns_cli.documents.placing import Box, place_bars, place_cells, place_sscc, spoken
from returns_cli.documents.sizes import Sheet
from returns_cli.messages import Catalogue, catalogue
from returns_cli.messages.formats import date_text

_PAD = 2.5  # mm between the margin and text
_QR = 38.0  # mm, the side of the QR code with its quiet zone
_RULE = 1.2  # points
_CAPTION = 6.5  # points
_BAR_GAP = 2.4  # mm of white above the bars
_RMA_BAND = 7.6  # mm below the bars for the number in letters
_SSCC_BAND = 12.4  # mm above the bars of an SSCC for the number and the SSCC in digits
_SSCC_SIZE = 13  # points: digits at least 3 mm high, as GS1 asks
_FOOT_DROP = 1.0  # mm below the rule, where the foot has one above it
_TRAVELS = 45.0  # mm of the head for how it travels
_SHOP = Style(15, "bold")
_FACTS = ("order", "items", "reason", "post_by")
_FACT_SHARES = (0.29, 0.11, 0.35, 0.25)  # of the width, in the order of _FACTS


class _Alike(NamedTuple):
    """Labels that agree in this share what is drawn of it."""

    locale: str
    travels: str
    postage: bool
    tracking: str
    destination: PaperAddress


class LabelTemplate:
    """Draws labels for one sheet and printer.

    Args:
        sheet: a sheet whose use is ``label``.
        fitter: the grid and the fonts.
        is_gs1: labels with an SSCC.
    """

    def __init__(self, sheet: Sheet, fitter: Fitter, *, is_gs1: bool = False) -> None:
        grid = fitter.grid
        self._fitter = fitter
        self._gs1 = None if is_gs1 else LabelTemplate(sheet, fitter, is_gs1=True)
        self._left = grid.mm(sheet.margin)
        self._width = grid.mm(sheet.width) - 2 * self._left
        self._right = self._left + self._width
        self._middle = self._left + self._width // 2
        self._pad = grid.mm(_PAD)
        self._tops, self._ends = _zones(sheet, grid.mm, is_gs1=is_gs1)
        self._below_facts = "foot" if is_gs1 else "code"
        self._foot_top = self._tops["foot"] + (grid.mm(_FOOT_DROP) if is_gs1 else 0)
        self._shared: dict[_Alike, tuple[Op, ...]] = {}

    def pages(self, facts: LabelFacts) -> list[Page]:
        """The label of one return; facts are clean and every sign has a font.

        Raises:
            DoesNotFitError: an address, a lane or a code that has no room.
        """
        if facts.travels == "none":
            raise DoesNotFitError(
                "travels", "this return needs no label, the customer keeps the goods"
            )
        if facts.sscc and self._gs1 is not None:
            return self._gs1.pages(facts)
        texts = catalogue(facts.language)
        ops = (
            self._lane(facts),
            *self._sender(facts, texts),
            *self._facts(facts, texts),
            *self._code(facts),
            *self._foot(facts, texts),
        )
        alike = _Alike(
            texts.locale, facts.travels, facts.postage, facts.tracking, facts.destination
        )
        if alike not in self._shared:
            self._shared[alike] = (
                *self._frame(texts),
                *self._travels(facts, texts),
                *self._destination(facts, texts),
            )
        return [Page(self._shared[alike], ops)]

    # What many labels of a batch have in common.

    def _frame(self, texts: Catalogue) -> list[Op]:
        """The head's black bar, the rules between the zones, and every caption."""
        mm, tops = self._fitter.grid.mm, self._tops
        thickness = self._points(_RULE)
        text_x = self._left + self._pad
        head_height = self._ends["head"] - tops["head"]
        ops: list[Op] = [
            Fill(self._left, tops["head"], self._width, head_height),
            Text(text_x, tops["head"] + mm(7.9), 19, texts.text("label.head"), "bold", ink="white"),
            self._caption(text_x, tops["sender"], texts.text("label.from")),
            self._caption(text_x, tops["destination"], texts.text("label.to")),
        ]
        ops += [
            Rule(self._left, tops[zone], self._width, thickness)
            for zone in ("destination", "facts", self._below_facts)
        ]
        height = self._ends["facts"] - tops["facts"]
        for i, (x, name) in enumerate(zip(self._columns(), _FACTS, strict=True)):
            if i:
                ops.append(Rule(x, tops["facts"], height, thickness // 2, is_vertical=True))
            caption_x = x + (mm(1.5) if i else self._pad)
            ops.append(self._caption(caption_x, tops["facts"], texts.text(f"label.{name}")))
        return ops

    def _columns(self) -> list[int]:
        edges, share = [], 0.0
        for part in _FACT_SHARES:
            edges.append(self._left + round(self._width * share))
            share += part
        return edges

    def _caption(self, x: int, top: int, text: str) -> Text:
        return Text(x, top + self._fitter.grid.mm(3.7), _CAPTION, text)

    def _points(self, size: float) -> int:
        return max(1, round(size * self._fitter.grid.point))

    def _travels(self, facts: LabelFacts, texts: Catalogue) -> list[Op]:
        """How the parcel travels, and that this label does not pay for it."""
        grid, tops = self._fitter.grid, self._tops
        words = texts.text(f"label.travels.{facts.travels}")
        size = self._fitter.shrunk(words, Style(8.5), grid.mm(_TRAVELS)) or SMALLEST
        x, y = self._left + self._pad, tops["head"] + grid.mm(12.4)
        ops: list[Op] = [Text(x, y, size, words, ink="white")]
        notice = self._notice(facts, texts)
        if notice:
            size = self._fitter.shrunk(notice, Style(9, "bold"), self._width) or SMALLEST
            y = self._foot_top + grid.mm(2.7)
            ops.append(Text(self._middle, y, size, notice, "bold", "center"))
        return ops

    def _notice(self, facts: LabelFacts, texts: Catalogue) -> str:
        """That it pays for nothing, or which carrier's label goes with it."""
        if facts.postage:
            return texts.text("label.tracking", no=facts.tracking) if facts.tracking else ""
        key = f"label.not_postage.{facts.travels}"
        return texts.text(key if texts.has(key) else "label.not_postage.default")

    def _destination(self, facts: LabelFacts, texts: Catalogue) -> list[Op]:
        """Where the parcel goes, large."""
        mm, top = self._fitter.grid.mm, self._tops["destination"]
        room = self._width - 2 * self._pad
        height = self._ends["destination"] - top - mm(6.3)
        styles = Style(15, "bold"), Style(12.5)
        lines = self._address(facts.destination, texts, *styles, room, height, "destination")
        return self._stacked(lines, top + mm(5.2))

    # What is this label's own, from the top.

    def _lane(self, facts: LabelFacts) -> Text:
        """Where it goes inside the warehouse; without a lane, whose label it is."""
        top, bottom = self._tops["head"], self._ends["head"]
        room = self._width - 2 * self._pad - self._fitter.grid.mm(_TRAVELS + 1)
        text, style = facts.lane, Style(27, "bold")
        if not text:
            text, style = self._fitter.cut(facts.shop_name, Style(8, "bold"), room), _SHOP
        size = self._fitter.shrunk(text, style, room, floor=8)
        if size is None:
            raise DoesNotFitError("lane", "the lane is too long for the head of a label")
        baseline = top + (bottom - top + self._fitter.cap(size)) // 2
        return Text(self._right - self._pad, baseline, size, text, "bold", "right", "white")

    def _sender(self, facts: LabelFacts, texts: Catalogue) -> list[Op]:
        """Who sends it, and the QR code with its number below."""
        mm, top = self._fitter.grid.mm, self._tops["sender"]
        side = mm(_QR)
        room = self._width - self._pad - side - mm(2)
        height = self._ends["sender"] - top - mm(6.5)
        styles = Style(10, "bold"), Style(9.5)
        lines = self._address(facts.sender, texts, *styles, room, height, "sender")
        ops = self._stacked(lines, top + mm(5.4))
        box = Box(self._right - side, top + mm(1.2), side, side)
        cells = place_cells(facts.qr_text, "qr_text", self._fitter.grid, box)
        if facts.sscc:
            return [*ops, cells]
        middle = self._right - side // 2
        caption = Text(middle, top + mm(42.6), 7, facts.rma, align="center")
        return [*ops, cells, caption]

    def _address(
        self,
        address: PaperAddress,
        texts: Catalogue,
        name: Style,
        rest: Style,
        room: int,
        height: int,
        field: str,
    ) -> list[Line]:
        found = address_lines(address, texts.locale)
        lines = [(line.text, name if line.is_name else rest) for line in found]
        return self._fitter.block(lines, room, height, field)

    def _stacked(self, lines: list[Line], top: int) -> list[Op]:
        ops: list[Op] = []
        y = top
        for i, line in enumerate(lines):
            y += self._fitter.leading(line.size) if i else self._fitter.cap(line.size)
            ops.append(Text(self._left + self._pad, y, line.size, line.text, line.weight))
        return ops

    def _facts(self, facts: LabelFacts, texts: Catalogue) -> list[Op]:
        """Four values under their captions; an order number may take two small lines."""
        mm, top = self._fitter.grid.mm, self._tops["facts"]
        post_by = date_text(facts.post_by_on, texts.locale) if facts.post_by_on else "–"
        values = (facts.order_id, str(facts.units or "–"), facts.reason or "–", post_by)
        edges = [*self._columns(), self._right]
        ops: list[Op] = []
        for i, value in enumerate(values):
            x = edges[i] + (mm(1.5) if i else self._pad)
            room = edges[i + 1] - x - mm(1)
            size = self._fitter.shrunk(value, Style(10.5, "bold"), room, floor=9)
            if size is not None:
                ops.append(Text(x, top + mm(8.6), size, value, "bold"))
                continue
            style = Style(7.5, "bold")
            for n, line in enumerate(self._fitter.wrapped(value, style, room, 2)):
                ops.append(Text(x, top + mm(6.7 + 3.0 * n), style.size, line, "bold"))
        return ops

    def _code(self, facts: LabelFacts) -> list[Op]:
        """The number as Code 128, bars upright, and in letters that a clerk can type."""
        if facts.sscc:
            return self._sscc(facts)
        grid, top = self._fitter.grid, self._tops["code"]
        y = top + grid.mm(_BAR_GAP)
        height = self._ends["code"] - grid.mm(_RMA_BAND) - y
        bars = place_bars(facts.rma, "rma", grid, Box(self._left, y, self._width, height))
        return [bars, self._letters(facts, y + height + grid.mm(5.6))]

    def _letters(self, facts: LabelFacts, baseline: int) -> Text:
        gap = self._fitter.grid.mm(0.7)
        return Text(self._middle, baseline, 15, spoken(facts.rma), "bold", "center", gap=gap)

    def _sscc(self, facts: LabelFacts) -> list[Op]:
        """The number in letters, then the SSCC in digits and as bars, the lowest on the label."""
        mm, top = self._fitter.grid.mm, self._tops["code"]
        y = top + mm(_SSCC_BAND)
        box = Box(self._left, y, self._width, self._ends["code"] - y)
        digits = Text(
            self._middle, top + mm(11.2), _SSCC_SIZE, f"(00) {facts.sscc}", align="center"
        )
        bars = place_sscc(facts.sscc, "sscc", self._fitter.grid, box)
        return [self._letters(facts, top + mm(5.6)), digits, bars]

    def _foot(self, facts: LabelFacts, texts: Catalogue) -> list[Op]:
        """Policy, number and day: small, for whoever asks later."""
        mm, top = self._fitter.grid.mm, self._foot_top
        number = {"no": str(facts.label_no), "total": str(facts.labels_total)}
        baseline = top + mm(5.9)
        words = texts.text("label.number", **number)
        ops: list[Op] = [Text(self._middle, baseline, _CAPTION, words, align="center")]
        room = self._width // 2 - mm(14)
        policy = " ".join(part for part in (facts.policy_id, facts.policy_version) if part)
        if policy:
            line = self._fitter.cut(
                texts.text("label.policy", policy=policy), Style(_CAPTION), room
            )
            ops.append(Text(self._left + self._pad, baseline, _CAPTION, line))
        if facts.printed_on:
            day = date_text(facts.printed_on, texts.locale)
            line = texts.text("label.printed", date=day)
            ops.append(Text(self._right - self._pad, baseline, _CAPTION, line, align="right"))
        return ops


def _zones(
    sheet: Sheet, mm: Callable[[float], int], *, is_gs1: bool
) -> tuple[dict[str, int], dict[str, int]]:
    """Where each zone begins and ends, from the top of the page."""
    tops, ends = {}, {}
    reached = sheet.margin
    for zone, height in (sheet.gs1_zones if is_gs1 else sheet.zones).items():
        tops[zone] = mm(reached)
        reached += height
        ends[zone] = mm(reached)
    return tops, ends
