"""Which units a return pays for, and until when goods may arrive."""

from __future__ import annotations

from datetime import date

import pytest

from returns_cli.domain.lifecycle import (
    approved_on,
    has_expired,
    needs_no_parcel,
    quoted_lines,
    valid_until,
)
from returns_cli.domain.model import (
    Authorization,
    Disposal,
    LineDecision,
)
from returns_cli.domain.record import ReturnRecord
from tests.domain.worked import decision, judged, line
from tests.domain.worked_returns import (
    ALLOWED,
    ARRIVED,
    ASK,
    BOTH,
    BOTH_ALLOWED,
    COAT,
    DOUBT,
    KEEP,
    LATE,
    NO,
    SEEN,
    TEES,
    YES,
    ZONE,
    allowed,
    came,
    graded,
    record,
    said,
)


def units(held: ReturnRecord, *, payable_only: bool = False) -> dict[int, int]:
    """Units per line that a quote counts."""
    return {one.line.line: one.units for one in quoted_lines(held, payable_only=payable_only)}


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        pytest.param(record(), {}, id="not judged: nothing"),
        pytest.param(record(*BOTH, authorized=BOTH_ALLOWED), {1: 2, 2: 1}, id="what is authorized"),
        pytest.param(
            record(LATE, judged(COAT, 1), authorized=(allowed(2, 1),)),
            {1: 0, 2: 1},
            id="a denied line pays nothing",
        ),
        pytest.param(
            record(DOUBT, judged(COAT, 1)), {1: 2, 2: 1}, id="in review: what was asked for"
        ),
        pytest.param(
            record(DOUBT, judged(COAT, 1), rulings=(said("cancel"),)),
            {1: 0, 2: 0},
            id="cancelled while in review: nothing",
        ),
        pytest.param(
            record(judged(TEES, 2), authorized=(allowed(1, 2), allowed(1, -2))),
            {1: 0},
            id="nothing is authorized any more",
        ),
        pytest.param(
            record(*BOTH, authorized=BOTH_ALLOWED, receipts=(came(1, 1),)),
            {1: 1, 2: 0},
            id="once something came: what came",
        ),
        pytest.param(
            record(
                judged(TEES, 2, YES, KEEP),
                judged(COAT, 1),
                authorized=BOTH_ALLOWED,
                receipts=(came(2, 1),),
            ),
            {1: 2, 2: 1},
            id="kept goods need not come",
        ),
        pytest.param(
            record(
                judged(line(9, 1, 100), 1, NO, codes=("unknown_line",)),
                judged(COAT, 1),
                authorized=(allowed(2, 1),),
            ),
            {2: 1},
            id="a line that the order does not have",
        ),
    ],
)
def test_a_quote_counts_what_is_awaited_until_something_came(
    held: ReturnRecord, expected: dict[int, int]
) -> None:
    assert units(held) == expected


def after(trigger: str, number: int = 1) -> LineDecision:
    of = TEES if number == 1 else COAT
    return judged(of, of.quantity, YES, {"refund.after": trigger})


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        pytest.param(
            record(after("inspected"), authorized=ALLOWED, receipts=ARRIVED), 0, id="not inspected"
        ),
        pytest.param(
            record(
                after("inspected"),
                authorized=ALLOWED,
                receipts=ARRIVED,
                inspections=(graded(1, 1),),
            ),
            1,
            id="one of two inspected",
        ),
        pytest.param(record(after("received"), authorized=ALLOWED), 0, id="not received"),
        pytest.param(
            record(after("received"), authorized=ALLOWED, receipts=(came(1, 1),)),
            1,
            id="one of two received",
        ),
        pytest.param(record(after("first_scan"), authorized=ALLOWED), 0, id="not scanned"),
        pytest.param(
            record(after("first_scan"), authorized=ALLOWED, scanned="2026-03-14"),
            2,
            id="scanned on its way",
        ),
        pytest.param(
            record(after("first_scan"), authorized=ALLOWED, receipts=(came(1, 1),)),
            1,
            id="never scanned, but one came",
        ),
        pytest.param(record(after("requested"), authorized=ALLOWED), 2, id="at once"),
        pytest.param(
            record(judged(TEES, 2, YES, KEEP), authorized=ALLOWED), 2, id="kept goods: at once"
        ),
        pytest.param(
            record(judged(TEES, 2, ASK, {"refund.after": "requested"}, codes=("above_limit",))),
            0,
            id="not while a person is awaited",
        ),
        pytest.param(
            record(after("requested"), judged(COAT, 1, ASK, codes=("above_limit",))),
            0,
            id="not while another line awaits a person",
        ),
        pytest.param(
            record(
                judged(TEES, 2, NO, {"refund.after": "requested"}, codes=("wrong_goods",)),
                authorized=ALLOWED,
                receipts=ARRIVED,
                inspections=SEEN,
            ),
            0,
            id="not what was denied at the bench",
        ),
    ],
)
def test_units_are_payable_once_their_trigger_is_reached(held: ReturnRecord, expected: int) -> None:
    assert units(held, payable_only=True)[1] == expected


def test_grades_are_summed_in_the_order_they_were_found() -> None:
    seen = (graded(1, 1, "used"), graded(2, 1, "opened"), graded(1, 1, "new"), graded(1, 1, "used"))
    held = record(*BOTH, authorized=BOTH_ALLOWED, receipts=ARRIVED, inspections=seen)

    assert [one.grades for one in quoted_lines(held)] == [
        (("used", 2), ("new", 1)),
        (("opened", 1),),
    ]


@pytest.mark.parametrize(
    ("authorized", "approved", "until"),
    [
        pytest.param((), None, None, id="nothing is approved"),
        pytest.param(ALLOWED, date(2026, 3, 10), date(2026, 3, 31), id="10 March and 21 days"),
        pytest.param(
            (allowed(1, 2, "2026-03-11T03:59:00+00:00"),),
            date(2026, 3, 10),
            date(2026, 3, 31),
            id="03:59 UTC on the 11th is 23:59 on the 10th in New York",
        ),
        pytest.param((allowed(1, 2), allowed(1, -2)), None, None, id="approved and taken back"),
        pytest.param(
            (allowed(1, 1), allowed(1, 1, "2026-03-12T12:00:00-04:00")),
            date(2026, 3, 12),
            date(2026, 4, 2),
            id="a unit more two days later: the newest counts",
        ),
        pytest.param(
            (
                allowed(1, 2),
                allowed(2, 1, "2026-03-12T12:00:00-04:00"),
                allowed(2, -1, "2026-03-13T12:00:00-04:00"),
            ),
            date(2026, 3, 10),
            date(2026, 3, 31),
            id="the newer line was taken back: the older one stands",
        ),
    ],
)
def test_goods_may_arrive_until_the_label_runs_out(
    authorized: tuple[Authorization, ...], approved: date | None, until: date | None
) -> None:
    held = record(*BOTH, authorized=authorized)

    assert approved_on(held, ZONE) == approved
    assert valid_until(held, ZONE) == until


def test_a_return_without_limit_or_judgement_has_no_last_day() -> None:
    endless = record(*BOTH, authorized=ALLOWED, judged_as=decision(*BOTH, valid_days=None))

    assert valid_until(endless, ZONE) is None
    assert valid_until(record()._replace(authorizations=ALLOWED), ZONE) is None
    assert not has_expired(endless, date(2099, 1, 1), ZONE)


@pytest.mark.parametrize(
    ("held", "today", "expired"),
    [
        pytest.param(
            record(judged(TEES, 2), authorized=ALLOWED),
            date(2026, 3, 31),
            False,
            id="the last day is still in time",
        ),
        pytest.param(
            record(judged(TEES, 2), authorized=ALLOWED),
            date(2026, 4, 1),
            True,
            id="the day after is late",
        ),
        pytest.param(
            record(judged(TEES, 2), authorized=ALLOWED, scanned="2026-03-31"),
            date(2026, 4, 1),
            False,
            id="on its way",
        ),
        pytest.param(
            record(judged(TEES, 2), authorized=ALLOWED, receipts=(came(1, 1),)),
            date(2026, 4, 1),
            False,
            id="a part of it came",
        ),
        pytest.param(
            record(judged(TEES, 2, YES, KEEP), authorized=ALLOWED),
            date(2099, 1, 1),
            False,
            id="kept goods are never sent",
        ),
        pytest.param(
            record(judged(TEES, 2, YES, KEEP), judged(COAT, 1), authorized=BOTH_ALLOWED),
            date(2026, 4, 1),
            True,
            id="kept goods beside some that were never sent",
        ),
        pytest.param(record(LATE), date(2026, 4, 1), False, id="never approved"),
    ],
)
def test_an_approval_runs_out_the_day_after_its_last(
    held: ReturnRecord, today: date, expired: bool
) -> None:
    assert has_expired(held, today, ZONE) is expired


def test_no_parcel_is_needed_when_all_that_is_authorized_is_kept() -> None:
    kept = judged(TEES, 2, YES, KEEP)

    assert needs_no_parcel(record(kept, authorized=ALLOWED))
    assert needs_no_parcel(record(kept, judged(COAT, 1, NO), authorized=ALLOWED))
    assert not needs_no_parcel(record(kept, judged(COAT, 1), authorized=BOTH_ALLOWED))
    assert not needs_no_parcel(record(kept))
    assert not needs_no_parcel(record())
    assert valid_until(record(kept, authorized=ALLOWED), ZONE) is None


def test_a_record_adds_up_its_facts_by_line() -> None:
    held = record(
        *BOTH,
        authorized=(allowed(1, 2), allowed(2, 1), allowed(1, -1)),
        receipts=(came(1, 1), came(2, 1), came(1, 1)),
        inspections=(graded(1, 1), graded(1, 1, "used"), graded(2, 1)),
        disposals=(
            Disposal(1, 1, "restock", "2026-03-18", "clerk"),
            Disposal(2, 1, "scrap", "2026-03-18", "clerk"),
        ),
    )

    assert [held.authorized(1), held.received(1), held.inspected(1), held.disposed(1)] == [
        1,
        2,
        2,
        1,
    ]
    assert [held.authorized(2), held.received(2), held.inspected(2), held.disposed(2)] == [
        1,
        1,
        1,
        1,
    ]
    assert held.received(3) == 0
