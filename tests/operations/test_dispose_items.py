from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from returns_cli.domain.errors import ConflictError
from returns_cli.operations.dispose_items import DisposeRequest, dispose_file, dispose_items
from returns_cli.operations.shop import Shop
from returns_cli.store.floor import list_stock_moves
from returns_cli.store.returns import find_return
from tests.operations.desk import (
    inspected,
    items,
    opened,
    received,
    rehearsed,
    small_shop,
    written,
)


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return small_shop(tmp_path)


@pytest.fixture
def rma(shop: Shop) -> str:
    """A mug graded damaged (scrap), one tee new (restock), the other opened (open_box)."""
    made = opened(shop, "1001", "1=itchy", "2=itchy")
    received(shop, made)
    inspected(shop, made, "1=damaged", "2:1=new", "2:1=opened")
    return made


def put_away(shop: Shop, rma: str, *words: str, **more: Any) -> Any:
    return dispose_items(shop, DisposeRequest(rma, items(*words), **more))


def gone(shop: Shop, rma: str) -> list[tuple[int, int, str]]:
    with shop.open_store() as store:
        record = find_return(store, rma)
    return [(one.line, one.quantity, one.disposition) for one in record.disposals]


def stock(shop: Shop) -> list[tuple[str, int, str, str]]:
    with shop.open_store() as store:
        return [
            (one.sku, one.quantity, one.disposition, one.location)
            for one in list_stock_moves(store)
        ]


def from_file(shop: Shop, text: str) -> Any:
    return dispose_file(shop, written(shop, "dispositions.csv", text))


def test_what_nobody_says_goes_where_its_grade_says(shop: Shop, rma: str) -> None:
    put_away(shop, rma, location="A-3")
    assert gone(shop, rma) == [(1, 1, "scrap"), (2, 1, "restock"), (2, 1, "open_box")]
    # what is scrapped is no stock
    assert stock(shop) == [("TEE", 1, "restock", "A-3"), ("TEE", 1, "open_box", "A-3")]
    with pytest.raises(ConflictError, match="Nothing of"):
        put_away(shop, rma)


@pytest.mark.parametrize(
    ("words", "moves"),
    [
        pytest.param(["2"], [(2, 1, "restock"), (2, 1, "open_box")], id="all of a line"),
        pytest.param(["2:1"], [(2, 1, "restock")], id="the first unit of a line"),
        pytest.param(
            ["2:1", "2:1"], [(2, 1, "restock"), (2, 1, "open_box")], id="one after the other"
        ),
        pytest.param(["2=donate"], [(2, 2, "donate")], id="all of a line elsewhere"),
        # the opened one went where its grade says, so the new one is left
        pytest.param(
            ["2:1=open_box", "2"], [(2, 1, "open_box"), (2, 1, "restock")], id="the other is left"
        ),
        # one went elsewhere: it counts as the first
        pytest.param(
            ["2:1=donate", "2"], [(2, 1, "donate"), (2, 1, "open_box")], id="one went elsewhere"
        ),
    ],
)
def test_what_is_typed_goes_there(
    shop: Shop, rma: str, words: list[str], moves: list[tuple[int, int, str]]
) -> None:
    put_away(shop, rma, *words)
    assert gone(shop, rma) == moves


@pytest.mark.parametrize(
    ("words", "code"),
    [
        pytest.param(["2:2"], "E-OVER-DISPOSED", id="more than is left"),
        pytest.param(["2:1", "2"], "E-OVER-DISPOSED", id="a line that is empty"),
        pytest.param(["2=donate", "2=donate"], "E-OVER-DISPOSED", id="all of it twice"),
        pytest.param(["2=moon"], "E-DISPOSITION-UNKNOWN", id="nowhere known"),
    ],
)
def test_what_cannot_be_is_refused_whole(shop: Shop, rma: str, words: list[str], code: str) -> None:
    put_away(shop, rma, "2:1")
    with pytest.raises(ConflictError) as caught:
        put_away(shop, rma, "1", *words)
    assert caught.value.code == code
    assert gone(shop, rma) == [(2, 1, "restock")]


def test_nothing_is_put_away_before_it_was_inspected(shop: Shop) -> None:
    rma = opened(shop, "1001", "1=itchy")
    received(shop, rma)
    with pytest.raises(ConflictError, match="Nothing of"):
        put_away(shop, rma)


def test_a_key_is_one_effect(shop: Shop, rma: str) -> None:
    first = put_away(shop, rma, "1", key="k")
    assert put_away(shop, rma, "1", key="k") == {**first, "replayed": True}
    assert gone(shop, rma) == [(1, 1, "scrap")]


def test_a_rehearsal_puts_nothing_away(shop: Shop, rma: str) -> None:
    put_away(rehearsed(shop), rma)
    assert gone(shop, rma) == []


def test_a_file_takes_each_row_once(shop: Shop, rma: str) -> None:
    text = (
        "rma,line_no,sku,quantity,disposition,location\n"
        f"{rma},2,,1,restock,A-3\n"
        f"{rma},,MUG,,donate,\n"
        f"{rma},2,,2,restock,\n"
    )
    first = from_file(shop, text)
    assert (first["new"], first["same"], first["rejected"]) == (2, 0, 1)
    assert from_file(shop, text)["same"] == 2
    assert gone(shop, rma) == [(2, 1, "restock"), (1, 1, "donate")]
    assert stock(shop) == [("TEE", 1, "restock", "A-3")]
