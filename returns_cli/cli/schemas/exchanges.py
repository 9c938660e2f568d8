"""Shapes of exchanges: what they come to, what was sent, what is owed."""

from __future__ import annotations

from returns_cli.cli.schemas.notation import (
    CURRENCY,
    DAY,
    FLAG,
    MOMENT,
    MONEY,
    NUMBER,
    TEXT,
    Shape,
    many,
    maybe,
    record,
)

NETTED = {
    "lines": many(
        record(
            {
                "line": NUMBER,
                "sku": TEXT,
                "quantity": NUMBER,
                "price": maybe(MONEY),
                "worth": MONEY,
                "cost": MONEY,
                "difference": MONEY,
            }
        )
    ),
    "set_off": MONEY,
    "owed": MONEY,
}

EXCHANGES: dict[str, Shape] = {
    "exchange": record(
        {
            "rma": TEXT,
            "order": TEXT,
            "state": TEXT,
            "currency": CURRENCY,
            **NETTED,
            "refund": MONEY,
            "recorded": MONEY,
            "paid": MONEY,
            "waived": MONEY,
            "open": MONEY,
            "back_by": maybe(DAY),
            "overdue": FLAG,
            "sent": many(
                record(
                    {
                        "line": NUMBER,
                        "sku": TEXT,
                        "quantity": NUMBER,
                        "tracking": maybe(TEXT),
                        "back_by": maybe(DAY),
                        "at": MOMENT,
                        "by": TEXT,
                    }
                )
            ),
            "replayed": FLAG,
        }
    ),
}
