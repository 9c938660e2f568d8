"""What is said of orders that a file changed: field by field, capped, never personal data."""

from __future__ import annotations

from pathlib import Path

import pytest

from returns_cli.operations.import_orders import import_orders
from returns_cli.operations.record_refund import RefundRequest, record_refund
from returns_cli.operations.shop import Shop
from tests.operations.desk import ORDERS, inspected, opened, received, small_shop, written


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    made = small_shop(tmp_path)
    made.notes.clear()
    return made


def said(shop: Shop, text: str) -> list[str]:
    """The notes on changes when the desk's orders come again as ``text``."""
    import_orders(shop, [written(shop, "again.csv", text)])
    return [one for one in shop.notes if "again.csv" not in one]


CHANGES = [
    pytest.param(("TEE,Tee,2,20.00", "TEE,Tee,3,20.00"),
        "1001 changed: total 72.50 USD, was 52.50 USD; captured 72.50 USD, was 52.50 USD; "
        "line 2 quantity 3, was 2; line 2 shipped quantity 3, was 2; "
        "line 2 items 60.00 USD, was 40.00 USD.", id="units and money"),
    pytest.param(("Ana Ștefănescu", "Ana Popescu"), "1001 changed: ship to.",
        id="an address is never shown"),
    pytest.param((",final-sale,", ",last-chance,"),
        "1006 changed: line 1 tags last-chance, was final-sale.", id="tags"),
    pytest.param((",final-sale,", ",,"), "1006 changed: line 1 tags nothing, was final-sale.",
        id="no tags"),
    pytest.param(("VASE,Vase", "VASE,[blue] Vase"),
        "1002 changed: line 1 title [blue] Vase, was Vase.", id="a title that looks like a list"),
    pytest.param(("VASE,Vase", "POT,Pot"),
        "1002 changed: line 1 (1 x POT) is new; line 1 (1 x VASE) is gone.", id="another item"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "expected"), CHANGES)
def test_a_changed_order_is_said_field_by_field(
    shop: Shop, change: tuple[str, str], expected: str
) -> None:
    assert said(shop, ORDERS.replace(*change)) == [expected]


def test_what_was_refunded_keeps_what_it_was_decided_on(shop: Shop) -> None:
    rma = opened(shop, "1001", "2:1=itchy")
    received(shop, rma)
    inspected(shop, rma, "2:1=new")
    record_refund(shop, RefundRequest(rma))
    shop.notes.clear()
    (note,) = said(shop, ORDERS.replace("TEE,Tee,2,20.00", "TEE,Tee,2,10.00"))
    assert note == (
        "1001 changed: total 32.50 USD, was 52.50 USD; captured 32.50 USD, was 52.50 USD; "
        "line 2 unit price stays 20.00 USD, the file says 10.00 USD; "
        "line 2 items stays 40.00 USD, the file says 20.00 USD."
    )


def test_lines_that_move_are_said(shop: Shop) -> None:
    mug, tee = (row for row in ORDERS.splitlines() if row.startswith("1001,"))
    moved = ORDERS.replace(mug, "1001X").replace(tee, mug.replace(",1,MUG", ",2,MUG"))
    moved = moved.replace("1001X", tee.replace(",2,TEE", ",1,TEE"))
    assert said(shop, moved) == [
        "1001 changed: line 2 is line 1 now; line 1 is line 2 now.",
    ]


def test_many_fields_are_counted(shop: Shop) -> None:
    text = ORDERS.replace("1006,2026-03-02", "1006,2026-03-01").replace(
        "CAP,Cap,1,15.00,2026-03-06,,final-sale,Flo,f@example.com",
        "CAP,Hat,2,16.00,2026-03-07,1,sale,Flora,g@example.com",
    )
    (note,) = said(shop, text)
    assert note.startswith("1006 changed: placed at 2026-03-01, was 2026-03-02; total 32.00 USD, ")
    assert note.endswith(" more.")


def test_many_orders_are_counted(shop: Shop) -> None:
    header = "order_id,line_no,sku,quantity,unit_price,placed_at,currency\n"
    rows = [f"{number},1,MUG,1,{{}},2026-03-02,USD\n" for number in range(2001, 2014)]
    first, second = (header + "".join(rows).replace("{}", price) for price in ("5.00", "6.00"))
    assert said(shop, first) == []
    notes = said(shop, second)
    assert len(notes) == 11
    assert notes[-1] == "3 more orders changed; look at one with `returns orders show ORDER`."
