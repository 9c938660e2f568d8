"""What receiving, inspecting and putting away share: one effect per key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from returns_cli.domain.item_spec import ItemSpec
from returns_cli.domain.record import ReturnRecord
from returns_cli.operations.named_return import find_named
from returns_cli.operations.return_view import Json, view_return
from returns_cli.operations.shop import Shop

if TYPE_CHECKING:
    from returns_cli.store.connection import Store


def record_once(
    shop: Shop,
    rma: str,
    scope: str,
    key: str | None,
    items: Sequence[ItemSpec],
    content: Sequence[object],
    write: Callable[[Store, ReturnRecord], None],
) -> Json:
    """Add the facts of one typed command, in one transaction; the return's JSON object after it.

    Without a key every call adds new facts. With one, the same content changes nothing
    (``replayed``) and other content is a conflict (6).

    Args:
        shop: the shop.
        rma: the return's number, its parcel's tracking number, or its order's number.
        scope: the verb: ``receive``, ``inspect`` or ``dispose``.
        key: of the command.
        items: as typed.
        content: what else the key stands for.
        write: adds the facts.
    """
    from returns_cli.store import keys
    from returns_cli.store.canonical import digest_of
    from returns_cli.store.ledger import order_ledger
    from returns_cli.store.returns import load_returns

    with shop.open_store() as store, store.writing(rehearse=shop.dry_run):
        record = find_named(store, rma, scope, items, key, shop.config)
        body = "" if key is None else digest_of([record.rma, texts(items), *content])
        replayed = key is not None and keys.recall(store, scope, key, body) is not None
        if not replayed:
            write(store, record)
            if key is not None:
                keys.remember(store, scope, key, body, record.rma)
            record = load_returns(store, [record.return_id])[0]
        ledger = order_ledger(store, record.order_pk)
        return view_return(record, ledger, shop.config, shop.today, replayed=replayed)


def texts(items: Sequence[ItemSpec]) -> list[Any]:
    """Items as typed: the part of a command's content that its key stands for."""
    return [item.text for item in items]
