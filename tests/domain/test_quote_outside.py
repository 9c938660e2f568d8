"""Money that the source gave back for a line: the line pays only what is left of it (I3)."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from returns_cli.domain.quote import order_allowance, quote_return
from returns_cli.domain.record import OrderLedger
from tests.domain.worked import line, order, parts, quoted

# Two tees for 40.00 with 4.00 tax on top and 2.00 shipping: 46.00; a coat for 60.00.
TEES = line(1, 2, 4000, tax=400, shipping=200)
COAT = line(2, 1, 6000)
SHOP = order(TEES, COAT)
GRADES = {"inspection.damaged.refund": "50%"}


def ledger(
    outside: Mapping[int, int], paid_back: Mapping[tuple[str, int], int] | None = None
) -> OrderLedger:
    """What was given back outside by line, and by other returns."""
    return OrderLedger(
        {},
        {},
        sum((paid_back or {}).values()),
        sum(outside.values()),
        {},
        external_lines=outside,
        paid_back=paid_back or {},
    )


@pytest.mark.parametrize(
    ("outside", "expected"),
    [
        pytest.param({}, [("items", 1, 4000), ("tax", 1, 400), ("original_shipping", 1, 200)],
            id="nothing"),
        pytest.param({1: 100}, [("items", 1, 4000), ("tax", 1, 400), ("original_shipping", 1, 100)],
            id="a part of the shipping"),
        # 21.00 of 44.00 go off goods and tax, 40 : 4, which is 19.09 and 1.91.
        pytest.param({1: 2300}, [("items", 1, 2091), ("tax", 1, 209)], id="half of the line"),
        pytest.param({1: 4600}, [("items", 1, 0)], id="all of the line"),
        pytest.param({2: 6000},
            [("items", 1, 4000), ("tax", 1, 400), ("original_shipping", 1, 200)],
            id="another line"),
    ],
)  # fmt: skip
def test_a_line_pays_what_is_left_of_it(
    outside: dict[int, int], expected: list[tuple[str, int, int]]
) -> None:
    terms = {"refund.original_shipping": "always"}
    quote = quote_return(SHOP, "RMA-1", [quoted(TEES, 2, terms)], ledger(outside), 100_000)
    assert [one for one in parts(quote.components) if one[2] or one[0] == "items"] == expected
    assert quote.takes[0][1].units == 2


def test_one_unit_of_two_is_paid_in_full_while_the_other_was_given_back_outside() -> None:
    quote = quote_return(SHOP, "RMA-1", [quoted(TEES, 1)], ledger({1: 2300}), 100_000)
    assert parts(quote.components) == [("items", 1, 2000), ("tax", 1, 200)]


@pytest.mark.parametrize(
    ("paid_back", "total"),
    [
        pytest.param({}, 3300, id="13.00 of 46.00 were given back outside"),
        pytest.param({("RMA-2", 1): 2200}, 1100, id="and 22.00 by another return"),
        pytest.param({("RMA-1", 1): 2200}, 3300, id="its own refunds are in what it pays in all"),
        pytest.param({("RMA-2", 2): 6000}, 3300, id="of another line"),
    ],
)
def test_other_returns_count_against_the_line_too(
    paid_back: dict[tuple[str, int], int], total: int
) -> None:
    quote = quote_return(SHOP, "RMA-1", [quoted(TEES, 2)], ledger({1: 1300}, paid_back), 100_000)
    assert quote.total_minor == total


@pytest.mark.parametrize(
    ("outside", "expected"),
    [
        # Damaged goods are worth 30.00 of 60.00; what was given back comes off that.
        pytest.param(1000, [("items", 2, 5000), ("condition_deduction", 2, -3000)], id="some left"),
        pytest.param(3000, [("items", 2, 3000), ("condition_deduction", 2, -3000)], id="all given"),
        pytest.param(5000, [("items", 2, 1000), ("condition_deduction", 2, -1000)], id="too much"),
    ],
)  # fmt: skip
def test_damaged_goods_never_take_off_more_than_is_left_to_pay(
    outside: int, expected: list[tuple[str, int, int]]
) -> None:
    coat = quoted(COAT, 1, GRADES, grades=[("damaged", 1)])
    quote = quote_return(SHOP, "RMA-1", [coat], ledger({2: outside}), 100_000)
    assert parts(quote.components) == expected


def test_fees_are_cut_so_that_nothing_is_owed_to_the_shop() -> None:
    coat = quoted(COAT, 1, {"fees.return_shipping": "6.95"})
    quote = quote_return(SHOP, "RMA-1", [coat], ledger({2: 5500}), 100_000)
    assert quote.total_minor == 0
    assert parts(quote.components) == [("items", 2, 500), ("return_shipping", None, -500)]


def test_the_order_allows_what_is_left_of_all() -> None:
    assert order_allowance(SHOP, ledger({1: 1300, 2: 6000}), 0) == 10_600 - 7_300
