"""Shapes that several commands answer with, by name."""

from __future__ import annotations

from returns_cli.cli.schemas.exchanges import EXCHANGES, NETTED
from returns_cli.cli.schemas.notation import (
    COUNT,
    CURRENCY,
    DAY,
    FLAG,
    MOMENT,
    MONEY,
    NUMBER,
    SHA256,
    TEXT,
    WHOLE,
    Shape,
    either,
    many,
    maybe,
    record,
    ref,
    table,
    word,
)

VERDICT = word("approve", "deny", "review", "partial")
LINE_VERDICT = word("approve", "deny", "review")
RETURN_STATE = word(
    *"requested in_review denied approved in_transit received inspected refund_pending refunded "
    "closed cancelled expired".split()
)
REFUND_STATE = word(*"planned submitted confirmed failed in_doubt reversed".split())
KIND = word("return", "claim", "withdrawal", "return_to_sender")
FAULT = word("customer", "merchant", "carrier", "unknown")
COMPONENT_KIND = word(
    *"items tax original_shipping restocking_fee return_shipping transfer_fee condition_deduction "
    "promotion_clawback bonus_credit goodwill".split()
)

_PROBLEM = {
    "code": {"type": "string", "pattern": "^[EW]-[A-Z0-9-]+$"},
    "file": maybe(TEXT),
    "line": maybe(NUMBER),
    "column": maybe(TEXT),
    "value": maybe(TEXT),
    "message": TEXT,
    "hint": maybe(TEXT),
    "count": maybe(COUNT),
}
_QUOTE = {
    "currency": CURRENCY,
    "components": many(ref("component")),
    "tax_included": MONEY,
    "total": MONEY,
}
_EXCHANGED = {"exchange": record(NETTED)}
_LIST_ROW = {
    "rma": TEXT,
    "order": TEXT,
    "state": RETURN_STATE,
    "verdict": maybe(VERDICT),
    "opened_at": MOMENT,
    "deadline": maybe(DAY),
    "refund_due": maybe(DAY),
    "units": COUNT,
    "total": MONEY,
    "currency": CURRENCY,
}
_AWAITED = {"inspect_by": DAY, "back_by": DAY}
_TEST = {"fact": TEXT, "test": TEXT, "value": {}}
_EVIDENCE = {
    "evidence": many(
        record(
            {
                "kind": word("note", "photo"),
                "line": maybe(NUMBER),
                "text": TEXT,
                "sha256": maybe(TEXT),
                "at": MOMENT,
                "by": TEXT,
            }
        )
    )
}
_EXPLAINED = {"explanation": many(TEXT), "trace": many(ref("traced_line"))}

_REFUND = {
    "refund": TEXT,
    "rma": maybe(TEXT),
    "order": TEXT,
    "state": REFUND_STATE,
    "amount": MONEY,
    "currency": CURRENCY,
    "tender": TEXT,
    "reference": maybe(TEXT),
    "key": TEXT,
    "journal_seq": maybe(NUMBER),
    "decision": maybe(NUMBER),
    "replayed": FLAG,
}

REFUND_COLUMNS = tuple(_REFUND)

RECORDS: dict[str, Shape] = {
    **EXCHANGES,
    "problem": record(_PROBLEM),
    "run_problem": record({"type": word("problem"), "step": TEXT, **_PROBLEM}),
    "policy": record({"id": maybe(TEXT), "version": maybe(TEXT), "sha256": maybe(SHA256)}),
    "setting": record(
        {"name": TEXT, "value": either(TEXT, many(TEXT)), "rule": maybe(TEXT), "at": maybe(TEXT)}
    ),
    "component": record(
        {
            "kind": COMPONENT_KIND,
            "line": maybe(NUMBER),
            "amount": MONEY,
            "rule": maybe(TEXT),
            "at": maybe(TEXT),
        }
    ),
    "quote": record(_QUOTE, _EXCHANGED),
    "quote_of_return": record(
        {
            **_QUOTE,
            "cap": MONEY,
            "already_refunded": MONEY,
        },
        {**_EXCHANGED, "pays_by": many(record({"tender": TEXT, "amount": MONEY}))},
    ),
    "refund": record(_REFUND),
    "recorded_refund": record(_REFUND, {"also": many(ref("refund")), "exchange": ref("exchange")}),
    "return_line": record(
        {
            "line": maybe(NUMBER),
            "sku": maybe(TEXT),
            "title": maybe(TEXT),
            "quantity": COUNT,
            "reason": maybe(TEXT),
            "fault": maybe(FAULT),
            "resolution": maybe(TEXT),
            "verdict": maybe(LINE_VERDICT),
            "codes": many(TEXT),
            "deadline": maybe(DAY),
            "window": maybe(
                record({"from": TEXT, "anchor": maybe(DAY), "days": COUNT, "assumed": FLAG})
            ),
            "settings": many(ref("setting")),
            "nearest_miss": maybe(TEXT),
        }
    ),
    "return": record(
        {
            "rma": maybe(TEXT),
            "key": maybe(TEXT),
            "replayed": FLAG,
            "order": maybe(TEXT),
            "kind": KIND,
            "state": maybe(RETURN_STATE),
            "opened_at": maybe(MOMENT),
            "as_of": maybe(MOMENT),
            "verdict": maybe(VERDICT),
            "policy": ref("policy"),
            "lines": many(ref("return_line")),
            "label": record({"kind": maybe(TEXT), "valid_until": maybe(DAY)}),
            "quote": maybe(ref("quote")),
            "received": many(
                record(
                    {
                        "line": NUMBER,
                        "quantity": WHOLE,
                        "at": MOMENT,
                        "by": TEXT,
                        "station": maybe(TEXT),
                    }
                )
            ),
            "inspected": many(
                record(
                    {
                        "line": NUMBER,
                        "quantity": WHOLE,
                        "grade": TEXT,
                        "disposition": maybe(TEXT),
                        "at": MOMENT,
                        "by": TEXT,
                    },
                    {"serial": TEXT, "note": TEXT},
                )
            ),
            "refunds": many(ref("refund")),
        },
        {**_EVIDENCE, **_EXPLAINED},
    ),
    "traced_line": record({"line": maybe(NUMBER), "rules": many(ref("traced_rule"))}),
    "traced_rule": record(
        {
            "rule": maybe(TEXT),
            "at": maybe(TEXT),
            "why": maybe(TEXT),
            "state": TEXT,
            "does": many(record({"effect": TEXT, "at": TEXT}, {"name": TEXT, "value": {}})),
            "tests": many(ref("traced_test")),
        }
    ),
    "traced_test": record(
        {"holds": maybe(FLAG), "at": TEXT},
        {
            **_TEST,
            "found": {},
            "any": many(ref("traced_test")),
            "all": many(ref("traced_test")),
            "not": many(ref("traced_test")),
        },
    ),
    "list_row": record(_LIST_ROW, _AWAITED),
    "found_row": record({**_LIST_ROW, "matched": TEXT}, _AWAITED),
    "rows_answer": record(
        {
            "rows": COUNT,
            "new": COUNT,
            "same": COUNT,
            "rejected": COUNT,
            "returns": many(TEXT),
            "problems": many(ref("problem")),
        }
    ),
    "credit": record(
        {
            "credit": TEXT,
            "state": word("active", "spent", "expired", "reversed"),
            "currency": CURRENCY,
            "issued": MONEY,
            "balance": MONEY,
            "expires_on": maybe(DAY),
            "refund": maybe(TEXT),
            "approved_by": maybe(TEXT),
            "moves": many(
                record(
                    {
                        "kind": word("issued", "redeemed", "expired", "reversed"),
                        "amount": MONEY,
                        "at": MOMENT,
                        "by": TEXT,
                        "reference": maybe(TEXT),
                        "why": maybe(TEXT),
                        "journal_seq": NUMBER,
                    }
                )
            ),
            "replayed": FLAG,
        }
    ),
    "proof": record(
        {
            "ok": FLAG,
            "entries": COUNT,
            "head": maybe(SHA256),
            "problems": many(ref("problem")),
        }
    ),
    "backup": record({"path": TEXT, "manifest": TEXT, "entries": COUNT, "head": SHA256}),
    "paper": record(
        {
            "files": many(
                record(
                    {
                        "path": TEXT,
                        "kind": TEXT,
                        "size": TEXT,
                        "pages": NUMBER,
                        "rmas": many(TEXT),
                    }
                )
            ),
            "problems": many(ref("problem")),
        }
    ),
    "paper_check": record(
        {
            "ok": FLAG,
            "pages": COUNT,
            "codes": many(record({"page": NUMBER, "format": TEXT, "text": TEXT})),
            "problems": many(ref("problem")),
        }
    ),
    "board": record(
        {
            "as_of": MOMENT,
            "arrived": COUNT,
            "waiting": COUNT,
            "due_today": COUNT,
            "overdue": COUNT,
            "money_due": table(MONEY),
        },
        {"exchanges": record({"overdue": COUNT, "owed": table(MONEY)})},
    ),
    "scan_answer": record(
        {
            "scanned": TEXT,
            "word": word("OK", "STOP", "ASK"),
            "message": TEXT,
            "rma": maybe(TEXT),
            "line": maybe(NUMBER),
            "sku": maybe(TEXT),
        }
    ),
    "run_step": record(
        {
            "type": word("step"),
            "step": TEXT,
            "done": COUNT,
            "failed": COUNT,
            "files": many(TEXT),
        }
    ),
    "run_summary": record(
        {
            "type": word("summary"),
            "started_at": MOMENT,
            "ended_at": MOMENT,
            "entries": maybe(COUNT),
            "head": maybe(SHA256),
            "exit": COUNT,
        }
    ),
    "run": record(
        {
            "run": NUMBER,
            "started_at": MOMENT,
            "ended_at": maybe(MOMENT),
            "actor": TEXT,
            "wanted": many(TEXT),
            "entries": maybe(COUNT),
            "head": maybe(SHA256),
            "exit": maybe(COUNT),
        }
    ),
}
