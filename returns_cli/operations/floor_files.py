"""Files of receipts, inspections and dispositions: each row's facts are added once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol, TypeVar

from returns_cli.domain.item_spec import ItemSpec
from returns_cli.domain.model import OrderLine
from returns_cli.domain.record import ReturnRecord
from returns_cli.operations.known_rows import KnownRows
from returns_cli.operations.named_line import find_line
from returns_cli.operations.return_view import Json
from returns_cli.operations.row_batch import take_rows
from returns_cli.operations.row_files import Tally, read_options
from returns_cli.operations.shop import Shop

if TYPE_CHECKING:
    from returns_cli.intake import ReadOptions, RowReading
    from returns_cli.intake.records import RowKey, RowPlace
    from returns_cli.store.connection import Store


_READER = "1"


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

    options = read_options(shop)
    known = KnownRows(shop, f"{scope} --file", _READER, options)
    with shop.open_store() as store, read([path], options) as reading:
        return take_rows(shop, store, reading, take, known=known, strict=strict)


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
