"""Goods at the bench, named by what is printed on the parcel: return, order, tracking number."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from returns_cli.domain.errors import NotFoundError, UsageError
from returns_cli.operations.dispose_items import DisposeRequest, dispose_items
from returns_cli.operations.import_shipments import ShipmentOptions, import_shipments
from returns_cli.operations.inspect_items import InspectRequest, inspect_items
from returns_cli.operations.receive_items import ReceiveRequest, receive_items
from returns_cli.operations.shop import Shop
from returns_cli.operations.show_return import show_return
from tests.operations.desk import items, on, opened, received, rehearsed, small_shop, sold, written

PARCEL = "00340434161094021501"


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return small_shop(tmp_path)


def receive(shop: Shop, named: str, *words: str, **more: Any) -> Any:
    return receive_items(shop, ReceiveRequest(named, items(*words), **more))


def inspect(shop: Shop, named: str, *words: str, **more: Any) -> Any:
    return inspect_items(shop, InspectRequest(named, items(*words), **more))


def dispose(shop: Shop, named: str, *words: str, **more: Any) -> Any:
    return dispose_items(shop, DisposeRequest(named, items(*words), **more))


def on_its_way(shop: Shop, rma: str) -> None:
    """A carrier scanned the return's parcel."""
    text = f"rma,event,at,tracking\n{rma},shipped,2026-03-19T10:00:00Z,{PARCEL}\n"
    import_shipments(shop, [written(shop, "parcels.csv", text)], ShipmentOptions())


def units(shown: Any) -> list[tuple[int, int]]:
    return [(one["line"], one["quantity"]) for one in shown["received"]]


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param(PARCEL, id="the carrier's tracking number"),
        pytest.param("1001", id="the order"),
        pytest.param(" #1001 ", id="the order as the shop writes it"),
        pytest.param("default/1001", id="the order and its channel"),
        pytest.param("{rma}", id="the return"),
        pytest.param("{bare}", id="the return without its prefix"),
    ],
)
def test_one_parcel_goes_all_the_way_by_any_of_its_numbers(shop: Shop, typed: str) -> None:
    rma = opened(shop, "1001", "2=itchy")
    opened(shop, "1003", "1=itchy")
    on_its_way(shop, rma)
    named = typed.format(rma=rma.lower(), bare=rma.removeprefix("RMA-"))
    assert receive(shop, named, "2:1")["rma"] == rma
    assert inspect(shop, named, "2=new")["rma"] == rma
    answer = dispose(shop, named)
    assert (answer["rma"], units(answer)) == (rma, [(2, 1)])


def test_a_parcel_is_also_known_by_the_number_it_was_received_with(shop: Shop) -> None:
    rma = opened(shop, "1001", "2=itchy")
    receive(shop, rma, "2:1", tracking="H1001")
    assert inspect(shop, "H1001", "2=new")["rma"] == rma


def test_of_two_returns_the_one_whose_goods_wait_is_meant(shop: Shop) -> None:
    first = opened(shop, "1001", "1=itchy")
    second = opened(shop, "1001", "2:1=itchy")
    received(shop, first)
    assert receive(shop, "1001")["rma"] == second
    inspect(shop, first, "1=new")
    assert inspect(shop, "1001", "2=new")["rma"] == second
    dispose(shop, second)
    assert dispose(shop, "1001")["rma"] == first


@pytest.mark.parametrize(
    ("act", "arrived", "looked_at"),
    [
        pytest.param(lambda shop: receive(shop, "1001"), False, False, id="both await goods"),
        pytest.param(
            lambda shop: inspect(shop, "1001", "1=new", "2=new"),
            True,
            False,
            id="both wait for a look",
        ),
        pytest.param(lambda shop: dispose(shop, "1001"), True, True, id="both lie on the bench"),
        pytest.param(
            lambda shop: receive(shop, "1001"), True, False, id="nothing waits for either"
        ),
    ],
)
def test_two_returns_that_may_be_meant_are_named_and_nothing_is_recorded(
    shop: Shop, act: Any, arrived: bool, looked_at: bool
) -> None:
    rmas = [opened(shop, "1001", "1=itchy"), opened(shop, "1001", "2:1=itchy")]
    if arrived:
        for rma in rmas:
            received(shop, rma)
    if looked_at:
        inspect(shop, rmas[0], "1=new")
        inspect(shop, rmas[1], "2=new")
    before = [show_return(shop, rma) for rma in rmas]
    with pytest.raises(UsageError) as caught:
        act(shop)
    error = caught.value
    assert (error.code, error.exit, error.where) == ("E-RMA-AMBIGUOUS", 2, "1001")
    one, other = sorted(rmas)
    assert error.message == f"1001 is 2 returns: {one}, {other}."
    assert [show_return(shop, rma) for rma in rmas] == before


def test_of_two_returns_that_wait_the_one_that_asked_for_the_items_is_meant(shop: Shop) -> None:
    first = opened(shop, "1001", "1=itchy")
    second = opened(shop, "1001", "2:1=itchy")
    assert receive(shop, "1001", "TEE")["rma"] == second
    assert receive(shop, "1001", "1:1")["rma"] == first
    assert inspect(shop, "1001", "2=new")["rma"] == second
    assert dispose(shop, "1001", "2=open_box")["rma"] == second


def test_of_a_parcel_of_two_orders_the_items_say_which_return_is_meant(shop: Shop) -> None:
    tees = opened(shop, "1001", "2=itchy")
    cap = opened(shop, "1003", "1=itchy")
    receive(shop, tees, tracking="H7")
    receive(shop, cap, tracking="H7")
    assert inspect(shop, "H7", "2=new")["rma"] == tees
    assert inspect(shop, "H7", "MUG=new")["rma"] == cap


def test_items_of_no_return_leave_the_choice_to_a_person(shop: Shop) -> None:
    rmas = sorted([opened(shop, "1001", "1=itchy"), opened(shop, "1001", "2:1=itchy")])
    with pytest.raises(UsageError) as caught:
        receive(shop, "1001", "1", "2")
    assert caught.value.message == f"1001 is 2 returns: {rmas[0]}, {rmas[1]}."


def test_many_returns_of_an_order_are_counted_not_all_listed(shop: Shop) -> None:
    sold(shop, *(f"3001,{line},MUG,1,12.50" for line in range(1, 8)))
    rmas = sorted(opened(shop, "3001", f"{line}=itchy") for line in range(1, 8))
    with pytest.raises(UsageError) as caught:
        receive(shop, "3001")
    assert caught.value.message == f"3001 is 7 returns: {', '.join(rmas[:5])} and 2 more."


def test_a_key_means_the_return_that_it_meant_the_first_time(shop: Shop) -> None:
    first = opened(shop, "1001", "1=itchy")
    second = opened(shop, "1001", "2:1=itchy")
    received(shop, second)
    answer = receive(shop, "1001", key="parcel-1")
    assert answer["rma"] == first
    opened(shop, "1001", "2:1=itchy")  # which now waits, as the first no longer does
    assert receive(shop, "1001", key="parcel-1") == {**answer, "replayed": True}


@pytest.mark.parametrize(
    ("typed", "code", "message", "hint"),
    [
        pytest.param(
            "1003",
            "E-RMA-UNKNOWN",
            "No return was opened for order 1003.",
            "Open one: returns open 1003 --item LINE=REASON.",
            id="an order that nobody wants to return",
        ),
        pytest.param(
            "9999",
            "E-RMA-MISTYPED",
            "9999 is not a return number.",
            "Look for it: returns find TEXT",
            id="a number of nothing",
        ),
        pytest.param(
            "Buyer",
            "E-RMA-MISTYPED",
            "Buyer is not a return number.",
            "Look for it: returns find TEXT",
            id="a name never chooses a return",
        ),
    ],
)
def test_a_number_without_a_return_says_what_to_do(
    shop: Shop, typed: str, code: str, message: str, hint: str
) -> None:
    opened(shop, "1001", "1=itchy")
    with pytest.raises(NotFoundError) as caught:
        receive(shop, typed)
    error = caught.value
    assert (error.code, error.message) == (code, message)
    assert (error.hint or "").startswith(hint)


def test_a_mistyped_return_is_named_by_its_neighbours(shop: Shop) -> None:
    rma = opened(shop, "1001", "1=itchy")
    with pytest.raises(NotFoundError) as caught:
        receive(shop, rma[4:-1] + ("0" if rma[-1] != "0" else "1"))
    assert (caught.value.code, caught.value.hint) == ("E-RMA-MISTYPED", f"Did you mean {rma}?")


def test_a_late_parcel_of_an_order_is_left_to_a_person(shop: Shop) -> None:
    rma = opened(shop, "1001", "1=itchy")
    with pytest.raises(Exception, match=f"{rma} ran out on 2026-04-10"):
        receive(on(shop, "2026-05-20"), "1001")


def test_a_rehearsal_by_order_records_nothing(shop: Shop) -> None:
    rma = opened(shop, "1001", "1=itchy")
    assert units(receive(rehearsed(shop), "1001")) == [(1, 1)]
    assert units(show_return(shop, rma)) == []
