"""Details of states and promises on which a day or a word hangs; zones above all.

Each was once changed in the code without a test that noticed (`make mutation`). 02:00 UTC on a day
is still the evening before in New York.
"""

from __future__ import annotations

from datetime import date

import pytest

from returns_cli.domain.lifecycle import (
    Promise,
    hangs_on_total,
    has_expired,
    refund_promise,
    state_of,
)
from returns_cli.domain.record import ReturnRecord
from tests.domain.worked import Terms, judged, refund
from tests.domain.worked_returns import (
    ALLOWED,
    ARRIVED,
    COAT,
    KEEP,
    SEEN,
    TEES,
    YES,
    ZONE,
    allowed,
    came,
    graded,
    record,
)

PLAIN = judged(TEES, 2)
NO_HOLIDAYS: frozenset[date] = frozenset()
LATE_EVENING = "2026-03-11T02:00:00+00:00"  # the 10th in New York
SOON: Terms = {"refund.after": "received", "refund.within_days": "3"}
LATER: Terms = {"refund.after": "received", "refund.within_days": "9"}


@pytest.mark.parametrize(
    ("held", "hangs"),
    [
        pytest.param(record(PLAIN, authorized=ALLOWED), False, id="nothing came, nothing was paid"),
        pytest.param(record(PLAIN, authorized=ALLOWED, receipts=ARRIVED), True, id="goods came"),
        pytest.param(record(PLAIN, authorized=ALLOWED, refunds=(refund(1),)), True, id="paid"),
        pytest.param(record(judged(TEES, 2, YES, KEEP), authorized=ALLOWED), True, id="kept"),
    ],
)
def test_a_quote_is_made_for_a_state_where_money_decides_it(
    held: ReturnRecord, hangs: bool
) -> None:
    assert hangs_on_total(held) is hangs


@pytest.mark.parametrize(
    ("held", "state"),
    [
        pytest.param(record(receipts=ARRIVED), "received", id="not looked at"),
        pytest.param(record(receipts=ARRIVED, inspections=(graded(1, 1),)), "received", id="half"),
        pytest.param(record(receipts=ARRIVED, inspections=SEEN), "inspected", id="looked at"),
    ],
)
def test_goods_may_come_before_anybody_judged(held: ReturnRecord, state: str) -> None:
    assert state_of(held, 0, date(2026, 3, 20), ZONE) == state


@pytest.mark.parametrize(
    ("today", "expired"), [(date(2026, 3, 31), False), (date(2026, 4, 1), True)]
)
def test_an_approval_of_late_evening_counts_from_its_own_day(today: date, expired: bool) -> None:
    """Approved on the 10th at 22:00 in New York: 21 days end on the 31st."""
    held = record(PLAIN, authorized=(allowed(1, 2, LATE_EVENING),))
    assert has_expired(held, today, ZONE) is expired
    assert state_of(held, 4000, today, ZONE) == ("expired" if expired else "approved")


def test_one_unit_that_stands_keeps_its_approval() -> None:
    held = record(PLAIN, authorized=(allowed(1, 2), allowed(1, -1, "2026-03-20T12:00:00-04:00")))
    assert has_expired(held, date(2026, 4, 1), ZONE)


@pytest.mark.parametrize(
    ("terms", "facts", "start"),
    [
        pytest.param(
            {"refund.after": "requested"},
            {"authorized": (allowed(1, 2, LATE_EVENING),)},
            date(2026, 3, 10),
            id="approved in the evening of the 10th",
        ),
        pytest.param(
            {"refund.after": "first_scan"},
            {"authorized": ALLOWED, "scanned": "2026-03-14T02:00:00+00:00"},
            date(2026, 3, 13),
            id="scanned in the evening of the 13th",
        ),
    ],
)
def test_a_promise_starts_on_the_shop_s_day(
    terms: Terms, facts: dict[str, object], start: date
) -> None:
    held = record(judged(TEES, 2, YES, {**terms, "refund.within_days": "5"}), **facts)  # type: ignore[arg-type]  # each its own kind
    found = refund_promise(held, ZONE, NO_HOLIDAYS)
    assert found == Promise(start, date(2026, 3, start.day + 5))


def test_of_two_promises_the_one_due_first_counts_not_the_one_begun_first() -> None:
    """The tees came on the 16th and have 9 days, the coat on the 18th and has 3."""
    held = record(
        judged(TEES, 2, YES, LATER),
        judged(COAT, 1, YES, SOON),
        authorized=(allowed(1, 2), allowed(2, 1)),
        receipts=(came(1, 2), came(2, 1, "2026-03-18T12:00:00-04:00")),
    )
    promise = Promise(date(2026, 3, 18), date(2026, 3, 21))
    assert refund_promise(held, ZONE, NO_HOLIDAYS) == promise
