"""The card that goes out with an order: thanks, how to send back, one code, an offer if any.

Top to bottom: the shop, thanks and the window, then steps at the left and the code at the right.
"""

from __future__ import annotations

from returns_cli.documents.codes import QUIET_CELLS
from returns_cli.documents.facts import InsertFacts
from returns_cli.documents.fitting import SMALLEST, DoesNotFitError, Fitter, Style
from returns_cli.documents.ops import Cells, Emblem, Frame, Op, Page, Shape, Text, Tint
from returns_cli.documents.placing import Box, place_cells
from returns_cli.documents.sizes import Sheet
from returns_cli.messages import Catalogue, catalogue
from returns_cli.messages.formats import date_text

_HEAD = 11.0  # mm, the shop's name or logo
_LOGO_WIDTH = 60.0  # mm at most
_BAR = 1.6  # mm, the line in the shop's colour
_RIGHT = 44.0  # mm, the column of code and offer
_GAP = 6.0  # mm between the columns
_LEAST_CODE = 25.0  # mm without it
_STEP = 11.5  # mm from one step to the next
_DISC, _ICON = 6.0, 9.0  # mm
_SHOP = Style(15, "bold")
_THANKS = Style(13, "bold")
_WINDOW = Style(20, "bold")
_BODY = Style(9.5)
_SMALL = Style(7.5)
_FAINTEST = 8.0  # points that a name may shrink to


class InsertTemplate:
    """Draws cards for one sheet.

    Args:
        sheet: a sheet whose use is ``insert``.
        fitter: the grid and the fonts.
    """

    def __init__(self, sheet: Sheet, fitter: Fitter) -> None:
        mm = fitter.grid.mm
        self._fitter = fitter
        self._mm = mm
        self._left = self._top = mm(sheet.margin)
        self._width = mm(sheet.width) - 2 * self._left
        self._right = self._left + self._width
        self._bottom = mm(sheet.height) - self._top

    def pages(self, facts: InsertFacts) -> list[Page]:
        """The card of one order; facts are clean and every sign has a font.

        Raises:
            DoesNotFitError: a name or a code that has no room.
        """
        texts = catalogue(facts.language)
        column = self._right - self._mm(_RIGHT)
        offer = self._offer(facts, texts, column)
        ops = (
            *self._shop(facts, texts),
            *self._thanks(facts, texts),
            *self._steps(facts, texts, column - self._mm(_GAP)),
            *self._code(facts, texts, column, offer[0].y if offer else self._bottom),
            *offer,
        )
        return [Page((), ops)]

    def _shop(self, facts: InsertFacts, texts: Catalogue) -> list[Op]:
        """The logo or the name, the order's number, and a line in the shop's colour."""
        mm, top, head = self._mm, self._top, self._mm(_HEAD)
        order = self._fitter.cut(
            texts.text("insert.order", order=facts.order_id), _SMALL, self._width // 3
        )
        ops: list[Op] = [
            Tint(self._left, top + head, self._width, mm(_BAR), facts.color or "#000000"),
            Text(self._right, top + head - mm(3), _SMALL.size, order, align="right"),
        ]
        if facts.logo is not None:
            room_high = head - mm(2.5)
            scale = min(mm(_LOGO_WIDTH) / facts.logo.width, room_high / facts.logo.height)
            size = round(facts.logo.width * scale), round(facts.logo.height * scale)
            ops.append(Emblem(self._left, top, max(1, size[0]), max(1, size[1]), facts.logo.png))
        else:
            name = self._fitter.cut(facts.shop_name, _SHOP, self._width * 3 // 5)
            ops.append(Text(self._left, top + head - mm(3), _SHOP.size, name, _SHOP.weight))
        return ops

    def _thanks(self, facts: InsertFacts, texts: Catalogue) -> list[Op]:
        top = self._top + self._mm(_HEAD + _BAR)
        key = "insert.thanks" if facts.customer_name else "insert.thanks_plain"
        values = {"name": facts.customer_name} if facts.customer_name else {}
        days = facts.window_days
        window = texts.text("insert.window_none")
        if days is not None:
            window = texts.count("insert.window", days)
        return [
            self._line(texts.text(key, **values), _THANKS, top + self._mm(6.5), "customer_name"),
            self._line(window, _WINDOW, top + self._mm(15.5), "window"),
        ]

    def _line(self, words: str, style: Style, baseline: int, field: str) -> Text:
        size = self._fitter.shrunk(words, style, self._width, floor=_FAINTEST)
        if size is None:
            raise DoesNotFitError(field, f"it is too long for one line at {_FAINTEST:g} pt")
        return Text(self._left, baseline, size, words, style.weight)

    def _steps(self, facts: InsertFacts, texts: Catalogue, right: int) -> list[Op]:
        """What to do, numbered, below each other."""
        mm, fitter = self._mm, self._fitter
        top = self._top + mm(_HEAD + _BAR + 19)
        ops: list[Op] = [Text(self._left, top + mm(3.5), 11.5, texts.text("insert.steps"), "bold")]
        top += mm(6.5)
        text_x = self._left + mm(_DISC + _ICON + 5)
        for number, (icon, words) in enumerate(_steps_of(facts, texts), 1):
            disc = mm(_DISC)
            y = top + (mm(_ICON) - disc) // 2
            baseline = y + (disc + fitter.cap(11)) // 2
            lines = fitter.wrapped(words, _BODY, right - text_x, 2)
            block = fitter.leading(_BODY.size) * (len(lines) - 1)
            first = top + (mm(_ICON) - block + fitter.cap(_BODY.size)) // 2
            ops += [
                Shape(self._left, y, disc, "disc"),
                Text(self._left + disc // 2, baseline, 11, str(number), "bold", "center", "white"),
                Shape(self._left + disc + mm(2.5), top, mm(_ICON), icon),
                *(
                    Text(text_x, first + n * fitter.leading(_BODY.size), _BODY.size, line)
                    for n, line in enumerate(lines)
                ),
            ]
            top += mm(_STEP)
        return ops

    def _code(self, facts: InsertFacts, texts: Catalogue, x: int, bottom: int) -> list[Op]:
        """The code, at least 25 mm wide, with what it does and where else to ask."""
        mm, fitter = self._mm, self._fitter
        room, middle = self._right - x, x + (self._right - x) // 2
        top = self._top + mm(_HEAD + _BAR + 18)
        ops: list[Op] = []
        if facts.qr_text:
            cells = self._cells(facts.qr_text, middle, top)
            side = (len(cells.rows) + 2 * QUIET_CELLS) * cells.unit
            caption = texts.text(f"insert.scan_{facts.code_leads_to}")
            fitted = fitter.shrunk(caption, Style(10, "bold"), room) or SMALLEST
            top += side + mm(3.0)
            ops += [cells, Text(middle, top, fitted, caption, "bold", "center")]
        for words in facts.contacts[:2]:
            size = fitter.shrunk(words, _SMALL, room)
            if size is not None and top + mm(4.4) < bottom:
                top += mm(3.6)
                ops.append(Text(middle, top, size, words, align="center"))
        return ops

    def _cells(self, text: str, middle: int, top: int) -> Cells:
        """The code in the fewest dots a module that make it 25 mm wide."""
        grid = self._fitter.grid
        room = self._mm(_RIGHT)
        count = len(place_cells(text, "qr_text", grid, Box(0, 0, room, room)).rows)
        unit = -(-self._mm(_LEAST_CODE) // count)
        side = (count + 2 * QUIET_CELLS) * unit
        return place_cells(text, "qr_text", grid, Box(middle - side // 2, top, side, side))

    def _offer(self, facts: InsertFacts, texts: Catalogue, x: int) -> list[Op]:
        """A box with the offer, its last day and its terms; nothing without an offer."""
        if not facts.offer:
            return []
        mm, fitter = self._mm, self._fitter
        pad, room = mm(2), self._right - x - mm(4)
        lines = [
            (line, Style(9, "bold"))
            for line in fitter.wrapped(facts.offer, Style(9, "bold"), room, 2)
        ]
        if facts.offer_until:
            day = date_text(facts.offer_until, texts.locale)
            lines.append((texts.text("insert.until", date=day), _SMALL))
        terms = fitter.wrapped(facts.offer_terms, Style(6.5), room, 2)
        lines += [(line, Style(6.5)) for line in terms]
        fitted = fitter.block(lines, room, mm(15), "offer", most=1)
        height = fitter.height(fitted) + 2 * pad
        top = self._bottom - height
        ops: list[Op] = [Frame(x, top, self._right - x, height, max(1, mm(0.3)))]
        y = top + pad
        for n, line in enumerate(fitted):
            y += fitter.leading(line.size) if n else fitter.cap(line.size)
            ops.append(Text(x + pad, y, line.size, line.text, line.weight))
        return ops


def _steps_of(facts: InsertFacts, texts: Catalogue) -> list[tuple[str, str]]:
    """Icon and words of each step; the last says what the policy promises."""
    page = facts.qr_text and facts.code_leads_to == "return"
    kind = "any" if facts.travels == "none" else facts.travels
    steps = [
        ("question", texts.text("insert.start_page" if page else "insert.start_plain")),
        ("parcel", texts.text("insert.pack")),
        ("truck" if kind == "pickup" else "label", texts.text(f"insert.label_{kind}")),
    ]
    if kind != "pickup":
        steps.append(("counter", texts.text("slip.steps.hand_in_open")))
    return steps
