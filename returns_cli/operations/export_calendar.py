"""Due dates of open returns as a calendar file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from returns_cli.domain import lifecycle, promises, settle
from returns_cli.domain.icalendar import DueEvent, icalendar_text
from returns_cli.domain.promises import PromiseKind
from returns_cli.domain.vocabulary import RefundState
from returns_cli.operations.open_records import open_records
from returns_cli.operations.return_view import Json, quote_record, state_of
from returns_cli.operations.shop import Shop

_SAYS = {
    PromiseKind.POST_BY: ("is to be posted", "The label's last day."),
    PromiseKind.INSPECT_BY: ("is to be inspected", "Goods arrived."),
    PromiseKind.REFUND_BY: ("is to be refunded", "Promised by the policy."),
}


def export_calendar(shop: Shop, target: Path | None = None) -> Json:
    """Every promise that an open return still has to keep, as all-day events.

    The file names returns and days, never a person, an order or an amount: calendars are shared.

    Raises:
        OutputError: the file cannot be written (9).
    """
    events = sorted(_events(shop), key=lambda one: (one.due_on, one.uid))
    text = icalendar_text(f"{shop.config.name}: returns", shop.as_of, events)
    if target is not None and not shop.dry_run:
        from returns_cli.documents import write_file

        write_file(target, text.encode())
    return {
        "path": str(target) if target is not None else None,
        "events": len(events),
        "content": text,
    }


def _events(shop: Shop) -> Iterator[DueEvent]:
    config = shop.config
    with shop.open_store(read_only=True) as store, store.reading():
        for record, ledger in open_records(store):
            quote = quote_record(record, ledger, config)
            if state_of(record, quote, shop.today, shop.zone) in lifecycle.ENDED:
                continue
            pending = any(
                one.state is not RefundState.CONFIRMED
                for one in settle.live_refunds(record.refunds)
            )
            owes = pending or quote.total_minor > settle.settled_minor(record.refunds)
            for promise in promises.promises_of(record, shop.zone, config.holidays, owes=owes):
                what, why = _SAYS[promise.kind]
                yield DueEvent(
                    uid=f"{record.rma}-{promise.kind}@returns",
                    due_on=promise.due_on,
                    summary=f"{record.rma} {what}",
                    description=f"{why} returns show {record.rma}",
                    category=promise.kind.value,
                )
