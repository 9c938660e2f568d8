from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest

from returns_cli.domain.errors import InvalidError, UsageError
from returns_cli.operations import backtest_policy as backtesting
from returns_cli.operations.backtest_policy import backtest_policy
from returns_cli.operations.rule_on_returns import rule_on_returns
from returns_cli.operations.shop import Shop
from tests.operations.desk import POLICY, inspected, on, opened, received, small_shop, written

# Restocking 20% instead of 10%, and final sale items come back.
STRICTER = POLICY.replace("restocking: 10%", "restocking: 20%").replace(
    "deny: final_sale", "enabled: false\n    deny: final_sale"
)


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return small_shop(tmp_path)


def replay(shop: Shop, text: str = STRICTER, **options: Any) -> Any:
    return backtest_policy(shop, written(shop, "new.yaml", text), **options)


def year(shop: Shop) -> dict[str, str]:
    """Six returns: a mug, a cap on final sale, a broken candle to keep, a vase found damaged, one
    in euros, and one that was cancelled."""
    found = {
        "mug": opened(shop, "1001", "1=itchy"),
        "cap": opened(shop, "1006", "1=itchy"),
        "candle": opened(shop, "1005", "1=damaged_in_transit"),
        "vase": opened(shop, "1002", "1=itchy"),
        "euro": opened(shop, "1004", "1=itchy"),
        "gone": opened(shop, "1003", "1=itchy"),
    }
    received(shop, found["vase"])
    inspected(shop, found["vase"], "1:1=damaged")
    rule_on_returns(shop, "cancel", [found["gone"]], why="kept")
    return found


def test_every_amount_and_flip_is_as_worked_out_by_hand(shop: Shop) -> None:
    rmas = year(shop)
    answer = replay(shop)
    # mug 12.50 - 1.25 - 6.95 = 4.30, then 12.50 - 2.50 - 6.95 = 3.05
    # cap denied, then 15.00 - 3.00 - 6.95 = 5.05; candle 8.00 both ways
    # vase 83.17 - 41.58 - 8.32 - 6.95 = 26.32, then 83.17 - 41.58 - 16.63 - 6.95 = 18.01
    assert (answer["before"], answer["after"], answer["difference"]) == ("38.62", "34.11", "-4.51")
    assert answer["currency"] == "USD"
    assert (answer["returns"], answer["replayed"], answer["same"]) == (6, 4, 1)
    assert answer["flips"] == [{"from": "deny", "to": "approve", "returns": 1}]
    assert answer["assumed"] == 1
    parts = {one["kind"]: (one["before"], one["after"]) for one in answer["components"]}
    assert parts == {
        "items": ("103.67", "118.67"),
        "restocking_fee": ("-9.57", "-22.13"),
        "return_shipping": ("-13.90", "-20.85"),
        "condition_deduction": ("-41.58", "-41.58"),
    }
    assert [(one["rma"], one["difference"]) for one in answer["most_changed"]] == [
        (rmas["vase"], "-8.31"),
        (rmas["cap"], "5.05"),
        (rmas["mug"], "-1.25"),
    ]
    assert answer["most_changed"][1]["why"] == "no longer final_sale"
    assert answer["most_changed"][2]["why"].startswith("fees.restocking 10% → 20% (")


def test_why_tells_first_what_moves_money_and_what_was_left_out(shop: Shop) -> None:
    opened(shop, "1001", "1=too_small")
    longer = POLICY.replace("days: 30", "days: 31").replace("restocking: 10%, ", "")
    assert longer.count("restocking: ") < POLICY.count("restocking: ")
    (changed,) = replay(shop, longer)["most_changed"]
    first, second = changed["why"].split("), ")
    assert first.startswith("fees.restocking 10% → nothing (")
    assert second.startswith("window.days 30 → 31 (")


def test_what_cannot_be_replayed_is_counted_with_its_reason(shop: Shop) -> None:
    year(shop)
    assert replay(shop)["not_replayed"] == [
        {"why": backtesting.CAME_TO_NOTHING, "returns": 1},
        {"why": backtesting.ANOTHER_CURRENCY, "returns": 1},
    ]


def test_rows_by_reason_category_and_tier_add_up_to_what_the_lines_pay(shop: Shop) -> None:
    year(shop)
    answer = replay(shop)
    by_reason = {one["name"]: one for one in answer["by_reason"]}
    assert by_reason["damaged_in_transit"]["counted"] == 1
    assert by_reason["damaged_in_transit"]["difference"] == "0.00"
    itchy = by_reason["itchy"]
    assert (itchy["counted"], itchy["to_approve"], itchy["to_deny"]) == (3, 1, 0)
    # the lines without return shipping: 11.25 + 33.27, then 10.00 + 12.00 + 24.96
    assert (itchy["before"], itchy["after"]) == ("44.52", "46.96")
    assert [one["name"] for one in answer["by_category"]] == [""]
    (tier,) = answer["by_tier"]
    assert (tier["counted"], tier["difference"]) == (4, "-4.51")


def test_the_same_policy_changes_nothing(shop: Shop) -> None:
    year(shop)
    answer = replay(shop, POLICY)
    assert answer["same"] == answer["replayed"] == 4
    assert (answer["flips"], answer["most_changed"], answer["difference"]) == ([], [], "0.00")


def test_nothing_is_written(shop: Shop) -> None:
    year(shop)
    before = hashlib.sha256((shop.folder / "returns.db").read_bytes()).hexdigest()
    replay(shop)
    assert hashlib.sha256((shop.folder / "returns.db").read_bytes()).hexdigest() == before


@pytest.mark.parametrize("chunk", [1, 2])
def test_the_answer_does_not_depend_on_how_many_are_read_at_a_time(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, chunk: int
) -> None:
    year(shop)
    whole = replay(shop)
    monkeypatch.setattr(backtesting, "CHUNK", chunk)
    assert replay(shop) == whole


def test_only_requests_of_the_days_asked_for_count(shop: Shop) -> None:
    opened(shop, "1001", "1=itchy")
    opened(on(shop, "2026-03-25"), "1006", "1=itchy")
    assert replay(shop, since="2026-03-21")["returns"] == 1
    assert replay(shop, until="2026-03-20")["returns"] == 1
    assert replay(shop, since="2026-03-20", until="2026-03-25")["returns"] == 2
    with pytest.raises(UsageError, match="--since"):
        replay(shop, since="yesterday")


def test_against_another_policy_both_are_judged_anew(shop: Shop) -> None:
    opened(shop, "1001", "1=itchy")
    free = written(shop, "free.yaml", POLICY.replace("restocking: 10%", "restocking: 0%"))
    answer = replay(shop, against=free)
    assert (answer["before"], answer["after"]) == ("5.55", "3.05")
    assert answer["against"]["id"] == "plain"
    assert answer["against"]["sha256"] == hashlib.sha256(free.read_bytes()).hexdigest()


def test_what_a_person_decided_stands_where_both_policies_ask_one(shop: Shop) -> None:
    careful = POLICY.replace("rules:\n", "  review: {above: 1.00}\nrules:\n", 1)
    written(shop, "policies/plain.yaml", careful)
    approved = opened(shop, "1001", "1=itchy")
    rule_on_returns(shop, "approve", [approved])
    waiting = opened(shop, "1001", "2:1=itchy")
    answer = replay(shop, careful.replace("restocking: 10%", "restocking: 20%"))
    # the approved mug pays 3.05 in place of 4.30; the tee that waits for a person pays nothing yet
    assert (answer["before"], answer["after"]) == ("4.30", "3.05")
    assert answer["flips"] == []
    assert waiting not in [one["rma"] for one in answer["most_changed"]]


def test_orders_that_the_policy_does_not_hold_for_are_left_out(shop: Shop) -> None:
    opened(shop, "1001", "1=itchy")
    german = POLICY.replace("currency: USD", "currency: USD\napplies_to: {countries: [DE]}")
    assert replay(shop, german)["not_replayed"] == [
        {"why": backtesting.DOES_NOT_APPLY, "returns": 1}
    ]
    narrower = POLICY.replace("policy: plain", "policy: romania").replace(
        "currency: USD", "currency: USD\napplies_to: {countries: [RO]}"
    )
    written(shop, "policies/romania.yaml", narrower)
    assert replay(Shop(shop.folder, "ann", "2026-03-20"))["not_replayed"] == [
        {"why": backtesting.ANOTHER_IS_NARROWER, "returns": 1}
    ]


def test_the_period_of_the_policy_does_not_count(shop: Shop) -> None:
    opened(shop, "1001", "1=itchy")
    next_year = STRICTER.replace("currency: USD", "currency: USD\neffective: {from: 2027-01-01}", 1)
    assert replay(shop, next_year)["replayed"] == 1


def test_a_policy_that_cannot_be_accepted_is_refused(shop: Shop) -> None:
    with pytest.raises(InvalidError):
        replay(shop, "policy: [")
