"""Carriers' own lists of event codes, as carriers give them out, read as a table of meanings.

A list says in words what a code is; to a returns desk it must be one of a few meanings. In turn: a
column ``meaning``, the shipped table, the list's own standard column, its exact words. A code for
which none of them speaks is known from then on, and moves no date.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from returns_cli.domain.parcels import Meaning
from returns_cli.intake.opening import Given
from returns_cli.intake.own.carrier_codes import (
    CarrierCode,
    CodeTable,
    fold_carrier,
    meaning_of_words,
)
from returns_cli.intake.records import ReadOptions, RowKey, RowPlace
from returns_cli.intake.row_cells import RowCells
from returns_cli.intake.row_files import RowFormat, RowReading, read_formats

_COMMAND = "shipments import --codes"
_CODES = frozenset(
    "code|status|3x3 code|2x2 code|ice_event_code|ice_ric_code|ttpro_event_code".split("|")
)


class Said(NamedTuple):
    """What one row says of one code.

    Attributes:
        is_certain: the row, or the shipped table, says it of this very code; else it holds only
            where all rows with the code agree.
    """

    code: CarrierCode
    is_certain: bool


class CodeRow(NamedTuple):
    """One row of a list, and what it says of codes; a code may stand in several rows."""

    place: RowPlace
    key: RowKey
    codes: tuple[Said, ...]


def read_code_lists(given: Sequence[Given], options: ReadOptions) -> RowReading[CodeRow]:
    """Open lists of event codes, for ``shipments import --codes``.

    Raises:
        UsageError: a path cannot be read, an option makes no sense.
        InvalidError: a file is refused as a whole.
    """
    table = CodeTable()
    formats = {
        name: RowFormat(_reader(read, table), ids=_CODES)
        for name, read in (
            ("generic", _own_row),
            ("hermes-codes", _hermes_row),
            ("dhl-parcel-codes", _dhl_parcel_row),
            ("mydhl-codes", _mydhl_row),
        )
    }
    return read_formats(given, options, _COMMAND, formats)


def codes_of(rows: Iterable[CodeRow]) -> list[CarrierCode]:
    """One meaning for every code of some rows, in the order in which the codes come up.

    What is certain holds, the later row before the earlier; else what all rows agree on; else
    ``INFORMATION``.
    """
    certain: dict[tuple[str, str], Meaning] = {}
    said: dict[tuple[str, str], set[Meaning]] = {}
    for row in rows:
        for (carrier, code, meaning), is_certain in row.codes:
            said.setdefault((carrier, code), set()).add(meaning)
            if is_certain:
                certain[carrier, code] = meaning
    return [
        CarrierCode(*key, certain.get(key) or (one.pop() if len(one) == 1 else Meaning.INFORMATION))
        for key, one in said.items()
    ]


_Row = Callable[[RowCells, CodeTable], tuple[Said, ...]]


def _reader(
    read: _Row, table: CodeTable
) -> Callable[[ReadOptions], Callable[[RowCells, RowPlace, RowKey], CodeRow]]:
    def make(options: ReadOptions) -> Callable[[RowCells, RowPlace, RowKey], CodeRow]:
        del options
        return lambda cells, place, key: CodeRow(place, key, read(cells, table))

    return make


def _own_row(cells: RowCells, table: CodeTable) -> tuple[Said, ...]:
    del table
    carrier = fold_carrier(cells.required("carrier"))
    code = cells.required("code").upper()
    meaning = _stated(cells)
    if meaning is None:
        raise cells.fault("E-VALUE", "meaning", "It does not say what the code means.")
    return (Said(CarrierCode(carrier, code, meaning), is_certain=True),)


def _hermes_row(cells: RowCells, table: CodeTable) -> tuple[Said, ...]:
    long, short = cells.required("3x3 code").upper(), cells.id("2x2 code").upper()
    stated = _stated(cells)
    words = meaning_of_words(cells.text("textlang en"), cells.text("textlang de"))
    of_long = _settle("hermes", long, table, stated, words)
    if not short:
        return (of_long,)
    is_default = cells.flag("2x2 -> 3x3 mapping default")
    of_short = _settle("hermes", short, table, stated if is_default else None, None)
    if not of_short.is_certain:  # the four digits mean what the row says that they stand for
        of_short = Said(of_short.code._replace(meaning=of_long.code.meaning), is_default)
    return of_long, of_short


def _dhl_parcel_row(cells: RowCells, table: CodeTable) -> tuple[Said, ...]:
    carrier = "dhl parcel de"
    event, detail = cells.required("ice_event_code").upper(), cells.id("ice_ric_code").upper()
    standard = cells.id("ttpro_event_code").upper()
    stated = _stated(cells)
    words = meaning_of_words(
        cells.text("ttpro_event_code_meaning"), cells.text("ttpro_standardereignis_bedeutung")
    )
    of_standard = _settle(carrier, standard, table, None, words)
    fallback = of_standard.code.meaning if standard else None
    found = [_settle(carrier, event, table, None, fallback)]
    if detail:
        found.insert(0, _settle(carrier, f"{event}/{detail}", table, stated, fallback))
    elif stated:
        found = [Said(CarrierCode(carrier, event, stated), is_certain=True)]
    return (*found, of_standard) if standard else tuple(found)


def _mydhl_row(cells: RowCells, table: CodeTable) -> tuple[Said, ...]:
    service = fold_carrier(cells.required("service"))
    code = cells.required("status").upper()
    words = meaning_of_words(cells.text("description"))
    return (_settle(f"dhl {service}", code, table, _stated(cells), words),)


def _settle(
    carrier: str, code: str, table: CodeTable, stated: Meaning | None, otherwise: Meaning | None
) -> Said:
    """What a code means: as stated, as shipped, else as the row has it."""
    shipped = table.meaning_of(code, carrier)
    meaning = stated or shipped or otherwise or Meaning.INFORMATION
    return Said(CarrierCode(carrier, code, meaning), bool(stated or shipped))


def _stated(cells: RowCells) -> Meaning | None:
    """The column ``meaning``, None for an empty cell.

    Raises:
        RowFault: ``E-VALUE``, naming the words.
    """
    return cells.choice("meaning", Meaning.UNKNOWN) if cells.text("meaning") else None
