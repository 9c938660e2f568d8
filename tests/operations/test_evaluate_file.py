from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from returns_cli.domain.errors import InvalidError
from returns_cli.operations.evaluate_file import evaluate_file
from returns_cli.operations.list_returns import list_returns
from returns_cli.operations.shop import Shop
from tests.operations.desk import on, small_shop, written


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return small_shop(tmp_path)


def judged(shop: Shop, rows: str) -> list[Any]:
    path = written(shop, "r.csv", "request_id,order_id,line_no,quantity,reason\n" + rows)
    return list(evaluate_file(shop, path))


def test_each_request_sees_what_an_earlier_one_would_take_and_nothing_is_stored(
    shop: Shop,
) -> None:
    rows = "a,1001,2,1,style\nb,1001,2,2,style\nc,1006,1,,style\n"
    answers = judged(shop, rows)
    # of two tees the first request takes one, so two more cannot come back; 1006 is a final sale
    assert [one["verdict"] for one in answers] == ["approve", "deny", "deny"]
    assert list_returns(shop) == []
    assert (shop.rejected, shop.notes) == (0, [])


def test_a_row_that_cannot_be_judged_is_noted_and_the_rest_is_judged(shop: Shop) -> None:
    answers = judged(shop, "a,9999,1,,style\nb,1001,1,,style\nb,1002,1,,style\n")
    assert [one["order"] for one in answers] == ["1001"]
    assert shop.rejected == 2
    assert [note.split(" ")[:2] for note in shop.notes] == [
        ["r.csv:2", "E-ORDER-UNKNOWN"],
        ["r.csv:4", "E-KEY-CONFLICT"],
    ]


def test_a_policy_that_does_not_read_refuses_the_call_not_every_row(shop: Shop) -> None:
    written(shop, "policies/plain.yaml", "policy: plain\nterms: {window: {days: soon}}\n")
    with pytest.raises(InvalidError):
        judged(on(shop, "2026-03-20"), "a,1001,1,,style\n")
