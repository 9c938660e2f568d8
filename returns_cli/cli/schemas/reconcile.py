"""The shape of what ``refunds reconcile`` answers."""

from __future__ import annotations

from returns_cli.cli.schemas.notation import (
    COUNT,
    DAY,
    FLAG,
    MONEY,
    NUMBER,
    TEXT,
    Shape,
    many,
    maybe,
    record,
    ref,
    word,
)
from returns_cli.domain.reconcile import By, Result

_RESULT = record(
    {
        "result": word(*(one.value for one in Result)),
        "file": maybe(TEXT),
        "line": maybe(NUMBER),
        "order": maybe(TEXT),
        "reference": maybe(TEXT),
        "amount": maybe(MONEY),
        "currency": maybe(TEXT),
        "paid_at": maybe(TEXT),
        "by": maybe(word(*(one.value for one in By))),
        "confirmed": FLAG,
        "decide": maybe(TEXT),
        "refund": maybe(ref("refund")),
    }
)

RECONCILE: dict[str, Shape] = {
    "refunds reconcile": record(
        {
            **dict.fromkeys(("rows", "new", "same", "rejected"), COUNT),
            "returns": many(TEXT),
            "problems": many(ref("problem")),
            "other": COUNT,
            **dict.fromkeys((one.value for one in Result), COUNT),
            "confirmed": COUNT,
            "from": maybe(DAY),
            "to": maybe(DAY),
            "results": many(_RESULT),
        }
    )
}
