"""What ``returns export`` writes: the rows of the store's views, with or without people."""

from __future__ import annotations

import hashlib
import hmac
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from errno import EIO
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from returns_cli.domain.errors import OutputError, UsageError
from returns_cli.store.connection import Store, sync_folder
from returns_cli.store.copies import beside, sync_file

Value = str | int | None

_CHUNK = 2000  # rows written at once


class Dataset(NamedTuple):
    """A table of an export.

    Attributes:
        name: of the file or table.
        view: of the store.
        order: the columns that its rows are sorted by, so that the same store gives the same bytes.
        about: what one row is, for the documents.
    """

    name: str
    view: str
    order: str
    about: str


DATASETS: tuple[Dataset, ...] = (
    Dataset("orders", "v_orders", "channel, order_id", "an order"),
    Dataset("order_lines", "v_order_lines", "channel, order_id, line", "a line of an order"),
    Dataset("returns", "v_returns", "opened_at, rma", "a return, as it was judged last"),
    Dataset("return_lines", "v_return_lines", "rma, line", "a line of a return"),
    Dataset(
        "floor",
        "v_floor",
        "happened_at, rma, line, fact, quantity, grade, disposition, location",
        "goods received, inspected or put away; an undone entry has its opposite",
    ),
    Dataset("refunds", "v_refunds", "recorded_at, refund", "a recorded refund with its parts"),
    Dataset("products", "v_products", "sku", "a product that was sold or is listed"),
    Dataset("customers", "v_customers", "customer_id, customer_email", "a customer of the list"),
    Dataset("journal", "v_journal", "seq, n", "a posting of the journal"),
)

# Columns that say who somebody is. Redacted, a customer is a number that says nothing to others,
# and the rest is left empty; staff and order numbers stay, or nothing could be joined.
_WHO = ("customer_id", "customer_email")  # the first that is known; its number stands in the first
_WITHHELD = frozenset({"customer_name", "customer_email", "note"})

_NUMBERS = frozenset(
    {"line", "quantity", "returns", "seq", "n", "refund_days", "refund_business_days"}
)


def columns_of(store: Store, dataset: Dataset) -> tuple[str, ...]:
    """The names of a table's columns, in order."""
    cursor = store.connection.execute(f"SELECT * FROM {dataset.view} LIMIT 0")  # noqa: S608 - our words
    return tuple(name for name, *_ in cursor.description)


def rows_of(store: Store, dataset: Dataset, *, redact: bool) -> Iterator[tuple[Value, ...]]:
    """The rows of a table, sorted; read as they are asked for, inside a read.

    Args:
        redact: without names, mails and notes, and with a made-up number for each customer, the
            same wherever that customer appears. It is derived from the shop's salt: nobody else
            can tell whether a number that they know is among them.
    """
    columns = columns_of(store, dataset)
    query = f"SELECT * FROM {dataset.view} ORDER BY {dataset.order}"  # noqa: S608 - our words
    rows = store.connection.execute(query)
    hidden = [at for at, name in enumerate(columns) if name in _WITHHELD]
    if not redact or not hidden:
        yield from rows
        return
    who = [columns.index(name) for name in _WHO if name in columns]
    for row in rows:
        cells = list(row)
        named = next((row[at] for at in who if row[at]), None)
        for at in hidden:
            cells[at] = None if cells[at] is None else ""
        if who:
            cells[who[0]] = None if named is None else pseudonym(store.salt, str(named))
        yield tuple(cells)


def count_rows(store: Store, datasets: Sequence[Dataset]) -> dict[str, int]:
    """How many rows each table has; inside a read."""
    count = "SELECT count(*) FROM {}"
    ask = store.connection.execute
    return {one.name: ask(count.format(one.view)).fetchone()[0] for one in datasets}


def pseudonym(salt: bytes, customer: str) -> str:
    """A number for a customer id or mail address: always the same, nobody's without the salt."""
    told = f"export\0{customer.casefold()}"
    digest = hmac.new(salt, told.encode(), hashlib.sha256).hexdigest()
    return f"c-{digest[:16]}"


def write_sqlite(
    store: Store, path: Path, datasets: Sequence[Dataset], *, redact: bool
) -> dict[str, int]:
    """Write tables into a new SQLite file of mode 0600: the old file, or the whole new one.

    Returns:
        The number of rows of each table.

    Raises:
        UsageError: ``E-BACKUP-PATH``, the file is the store itself.
        OutputError: ``E-OUTPUT-FILE``, it cannot be written, as when the disk is full.
    """
    if path.resolve() == store.path.resolve():
        raise UsageError(
            "E-BACKUP-PATH",
            "An export cannot replace the store itself.",
            where=str(path),
            hint="Give another file.",
        )
    try:
        with beside(path) as name:
            with closing(sqlite3.connect(name, isolation_level=None)) as target:
                counts = {one.name: _copy(store, target, one, redact=redact) for one in datasets}
            sync_file(name)
            name.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise OutputError(
            "E-OUTPUT-FILE",
            f"Cannot write {path.name}: {error.strerror or error}.",
            where=str(path),
            hint="Check the folder, its free space and its permissions, then run again.",
        ) from error
    return counts


def _copy(store: Store, target: sqlite3.Connection, dataset: Dataset, *, redact: bool) -> int:
    columns = columns_of(store, dataset)
    declared = ", ".join(f"{name} {_kind(name)}" for name in columns)
    insert = f"INSERT INTO {dataset.name} VALUES ({', '.join('?' * len(columns))})"  # noqa: S608 - our words
    rows = rows_of(store, dataset, redact=redact)
    count = 0
    with _as_os_error():
        target.execute("BEGIN")
        target.execute(f"CREATE TABLE {dataset.name} ({declared}) STRICT")
    while chunk := list(islice(rows, _CHUNK)):
        with _as_os_error():
            target.executemany(insert, chunk)
        count += len(chunk)
    with _as_os_error():
        target.execute("COMMIT")
    return count


@contextmanager
def _as_os_error() -> Iterator[None]:
    """What SQLite says of the file that is written; of the store it says it elsewhere."""
    try:
        yield
    except sqlite3.Error as error:
        raise OSError(EIO, str(error)) from error


def _kind(column: str) -> str:
    whole = column.endswith("_minor") or column.startswith(("units_", "is_"))
    return "INTEGER" if whole or column in _NUMBERS else "TEXT"
