"""Codes of carriers that the shop has learned from its own lists. They follow their source."""

from __future__ import annotations

from collections.abc import Iterable

from returns_cli.domain.parcels import Meaning
from returns_cli.store.connection import Store
from returns_cli.store.customers import SavedRows
from returns_cli.store.facts import Value, add_fact, seal_of

_ALL = "SELECT carrier, code, meaning FROM carrier_code ORDER BY carrier, code"
_MEANING = "SELECT meaning FROM carrier_code WHERE carrier = ? AND code = ?"
_CHANGE = """
UPDATE carrier_code SET meaning = ?, file_id = ?, source_line = ?, seal = ?
WHERE carrier = ? AND code = ?
"""


def load_codes(store: Store) -> list[tuple[str, str, Meaning]]:
    """Carrier (folded), code and meaning of every code that the shop has learned."""
    return [
        (carrier, code, Meaning(meaning))
        for carrier, code, meaning in store.connection.execute(_ALL)
    ]


def save_codes(
    store: Store, codes: Iterable[tuple[str, str, Meaning, int]], file_id: int
) -> SavedRows:
    """Add codes, or change their meaning; inside a transaction.

    Args:
        store: the store.
        codes: carrier (folded), code, meaning, and the line of the list that says so.
        file_id: the list, from ``source_files.add_file``.
    """
    new = changed = same = 0
    for carrier, code, meaning, source_line in codes:
        kept = store.connection.execute(_MEANING, (carrier, code)).fetchone()
        if kept is None:
            row: dict[str, Value] = {
                "carrier": carrier,
                "code": code,
                "meaning": meaning.value,
                "file_id": file_id,
                "source_line": source_line,
            }
            add_fact(store.connection, "carrier_code", row)
            new += 1
        elif kept[0] == meaning.value:
            same += 1
        else:
            facts = (meaning.value, file_id, source_line)
            seal = seal_of("carrier_code", (carrier, code, *facts))
            store.connection.execute(_CHANGE, (*facts, seal, carrier, code))
            changed += 1
    return SavedRows(new, changed, same)
