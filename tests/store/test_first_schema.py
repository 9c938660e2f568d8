"""The rules of the store, tried by another program: plain SQLite without any setting of ours."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import nullcontext

import pytest

from returns_cli.domain.errors import ConflictError
from returns_cli.domain.model import Payment
from returns_cli.store import (
    action_schema,
    evidence_schema,
    exchange_schema,
    goods_schema,
    parcel_schema,
    payment_schema,
    run_schema,
    source_refund_schema,
    statement_schema,
    suppression_schema,
)
from returns_cli.store.facts import FACTS, NUMBERED
from returns_cli.store.first_schema import APPEND_ONLY as FIRST
from returns_cli.store.payments import add_payments
from tests.store.desk import AT, Desk

APPEND_ONLY = (
    *(entry for entry in FIRST if entry[0] != "order_tender"),
    *payment_schema.APPEND_ONLY,
    *source_refund_schema.APPEND_ONLY,
    *parcel_schema.APPEND_ONLY,
    *run_schema.APPEND_ONLY,
    *suppression_schema.APPEND_ONLY,
    *goods_schema.APPEND_ONLY,
    *exchange_schema.APPEND_ONLY,
    *statement_schema.APPEND_ONLY,
    *action_schema.APPEND_ONLY,
    *evidence_schema.APPEND_ONLY,
)
SEAL = b"s" * 16
HASH = "0" * 64


def insert(raw: sqlite3.Connection, table: str, **values: object) -> None:
    """A row as another program writes it: the right columns, any seal."""
    row = {**values, "seal": SEAL} if table in FACTS else values
    names = ", ".join(row)
    raw.execute(
        f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(row))})", tuple(row.values())
    )


def test_the_busy_desk_has_a_row_in_every_table_of_facts(raw: sqlite3.Connection) -> None:
    empty = [
        table
        for table in {*FACTS, *(name for name, _ in APPEND_ONLY)}
        if raw.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
    ]
    assert empty == []


@pytest.mark.parametrize("table", [name for name, _ in APPEND_ONLY])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {table} SET {column} = {column}",
        "DELETE FROM {table}",
        "INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
        "INSERT INTO {table} SELECT * FROM {table}",
        "UPDATE OR IGNORE {table} SET {column} = {column}",
        "INSERT OR IGNORE INTO {table} SELECT * FROM {table}",
    ],
)
def test_a_fact_is_never_changed_deleted_or_replaced(
    raw: sqlite3.Connection, table: str, statement: str
) -> None:
    before = raw.execute(f"SELECT * FROM {table}").fetchall()
    column = raw.execute(f"SELECT name FROM pragma_table_info('{table}')").fetchone()[0]
    with pytest.raises(sqlite3.IntegrityError, match=r"^E-"):
        raw.execute(statement.format(table=table, column=column))
    assert raw.execute(f"SELECT * FROM {table}").fetchall() == before


@pytest.mark.parametrize(
    ("table", "column"),
    [
        (table, column)
        for table, keys in APPEND_ONLY
        for key in keys[1:]
        for column in key
        if len(key) == 1
    ],
)
def test_a_second_key_is_not_replaced_under_another_number(
    raw: sqlite3.Connection, table: str, column: str
) -> None:
    names = [row[0] for row in raw.execute(f"SELECT name FROM pragma_table_info('{table}')")]
    first = names[0]
    picked = ", ".join(f"{name} + 1000" if name == first else name for name in names)
    if table == "refund_reference":
        picked = ", ".join("'other'" if name == "reference" else name for name in names)
    if table == "stock_move":
        picked = picked.replace("stock_move_id + 1000", "1000")
    with pytest.raises(sqlite3.IntegrityError, match=r"^E-"):
        raw.execute(
            f"INSERT OR REPLACE INTO {table} SELECT {picked} FROM {table} WHERE {column} NOTNULL"
        )


def test_the_columns_that_are_sealed_are_those_of_the_schema(raw: sqlite3.Connection) -> None:
    for table, columns in FACTS.items():
        names = [row[0] for row in raw.execute(f"SELECT name FROM pragma_table_info('{table}')")]
        assert sorted(names) == sorted([*columns, "seal"]), table
        if table in NUMBERED:
            assert names[0] == columns[0]


def test_money_is_an_integer_everywhere(raw: sqlite3.Connection) -> None:
    loose = raw.execute(
        "SELECT m.name, c.name FROM sqlite_schema m, pragma_table_info(m.name) c "
        "WHERE m.type = 'table' AND c.name LIKE '%minor' AND c.type <> 'INTEGER'"
    ).fetchall()
    assert loose == []
    with pytest.raises(sqlite3.IntegrityError, match="cannot store REAL"):
        raw.execute("UPDATE orders SET total_minor = 10.5")


# One return of line 1, two units of two: all authorized, received and inspected, one put away.
CUSTODY: list[tuple[str, Mapping[str, object], str]] = [
    ("authorization", {"quantity": 1, "cause": "approval", "why": ""}, "E-OVER-AUTHORIZED"),
    ("authorization", {"quantity": -1, "cause": "cancel", "why": ""}, "E-UNITS-HELD"),
    ("receipt", {"quantity": 1}, "E-OVER-RECEIVED"),
    ("receipt", {"quantity": -1, "corrects": 1}, "E-UNITS-HELD"),
    ("inspection", {"quantity": 1, "grade": "new"}, "E-OVER-INSPECTED"),
    ("inspection", {"quantity": -2, "grade": "new", "corrects": 1}, "E-UNITS-HELD"),
    ("disposal", {"quantity": 2, "disposition": "scrap"}, "E-OVER-DISPOSED"),
    ("disposal", {"quantity": -2, "disposition": "scrap", "corrects": 1}, "E-UNITS-HELD"),
    ("disposal", {"quantity": -1, "disposition": "scrap", "corrects": 99}, "E-UNITS-HELD"),
    ("disposal", {"quantity": -1, "disposition": "scrap"}, "CHECK"),
    ("receipt", {"quantity": 0}, "CHECK"),
]


@pytest.mark.parametrize(("table", "values", "code"), CUSTODY)
def test_units_go_no_further_than_the_step_before(
    raw: sqlite3.Connection, table: str, values: Mapping[str, object], code: str
) -> None:
    rest = {
        "authorization": {"authorized_at": AT},
        "receipt": {"received_at": AT},
        "inspection": {"inspected_at": AT, "disposition": "restock", "note": ""},
        "disposal": {"disposed_at": AT, "location": ""},
    }[table]
    common = {"return_id": 1, "order_pk": 1, "line": 1, "actor": "x"}
    with pytest.raises(sqlite3.IntegrityError, match=code):
        insert(raw, table, **{**common, **rest, **values})


def test_no_more_comes_back_than_was_shipped_over_all_returns(
    busy: Desk, raw: sqlite3.Connection
) -> None:
    second = busy.open({1: 1}, key="k3")
    with pytest.raises(sqlite3.IntegrityError, match="E-OVER-SHIPPED"):
        insert(
            raw,
            "authorization",
            return_id=second,
            order_pk=1,
            line=1,
            quantity=1,
            cause="approval",
            authorized_at=AT,
            actor="x",
            why="",
        )


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        pytest.param(
            "UPDATE order_line SET shipped_quantity = 1 WHERE order_pk = 1",
            "E-OVER-SHIPPED",
            id="shipped below what may come back",
        ),
        pytest.param(
            "UPDATE order_line SET items_minor = 1999 WHERE order_pk = 1",
            "E-OVER-REFUNDED",
            id="a line below what was refunded for it",
        ),
        pytest.param(
            "UPDATE orders SET captured_minor = 1999 WHERE order_pk = 1",
            "E-OVER-REFUNDED",
            id="an order below what was refunded",
        ),
        pytest.param(
            "UPDATE orders SET currency = 'EUR' WHERE order_pk = 1",
            "E-OVER-REFUNDED",
            id="another currency",
        ),
    ],
)
def test_an_order_keeps_what_was_done_with_it(
    raw: sqlite3.Connection, statement: str, code: str
) -> None:
    with pytest.raises(sqlite3.IntegrityError, match=code):
        raw.execute(statement)


def test_a_line_cannot_take_away_the_shipping_that_was_refunded(desk: Desk) -> None:
    from returns_cli.domain.model import Component
    from tests.store.desk import line, order, refund_of

    desk.orders(order("#1042", line(1), line(2, "CUP")))
    first = desk.approved()
    parts = (Component("original_shipping", None, 100),)
    desk.refund(refund_of(first, 100, components=parts, takes={}))
    with sqlite3.connect(desk.store.path) as raw:
        for statement in (
            "DELETE FROM order_line WHERE line = 2",
            "UPDATE order_line SET shipping_minor = 0 WHERE line = 2",
        ):
            with pytest.raises(sqlite3.IntegrityError, match="E-OVER-REFUNDED"):
                raw.execute(statement)
    raw.close()


def test_an_entry_of_the_journal_is_whole_balanced_and_next(raw: sqlite3.Connection) -> None:
    head, last = raw.execute("SELECT hash, seq FROM journal ORDER BY seq DESC").fetchone()

    def entry(seq: int, postings: list[tuple[str, int]], **other: object) -> None:
        raw.execute("BEGIN")
        try:
            for n, (currency, minor) in enumerate(postings, 1):
                place = {"seq": seq, "n": n, "account": "a", "order_ref": ""}
                insert(raw, "posting", **place, currency=currency, minor=minor)
            values: dict[str, object] = {
                "seq": seq,
                "kind": "x",
                "key": "new",
                "body_hash": HASH,
                "actor": "x",
                "business_date": "2026-03-10",
                "recorded_at": AT,
                "prev_hash": head,
                "hash": "f" * 64,
                **other,
            }
            insert(raw, "journal", **values)
        finally:
            raw.execute("ROLLBACK")

    (taken,) = raw.execute("SELECT key FROM journal").fetchone()
    balanced = [("USD", 5), ("USD", -5)]
    entry(last + 1, balanced)
    for seq, postings, other, why in (
        (last + 2, balanced, {}, "without gaps"),
        (last + 1, [("USD", 5), ("EUR", -5)], {}, "sums to zero"),
        (last + 1, [("USD", 5), ("USD", -4)], {}, "sums to zero"),
        (last + 1, [], {}, "at least two postings"),
        (last + 1, [("USD", 0)], {}, "CHECK"),
        (last + 1, balanced, {"prev_hash": HASH}, "continues the chain"),
        (last, balanced, {}, "E-STORE-RULE"),
        (last + 1, balanced, {"key": taken}, "never replaced"),
    ):
        with pytest.raises(sqlite3.IntegrityError, match=why):
            entry(seq, postings, **other)


def test_postings_without_an_entry_are_not_kept(raw: sqlite3.Connection) -> None:
    raw.execute("PRAGMA foreign_keys = ON")
    raw.execute("BEGIN")
    insert(raw, "posting", seq=99, n=1, account="a", order_ref="", currency="USD", minor=1)
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        raw.execute("COMMIT")
    raw.execute("ROLLBACK")


@pytest.mark.parametrize(
    ("table", "values"),
    [
        ("return_line", {"return_id": 1, "revision": 1, "line": 9, "n": 9, "order_pk": 1}),
        ("decision_line", {"decision_id": 1, "n": 9, "line": 9}),
        ("ruling_line", {"ruling_id": 1, "line": 9}),
        ("refund_component", {"refund_pk": 1, "n": 9, "kind": "goodwill"}),
        ("refund_take", {"refund_pk": 1, "line": 9}),
    ],
)
def test_nothing_joins_what_is_recorded(
    raw: sqlite3.Connection, table: str, values: Mapping[str, object]
) -> None:
    names = [name for (name,) in raw.execute(f"SELECT name FROM pragma_table_info('{table}')")]
    row = dict(zip(names, raw.execute(f"SELECT * FROM {table}").fetchone(), strict=True))
    row.pop("seal")
    with pytest.raises(sqlite3.IntegrityError, match=r"(cannot|can) join"):
        insert(raw, table, **{**row, **values})


@pytest.mark.parametrize(
    ("revision", "why"),
    [
        pytest.param(3, "without gaps", id="a gap"),
        pytest.param(2, "at least one line", id="no lines"),
    ],
)
def test_a_revision_is_the_next_one_and_asks_for_something(
    raw: sqlite3.Connection, revision: int, why: str
) -> None:
    with pytest.raises(sqlite3.IntegrityError, match=why):
        insert(raw, "return_revision", return_id=1, revision=revision, actor="x", revised_at=AT)


def test_a_revision_cannot_ask_for_less_than_is_authorized(raw: sqlite3.Connection) -> None:
    insert(
        raw,
        "return_line",
        return_id=1,
        revision=2,
        line=1,
        n=1,
        order_pk=1,
        quantity=1,
        reason="other",
        resolution="refund",
        photos=0,
        answers="{}",
        exchange_sku="",
    )
    with pytest.raises(sqlite3.IntegrityError, match="E-OVER-AUTHORIZED"):
        insert(raw, "return_revision", return_id=1, revision=2, actor="x", revised_at=AT)


DECISION = {
    "return_id": 1,
    "revision": 1,
    "as_of": AT,
    "verdict": "approve",
    "label_kind": "none",
    "digest": HASH,
    "body": "{}",
    "actor": "x",
}


def test_a_decision_judges_the_latest_revision_line_by_line(raw: sqlite3.Connection) -> None:
    for values, why in (({"revision": 2}, "latest revision"), ({}, "at least one line")):
        with pytest.raises(sqlite3.IntegrityError, match=why):
            insert(raw, "decision", **{**DECISION, **values})


def test_a_decision_cites_a_policy_text_that_is_kept(raw: sqlite3.Connection) -> None:
    raw.execute("PRAGMA foreign_keys = ON")
    names = [name for (name,) in raw.execute("SELECT name FROM pragma_table_info('decision_line')")]
    picked = ", ".join("99" if name == "decision_id" else name for name in names)
    raw.execute("BEGIN")
    raw.execute(f"INSERT INTO decision_line SELECT {picked} FROM decision_line")
    policy = {"policy_id": "x", "policy_sha256": "f" * 64}
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        insert(raw, "decision", **{**DECISION, **policy, "decision_id": 99})
    raw.execute("ROLLBACK")


REFUND = {
    "refund_pk": 9,
    "refund_id": "RF-0000012",
    "return_id": 1,
    "order_pk": 1,
    "decision_id": 1,
    "key": "raw",
    "body_hash": HASH,
    "amount_minor": 10,
    "currency": "USD",
    "tender": "original_payment",
    "actor": "x",
    "recorded_at": AT,
}


@pytest.mark.parametrize(
    ("values", "line", "code"),
    [
        pytest.param({"amount_minor": 11}, 1, "E-REFUND-SUM", id="another sum"),
        pytest.param({"currency": "EUR"}, 1, "E-REFUND-SUM", id="another currency"),
        pytest.param({"decision_id": 7}, 1, "E-REFUND-DECISION", id="no such decision"),
        pytest.param({"return_id": 2, "order_pk": 2}, 1, "E-REFUND-DECISION", id="of another"),
        pytest.param({}, 2, "E-REFUND-DECISION", id="a line that may not come back"),
        pytest.param({"refund_id": "RF-1"}, 1, "CHECK", id="a number too short"),
    ],
)
def test_a_refund_sums_up_and_cites_its_decision(
    raw: sqlite3.Connection, values: Mapping[str, object], line: int, code: str
) -> None:
    part = {"refund_pk": 9, "n": 1, "kind": "items", "amount_minor": 10, "units": 0}
    insert(raw, "refund_component", **part, line=line)
    with pytest.raises(sqlite3.IntegrityError, match=code):
        insert(raw, "refund", **{**REFUND, **values})


@pytest.mark.parametrize(
    ("kind", "amount", "line"),
    [
        pytest.param("items", -1, 1, id="items below zero"),
        pytest.param("restocking_fee", 1, 1, id="a fee above zero"),
        pytest.param("tip", 1, 1, id="an unknown kind"),
        pytest.param("items", 1, None, id="items of no line"),
    ],
)
def test_a_component_has_its_sign_and_its_line(
    raw: sqlite3.Connection, kind: str, amount: int, line: int | None
) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
        insert(
            raw,
            "refund_component",
            refund_pk=9,
            n=1,
            kind=kind,
            amount_minor=amount,
            units=0,
            line=line,
        )


def _submit(
    raw: sqlite3.Connection, refund: int, payable: int, tender: str = "original_payment"
) -> None:
    """The journal entry and the event that make refund 9 count."""
    head, last = raw.execute("SELECT hash, seq FROM journal ORDER BY seq DESC").fetchone()
    for n, (account, minor) in enumerate(
        [("returns:items", payable), (f"payable:{tender}", -payable)], 1
    ):
        place = {"seq": last + 1, "n": n, "account": account, "order_ref": ""}
        insert(raw, "posting", **place, currency="USD", minor=minor)
    insert(
        raw,
        "journal",
        seq=last + 1,
        kind="refund_submitted",
        key="raw",
        body_hash=HASH,
        actor="x",
        business_date="2026-03-10",
        recorded_at=AT,
        prev_hash=head,
        hash="f" * 64,
    )
    insert(
        raw,
        "refund_event",
        refund_pk=refund,
        state="submitted",
        journal_seq=last + 1,
        actor="x",
        moved_at=AT,
        why="",
    )


# Paid: 20.00 items, 1.00 tax on top, 0.50 shipping; refunded so far: 2 units, 20.00 items.
@pytest.mark.parametrize(
    ("kind", "amount", "take", "payable", "why"),
    [
        pytest.param("items", 1, {}, 1, "order line", id="a cent more of the items"),
        pytest.param("tax", 101, {}, 101, "order line", id="more tax than was paid"),
        pytest.param("original_shipping", 51, {}, 51, "order line", id="more shipping"),
        pytest.param("tax", 10, {"units": 1}, 10, "may come back", id="a third unit of two"),
        pytest.param("tax", 10, {"items_minor": 1}, 10, "order line", id="a base share too many"),
        pytest.param("tax", 10, {"tax_minor": 101}, 10, "order line", id="too much of the tax"),
        pytest.param("tax", 10, {"shipping_minor": 51}, 10, "order line", id="of the shipping"),
        pytest.param("tax", 10, {}, 9, "carries its amount", id="an entry of another amount"),
    ],
)
def test_no_program_refunds_more_than_was_paid(
    raw: sqlite3.Connection,
    kind: str,
    amount: int,
    take: Mapping[str, int],
    payable: int,
    why: str,
) -> None:
    part = {"refund_pk": 9, "n": 1, "kind": kind, "amount_minor": amount, "units": 0, "line": 1}
    insert(raw, "refund_component", **part)
    if take:
        nothing = {"units": 0, "items_minor": 0, "tax_minor": 0, "shipping_minor": 0}
        insert(raw, "refund_take", refund_pk=9, line=1, **{**nothing, **take})
    insert(raw, "refund", **{**REFUND, "amount_minor": amount})
    with pytest.raises(sqlite3.IntegrityError, match=why):
        _submit(raw, 9, payable)


def test_what_is_left_may_still_be_refunded_by_another_program(raw: sqlite3.Connection) -> None:
    part = {"refund_pk": 9, "n": 1, "amount_minor": 100, "units": 0, "line": 1}
    insert(raw, "refund_component", **part, kind="tax")
    insert(raw, "refund", **{**REFUND, "amount_minor": 100})
    _submit(raw, 9, 100)
    assert raw.execute("SELECT count(*) FROM live_refund").fetchone() == (3,)


def test_the_order_caps_what_its_lines_would_allow(busy: Desk) -> None:
    with sqlite3.connect(busy.store.path) as raw:
        raw.execute("UPDATE orders SET captured_minor = 2050 WHERE order_pk = 1")
        part = {"refund_pk": 9, "n": 1, "amount_minor": 100, "units": 0, "line": 1}
        insert(raw, "refund_component", **part, kind="tax")
        insert(raw, "refund", **{**REFUND, "amount_minor": 100})
        with pytest.raises(sqlite3.IntegrityError, match="for the order"):
            _submit(raw, 9, 100)
    raw.close()


def test_bonus_and_goodwill_are_given_beyond_the_cap(raw: sqlite3.Connection) -> None:
    for n, kind in enumerate(("bonus_credit", "goodwill"), 1):
        insert(raw, "refund_component", refund_pk=9, n=n, kind=kind, amount_minor=5000, units=0)
    insert(raw, "refund", **{**REFUND, "amount_minor": 10_000})
    _submit(raw, 9, 10_000)


# Order 1 was paid with a gift card of 20.00, of which a refund of 10.00 gives back 10.00; another
# refund of 10.00 says nothing of what it gives back.
@pytest.mark.parametrize(
    ("captured", "tender", "origins", "kind", "is_over"),
    [
        pytest.param(2000, "gift_card", {"gift_card": 100}, "tax", False, id="within what it paid"),
        pytest.param(1099, "gift_card", {"gift_card": 100}, "tax", True, id="a cent too much"),
        pytest.param(1099, "store_credit", {"gift_card": 100}, "tax", True, id="by another way"),
        pytest.param(1099, "gift_card", {}, "tax", False, id="a new card, by choice"),
        pytest.param(1099, "gift_card", {}, "goodwill", False, id="goodwill is on top"),
    ],
)
def test_a_means_of_payment_gets_back_no_more_than_it_paid(
    busy: Desk, captured: int, tender: str, origins: Mapping[str, int], kind: str, is_over: bool
) -> None:
    _paid_again(busy, Payment("gift_card", "Gift card", captured))
    with sqlite3.connect(busy.store.path) as raw:
        part = {"refund_pk": 9, "n": 1, "amount_minor": 100, "units": 0, "line": 1}
        insert(raw, "refund_component", **part, kind=kind)
        for name, minor in origins.items():
            insert(raw, "refund_origin", refund_pk=9, tender=name, amount_minor=minor)
        insert(raw, "refund", **{**REFUND, "amount_minor": 100, "tender": tender})
        over = pytest.raises(sqlite3.IntegrityError, match="means of payment")
        with over if is_over else nullcontext():
            _submit(raw, 9, 100, tender)
    raw.close()


def test_a_provider_gets_no_more_by_name_than_it_took(busy: Desk) -> None:
    # 20.00 went to original_payment before anybody knew what had paid the order
    with pytest.raises(ConflictError, match="means of payment"):
        _paid_again(busy, Payment("original_payment", "Visa", 1999))
    _paid_again(busy, Payment("original_payment", "Visa", 2000))
    with sqlite3.connect(busy.store.path) as raw:
        part = {"refund_pk": 9, "n": 1, "amount_minor": 100, "units": 0, "line": 1}
        insert(raw, "refund_component", **part, kind="tax")
        insert(raw, "refund", **{**REFUND, "amount_minor": 100})
        with pytest.raises(sqlite3.IntegrityError, match="means of payment"):
            _submit(raw, 9, 100)
    raw.close()


def test_a_refund_gives_back_no_more_than_it_pays(raw: sqlite3.Connection) -> None:
    insert(raw, "refund_component", refund_pk=9, n=1, kind="goodwill", amount_minor=99, units=0)
    insert(raw, "refund_origin", refund_pk=9, tender="gift_card", amount_minor=100)
    with pytest.raises(sqlite3.IntegrityError, match="no more than it pays"):
        insert(raw, "refund", **{**REFUND, "amount_minor": 99})
    with pytest.raises(sqlite3.IntegrityError, match="already recorded"):
        insert(raw, "refund_origin", refund_pk=1, tender="paypal", amount_minor=1)


def _paid_again(busy: Desk, *payments: Payment) -> None:
    with busy.store.writing():
        add_payments(busy.store.connection, 1, payments, 1, AT)


def test_a_reference_belongs_to_one_refund_of_its_tender(raw: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="E-REFERENCE-USED"):
        insert(raw, "refund_reference", tender="original_payment", reference="ch_1", refund_pk=2)
    with pytest.raises(sqlite3.IntegrityError, match="means of its refund"):
        insert(raw, "refund_reference", tender="gift_card", reference="ch_2", refund_pk=2)


def test_a_stock_move_repeats_its_disposal_once(raw: sqlite3.Connection) -> None:
    raw.execute("PRAGMA foreign_keys = ON")
    move = {"sku": "MUG", "disposition": "restock", "location": "", "moved_at": AT, "actor": "x"}
    with pytest.raises(sqlite3.IntegrityError, match="E-STORE-RULE"):
        insert(raw, "stock_move", disposal_id=1, quantity=1, **move)
    with pytest.raises(sqlite3.IntegrityError, match="repeats the units"):
        insert(raw, "stock_move", disposal_id=99, quantity=1, **move)


def test_an_override_says_why(raw: sqlite3.Connection) -> None:
    ruling = {"return_id": 1, "ruled_at": AT, "actor": "x", "codes": "[]"}
    with pytest.raises(sqlite3.IntegrityError, match="E-WHY-MISSING"):
        insert(raw, "ruling", **ruling, kind="deny", why="")
    insert(raw, "ruling", **ruling, kind="deny", why="the goods are not ours")
    with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
        insert(raw, "ruling", **{**ruling, "actor": ""}, kind="deny", why="nobody says so")
