"""Print return labels and packing slips."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from returns_cli.domain import lifecycle
from returns_cli.domain.errors import ConflictError
from returns_cli.domain.record import ReturnRecord
from returns_cli.operations.carrier_label import read_carrier, with_postage
from returns_cli.operations.paper_batch import Batch, PaperRequest
from returns_cli.operations.paper_facts import PaperDesk, label_facts, needs_label, slip_facts
from returns_cli.operations.return_view import Json
from returns_cli.operations.shop import Shop

if TYPE_CHECKING:
    from returns_cli.documents import LabelFacts, Printed, SlipFacts
    from returns_cli.store.connection import Store

__all__ = ["PaperRequest", "check_approved", "print_labels", "print_slips"]


def print_labels(shop: Shop, request: PaperRequest) -> Json:
    """Print the return labels of approved returns; the same facts give the same bytes.

    Nothing is recorded, so printing again is safe. Refused: a return that is not approved (6) and
    what cannot be printed (7), with nothing written; with ``keep_going`` only where nothing is
    left. A return of which nothing travels has no label, which is noted.
    """
    from returns_cli import documents

    batch = Batch(shop, request, "label")
    options = batch.drawing()
    if request.carrier is not None:
        options["carrier"] = read_carrier(request)

    def gather(desk: PaperDesk, _: Store, record: ReturnRecord) -> list[LabelFacts]:
        check_approved(shop, record, "label")
        if not _has_label(shop, record):
            return []
        return [with_postage(label_facts(desk, record), request)]

    starts = iter([request.start_at])  # a second file begins with a new sheet

    def draw(facts: Sequence[LabelFacts]) -> Printed:
        return documents.print_labels(facts, start_at=next(starts, 1), **options)

    return batch.printed(gather, draw)


def print_slips(shop: Shop, request: PaperRequest) -> Json:
    """Print the packing slips of approved returns; safe to repeat, refused as labels are.

    For a gift order no slip shows an amount, a payment method or the buyer. On a size with a fold
    the label lies below it.
    """
    from returns_cli import documents
    from returns_cli.store.ledger import order_ledger

    batch = Batch(shop, request, "slip")
    options = batch.drawing()
    holds_label = documents.has_place_for_label(batch.size)

    def gather(desk: PaperDesk, store: Store, record: ReturnRecord) -> list[SlipFacts]:
        check_approved(shop, record, "slip")
        slip = slip_facts(desk, record, order_ledger(store, record.order_pk))
        if not holds_label or not needs_label(record):
            return [slip]
        return [replace(slip, label=label_facts(desk, record))]

    def draw(facts: Sequence[SlipFacts]) -> Printed:
        return documents.print_slips(facts, **options)

    return batch.printed(gather, draw)


def _has_label(shop: Shop, record: ReturnRecord) -> bool:
    if needs_label(record):
        return True
    keeps = lifecycle.needs_no_parcel(record)
    why = "the customer keeps the goods" if keeps else "its policy sends none"
    shop.notes.append(f"{record.rma} has no label: {why}.")
    return False


def check_approved(shop: Shop, record: ReturnRecord, kind: str) -> None:
    """Refuse a return of which no unit may come back.

    Raises:
        ConflictError: nothing is authorized, or the approval has run out.
    """
    if lifecycle.has_expired(record, shop.today, shop.zone):
        raise ConflictError(
            "E-STATE",
            f"{record.rma} ran out on {lifecycle.valid_until(record, shop.zone)}.",
            where=record.rma,
            hint=f'Approve it again: returns approve {record.rma} --why "asked again".',
        )
    if not any(record.authorized(one.line) > 0 for one in record.lines):
        raise ConflictError(
            "E-NOT-APPROVED",
            f"{record.rma} is not approved, so it has no {kind}.",
            where=record.rma,
            hint=_what_is_missing(record),
        )


def _what_is_missing(record: ReturnRecord) -> str:
    if record.decision is None:
        return f"Judge it first: `returns evaluate {record.rma}`."
    if lifecycle.is_waiting_for_person(record):
        return f"A person must look at it: `returns approve {record.rma}` or `deny`."
    return f"Look why: `returns explain {record.rma}`; a person may approve it all the same."
