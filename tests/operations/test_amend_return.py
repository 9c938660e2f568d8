from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from returns_cli.domain.errors import ConflictError, UsageError
from returns_cli.operations.amend_return import AmendRequest, amend_return
from returns_cli.operations.evaluate_returns import evaluate_returns
from returns_cli.operations.open_return import OpenRequest, open_return
from returns_cli.operations.prove_store import check_shop
from returns_cli.operations.record_refund import RefundRequest, record_refund
from returns_cli.operations.rule_on_returns import rule_on_returns
from returns_cli.operations.shop import Shop
from returns_cli.store.returns import find_return
from tests.operations.desk import items, on, opened, received, rehearsed, small_shop


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return small_shop(tmp_path)


def amended(shop: Shop, rma: str, *words: str, **more: Any) -> Any:
    return amend_return(shop, AmendRequest(rma, items(*words), **more))


def asked(answer: Any) -> list[tuple[int, int, str]]:
    return [(one["line"], one["quantity"], one["reason"]) for one in answer["lines"]]


def held(shop: Shop, rma: str) -> dict[int, int]:
    with shop.open_store() as store:
        record = find_return(store, rma)
    return {line: record.authorized(line) for line in (1, 2)}


@pytest.mark.parametrize(
    ("words", "more", "lines", "units"),
    [
        pytest.param(
            ["2:1"], {}, [(1, 1, "itchy"), (2, 1, "itchy")], {1: 1, 2: 1}, id="fewer units"
        ),
        pytest.param(
            ["2=style"], {}, [(1, 1, "itchy"), (2, 2, "style")], {1: 1, 2: 2}, id="a reason"
        ),
        pytest.param([], {"remove": (2,)}, [(1, 1, "itchy")], {1: 1, 2: 0}, id="a line less"),
        # of two tees three cannot come back: that line is denied and holds nothing
        pytest.param(
            ["2:3"], {}, [(1, 1, "itchy"), (2, 3, "itchy")], {1: 1, 2: 0}, id="more than were sold"
        ),
    ],
)
def test_a_change_is_judged_and_the_approved_units_follow_it(
    shop: Shop,
    words: list[str],
    more: dict[str, Any],
    lines: list[tuple[int, int, str]],
    units: dict[int, int],
) -> None:
    rma = opened(shop, "1001", "1=itchy", "2=itchy")
    answer = amended(shop, rma, *words, **more)
    assert (asked(answer), answer["replayed"]) == (lines, False)
    assert held(shop, rma) == units
    assert amended(shop, rma, *words, **more) == {**answer, "replayed": True}
    assert check_shop(shop)["ok"] is True


def test_a_new_line_takes_every_unit_unless_a_number_is_typed(shop: Shop) -> None:
    rma = opened(shop, "1001", "1=itchy")
    assert asked(amended(shop, rma, "2=style")) == [(1, 1, "itchy"), (2, 2, "style")]
    assert held(shop, rma) == {1: 1, 2: 2}


def test_units_of_a_return_that_ran_out_may_come_back_under_another(shop: Shop) -> None:
    opened(shop, "1001", "1=itchy")
    late = on(shop, "2026-04-11")
    rma = str(typed_on_the_first_of_april(late))
    answer = amended(late, rma, "1=itchy")
    assert (answer["verdict"], held(shop, rma)) == ("approve", {1: 1, 2: 1})


def typed_on_the_first_of_april(shop: Shop) -> object:
    request = OpenRequest("1001", items("2:1=itchy"), requested_at="2026-04-01")
    return open_return(shop, request)["rma"]


def test_wishes_apply_to_every_line_and_the_rest_stays(shop: Shop) -> None:
    rma = opened(shop, "1001", "1=itchy", "2=itchy")
    answer = amended(
        shop,
        rma,
        want="exchange",
        condition="opened",
        photos=2,
        note="blue, please",
        exchange_sku="TEE-L",
        answers={"worn": "no"},
    )
    assert [one["resolution"] for one in answer["lines"]] == ["exchange", "exchange"]
    assert answer["quote"]["total"] == "0.00"
    with shop.open_store() as store:
        lines = find_return(store, rma).lines
    assert {(one.condition, one.photos, one.note, one.exchange_sku) for one in lines} == {
        ("opened", 2, "blue, please", "TEE-L")
    }
    assert [dict(one.answers) for one in lines] == [{"worn": "no"}, {"worn": "no"}]


def goods_arrived(shop: Shop, rma: str) -> Shop:
    received(shop, rma, "1:1")
    return shop


def money_went(shop: Shop, rma: str) -> Shop:
    record_refund(shop, RefundRequest(rma))
    return shop


def cancelled(shop: Shop, rma: str) -> Shop:
    rule_on_returns(shop, "cancel", [rma])
    return shop


def ran_out(shop: Shop, _rma: str) -> Shop:
    return on(shop, "2026-04-11")


def said_to_have_run_out(shop: Shop, rma: str) -> Shop:
    evaluate_returns(on(shop, "2026-04-11"), [rma])
    return shop


@pytest.mark.parametrize(
    ("order", "item", "before", "why"),
    [
        pytest.param("1001", "1=itchy", goods_arrived, "goods of it arrived"),
        pytest.param("1005", "1=damaged_in_transit", money_went, "a refund of it is recorded"),
        pytest.param("1001", "1=itchy", cancelled, "it is over"),
        pytest.param("1001", "1=itchy", said_to_have_run_out, "it is over"),
        pytest.param("1001", "1=itchy", ran_out, "it ran out"),
    ],
)
def test_a_return_on_its_way_or_at_its_end_stays_as_it_is(
    shop: Shop, order: str, item: str, before: Callable[[Shop, str], Shop], why: str
) -> None:
    rma = opened(shop, order, item)
    with pytest.raises(ConflictError, match=f"{rma} cannot be amended: {why}"):
        amended(before(shop, rma), rma, "1=style")


@pytest.mark.parametrize(
    ("words", "more"),
    [
        pytest.param([], {}, id="nothing to change"),
        pytest.param(["2:1"], {}, id="a new line without a reason"),
        pytest.param([], {"remove": (1,)}, id="no line left"),
    ],
)
def test_half_a_change_is_refused(shop: Shop, words: list[str], more: dict[str, Any]) -> None:
    rma = opened(shop, "1001", "1=itchy")
    with pytest.raises(UsageError) as caught:
        amended(shop, rma, *words, **more)
    assert caught.value.code == "E-USAGE-ITEM"


def test_a_rehearsed_change_is_answered_and_not_kept(shop: Shop) -> None:
    rma = opened(shop, "1001", "2=itchy")
    assert asked(amended(rehearsed(shop), rma, "2:1")) == [(2, 1, "itchy")]
    assert held(shop, rma) == {1: 0, 2: 2}
