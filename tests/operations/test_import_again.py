"""A Shopify export again: what did not change is known by its rows, what did is read."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from returns_cli.domain.errors import InvalidError
from returns_cli.intake.exports.shopify_columns import ShopifyColumns
from returns_cli.operations.import_orders import ImportOptions, import_orders
from returns_cli.operations.init_shop import make_shop
from returns_cli.operations.list_orders import list_orders, show_order
from returns_cli.operations.prove_store import check_shop
from returns_cli.operations.shop import Shop
from tests.intake.files import FIRST, NEXT, shopify
from tests.operations.desk import CLOCK, POLICY, SALT, SETTINGS, written

FORCED = ImportOptions(force=True)


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    make_shop(tmp_path, SETTINGS.encode(), {"plain.yaml": POLICY.encode()}, SALT)
    return Shop(tmp_path, "ann", CLOCK)


def export(*numbers: int, **changes: str) -> str:
    """Orders of two lines, 37.40 each; the first one with changes (``_`` for spaces)."""
    rows = []
    for number in numbers:
        name = {"Name": f"#{number}"}
        rows += [FIRST | name, NEXT | name]
    rows[0] = rows[0] | {column.replace("_", " "): text for column, text in changes.items()}
    return shopify(*rows).decode()


def taken(shop: Shop, text: str, options: ImportOptions = FORCED, name: str = "o.csv") -> Any:
    return import_orders(shop, [written(shop, name, text)], options)


def counts(answer: Any) -> tuple[int, int, int, int]:
    return (answer["new"], answer["changed"], answer["same"], answer["rejected"])


def test_the_same_orders_again_are_counted_without_being_read(shop: Shop) -> None:
    text = export(1, 2, 3, Refunded_Amount="10.00", Notes='say "hi"\nplease')
    first = taken(shop, text)
    with patch.object(ShopifyColumns, "read", side_effect=AssertionError("it was read")):
        again = taken(shop, text)
    assert (counts(first), counts(again)) == ((3, 0, 0, 0), (0, 0, 3, 0))
    assert again["totals"] == {"USD": "112.20"}
    assert {**first, "new": 0, "same": 3} == again
    assert check_shop(shop)["ok"]


def test_a_changed_order_among_known_ones_is_read(shop: Shop) -> None:
    taken(shop, export(1, 2, 3))
    answer = taken(shop, export(1, 2, 3, Tags="vip"))
    assert counts(answer) == (0, 1, 2, 0)
    assert show_order(shop, "#1")["tags"] == ["vip"]
    assert counts(taken(shop, export(1, 2, 3, Tags="vip"))) == (0, 0, 3, 0)


def test_what_another_file_changed_meanwhile_is_changed_back(shop: Shop) -> None:
    taken(shop, export(1, 2))
    other = (
        "order_id,placed_at,line_no,sku,quantity,unit_price,currency\n"
        "#1,2025-12-06T10:37:33-05:00,1,MUG-1,2,9.00,USD\n"
    )
    assert counts(taken(shop, other, name="other.csv")) == (0, 1, 0, 0)
    assert counts(taken(shop, export(1, 2))) == (0, 1, 1, 0)
    assert show_order(shop, "#1")["total"] == "37.40"


def test_other_options_read_the_orders_again(shop: Shop) -> None:
    taken(shop, export(1, 2))
    with (
        pytest.raises(AssertionError, match="it was read"),
        patch.object(ShopifyColumns, "read", side_effect=AssertionError("it was read")),
    ):
        taken(shop, export(1, 2), ImportOptions(force=True, decimal="dot"))


def test_a_torn_order_is_put_together_all_the_same(shop: Shop) -> None:
    rows = export(1, 2).splitlines(keepends=True)
    answer = taken(shop, "".join([*rows[:2], *rows[3:], rows[2]]))
    assert counts(answer) == (2, 0, 0, 0)
    assert (answer["rows"], answer["lines"]) == (4, 4)


@pytest.mark.parametrize(
    ("tail", "code"),
    [('#9,"never closed\n', "E-CSV-UNCLOSED-QUOTE"), ("#9,\udcff\n", "E-ENC-INVALID")],
)
def test_a_file_that_is_refused_at_its_end_leaves_nothing(shop: Shop, tail: str, code: str) -> None:
    path = shop.folder / "o.csv"
    path.write_bytes((export(*range(1, 40)) + tail).encode(errors="surrogateescape"))
    with pytest.raises(InvalidError) as error:
        import_orders(shop, [path])
    assert error.value.code == code
    assert list_orders(shop) == []
