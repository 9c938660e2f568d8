from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from returns_cli.domain.bookkeeping.entries import Entry, Leg
from returns_cli.domain.errors import StoreError
from returns_cli.store.journal import (
    GENESIS,
    Anchor,
    Balance,
    NewEntry,
    Posting,
    append_entry,
    balances,
    entry_hash,
    journal_entries,
    journal_head,
    verify_journal,
)
from tests.store.desk import AT, Desk

VECTORS = json.loads((Path(__file__).parent / "journal_v1.json").read_text(encoding="utf-8"))


def _entry(vector: dict[str, Any]) -> NewEntry:
    names = "kind key body_hash actor business_on recorded_at policy_sha256".split()
    postings = tuple(Posting(*one) for one in vector["postings"])
    return NewEntry._make([*(vector[name] for name in names), postings])


def entry(key: str = "a", *amounts: int) -> NewEntry:
    """An entry between two accounts, 5.00 USD unless amounts are given."""
    postings = tuple(
        Posting(f"account:{n}", "", "USD", minor) for n, minor in enumerate(amounts or (500, -500))
    )
    return NewEntry("test", key, "b" * 64, "ben", "2026-03-10", AT, None, postings)


@pytest.mark.parametrize("vector", VECTORS["entries"], ids=lambda one: one["key"])
def test_the_golden_vectors_hold(vector: dict[str, Any]) -> None:
    assert entry_hash(vector["seq"], _entry(vector), vector["prev_hash"]) == vector["hash"]


def test_the_golden_chain_verifies_in_a_store(desk: Desk) -> None:
    with desk.store.writing():
        for vector in VECTORS["entries"]:
            assert append_entry(desk.store, _entry(vector)) == vector["seq"]
    head = VECTORS["entries"][-1]["hash"]
    assert journal_head(desk.store) == (3, head)
    report = verify_journal(desk.store)
    assert (report.ok, report.entries, report.head, report.problems) == (True, 3, head, ())


def test_an_empty_journal_is_sound(desk: Desk) -> None:
    assert journal_head(desk.store) == (0, GENESIS)
    assert verify_journal(desk.store).ok
    assert verify_journal(desk.store, Anchor(0, GENESIS)).ok


def test_accounts_are_summed_by_currency(desk: Desk) -> None:
    euro = Posting("account:0", "", "EUR", 7), Posting("account:9", "", "EUR", -7)
    with desk.store.writing():
        append_entry(desk.store, entry("a"))
        append_entry(desk.store, entry("b", 200, -200))
        append_entry(desk.store, entry("c")._replace(postings=euro))
    assert balances(desk.store) == [
        Balance("account:0", "EUR", 7),
        Balance("account:0", "USD", 700),
        Balance("account:1", "USD", -700),
        Balance("account:9", "EUR", -7),
    ]


@pytest.mark.parametrize(
    "bad",
    [
        pytest.param(entry("b", 500, -499), id="does not balance"),
        pytest.param(entry("b", 500), id="one posting"),
        pytest.param(entry("a"), id="a key that is taken"),
        pytest.param(entry("b")._replace(business_on="10.03.2026"), id="no day"),
    ],
)
def test_an_entry_that_breaks_a_rule_is_refused_whole(desk: Desk, bad: NewEntry) -> None:
    with desk.store.writing():
        append_entry(desk.store, entry("a"))
    with pytest.raises(StoreError), desk.store.writing():
        append_entry(desk.store, bad)
    assert journal_head(desk.store)[0] == 1
    assert verify_journal(desk.store).ok


TAMPERING = [
    pytest.param("UPDATE journal SET actor = 'eve' WHERE seq = 2", "E-CHECK-CHAIN", 2, id="actor"),
    pytest.param(
        "UPDATE journal SET policy_sha256 = NULL WHERE seq = 2", "E-CHECK-CHAIN", 2, id="policy"
    ),
    pytest.param(
        "UPDATE posting SET account = 'x' WHERE seq = 3 AND n = 1", "E-CHECK-CHAIN", 3, id="account"
    ),
    pytest.param(
        "UPDATE posting SET minor = minor + 1 WHERE seq = 1 AND n = 1",
        "E-CHECK-CHAIN",
        1,
        id="a cent more",
    ),
    pytest.param("DELETE FROM posting WHERE seq = 2", "E-CHECK-CHAIN", 2, id="no postings"),
    pytest.param("UPDATE journal SET seq = 7 WHERE seq = 3", "E-CHECK-SEQ", 7, id="a gap"),
    pytest.param(
        "UPDATE journal SET prev_hash = hash WHERE seq = 3", "E-CHECK-CHAIN", 3, id="chain"
    ),
    pytest.param("DELETE FROM journal WHERE seq = 1", "E-CHECK-SEQ", 2, id="the first is gone"),
]


@pytest.mark.parametrize(("statement", "code", "seq"), TAMPERING)
def test_every_change_by_an_owner_shows_at_its_entry(
    desk: Desk, statement: str, code: str, seq: int
) -> None:
    with desk.store.writing():
        for key in "abc":
            append_entry(desk.store, entry(key)._replace(policy_sha256="c" * 64))
    as_owner(desk.store.path, statement)
    report = verify_journal(desk.store)
    assert not report.ok
    assert (report.problems[0].code, report.problems[0].value) == (code, str(seq))


def as_owner(path: Path, *statements: str, is_heedless: bool = False) -> None:
    """Change the store as somebody who owns the file can: every trigger dropped first.

    Args:
        is_heedless: what a CHECK forbids is written, too.
    """
    raw = sqlite3.connect(path, isolation_level=None)
    raw.execute(f"PRAGMA ignore_check_constraints = {is_heedless}")
    raw.execute("PRAGMA synchronous = OFF")
    raw.execute("BEGIN")
    for (name,) in raw.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
        raw.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        raw.execute(statement)
    raw.execute("COMMIT")
    raw.close()


def test_an_entry_out_of_balance_is_said_even_with_a_hash_that_fits(desk: Desk) -> None:
    with desk.store.writing():
        append_entry(desk.store, entry())
    crooked = entry("a", 500, -400)
    as_owner(
        desk.store.path,
        "UPDATE posting SET minor = -400 WHERE n = 2",
        f"UPDATE journal SET hash = '{entry_hash(1, crooked, GENESIS)}'",
    )
    assert [one.code for one in verify_journal(desk.store).problems] == ["E-CHECK-BALANCE"]


def test_a_tail_that_was_cut_off_shows_beside_an_anchor_alone(desk: Desk) -> None:
    with desk.store.writing():
        for key in "abc":
            append_entry(desk.store, entry(key))
    anchor = Anchor(*journal_head(desk.store))
    assert verify_journal(desk.store, anchor).ok
    with desk.store.writing():
        append_entry(desk.store, entry("d"))
    assert verify_journal(desk.store, anchor).ok
    as_owner(
        desk.store.path, "DELETE FROM posting WHERE seq > 2", "DELETE FROM journal WHERE seq > 2"
    )
    assert verify_journal(desk.store).ok
    report = verify_journal(desk.store, anchor)
    assert [one.code for one in report.problems] == ["E-CHECK-ANCHOR"]
    assert report.problems[0].message == "3 entries were recorded, 2 are here."


def test_a_journal_that_was_written_anew_shows_beside_an_anchor(desk: Desk) -> None:
    with desk.store.writing():
        append_entry(desk.store, entry("a"))
    report = verify_journal(desk.store, Anchor(1, "f" * 64))
    assert [one.code for one in report.problems] == ["E-CHECK-ANCHOR"]
    assert not verify_journal(desk.store, Anchor(0, "f" * 64)).ok


def test_problems_are_capped(desk: Desk) -> None:
    with desk.store.writing():
        for number in range(102):
            append_entry(desk.store, entry(str(number)))
    as_owner(desk.store.path, "UPDATE journal SET actor = 'eve'")
    report = verify_journal(desk.store)
    assert (len(report.problems), report.entries) == (100, 102)


def test_a_journal_that_cannot_be_read_is_a_problem_not_a_crash(desk: Desk) -> None:
    as_owner(desk.store.path, "DROP TABLE posting")
    report = verify_journal(desk.store)
    assert (report.ok, report.problems[0].code) == (False, "E-CHECK-FILE")


def _problems(desk: Desk, *statements: str, anchor: Anchor | None = None) -> list[Any]:
    with desk.store.writing():
        for key in "abc":
            append_entry(desk.store, entry(key))
    as_owner(desk.store.path, *statements)
    return [
        (one.code, one.message, one.value) for one in verify_journal(desk.store, anchor).problems
    ]


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        pytest.param(
            ["DELETE FROM posting WHERE seq = 2", "DELETE FROM journal WHERE seq = 2"],
            [
                ("E-CHECK-SEQ", "Journal entry 3 follows entry 1.", "3"),
                ("E-CHECK-CHAIN", "Journal entry 3 does not continue the entry before it.", "3"),
            ],
            id="one is gone",
        ),
        pytest.param(
            ["UPDATE journal SET actor = 'eve' WHERE seq = 3"],
            [("E-CHECK-CHAIN", "Journal entry 3 is not what was recorded.", "3")],
            id="one was changed",
        ),
        pytest.param(
            ["UPDATE posting SET minor = 1 WHERE seq = 3 AND n = 1"],
            [
                ("E-CHECK-CHAIN", "Journal entry 3 is not what was recorded.", "3"),
                ("E-CHECK-BALANCE", "Journal entry 3 does not sum to zero.", "3"),
            ],
            id="one does not balance",
        ),
        pytest.param(
            ["DROP TABLE posting"],
            [
                (
                    "E-CHECK-FILE",
                    (
                        "The journal cannot be read: "
                        "The store refused the work: no such table: posting."
                    ),
                    None,
                )
            ],
            id="the postings are gone",
        ),
    ],
)
def test_each_problem_says_its_entry_and_what_is_wrong_with_it(
    desk: Desk, statements: list[str], expected: list[Any]
) -> None:
    assert _problems(desk, *statements) == expected


def test_another_hash_than_was_kept_says_where_to_look_beside_other_problems(desk: Desk) -> None:
    anchor = Anchor(2, "f" * 64)
    found = _problems(desk, "UPDATE journal SET actor = 'eve' WHERE seq = 1", anchor=anchor)
    assert [code for code, _, _ in found] == ["E-CHECK-CHAIN", "E-CHECK-ANCHOR"]
    assert found[1][1] == "Entry 2 has another hash than was kept."
    for kept in (anchor, Anchor(9, "f" * 64)):
        hint = verify_journal(desk.store, kept).problems[-1].hint
        assert hint is not None
        assert hint.startswith("Compare with a backup")


def test_entries_are_read_with_their_postings_in_order(desk: Desk) -> None:
    with desk.store.writing():
        append_entry(desk.store, entry("a"))
        append_entry(desk.store, entry("b", 200, -150, -50))
    heads = [
        hash_ for (hash_,) in desk.store.connection.execute("SELECT hash FROM journal ORDER BY seq")
    ]
    assert list(journal_entries(desk.store)) == [
        Entry(
            1,
            "test",
            "a",
            "ben",
            "2026-03-10",
            AT,
            heads[0],
            (Leg("account:0", "", "USD", 500), Leg("account:1", "", "USD", -500)),
        ),
        Entry(
            2,
            "test",
            "b",
            "ben",
            "2026-03-10",
            AT,
            heads[1],
            (
                Leg("account:0", "", "USD", 200),
                Leg("account:1", "", "USD", -150),
                Leg("account:2", "", "USD", -50),
            ),
        ),
    ]
