"""What people's own tools get to see, checked by a program that is not ours."""

from __future__ import annotations

import csv
import json
import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import pytest

from returns_cli.cli.serial import csv_table, json_text
from returns_cli.domain.errors import OutputError, UsageError
from returns_cli.operations.export_data import Export, export_files, export_sqlite, export_text
from returns_cli.operations.record_refund import RefundRequest, record_refund
from returns_cli.operations.shop import Shop
from returns_cli.store.datasets import DATASETS
from tests.operations.desk import inspected, opened, received, rehearsed, small_shop


def worked_shop(folder: Path) -> Shop:
    """One mug came back of order 1001: 12.50, a tenth for restocking, 6.95 for the parcel."""
    shop = small_shop(folder)
    rma = opened(shop, "1001", "1=itchy")
    received(shop, rma)
    inspected(shop, rma, "1=new")
    record_refund(shop, RefundRequest(rma, paid="ch_1"))
    return shop


def exported(shop: Shop, folder: Path, **options: bool) -> dict[str, list[dict[str, str]]]:
    """Every table as the CSV files have it."""
    export_files(shop, Export("csv", place=folder, **options), csv_table)  # type: ignore[arg-type]  # flags alone
    return {
        path.stem: list(csv.DictReader(path.read_text().splitlines()))
        for path in folder.glob("*.csv")
    }


def test_every_table_is_a_file_of_its_owner(tmp_path: Path) -> None:
    shop = worked_shop(tmp_path / "shop")

    export_files(shop, Export("csv"), csv_table)

    files = sorted((shop.folder / "outbox/export").iterdir())
    assert [path.name for path in files] == sorted(f"{one.name}.csv" for one in DATASETS)
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}


def test_amounts_stand_in_decimals_beside_their_currency(tmp_path: Path) -> None:
    tables = exported(worked_shop(tmp_path / "shop"), tmp_path)

    (refund,) = tables["refunds"]
    assert (refund["amount"], refund["currency"], refund["state"]) == ("4.30", "USD", "confirmed")
    assert (refund["items"], refund["restocking_fee"], refund["return_shipping"]) == (
        "12.50",
        "-1.25",
        "-6.95",
    )
    (returned,) = tables["returns"]
    assert (returned["refunded"], returned["pending"], returned["units_inspected"]) == (
        "4.30",
        "0.00",
        "1",
    )
    assert {one["fact"] for one in tables["floor"]} == {"received", "inspected"}


def test_duckdb_adds_up_what_the_store_holds(tmp_path: Path) -> None:
    shop = worked_shop(tmp_path / "shop")
    exported(shop, tmp_path)

    def one(query: str) -> tuple[object, ...]:
        (row,) = duckdb.connect().execute(query.replace("FROM ", f"FROM '{tmp_path}/")).fetchall()
        return row

    assert one("SELECT sum(amount) FROM journal.csv'") == (0,)
    assert one("SELECT sum(units_received), sum(returns) FROM products.csv'") == (1, 1)
    assert one("SELECT sum(quantity) FROM order_lines.csv'") == one(
        "SELECT sum(units_ordered) FROM products.csv'"
    )


def test_json_lines_have_the_same_columns(tmp_path: Path) -> None:
    shop = worked_shop(tmp_path / "shop")
    wanted = Export("jsonl", ("orders",))

    text = "".join(export_text(shop, wanted, lambda _, rows: map(json_text, rows)))

    first = json.JSONDecoder().raw_decode(text)[0]
    assert list(first) == list(exported(shop, tmp_path)["orders"][0])
    assert first["is_gift"] is False


def test_the_sqlite_file_keeps_minor_units(tmp_path: Path) -> None:
    shop = worked_shop(tmp_path / "shop")
    file = tmp_path / "own.db"

    answer: Any = export_sqlite(shop, Export("sqlite", place=file))

    with closing(sqlite3.connect(file)) as opened_file:
        assert opened_file.execute("SELECT amount_minor FROM refunds").fetchall() == [(430,)]
        for one in answer["files"]:
            count = f"SELECT count(*) FROM {one['table']}"
            assert opened_file.execute(count).fetchone() == (one["rows"],)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_redacted_nobody_is_named_and_everybody_keeps_one_number(tmp_path: Path) -> None:
    shop = worked_shop(tmp_path / "shop")
    open_text = (tmp_path / "open", tmp_path / "redacted")
    named, redacted = (
        exported(shop, folder, redact=bool(at)) for at, folder in enumerate(open_text)
    )
    export_sqlite(shop, Export("sqlite", redact=True, place=tmp_path / "redacted" / "own.db"))

    assert any(one["customer_name"] for one in named["orders"])
    people = {
        one[column]
        for table in ("orders", "returns", "customers")
        for one in named[table]
        for column in ("customer_name", "customer_email")
        if one[column]
    }
    assert people
    for path in (tmp_path / "redacted").iterdir():
        assert not [who for who in people if who.encode() in path.read_bytes()], path
    (returned,) = redacted["returns"]
    order = next(one for one in redacted["orders"] if one["order_id"] == returned["order_id"])
    assert returned["customer_id"] == order["customer_id"]
    assert returned["customer_id"].startswith("c-")


def test_the_same_store_gives_the_same_bytes(tmp_path: Path) -> None:
    shop = worked_shop(tmp_path / "shop")
    folders = (tmp_path / "one", tmp_path / "two")
    for folder in folders:
        exported(shop, folder)

    first, second = ({p.name: p.read_bytes() for p in folder.iterdir()} for folder in folders)
    assert first == second


def test_a_rehearsal_counts_and_writes_nothing(tmp_path: Path) -> None:
    shop = worked_shop(tmp_path / "shop")
    before = sorted(shop.folder.rglob("*"))

    files: Any = export_files(rehearsed(shop), Export("csv"), csv_table)["files"]
    again: Any = export_sqlite(rehearsed(shop), Export("sqlite"))["files"]

    assert sorted(shop.folder.rglob("*")) == before
    assert [one["rows"] for one in files] == [one["rows"] for one in again]


def test_an_empty_table_has_its_header(tmp_path: Path) -> None:
    shop = small_shop(tmp_path)

    text = "".join(export_text(shop, Export("csv", ("refunds",)), csv_table))

    assert text.startswith("refund,rma,")
    assert text.count("\n") == 1


def test_an_unknown_table_is_named_with_the_nearest(tmp_path: Path) -> None:
    shop = small_shop(tmp_path)
    with pytest.raises(UsageError) as raised:
        export_files(shop, Export("csv", ("retuns",)), csv_table)
    assert raised.value.hint == "Did you mean returns?"
    with pytest.raises(UsageError) as raised:
        export_files(shop, Export("csv", ("x",)), csv_table)
    assert "orders" in str(raised.value.hint)


def test_the_store_is_never_replaced(tmp_path: Path) -> None:
    shop = small_shop(tmp_path)
    with pytest.raises(UsageError):
        export_sqlite(shop, Export("sqlite", place=tmp_path / "returns.db"))
    with shop.open_store() as store:
        assert store.salt


def test_a_place_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    shop = small_shop(tmp_path)
    with pytest.raises(OutputError):
        export_sqlite(shop, Export("sqlite", place=tmp_path / "none" / "own.db"))
    with pytest.raises(OutputError):
        export_files(shop, Export("csv", place=tmp_path / "shop.yaml"), csv_table)


def test_a_full_disk_is_said_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shop = worked_shop(tmp_path / "shop")
    connect = sqlite3.connect

    def small(name: str, *words: object, **options: object) -> sqlite3.Connection:
        connection = connect(name, *words, **options)  # type: ignore[call-overload]
        if ".own.db." in str(name):
            connection.execute("PRAGMA max_page_count = 2")
        return connection  # type: ignore[no-any-return]

    monkeypatch.setattr(sqlite3, "connect", small)
    with pytest.raises(OutputError, match="full"):
        export_sqlite(shop, Export("sqlite", place=tmp_path / "own.db"))
    assert [path.name for path in tmp_path.iterdir()] == ["shop"]
