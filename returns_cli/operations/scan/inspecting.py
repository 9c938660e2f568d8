"""The mode in which goods are graded: an item, then its grade card."""

from __future__ import annotations

from returns_cli.domain.item_spec import ItemSpec
from returns_cli.domain.model import Inspection
from returns_cli.domain.record import ReturnRecord
from returns_cli.domain.scanned_code import Code
from returns_cli.operations.inspect_items import grade_units
from returns_cli.operations.scan.bench import Bench, Undo, lines_of, shown_line
from returns_cli.operations.scan.words import Said, Words
from returns_cli.store.connection import Store


def take_up(bench: Bench, record: ReturnRecord) -> Said:
    """A return is in hand: say how much of it waits."""
    del bench
    waiting = sum(_waiting(record, one.line) for one in record.lines)
    if not record.has_arrived:
        raise Words.NOTHING_CAME.refusal(rma=record.rma)
    if not waiting:
        return Words.ALL_INSPECTED.said(record.rma)
    units = "1 unit waits" if waiting == 1 else f"{waiting} units wait"
    return Words.WAITING.said(record.rma, units=units)


def take(bench: Bench, code: Code) -> Said:
    """An item is named: its grade comes next."""
    record = bench.record()
    lines = lines_of(bench, record, code.text)
    if not lines:
        raise Words.NOT_IN_HERE.refusal(code=code.text, rma=record.rma)
    line = next((one for one in lines if _waiting(record, one.line) > 0), None)
    if line is None:
        raise Words.NONE_WAITS.refusal(sku=lines[0].sku)
    bench.waiting_line, bench.waiting = line.line, line.sku
    return Words.GRADE_NEXT.said(record.rma, line, goods=shown_line(line))


def grade(bench: Bench, name: str) -> Said:
    """The item in hand is graded; where only one line waits, its unit is meant."""
    with bench.store.writing():
        record = bench.record()
        number = bench.waiting_line or _only_line(record)
        item = ItemSpec(str(number), number, None, 1, name)
        graded = grade_units(bench.shop, bench.store, record, [(number, item)])
    line = next(one for one in record.order.lines if one.line == number)
    ((inspection_id, seen),) = graded.inspections
    bench.waiting_line = None
    bench.undos.append(
        Undo(
            lambda store: _take_back(bench, store, record.return_id, seen, inspection_id),
            f"{line.sku} {name}",
        )
    )
    left = sum(_waiting(graded.record, one.line) for one in record.lines)
    saying = Words.GRADED if left else Words.GRADED_LAST
    return saying.said(record.rma, line, grade=name, place=seen.disposition, left=left)


def finish(bench: Bench) -> Said:
    """The return is done: say what still waits."""
    record = bench.record()
    waiting = [
        f"{left} of {line.sku}"
        for line in record.order.lines
        if (left := _waiting(record, line.line)) > 0
    ]
    bench.put_down()
    if waiting:
        return Words.NOT_INSPECTED.said(record.rma, goods=", ".join(waiting))
    return Words.INSPECTED.said(record.rma)


def _only_line(record: ReturnRecord) -> int:
    waiting = [one.line for one in record.lines if _waiting(record, one.line) > 0]
    if len(waiting) != 1:
        raise Words.ITEM_FIRST.refusal()
    return waiting[0]


def _waiting(record: ReturnRecord, line: int) -> int:
    return record.received(line) - record.inspected(line)


def _take_back(bench: Bench, store: Store, return_id: int, seen: Inspection, number: int) -> None:
    from returns_cli.operations.judging import judge_records
    from returns_cli.store.floor import add_inspection
    from returns_cli.store.returns import load_returns

    opposite = seen._replace(
        quantity=-1, inspected_at=bench.shop.now, actor=bench.shop.actor, note="undone"
    )
    add_inspection(store, return_id, opposite, corrects=number)
    judge_records(bench.shop, store, load_returns(store, [return_id]))
