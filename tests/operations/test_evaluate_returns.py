from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from returns_cli.operations import batches
from returns_cli.operations.evaluate_returns import evaluate_returns
from returns_cli.operations.explain_return import history_of_return
from returns_cli.operations.import_requests import import_requests
from returns_cli.operations.prove_store import check_shop
from returns_cli.operations.rule_on_returns import rule_on_returns
from returns_cli.operations.shop import Shop
from returns_cli.operations.show_return import show_return
from tests.operations.desk import (
    POLICY,
    on,
    opened,
    received,
    rehearsed,
    small_shop,
    written,
)

# Two requests for the two tees of order 1001: one unit, then both; and one for its mug.
REQUESTS = """\
request_id,order_id,line_no,quantity,reason
first,1001,2,1,itchy
second,1001,2,2,itchy
mug,1001,1,1,itchy
"""


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return small_shop(tmp_path)


def asked(shop: Shop) -> list[str]:
    answer: Any = import_requests(shop, [written(shop, "requests.csv", REQUESTS)])
    return list(answer["returns"])


def verdicts(answers: list[Any]) -> list[tuple[str, str]]:
    return [(one["rma"], one["verdict"]) for one in answers]


@pytest.mark.parametrize("chunk", [1, 2, 1000])
def test_one_unit_is_never_approved_for_two_returns(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, chunk: int
) -> None:
    monkeypatch.setattr(batches, "CHUNK", chunk)
    first, second, mug = asked(shop)
    expected = [(first, "approve"), (second, "deny"), (mug, "approve")]
    assert verdicts(evaluate_returns(rehearsed(shop), all_open=True)) == expected
    assert show_return(shop, first)["state"] == "requested"
    answers: Any = evaluate_returns(shop, all_open=True)
    assert verdicts(answers) == expected
    assert answers[1]["lines"][0]["codes"] == ["quantity_exceeds"]
    assert check_shop(shop)["ok"] is True


def test_an_unchanged_judgement_is_replayed_and_adds_nothing(shop: Shop) -> None:
    asked(shop)
    assert [one["replayed"] for one in evaluate_returns(shop, all_open=True)] == [False] * 3
    # the second was denied, which is an end, so it is not judged again
    assert [one["replayed"] for one in evaluate_returns(shop, all_open=True)] == [True] * 2


def test_a_return_named_twice_is_judged_once(shop: Shop) -> None:
    first, *_ = asked(shop)
    assert verdicts(evaluate_returns(shop, [first, first.lower()])) == [(first, "approve")]
    assert len(show_return(shop, first)["lines"]) == 1  # type: ignore[arg-type]  # JSON
    assert evaluate_returns(shop) == []


def test_an_approval_that_ran_out_is_written_down_once(shop: Shop) -> None:
    rma = opened(shop, "1001", "1=itchy")
    late = on(shop, "2026-04-11")  # 20 March + 21 days is 10 April
    (answer,) = evaluate_returns(late, all_open=True)
    assert answer["state"] == "expired"
    assert evaluate_returns(late, all_open=True) == []
    said = [one for one in history_of_return(shop, rma) if one["what"] == "expired"]
    assert len(said) == 1
    assert "nothing arrived by 2026-04-10" in str(said[0]["detail"])
    assert show_return(shop, rma)["state"] == "expired"  # also for a clock that is behind


def test_another_policy_text_is_noted_and_judged(shop: Shop) -> None:
    rma = opened(shop, "1001", "1=itchy")
    written(shop, "policies/plain.yaml", POLICY.replace("days: 30", "days: 10"))
    again = on(shop, "2026-03-20T10:00:00+00:00")
    # delivered 5 March, 10 days: the last day was the 15th
    (answer,) = evaluate_returns(again, [rma])
    assert (answer["verdict"], answer["replayed"]) == ("deny", False)
    (note,) = again.notes
    assert note.startswith(f"{rma}: the text of policies/plain.yaml is another")


@pytest.mark.parametrize("kept_by", ["a ruling", "goods"])
def test_what_a_person_approved_or_what_arrived_keeps_its_policy_unless_repinned(
    shop: Shop, kept_by: str
) -> None:
    rma = opened(shop, "1004" if kept_by == "a ruling" else "1001", "1=itchy")
    if kept_by == "goods":
        received(shop, rma)
    else:
        rule_on_returns(shop, "approve", [rma])
    shorter = POLICY.replace("days: 30", "days: 10")
    written(shop, "policies/plain.yaml", shorter)
    again = on(shop, "2026-03-20T10:00:00+00:00")
    (answer,) = evaluate_returns(again, [rma])
    assert answer["replayed"] is True
    (answer,) = evaluate_returns(again, [rma], repin=True)
    # order 1004 is in EUR: no policy fits it before or after
    assert answer["replayed"] is (kept_by == "a ruling")
