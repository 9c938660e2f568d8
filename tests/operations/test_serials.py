"""Serial numbers: what was sold, what came back, and who looks where they differ.

By hand: a lamp at 90.00, sold as SN-1; two radios, sold as R-1 and R-2. The policy takes 10 % of
what is paid and 6.95 for the way back.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from returns_cli.domain.errors import ConflictError, UsageError
from returns_cli.domain.item_spec import parse_item
from returns_cli.operations.explain_return import history_of_return
from returns_cli.operations.import_master_data import import_products
from returns_cli.operations.import_shipments import import_shipments
from returns_cli.operations.inspect_items import InspectRequest, inspect_items
from returns_cli.operations.prove_store import check_shop
from returns_cli.operations.scan.station import ScanRequest, scan
from returns_cli.operations.shop import Shop
from returns_cli.operations.show_return import show_return
from returns_cli.operations.undo_action import undo_action
from tests.operations.desk import POLICY, opened, received, small_shop, sold, written

SHIPPED = """order_id,line_no,event,at,serials
2001,1,shipped,2026-03-03,sn-1
2001,2,shipped,2026-03-03,R-1|R-2
"""


def shop_with(folder: Path, policy: str = POLICY, *, shipped: str = SHIPPED) -> Shop:
    shop = small_shop(folder, policy=policy)
    sold(shop, "2001,1,LAMP,1,90.00", "2001,2,RADIO,2,30.00")
    if shipped:
        import_shipments(shop, [written(shop, "shipped.csv", shipped)])
    return shop


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return shop_with(tmp_path)


@pytest.fixture
def lamp(shop: Shop) -> str:
    rma = opened(shop, "2001", "1=itchy")
    received(shop, rma)
    return rma


def graded(shop: Shop, *codes: str) -> list[Any]:
    return list(scan(shop, codes, ScanRequest("inspect")))


def messages(shop: Shop, *codes: str, mode: str = "inspect") -> list[str]:
    return [f"{one['word']} {one['message']}" for one in scan(shop, codes, ScanRequest(mode))]


def verdict(shop: Shop, rma: str) -> tuple[object, object]:
    shown: Any = show_return(shop, rma)
    return shown["verdict"], shown["lines"][0]["codes"]


def test_the_unit_that_was_sold_is_graded_as_always(shop: Shop, lamp: str) -> None:
    assert messages(shop, lamp, "LAMP", "SN1", "GRADE-NEW") == [
        "OK 1 unit waits. Scan an item, then its grade.",
        "ASK LAMP: scan its serial number, or its grade where it bears none.",
        "ASK LAMP SN1: scan its grade.",
        "OK LAMP: new, to restock. Nothing more waits.",
    ]
    assert verdict(shop, lamp) == ("approve", [])
    (seen,) = show_return(shop, lamp)["inspected"]  # type: ignore[misc]  # a list
    assert seen["serial"] == "SN1"  # type: ignore[has-type]  # of the list
    assert check_shop(shop)["ok"] is True


def test_the_number_alone_names_the_unit(shop: Shop, lamp: str) -> None:
    assert [one["word"] for one in graded(shop, lamp, "sn-1", "GRADE-NEW")] == ["OK", "ASK", "OK"]
    assert verdict(shop, lamp) == ("approve", [])


def test_another_number_goes_to_a_person_with_its_reason(shop: Shop, lamp: str) -> None:
    said = messages(shop, lamp, "LAMP", "SN-9", "GRADE-NEW")
    assert said[2] == "ASK SN9 is not the LAMP that was sold (SN1). Scan it again, or its grade."
    assert said[3] == (
        "OK LAMP: new, to restock. Nothing more waits. A person decides: serial_mismatch."
    )
    assert verdict(shop, lamp) == ("review", ["serial_mismatch"])
    assert show_return(shop, lamp)["state"] == "in_review"
    assert check_shop(shop)["ok"] is True


def test_a_number_that_was_misread_is_scanned_again(shop: Shop, lamp: str) -> None:
    graded(shop, lamp, "LAMP", "SN-9", "SN-1", "GRADE-NEW")
    assert verdict(shop, lamp) == ("approve", [])


def test_no_number_where_one_is_known_goes_to_a_person(shop: Shop, lamp: str) -> None:
    said = messages(shop, lamp, "GRADE-NEW", "GRADE-NEW")
    assert said[1].startswith("ASK LAMP: scan its serial number")
    assert said[2].endswith("A person decides: missing_fact:inspection.serial_mismatch.")
    assert verdict(shop, lamp) == ("review", ["missing_fact:inspection.serial_mismatch"])


def test_what_was_taken_back_counts_no_more(shop: Shop, lamp: str) -> None:
    graded(shop, lamp, "LAMP", "SN-9", "GRADE-NEW", "UNDO")
    assert verdict(shop, lamp) == ("approve", [])
    inspect_items(shop, InspectRequest(lamp, (parse_item("1:1=new"),), serial="SN-9"))
    assert verdict(shop, lamp)[0] == "review"
    undo_action(shop)
    assert verdict(shop, lamp) == ("approve", [])
    assert [one["word"] for one in graded(shop, lamp, "LAMP", "SN-1", "GRADE-NEW")][-1] == "OK"


def test_units_of_one_line_are_told_apart(shop: Shop) -> None:
    rma = opened(shop, "2001", "2=itchy")
    assert messages(shop, rma, "R-1", "R-1", "R-2", mode="receive")[1:] == [
        "OK RADIO: 1 of 2",
        "STOP R1 is here already. Received 2026-03-20 10:00 by ann.",
        "OK RADIO: 2 of 2",
    ]
    said = messages(shop, rma, "R-1", "GRADE-NEW", "RADIO", "R-1", "R-2", "GRADE-DAMAGED")
    assert said[4] == "STOP R1 is inspected already."
    assert said[-1] == "OK RADIO: damaged, to scrap. Nothing more waits."
    assert verdict(shop, rma) == ("approve", [])


def test_a_number_is_found_like_a_parcel(shop: Shop, lamp: str) -> None:
    assert messages(shop, "SN-1", mode="find") == ["OK received, order 2001: LAMP 1 of 1."]


def test_a_product_may_want_a_number_that_nobody_knows_yet(tmp_path: Path) -> None:
    shop = shop_with(tmp_path, shipped="")
    import_products(shop, [written(shop, "p.csv", "sku,serial_required\nLAMP,yes\n")])
    rma = opened(shop, "2001", "1=itchy")
    received(shop, rma)
    graded(shop, rma, "LAMP", "SN-7", "GRADE-NEW")
    assert verdict(shop, rma) == ("approve", [])  # nothing to compare it with
    assert "SN7" in str(history_of_return(shop, rma))


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("deny: other_serial", ("deny", ["other_serial"])),
        ("review: looked_at", ("review", ["looked_at"])),
        ("set: {fees: {return_shipping: 0}}", ("approve", [])),
    ],
)
def test_a_policy_that_speaks_of_it_decides(
    tmp_path: Path, rule: str, expected: tuple[str, list[str]]
) -> None:
    when = "when: {inspection.serial_mismatch: true}"
    text = f"  - id: other\n    why: Another one.\n    {when}\n    {rule}\n"
    shop = shop_with(tmp_path, POLICY + text)
    rma = opened(shop, "2001", "1=itchy")
    received(shop, rma)
    said = messages(shop, rma, "LAMP", "SN-9", "GRADE-NEW")
    assert verdict(shop, rma) == expected
    assert ("It pays nothing: other_serial." in said[-1]) is (expected[0] == "deny")
    assert check_shop(shop)["ok"] is True


def test_a_serial_number_is_of_one_unit_that_was_not_looked_at(shop: Shop, lamp: str) -> None:
    request = InspectRequest(lamp, (parse_item("1=new"),), serial="SN-1")
    with pytest.raises(UsageError, match="of one unit"):
        inspect_items(shop, request)
    one_unit = request._replace(items=(parse_item("1:1=new"),))
    inspect_items(shop, one_unit)
    radios = opened(shop, "2001", "2=itchy")
    received(shop, radios)
    inspect_items(shop, InspectRequest(radios, (parse_item("2:1=new"),), serial="R-1"))
    with pytest.raises(ConflictError) as caught:
        inspect_items(shop, InspectRequest(radios, (parse_item("2:1=new"),), serial="r1"))
    assert caught.value.code == "E-SERIAL-TWICE"


def test_numbers_are_kept_once_and_only_of_a_line(shop: Shop) -> None:
    again = import_shipments(shop, [written(shop, "again.csv", SHIPPED + " \n")])
    assert (again["new"], again["same"]) == (0, 2)
    more = written(
        shop,
        "more.csv",
        "order_id,line_no,event,at,serials\n2001,2,delivered,2026-03-06,R-2|R-3\n"
        "2001,,delivered,2026-03-06,R-9\n",
    )
    answer: Any = import_shipments(shop, [more])
    assert (answer["new"], answer["rejected"]) == (1, 1)
    assert answer["problems"][0]["message"].startswith("Serial numbers are of one line")
    assert messages(shop, "R-3", "R-9", mode="find") == [
        "STOP Nothing is known of R-3.", "STOP Nothing is known of R-9.",
    ]  # fmt: skip
