"""A foreign row with the cells that its mapping makes behind it, to be read under our names."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from returns_cli.intake.cells import split_list
from returns_cli.intake.formats import fold
from returns_cli.intake.header import Header
from returns_cli.intake.mapped.mapping import Columns, FileMapping
from returns_cli.intake.mapped.mapping_columns import LIST_COLUMNS, form_of
from returns_cli.intake.payments import BETWEEN, EQUALS
from returns_cli.intake.problems import RowFault

Maker = Callable[[Sequence[str]], str]


@dataclass(frozen=True, slots=True)
class _Made:
    """A cell that is made of others.

    Attributes:
        places: of the cells that are joined by a space.
        words: their word, folded -> ours.
        separator: between the entries of a list, None for a cell that is no list.
    """

    places: tuple[int, ...]
    words: Mapping[str, str]
    separator: str | None

    def __call__(self, cells: Sequence[str]) -> str:
        text = " ".join(filter(None, (cells[place].strip() for place in self.places)))
        if self.separator is None:
            return self.words.get(fold(text), text) if self.words else text
        entries = split_list(text, self.separator)
        return "|".join(self.words.get(fold(one), one) for one in entries)


@dataclass(frozen=True, slots=True)
class _Fixed:
    """A cell that is the same in every row."""

    text: str

    def __call__(self, cells: Sequence[str]) -> str:  # noqa: ARG002 - as a made cell
        return self.text


@dataclass(frozen=True, slots=True)
class _Payments:
    """The cell that says what each means of payment paid; one that paid nothing is left out."""

    places: Mapping[str, int]

    def __call__(self, cells: Sequence[str]) -> str:
        paid = {method: cells[place].strip() for method, place in self.places.items()}
        filled = (f"{method}{EQUALS}{text}" for method, text in paid.items() if text)
        return BETWEEN.join(filled)


class MappedCells:
    """Widens the rows of one file.

    Attributes:
        header: of the widened rows: our names, and theirs for what problems say.

    Args:
        raw: header of the file, as ``find_mapped_header`` gives it.
        mapping: of the file.
    """

    def __init__(self, raw: Header, mapping: FileMapping) -> None:
        self._mapping = mapping
        self._width = raw.width
        self._folded = [fold(name) for name in raw.columns]
        self._raw = raw
        self._makers: list[Maker] = []
        shown, places = self._plain(raw)
        ours = list(dict.fromkeys(name for item in mapping.items for name in item))
        self._item_makers = [self._of_item(item, ours) for item in mapping.items]
        self._item_shown: list[dict[str | None, str]] = []
        first = raw.width + len(shown)
        for at, name in enumerate(ours):
            places[name] = first + at
            shown.append(" / ".join(self._shown(item.get(name, ())) for item in mapping.items))
        for item in mapping.items:
            self._item_shown.append(
                {shown[places[name] - raw.width]: self._shown(item.get(name, ())) for name in ours}
            )
        self.header = Header(
            form_of(raw.format.command), raw.dialect, raw.line, (*raw.columns, *shown), places
        )

    def _plain(self, raw: Header) -> tuple[list[str], dict[str, int]]:
        """Names of the cells made for every row, and where each of our columns stands."""
        mapping = self._mapping
        shown: list[str] = []
        places: dict[str, int] = {}
        for name, theirs in mapping.columns.items():
            maker = self._made(name, theirs)
            is_as_it_is = not maker.words and maker.separator is None
            if len(maker.places) == 1 and is_as_it_is:
                places[name] = maker.places[0]
                continue
            places[name] = raw.width + len(shown)
            self._makers.append(maker)
            shown.append(self._shown(theirs))
        for name, text in mapping.constants.items():
            places[name] = raw.width + len(shown)
            self._makers.append(_Fixed(text))
            shown.append(f"{name} in {mapping.file}")
        if mapping.payments:
            places["payment_method"] = raw.width + len(shown)
            at = {one: self._folded.index(fold(name)) for one, name in mapping.payments.items()}
            self._makers.append(_Payments(at))
            shown.append(self._shown(tuple(mapping.payments.values())))
        return shown, places

    def _of_item(self, item: Columns, ours: Sequence[str]) -> list[Maker]:
        return [self._made(name, item[name]) if name in item else _Fixed("") for name in ours]

    def _made(self, name: str, theirs: Sequence[str]) -> _Made:
        separator = self._mapping.list_separator if name in LIST_COLUMNS else None
        places = tuple(self._folded.index(fold(one)) for one in theirs)
        return _Made(places, self._mapping.words.get(name, {}), separator)

    def _shown(self, theirs: Sequence[str]) -> str:
        return " + ".join(self._raw.columns[self._folded.index(fold(one))] for one in theirs)

    def widen(self, cells: Sequence[str]) -> list[str]:
        """The row with the made cells behind it.

        Args:
            cells: at least as many as the file's header has.
        """
        own = list(cells[: self._width])
        return own + [make(own) for make in self._makers]

    def widen_items(self, cells: Sequence[str]) -> list[tuple[int, list[str]]]:
        """Each item that a row fills, by its number from 0; the first one where it fills none."""
        wide = self.widen(cells)
        made = [[make(wide) for make in makers] for makers in self._item_makers]
        filled = [at for at, own in enumerate(made) if any(own)] or [0]
        return [(at, wide + made[at]) for at in filled]

    def of_item(self, fault: RowFault, item: int) -> RowFault:
        """The same fault with the item's own column."""
        fault.column = self._item_shown[item].get(fault.column, fault.column)
        return fault

    def with_hint(self, fault: RowFault) -> RowFault:
        """The same fault with a hint that names the key of the mapping that would help."""
        said = self._mapping
        if fault.hint is not None:
            return fault
        if fault.code == "E-DATE" and said.date_format:
            fault.hint = f"{said.file} says {said.date_format}; 2026-03-05 is read beside it."
        elif fault.code == "E-DATE":
            fault.hint = f"Name its style in {said.file}, `date_format: …`, or by --date-format."
        elif fault.code == "E-MONEY-AMBIGUOUS":
            fault.hint = f"Say it in {said.file}, `decimal: dot` or `comma`, or by --decimal."
        return fault
