"""The JSON Schema of each command's answer (draft 2020-12), for ``returns help --json-schema``."""

from __future__ import annotations

from typing import Any

from returns_cli.cli.schemas.goods import GOODS
from returns_cli.cli.schemas.notation import (
    COUNT,
    FLAG,
    MOMENT,
    MONEY,
    NUMBER,
    TEXT,
    Shape,
    either,
    many,
    maybe,
    record,
    ref,
)
from returns_cli.cli.schemas.orders import ORDERS
from returns_cli.cli.schemas.people import PEOPLE
from returns_cli.cli.schemas.policies import POLICIES
from returns_cli.cli.schemas.reconcile import RECONCILE
from returns_cli.cli.schemas.records import RECORDS
from returns_cli.cli.schemas.reports import REPORTS

_ONE_OR_MORE = either(ref("return"), many(ref("return")))
_DONE_OR_ROWS = either(ref("return"), ref("rows_answer"))

_EXPORT = record(
    {
        "as": TEXT,
        "redacted": FLAG,
        "files": many(record({"path": TEXT, "table": TEXT, "rows": COUNT})),
    }
)

WITHOUT = frozenset({"completion", "help", "policy schema"})
"""Commands that print a text, with ``--json`` too."""

_ANSWERS: dict[str, Shape] = {
    "init": record({"folder": TEXT, "created": many(TEXT)}),
    "demo": record(
        {
            "folder": TEXT,
            "as_of": MOMENT,
            "steps": many(record({"step": TEXT, "command": TEXT, "says": TEXT})),
            "decisions": many({"type": "object"}),
            "summary": many({"type": "object"}),
            "status": ref("board"),
            "files": many({"type": "object"}),
            "next": many(TEXT),
            "notes": many(TEXT),
        }
    ),
    "run": either(ref("run_step"), ref("run_problem"), ref("run_summary")),
    "export csv": _EXPORT,
    "export jsonl": _EXPORT,
    "export sqlite": _EXPORT,
    **REPORTS,
    "runs list": many(ref("run")),
    "runs show": record(
        {
            **RECORDS["run"]["properties"],
            "steps": many(
                record({"step": TEXT, "done": COUNT, "failed": COUNT, "files": many(TEXT)})
            ),
            "problems": many(
                record({"step": TEXT, "code": TEXT, "file": maybe(TEXT), "line": maybe(NUMBER)})
            ),
        }
    ),
    "status": ref("board"),
    "doctor": record(
        {
            "ok": FLAG,
            "checks": many(
                record({"check": TEXT, "ok": FLAG, "message": TEXT, "hint": maybe(TEXT)})
            ),
        }
    ),
    **dict.fromkeys(("open", "amend", "explain"), ref("return")),
    **dict.fromkeys(("show", "evaluate", "approve", "deny", "cancel"), _ONE_OR_MORE),
    "list": many(ref("list_row")),
    "find": many(ref("found_row")),
    "history": many(
        record(
            {
                "at": MOMENT,
                "actor": TEXT,
                "what": TEXT,
                "line": maybe(NUMBER),
                "quantity": maybe({"type": "integer"}),
                "detail": {"type": "object"},
            }
        )
    ),
    **dict.fromkeys(("label", "slip", "insert", "reprint", "paper calibrate"), ref("paper")),
    "undo": record(
        {
            "undone": TEXT,
            "rma": TEXT,
            "order": TEXT,
            "lines": many(record({"line": NUMBER, "quantity": NUMBER})),
            "refunds": many(TEXT),
            "replayed": FLAG,
            "return": ref("return"),
        }
    ),
    "paper check": ref("paper_check"),
    **dict.fromkeys(("receive", "inspect", "dispose"), _DONE_OR_ROWS),
    "scan": either(many(ref("scan_answer")), ref("scan_answer"), ref("paper")),
    "quote": ref("quote_of_return"),
    "exchanges list": many(ref("exchange")),
    **dict.fromkeys(("exchanges send", "exchanges paid", "exchanges waive"), ref("exchange")),
    "refund": either(ref("recorded_refund"), ref("exchange"), many(ref("refund"))),
    "refunds list": many(ref("refund")),
    "refunds export": either(many(ref("refund")), record({"path": TEXT, "refunds": COUNT})),
    **dict.fromkeys(
        ("refunds show", "refunds confirm", "refunds fail", "refunds reverse"), ref("refund")
    ),
    **dict.fromkeys(("credit issue", "credit redeem"), ref("credit")),
    "credit balance": either(ref("credit"), many(ref("credit"))),
    "credit expire": many(ref("credit")),
    **dict.fromkeys(("journal verify", "check"), ref("proof")),
    "journal balances": many(record({"account": TEXT, "currency": TEXT, "balance": MONEY})),
    **RECONCILE,
    **GOODS,
    "calendar export": record({"path": maybe(TEXT), "events": COUNT, "content": TEXT}),
    "journal export": record({"as": TEXT, "entries": COUNT, "path": maybe(TEXT), "content": TEXT}),
    **ORDERS,
    **dict.fromkeys(
        ("requests import", "shipments import", "customers import", "products import"),
        ref("rows_answer"),
    ),
    **PEOPLE,
    **POLICIES,
    **dict.fromkeys(("backup", "restore"), ref("backup")),
    "store stats": record(
        {
            "path": TEXT,
            **dict.fromkeys(
                "bytes free_bytes version orders lines returns refunds customers products".split(),
                COUNT,
            ),
            "first_on": maybe(TEXT),
            "last_on": maybe(TEXT),
            "entries": COUNT,
            "head": TEXT,
        }
    ),
    "store migrate": record({"from": COUNT, "to": COUNT, "pending": COUNT, "backup": maybe(TEXT)}),
    "config show": many(record({"name": TEXT, "value": maybe(TEXT), "origin": TEXT})),
}


def schema_of(command: str) -> dict[str, Any]:
    """The JSON Schema of what a command answers; of ``run``, of each of its lines.

    Raises:
        KeyError: the command answers no JSON.
    """
    shape = _ANSWERS[command]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"returns {command} --json",
        **shape,
        "$defs": {name: RECORDS[name] for name in sorted(_named_in(shape))},
    }


def _named_in(shape: object) -> set[str]:
    """The records that a shape speaks of, and those that they do."""
    names: set[str] = set()
    waiting = [shape]
    while waiting:
        piece = waiting.pop()
        if isinstance(piece, dict):
            name = str(piece.get("$ref", "")).rpartition("/")[2]
            if name and name not in names:
                names.add(name)
                waiting.append(RECORDS[name])
            waiting += piece.values()
        elif isinstance(piece, list):
            waiting += piece
    return names
