"""How each file was read is said in one line."""

from __future__ import annotations

import io

import pytest

from returns_cli.intake import ReadOptions, read_orders
from tests.intake.exports.test_etsy import ITEMS
from tests.intake.exports.test_square import COLUMNS
from tests.intake.files import LINE, generic, shopify, table

SAID = [
    pytest.param(shopify(), ReadOptions(currency="USD"),
        "-: Shopify orders export, UTF-8, comma, decimal dot", id="Shopify"),
    pytest.param(table(ITEMS, delimiter=";"), ReadOptions(currency="EUR"),
        "-: Etsy order items export, UTF-8, semicolon, decimal mark by amount", id="Etsy"),
    pytest.param(table(ITEMS, delimiter="\t"), ReadOptions(currency="EUR", decimal="comma"),
        "-: Etsy order items export, UTF-8, tab, decimal comma", id="a decimal mark by name"),
    pytest.param(table(COLUMNS, delimiter="|"), ReadOptions(currency="USD"),
        "-: Square item details export, UTF-8, bar, decimal dot", id="Square"),
    pytest.param(generic(LINE).decode().encode("cp1252"), ReadOptions(encoding="cp1252"),
        "-: generic orders file, CP1252, comma, decimal dot", id="an encoding that was named"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "options", "said"), SAID)
def test_format_encoding_delimiter_and_decimal_mark_are_said(
    content: bytes, options: ReadOptions, said: str
) -> None:
    with read_orders([io.BytesIO(content)], options) as reading:
        assert reading.detected() == [said]


def test_several_files_are_said_one_by_one() -> None:
    with read_orders([io.BytesIO(shopify()), io.BytesIO(generic(LINE))], ReadOptions()) as reading:
        assert [one.partition(":")[2].split(",")[0] for one in reading.detected()] == [
            " Shopify orders export",
            " generic orders file",
        ]
