from __future__ import annotations

from datetime import date

import pytest

from returns_cli.domain.credit import Credit, CreditMove, CreditState

LAST = date(2026, 6, 30)


def credit(*moves: tuple[str, int], expires_on: date | None = LAST) -> Credit:
    entered = tuple(CreditMove(kind, minor, "", "ann", 1) for kind, minor in moves)
    return Credit(1, "CR", "USD", expires_on, None, "", entered)


@pytest.mark.parametrize(
    ("moves", "today", "state", "left"),
    [
        pytest.param([("issued", 1000)], LAST, "active", 1000, id="the last day still counts"),
        pytest.param([("issued", 1000)], date(2026, 7, 1), "expired", 1000, id="the day after"),
        pytest.param([("issued", 1000), ("redeemed", -999)], LAST, "active", 1, id="a cent left"),
        pytest.param([("issued", 1000), ("redeemed", -1000)], LAST, "spent", 0, id="spent"),
        pytest.param(
            [("issued", 1000), ("redeemed", -1000)],
            date(2026, 7, 1),
            "spent",
            0,
            id="spent stays spent after the last day",
        ),
        pytest.param([("issued", 1000), ("expired", -1000)], LAST, "expired", 0, id="written off"),
        pytest.param([("issued", 9), ("reversed", -9)], LAST, "reversed", 0, id="taken back"),
    ],
)
def test_a_credit_is_what_happened_to_it(
    moves: list[tuple[str, int]], today: date, state: str, left: int
) -> None:
    found = credit(*moves)
    assert (found.state(today), found.balance_minor) == (CreditState(state), left)


def test_without_a_last_day_it_is_good_for_ever() -> None:
    assert credit(("issued", 5), expires_on=None).state(date(9999, 1, 1)) is CreditState.ACTIVE
