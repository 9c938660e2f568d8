"""Command cards of the scanning station: a big word and its Code 128, far apart from the next.

One sweep of a scanner must read one code: codes stand at least 20 mm apart (PAPER section 4).
"""

from __future__ import annotations

from collections.abc import Sequence

from returns_cli.documents.facts import CommandCard
from returns_cli.documents.fitting import SMALLEST, DoesNotFitError, Fitter, Style
from returns_cli.documents.ops import Frame, Op, Page, Text
from returns_cli.documents.placing import Box, place_bars
from returns_cli.documents.sizes import Sheet

_COLUMNS, _ROWS = 2, 4
_GAP = 4.0  # mm between cards, where the scissors go
_WORD_TOP = 6.0  # mm from a card's edge to its word
_WORD_HIGH = 14.0  # mm for the word
_BARS_HIGH = 17.0  # mm
_WORD = 30.0  # points


def card_pages(cards: Sequence[CommandCard], sheet: Sheet, fitter: Fitter) -> list[Page]:
    """The cards, eight a page, framed for cutting.

    Raises:
        DoesNotFitError: a code that has no room on a card.
    """
    mm = fitter.grid.mm
    left, gap = mm(sheet.margin), mm(_GAP)
    width = (mm(sheet.width) - 2 * left - gap * (_COLUMNS - 1)) // _COLUMNS
    height = (mm(sheet.height) - 2 * left - gap * (_ROWS - 1)) // _ROWS
    pages: list[Page] = []
    for start in range(0, len(cards), _COLUMNS * _ROWS):
        ops: list[Op] = []
        for n, card in enumerate(cards[start : start + _COLUMNS * _ROWS]):
            row, column = divmod(n, _COLUMNS)
            box = Box(left + column * (width + gap), left + row * (height + gap), width, height)
            ops += _card(card, box, fitter)
        pages.append(Page((), tuple(ops)))
    return pages


def _card(card: CommandCard, box: Box, fitter: Fitter) -> list[Op]:
    mm = fitter.grid.mm
    inset = mm(3)
    room = box.width - 2 * inset
    size = fitter.shrunk(card.word, Style(_WORD, "bold"), room, floor=12)
    if size is None:
        raise DoesNotFitError("card", f"`{card.word}` is too long for a card")
    middle = box.x + box.width // 2
    word_y = box.y + mm(_WORD_TOP) + (mm(_WORD_HIGH) + fitter.cap(size)) // 2
    bars_y = box.y + mm(_WORD_TOP + _WORD_HIGH + 3)
    bars = place_bars(card.code, "card", fitter.grid, Box(box.x, bars_y, box.width, mm(_BARS_HIGH)))
    caption = fitter.shrunk(card.code, Style(9), room) or SMALLEST
    return [
        Frame(box.x, box.y, box.width, box.height, max(1, mm(0.2))),
        Text(middle, word_y, size, card.word, "bold", "center"),
        bars,
        Text(middle, bars_y + mm(_BARS_HIGH + 5), caption, card.code, align="center"),
    ]
