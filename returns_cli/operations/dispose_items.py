"""Record where inspected goods were put; sellable ones become stock, once per unit."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from returns_cli.domain.errors import ConflictError
from returns_cli.domain.item_spec import ItemSpec
from returns_cli.domain.model import Disposal
from returns_cli.domain.record import ReturnRecord
from returns_cli.operations.floor_facts import record_once, texts
from returns_cli.operations.inspect_items import check_disposition
from returns_cli.operations.named_line import find_line
from returns_cli.operations.return_view import Json
from returns_cli.operations.shop import Shop

if TYPE_CHECKING:
    from returns_cli.intake.records import DispositionRow
    from returns_cli.store.connection import Store


class DisposeRequest(NamedTuple):
    """What was typed; no items means all that is inspected, each to where its grade says."""

    rma: str
    items: tuple[ItemSpec, ...] = ()
    key: str | None = None
    location: str = ""


def dispose_items(shop: Shop, request: DisposeRequest) -> Json:
    """Put goods away, a new fact each time unless a key says it is the same one.

    Refused (6): units beyond what was inspected, a disposition the shop does not know.
    """

    def write(store: Store, record: ReturnRecord) -> None:
        for line, units, place in _wanted(record, request.items):
            _dispose(shop, store, record, line, units, place, request.location)

    content = [texts(request.items), request.location]
    return record_once(shop, request.rma, "dispose", request.key, content, write)


def dispose_file(shop: Shop, path: Path | BinaryIO, *, strict: bool = False) -> Json:
    """Put away every row of a dispositions file; a row that was taken before changes nothing."""
    from returns_cli.intake import read_dispositions
    from returns_cli.operations.floor_files import line_of_row, record_file

    def write(store: Store, record: ReturnRecord, row: DispositionRow) -> None:
        line = line_of_row(record, row.line, row.sku).line
        item = ItemSpec(str(line), line, None, row.quantity, row.disposition or None)
        for number, units, place in _wanted(record, (item,)):
            _dispose(shop, store, record, number, units, place, row.location)

    return record_file(shop, path, "dispose", read_dispositions, write, strict=strict)


def _wanted(record: ReturnRecord, items: tuple[ItemSpec, ...]) -> list[tuple[int, int, str]]:
    """(line, units, disposition) to put away; what was not said is as the inspection said."""
    if not items:
        moves = [
            move
            for line in dict.fromkeys(one.line for one in record.inspections)
            for move in _as_inspected(record, line, None)
        ]
        if not moves:
            raise ConflictError(
                "E-OVER-DISPOSED",
                f"Nothing of {record.rma} waits to be put away.",
                where=record.rma,
                hint=f"Inspect it first: returns inspect {record.rma} --item 1=new.",
            )
        return moves
    wanted: list[tuple[int, int, str]] = []
    for item in items:
        line = find_line(record.order, item).line
        if item.value is None:
            wanted += _as_inspected(record, line, item.quantity)
        else:
            waiting = record.inspected(line) - record.disposed(line)
            wanted.append((line, item.quantity or max(1, waiting), item.value))
    return wanted


def _as_inspected(record: ReturnRecord, line: int, units: int | None) -> list[tuple[int, int, str]]:
    """What the inspections of a line left to put away, in their order."""
    gone = record.disposed(line)
    left = units if units is not None else record.inspected(line) - gone
    moves = []
    for one in record.inspections:
        if one.line == line:
            waiting = max(0, one.quantity - gone)
            gone = max(0, gone - one.quantity)
            if waiting and left > 0:
                moves.append((line, min(waiting, left), one.disposition))
                left -= min(waiting, left)
    if left > 0 and units is not None:
        raise _too_many(record, line, units)
    return moves


def _too_many(record: ReturnRecord, line: int, units: int) -> ConflictError:
    return ConflictError(
        "E-OVER-DISPOSED",
        f"Line {line} of {record.rma}: {record.inspected(line)} are inspected and "
        f"{record.disposed(line)} put away, so {units} more cannot be.",
        where=f"{record.rma} line {line}",
        hint=f"Inspect first: returns inspect {record.rma} --item {line}:{units}=new.",
    )


def _dispose(
    shop: Shop,
    store: Store,
    record: ReturnRecord,
    line: int,
    units: int,
    disposition: str,
    location: str,
) -> None:
    from returns_cli.store.floor import add_disposal

    check_disposition(shop, record, disposition)
    if units > record.inspected(line) - record.disposed(line):
        raise _too_many(record, line, units)
    moves_stock = shop.config.tables.dispositions[disposition].is_sellable
    disposal = Disposal(line, units, disposition, shop.now, shop.actor, location)
    add_disposal(store, record.return_id, disposal, moves_stock=moves_stock)
