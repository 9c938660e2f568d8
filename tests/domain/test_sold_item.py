from __future__ import annotations

import pytest

from returns_cli.domain.errors import UsageError
from returns_cli.domain.sold_item import SoldItem, parse_sold_item


@pytest.mark.parametrize(
    ("text", "currency", "item"),
    [
        pytest.param("MUG:2@12.50=Blue mug", "USD", SoldItem("MUG", 2, 1250, "Blue mug"), id="all"),
        pytest.param("MUG@12.50", "USD", SoldItem("MUG", 1, 1250), id="one unit"),
        pytest.param(" MUG @12", "USD", SoldItem("MUG", 1, 1200), id="a whole price"),
        pytest.param("MUG:1@0", "USD", SoldItem("MUG", 1, 0), id="given away"),
        pytest.param("CUP@900", "JPY", SoldItem("CUP", 1, 900), id="no decimals"),
        pytest.param("CUP@1.250", "KWD", SoldItem("CUP", 1, 1250), id="three decimals"),
        pytest.param("@5=Wrap @ home", "USD", SoldItem("", 1, 500, "Wrap @ home"), id="no SKU"),
        pytest.param("007:3@1=a=b", "USD", SoldItem("007", 3, 100, "a=b"), id="a title with signs"),
        pytest.param("A:B:2@1", "USD", SoldItem("A:B", 2, 100), id="a SKU with a colon"),
        pytest.param("A@B:2@1", "USD", SoldItem("A@B", 2, 100), id="a SKU with an at sign"),
        pytest.param("A@1=x\ny", "USD", SoldItem("A", 1, 100, "x\ny"), id="a title of two lines"),
    ],
)
def test_a_line_is_read_as_typed(text: str, currency: str, item: SoldItem) -> None:
    assert parse_sold_item(text, currency) == item


@pytest.mark.parametrize(
    ("text", "why"),
    [
        pytest.param("MUG", "no price", id="no price"),
        pytest.param("MUG@", "not digits and a dot", id="an empty price"),
        pytest.param("MUG@-1", "not digits and a dot", id="a negative price"),
        pytest.param("MUG@4,90", "not digits and a dot", id="a decimal comma"),
        pytest.param("MUG@1.5", "not a price in USD", id="too few decimals"),
        pytest.param("MUG@1.505", "not a price in USD", id="too many decimals"),
        pytest.param("MUG@" + "9" * 20, "not a price in USD", id="more than any order"),
        pytest.param("MUG@１２", "not digits and a dot", id="digits of another script"),
        pytest.param("MUG:0@1", "0 units", id="no unit"),
        pytest.param("@5", "neither a SKU nor a title", id="neither SKU nor title"),
        pytest.param("", "no price", id="nothing"),
    ],
)
def test_what_is_no_line_is_refused(text: str, why: str) -> None:
    with pytest.raises(UsageError, match=why) as caught:
        parse_sold_item(text, "USD")
    assert (caught.value.code, caught.value.where) == ("E-USAGE-ITEM", "--item")
