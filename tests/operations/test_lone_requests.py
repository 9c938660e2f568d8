"""Rows of Amazon's returns reports as returns: asked for, or come back and graded already."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from returns_cli.domain.errors import InvalidError
from returns_cli.operations.evaluate_file import evaluate_file
from returns_cli.operations.evaluate_returns import evaluate_returns
from returns_cli.operations.explain_return import history_of_return
from returns_cli.operations.import_orders import ImportOptions, import_orders
from returns_cli.operations.import_requests import RequestOptions, import_requests
from returns_cli.operations.import_shipments import import_shipments
from returns_cli.operations.list_returns import find_returns, list_returns
from returns_cli.operations.record_refund import RefundRequest, record_refund
from returns_cli.operations.rule_on_returns import rule_on_returns
from returns_cli.operations.shop import Shop
from returns_cli.operations.show_return import show_return
from returns_cli.store.check import check_store
from returns_cli.store.floor import Unexpected, list_unexpected
from tests.intake.amazon import all_orders, fba_returns, mfn_returns, new_orders
from tests.operations.desk import POLICY, SETTINGS, inspected, opened, rehearsed, small_shop

CUPS = "111-1111111-1111111"
JUG = "222-2222222-2222222"
PLATELESS = {"license-plate-number": ""}
NEW, SAME, REJECTED = "new same rejected".split()


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    """The small shop, and Amazon's orders: two cups of 11.62 each, and a jug."""
    return sold(small_shop(tmp_path), all_orders({}), new_orders({}))


def sold(shop: Shop, *reports: bytes) -> Shop:
    for number, content in enumerate(reports):
        path = shop.folder / f"orders-{number}.txt"
        path.write_bytes(content)
        import_orders(shop, [path])
    return shop


def taken(shop: Shop, content: bytes, **options: Any) -> Any:
    path = shop.folder / "returns.txt"
    path.write_bytes(content)
    return import_requests(shop, [path], RequestOptions(**options))


def came(shop: Shop, *rows: Mapping[str, str], **options: Any) -> Any:
    return taken(shop, fba_returns(*rows), **options)


def asked(shop: Shop, *rows: Mapping[str, str], **options: Any) -> Any:
    return taken(shop, mfn_returns(*rows), **options)


def counts(answer: Any) -> tuple[int, int, int, int]:
    return tuple(answer[name] for name in ("rows", NEW, SAME, REJECTED))


def codes(answer: Any) -> list[tuple[str, int, str | None]]:
    return [(one["code"], one["line"], one["column"]) for one in answer["problems"]]


def lines_of(shop: Shop, rma: str) -> list[tuple[int, int]]:
    shown: Any = show_return(shop, rma)
    return [(one["line"], one["quantity"]) for one in shown["lines"]]


def surplus(shop: Shop) -> list[Unexpected]:
    with shop.open_store(read_only=True) as store, store.reading():
        return list_unexpected(store)


def told(shop: Shop) -> list[str]:
    return [one for one in shop.notes if "kept as unexpected" in one]


def assert_whole(shop: Shop) -> None:
    with shop.open_store(read_only=True) as store:
        assert check_store(store).problems == ()


def judged(shop: Shop, rma: str) -> Any:
    return evaluate_returns(shop, [rma])[0]


# --- goods that came back to Amazon ---------------------------------------------------------


def test_goods_that_came_are_received_and_graded_and_not_judged(shop: Shop) -> None:
    answer = came(shop, {"customer-comments": "too green"})
    assert (counts(answer), codes(answer)) == ((1, 1, 0, 0), [])
    (rma,) = answer["returns"]
    shown: Any = show_return(shop, rma)
    assert (shown["order"], shown["kind"], shown["state"]) == (CUPS, "return", "inspected")
    assert (shown["verdict"], shown["quote"]["total"]) == (None, "0.00")
    at = "2026-03-15T22:30:00+00:00"
    assert shown["received"] == [
        {"line": 1, "quantity": 1, "at": at, "by": "ann", "station": "ABE2"}
    ]
    graded = {"line": 1, "quantity": 1, "grade": "new", "disposition": "restock"}
    note = "SELLABLE, Unit returned to inventory"
    assert shown["inspected"] == [{**graded, "at": at, "by": "ann", "note": note}]
    assert [one["rma"] for one in find_returns(shop, "LPNRR0000001")] == [rma]
    assert_whole(shop)


def test_judging_quoting_and_refunding_go_on_from_there(shop: Shop) -> None:
    (rma,) = came(shop, {})["returns"]
    after = judged(shop, rma)
    assert (after["verdict"], after["state"]) == ("approve", "inspected")
    # 21.00 for two cups and 2.24 of tax: 10.50 + 1.12; 10 % restocking 1.16; shipping 6.95
    assert after["quote"]["total"] == "3.51"
    refund: Any = record_refund(shop, RefundRequest(rma, paid="amzn-1"))
    assert (refund["state"], refund["amount"]) == ("confirmed", "3.51")
    assert show_return(shop, rma)["state"] == "refunded"
    assert_whole(shop)


def test_who_let_the_goods_come_is_on_record(shop: Shop) -> None:
    (rma,) = came(shop, {})["returns"]
    events = {one["what"]: one for one in history_of_return(shop, rma)}
    assert events["authorized"]["detail"] == {
        "cause": "approval", "why": "taken back by the marketplace",
    }  # fmt: skip
    assert events["opened"]["detail"] == {
        "kind": "return",
        "requested_at": "2026-03-15T22:30:00+00:00",
        "entered_by": "amazon-fba-returns",
    }


def test_the_policy_may_turn_down_what_amazon_took_and_a_person_may_pay_it(shop: Shop) -> None:
    # bought 1 March, delivery not known: 8 March + 30 days
    (rma,) = came(shop, {"return-date": "2026-04-08T09:00:00Z"})["returns"]
    after = judged(shop, rma)
    assert (after["verdict"], after["state"]) == ("deny", "denied")
    assert after["lines"][0]["codes"] == ["window_expired"]
    (ruled,) = rule_on_returns(shop, "approve", [rma], why="Amazon paid it")
    assert (ruled["state"], ruled["quote"]["total"]) == ("inspected", "3.51")  # type: ignore[index]  # JSON
    assert_whole(shop)


@pytest.mark.parametrize(
    ("at", "verdict"),
    [
        pytest.param("2026-04-07T14:59:00+00:00", "approve", id="23:59 in Tokyo is day 30"),
        pytest.param("2026-04-07T15:00:00+00:00", "deny", id="midnight in Tokyo is day 31"),
        pytest.param("2026-04-07T15:00:00", "deny", id="a time without an offset is UTC"),
    ],
)
def test_windows_count_the_shops_local_day(tmp_path: Path, at: str, verdict: str) -> None:
    settings = SETTINGS.replace("timezone: UTC", "timezone: Asia/Tokyo")
    shop = sold(small_shop(tmp_path, settings=settings), all_orders({}))
    (rma,) = came(shop, {"return-date": at})["returns"]
    assert judged(shop, rma)["verdict"] == verdict


def test_the_same_report_again_changes_nothing(shop: Shop) -> None:
    rows: list[dict[str, str]] = [
        {}, {}, PLATELESS | {"reason": "HAUNTED"}, {"order-id": "9"}, PLATELESS,
    ]  # fmt: skip
    first = came(shop, *rows)
    assert counts(first) == (5, 3, 1, 1)
    assert codes(first) == [
        ("W-ROW-DUPLICATE", 3, "license-plate-number"),
        ("W-REASON-UNKNOWN", 4, "reason"),
        ("E-ORDER-UNKNOWN", 5, "order-id"),
    ]
    again = came(shop, *rows)
    assert counts(again) == (5, 0, 4, 1)
    assert (again["problems"], again["returns"]) == (first["problems"], first["returns"])
    assert (len(list_returns(shop)), len(surplus(shop))) == (2, 1)


def test_rows_that_are_filled_in_later_are_new_and_those_before_are_not(shop: Shop) -> None:
    came(shop, PLATELESS)
    later = PLATELESS | {"return-date": "2026-03-01T00:00:00+00:00"}
    assert counts(came(shop, later, PLATELESS)) == (2, 1, 1, 0)
    assert len(list_returns(shop)) == 2


def test_units_beyond_what_was_sold_are_unexpected(shop: Shop) -> None:
    answer = came(shop, {"quantity": "3"}, PLATELESS)
    assert (counts(answer), len(answer["returns"])) == ((2, 2, 0, 0), 1)
    (rma,) = answer["returns"]
    assert lines_of(shop, rma) == [(1, 2)]
    facts = [one.fact for one in surplus(shop)]
    assert [(one.sku, one.quantity, one.why, one.station) for one in facts] == [
        ("CUP-1", 1, "surplus", "ABE2"),
        ("CUP-1", 1, "surplus", "ABE2"),
    ]
    assert [one.return_id is None for one in facts] == [False, True]
    said = f"1 unit of CUP-1 beyond what order {CUPS} can send back, kept as unexpected."
    assert told(shop) == [f"returns.txt:2: {said}", f"returns.txt:3: {said}"]
    assert judged(shop, rma)["verdict"] == "approve"
    assert_whole(shop)


def test_units_that_another_return_may_send_are_not_taken_from_it(shop: Shop) -> None:
    opened(shop, CUPS, "1:2=style")
    assert came(shop, {"quantity": "2"})["returns"] == []
    assert [one.fact.quantity for one in surplus(shop)] == [2]
    assert "2 units of CUP-1" in told(shop)[0]


def test_a_cancelled_item_was_not_sold(tmp_path: Path) -> None:
    shop = sold(small_shop(tmp_path), all_orders({"item-status": "Cancelled"}, {"sku": "JAR-1"}))
    assert came(shop, {})["returns"] == []
    assert len(surplus(shop)) == 1


def test_units_of_a_sku_on_several_lines_are_spread_over_them(tmp_path: Path) -> None:
    shop = sold(small_shop(tmp_path), all_orders({}, {"quantity": "1"}))
    first, second = came(shop, PLATELESS, PLATELESS | {"quantity": "2"})["returns"]
    assert (lines_of(shop, first), lines_of(shop, second)) == ([(1, 1)], [(1, 1), (2, 1)])
    assert counts(came(shop, PLATELESS, PLATELESS | {"quantity": "2"})) == (2, 0, 2, 0)


def test_goods_come_first_from_lines_of_which_nobody_asked(tmp_path: Path) -> None:
    shop = sold(small_shop(tmp_path), all_orders({"quantity": "1"}, {"quantity": "1"}))
    (request,) = asked(shop, {"Order ID": CUPS, "Merchant SKU": "CUP-1"})["returns"]
    first, second = came(shop, PLATELESS, PLATELESS)["returns"]
    assert (lines_of(shop, request), lines_of(shop, first)) == ([(1, 1)], [(2, 1)])
    assert lines_of(shop, second) == [(1, 1)]  # it is here, whoever only asked


def test_goods_that_the_order_never_shipped_wait_for_a_newer_orders_file(tmp_path: Path) -> None:
    shop = sold(small_shop(tmp_path), all_orders({"item-status": "Unshipped"}))
    answer = came(shop, {})
    assert (counts(answer), codes(answer)) == ((1, 0, 0, 1), [("E-OVER-SHIPPED", 2, None)])
    sold(shop, all_orders({}))
    assert counts(came(shop, {})) == (1, 1, 0, 0)


@pytest.mark.parametrize(
    ("finding", "grade", "goes_to"),
    [
        ("SELLABLE", "new", "restock"),
        ("CUSTOMER_DAMAGED", "damaged", "scrap"),
        pytest.param("DEFECTIVE", "damaged", "scrap", id="defective is not listed, damaged is"),
    ],
)
def test_the_grade_is_one_that_the_policy_lists(
    shop: Shop, finding: str, grade: str, goes_to: str
) -> None:
    (rma,) = came(shop, {"detailed-disposition": finding})["returns"]
    shown: Any = show_return(shop, rma)
    assert [(one["grade"], one["disposition"]) for one in shown["inspected"]] == [(grade, goes_to)]
    assert judged(shop, rma)["verdict"] == "approve"


def test_a_finding_that_the_policy_has_no_grade_for_is_refused(tmp_path: Path) -> None:
    policy = POLICY.replace("    damaged: {refund: 50%, disposition: scrap}\n", "")
    shop = sold(small_shop(tmp_path, policy=policy), all_orders({}))
    answer = came(shop, {"detailed-disposition": "CARRIER_DAMAGED"})
    assert (counts(answer), codes(answer)) == ((1, 0, 0, 1), [("E-GRADE-UNKNOWN", 2, None)])
    (problem,) = answer["problems"]
    assert problem["hint"] == (
        "It lists new, opened. Add one under `inspection`, then import again."
    )
    assert list_returns(shop) == []


def test_where_no_policy_fits_the_shops_grades_count(tmp_path: Path) -> None:
    shop = sold(small_shop(tmp_path), all_orders({"currency": "CAD"}))
    (rma,) = came(shop, {"detailed-disposition": "DEFECTIVE"})["returns"]
    shown: Any = show_return(shop, rma)
    (found,) = shown["inspected"]
    assert (found["grade"], found["disposition"]) == ("defective", "quarantine")
    assert judged(shop, rma)["verdict"] == "review"


def test_a_finding_that_nobody_knows_is_left_to_a_person(shop: Shop) -> None:
    answer = came(shop, {"detailed-disposition": "MELTED"})
    assert codes(answer) == [("W-STATUS-UNKNOWN", 2, "detailed-disposition")]
    (rma,) = answer["returns"]
    assert show_return(shop, rma)["state"] == "received"
    inspected(shop, rma, "1:1=opened")  # which judges it first: the policy lists the grades
    shown: Any = show_return(shop, rma)
    assert (shown["state"], shown["verdict"]) == ("inspected", "approve")


def test_a_reason_that_nobody_knows_is_kept_and_has_no_known_fault(shop: Shop) -> None:
    (rma,) = came(shop, {"reason": "HAUNTED"})["returns"]
    (line,) = judged(shop, rma)["lines"]
    assert (line["reason"], line["fault"]) == ("HAUNTED", "unknown")


@pytest.mark.parametrize("reason", ["DEFECTIVE", "CR-DEFECTIVE"])
def test_a_reason_of_amazons_waives_the_fees_of_its_fault(shop: Shop, reason: str) -> None:
    (rma,) = came(shop, {"reason": reason})["returns"]
    after = judged(shop, rma)
    assert (after["lines"][0]["fault"], after["quote"]["total"]) == ("merchant", "11.62")


def test_refused_rows_name_their_line(shop: Shop) -> None:
    answer = came(shop, {"order-id": "9"}, {"sku": "HAT"}, {})
    assert codes(answer) == [
        ("E-ORDER-UNKNOWN", 2, "order-id"),
        ("E-LINE-UNKNOWN", 3, "sku"),
    ]
    assert [one["value"] for one in answer["problems"]] == ["9", "HAT"]
    assert counts(answer) == (3, 1, 0, 2)
    with pytest.raises(InvalidError) as caught:
        came(shop, {"order-id": "9"})
    assert caught.value.code == "E-NOTHING-LEFT"


def test_an_order_of_two_channels_is_named_with_the_call(shop: Shop) -> None:
    import_orders(shop, [shop.folder / "orders-0.txt"], ImportOptions(channel="outlet"))
    with pytest.raises(InvalidError) as caught:
        came(shop, {})
    result: Any = caught.value.result
    assert [(one["code"], one["hint"]) for one in result["problems"]] == [
        ("E-ORDER-AMBIGUOUS", "Say which with --channel.")
    ]
    assert counts(came(shop, {}, channel="outlet")) == (1, 1, 0, 0)


def test_a_rehearsal_and_strictness_write_nothing(shop: Shop) -> None:
    rows: list[dict[str, str]] = [{}, {}, PLATELESS, PLATELESS]
    planned = came(rehearsed(shop), *rows)
    assert list_returns(shop) == []
    assert came(shop, *rows) == planned
    with pytest.raises(InvalidError):
        came(shop, {"license-plate-number": "LPN9"}, {"order-id": "9"}, strict=True)
    assert len(list_returns(shop)) == 2


def test_a_report_may_be_judged_without_taking_it(shop: Shop) -> None:
    path = shop.folder / "fba.txt"
    path.write_bytes(fba_returns({}, {"quantity": "9", "license-plate-number": "L2"}, PLATELESS))
    answers: Any = evaluate_file(shop, path)
    # the second row finds one cup left, the third none: it makes no return
    assert [(one["verdict"], one["lines"][0]["quantity"]) for one in answers] == [
        ("approve", 1),
        ("approve", 1),
    ]
    assert list_returns(shop) == []


# --- what customers ask of the seller -------------------------------------------------------


def test_a_request_to_the_seller_is_stored_and_not_judged(shop: Shop) -> None:
    answer = asked(shop, {})
    assert (counts(answer), codes(answer)) == ((1, 1, 0, 0), [])
    (rma,) = answer["returns"]
    shown: Any = show_return(shop, rma)
    assert (shown["state"], shown["verdict"], shown["received"]) == ("requested", None, [])
    assert shown["key"] == "mfn:Dx0000001RRMA/JUG-1"
    (line,) = shown["lines"]
    assert (line["sku"], line["quantity"], line["resolution"]) == ("JUG-1", 1, "refund")
    after = judged(shop, rma)
    assert (after["verdict"], after["lines"][0]["fault"]) == ("approve", "merchant")
    assert after["quote"]["total"] == "30.00"  # tax of 2.72 is in it; shipping is not paid back


def test_a_request_that_goes_on_is_the_same_and_one_that_says_otherwise_is_refused(
    shop: Shop,
) -> None:
    first = asked(shop, {}, {})
    assert (counts(first), codes(first)) == (
        (2, 1, 1, 0), [("W-ROW-DUPLICATE", 3, "Amazon RMA ID")],
    )  # fmt: skip
    again = asked(shop, {"Return request status": "Closed", "Refunded Amount": "1.00"})
    assert (counts(again), again["returns"]) == ((1, 0, 1, 0), first["returns"])
    other = asked(shop, {"Return quantity": "2"})
    assert (counts(other), codes(other)) == ((1, 0, 0, 1), [("E-KEY-CONFLICT", 2, None)])


def test_an_announced_parcel_is_found_by_its_number_and_is_no_scan(shop: Shop) -> None:
    (rma,) = asked(shop, {"Tracking ID": " "})["returns"]
    number = "9200000000000000000001"
    assert find_returns(shop, number) == []
    for _ in range(2):  # a later file has it, and the same file again
        assert counts(asked(shop, {})) == (1, 0, 1, 0)
    assert [(one["rma"], one["matched"]) for one in find_returns(shop, number)] == [
        (rma, "tracking")
    ]
    (event,) = (one for one in history_of_return(shop, rma) if one["what"] == "parcel")
    assert event["detail"] == {
        "event": "announced", "meaning": "announced", "tracking": number, "carrier": "USPS",
    }  # fmt: skip
    assert judged(shop, rma)["state"] == "approved"
    events = shop.folder / "events.csv"
    events.write_text(f"rma,tracking,event,at\n,{number},delivered,2026-03-18\n")
    import_shipments(shop, [events])
    assert show_return(shop, rma)["state"] == "in_transit"
    assert_whole(shop)


def test_what_amazon_says_it_refunded_counts_nowhere(shop: Shop) -> None:
    (rma,) = asked(shop, {"Refunded Amount": "30.00"})["returns"]
    shown = judged(shop, rma)
    assert (shown["quote"]["total"], shown["refunds"]) == ("30.00", [])


def test_a_replacement_is_judged_as_one(shop: Shop) -> None:
    (rma,) = asked(shop, {"Resolution": "Replacement"})["returns"]
    (line,) = judged(shop, rma)["lines"]
    assert (line["resolution"], line["codes"]) == ("replacement", ["resolution_not_offered"])


def test_policies_may_ask_what_amazon_has_settled(tmp_path: Path) -> None:
    policy = (
        POLICY
        + """
  - id: late-for-amazon
    why: Amazon itself calls it late.
    when: {answers.in_policy: "no"}
    deny: late_for_amazon
  - id: returnless
    why: Amazon lets the customer keep it.
    when: {entered_by: amazon-mfn-returns, answers.resolution: RETURNLESSREFUND}
    keep_item: true
"""
    )
    shop = sold(small_shop(tmp_path, policy=policy), new_orders({}))
    late, kept = asked(
        shop,
        {"In policy": "N"},
        {"Amazon RMA ID": "D2", "Resolution": "ReturnlessRefund"},
    )["returns"]
    assert judged(shop, late)["lines"][0]["codes"] == ["late_for_amazon"]
    after = judged(shop, kept)
    assert (after["verdict"], after["label"]["kind"]) == ("approve", "none")


def test_requests_for_a_sku_on_two_lines_ask_for_one_after_the_other(tmp_path: Path) -> None:
    shop = sold(small_shop(tmp_path), new_orders({}, {"order-item-id": "2"}))
    rows: list[dict[str, str]] = [{}, {"Amazon RMA ID": "D2"}, {"Amazon RMA ID": "D3"}]
    answer = asked(shop, *rows)
    assert [lines_of(shop, rma) for rma in answer["returns"]] == [[(1, 1)], [(2, 1)], [(1, 1)]]
    assert counts(asked(shop, *rows)) == (3, 0, 3, 0)
    verdicts = [judged(shop, rma)["verdict"] for rma in answer["returns"]]
    assert verdicts == ["approve", "approve", "deny"]


def test_a_request_for_more_than_was_sold_is_judged_as_such(shop: Shop) -> None:
    (rma,) = asked(shop, {"Return quantity": "3"})["returns"]
    assert lines_of(shop, rma) == [(1, 3)]
    assert judged(shop, rma)["lines"][0]["codes"] == ["quantity_exceeds"]


def test_both_reports_and_our_own_requests_in_one_call(shop: Shop) -> None:
    files = []
    for name, content in (
        ("fba.txt", fba_returns({})),
        ("mfn.txt", mfn_returns({})),
        ("own.csv", b"order_id,line_no,reason\n1001,1,style\n"),
    ):
        path = shop.folder / name
        path.write_bytes(content)
        files.append(path)
    answer: Any = import_requests(shop, files)
    assert (counts(answer), len(answer["returns"])) == ((3, 3, 0, 0), 3)
    assert counts(import_requests(shop, files)) == (3, 0, 3, 0)
    assert counts(import_requests(shop, files[:1], RequestOptions("amazon-fba-returns"))) == (
        1, 0, 1, 0,
    )  # fmt: skip
