from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from returns_cli.domain.errors import ConflictError, InvalidError, NotFoundError, UsageError
from returns_cli.operations.inspect_items import InspectRequest, inspect_file, inspect_items
from returns_cli.operations.shop import Shop
from returns_cli.operations.show_return import show_return
from tests.operations.desk import items, on, opened, received, small_shop, written


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return small_shop(tmp_path)


@pytest.fixture
def rma(shop: Shop) -> str:
    """A return of both tees, arrived."""
    made = opened(shop, "1001", "2=itchy")
    received(shop, made)
    return made


def graded(shop: Shop, rma: str, *words: str, **more: Any) -> Any:
    return inspect_items(shop, InspectRequest(rma, items(*words), **more))


def seen(answer: Any) -> list[tuple[int, int, str, str]]:
    return [
        (one["line"], one["quantity"], one["grade"], one["disposition"])
        for one in answer["inspected"]
    ]


def from_file(shop: Shop, text: str, **more: Any) -> Any:
    return inspect_file(shop, written(shop, "inspections.csv", text), **more)


@pytest.mark.parametrize(
    ("words", "found", "total"),
    [
        # 10 % of 40.00 and 6.95 for the way back are taken off 40.00
        pytest.param(["2=new"], [(2, 2, "new", "restock")], "29.05", id="all that waits"),
        # opened: 15 % of 20.00 is 3.00; new: 10 % is 2.00; and 6.95
        pytest.param(
            ["2:1=opened", "2=new"],
            [(2, 1, "opened", "open_box"), (2, 1, "new", "restock")],
            "28.05",
            id="each unit its grade",
        ),
    ],
)
def test_a_grade_says_what_it_pays_and_where_it_goes(
    shop: Shop, rma: str, words: list[str], found: list[tuple[int, int, str, str]], total: str
) -> None:
    answer = graded(shop, rma, *words)
    assert seen(answer) == found
    assert answer["state"] == "inspected"
    assert answer["quote"]["total"] == total


def test_a_person_may_send_goods_elsewhere(shop: Shop, rma: str) -> None:
    answer = graded(shop, rma, "2:1=new", disposition="scrap", note="smells of smoke")
    assert seen(answer) == [(2, 1, "new", "scrap")]
    assert answer["state"] == "received"


def test_each_call_is_a_new_fact_unless_a_key_says_it_is_the_same(shop: Shop, rma: str) -> None:
    first = graded(shop, rma, "2:1=new", key="k")
    assert graded(shop, rma, "2:1=new", key="k") == {**first, "replayed": True}
    with pytest.raises(ConflictError) as caught:
        graded(shop, rma, "2:1=opened", key="k")
    assert caught.value.code == "E-KEY-CONFLICT"
    assert seen(graded(shop, rma, "2:1=new")) == [(2, 1, "new", "restock")] * 2


@pytest.mark.parametrize(
    ("words", "more", "code"),
    [
        pytest.param(["2:3=new"], {}, "E-OVER-INSPECTED", id="more than arrived"),
        pytest.param(["2=new", "2=new"], {}, "E-OVER-INSPECTED", id="all of it twice"),
        pytest.param(["1=new"], {}, "E-OVER-INSPECTED", id="a line that was not asked for"),
        pytest.param(["2=shiny"], {}, "E-GRADE-UNKNOWN", id="a grade the policy lists not"),
        pytest.param(
            ["2=new"], {"disposition": "moon"}, "E-DISPOSITION-UNKNOWN", id="nowhere known"
        ),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(
    shop: Shop, rma: str, words: list[str], more: dict[str, Any], code: str
) -> None:
    with pytest.raises(ConflictError) as caught:
        graded(shop, rma, "2:1=new", *words, **more)
    assert caught.value.code == code
    assert show_return(shop, rma)["inspected"] == []


@pytest.mark.parametrize(
    "words", [pytest.param([], id="no item"), pytest.param(["2=new", "2"], id="an item without")]
)
def test_a_grade_must_be_named(shop: Shop, rma: str, words: list[str]) -> None:
    with pytest.raises(UsageError) as caught:
        graded(shop, rma, *words)
    assert caught.value.code == "E-USAGE-ITEM"


def test_a_line_that_the_order_has_not_is_not_found(shop: Shop, rma: str) -> None:
    with pytest.raises(NotFoundError):
        graded(shop, rma, "9=new")


def test_a_file_takes_each_row_once_and_refuses_rows_alone(shop: Shop, rma: str) -> None:
    text = (
        "rma,line_no,sku,quantity,grade,disposition,note\n"
        f"{rma},2,,1,opened,,\n"
        f"{rma},,TEE,1,damaged,donate,torn\n"
        f"{rma},2,,1,new,,\n"
    )
    first = from_file(shop, text)
    assert (first["new"], first["same"], first["rejected"]) == (2, 0, 1)
    assert [(one["line"], one["code"]) for one in first["problems"]] == [(4, "E-OVER-INSPECTED")]
    again = from_file(shop, text)
    assert (again["new"], again["same"], again["rejected"]) == (0, 2, 1)
    shown: Any = show_return(shop, rma)
    assert seen(shown) == [(2, 1, "opened", "open_box"), (2, 1, "damaged", "donate")]
    deductions = [
        one["amount"]
        for one in shown["quote"]["components"]
        if one["kind"] == "condition_deduction"
    ]
    assert deductions == ["-10.00"]  # half of the torn one's 20.00


def test_a_policy_that_does_not_read_refuses_the_file_not_its_rows(shop: Shop, rma: str) -> None:
    written(shop, "policies/plain.yaml", "policy: plain\nterms: {window: {days: soon}}\n")
    with pytest.raises(InvalidError) as caught:
        from_file(on(shop, "2026-03-21"), f"rma,line_no,grade\n{rma},2,new\n")
    assert caught.value.code != "E-NOTHING-LEFT"
    assert show_return(shop, rma)["inspected"] == []
