"""However a refund is split over what paid the order, nothing is lost and nobody gets too much."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from returns_cli.domain.model import Component
from returns_cli.domain.settle import Owed
from returns_cli.domain.tender_split import first_of, split_owed

TENDERS = st.permutations(["gift_card", "original_payment", "paypal", "store_credit"])
GOODS = st.lists(st.integers(1, 90_000), min_size=1, max_size=5)
FEES = st.lists(st.integers(0, 5_000), max_size=2)
CUTS = st.lists(st.integers(1, 40_000), max_size=4)


def owed_of(goods: list[int], fees: list[int]) -> Owed:
    kinds = ("restocking_fee", "return_shipping")
    taken = [-min(fee, sum(goods) // 4) for fee in fees]
    return Owed(
        "original_payment",
        (
            *(Component("items", n, minor, units=1) for n, minor in enumerate(goods, 1)),
            *(Component(kind, None, minor) for kind, minor in zip(kinds, taken, strict=False)),
        ),
    )


def sums(parts: list[Owed]) -> Counter[tuple[str, int | None]]:
    total: Counter[tuple[str, int | None]] = Counter()
    for one in parts:
        for part in one.components:
            total[part.kind, part.line] += part.amount_minor
    return Counter({place: minor for place, minor in total.items() if minor})


@given(GOODS, FEES, TENDERS, st.lists(st.integers(0, 60_000), min_size=4, max_size=4))
def test_a_split_in_any_order_sums_to_the_whole(
    goods: list[int], fees: list[int], names: list[str], room: list[int]
) -> None:
    owed = owed_of(goods, fees)
    left = dict(zip(names, room, strict=True))
    parts = split_owed([owed], left)

    assert sum(one.amount_minor for one in parts) == owed.amount_minor
    assert sums(list(parts)) == sums([owed])
    for one in parts:
        assert one.amount_minor > 0
        for tender, minor in one.origins:
            assert tender == one.tender
            assert minor == one.amount_minor <= left[tender]
    known = min(owed.amount_minor, sum(room))
    assert sum(minor for one in parts for _, minor in one.origins) == known


@given(GOODS, FEES, TENDERS, CUTS)
def test_part_payments_of_any_size_exhaust_every_means_of_payment_exactly(
    goods: list[int], fees: list[int], names: list[str], cuts: list[int]
) -> None:
    """What paid the order is just what is owed: after any part payments nothing is left."""
    rest = owed_of(goods, fees)
    quarter = rest.amount_minor // 4
    left = dict.fromkeys(names, quarter)
    left[names[-1]] += rest.amount_minor - 4 * quarter
    given_back: Counter[str] = Counter()
    paid: list[Owed] = []
    for cut in [*cuts, rest.amount_minor]:
        now = min(cut, rest.amount_minor)
        if now:
            (part,) = first_of([rest], now)
            for one in split_owed([part], left):
                paid.append(one)
                for tender, minor in one.origins:
                    left[tender] -= minor
                    given_back[tender] += minor
            gone = sums([part])
            rest = Owed(
                rest.tender,
                tuple(
                    one._replace(amount_minor=one.amount_minor - gone[one.kind, one.line])
                    for one in rest.components
                ),
            )
    assert sums(paid) == sums([owed_of(goods, fees)])
    assert set(left.values()) == {0}
    assert given_back.total() == sum(one.amount_minor for one in paid)
