"""The disposition sticker: where a unit goes in one huge word, whose it is as QR and letters."""

from __future__ import annotations

from returns_cli.documents.facts import StickerFacts
from returns_cli.documents.fitting import SMALLEST, DoesNotFitError, Fitter, Style
from returns_cli.documents.ops import Op, Page, Rule, Text
from returns_cli.documents.placing import Box, place_cells, spoken
from returns_cli.documents.sizes import Sheet
from returns_cli.messages import catalogue
from returns_cli.messages.formats import date_text

_WORD_SHARE = 0.34  # of the height, for the disposition
_WORD = 32.0  # points, the largest disposition
_GAP = 1.0  # mm between the zones
_BELOW = 0.22  # of the size: descenders
_LINE = 0.91  # of the size: from capitals to descenders
_RULE = 0.25  # mm
_CODE = 14.7  # mm; what a QR code of version 1 needs at either resolution


class StickerTemplate:
    """Draws stickers for one size and printer."""

    def __init__(self, sheet: Sheet, fitter: Fitter) -> None:
        mm = fitter.grid.mm
        self._fitter = fitter
        self._left = self._top = mm(sheet.margin)
        self._width = mm(sheet.width) - 2 * self._left
        self._height = mm(sheet.height) - 2 * self._top
        self._gap = mm(_GAP)

    def pages(self, facts: StickerFacts) -> list[Page]:
        """The sticker of one unit.

        Raises:
            DoesNotFitError: a disposition that cannot be set large, or a code without room.
        """
        mm = self._fitter.grid.mm
        thickness = mm(_RULE)
        most = self._height - mm(_CODE) - self._gap - thickness
        head = min(round(self._height * _WORD_SHARE), most)
        rule_y = self._top + head
        below = rule_y + thickness + self._gap
        side = self._top + self._height - below
        cells = place_cells(
            facts.code, "rma", self._fitter.grid, Box(self._left, below, side, side)
        )
        ops: list[Op] = [
            *self._word(facts.word, head),
            Rule(self._left, rule_y, self._width, thickness),
            cells,
            *self._lines(facts, self._left + side + self._gap, below, side),
        ]
        return [Page((), tuple(ops))]

    def _word(self, word: str, height: int) -> list[Op]:
        """The disposition, as large as its zone takes it, in one line or two."""
        for most in (1, 2):
            size = _WORD
            while size >= SMALLEST:
                style = Style(size, "bold")
                lines = self._fitter.wrap(word, style, self._width) or []
                if lines and len(lines) <= most and self._depth(lines, size) <= height - self._gap:
                    return self._stacked(lines, style, height)
                size -= 0.5
        raise DoesNotFitError("disposition", "it is too long to be set large")

    def _depth(self, lines: list[str], size: float) -> int:
        """From the first capitals to the last line's lowest ink; few capitals reach below it."""
        below = round(size * _BELOW * self._fitter.grid.point) if _descends(lines[-1]) else 0
        return self._fitter.cap(size) + (len(lines) - 1) * self._fitter.leading(size) + below

    def _stacked(self, lines: list[str], style: Style, height: int) -> list[Op]:
        leading = self._fitter.leading(style.size)
        spare = height - self._gap // 2 - self._depth(lines, style.size)
        y = self._top + spare // 2 + self._fitter.cap(style.size)
        x = self._left + self._width // 2
        return [
            Text(x, y + n * leading, style.size, line, style.weight, "center")
            for n, line in enumerate(lines)
        ]

    def _lines(self, facts: StickerFacts, x: int, top: int, height: int) -> list[Op]:
        """Number, line and unit, grade, bin, and who said so when: beside the code."""
        texts = catalogue(facts.language)
        day = date_text(facts.decided_on, texts.locale)
        unit = texts.text("sticker.unit", line=str(facts.line), unit=str(facts.unit))
        rows = [
            (spoken(facts.rma), Style(11, "bold")),
            (f"{unit} · {facts.sku}" if facts.sku else unit, Style(7.5)),
            (facts.grade, Style(8.5, "bold")),
            (texts.text("sticker.place", place=facts.place) if facts.place else "", Style(8.5)),
            (f"{day} · {facts.actor}", Style(6.5)),
        ]
        room = self._left + self._width - x
        rows = [(text, style) for text, style in rows if text]
        deep = [round(style.size * _LINE * self._fitter.grid.point) for _, style in rows]
        gap = max(0, height - sum(deep)) / len(rows)
        ops: list[Op] = []
        y = top + gap / 2
        for (text, style), high in zip(rows, deep, strict=True):
            size = self._fitter.shrunk(text, style, room) or SMALLEST
            line = self._fitter.cut(text, Style(size, style.weight), room)
            ops.append(Text(x, round(y) + self._fitter.cap(style.size), size, line, style.weight))
            y += high + gap
        return ops


def _descends(line: str) -> bool:
    return not line.isascii() or any(sign in "gjpqyQJ,;" for sign in line)
