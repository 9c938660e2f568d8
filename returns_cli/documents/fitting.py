"""Text into the room there is: wrap, then shrink, then an ellipsis where cutting is allowed.

Addresses are never cut: what does not fit at the smallest size is an error that names the field.
All lengths are dots, sizes are points.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from returns_cli.documents.bidi import RIGHT_TO_LEFT_MARK, begins_leftwards
from returns_cli.documents.fonts import Weight
from returns_cli.documents.scripts import script_of
from returns_cli.documents.sizes import Grid
from returns_cli.documents.text import Typesetter, graphemes

SMALLEST = 6.0  # points; nothing on paper is smaller
STEP = 0.5  # points
ELLIPSIS = "…"
_NEVER_FIRST = frozenset("、。，．：；！？）］｝」』】〉》〕ー々ゝヽっゃゅょッャュョ,.!?:;)]}%…")
_NEVER_LAST = frozenset("（［｛「『【〈《〔([{〒")
LEADING = 1.2  # baseline to baseline, in sizes
CAP = 0.69  # height of a capital, in sizes, of the core font


class DoesNotFitError(ValueError):
    """A text or code that cannot be placed; ``field`` is the fact it came from."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class Line(NamedTuple):
    """A line of a block that was fitted, with the style it begins with."""

    text: str
    size: float
    weight: Weight


class Style(NamedTuple):
    """How a line starts out: a size to shrink from, and a weight."""

    size: float
    weight: Weight = "regular"


class Fitter:
    """Measures and breaks text for one grid and one set of fonts."""

    def __init__(self, grid: Grid, typesetter: Typesetter) -> None:
        self.grid = grid
        self._type = typesetter
        self._point = grid.point

    def in_region(self, region: str) -> Fitter:
        """The same, with the fonts of a region first: see :meth:`Typesetter.in_region`."""
        fonts = self._type.in_region(region)
        return self if fonts is self._type else Fitter(self.grid, fonts)

    def width(self, text: str, size: float, weight: Weight = "regular") -> float:
        """Width of a line."""
        return self._type.width(text, size, weight) * self._point

    def leading(self, size: float) -> int:
        """Baseline to baseline."""
        return round(size * LEADING * self._point)

    def cap(self, size: float) -> int:
        """Height of a capital."""
        return round(size * CAP * self._point)

    def shrunk(self, text: str, style: Style, room: float, floor: float = SMALLEST) -> float | None:
        """The largest size from ``style`` down at which a line fits, or None."""
        full = self.width(text, 1.0, style.weight)
        size = style.size
        while full * size > room:
            size -= STEP
            if size < floor:
                return None
        return size

    def wrap(
        self, text: str, style: Style, room: float, *, anywhere: bool = False
    ) -> list[str] | None:
        """The text in lines, broken at spaces and between signs of scripts that allow it.

        Args:
            text: cleaned text.
            style: size and weight.
            room: width there is.
            anywhere: break inside words that are wider than a line.

        Returns:
            The lines; None where a word is too wide and may not be broken.
        """
        space = self.width(" ", *style)
        lines: list[str] = []
        line, used = "", 0.0
        for unit, is_spaced in self._units(text, style, room, anywhere=anywhere):
            width = self.width(unit, *style)
            gap = space if is_spaced and line else 0.0
            if line and used + gap + width > room:
                lines.append(line)
                line, used, gap = "", 0.0, 0.0
            if width > room and not anywhere:
                return None
            line += (" " if gap else "") + unit
            used += gap + width
        if line:
            lines.append(line)
        return _turned_alike(text, lines)

    def _units(
        self, text: str, style: Style, room: float, *, anywhere: bool
    ) -> list[tuple[str, bool]]:
        """What may not be broken, each with whether a space goes before it."""
        units: list[tuple[str, bool]] = []
        for word in text.split(" "):
            parts = [word] if word.isascii() else _unbreakable(word)
            if anywhere:
                parts = [piece for part in parts for piece in self._narrow(part, style, room)]
            units += [(part, i == 0) for i, part in enumerate(parts)]
        return units

    def _narrow(self, part: str, style: Style, room: float) -> list[str]:
        return [part] if self.width(part, *style) <= room else graphemes(part)

    def cut(self, text: str, style: Style, room: float) -> str:
        """One line, ended by an ellipsis where it is too wide."""
        if self.width(text, *style) <= room:
            return text
        kept, used = "", self.width(ELLIPSIS, *style)
        for piece in graphemes(text):
            used += self.width(piece, *style)
            if used > room:
                break
            kept += piece
        return kept.rstrip() + ELLIPSIS

    def wrapped(self, text: str, style: Style, room: float, most: int) -> list[str]:
        """At most ``most`` lines; longer text ends in an ellipsis. Long words are broken."""
        lines = self.wrap(text, style, room, anywhere=True) or []
        if len(lines) <= most:
            return lines
        rest = " ".join(lines[most - 1 :])
        return [*lines[: most - 1], self.cut(rest, style, room)]

    def block(
        self,
        texts: Sequence[tuple[str, Style]],
        room: float,
        height: float,
        field: str,
        most: int = 2,
    ) -> list[Line]:
        """Lines of an address: each wraps to ``most`` lines, then all shrink together.

        Args:
            texts: each line with the style it starts from.
            room, height: the box.
            field: the fact to name in the error.
            most: lines that one text may take.

        Raises:
            DoesNotFitError: not even at the smallest size.
        """
        largest = max((style.size for _, style in texts), default=SMALLEST)
        less = 0.0
        while largest - less >= SMALLEST:
            lines = self._broken(texts, less, room, most)
            if lines is not None and self.height(lines) <= height:
                return lines
            less += STEP
        longest = max((text for text, _ in texts), key=len)
        raise DoesNotFitError(
            field,
            f"the text is too long for its place even at {SMALLEST:g} pt ({len(longest)} "
            "characters in its longest line)",
        )

    def _broken(
        self, texts: Sequence[tuple[str, Style]], less: float, room: float, most: int
    ) -> list[Line] | None:
        lines: list[Line] = []
        for text, style in texts:
            smaller = Style(max(SMALLEST, style.size - less), style.weight)
            parts = self.wrap(text, smaller, room)
            if parts is None or len(parts) > most:
                return None
            lines += [Line(part, *smaller) for part in parts]
        return lines

    def height(self, lines: Sequence[Line]) -> int:
        """From the top of the first line's capitals to below the last line's descenders."""
        if not lines:
            return 0
        below = sum(self.leading(line.size) for line in lines[1:])
        return self.cap(lines[0].size) + below + round(lines[-1].size * 0.25 * self._point)


def _unbreakable(word: str) -> list[str]:
    """The parts of a word between which a line may end.

    Han, Kana and Thai end anywhere, but no line begins with closing punctuation or ends with an
    opening bracket (JIS X 4051, the common part).

    >>> _unbreakable("住所は「丸の内2」。")
    ['住', '所', 'は', '「丸', 'の', '内', '2」。']
    """
    parts: list[str] = []
    broke = False  # whether the part before this sign may stand at the end of a line
    for piece in graphemes(word):
        breaks = script_of(piece[0]).breaks_anywhere
        stays = not parts or piece in _NEVER_FIRST or parts[-1][-1] in _NEVER_LAST
        if parts and (stays or not (breaks or broke)):
            parts[-1] += piece
        else:
            parts.append(piece)
        broke = breaks or (piece in _NEVER_FIRST and broke)
    return parts


def _turned_alike(text: str, lines: list[str]) -> list[str]:
    """Every line of a text that runs from right to left marked to do so by itself."""
    if text.isascii() or len(lines) < 2 or not begins_leftwards(text):
        return lines
    return [line if begins_leftwards(line) else RIGHT_TO_LEFT_MARK + line for line in lines]
