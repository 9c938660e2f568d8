"""Shapes of what is said of people."""

from __future__ import annotations

from returns_cli.cli.schemas.notation import (
    COUNT,
    CURRENCY,
    FLAG,
    MOMENT,
    MONEY,
    TEXT,
    Shape,
    many,
    maybe,
    record,
    ref,
)
from returns_cli.cli.schemas.orders import ORDERS
from returns_cli.cli.schemas.records import RETURN_STATE, VERDICT

_CUSTOMER = record(
    {
        **dict.fromkeys(("customer_id", "email", "name", "tier", "language"), TEXT),
        "tags": many(TEXT),
    }
)
_ADDRESS = record(
    dict.fromkeys("name company address1 address2 city region postcode country phone".split(), TEXT)
)
_PERSON = record({**dict.fromkeys(("customer_id", "name", "email"), TEXT), "ship_to": _ADDRESS})

PEOPLE: dict[str, Shape] = {
    "customers show": record(
        {
            "customers": many(_CUSTOMER),
            "orders": many(
                record(
                    {
                        **dict.fromkeys(("order", "channel", "placed_at"), TEXT),
                        "currency": CURRENCY,
                        "total": MONEY,
                    }
                )
            ),
            "returns": many(
                record(
                    {
                        "rma": TEXT,
                        "order": TEXT,
                        "state": RETURN_STATE,
                        "verdict": maybe(VERDICT),
                        "opened_at": MOMENT,
                    }
                )
            ),
        }
    ),
    "customers export": record(
        {
            "customers": many(_CUSTOMER),
            "orders": many(record({**ORDERS["orders show"]["properties"], "person": _PERSON})),
            "returns": many(ref("return")),
            "notes": many(record({"rma": TEXT, "text": TEXT})),
            "path": maybe(TEXT),
        }
    ),
    "customers erase": record(
        {
            "customers": COUNT,
            "orders": COUNT,
            "returns": many(TEXT),
            "files_removed": many(TEXT),
            "files_rewritten": many(TEXT),
            "backups": many(TEXT),
            "replayed": FLAG,
        }
    ),
}
