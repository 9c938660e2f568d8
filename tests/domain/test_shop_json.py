from __future__ import annotations

import json
from datetime import date

import pytest

from returns_cli.domain.model import Address
from returns_cli.domain.shop import Disposition, Grade, Reason, ShopConfig, Tables
from returns_cli.domain.shop_json import shop_from_json, shop_to_json
from returns_cli.domain.vocabulary import Fault, TaxStyle

LEAST = ShopConfig("", "", "", "", "", TaxStyle.INCLUDED, {}, Tables({}, {}, {}))
WHOLE = ShopConfig(
    name="Oak & Tansy Ș",
    currency="JPY",
    timezone="Asia/Tokyo",
    country="JP",
    language="ja",
    tax=TaxStyle.ON_TOP,
    addresses={"main": Address("Returns", "Oak", "1 Dock", "Gate 2", "Cluj", "", "01231", "RO")},
    tables=Tables(
        {
            "itchy": Reason("itchy", "It itches", Fault.MERCHANT, ("ITCH", "KRATZT")),
            "arrived_late": Reason("arrived_late", "Late", Fault.CARRIER),
        },
        {"b_ware": Grade("b_ware", "B ware")},
        {"outlet": Disposition("outlet", "Outlet", is_sellable=True)},
    ),
    gift_tags=("gift", "cadeau"),
    return_page="https://returns.example.com",
    standard_shipping_minor={"US": 750, "CA": 1600},
    four_eyes_above_minor=60_000,
    holidays=frozenset({date(2026, 12, 25), date(2026, 1, 1)}),
    paper={"label": "4x6"},
    brand={"color": "#1a2b3c"},
    inbox=({"files": "orders*.csv", "command": "orders import"},),
    retention={"backups": "none"},
    accounts={"paid": "Assets:Bank"},
    refund_order=("original_payment", "gift_card"),
    stock_file="stock.csv",
    defaults={"label": {"size": ("a6",), "font": ("a.ttf", "b.ttf")}},
)


def test_every_field_of_the_example_says_something() -> None:
    same = [name for name in WHOLE._fields if getattr(WHOLE, name) == getattr(LEAST, name)]
    assert same == []


@pytest.mark.parametrize("config", [LEAST, WHOLE], ids=["least", "whole"])
def test_the_text_gives_back_equal_settings(config: ShopConfig) -> None:
    again = shop_from_json(shop_to_json(config))
    assert again == config


def test_records_come_back_as_records_in_their_order() -> None:
    again = shop_from_json(shop_to_json(WHOLE))
    assert list(again.tables.reasons) == ["itchy", "arrived_late"]
    assert again.tables.reasons["itchy"].fault is Fault.MERCHANT
    assert again.tables.reasons["itchy"].aliases == ("ITCH", "KRATZT")
    assert again.tables.dispositions["outlet"].is_sellable is True
    assert again.addresses["main"].postcode == "01231"
    assert again.tax is TaxStyle.ON_TOP
    assert [type(value) for value in again] == [type(value) for value in WHOLE]


def test_the_text_is_plain_json_with_the_names_of_the_fields() -> None:
    data = json.loads(shop_to_json(WHOLE))
    assert tuple(data) == ShopConfig._fields
    assert data["holidays"] == ["2026-01-01", "2026-12-25"]
    assert data["tables"][1] == [["b_ware", "B ware"]]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("{", id="half a text"),
        pytest.param("[]", id="a list"),
        pytest.param("{}", id="no field"),
        pytest.param('{"tables": [[], [], []]}', id="most fields missing"),
        pytest.param(shop_to_json(WHOLE).replace("on_top", "on_tip"), id="an unknown word"),
        pytest.param(shop_to_json(WHOLE).replace('"inbox"', '"inbux"'), id="another field"),
        pytest.param(shop_to_json(WHOLE).replace("2026-12-25", "2026-12-52"), id="no such day"),
        pytest.param(shop_to_json(WHOLE).replace('"4x6"', '"4x6'), id="a quote lost"),
    ],
)
def test_another_text_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not the text of a shop's settings"):
        shop_from_json(text)
