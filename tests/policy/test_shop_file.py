from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from returns_cli.domain.errors import Exit, InvalidError
from returns_cli.domain.model import Address
from returns_cli.domain.vocabulary import Fault, TaxStyle
from returns_cli.policy import tables
from returns_cli.policy.shop_file import SHOP, default_tables, load_shop, parse_shop

LEAST = "name: Oak\ncurrency: EUR\ntimezone: Europe/Berlin\n"
WHOLE = """\
name: Oak & Tansy
currency: USD
timezone: America/New_York
country: US
language: en
tax: on_top
addresses:
  main: {name: Returns, company: Oak, address1: 1 Dock, address2: Gate 2, city: Brooklyn,
         region: NY, postcode: "01231", country: US, phone: "+1"}
  europe: {address1: Kade 3, city: Rotterdam, postcode: 3011 AA, country: NL}
paper: {label: 4x6, slip: letter, dpi: 300}
brand: {name: Oak, color: "#1a2b3c", website: https://oak.example.com}
gift_tags: [gift, cadeau]
return_page: https://returns.example.com
standard_shipping: {US: 7.50, CA: 16}
four_eyes_above: 600.00
inbox:
  - {files: "orders*.csv", command: orders import, options: --from shopify}
  - {files: "*.requests.csv", command: requests import}
retention: {outbox: 90, backups: none}
reasons: {itchy: {text: It itches, fault: merchant}}
grades: {b_ware: {text: B ware}}
dispositions: {outlet: {text: Outlet, sellable: true}}
holidays: [2026-12-25, 2026-01-01]
"""


def test_every_key_is_read() -> None:
    shop = parse_shop(WHOLE.encode(), "shop.yaml")

    assert (shop.name, shop.currency, shop.timezone) == ("Oak & Tansy", "USD", "America/New_York")
    assert (shop.country, shop.language, shop.tax) == ("US", "en", TaxStyle.ON_TOP)
    assert shop.addresses == {
        "main": Address(
            "Returns", "Oak", "1 Dock", "Gate 2", "Brooklyn", "NY", "01231", "US", "+1"
        ),
        "europe": Address(address1="Kade 3", city="Rotterdam", postcode="3011 AA", country="NL"),
    }
    assert shop.paper == {"label": "4x6", "slip": "letter", "dpi": "300"}
    assert shop.brand == {"name": "Oak", "color": "#1a2b3c", "website": "https://oak.example.com"}
    assert shop.gift_tags == ("gift", "cadeau")
    assert shop.return_page == "https://returns.example.com"
    assert shop.standard_shipping_minor == {"US": 750, "CA": 1600}
    assert shop.four_eyes_above_minor == 60_000
    assert shop.inbox == (
        {"files": "orders*.csv", "command": "orders import", "options": "--from shopify"},
        {"files": "*.requests.csv", "command": "requests import"},
    )
    assert shop.retention == {"outbox": "90", "backups": "none"}
    assert shop.holidays == {date(2026, 12, 25), date(2026, 1, 1)}
    assert shop.tables.reasons["itchy"].fault is Fault.MERCHANT
    assert shop.tables.grades["b_ware"].text == "B ware"
    assert shop.tables.dispositions["outlet"].is_sellable
    assert "too_small" in shop.tables.reasons


def test_what_is_left_out_has_its_default() -> None:
    shop = parse_shop(LEAST.encode(), "shop.yaml")

    assert (shop.country, shop.language, shop.tax) == ("", "en", TaxStyle.INCLUDED)
    assert (shop.addresses, shop.gift_tags, shop.return_page) == ({}, ("gift",), "")
    assert shop.four_eyes_above_minor is None
    assert shop.holidays == frozenset()
    assert (shop.paper, shop.brand, shop.inbox, shop.retention) == ({}, {}, (), {})
    assert shop.accounts == {}
    assert shop.zone.key == "Europe/Berlin"


def test_every_key_of_the_contract_is_known() -> None:
    keys = (
        "name currency timezone country language tax addresses paper brand gift_tags return_page "
        "standard_shipping four_eyes_above inbox retention reasons grades dispositions holidays"
    )
    added = "accounts defaults refund_order stock_file"

    assert sorted(SHOP.fields) == sorted(f"{keys} {added}".split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "nme: Oak\n",
            [
                ("E-SHOP-KEY", 1, "Did you mean name?"),
                ("E-SHOP-REQUIRED", 1, "The shop's name, as customers read it."),
                ("E-SHOP-REQUIRED", 1, "For files that name none: `currency: USD`."),
                ("E-SHOP-REQUIRED", 1, "Whose days count: `timezone: Europe/Berlin`."),
            ],
            id="nearly everything is missing",
        ),
        pytest.param(
            LEAST + "addresses: {main: {city: Berlin}}\n",
            [
                ("E-SHOP-REQUIRED", 4, "Street and number."),
                ("E-SHOP-REQUIRED", 4, "ISO code: US, DE, JP."),
            ],
            id="half an address",
        ),
        pytest.param(
            LEAST + "standard_shipping: {DE: 4.9, UK: 5}\nfour_eyes_above: 5 USD\n",
            [
                ("E-SHOP-MONEY", 4, "Write 4.90, or a whole number."),
                ("E-SHOP-VALUE", 4, "Write GB."),
                ("E-SHOP-CURRENCY", 5, "Write the amount in EUR."),
            ],
            id="amounts and countries",
        ),
        pytest.param(
            LEAST + "inbox: {files: x}\n",
            [("E-SHOP-TYPE", 4, "Look at the indentation here.")],
            id="an inbox that is no list",
        ),
        pytest.param(
            LEAST + "inbox:\n  - {file: x, command: y}\n",
            [
                ("E-SHOP-REQUIRED", 5, "Names of files, with * for any text: orders*.csv"),
                ("E-SHOP-KEY", 5, "Did you mean files?"),
            ],
            id="an inbox entry without its files",
        ),
        pytest.param(
            LEAST.replace("EUR", "euro").replace("Europe/Berlin", "Berlin")
            + "holidays: [25.12.]\n",
            [
                ("E-SHOP-VALUE", 2, "Write three capital letters: USD, EUR, JPY."),
                ("E-SHOP-VALUE", 3, "Write a city of the zone: America/New_York, UTC."),
                ("E-SHOP-DATE", 4, "Write YYYY-MM-DD: 2026-03-05."),
            ],
            id="currency, zone and a holiday",
        ),
        pytest.param(
            LEAST + "reasons: {itchy: {text: It itches, fault: wool}}\n",
            [("E-SHOP-VALUE", 4, "Use one of customer, merchant, carrier, unknown.")],
            id="a fault nobody has",
        ),
        pytest.param("- a\n", [("E-SHOP-TYPE", 1, "Look at the indentation here.")], id="a list"),
    ],
)
def test_every_problem_is_told_at_once(text: str, expected: list[tuple[str, int, str]]) -> None:
    with pytest.raises(InvalidError) as caught:
        parse_shop(text.encode(), "shop.yaml")

    found = [(one.code, one.line, one.hint) for one in caught.value.problems]
    assert found == expected
    assert caught.value.exit is Exit.INVALID


def test_a_file_is_read_from_its_place(tmp_path: Path) -> None:
    place = tmp_path / "shop.yaml"
    place.write_text(LEAST, encoding="utf-8")

    assert load_shop(place).name == "Oak"


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(InvalidError) as caught:
        load_shop(tmp_path)

    assert caught.value.code == "E-SHOP-FILE"
    assert caught.value.where == str(tmp_path)


def test_the_default_tables_are_at_hand_without_a_shop() -> None:
    assert default_tables() is tables.default_tables()


def test_the_shop_of_the_examples_is_read() -> None:
    assert load_shop(Path("examples/shop/shop.yaml")).addresses["main"].country == "US"
