"""By when the money of a return is promised."""

from __future__ import annotations

from datetime import date

import pytest

from returns_cli.domain.lifecycle import (
    Promise,
    refund_promise,
)
from returns_cli.domain.model import LineDecision
from returns_cli.domain.record import ReturnRecord
from returns_cli.domain.vocabulary import RefundState
from tests.domain.worked import Terms, judged, refund
from tests.domain.worked_returns import (
    ALLOWED,
    ARRIVED,
    BOTH_ALLOWED,
    COAT,
    KEEP,
    SEEN,
    TEES,
    YES,
    ZONE,
    allowed,
    came,
    record,
)

# --- by when the money is promised --------------------------------------------------------------

# 16 March 2026 is a Monday; the shop keeps Tuesday 17 March free.
HOLIDAYS = frozenset({date(2026, 3, 17)})


def promised(trigger: str, *changes: Terms, number: int = 1) -> LineDecision:
    of = TEES if number == 1 else COAT
    terms = {"refund.after": trigger, "refund.within_days": "5"}
    return judged(of, of.quantity, YES, terms, *changes)


@pytest.mark.parametrize(
    ("held", "promise"),
    [
        pytest.param(record(), None, id="not judged"),
        pytest.param(
            record(promised("inspected"), authorized=ALLOWED, receipts=ARRIVED),
            None,
            id="no trigger yet",
        ),
        pytest.param(
            record(promised("inspected"), authorized=ALLOWED, receipts=ARRIVED, inspections=SEEN),
            Promise(date(2026, 3, 17), date(2026, 3, 22)),
            id="inspected on the 17th and 5 days",
        ),
        pytest.param(
            record(promised("received"), authorized=ALLOWED, receipts=ARRIVED),
            Promise(date(2026, 3, 16), date(2026, 3, 21)),
            id="received on the 16th and 5 days",
        ),
        pytest.param(
            record(promised("first_scan"), authorized=ALLOWED, scanned="2026-03-14"),
            Promise(date(2026, 3, 14), date(2026, 3, 19)),
            id="scanned on the 14th and 5 days",
        ),
        pytest.param(
            record(promised("first_scan"), authorized=ALLOWED, receipts=ARRIVED),
            Promise(date(2026, 3, 16), date(2026, 3, 21)),
            id="never scanned: received on the 16th",
        ),
        pytest.param(
            record(promised("requested"), authorized=ALLOWED),
            Promise(date(2026, 3, 10), date(2026, 3, 15)),
            id="asked on the 9th, approved on the 10th: no promise before the approval",
        ),
        pytest.param(
            record(promised("inspected", KEEP), authorized=(allowed(1, 2, "2026-03-09"),)),
            Promise(date(2026, 3, 9), date(2026, 3, 14)),
            id="kept goods: asked and approved on the 9th",
        ),
        pytest.param(
            record(
                promised("received"),
                authorized=ALLOWED,
                receipts=(came(1, 1), came(1, 1, "2026-03-18T12:00:00-04:00")),
            ),
            Promise(date(2026, 3, 16), date(2026, 3, 21)),
            id="two parcels, nothing paid: the first one's promise runs",
        ),
        pytest.param(
            record(
                promised("received"),
                authorized=ALLOWED,
                receipts=(came(1, 1), came(1, 1, "2026-03-18T12:00:00-04:00")),
                refunds=(refund(2000),),
            ),
            Promise(date(2026, 3, 18), date(2026, 3, 23)),
            id="the first one was paid: the second one's promise runs",
        ),
        pytest.param(
            record(
                promised("received"),
                authorized=ALLOWED,
                receipts=(came(1, 1), came(1, 1, "2026-03-18T12:00:00-04:00")),
                refunds=(refund(2000, state=RefundState.FAILED),),
            ),
            Promise(date(2026, 3, 16), date(2026, 3, 21)),
            id="that payment failed: the first one's promise was never kept",
        ),
        pytest.param(
            record(
                promised("inspected"),
                promised("received", number=2),
                authorized=BOTH_ALLOWED,
                receipts=(came(1, 2), came(2, 1)),
                inspections=SEEN,
            ),
            Promise(date(2026, 3, 16), date(2026, 3, 21)),
            id="of two lines the earlier promise",
        ),
        pytest.param(
            record(
                judged(TEES, 2),
                authorized=ALLOWED,
                receipts=ARRIVED,
                inspections=SEEN,
            ),
            None,
            id="the policy promises no day",
        ),
        pytest.param(
            record(
                judged(
                    TEES, 2, YES, {"refund.after": "received", "refund.within_business_days": "3"}
                ),
                authorized=ALLOWED,
                receipts=ARRIVED,
            ),
            Promise(date(2026, 3, 16), date(2026, 3, 20)),
            id="3 working days after Monday the 16th, the 17th is a holiday: 18, 19, 20",
        ),
        pytest.param(
            record(
                judged(
                    TEES, 2, YES, {"refund.after": "received", "refund.within_business_days": "4"}
                ),
                authorized=ALLOWED,
                receipts=ARRIVED,
            ),
            Promise(date(2026, 3, 16), date(2026, 3, 23)),
            id="a fourth one lies behind the weekend",
        ),
        pytest.param(
            record(
                promised("received"),
                authorized=ALLOWED,
                receipts=(came(1, 2, "2026-03-17T02:00:00+00:00"),),
            ),
            Promise(date(2026, 3, 16), date(2026, 3, 21)),
            id="02:00 UTC on the 17th is still the 16th in New York",
        ),
    ],
)
def test_the_money_is_promised_from_the_trigger(
    held: ReturnRecord, promise: Promise | None
) -> None:
    assert refund_promise(held, ZONE, HOLIDAYS) == promise
