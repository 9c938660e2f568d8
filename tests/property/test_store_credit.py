"""Whatever is tried with store credits, none pays more than it held, and the journal adds up."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from returns_cli.domain.credit import Credit
from returns_cli.domain.errors import ConflictError
from returns_cli.store.check import check_store
from returns_cli.store.credits import (
    NewCredit,
    credit_ref,
    find_credit,
    issue_credit,
    move_credit,
    new_code,
)
from tests.store.desk import Desk

START = date(2026, 3, 1)
MOVES = st.lists(
    st.tuples(
        st.integers(0, 1),  # which credit
        st.sampled_from(["redeemed", "redeemed", "redeemed", "expired", "reversed"]),
        st.integers(1, 700),
        st.integers(0, 20),  # days after the start
    ),
    max_size=12,
)


@settings(max_examples=40)
@given(st.lists(st.integers(1, 1000), min_size=2, max_size=2), st.integers(0, 20), MOVES)
def test_a_credit_pays_what_it_held_and_not_a_cent_more(
    worth: list[int], lasts: int, moves: list[tuple[int, str, int, int]]
) -> None:
    with TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        last = START + timedelta(days=lasts)
        codes = [_issued(desk, number, minor, last).code for number, minor in enumerate(worth)]
        left = list(worth)
        for which, kind, minor, day in moves:
            at = f"{START + timedelta(days=day)}T10:00:00+00:00"
            is_allowed = minor <= left[which] and (kind != "redeemed" or day <= lasts)
            try:
                with desk.store.writing():
                    credit = find_credit(desk.store, codes[which])
                    move_credit(desk.store, credit, kind, -minor, actor="ann", at=at)
                assert is_allowed
                left[which] -= minor
            except ConflictError:
                assert not is_allowed
        for code, minor in zip(codes, left, strict=True):
            assert find_credit(desk.store, code).balance_minor == minor == -_held(desk, code)
        assert check_store(desk.store).ok
        desk.store.close()


def _issued(desk: Desk, number: int, minor: int, last: date) -> Credit:
    code = new_code(desk.store, f"number/{number}")
    at = f"{START}T10:00:00+00:00"
    with desk.store.writing():
        return issue_credit(desk.store, NewCredit(code, minor, "USD", last, "ann", at))


def _held(desk: Desk, code: str) -> int:
    """What the journal says that the customer may still spend, as a credit."""
    (minor,) = desk.store.connection.execute(
        "SELECT sum(minor) FROM posting WHERE account = 'credit:held' AND order_ref = ?",
        (credit_ref(desk.store.salt, code),),
    ).fetchone()
    return int(minor)
