"""Rows to groups: all rows of an order together, wherever they stand, faults and flags beside."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from returns_cli.domain.check_digits import is_gtin
from returns_cli.intake.cells import CONTROL, clean_id, is_power_of_ten
from returns_cli.intake.footers import is_footer
from returns_cli.intake.header import Header
from returns_cli.intake.problems import RowFault
from returns_cli.intake.rows import MAX_CELL, OverlongRow
from returns_cli.intake.survey import KeyColumns, Survey

_SUSPECT = re.compile(rf"{CONTROL.pattern}|(?:^|\n)\s*=|E\+", re.IGNORECASE)
_DIRECTION_MARKS = str.maketrans("", "", "\u200e\u200f")


class Note(NamedTuple):
    """A warning about a row or a cell, kept until its row is accepted."""

    line: int
    code: str
    column: str | None = None
    value: str | None = None
    message: str = ""


@dataclass(slots=True)
class Group:
    """The rows of one order (or one lone row), in file order.

    Attributes:
        key: of ``KeyColumns.key_of``; empty for a lone row.
        rows: physical line and cells; behind the header's width stands one empty cell.
        faults: refused rows, by line.
        notes: warnings so far.
        mark: by what the same rows are known again (``same_rows``); empty where they are not.
    """

    key: str
    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    faults: dict[int, RowFault] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    mark: bytes = b""

    def remark(self, line: int, fault: RowFault | None, notes: list[Note]) -> None:
        """Keep what was found about a row."""
        self.notes += notes
        if fault is not None:
            self.faults[line] = fault

    def healthy(self) -> Group | None:
        """The rows without a fault, for what else they may be refused for.

        None where the first row is at fault: without it the others cannot be understood.
        """
        if self.rows[0][0] in self.faults:
            return None
        rows = [(line, cells) for line, cells in self.rows if line not in self.faults]
        return Group(self.key, rows)


class ColumnKinds(NamedTuple):
    """Folded names of the columns whose cells are not plain text."""

    ids: frozenset[str] = frozenset()
    money: frozenset[str] = frozenset()


class Inspector:
    """Looks at whole rows: their width always, their cells only where the file is suspicious.

    Args:
        header: the file's header.
        kinds: which columns hold ids and money.
        looks_closer: NULs, control characters, formulas or long cells are about.
    """

    def __init__(self, header: Header, kinds: ColumnKinds, *, looks_closer: bool) -> None:
        self._header = header
        self.looks_closer = looks_closer
        places = header.places
        self._known = sorted(places[name] for name in header.format.columns if name in places)
        self._fewest = header.fewest_cells
        self._ids = frozenset(places[name] for name in kinds.ids if name in places)
        self._money = frozenset(places[name] for name in kinds.money if name in places)
        self._gtin = places.get("gtin")

    def examine(self, line: int, cells: list[str], notes: list[Note]) -> RowFault | None:
        """The row's fault, if any; flags go to ``notes``; the row gets the header's width."""
        fault = self._closer_fault(cells) if self.looks_closer else None
        width_fault = self._wrong_width(line, cells, notes)
        fault = fault or width_fault
        if fault is None and self.looks_closer and _SUSPECT.search("\n".join(cells)):
            notes.extend(self._cell_notes(line, cells))
        if fault is None and self._gtin is not None:
            notes.extend(self._gtin_notes(line, cells[self._gtin]))
        return fault

    def _wrong_width(self, line: int, cells: list[str], notes: list[Note]) -> RowFault | None:
        width = self._header.width
        extra, count = cells[width:], len(cells)
        del cells[width:]
        cells.extend([""] * (width - count))
        if count == width:
            return None
        if extra and not any(map(str.strip, extra)):
            notes.append(Note(line, "W-CSV-EXTRA-EMPTY"))
            return None
        if self._fewest <= count < width:
            notes.append(Note(line, "W-CSV-SHORT-ROW"))
            return None
        return RowFault(
            "E-CSV-RAGGED",
            value=next(filter(str.strip, extra), None),
            message=f"The row has {count} cells, the header has {width}.",
        )

    def _closer_fault(self, cells: list[str]) -> RowFault | None:
        if isinstance(cells, OverlongRow):
            for place, cell in enumerate(cells):
                if len(cell) > MAX_CELL:
                    return RowFault("E-CSV-FIELD-TOO-LONG", self._header.shown(place), cell)
        for place, cell in enumerate(cells):
            if "\0" in cell:
                return RowFault("E-CSV-NUL", self._header.shown(place), cell)
        return None

    def _cell_notes(self, line: int, cells: list[str]) -> Iterator[Note]:
        for place in self._known:
            cell = cells[place]
            if place in self._money:
                cell = cell.translate(_DIRECTION_MARKS)
            shown = self._header.shown(place)
            if CONTROL.search(cell):
                yield Note(line, "W-CELL-CONTROL", shown, cell)
            plain = clean_id(cell) if place in self._ids else cell.strip()
            if plain[:1] == "=":
                yield Note(line, "W-CELL-FORMULA", shown, cell)
            if place in self._ids and is_power_of_ten(plain):
                yield Note(line, "W-ID-EXCEL", shown, cell)

    def _gtin_notes(self, line: int, cell: str) -> Iterator[Note]:
        gtin = clean_id(cell)
        if gtin and not is_gtin(gtin) and not is_power_of_ten(gtin):
            yield Note(line, "W-GTIN", self._header.shown(self._gtin or 0), cell)


def _is_no_row(cells: list[str], width: int) -> bool:
    return not any(map(str.strip, cells)) or (len(cells) != width and is_footer(cells))


class Grouper:
    """Groups records by order.

    Args:
        header: the file's header.
        keys: where the order's key stands.
        survey: of the same file.
        inspector: looks at each row.
        inherits: an empty order number means the order above (Shopify).

    Attributes:
        rows: data records seen so far, blank lines not counted.
    """

    def __init__(
        self,
        header: Header,
        keys: KeyColumns,
        survey: Survey,
        inspector: Inspector,
        *,
        inherits: bool = False,
    ) -> None:
        self.rows = 0
        self._width = header.width
        self._keys = keys
        self._torn = dict(survey.torn)
        self._inspector = inspector
        self._inherits = inherits
        self._id_column = header.shown(keys.order_id)
        self._pending: dict[int, dict[str, Group]] = {}

    def look_closer(self) -> None:
        """Look at every cell of the rows to come."""
        self._inspector.looks_closer = True

    def groups(self, records: Iterable[tuple[int, list[str]]]) -> Iterator[Group]:
        """Complete groups in the order in which they end."""
        width, at = self._width, self._keys.order_id
        has_channel = self._keys.channel is not None
        inspector = self._inspector
        current, raw_before = Group(""), ""
        for line, cells in records:
            fault: RowFault | None = None
            notes: list[Note] | None = None
            if inspector.looks_closer or len(cells) != width:
                if _is_no_row(cells, width):
                    continue
                notes = []
                fault = self._inspector.examine(line, cells, notes)
            raw = cells[at]
            if raw != raw_before or has_channel or not raw:
                if not raw and not any(cells):
                    continue
                key = self._key(cells, current)
                if not key:
                    self.rows += 1
                    yield self._lone(line, cells, fault)
                    continue
                if key != current.key:
                    yield from self._ended(current)
                    current = Group(key)
                raw_before = raw
            self.rows += 1
            cells.append("")
            current.rows.append((line, cells))
            if notes is not None:
                current.remark(line, fault, notes)
        yield from self._ended(current)
        for waiting in self._pending.values():  # cut off by an end that the survey did not see
            yield from waiting.values()

    def _key(self, cells: list[str], above: Group) -> str:
        """The row's key, or that of the order above where the format allows it; else empty."""
        return self._keys.key_of(cells, above.key) or (above.key if self._inherits else "")

    def _lone(self, line: int, cells: list[str], fault: RowFault | None) -> Group:
        missing = RowFault("E-ORDER-ID-MISSING", self._id_column)
        return Group("", [(line, cells)], {line: fault or missing})

    def _ended(self, group: Group) -> Iterator[Group]:
        """The group, once it is complete: a torn order waits for its last run."""
        mark = hash(group.key)
        if mark not in self._torn:
            if group.rows:
                yield group
            return
        waiting = self._pending.setdefault(mark, {})
        held = waiting.setdefault(group.key, group)
        if held is not group:
            held.rows += group.rows
            held.faults.update(group.faults)
            held.notes += group.notes
        self._torn[mark] -= 1
        if not self._torn[mark]:
            yield from self._pending.pop(mark).values()
