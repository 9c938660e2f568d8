"""What ``orders import --sniff`` answers: without a shop, without writing, for any file."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from returns_cli.cli.page import Lines
from returns_cli.cli.pages.sniff import sniff_page
from returns_cli.domain.errors import InvalidError
from returns_cli.operations.import_orders import ImportOptions, import_orders
from returns_cli.operations.sniff_orders import sniff_orders
from tests.docs.pages import ROOT
from tests.operations.desk import small_shop, written

UNKNOWN = """\
Order No;Order Date;Item Code;Qty;Unit Price;Refunded;Discount;Tax
1;13/04/2026;A;2;5,00;1,00;2,00;1,50
1;13/04/2026;B;1;1,50;1,00;2,00;1,50
"""


def printed(answer: Any) -> list[str]:
    """What a person reads of it."""
    (block,) = sniff_page(answer)
    assert isinstance(block, Lines)
    return [
        " ".join(one if isinstance(one, str) else one.text for one in line) for line in block.lines
    ]


def test_an_unknown_file_is_answered_without_a_shop() -> None:
    answer: Any
    (answer,) = sniff_orders(None, [BytesIO(UNKNOWN.encode())], ImportOptions(currency="EUR"))
    order = answer["orders"][0]
    assert {name: answer[name] for name in answer if name not in ("orders", "mapping")} == {
        "file": "-",
        "format": None,
        "what": None,
        "encoding": "utf-8",
        "delimiter": ";",
        "header_line": 1,
        "decimal": "comma",
        "decimal_fits": ["comma"],
        "decimal_unclear": None,
        "dates": [
            {
                "column": "Order Date",
                "style": "DD/MM/YYYY",
                "fits": ["DD/MM/YYYY"],
                "unread": 0,
                "sample": "13/04/2026",
            }
        ],
        "read": UNKNOWN.splitlines()[0].split(";"),
        "ignored": [],
        "rows": 2,
        "guessed": True,
        "missing": [],
        "problems": answer["problems"],
        "more_problems": 0,
    }
    assert [one["code"] for one in answer["problems"]] == ["E-FORMAT-UNKNOWN"]
    assert order == {
        "order": "1",
        "channel": "default",
        "placed_at": "2026-04-13",
        "customer": "",
        "currency": "EUR",
        "tax": "on_top",
        "discount": "2.00",
        "shipping": "0.00",
        "tax_amount": "1.50",
        # 2 × 5.00 + 1.50 - 2.00 + 1.50 of tax on top, where no shop says otherwise
        "total": "11.00",
        "refunded": "1.00",
        "row": 2,
        "lines": [
            {"line": 1, "sku": "A", "title": "", "quantity": 2, "unit_price": "5.00",
             "discount": "0.00", "row": 2},
            {"line": 2, "sku": "B", "title": "", "quantity": 1, "unit_price": "1.50",
             "discount": "0.00", "row": 3},
        ],
    }  # fmt: skip


def test_nothing_is_written_and_what_it_suggests_imports(tmp_path: Path) -> None:
    shop = small_shop(tmp_path)
    path = written(shop, "unknown.csv", UNKNOWN)
    before = sorted(one.name for one in shop.folder.rglob("*"))
    answer: Any
    (answer,) = sniff_orders(shop, [path], ImportOptions())
    assert sorted(one.name for one in shop.folder.rglob("*")) == before
    map_file = written(shop, "unknown.yaml", answer["mapping"])
    imported = import_orders(shop, [path], ImportOptions(map_file=map_file))
    assert (imported["new"], imported["rejected"]) == (1, 0)
    assert imported["totals"] == {"USD": answer["orders"][0]["total"]}


def test_what_is_printed_is_a_mapping_file(tmp_path: Path) -> None:
    from returns_cli.intake.mapped.mapping_file import parse_mapping

    answer: Any
    (answer,) = sniff_orders(None, [BytesIO(UNKNOWN.encode())], ImportOptions(currency="EUR"))
    lines = printed(answer)
    mapping = parse_mapping("\n".join(lines).encode(), "m.yaml", "orders import")
    assert mapping.columns["order_id"] == ("Order No",)
    assert "#   Format     not known" in lines
    assert "#     1. 2 × 5.00 A" in lines
    assert "#     total 11.00 EUR (discount 2.00, tax 1.50, refunded before 1.00)" in lines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Order No,Date,SKU,b\n1,2,3,4\n", "#   Missing    quantity, unit_price or "
                     "line_total, currency: fill it in below.", id="missing"),
        pytest.param("Date,Price\n03/04/2026,4\n",
                     "#   Dates      Date: DD/MM/YYYY or MM/DD/YYYY; 03/04/2026 does not tell "
                     "which: say it with --date-format", id="dates"),
        pytest.param("Date,Price\n13/04/2026,4\n31/02/2026,4\n",
                     "#   Dates      Date: DD/MM/YYYY; 1 date cannot be read so", id="a bad date"),
        pytest.param('Price,x\n"1,234",\n',
                     "#   Decimals   not known: 1,234 could be read both ways", id="decimals"),
        pytest.param('Price,x\n"1,2",\n1.2,\n',
                     "#   Decimals   some amounts have a dot, others a comma", id="both marks"),
        pytest.param("x^y\n1^2\n", "#   Decimals   none", id="no amounts"),
    ],
)  # fmt: skip
def test_what_is_open_is_said_in_words(text: str, expected: str) -> None:
    answer: Any
    (answer,) = sniff_orders(None, [BytesIO(text.encode())], ImportOptions())
    lines = printed(answer)
    assert expected in lines


def test_further_problems_are_counted() -> None:
    rows = "".join(f"{number},2026-03-01,EUR,1,A,x,5\n" for number in range(25))
    head = "order_id,placed_at,currency,line_no,sku,quantity,unit_price\n"
    answer: Any
    (answer,) = sniff_orders(None, [BytesIO((head + rows).encode())], ImportOptions())
    assert "#   and 5 more" in printed(answer)


def test_several_files_are_answered_each() -> None:
    folder = ROOT / "examples"
    files = [folder / "orders_export.csv", folder / "orders_generic.csv"]
    answers: Any = sniff_orders(None, files, ImportOptions())
    assert [one["format"] for one in answers] == ["shopify", "generic"]
    assert len(sniff_page(answers)) == 2


def test_a_file_that_is_no_text_is_refused() -> None:
    with pytest.raises(InvalidError):
        sniff_orders(None, [BytesIO(b"PK\x03\x04")], ImportOptions())
