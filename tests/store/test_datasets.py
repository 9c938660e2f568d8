"""The views that people's own tools read."""

from __future__ import annotations

import re
from pathlib import Path

from returns_cli.store.datasets import DATASETS, columns_of
from tests.store.desk import Desk

_PAGE = Path(__file__).parents[2] / "docs/data.md"


def test_every_view_and_column_is_on_the_page(desk: Desk) -> None:
    told = {
        name: re.findall(r"`(\w+)`", columns)
        for name, columns in re.findall(r"^\| `(v_\w+)` \|[^|]+\|(.+)\|$", _PAGE.read_text(), re.M)
    }
    assert told == {one.view: list(columns_of(desk.store, one)) for one in DATASETS}


def test_the_views_are_those_of_the_store(desk: Desk) -> None:
    views = desk.store.connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'view' AND name GLOB 'v_*'"
    )
    assert {name for (name,) in views} == {one.view for one in DATASETS}


def test_the_parts_of_every_refund_sum_to_its_amount(busy: Desk) -> None:
    off = busy.store.connection.execute(
        "SELECT refund FROM v_refunds WHERE amount_minor <> items_minor + tax_minor"
        " + original_shipping_minor + restocking_fee_minor + return_shipping_minor"
        " + transfer_fee_minor + condition_deduction_minor + promotion_clawback_minor"
        " + bonus_credit_minor + goodwill_minor"
    )
    assert off.fetchall() == []
    assert busy.store.connection.execute("SELECT count(*) FROM v_refunds").fetchone() > (0,)
