from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from returns_cli.domain.errors import ConflictError, NotFoundError, UsageError
from returns_cli.domain.item_spec import parse_item
from returns_cli.operations.export_stock import StockRequest, export_stock
from returns_cli.operations.list_stock_moves import MoveFilter, list_stock_moves
from returns_cli.operations.list_unexpected import list_unexpected_goods
from returns_cli.operations.match_unexpected import MatchRequest, match_unexpected_goods
from returns_cli.operations.receive_items import receive_file
from returns_cli.operations.shop import Shop
from returns_cli.store.check import check_store
from returns_cli.store.floor import NewUnexpected, add_unexpected
from returns_cli.store.history import history_of
from returns_cli.store.returns import find_return
from tests.operations.desk import on, opened, rehearsed, small_shop, written


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return small_shop(tmp_path)


def surplus(shop: Shop, rma: str, line: int, units: int) -> None:
    row = f"rma,line_no,quantity,station\n{rma},{line},{units},bench-1\n"
    receive_file(shop, written(shop, "receipts.csv", row))


def unknown(shop: Shop, sku: str = "", units: int = 1) -> None:
    with shop.open_store() as store, store.writing():
        found = NewUnexpected(sku, units, "unknown", shop.now, "ben", code="4006381333931")
        add_unexpected(store, found)


def match(shop: Shop, number: int, target: str | None = None, item: str = "", **more: Any) -> Any:
    spec = parse_item(item) if item else None
    return match_unexpected_goods(shop, MatchRequest(number, target, spec, **more))


def units(shop: Shop, rma: str, line: int) -> tuple[int, int]:
    with shop.open_store() as store:
        record = find_return(store, rma)
        assert check_store(store).ok
    return record.authorized(line), record.received(line)


def test_they_are_listed_with_their_age(shop: Shop) -> None:
    rma = opened(shop, "1001", "2:1=itchy")
    surplus(shop, rma, 2, 2)
    (row,) = list_unexpected_goods(on(shop, "2026-03-24"))
    assert (row["unexpected"], row["age_days"], row["why"], row["left"]) == (1, 4, "surplus", 1)
    assert (row["sku"], row["rma"], row["order"], row["line"]) == ("TEE", rma, "1001", 2)
    assert (row["station"], row["by"], row["moves"]) == ("bench-1", "ann", [])


def test_a_surplus_goes_into_another_return_of_the_day_it_was_found(shop: Shop) -> None:
    first = opened(shop, "1001", "2:1=itchy")
    surplus(shop, first, 2, 2)
    second = opened(shop, "1001", "2:1=too_small")
    late = on(shop, "2026-03-23")
    answer = match(late, 1, second, note="same parcel")
    assert answer["return"]["received"] == [
        {
            "line": 2,
            "quantity": 1,
            "at": "2026-03-20T10:00:00+00:00",
            "by": "ann",
            "station": "bench-1",
        }
    ]
    assert answer["goods"]["left"] == 0
    assert [(one["rma"], one["line"], one["note"]) for one in answer["goods"]["moves"]] == [
        (second, 2, "same parcel")
    ]
    assert units(shop, second, 2) == (1, 1)
    with shop.open_store() as store:
        told = [one.what for one in history_of(store, find_return(store, second).return_id)]
    assert "unexpected matched" in told
    assert list_unexpected_goods(shop) == []
    assert len(list_unexpected_goods(shop, also_gone=True)) == 1
    with pytest.raises(ConflictError) as error:
        match(late, 1, second)
    assert error.value.code == "E-UNEXPECTED-GONE"


def test_an_order_gets_a_return_by_its_policy_and_the_goods_go_in(shop: Shop) -> None:
    first = opened(shop, "1001", "2:1=itchy")
    surplus(shop, first, 2, 2)
    answer = match(shop, 1, "#1001", "2=itchy")
    assert answer["return"]["rma"] != first
    assert answer["return"]["state"] == "received"
    assert units(shop, answer["return"]["rma"], 2) == (1, 1)
    assert answer["goods"]["left"] == 0


def test_goods_of_a_return_that_the_policy_denies_stay(shop: Shop) -> None:
    unknown(shop, "CAP")
    answer = match(shop, 1, "1006", "1=itchy")  # final sale
    assert (answer["return"]["verdict"], answer["goods"]["left"]) == ("deny", 1)
    assert "stay unexpected" in shop.notes[-1]
    assert match(shop, 1, "1006", "1=itchy")["return"]["rma"] == answer["return"]["rma"]


def test_some_units_may_go_and_the_rest_stays(shop: Shop) -> None:
    rma = opened(shop, "1001", "2:2=itchy")
    unknown(shop, "TEE", 3)
    assert match(shop, 1, rma, "2:1")["goods"]["left"] == 2
    assert match(shop, 1, rma)["goods"]["left"] == 1  # one more is awaited
    with pytest.raises(ConflictError) as error:
        match(shop, 1, rma)
    assert error.value.code == "E-OVER-RECEIVED"
    assert "unexpected match 1 1001 --item 2=REASON" in str(error.value.hint)
    with pytest.raises(ConflictError) as error:
        match(shop, 1, disposition="donate", item="2:2")
    assert error.value.code == "E-UNEXPECTED-GONE"
    assert match(shop, 1, disposition="donate", note="theirs")["goods"]["left"] == 0


def test_what_is_put_back_without_a_return_is_stock_too(shop: Shop) -> None:
    unknown(shop, "MUG", 2)
    unknown(shop, "VASE")
    match(shop, 1, disposition="restock", location="B-2")
    match(shop, 2, disposition="quarantine")
    moves = list_stock_moves(shop)
    assert [(one["sku"], one["quantity"], one["location"]) for one in moves] == [("MUG", 2, "B-2")]
    waiting = list_stock_moves(shop, MoveFilter(dispositions=("quarantine",), open_only=True))
    assert [one["sku"] for one in waiting] == ["VASE"]
    answer = export_stock(shop, StockRequest("generic"))
    assert str(answer["content"]).splitlines()[1:] == ["MUG,2,restock,B-2"]
    assert export_stock(shop, StockRequest("generic"))["moves"] == 0
    with shop.open_store() as store:
        assert check_store(store).ok


def test_a_dry_run_moves_nothing(shop: Shop) -> None:
    unknown(shop, "TEE")
    assert match(rehearsed(shop), 1, "1001", "2=itchy")["return"]["verdict"] == "approve"
    assert match(rehearsed(shop), 1, disposition="donate")["goods"]["left"] == 0
    assert list_unexpected_goods(shop)[0]["left"] == 1


@pytest.mark.parametrize(
    ("target", "item", "more", "error"),
    [
        pytest.param(None, "", {}, UsageError, id="neither a return nor a place"),
        pytest.param("1001", "1=itchy", {"disposition": "scrap"}, UsageError, id="both"),
        pytest.param("1001", "", {}, UsageError, id="an order without a line"),
        pytest.param("1001", "1", {}, UsageError, id="an order without a reason"),
        pytest.param(None, "", {"disposition": "attic"}, ConflictError, id="no such place"),
        pytest.param(None, "", {"disposition": "restock"}, ConflictError, id="stock of nothing"),
        pytest.param("9999", "1=itchy", {}, NotFoundError, id="no such order"),
        pytest.param("RMA-0000000", "1", {}, NotFoundError, id="a mistyped return"),
    ],
)
def test_a_wrong_call_moves_nothing(
    shop: Shop, target: str | None, item: str, more: dict[str, Any], error: type[Exception]
) -> None:
    unknown(shop)
    with pytest.raises(error):
        match(shop, 1, target, item, **more)
    assert list_unexpected_goods(shop)[0]["left"] == 1


def test_a_line_must_be_known(shop: Shop) -> None:
    unknown(shop)
    with pytest.raises(UsageError):
        match(shop, 1, opened(shop, "1001", "1=itchy"))
    with pytest.raises(NotFoundError):
        match(shop, 7, disposition="scrap")


def test_a_return_is_opened_for_goods_together_with_them_or_not_at_all(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A kill between the two once left a return of which nothing had arrived."""
    unknown(shop, "TEE")

    def fail(*_: object) -> None:
        raise ConflictError("E-STATE", "As if it were killed here.")

    with monkeypatch.context() as patch:
        patch.setattr("returns_cli.operations.match_unexpected._move", fail)
        with pytest.raises(ConflictError):
            match(shop, 1, "1001", "2=itchy")
    with shop.open_store(read_only=True) as store:
        assert store.connection.execute("SELECT count(*) FROM returns").fetchone() == (0,)
    assert match(shop, 1, "1001", "2=itchy")["return"]["received"]
