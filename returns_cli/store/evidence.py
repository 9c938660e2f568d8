"""Notes and photos of a return: a text, or a path with the SHA-256 of what lay there."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence

from returns_cli.domain.model import Evidence
from returns_cli.store.connection import Store
from returns_cli.store.facts import add_fact

_STANDING = """
NOT EXISTS (SELECT 1 FROM evidence c WHERE c.corrects = e.evidence_id) AND e.corrects IS NULL
"""
_OF_RETURNS = f"""
SELECT e.return_id, e.kind, e.text, e.line, e.sha256, e.added_at, e.actor FROM evidence e
WHERE e.return_id IN (SELECT value FROM json_each(?)) AND {_STANDING} ORDER BY e.evidence_id
"""  # noqa: S608 - a constant
_BY_NUMBER = """
SELECT e.evidence_id, e.kind, e.text, e.line, e.sha256, e.added_at, e.actor FROM evidence e
WHERE e.evidence_id IN (SELECT value FROM json_each(?)) ORDER BY e.evidence_id
"""
_PHOTOS = f"""
SELECT r.rma, e.text, e.sha256 FROM evidence e JOIN returns r ON r.return_id = e.return_id
WHERE e.kind = 'photo' AND e.text <> ? AND {_STANDING} ORDER BY e.evidence_id
"""  # noqa: S608 - a constant
_PATHS = """
SELECT DISTINCT text FROM evidence
WHERE kind = 'photo' AND return_id IN (SELECT value FROM json_each(:these))
  AND text NOT IN (SELECT text FROM evidence
    WHERE return_id NOT IN (SELECT value FROM json_each(:these))) ORDER BY text
"""
ERASED = "[erased]"
"""What stands in the place of a text that was erased."""


def add_evidence(
    store: Store, return_id: int, one: Evidence, *, corrects: int | None = None
) -> int:
    """Append a note or a photo, or take one back; its number. Inside a transaction."""
    return add_fact(
        store.connection,
        "evidence",
        {
            "return_id": return_id,
            "line": one.line,
            "kind": one.kind,
            "text": one.text,
            "sha256": one.sha256,
            "actor": one.actor,
            "added_at": one.added_at,
            "corrects": corrects,
        },
    )


def take_back_evidence(
    store: Store, return_id: int, ids: Sequence[int], actor: str, at: str
) -> None:
    """Take notes and photos back, each by a row that names it; inside a transaction."""
    for number, *told in store.connection.execute(_BY_NUMBER, (json.dumps(ids),)).fetchall():
        opposite = Evidence(*told)._replace(actor=actor, added_at=at)
        add_evidence(store, return_id, opposite, corrects=number)


def evidence_of(store: Store, wanted: str) -> dict[int, list[Evidence]]:
    """What stands of the notes and photos of some returns, oldest first.

    Args:
        wanted: their row numbers as JSON.
    """
    found: defaultdict[int, list[Evidence]] = defaultdict(list)
    for return_id, *told in store.connection.execute(_OF_RETURNS, (wanted,)):
        found[return_id].append(Evidence(*told))
    return found


def photos(store: Store) -> Iterator[tuple[str, str, str]]:
    """RMA, path and SHA-256 of every photo that stands and was not erased."""
    yield from store.connection.execute(_PHOTOS, (ERASED,))


def photo_paths(store: Store, return_ids: Sequence[int]) -> list[str]:
    """Paths of photos that belong to these returns and to no other."""
    these = {"these": json.dumps(return_ids)}
    return [path for (path,) in store.connection.execute(_PATHS, these) if path != ERASED]
