"""What the database itself holds of store credits, whatever program writes."""

from __future__ import annotations

from datetime import date

import pytest

from returns_cli.domain.credit import Credit
from returns_cli.domain.errors import ConflictError, StoreError
from returns_cli.store.check import check_store
from returns_cli.store.credits import NewCredit, issue_credit, list_credits, move_credit, new_code
from returns_cli.store.facts import Value, add_fact
from tests.store.desk import AT, Desk
from tests.store.test_journal import as_owner

LAST = date.fromisoformat(AT[:10])


def issued(desk: Desk, minor: int = 1000, **more: object) -> Credit:
    new = NewCredit(new_code(desk.store, "one"), minor, "USD", LAST, "ann", AT)
    with desk.store.writing():
        return issue_credit(desk.store, new._replace(**more))  # type: ignore[arg-type]  # fields by name


def moved(desk: Desk, credit: Credit, kind: str, minor: int, at: str = AT) -> Credit:
    with desk.store.writing():
        return move_credit(desk.store, credit, kind, minor, actor="ann", at=at)


def test_no_program_takes_more_than_a_credit_holds(desk: Desk) -> None:
    credit = moved(desk, issued(desk), "redeemed", -999)
    for kind in ("redeemed", "expired", "reversed"):
        with pytest.raises(ConflictError) as caught:
            moved(desk, credit, kind, -2)
        assert caught.value.code == "E-CREDIT-SPENT"
    assert list_credits(desk.store)[0].balance_minor == 1


def test_no_program_spends_after_the_last_day(desk: Desk) -> None:
    credit = issued(desk)
    with pytest.raises(ConflictError) as caught:
        moved(desk, credit, "redeemed", -1, "2027-01-01T00:00:00+00:00")
    assert caught.value.code == "E-CREDIT-EXPIRED"
    assert moved(desk, credit, "redeemed", -1).balance_minor == 999


def test_a_credit_is_issued_once(desk: Desk) -> None:
    credit = issued(desk)
    with pytest.raises(StoreError, match="issued once"):
        moved(desk, credit, "issued", 5)


@pytest.mark.parametrize("refund", [1, 2])
def test_a_credit_pays_only_a_confirmed_refund_to_store_credit(busy: Desk, refund: int) -> None:
    row = busy.store.connection.execute(
        "SELECT refund_id FROM refund WHERE refund_pk = ?", (refund,)
    ).fetchone()
    with pytest.raises(StoreError, match="pays a confirmed refund"):
        issued(busy, refund_id=row[0])


def test_a_move_without_its_entry_in_the_journal_is_refused(desk: Desk) -> None:
    credit = issued(desk)
    row: dict[str, Value] = {
        "credit_id": credit.credit_id,
        "kind": "redeemed",
        "amount_minor": -5,
        "reference": "",
        "journal_seq": 7,
        "actor": "ann",
        "moved_at": AT,
        "why": "",
    }
    with pytest.raises(StoreError, match="carries its amount"), desk.store.writing():
        add_fact(desk.store.connection, "credit_move", row)


@pytest.mark.parametrize(
    ("statement", "codes"),
    [
        pytest.param(
            "UPDATE posting SET minor = minor * 2 WHERE seq = 1",
            {"E-CHECK-BALANCE", "E-CHECK-CHAIN"},
            id="an entry says another amount",
        ),
        pytest.param(
            "UPDATE credit_move SET amount_minor = -1001 WHERE kind = 'redeemed'",
            {"E-CHECK-SEAL", "E-CHECK-BALANCE", "E-CHECK-I3"},
            id="more was taken than it held",
        ),
        pytest.param(
            "DELETE FROM credit_move WHERE kind = 'redeemed'",
            {"E-CHECK-OMITTED", "E-CHECK-BALANCE"},
            id="an entry without its move",
        ),
        pytest.param(
            "UPDATE credit SET expires_on = '2099-01-01'", {"E-CHECK-SEAL"}, id="another last day"
        ),
    ],
)
def test_what_an_owner_changes_is_named(desk: Desk, statement: str, codes: set[str]) -> None:
    moved(desk, issued(desk), "redeemed", -1000)
    assert check_store(desk.store).ok
    as_owner(desk.store.path, statement)
    found = {one.code for one in check_store(desk.store).problems}
    assert found - {"E-CHECK-RULES"} == codes  # every trigger is gone, too
