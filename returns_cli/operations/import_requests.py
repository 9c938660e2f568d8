"""Open returns from files of requests; judging them is left to ``evaluate --all``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from returns_cli.domain.errors import ConflictError, NotFoundError, ReturnsError, UsageError
from returns_cli.domain.item_spec import ItemSpec
from returns_cli.domain.model import Order, RequestedLine
from returns_cli.domain.nearest import nearest_or
from returns_cli.domain.reasons import find_reason, reason_index
from returns_cli.domain.record import ReturnRecord
from returns_cli.operations.asked_orders import AskedOrders
from returns_cli.operations.known_rows import KnownRows
from returns_cli.operations.lone_requests import store_lone_request
from returns_cli.operations.named_line import find_line
from returns_cli.operations.open_return import (
    StoredRequest,
    find_or_add,
    request_hash,
)
from returns_cli.operations.return_view import Json
from returns_cli.operations.row_batch import Cell, take_rows
from returns_cli.operations.row_files import Tally, read_options, read_zone
from returns_cli.operations.shop import Shop

if TYPE_CHECKING:
    from returns_cli.intake import RowReading
    from returns_cli.intake.problems import ProblemLog
    from returns_cli.intake.records import RequestRow, RowPlace
    from returns_cli.store.connection import Store


_COMMAND = "requests import"
_IMPORTER = "1"
_OF_ORDERS = frozenset({"E-ORDER-UNKNOWN", "E-ORDER-AMBIGUOUS"})
_OF_LINES = frozenset({"E-LINE-UNKNOWN", "E-USAGE-ITEM"})


@dataclass(frozen=True, slots=True)
class RequestOptions:
    """Options of ``requests import`` as typed; None leaves it to the file and ``shop.yaml``."""

    source_format: str | None = None
    map_file: Path | None = None
    encoding: str | None = None
    date_format: str | None = None
    timezone: str | None = None
    channel: str | None = None
    strict: bool = False


def import_requests(
    shop: Shop,
    sources: Sequence[Path | BinaryIO],
    options: RequestOptions = RequestOptions(),
) -> Json:
    """Store every request of some files. Rows with one ``request_id`` are lines of one return.

    All files are judged before the first row is taken. A request that was taken before changes
    nothing (``same``); the same ``request_id`` with other content is refused as a conflict. A row
    of a marketplace's report is one return by itself; of goods that came, a return that is
    received and graded already.
    """
    from returns_cli.intake import read_requests

    reading_options = read_options(
        shop,
        command=_COMMAND,
        map_file=options.map_file,
        source_format=options.source_format,
        zone=read_zone(options.timezone) if options.timezone else None,
        channel=options.channel,
        date_format=options.date_format,
        encoding=options.encoding,
    )
    orders = AskedOrders()
    known = KnownRows(shop, _COMMAND, _IMPORTER, reading_options)
    with shop.open_store() as store, read_requests(sources, reading_options) as reading:
        return take_rows(
            shop,
            store,
            reading,
            _taker(shop, reading, known, orders),
            known=known,
            strict=options.strict,
            group=same_request,
            cell=_cell_at_fault,
            look_up=orders.look_up,
        )


def _taker(
    shop: Shop, reading: RowReading[RequestRow], files: KnownRows, orders: AskedOrders
) -> Callable[[Store, list[RequestRow], Tally], None]:
    reasons = reason_index(shop.config.tables)
    codes = shop.config.tables.reasons
    log = reading.log

    def take(store: Store, rows: list[RequestRow], tally: Tally) -> None:
        def file_of(store: Store) -> int:
            if tally.file_id is None:
                tally.file_id = files.add_file(store, reading)
            return tally.file_id

        stored = store_request(shop, store, rows, log, file_of, orders)
        tally.count("same" if stored.replayed else "new", stored.record and stored.record.rma)
        for row in stored.rows:
            for flag in row.flags:
                log.warn(row.place, flag.code, column=flag.column, value=flag.value)
            if find_reason(reasons, row.reason) is None:
                log.warn(
                    row.place,
                    "W-REASON-UNKNOWN",
                    "The reason is not in the shop's table; it is kept as it came.",
                    column=row.reason_column,
                    value=row.reason,
                    hint="Its fault counts as unknown. "
                    + nearest_or(row.reason, codes, "Add it, or an alias, under `reasons`."),
                )

    return take


def _cell_at_fault(row: RequestRow, error: ReturnsError) -> Cell:
    """The cell that names what the store does not know; none where another row's does."""
    if error.code in _OF_ORDERS:
        return row.order_column, row.order_id
    if error.code in _OF_LINES and (row.is_lone or error.where == _shown(row.place)):
        return row.line_column, row.sku if row.line is None else str(row.line)
    return None, None


def _shown(place: RowPlace) -> str:
    return f"{place.file}:{place.line}"


def same_request(row: RequestRow) -> object:
    """Rows with an equal value are lines of one request."""
    return row.place if row.is_lone else row.request_id or row.key.key


def _split(rows: list[RequestRow]) -> tuple[list[RequestRow], list[RequestRow]]:
    """The rows of one request that stand, and those that say otherwise than an earlier one.

    The first row names the order, and the first of each line what is asked for it.
    """
    first = rows[0]
    asked: dict[tuple[int | None, str], RequestRow] = {}
    together: list[RequestRow] = []
    conflicts: list[RequestRow] = []
    for row in rows:
        before = asked.setdefault((row.line, row.sku if row.line is None else ""), row)
        is_same = _content(row) == _content(before) and (row.order_id, row.channel) == (
            first.order_id,
            first.channel,
        )
        (together if is_same else conflicts).append(row)
    return together, conflicts


def _content(row: RequestRow) -> tuple[object, ...]:
    return (row.quantity, row.reason, row.want, row.condition, row.photos, row.exchange_sku)


class Stored(NamedTuple):
    """The return of one request, whether it stood before, and the rows that it was made of.

    Goods beyond what was sold make no return.
    """

    record: ReturnRecord | None
    replayed: bool
    rows: list[RequestRow]


def store_request(
    shop: Shop,
    store: Store,
    rows: list[RequestRow],
    log: ProblemLog,
    file_of: Callable[[Store], int] | None = None,
    orders: AskedOrders | None = None,
) -> Stored:
    """Keep the return of one request's rows; a row that says otherwise than one before is refused.

    Inside a transaction.

    Args:
        file_of: gives the number of the file that is being read, for what must cite it.
        orders: those that were looked up before, in the same transaction.

    Raises:
        NotFoundError: an order or line that is not known.
        ConflictError: the ``request_id`` was used with other content.
    """
    if rows[0].is_lone:
        return Stored(*store_lone_request(shop, store, rows[0], file_of), rows)
    rows, conflicts = _split(rows)
    first = rows[0]
    order_pk, order = (orders or AskedOrders()).find(store, first)
    lines: dict[int, RequestedLine] = {}
    for row in rows:
        line = _line(order, row)
        if line.line in lines and lines[line.line] != line:
            raise ConflictError(
                "E-KEY-CONFLICT",
                f"Request {row.request_id} asks twice for line {line.line}, with other content.",
                hint="One row per order line, with its quantity; or another request_id.",
            )
        lines[line.line] = line
    asked = tuple(lines[number] for number in sorted(lines))
    wanted = StoredRequest(
        order_pk=order_pk,
        order=order,
        kind=first.kind,
        lines=asked,
        requested_at=first.requested_at or shop.now,
        key=first.request_id or first.key.key,
        entered_by="file",
        note=first.note,
    )
    found = find_or_add(shop, store, wanted, request_hash(order, first.kind, asked))
    for row in conflicts:
        log.reject(
            row.place,
            "E-KEY-CONFLICT",
            f"Request {row.request_id} was asked before in this file, otherwise.",
            hint="One row per order line, with its quantity; or another request_id.",
            conflict=True,
        )
    return Stored(*found, rows)


def _line(order: Order, row: RequestRow) -> RequestedLine:
    named = ItemSpec(
        row.sku if row.line is None else str(row.line), row.line, row.sku, row.quantity, row.reason
    )
    try:
        line = find_line(order, named)
    except (NotFoundError, UsageError) as error:
        hint = "Add a line_no column." if isinstance(error, UsageError) else error.hint
        raise NotFoundError(
            error.code, error.message, where=_shown(row.place), hint=hint
        ) from error
    return RequestedLine(
        line=line.line,
        quantity=row.quantity or line.quantity,
        reason=row.reason,
        resolution=row.want,
        condition=row.condition,
        photos=row.photos,
        exchange_sku=row.exchange_sku,
        note=row.note,
    )
