"""What several sources say of an order's refunds: nothing counts twice, nothing named is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from returns_cli.domain.model import SourceRefund
from returns_cli.domain.source_refunds import (
    by_line,
    is_told_apart,
    join_refunds,
    join_sums,
    sorted_refunds,
    sum_of,
)
from tests.domain.worked import line, order

Refunds = tuple[SourceRefund, ...]
JANUARY = SourceRefund(1200, None, "2026-01-05")
FEBRUARY = SourceRefund(800, None, "2026-02-01")
NUMBERED = SourceRefund(500, 1, "2026-03-01", "P-1")
ELSEWHERE = SourceRefund(300, 2, "2026-03-02", "P-2")


def rest(amount: int) -> SourceRefund:
    """What nobody names."""
    return SourceRefund(amount)


@pytest.mark.parametrize(
    ("known", "stated", "expected"),
    [
        pytest.param((0, ()), (0, ()), (0, ()), id="nothing"),
        pytest.param((2000, ()), (1200, (JANUARY,)), (2000, (JANUARY, rest(800))),
            id="a month's transactions name a part of the sum"),
        pytest.param((2000, ()), (2000, (JANUARY, FEBRUARY)), (2000, (JANUARY, FEBRUARY)),
            id="all of the sum is named: it is not added"),
        pytest.param((500, ()), (1200, (JANUARY,)), (1200, (JANUARY,)),
            id="the sum was older than the transactions"),
        pytest.param((1200, (JANUARY,)), (800, (FEBRUARY,)), (2000, (JANUARY, FEBRUARY)),
            id="the next month's transactions"),
        pytest.param((2000, (JANUARY, rest(800))), (800, (FEBRUARY,)),
            (2000, (JANUARY, FEBRUARY)), id="the next month names the rest"),
        pytest.param((2000, (JANUARY, FEBRUARY)), (1200, (JANUARY,)),
            (2000, (JANUARY, FEBRUARY)), id="an earlier month again"),
        pytest.param((2000, (JANUARY, FEBRUARY)), (2000, ()), (2000, (JANUARY, FEBRUARY)),
            id="the sum again"),
        pytest.param((1200, (JANUARY,)), (2500, ()), (2500, (JANUARY, rest(1300))),
            id="the sum has grown"),
        pytest.param((1200, (JANUARY,)), (0, ()), (1200, (JANUARY,)),
            id="a source that knows no refunds"),
        pytest.param((900, (rest(900),)), (0, ()), (900, (rest(900),)),
            id="a sum that was added stays"),
        pytest.param((500, (NUMBERED,)), (450, (NUMBERED._replace(amount_minor=450),)),
            (450, (NUMBERED._replace(amount_minor=450),)),
            id="the source corrects a numbered refund"),
        pytest.param((500, (NUMBERED._replace(line=None),)), (500, (NUMBERED,)),
            (500, (NUMBERED,)), id="a number again, now with its line"),
        pytest.param((500, (NUMBERED,)), (300, (ELSEWHERE,)), (800, (NUMBERED, ELSEWHERE)),
            id="another number"),
        pytest.param((1200, (JANUARY,)), (2400, (JANUARY, JANUARY)), (2400, (JANUARY, JANUARY)),
            id="two alike on one day are two"),
        pytest.param((2400, (JANUARY, JANUARY)), (1200, (JANUARY,)), (2400, (JANUARY, JANUARY)),
            id="and stay two"),
    ],
)  # fmt: skip
def test_what_is_known_and_what_is_stated_are_put_together(
    known: tuple[int, Refunds], stated: tuple[int, Refunds], expected: tuple[int, Refunds]
) -> None:
    total, refunds = join_sums(*known, *stated)
    assert (total, sorted_refunds(refunds)) == (expected[0], sorted_refunds(expected[1]))
    assert join_sums(total, refunds, *stated) == (total, refunds), "again changes nothing"


def test_a_sum_without_any_named_refund_follows_its_source() -> None:
    bought = order(line(1, 1, 5000), refunded=2000)
    now = bought._replace(refunded_minor=1500)
    assert join_refunds(bought, now) == now


def test_named_refunds_of_an_order_stay_with_it() -> None:
    bought = order(line(1, 1, 5000), refunded=500)._replace(refunds=(NUMBERED,))
    joined = join_refunds(bought, bought._replace(refunded_minor=0, refunds=(), tags=("new",)))
    assert (joined.refunded_minor, joined.refunds, joined.tags) == (500, (NUMBERED,), ("new",))


def test_refunds_are_added_up_by_line() -> None:
    refunds = (NUMBERED, ELSEWHERE, NUMBERED, JANUARY)
    assert by_line(refunds) == {1: 1000, 2: 300}
    assert [is_told_apart(one) for one in (NUMBERED, JANUARY, rest(1))] == [True, True, False]


REFUND = st.builds(
    SourceRefund,
    st.integers(1, 500),
    st.none() | st.integers(1, 2),
    st.none() | st.sampled_from(["2026-01-05", "2026-01-06"]),
    st.sampled_from(["", "", "P-1", "P-2"]),
)
STATED = st.lists(st.tuples(st.integers(0, 2000), st.lists(REFUND, max_size=4)), max_size=5)


@given(STATED)
def test_the_sum_is_what_its_parts_come_to_and_never_less_than_any_source_says(
    sources: list[tuple[int, list[SourceRefund]]],
) -> None:
    total: int = 0
    refunds: Refunds = ()
    for more, named in sources:
        stated = more + sum_of(named)
        total, refunds = join_sums(total, refunds, stated, named)
        assert total >= stated
        assert sum_of(refunds) == total
        assert join_sums(total, refunds, stated, named) == (total, refunds)
