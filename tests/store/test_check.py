from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from returns_cli.store.check import check_store
from returns_cli.store.facts import FACTS
from tests.store.desk import Desk
from tests.store.test_journal import as_owner


def codes(desk: Desk) -> list[str]:
    """Codes of the problems that a check finds, in its order."""
    return [one.code for one in check_store(desk.store).problems]


def test_a_busy_store_is_sound(busy: Desk) -> None:
    report = check_store(busy.store)
    assert (report.ok, report.entries, report.problems) == (True, 5, ())
    assert len(report.head) == 64


TAMPERING = [
    pytest.param("UPDATE receipt SET quantity = 3", ["E-CHECK-SEAL", "E-CHECK-I1"], id="receipt"),
    pytest.param(
        "UPDATE authorization SET quantity = 1",
        ["E-CHECK-SEAL", "E-CHECK-I1", "E-CHECK-I3"],
        id="authorized",
    ),
    pytest.param("UPDATE inspection SET quantity = -2", ["CHECK constraint"], id="impossible"),
    pytest.param(
        "UPDATE order_line SET shipped_quantity = 1",
        ["E-CHECK-SEAL", "E-CHECK-SEAL", "E-CHECK-I2"],
        id="shipped",
    ),
    pytest.param(
        "UPDATE order_line SET items_minor = 1",
        ["E-CHECK-SEAL", "E-CHECK-SEAL", "E-CHECK-I3", "E-CHECK-I3"],
        id="line",
    ),
    pytest.param(
        "UPDATE orders SET captured_minor = 100 WHERE order_pk = 1",
        ["E-CHECK-SEAL", "E-CHECK-I3"],
        id="order",
    ),
    pytest.param("UPDATE order_person SET email = ''", ["E-CHECK-SEAL"] * 4, id="person"),
    pytest.param(
        "UPDATE order_person SET person_key = '' WHERE order_pk = 2", ["E-CHECK-SEAL"], id="key"
    ),
    pytest.param("UPDATE return_search SET name = '' WHERE return_id = 1", ["E-CHECK-SEAL"]),
    pytest.param(
        "UPDATE refund SET amount_minor = 900 WHERE refund_pk = 1",
        ["E-CHECK-SEAL"] + ["E-CHECK-BALANCE"] * 3 + ["E-CHECK-I5"],
        id="amount",
    ),
    pytest.param(
        "UPDATE refund_component SET amount_minor = 900, n = 2 WHERE refund_pk = 2",
        ["E-CHECK-SEAL", "E-CHECK-BALANCE", "E-CHECK-BALANCE", "E-CHECK-I5"],
        id="component",
    ),
    pytest.param(
        "UPDATE refund_take SET items_minor = 1500",
        ["E-CHECK-SEAL", "E-CHECK-SEAL", "E-CHECK-I3"],
        id="shares",
    ),
    pytest.param(
        "UPDATE refund_take SET units = 2",
        ["E-CHECK-SEAL", "E-CHECK-SEAL", "E-CHECK-I3", "E-CHECK-I3"],
        id="units",
    ),
    pytest.param(
        "DELETE FROM refund_event WHERE refund_pk = 2",
        ["E-CHECK-OMITTED"] + ["E-CHECK-BALANCE"] * 4,
        id="an event is gone",
    ),
    pytest.param("DELETE FROM refund_component", ["E-CHECK-BALANCE"] * 3 + ["E-CHECK-I5"] * 2),
    pytest.param(
        "UPDATE order_payment SET tender = 'original_payment', captured_minor = 1",
        ["E-CHECK-SEAL", "E-CHECK-SEAL", "E-CHECK-I3"],
        id="what a provider paid",
    ),
    pytest.param(
        "UPDATE order_payment SET captured_minor = 999",
        ["E-CHECK-SEAL", "E-CHECK-SEAL", "E-CHECK-I3"],
        id="what a gift card paid",
    ),
    pytest.param(
        "UPDATE refund_origin SET amount_minor = 2001",
        ["E-CHECK-SEAL", "E-CHECK-I3"],
        id="what is given back",
    ),
    pytest.param(
        "UPDATE exchange_move SET amount_minor = 299",
        ["E-CHECK-SEAL"] + ["E-CHECK-BALANCE"] * 3,
        id="what is owed for an exchange",
    ),
    pytest.param(
        "INSERT INTO exchange_move SELECT 9, return_id, order_pk, decision_id, 'paid', -301, '', "
        "2, actor, moved_at, '', seal FROM exchange_move",
        ["E-CHECK-SEAL", "E-CHECK-OMITTED", "E-CHECK-BALANCE", "E-CHECK-I3"]
        + ["E-CHECK-BALANCE"] * 2,
        id="more paid than was owed",
    ),
    pytest.param(
        "DELETE FROM exchange_move",
        ["E-CHECK-OMITTED"] + ["E-CHECK-BALANCE"] * 3,
        id="what was owed is gone",
    ),
    pytest.param(
        "UPDATE policy_text SET text = x'00'", ["E-CHECK-SEAL", "E-CHECK-POLICY"], id="policy"
    ),
    pytest.param(
        "DELETE FROM policy_text", ["E-CHECK-LINK", "E-CHECK-I9"], id="a policy text is gone"
    ),
    pytest.param("UPDATE decision SET body = '{}'", ["E-CHECK-SEAL"] * 2, id="unreadable decision"),
    pytest.param(
        "UPDATE decision SET verdict = 'deny'", ["E-CHECK-SEAL"] * 2, id="another verdict"
    ),
    pytest.param(
        "UPDATE refund SET decision_id = 9",
        ["E-CHECK-LINK"] * 2 + ["E-CHECK-SEAL"] * 2 + ["E-CHECK-I8"] * 2,
        id="a decision that is not there",
    ),
    pytest.param(
        "UPDATE ruling SET kind = 'deny' WHERE ruling_id = 1",
        ["E-CHECK-SEAL", "E-CHECK-I8"],
        id="an override without a reason",
    ),
    pytest.param("UPDATE stock_move SET quantity = 2", ["E-CHECK-SEAL", "E-CHECK-I10"], id="stock"),
    pytest.param(
        "UPDATE unexpected_move SET quantity = 5 WHERE unexpected_move_id = 1",
        ["E-CHECK-SEAL", "E-CHECK-I1"],
        id="more unexpected goods than were found",
    ),
    pytest.param(
        "UPDATE stock_export SET replaces = NULL",
        ["E-CHECK-SEAL", "E-CHECK-I10"],
        id="stock that was exported twice",
    ),
    pytest.param(
        "UPDATE authorization SET quantity = 3",
        ["E-CHECK-SEAL", "E-CHECK-I1", "E-CHECK-I2"],
        id="more than was shipped",
    ),
    pytest.param("UPDATE product SET hazmat = 1", ["E-CHECK-SEAL"], id="product"),
    pytest.param("UPDATE customer SET tier = 'lead'", ["E-CHECK-SEAL"], id="customer"),
    pytest.param(
        "UPDATE external_refund SET amount_minor = 9999 WHERE external_refund_id = 1",
        ["E-CHECK-SEAL"],
        id="outside",
    ),
    pytest.param(
        "UPDATE source_refund SET refunded_at = '2026-03-06'",
        ["E-CHECK-SEAL", "E-CHECK-SEAL"],
        id="what the source names",
    ),
    pytest.param(
        "UPDATE journal SET kind = 'x' WHERE seq = 1", ["E-CHECK-CHAIN"], id="the journal"
    ),
    pytest.param(
        "UPDATE posting SET minor = minor * 2 WHERE seq = 3",
        ["E-CHECK-BALANCE"] * 3 + ["E-CHECK-CHAIN"],
        id="postings that balance",
    ),
]


@pytest.mark.parametrize(("statement", "expected"), TAMPERING)
def test_what_an_owner_changes_is_named(busy: Desk, statement: str, expected: list[str]) -> None:
    rules = _rules(busy.store.path)
    if expected == ["CHECK constraint"]:
        with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
            as_owner(busy.store.path, statement)
        return
    as_owner(busy.store.path, statement, *rules)
    assert codes(busy) == expected


def _rules(path: Path) -> list[str]:
    raw = sqlite3.connect(path)
    rules = [sql for (sql,) in raw.execute("SELECT sql FROM sqlite_schema WHERE type = 'trigger'")]
    raw.close()
    return rules


def test_an_entry_that_no_refund_explains_is_named(busy: Desk) -> None:
    rules = _rules(busy.store.path)
    as_owner(
        busy.store.path,
        "UPDATE refund_event SET journal_seq = NULL, state = 'planned' WHERE journal_seq = 3",
        *rules,
    )
    problems = check_store(busy.store).problems
    assert "Journal entry 3 belongs to no refund." in [one.message for one in problems]


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        pytest.param(
            "DELETE FROM order_change WHERE order_change_id = 2",
            ["order_change 2 is not there: 1 of its numbers have no row."],
            id="one of several, named by no action",
        ),
        pytest.param(
            "DELETE FROM parcel_event",
            ["parcel_event 1 is not there, though action 8 added it."],
            id="the only one of its table",
        ),
        pytest.param(
            "DELETE FROM evidence WHERE evidence_id = 1",
            [
                "evidence 1 is not there: 1 of its numbers have no row.",
                "evidence 1 is not there, though action 13 added it.",
            ],
            id="the first one",
        ),
    ],
)
def test_facts_that_were_taken_out_are_named(busy: Desk, statement: str, said: list[str]) -> None:
    rules = _rules(busy.store.path)
    as_owner(busy.store.path, statement, *rules)
    problems = check_store(busy.store).problems
    assert [one.message for one in problems if one.code == "E-CHECK-OMITTED"] == said


def test_keys_that_were_used_twice_are_named(busy: Desk) -> None:
    rules = _rules(busy.store.path)
    raw = sqlite3.connect(busy.store.path, isolation_level=None)
    raw.execute("PRAGMA writable_schema = ON")
    raw.execute(
        "UPDATE sqlite_schema SET sql = replace(sql, 'key TEXT NOT NULL UNIQUE', 'key TEXT')"
    )
    raw.close()
    del rules
    assert "E-CHECK-RULES" in codes(busy) or "E-CHECK-FILE" in codes(busy)


def test_rules_that_were_dropped_or_added_are_named(busy: Desk) -> None:
    raw = sqlite3.connect(busy.store.path, isolation_level=None)
    raw.execute("DROP TRIGGER receipt_caps")
    raw.execute("CREATE TABLE extra (a)")
    raw.close()
    problems = check_store(busy.store).problems
    assert [(one.code, one.message) for one in problems] == [
        ("E-CHECK-RULES", "The table extra is not as this program makes it."),
        ("E-CHECK-RULES", "The trigger receipt_caps is not as this program makes it."),
    ]


def test_a_store_that_was_loaded_at_once_has_the_same_rules(desk: Desk) -> None:
    from tests.store.desk import order

    desk.orders(order())
    assert codes(desk) == []


def test_problems_of_one_kind_are_capped(desk: Desk) -> None:
    from tests.store.desk import order

    desk.orders(*(order(f"#{number}") for number in range(120)))
    rules = _rules(desk.store.path)
    as_owner(desk.store.path, "UPDATE orders SET country = 'DE'", *rules)
    assert codes(desk) == ["E-CHECK-SEAL"] * 100


def test_the_check_changes_nothing(busy: Desk) -> None:
    before = busy.store.path.read_bytes()
    check_store(busy.store)
    assert busy.store.path.read_bytes() == before


def test_every_sealed_table_has_a_seal_and_orders_have_their_digest() -> None:
    assert {
        "orders",
        "order_line",
        "order_person",
        "return_search",
        "journal",
        "posting",
    }.isdisjoint(FACTS)
