"""Files that were read, so that the same file again costs nothing.

A file is known by its bytes, the options and the importer's version. It stops being known when a
later import changed one of its orders: reading it again would change them back.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from returns_cli.store.connection import Store
from returns_cli.store.facts import add_fact

_LATEST = """
SELECT f.file_id, r.result, f.read_at, r.spans FROM source_file f
JOIN source_file_result r ON r.file_id = f.file_id
WHERE f.sha256 = ? AND f.command = ? AND f.options_hash = ? AND f.importer = ?
ORDER BY f.file_id DESC LIMIT 1
"""
_CHANGED_SINCE = "SELECT DISTINCT order_pk FROM order_change WHERE file_id > ?"


class NewFile(NamedTuple):
    """A file about to be read.

    Attributes:
        sha256: of its bytes, hex.
        options_hash: of every option that changes how it is read.
        importer: name and version of the reader.
        command: ``orders import``, ``products import`` …
        name: its base name.
        actor: who reads it; ``at``: when, an instant.
    """

    sha256: str
    options_hash: str
    importer: str
    command: str
    name: str
    actor: str
    at: str


class KnownFile(NamedTuple):
    """A file that was read before, with the result that was shown then."""

    file_id: int
    result: str
    at: str


def known_file(
    store: Store,
    sha256: str,
    options_hash: str,
    importer: str,
    command: str = "orders import",
) -> KnownFile | None:
    """The last reading of a file, or None where it must be read (again)."""
    wanted = (sha256, command, options_hash, importer)
    row = store.connection.execute(_LATEST, wanted).fetchone()
    if row is None:
        return None
    file_id, result, at, spans_text = row
    spans = sorted(json.loads(spans_text))
    starts = [first for first, _ in spans]
    for (order_pk,) in store.connection.execute(_CHANGED_SINCE, (file_id,)):
        place = bisect_right(starts, order_pk) - 1
        if place >= 0 and order_pk <= spans[place][1]:
            return None
    return KnownFile(file_id, result, at)


def add_file(store: Store, file: NewFile) -> int:
    """Record that a file is being read; inside a transaction, before its rows.

    Returns:
        The number that its rows refer to.
    """
    row = {
        "sha256": file.sha256,
        "options_hash": file.options_hash,
        "importer": file.importer,
        "command": file.command,
        "name": file.name,
        "actor": file.actor,
        "read_at": file.at,
    }
    return add_fact(store.connection, "source_file", row)


def finish_file(
    store: Store, file_id: int, result: str, spans: Iterable[tuple[int, int]] = ()
) -> None:
    """Keep a file's result; in the transaction of its rows. A file without one is read again.

    Args:
        store: the store.
        file_id: from :func:`add_file`.
        result: what was answered, as text.
        spans: first and last number of each run of orders that the file holds.
    """
    text = json.dumps([list(span) for span in spans], separators=(",", ":"))
    add_fact(
        store.connection,
        "source_file_result",
        {"file_id": file_id, "result": result, "spans": text},
    )
