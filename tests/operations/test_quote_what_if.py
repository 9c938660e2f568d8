"""By hand: two tees at 20.00, restocking 10 % (opened 15 %), damaged pays half, way 6.95."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest

from returns_cli.domain.errors import ConflictError, NotFoundError, ReturnsError
from returns_cli.operations.import_requests import import_requests
from returns_cli.operations.shop import Shop
from returns_cli.operations.show_return import quote_of_return, show_return
from tests.operations.desk import inspected, opened, received, small_shop, written


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return small_shop(tmp_path)


@pytest.fixture
def rma(shop: Shop) -> str:
    return opened(shop, "1001", "1=itchy", "2=itchy")


# Both lines as they are: 52.50 - 5.25 - 6.95 = 40.30; of it the mug 12.50 - 1.25 = 11.25.
@pytest.mark.parametrize(
    ("what_if", "total"),
    [
        pytest.param([], "40.30", id="as it stands"),
        pytest.param(["line 2 graded new"], "40.30", id="as new"),
        pytest.param(["line 2 graded damaged"], "20.30", id="40.00 - 20.00 - 4.00 + 11.25 - 6.95"),
        pytest.param(["line 2 qty 1 graded opened"], "39.30", id="20.00 at 15 %, 20.00 at 10 %"),
        pytest.param(
            ["line 2 qty 1 graded opened, line 2 graded damaged"],
            "29.30",
            id="40.00 - 10.00 - 3.00 - 2.00 + 11.25 - 6.95",
        ),
        pytest.param(
            ["line 1 graded damaged", "line 2 graded damaged"],
            "14.05",
            id="6.25 - 1.25 + 20.00 - 4.00 - 6.95",
        ),
    ],
)
def test_before_anything_arrived_the_grades_are_supposed(
    shop: Shop, rma: str, what_if: list[str], total: str
) -> None:
    before = (shop.folder / "returns.db").read_bytes()
    assert quote_of_return(shop, rma, what_if)["total"] == total
    assert (shop.folder / "returns.db").read_bytes() == before
    assert show_return(shop, rma)["inspected"] == []


# Only one tee came: 20.00 - 6.95 less what its grade takes.
@pytest.mark.parametrize(
    ("what_if", "total"),
    [
        pytest.param([], "11.05", id="20.00 - 2.00 - 6.95"),
        pytest.param(["line 2 graded damaged"], "1.05", id="20.00 - 10.00 - 2.00 - 6.95"),
        pytest.param(
            ["line 1 graded new"], "22.30", id="the mug, which has not come, is supposed to"
        ),
    ],
)
def test_what_came_is_what_counts(shop: Shop, rma: str, what_if: list[str], total: str) -> None:
    received(shop, rma, "2:1")
    assert quote_of_return(shop, rma, what_if)["total"] == total


def test_a_grade_that_was_found_gives_way_to_the_supposed_one(shop: Shop, rma: str) -> None:
    received(shop, rma)
    inspected(shop, rma, "2:1=damaged")
    inspected(shop, rma, "2:1=opened")
    inspected(shop, rma, "1=new")
    # found: 40.00 - 10.00 - 2.00 - 3.00, the mug 11.25, the way 6.95
    assert quote_of_return(shop, rma)["total"] == "29.30"
    # the last one found, the opened one, is supposed new: 10 % of it
    assert quote_of_return(shop, rma, ["line 2 qty 1 graded new"])["total"] == "30.30"
    assert quote_of_return(shop, rma, ["line 2 graded new"])["total"] == "40.30"
    assert quote_of_return(shop, rma)["total"] == "29.30"


@pytest.mark.parametrize(
    ("text", "error", "code"),
    [
        ("line 3 graded new", NotFoundError, "E-LINE-UNKNOWN"),
        ("line 2 qty 3 graded new", ConflictError, "E-OVER-INSPECTED"),
        ("line 2 graded new, line 2 graded used", ConflictError, "E-OVER-INSPECTED"),
        ("line 2 graded mint", ConflictError, "E-GRADE-UNKNOWN"),
    ],
)
def test_what_cannot_be_is_refused(
    shop: Shop, rma: str, text: str, error: type[ReturnsError], code: str
) -> None:
    with pytest.raises(error) as caught:
        quote_of_return(shop, rma, [text])
    assert caught.value.code == code


def test_an_imported_request_is_judged_for_the_answer_alone(shop: Shop) -> None:
    rows = written(shop, "rq.csv", "order_id,line_no,reason\n1001,2,itchy\n")
    (rma,) = cast("list[str]", import_requests(shop, [rows])["returns"])
    assert quote_of_return(shop, rma)["total"] == "0.00"
    # 40.00 - 20.00 - 4.00 - 6.95
    assert quote_of_return(shop, rma, ["line 2 graded damaged"])["total"] == "9.05"
    assert show_return(shop, rma)["verdict"] is None
