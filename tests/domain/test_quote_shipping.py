"""Which original shipping comes back. Worked out on paper; the sums stand in the ids."""

from __future__ import annotations

import pytest

from returns_cli.domain.model import OrderLine
from returns_cli.domain.quote import QuotedLine, quote_return
from returns_cli.domain.record import Consumption, OrderLedger
from returns_cli.domain.vocabulary import TaxStyle
from tests.domain.worked import (
    Terms,
    consumed,
    empty_ledger,
    line,
    order,
    parts,
    quote_of,
    quoted,
)

ALWAYS: Terms = {"refund.original_shipping": "always"}
NEVER: Terms = {"refund.original_shipping": "never"}
STANDARD: Terms = {"refund.original_shipping": "standard_only"}
# 10.00 of shipping over three lines by value: 3.34 + 3.33 + 3.33.
ONE, TWO, THREE = (line(n, 2, 2000, shipping=334 if n == 1 else 333) for n in (1, 2, 3))
SENT = order(ONE, TWO, THREE, style=TaxStyle.NONE)


@pytest.mark.parametrize(
    ("lines", "standard", "expected"),
    [
        pytest.param(
            [quoted(ONE, 2, NEVER), quoted(TWO, 2, NEVER), quoted(THREE, 2, NEVER)],
            None,
            [],
            id="never: not even when all comes back",
        ),
        pytest.param(
            [quoted(ONE, 1, ALWAYS)], None, [(1, 167)], id="always: one of two units, 1.67 of 3.34"
        ),
        pytest.param(
            [quoted(TWO, 1, ALWAYS)],
            None,
            [(2, 167)],
            id="always: one of two units, 1.665 of 3.33, so 1.67",
        ),
        pytest.param(
            [quoted(ONE, 2, ALWAYS), quoted(TWO, 2, ALWAYS), quoted(THREE, 2, ALWAYS)],
            None,
            [(1, 334), (2, 333), (3, 333)],
            id="always: all of it, 10.00",
        ),
        pytest.param(
            [quoted(ONE, 2), quoted(TWO, 2), quoted(THREE, 1)],
            None,
            [],
            id="full_return: nothing while a unit stays",
        ),
        pytest.param(
            [quoted(ONE, 2), quoted(TWO, 2), quoted(THREE, 2)],
            None,
            [(1, 334), (2, 333), (3, 333)],
            id="full_return: all of it with the last unit",
        ),
        pytest.param(
            [quoted(ONE, 2, STANDARD), quoted(TWO, 2, STANDARD), quoted(THREE, 2, STANDARD)],
            500,
            [(1, 167), (2, 167), (3, 166)],
            id="standard 5.00: 1.67 + 1.665 + 1.665, the odd cent to the lower line, 5.00 in all",
        ),
        pytest.param(
            [quoted(ONE, 1, STANDARD)], 500, [(1, 84)], id="standard 5.00: half of 1.67 is 0.835"
        ),
        pytest.param(
            [quoted(ONE, 2, STANDARD)], 1500, [(1, 334)], id="standard above what was charged: 3.34"
        ),
        pytest.param(
            [quoted(ONE, 2, STANDARD)], None, [(1, 334)], id="standard not known: nothing limits it"
        ),
        pytest.param([quoted(ONE, 2, STANDARD)], 0, [], id="standard is free: nothing"),
        pytest.param(
            [quoted(ONE, 2), quoted(TWO, 2, NEVER), quoted(THREE, 2, ALWAYS)],
            None,
            [(1, 334), (3, 333)],
            id="each line as its own setting says",
        ),
    ],
)
def test_original_shipping_comes_back_as_the_policy_says(
    lines: list[QuotedLine], standard: int | None, expected: list[tuple[int, int]]
) -> None:
    quote = quote_of(SENT, *lines, standard=standard)

    assert [
        (one.line, one.amount_minor) for one in quote.components if one.kind == "original_shipping"
    ] == expected


def test_shipping_that_was_free_is_not_shared() -> None:
    free = line(1, 1, 1000)
    quote = quote_of(order(free), quoted(free, 1, STANDARD), standard=500)

    assert parts(quote.components) == [("items", 1, 1000)]


@pytest.mark.parametrize(
    ("lines", "back", "expected"),
    [
        pytest.param(
            (line(1, 3, 3000, shipping=600, shipped=2), line(2, 1, 1000, shipping=200)),
            {1: 2, 2: 1},
            [(1, 600), (2, 200)],
            id="a third unit was never shipped: all shipped ones are back, so all the shipping",
        ),
        pytest.param(
            (line(1, 1, 1000, shipping=600), line(2, 1, 1000, shipping=200, shipped=0)),
            {1: 1},
            [(1, 600), (2, 200)],
            id="line 2 was never shipped",
        ),
        pytest.param(
            (line(1, 1, 1000, shipping=600), line(2, 1, 1000, shipping=200, cancelled=True)),
            {1: 1},
            [(1, 600), (2, 200)],
            id="line 2 was cancelled: its share was paid all the same",
        ),
        pytest.param(
            (line(1, 1, 1000, shipping=600), line(2, 1, 0, shipping=0)),
            {1: 1},
            [],
            id="a free gift that stays is a unit that stays",
        ),
    ],
)
def test_a_full_return_is_one_of_all_that_was_shipped(
    lines: tuple[OrderLine, ...], back: dict[int, int], expected: list[tuple[int, int]]
) -> None:
    bought = order(*lines)
    found = {one.line: one for one in bought.lines}
    quote = quote_of(bought, *(quoted(found[number], units) for number, units in back.items()))

    assert [
        (one.line, one.amount_minor) for one in quote.components if one.kind == "original_shipping"
    ] == expected


# 4 units that carry 0.03 of shipping: 2 units take 0.015, so 0.02; then one takes 0.005, so 0.01.
QUAD = line(1, 4, 4000, shipping=3)
SPARE = line(2, 1, 1000, shipping=2)
SMALL = order(QUAD, SPARE, style=TaxStyle.NONE)


@pytest.mark.parametrize(
    ("lines", "ledger", "expected"),
    [
        pytest.param(
            [quoted(QUAD, 2, ALWAYS)],
            consumed(
                ("RMA-1", 1, Consumption(2, 2000, 0, 2)), ("RMA-2", 1, Consumption(1, 1000, 0, 1))
            ),
            [(1, 2)],
            id="what was paid stays paid, whoever came later",
        ),
        pytest.param(
            [quoted(QUAD, 3, ALWAYS)],
            consumed(
                ("RMA-1", 1, Consumption(2, 2000, 0, 2)), ("RMA-2", 1, Consumption(1, 1000, 0, 1))
            ),
            [(1, 2)],
            id="one more unit of the same return takes the rest, which is nothing",
        ),
        pytest.param(
            [quoted(QUAD, 1, ALWAYS)],
            consumed(("RMA-1", 1, Consumption(2, 2000, 0, 2))),
            [(1, 1)],
            id="one of its two paid units after all: 0.03 / 4 is 0.0075",
        ),
        pytest.param(
            [quoted(QUAD, 2)],
            consumed(("RMA-2", 1, Consumption(2, 2000)), ("RMA-2", 2, Consumption(1, 1000))),
            [(1, 3), (2, 2)],
            id="the second return completes it and pays what the first left behind",
        ),
        pytest.param(
            [quoted(SPARE, 1)],
            consumed(("RMA-2", 1, Consumption(4, 4000))),
            [(2, 2), (1, 3)],
            id="also of a line that it does not hold",
        ),
        pytest.param(
            [quoted(QUAD, 4)],
            consumed(
                ("RMA-1", 1, Consumption(4, 4000)),
                ("RMA-2", 1, Consumption(0, 0, 0, 3)),
                ("RMA-2", 2, Consumption(1, 1000, 0, 2)),
            ),
            [],
            id="the first return does not pay again what the second paid",
        ),
        pytest.param(
            [quoted(SPARE, 1)],
            consumed(
                ("RMA-2", 1, Consumption(4, 4000)),
                ("RMA-1", 1, Consumption(0, 0, 0, 3)),
                ("RMA-1", 2, Consumption(1, 1000, 0, 2)),
            ),
            [(2, 2), (1, 3)],
            id="and the second, asked again, says the same",
        ),
        pytest.param(
            [quoted(SPARE, 1, NEVER)],
            consumed(("RMA-2", 1, Consumption(4, 4000))),
            [],
            id="no setting of the return asks for it",
        ),
        pytest.param(
            [quoted(QUAD, 2, STANDARD)],
            consumed(("RMA-2", 1, Consumption(2, 2000, 0, 2))),
            [],
            id="standard 0.02 is 0.012 + 0.008, so 0.01 a line; 0.02 went out under another rule",
        ),
    ],
)
def test_shipping_counts_what_refunds_took_before(
    lines: list[QuotedLine], ledger: OrderLedger, expected: list[tuple[int, int]]
) -> None:
    quote = quote_return(SMALL, "RMA-1", lines, ledger, 5005, 2)

    assert [
        (one.line, one.amount_minor) for one in quote.components if one.kind == "original_shipping"
    ] == expected


GIFT, PARKA = line(1, 1, 0), line(2, 1, 2000, shipping=500)


@pytest.mark.parametrize(
    ("came_back", "last", "shipping"),
    [
        pytest.param({}, "", 0, id="a gift that stays is a unit that stays"),
        pytest.param({1: 1, 2: 1}, "RMA-2", 500, id="the gift came for nothing, then this: full"),
        pytest.param({1: 1}, "RMA-1", 0, id="the gift came, this did not yet"),
        pytest.param({2: 1}, "RMA-2", 0, id="this came, the gift did not"),
        pytest.param({1: 1, 2: 1}, "RMA-1", 0, id="the gift came last: its return pays it"),
    ],
)
def test_the_return_that_arrives_last_makes_it_full(
    came_back: dict[int, int], last: str, shipping: int
) -> None:
    ledger = OrderLedger({}, {}, 0, 0, {}, came_back, last)
    quote = quote_return(order(GIFT, PARKA), "RMA-2", [quoted(PARKA, 1)], ledger, 2500)

    assert quote.total_minor == 2000 + shipping


def test_a_gift_that_arrives_last_brings_the_shipping_and_nothing_else() -> None:
    paid = consumed(("RMA-2", 2, Consumption(1, 2000)))
    ledger = paid._replace(came_back={1: 1, 2: 1}, last_back="RMA-1")
    quote = quote_return(order(GIFT, PARKA), "RMA-1", [quoted(GIFT, 1)], ledger, 500)

    assert parts(quote.components) == [("items", 1, 0), ("original_shipping", 2, 500)]


def test_shipping_that_was_paid_stays_paid_when_another_return_is_undone() -> None:
    # RMA-1 completed the order and was paid 5.00 for both lines; then RMA-2's refund was reversed.
    bought = order(line(1, 1, 1000, shipping=200), line(2, 1, 2000, shipping=300))
    ledger = consumed(
        ("RMA-1", 1, Consumption(1, 1000, 0, 200)), ("RMA-1", 2, Consumption(0, 0, 0, 300))
    )
    quote = quote_return(bought, "RMA-1", [quoted(bought.lines[0], 1)], ledger, 3500)

    assert parts(quote.components) == [
        ("items", 1, 1000),
        ("original_shipping", 1, 200),
        ("original_shipping", 2, 300),
    ]


def test_standard_shipping_is_not_exceeded_by_two_returns_of_one_line() -> None:
    # 10.00 charged, 5.00 standard: 2.50 for the first of two units and 2.50 for the second.
    pair = line(1, 2, 2000, shipping=1000)
    bought = order(pair, style=TaxStyle.NONE)
    first = quote_return(bought, "RMA-1", [quoted(pair, 1, STANDARD)], empty_ledger(), 3000, 500)
    taken = consumed(("RMA-1", 1, first.takes[0][1]))
    second = quote_return(bought, "RMA-2", [quoted(pair, 1, STANDARD)], taken, 3000, 500)

    assert [first.total_minor, second.total_minor] == [1250, 1250]
