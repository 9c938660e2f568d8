"""A seller on Amazon: reports in, goods back, money out, by the commands alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.flow.conftest import Desk
from tests.intake.amazon import all_orders, fba_returns, mfn_returns, new_orders, unshipped
from tests.intake.exports.test_amazon_orders import PENDING

CUPS = "111-1111111-1111111"
JUG = "222-2222222-2222222"


@pytest.fixture
def desk(new_desk: Callable[..., Desk]) -> Desk:
    """A shop that sells on Amazon."""
    return new_desk(timezone="America/New_York", currency="USD")


def put(desk: Desk, name: str, content: bytes) -> str:
    (desk.folder / name).write_bytes(content)
    return str(desk.folder / name)


def counted(answer: Any) -> tuple[int, int, int]:
    return answer["new"], answer["changed"], answer["same"]


def paid(desk: Desk, order: str) -> tuple[str, list[str]]:
    shown = desk.ok("orders", "show", order)
    return shown["total"], [one["paid"] for one in shown["lines"]]


def test_a_pending_order_has_no_total_until_a_later_file_has_it(desk: Desk) -> None:
    pending = put(desk, "pending.txt", all_orders(PENDING))
    first = desk.ok("orders", "import", pending)
    assert (counted(first), first["totals"]) == ((1, 0, 0), {})
    (problem,) = first["problems"]
    assert (problem["code"], problem["line"], problem["message"]) == (
        "W-ORDER-NO-MONEY",
        2,
        "The order has no amounts: it is in no total, and its returns pay nothing.",
    )
    again = desk.ok("orders", "import", pending, "--force")
    assert (counted(again), again["totals"]) == ((0, 0, 1), {})
    later = desk.ok("orders", "import", put(desk, "later.txt", all_orders({})))
    assert (counted(later), later["totals"]) == ((0, 1, 0), {"USD": "23.24"})
    assert paid(desk, CUPS) == ("23.24", ["23.24"])


@pytest.mark.parametrize("together", [False, True], ids=["one by one", "in one call"])
def test_a_file_without_amounts_takes_none_away(desk: Desk, together: bool) -> None:
    priced = put(desk, "new.txt", new_orders({}))
    plain = put(desk, "unshipped.txt", unshipped({}))
    if together:
        answer = desk.ok("orders", "import", priced, plain)
        assert answer["totals"] == {"USD": "36.72"}
    else:
        desk.ok("orders", "import", priced)
        assert counted(desk.ok("orders", "import", plain)) == (0, 1, 0)  # nothing was shipped
        assert counted(desk.ok("orders", "import", plain, "--force")) == (0, 0, 1)
    assert paid(desk, JUG) == ("36.72", ["36.72"])
    assert desk.ok("check")["ok"]


def test_goods_that_amazon_took_back_are_judged_quoted_and_refunded(desk: Desk) -> None:
    desk.ok(
        "orders",
        "import",
        put(
            desk,
            "orders.txt",
            all_orders({}),
        ),
    )
    shipped = "order_id,event,at\n" + CUPS + ",delivered,2026-03-05\n"
    desk.ok("shipments", "import", desk.write("shipments.csv", shipped))
    report = put(
        desk, "fba.txt", fba_returns({"reason": "CR-QUALITY_UNACCEPTABLE"}, {"order-id": "9-9"})
    )
    answer = desk.type("requests", "import", report)
    assert answer.code == 3
    assert (answer.json["new"], answer.json["rejected"]) == (1, 1)
    (rma,) = answer.json["returns"]
    again = desk.type("requests", "import", report)
    assert (again.code, again.json["same"], again.json["returns"]) == (3, 1, [rma])
    (after,) = desk.ok("evaluate", "--all")
    assert (after["rma"], after["state"], after["verdict"]) == (rma, "inspected", "approve")
    total = desk.ok("quote", rma)["total"]
    assert total == "11.62"  # half of 21.00 and 2.24 of tax; the fault is the shop's
    assert desk.ok("refund", rma, "--paid", "amzn-1")["amount"] == total
    assert desk.ok("show", rma)["state"] == "refunded"
    assert desk.ok("check")["ok"]
    assert desk.ok("journal", "verify")["ok"]


def test_requests_to_the_seller_go_the_usual_way(desk: Desk) -> None:
    desk.ok("orders", "import", put(desk, "orders.txt", new_orders({})))
    shipped = "order_id,event,at\n" + JUG + ",delivered,2026-03-05\n"
    desk.ok("shipments", "import", desk.write("shipments.csv", shipped))
    asked = mfn_returns({"Return Reason": "CR-QUALITY_UNACCEPTABLE"})
    (rma,) = desk.ok("requests", "import", "-", stdin=asked)["returns"]
    desk.ok("evaluate", "--all")
    desk.ok("receive", rma)
    desk.ok("inspect", rma, "--item", "1:1=opened")
    assert desk.ok("show", rma)["state"] == "inspected"
    # the fault is the shop's: all of it comes back, with tax and the shipping of the whole order
    assert desk.ok("quote", rma)["total"] == "36.72"
    assert desk.ok("requests", "import", "-", stdin=asked)["same"] == 1


def test_a_report_for_another_command_is_sent_there(desk: Desk) -> None:
    error = desk.refused(7, "orders", "import", put(desk, "fba.txt", fba_returns({})))
    assert (error["code"], error["hint"]) == ("E-FORMAT-COMMAND", "Use: returns requests import")
    error = desk.refused(7, "requests", "import", put(desk, "orders.txt", all_orders({})))
    assert (error["code"], error["hint"]) == ("E-FORMAT-COMMAND", "Use: returns orders import")
    error = desk.refused(2, "requests", "import", "x.txt", "--from", "amazon-settlement")
    assert "amazon-fba-returns, amazon-mfn-returns, generic" in error["hint"]
