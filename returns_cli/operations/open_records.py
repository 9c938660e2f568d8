"""Every open return with its order's money, a chunk at a time, so that memory stays flat."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from returns_cli.domain.record import OrderLedger, ReturnRecord

if TYPE_CHECKING:
    from returns_cli.store.connection import Store

_CHUNK = 1000


def open_records(store: Store) -> Iterator[tuple[ReturnRecord, OrderLedger]]:
    """Returns that no fact has ended, oldest first; inside a reading."""
    from returns_cli.store.ledger import order_ledgers
    from returns_cli.store.returns import ReturnFilter, Wanted, list_return_ids, load_returns

    ids = list_return_ids(store, ReturnFilter(wanted=Wanted.OPEN))
    for start in range(0, len(ids), _CHUNK):
        records = load_returns(store, ids[start : start + _CHUNK])
        ledgers = order_ledgers(store, [one.order_pk for one in records])
        for record in records:
            yield record, ledgers[record.order_pk]
