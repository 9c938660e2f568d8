from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from returns_cli.domain.errors import ConflictError, InvalidError, OutputError, UsageError
from returns_cli.operations.dispose_items import DisposeRequest, dispose_items
from returns_cli.operations.export_stock import StockRequest, export_stock
from returns_cli.operations.list_stock_moves import MoveFilter, list_stock_moves
from returns_cli.operations.shop import Shop
from returns_cli.store.check import check_store
from tests.operations.desk import (
    SETTINGS,
    inspected,
    items,
    on,
    opened,
    received,
    rehearsed,
    small_shop,
)

HEADER = "Handle,SKU,Location,On hand (current),On hand (new)"
BERLIN = f"{HEADER}\nmug,MUG,Berlin,7,\ntee,TEE,Berlin,0,\n"


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return small_shop(tmp_path)


@pytest.fixture
def back(shop: Shop) -> str:
    """One mug and one tee are stock again, the other tee is quarantined."""
    return put_away(shop)


def put_away(shop: Shop) -> str:
    rma = opened(shop, "1001", "1=itchy", "2=itchy")
    received(shop, rma)
    inspected(shop, rma, "1=new", "2:1=new", "2:1=damaged")
    typed = items("1=restock", "2:1=restock", "2:1=quarantine")
    dispose_items(shop, DisposeRequest(rma, typed, location="A-17"))
    return rma


def template(shop: Shop, text: str = BERLIN, saved: str = "2026-03-20T09:30:00+00:00") -> Path:
    path = shop.folder / "inventory_export.csv"
    path.write_text(text, encoding="utf-8")
    at = datetime.fromisoformat(saved).timestamp()
    os.utime(path, (at, at))
    return path


def export(shop: Shop, form: str = "generic", **more: Any) -> Any:
    return export_stock(shop, StockRequest(form, **more))


def skus(shop: Shop, **wanted: Any) -> list[tuple[object, ...]]:
    return [
        (row["sku"], row["quantity"], row["disposition"], row["exported_in"])
        for row in list_stock_moves(shop, MoveFilter(**wanted))
    ]


def test_stock_is_listed_and_other_places_when_they_are_named(shop: Shop, back: str) -> None:
    assert skus(shop) == [("MUG", 1, "restock", None), ("TEE", 1, "restock", None)]
    assert skus(shop, dispositions=("quarantine",), open_only=True) == [
        ("TEE", 1, "quarantine", None)
    ]
    assert len(skus(shop, every=True)) == 3
    assert skus(shop, sku="MUG", location="A-17") == [("MUG", 1, "restock", None)]
    assert skus(shop, location="B-1") == []
    assert skus(shop, limit=1) == [("TEE", 1, "restock", None)]
    assert skus(shop, since="2026-03-21") == skus(shop, until="2026-03-19") == []
    assert len(skus(shop, since="2026-03-20", until="2026-03-20")) == 2
    row = list_stock_moves(shop, MoveFilter(sku="MUG"))[0]
    assert (row["rma"], row["order"], row["line"], row["left"]) == (back, "1001", 1, 1)
    with pytest.raises(UsageError):
        skus(shop, dispositions=("attic",))


def test_each_unit_is_exported_once(shop: Shop, back: str) -> None:
    first = export(shop)
    assert first["content"] == (
        "sku,quantity,disposition,location\nMUG,1,restock,A-17\nTEE,1,restock,A-17\n"
    )
    assert (first["export"], first["moves"], first["units"], first["rows"]) == (1, 2, 2, 2)
    assert skus(shop, open_only=True) == []
    again = export(shop)
    assert (again["export"], again["moves"], again["rows"]) == (None, 0, 0)


def test_a_dry_run_marks_and_writes_nothing(shop: Shop, back: str, tmp_path: Path) -> None:
    target = tmp_path / "stock.csv"
    assert export(rehearsed(shop), target=target)["moves"] == 2
    assert not target.exists()
    assert export(shop, target=target)["moves"] == 2
    assert target.read_text() == (
        "sku,quantity,disposition,location\nMUG,1,restock,A-17\nTEE,1,restock,A-17\n"
    )


def test_a_repeat_leaves_the_earlier_file_alone(shop: Shop, back: str, tmp_path: Path) -> None:
    target = tmp_path / "stock.csv"
    export(shop, target=target)
    before = target.read_bytes()
    assert export(shop, target=target)["path"] is None
    assert target.read_bytes() == before


def test_what_could_not_be_written_is_not_marked(shop: Shop, back: str, tmp_path: Path) -> None:
    with pytest.raises(OutputError):
        export(shop, target=tmp_path / "nowhere" / "stock.csv")
    assert export(shop)["moves"] == 2


def test_shopify_gets_absolute_quantities_of_a_fresh_template(shop: Shop, back: str) -> None:
    answer = export(shop, "shopify", template=template(shop))
    assert answer["content"] == f"{HEADER}\nmug,MUG,Berlin,7,8\ntee,TEE,Berlin,0,1\n"
    assert (answer["units"], answer["rows"], answer["problems"]) == (2, 2, [])


@pytest.mark.parametrize(
    ("day", "saved", "code"),
    [
        pytest.param("2026-03-21", "2026-03-20T09:59:00+00:00", "E-STOCK-STALE", id="older"),
        pytest.param("2026-03-23", "2026-03-22T11:00:00+00:00", "E-STOCK-STALE", id="a day old"),
    ],
)
def test_a_stale_template_is_refused(
    shop: Shop, back: str, day: str, saved: str, code: str
) -> None:
    export(shop, "shopify", template=template(shop))
    later = on(shop, day)
    with pytest.raises(ConflictError) as error:
        export(later, "shopify", template=template(shop, BERLIN.replace("7", "8"), saved))
    assert error.value.code == code


def test_a_template_is_used_once_whatever_its_date(shop: Shop, back: str) -> None:
    export(shop, "shopify", template=template(shop))
    with pytest.raises(ConflictError) as error:
        export(shop, "shopify", template=template(shop, saved="2026-03-20T10:30:00+00:00"))
    assert error.value.code == "E-STOCK-APPLIED"


def test_an_export_that_was_never_used_is_replaced(shop: Shop, back: str) -> None:
    export(shop, "shopify", template=template(shop))
    answer = export(shop, "shopify", template=template(shop), again=True)
    assert (answer["export"], answer["replaces"], answer["moves"]) == (2, 1, 2)
    assert skus(shop) == [("MUG", 1, "restock", 2), ("TEE", 1, "restock", 2)]
    with shop.open_store() as store:
        assert check_store(store).ok


def test_there_must_be_something_to_replace(shop: Shop, back: str) -> None:
    with pytest.raises(ConflictError) as error:
        export(shop, again=True)
    assert error.value.code == "E-STOCK-NOTHING"


def test_what_the_template_lacks_waits(shop: Shop, back: str) -> None:
    only_mugs = template(shop, BERLIN.rpartition("tee")[0])
    answer = export(shop, "shopify", template=only_mugs)
    assert (answer["moves"], answer["rejected"]) == (1, 1)
    assert [(one["code"], one["value"]) for one in answer["problems"]] == [("E-STOCK-SKU", "TEE")]
    assert skus(shop, open_only=True) == [("TEE", 1, "restock", None)]


def test_where_nothing_fits_nothing_is_exported(shop: Shop, back: str) -> None:
    with pytest.raises(InvalidError) as error:
        export(shop, "shopify", template=template(shop, f"{HEADER}\nbox,BOX,Berlin,1,\n"))
    assert error.value.exit == 7
    assert len(skus(shop, open_only=True)) == 2


def test_a_disposition_names_its_bin_and_location(tmp_path: Path) -> None:
    table = "dispositions: {restock: {text: Back, sellable: true, bin: Z-9, location: Cluj}}\n"
    shop = small_shop(tmp_path, settings=SETTINGS + table)
    rma = opened(shop, "1001", "1=itchy")
    received(shop, rma)
    inspected(shop, rma, "1=new")
    dispose_items(shop, DisposeRequest(rma))
    assert list_stock_moves(shop)[0]["location"] == "Z-9"
    both = BERLIN + "mug,MUG,Cluj,1,\n"
    answer = export(shop, "shopify", template=template(shop, both))
    assert answer["content"] == f"{HEADER}\nmug,MUG,Cluj,1,2\n"


@pytest.mark.parametrize(
    ("form", "more"),
    [
        pytest.param("excel", {}, id="no such form"),
        pytest.param("shopify", {}, id="Shopify without a template"),
        pytest.param("generic", {"template": Path("x.csv")}, id="a template for another form"),
        pytest.param("shopify", {"template": Path("x.csv")}, id="a template that is not there"),
    ],
)
def test_a_wrong_call_is_refused(shop: Shop, form: str, more: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        export(shop, form, **more)
