"""Parcels as they come: several returns in one box, too late, of nobody.

By hand: order 1001 holds a mug and two tees, order 2001 of the same person a pin.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from returns_cli.domain.item_spec import parse_item
from returns_cli.operations.import_orders import import_orders
from returns_cli.operations.list_unexpected import list_unexpected_goods
from returns_cli.operations.match_unexpected import MatchRequest, match_unexpected_goods
from returns_cli.operations.prove_store import check_shop
from returns_cli.operations.rule_on_returns import rule_on_returns
from returns_cli.operations.scan.station import ScanRequest, scan
from returns_cli.operations.shop import Shop
from returns_cli.operations.show_return import show_return
from tests.operations.desk import on, opened, small_shop, written


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    found = small_shop(tmp_path)
    more = (
        "order_id,line_no,sku,quantity,unit_price,placed_at,currency,delivered_at,customer_email\n"
        "2001,1,PIN,1,3.00,2026-03-02,USD,2026-03-06,Ann@example.com\n"
    )
    import_orders(found, [written(found, "ann.csv", more)])
    return found


def answers(shop: Shop, *codes: str, mode: str = "receive") -> list[Any]:
    return list(scan(shop, codes, ScanRequest(mode)))


def words(shop: Shop, *codes: str) -> list[str]:
    return [one["word"] for one in answers(shop, *codes)]


def arrived(shop: Shop, rma: str) -> int:
    came: Any = show_return(shop, rma)["received"]
    return sum(one["quantity"] for one in came)


def lying(shop: Shop) -> list[tuple[object, object, object]]:
    return [(one["sku"], one["rma"], one["order"]) for one in list_unexpected_goods(shop)]


@pytest.fixture
def pair(shop: Shop) -> tuple[str, str]:
    """Two returns of one person that come in one box: mug and tees, and a pin."""
    return opened(shop, "1001", "1=itchy", "2=itchy"), opened(shop, "2001", "1=itchy")


def test_an_item_of_the_persons_other_return_is_asked_for_and_sorted(
    shop: Shop, pair: tuple[str, str]
) -> None:
    first, second = pair
    said = answers(shop, first, "MUG", "PIN", second, first, "TEE")

    assert [one["word"] for one in said] == ["OK", "OK", "ASK", "OK", "OK", "OK"]
    assert said[2]["message"].startswith(f"PIN is awaited by {second}, not here.")
    assert (said[3]["rma"], said[3]["message"]) == (second, "PIN: 1 of 1")
    assert (arrived(shop, first), arrived(shop, second)) == (2, 1)
    assert check_shop(shop)["ok"] is True


def test_what_was_asked_is_forgotten_kept_or_left_as_the_clerk_says(
    shop: Shop, pair: tuple[str, str]
) -> None:
    first, second = pair
    forgotten = answers(shop, first, "PIN", "UNDO", second, "DONE")
    assert [one["message"] for one in forgotten[2:4]] == [
        "Forgotten: PIN. Nothing was recorded.", "1 unit awaited. Scan the goods, then DONE.",
    ]  # fmt: skip
    assert words(shop, first, "PIN", "MUG", second) == ["OK", "ASK", "OK", "OK"]
    assert arrived(shop, second) == 0


def test_a_unit_too_many_of_one_return_may_be_the_others_of_the_same_order(shop: Shop) -> None:
    first, second = opened(shop, "1001", "2:1=itchy"), opened(shop, "1001", "2:1=color")
    assert words(shop, first, "TEE", "TEE", second, "TEE", "DONE") == [
        "OK", "OK", "ASK", "OK", "STOP", "OK",
    ]  # fmt: skip
    assert (arrived(shop, first), arrived(shop, second)) == (1, 1)


def test_an_item_that_another_awaits_may_still_be_kept_as_unexpected(
    shop: Shop, pair: tuple[str, str]
) -> None:
    first, second = pair
    assert words(shop, first, "PIN", "EXTRA", second) == ["OK", "ASK", "OK", "OK"]
    assert lying(shop) == [("PIN", first, "1001")]
    assert arrived(shop, second) == 0


def test_a_parcel_that_comes_too_late_lies_aside_until_a_person_lets_it_in(shop: Shop) -> None:
    rma = opened(shop, "1001", "1=itchy")  # its label is valid until 2026-04-10
    late = on(shop, "2026-04-11")

    said = answers(late, rma, "EXTRA", "MUG", "MUG", "DONE", "DONE")

    assert [one["word"] for one in said] == ["STOP", "ASK", "OK", "STOP", "OK", "STOP"]
    assert f"{rma} ran out on 2026-04-10." in said[0]["message"]
    assert f'returns approve {rma} --why "came late"' in said[0]["message"]
    assert said[4]["message"] == "Put aside. A person decides."
    assert (lying(late), show_return(late, rma)["state"]) == ([("MUG", rma, "1001")], "expired")
    rule_on_returns(late, "approve", [rma], why="came late")
    match_unexpected_goods(late, MatchRequest(1, rma))
    assert (lying(late), show_return(late, rma)["state"]) == ([], "received")
    assert check_shop(late)["ok"] is True


def test_a_parcel_of_an_order_without_a_return_is_kept_with_its_order(shop: Shop) -> None:
    said = answers(shop, "1002", "EXTRA", "VASE", "DONE")

    assert said[0]["message"] == (
        "No return was opened for order 1002. EXTRA, then the goods: kept as unexpected."
    )
    assert [one["word"] for one in said] == ["STOP", "ASK", "OK", "OK"]
    assert lying(shop) == [("VASE", None, "1002")]
    match_unexpected_goods(shop, MatchRequest(1, "1002", parse_item("1=itchy")))
    assert lying(shop) == []
    assert answers(shop, "1003", mode="find")[0]["message"] == (
        "No return was opened for order 1003."
    )


def test_a_parcel_of_nobody_is_kept_by_what_stands_on_it(shop: Shop) -> None:
    assert words(shop, "1Z999AA10123456784", "EXTRA") == ["STOP", "OK"]
    assert lying(shop) == [("1Z999AA10123456784", None, None)]
