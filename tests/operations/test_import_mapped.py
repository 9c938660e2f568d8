"""Imports through a mapping, as the shop runs them: known again, and told apart by the mapping."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from returns_cli.domain.errors import InvalidError, UsageError
from returns_cli.operations.import_orders import ImportOptions, import_orders
from returns_cli.operations.list_orders import show_order
from returns_cli.operations.shop import Shop
from tests.docs.pages import ROOT
from tests.operations.desk import small_shop, written

MAPPING = """
mapping: market
decimal: comma
columns: {order_id: No, placed_at: Day, sku: Item, quantity: Pieces, unit_price: Price}
"""
ROWS = 'No,Day,Item,Pieces,Price\nM1,2026-03-01,MUG,2,"5,00"\nM2,2026-03-01,CAP,1,"x"\n'


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return small_shop(tmp_path)


def imported(shop: Shop, rows: str, mapping: str = MAPPING, **options: Any) -> Any:
    map_file = written(shop, "market.yaml", mapping)
    path = written(shop, "market.csv", rows)
    return import_orders(shop, [path], ImportOptions(map_file=map_file, **options))


def test_the_answer_names_the_mapping_and_their_columns(shop: Shop) -> None:
    answer = imported(shop, ROWS)
    assert (answer["format"], answer["new"], answer["rejected"]) == ("map:market", 1, 1)
    assert answer["totals"] == {"USD": "10.00"}
    (problem,) = answer["problems"]
    assert (problem["code"], problem["line"], problem["column"]) == ("E-MONEY", 3, "Price")


def test_the_same_file_and_mapping_again_change_nothing(shop: Shop) -> None:
    good = ROWS.replace('"x"', "7")
    first = imported(shop, good)
    again = imported(shop, good)
    assert (first["new"], again["new"], again["changed"], again["same"]) == (2, 0, 0, 2)
    assert again["totals"] == first["totals"] == {"USD": "17.00"}
    assert imported(shop, good, force=True)["same"] == 2


def test_another_mapping_reads_a_known_file_again(shop: Shop) -> None:
    good = ROWS.replace('"x"', "7").replace('"5,00"', "1.234")
    assert imported(shop, good)["totals"] == {"USD": "2475.00"}
    other = MAPPING.replace("comma", "dot").replace("1.234", "1.23")
    with pytest.raises(InvalidError) as caught:
        imported(shop, good.replace("M2", "M1"), other)
    assert caught.value.code == "E-NOTHING-LEFT"
    again = imported(shop, good, MAPPING + "constants: {order_shipping: 1.00}\n")
    assert (again["changed"], again["totals"]) == (2, {"USD": "2477.00"})


def test_a_rehearsal_writes_nothing(shop: Shop) -> None:
    dry = Shop(shop.folder, "ann", shop.as_of_text, dry_run=True)
    assert imported(dry, ROWS)["new"] == 1
    assert imported(shop, ROWS)["new"] == 1


def test_a_wrong_mapping_writes_nothing(shop: Shop) -> None:
    with pytest.raises(InvalidError) as caught:
        imported(shop, ROWS, MAPPING.replace("Day", "{}"))
    assert caught.value.code == "E-MAP"
    assert not (shop.folder / "outbox/rejects").is_dir() or not list(
        (shop.folder / "outbox/rejects").iterdir()
    )


def test_a_mapping_that_is_not_there_is_wrong_usage(shop: Shop) -> None:
    path = written(shop, "market.csv", ROWS)
    with pytest.raises(UsageError) as caught:
        import_orders(shop, [path], ImportOptions(map_file=shop.folder / "none.yaml"))
    assert caught.value.where == str(shop.folder / "none.yaml")


def test_a_reason_that_the_shop_does_not_have_is_a_mistake_of_the_mapping(shop: Shop) -> None:
    from returns_cli.operations.row_files import read_options

    text = "columns: {order_id: No, sku: What, reason: Why}\nwords: {reason: {tight: to_small}}\n"
    map_file = written(shop, "form.yaml", text)
    with pytest.raises(InvalidError) as caught:
        read_options(shop, command="requests import", map_file=map_file)
    assert "Did you mean too_small?" in str(caught.value.hint)


def test_options_win_over_the_mapping_and_that_over_the_shop(shop: Shop) -> None:
    from returns_cli.operations.row_files import read_options

    text = MAPPING + "timezone: Asia/Tokyo\nencoding: cp1252\n"
    map_file = written(shop, "market.yaml", text)
    found = read_options(shop, command="orders import", map_file=map_file, encoding="utf-8")
    assert (found.encoding, found.zone.key, found.decimal) == ("utf-8", "Asia/Tokyo", "comma")
    assert (found.currency, found.mapping is not None) == ("USD", True)


def test_the_example_s_orders_come_to_what_its_rows_say(shop: Shop) -> None:
    folder = ROOT / "examples"
    options = ImportOptions(map_file=folder / "market_orders.yaml")
    answer = import_orders(shop, [folder / "market_orders.csv"], options)
    # 29.80 + 12.50 + 4.90, 20.00 and free postage, 1189.00 + 24.00
    assert answer["totals"] == {"EUR": "1280.20"}
    assert (answer["orders"], answer["lines"], answer["units"]) == (3, 4, 7)
    assert answer["problems"] == []
    order: Any = show_order(shop, "BM-2042")
    assert (order["channel"], order["placed_at"][:16]) == ("blue-market", "2026-03-03T18:40")
    assert [one["title"] for one in order["lines"]] == ["Beeswax candle"]
