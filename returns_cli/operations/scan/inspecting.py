"""The mode in which goods are graded: an item, then its grade card."""

from __future__ import annotations

from returns_cli.domain.item_spec import ItemSpec
from returns_cli.domain.model import Inspection
from returns_cli.domain.record import ReturnRecord
from returns_cli.domain.scanned_code import Code
from returns_cli.operations.inspect_items import grade_units
from returns_cli.operations.scan.bench import Bench, Said, Undo, lines_of, shown_line, stop
from returns_cli.store.connection import Store


def take_up(bench: Bench, record: ReturnRecord) -> Said:
    """A return is in hand: say how much of it waits."""
    del bench
    waiting = sum(_waiting(record, one.line) for one in record.lines)
    if not record.has_arrived:
        raise stop(f"Nothing of {record.rma} has arrived. Receive it first.")
    if not waiting:
        return Said("ASK", f"Everything of {record.rma} is inspected.", record.rma)
    units = "1 unit waits" if waiting == 1 else f"{waiting} units wait"
    return Said("OK", f"{units}. Scan an item, then its grade.", record.rma)


def take(bench: Bench, code: Code) -> Said:
    """An item is named: its grade comes next."""
    record = bench.record()
    lines = lines_of(bench, record, code.text)
    if not lines:
        raise stop(f"{code.text} is not in {record.rma}.")
    line = next((one for one in lines if _waiting(record, one.line) > 0), None)
    if line is None:
        raise stop(f"No unit of {lines[0].sku} waits for inspection.")
    bench.waiting_line, bench.waiting = line.line, line.sku
    return Said("ASK", f"{shown_line(line)}: scan its grade.", record.rma, line.line, line.sku)


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
    more = f" {left} more." if left else " Nothing more waits."
    said = f"{line.sku}: {name}, to {seen.disposition}.{more}"
    return Said("OK", said, record.rma, number, line.sku)


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
        return Said("ASK", f"Not inspected: {', '.join(waiting)}.", record.rma)
    return Said("OK", "Everything is inspected.", record.rma)


def _only_line(record: ReturnRecord) -> int:
    waiting = [one.line for one in record.lines if _waiting(record, one.line) > 0]
    if len(waiting) != 1:
        raise stop("Scan the item before its grade.")
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
