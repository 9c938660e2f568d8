"""Shipments: dates of orders, events of returns, and what stays as it was decided."""

from __future__ import annotations

import io
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from returns_cli.domain.errors import InvalidError, UsageError
from returns_cli.operations.evaluate_returns import evaluate_returns
from returns_cli.operations.explain_return import history_of_return
from returns_cli.operations.import_orders import import_orders
from returns_cli.operations.import_shipments import ShipmentOptions, import_shipments
from returns_cli.operations.list_orders import show_order
from returns_cli.operations.prove_store import check_shop
from returns_cli.operations.record_refund import RefundRequest, record_refund
from returns_cli.operations.shop import Shop
from returns_cli.operations.show_return import show_return
from tests.operations.desk import POLICY, on, opened, rehearsed, small_shop, sold, written

HEADER = "order_id,rma,line_no,event,at,tracking,carrier"


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    """The small shop, and order 2001 of two lines without a date."""
    shop = small_shop(tmp_path)
    undated(shop, "2001,1,MUG,1,12.50", "2001,2,TEE,2,20.00", "2002,1,MUG,1,12.50")
    return shop


def undated(shop: Shop, *rows: str, name: str = "undated.csv") -> Any:
    """Orders ``id,line,sku,quantity,price`` of 2026-03-01 that nobody knows when they came."""
    header = "order_id,line_no,sku,quantity,unit_price,placed_at,currency"
    lines = [f"{row},2026-03-01,USD" for row in rows]
    return import_orders(shop, [written(shop, name, "\n".join([header, *lines, ""]))])


def ship(shop: Shop, *rows: str, name: str = "shipments.csv", **options: Any) -> Any:
    """Rows ``order,rma,line,event,at,tracking,carrier``; cells may be left off at the end."""
    cells = [row + "," * (6 - row.count(",")) for row in rows]
    path = written(shop, name, "\n".join([HEADER, *cells, ""]))
    return import_shipments(shop, [path], ShipmentOptions(**options))


def counts(answer: Any) -> tuple[int, int, int, int]:
    return (answer["rows"], answer["new"], answer["same"], answer["rejected"])


def codes(answer: Any) -> list[tuple[str, int]]:
    return [(one["code"], one["line"]) for one in answer["problems"]]


def dates(shop: Shop, order: str) -> list[tuple[Any, Any]]:
    """Shipped and delivered: of the order, then of its lines."""
    shown: Any = show_order(shop, order)
    return [(one["shipped_at"], one["delivered_at"]) for one in (shown, *shown["lines"])]


def changes(shop: Shop, order: str) -> list[tuple[Any, ...]]:
    shown: Any = show_order(shop, order)
    return [(one["line"], one["field"], one["old"], one["new"]) for one in shown["changes"]]


def notes(shop: Shop) -> list[str]:
    """What was said since, but for how files were read and where refused rows are."""
    said, shop.notes[:] = [one for one in shop.notes if ".csv: " not in one], []
    return [one for one in said if "refused" not in one]


def window(shop: Shop, rma: str) -> tuple[Any, Any]:
    """The anchor and the deadline of a return's first line."""
    shown: Any = show_return(shop, rma)
    line = shown["lines"][0]
    return line["window"]["anchor"], line["deadline"]


def test_an_order_gets_its_dates_and_every_change_is_on_record(shop: Shop) -> None:
    answer = ship(shop, "2001,,,shipped,2026-03-02", "2001,,,delivered,2026-03-05T14:00:00Z")
    assert (counts(answer), answer["returns"], answer["problems"]) == ((2, 2, 0, 0), [], [])
    both = ("2026-03-02", "2026-03-05T14:00:00+00:00")
    assert dates(shop, "2001") == [both] * 3
    assert changes(shop, "2001") == [
        (None, "shipped_at", None, "2026-03-02"),
        (None, "delivered_at", None, "2026-03-05T14:00:00+00:00"),
    ]
    assert notes(shop) == ["1 order has other dates now."]
    assert check_shop(shop)["ok"]


def test_a_line_gets_dates_of_its_own(shop: Shop) -> None:
    ship(shop, "2001,,1,delivered,2026-03-05,T1,UPS")
    assert dates(shop, "2001") == [(None, None), (None, "2026-03-05"), (None, None)]
    ship(shop, "2001,,2,delivered,2026-03-08,T2,UPS", name="later.csv")
    assert dates(shop, "2001") == [
        (None, "2026-03-08"),
        (None, "2026-03-05"),
        (None, "2026-03-08"),
    ]
    shown: Any = show_order(shop, "2001")
    assert [(one["tracking"], one["lines"], one["delivered_at"]) for one in shown["parcels"]] == [
        ("T1", [1], "2026-03-05"),
        ("T2", [2], "2026-03-08"),
    ]


def test_the_same_file_again_changes_nothing(shop: Shop) -> None:
    rows = ("2001,,,delivered,2026-03-05,T1,UPS", "2001,,,PU9,2026-03-02,T1,UPS")
    first = ship(shop, *rows)
    before = changes(shop, "2001")
    for force in (False, True):
        again = ship(shop, *rows, force=force)
        assert counts(again) == (2, 0, 2, 0)
        assert again["problems"] == first["problems"]
    assert changes(shop, "2001") == before
    assert codes(first) == [("W-STATUS-UNKNOWN", 3)]


def test_the_same_rows_in_another_file_change_nothing(shop: Shop) -> None:
    ship(shop, "2001,,,delivered,2026-03-05,T1,UPS")
    again = ship(
        shop,
        "2001,,,delivered,2026-03-05,T1,UPS",
        "2002,,,delivered,2026-03-06",
        name="cumulative.csv",
    )
    assert counts(again) == (2, 1, 1, 0)
    assert len(changes(shop, "2001")) == 1


def test_an_event_that_stands_twice_in_a_file_is_one_event(shop: Shop) -> None:
    answer = ship(shop, "2001,,,delivered,2026-03-05", "#2001,,,delivered,2026-03-05")
    assert (counts(answer), codes(answer)) == ((2, 2, 0, 0), [])
    answer = ship(
        shop, "2002,,,delivered,2026-03-05", "2002,,,delivered,2026-03-05", name="twice.csv"
    )
    assert (counts(answer), codes(answer)) == ((2, 1, 1, 0), [("W-ROW-DUPLICATE", 3)])


@pytest.mark.parametrize(
    ("later", "expected"),
    [
        pytest.param(["2026-03-09"], "2026-03-09", id="a later day"),
        pytest.param(["2026-03-03"], "2026-03-03", id="an earlier day: the last word holds"),
        pytest.param(["2026-03-09", "2026-03-08"], "2026-03-09", id="of one file the latest"),
        pytest.param(["2026-03-03", "2026-03-05"], "2026-03-05", id="with the day known before"),
        pytest.param(["2026-03-05", "2026-03-03"], "2026-03-05", id="in either order"),
    ],
)
def test_a_later_file_says_otherwise(shop: Shop, later: list[str], expected: str) -> None:
    ship(shop, "2001,,,delivered,2026-03-05,T1,UPS")
    ship(shop, *(f"2001,,,delivered,{day},T1,UPS" for day in later), name="later.csv")
    assert dates(shop, "2001")[0] == (None, expected)


def test_of_several_first_scans_the_first_counts(shop: Shop) -> None:
    ship(
        shop,
        "2001,,,first scan,2026-03-03T08:00:00Z,T1,UPS",
        "2001,,,first scan,2026-03-02T20:00:00Z,T1,UPS",
    )
    assert dates(shop, "2001")[0] == ("2026-03-02T20:00:00+00:00", None)


def test_what_was_decided_stays_until_it_is_judged_again(shop: Shop) -> None:
    ship(shop, "2001,,,delivered,2026-03-05")
    rma = opened(shop, "2001", "1=itchy")
    assert window(shop, rma) == ("2026-03-05", "2026-04-04")
    notes(shop)
    ship(shop, "2001,,,delivered,2026-03-10", name="later.csv")
    assert window(shop, rma) == ("2026-03-05", "2026-04-04")
    moved, named = notes(shop)
    assert moved == "1 order has other dates now."
    assert named == (
        f"Open returns that were judged on the dates before: {rma}. They stay as decided until: "
        f"returns evaluate {rma}"
    )
    evaluate_returns(shop, [rma])
    assert window(shop, rma) == ("2026-03-10", "2026-04-09")
    assert check_shop(shop)["ok"]


def test_a_return_that_is_over_is_not_named(shop: Shop) -> None:
    from returns_cli.operations.rule_on_returns import rule_on_returns

    rma = opened(shop, "2001", "1=itchy")
    rule_on_returns(shop, "cancel", [rma], why="kept")
    notes(shop)
    ship(shop, "2001,,,delivered,2026-03-10")
    assert notes(shop) == ["1 order has other dates now."]


def test_many_returns_are_not_all_named(shop: Shop) -> None:
    sold(shop, *(f"{number},1,MUG,1,10.00" for number in range(3000, 3021)))
    for number in range(3000, 3021):
        opened(shop, str(number), "1=itchy")
    notes(shop)
    ship(shop, *(f"{number},,,delivered,2026-03-09" for number in range(3000, 3021)))
    moved, named = notes(shop)
    assert moved == "21 orders have other dates now."
    assert "and 1 more" in named
    assert named.endswith("returns evaluate --all")


def test_an_orders_file_does_not_undo_what_shipments_said(shop: Shop) -> None:
    ship(shop, "2001,,,delivered,2026-03-05", "2002,,1,delivered,2026-03-06,T1,UPS")
    same = undated(shop, "2001,1,MUG,1,12.50", "2001,2,TEE,2,20.00", "2002,1,MUG,1,12.50")
    assert (same["changed"], same["same"]) == (0, 2)
    dearer = undated(shop, "2001,1,MUG,1,13.50", "2001,2,TEE,2,20.00", "2002,1,MUG,1,13.50")
    assert (dearer["changed"], dearer["same"]) == (2, 0)
    assert dates(shop, "2001") == [(None, "2026-03-05")] * 3
    assert dates(shop, "2002") == [(None, "2026-03-06")] * 2
    assert {one[1] for one in changes(shop, "2001")} == {
        "delivered_at",
        "total_minor",
        "captured_minor",
        "unit_price_minor",
        "items_minor",
    }
    assert check_shop(shop)["ok"]


def test_a_day_that_an_orders_file_states_otherwise_is_on_record(shop: Shop) -> None:
    ship(shop, "2001,,,delivered,2026-03-05")
    header = "order_id,line_no,sku,quantity,unit_price,placed_at,currency,delivered_at"
    rows = [f"2001,{n},{sku},2026-03-01,USD,2026-03-04" for n, sku in ((1, "MUG,1,12.50"),)]
    rows.append("2001,2,TEE,2,20.00,2026-03-01,USD,2026-03-04")
    import_orders(shop, [written(shop, "dated.csv", "\n".join([header, *rows, ""]))])
    assert dates(shop, "2001")[0] == (None, "2026-03-05")
    assert changes(shop, "2001")[-1] == (None, "delivered_at", "2026-03-05", "2026-03-04")
    assert check_shop(shop)["ok"]


def test_shipments_replace_the_day_that_an_orders_file_stated(shop: Shop) -> None:
    assert dates(shop, "1001")[0] == (None, "2026-03-05")
    ship(shop, "1001,,,delivered,2026-03-07")
    assert dates(shop, "1001") == [(None, "2026-03-07")] * 3


def test_a_line_with_a_parcel_keeps_its_number(shop: Shop) -> None:
    ship(shop, "2001,,2,delivered,2026-03-05,T1,UPS")
    undated(shop, "2001,1,TEE,2,20.00", "2001,2,CAP,1,9.00")
    shown: Any = show_order(shop, "2001")
    assert [(one["line"], one["sku"], one["delivered_at"]) for one in shown["lines"]] == [
        (2, "TEE", "2026-03-05"),
        (3, "CAP", None),
    ]
    assert check_shop(shop)["ok"]


def test_goods_that_arrived_count_as_shipped(shop: Shop) -> None:
    from tests.intake.files import FIRST, NEXT, shopify

    waiting = {"Fulfillment Status": "unfulfilled", "Lineitem fulfillment status": "pending"}
    export = shopify(FIRST | waiting, NEXT | {"Lineitem fulfillment status": "pending"})
    import_orders(shop, [io.BytesIO(export)])
    shown: Any = show_order(shop, "#1001", "default")
    assert [one["shipped"] for one in shown["lines"]] == [0, 0]
    ship(shop, "#1001,,,delivered,2025-12-10")
    shown = show_order(shop, "#1001", "default")
    assert [one["shipped"] for one in shown["lines"]] == [2, 1]
    import_orders(shop, [io.BytesIO(shopify(FIRST | waiting | {"Email": "b@example.com"}, NEXT))])
    shown = show_order(shop, "#1001", "default")
    assert [one["shipped"] for one in shown["lines"]] == [2, 1]
    assert check_shop(shop)["ok"]


LAST = POLICY.replace("from: delivered", "from: last_parcel")


@pytest.mark.parametrize(
    ("rows", "anchor", "assumed"),
    [
        pytest.param([], None, None, id="nothing is known"),
        pytest.param(["2001,,,delivered,2026-03-05"], "2026-03-05", False, id="one delivery"),
        pytest.param(
            ["2001,,,delivered,2026-03-05,T1", "2001,,,delivered,2026-03-09,T2"],
            "2026-03-09",
            False,
            id="the last of two",
        ),
        pytest.param(
            ["2001,,,delivered,2026-03-05,T1", "2001,,,shipped,2026-03-04,T2"],
            "2026-03-08",
            True,
            id="one is still under way",
        ),
        pytest.param(
            ["2001,,,delivered,2026-03-05,T1", "2001,,,returned,2026-03-07,T2"],
            "2026-03-05",
            False,
            id="one came back",
        ),
        pytest.param(
            ["2001,,1,delivered,2026-03-05,T1", "2001,,,delivered,2026-03-06,T2"],
            "2026-03-06",
            False,
            id="one of a line and one of the rest",
        ),
        pytest.param(["2001,,1,delivered,2026-03-05,T1"], "2026-03-08", True, id="one line alone"),
    ],
)
def test_the_last_parcel_is_the_latest_of_all(
    tmp_path: Path, rows: list[str], anchor: str | None, assumed: bool | None
) -> None:
    shop = small_shop(tmp_path, policy=LAST)
    undated(shop, "2001,1,MUG,1,12.50", "2001,2,TEE,2,20.00")
    if rows:
        ship(shop, *rows)
    rma = opened(shop, "2001", "1=itchy")
    shown: Any = show_return(shop, rma)
    found = shown["lines"][0]["window"]
    # if unknown, seven days after the order of 2026-03-01
    wanted = (anchor, assumed) if rows else ("2026-03-08", True)
    assert (found["anchor"], found["assumed"]) == wanted


SCAN = POLICY.replace("after: inspected", "after: first_scan")


def test_a_refund_follows_the_first_scan(tmp_path: Path) -> None:
    shop = small_shop(tmp_path, policy=SCAN)
    rma = opened(shop, "1001", "1=itchy")
    answer = ship(
        shop,
        f",{rma},,0000,2026-03-18T08:00:00Z,H1,Hermes",
        f",{rma},,xyz,2026-03-18T09:00:00Z,H1,Hermes",
    )
    assert (answer["returns"], codes(answer)) == ([rma], [("W-STATUS-UNKNOWN", 3)])
    shown: Any = show_return(shop, rma)
    assert shown["state"] == "approved", "data and unknown codes are no scan"
    ship(shop, f",{rma},,2400,2026-03-19T08:00:00Z,H1,Hermes", name="scan.csv")
    shown = show_return(shop, rma)
    assert shown["state"] == "in_transit"
    refund: Any = record_refund(on(shop, "2026-03-21"), RefundRequest(rma))
    # 12.50 less 10 % restocking and 6.95 for the way back
    assert (refund["amount"], refund["currency"]) == ("4.30", "USD")


def test_a_return_that_was_scanned_does_not_run_out(shop: Shop) -> None:
    rma, other = opened(shop, "1001", "1=itchy"), opened(shop, "1003", "1=itchy")
    ship(shop, f",{rma},,shipped,2026-04-01,P1")
    late = on(shop, "2026-05-01")
    shown: Any = show_return(late, rma)
    unsent: Any = show_return(late, other)
    assert (shown["state"], unsent["state"]) == ("in_transit", "expired")


def test_events_of_a_return_are_its_history(shop: Shop) -> None:
    rma = opened(shop, "1001", "1=itchy")
    ship(shop, f"1001,{rma.lower()},1,DLVRD,2026-03-19,D1,DHL", ",,,ZU,2026-03-20,D1,DHL")
    history: Any = history_of_return(shop, rma)
    parcels = [(one["line"], one["detail"]) for one in history if one["what"] == "parcel"]
    rest = {"meaning": "delivered", "tracking": "D1", "carrier": "DHL"}
    assert parcels == [(1, {"event": "DLVRD", **rest}), (None, {"event": "ZU", **rest})]
    assert check_shop(shop)["ok"]


def test_a_number_alone_finds_the_order(shop: Shop) -> None:
    ship(shop, "2001,,,shipped,2026-03-02,T1,UPS")
    answer = ship(shop, ",,,delivered,2026-03-05,T1,UPS", ",,2,delivered,2026-03-06,T1,UPS")
    assert counts(answer) == (2, 2, 0, 0)
    assert dates(shop, "2001")[2] == ("2026-03-02", "2026-03-06")


@pytest.mark.parametrize(
    ("row", "code"),
    [
        pytest.param("9999,,,delivered,2026-03-05", "E-ORDER-UNKNOWN", id="an unknown order"),
        pytest.param(",,,delivered,2026-03-05,T404", "E-ORDER-UNKNOWN", id="an unknown number"),
        pytest.param(",,,delivered,2026-03-05,SHARED", "E-ORDER-UNKNOWN", id="a number of two"),
        pytest.param("2001,,9,delivered,2026-03-05", "E-LINE-UNKNOWN", id="an unknown line"),
        pytest.param(",RMA-0000000,,shipped,2026-03-05", "E-RMA-UNKNOWN", id="an unknown return"),
        pytest.param(",RMA-7F3K2Q1,,shipped,2026-03-05", "E-RMA-MISTYPED", id="a mistyped return"),
        pytest.param("2001,{rma},,shipped,2026-03-05", "E-RMA-UNKNOWN", id="of another order"),
        pytest.param(",{rma},2,shipped,2026-03-05", "E-LINE-UNKNOWN", id="a line not asked for"),
    ],
)
def test_a_row_of_nobody_is_refused(shop: Shop, row: str, code: str) -> None:
    rma = opened(shop, "1001", "1=itchy")
    ship(shop, "2001,,,shipped,2026-03-02,SHARED", "2002,,,shipped,2026-03-02,SHARED")
    answer = ship(shop, row.format(rma=rma), "2002,,,delivered,2026-03-05", name="some.csv")
    assert (counts(answer), codes(answer)) == ((2, 1, 0, 1), [(code, 2)])
    assert (shop.folder / "outbox/rejects/some.rejects.csv").exists()


def test_an_order_of_several_channels_wants_its_channel(shop: Shop) -> None:
    from returns_cli.operations.import_orders import ImportOptions

    export = written(shop, "web.csv", (shop.folder / "undated.csv").read_text())
    import_orders(shop, [export], ImportOptions(channel="web"))
    answer = ship(shop, "2001,,,delivered,2026-03-05", "web/2001,,,delivered,2026-03-06")
    assert (counts(answer), codes(answer)) == ((2, 1, 0, 1), [("E-ORDER-AMBIGUOUS", 2)])
    ship(shop, "2001,,,delivered,2026-03-07", name="default.csv", channel="default")
    assert dates(shop, "web/2001")[0] == (None, "2026-03-06")
    assert dates(shop, "default/2001")[0] == (None, "2026-03-07")


def test_a_key_with_other_content_is_a_conflict(shop: Shop) -> None:
    header = "request_id,order_id,event,at\n"
    import_shipments(shop, [written(shop, "a.csv", f"{header}e1,2001,delivered,2026-03-05\n")])
    answer: Any = import_shipments(
        shop, [written(shop, "b.csv", f"{header}e1,2001,delivered,2026-03-06\n")]
    )
    assert (counts(answer), codes(answer)) == ((1, 0, 0, 1), [("E-KEY-CONFLICT", 2)])
    assert dates(shop, "2001")[0] == (None, "2026-03-05")


def test_nothing_is_written_where_every_row_is_refused(shop: Shop) -> None:
    with pytest.raises(InvalidError) as caught:
        ship(shop, "9999,,,delivered,2026-03-05")
    assert caught.value.code == "E-NOTHING-LEFT"
    with sqlite3.connect(shop.folder / "returns.db") as raw:
        names = [name for (name,) in raw.execute("SELECT name FROM source_file")]
    assert "shipments.csv" not in names


def test_strict_takes_all_or_nothing(shop: Shop) -> None:
    with pytest.raises(InvalidError) as caught:
        ship(shop, "2001,,,delivered,2026-03-05", "9999,,,delivered,2026-03-05", strict=True)
    assert (caught.value.code, caught.value.where) == ("E-STRICT", "shipments.csv:3")
    assert dates(shop, "2001")[0] == (None, None)


def test_a_rehearsal_keeps_nothing(shop: Shop) -> None:
    rows = ("2001,,,shipped,2026-03-02,T1", ",,,delivered,2026-03-05,T1")
    dry = rehearsed(shop)
    assert counts(ship(dry, *rows)) == (2, 2, 0, 0)
    assert dates(shop, "2001")[0] == (None, None)
    assert counts(ship(shop, *rows)) == (2, 2, 0, 0)


def test_standard_input_is_read_every_time(shop: Shop) -> None:
    text = b"order_id,event,at\n2001,delivered,2026-03-05\n"
    for expected in ((1, 1, 0, 0), (1, 0, 1, 0)):
        assert counts(import_shipments(shop, [io.BytesIO(text)])) == expected


LIST = "carrier,code,meaning\nUPS,KB,delivered\nUPS,OT,in_transit\n"


def test_a_carriers_list_is_remembered(shop: Shop) -> None:
    rows = ("2001,,,KB,2026-03-05,T1,UPS", "2001,,,ZZ,2026-03-04,T1,UPS")
    assert codes(ship(shop, *rows)) == [("W-STATUS-UNKNOWN", 2), ("W-STATUS-UNKNOWN", 3)]
    codes_file = written(shop, "ups.csv", LIST)
    learned: Any = import_shipments(shop, [], ShipmentOptions(codes=(codes_file,)))
    assert counts(learned) == (2, 2, 0, 0)
    assert notes(shop) == ["Codes of ups: 1 in_transit, 1 delivered."]
    assert dates(shop, "2001")[0] == (None, None), "what was read keeps what it was taken for"
    again = ship(shop, *rows)
    assert (counts(again), codes(again)) == ((2, 1, 1, 0), [("W-STATUS-UNKNOWN", 3)])
    assert dates(shop, "2001")[0] == (None, "2026-03-05")
    assert counts(ship(shop, *rows)) == (2, 0, 2, 0)
    assert check_shop(shop)["ok"]


def test_a_list_may_come_with_its_shipments(shop: Shop) -> None:
    codes_file = written(shop, "ups.csv", LIST)
    dry = rehearsed(shop)
    for one in (dry, shop):
        answer = ship(one, "2001,,,KB,2026-03-05,T1,UPS", codes=(codes_file,))
        assert (counts(answer), codes(answer)) == ((1, 1, 0, 0), [])
    assert dates(shop, "2001")[0] == (None, "2026-03-05")


def test_a_list_that_says_otherwise_now_changes_the_code(shop: Shop) -> None:
    for text, expected in (
        (LIST, (2, 2, 0, 0)),
        (LIST.replace("in_transit", "returned"), (2, 1, 1, 0)),
        (LIST.replace("in_transit", "returned"), (2, 0, 2, 0)),
    ):
        path = written(shop, "ups.csv", text)
        answer: Any = import_shipments(shop, [], ShipmentOptions(codes=(path,)))
        assert counts(answer) == expected


def test_a_list_with_a_bad_row_teaches_nothing(shop: Shop) -> None:
    path = written(shop, "ups.csv", LIST + "UPS,XX,arrived\n")
    with pytest.raises(InvalidError) as caught:
        ship(shop, "2001,,,KB,2026-03-05,T1,UPS", codes=(path,))
    assert (caught.value.code, caught.value.where) == ("E-VALUE", "ups.csv:4")
    assert codes(ship(shop, "2001,,,KB,2026-03-05,T1,UPS")) == [("W-STATUS-UNKNOWN", 2)]


def test_without_a_file_there_is_nothing_to_do(shop: Shop) -> None:
    with pytest.raises(UsageError, match="No file"):
        import_shipments(shop, [])


def test_amazon_shipments_ship_their_units(shop: Shop) -> None:
    from tests.intake.own.test_shipments import AMAZON_COLUMNS, AMAZON_ROW, table

    undated(shop, "112-0000001-0000001,1,MUG-1,3,12.50")
    rows = [AMAZON_ROW | {"quantity-shipped": "1", "shipment-item-id": item} for item in "ab"]
    other = AMAZON_ROW | {"sku": "NONE"}
    text = table(AMAZON_COLUMNS, *rows, other, delimiter="\t")
    answer: Any = import_shipments(shop, [written(shop, "amazon.txt", text)])
    assert (counts(answer), codes(answer)) == ((3, 2, 0, 1), [("E-LINE-UNKNOWN", 4)])
    shown: Any = show_order(shop, "112-0000001-0000001")
    (parcel,) = shown["parcels"]
    assert (parcel["tracking"], parcel["lines"]) == ("1Z999", [1])
    assert shown["lines"][0]["shipped_at"] == "2026-03-02T18:30:00-08:00"


def test_shipstation_names_the_parcels_of_an_order(shop: Shop) -> None:
    from tests.intake.own.test_shipments import SHIPSTATION_COLUMNS, SHIPSTATION_ROW, table

    item = SHIPSTATION_ROW | {"Order - Number": "2001"}
    rows = (
        item,
        {"Order - Number": "2001", "Tracking Number": "9401"},
        item | {"Order - Number": "2002", "Tracking Number": ""},
    )
    text = table(SHIPSTATION_COLUMNS, *rows)
    for expected in ((3, 2, 1, 0), (3, 0, 3, 0)):
        answer: Any = import_shipments(
            shop, [written(shop, "ss.csv", text)], ShipmentOptions(force=True)
        )
        assert counts(answer) == expected
    shown: Any = show_order(shop, "2001")
    assert [(one["tracking"], one["lines"]) for one in shown["parcels"]] == [
        ("9400", [1]),
        ("9401", []),
    ]
    assert dates(shop, "2001")[0] == (None, None)
    ship(shop, ",,,delivered,2026-04-05,9400", ",,,delivered,2026-04-07,9401")
    assert dates(shop, "2001") == [
        (None, "2026-04-07"),
        (None, "2026-04-05"),
        (None, "2026-04-07"),
    ]


def test_shipstation_finds_an_order_under_its_store_or_elsewhere(shop: Shop) -> None:
    from returns_cli.operations.import_orders import ImportOptions
    from tests.intake.own.test_shipments import SHIPSTATION_COLUMNS, SHIPSTATION_ROW, table

    export = written(shop, "mugs.csv", (shop.folder / "undated.csv").read_text())
    import_orders(shop, [export], ImportOptions(channel="Mugs"))
    undated(shop, "2004,1,MUG,1,12.50")
    rows = [
        SHIPSTATION_ROW | {"Order - Number": "2001"},
        SHIPSTATION_ROW | {"Order - Number": "2004", "Tracking Number": "9402"},
    ]
    path = written(shop, "ss.csv", table(SHIPSTATION_COLUMNS, *rows))
    assert counts(import_shipments(shop, [path])) == (2, 2, 0, 0)
    numbers = {}
    for order in ("Mugs/2001", "default/2001", "2004"):
        shown: Any = show_order(shop, order)
        numbers[order] = [one["tracking"] for one in shown["parcels"]]
    assert numbers == {"Mugs/2001": ["9400"], "default/2001": [], "2004": ["9402"]}


def test_a_sku_of_two_lines_names_neither(shop: Shop) -> None:
    undated(shop, "2003,1,MUG,1,12.50", "2003,2,MUG,1,12.50")
    path = written(
        shop, "sku.csv", "order_id,sku,event,at,tracking\n2003,MUG,delivered,2026-03-05,T1\n"
    )
    import_shipments(shop, [path])
    shown: Any = show_order(shop, "2003")
    assert [one["lines"] for one in shown["parcels"]] == [[]]
    assert dates(shop, "2003") == [(None, "2026-03-05")] * 3


def test_a_mapping_reads_a_carriers_export(shop: Shop) -> None:
    ship(shop, "2001,,,shipped,2026-03-02,T1,Hermes")
    mapping = written(
        shop,
        "courier.yaml",
        "mapping: courier\nreads: shipments\ncolumns:\n  tracking: [Sendung]\n  event: [Status]\n"
        "  at: [Datum, Zeit]\nconstants: {carrier: Hermes}\ndate_format: DD.MM.YYYY HH:MM\n"
        "timezone: Europe/Berlin\ndelimiter: semicolon\n",
    )
    export = written(shop, "c.csv", "Sendung;Status;Datum;Zeit\nT1;3500;08.03.2026;10:15\n")
    answer: Any = import_shipments(shop, [export], ShipmentOptions(map_file=mapping))
    assert (counts(answer), codes(answer)) == ((1, 1, 0, 0), [])
    assert dates(shop, "2001")[0] == ("2026-03-02", "2026-03-08T10:15:00+01:00")


def test_a_later_reading_of_more_orders_than_are_remembered(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    from returns_cli.operations import shipment_targets

    monkeypatch.setattr(shipment_targets, "_REMEMBERED", 1)
    first, second = opened(shop, "1001", "1=itchy"), opened(shop, "1003", "1=itchy")
    answer = ship(
        shop,
        "2001,,,delivered,2026-03-05",
        "2002,,,delivered,2026-03-05",
        f",{first},,shipped,2026-03-19",
        f",{second},,shipped,2026-03-19",
    )
    assert counts(answer) == (4, 4, 0, 0)
    assert answer["returns"] == [first, second]
