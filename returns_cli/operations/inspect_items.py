"""Record what an inspection found, and put goods away."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from returns_cli.domain import terms
from returns_cli.domain.errors import ConflictError, UsageError
from returns_cli.domain.item_spec import ItemSpec
from returns_cli.domain.model import Inspection
from returns_cli.domain.record import ReturnRecord
from returns_cli.operations.floor_facts import record_once
from returns_cli.operations.judging import judge_records
from returns_cli.operations.named_line import find_line
from returns_cli.operations.return_view import Json
from returns_cli.operations.shop import Shop

if TYPE_CHECKING:
    from returns_cli.intake.records import InspectionRow
    from returns_cli.store.connection import Store


class InspectRequest(NamedTuple):
    """What was typed: items with their grade; an item without a number is all that waits."""

    rma: str
    items: tuple[ItemSpec, ...]
    key: str | None = None
    disposition: str | None = None
    note: str = ""


def inspect_items(shop: Shop, request: InspectRequest) -> Json:
    """Record grades, and judge the return again under the rules that ask for them.

    Refused (6): a grade that the policy does not list, units beyond what has arrived.
    """
    from returns_cli.store.returns import load_returns

    _check_items(request)

    def write(store: Store, record: ReturnRecord) -> None:
        record = _judged(shop, store, record)
        for item in request.items:
            line = find_line(record.order, item).line
            _inspect(shop, store, record, line, item, request.disposition, request.note)
            record = load_returns(store, [record.return_id])[0]
        judge_records(shop, store, [record])

    content = [request.disposition, request.note]
    return record_once(shop, request.rma, "inspect", request.key, request.items, content, write)


def inspect_file(shop: Shop, path: Path | BinaryIO, *, strict: bool = False) -> Json:
    """Record every row of an inspections file; a row that was taken before changes nothing."""
    from returns_cli.intake import read_inspections
    from returns_cli.operations.floor_files import line_of_row, record_file
    from returns_cli.store.returns import load_returns

    def write(store: Store, record: ReturnRecord, row: InspectionRow) -> None:
        record = _judged(shop, store, record)
        line = line_of_row(record, row.line, row.sku).line
        item = ItemSpec(str(line), line, None, row.quantity, row.grade)
        _inspect(shop, store, record, line, item, row.disposition or None, row.note)
        judge_records(shop, store, load_returns(store, [record.return_id]))

    return record_file(shop, path, "inspect", read_inspections, write, strict=strict)


def _judged(shop: Shop, store: Store, record: ReturnRecord) -> ReturnRecord:
    """The return with a decision, whose policy lists the grades.

    Goods that a marketplace took back have come before anybody judged them.
    """
    if record.decision is not None or not record.receipts:
        return record
    return judge_records(shop, store, [record])[0].record


def _check_items(request: InspectRequest) -> None:
    ungraded = [item.text for item in request.items if item.value is None]
    if not request.items or ungraded:
        raise UsageError(
            "E-USAGE-ITEM",
            f"Item {ungraded[0]} has no grade." if ungraded else "No item was named.",
            where="--item",
            hint="Say what was found: --item 2:1=opened.",
        )


def _inspect(
    shop: Shop,
    store: Store,
    record: ReturnRecord,
    line: int,
    item: ItemSpec,
    disposition: str | None,
    note: str,
) -> tuple[int, str]:
    """Record one grading; its number, and where the goods go."""
    from returns_cli.store.floor import add_inspection

    waiting = record.received(line) - record.inspected(line)
    quantity = item.quantity or max(1, waiting)
    if quantity > waiting:
        raise ConflictError(
            "E-OVER-INSPECTED",
            f"Line {line} of {record.rma}: {record.received(line)} arrived and "
            f"{record.inspected(line)} of them are inspected, so {quantity} more cannot be.",
            where=f"{record.rma} line {line}",
            hint=f"Receive them first: returns receive {record.rma} --item {line}:{quantity}.",
        )
    grade = item.value or ""
    settings = _settings(record, line)
    check_grade(record, line, grade)
    goes_to = disposition or terms.word(settings, f"inspection.{grade}.disposition")
    check_disposition(shop, record.rma, goes_to)
    inspection = Inspection(line, quantity, grade, goes_to, shop.now, shop.actor, note)
    return add_inspection(store, record.return_id, inspection), goes_to


def inspect_unit(
    shop: Shop, store: Store, record: ReturnRecord, line: int, item: ItemSpec
) -> tuple[int, str]:
    """Record one unit's grade and judge the return again; inside a transaction.

    Returns:
        The inspection's number, and where the goods go.

    Raises:
        ConflictError: a grade that the policy does not list, a unit that has not arrived.
    """
    from returns_cli.store.returns import load_returns

    record = _judged(shop, store, record)
    done = _inspect(shop, store, record, line, item, None, "")
    judge_records(shop, store, load_returns(store, [record.return_id]))
    return done


def _settings(record: ReturnRecord, line: int) -> terms.Settings:
    """What the policy set for a line, as it was judged."""
    judged = record.decision.lines if record.decision else ()
    return terms.by_name([one for each in judged if each.line == line for one in each.settings])


def check_grade(record: ReturnRecord, line: int, grade: str) -> None:
    """Refuse a grade that the policy does not list for a line, as it was judged.

    Raises:
        ConflictError: ``E-GRADE-UNKNOWN``, with those that it lists.
    """
    settings = _settings(record, line)
    listed = dict.fromkeys(
        name.split(".")[1] for name in settings if name.startswith("inspection.")
    )
    if grade not in listed:
        raise ConflictError(
            "E-GRADE-UNKNOWN",
            f"The policy of {record.rma} has no grade `{grade}`.",
            where=f"{record.rma} line {line}",
            hint=f"It lists {', '.join(listed) or 'none'}.",
        )


def check_disposition(shop: Shop, where: str, disposition: str) -> None:
    """Refuse a place that the shop does not know.

    Raises:
        ConflictError: not in the table of dispositions.
    """
    known = shop.config.tables.dispositions
    if disposition not in known:
        raise ConflictError(
            "E-DISPOSITION-UNKNOWN",
            f"`{disposition}` is nowhere that goods can go.",
            where=where,
            hint=f"One of: {', '.join(known)}.",
        )
