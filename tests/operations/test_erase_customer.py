"""Erasing a person: nothing that names them is left in any byte of the shop folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from returns_cli.domain.errors import ConflictError, NotFoundError
from returns_cli.domain.item_spec import parse_item
from returns_cli.operations.erase_customer import erase_customer, plan_erasure
from returns_cli.operations.import_master_data import import_customers
from returns_cli.operations.import_orders import ImportOptions, import_orders
from returns_cli.operations.inspect_items import InspectRequest, inspect_items
from returns_cli.operations.list_orders import show_order
from returns_cli.operations.list_returns import find_returns
from returns_cli.operations.move_refund import reverse_refund
from returns_cli.operations.open_return import OpenRequest, open_return
from returns_cli.operations.print_paper import PaperRequest, print_labels, print_slips
from returns_cli.operations.prove_store import check_shop, verify_journal
from returns_cli.operations.record_refund import RefundRequest, record_refund
from returns_cli.operations.rule_on_returns import rule_on_returns
from returns_cli.operations.shop import Shop
from returns_cli.operations.show_customer import export_customer, show_customer
from returns_cli.operations.store_credit import IssueRequest, issue_credit, list_credits
from tests.operations.desk import on, received, rehearsed, small_shop

MAIL = "zenobia@example.com"
CANARIES = ("Zenobia", "Quillfeather", "zenobia@example", "Saffron Walk", "5550199", "Xanadu Ltd")
COLUMNS = (
    "order_id,placed_at,currency,line_no,sku,quantity,unit_price,delivered_at,customer_id,"
    "customer_name,customer_email,ship_name,ship_company,ship_address1,ship_city,ship_postcode,"
    "ship_country,ship_phone\n"
)
THEIRS = (
    "7001,2026-03-02,USD,1,MUG,1,12.50,2026-03-06,Z-1,Zenobia Quillfeather,Zenobia@Example.com,"
    "Zenobia Quillfeather,Xanadu Ltd,9 Saffron Walk,Austin,78704,US,5550199\n"
)
OTHERS = (
    "7002,2026-03-02,USD,1,MUG,1,12.50,2026-03-06,O-1,Otto Other,otto@example.com,Otto Other,,"
    "1 Elm Row,Austin,78704,US,\n"
)


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    """A shop that has everything of one person: order, return, notes, paper, files, a refund."""
    shop = small_shop(tmp_path)
    done = tmp_path / "inbox" / "done"
    done.mkdir(parents=True, exist_ok=True)
    (done / "orders.csv").write_text(COLUMNS + THEIRS + OTHERS)
    import_orders(shop, [done / "orders.csv"])
    (done / "customers.csv").write_text(
        "customer_id,email,name,tier\nZ-1,zenobia@example.com,Zenobia Quillfeather,gold\n"
    )
    import_customers(shop, [done / "customers.csv"])
    rma = str(
        open_return(
            shop,
            OpenRequest("7001", (parse_item("1=itchy"),), note="Zenobia Quillfeather rang"),
        )["rma"]
    )
    rule_on_returns(shop, "approve", [rma], why="for Zenobia Quillfeather, again")
    (tmp_path / "paper").mkdir(exist_ok=True)
    print_labels(shop, PaperRequest((rma,)))
    print_slips(shop, PaperRequest((rma,)))
    received(shop, rma)
    inspect_items(
        shop, InspectRequest(rma, (parse_item("1=new"),), note="says Zenobia Quillfeather")
    )
    refund = record_refund(shop, RefundRequest(rma, paid="ch_1"))
    reverse_refund(shop, str(refund["refund"]), "Zenobia Quillfeather asked for it")
    record_refund(shop, RefundRequest(rma, paid="ch_2"))
    issue_credit(shop, IssueRequest("5.00", "for Zenobia Quillfeather, who waited"))
    rejects = tmp_path / "outbox" / "rejects"
    rejects.mkdir(parents=True, exist_ok=True)
    (rejects / "o.rejects.csv").write_text(f"reason,{COLUMNS}bad,{THEIRS}bad,{OTHERS}")
    return shop


def held(folder: Path) -> dict[str, list[str]]:
    """Which canaries stand in which files, in any case; PDFs are looked at by name alone."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            data = path.read_bytes().lower()
            names = [one for one in CANARIES if one.lower().encode() in data]
            if names:
                found[path.relative_to(folder).as_posix()] = names
    return found


def test_nothing_that_names_them_is_left_in_any_file(shop: Shop) -> None:
    assert set(held(shop.folder)) >= {"returns.db", "inbox/done/orders.csv"}

    answer = erase_customer(shop, MAIL)

    assert held(shop.folder) == {}
    assert list((shop.folder / "paper").iterdir()) == []
    assert (answer["customers"], answer["orders"], len(answer["returns"])) == (1, 1, 1)  # type: ignore[arg-type]  # a list
    assert answer["replayed"] is False
    assert "Otto Other" in (shop.folder / "inbox/done/orders.csv").read_text()
    assert "Otto Other" in (shop.folder / "outbox/rejects/o.rejects.csv").read_text()
    assert (shop.folder / "inbox/done/orders.csv").stat().st_mode & 0o777 == 0o600


def test_facts_and_money_stay_and_everything_still_verifies(shop: Shop) -> None:
    before = verify_journal(shop)

    erase_customer(shop, MAIL)

    assert verify_journal(shop) == before
    assert check_shop(shop)["ok"] is True
    assert [one["balance"] for one in list_credits(shop)] == ["5.00"]
    order = show_order(shop, "7001")
    assert (order["customer"], order["total"], order["refunded"]) == ("", "12.50", "4.30")
    assert find_returns(shop, "zenobia") == []
    with pytest.raises(NotFoundError):
        show_customer(shop, MAIL)


def test_an_old_file_brings_nobody_back(shop: Shop, tmp_path: Path) -> None:
    erase_customer(shop, MAIL)
    old = tmp_path / "old.csv"
    old.write_text(COLUMNS + THEIRS + THEIRS.replace("7001", "7003"))
    people = tmp_path / "people.csv"
    people.write_text("customer_id,email,name\nZ-1,zenobia@example.com,Zenobia Quillfeather\n")

    first = import_orders(shop, [old], ImportOptions(force=True))
    import_customers(shop, [people])
    again = import_orders(shop, [old], ImportOptions(force=True))

    old.unlink()
    people.unlink()
    assert held(shop.folder) == {}
    assert (first["new"], first["same"], again["new"], again["same"]) == (1, 1, 0, 2)
    assert check_shop(shop)["ok"] is True


def test_what_they_buy_after_the_erasure_is_theirs(shop: Shop, tmp_path: Path) -> None:
    erase_customer(shop, MAIL)
    new = tmp_path / "new.csv"
    new.write_text(COLUMNS + THEIRS.replace("7001,2026-03-02", "7004,2026-03-21"))
    people = tmp_path / "people.csv"
    people.write_text("customer_id,email,name\nZ-1,zenobia@example.com,Zenobia Quillfeather\n")

    import_orders(on(shop, "2026-03-22"), [new])
    import_customers(on(shop, "2026-03-22"), [people])

    assert [one["order"] for one in show_customer(shop, "Z-1")["orders"]] == ["7004"]  # type: ignore[attr-defined]  # a list
    assert show_customer(shop, MAIL)["customers"] != []


def test_the_same_again_is_no_error_and_a_stranger_is(shop: Shop) -> None:
    erase_customer(shop, MAIL)
    late = shop.folder / "inbox" / "done" / "late.csv"
    late.write_text(f"a,b\n{MAIL},x\n")

    again = erase_customer(shop, MAIL)

    assert (again["replayed"], again["files_rewritten"]) == (True, ["inbox/done/late.csv"])
    assert "erased before" in plan_erasure(shop, MAIL)
    with pytest.raises(NotFoundError):
        erase_customer(shop, "nobody@example.com")


def test_a_dry_run_says_all_and_changes_nothing(shop: Shop) -> None:
    before = held(shop.folder)

    answer = erase_customer(rehearsed(shop), MAIL)

    assert held(shop.folder) == before
    assert answer["files_rewritten"] == [
        "inbox/done/customers.csv", "inbox/done/orders.csv", "outbox/rejects/o.rejects.csv",
    ]  # fmt: skip
    assert plan_erasure(shop, MAIL).startswith(f"Erase {MAIL} for good: 1 order and 1 return")


def test_goods_on_their_way_keep_the_address_unless_one_insists(shop: Shop) -> None:
    rma = str(open_return(shop, OpenRequest("1002", (parse_item("1=itchy"),)))["rma"])

    with pytest.raises(ConflictError, match=rma):
        erase_customer(shop, "paul@example.com")
    assert erase_customer(shop, "paul@example.com", even_if_open=True)["returns"] == [rma]


def test_backups_that_still_hold_them_are_named(shop: Shop) -> None:
    (shop.folder / "backups").mkdir()
    (shop.folder / "backups" / "old.db").write_text("x")

    assert erase_customer(shop, MAIL)["backups"] == ["backups/old.db"]
    assert "Backups still hold them: backups/old.db." in shop.notes[-1]


def test_handled_files_in_other_encodings_go_whole_only_where_they_hold_them(shop: Shop) -> None:
    done = shop.folder / "inbox" / "done"
    (done / "gbk.csv").write_bytes(f"王小明,{MAIL}\n".encode("gbk"))
    (done / "other.csv").write_bytes("王小明,otto@example.com\n".encode("gbk"))
    (shop.folder / "inbox" / "waiting.csv").write_bytes(f"王小明,{MAIL}\n".encode("gbk"))

    answer = erase_customer(shop, MAIL)

    assert "inbox/done/gbk.csv" in answer["files_removed"]  # type: ignore[operator]  # a list
    assert (done / "other.csv").exists()
    assert (shop.folder / "inbox" / "waiting.csv").exists()


def test_paper_of_many_returns_goes_too_and_links_are_not_followed(shop: Shop) -> None:
    paper = shop.folder / "paper"
    outside = shop.folder.parent / "outside.pdf"
    outside.write_bytes(b"%PDF")
    (paper / "RMA-0000000-labels-3.pdf").write_bytes(b"%PDF")
    (paper / "RMA-0000000-label.pdf").write_bytes(b"%PDF")
    (paper / "RMA-0000000-labels-2.pdf").symlink_to(outside)

    erase_customer(shop, MAIL)

    assert sorted(one.name for one in paper.iterdir()) == [
        "RMA-0000000-label.pdf",
        "RMA-0000000-labels-2.pdf",
    ]
    assert outside.exists()


def test_an_export_hands_over_everything(shop: Shop, tmp_path: Path) -> None:
    target = tmp_path / "z.json"

    answer = export_customer(shop, MAIL, target)

    text = target.read_text()
    wanted = ("9 Saffron Walk", "5550199", "Quillfeather rang", "ch_2")
    assert [one for one in wanted if one not in text] == []
    assert target.stat().st_mode & 0o777 == 0o600
    assert answer["path"] == str(target)
    assert export_customer(shop, "Z-1")["path"] is None
