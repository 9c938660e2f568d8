"""Learn what a carrier's event codes mean, from the carrier's own list. The shop remembers them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from returns_cli.domain.errors import InvalidError
from returns_cli.domain.parcels import Meaning
from returns_cli.operations.known_rows import KnownRows
from returns_cli.operations.return_view import Json
from returns_cli.operations.row_files import Tally, finish, read_options
from returns_cli.operations.shop import Shop

if TYPE_CHECKING:
    from returns_cli.intake.own.carrier_code_lists import CodeRow
    from returns_cli.store.connection import Store

_COMMAND = "shipments import --codes"
_IMPORTER = "1"


def learn_codes(
    shop: Shop, store: Store, sources: Sequence[Path | BinaryIO], *, encoding: str | None = None
) -> Json:
    """Keep the codes of lists, all or nothing; a code that is known gets the meaning said now.

    What was taken from them is noted. Events that were read before keep what they were taken for,
    until their file is read again. The same list again changes nothing. Inside a transaction.

    Raises:
        InvalidError: a row of a list is refused: a table that lacks a code would mislead.
    """
    from returns_cli.intake.own.carrier_code_lists import codes_of, read_code_lists
    from returns_cli.store.carrier_codes import save_codes

    options = read_options(shop, encoding=encoding)
    with read_code_lists(sources, options) as reading:
        shop.notes += reading.detected()
        rows = list(reading)
        if reading.log.rejected:
            first = next(one for one in reading.problems if one.is_error)
            raise InvalidError(
                first.code,
                f"A row of the list of codes is refused: {first.message}",
                where=f"{first.file}:{first.line}",
                hint="Mend that row and read the list again; nothing of it was kept.",
                problems=reading.problems,
            )
        file_id = KnownRows(shop, _COMMAND, _IMPORTER, options).add_file(store, reading)
        lines = _lines(rows)
        codes = codes_of(rows)
        saved = save_codes(
            store, ((*code, lines[code.carrier, code.code]) for code in codes), file_id
        )
        counts = Counter(code.meaning for code in codes)
        told = ", ".join(f"{counts[one]} {one.value}" for one in Meaning if counts[one])
        names = ", ".join(dict.fromkeys(code.carrier for code in codes))
        shop.notes.append(f"Codes of {names}: {told or 'none'}.")
        return finish(shop, reading, Tally(new=saved.new + saved.changed, same=saved.same))


def _lines(rows: Sequence[CodeRow]) -> dict[tuple[str, str], int]:
    """The line that names each code last."""
    return {
        (said.code.carrier, said.code.code): row.place.line for row in rows for said in row.codes
    }
