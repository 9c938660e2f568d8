from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from returns_cli.operations import batches
from returns_cli.operations.evaluate_returns import evaluate_returns
from returns_cli.operations.import_requests import import_requests
from returns_cli.operations.move_refund import list_refunds
from returns_cli.operations.record_refund import RefundRequest, record_refund
from returns_cli.operations.refund_due import refund_due
from returns_cli.operations.shop import Shop
from tests.operations.desk import (
    POLICY,
    inspected,
    on,
    opened,
    received,
    rehearsed,
    small_shop,
    written,
)


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return small_shop(tmp_path)


def back(shop: Shop, order: str, item: str = "1=itchy", want: str = "refund") -> str:
    rma = opened(shop, order, item, want=want)
    received(shop, rma)
    inspected(shop, rma, f"{item.partition('=')[0]}=new")
    return rma


def amounts(answers: Any) -> list[tuple[str, str]]:
    return [(one["rma"], one["amount"]) for one in answers]


def test_the_earliest_promise_is_paid_first_and_each_return_once(shop: Shop) -> None:
    later = back(shop, "1001", "2=itchy")  # inspected on the 20th: due on the 25th
    sooner = back(on(shop, "2026-03-18"), "1003")  # inspected on the 18th: due on the 23rd
    opened(shop, "1001", "1=itchy")  # nothing of it has come
    # the mug: 12.50 - 1.25 - 6.95; the tees: 40.00 - 4.00 - 6.95
    assert amounts(refund_due(shop)) == [(sooner, "4.30"), (later, "29.05")]
    assert list(refund_due(shop)) == []
    assert len(list_refunds(shop)) == 2


def test_without_a_promise_the_oldest_return_is_paid_first(tmp_path: Path) -> None:
    shop = small_shop(tmp_path, policy=POLICY.replace("within_days: 5, ", ""))
    first, second = back(shop, "1001", "2=itchy"), back(on(shop, "2026-03-18"), "1003")
    assert amounts(refund_due(shop)) == [(first, "29.05"), (second, "4.30")]


def test_each_way_of_paying_is_a_refund_of_its_own(shop: Shop) -> None:
    rows = "a,1001,1,itchy,refund\na,1001,2,itchy,store_credit\n"
    path = written(shop, "r.csv", f"request_id,order_id,line_no,reason,want\n{rows}")
    answer: Any = import_requests(shop, [path])
    (rma,) = answer["returns"]
    evaluate_returns(shop, [rma])
    received(shop, rma)
    inspected(shop, rma, "1=new", "2=new")
    # the mug and what counts once, then the tees: 40.00 - 4.00
    assert amounts(refund_due(shop)) == [(rma, "4.30"), (rma, "36.00")]


def test_what_pays_nothing_is_passed_over_in_silence(shop: Shop) -> None:
    back(shop, "1001", want="exchange")
    assert list(refund_due(shop)) == []
    assert shop.notes == []


def test_a_return_that_cannot_be_paid_is_noted_and_the_next_one_is_paid(shop: Shop) -> None:
    rma = back(shop, "1001", "2=itchy")
    # somebody used the very key that the second refund of this return would get
    record_refund(shop, RefundRequest(rma, amount="1.00", key=f"{rma}#2"))
    other = back(shop, "1003")
    assert amounts(refund_due(shop)) == [(other, "4.30")]
    (note,) = shop.notes
    assert note.startswith(f"{rma} was left out: ")


def test_a_rehearsal_over_many_chunks_answers_as_the_real_run(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "CHUNK", 1)
    back(shop, "1001", "2=itchy")
    back(shop, "1003")
    planned: Any = list(refund_due(rehearsed(shop)))
    assert [one["journal_seq"] for one in planned] == [1, 2]
    assert list_refunds(shop) == []
    assert list(refund_due(shop)) == planned
