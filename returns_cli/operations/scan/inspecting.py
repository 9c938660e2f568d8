"""The mode in which goods are graded: an item, its serial number if it has one, its grade card."""

from __future__ import annotations

from returns_cli.domain.item_spec import ItemSpec
from returns_cli.domain.model import Inspection, OrderLine
from returns_cli.domain.record import ReturnRecord
from returns_cli.domain.scanned_code import Code
from returns_cli.domain.serials import plain_serial
from returns_cli.domain.vocabulary import Verdict
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
    """An item is named, or the serial number of the one in hand: its grade comes next."""
    record = bench.record()
    lines = lines_of(bench, record, code.text)
    if not lines and bench.waiting_line is not None and bench.wants_serial:
        return _take_serial(bench, record, _line(record, bench.waiting_line), code)
    if not lines:
        raise Words.NOT_IN_HERE.refusal(code=code.text, rma=record.rma)
    line = next((one for one in lines if _waiting(record, one.line) > 0), None)
    if line is None:
        raise Words.NONE_WAITS.refusal(sku=lines[0].sku)
    is_serial = plain_serial(code.text) in bench.sold(record).get(line.line, ())
    if is_serial and code.text.casefold() != line.sku.casefold():
        return _take_serial(bench, record, line, code)
    return _wait_for(bench, record, line)


def _wait_for(bench: Bench, record: ReturnRecord, line: OrderLine) -> Said:
    """The unit in hand is one of a line."""
    bench.forget_unit()
    bench.waiting_line, bench.waiting = line.line, line.sku
    bench.wants_serial = _has_serial(bench, record, line)
    saying = Words.SERIAL_NEXT if bench.wants_serial else Words.GRADE_NEXT
    return saying.said(record.rma, line, goods=shown_line(line))


def _take_serial(bench: Bench, record: ReturnRecord, line: OrderLine, code: Code) -> Said:
    """The unit in hand bears this number: what was sold, or another that may be scanned again."""
    serial = plain_serial(code.text)
    if any(one.serial == serial for one in record.inspections):
        raise Words.SERIAL_TWICE.refusal(serial=serial)
    bench.waiting_line, bench.waiting = line.line, line.sku
    bench.waiting_serial, bench.wants_serial = serial, True
    sold = bench.sold(record).get(line.line, ())
    if sold and serial not in sold:
        told = ", ".join(sold[:2]) + (", …" if len(sold) > 2 else "")
        return Words.SERIAL_OTHER.said(record.rma, line, serial=serial, sold=told)
    return Words.SERIAL_GIVEN.said(record.rma, line, serial=serial)


def grade(bench: Bench, name: str) -> Said:
    """The item in hand is graded; where only one line waits, its unit is meant."""
    with bench.store.writing():
        record = bench.record()
        number = bench.waiting_line or _only_line(record)
        line = _line(record, number)
        if bench.waiting_line is None and _has_serial(bench, record, line):
            return _wait_for(bench, record, line)
        item = ItemSpec(str(number), number, None, 1, name)
        graded = grade_units(
            bench.shop, bench.store, record, [(number, item)], serial=bench.waiting_serial
        )
    ((inspection_id, seen),) = graded.inspections
    bench.forget_unit()
    bench.undos.append(
        Undo(
            lambda store: _take_back(bench, store, record.return_id, seen, inspection_id),
            f"{line.sku} {name}",
            number,
        )
    )
    left = sum(_waiting(graded.record, one.line) for one in record.lines)
    saying = Words.GRADED if left else Words.GRADED_LAST
    said = saying.said(record.rma, line, grade=name, place=seen.disposition, left=left)
    return _with_verdict(said, record, graded.record, number)


def _with_verdict(said: Said, before: ReturnRecord, after: ReturnRecord, line: int) -> Said:
    """The answer, with what the judgement made of the finding where that is no approval."""
    judged = _judged(after, line)
    if judged == _judged(before, line) or judged[0] is Verdict.APPROVE:
        return said
    saying = Words.DENIED if judged[0] is Verdict.DENY else Words.TO_PERSON
    told = saying.said(None, message=said.message, codes=", ".join(judged[1]))
    return said._replace(message=told.message)


def _judged(record: ReturnRecord, line: int) -> tuple[Verdict, tuple[str, ...]]:
    lines = record.decision.lines if record.decision else ()
    found = ((one.verdict, one.codes) for one in lines if one.line == line)
    return next(found, (Verdict.REVIEW, ()))


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


def _has_serial(bench: Bench, record: ReturnRecord, line: OrderLine) -> bool:
    """Whether units of a line are told apart: by the list of products, or by what was sold."""
    from returns_cli.store.products import load_products

    if bench.sold(record).get(line.line):
        return True
    product = load_products(bench.store, [line.sku]).get(line.sku)
    return product is not None and product.serial_required


def _only_line(record: ReturnRecord) -> int:
    waiting = [one.line for one in record.lines if _waiting(record, one.line) > 0]
    if len(waiting) != 1:
        raise Words.ITEM_FIRST.refusal()
    return waiting[0]


def _line(record: ReturnRecord, number: int) -> OrderLine:
    return next(one for one in record.order.lines if one.line == number)


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
