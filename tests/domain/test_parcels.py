from __future__ import annotations

from typing import Any

import pytest

from returns_cli.domain.model import Order, OrderLine
from returns_cli.domain.parcels import Parcel, earliest, is_under_way, latest, with_parcels
from returns_cli.domain.vocabulary import TaxStyle


def line(number: int, quantity: int = 2, shipped: int | None = None, **more: Any) -> OrderLine:
    units = quantity if shipped is None else shipped
    made = OrderLine(number, "MUG", "Mug", quantity, units, 1000, 0, 0, quantity * 1000, 0, 0)
    return made._replace(**more)


def order(*lines: OrderLine, **more: Any) -> Order:
    made = Order("default", "1", "2026-03-01", "USD", TaxStyle.NONE, 0, 0, 0, 4000, 4000, 0, lines)
    return made._replace(**more)


def dates(made: Order) -> list[tuple[str | None, str | None]]:
    """Shipped and delivered: of the order, then of its lines."""
    of_lines = [(one.shipped_at, one.delivered_at) for one in made.lines]
    return [(made.shipped_at, made.delivered_at), *of_lines]


TWO = (line(1), line(2))


@pytest.mark.parametrize(
    ("parcels", "expected"),
    [
        pytest.param((), [(None, None)] * 3, id="no parcel says nothing"),
        pytest.param(
            (Parcel(shipped_at="2026-03-02", delivered_at="2026-03-05"),),
            [("2026-03-02", "2026-03-05"), (None, None), (None, None)],
            id="what is said of the order is the order's",
        ),
        pytest.param(
            (Parcel("A", delivered_at="2026-03-05"), Parcel("B", delivered_at="2026-03-07")),
            [(None, "2026-03-07"), (None, None), (None, None)],
            id="of two parcels the later one counts",
        ),
        pytest.param(
            (Parcel("A", scanned_at="2026-03-03"), Parcel("B", shipped_at="2026-03-02")),
            [("2026-03-03", None), (None, None), (None, None)],
            id="the carrier's first scan stands in for the shop's word",
        ),
        pytest.param(
            (Parcel("A", shipped_at="2026-03-02", scanned_at="2026-03-03"),),
            [("2026-03-02", None), (None, None), (None, None)],
            id="the shop's word comes before the first scan",
        ),
        pytest.param(
            (Parcel("A", delivered_at="2026-03-05", lines=((1, None),)),),
            [(None, None), (None, "2026-03-05"), (None, None)],
            id="a parcel of one line dates that line alone",
        ),
        pytest.param(
            (
                Parcel("A", delivered_at="2026-03-05", lines=((1, None),)),
                Parcel("B", delivered_at="2026-03-07", lines=((1, None),)),
                Parcel("C", delivered_at="2026-03-06", lines=((2, None),)),
            ),
            [(None, "2026-03-07"), (None, "2026-03-07"), (None, "2026-03-06")],
            id="a line in two parcels has the later day, the order once all lines have one",
        ),
        pytest.param(
            (
                Parcel("A", shipped_at="2026-03-02", lines=((1, None),)),
                Parcel("B", delivered_at="2026-03-07"),
            ),
            [(None, None), ("2026-03-02", None), (None, "2026-03-07")],
            id="a parcel without lines stands for the lines that no other parcel names",
        ),
    ],
)
def test_an_order_has_the_dates_of_its_parcels(
    parcels: tuple[Parcel, ...], expected: list[tuple[str | None, str | None]]
) -> None:
    once = with_parcels(order(*TWO), parcels)
    assert dates(once) == expected
    assert with_parcels(once, parcels) == once


def test_a_delivery_of_the_whole_order_replaces_what_its_lines_had() -> None:
    before = order(line(1, delivered_at="2026-03-04"), line(2), delivered_at="2026-03-04")
    after = with_parcels(before, (Parcel(delivered_at="2026-03-06"),))
    assert dates(after) == [(None, "2026-03-06"), (None, "2026-03-06"), (None, None)]


def test_what_the_order_says_stays_where_parcels_say_nothing() -> None:
    before = order(line(1, shipped_at="2026-03-02"), delivered_at="2026-03-04")
    parcels = (Parcel("A", lines=((1, None),)), Parcel("B"))
    assert with_parcels(before, parcels) == before


@pytest.mark.parametrize(
    ("lines", "parcels", "shipped"),
    [
        pytest.param(
            (line(1, shipped=0), line(2, shipped=0)),
            (Parcel("A", shipped_at="2026-03-02"),),
            [2, 2],
            id="an order of which nothing counted as shipped, and that left",
        ),
        pytest.param(
            (line(1, shipped=0), line(2, shipped=0, cancelled=True)),
            (Parcel("A", delivered_at="2026-03-02"),),
            [2, 0],
            id="a cancelled line never left",
        ),
        pytest.param(
            (line(1, shipped=2), line(2, shipped=0)),
            (Parcel("A", shipped_at="2026-03-02"),),
            [2, 0],
            id="a part was shipped before: nobody knows what is in the parcel",
        ),
        pytest.param(
            (line(1, shipped=2), line(2, shipped=0)),
            (Parcel(shipped_at="2026-03-02"),),
            [2, 2],
            id="what is said without a number is said of the whole order",
        ),
        pytest.param(
            (line(1, shipped=0), line(2, shipped=0)),
            (Parcel("A"),),
            [0, 0],
            id="a number alone is not a parcel that left",
        ),
        pytest.param(
            (line(1, shipped=0), line(2, shipped=0)),
            (Parcel("A", shipped_at="2026-03-02", lines=((1, None),)),),
            [2, 0],
            id="all units of the line in the parcel",
        ),
        pytest.param(
            (line(1, 5, 0), line(2, shipped=0)),
            (
                Parcel("A", shipped_at="2026-03-02", lines=((1, 2),)),
                Parcel("B", shipped_at="2026-03-03", lines=((1, 1),)),
                Parcel("C", lines=((1, 2),)),
            ),
            [3, 0],
            id="the units of the parcels that left",
        ),
        pytest.param(
            (line(1, 2, 0), line(2, shipped=0)),
            (Parcel("A", shipped_at="2026-03-02", lines=((1, 9),)),),
            [2, 0],
            id="never more than were ordered",
        ),
        pytest.param(
            (line(1, 2, 2), line(2, shipped=0)),
            (Parcel("A", shipped_at="2026-03-02", lines=((1, 1),)),),
            [2, 0],
            id="never fewer than before",
        ),
        pytest.param(
            (line(1, 2, 0, cancelled=True), line(2, shipped=0)),
            (Parcel("A", shipped_at="2026-03-02", lines=((1, 1),)),),
            [0, 0],
            id="a cancelled line in a parcel",
        ),
    ],
)
def test_units_of_a_parcel_that_left_count_as_shipped(
    lines: tuple[OrderLine, ...], parcels: tuple[Parcel, ...], shipped: list[int]
) -> None:
    made = with_parcels(order(*lines), parcels)
    assert [one.shipped_quantity for one in made.lines] == shipped


@pytest.mark.parametrize(
    ("parcels", "expected"),
    [
        pytest.param((), False, id="none"),
        pytest.param((Parcel("A"), Parcel("B")), False, id="no parcel has a day of its own"),
        pytest.param((Parcel("A", delivered_at="2026-03-05"), Parcel("B")), True, id="one of two"),
        pytest.param(
            (Parcel("A", delivered_at="2026-03-05"), Parcel("B", returned_at="2026-03-06")),
            False,
            id="one came back",
        ),
        pytest.param(
            (Parcel("A", delivered_at="2026-03-05"), Parcel(shipped_at="2026-03-02")),
            False,
            id="what is said of the order is no parcel of its own",
        ),
    ],
)
def test_a_parcel_is_under_way_while_others_arrived(
    parcels: tuple[Parcel, ...], expected: bool
) -> None:
    assert is_under_way(parcels) is expected


@pytest.mark.parametrize(
    ("given", "first", "last"),
    [
        pytest.param([], None, None, id="nothing"),
        pytest.param([None, "2026-03-05"], "2026-03-05", "2026-03-05", id="one"),
        pytest.param(
            ["2026-03-05T23:30:00-05:00", "2026-03-06T03:00:00+00:00"],
            "2026-03-06T03:00:00+00:00",
            "2026-03-05T23:30:00-05:00",
            id="instants, not their text",
        ),
        pytest.param(
            ["2026-03-05", "2026-03-05T13:00:00+00:00"],
            "2026-03-05",
            "2026-03-05T13:00:00+00:00",
            id="a bare day stands at noon",
        ),
        pytest.param(
            ["2026-03-05T11:00:00", "2026-03-05"],
            "2026-03-05T11:00:00",
            "2026-03-05",
            id="a time without an offset is UTC",
        ),
    ],
)
def test_dates_of_both_kinds_have_an_order(
    given: list[str | None], first: str | None, last: str | None
) -> None:
    assert (earliest(given), latest(given)) == (first, last)
