"""The sample policies at the bench, end to end: grades, serial numbers, short parcels.

By hand, in lei: a phone at 1,000.00 delivered 2026-03-05; the law's 14 days run until 03-19, the
shop's own fee of 10 % and the exclusions hold after that. In euros: a shirt at 40.00.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from returns_cli.operations.import_orders import import_orders
from returns_cli.operations.import_shipments import import_shipments
from returns_cli.operations.init_shop import make_shop
from returns_cli.operations.prove_store import check_shop
from returns_cli.operations.scan.station import ScanRequest, scan
from returns_cli.operations.shop import Shop
from returns_cli.operations.show_return import show_return
from tests.operations.desk import SETTINGS, opened, written

POLICIES = Path(__file__).parents[2] / "policies"
COLUMNS = (
    "order_id,line_no,sku,quantity,unit_price,placed_at,currency,delivered_at,ship_country,tier"
)


def shop_with(tmp_path: Path, policy: str, settings: str, *rows: str) -> Shop:
    text = SETTINGS.replace("  main:", "  main: &here", 0).replace("currency: USD", settings)
    made = (POLICIES / policy).read_bytes()
    make_shop(tmp_path, text.encode(), {policy: made}, "bench")
    shop = Shop(tmp_path, "ann", "2026-03-18T10:00:00+00:00")
    import_orders(shop, [written(shop, "o.csv", "\n".join([COLUMNS, *rows, ""]))])
    return shop


def at_bench(shop: Shop, rma: str, *codes: str, received: int = 1) -> Any:
    sku = show_return(shop, rma)["lines"][0]["sku"]  # type: ignore[index]  # a list
    list(scan(shop, [rma, *[sku] * received], ScanRequest()))
    said = list(scan(shop, [rma, sku, *codes], ScanRequest("inspect")))
    assert "STOP" not in [one["word"] for one in said]
    assert check_shop(shop)["ok"] is True
    return show_return(shop, rma)


@pytest.fixture
def devices(tmp_path: Path) -> Shop:
    rows = [
        f"{order},1,{sku},{units},1000.00,2026-03-02,RON,2026-03-05,RO,"
        for order, sku, units in (("1", "PHONE", 1), ("2", "CABLE", 2))
    ]
    shop = shop_with(tmp_path, "electronics.yaml", "currency: RON", *rows)
    sent = "order_id,line_no,event,at,serials\n1,1,shipped,2026-03-03,IMEI-1\n"
    import_shipments(shop, [written(shop, "sent.csv", sent)])
    return shop


@pytest.mark.parametrize(
    ("codes", "verdict", "reasons", "total"),
    [
        # the law's days: no fee; the way back stays with the customer, 25.00
        (["IMEI-1", "GRADE-NEW"], "approve", [], "975.00"),
        (["IMEI-1", "GRADE-USED"], "approve", [], "675.00"),  # 70 % of it
        (["IMEI-2", "GRADE-NEW"], "deny", ["other_serial"], "0.00"),
        (["GRADE-SERIAL-MISMATCH"], "deny", ["other_serial"], "0.00"),
        (["GRADE-NEW"], "review", ["missing_fact:inspection.serial_mismatch"], "975.00"),
    ],
)
def test_a_device_is_paid_by_grade_and_number(
    devices: Shop, codes: list[str], verdict: str, reasons: list[str], total: str
) -> None:
    shown = at_bench(devices, opened(devices, "1", "1=style"), *codes)
    assert (shown["verdict"], shown["lines"][0]["codes"]) == (verdict, reasons)
    if verdict != "deny":
        assert shown["quote"]["total"] == total


def test_a_parcel_with_fewer_devices_goes_to_a_person(devices: Shop) -> None:
    shown = at_bench(devices, opened(devices, "2", "1=style"), "GRADE-NEW")
    assert (shown["verdict"], shown["lines"][0]["codes"]) == ("review", ["quantity_short"])


@pytest.mark.parametrize(
    ("reason", "card", "total"),
    [("style", "USED", "20.00"), ("style", "NEW", "40.00"), ("defective", "USED", "40.00")],
)
def test_clothes_are_paid_by_grade_and_fault(
    tmp_path: Path, reason: str, card: str, total: str
) -> None:
    row = "1,1,SHIRT,1,40.00,2026-03-02,EUR,2026-03-10,DE,gold"
    settings = "currency: EUR"
    shop = shop_with(tmp_path, "apparel-eu.yaml", settings, row)
    rma = opened(shop, "1", f"1={reason}")
    if reason == "defective":  # it wants a photo, so a person lets it in
        from returns_cli.operations.rule_on_returns import rule_on_returns

        rule_on_returns(shop, "approve", [rma], why="seen")
    assert at_bench(shop, rma, f"GRADE-{card}")["quote"]["total"] == total
