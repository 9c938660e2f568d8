"""Finding returns by what a person has at hand: name, mail, postcode, order, RMA, tracking.

Names, mail addresses and postcodes of the orders *with a return* are kept folded in one narrow
table and looked through as a whole: parts of words are found in every script (a full-text index
splits words at spaces, which many scripts do not have), and a person is erased by one row. Looking
through 200,000 returns takes less than a tenth of a second.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from typing import NamedTuple

from returns_cli.domain.rma import read_rma
from returns_cli.store.connection import Store
from returns_cli.store.orders import order_pks
from returns_cli.store.search_text import fold, joined

_BY_RMA = "SELECT return_id FROM returns WHERE rma = ?"
_BY_ORDER = """
SELECT return_id FROM returns WHERE order_pk IN (SELECT value FROM json_each(?))
ORDER BY return_id DESC LIMIT ?
"""
_BY_TRACKING = """
SELECT return_id FROM receipt WHERE tracking = :text
UNION SELECT return_id FROM parcel_event WHERE tracking = :text AND tracking <> ''
  AND return_id IS NOT NULL
ORDER BY 1 DESC LIMIT :limit
"""
_BY_PERSON = """
SELECT return_id, CASE WHEN instr(name, :text) THEN 'name'
  WHEN instr(email, :text) THEN 'email' ELSE 'postcode' END
FROM return_search
WHERE instr(name, :text) OR instr(email, :text) OR instr(postcode, :bare)
ORDER BY return_id DESC LIMIT :limit
"""

_BY_WORD = """
SELECT return_id, name, email, postcode FROM return_search
WHERE instr(name, :word) OR instr(email, :word) OR instr(postcode, :word) ORDER BY return_id DESC
"""


class Match(NamedTuple):
    """A return that was found.

    Attributes:
        matched: ``rma | order | tracking | name | email | postcode``.
    """

    return_id: int
    matched: str


def find_returns(store: Store, text: str, limit: int = 50) -> list[Match]:
    """Returns that a text may mean, the surest first; each return once.

    Args:
        store: the store.
        text: an RMA, an order's id, a tracking number, or part of a name, a mail address or a
            postcode; several words in any order. It is data, never a pattern.
        limit: at most so many.
    """
    found: dict[int, str] = {}
    for return_id, matched in _candidates(store, text.strip(), limit):
        found.setdefault(return_id, matched)
    return [Match(return_id, matched) for return_id, matched in list(found.items())[:limit]]


def numbered_returns(store: Store, text: str, limit: int = 50) -> list[Match]:
    """Returns whose own number, order or parcel a text is, each once; names are not looked through.

    Args:
        store: the store.
        text: an RMA, an order's id or a tracking number, whole.
        limit: at most so many.
    """
    found: dict[int, str] = {}
    for return_id, matched in _by_number(store, text.strip(), limit):
        found.setdefault(return_id, matched)
    return [Match(return_id, matched) for return_id, matched in list(found.items())[:limit]]


def _by_number(store: Store, text: str, limit: int) -> list[tuple[int, str]]:
    execute = store.connection.execute
    found: list[tuple[int, str]] = []
    with suppress(ValueError):  # not a return number: something else is looked for
        found += [(pk, "rma") for (pk,) in execute(_BY_RMA, (read_rma(text),))]
    pks = "[" + ",".join(map(str, order_pks(store, [text])[text])) + "]"
    found += [(pk, "order") for (pk,) in execute(_BY_ORDER, (pks, limit))]
    tracked = execute(_BY_TRACKING, {"text": text, "limit": limit})
    return found + [(pk, "tracking") for (pk,) in tracked]


def _candidates(store: Store, text: str, limit: int) -> list[tuple[int, str]]:
    found = _by_number(store, text, limit)
    folded = fold(text)
    if folded:
        wanted = {"text": folded, "bare": joined(text), "limit": limit}
        found += store.connection.execute(_BY_PERSON, wanted).fetchall()
        found += islice(_by_words(store, folded.split()), limit)
    return found


def _by_words(store: Store, words: list[str]) -> Iterator[tuple[int, str]]:
    """Returns whose person has every word, in any order: ``ionescu ana``, ``ana 400001``."""
    if len(words) < 2:
        return
    longest = max(words, key=len)
    for return_id, name, email, postcode in store.connection.execute(_BY_WORD, {"word": longest}):
        if all(word in name or word in email or word in postcode for word in words):
            yield return_id, "name" if any(word in name for word in words) else "email"
