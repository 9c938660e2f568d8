from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from returns_cli.domain.errors import ConflictError, NotFoundError, UsageError
from returns_cli.domain.vocabulary import RefundState
from returns_cli.operations.move_refund import (
    RefundsWanted,
    confirm_refund,
    fail_refund,
    list_refunds,
    move_refund,
    reverse_refund,
    show_refund,
)
from returns_cli.operations.record_refund import RefundRequest, record_refund
from returns_cli.operations.shop import Shop
from tests.operations.desk import opened, rehearsed, small_shop, sold


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    """Two candles that broke on the way: kept by the customer, 8.00 and 6.00 are submitted."""
    made = small_shop(tmp_path)
    sold(made, "2001,1,CNDL,1,6.00")
    for order in ("1005", "2001"):
        record_refund(made, RefundRequest(opened(made, order, "1=damaged_in_transit")))
    return made


@pytest.fixture
def refund(shop: Shop) -> str:
    return str(list_refunds(shop)[0]["refund"])


@pytest.mark.parametrize(
    ("wanted", "amounts"),
    [
        pytest.param(RefundsWanted(), ["8.00", "6.00"], id="all, oldest first"),
        pytest.param(RefundsWanted(order="2001"), ["6.00"], id="of an order"),
        pytest.param(RefundsWanted(state="confirmed"), [], id="of a state"),
        pytest.param(RefundsWanted(limit=1), ["8.00"], id="a few"),
    ],
)
def test_refunds_are_listed(shop: Shop, wanted: RefundsWanted, amounts: list[str]) -> None:
    assert [one["amount"] for one in list_refunds(shop, wanted)] == amounts


def test_refunds_of_a_return_are_listed_and_one_is_shown(shop: Shop, refund: str) -> None:
    one = show_refund(shop, refund)
    assert list_refunds(shop, RefundsWanted(rma=str(one["rma"]))) == [one]


def in_doubt(shop: Shop, refund: str) -> Any:
    return move_refund(shop, refund, RefundState.IN_DOUBT)


def confirmed(shop: Shop, refund: str) -> Any:
    return confirm_refund(shop, refund, "ch_1")


def reversed_(shop: Shop, refund: str) -> Any:
    return reverse_refund(shop, refund, "paid twice")


Move = Callable[[Shop, str], Any]


@pytest.mark.parametrize(
    ("moves", "states"),
    [
        pytest.param([confirmed, reversed_], ["confirmed", "reversed"], id="paid, then taken back"),
        pytest.param([in_doubt, confirmed], ["in_doubt", "confirmed"], id="in doubt, then paid"),
        pytest.param([in_doubt, fail_refund], ["in_doubt", "failed"], id="in doubt, not paid"),
    ],
)
def test_a_refund_goes_its_way_and_the_same_move_again_changes_nothing(
    shop: Shop, refund: str, moves: list[Move], states: list[str]
) -> None:
    for move, state in zip(moves, states, strict=True):
        answer = move(shop, refund)
        assert (answer["state"], answer["replayed"]) == (state, False)
        assert move(shop, refund) == {**answer, "replayed": True}
    assert show_refund(shop, refund)["state"] == states[-1]


def test_a_rehearsed_move_is_answered_and_not_kept(shop: Shop, refund: str) -> None:
    assert confirm_refund(rehearsed(shop), refund, "ch_1")["state"] == "confirmed"
    assert show_refund(shop, refund)["state"] == "submitted"


def test_a_move_that_its_state_does_not_allow_is_refused(shop: Shop, refund: str) -> None:
    fail_refund(shop, refund)
    with pytest.raises(ConflictError) as caught:
        confirm_refund(shop, refund)
    assert caught.value.code == "E-STATE"


def test_a_reference_belongs_to_one_refund(shop: Shop) -> None:
    first, second = (str(one["refund"]) for one in list_refunds(shop))
    confirm_refund(shop, first, "ch_1")
    with pytest.raises(ConflictError) as caught:
        confirm_refund(shop, second, "ch_1")
    assert caught.value.code == "E-REFERENCE-USED"


@pytest.mark.parametrize("why", ["", "  "])
def test_a_reversal_says_why(shop: Shop, refund: str, why: str) -> None:
    with pytest.raises(UsageError) as caught:
        reverse_refund(shop, refund, why)
    assert caught.value.code == "E-USAGE-WHY"


def test_a_state_or_a_refund_that_is_none_is_refused(shop: Shop) -> None:
    with pytest.raises(UsageError) as caught:
        list_refunds(shop, RefundsWanted(state="lost"))
    assert caught.value.code == "E-USAGE-STATE"
    with pytest.raises(NotFoundError):
        show_refund(shop, "RF-0000000")
