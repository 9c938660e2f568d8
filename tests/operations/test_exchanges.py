"""Exchanges at the desk. By hand: order 2001 is a tee of 20.00 and a mug of 12.50, tax within.

A coat costs 26.00, a cap 15.00: the tee for the coat owes 6.00, for the cap pays 5.00 back.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from beancount import loader

from returns_cli.domain.errors import ConflictError, DeclinedError, InvalidError, UsageError
from returns_cli.domain.item_spec import parse_item
from returns_cli.operations.amend_return import AmendRequest, amend_return
from returns_cli.operations.evaluate_returns import evaluate_returns
from returns_cli.operations.exchanges import (
    SendRequest,
    close_owed,
    list_exchanges,
    send_replacement,
)
from returns_cli.operations.export_journal import ExportRequest, export_journal
from returns_cli.operations.import_master_data import import_products
from returns_cli.operations.import_orders import import_orders
from returns_cli.operations.import_requests import import_requests
from returns_cli.operations.list_returns import ListFilter, list_returns
from returns_cli.operations.move_refund import list_refunds
from returns_cli.operations.open_return import OpenRequest, open_return
from returns_cli.operations.prove_store import check_shop
from returns_cli.operations.record_refund import RefundRequest, record_refund
from returns_cli.operations.refund_due import refund_due
from returns_cli.operations.rule_on_returns import rule_on_returns
from returns_cli.operations.shop import Shop
from returns_cli.operations.shop_status import shop_status
from returns_cli.operations.show_return import quote_of_return, show_return
from tests.operations.desk import POLICY, SETTINGS, inspected, on, received, small_shop, written

ROWS = (
    "order_id,placed_at,currency,line_no,sku,quantity,unit_price,delivered_at\n"
    "2001,2026-03-02,USD,1,TEE,1,20.00,2026-03-06\n"
    "2001,2026-03-02,USD,2,MUG,1,12.50,2026-03-06\n"
)
PRODUCTS = "sku,price\nCOAT,26.00 USD\nCAP,15.00 USD\nROBE,20.00 EUR\n"


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return stocked(small_shop(tmp_path))


def stocked(shop: Shop) -> Shop:
    import_orders(shop, [written(shop, "more.csv", ROWS)])
    import_products(shop, [written(shop, "p.csv", PRODUCTS)])
    shop.notes.clear()
    return shop


def asked(shop: Shop, sku: str = "COAT", *items: str) -> str:
    """A return that wants something else for the tee, or for the items."""
    wanted = tuple(parse_item(one) for one in items or ("1=itchy",))
    request = OpenRequest("2001", wanted, want="exchange", exchange_sku=sku)
    return str(open_return(shop, request)["rma"])


def back(shop: Shop, sku: str = "COAT", grade: str = "new") -> str:
    rma = asked(shop, sku)
    received(shop, rma)
    inspected(shop, rma, f"1={grade}")
    return rma


def settled(shop: Shop, rma: str) -> Any:
    return record_refund(shop, RefundRequest(rma))


def state(shop: Shop, rma: str) -> object:
    return show_return(shop, rma)["state"]


def balances(shop: Shop) -> dict[str, int]:
    with shop.open_store(read_only=True) as store:
        rows = store.connection.execute("SELECT account, sum(minor) FROM posting GROUP BY 1")
        return {account: minor for account, minor in rows if minor}


@pytest.mark.parametrize(
    ("sku", "grade", "total", "owed"),
    [
        pytest.param("COAT", "new", "0.00", "6.00", id="dearer: the customer owes"),
        pytest.param("CAP", "new", "5.00", "0.00", id="cheaper: money comes back"),
        pytest.param("TEE", "new", "0.00", "0.00", id="the same again"),
        pytest.param("ROBE", "new", "0.00", "0.00", id="its price is in another currency"),
        pytest.param("NEWS", "new", "0.00", "0.00", id="nobody knows its price"),
        pytest.param("CAP", "damaged", "0.00", "5.00", id="half is left of 20.00"),
    ],
)
def test_a_quote_nets_the_exchange(shop: Shop, sku: str, grade: str, total: str, owed: str) -> None:
    quote: Any = quote_of_return(shop, back(shop, sku, grade))
    assert (quote["total"], quote["exchange"]["owed"]) == (total, owed)


def test_the_answer_of_open_holds_the_price_at_once(shop: Shop) -> None:
    wanted = (parse_item("1=itchy"),)
    opened: Any = open_return(
        shop, OpenRequest("2001", wanted, want="exchange", exchange_sku="CAP")
    )
    assert opened["quote"] == show_return(shop, opened["rma"])["quote"]
    (line,) = opened["quote"]["exchange"]["lines"]
    assert (line["price"], line["worth"], line["cost"]) == ("15.00", "20.00", "15.00")
    amended: Any = amend_return(shop, AmendRequest(opened["rma"], exchange_sku="COAT"))
    assert amended["quote"]["exchange"]["owed"] == "6.00"


def test_the_difference_is_refunded_and_ends_the_return(shop: Shop) -> None:
    rma = back(shop, "CAP")
    assert state(shop, rma) == "inspected"
    answer: Any = record_refund(shop, RefundRequest(rma, paid="ch_1"))
    assert (answer["amount"], answer["exchange"]["refund"]) == ("5.00", "5.00")
    assert state(shop, rma) == "refunded"
    assert balances(shop) == {"returns:items": 500, "paid:original_payment": -500}


def test_what_is_owed_is_recorded_and_never_charged(shop: Shop) -> None:
    rma = back(shop)
    assert state(shop, rma) == "inspected"
    answer = settled(shop, rma)
    assert (answer["recorded"], answer["open"], answer["replayed"]) == ("6.00", "6.00", False)
    assert (state(shop, rma), list_refunds(shop)) == ("closed", [])
    again = settled(shop, rma)
    assert (again["recorded"], again["replayed"]) == ("6.00", True)
    assert balances(shop) == {"owed:exchange": 600, "exchanged:difference": -600}
    assert shop_status(shop)["exchanges"] == {"overdue": 0, "owed": {"USD": "6.00"}}
    done: Any = close_owed(shop, rma, reference="ch_7")
    assert (done["open"], done["paid"], done["replayed"]) == ("0.00", "6.00", False)
    assert close_owed(shop, rma, reference="ch_7")["replayed"] is True
    assert balances(shop) == {"received:exchange": 600, "exchanged:difference": -600}
    assert "exchanges" not in shop_status(shop)
    with pytest.raises(ConflictError) as caught:
        close_owed(shop, rma, reference="ch_8")
    assert caught.value.code == "E-EXCHANGE-OWED"
    assert check_shop(shop)["ok"]
    book: Any = export_journal(shop, ExportRequest("beancount"))["content"]
    _, errors, _ = loader.load_string(book)
    assert errors == []
    assert "Assets:Owed-By-Customers:Exchange  6.00 USD" in book


def test_what_is_owed_may_be_given_up_with_a_reason(shop: Shop) -> None:
    rma = back(shop)
    settled(shop, rma)
    with pytest.raises(UsageError) as caught:
        close_owed(shop, rma, waive=" ")
    assert caught.value.code == "E-USAGE-WHY"
    done: Any = close_owed(shop, rma, waive="Our price was wrong")
    assert (done["open"], done["waived"]) == ("0.00", "6.00")
    assert balances(shop) == {"goodwill:exchange": 600, "exchanged:difference": -600}


def test_an_even_exchange_has_nothing_to_record(shop: Shop) -> None:
    rma = back(shop, "TEE")
    assert state(shop, rma) == "closed"
    with pytest.raises(ConflictError) as caught:
        settled(shop, rma)
    assert caught.value.code == "E-REFUND-NOT-DUE"
    assert balances(shop) == {}


def test_what_is_owed_is_set_off_against_the_other_line(shop: Shop) -> None:
    # the mug pays 12.50 - 1.25 - 6.95 = 4.30; the coat owes 6.00: 4.30 of it is covered
    rows = "a,2001,1,itchy,exchange,COAT\na,2001,2,itchy,refund,\n"
    head = "request_id,order_id,line_no,reason,want,exchange_sku\n"
    answer: Any = import_requests(shop, [written(shop, "r.csv", head + rows)])
    (rma,) = answer["returns"]
    evaluate_returns(shop, [rma])
    received(shop, rma)
    inspected(shop, rma, "1=new", "2=new")
    quote: Any = quote_of_return(shop, rma)
    assert (quote["total"], quote["exchange"]["set_off"], quote["exchange"]["owed"]) == (
        "0.00",
        "4.30",
        "1.70",
    )
    assert settled(shop, rma)["recorded"] == "1.70"


def test_what_was_refunded_before_is_not_set_off(shop: Shop) -> None:
    rows = "a,2001,1,itchy,exchange,COAT\na,2001,2,itchy,refund,\n"
    head = "request_id,order_id,line_no,reason,want,exchange_sku\n"
    answer: Any = import_requests(shop, [written(shop, "r.csv", head + rows)])
    (rma,) = answer["returns"]
    evaluate_returns(shop, [rma])
    received(shop, rma, "2")
    inspected(shop, rma, "2=new")
    assert settled(shop, rma)["amount"] == "4.30"
    received(shop, rma, "1")
    inspected(shop, rma, "1=new")
    assert settled(shop, rma)["recorded"] == "6.00"
    assert check_shop(shop)["ok"]


def test_the_nightly_round_records_it_and_says_so(shop: Shop) -> None:
    rma = back(shop)
    assert list(refund_due(shop)) == []
    assert any(f"{rma}: what the customer owes" in note for note in shop.notes)
    assert [one["open"] for one in list_exchanges(shop, open_only=True)] == ["6.00"]
    shop.notes.clear()
    assert (list(refund_due(shop)), shop.notes) == ([], [])


# ---- advance ----


def test_a_replacement_may_go_out_before_the_goods_come(shop: Shop) -> None:
    rma = asked(shop, "COAT")
    sent: Any = send_replacement(shop, SendRequest(rma, tracking="1Z9", back_by="2026-03-30"))
    assert (sent["back_by"], sent["overdue"], sent["state"]) == ("2026-03-30", False, "approved")
    assert [(one["sku"], one["tracking"]) for one in sent["sent"]] == [("COAT", "1Z9")]
    assert send_replacement(shop, SendRequest(rma))["replayed"] is True
    assert list_returns(on(shop, "2026-03-30"), ListFilter(overdue=True)) == []
    late = on(shop, "2026-03-31")
    assert [one["rma"] for one in list_returns(late, ListFilter(overdue=True))] == [rma]
    board: Any = shop_status(late)
    assert (board["overdue"], board["exchanges"]["overdue"]) == (1, 1)


def test_late_goods_are_owed_in_full_and_released_when_they_come(shop: Shop) -> None:
    rma = asked(shop, "COAT")
    send_replacement(shop, SendRequest(rma))  # by 2026-04-10, until when the label is valid
    on_time = on(shop, "2026-04-10")
    with pytest.raises(ConflictError):
        settled(on_time, rma)
    late = on(shop, "2026-04-11")
    assert settled(late, rma)["recorded"] == "26.00"
    assert settled(late, rma)["replayed"] is True
    assert state(late, rma) == "approved"  # a replacement was sent: it never runs out
    received(late, rma)
    inspected(late, rma, "1=new")
    answer = settled(late, rma)
    assert (answer["recorded"], answer["open"], answer["overdue"]) == ("6.00", "6.00", False)
    assert balances(shop) == {"owed:exchange": 600, "exchanged:difference": -600}
    assert check_shop(shop)["ok"]


def test_what_was_paid_before_late_goods_came_stays_paid(shop: Shop) -> None:
    rma = asked(shop, "COAT")
    send_replacement(shop, SendRequest(rma))
    late = on(shop, "2026-04-11")
    settled(late, rma)
    close_owed(late, rma, reference="ch_1")
    received(late, rma)
    inspected(late, rma, "1=new")
    answer: Any = settled(late, rma)
    assert (answer["recorded"], answer["paid"], answer["open"]) == ("26.00", "26.00", "0.00")


def test_the_nightly_round_records_late_goods(shop: Shop) -> None:
    rma = asked(shop, "CAP")
    send_replacement(shop, SendRequest(rma))
    late = on(shop, "2026-04-11")
    assert list(refund_due(late)) == []
    assert [(one["rma"], one["recorded"]) for one in list_exchanges(late)] == [(rma, "15.00")]


def test_after_the_goods_came_nothing_is_awaited(shop: Shop) -> None:
    rma = back(shop)
    sent: Any = send_replacement(shop, SendRequest(rma, line=1))
    assert (sent["back_by"], len(sent["sent"])) == (None, 1)


def test_the_price_of_the_day_it_was_sent_holds(shop: Shop) -> None:
    rma = asked(shop, "COAT")
    send_replacement(shop, SendRequest(rma))
    import_products(shop, [written(shop, "p2.csv", "sku,price\nCOAT,99.00 USD\n")])
    assert quote_of_return(shop, rma)["exchange"]["owed"] == "6.00"  # type: ignore[index]  # JSON


@pytest.mark.parametrize(
    ("more", "code"),
    [
        pytest.param({"back_by": "2026-03-19"}, "E-USAGE-DAY", id="a day that is over"),
        pytest.param({"back_by": "soon"}, "E-USAGE-DAY", id="no day"),
        pytest.param({"line": 2}, "E-EXCHANGE-NONE", id="a line that is not exchanged"),
    ],
)
def test_a_wrong_word_sends_nothing(shop: Shop, more: dict[str, Any], code: str) -> None:
    rma = asked(shop)
    with pytest.raises((UsageError, ConflictError)) as caught:
        send_replacement(shop, SendRequest(rma, **more))
    assert caught.value.code == code
    assert list_exchanges(shop) == []


def test_without_a_last_day_of_the_label_one_must_be_said(tmp_path: Path) -> None:
    policy = POLICY.replace("label: {kind: prepaid, valid_days: 21}", "label: {kind: customer}")
    shop = stocked(small_shop(tmp_path, policy=policy))
    rma = asked(shop)
    with pytest.raises(UsageError, match="say by when"):
        send_replacement(shop, SendRequest(rma))


def test_a_return_whose_replacement_is_out_is_not_undone(shop: Shop) -> None:
    rma = asked(shop)
    send_replacement(shop, SendRequest(rma))
    with pytest.raises(ConflictError, match="a replacement was sent"):
        rule_on_returns(shop, "cancel", [rma])
    with pytest.raises(ConflictError, match="a replacement was sent"):
        amend_return(shop, AmendRequest(rma, want="refund"))


# ---- stock ----


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("SKU,Location,Available\nCOAT,Dock,0\nCOAT,Shop,1\n", 1),
        ("sku;quantity\nCOAT;0\n", 0),
        ("SKU,On hand (current)\n,5\nCAP,\n", 0),
    ],
)
def test_stock_is_looked_at_where_a_file_is_known(tmp_path: Path, text: str, found: int) -> None:
    shop = stocked(small_shop(tmp_path, settings=f"{SETTINGS}stock_file: stock.csv\n"))
    written(shop, "stock.csv", text)
    rma = asked(shop)
    said = [one for one in shop.notes if "stock.csv has" in one]
    assert said == ([] if found else ["stock.csv has 0 of COAT, 1 are wanted."])

    def no(_question: str) -> None:
        raise DeclinedError("E-DECLINED", "no")

    if found:
        send_replacement(shop, SendRequest(rma), no)
        return
    with pytest.raises(DeclinedError):
        send_replacement(shop, SendRequest(rma), no)
    assert list_exchanges(shop) == []


@pytest.mark.parametrize(
    "text", [b"SKU\nCOAT\n", b"SKU,Available\nCOAT,many\n", b"\xff", b"", None]
)
def test_a_stock_file_that_is_none_stops_the_exchange(tmp_path: Path, text: bytes | None) -> None:
    shop = stocked(small_shop(tmp_path, settings=f"{SETTINGS}stock_file: stock.csv\n"))
    if text is not None:
        (shop.folder / "stock.csv").write_bytes(text)
    with pytest.raises(InvalidError) as caught:
        asked(shop)
    assert caught.value.code == "E-STOCK-FILE"
