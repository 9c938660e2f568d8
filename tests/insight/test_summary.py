"""The sentence on a rise, of counts made by hand."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from returns_cli.domain.reported import CameBack, Scope, Sold, day_number
from returns_cli.insight.report import Period
from returns_cli.insight.summary import SummaryFacts, summary_report

_SCOPE = Scope(date(2026, 1, 1), date(2026, 3, 20), ZoneInfo("UTC"))
_PERIOD = Period("2026-01-01", "2026-03-20", "month", "2026-03-20T10:00:00+00:00")


@pytest.mark.parametrize(
    ("january", "february", "said"),
    [
        pytest.param((100, 5), (100, 25), True, id="5 and 25 of 100 are no chance"),
        pytest.param((100, 5), (100, 9), False, id="5 and 9 of 100 may be chance"),
        pytest.param((100, 25), (100, 5), False, id="less is no rise"),
        pytest.param((29, 1), (100, 40), False, id="29 units are too few to compare with"),
    ],
)
def test_a_rise_is_told_where_chance_seldom_makes_it(
    january: tuple[int, int], february: tuple[int, int], said: bool
) -> None:
    months = (1, january), (2, february), (3, (100, 90))  # March runs, so that it is not compared
    days = [(day_number(date(2026, month, 5)), *counts) for month, counts in months]
    facts = SummaryFacts(
        [Sold(day, "EUR", 1, units, 100 * units) for day, units, _ in days],
        [CameBack(day, "EUR", back, 100 * back) for day, _, back in days],
        [],
        [],
        [],
    )
    told = "Of the orders of Feb 2026 25 of 100 units (25.0%) came back, more than of Jan 2026."
    assert (told in summary_report(_SCOPE, _PERIOD, facts).findings) is said
