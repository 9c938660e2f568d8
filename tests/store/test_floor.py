from __future__ import annotations

import pytest

from returns_cli.domain.errors import ConflictError, StoreError
from returns_cli.domain.model import Disposal
from returns_cli.store.check import check_store
from returns_cli.store.floor import (
    NewUnexpected,
    add_disposal,
    add_unexpected,
    list_stock_moves,
    list_unexpected,
    match_unexpected,
)
from returns_cli.store.returns import load_returns
from tests.store.desk import AT, Desk, order


@pytest.fixture
def coming(desk: Desk) -> Desk:
    """Both mugs of #1042 may come back."""
    desk.orders(order())
    desk.approved()
    return desk


def test_a_second_parcel_is_a_second_receipt(coming: Desk) -> None:
    assert [coming.receive(1, 1), coming.receive(1, 1)] == [1, 2]
    assert load_returns(coming.store, [1])[0].received(1) == 2


@pytest.mark.parametrize(
    ("step", "code"),
    [
        ("receive", "E-OVER-RECEIVED"),
        ("inspect", "E-OVER-INSPECTED"),
        ("dispose", "E-OVER-DISPOSED"),
    ],
)
def test_a_unit_too_many_is_a_conflict_and_leaves_nothing(
    coming: Desk, step: str, code: str
) -> None:
    for earlier in ("receive", "inspect", "dispose"):
        if earlier == step:
            break
        getattr(coming, earlier)(1, 2)
    with pytest.raises(ConflictError) as error:
        getattr(coming, step)(1, 3)
    assert (error.value.code, error.value.exit) == (code, 6)
    assert error.value.hint
    assert check_store(coming.store).ok


def test_a_mistake_is_taken_back_by_its_opposite(coming: Desk) -> None:
    receipt = coming.receive(1, 2)
    inspection = coming.inspect(1, 2)
    disposal = coming.dispose(1, 2)
    assert coming.dispose(1, -1, corrects=disposal) == 2
    coming.inspect(1, -1, corrects=inspection)
    coming.receive(1, -1, corrects=receipt)
    record = load_returns(coming.store, [1])[0]
    assert (record.received(1), record.inspected(1), record.disposed(1)) == (1, 1, 1)
    moves = [(one.disposal_id, one.quantity, one.sku) for one in list_stock_moves(coming.store)]
    assert moves == [(1, 2, "MUG"), (2, -1, "MUG")]
    assert check_store(coming.store).ok
    coming.receive(1, 1)


@pytest.mark.parametrize(
    ("units", "corrects"),
    [
        pytest.param(-3, 1, id="more than was recorded"),
        pytest.param(-1, 9, id="of nothing"),
    ],
)
def test_no_more_is_taken_back_than_was_recorded(coming: Desk, units: int, corrects: int) -> None:
    coming.receive(1, 2)
    with pytest.raises(ConflictError) as error:
        coming.receive(1, units, corrects=corrects)
    assert error.value.code == "E-UNITS-HELD"


def test_one_receipt_is_not_taken_back_twice(coming: Desk) -> None:
    first = coming.receive(1, 1)
    coming.receive(1, 1)
    coming.receive(1, -1, corrects=first)
    with pytest.raises(ConflictError):
        coming.receive(1, -1, corrects=first)


def test_a_correction_names_what_it_corrects(coming: Desk) -> None:
    coming.receive(1, 2)
    with pytest.raises(StoreError):
        coming.receive(1, -1)


def test_goods_that_are_not_sold_again_move_no_stock(coming: Desk) -> None:
    coming.receive(1, 2)
    coming.inspect(1, 2)
    with coming.store.writing():
        add_disposal(coming.store, 1, Disposal(1, 2, "scrap", AT, "cy"), moves_stock=False)
    assert list_stock_moves(coming.store) == []


def test_surprises_wait_until_they_are_matched_once(coming: Desk) -> None:
    surplus = NewUnexpected("MUG", 1, "surplus", AT, "cy", 1, 1, 1, "401", "bay 2", "1Z")
    with coming.store.writing():
        first = add_unexpected(coming.store, surplus)
        add_unexpected(coming.store, NewUnexpected("", 1, "unknown", AT, "cy", code="XYZ"))
        match_unexpected(coming.store, first, 1, "dee", AT)
    assert [one.fact.code for one in list_unexpected(coming.store)] == ["XYZ"]
    both = list_unexpected(coming.store, open_only=False)
    assert (both[0].fact, both[0].matched_to) == (surplus, 1)
    with pytest.raises(StoreError), coming.store.writing():
        match_unexpected(coming.store, first, 1, "dee", AT)
