"""Write what the shop knows for people's own tools: CSV, JSON lines, or one SQLite file."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from returns_cli.domain import money
from returns_cli.domain.errors import UsageError
from returns_cli.domain.nearest import nearest_or
from returns_cli.operations.paper_files import make_folder, shown_path
from returns_cli.operations.return_view import Json
from returns_cli.operations.shop import Shop

if TYPE_CHECKING:
    from returns_cli.store.connection import Store
    from returns_cli.store.datasets import Dataset

FOLDER = "outbox/export"
SQLITE_NAME = "returns-export.db"

Writer = Callable[[Sequence[str], Iterable[Json]], Iterator[str]]


class Export(NamedTuple):
    """What was typed.

    Attributes:
        form: ``csv``, ``jsonl`` or ``sqlite``; also the ending of the files.
        tables: which ones; all where none is named.
        redact: leave people out.
        place: folder for the files, or the SQLite file; else below ``outbox/export``.
    """

    form: str
    tables: tuple[str, ...] = ()
    redact: bool = False
    place: Path | None = None


def export_text(shop: Shop, wanted: Export, write: Writer) -> Iterator[str]:
    """The text of one table, piece by piece, for whoever reads it through a pipe.

    Args:
        write: the text of a table's columns and rows, piece by piece.

    Raises:
        UsageError: there is no such table.
    """
    (dataset,) = _datasets(wanted.tables)
    with shop.open_store(read_only=True) as store, store.reading():
        yield from write(*_shown(store, dataset, redact=wanted.redact))


def export_files(shop: Shop, wanted: Export, write: Writer) -> Json:
    """Write each table to a file of its own; all show the store at one moment.

    The same store gives the same bytes. Each file is the old one or the whole new one, mode 0600.

    Raises:
        UsageError: there is no such table.
        OutputError: a file cannot be written (9).
    """
    from returns_cli.documents import write_pieces

    datasets = _datasets(wanted.tables)
    folder = _folder(shop, wanted.place)
    files: list[Json] = []
    with shop.open_store(read_only=True) as store, store.reading():
        for dataset in datasets:
            path = folder / f"{dataset.name}.{wanted.form}"
            columns, rows = _shown(store, dataset, redact=wanted.redact)
            counted = _Counted(rows)
            text = (one.encode() for one in write(columns, counted))
            if shop.dry_run:
                deque(text, maxlen=0)
            else:
                write_pieces(path, text)
            files.append(
                {
                    "path": shown_path(path, shop.folder),
                    "table": dataset.name,
                    "rows": counted.count,
                }
            )
    return {"as": wanted.form, "redacted": wanted.redact, "files": files}


def export_sqlite(shop: Shop, wanted: Export) -> Json:
    """Write the tables into one SQLite file, amounts in minor units as the views have them.

    Raises:
        UsageError: there is no such table, or the file is the shop's store.
        OutputError: the file cannot be written (9).
    """
    from returns_cli.store.datasets import count_rows, write_sqlite

    datasets = _datasets(wanted.tables)
    path = wanted.place or _folder(shop, None) / SQLITE_NAME
    with shop.open_store(read_only=True) as store, store.reading():
        if shop.dry_run:
            counts = count_rows(store, datasets)
        else:
            counts = write_sqlite(store, path, datasets, redact=wanted.redact)
    files: list[Json] = [
        {"path": shown_path(path, shop.folder), "table": name, "rows": rows}
        for name, rows in counts.items()
    ]
    return {"as": wanted.form, "redacted": wanted.redact, "files": files}


def _datasets(names: Sequence[str]) -> tuple[Dataset, ...]:
    from returns_cli.store.datasets import DATASETS

    known = {one.name: one for one in DATASETS}
    for name in names:
        if name not in known:
            raise UsageError(
                "E-USAGE",
                f"There is no table {name[:40]!r} to export.",
                where="TABLE",
                hint=nearest_or(name, known, f"Use some of {', '.join(known)}."),
            )
    return tuple(one for one in DATASETS if not names or one.name in names)


def _folder(shop: Shop, place: Path | None) -> Path:
    folder = place or shop.folder / FOLDER
    if not shop.dry_run and not folder.is_dir():
        make_folder(folder)
    return folder


class _Counted:
    """Rows that are counted as they pass."""

    def __init__(self, rows: Iterable[Json]) -> None:
        self._rows = rows
        self.count = 0

    def __iter__(self) -> Iterator[Json]:
        for row in self._rows:
            self.count += 1
            yield row


def _shown(
    store: Store, dataset: Dataset, *, redact: bool
) -> tuple[tuple[str, ...], Iterator[Json]]:
    """A table as people read it: amounts as decimals next to their currency, yes or no as such."""
    from returns_cli.store.datasets import columns_of, rows_of

    stored = columns_of(store, dataset)
    shown = tuple(name.removesuffix("_minor") for name in stored)
    currency_at = stored.index("currency") if "currency" in stored else -1
    amounts = [at for at, name in enumerate(stored) if name.endswith("_minor")]
    flags = [at for at, name in enumerate(stored) if name.startswith("is_")]

    def rows() -> Iterator[Json]:
        for row in rows_of(store, dataset, redact=redact):
            cells: list[object] = list(row)
            for at in amounts:
                cells[at] = money.format_amount(cells[at], cells[currency_at])  # type: ignore[arg-type]  # the columns' names say what they hold
            for at in flags:
                cells[at] = bool(cells[at])
            yield dict(zip(shown, cells, strict=True))

    return shown, rows()
