"""Writing rows that carry a seal: a digest of the row, so that ``check`` sees a changed bit.

``integrity_check`` looks at the shape of the file alone. The seal is sixteen bytes of SHA-256 over
the table's name and the row's values, length-prefixed. It finds accidents, not an owner's forgery.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from returns_cli.store.canonical import length_prefixed

Value = str | int | bytes | None

# Columns in the order in which they are sealed. The first one numbers the rows of a table in
# NUMBERED. A test compares this list with the schema.
FACTS: dict[str, tuple[str, ...]] = {
    table: tuple(columns.split())
    for table, columns in {
        "meta": "name value",
        "kept_settings": "name source program body",
        "source_file": "file_id sha256 options_hash importer command name actor read_at",
        "source_file_result": "file_id result spans",
        "external_refund": (
            "external_refund_id order_pk line amount_minor source file_id recorded_at"
        ),
        "source_refund": (
            "order_pk revision n line amount_minor refunded_at reference file_id recorded_at"
        ),
        "order_change": (
            "order_change_id order_pk line field old_value new_value kept file_id changed_at"
        ),
        "customer": "customer_pk customer_id email email_key name tier tags language",
        "product": (
            "sku title category brand tags price weight_g gtin personalised perishable "
            "sealed_hygiene digital hazmat serial_required"
        ),
        "policy_text": "sha256 policy_id shown_as text",
        "idempotency_key": "scope key body_hash result",
        "returns": ("return_id rma key kind opened_at requested_at entered_by order_pk actor"),
        "return_revision": "return_id revision actor revised_at",
        "return_line": (
            "return_id revision line n order_pk quantity reason resolution condition photos "
            "answers exchange_sku"
        ),
        "return_note": "return_id revision line text",
        "decision": (
            "decision_id return_id revision policy_id policy_version policy_sha256 as_of verdict "
            "label_kind label_valid_days digest body actor"
        ),
        "decision_line": (
            "decision_id n line sku quantity reason fault resolution verdict codes deadline_on "
            "keep_item"
        ),
        "authorization": (
            "authorization_id return_id order_pk line quantity cause decision_id authorized_at "
            "actor why"
        ),
        "ruling": "ruling_id return_id decision_id kind ruled_at actor why codes",
        "ruling_line": "ruling_id line",
        "parcel_event": (
            "parcel_event_id return_id order_pk line event event_at tracking carrier actor"
        ),
        "parcel_reading": "parcel_event_id n meaning file_id source_line",
        "order_parcel": (
            "parcel_id order_pk tracking place carrier shipped_at scanned_at delivered_at "
            "returned_at file_id source_line"
        ),
        "order_parcel_line": "parcel_id line units",
        "carrier_code": "carrier code meaning file_id source_line",
        "receipt": (
            "receipt_id return_id order_pk line quantity received_at station tracking actor "
            "corrects"
        ),
        "inspection": (
            "inspection_id return_id order_pk line quantity grade disposition note inspected_at "
            "actor corrects"
        ),
        "disposal": (
            "disposal_id return_id order_pk line quantity disposition location disposed_at actor "
            "corrects"
        ),
        "stock_move": (
            "stock_move_id disposal_id sku quantity disposition location moved_at actor"
        ),
        "unexpected": (
            "unexpected_id return_id order_pk line sku quantity why code station tracking "
            "found_at actor"
        ),
        "unexpected_match": "unexpected_id return_id actor matched_at",
        "unexpected_move": (
            "unexpected_move_id unexpected_id quantity receipt_id disposition location is_stock "
            "note actor moved_at"
        ),
        "stock_export": "stock_export_id form template_sha256 replaces actor made_at",
        "stock_export_line": "stock_export_id n stock_move_id unexpected_move_id",
        "order_payment": ("order_pk revision n tender method captured_minor file_id recorded_at"),
        "refund_origin": "refund_pk tender amount_minor",
        "refund": (
            "refund_pk refund_id return_id order_pk decision_id key body_hash amount_minor "
            "currency tender actor recorded_at"
        ),
        "refund_component": "refund_pk n kind line amount_minor units rule cited_at",
        "refund_take": "refund_pk line units items_minor tax_minor shipping_minor",
        "refund_event": "refund_event_id refund_pk state journal_seq actor moved_at why",
        "refund_reference": "tender reference refund_pk",
        "replacement": (
            "replacement_id return_id order_pk line sku quantity tracking back_by price_minor "
            "actor sent_at"
        ),
        "exchange_move": (
            "exchange_move_id return_id order_pk decision_id kind amount_minor reference "
            "journal_seq actor moved_at why"
        ),
        "suppression": "suppression_id person_ref orders_until actor",
        "credit": "credit_id code ref currency expires_on refund_pk approved_by",
        "credit_move": (
            "credit_move_id credit_id kind amount_minor reference journal_seq actor moved_at why"
        ),
        "statement_row": (
            "statement_row_id source key amount_minor currency paid_at file_id source_line"
        ),
        "statement_match": "statement_row_id refund_pk source found_by actor matched_at",
        "sold_serial": "order_pk line serial file_id source_line",
        "receipt_serial": "receipt_id serial",
        "inspection_serial": "inspection_id serial",
        "evidence": "evidence_id return_id line kind text sha256 actor added_at corrects",
        "action": "action_id actor undoes facts return_ids",
        "run": "run_id started_at actor steps",
        "run_step": "run_id n step done failed files",
        "run_problem": "run_id n step code file line",
        "run_paper": "return_id kind decision_id run_id",
        "run_end": "run_id ended_at entries head exit",
    }.items()
}
NUMBERED = frozenset(
    "source_file external_refund order_change customer returns decision authorization ruling "
    "parcel_event order_parcel receipt inspection disposal stock_move unexpected refund "
    "refund_event run suppression unexpected_move stock_export credit credit_move "
    "replacement exchange_move statement_row action evidence".split()
)
_TAG = {table: b"returns-fact-v1\0" + table.encode() + b"\0" for table in FACTS}
_INSERT = {
    table: f"INSERT INTO {table} ({', '.join(columns)}, seal) "  # noqa: S608 - names from above
    f"VALUES ({', '.join('?' * len(columns))}, ?)"
    for table, columns in FACTS.items()
}
_RETURN_OF_REFUND = "SELECT return_id FROM refund WHERE refund_pk = ?"
_NEXT = {
    table: f"SELECT coalesce(max({FACTS[table][0]}), 0) + 1 FROM {table}"  # noqa: S608 - names from above
    for table in NUMBERED
}


_BULK = frozenset({"decision", "authorization"})
_NO_ACTION = frozenset({"run", "action", "meta"})  # a run is no action: what it does are many
_MOST = 50  # facts that an action names


class Written(NamedTuple):
    """A fact that was added in the open transaction.

    Attributes:
        actor: whose it is, None where it goes with another fact.
        refund_pk: of what happened to a refund.
    """

    table: str
    number: int
    actor: str | None
    return_id: int | None
    refund_pk: int | None


class WritingConnection(sqlite3.Connection):
    """A connection that remembers which facts the open transaction added, and for whom.

    Attributes:
        written: these facts, in their order.
        undoes: the action that the transaction takes back.
    """

    undoes: int | None = None

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.written: list[Written] = []

    def note(self, table: str, number: int, row: Mapping[str, Value]) -> None:
        """Remember a fact, if it is somebody's or a row's of a file."""
        if table in _NO_ACTION:
            return
        actor, return_id, refund_pk = row.get("actor"), row.get("return_id"), row.get("refund_pk")
        if table == "idempotency_key":
            is_of_file = str(row["key"]).startswith(("row:", "id:"))
            table = "row_of_a_file" if is_of_file else "key"
        elif actor is None:
            return
        self.written.append(
            Written(
                table,
                number,
                None if actor is None else str(actor),
                return_id if isinstance(return_id, int) else None,
                refund_pk if table == "refund_event" and isinstance(refund_pk, int) else None,
            )
        )


def keep_action(connection: WritingConnection) -> None:
    """Keep what the open transaction did as one action of who did it; before its commit."""
    written, undoes = connection.written, connection.undoes
    connection.undoes = None
    actor = next((one.actor for one in written if one.actor is not None), None)
    if actor is None:
        return
    returns = {one.return_id for one in written if one.return_id is not None}
    for one in written:
        if one.refund_pk is not None:
            found = connection.execute(_RETURN_OF_REFUND, (one.refund_pk,)).fetchone()
            returns.add(int(found[0]))
    facts = [(one.table, one.number) for one in written] if len(written) <= _MOST else []
    row: dict[str, Value] = {
        "actor": actor,
        "undoes": undoes,
        "facts": json.dumps(facts, separators=(",", ":")),
        "return_ids": json.dumps(sorted(returns), separators=(",", ":")),
    }
    add_fact(connection, "action", row)


def seal_of(table: str, values: tuple[Value, ...]) -> bytes:
    """The seal of a row: its table's columns in the order of ``FACTS``."""
    import hashlib  # loads OpenSSL: not for commands that only read

    return hashlib.sha256(length_prefixed(_TAG[table], values)).digest()[:16]


def next_number(connection: sqlite3.Connection, table: str) -> int:
    """The number of the next row of a numbered table; inside a transaction."""
    return int(connection.execute(_NEXT[table]).fetchone()[0])


def add_fact(connection: sqlite3.Connection, table: str, row: Mapping[str, Value]) -> int:
    """Append one sealed row; inside a transaction.

    Args:
        connection: to an open store.
        table: one of ``FACTS``.
        row: its columns by name; one that is left out is NULL, a number is given.

    Returns:
        The row's number; 0 where the table has none.
    """
    columns = FACTS[table]
    number = 0
    if table in NUMBERED:
        given = row.get(columns[0])
        number = given if isinstance(given, int) else next_number(connection, table)
        row = {**row, columns[0]: number}
    values = tuple(map(row.get, columns))
    connection.execute(_INSERT[table], (*values, seal_of(table, values)))
    if isinstance(connection, WritingConnection):
        connection.note(table, number, row)
    return number


def add_facts(
    connection: sqlite3.Connection, table: str, rows: Iterable[tuple[Value, ...]]
) -> None:
    """Append sealed rows; inside a transaction.

    Args:
        connection: to an open store.
        table: one of ``FACTS``.
        rows: every column in the order of ``FACTS``, the number of a numbered table too.
    """
    if isinstance(connection, WritingConnection) and table in _BULK:
        rows = list(rows)
        for values in rows:
            row = dict(zip(FACTS[table], values, strict=True))
            connection.note(table, int(values[0] or 0), row)
    sealed = ((*values, seal_of(table, values)) for values in rows)
    connection.executemany(_INSERT[table], sealed)
