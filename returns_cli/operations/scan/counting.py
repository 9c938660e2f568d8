"""The modes that write nothing: counting a parcel, and looking a return up."""

from __future__ import annotations

from collections import Counter

from returns_cli.domain.record import ReturnRecord
from returns_cli.domain.scanned_code import Code
from returns_cli.operations.return_view import quote_record, state_of
from returns_cli.operations.scan.bench import Bench, Undo, lines_of
from returns_cli.operations.scan.words import Said, Words


def take_up(bench: Bench, record: ReturnRecord) -> Said:
    """A parcel is to be counted."""
    del bench
    return Words.COUNT.said(record.rma)


def take(bench: Bench, code: Code) -> Said:
    """One more unit is counted."""
    record = bench.record()
    lines = lines_of(bench, record, code.text)
    name = lines[0].sku if lines else code.text
    bench.counted[name] += 1
    bench.undos.append(Undo(lambda _: bench.counted.subtract([name]), name))
    if not lines:
        return Words.COUNTED_STRANGE.said(record.rma, code=name, count=bench.counted[name])
    return Words.COUNTED.said(record.rma, lines[0], count=bench.counted[name])


def finish(bench: Bench) -> Said:
    """Compare what was counted with what the return still awaits."""
    record = bench.record()
    awaited: Counter[str] = Counter()  # an order may hold one SKU on several lines
    for line in record.order.lines:
        if record.authorized(line.line):
            awaited[line.sku] += record.authorized(line.line) - record.received(line.line)
    counted = dict(bench.counted)
    differing = [
        f"{name}: {counted.get(name, 0)} counted, {awaited[name]} awaited"
        for name in dict.fromkeys([*awaited, *counted])
        if counted.get(name, 0) != awaited[name]
    ]
    bench.put_down()
    if differing:
        return Words.DIFFERS.said(record.rma, differences="; ".join(differing))
    return Words.AS_AWAITED.said(record.rma)


def tell(bench: Bench, record: ReturnRecord) -> Said:
    """What a return is, for whoever holds a parcel and wonders."""
    from returns_cli.store.ledger import order_ledger

    shop = bench.shop
    total = quote_record(record, order_ledger(bench.store, record.order_pk), shop.config)
    state = state_of(record, total, shop.today, shop.zone)
    goods = ", ".join(
        f"{line.sku} {record.received(line.line)} of {record.authorized(line.line)}"
        for line in record.order.lines
        if any(one.line == line.line for one in record.lines)
    )
    return Words.TOLD.said(record.rma, state=state, order=record.order.order_id, goods=goods)
