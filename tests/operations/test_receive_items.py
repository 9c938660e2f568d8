from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from returns_cli.domain.errors import ConflictError, UsageError
from returns_cli.operations.evaluate_returns import evaluate_returns
from returns_cli.operations.receive_items import ReceiveRequest, receive_file, receive_items
from returns_cli.operations.rule_on_returns import rule_on_returns
from returns_cli.operations.shop import Shop
from returns_cli.operations.show_return import show_return
from returns_cli.store.floor import list_unexpected
from tests.operations.desk import (
    POLICY,
    items,
    on,
    opened,
    rehearsed,
    small_shop,
    sold,
    written,
)


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return small_shop(tmp_path)


def taken(shop: Shop, rma: str, *words: str, **more: Any) -> Any:
    return receive_items(shop, ReceiveRequest(rma, items(*words), **more))


def units(answer: Any) -> list[tuple[int, int]]:
    return [(one["line"], one["quantity"]) for one in answer["received"]]


def from_file(shop: Shop, text: str, **more: Any) -> Any:
    return receive_file(shop, written(shop, "receipts.csv", text), **more)


@pytest.mark.parametrize(
    ("words", "arrived"),
    [
        pytest.param([], [(1, 1), (2, 2)], id="all that is awaited"),
        pytest.param(["2"], [(2, 2)], id="all of a line"),
        pytest.param(["2:1"], [(2, 1)], id="one unit"),
        pytest.param(["2:1", "TEE:1"], [(2, 2)], id="a line named twice is added up"),
    ],
)
def test_what_arrived_is_recorded(
    shop: Shop, words: list[str], arrived: list[tuple[int, int]]
) -> None:
    rma = opened(shop, "1001", "1=itchy", "2=itchy")
    answer = taken(shop, rma, *words, station="bench 2", received_at="2026-03-19T08:30:00Z")
    assert units(answer) == arrived
    assert {(one["at"], one["by"], one["station"]) for one in answer["received"]} == {
        ("2026-03-19T08:30:00+00:00", "ann", "bench 2")
    }


def test_each_call_is_a_new_fact_unless_a_key_says_it_is_the_same(shop: Shop) -> None:
    rma = opened(shop, "1001", "2=itchy")
    first = taken(shop, rma, "2:1", key="parcel-1")
    assert taken(shop, rma, "2:1", key="parcel-1") == {**first, "replayed": True}
    assert units(taken(shop, rma, "2:1")) == [(2, 1), (2, 1)]
    with pytest.raises(ConflictError) as caught:
        taken(shop, rma, "2:2", key="parcel-1")
    assert caught.value.code == "E-KEY-CONFLICT"
    with pytest.raises(ConflictError) as caught:
        taken(shop, rma, "2:1", key="parcel-1", received_at="2026-03-18")
    assert caught.value.code == "E-KEY-CONFLICT"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        pytest.param(["2:3"], "E-OVER-RECEIVED", id="more than was announced"),
        pytest.param(["2", "2"], "E-OVER-RECEIVED", id="all of it twice"),
        pytest.param(["1"], "E-OVER-RECEIVED", id="a line that was not asked for"),
    ],
)
def test_a_surplus_typed_by_hand_is_refused_whole(shop: Shop, words: list[str], code: str) -> None:
    rma = opened(shop, "1001", "2=itchy")
    with pytest.raises(ConflictError) as caught:
        taken(shop, rma, "2:1", *words)
    assert caught.value.code == code
    assert show_return(shop, rma)["received"] == []


def test_once_everything_has_arrived_no_more_is_awaited(shop: Shop) -> None:
    rma = opened(shop, "1001", "2=itchy")
    taken(shop, rma)
    with pytest.raises(ConflictError, match=f"Everything of {rma} has arrived"):
        taken(shop, rma)


def test_goods_of_a_return_that_nobody_approved_are_refused(shop: Shop) -> None:
    denied = opened(shop, "1006", "1=itchy")
    with pytest.raises(ConflictError, match="No unit of"):
        taken(shop, denied)
    late = opened(shop, "1001", "1=itchy")
    with pytest.raises(ConflictError, match="ran out on 2026-04-10"):  # 20 March + 21 days
        taken(on(shop, "2026-04-11"), late)
    assert units(taken(on(shop, "2026-04-10"), late)) == [(1, 1)]


def test_a_day_that_is_none_is_refused(shop: Shop) -> None:
    rma = opened(shop, "1001", "1=itchy")
    with pytest.raises(UsageError):
        taken(shop, rma, received_at="soon")


def test_a_rehearsed_receipt_is_answered_and_not_kept(shop: Shop) -> None:
    rma = opened(shop, "1001", "1=itchy")
    assert units(taken(rehearsed(shop), rma, key="k")) == [(1, 1)]
    assert units(taken(shop, rma, key="k")) == [(1, 1)]


@pytest.mark.parametrize(
    ("day", "verdict"),
    # delivered 5 March, 30 days: the parcel must be there by 4 April
    [pytest.param("2026-04-04", "approve", id="in time"), pytest.param("2026-04-05", "deny")],
)
def test_a_window_that_ends_with_the_parcel_is_judged_when_it_arrives(
    tmp_path: Path, day: str, verdict: str
) -> None:
    waits = POLICY.replace("from: delivered, if", "from: delivered, judged_on: received, if")
    shop = small_shop(tmp_path, policy=waits)
    rma = opened(shop, "1001", "1=itchy")
    assert taken(on(shop, day), rma)["verdict"] == verdict


def test_a_file_takes_each_row_once(shop: Shop) -> None:
    rma = opened(shop, "1001", "1=itchy", "2=itchy")
    text = (
        "rma,line_no,sku,quantity,received_at,station,tracking\n"
        f"{rma},,MUG,,,,\n"
        f"{rma},2,,1,2026-03-19T08:30:00Z,bench 2,1Z9\n"
    )
    first = from_file(shop, text)
    assert (first["rows"], first["new"], first["same"]) == (2, 2, 0)
    assert first["returns"] == [rma]
    again = from_file(shop, text)
    assert (again["new"], again["same"], again["rejected"]) == (0, 2, 0)
    shown: Any = show_return(shop, rma)
    assert [(one["line"], one["at"], one["station"]) for one in shown["received"]] == [
        (1, "2026-03-20T10:00:00+00:00", None),
        (2, "2026-03-19T08:30:00+00:00", "bench 2"),
    ]


@pytest.mark.parametrize(
    ("quantity", "arrived", "surplus", "said"),
    [
        # two tees are awaited
        pytest.param("3", [(2, 2)], [1], "1 unit more came", id="one too many"),
        pytest.param("4", [(2, 2)], [2], "2 units more came", id="two too many"),
        pytest.param("", [(2, 2)], [], "", id="no number is all that is awaited"),
    ],
)
def test_a_surplus_in_a_file_is_kept_as_unexpected(
    shop: Shop, quantity: str, arrived: list[tuple[int, int]], surplus: list[int], said: str
) -> None:
    rma = opened(shop, "1001", "2=itchy")
    from_file(shop, f"rma,line_no,quantity\n{rma},2,{quantity}\n")
    assert units(show_return(shop, rma)) == arrived
    with shop.open_store() as store:
        found = [(one.fact.sku, one.fact.line, one.fact.quantity) for one in list_unexpected(store)]
    assert found == [("TEE", 2, quantity) for quantity in surplus]
    assert said in "".join(shop.notes)


def test_goods_that_nobody_approved_are_kept_as_unexpected(shop: Shop) -> None:
    rma = opened(shop, "1006", "1=itchy")
    assert from_file(shop, f"rma,line_no\n{rma},1\n")["new"] == 1
    assert show_return(shop, rma)["received"] == []
    with shop.open_store() as store:
        assert [one.fact.why for one in list_unexpected(store)] == ["surplus"]


def test_a_row_of_a_return_that_ran_out_is_refused_as_a_conflict(shop: Shop) -> None:
    rma = opened(shop, "1001", "1=itchy")
    answer = from_file(on(shop, "2026-04-11"), f"rma,line_no\n{rma},1\n")
    assert [one["code"] for one in answer["problems"]] == ["E-STATE"]
    evaluate_returns(on(shop, "2026-04-11"), [rma])
    rule_on_returns(on(shop, "2026-04-11"), "approve", [rma], why="came late")
    assert from_file(on(shop, "2026-04-11"), f"rma,line_no\n{rma},1\n")["new"] == 1


def test_a_sku_of_two_lines_means_the_line_that_was_asked_back(shop: Shop) -> None:
    sold(shop, "2001,1,CUP,1,20.00", "2001,2,CUP,1,20.00", "2001,3,POT,1,20.00")
    rma = opened(shop, "2001", "2=itchy", "3=itchy")
    answer = from_file(shop, f"rma,sku\n{rma},CUP\n{rma},HAT\n")
    assert (answer["new"], answer["rejected"]) == (1, 1)
    assert [one["code"] for one in answer["problems"]] == ["E-LINE-UNKNOWN"]
    assert units(show_return(shop, rma)) == [(2, 1)]
