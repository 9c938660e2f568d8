"""Shapes of orders: as imported, as listed, as shown, as a look at a file understands them."""

from __future__ import annotations

from returns_cli.cli.schemas.notation import (
    COUNT,
    CURRENCY,
    FLAG,
    MONEY,
    NUMBER,
    TEXT,
    WHOLE,
    Shape,
    either,
    many,
    maybe,
    record,
    ref,
    table,
)

_LISTED = {
    "order": TEXT,
    "channel": TEXT,
    "placed_at": TEXT,
    "country": maybe(TEXT),
    "lines": COUNT,
    "units": COUNT,
    "currency": CURRENCY,
    "total": MONEY,
    "refunded_before": MONEY,
    "is_gift": FLAG,
    "cancelled_at": maybe(TEXT),
}
_LINE = record(
    {
        "line": NUMBER,
        "sku": TEXT,
        "title": TEXT,
        "quantity": COUNT,
        "shipped": COUNT,
        "cancelled": FLAG,
        "shipped_at": maybe(TEXT),
        "delivered_at": maybe(TEXT),
        "unit_price": maybe(MONEY),
        "line_discount": MONEY,
        "order_discount": MONEY,
        "items": MONEY,
        "tax": MONEY,
        "shipping": MONEY,
        "paid": MONEY,
        "refunded_of_it": MONEY,
        "refunded_before": maybe(MONEY),
        "authorized": WHOLE,
        "received": WHOLE,
        "refunded_units": WHOLE,
        "may_still_return": WHOLE,
    }
)
_SHOWN = {
    **{key: _LISTED[key] for key in ("order", "channel", "placed_at")},
    "shipped_at": maybe(TEXT),
    "delivered_at": maybe(TEXT),
    "cancelled_at": maybe(TEXT),
    "customer": maybe(TEXT),
    "country": maybe(TEXT),
    "payment_method": maybe(TEXT),
    "payments": many(
        record({"tender": TEXT, "method": TEXT, "captured": MONEY, "given_back": MONEY})
    ),
    "discount_codes": many(TEXT),
    "tags": many(TEXT),
    "is_gift": FLAG,
    "currency": CURRENCY,
    "tax_style": TEXT,
    **dict.fromkeys(("total", "captured", "tax", "shipping", "order_discount"), MONEY),
    "refunded_before": MONEY,
    "refunds_before": many(
        record(
            {"line": maybe(NUMBER), "amount": MONEY, "at": maybe(TEXT), "reference": maybe(TEXT)}
        )
    ),
    "refunded": MONEY,
    "may_still_be_refunded": MONEY,
    "source": maybe(TEXT),
    "lines": many(_LINE),
    "parcels": many(
        record(
            {
                "tracking": maybe(TEXT),
                "carrier": maybe(TEXT),
                "lines": many({}),
                "shipped_at": maybe(TEXT),
                "delivered_at": maybe(TEXT),
                "returned_at": maybe(TEXT),
            }
        )
    ),
    "returns": many(
        record(
            {
                "rma": TEXT,
                "state": TEXT,
                "verdict": maybe(TEXT),
                "opened_at": TEXT,
                "units": COUNT,
                "total": MONEY,
            }
        )
    ),
    "changes": many(
        record(
            {
                "at": TEXT,
                "line": maybe(NUMBER),
                "field": TEXT,
                "old": maybe(TEXT),
                "new": maybe(TEXT),
                "kept": FLAG,
            }
        )
    ),
}
_SNIFFED_LINE = record(
    {
        "line": NUMBER,
        "sku": TEXT,
        "title": TEXT,
        "quantity": COUNT,
        "unit_price": maybe(MONEY),
        "discount": MONEY,
        "row": NUMBER,
    }
)
_SNIFFED_ORDER = record(
    {
        **dict.fromkeys(("order", "channel", "placed_at", "currency", "tax"), TEXT),
        "customer": maybe(TEXT),
        **dict.fromkeys(("discount", "shipping", "tax_amount", "total", "refunded"), MONEY),
        "row": NUMBER,
        "lines": many(_SNIFFED_LINE),
    }
)
_SNIFFED = record(
    {
        "file": TEXT,
        "format": maybe(TEXT),
        "what": maybe(TEXT),
        "encoding": TEXT,
        "delimiter": TEXT,
        "header_line": NUMBER,
        "decimal": maybe(TEXT),
        "decimal_fits": many(TEXT),
        "decimal_unclear": maybe(TEXT),
        "dates": many(
            record(
                {
                    "column": TEXT,
                    "style": maybe(TEXT),
                    "fits": many(TEXT),
                    "unread": COUNT,
                    "sample": maybe(TEXT),
                }
            )
        ),
        "read": many(TEXT),
        "ignored": many(TEXT),
        "rows": COUNT,
        "guessed": FLAG,
        "missing": many(TEXT),
        "orders": many(_SNIFFED_ORDER),
        "problems": many(ref("problem")),
        "more_problems": COUNT,
        "mapping": maybe(TEXT),
    }
)
_IMPORTED = record(
    {
        "format": maybe(TEXT),
        "files": many(TEXT),
        **dict.fromkeys(
            ("rows", "orders", "lines", "units", "new", "changed", "same", "rejected"), COUNT
        ),
        "totals": table(MONEY),
        "refunded": table(MONEY),
        "problems": many(ref("problem")),
    }
)

ORDERS: dict[str, Shape] = {
    "orders import": either(_IMPORTED, _SNIFFED, many(_SNIFFED)),
    "orders add": record({**_SHOWN, "replayed": FLAG}),
    "orders list": many(record(_LISTED)),
    "orders show": record(_SHOWN),
}
