from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from returns_cli.domain.errors import NotFoundError, UsageError
from returns_cli.operations.list_returns import list_returns
from returns_cli.operations.open_return import OpenRequest, open_return
from returns_cli.operations.rule_on_returns import rule_on_returns
from returns_cli.operations.shop import Shop
from tests.operations.desk import items, on, rehearsed, small_shop, sold


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return small_shop(tmp_path)


def typed(shop: Shop, order: str, *words: str, **more: Any) -> Any:
    return open_return(shop, OpenRequest(order, items(*words), **more))


@pytest.mark.parametrize(
    ("words", "lines", "total"),
    [
        # 10 % and 6.95 are taken off 40.00
        pytest.param(["2=itchy"], [(2, 2)], "29.05", id="every unit of a line"),
        # 10 % and 6.95 are taken off 20.00
        pytest.param(["2:1=itchy"], [(2, 1)], "11.05", id="some units"),
        pytest.param(["TEE:1=itchy"], [(2, 1)], "11.05", id="a line by its SKU"),
        # 20.00 + 12.50 - 10 % of each (2.00 and 1.25) - 6.95 once
        pytest.param(["2:1=itchy", "1=itchy"], [(1, 1), (2, 1)], "22.30", id="lines in order"),
    ],
)
def test_an_open_says_what_comes_back_and_what_it_pays(
    shop: Shop, words: list[str], lines: list[tuple[int, int]], total: str
) -> None:
    found = typed(shop, "1001", *words)
    assert [(one["line"], one["quantity"]) for one in found["lines"]] == lines
    assert found["quote"]["total"] == total


@pytest.mark.parametrize(
    ("words", "more", "error", "code"),
    [
        pytest.param([], {}, UsageError, "E-USAGE-ITEM", id="no item"),
        pytest.param(["1"], {}, UsageError, "E-USAGE-ITEM", id="no reason"),
        pytest.param(["1=itchy", "MUG=style"], {}, UsageError, "E-USAGE-ITEM", id="a line twice"),
        pytest.param(["CUP=itchy"], {}, UsageError, "E-USAGE-ITEM", id="a SKU of two lines"),
        pytest.param(["9=itchy"], {}, NotFoundError, "E-LINE-UNKNOWN", id="no such line"),
        pytest.param(["HAT=itchy"], {}, NotFoundError, "E-LINE-UNKNOWN", id="no such SKU"),
        pytest.param(["1=itchy"], {"want": "magic"}, UsageError, "E-USAGE-WANT", id="no such wish"),
        pytest.param(["1=itchy"], {"kind": "gift"}, UsageError, "E-USAGE-KIND", id="no such kind"),
        pytest.param(
            ["1=itchy"], {"requested_at": "soon"}, UsageError, "E-USAGE-DATE", id="no such day"
        ),
        pytest.param(
            ["1=itchy"], {"channel": "fair"}, NotFoundError, "E-ORDER-UNKNOWN", id="other channel"
        ),
    ],
)
def test_what_cannot_be_meant_is_refused_and_nothing_is_stored(
    shop: Shop, words: list[str], more: dict[str, Any], error: type[Exception], code: str
) -> None:
    sold(shop, "2001,1,MUG,1,9.00", "2001,2,CUP,1,4.00", "2001,3,CUP,1,4.00")
    with pytest.raises(error) as caught:
        typed(shop, "2001", *words, **more)
    assert getattr(caught.value, "code", "") == code
    assert list_returns(shop) == []


@pytest.mark.parametrize(
    ("day", "verdict"),
    # delivered 5 March, 30 days: the last day is 4 April
    [pytest.param("2026-04-04", "approve", id="in time"), pytest.param("2026-04-05", "deny")],
)
def test_the_day_the_customer_asked_counts_not_the_day_it_is_typed(
    shop: Shop, day: str, verdict: str
) -> None:
    late = on(shop, "2026-04-20")
    assert typed(late, "1001", "1=itchy", requested_at=day)["verdict"] == verdict


def test_each_time_an_approval_has_run_out_the_same_words_open_a_new_return(shop: Shop) -> None:
    asked = {"requested_at": "2026-03-20"}  # the label is good for 21 days after the approval
    first = typed(shop, "1001", "1=itchy", **asked)
    assert typed(on(shop, "2026-04-10"), "1001", "1=itchy", **asked)["replayed"] is True
    second = typed(on(shop, "2026-04-11"), "1001", "1=itchy", **asked)
    third = typed(on(shop, "2026-05-03"), "1001", "1=itchy", **asked)  # 11 April + 21 is 2 May
    assert len({first["rma"], second["rma"], third["rma"]}) == 3
    assert [second["verdict"], third["verdict"]] == ["approve", "approve"]
    assert [row["state"] for row in list_returns(on(shop, "2026-05-03"))] == [
        *("expired", "expired", "approved")
    ]


def test_a_rehearsed_open_answers_as_the_real_one_and_stores_nothing(shop: Shop) -> None:
    planned = typed(rehearsed(shop), "1001", "1=itchy")
    assert list_returns(shop) == []
    assert typed(shop, "1001", "1=itchy") == planned


@pytest.mark.parametrize(
    ("order", "is_denied_by", "again"),
    [
        pytest.param("1006", "the policy", True, id="the policy's denial answers a repeat"),
        pytest.param("1001", "ann", False, id="what a person denied may be asked again"),
    ],
)
def test_a_denied_request_asked_again(
    shop: Shop, order: str, is_denied_by: str, again: bool
) -> None:
    first = typed(shop, order, "1=itchy")
    if is_denied_by == "ann":
        rule_on_returns(shop, "deny", [first["rma"]], why="worn")
    assert typed(shop, order, "1=itchy")["replayed"] is again
