from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from returns_cli.domain.errors import ConflictError, NotFoundError, UsageError
from returns_cli.operations.import_requests import import_requests
from returns_cli.operations.record_refund import RefundRequest, record_refund
from returns_cli.operations.rule_on_returns import rule_on_returns
from returns_cli.operations.shop import Shop
from returns_cli.operations.show_return import show_return
from returns_cli.store.returns import find_return
from tests.operations.desk import on, opened, received, small_shop, written


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return small_shop(tmp_path)


def ruled(shop: Shop, kind: str, rma: str, **more: Any) -> Any:
    (answer,) = rule_on_returns(shop, kind, [rma], **more)
    return answer


def held(shop: Shop, rma: str) -> dict[int, int]:
    with shop.open_store() as store:
        record = find_return(store, rma)
    return {one.line: record.authorized(one.line) for one in record.lines}


# Order 1004 is in EUR, so no policy fits it and a person must look; 1006 is a final sale: denied;
# 1001 is approved by the policy.
@pytest.mark.parametrize(
    ("order", "kind", "why", "state", "units"),
    [
        pytest.param("1004", "approve", "", "approved", 1, id="approve what waits"),
        pytest.param("1004", "deny", "", "denied", 0, id="deny what waits"),
        pytest.param("1004", "cancel", "", "cancelled", 0, id="cancel what waits"),
        pytest.param("1006", "approve", "a good customer", "approved", 1, id="over a denial"),
        pytest.param("1001", "deny", "found it was worn", "denied", 0, id="over an approval"),
        pytest.param("1001", "cancel", "", "cancelled", 0, id="cancel what is approved"),
    ],
)
def test_a_ruling_holds_and_the_same_again_changes_nothing(
    shop: Shop, order: str, kind: str, why: str, state: str, units: int
) -> None:
    rma = opened(shop, order, "1=itchy")
    answer = ruled(shop, kind, rma, why=why)
    assert (answer["state"], answer["replayed"]) == (state, False)
    assert held(shop, rma) == {1: units}
    assert ruled(shop, kind, rma, why=why) == {**answer, "replayed": True}
    assert show_return(shop, rma) == answer


@pytest.mark.parametrize(
    ("order", "kind", "says"), [("1006", "approve", "deny"), ("1001", "deny", "approve")]
)
def test_going_against_the_policy_wants_a_reason(
    shop: Shop, order: str, kind: str, says: str
) -> None:
    rma = opened(shop, order, "1=itchy")
    with pytest.raises(ConflictError, match=f"the policy says {says}") as caught:
        ruled(shop, kind, rma)
    assert caught.value.code == "E-WHY-MISSING"


def test_a_denial_is_taken_back_without_a_reason_where_the_policy_approved(shop: Shop) -> None:
    rma = opened(shop, "1001", "1=itchy")
    ruled(shop, "deny", rma, why="a slip")
    assert ruled(shop, "approve", rma)["state"] == "approved"


def test_a_ruling_on_one_line_leaves_the_others(shop: Shop) -> None:
    rma = opened(shop, "1001", "1=itchy", "2=itchy")
    answer = ruled(shop, "deny", rma, why="worn", lines=[2])
    assert held(shop, rma) == {1: 1, 2: 0}
    assert answer["state"] == "approved"
    assert ruled(shop, "deny", rma, why="worn", lines=[2])["replayed"] is True
    assert ruled(shop, "approve", rma, lines=[1])["replayed"] is True
    assert ruled(shop, "approve", rma, lines=[2])["replayed"] is False
    assert held(shop, rma) == {1: 1, 2: 2}


def test_an_approval_that_ran_out_is_given_again_only_with_a_reason(shop: Shop) -> None:
    rma = opened(shop, "1001", "1=itchy")
    late = on(shop, "2026-04-11")  # 20 March + 21 days is 10 April
    with pytest.raises(ConflictError) as caught:
        ruled(late, "approve", rma)
    assert caught.value.code == "E-WHY-MISSING"
    assert ruled(late, "approve", rma, why="it was in the post")["state"] == "approved"
    assert held(shop, rma) == {1: 1}


def test_a_line_of_a_return_that_ran_out_is_approved_again_too(shop: Shop) -> None:
    rma = opened(shop, "1001", "1=itchy")
    late = on(shop, "2026-04-11")
    answer = ruled(late, "approve", rma, why="it was in the post", lines=[1])
    assert (answer["state"], answer["replayed"]) == ("approved", False)
    assert held(shop, rma) == {1: 1}


@pytest.mark.parametrize("kind", ["approve", "deny"])
@pytest.mark.parametrize("lines", [(), (1,)], ids=["all of it", "one line"])
def test_what_was_cancelled_stays_so(shop: Shop, kind: str, lines: tuple[int, ...]) -> None:
    rma = opened(shop, "1001", "1=itchy")
    ruled(shop, "cancel", rma)
    with pytest.raises(ConflictError, match="was cancelled by ann"):
        ruled(shop, kind, rma, why="why not", lines=lines)


@pytest.mark.parametrize(("kind", "word"), [("deny", "denied"), ("cancel", "cancelled")])
def test_goods_or_money_that_moved_cannot_be_ruled_away(shop: Shop, kind: str, word: str) -> None:
    arrived = opened(shop, "1001", "1=itchy")
    received(shop, arrived)
    with pytest.raises(ConflictError, match=f"cannot be {word}: goods of it arrived"):
        ruled(shop, kind, arrived, why="late")
    paid = opened(shop, "1005", "1=damaged_in_transit")
    record_refund(shop, RefundRequest(paid))
    with pytest.raises(ConflictError, match=f"cannot be {word}: a refund of it is recorded"):
        ruled(shop, kind, paid, why="late")


def test_a_request_from_a_file_is_judged_before_it_is_ruled_on(shop: Shop) -> None:
    path = written(shop, "requests.csv", "order_id,line_no,reason\n1006,1,itchy\n")
    answer: Any = import_requests(shop, [path])
    (rma,) = answer["returns"]
    with pytest.raises(ConflictError, match="the policy says deny"):
        ruled(shop, "approve", rma)
    assert ruled(shop, "approve", rma, why="a good customer")["lines"][0]["codes"] == ["final_sale"]


@pytest.mark.parametrize(
    ("kind", "lines", "error", "code"),
    [
        pytest.param("approve", [9], NotFoundError, "E-LINE-UNKNOWN", id="a line it has not"),
        pytest.param("cancel", [1], UsageError, "E-USAGE-LINE", id="a line of a cancel"),
    ],
)
def test_a_line_that_cannot_be_meant_is_refused(
    shop: Shop, kind: str, lines: list[int], error: type[Exception], code: str
) -> None:
    rma = opened(shop, "1001", "1=itchy")
    with pytest.raises(error) as caught:
        ruled(shop, kind, rma, lines=lines)
    assert getattr(caught.value, "code", "") == code


def test_without_a_return_there_is_nothing_to_rule_on(shop: Shop) -> None:
    with pytest.raises(UsageError):
        rule_on_returns(shop, "approve", [])


def test_several_are_ruled_on_all_or_none(shop: Shop) -> None:
    first, second = opened(shop, "1004", "1=itchy"), opened(shop, "1006", "1=itchy")
    with pytest.raises(ConflictError):
        rule_on_returns(shop, "approve", [first, second])
    assert show_return(shop, first)["state"] == "in_review"
    answers = rule_on_returns(shop, "approve", [first, second], why="both are fine")
    assert [one["state"] for one in answers] == ["approved", "approved"]
