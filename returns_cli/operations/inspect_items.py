"""Record what an inspection found, and put goods away."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from returns_cli.domain import terms
from returns_cli.domain.errors import ConflictError, UsageError
from returns_cli.domain.item_spec import ItemSpec
from returns_cli.domain.model import Inspection
from returns_cli.domain.nearest import nearest_or, nearest_or_all
from returns_cli.domain.record import ReturnRecord
from returns_cli.domain.serials import plain_serial
from returns_cli.operations.floor_facts import record_once
from returns_cli.operations.judging import judge_records
from returns_cli.operations.keep_evidence import keep_evidence, look_at_photo
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
    serial: str = ""
    photos: tuple[Path, ...] = ()


def inspect_items(shop: Shop, request: InspectRequest) -> Json:
    """Record grades, and judge the return again under the rules that ask for them.

    Refused (6): a grade that the policy does not list, units beyond what has arrived, a serial
    number that was looked at before. A photo that cannot be read: 2.
    """
    _check_items(request)
    photos = [look_at_photo(shop, one) for one in request.photos]

    def write(store: Store, record: ReturnRecord) -> None:
        items = [(find_line(record.order, one).line, one) for one in request.items]
        grade_units(shop, store, record, items, request.disposition, request.note, request.serial)
        line = items[0][0] if len({line for line, _ in items}) == 1 else None
        keep_evidence(store, record, [one._replace(line=line) for one in photos])

    more = [request.serial, *(one.sha256 for one in photos)]
    content = [request.disposition, request.note, *filter(None, more)]
    return record_once(shop, request.rma, "inspect", request.key, request.items, content, write)


def inspect_file(shop: Shop, path: Path | BinaryIO, *, strict: bool = False) -> Json:
    """Record every row of an inspections file; a row that was taken before changes nothing."""
    from returns_cli.intake import read_inspections
    from returns_cli.operations.floor_files import line_of_row, record_file

    def write(store: Store, record: ReturnRecord, row: InspectionRow) -> None:
        line = line_of_row(record, row.line, row.sku).line
        item = ItemSpec(str(line), line, None, row.quantity, row.grade)
        grade_units(shop, store, record, [(line, item)], row.disposition or None, row.note)

    return record_file(shop, path, "inspect", read_inspections, write, strict=strict)


def _judged(shop: Shop, store: Store, record: ReturnRecord) -> ReturnRecord:
    """The return with a decision, whose policy lists the grades.

    Goods that a marketplace took back have come before anybody judged them.
    """
    if record.decision is not None or not record.has_arrived:
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


def _check_serial(record: ReturnRecord, items: Sequence[tuple[int, ItemSpec]], serial: str) -> None:
    """Refuse a serial number of several units, or of one that was looked at before.

    Raises:
        UsageError: ``E-USAGE-ITEM``.
        ConflictError: ``E-SERIAL-TWICE``.
    """
    if [item.quantity for _, item in items] != [1]:
        raise UsageError(
            "E-USAGE-ITEM",
            "A serial number is of one unit.",
            where="--serial",
            hint="Name one unit: --item 2:1=opened --serial NUMBER.",
        )
    if any(one.serial == plain_serial(serial) for one in record.inspections):
        raise ConflictError(
            "E-SERIAL-TWICE",
            f"{plain_serial(serial)} of {record.rma} is inspected already.",
            where=record.rma,
            hint="Look at the number again; `returns undo` takes back what was wrong.",
        )


class Graded(NamedTuple):
    """Units that were graded: their inspections, each with its number, and the return after it."""

    inspections: tuple[tuple[int, Inspection], ...]
    record: ReturnRecord


def grade_units(
    shop: Shop,
    store: Store,
    record: ReturnRecord,
    items: Sequence[tuple[int, ItemSpec]],
    disposition: str | None = None,
    note: str = "",
    serial: str = "",
) -> Graded:
    """Record grades and judge the return by them; inside a transaction.

    The judgement comes first: where goods go is what the policy says of goods that were found so.

    Args:
        items: lines, each with its units and grade.
        disposition: where the goods go, whatever the policy says.
        serial: of the one unit, where it was said.

    Raises:
        ConflictError: a grade that the policy does not list, units that have not arrived, a serial
            number that was looked at before.
        UsageError: a serial number of several units.
    """
    from returns_cli.store.floor import add_inspection
    from returns_cli.store.serials import add_serial

    if serial:
        _check_serial(record, items, serial)
    record = _judged(shop, store, record)
    found = []
    for line, item in items:
        seen = _found(shop, record, line, item, note)._replace(serial=plain_serial(serial))
        found.append(seen)
        record = record._replace(inspections=(*record.inspections, seen))
    (judged,) = judge_records(shop, store, [record])
    numbered = []
    for seen in found:
        name = f"inspection.{seen.grade}.disposition"
        goes_to = disposition or terms.word(_settings(judged.record, seen.line), name)
        check_disposition(shop, record.rma, goes_to)
        fact = seen._replace(disposition=goes_to)
        number = add_inspection(store, record.return_id, fact)
        if serial:
            add_serial(store, "inspection", number, serial)
        numbered.append((number, fact))
    return Graded(tuple(numbered), judged.record)


def _found(shop: Shop, record: ReturnRecord, line: int, item: ItemSpec, note: str) -> Inspection:
    """What was found, not yet with its place."""
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
    check_grade(record, line, grade)
    return Inspection(line, quantity, grade, "", shop.now, shop.actor, note)


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
            hint=nearest_or(grade, listed, f"It lists {', '.join(listed) or 'none'}."),
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
            hint=nearest_or_all(disposition, known),
        )
