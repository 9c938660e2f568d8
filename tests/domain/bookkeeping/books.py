"""A journal of three entries in three currencies, for tests of its exports."""

from __future__ import annotations

from returns_cli.domain.bookkeeping.entries import Entry, Leg

HASH = "ab" * 32

ENTRIES = (
    Entry(
        1,
        "refund_submitted",
        'RMA-7F3K2QX/ch_"3Q"; x',
        "ann",
        "2026-03-24",
        "2026-03-24T12:00:00+00:00",
        HASH,
        (
            Leg("returns:items", "c4/2", "USD", 2160),
            Leg("returns:restocking_fee", "c4/2", "USD", -358),
            Leg("payable:original_payment", "c4", "USD", -1802),
        ),
    ),
    Entry(
        2,
        "refund_confirmed",
        "RMA-7F3K2QX/2",
        "cron",
        "2026-03-20",  # a clock that was set back
        "2026-03-20T12:00:00+00:00",
        HASH,
        (
            Leg("payable:original_payment", "c4", "JPY", 1802),
            Leg("paid:original_payment", "c4", "JPY", -1802),
        ),
    ),
    Entry(
        3,
        "credit_issued",
        "=cmd()",
        "ben",
        "2026-03-25",
        "2026-03-25T12:00:00+00:00",
        HASH,
        (
            Leg("credit", "c5", "KWD", 1234),
            Leg("payable:store_credit", "c5", "KWD", -1234),
        ),
    ),
)
