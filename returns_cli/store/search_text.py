"""What returns are found by, kept folded: names, mail addresses and postcodes."""

from __future__ import annotations

import sqlite3
import unicodedata

_PEOPLE = """
SELECT r.return_id, p.name, p.email, p.ship_name, p.ship_company, p.ship_postcode
FROM returns r JOIN order_person p ON p.order_pk = r.order_pk WHERE r.order_pk = ?
"""
_PERSON = """
SELECT p.name, p.email, p.ship_name, p.ship_company, p.ship_postcode
FROM returns r JOIN order_person p ON p.order_pk = r.order_pk WHERE r.return_id = ?
"""
_FORGET = """
DELETE FROM return_search WHERE return_id IN (SELECT return_id FROM returns WHERE order_pk = ?)
"""
_KEEP = "INSERT INTO return_search (return_id, name, email, postcode) VALUES (?, ?, ?, ?)"


def fold(text: str) -> str:
    """A text as it is searched for: without case, accents and compatibility forms.

    >>> fold("  Zoë ÅNGSTRÖM "), fold("ＡＢＣ")
    ('zoe angstrom', 'abc')
    """
    if text.isascii():
        return text.strip().casefold()
    marked = unicodedata.normalize("NFKD", text.strip()).casefold()
    bare = "".join(sign for sign in marked if not unicodedata.combining(sign))
    return unicodedata.normalize("NFC", bare)


def refresh_search(connection: sqlite3.Connection, order_pk: int) -> None:
    """Keep what an order's returns are found by; inside a transaction."""
    connection.execute(_FORGET, (order_pk,))
    for return_id, name, email, ship_name, company, postcode in connection.execute(
        _PEOPLE, (order_pk,)
    ).fetchall():
        row = found_by(name, email, ship_name, company, postcode)
        connection.execute(_KEEP, (return_id, *row))


def add_to_search(connection: sqlite3.Connection, return_id: int) -> None:
    """Keep what a new return is found by; inside a transaction."""
    for name, email, ship_name, company, postcode in connection.execute(
        _PERSON, (return_id,)
    ).fetchall():
        row = found_by(name, email, ship_name, company, postcode)
        connection.execute(_KEEP, (return_id, *row))


def joined(postcode: str) -> str:
    """A postcode without its spaces: people type it either way."""
    return "".join(fold(postcode).split())


def found_by(
    name: str, email: str, ship_name: str, company: str, postcode: str
) -> tuple[str, str, str]:
    """Names, mail address and postcode of an order's person as they are kept."""
    names = "\n".join(dict.fromkeys(fold(one) for one in (name, ship_name, company) if one))
    return names, fold(email), joined(postcode)
