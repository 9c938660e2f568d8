"""The column of a slip page between its margins, and the ways of setting text in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from returns_cli.documents.fitting import Fitter, Line, Style
from returns_cli.documents.ops import Op, Rule, Text

CAPTION = Style(7)
BODY = Style(10)
STRONG = Style(10, "bold")
HEADING = Style(11.5, "bold")
NOTE = Style(8.5)

HAIR = 0.5  # points, lines inside a table
FIRM = 1.2  # points, lines that part the page


@dataclass(frozen=True, slots=True)
class Area:
    """Where the slip is drawn.

    Attributes:
        fitter: measures and breaks text.
        left, width: the column, in dots.
        top, bottom: of the page inside its margins, in dots.
    """

    fitter: Fitter
    left: int
    width: int
    top: int
    bottom: int

    @property
    def right(self) -> int:
        """The column's right edge."""
        return self.left + self.width

    def mm(self, length: float) -> int:
        """Millimetres in dots."""
        return self.fitter.grid.mm(length)

    def points(self, size: float) -> int:
        """Points in dots, at least one."""
        return max(1, round(size * self.fitter.grid.point))

    def rule(self, y: int, thickness: float = HAIR) -> Rule:
        """A line across the column."""
        return Rule(self.left, y, self.width, self.points(thickness))

    def text(self, x: int, top: int, string: str, style: Style) -> Text:
        """A line whose capitals begin at ``top``."""
        return Text(x, top + self.fitter.cap(style.size), style.size, string, style.weight)

    def lines(self, x: int, top: int, strings: Sequence[str], style: Style) -> list[Op]:
        """Lines of one style below each other."""
        leading = self.fitter.leading(style.size)
        return [self.text(x, top + i * leading, line, style) for i, line in enumerate(strings)]

    def depth(self, count: int, style: Style) -> int:
        """Height of so many lines of a style, from capitals to descenders."""
        return self.block_depth([Line("", *style)] * count)

    def block_depth(self, lines: Sequence[Line]) -> int:
        """Height of lines of several styles."""
        return self.fitter.height(lines)

    def block(self, x: int, top: int, lines: Sequence[Line]) -> list[Op]:
        """Lines of several styles below each other."""
        ops: list[Op] = []
        y = top
        for i, line in enumerate(lines):
            y += self.fitter.leading(line.size) if i else self.fitter.cap(line.size)
            ops.append(Text(x, y, line.size, line.text, line.weight))
        return ops
