"""What a file without items adds to an order: sums, refunds, that it is cancelled."""

from __future__ import annotations

import pytest

from returns_cli.domain.added_facts import AddedFacts, add_facts
from returns_cli.domain.freeze import Stated
from returns_cli.domain.model import Order, SourceRefund
from returns_cli.domain.vocabulary import TaxStyle
from tests.domain.worked import line, order

# Two mugs at 12.00 and a jug at 20.00: 44.00 in all.
MUGS = line(1, 2, 2400)._replace(unit_price_minor=1200, sku="MUG", title="Mug")
JUG = line(2, 1, 2000)._replace(unit_price_minor=2000, sku="JUG", title="Jug")
BOUGHT = order(MUGS, JUG, style=TaxStyle.NONE)
BACK = SourceRefund(500, None, "2026-01-05", "P-1")


def money(bought: Order) -> tuple[int, int, list[tuple[int, int, int]]]:
    """Total, captured, and per line goods, tax and shipping."""
    lines = [(one.items_minor, one.tax_minor, one.shipping_minor) for one in bought.lines]
    return bought.total_minor, bought.captured_minor, lines


def test_sums_freeze_the_lines_anew() -> None:
    # 4.40 off 44.00 is 10 % of each line; 11.00 of shipping by 24 : 20 is 6.00 and 5.00.
    sums = Stated(4400, discount=440, shipping=1100, total=5060)
    added = add_facts(BOUGHT, AddedFacts(sums=sums))
    assert money(added.order) == (5060, 5060, [(2160, 0, 600), (1800, 0, 500)])
    assert (added.mismatch_minor, added.order.order_discount_minor) == (0, 440)
    assert add_facts(added.order, AddedFacts(sums=sums)).order == added.order


def test_sums_that_do_not_add_up_are_said_and_the_stated_total_counts() -> None:
    added = add_facts(BOUGHT, AddedFacts(sums=Stated(4400, total=4500)))
    assert (added.order.total_minor, added.mismatch_minor) == (4500, 100)


def test_a_cancelled_line_has_no_part_in_the_sums() -> None:
    bought = order(MUGS, JUG._replace(cancelled=True, items_minor=0), style=TaxStyle.NONE)
    added = add_facts(bought, AddedFacts(sums=Stated(2400, shipping=300, total=2700)))
    assert money(added.order)[2] == [(2400, 0, 300), (0, 0, 0)]


@pytest.mark.parametrize(
    ("captured", "facts", "expected"),
    [
        pytest.param(4400, AddedFacts(total_minor=5000), (5000, 5000, 600), id="paid in full"),
        pytest.param(1000, AddedFacts(total_minor=5000), (5000, 1000, 600), id="paid in part"),
        pytest.param(4400, AddedFacts(total_minor=4400), (4400, 4400, 0), id="the same"),
        pytest.param(4400, AddedFacts(captured_minor=900), (4400, 900, 0), id="paid in"),
    ],
)
def test_a_total_alone_leaves_the_lines(
    captured: int, facts: AddedFacts, expected: tuple[int, int, int]
) -> None:
    bought = order(MUGS, JUG, style=TaxStyle.NONE, captured=captured)
    first = add_facts(bought, facts)
    again = add_facts(first.order, facts)
    for added in (first, again):
        assert (*money(added.order)[:2], added.mismatch_minor) == expected
        assert added.order.lines == bought.lines


def test_an_order_without_money_has_nothing_that_a_total_could_differ_from() -> None:
    free = order(line(1, 1, 0), style=TaxStyle.NONE)
    assert add_facts(free, AddedFacts(total_minor=900)).mismatch_minor == 0


@pytest.mark.parametrize(
    ("item", "on"),
    [
        pytest.param("JUG", 2, id="by its SKU"),
        pytest.param("Mug", 1, id="by its title"),
        pytest.param("HAT", None, id="no such item"),
        pytest.param("", None, id="not said"),
    ],
)
def test_a_refund_goes_to_the_one_line_of_its_item(item: str, on: int | None) -> None:
    added = add_facts(BOUGHT, AddedFacts("USD", refunds=(BACK,), items=(item,)))
    assert (added.order.refunded_minor, added.order.refunds) == (500, (BACK._replace(line=on),))


def test_a_refund_of_an_item_on_two_lines_belongs_to_no_line() -> None:
    twice = order(MUGS, JUG._replace(sku="MUG"))
    assert add_facts(twice, AddedFacts(refunds=(BACK,), items=("MUG",))).order.refunds == (BACK,)


def test_a_sum_of_refunds_is_kept_even_where_nothing_is_told_apart() -> None:
    added = add_facts(BOUGHT, AddedFacts(refunded_minor=700)).order
    assert (added.refunded_minor, added.refunds) == (700, (SourceRefund(700),))


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        pytest.param(AddedFacts("EUR", total_minor=4400), "E-CURRENCY-MIXED", id="currency"),
        pytest.param(AddedFacts(refunded_minor=4401), "E-REFUND-OVER", id="above the total"),
        pytest.param(AddedFacts(refunded_minor=4400), "", id="all of it"),
        pytest.param(
            AddedFacts(total_minor=400, refunded_minor=500), "E-REFUND-OVER", id="of its own total"
        ),
    ],
)
def test_facts_that_cannot_be_the_order_s_are_refused(facts: AddedFacts, refusal: str) -> None:
    added = add_facts(BOUGHT, facts)
    assert added.refusal == refusal
    assert not refusal or added.order == BOUGHT


def test_a_cancelled_order_has_cancelled_lines() -> None:
    added = add_facts(BOUGHT, AddedFacts(cancelled_at="2026-03-02")).order
    assert added.cancelled_at == "2026-03-02"
    assert all(one.cancelled for one in added.lines)
    assert add_facts(added, AddedFacts(cancelled_at="2026-03-09")).order == added
