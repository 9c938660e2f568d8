"""What receiving, inspecting and putting away share: one effect per key, typed or from a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol, TypeVar

from returns_cli.domain.item_spec import ItemSpec
from returns_cli.domain.model import OrderLine
from returns_cli.domain.record import ReturnRecord
from returns_cli.operations.open_return import find_line
from returns_cli.operations.return_view import Json, view_return
from returns_cli.operations.row_files import Tally, read_options, take_rows
from returns_cli.operations.shop import Shop

if TYPE_CHECKING:
    from returns_cli.intake import ReadOptions, RowReading
    from returns_cli.intake.records import RowKey, RowPlace
    from returns_cli.store.connection import Store


class FactRow(Protocol):
    """A row of a receipts, inspections or dispositions file."""

    @property
    def place(self) -> RowPlace:
        """File and line."""

    @property
    def key(self) -> RowKey:
        """Its idempotency key."""

    @property
    def rma(self) -> str:
        """The return it speaks of."""


Row = TypeVar("Row", bound=FactRow)


def record_once(
    shop: Shop,
    rma: str,
    scope: str,
    key: str | None,
    content: Sequence[object],
    write: Callable[[Store, ReturnRecord], None],
) -> Json:
    """Add the facts of one typed command, in one transaction; the return's JSON object after it.

    Without a key every call adds new facts. With one, the same content changes nothing
    (``replayed``) and other content is a conflict (6).
    """
    from returns_cli.store import keys
    from returns_cli.store.canonical import digest_of
    from returns_cli.store.ledger import order_ledger
    from returns_cli.store.returns import find_return, load_returns

    with shop.open_store() as store, store.writing(rehearse=shop.dry_run):
        record = find_return(store, rma)
        body = digest_of([record.rma, *content])
        replayed = key is not None and keys.recall(store, scope, key, body) is not None
        if not replayed:
            write(store, record)
            if key is not None:
                keys.remember(store, scope, key, body, record.rma)
            record = load_returns(store, [record.return_id])[0]
        ledger = order_ledger(store, record.order_pk)
        return view_return(record, ledger, shop.config, shop.today, replayed=replayed)


def record_file(
    shop: Shop,
    path: Path | BinaryIO,
    scope: str,
    read: Callable[[Sequence[Path | BinaryIO], ReadOptions], RowReading[Row]],
    write: Callable[[Store, ReturnRecord, Row], None],
    *,
    strict: bool,
) -> Json:
    """Add the facts of every row of a file; a row that was taken before changes nothing."""

    def take(store: Store, rows: list[Row], tally: Tally) -> None:
        from returns_cli.store import keys
        from returns_cli.store.returns import find_return

        (row,) = rows
        record = find_return(store, row.rma)
        if keys.recall(store, scope, row.key.key, row.key.content_hash) is not None:
            tally.count("same", record.rma)
            return
        write(store, record, row)
        keys.remember(store, scope, row.key.key, row.key.content_hash, record.rma)
        tally.count("new", record.rma)

    with shop.open_store() as store, read([path], read_options(shop)) as reading:
        return take_rows(shop, store, reading, take, strict=strict)


def line_of_row(record: ReturnRecord, line: int | None, sku: str) -> OrderLine:
    """The order line that a row names by number or by SKU, of the return's own lines first.

    Raises:
        NotFoundError: the order has no such line.
    """
    if line is None:
        asked = {one.line for one in record.lines}
        ours = [one for one in record.order.lines if one.sku == sku and one.line in asked]
        if len(ours) == 1:
            return ours[0]
    named = ItemSpec(sku if line is None else str(line), line, sku, None, None)
    return find_line(record.order, named)


def texts(items: Sequence[ItemSpec]) -> list[Any]:
    """Items as typed: the part of a command's content that its key stands for."""
    return [item.text for item in items]
