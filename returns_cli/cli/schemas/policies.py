"""Shapes of what commands over policies answer."""

from __future__ import annotations

from returns_cli.cli.schemas.notation import (
    COUNT,
    CURRENCY,
    DAY,
    FLAG,
    MONEY,
    NUMBER,
    SHA256,
    TEXT,
    Shape,
    either,
    many,
    maybe,
    record,
    ref,
)

_DIFFERENCE = {"before": MONEY, "after": MONEY, "difference": MONEY}
_GROUP = record(
    {
        "name": TEXT,
        **dict.fromkeys(("counted", "to_approve", "to_deny", "to_review"), COUNT),
        **_DIFFERENCE,
    }
)
_SECTION: Shape = record({"title": TEXT, "lines": many(TEXT), "sections": many({})})
_EXPLAINED = record(
    {
        "policy": TEXT,
        "version": TEXT,
        "sha256": SHA256,
        "language": TEXT,
        "title": TEXT,
        "note": maybe(TEXT),
        "sections": many(_SECTION),
    }
)

POLICIES: dict[str, Shape] = {
    "policy check": record({"ok": FLAG, "problems": many(ref("problem"))}),
    "policy test": record(
        {
            "ok": FLAG,
            "cases": COUNT,
            "failed": COUNT,
            "differences": many(
                record(
                    {
                        "file": TEXT,
                        "line": NUMBER,
                        "case": TEXT,
                        "key": TEXT,
                        "expected": maybe(TEXT),
                        "found": maybe(TEXT),
                    }
                )
            ),
        }
    ),
    "policy show": ref("return"),
    "policy explain": either(_EXPLAINED, many(_EXPLAINED)),
    "policy diff": record(
        {
            "old": ref("policy"),
            "new": ref("policy"),
            "same": FLAG,
            "changes": many(
                record(
                    {
                        "what": TEXT,
                        "name": TEXT,
                        "change": TEXT,
                        "part": maybe(TEXT),
                        "old": maybe(TEXT),
                        "new": maybe(TEXT),
                        "old_at": maybe(TEXT),
                        "new_at": maybe(TEXT),
                        "about": maybe(TEXT),
                    }
                )
            ),
        }
    ),
    "policy backtest": record(
        {
            "policy": ref("policy"),
            "against": maybe(ref("policy")),
            "since": maybe(DAY),
            "until": maybe(DAY),
            "returns": COUNT,
            "replayed": COUNT,
            "not_replayed": many(record({"why": TEXT, "returns": COUNT})),
            "same": COUNT,
            "assumed": COUNT,
            "flips": many(record({"from": TEXT, "to": TEXT, "returns": COUNT})),
            "currency": CURRENCY,
            **_DIFFERENCE,
            "components": many(record({"kind": TEXT, **_DIFFERENCE})),
            "by_category": many(_GROUP),
            "by_reason": many(_GROUP),
            "by_tier": many(_GROUP),
            "most_changed": many(
                record(
                    {
                        "rma": TEXT,
                        "order": TEXT,
                        "from": maybe(TEXT),
                        "to": maybe(TEXT),
                        **_DIFFERENCE,
                        "why": maybe(TEXT),
                    }
                )
            ),
        }
    ),
    "policy publish": record(
        {
            "as": TEXT,
            "policies": many(TEXT),
            "language": maybe(TEXT),
            "path": maybe(TEXT),
            "content": TEXT,
            "not_said": many(record({"at": maybe(TEXT), "name": TEXT, "why": TEXT})),
        }
    ),
    "policy new": record(
        {
            "policy": TEXT,
            "files": many(TEXT),
            "not_taken": many(record({"name": TEXT, "why": TEXT})),
        }
    ),
}
