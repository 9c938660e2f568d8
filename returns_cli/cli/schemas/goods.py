"""The answers about goods behind the bench: unexpected ones, and stock."""

from __future__ import annotations

from returns_cli.cli.schemas.notation import (
    COUNT,
    FLAG,
    MOMENT,
    NUMBER,
    TEXT,
    WHOLE,
    Shape,
    many,
    maybe,
    record,
    ref,
)

_UNEXPECTED = record(
    {
        "unexpected": NUMBER,
        "found_at": MOMENT,
        "age_days": WHOLE,
        "why": TEXT,
        "sku": maybe(TEXT),
        "quantity": COUNT,
        "left": COUNT,
        "rma": maybe(TEXT),
        "order": maybe(TEXT),
        "line": maybe(NUMBER),
        "code": maybe(TEXT),
        "station": maybe(TEXT),
        "tracking": maybe(TEXT),
        "by": TEXT,
        "moves": many(
            record(
                {
                    "quantity": COUNT,
                    "rma": maybe(TEXT),
                    "line": maybe(NUMBER),
                    "disposition": maybe(TEXT),
                    "location": maybe(TEXT),
                    "note": maybe(TEXT),
                    "at": MOMENT,
                    "by": TEXT,
                }
            )
        ),
    }
)
GOODS: dict[str, Shape] = {
    "unexpected list": many(_UNEXPECTED),
    "unexpected match": record({"goods": _UNEXPECTED, "return": maybe(ref("return"))}),
    "stock moves": many(
        record(
            {
                "move": maybe(NUMBER),
                "unexpected_move": maybe(NUMBER),
                "sku": TEXT,
                "quantity": WHOLE,
                "disposition": TEXT,
                "location": maybe(TEXT),
                "at": MOMENT,
                "by": TEXT,
                "rma": maybe(TEXT),
                "order": maybe(TEXT),
                "line": maybe(NUMBER),
                "left": COUNT,
                "is_stock": FLAG,
                "exported_in": maybe(NUMBER),
            }
        )
    ),
    "stock export": record(
        {
            "as": TEXT,
            "export": maybe(NUMBER),
            "replaces": maybe(NUMBER),
            "moves": COUNT,
            "units": WHOLE,
            "rows": COUNT,
            "rejected": COUNT,
            "path": maybe(TEXT),
            "content": TEXT,
            "problems": many(ref("problem")),
        }
    ),
}
