from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from returns_cli.domain.errors import InvalidError
from returns_cli.operations.import_master_data import import_customers, import_products
from returns_cli.operations.open_return import OpenRequest, open_return
from returns_cli.operations.shop import Shop
from tests.operations.desk import POLICY, items, rehearsed, small_shop, written

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


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return small_shop(tmp_path)


def counts(answer: Any) -> tuple[int, int, int, int]:
    return (answer["rows"], answer["new"], answer["same"], answer["rejected"])


@KINDS
def test_rows_are_new_changed_or_the_same(shop: Shop, take: Import, first: str, more: str) -> None:
    assert counts(take(shop, written(shop, "a.csv", first))) == (2, 2, 0, 0)
    assert counts(take(shop, written(shop, "a.csv", first))) == (2, 0, 2, 0)
    assert counts(take(shop, written(shop, "b.csv", more))) == (4, 2, 1, 1)


@KINDS
def test_strict_takes_all_or_nothing(shop: Shop, take: Import, first: str, more: str) -> None:
    with pytest.raises(InvalidError) as caught:
        take(shop, written(shop, "b.csv", more), strict=True)
    assert (caught.value.code, caught.value.where) == ("E-STRICT", "b.csv:5")
    assert counts(take(shop, written(shop, "a.csv", first), strict=True)) == (2, 2, 0, 0)


@KINDS
def test_a_rehearsal_keeps_nothing(shop: Shop, take: Import, first: str, more: str) -> None:
    assert counts(take(rehearsed(shop), written(shop, "b.csv", more))) == (4, 3, 0, 1)
    assert counts(take(shop, written(shop, "a.csv", first))) == (2, 2, 0, 0)


@KINDS
def test_a_file_with_no_good_row_is_refused(
    shop: Shop, take: Import, first: str, more: str
) -> None:
    rows = [first.splitlines()[0], more.splitlines()[-1], ""]
    with pytest.raises(InvalidError) as caught:
        take(shop, written(shop, "c.csv", "\n".join(rows)))
    assert caught.value.code == "E-NOTHING-LEFT"


def test_what_is_known_of_a_product_is_asked_by_the_policy(tmp_path: Path) -> None:
    shop = small_shop(
        tmp_path, policy=POLICY.replace("item.tags: final-sale", "item.personalised: true")
    )
    import_products(shop, written(shop, "p.csv", PRODUCTS))
    found: Any = open_return(shop, OpenRequest("1001", items("1=itchy", "2=itchy")))
    assert [one["verdict"] for one in found["lines"]] == ["approve", "deny"]
