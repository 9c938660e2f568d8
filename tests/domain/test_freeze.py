"""What was paid per line: discount and tax style by arithmetic, shares that sum to the order."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from returns_cli.domain.freeze import Frozen, Stated, freeze_listed, freeze_stated
from returns_cli.domain.vocabulary import TaxStyle

ON_TOP, INCLUDED, NONE = TaxStyle.ON_TOP, TaxStyle.INCLUDED, TaxStyle.NONE


def paid(frozen: Frozen) -> int:
    on_top = sum(frozen.taxes) if frozen.tax_style is ON_TOP else 0
    return sum(frozen.items) + on_top + sum(frozen.shippings)


@pytest.mark.parametrize(
    ("stated", "style"),
    [
        pytest.param(Stated(10000, 0, 500, 800, 0, 11300), ON_TOP, id="T = goods + H + X: on top"),
        pytest.param(Stated(10000, 0, 500, 800, 0, 10500), INCLUDED, id="T = goods + H: included"),
        pytest.param(Stated(10000, 0, 500, 0, 0, 10500), NONE, id="X = 0: none"),
        pytest.param(Stated(None, 0, 500, 800, 0, 11300), ON_TOP, id="no subtotal is needed"),
    ],
)
def test_the_tax_style_follows_from_the_total(stated: Stated, style: TaxStyle) -> None:
    frozen = freeze_stated([6000, 4000], [0, 0], [True, True], stated)
    assert (frozen.tax_style, frozen.mismatch_minor) == (style, 0)
    assert paid(frozen) == stated.total


@pytest.mark.parametrize(
    ("stated", "own", "order_discounts", "items"),
    [
        # G = 6000 + 4000, L = 1000 on the first line: line values 5000 and 4000
        pytest.param(
            Stated(8500, 1500, 0, 0, 0, 8500), (1000, 0), (278, 222), (4722, 3778),
            id="S = G - D: the order discount holds the lines' own, 500 is left to share",
        ),
        pytest.param(
            Stated(7500, 1500, 0, 0, 0, 7500), (1000, 0), (833, 667), (4167, 3333),
            id="S = G - L - D: it does not hold them",
        ),
        pytest.param(
            Stated(10000, 1500, 0, 0, 0, 8500), (1000, 0), (278, 222), (4722, 3778),
            id="S = G: the subtotal is before discounts",
        ),
        pytest.param(
            Stated(9000, 0, 0, 0, 0, 9000), (1000, 0), (0, 0), (5000, 4000),
            id="no order discount: only the line's own",
        ),
        pytest.param(
            Stated(10000, 0, 0, 0, 0, 10000), (0, 0), (0, 0), (6000, 4000),
            id="S = G = T: the sums show that the line's own was not taken off",
        ),
        pytest.param(
            Stated(10000, 0, 0, 0, 0, 9000), (1000, 0), (0, 0), (5000, 4000),
            id="S = G but T less: it was taken off after the subtotal",
        ),
        pytest.param(
            Stated(9999, 1500, 0, 0, 0, 7500), (1000, 0), (833, 667), (4167, 3333),
            id="a subtotal that fits nothing: the total decides",
        ),
    ],
)  # fmt: skip
def test_the_discount_style_follows_from_subtotal_and_total(
    stated: Stated, own: tuple[int, ...], order_discounts: tuple[int, ...], items: tuple[int, ...]
) -> None:
    frozen = freeze_stated([6000, 4000], [1000, 0], [None, None], stated)
    assert frozen.discounts == own
    assert frozen.order_discounts == order_discounts
    assert frozen.items == items
    assert frozen.mismatch_minor == 0
    assert sum(frozen.items) == stated.total


@pytest.mark.parametrize(
    ("stated", "style", "mismatch"),
    [
        pytest.param(Stated(1000, 0, 0, 100, 0, 1101), ON_TOP, 1, id="a cent over on top"),
        pytest.param(Stated(1000, 0, 0, 100, 0, 1002), INCLUDED, 2, id="nearer to included"),
        pytest.param(Stated(1000, 0, 0, 0, 0, 950), NONE, -50, id="below what the lines come to"),
    ],
)
def test_a_total_that_nothing_fits_stays_and_the_nearest_style_is_used(
    stated: Stated, style: TaxStyle, mismatch: int
) -> None:
    frozen = freeze_stated([1000], [0], [True], stated)
    assert (frozen.total_minor, frozen.tax_style) == (stated.total, style)
    assert frozen.mismatch_minor == mismatch


def test_tax_is_shared_over_taxable_lines_by_discounted_value() -> None:
    # D = 300 over 2000 and 1000: 200 and 100; the taxable line alone carries the tax
    stated = Stated(2700, 300, 0, 144, 0, 2844)
    frozen = freeze_stated([2000, 1000], [0, 0], [True, False], stated)
    assert frozen.items == (1800, 900)
    assert frozen.taxes == (144, 0)


@pytest.mark.parametrize("taxable", [(None, None), (False, False)], ids=["unmarked", "all not"])
def test_tax_is_shared_over_all_lines_where_none_is_marked(
    taxable: tuple[bool | None, ...],
) -> None:
    frozen = freeze_stated([2000, 1000], [0, 0], taxable, Stated(3000, 0, 0, 300, 0, 3300))
    assert frozen.taxes == (200, 100)


def test_tax_of_taxable_lines_without_value_stays_on_them() -> None:
    stated = Stated(1000, 0, 0, 50, 0, 1050)
    frozen = freeze_stated([0, 1000, 0], [0, 0, 0], [True, False, True], stated)
    assert frozen.taxes == (25, 0, 25)


def test_shipping_is_shared_by_line_value_before_the_order_discount() -> None:
    # values 1000 and 2000, shipping 100: 33.3 and 66.7, the larger remainder gets the cent
    stated = Stated(1500, 1500, 100, 0, 0, 1600)
    frozen = freeze_stated([1000, 2000], [0, 0], [None, None], stated)
    assert frozen.shippings == (33, 67)


def test_equal_remainders_go_to_the_lower_line() -> None:
    frozen = freeze_stated([500, 500, 500], [0, 0, 0], [None] * 3, Stated(1400, 100, 0, 0, 0, 1400))
    assert frozen.order_discounts == (34, 33, 33)


@pytest.mark.parametrize(
    ("tax", "total", "style", "items", "taxes", "tax_minor"),
    [
        pytest.param(100, 1130, ON_TOP, (1000,), (130,), 130, id="beside tax on top"),
        pytest.param(0, 1030, ON_TOP, (1000,), (30,), 30, id="alone: they are on top"),
        pytest.param(100, 1030, INCLUDED, (1030,), (100,), 100, id="beside included tax: in items"),
    ],
)
def test_duties_add_to_the_total_and_come_back_with_the_goods(
    tax: int,
    total: int,
    style: TaxStyle,
    items: tuple[int, ...],
    taxes: tuple[int, ...],
    tax_minor: int,
) -> None:
    frozen = freeze_stated([1000], [0], [True], Stated(1000, 0, 0, tax, 30, total))
    assert (frozen.tax_style, frozen.items, frozen.taxes) == (style, items, taxes)
    assert frozen.tax_minor == tax_minor
    assert paid(frozen) == total


@pytest.mark.parametrize(
    ("style", "total"),
    [pytest.param(ON_TOP, 1130, id="on top"), pytest.param(INCLUDED, 1030, id="included")],
)
def test_a_missing_total_is_computed_in_the_shops_style(style: TaxStyle, total: int) -> None:
    stated = Stated(None, 0, 0, 100, 30, None)
    frozen = freeze_stated([1000], [0], [True], stated, style)
    assert (frozen.total_minor, frozen.is_computed) == (total, True)
    assert paid(frozen) == total


def test_a_missing_total_without_a_style_takes_tax_as_on_top() -> None:
    frozen = freeze_stated([1000], [0], [True], Stated(tax=100), NONE)
    assert (frozen.total_minor, frozen.tax_style) == (1100, ON_TOP)


def test_a_discount_above_the_goods_leaves_nothing_rather_than_less() -> None:
    frozen = freeze_stated([1000], [0], [None], Stated(0, 1500, 0, 0, 0, 0))
    assert (frozen.items, frozen.order_discount_minor, frozen.mismatch_minor) == ((0,), 1000, 0)


def test_listed_taxes_stay_with_their_lines() -> None:
    # values 3000 - 300 and 1000; order discount 370 by 2700 : 1000 is 270 and 100
    frozen = freeze_listed([3000, 1000], [300, 0], [243, 0], 370, 500, ON_TOP)
    assert frozen.items == (2430, 900)
    assert frozen.taxes == (243, 0)
    assert frozen.total_minor == 2430 + 900 + 500 + 243
    assert paid(frozen) == frozen.total_minor


@pytest.mark.parametrize(
    ("taxes", "style", "expected", "total"),
    [
        pytest.param([0], INCLUDED, NONE, 1000, id="no tax at all"),
        pytest.param([190], INCLUDED, INCLUDED, 1000, id="contained"),
        pytest.param([190], ON_TOP, ON_TOP, 1190, id="on top"),
        pytest.param([190], NONE, ON_TOP, 1190, id="a tax that prices do not hold is on top"),
    ],
)
def test_a_listed_order_without_a_stated_total_sums_up(
    taxes: list[int], style: TaxStyle, expected: TaxStyle, total: int
) -> None:
    frozen = freeze_listed([1000], [0], taxes, 0, 0, style)
    assert (frozen.tax_style, frozen.total_minor) == (expected, total)


amounts = st.integers(0, 10**9)
lines = st.lists(
    st.tuples(amounts, st.integers(0, 100), st.sampled_from([True, False, None])),
    min_size=1,
    max_size=8,
)


@settings(deadline=None)
@given(
    lines,
    amounts,
    amounts,
    amounts,
    st.integers(0, 100),
    st.sampled_from(["own inside", "own beside"]),
    st.booleans(),
)
def test_whatever_fits_sums_to_the_total_exactly(
    made: list[tuple[int, int, bool | None]],
    shipping: int,
    tax: int,
    duties: int,
    percent: int,
    layout: str,
    on_top: bool,
) -> None:
    gross = [value for value, _, _ in made]
    own = [value * part // 100 for value, part, _ in made]
    shared = (sum(gross) - sum(own)) * percent // 100
    goods = sum(gross) - sum(own) - shared
    discount = shared + (sum(own) if layout == "own inside" else 0)
    total = goods + shipping + duties + (tax if on_top else 0)
    stated = Stated(goods, discount, shipping, tax, duties, total)
    frozen = freeze_stated(gross, own, [mark for _, _, mark in made], stated)
    assert frozen.mismatch_minor == 0
    assert paid(frozen) == total
    assert sum(frozen.order_discounts) == frozen.order_discount_minor
    assert min(frozen.items) >= 0
    assert all(
        value - own_part - share <= item
        for value, own_part, share, item in zip(
            gross, frozen.discounts, frozen.order_discounts, frozen.items, strict=True
        )
    )


@settings(deadline=None)
@given(lines, amounts, amounts, amounts, amounts, st.none() | amounts, st.none() | amounts)
def test_sums_of_any_kind_freeze_without_an_error(
    made: list[tuple[int, int, bool | None]],
    discount: int,
    shipping: int,
    tax: int,
    duties: int,
    subtotal: int | None,
    total: int | None,
) -> None:
    gross = [value for value, _, _ in made]
    own = [value * part // 100 for value, part, _ in made]
    stated = Stated(subtotal, discount, shipping, tax, duties, total)
    frozen = freeze_stated(gross, own, [mark for _, _, mark in made], stated)
    assert paid(frozen) == frozen.total_minor - frozen.mismatch_minor
    assert min(frozen.items) >= 0
    assert frozen.total_minor == total or frozen.is_computed
