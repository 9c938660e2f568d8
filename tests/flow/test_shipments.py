"""Deliveries and typed orders through the real commands: JSON keys, exit codes, repeats."""

from __future__ import annotations

import json

import pytest

from tests.flow.conftest import Desk

IMPORT_KEYS = ["rows", "new", "same", "rejected", "returns", "problems"]
ORDERS = """\
order_id,placed_at,currency,line_no,sku,quantity,unit_price
1042,2026-03-01,USD,1,MUG,2,10.00
1042,2026-03-01,USD,2,TEE,1,20.00
"""
SHIPMENTS = """\
order_id,event,at,tracking,carrier
1042,shipped,2026-03-02,T1,Hermes
1042,3500,2026-03-05T14:00:00Z,T1,Hermes
1042,9999,2026-03-06,T1,Hermes
"""


@pytest.fixture
def made(desk: Desk) -> Desk:
    """A shop with one order of which nobody knows when it came."""
    (desk.folder / "orders.csv").write_text(ORDERS)
    desk.ok("orders", "import", str(desk.folder / "orders.csv"))
    return desk


def test_a_delivery_re_dates_a_decision_only_through_evaluate(made: Desk) -> None:
    rma = made.ok("open", "1042", "--item", "1=too_small")["rma"]
    (made.folder / "s.csv").write_text(SHIPMENTS)
    answer = made.type("shipments", "import", str(made.folder / "s.csv"))
    assert (answer.code, list(answer.json)) == (0, IMPORT_KEYS)
    assert [answer.json[key] for key in IMPORT_KEYS[:5]] == [3, 3, 0, 0, []]
    assert [(one["code"], one["line"], one["value"]) for one in answer.json["problems"]] == [
        ("W-STATUS-UNKNOWN", 4, "9999")
    ]
    assert rma in answer.err
    assert made.ok("show", rma)["lines"][0]["window"]["anchor"] is None
    judged = made.ok("evaluate", rma)["lines"][0]
    assert (judged["window"]["anchor"], judged["deadline"]) == ("2026-03-05", "2026-04-04")
    again = made.ok("shipments", "import", "-", stdin=SHIPMENTS.encode())
    assert [again[key] for key in IMPORT_KEYS[:4]] == [3, 0, 3, 0]


def test_refused_rows_end_with_3_and_refused_files_with_7(made: Desk) -> None:
    header, first, *_ = SHIPMENTS.splitlines()
    mixed = f"{header}\n{first}\n4711,delivered,2026-03-05,,\n"
    partly = made.type("shipments", "import", "-", stdin=mixed.encode())
    assert (partly.code, partly.json["rejected"]) == (3, 1)
    wrong = made.type("shipments", "import", "-", stdin=f"{header}\n4711,x,2026-03-05,,\n".encode())
    assert (wrong.code, wrong.error["code"], wrong.json["new"]) == (7, "E-NOTHING-LEFT", 0)
    other = made.type("shipments", "import", str(made.folder / "orders.csv"))
    assert (other.code, other.out) == (7, "")
    assert other.error["hint"] == "Use: returns orders import"
    missing = made.type("shipments", "import", "none.csv")
    assert (missing.code, missing.error["code"]) == (2, "E-FILE-UNREADABLE")
    nothing = made.type("shipments", "import")
    assert (nothing.code, nothing.error["code"]) == (2, "E-USAGE")


def test_a_list_of_codes_is_learned_alone_or_beside(made: Desk) -> None:
    codes = made.folder / "codes.csv"
    codes.write_bytes(
        "Service;Status;Description;Remark\r\nfoo;9999;Zugestellt;é\r\n".encode("cp1252")
    )
    learned = made.ok("shipments", "import", "--codes", str(codes), "--encoding", "cp1252")
    assert [learned[key] for key in IMPORT_KEYS[:4]] == [1, 1, 0, 0]
    text = "order_id,event,at,carrier\n1042,9999,2026-03-05,DHL foo\n"
    answer = made.ok("shipments", "import", "-", stdin=text.encode())
    assert answer["problems"] == []
    assert made.ok("orders", "show", "1042")["delivered_at"] == "2026-03-05"


def test_an_order_is_typed(desk: Desk) -> None:
    words = [
        "orders", "add", "M-17", "--item", "MUG:2@12.50=Blue mug", "--item", "@5=Gift wrap",
        "--placed", "2026-03-01", "--delivered", "2026-03-05", "--shipping", "4.95",
        "--discount", "3", "--tax-amount", "2", "--tax", "on_top", "--payment", "cash",
        "--discount-code", "SPRING", "--tag", "stall", "--gift", "--business",
        "--channel", "market", "--customer-id", "c9", "--customer", "Ann Buyer",
        "--email", "ann@example.com", "--ship-name", "Bo", "--company", "Acme",
        "--address", "1 Elm St", "--address", "Flat 2", "--city", "Austin", "--region", "TX",
        "--postcode", "78704", "--country", "us", "--phone", "555",
    ]  # fmt: skip
    first = desk.ok(*words)
    assert first == {**desk.ok("orders", "show", "M-17"), "replayed": False}
    assert (first["total"], first["source"], first["country"]) == ("33.95", "typed", "US")
    assert desk.ok(*words)["replayed"] is True
    conflict = desk.type("orders", "add", "M-17", "--item", "MUG@1", "--channel", "market")
    assert (conflict.code, conflict.out) == (6, "")
    assert conflict.error["code"] == "E-ORDER-EXISTS"
    street = desk.type("orders", "add", "M-1", "--item", "M@1", *("--address", "x") * 3)
    assert (street.code, street.error["where"]) == (2, "--address")
    assert desk.ok("open", "M-17", "--item", "1:1=too_small")["verdict"] == "approve"
    assert desk.ok("orders", "add", "M-2", "--item", "A@1", "-n")["order"] == "M-2"
    assert desk.type("orders", "show", "M-2").code == 5


def test_customers_and_products_come_in_several_files(desk: Desk) -> None:
    for name, text in (
        ("a.csv", "sku,tags\nMUG,final-sale\n"),
        ("b.csv", 'sku,price\nTEE,"1.250,00"\n'),
        ("c.csv", "email,tier,language\nann@example.com,gold,ro\n"),
    ):
        (desk.folder / name).write_text(text)
    first, second, people = (str(desk.folder / name) for name in ("a.csv", "b.csv", "c.csv"))
    options = ("--decimal", "comma", "--currency", "EUR")
    answer = desk.ok("products", "import", first, second, *options)
    assert [answer[key] for key in IMPORT_KEYS[:4]] == [2, 2, 0, 0]
    for words in ((), ("--force",)):
        again = desk.ok("products", "import", first, second, *options, *words)
        assert [again[key] for key in IMPORT_KEYS[:4]] == [2, 0, 2, 0]
    assert desk.ok("customers", "import", people)["new"] == 1
    wrong = desk.type("customers", "import", first)
    assert (wrong.code, json.loads(wrong.err)["error"]["hint"]) == (
        7,
        "Use: returns products import",
    )
