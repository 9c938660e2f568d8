"""The page that shows whether a printer scales or shifts: corner marks, rulers, cell frames."""

from __future__ import annotations

from returns_cli.documents.fitting import Fitter, Style
from returns_cli.documents.ops import Frame, Op, Page, Rule, Text
from returns_cli.documents.placing import Box, place_bars
from returns_cli.documents.sizes import CellGrid, Sheet
from returns_cli.messages import Catalogue, catalogue

_RULER = 100  # mm, or less where the paper is smaller
_MARK = 6.0  # mm, the arms of a corner mark
_LINE = 0.25  # mm
_CODE = "RMA-0000000"


def calibration_page(sheet: Sheet, fitter: Fitter, language: str) -> Page:
    """Marks 5 mm from the corners, a ruler each way, every cell's frame, one code to scan."""
    texts = catalogue(language)
    ops = [*_corners(sheet, fitter), *_cells(sheet, fitter)]
    if sheet.cells is not None:
        return Page((), (*ops, *_on_cells(sheet, sheet.cells, fitter, texts)))
    edge = _edge(sheet)
    across = _length(sheet.width - 2 * edge - 9)
    down = _length(sheet.height - 2 * edge - 17)
    ops += _ruler(fitter, edge + 8, edge + 12, across)
    ops += _ruler(fitter, edge + 5, edge + 16, down, is_vertical=True)
    mm = fitter.grid.mm
    words = texts.text("calibration.ruler", length=str(across))
    ops.append(Text(mm(edge + 8), mm(edge + 16.2), 7, words))
    return Page((), (*ops, *_words(sheet, fitter, texts)))


def _edge(sheet: Sheet) -> float:
    """How far from the edge the marks stand: less on labels, which are small."""
    return 5.0 if sheet.width > 110 else sheet.margin


def _corners(sheet: Sheet, fitter: Fitter) -> list[Op]:
    mm = fitter.grid.mm
    edge, arm, line = mm(_edge(sheet)), mm(min(_MARK, sheet.height / 6)), mm(_LINE)
    right, bottom = mm(sheet.width) - edge, mm(sheet.height) - edge
    ops: list[Op] = []
    for x, left in ((edge, edge), (right - line, right - arm)):
        for y, top in ((edge, edge), (bottom - line, bottom - arm)):
            ops.append(Rule(left, y, arm, line))
            ops.append(Rule(x, top, arm, line, is_vertical=True))
    return ops


def _cells(sheet: Sheet, fitter: Fitter) -> list[Op]:
    cells = sheet.cells
    if cells is None:
        return []
    mm = fitter.grid.mm
    width, height = mm(cells.width), mm(cells.height)
    return [
        Frame(
            min(mm(cells.left + column * cells.pitch_x), mm(sheet.width) - width),
            min(mm(cells.top + row * cells.pitch_y), mm(sheet.height) - height),
            width,
            height,
            mm(_LINE),
        )
        for row in range(cells.rows)
        for column in range(cells.columns)
    ]


def _length(room: float) -> int:
    """The longest ruler of whole centimetres that fits, at most 100 mm."""
    return min(_RULER, int(room // 10) * 10)


def _ruler(
    fitter: Fitter, x: float, y: float, length: int, *, is_vertical: bool = False
) -> list[Op]:
    """A ruler from a place in millimetres, its ticks every 5 mm above it or left of it."""
    mm = fitter.grid.mm
    left, top, line = mm(x), mm(y), mm(_LINE)
    ops: list[Op] = [Rule(left, top, mm(length), line, is_vertical=is_vertical)]
    for at in range(0, length + 1, 5):
        tick = mm(3 if at % 10 == 0 else 1.6)
        if is_vertical:
            ops.append(Rule(left - tick, top + mm(at), tick, line))
        else:
            ops.append(Rule(left + mm(at), top - tick, tick, line, is_vertical=True))
    return ops


def _words(sheet: Sheet, fitter: Fitter, texts: Catalogue) -> list[Op]:
    """What to do, and a code at the module width that labels have."""
    grid = fitter.grid
    mm = grid.mm
    left = mm(_edge(sheet) + 12)
    room = mm(sheet.width - _edge(sheet) - 2) - left
    y = mm(_edge(sheet) + 25)
    size = f"{sheet.name}: {sheet.width:g} × {sheet.height:g} mm, {grid.dpi} dpi"
    ops: list[Op] = [Text(left, y, 9, fitter.cut(size, Style(9, "bold"), room), "bold")]
    if sheet.height < 60:
        return ops
    for key in ("scale", "measure", "move"):
        y += mm(3)
        for line in fitter.wrapped(texts.text(f"calibration.{key}"), Style(9), room, 4):
            y += fitter.leading(9)
            ops.append(Text(left, y, 9, line))
    bars = place_bars(_CODE, "calibration", grid, Box(left, y + mm(8), room, mm(15)))
    ops.append(bars)
    return ops


def _on_cells(sheet: Sheet, cells: CellGrid, fitter: Fitter, texts: Catalogue) -> list[Op]:
    """The number of each cell for --start-at, what to do in the first ones, and two rulers."""
    mm = fitter.grid.mm
    told = [
        f"{sheet.name}: {sheet.width:g} × {sheet.height:g} mm. {texts.text('calibration.scale')}",
        texts.text("calibration.measure"),
        texts.text("calibration.move"),
        texts.text("calibration.ruler", length=str(_RULER)),
    ]
    ops: list[Op] = []
    for n in range(cells.columns * cells.rows):
        row, column = divmod(n, cells.columns)
        x, y = mm(cells.left + column * cells.pitch_x), mm(cells.top + row * cells.pitch_y)
        ops.append(Text(x + mm(13), y + mm(9), 14, str(n + 1), "bold"))
        lines = fitter.wrapped(told[n], Style(7), mm(cells.width - 10), 5) if n < len(told) else []
        for i, line in enumerate(lines):
            ops.append(Text(x + mm(4), y + mm(13.5) + i * fitter.leading(7), 7, line))
    across_y = cells.top + 2 * cells.pitch_y - 5
    down_x = cells.left + cells.width - 2
    return [
        *ops,
        *_ruler(fitter, cells.left + 4, across_y, _RULER),
        *_ruler(fitter, down_x, cells.top + 3, _RULER, is_vertical=True),
    ]
