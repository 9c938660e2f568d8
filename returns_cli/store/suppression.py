"""Keeping people out who were erased, whatever old file is read again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from returns_cli.domain.model import Address, Order
from returns_cli.store.connection import Store
from returns_cli.store.facts import Value, add_fact

_ALL = "SELECT person_ref, max(orders_until) FROM suppression GROUP BY person_ref"


class Suppressed:
    """The people who were erased, as this store knows them: by salted references."""

    def __init__(self, store: Store) -> None:
        self._salt = store.salt
        self._until: dict[bytes, str] = dict(store.connection.execute(_ALL))

    def __bool__(self) -> bool:
        return bool(self._until)

    def erased_on(self, customer_id: str, email: str) -> str | None:
        """The day on which a person was erased, the latest; None for anybody else."""
        days = [
            self._until[ref]
            for ref in person_refs(self._salt, customer_id, email)
            if ref in self._until
        ]
        return max(days, default=None)

    def without_people(self, orders: Iterable[Order]) -> Iterator[Order]:
        """The orders, those that erased people placed until then without their person."""
        for order in orders:
            day = self.erased_on(order.customer_id, order.customer_email)
            yield order if day is None or order.placed_at[:10] > day else without_person(order)


def suppressed(store: Store) -> Suppressed:
    """The people who must not come back; falsy where there is nobody."""
    return Suppressed(store)


def without_person(order: Order) -> Order:
    """An order as it is kept once its person was erased; country and region stay as facts."""
    return order._replace(customer_id="", customer_name="", customer_email="", ship_to=Address())


def person_refs(salt: bytes, customer_id: str, email: str) -> list[bytes]:
    """What stands for a person after the erasure: an HMAC for the id, one for the mail address."""
    import hashlib  # loads OpenSSL: not for commands that only read
    import hmac

    keys = [f"id\0{customer_id}"] if customer_id else []
    if mail := email.strip().casefold():
        keys.append(f"mail\0{mail}")
    return [hmac.new(salt, f"person\0{key}".encode(), hashlib.sha256).digest()[:16] for key in keys]


def suppress(store: Store, refs: Iterable[bytes], orders_until: str, actor: str) -> None:
    """Remember whom not to take in again; inside a transaction."""
    for ref in refs:
        row: dict[str, Value] = {"person_ref": ref, "orders_until": orders_until, "actor": actor}
        add_fact(store.connection, "suppression", row)
