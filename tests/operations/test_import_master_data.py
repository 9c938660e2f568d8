from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from returns_cli.domain.errors import InvalidError, UsageError
from returns_cli.domain.model import Customer, Product
from returns_cli.operations.import_master_data import (
    MasterOptions,
    import_customers,
    import_products,
)
from returns_cli.operations.open_return import OpenRequest, open_return
from returns_cli.operations.shop import Shop
from returns_cli.store.customers import find_customer
from returns_cli.store.orders import find_order
from returns_cli.store.products import load_products
from returns_cli.store.row_sources import source_of_customer, source_of_product
from tests.operations.desk import POLICY, items, rehearsed, small_shop, sold, written

Import = Callable[..., Any]
CUSTOMERS = "customer_id,email,name,tier\nc1,ann@example.com,Ann,gold\nc2,bo@example.com,Bo,\n"
PRODUCTS = "sku,title,tags,personalised\nMUG,Mug,kitchen,no\nTEE,Tee,,yes\n"
# one changed, one the same, one new, one that names nobody
MORE_CUSTOMERS = CUSTOMERS.replace("gold", "silver") + "c3,cy@example.com,Cy,\n,,Nobody,\n"
MORE_PRODUCTS = PRODUCTS.replace("kitchen", "final-sale") + "HAT,Hat,,no\n,Nothing,,no\n"
KINDS = pytest.mark.parametrize(
    ("take", "first", "more"),
    [
        pytest.param(import_customers, CUSTOMERS, MORE_CUSTOMERS, id="customers"),
        pytest.param(import_products, PRODUCTS, MORE_PRODUCTS, id="products"),
    ],
)
STRICT, FORCE = MasterOptions(strict=True), MasterOptions(force=True)


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return small_shop(tmp_path)


def counts(answer: Any) -> tuple[int, int, int, int]:
    return (answer["rows"], answer["new"], answer["same"], answer["rejected"])


def product(shop: Shop, sku: str) -> Product:
    with shop.open_store() as store:
        return load_products(store, [sku])[sku]


def customer(shop: Shop, email: str) -> Customer | None:
    with shop.open_store() as store:
        _, order = find_order(store, "1001")
        return find_customer(store, order._replace(customer_email=email))


@KINDS
def test_rows_are_new_changed_or_the_same(shop: Shop, take: Import, first: str, more: str) -> None:
    assert counts(take(shop, [written(shop, "a.csv", first)])) == (2, 2, 0, 0)
    assert counts(take(shop, [written(shop, "a.csv", first)])) == (2, 0, 2, 0)
    assert counts(take(shop, [written(shop, "a.csv", first)], FORCE)) == (2, 0, 2, 0)
    assert counts(take(shop, [written(shop, "b.csv", more)])) == (4, 2, 1, 1)


@KINDS
def test_an_older_file_again_is_read_again(shop: Shop, take: Import, first: str, more: str) -> None:
    good = more[: more.rindex("\n", 0, -1) + 1]
    old, new = written(shop, "a.csv", first), written(shop, "b.csv", good)
    assert [counts(take(shop, [one])) for one in (old, new, old, old)] == [
        (2, 2, 0, 0),
        (3, 2, 1, 0),
        (2, 1, 1, 0),
        (2, 0, 2, 0),
    ]


@KINDS
def test_several_files_and_stdin_are_one_call(
    shop: Shop, take: Import, first: str, more: str
) -> None:
    good = more[: more.rindex("\n", 0, -1) + 1]
    sources = [written(shop, "a.csv", first), io.BytesIO(good.encode())]
    assert counts(take(shop, sources)) == (5, 4, 1, 0)
    with pytest.raises(InvalidError, match="header"):
        take(shop, [written(shop, "a.csv", first), written(shop, "empty.csv", "")])


@KINDS
def test_strict_takes_all_or_nothing(shop: Shop, take: Import, first: str, more: str) -> None:
    with pytest.raises(InvalidError) as caught:
        take(shop, [written(shop, "b.csv", more)], STRICT)
    assert (caught.value.code, caught.value.where) == ("E-STRICT", "b.csv:5")
    assert counts(take(shop, [written(shop, "a.csv", first)], STRICT)) == (2, 2, 0, 0)


@KINDS
def test_a_rehearsal_keeps_nothing(shop: Shop, take: Import, first: str, more: str) -> None:
    assert counts(take(rehearsed(shop), [written(shop, "b.csv", more)])) == (4, 3, 0, 1)
    assert counts(take(shop, [written(shop, "a.csv", first)])) == (2, 2, 0, 0)


@KINDS
def test_a_file_with_no_good_row_is_refused(
    shop: Shop, take: Import, first: str, more: str
) -> None:
    rows = [first.splitlines()[0], more.splitlines()[-1], ""]
    with pytest.raises(InvalidError) as caught:
        take(shop, [written(shop, "c.csv", "\n".join(rows))])
    assert caught.value.code == "E-NOTHING-LEFT"


@KINDS
def test_another_encoding_is_named(shop: Shop, take: Import, first: str, more: str) -> None:
    path = shop.folder / "latin.csv"
    path.write_bytes(first.replace("Bo", "Bö").replace("Tee", "Tée").encode("cp1252"))
    with pytest.raises(InvalidError) as caught:
        take(shop, [path])
    assert caught.value.code == "E-ENC-INVALID"
    assert counts(take(shop, [path], MasterOptions(encoding="cp1252"))) == (2, 2, 0, 0)


@KINDS
def test_a_file_of_another_command_says_which(
    shop: Shop, take: Import, first: str, more: str
) -> None:
    with pytest.raises(InvalidError) as caught:
        take(shop, [written(shop, "s.csv", "order_id,event,at\n1001,delivered,2026-03-05\n")])
    assert caught.value.code == "E-FORMAT-COMMAND"
    assert caught.value.hint == "Use: returns shipments import"


def test_every_record_knows_where_it_was_read(shop: Shop) -> None:
    import_products(shop, [written(shop, "p.csv", PRODUCTS)])
    import_customers(shop, [written(shop, "c.csv", CUSTOMERS)])
    import_products(shop, [written(shop, "q.csv", "sku,title\nHAT,Hat\nTEE,T-shirt\n")])
    with shop.open_store() as store:
        found = [source_of_product(store, sku) for sku in ("MUG", "TEE", "HAT", "NONE")]
        assert found == ["p.csv:2", "q.csv:3", "q.csv:2", None]
        assert [source_of_customer(store, pk) for pk in (1, 2, 3)] == ["c.csv:2", "c.csv:3", None]


def test_what_a_file_has_no_column_for_stays(shop: Shop) -> None:
    first = "sku,title,tags,weight_g,perishable,price\nMUG,Mug,kitchen,450,yes,12.50\n"
    import_products(shop, [written(shop, "a.csv", first)])
    import_products(shop, [written(shop, "b.csv", "sku,tags,price\nMUG,final-sale,\n")])
    assert product(shop, "MUG") == Product(
        "MUG", "Mug", tags=("final-sale",), weight_g=450, perishable=True
    )
    text = "email,name,tier,tags,language\nann@example.com,Ann,gold,press|vip,ro\n"
    import_customers(shop, [written(shop, "c.csv", text)])
    import_customers(shop, [written(shop, "d.csv", "email,tier\nANN@example.com,\n")])
    assert customer(shop, "ann@example.com") == Customer(
        "", "ANN@example.com", "Ann", "", ("press", "vip"), "ro"
    )


def test_prices_are_read_as_the_call_says(shop: Shop) -> None:
    path = written(shop, "p.csv", 'sku;price\nMUG;"1.250"\n')
    options = MasterOptions(decimal="comma", currency="EUR")
    assert counts(import_products(shop, [path], options)) == (1, 1, 0, 0)
    assert product(shop, "MUG").price == "1250.00 EUR"
    for wrong, said in (
        (MasterOptions(currency="EURO"), "EURO"),
        (MasterOptions(decimal="x"), "x"),
    ):
        with pytest.raises(UsageError, match=said):
            import_products(shop, [path], wrong)


def test_a_price_in_another_currency_says_nothing_of_an_exchange(tmp_path: Path) -> None:
    policy = POLICY.replace(
        "  resolutions:", "  exchange: {for: any, price: same_or_lower}\n  resolutions:"
    )
    shop = small_shop(tmp_path, policy=policy)
    sold(shop, "3001,1,MUG,1,12.50", "3002,1,MUG,1,12.50", "3003,1,MUG,1,12.50")
    text = "sku,price,currency\nHAT,12.50,USD\nCAP,12.51,\nBAG,1,EUR\n"
    import_products(shop, [written(shop, "p.csv", text)])

    def verdict(order: str, sku: str) -> str:
        wanted = OpenRequest(order, items("1=itchy"), want="exchange", exchange_sku=sku)
        found: Any = open_return(shop, wanted)
        return str(found["verdict"])

    assert verdict("3001", "HAT") == "approve"
    assert verdict("3002", "CAP") == "deny"
    assert verdict("3003", "BAG") == "review"


def test_what_is_known_of_a_product_is_asked_by_the_policy(tmp_path: Path) -> None:
    shop = small_shop(
        tmp_path, policy=POLICY.replace("item.tags: final-sale", "item.personalised: true")
    )
    import_products(shop, [written(shop, "p.csv", PRODUCTS)])
    found: Any = open_return(shop, OpenRequest("1001", items("1=itchy", "2=itchy")))
    assert [one["verdict"] for one in found["lines"]] == ["approve", "deny"]
