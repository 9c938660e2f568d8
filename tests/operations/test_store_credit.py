"""Figures by hand: two tees at 20.00 less 10 % restocking less 6.95 for the way pay 29.05."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from returns_cli.domain.errors import ConflictError, NotFoundError, ReturnsError, UsageError
from returns_cli.operations.move_refund import confirm_refund, reverse_refund
from returns_cli.operations.prove_store import check_shop, journal_balances
from returns_cli.operations.record_refund import RefundRequest, record_refund
from returns_cli.operations.shop import Shop
from returns_cli.operations.store_credit import (
    IssueRequest,
    expire_credits,
    issue_credit,
    list_credits,
    redeem_credit,
    show_credit,
)
from tests.operations.desk import POLICY, SETTINGS, inspected, on, opened, received, small_shop


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return small_shop(tmp_path)


def given(shop: Shop, amount: str = "30.00", **more: Any) -> Any:
    return issue_credit(shop, IssueRequest(amount, **{"why": "Late parcel", **more}))


def code_of(call: Any, *words: Any, **more: Any) -> tuple[str, int]:
    with pytest.raises(ReturnsError) as caught:
        call(*words, **more)
    return caught.value.code, int(caught.value.exit)


def balances(shop: Shop) -> dict[str, str]:
    rows: Any = journal_balances(shop)
    return {row["account"]: row["balance"] for row in rows}


def is_sound(shop: Shop) -> bool:
    return bool(check_shop(shop)["ok"])


def refunded(shop: Shop) -> Any:
    """Both tees came back new and are paid in store credit: submitted."""
    rma = opened(shop, "1001", "2=itchy", want="store_credit")
    received(shop, rma)
    inspected(shop, rma, "2=new")
    return record_refund(shop, RefundRequest(rma))


def test_a_credit_is_spent_in_parts_and_never_beyond(shop: Shop) -> None:
    code = given(shop)["credit"]
    assert redeem_credit(shop, code, "12.50")["balance"] == "17.50"
    assert code_of(redeem_credit, shop, code, "17.51") == ("E-CREDIT-SPENT", 6)
    assert redeem_credit(shop, code)["state"] == "spent"
    assert code_of(redeem_credit, shop, code) == ("E-CREDIT-SPENT", 6)
    assert balances(shop) == {
        "credit:held": "0.00",
        "goodwill:store_credit": "30.00",
        "redeemed:store_credit": "-30.00",
    }
    assert is_sound(shop)


def test_who_gave_it_and_why_is_kept(shop: Shop) -> None:
    found = show_credit(shop, given(shop, expires="2026-12-31")["credit"].lower())
    assert found["expires_on"] == "2026-12-31"
    assert found["moves"] == [
        {
            "kind": "issued",
            "amount": "30.00",
            "at": "2026-03-20T10:00:00+00:00",
            "by": shop.actor,
            "reference": None,
            "why": "Late parcel",
            "journal_seq": 1,
        }
    ]


def test_the_same_reference_or_key_takes_once(shop: Shop) -> None:
    code = given(shop)["credit"]
    assert redeem_credit(shop, code, "5.00", reference="1057")["balance"] == "25.00"
    again = redeem_credit(shop, code, "5.00", reference="1057")
    assert (again["balance"], again["replayed"]) == ("25.00", True)
    assert code_of(redeem_credit, shop, code, "6.00", reference="1057") == ("E-KEY-CONFLICT", 6)
    assert redeem_credit(shop, code, "5.00", key="till-2")["balance"] == "20.00"
    assert redeem_credit(shop, code, "5.00", key="till-2")["replayed"] is True


def test_the_same_key_gives_one_credit(shop: Shop) -> None:
    first = given(shop, key="fair-17")
    assert given(shop, key="fair-17") == {**first, "replayed": True}
    assert code_of(given, shop, "31.00", key="fair-17") == ("E-KEY-CONFLICT", 6)
    others = {given(shop)["credit"], given(shop)["credit"], given(shop, key="2")["credit"]}
    assert len(others - {first["credit"]}) == 3
    assert len(list_credits(shop)) == 4


def test_after_its_last_day_it_is_written_off_once(shop: Shop) -> None:
    code = given(shop, expires="2026-03-31")["credit"]
    assert expire_credits(on(shop, "2026-03-31")) == []
    assert redeem_credit(on(shop, "2026-03-31"), code, "10.00")["balance"] == "20.00"
    later = on(shop, "2026-04-01")
    assert code_of(redeem_credit, later, code, "10.00") == ("E-CREDIT-EXPIRED", 6)
    (gone,) = expire_credits(later)
    assert (gone["state"], gone["balance"]) == ("expired", "0.00")
    assert expire_credits(later) == []
    assert expire_credits(later, code)[0]["replayed"] is True
    assert code_of(redeem_credit, later, code) == ("E-CREDIT-EXPIRED", 6)
    assert balances(later)["expired:store_credit"] == "-20.00"
    assert is_sound(later)


@pytest.mark.parametrize("expires", [None, "2026-12-31"])
def test_a_good_credit_ends_early_only_for_a_reason(shop: Shop, expires: str | None) -> None:
    code = given(shop, expires=expires)["credit"]
    assert code_of(expire_credits, shop, code) == ("E-WHY-MISSING", 6)
    (gone,) = expire_credits(shop, code, why="Given twice")
    assert (gone["state"], gone["balance"]) == ("expired", "0.00")


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"amount": "0.00"}, "E-USAGE-AMOUNT"),
        ({"amount": "1.5"}, "E-USAGE-AMOUNT"),
        ({"why": " "}, "E-USAGE-WHY"),
        ({"currency": "usd"}, "E-USAGE-CURRENCY"),
        ({"expires": "2026-03-19"}, "E-USAGE-DATE"),
        ({"expires": "20260401"}, "E-USAGE-DATE"),
        ({"expires": "2026-02-30"}, "E-USAGE-DATE"),
    ],
)
def test_what_cannot_be_given_is_refused(shop: Shop, more: dict[str, str], code: str) -> None:
    assert code_of(given, shop, **{"amount": "30.00", **more}) == (code, int(UsageError.exit))
    assert list_credits(shop) == []


def test_a_wrong_code_gets_no_suggestion(shop: Shop) -> None:
    code = given(shop)["credit"]
    wrong = code[:-1] + ("0" if code[-1] != "0" else "1")
    assert code_of(show_credit, shop, wrong) == ("E-CREDIT-MISTYPED", 5)
    assert code_of(show_credit, shop, "CR-00000-00000-00000") == ("E-CREDIT-UNKNOWN", 5)
    with pytest.raises(NotFoundError) as caught:
        show_credit(shop, wrong)
    assert code[3:8] not in str(caught.value.hint)


def test_the_journal_holds_no_code(shop: Shop) -> None:
    code = given(shop)["credit"]
    redeem_credit(shop, code, "1.00")
    with shop.open_store(read_only=True) as store:
        rows = store.connection.execute(
            "SELECT j.key || j.body_hash || p.account || p.order_ref FROM journal j "
            "JOIN posting p ON p.seq = j.seq"
        ).fetchall()
    assert rows
    assert not any(part in row[0] for row in rows for part in code.split("-")[1:])


def test_a_confirmed_refund_to_store_credit_becomes_a_credit(shop: Shop) -> None:
    refund = refunded(shop)
    assert (refund["tender"], refund["state"], refund["amount"]) == (
        "store_credit",
        "submitted",
        "29.05",
    )
    assert list_credits(shop) == []
    confirmed = confirm_refund(shop, str(refund["refund"]))
    found = show_credit(shop, str(confirmed["reference"]))
    assert (found["balance"], found["refund"]) == ("29.05", refund["refund"])
    assert confirm_refund(shop, str(refund["refund"]))["replayed"] is True
    assert len(list_credits(shop)) == 1
    # what is paid in store credit is held now: nothing is left on the way
    assert balances(shop)["paid:store_credit"] == "0.00"
    assert balances(shop)["credit:held"] == "-29.05"
    assert is_sound(shop)


def test_a_reference_says_that_it_was_issued_elsewhere(shop: Shop) -> None:
    refund = refunded(shop)
    assert confirm_refund(shop, str(refund["refund"]), "gift_17")["reference"] == "gift_17"
    assert list_credits(shop) == []


@pytest.mark.parametrize(("days", "last"), [("365", "2027-03-20"), (None, None)])
def test_the_policy_says_how_long_a_credit_of_a_refund_lives(
    tmp_path: Path, days: str | None, last: str | None
) -> None:
    terms = f"  store_credit: {{expires_days: {days}}}\n" if days else ""
    policy = POLICY.replace("  inspection:\n", terms + "  inspection:\n")
    shop = small_shop(tmp_path, policy=policy)
    code = confirm_refund(shop, str(refunded(shop)["refund"]))["reference"]
    assert show_credit(shop, str(code))["expires_on"] == last


def test_a_reversed_refund_takes_its_credit_back_while_it_is_whole(shop: Shop) -> None:
    refund = str(refunded(shop)["refund"])
    code = str(confirm_refund(shop, refund)["reference"])
    redeem_credit(shop, code, "0.01")
    assert code_of(reverse_refund, shop, refund, "by mistake") == ("E-CREDIT-SPENT", 6)
    assert show_credit(shop, code)["balance"] == "29.04"


def test_what_was_taken_back_cannot_be_spent(shop: Shop) -> None:
    refund = str(refunded(shop)["refund"])
    code = str(confirm_refund(shop, refund)["reference"])
    assert reverse_refund(shop, refund, "by mistake")["state"] == "reversed"
    assert show_credit(shop, code)["state"] == "reversed"
    assert code_of(redeem_credit, shop, code) == ("E-CREDIT-SPENT", 6)
    assert set(balances(shop).values()) == {"0.00"}
    assert is_sound(shop)


def test_a_dry_run_gives_and_takes_nothing(shop: Shop) -> None:
    code = given(shop)["credit"]
    rehearsal = Shop(shop.folder, shop.actor, shop.as_of_text, dry_run=True)
    given(rehearsal)
    assert redeem_credit(rehearsal, code)["balance"] == "0.00"
    assert [one["balance"] for one in list_credits(shop)] == ["30.00"]


def test_above_the_limit_a_second_person_agrees(tmp_path: Path) -> None:
    shop = small_shop(tmp_path, settings=SETTINGS + "four_eyes_above: 25.00\n")
    assert given(shop, "25.00")["approved_by"] is None
    assert code_of(given, shop, "25.01") == ("E-FOUR-EYES", int(ConflictError.exit))
    assert code_of(given, shop, "25.01", approved_by=shop.actor) == ("E-FOUR-EYES", 6)
    assert code_of(given, shop, "1.00", currency="EUR") == ("E-FOUR-EYES", 6)
    assert given(shop, "25.01", approved_by="bob")["approved_by"] == "bob"
