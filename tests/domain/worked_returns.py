"""Returns at every stage, small enough to follow on paper.

The desk's calendar: asked on Monday 9 March 2026, approved on the 10th, label valid 21 days, so
until 31 March. The shop is in New York.
"""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from returns_cli.domain.model import (
    Authorization,
    Decision,
    Disposal,
    Inspection,
    LineDecision,
    Receipt,
    Refund,
    RequestedLine,
)
from returns_cli.domain.record import ReturnRecord, Ruling
from returns_cli.domain.vocabulary import Kind, Verdict
from tests.domain.worked import Terms, decision, judged, line, order

ZONE = ZoneInfo("America/New_York")
TEES, COAT = line(1, 2, 4000), line(2, 1, 6000)
SHOP = order(TEES, COAT)
YES, NO, ASK = Verdict.APPROVE, Verdict.DENY, Verdict.REVIEW
TODAY = date(2026, 3, 20)
KEEP: Terms = {"keep_item": "true"}


def record(
    *lines: LineDecision,
    authorized: tuple[Authorization, ...] = (),
    rulings: tuple[Ruling, ...] = (),
    receipts: tuple[Receipt, ...] = (),
    inspections: tuple[Inspection, ...] = (),
    disposals: tuple[Disposal, ...] = (),
    refunds: tuple[Refund, ...] = (),
    scanned: str | None = None,
    judged_as: Decision | None = None,
) -> ReturnRecord:
    """A return of the judged lines; none of them is one that was not judged yet."""
    asked = lines or (judged(TEES, 2),)
    return ReturnRecord(
        return_id=1,
        rma="RMA-0000012",
        key="key",
        kind=Kind.RETURN,
        opened_at="2026-03-09T12:00:00-04:00",
        requested_at="2026-03-09",
        entered_by="clerk",
        order_pk=1,
        order=SHOP,
        revision=1,
        lines=tuple(RequestedLine(one.line, one.quantity, one.reason) for one in asked),
        decision=judged_as or (decision(*lines) if lines else None),
        decision_id=1 if lines else None,
        authorizations=authorized,
        rulings=rulings,
        receipts=receipts,
        inspections=inspections,
        disposals=disposals,
        refunds=refunds,
        first_scan_at=scanned,
    )


def allowed(number: int, units: int, at: str = "2026-03-10T12:00:00-04:00") -> Authorization:
    return Authorization(number, units, "decision", at, "clerk")


def came(number: int, units: int, at: str = "2026-03-16T12:00:00-04:00") -> Receipt:
    return Receipt(number, units, at, "clerk")


def graded(
    number: int, units: int, grade: str = "new", at: str = "2026-03-17T12:00:00-04:00"
) -> Inspection:
    return Inspection(number, units, grade, "restock", at, "clerk")


def said(kind: str, *lines: int, codes: tuple[str, ...] = ()) -> Ruling:
    return Ruling(kind, "2026-03-11T12:00:00-04:00", "boss", "because", lines, 1, codes)


ALLOWED = (allowed(1, 2),)
ARRIVED = (came(1, 2),)
SEEN = (graded(1, 2),)
BOTH = (judged(TEES, 2), judged(COAT, 1))
LATE = judged(TEES, 2, NO, codes=("window_expired",))
DOUBT = judged(TEES, 2, ASK, codes=("above_limit",))
SWAP = judged(TEES, 2, resolution="exchange")


BOTH_ALLOWED = (allowed(1, 2), allowed(2, 1))
