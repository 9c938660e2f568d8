from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from returns_cli.domain.errors import InvalidError
from returns_cli.operations.import_orders import import_orders
from returns_cli.operations.move_refund import (
    RefundsWanted,
    confirm_refund,
    doubt_refund,
    list_refunds,
    reverse_refund,
)
from returns_cli.operations.prove_store import check_shop, journal_balances
from returns_cli.operations.reconcile_refunds import ReconcileOptions, reconcile_refunds
from returns_cli.operations.record_refund import RefundRequest, record_refund
from returns_cli.operations.shop import Shop
from tests.operations.desk import on, opened, rehearsed, small_shop, sold, written

PAYOUTS = "Transaction Date,Type,Order,Payout Status,Amount,Fee,Net,Currency\n"
OWN = "type,paid_at,amount,currency,order_id,reference\n"
RESULTS = ("matched", "missing", "in_doubt", "duplicated", "amount_differs", "unrecorded")


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    """Two candles that broke on the way, 8.00 of order 1005 and 6.00 of 2001: both submitted."""
    made = small_shop(tmp_path)
    sold(made, "2001,1,CNDL,1,6.00")
    for order in ("1005", "2001"):
        record_refund(made, RefundRequest(opened(made, order, "1=damaged_in_transit")))
    return made


def payouts(shop: Shop, *rows: str, name: str = "payouts.csv") -> Path:
    """A payouts export; rows as day, type, order, status, amount."""
    lines = (f"{row},0.00,0.00,USD\n" for row in rows)
    return written(shop, name, PAYOUTS + "".join(lines))


def own(shop: Shop, *rows: str, name: str = "bank.csv") -> Path:
    return written(shop, name, OWN + "".join(f"{row}\n" for row in rows))


def read(shop: Shop, *files: Path, **options: Any) -> Any:
    return reconcile_refunds(shop, files, ReconcileOptions(**options))


def counts(answer: Any) -> dict[str, int]:
    """The results that there were."""
    return {name: answer[name] for name in RESULTS if answer[name]}


def store_bytes(shop: Shop) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(shop.folder.glob("returns.db*")))


def states(shop: Shop) -> list[tuple[str, str, str | None]]:
    listed: Any = list_refunds(shop)
    return [(one["amount"], one["state"], one["reference"]) for one in listed]


BOTH = ("2026-03-20,refund,#1005,paid,-8.00", "2026-03-20,refund,#2001,paid,-6.00")


def test_what_a_payouts_export_has_is_confirmed(shop: Shop) -> None:
    charge = "2026-03-19,charge,#1005,paid,8.00"
    answer = read(shop, payouts(shop, charge, *BOTH))
    assert counts(answer) == {"matched": 2}
    assert (answer["rows"], answer["new"], answer["same"], answer["other"]) == (3, 2, 0, 1)
    assert (answer["confirmed"], answer["rejected"], answer["problems"]) == (2, 0, [])
    assert (answer["from"], answer["to"]) == ("2026-03-19", "2026-03-20")
    assert states(shop) == [("8.00", "confirmed", None), ("6.00", "confirmed", None)]
    assert check_shop(shop)["ok"]


def test_the_journal_has_the_entries_of_a_confirmation(shop: Shop) -> None:
    """The same entries as by hand: the payable goes to paid."""
    read(shop, payouts(shop, *BOTH))
    balances = {one["account"]: one["balance"] for one in journal_balances(shop)}
    assert balances["payable:original_payment"] == "0.00"
    assert balances["paid:original_payment"] == "-14.00"


def test_a_statement_read_again_changes_no_byte(shop: Shop) -> None:
    file = payouts(shop, *BOTH, "2026-03-20,refund,#1001,paid,-1.00")
    first = read(shop, file)
    before = store_bytes(shop)
    again = read(on(shop, "2026-03-25"), file)
    assert store_bytes(shop) == before
    assert (again["new"], again["same"], again["confirmed"]) == (0, 3, 0)
    assert counts(again) == counts(first)
    assert again["problems"] == first["problems"]


def test_a_dry_run_shows_the_plan_and_writes_nothing(shop: Shop) -> None:
    file = payouts(shop, *BOTH)
    before = store_bytes(shop)
    planned = read(rehearsed(shop), file)
    assert store_bytes(shop) == before
    assert planned == read(shop, file)


def test_a_refund_that_is_recorded_later_is_found_by_the_same_file(shop: Shop) -> None:
    sold(shop, "2002,1,CNDL,1,7.00")
    file = payouts(shop, *BOTH, "2026-03-20,refund,#2002,paid,-7.00")
    assert counts(read(shop, file)) == {"matched": 2, "unrecorded": 1}
    record_refund(shop, RefundRequest(opened(shop, "2002", "1=damaged_in_transit")))
    answer = read(shop, file)
    assert counts(answer) == {"matched": 3}
    assert (answer["confirmed"], answer["new"], answer["same"]) == (1, 0, 3)


def test_rows_of_overlapping_statements_are_one(shop: Shop) -> None:
    """Two exports, one longer; read together or one after the other."""
    short, long = payouts(shop, BOTH[0]), payouts(shop, *BOTH, name="longer.csv")
    together = read(rehearsed(shop), short, long)
    assert counts(together) == {"matched": 2}
    assert (together["new"], together["same"]) == (2, 1)
    read(shop, short)
    after = read(shop, long)
    assert counts(after) == {"matched": 2}
    assert (after["new"], after["same"]) == (1, 1)


def test_equal_rows_of_one_statement_are_two_payments(shop: Shop) -> None:
    answer = read(shop, payouts(shop, BOTH[0], BOTH[0]))
    assert counts(answer) == {"matched": 1, "duplicated": 1, "missing": 1}
    assert [one["code"] for one in answer["problems"]] == [
        "W-PAYMENT-DUPLICATED",
        "W-REFUND-MISSING",
    ]


def test_a_later_payment_of_the_same_refund_is_told(shop: Shop) -> None:
    read(shop, payouts(shop, BOTH[0]))
    answer = read(shop, payouts(shop, "2026-03-27,refund,#1005,paid,-8.00", name="next.csv"))
    assert counts(answer) == {"duplicated": 1}


def test_another_kind_of_statement_may_have_the_same_payment(shop: Shop) -> None:
    read(shop, payouts(shop, *BOTH))
    answer = read(shop, own(shop, "refund,2026-03-20,8.00,USD,1005,"))
    assert counts(answer) == {"matched": 1}, "the other is known from the payouts: not missing"


def test_the_reference_of_the_statement_is_kept(shop: Shop) -> None:
    answer = read(shop, own(shop, "refund,2026-03-20,8.00,USD,1005,re_1"))
    assert counts(answer) == {"matched": 1, "missing": 1}
    assert states(shop) == [("8.00", "confirmed", "re_1"), ("6.00", "submitted", None)]


def test_the_number_of_a_refund_finds_it_and_is_no_reference(shop: Shop) -> None:
    number = str(list_refunds(shop)[1]["refund"])
    answer = read(shop, own(shop, f"refund,2026-03-20,6.00,USD,,{number.lower()}"))
    assert [one["by"] for one in answer["results"] if one["result"] == "matched"] == ["number"]
    assert states(shop)[1] == ("6.00", "confirmed", None)


def test_a_refund_in_doubt_that_the_statement_has_is_confirmed(shop: Shop) -> None:
    doubt_refund(shop, str(list_refunds(shop)[0]["refund"]))
    read(shop, payouts(shop, *BOTH))
    assert [state for _, state, _ in states(shop)] == ["confirmed", "confirmed"]


def test_what_was_confirmed_by_hand_is_matched_and_stays(shop: Shop) -> None:
    confirm_refund(shop, str(list_refunds(shop)[0]["refund"]), "ch_1")
    answer = read(shop, payouts(shop, *BOTH))
    assert (counts(answer), answer["confirmed"]) == ({"matched": 2}, 1)
    assert states(shop)[0] == ("8.00", "confirmed", "ch_1")


def test_a_refund_that_was_reversed_after_its_match_stays_so(shop: Shop) -> None:
    file = payouts(shop, *BOTH)
    read(shop, file)
    reverse_refund(shop, str(list_refunds(shop)[0]["refund"]), "by mistake")
    answer = read(shop, file)
    assert counts(answer) == {"matched": 2}
    assert states(shop)[0] == ("8.00", "reversed", None)


@pytest.mark.parametrize(
    "row",
    [
        pytest.param("refund,2026-03-20,8.00,USD,1005,", id="by order and amount"),
        pytest.param("refund,2026-03-20,8.00,USD,1005,re_1", id="with a reference"),
        pytest.param("refund,2026-03-20,8.00,USD,,{refund}", id="by its number"),
    ],
)
def test_no_statement_ever_makes_a_store_credit(tmp_path: Path, row: str) -> None:
    shop = small_shop(tmp_path)
    rma = opened(shop, "1005", "1=damaged_in_transit")
    made = record_refund(shop, RefundRequest(rma, to="store_credit"))
    answer = read(shop, own(shop, row.format(refund=made["refund"])))
    assert counts(answer) == {"in_doubt": 1}
    assert [state for _, state, _ in states(shop)] == ["submitted"]


def test_a_payout_that_is_pending_confirms_once_it_is_paid(shop: Shop) -> None:
    waiting = [row.replace("paid", "pending") for row in BOTH]
    answer = read(shop, payouts(shop, *waiting))
    assert counts(answer) == {"in_doubt": 2}
    answer = read(shop, payouts(shop, *BOTH))
    assert (counts(answer), answer["same"]) == ({"matched": 2}, 2)


@pytest.mark.parametrize(
    "row",
    [
        pytest.param("2026-03-20,refund_failure,#1005,paid,8.00", id="it says that it failed"),
        pytest.param("2026-03-20,refund,#1005,failed,-8.00", id="its payout failed"),
        pytest.param("2026-03-20,refund,#1005,paid,8.00", id="the sign says money came back"),
    ],
)
def test_what_may_not_have_been_paid_confirms_nothing(shop: Shop, row: str) -> None:
    assert counts(read(shop, payouts(shop, row))) == {"in_doubt": 1, "missing": 1}
    assert [state for _, state, _ in states(shop)] == ["submitted", "submitted"]


def test_another_amount_is_told_and_nothing_confirmed(shop: Shop) -> None:
    answer = read(shop, payouts(shop, "2026-03-20,refund,#1005,paid,-7.99", BOTH[1]))
    assert counts(answer) == {"amount_differs": 1, "matched": 1}
    (told,) = [one for one in answer["results"] if one["decide"]]
    assert (told["line"], told["amount"], told["refund"]["amount"]) == (2, "7.99", "8.00")
    assert states(shop)[0] == ("8.00", "submitted", None)


@pytest.mark.parametrize(
    ("days", "missing"),
    [
        pytest.param(("2026-03-19", "2026-03-21"), 2, id="the day of the refunds is covered"),
        pytest.param(("2026-03-20", "2026-03-20"), 2, id="that day alone"),
        pytest.param(("2026-03-01", "2026-03-19"), 0, id="it ends the day before"),
        pytest.param(("2026-03-21", "2026-03-31"), 0, id="it begins the day after"),
    ],
)
def test_a_refund_is_missing_where_the_statement_covers_its_day(
    shop: Shop, days: tuple[str, str], missing: int
) -> None:
    answer = read(shop, payouts(shop, *(f"{day},charge,#9,paid,1.00" for day in days)))
    assert answer["missing"] == missing
    assert [one["refund"]["amount"] for one in answer["results"]] == ["8.00", "6.00"][:missing]
    assert [one["file"] for one in answer["problems"]] == [None] * missing


def test_a_bank_statement_is_about_transfers_where_it_says_so(shop: Shop) -> None:
    sold(shop, "2003,1,CNDL,1,9.00")
    rma = opened(shop, "2003", "1=damaged_in_transit")
    record_refund(shop, RefundRequest(rma, to="bank_transfer"))
    written(
        shop,
        "bank.yaml",
        "reads: payments\ndelimiter: semicolon\ndecimal: comma\ndate_format: DD.MM.YYYY\n"
        "columns: {paid_at: Tag, amount: Betrag, type: Art, order_id: Zweck}\n"
        "words: {type: {SEPA-Auftrag: refund}}\n"
        "constants: {currency: USD, tender: bank_transfer}\n",
    )
    text = (
        "Tag;Art;Zweck;Betrag\n20.03.2026;SEPA-Auftrag;2003;-9,00\n20.03.2026;Gutschrift;x;5,00\n"
    )
    answer = read(shop, written(shop, "bank.csv", text), map_file=shop.folder / "bank.yaml")
    assert counts(answer) == {"matched": 1}, "what the card paid is not missing at the bank"
    assert answer["other"] == 1


def test_a_payouts_export_does_not_pay_bank_transfers(shop: Shop) -> None:
    sold(shop, "2003,1,CNDL,1,9.00")
    rma = opened(shop, "2003", "1=damaged_in_transit")
    record_refund(shop, RefundRequest(rma, to="bank_transfer"))
    answer = read(shop, payouts(shop, *BOTH, "2026-03-20,refund,#2003,paid,-9.00"))
    assert counts(answer) == {"matched": 2, "in_doubt": 1}


def test_refused_rows_are_kept_aside_and_the_rest_is_taken(shop: Shop) -> None:
    file = payouts(shop, BOTH[0], "2026-03-20,refund,#2001,paid,six", "2026-03-20,refund,,paid,-1")
    answer = read(shop, file)
    assert (answer["rejected"], answer["confirmed"]) == (2, 1)
    assert [one["code"] for one in answer["problems"][:2]] == ["E-MONEY", "E-ORDER-ID-MISSING"]
    rejects = (shop.folder / "outbox/rejects/payouts.rejects.csv").read_text(encoding="utf-8")
    assert rejects.count("\n") == 3


def test_with_strict_one_bad_row_refuses_all(shop: Shop) -> None:
    before = store_bytes(shop)
    with pytest.raises(InvalidError) as caught:
        read(shop, payouts(shop, BOTH[0], "2026-03-20,refund,#2001,paid,six"), strict=True)
    assert caught.value.code == "E-STRICT"
    assert store_bytes(shop) == before


def test_a_file_of_bad_rows_alone_is_refused(shop: Shop) -> None:
    with pytest.raises(InvalidError) as caught:
        read(shop, payouts(shop, "2026-03-20,refund,#2001,paid,six"))
    assert caught.value.code == "E-NOTHING-LEFT"
    assert isinstance(caught.value.result, dict)
    assert caught.value.result["rejected"] == 1


def test_a_row_id_that_comes_again_with_another_amount_is_a_conflict(shop: Shop) -> None:
    header = "type,paid_at,amount,currency,order_id,request_id\n"
    read(shop, written(shop, "a.csv", f"{header}refund,2026-03-20,8.00,USD,1005,t-1\n"))
    answer = read(shop, written(shop, "b.csv", f"{header}refund,2026-03-20,6.00,USD,2001,t-1\n"))
    assert answer["rejected"] == 1
    assert answer["problems"][0]["code"] == "E-KEY-CONFLICT"
    assert states(shop)[1] == ("6.00", "submitted", None)


def test_an_order_of_two_channels_needs_the_channel(shop: Shop) -> None:
    header = "order_id,line_no,sku,quantity,unit_price,placed_at,currency,channel"
    text = f"{header}\n1005,1,CNDL,1,5.00,2026-03-02,USD,market\n"
    import_orders(shop, [written(shop, "market.csv", text)])
    file = payouts(shop, BOTH[0])
    assert counts(read(rehearsed(shop), file)) == {"in_doubt": 1, "missing": 2}
    assert counts(read(shop, file, channel="default")) == {"matched": 1, "missing": 1}


def test_many_missing_refunds_are_named_up_to_a_thousand(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("returns_cli.operations.reconcile_refunds._MOST_NAMED", 1)
    answer = read(shop, payouts(shop, "2026-03-20,charge,#9,paid,1.00"))
    assert [one["count"] for one in answer["problems"]] == [None, 1]
    assert answer["missing"] == 2


SETTLEMENT = (
    "settlement-id\tsettlement-start-date\tsettlement-end-date\ttotal-amount\tcurrency\t"
    "transaction-type\torder-id\tposted-date\tprice-type\tprice-amount\tpromotion-amount\n"
    "77\t2026-03-15T00:00:00+00:00\t2026-03-28T00:00:00+00:00\t10.00\tUSD\t\t\t\t\t\t\n"
)


def settlement(shop: Shop, *rows: str) -> Path:
    """A settlement report; rows as type, order, posted, part, amount, promotion."""
    lines = ("77\t\t\t\t\t" + "\t".join(row.split(",")) + "\n" for row in rows)
    return written(shop, "settlement.txt", SETTLEMENT + "".join(lines))


PARTS = (
    "Refund,1005,2026-03-21T09:00:00+00:00,Principal,-8.50,",
    "Refund,1005,2026-03-21T09:00:00+00:00,Tax,-0.50,",
    "Refund,1005,2026-03-21T09:00:00+00:00,,,1.00",
)


def test_the_parts_of_a_settlement_are_one_payment(shop: Shop) -> None:
    """8.50 and 0.50 tax, less the 1.00 that a promotion had taken off: 8.00."""
    order = "Order,1005,2026-03-16T09:00:00+00:00,Principal,8.50,-1.00"
    answer = read(shop, settlement(shop, order, *PARTS))
    assert counts(answer) == {"matched": 1, "missing": 1}
    assert (answer["rows"], answer["new"], answer["other"]) == (5, 3, 2)
    assert (answer["from"], answer["to"]) == ("2026-03-15", "2026-03-28")
    assert states(shop)[0] == ("8.00", "confirmed", None)


def test_parts_of_other_moments_are_other_payments(shop: Shop) -> None:
    later = "Refund,1005,2026-03-22T09:00:00+00:00,Principal,-8.00,"
    answer = read(shop, settlement(shop, *PARTS, later))
    assert counts(answer) == {"matched": 1, "duplicated": 1, "missing": 1}


def test_a_part_that_cannot_be_read_refuses_its_payment_alone(shop: Shop) -> None:
    other = "Refund,2001,2026-03-21T10:00:00+00:00,Principal,-6.00,"
    bad = "Refund,1005,2026-03-21T09:00:00+00:00,Shipping,much,"
    answer = read(shop, settlement(shop, *PARTS, bad, other))
    assert (counts(answer), answer["rejected"]) == ({"matched": 1, "missing": 1}, 4)
    assert [one["code"] for one in answer["problems"][:4]] == [*["E-ORDER-PART"] * 3, "E-MONEY"]


def test_a_row_that_may_be_any_payment_s_part_refuses_them_all(shop: Shop) -> None:
    """Whose part a row without an order is, nobody knows."""
    answer = read(shop, settlement(shop, *PARTS, "Refund,,2026-03-21,Principal,-1.00,"))
    assert answer["rejected"] == 4
    assert [state for _, state, _ in states(shop)] == ["submitted", "submitted"]


def test_parts_that_come_to_nothing_are_no_refund(shop: Shop) -> None:
    back = "Refund,1005,2026-03-21T09:00:00+00:00,Principal,8.00,"
    assert read(shop, settlement(shop, *PARTS, back))["other"] == 5


def test_the_answer_of_a_statement_keeps_no_rows(shop: Shop) -> None:
    """What is kept beside the file's name is figures and problems."""
    from returns_cli.store.connection import open_store

    read(shop, payouts(shop, *BOTH))
    with open_store(shop.folder) as store:
        (kept,) = store.connection.execute(
            "SELECT r.result FROM source_file_result r JOIN source_file f USING (file_id) "
            "WHERE f.command = 'refunds reconcile'"
        ).fetchone()
    assert "results" not in kept
    assert list_refunds(shop, RefundsWanted(state="confirmed"))
