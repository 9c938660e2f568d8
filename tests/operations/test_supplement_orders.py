"""Files without items, imported alone: what they add to stored orders, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from returns_cli.domain.errors import InvalidError
from returns_cli.operations.import_orders import ImportOptions, import_orders
from returns_cli.operations.list_orders import show_order
from returns_cli.operations.prove_store import check_shop
from returns_cli.operations.shop import Shop
from tests.intake.exports.test_etsy import JUG, MUG, SUMS
from tests.intake.exports.test_etsy import items as etsy_items
from tests.intake.exports.test_etsy import orders as etsy_orders
from tests.intake.exports.test_magento import ROW, grid
from tests.intake.exports.test_shopify_transactions import REFUND, SALE, transactions
from tests.intake.exports.test_square import BACK, CUSTOM, MUGS, square
from tests.operations.desk import small_shop

FIGURES = ("rows", "orders", "lines", "units", "rejected", "totals", "refunded", "problems")
# The desk's order 1001: a mug of 12.50 and two tees of 20.00, 52.50 USD.
OF_1001 = REFUND | {"Name": "1001"}
OF_1002 = REFUND | {"Name": "#1002", "Amount": "3.17"}
OF_9999 = REFUND | {"Name": "9999"}


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return small_shop(tmp_path)


def took(shop: Shop, *contents: bytes, **options: Any) -> dict[str, Any]:
    """The answer of an import, of files named in order."""
    paths = []
    for number, content in enumerate(contents, 1):
        path = shop.folder / f"side-{number}.csv"
        path.write_bytes(content)
        paths.append(path)
    return import_orders(shop, paths, replace(ImportOptions(), **options))


def shown_order(shop: Shop, text: str) -> dict[str, Any]:
    """What ``orders show`` answers."""
    return show_order(shop, text)


def counts(answer: dict[str, Any]) -> tuple[int, int, int, int]:
    """Orders, and of them new, changed, same."""
    return answer["orders"], answer["new"], answer["changed"], answer["same"]


def codes(answer: dict[str, Any]) -> list[tuple[str, int]]:
    """Code and line of each problem."""
    return [(one["code"], one["line"]) for one in answer["problems"]]


def test_transactions_alone_add_to_stored_orders(shop: Shop) -> None:
    answer = took(shop, transactions(SALE | {"Name": "1001"}, OF_1001, OF_1002))
    assert counts(answer) == (2, 0, 2, 0)
    assert (answer["rows"], answer["lines"], answer["units"], answer["rejected"]) == (3, 0, 0, 0)
    assert (answer["totals"], answer["refunded"]) == ({}, {"USD": "8.17"})
    shown = shown_order(shop, "1001")
    assert (shown["refunded_before"], shown["may_still_be_refunded"]) == ("5.00", "47.50")
    assert shown["refunds_before"] == [
        {"at": "2025-12-10T09:00:00-05:00", "line": None, "amount": "5.00", "reference": None}
    ]
    assert shown["source"] == "orders.csv:2"


@pytest.mark.parametrize("force", [False, True], ids=["known", "read again"])
def test_the_same_file_again_is_all_the_same(shop: Shop, force: bool) -> None:
    content = transactions(OF_1001, OF_1002)
    first, second = took(shop, content), took(shop, content, force=force)
    assert counts(second) == (2, 0, 0, 2)
    assert {name: first[name] for name in FIGURES} == {name: second[name] for name in FIGURES}
    assert check_shop(shop)["ok"]


def test_a_rehearsal_says_the_same_and_keeps_nothing(shop: Shop) -> None:
    rehearsed = Shop(shop.folder, shop.actor, shop.as_of_text, dry_run=True)
    answer = took(rehearsed, transactions(OF_1001))
    assert counts(answer) == (1, 0, 1, 0)
    assert shown_order(shop, "1001")["refunds_before"] == []


def test_refunds_of_an_unknown_order_are_refused(shop: Shop) -> None:
    sale = SALE | {"Name": "9999"}
    answer = took(shop, transactions(OF_1001, sale, OF_9999))
    assert codes(answer) == [("E-ORDER-PART", 3), ("E-REFUND-NO-ORDER", 4)]
    assert (answer["rows"], answer["orders"], answer["rejected"]) == (3, 1, 2)
    rejects = (shop.folder / "outbox" / "rejects" / "side-1.rejects.csv").read_text()
    assert rejects.count("9999") == 2
    assert "E-REFUND-NO-ORDER" in rejects


def test_nothing_is_written_where_every_row_is_refused(shop: Shop) -> None:
    with pytest.raises(InvalidError) as caught:
        took(shop, transactions(OF_9999))
    assert (caught.value.code, int(caught.value.exit)) == ("E-NOTHING-LEFT", 7)
    assert caught.value.result is not None


def test_an_order_without_items_anywhere_has_no_lines(shop: Shop) -> None:
    answer = took(shop, grid(ROW | {"ID": "1001", "Grand Total (Base)": "$52.50"}, ROW))
    assert codes(answer) == [("E-ORDER-NO-LINES", 5)], "the first row takes three lines"
    assert (counts(answer), answer["totals"]) == ((1, 0, 0, 1), {"USD": "52.50"})


def test_a_grid_says_the_same_of_a_total_that_does_not_add_up_each_time(shop: Shop) -> None:
    content = grid(ROW | {"ID": "1001", "Grand Total (Base)": "$60.00", "Status": "Canceled"})
    first, second = took(shop, content), took(shop, content, force=True)
    assert counts(first)[1:] == (0, 1, 0)
    assert counts(second)[1:] == (0, 0, 1)
    assert codes(first) == codes(second) == [("W-TOTAL-MISMATCH", 2)]
    shown = shown_order(shop, "1001")
    assert (shown["total"], shown["cancelled_at"]) == ("60.00", "2026-01-02T10:15:00+00:00")


@pytest.mark.parametrize(
    ("row", "code"),
    [
        pytest.param(OF_1001 | {"Amount": "52.51"}, "E-REFUND-OVER", id="above the total"),
        pytest.param(OF_1001 | {"Currency": "EUR"}, "E-CURRENCY-MIXED", id="another currency"),
    ],
)
def test_facts_that_cannot_be_the_order_s_are_refused(
    shop: Shop, row: dict[str, str], code: str
) -> None:
    answer = took(shop, transactions(row, OF_1002))
    assert codes(answer) == [(code, 2)]
    assert counts(answer) == (1, 0, 1, 0)
    assert shown_order(shop, "1001")["refunded_before"] == "0.00"


def test_an_order_of_several_channels_must_be_named(shop: Shop) -> None:
    header = "order_id,line_no,sku,quantity,unit_price,placed_at,currency"
    again = f"{header}\n1001,1,MUG,1,12.50,2026-03-02,USD\n".encode()
    took(shop, again, channel="market")
    answer = took(shop, transactions(OF_1001, OF_1002))
    assert codes(answer) == [("E-ORDER-AMBIGUOUS", 2)]
    took(shop, transactions(OF_1001), channel="market")
    assert shown_order(shop, "market/1001")["refunded_before"] == "5.00"
    assert shown_order(shop, "default/1001")["refunded_before"] == "0.00"


def test_a_month_s_transactions_and_the_next_add_up(shop: Shop) -> None:
    took(shop, transactions(OF_1001))
    later = OF_1001 | {"Created At": "2026-01-10 09:00:00 -0500", "Amount": "2.00"}
    took(shop, transactions(later))
    took(shop, transactions(OF_1001), force=True)
    assert shown_order(shop, "1001")["refunded_before"] == "7.00"


def test_an_etsy_order_gets_its_sums_later(shop: Shop) -> None:
    first = took(shop, etsy_items(MUG | {"Order Shipping": "9.00"}, JUG))
    assert first["totals"] == {"USD": "52.20"}
    answer = took(shop, etsy_orders(SUMS))
    assert (counts(answer), answer["totals"]) == ((1, 0, 1, 0), {"USD": "48.70"})
    shown = shown_order(shop, "#3001")
    assert (shown["total"], shown["captured"], shown["shipping"]) == ("48.70", "48.70", "5.50")
    same = took(shop, etsy_items(MUG | {"Order Shipping": "9.00"}, JUG), force=True)
    assert counts(same) == (1, 0, 0, 1), "the items say what they said"
    assert shown_order(shop, "3001")["total"] == "48.70"
    assert check_shop(shop)["ok"]


def test_a_refund_finds_the_line_of_a_stored_sale(shop: Shop) -> None:
    took(shop, square(MUGS, CUSTOM))
    answer = took(shop, square(BACK))
    assert (counts(answer), answer["refunded"]) == ((1, 0, 1, 0), {"USD": "9.72"})
    shown = shown_order(shop, "T1")
    assert [one["line"] for one in shown["refunds_before"]] == [1]
    assert [one["refunded_before"] for one in shown["lines"]] == ["9.72", "0.00"]
    whole = took(shop, square(BACK, MUGS, CUSTOM))
    assert counts(whole) == (1, 0, 0, 1), "both at once say the same"


def test_two_side_files_of_one_order_count_it_once(shop: Shop) -> None:
    refunded = ROW | {"ID": "1001", "Grand Total (Base)": "$52.50", "Total Refunded": "$5.00"}
    answer = took(shop, transactions(OF_1001), grid(refunded))
    assert (counts(answer), answer["totals"]) == ((1, 0, 1, 0), {"USD": "52.50"})
    assert answer["refunded"] == {"USD": "5.00"}
    assert shown_order(shop, "1001")["refunded_before"] == "5.00"
    assert answer["format"] == "shopify-transactions,magento"


def test_a_supplement_ends_the_skip_of_no_other_file(shop: Shop) -> None:
    took(shop, transactions(OF_1001))
    answer = import_orders(shop, [shop.folder / "orders.csv"])
    assert (answer["new"], answer["changed"], answer["same"]) == (0, 0, 6)
    assert shown_order(shop, "1001")["refunded_before"] == "5.00"


def test_how_a_file_was_read_and_what_it_changed_is_said(shop: Shop) -> None:
    shop.notes.clear()
    took(shop, transactions(OF_1001))
    assert shop.notes == [
        "side-1.csv: Shopify transactions export, UTF-8, comma, decimal dot",
        "1001 changed: refunded 5.00 USD, was 0.00 USD; refunds 5.00 on 2025-12-10, was nothing.",
    ]
    shop.notes.clear()
    took(shop, transactions(OF_1001))
    assert shop.notes == ["side-1.csv: read before, on 2026-03-20; --force reads it again."]
