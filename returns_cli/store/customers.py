"""Known customers. Personal data: in its own table, changed by its source, erasable."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from returns_cli.domain.model import Customer, Order
from returns_cli.store.connection import Store
from returns_cli.store.facts import Value, add_fact, seal_of
from returns_cli.store.lists import pack, unpack

_FACTS = "customer_id, email, email_key, name, tier, tags, language"
_BY_ID = f"SELECT customer_pk, {_FACTS} FROM customer WHERE customer_id = ?"  # noqa: S608 - columns from above
_BY_OWN_MAIL = f"""
SELECT customer_pk, {_FACTS} FROM customer WHERE customer_id = '' AND email_key = ?
"""  # noqa: S608 - columns from above
_CHANGE = """
UPDATE customer SET customer_id = ?, email = ?, email_key = ?, name = ?, tier = ?, tags = ?,
  language = ?, seal = ? WHERE customer_pk = ?
"""
_FOR_IDS = f"""
SELECT {_FACTS} FROM customer
WHERE customer_id <> '' AND customer_id IN (SELECT value FROM json_each(?))
"""  # noqa: S608 - columns from above
_FOR_MAILS = f"""
SELECT {_FACTS} FROM customer WHERE email_key IN (SELECT value FROM json_each(?))
ORDER BY customer_id <> '' DESC, customer_pk DESC
"""  # noqa: S608 - columns from above


class SavedRows(NamedTuple):
    """What an import did: rows that were new, changed something, changed nothing."""

    new: int
    changed: int
    same: int


def mail_key(email: str) -> str:
    """What two spellings of one mail address have in common.

    >>> mail_key(" Ana@Example.com")
    'ana@example.com'
    """
    return email.strip().casefold()


def save_customers(store: Store, customers: Iterable[Customer]) -> SavedRows:
    """Add customers, or change those whose facts differ; inside a transaction.

    A customer is known by ``customer_id``, where that is empty by mail address.
    """
    done = Counter(save_customer(store, customer)[0] for customer in customers)
    return SavedRows(done["new"], done["changed"], done["same"])


def save_customer(
    store: Store, customer: Customer, silent: Collection[str] = ()
) -> tuple[str, int]:
    """Add a customer, or change one whose facts differ; inside a transaction.

    Args:
        store: the store.
        customer: as they are said to be.
        silent: names of facts of which nothing is said: what is known of them stays.

    Returns:
        ``new``, ``changed`` or ``same``, and the customer's row number.
    """
    connection = store.connection
    by_id = (_BY_ID, customer.customer_id)
    find, key = by_id if customer.customer_id else (_BY_OWN_MAIL, mail_key(customer.email))
    kept = connection.execute(find, (key,)).fetchone()
    if kept is None:
        facts = _facts_of(customer)
        return "new", add_fact(connection, "customer", dict(zip(_NAMES, facts, strict=True)))
    pk, before = int(kept[0]), _customer_of(kept[1:])
    facts = _facts_of(customer._replace(**{name: getattr(before, name) for name in silent}))
    if kept[1:] == facts:
        return "same", pk
    connection.execute(_CHANGE, (*facts, seal_of("customer", (pk, *facts)), pk))
    return "changed", pk


def find_customer(store: Store, order: Order) -> Customer | None:
    """The customer of an order, or None; see :func:`find_customers`."""
    return find_customers(store, {0: order}).get(0)


def find_customers(store: Store, orders: Mapping[int, Order]) -> dict[int, Customer]:
    """The customers of many orders, by the orders' keys; unknown ones are left out.

    By ``customer_id``; an order without one, or whose id nobody knows, by mail address. A customer
    who has another id than the order names is never meant.
    """
    ids = sorted({order.customer_id for order in orders.values()} - {""})
    mails = sorted({mail_key(order.customer_email) for order in orders.values()} - {""})
    by_id = {row[0]: row for row in store.connection.execute(_FOR_IDS, (json.dumps(ids),))}
    by_mail: dict[str, tuple[str, ...]] = {}
    own_mail: dict[str, tuple[str, ...]] = {}
    for row in store.connection.execute(_FOR_MAILS, (json.dumps(mails),)):
        by_mail[row[2]] = row  # the last one wins: without an id before with, older before newer
        if not row[0]:
            own_mail[row[2]] = row
    found: dict[int, Customer] = {}
    for pk, order in orders.items():
        key = mail_key(order.customer_email)
        if order.customer_id:
            row = by_id.get(order.customer_id) or own_mail.get(key)
        else:
            row = by_mail.get(key)
        if row is not None:
            found[pk] = _customer_of(row)
    return found


_NAMES = tuple(_FACTS.split(", "))


def _facts_of(customer: Customer) -> tuple[Value, ...]:
    return (
        customer.customer_id,
        customer.email,
        mail_key(customer.email),
        customer.name,
        customer.tier,
        pack(customer.tags),
        customer.language,
    )


def _customer_of(row: tuple[str, ...]) -> Customer:
    customer_id, email, _, name, tier, tags, language = row
    return Customer(customer_id, email, name, tier, unpack(tags), language)
