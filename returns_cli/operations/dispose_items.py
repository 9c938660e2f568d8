"""Record where inspected goods were put; sellable ones become stock, once per unit."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from returns_cli.domain.errors import ConflictError
from returns_cli.domain.item_spec import ItemSpec
from returns_cli.domain.model import Disposal
from returns_cli.domain.record import ReturnRecord
from returns_cli.operations.floor_facts import record_once
from returns_cli.operations.four_eyes import check_other_hands
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
    from returns_cli.store.returns import load_returns

    def write(store: Store, record: ReturnRecord) -> None:
        for item in request.items or _waiting(record):
            _put_away(shop, store, record, item, request.location)
            record = load_returns(store, [record.return_id])[0]

    content = [request.location]
    return record_once(shop, request.rma, "dispose", request.key, request.items, content, write)


def dispose_file(shop: Shop, path: Path | BinaryIO, *, strict: bool = False) -> Json:
    """Put away every row of a dispositions file; a row that was taken before changes nothing."""
    from returns_cli.intake import read_dispositions
    from returns_cli.operations.floor_files import line_of_row, record_file

    def write(store: Store, record: ReturnRecord, row: DispositionRow) -> None:
        line = line_of_row(record, row.line, row.sku).line
        item = ItemSpec(str(line), line, None, row.quantity, row.disposition)
        _put_away(shop, store, record, item, row.location)

    return record_file(shop, path, "dispose", read_dispositions, write, strict=strict)


def _waiting(record: ReturnRecord) -> tuple[ItemSpec, ...]:
    """Every line with inspected units that nobody put away yet."""
    inspected = dict.fromkeys(one.line for one in record.inspections)
    lines = [line for line in inspected if record.inspected(line) > record.disposed(line)]
    if not lines:
        raise ConflictError(
            "E-OVER-DISPOSED",
            f"Nothing of {record.rma} waits to be put away.",
            where=record.rma,
            hint=f"Inspect it first: returns inspect {record.rma} --item 1=new.",
        )
    return tuple(ItemSpec(str(line), line, None, None, None) for line in lines)


def _put_away(
    shop: Shop, store: Store, record: ReturnRecord, item: ItemSpec, location: str
) -> None:
    from returns_cli.store.floor import add_disposal

    line = find_line(record.order, item).line
    waiting = record.inspected(line) - record.disposed(line)
    units = item.quantity or max(1, waiting)
    if units > waiting:
        raise ConflictError(
            "E-OVER-DISPOSED",
            f"Line {line} of {record.rma}: {record.inspected(line)} are inspected and "
            f"{record.disposed(line)} put away, so {units} more cannot be.",
            where=f"{record.rma} line {line}",
            hint=f"Inspect first: returns inspect {record.rma} --item {line}:{units}=new.",
        )
    check_other_hands(shop, record, line, units)
    places = {item.value: units} if item.value else _as_inspected(record, line, units)
    for place, quantity in places.items():
        check_disposition(shop, record.rma, place)
        known = shop.config.tables.dispositions[place]
        disposal = Disposal(line, quantity, place, shop.now, shop.actor, location or known.bin)
        add_disposal(store, record.return_id, disposal, moves_stock=known.is_sellable)


def _as_inspected(record: ReturnRecord, line: int, units: int) -> dict[str, int]:
    """Units by the place that their grade says, first inspected first.

    Units that went to another place than any inspection said count as the first ones gone.
    """
    left: dict[str, int] = {}
    for seen in record.inspections:
        if seen.line == line:
            left[seen.disposition] = left.get(seen.disposition, 0) + seen.quantity
    elsewhere = 0
    for gone in record.disposals:
        if gone.line == line:
            rest = left.get(gone.disposition, 0) - gone.quantity
            left[gone.disposition] = max(0, rest)
            elsewhere -= min(0, rest)
    places = {}
    for place, waiting in left.items():
        moved = min(units, max(0, waiting - elsewhere))
        elsewhere -= min(elsewhere, waiting)
        units -= moved
        if moved:
            places[place] = moved
    return places
