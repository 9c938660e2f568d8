"""Any other CSV, by the commands alone: sniff it, map it, import it."""

from __future__ import annotations

from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest

from returns_cli.__main__ import run
from returns_cli.cli.context import Invocation
from returns_cli.cli.output import Output
from tests.docs.pages import ROOT
from tests.flow.conftest import Desk

EXAMPLES = ROOT / "examples"


@pytest.fixture
def market(desk: Desk) -> Desk:
    """A shop that has the market's orders."""
    desk.ok(
        "orders", "import", str(EXAMPLES / "market_orders.csv"),
        "--map", str(EXAMPLES / "market_orders.yaml"),
    )  # fmt: skip
    return desk


def test_a_form_s_answers_become_returns_and_come_only_once(market: Desk) -> None:
    words = ("requests", "import", str(EXAMPLES / "return_form.csv"), "--map")
    form = str(EXAMPLES / "return_form.yaml")
    first = market.ok(*words, form)
    assert (first["rows"], first["new"], first["same"], first["rejected"]) == (3, 3, 0, 0)
    (problem,) = first["problems"]
    assert (problem["code"], problem["line"], problem["column"], problem["value"]) == (
        "W-REASON-UNKNOWN",
        5,
        "Why are you sending it back?",
        "The colour is off",
    )
    again = market.ok(*words, form)
    assert (again["new"], again["same"], again["returns"]) == (0, 3, first["returns"])
    shown = [market.ok("show", rma) for rma in first["returns"]]
    assert [one["order"] for one in shown] == ["BM-2041", "BM-2042", "BM-2043"]
    lines = [one["lines"][0] for one in shown]
    assert [(one["sku"], one["quantity"], one["reason"], one["resolution"]) for one in lines] == [
        ("MUG-GRN", 1, "damaged_in_transit", "refund"),
        ("CNDL-BEE", 2, "changed_mind", "store_credit"),
        ("RUG-OAT", 1, "The colour is off", "refund"),
    ]


def test_deliveries_customers_and_products_come_through_mappings(market: Desk) -> None:
    desk = market
    desk.write("m.yaml", "columns: {email: Mail, tier: Level}\nwords: {tier: {vip: gold}}\n")
    people = desk.write("people.csv", "Mail;Level\njonas@example.com;VIP\n")
    assert desk.ok("customers", "import", people, "--map", str(desk.folder / "m.yaml"))["new"] == 1
    desk.write("g.yaml", "columns: {sku: Code, perishable: Fresh}\nwords: {perishable: {x: yes}}\n")
    goods = desk.write("goods.csv", "Code;Fresh\nTEA-OOL;maybe\nCNDL-BEE;x\n")
    answer = desk.type("products", "import", goods, "--map", str(desk.folder / "g.yaml"))
    assert (answer.code, answer.json["new"], answer.json["rejected"]) == (3, 1, 1)
    assert answer.json["problems"][0]["column"] == "Fresh"


def test_a_wrong_mapping_is_one_error_with_its_place(desk: Desk) -> None:
    desk.write("bad.yaml", "columns:\n  order_id: No\n  placed: Day\n")
    csv = desk.write("x.csv", "No,Day\n")
    error = desk.refused(7, "orders", "import", csv, "--map", str(desk.folder / "bad.yaml"))
    assert (error["code"], error["where"]) == ("E-MAP", "bad.yaml:2:3")
    assert error["message"].startswith("bad.yaml has 5 problems; the first: ")
    error = desk.refused(2, "orders", "import", csv, "--map", str(desk.folder / "none.yaml"))
    assert error["code"] == "E-FILE-UNREADABLE"


def test_a_look_at_a_file_takes_stdin_and_the_shop_s_settings(desk: Desk) -> None:
    content = (EXAMPLES / "market_orders.csv").read_bytes()
    found = desk.ok("orders", "import", "--sniff", "-", stdin=content)
    assert (found["file"], found["format"], found["header_line"]) == ("-", None, 4)
    assert [one["order"] for one in found["orders"]] == ["BM-2041", "BM-2043"]
    assert found["mapping"].startswith("mapping: my-orders\n")
    both = desk.ok("orders", "import", "--sniff", "-", str(EXAMPLES / "orders_export.csv"),
                   stdin=content)  # fmt: skip
    assert [one["format"] for one in both] == [None, "shopify"]
    orders = desk.ok("orders", "list")
    assert not any(one["order"].startswith("BM-") for one in orders)


def test_a_look_with_a_mapping_shows_what_it_makes_of_the_file(desk: Desk) -> None:
    found = desk.ok(
        "orders", "import", "--sniff", str(EXAMPLES / "market_orders.csv"),
        "--map", str(EXAMPLES / "market_orders.yaml"),
    )  # fmt: skip
    assert (found["format"], found["mapping"], found["problems"]) == ("map:blue-market", None, [])
    assert [one["total"] for one in found["orders"]] == ["47.20", "20.00", "1213.00"]


def typed_nowhere(folder: Path, *words: str, stdin: bytes = b"") -> tuple[int, str, str]:
    """A command line in a folder that is no shop."""
    out, err = StringIO(), StringIO()
    environ: dict[str, Any] = {"LOGNAME": "ann"}
    source = TextIOWrapper(BytesIO(stdin), encoding="utf-8")
    code = run(Invocation(source, Output(out, err, environ), environ, folder), list(words))
    return code, out.getvalue(), err.getvalue()


def test_a_look_at_a_file_needs_no_shop(tmp_path: Path) -> None:
    export = str(EXAMPLES / "orders_export.csv")
    code, out, err = typed_nowhere(tmp_path, "orders", "import", "--sniff", export)
    assert (code, err) == (0, "")
    assert "#   Format     shopify: a Shopify orders export" in out
    code, out, err = typed_nowhere(tmp_path, "orders", "import", export)
    assert (code, "E-SHOP-MISSING" in err) == (8, True)


def test_a_look_at_what_is_no_text_ends_as_the_import_does(tmp_path: Path) -> None:
    code, out, err = typed_nowhere(
        tmp_path, "orders", "import", "--sniff", "-", stdin=b"PK\x03\x04"
    )
    assert (code, out, "E-FILE-NOT-TEXT" in err) == (7, "", True)
