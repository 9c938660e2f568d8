"""The mode in which goods are received: a unit a scan."""

from __future__ import annotations

from returns_cli.domain.errors import ConflictError
from returns_cli.domain.model import OrderLine, Receipt
from returns_cli.domain.record import ReturnRecord
from returns_cli.domain.scanned_code import Code
from returns_cli.domain.serials import plain_serial
from returns_cli.operations.receive_items import add_receipts, check_can_arrive
from returns_cli.operations.scan.bench import Bench, Undo, lines_of, shown_line
from returns_cli.operations.scan.words import Said, StopError, Words
from returns_cli.store.connection import Store

_MOST_NAMED = 3


def take_up(bench: Bench, record: ReturnRecord) -> Said:
    """A return is in hand: say what is awaited, unless the count is blind."""
    try:
        check_can_arrive(bench.shop, record)
    except ConflictError as error:
        bench.came_with = record.order_pk, record.return_id
        why = f"{error.message} {error.hint}"
        raise Words.NOT_YET.refusal(why=why) from error
    if bench.is_blind:
        return Words.BLIND.said(record.rma)
    awaited = sum(max(0, _awaited(record, one.line)) for one in record.lines)
    if not awaited:
        return Words.ALL_CAME_BEFORE.said(record.rma, last=_last(record))
    units = "1 unit" if awaited == 1 else f"{awaited} units"
    return Words.AWAITED.said(record.rma, units=units)


def take(bench: Bench, code: Code) -> Said:
    """One unit arrives; one too many or of another return stops, and EXTRA keeps it."""
    bench.astray = None
    if bench.keeps_next:
        bench.strange = (code.text, "", None)
        return keep_extra(bench)
    if bench.rma is None:
        bench.strange = (code.text, "", None)
        raise Words.NO_RETURN_YET.refusal(code=code.text)
    record = bench.record()
    lines = lines_of(bench, record, code.text)
    line = next((one for one in lines if _awaited(record, one.line) > 0), None)
    if line is None:
        named = (lines[0].sku, lines[0].line) if lines else ("", None)
        bench.strange = (code.text, *named)
        others = _awaited_elsewhere(bench, record, code)
        if others:
            bench.astray = code
            return Words.ELSEWHERE.said(record.rma, code=code.text, rmas=" or ".join(others))
        raise _refusal(record, code, lines)
    return _receive(bench, line, code)


def take_astray(bench: Bench, code: Code) -> Said | None:
    """Receive in the return in hand what another one did not await; None where it does neither."""
    record = bench.record()
    lines = lines_of(bench, record, code.text)
    line = next((one for one in lines if _awaited(record, one.line) > 0), None)
    return None if line is None else _receive(bench, line, code)


def _awaited_elsewhere(bench: Bench, record: ReturnRecord, code: Code) -> list[str]:
    """Numbers of the returns of the same order or person that await such an item."""
    from returns_cli.store.returns import load_returns
    from returns_cli.store.siblings import sibling_returns

    others = set(sibling_returns(bench.store, record.order_pk)) - {record.return_id}
    found = [
        one.rma
        for one in load_returns(bench.store, sorted(others))
        if any(_awaited(one, line.line) > 0 for line in lines_of(bench, one, code.text))
    ]
    return found[:_MOST_NAMED]


def _refusal(record: ReturnRecord, code: Code, lines: list[OrderLine]) -> StopError:
    """Why nothing more of this may come, with who took it and when."""
    if not lines:
        return Words.NOT_IN.refusal(code=code.text, rma=record.rma)
    line = lines[0]
    units = record.authorized(line.line)
    if not units:
        return Words.NOT_APPROVED.refusal(sku=line.sku, rma=record.rma)
    here = "its one unit is" if units == 1 else f"all {units} are"
    return Words.ALL_HERE.refusal(sku=line.sku, units=here, last=_last(record, line.line))


def _receive(bench: Bench, line: OrderLine, code: Code) -> Said:
    from returns_cli.store.serials import add_serial, received_serials

    shop, store, number = bench.shop, bench.store, line.line
    with store.writing():
        fresh = bench.record()
        serial = plain_serial(code.text)
        is_known = serial in bench.sold(fresh).get(number, ())
        if is_known and serial in received_serials(store, fresh.return_id):
            raise Words.SERIAL_HERE.refusal(serial=serial, last=_last(fresh, number))
        if _awaited(fresh, number) <= 0:  # another station was faster
            bench.strange = (code.text, line.sku, number)
            raise _refusal(fresh, code, [line])
        (taken,) = add_receipts(shop, store, fresh, {number: 1}, shop.now, bench.station, None)
        if is_known:
            add_serial(store, "receipt", taken, serial)
    bench.undos.append(
        Undo(lambda found: _take_back(bench, found, fresh, number, taken), line.sku, number)
    )
    goods = shown_line(line)
    if bench.is_blind:
        return Words.RECEIVED_BLIND.said(fresh.rma, line, goods=goods)
    count, units = fresh.received(number) + 1, fresh.authorized(number)
    return Words.RECEIVED.said(fresh.rma, line, goods=goods, count=count, units=units)


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
        return Words.EXTRA_NEXT.said(bench.rma)
    code, sku, line = bench.strange
    came_with = bench.came_with
    if bench.rma is not None:
        record = bench.record()
        came_with = record.order_pk, record.return_id
    order_pk, return_id = came_with or (None, None)
    fact = NewUnexpected(
        sku=sku or code,
        quantity=1,
        why="surplus" if line is not None else "unknown",
        found_at=bench.shop.now,
        actor=bench.shop.actor,
        order_pk=order_pk,
        return_id=return_id,
        line=line,
        code=code,
        station=bench.station,
    )
    with bench.store.writing():
        number = add_unexpected(bench.store, fact)
    bench.strange, bench.astray, bench.keeps_next = None, None, False
    bench.undos.append(
        Undo(lambda store: _take_back_extra(bench, store, number), f"{code} as unexpected")
    )
    return Words.KEPT.said(bench.rma, code=code)._replace(line=line, sku=sku or None)


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
        return Words.STILL_AWAITED.said(record.rma, goods=", ".join(missing))
    return Words.COMPLETE.said(record.rma)


def _awaited(record: ReturnRecord, line: int) -> int:
    return record.authorized(line) - record.received(line)


def _last(record: ReturnRecord, line: int | None = None) -> str:
    found = [one for one in record.receipts if line in (None, one.line) and one.quantity > 0]
    if not found:
        return "Nobody knows when"
    last = found[-1]
    station = f" at {last.station}" if last.station else ""
    return f"Received {last.received_at[:16].replace('T', ' ')} by {last.actor}{station}"
