from __future__ import annotations

from typing import Any

import pytest

from returns_cli.cli.page import Page
from returns_cli.cli.pages.imports import orders_import_page, rows_page
from returns_cli.cli.pages.lists import history_page, judged_page, order_page, orders_page
from returns_cli.cli.pages.money import quote_page, refund_next_steps, refund_page
from returns_cli.cli.pages.paper import files_page
from returns_cli.cli.pages.parts import amount, moment, plural, shortened, word
from returns_cli.cli.pages.policy import cases_page, checked_page
from returns_cli.cli.pages.returns import next_steps, return_page, shown_page
from returns_cli.cli.pages.start import init_next_steps, status_page
from returns_cli.cli.painting import painted

RMA = "RMA-7F3K2QX"
PROBLEM = {
    "code": "E-DATE",
    "file": "orders.csv",
    "line": 17,
    "column": "placed_at",
    "value": "soon",
    "message": "This is not a date.",
    "hint": "Write it as 2026-03-05.",
    "count": None,
}


def text(page: Page) -> str:
    return painted(page)


def a_line(**more: Any) -> dict[str, Any]:
    return {
        "line": 1,
        "sku": "MUG",
        "title": "Mug",
        "quantity": 2,
        "reason": "too_small",
        "fault": "customer",
        "resolution": "refund",
        "verdict": "approve",
        "codes": [],
        "deadline": "2026-04-04",
        "window": {"from": "delivered", "anchor": "2026-03-05", "days": 30, "assumed": False},
        "settings": [],
        "nearest_miss": None,
        **more,
    }


def a_return(**more: Any) -> dict[str, Any]:
    return {
        "rma": RMA,
        "key": "k",
        "replayed": False,
        "order": "1042",
        "kind": "return",
        "state": "approved",
        "opened_at": "2026-03-20T12:00:00+00:00",
        "as_of": "2026-03-20T12:00:00+00:00",
        "verdict": "approve",
        "policy": {"id": "standard", "version": "abcd1234", "sha256": "abcd"},
        "lines": [a_line()],
        "label": {"kind": "prepaid", "valid_until": None},
        "quote": {"currency": "USD", "components": [], "tax_included": "0.00", "total": "0.00"},
        "received": [],
        "inspected": [],
        "refunds": [],
        **more,
    }


A_REFUND = {
    "refund": "RF-1",
    "amount": "5.00",
    "currency": "USD",
    "state": "confirmed",
    "tender": "original_payment",
    "reference": "ch_1",
}
KEEPS = [{"name": "keep_item", "value": "true", "rule": "x", "at": "p.yaml:1"}]
ARRIVED = [
    {"line": 1, "quantity": 2, "at": "2026-03-21", "by": "ann", "station": None},
    {"line": 2, "quantity": 1, "at": "2026-03-21", "by": "ann", "station": None},
]
LOOKED_AT = [
    {"line": 1, "quantity": 2, "grade": "new", "disposition": "restock", "at": "", "by": ""}
]


@pytest.mark.parametrize(
    ("answer", "steps"),
    [
        pytest.param(a_return(state="requested"), [f"evaluate {RMA}"], id="requested"),
        pytest.param(
            a_return(state="in_review"), [f"approve {RMA}", f"deny {RMA} --why TEXT"], id="review"
        ),
        pytest.param(a_return(), [f"label {RMA}", f"receive {RMA}"], id="approved"),
        pytest.param(
            a_return(lines=[a_line(settings=KEEPS)]), [f"refund {RMA}"], id="the customer keeps it"
        ),
        pytest.param(a_return(state="in_transit"), [f"receive {RMA}"], id="on its way"),
        pytest.param(
            a_return(state="received", received=ARRIVED, inspected=LOOKED_AT),
            [f"inspect {RMA} --item 2=GRADE"],
            id="the line that is not looked at yet",
        ),
        pytest.param(
            a_return(state="received"), [f"inspect {RMA} --item 1=GRADE"], id="the first line else"
        ),
        pytest.param(a_return(state="inspected"), [f"refund {RMA}", f"dispose {RMA}"], id="looked"),
        pytest.param(
            a_return(
                state="refund_pending",
                refunds=[
                    {**A_REFUND, "refund": "RF-1", "state": "failed"},
                    {**A_REFUND, "refund": "RF-2", "state": "submitted"},
                ],
            ),
            ["refunds confirm RF-2"],
            id="money on its way",
        ),
        pytest.param(a_return(state="denied"), [f"explain {RMA}"], id="denied"),
        pytest.param(a_return(state="refunded"), [], id="nothing is left"),
        pytest.param(a_return(state="closed"), [], id="closed"),
    ],
)
def test_what_to_do_next_follows_from_the_state(answer: dict[str, Any], steps: list[str]) -> None:
    assert next_steps(answer) == [f"returns {step}" for step in steps]
    page = text(shown_page(answer))
    assert ("Next\n" in page) == bool(steps)
    assert "Next\n" not in text(return_page({**answer, "refunds": []}))


def test_a_return_tells_why_and_what_is_assumed() -> None:
    page = text(
        return_page(
            a_return(
                replayed=True,
                lines=[
                    a_line(
                        verdict="deny",
                        codes=["window_expired"],
                        nearest_miss="2 days late",
                        window={"from": "delivered", "anchor": "2026-03-05", "assumed": True},
                    )
                ],
                label={"kind": "prepaid", "valid_until": "2026-04-10"},
            )
        )
    )
    assert f"{RMA} (as recorded before)" in page
    assert "because window_expired" in page
    assert "nearest 2 days late" in page
    assert "delivered on a day not known; 2026-03-05 stands for it" in page
    assert "prepaid, valid until 2026-04-10" in page


def test_a_return_that_no_policy_fits_or_nobody_judged() -> None:
    nobody = {"id": None, "version": None, "sha256": None}
    assert "no policy fits" in text(return_page(a_return(policy=nobody, verdict="review")))
    unjudged = a_return(
        policy=nobody,
        verdict=None,
        state="requested",
        label={"kind": None, "valid_until": None},
        lines=[a_line(verdict=None, deadline=None, window=None, sku=None, title=None)],
    )
    page = text(return_page(unjudged))
    assert "no policy fits" not in page
    assert "Label" not in page
    assert "–" in page


def test_refunds_of_a_return_name_their_reference() -> None:
    refunds = [A_REFUND, {**A_REFUND, "reference": None}]
    page = text(return_page(a_return(refunds=refunds)))
    assert "RF-1: 5.00 USD confirmed by original_payment reference ch_1\n" in page
    assert page.count("reference") == 1


IMPORTED = {
    "format": "generic",
    "files": ["a.csv", "b.csv"],
    "rows": 2,
    "orders": 1,
    "lines": 1,
    "units": 3,
    "new": 1,
    "changed": 0,
    "same": 0,
    "rejected": 1,
    "totals": {"USD": "5.00", "JPY": "700"},
    "refunded": {"USD": "1.00"},
    "problems": [PROBLEM],
}


def test_an_import_of_orders_in_figures_and_problems() -> None:
    page = text(orders_import_page(IMPORTED))
    for said in (
        "a.csv, b.csv",
        "2 rows, 1 row refused",
        "1 order: 1 new, 0 changed, 0 as before",
        "1 line, 3 units",
        "5.00 USD, 700 JPY",
        "1.00 USD",
        'orders.csv:17:placed_at E-DATE "soon" This is not a date. Write it as 2026-03-05.',
    ):
        assert said in page
    clean = text(orders_import_page({**IMPORTED, "problems": [], "refunded": {}, "totals": {}}))
    assert "No problem found." in clean
    assert "Refunded before" not in clean
    assert "nothing" in clean


def test_an_import_of_rows_lists_its_returns() -> None:
    page = text(
        rows_page({"rows": 1, "new": 1, "same": 0, "rejected": 0, "returns": [RMA], "problems": []})
    )
    assert page == (
        "Read  1 row, 0 rows refused\nTook  1 new, 0 as before\n\n"
        f"Returns\n  {RMA}\n\nNo problem found.\n"
    )


def test_amounts_in_a_history_are_written_with_their_decimals() -> None:
    event = {
        "at": "2026-03-20T12:00:00+00:00",
        "actor": "ann",
        "what": "refund submitted",
        "line": None,
        "quantity": None,
        "detail": {"refund": "RF-1", "amount_minor": "1331", "currency": "USD", "note": ""},
    }
    page = text(history_page([event]))
    assert "amount 13.31 USD, refund RF-1" in page
    assert "note" not in page
    assert text(history_page([])) == "Nothing happened yet.\n"


def test_judgements_of_a_batch_name_each_code_once() -> None:
    answer = a_return(lines=[a_line(codes=["a", "b"]), a_line(codes=["a"])])
    assert "a, b" in text(judged_page([answer]))
    assert text(judged_page([])) == "No open return.\n"


ORDER = {
    "order": "1042",
    "channel": "web",
    "placed_at": "2026-03-01",
    "shipped_at": None,
    "delivered_at": None,
    "cancelled_at": None,
    "customer": "",
    "is_gift": True,
    "currency": "JPY",
    "total": "700",
    "captured": "700",
    "refunded": "0",
    "refunded_before": "0",
    "refunds_before": [{"at": None, "line": 1, "amount": "50", "reference": "P-77"}],
    "may_still_be_refunded": "700",
    "source": "orders.csv:2",
    "lines": [
        {
            "line": 1,
            "sku": "A",
            "title": "A very long title of a very plain thing",
            "quantity": 1,
            "paid": "700",
            "received": 0,
            "cancelled": True,
            "may_still_return": 0,
        }
    ],
    "parcels": [
        {
            "tracking": "T1",
            "carrier": "UPS",
            "lines": [1, 2],
            "shipped_at": "2026-03-02",
            "delivered_at": None,
            "returned_at": "2026-03-09",
        },
        {
            "tracking": None,
            "carrier": None,
            "lines": [],
            "shipped_at": None,
            "delivered_at": "2026-03-05",
            "returned_at": None,
        },
    ],
    "returns": [
        {
            "rma": RMA,
            "state": "denied",
            "verdict": "deny",
            "opened_at": "2026-03-20",
            "units": 1,
            "total": "0",
        }
    ],
}


def test_an_order_shows_marks_lines_and_returns() -> None:
    page = text(order_page(ORDER))
    assert page.startswith("Order 1042, gift\n")
    assert "A very long title of a …" in page
    assert "cancelled" in page
    assert f"{RMA}  denied" in page
    assert "T1      UPS      1, 2   2026-03-02  2026-03-09 back" in page
    assert "–       –        all    –           2026-03-05" in page
    row = {**ORDER, "lines": 1, "units": 1, "cancelled_at": "2026-03-02"}
    assert "gift, cancelled" in text(orders_page([row]))
    assert text(orders_page([])) == "No order.\n"


def test_printed_files_name_two_returns_and_count_more() -> None:
    files = [
        {"path": f"{count}.pdf", "kind": "label", "size": "4x6", "pages": 1, "rmas": ["R"] * count}
        for count in (2, 3)
    ]
    page = text(files_page({"files": files, "problems": [PROBLEM]}))
    assert "R, R\n" in page
    assert "3 returns\n" in page
    assert "E-DATE" in page
    assert text(files_page({"files": [], "problems": []})) == "Nothing to print.\n"


def test_refunds_tell_what_to_do() -> None:
    refund = {
        "refund": "RF-1",
        "rma": RMA,
        "order": "1042",
        "state": "submitted",
        "amount": "5.00",
        "currency": "USD",
        "tender": "gift_card",
        "reference": None,
        "journal_seq": 3,
        "replayed": True,
    }
    assert "RF-1 (as recorded before)" in text(refund_page(refund))
    assert refund_next_steps(refund) == [
        f"pay it in your provider, then returns refund {RMA} --paid REFERENCE"
    ]
    assert refund_next_steps({**refund, "tender": "store_credit"}) == [
        "make the credit and see its code: returns refunds confirm RF-1"
    ]
    assert refund_next_steps({**refund, "state": "confirmed"}) == []


def test_a_quote_names_the_rule_and_the_line_that_decided() -> None:
    quote = {
        "currency": "USD",
        "components": [
            {"kind": "items", "line": 2, "amount": "30.00", "rule": None, "at": None},
            {"kind": "return_shipping", "line": None, "amount": "-6.95", "rule": "r", "at": "p:3"},
        ],
        "tax_included": "0.00",
        "total": "23.05",
        "cap": "50.00",
        "already_refunded": "0.00",
    }
    assert text(quote_page(quote)).startswith(
        "Part             Line    USD  Decided by\n"
        "items               2  30.00  paid\n"
        "return_shipping     –  -6.95  r at p:3\n"
        "total                  23.05\n"
    )


def test_policies_checked_and_tested() -> None:
    warning = {**PROBLEM, "code": "W-POLICY-IDLE"}
    assert text(checked_page({"ok": True, "problems": []})) == "ok, no problem found\n"
    assert text(checked_page({"ok": True, "problems": [warning]})).endswith("ok, with warnings\n")
    assert text(checked_page({"ok": False, "problems": [PROBLEM]})).endswith("\nnot ok\n")
    difference = {
        "file": "p.cases.yaml",
        "line": 4,
        "case": "late",
        "key": "codes",
        "expected": ["a", "b"],
        "found": [],
    }
    page = text(
        cases_page(
            {
                "ok": False,
                "cases": 2,
                "failed": 1,
                "differences": [difference, {**difference, "key": "deadline", "found": None}],
                "problems": [PROBLEM],
            }
        )
    )
    assert "p.cases.yaml:4 late: codes should be a, b and is empty\n" in page
    assert "deadline should be a, b and is nothing\n" in page
    assert page.endswith("2 cases: 1 held, 1 failed\n")


def test_a_new_shop_is_entered_first() -> None:
    made = {"folder": "my shop", "created": ["shop.yaml"]}
    assert init_next_steps(made)[0] == "cd 'my shop'"
    assert init_next_steps({**made, "folder": "."})[0] == "returns orders import FILE.csv"
    assert init_next_steps({**made, "created": []}) == []


def test_the_board_shows_counts_and_money() -> None:
    page = text(
        status_page(
            {
                "as_of": "2026-03-20T09:30:00+01:00",
                "arrived": 1,
                "waiting": 2,
                "due_today": 3,
                "overdue": 4,
                "money_due": {},
            }
        )
    )
    assert page.startswith("The desk at 2026-03-20 09:30\n")
    assert "Refunds overdue       4\n" in page
    assert "Money due             nothing\n" in page


def test_small_parts() -> None:
    assert (moment(None), moment("2026-03-20"), amount(None, "USD")) == ("–", "2026-03-20", "–")
    assert (plural(1, "row"), plural(0, "row")) == ("1 row", "0 rows")
    assert (shortened("x" * 24), len(shortened("x" * 25))) == ("x" * 24, 24)
    assert word(None).text == "–"


def test_what_was_paid_in_two_ways_is_said_in_each_place() -> None:
    card = {"tender": "gift_card", "method": "Voucher", "captured": "5.00", "given_back": "0.00"}
    shown = text(order_page({**ORDER, "payments": [card]}))
    assert "5.00 JPY Voucher (gift_card)" in shown
    answer = {
        "refund": "RF-1",
        "rma": RMA,
        "order": "1042",
        "state": "submitted",
        "amount": "5.00",
        "currency": "USD",
        "tender": "gift_card",
        "reference": None,
        "journal_seq": 1,
    }
    both = {**answer, "also": [{**answer, "refund": "RF-2", "tender": "original_payment"}]}
    assert text(refund_page(both)).count("Paid by") == 2
    confirm = "then returns refunds confirm"
    assert refund_next_steps(both) == [
        f"pay 5.00 back to gift_card, {confirm} RF-1 --reference REFERENCE",
        f"pay 5.00 back to original_payment, {confirm} RF-2 --reference REFERENCE",
    ]
    quote = {
        "currency": "USD",
        "components": [],
        "tax_included": "0.00",
        "total": "0.00",
        "cap": "5.00",
        "already_refunded": "0.00",
        "pays_by": [{"tender": "gift_card", "amount": "3.00"}, {"tender": "x", "amount": "2.00"}],
    }
    assert "Pays by                 3.00 USD gift_card, 2.00 USD x\n" in text(quote_page(quote))
