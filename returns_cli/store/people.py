"""A person as the store knows them: customer rows, orders, returns.

A person is named by a mail address or by a source's customer id. What the other customer rows of
that address or id say widens it by one step, never further: an address that many share (a market
place's relay) must not drag strangers along.
"""

from __future__ import annotations

import json
from typing import NamedTuple

from returns_cli.domain.model import Customer, Order
from returns_cli.store.connection import Store
from returns_cli.store.customers import mail_key
from returns_cli.store.lists import unpack
from returns_cli.store.order_rows import read_orders

_CUSTOMERS = """
SELECT customer_pk, customer_id, email, name FROM customer
WHERE customer_id = :id OR (email_key <> '' AND email_key = :mail) ORDER BY customer_pk
"""
_ORDERS = """
SELECT order_pk FROM order_person
WHERE (customer_id <> '' AND customer_id IN (SELECT value FROM json_each(:ids)))
   OR (email <> '' AND lower(trim(email)) IN (SELECT value FROM json_each(:mails)))
ORDER BY order_pk
"""
_RETURNS = """
SELECT return_id, rma FROM returns
WHERE order_pk IN (SELECT value FROM json_each(?)) ORDER BY return_id
"""
_NOTES = "SELECT text FROM return_note WHERE return_id = ?"
_ROWS = """
SELECT customer_id, email, name, tier, tags, language FROM customer
WHERE customer_pk IN (SELECT value FROM json_each(?)) ORDER BY customer_pk
"""
_NOTES_WITH_RMA = """
SELECT r.rma, n.text FROM return_note n JOIN returns r ON r.return_id = n.return_id
WHERE n.return_id IN (SELECT value FROM json_each(?)) ORDER BY n.return_id, n.revision, n.line
"""
_EVIDENCE_WITH_RMA = """
SELECT r.rma, e.kind || ': ' || e.text FROM evidence e JOIN returns r ON r.return_id = e.return_id
WHERE e.return_id IN (SELECT value FROM json_each(?)) ORDER BY e.return_id, e.evidence_id
"""
_KEPT = """
SELECT 1 FROM order_person WHERE (:id <> '' AND customer_id = :id)
  OR (:mail <> '' AND lower(trim(email)) = :mail) LIMIT 1
"""
_SHORTEST = 6  # characters of a text that is looked for inside others; a shorter one stands alone


class Person(NamedTuple):
    """Whom an erasure or an export is about.

    Attributes:
        customer_pks: rows of known customers; ``order_pks``, ``return_ids``, ``rmas``: theirs.
        ids, mails: customer ids, and mail addresses as :func:`customers.mail_key` folds them.
        texts: whatever names or locates them: names, addresses, telephones, notes.
    """

    customer_pks: tuple[int, ...]
    order_pks: tuple[int, ...]
    return_ids: tuple[int, ...]
    rmas: tuple[str, ...]
    ids: tuple[str, ...]
    mails: tuple[str, ...]
    texts: tuple[str, ...]

    def is_named_in(self, text: str) -> bool:
        """Whether a cell or a sentence names or locates the person; a short name stands alone."""
        folded = text.strip().casefold()
        named = (one.casefold() for one in (*self.texts, *self.mails))
        return any(one == folded or (len(one) >= _SHORTEST and one in folded) for one in named)


def find_person(store: Store, who: str) -> Person | None:
    """The person of a mail address or a customer id; None where nothing is known of them."""
    execute = store.connection.execute
    rows = execute(_CUSTOMERS, {"id": who, "mail": mail_key(who)}).fetchall()
    ids = {who, *(row[1] for row in rows)} - {""}
    mails = {mail_key(who), *(mail_key(row[2]) for row in rows)} - {""}
    wanted = {"ids": json.dumps(sorted(ids)), "mails": json.dumps(sorted(mails))}
    order_pks = tuple(pk for (pk,) in execute(_ORDERS, wanted))
    if not (rows or order_pks):
        return None
    returns = execute(_RETURNS, (json.dumps(order_pks),)).fetchall()
    texts = {text for row in rows for text in row[1:]}
    for order in read_orders(store.connection, order_pks).values():
        texts |= _texts_of(order)
        ids.add(order.customer_id)
        mails.add(mail_key(order.customer_email))
    for return_id, _ in returns:
        texts |= {text for (text,) in execute(_NOTES, (return_id,))}
    return Person(
        tuple(row[0] for row in rows),
        order_pks,
        tuple(return_id for return_id, _ in returns),
        tuple(rma for _, rma in returns),
        tuple(sorted(ids - {""})),
        tuple(sorted(mails - {""})),
        tuple(sorted(text.strip() for text in texts if text.strip())),
    )


def _texts_of(order: Order) -> set[str]:
    ship = order.ship_to
    named = (order.customer_id, order.customer_name, order.customer_email, ship.name, ship.company)
    return {*named, ship.address1, ship.address2, ship.phone}


def customers_of(store: Store, person: Person) -> list[Customer]:
    """The customer rows of a person."""
    found = store.connection.execute(_ROWS, (json.dumps(person.customer_pks),))
    return [
        Customer(customer_id, email, name, tier, unpack(tags), language)
        for customer_id, email, name, tier, tags, language in found
    ]


def notes_of(store: Store, person: Person) -> list[tuple[str, str]]:
    """Notes on the person's returns, and paths of photos: the return's number and the text."""
    theirs = (json.dumps(person.return_ids),)
    execute = store.connection.execute
    return [*execute(_NOTES_WITH_RMA, theirs), *execute(_EVIDENCE_WITH_RMA, theirs)]


def has_orders(store: Store, customer_id: str, email: str) -> bool:
    """Whether an order is kept with that customer id or mail address."""
    found = store.connection.execute(_KEPT, {"id": customer_id, "mail": mail_key(email)})
    return found.fetchone() is not None
