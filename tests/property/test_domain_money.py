"""What must always hold of money: shares that sum, quotes that sum, refunds that never exceed."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import given, settings
from hypothesis import strategies as st

from returns_cli.domain.model import Component, Order, OrderLine
from returns_cli.domain.money import (
    allocate,
    exponent,
    format_amount,
    parse_amount,
    round_half_away,
    share_of_rest,
)
from returns_cli.domain.quote import QuotedLine
from returns_cli.domain.settle import Owed, part_of
from returns_cli.domain.vocabulary import Fault, TaxStyle
from tests.domain.worked import Book, Terms, line, order, quoted

CURRENCIES = st.sampled_from(["USD", "JPY", "KWD"])
MINOR = st.integers(0, 10**9)


@given(st.integers(-(10**12), 10**12), st.lists(st.integers(0, 10**9), min_size=1, max_size=12))
def test_shares_sum_to_the_total_and_none_is_a_cent_off(total: int, weights: list[int]) -> None:
    shares = allocate(total, weights)
    whole = sum(weights) or len(weights)

    assert sum(shares) == total
    for share, weight in zip(shares, weights if sum(weights) else [1] * len(weights), strict=True):
        assert abs(share * whole - total * weight) < whole  # less than one unit from the exact part


@given(st.integers(-(10**12), 10**12), st.integers(1, 10**6))
def test_rounding_is_to_the_nearest_and_mirrors_at_zero(numerator: int, denominator: int) -> None:
    rounded = round_half_away(numerator, denominator)

    assert abs(2 * (rounded * denominator - numerator)) <= denominator
    assert round_half_away(-numerator, denominator) == -rounded


@given(MINOR, st.lists(st.integers(1, 5), min_size=1, max_size=8))
def test_partial_refunds_in_any_steps_sum_to_what_was_paid(total: int, steps: list[int]) -> None:
    given_minor = before = 0
    for units in steps:
        share = share_of_rest(total, given_minor, units, sum(steps), before)
        assert share >= 0
        given_minor += share
        before += units

    assert given_minor == total


@given(st.integers(-(10**14) + 1, 10**14 - 1), CURRENCIES)
def test_an_amount_comes_back_as_it_was_written(minor: int, currency: str) -> None:
    text = format_amount(minor, currency)

    assert parse_amount(text, currency) == minor
    assert len(text.partition(".")[2]) == exponent(currency)


# --- orders, returns and the ledger -------------------------------------------------------------


@st.composite
def bought(draw: st.DrawFn) -> Order:
    """An order whose discount, tax and shipping rarely divide; some goods are free.

    What is not free is worth a minor unit a piece at least: a share that rounds to nothing leaves
    no refund that the next share could be counted from.
    """
    count = draw(st.integers(1, 4))
    quantities = draw(st.lists(st.integers(1, 4), min_size=count, max_size=count))
    prices = draw(st.lists(st.integers(0, 100_000), min_size=count, max_size=count))
    values = [quantity * price for quantity, price in zip(quantities, prices, strict=True)]
    discount = allocate(draw(st.integers(0, sum(values))), values)
    paid = [value - less for value, less in zip(values, discount, strict=True)]
    style = draw(st.sampled_from(TaxStyle))
    tax = [0] * count if style is TaxStyle.NONE else allocate(sum(paid) * 19 // 119, paid)
    shipping = allocate(draw(st.integers(0, 5_000)), paid)
    rows = zip(quantities, paid, tax, shipping, strict=True)
    lines = [
        line(
            number,
            quantity,
            max(items, quantity) if items else 0,
            tax=on,
            shipping=max(sent, quantity) if sent and not items else sent,
        )
        for number, (quantity, items, on, sent) in enumerate(rows, start=1)
    ]
    return order(*lines, style=style, currency=draw(CURRENCIES))


@st.composite
def journeys(draw: st.DrawFn) -> tuple[Order, list[tuple[str, int]]]:
    """An order and its units, each in one of three returns, in the order of their arrival."""
    made = draw(bought())
    units = [one.line for one in made.lines for _ in range(one.quantity)]
    arrivals = [(draw(st.sampled_from(["RMA-1", "RMA-2", "RMA-3"])), number) for number in units]
    return made, draw(st.permutations(arrivals))


def back(
    made: Order, arrived: Mapping[tuple[str, int], int], rma: str, terms: Terms
) -> list[QuotedLine]:
    """The lines of one return with what arrived for it."""
    return [
        quoted(one, arrived[rma, one.line], terms)
        for one in made.lines
        if arrived.get((rma, one.line))
    ]


SHIPPING = st.sampled_from(["full_return", "always", "standard_only"])


@given(journeys(), SHIPPING, st.lists(st.none() | st.integers(1, 9_999), max_size=16))
def test_returning_everything_gives_back_exactly_what_was_paid(
    journey: tuple[Order, list[tuple[str, int]]], shipping: str, payments: list[int | None]
) -> None:
    made, arrivals = journey
    terms = {"refund.original_shipping": shipping}
    book = Book(made, standard=made.shipping_minor)
    arrived: dict[tuple[str, int], int] = {}
    for rma, number in arrivals:
        arrived[rma, number] = arrived.get((rma, number), 0) + 1
        book.arrive(rma, number)
        amount = payments.pop() if payments else None  # now and then a part of what is owed
        book.pay(rma, *back(made, arrived, rma, terms), amount=amount)
        assert book.total() <= made.total_minor
    for rma in ("RMA-1", "RMA-2", "RMA-3"):
        book.pay(rma, *back(made, arrived, rma, terms))

    tax = made.tax_minor if made.tax_style is TaxStyle.ON_TOP else 0
    assert book.total("items") == sum(one.items_minor for one in made.lines)
    assert book.total("tax") == tax
    assert book.total("original_shipping") == made.shipping_minor
    assert book.total() == made.total_minor


@given(journeys(), SHIPPING, st.data())
def test_reversed_refunds_can_be_paid_again_to_the_cent(
    journey: tuple[Order, list[tuple[str, int]]], shipping: str, data: st.DataObject
) -> None:
    made, arrivals = journey
    terms = {"refund.original_shipping": shipping}
    book = Book(made)
    arrived: dict[tuple[str, int], int] = {}
    for rma, number in arrivals:
        arrived[rma, number] = arrived.get((rma, number), 0) + 1
        book.arrive(rma, number)
        book.pay(rma, *back(made, arrived, rma, terms))
        if data.draw(st.booleans(), label="reverse one") and book.paid:
            book.reverse(data.draw(st.integers(0, len(book.paid) - 1), label="which"))
        assert book.total() <= made.total_minor
    for _ in range(2):  # the last unit of one return may complete the shipping of another
        for rma in ("RMA-1", "RMA-2", "RMA-3"):
            book.pay(rma, *back(made, arrived, rma, terms))

    assert book.total() == made.total_minor


@given(journeys(), SHIPPING)
def test_what_a_return_was_paid_stays_its_quote_whatever_else_arrives(
    journey: tuple[Order, list[tuple[str, int]]], shipping: str
) -> None:
    made, arrivals = journey
    terms = {"refund.original_shipping": shipping}
    book = Book(made, standard=made.shipping_minor // 2)
    arrived: dict[tuple[str, int], int] = {}
    paid: dict[str, int] = {}
    for rma, number in arrivals:
        arrived[rma, number] = arrived.get((rma, number), 0) + 1
        book.arrive(rma, number)
        for other in paid:
            if other != rma:
                total = book.quote(other, *back(made, arrived, other, terms)).total_minor
                assert total == paid[other]
        paid[rma] = paid.get(rma, 0) + book.pay(rma, *back(made, arrived, rma, terms))
    for rma, total in paid.items():
        assert book.quote(rma, *back(made, arrived, rma, terms)).total_minor == total


@given(journeys(), st.integers(0, 6_000))
def test_standard_shipping_bounds_all_returns_together(
    journey: tuple[Order, list[tuple[str, int]]], standard: int
) -> None:
    made, arrivals = journey
    book = Book(made, standard=standard)
    arrived: dict[tuple[str, int], int] = {}
    for rma, number in arrivals:
        arrived[rma, number] = arrived.get((rma, number), 0) + 1
        book.arrive(rma, number)
        book.pay(rma, *back(made, arrived, rma, {"refund.original_shipping": "standard_only"}))

    assert book.total("original_shipping") == min(standard, made.shipping_minor)


# --- any policy at all --------------------------------------------------------------------------

PERCENT = st.sampled_from(["0%", "10%", "12.5%", "33%", "50%", "100%"])
AMOUNT = st.sampled_from(["0", "1", "7", "250"])
GRADES = ("new", "opened", "used")


@st.composite
def any_terms(draw: st.DrawFn) -> Terms:
    """Settings as any policy may write them."""
    chosen: dict[str, str | tuple[str, ...]] = {
        "fees.restocking": draw(PERCENT | AMOUNT),
        "fees.return_shipping": draw(AMOUNT),
        "fees.transfer": draw(AMOUNT),
        "fees.waived_for_fault": draw(st.sampled_from([(), ("merchant",)])),
        "refund.to": draw(st.sampled_from(["original_payment", "store_credit", "bank_transfer"])),
        "refund.original_shipping": draw(
            st.sampled_from(["never", "full_return", "always", "standard_only"])
        ),
        "keep_item": draw(st.sampled_from(["false", "true"])),
    }
    if draw(st.booleans()):
        chosen["store_credit.bonus"] = draw(PERCENT | AMOUNT)
        chosen["store_credit.bonus_cap"] = draw(st.sampled_from(["none", "0", "7"]))
    for grade in GRADES:
        chosen[f"inspection.{grade}.refund"] = draw(PERCENT)
        if draw(st.booleans()):
            chosen[f"inspection.{grade}.restocking"] = draw(PERCENT | AMOUNT)
    return chosen


@st.composite
def any_line(draw: st.DrawFn, of: OrderLine) -> QuotedLine:
    """Some units of a line, graded in part, under any settings."""
    units = draw(st.integers(0, of.quantity))
    found = draw(st.lists(st.sampled_from(GRADES), max_size=units))
    return quoted(
        of,
        units,
        draw(any_terms()),
        grades=[(grade, found.count(grade)) for grade in GRADES if grade in found],
        fault=draw(st.sampled_from(Fault)),
        resolution=draw(st.sampled_from(["refund", "store_credit", "exchange"])),
    )


@given(bought(), st.data())
@settings(max_examples=100)
def test_a_quote_sums_is_never_negative_and_never_above_its_cap(
    made: Order, data: st.DataObject
) -> None:
    external = data.draw(st.integers(0, made.total_minor), label="refunded before")
    book = Book(
        made._replace(refunded_minor=external),
        standard=data.draw(st.none() | st.integers(0, 6_000), label="standard"),
    )
    for rma in ("RMA-1", "RMA-2", "RMA-1"):
        lines = [data.draw(any_line(one)) for one in made.lines]
        quote = book.quote(rma, *lines)
        kinds = {one.kind: one.amount_minor for one in quote.components}

        assert quote.total_minor == sum(one.amount_minor for one in quote.components)
        assert 0 <= quote.capped_minor <= book.allowance(rma)
        assert quote.capped_minor <= quote.total_minor
        assert (
            0
            <= quote.tax_included_minor
            <= max(0, quote.capped_minor) + sum(-minor for minor in kinds.values() if minor < 0)
        )
        for one in quote.components:
            is_fee = one.kind.endswith(("_fee", "_deduction")) or one.kind == "return_shipping"
            assert one.amount_minor <= 0 if is_fee else one.amount_minor >= 0
        book.pay(rma, *lines)

        assert external + book.total() - book.total("bonus_credit") <= made.total_minor
        for number, take in book.ledger().consumed.items():
            paid_for = next(one for one in made.lines if one.line == number)
            assert take.units <= paid_for.quantity
            assert take.items_minor <= paid_for.items_minor
            assert take.tax_minor <= paid_for.tax_minor
            assert take.shipping_minor <= paid_for.shipping_minor


@given(
    st.lists(st.integers(1, 10_000), min_size=1, max_size=5),
    st.lists(st.integers(1, 1_000), max_size=3),
    st.data(),
)
def test_a_part_payment_and_the_rest_are_the_whole(
    plus: list[int], minus: list[int], data: st.DataObject
) -> None:
    components = tuple(
        [Component("items", number, minor) for number, minor in enumerate(plus)]
        + [Component("restocking_fee", number, -minor) for number, minor in enumerate(minus)]
    )
    owed = Owed("original_payment", components)
    if owed.amount_minor <= 0:
        return
    amount = data.draw(st.integers(1, owed.amount_minor))
    part = {(one.kind, one.line): one.amount_minor for one in part_of(owed, amount).components}

    assert sum(part.values()) == amount
    for one in components:
        now = part.get((one.kind, one.line), 0)
        assert 0 <= now <= one.amount_minor or one.amount_minor <= now <= 0
