"""Files of the inbox: told apart, read in their order, moved when they are in."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import NoReturn

import pytest

from returns_cli.domain.errors import InvalidError
from returns_cli.operations.list_orders import show_order
from returns_cli.operations.list_returns import list_returns
from returns_cli.operations.run import inbox
from returns_cli.operations.run.readers import READERS
from returns_cli.operations.shop import Shop
from tests.operations.desk import SETTINGS
from tests.operations.run.night import NOW, REQUESTS, codes, dropped, night_shop, ran, step

ORDER = "order_id,placed_at,currency,line_no,sku,quantity,unit_price\n"
ROW = "2001,2026-03-02,USD,1,MUG,1,12.50\n"


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return night_shop(tmp_path)


def test_files_are_told_by_their_header_and_orders_come_before_requests(shop: Shop) -> None:
    dropped(shop, "a.csv", f"{REQUESTS}2001,1,too_small,1,r-1\n")
    dropped(shop, "z.csv", ORDER + ROW)

    lines = ran(shop, "import")

    assert step(lines, "import") == (2, 0, ["inbox/done/z.csv", "inbox/done/a.csv"])
    assert codes(lines) == []


def test_a_refused_file_stays_and_the_others_are_read(shop: Shop) -> None:
    dropped(shop, "orders.csv", "order_id,placed_at\n1,2\n")
    dropped(shop, "more.csv", ORDER + ROW)

    lines = ran(shop, "import")

    assert step(lines, "import") == (1, 1, ["inbox/done/more.csv"])
    assert codes(lines) == [("import", "E-FORMAT-UNKNOWN", "orders.csv")]
    assert lines[-1]["exit"] == 3
    assert (shop.folder / "inbox" / "orders.csv").exists()


def test_a_file_with_refused_rows_is_done_and_its_rows_lie_in_rejects(shop: Shop) -> None:
    dropped(shop, "orders.csv", ORDER + ROW + "2002,2026-03-02,USD,1,MUG,1,twelve\n")

    lines = ran(shop, "import")

    assert step(lines, "import") == (1, 0, ["inbox/done/orders.csv"])
    assert [code for _, code, _ in codes(lines)] == ["E-MONEY"]
    assert lines[-1]["exit"] == 3
    assert "twelve" in (shop.folder / "outbox/rejects/orders.rejects.csv").read_text()


@pytest.mark.parametrize("name", ["notes.csv", "photo.png"])
def test_a_file_that_nobody_knows_is_named_and_stays(shop: Shop, name: str) -> None:
    dropped(shop, name, "hello\n")

    lines = ran(shop, "import")

    assert codes(lines) == [("import", "E-RUN-UNKNOWN-FILE", name)]
    assert (step(lines, "import")[:2], lines[-1]["exit"]) == ((0, 1), 3)


@pytest.mark.parametrize("name", [".hidden.csv", "orders.csv.part", "orders.TMP", "orders.csv~"])
def test_unfinished_and_hidden_files_are_left_alone(shop: Shop, name: str) -> None:
    path = dropped(shop, name, ORDER + ROW)

    assert step(ran(shop, "import"), "import") == (0, 0, [])
    assert path.exists()


def test_a_link_in_the_inbox_is_not_followed(shop: Shop, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.csv"
    elsewhere.write_text(ORDER + ROW)
    (shop.folder / "inbox" / "orders.csv").symlink_to(elsewhere)

    assert step(ran(shop, "import"), "import") == (0, 0, [])


def test_a_file_that_grows_while_one_looks_waits_for_the_next_run(shop: Shop) -> None:
    growing = dropped(shop, "orders.csv", ORDER)
    dropped(shop, "requests.csv", f"{REQUESTS}1001,1,too_small,1,r-1\n")
    for path in (shop.folder / "inbox").glob("*.csv"):
        os.utime(path, (NOW, NOW - 0.5))
    waited: list[float] = []

    def pause(seconds: float) -> None:
        waited.append(seconds)
        growing.write_text(ORDER + ROW)

    lines = ran(shop, "import", pause=pause)

    assert waited == [1.5]
    assert step(lines, "import") == (1, 0, ["inbox/done/requests.csv"])
    assert codes(lines) == [("import", "W-RUN-GROWING", "orders.csv")]
    assert lines[-1]["exit"] == 0


def test_a_file_that_vanishes_while_one_looks_is_no_error(shop: Shop) -> None:
    path = dropped(shop, "orders.csv", ORDER + ROW)
    os.utime(path, (NOW, NOW))

    lines = ran(shop, "import", pause=lambda _: path.unlink())

    assert codes(lines) == [("import", "W-RUN-GROWING", "orders.csv")]


def test_another_file_of_a_handled_name_gets_a_number_and_the_same_does_not(shop: Shop) -> None:
    for text in (ROW, ROW.replace("2001", "2002"), ROW):
        dropped(shop, "orders.csv", ORDER + text)
        ran(shop, "import")

    done = sorted(one.name for one in (shop.folder / "inbox" / "done").iterdir())
    assert done == ["orders-2.csv", "orders.csv"]


def test_a_file_that_cannot_be_moved_is_read_again_and_changes_nothing(shop: Shop) -> None:
    dropped(shop, "orders.csv", ORDER + ROW)
    done = shop.folder / "inbox" / "done"
    done.rmdir()
    done.symlink_to("nowhere")

    lines = ran(shop, "import")

    assert [code for _, code, _ in codes(lines)] == ["E-RUN-MOVE"]
    assert lines[-1]["exit"] == 9
    assert show_order(shop, "2001")["order"] == "2001"
    done.unlink()
    assert step(ran(shop, "import"), "import") == (1, 0, ["inbox/done/orders.csv"])


def test_entries_of_shop_yaml_name_command_and_options(tmp_path: Path) -> None:
    settings = SETTINGS + (
        "inbox:\n"
        "  - {files: 'shop*.CSV', command: orders import, options: --channel=web --force}\n"
        "  - {files: 'desk*', command: receive}\n"
    )
    shop = night_shop(tmp_path, settings=settings)
    dropped(shop, "Shop-1.csv", ORDER + ROW)
    dropped(shop, "other.csv", ORDER + ROW)

    lines = ran(shop, "import")

    assert step(lines, "import") == (1, 1, ["inbox/done/Shop-1.csv"])
    assert codes(lines) == [("import", "E-RUN-UNKNOWN-FILE", "other.csv")]
    assert show_order(shop, "2001")["channel"] == "web"


def test_no_more_files_are_begun_after_the_time(shop: Shop) -> None:
    dropped(shop, "orders-1.csv", ORDER + ROW)
    dropped(shop, "orders-2.csv", ORDER + ROW.replace("2001", "2002"))
    seconds = iter([0.0, 0.0, 1.0, 99.0, 99.0])

    lines = ran(shop, "import", max_seconds=60, ticks=lambda: next(seconds))

    assert step(lines, "import") == (1, 0, ["inbox/done/orders-1.csv"])


def test_customers_products_and_parcels_are_taken_first(tmp_path: Path) -> None:
    settings = SETTINGS + (
        "inbox:\n"
        "  - {files: 'customers*', command: customers import}\n"
        "  - {files: 'products*', command: products import, options: --currency USD}\n"
        "  - {files: 'parcels*', command: shipments import, options: --codes codes.csv}\n"
    )
    shop = night_shop(tmp_path, settings=settings)
    (tmp_path / "codes.csv").write_text("carrier,code,meaning\nowl,GONE,delivered\n")
    dropped(shop, "parcels.csv", "order_id,event,at,carrier\n1001,GONE,2026-03-06,owl\n")
    dropped(shop, "products.csv", "sku,price\nMUG,12.50\n")
    dropped(shop, "customers.csv", "email,tier\nann@example.com,gold\n")

    lines = ran(shop, "import")

    assert step(lines, "import") == (
        3,
        0,
        ["inbox/done/customers.csv", "inbox/done/products.csv", "inbox/done/parcels.csv"],
    )
    assert codes(lines) == []


def test_older_files_than_since_are_left_alone(shop: Shop) -> None:
    path = dropped(shop, "orders.csv", ORDER + ROW)
    os.utime(path, (0, 0))

    assert step(ran(shop, "import", since=date(1970, 1, 2)), "import") == (0, 0, [])
    assert step(ran(shop, "import", since=date(1970, 1, 1)), "import")[0] == 1


def test_a_file_that_changes_while_it_is_read_waits_for_the_next_run(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = dropped(shop, "orders.csv", ORDER + ROW)

    def change(*_: object) -> NoReturn:
        raise InvalidError("E-FILE-CHANGED", "The file changed while it was read.")

    orders = next(one for one in READERS if one.command == "orders import")
    changing = tuple(one._replace(read=change) if one is orders else one for one in READERS)
    monkeypatch.setattr(inbox, "READERS", changing)
    monkeypatch.setattr(inbox, "find_reader", lambda _: changing[READERS.index(orders)])

    lines = ran(shop, "import")

    assert codes(lines) == [("import", "W-RUN-GROWING", "orders.csv")]
    assert (step(lines, "import")[:2], path.exists()) == ((0, 0), True)


def test_goods_that_came_are_taken_from_files_too(shop: Shop) -> None:
    dropped(shop, "requests.csv", f"{REQUESTS}1001,1,too_small,1,r-1\n")
    ran(shop)
    (row,) = list_returns(shop)
    dropped(shop, "receipts.csv", f"rma,line_no,quantity\n{row['rma']},1,1\n")
    dropped(shop, "inspections.csv", f"rma,line_no,quantity,grade\n{row['rma']},1,1,new\n")
    dropped(
        shop, "dispositions.csv", f"rma,line_no,quantity,disposition\n{row['rma']},1,1,restock\n"
    )

    lines = ran(shop)

    assert step(lines, "import")[0] == 3
    assert step(lines, "refunds")[0] == 1
