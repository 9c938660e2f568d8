from __future__ import annotations

import pytest

from returns_cli.domain.errors import Exit, UsageError
from returns_cli.domain.item_spec import parse_item


@pytest.mark.parametrize(
    ("text", "line", "sku", "quantity", "value"),
    [
        pytest.param("2", 2, None, None, None, id="digits only are a line number"),
        pytest.param("2:1", 2, None, 1, None, id="one unit of line 2"),
        pytest.param("2=too_small", 2, None, None, "too_small", id="all of line 2, with a reason"),
        pytest.param("2:1=opened", 2, None, 1, "opened", id="one unit, with a grade"),
        pytest.param("sku:2", None, "2", None, None, id="sku: makes digits a SKU"),
        pytest.param("SKU:2:3=x", None, "2", 3, "x", id="sku: in capitals, units and a word"),
        pytest.param("SHIRT-M", None, "SHIRT-M", None, None, id="letters are a SKU"),
        pytest.param("SHIRT-M:2", None, "SHIRT-M", 2, None, id="a SKU with units"),
        pytest.param("A:B", None, "A:B", None, None, id="a colon inside a SKU stays"),
        pytest.param("A:B:2=worn", None, "A:B", 2, "worn", id="units are taken from the right"),
        pytest.param("A=B=worn", None, "A=B", None, "worn", id="the word is after the last ="),
        pytest.param("-R-100=x", None, "-R-100", None, "x", id="a SKU may begin with a dash"),
        pytest.param("007", 7, None, None, None, id="leading zeros are digits too"),
        pytest.param("sku:007", None, "007", None, None, id="a SKU keeps its zeros"),
        pytest.param(" 2 : 1 = opened ", 2, None, 1, "opened", id="spaces around parts go"),
        pytest.param("٣", None, "٣", None, None, id="other scripts' digits are no line number"),
    ],
)
def test_an_item_is_a_line_or_a_sku_with_units_and_a_word(
    text: str, line: int | None, sku: str | None, quantity: int | None, value: str | None
) -> None:
    item = parse_item(text)
    assert (item.line, item.sku, item.quantity, item.value) == (line, sku, quantity, value)
    assert item.text == text


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("=too_small", id="a reason without a line"),
        pytest.param("2=", id="an equals sign with nothing behind"),
        pytest.param("sku:", id="sku: with nothing behind"),
        pytest.param(":1", id="units without a line"),
        pytest.param("0", id="line 0"),
        pytest.param("2:0", id="no unit"),
        pytest.param("2:", id="a colon without units"),
        pytest.param("2:one", id="units in letters"),
        pytest.param("2:1234567890", id="more units than any order has"),
        pytest.param("9" * 5000, id="a number too long to be read"),
    ],
)
def test_what_names_no_item_is_wrong_usage(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_item(text)
    assert (caught.value.code, caught.value.exit) == ("E-USAGE-ITEM", Exit.USAGE)
    assert caught.value.hint
    assert len(caught.value.message) < 200
