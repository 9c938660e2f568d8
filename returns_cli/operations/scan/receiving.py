"""The mode in which goods are received: a unit a scan."""

from __future__ import annotations

from returns_cli.domain.model import OrderLine, Receipt
from returns_cli.domain.record import ReturnRecord
from returns_cli.domain.scanned_code import Code
from returns_cli.operations.receive_items import add_receipts, check_can_arrive
from returns_cli.operations.scan.bench import Bench, Said, Undo, lines_of, shown_line, stop
from returns_cli.store.connection import Store


def take_up(bench: Bench, record: ReturnRecord) -> Said:
    """A return is in hand: say what is awaited, unless the count is blind."""
    check_can_arrive(bench.shop, record)
    awaited = sum(max(0, _awaited(record, one.line)) for one in record.lines)
    if bench.is_blind:
        return Said("OK", "Scan what is in the parcel, then DONE.", record.rma)
    if not awaited:
        return Said("ASK", f"Everything has arrived before: {_last(record)}.", record.rma)
    units = "1 unit" if awaited == 1 else f"{awaited} units"
    return Said("OK", f"{units} awaited. Scan the goods, then DONE.", record.rma)


def take(bench: Bench, code: Code) -> Said:
    """One unit arrives; one too many or of another return stops, and EXTRA keeps it."""
    if bench.keeps_next:
        bench.strange = (code.text, "", None)
        return keep_extra(bench)
    record = bench.record()
    lines = lines_of(bench, record, code.text)
    if not lines:
        bench.strange = (code.text, "", None)
        raise stop(f"{code.text} is not in {record.rma}. EXTRA keeps it as unexpected.")
    line = next((one for one in lines if _awaited(record, one.line) > 0), lines[0])
    return _receive(bench, line, code)


def _receive(bench: Bench, line: OrderLine, code: Code) -> Said:
    shop, store, number = bench.shop, bench.store, line.line
    with store.writing():
        fresh = bench.record()
        if _awaited(fresh, number) <= 0:  # perhaps since another station was faster
            bench.strange = (code.text, line.sku, number)
            raise stop(f"{_held_back(fresh, line)} EXTRA keeps this one as unexpected.")
        taken = add_receipts(shop, store, fresh, {number: 1}, shop.now, bench.station, None)
    bench.undos.append(
        Undo(lambda found: _take_back(bench, found, fresh, number, taken[0]), line.sku)
    )
    count = f"{fresh.received(number) + 1} of {fresh.authorized(number)}"
    said = shown_line(line) if bench.is_blind else f"{shown_line(line)}: {count}"
    return Said("OK", said, fresh.rma, number, line.sku)


def _take_back(
    bench: Bench, store: Store, record: ReturnRecord, line: int, receipt_id: int
) -> None:
    from returns_cli.store.floor import add_receipt

    opposite = Receipt(line, -1, bench.shop.now, bench.shop.actor, bench.station, None)
    add_receipt(store, record.return_id, opposite, corrects=receipt_id)


def keep_extra(bench: Bench) -> Said:
    """Keep the goods that stopped, or those scanned next, as unexpected."""
    from returns_cli.store.floor import NewUnexpected, add_unexpected

    if bench.strange is None:
        bench.keeps_next = True
        return Said("ASK", "Scan the goods that nobody announced.", bench.rma)
    code, sku, line = bench.strange
    record = bench.record() if bench.rma is not None else None
    fact = NewUnexpected(
        sku=sku or code,
        quantity=1,
        why="surplus" if line is not None else "unknown",
        found_at=bench.shop.now,
        actor=bench.shop.actor,
        order_pk=record.order_pk if record else None,
        return_id=record.return_id if record else None,
        line=line,
        code=code,
        station=bench.station,
    )
    with bench.store.writing():
        number = add_unexpected(bench.store, fact)
    bench.strange, bench.keeps_next = None, False
    bench.undos.append(
        Undo(lambda store: _take_back_extra(bench, store, number), f"{code} as unexpected")
    )
    return Said("OK", f"{code}: kept as unexpected.", bench.rma, line, sku or None)


def _take_back_extra(bench: Bench, store: Store, number: int) -> None:
    from returns_cli.store.unexpected import Departure, add_departure

    shop = bench.shop
    add_departure(store, Departure(number, 1, None, None, "undone", "", "", shop.now, shop.actor))


def finish(bench: Bench) -> Said:
    """The parcel is done: say what did not come."""
    record = bench.record()
    missing = [
        f"{left} of {line.sku}"
        for line in record.order.lines
        if (left := _awaited(record, line.line)) > 0
    ]
    bench.put_down()
    if missing:
        return Said("ASK", f"Still awaited: {', '.join(missing)}.", record.rma)
    return Said("OK", "Complete.", record.rma)


def _awaited(record: ReturnRecord, line: int) -> int:
    return record.authorized(line) - record.received(line)


def _held_back(record: ReturnRecord, line: OrderLine) -> str:
    """Why no more of a line may come, with who took it and when."""
    if not record.authorized(line.line):
        return f"{line.sku} of {record.rma} is not approved."
    return f"{line.sku}: all {record.authorized(line.line)} are here. {_last(record, line.line)}."


def _last(record: ReturnRecord, line: int | None = None) -> str:
    found = [one for one in record.receipts if line in (None, one.line) and one.quantity > 0]
    if not found:
        return "Nobody knows when"
    last = found[-1]
    station = f" at {last.station}" if last.station else ""
    return f"Received {last.received_at[:16].replace('T', ' ')} by {last.actor}{station}"
