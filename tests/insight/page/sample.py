"""Reports made by hand that have one of everything; no figure in them comes from a shop."""

from __future__ import annotations

from returns_cli.insight.page.masthead import Masthead
from returns_cli.insight.report import (
    Cell,
    Chart,
    Column,
    Interval,
    Money,
    Period,
    Report,
    Share,
    Table,
)

MASTHEAD = Masthead("Fennel & Oak", "Returns", "#7a3b1d", "en_001", "Europe/Berlin")
PERIOD = Period("2025-04-01", "2026-03-31", "month", "2026-03-20T18:00:00+01:00")
HOSTILE = "</title><script>alert(1)</script><img src=x onerror=alert(1)>\"'&"
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2
NAMES = (
    "Enamel mug, midnight blue",
    "كوب مطلي بالمينا أزرق داكن",
    "ספל אמייל כחול",
    "ホーローマグ・ミッドナイトブルー・限定版・専用ギフト箱入り",
    "แก้วเคลือบ สีน้ำเงิน",
    "नीला मग",
    HOSTILE,
    LONG,
    "mug \u202egnp.exe\x1b[31m\x00",
    "Ceașcă emailată albastră",
)
_MONTHS = (*(f"2025-{month:02}" for month in range(4, 13)), "2026-01", "2026-02", "2026-03")
_RETURNS = (41, 38, 52, 47, 39, 44, 58, 73, 96, 121, 64, 31)
_SHIPPED = (602, 588, 641, 630, 577, 612, 705, 940, 1388, 702, 611, 402)


def _summary() -> Report:
    rows: list[tuple[Cell, ...]] = [
        (month, shipped, returns, Share(returns, shipped), Money("EUR", returns * 3190))
        for month, shipped, returns in zip(_MONTHS, _SHIPPED, _RETURNS, strict=True)
    ]
    months = Table(
        "months",
        "Month by month",
        (
            Column("period", "Month", "period"),
            Column("shipped", "Units shipped", "count"),
            Column("returns", "Units back", "count"),
            Column("rate", "Return rate", "share"),
            Column("refunded", "Refunded", "money"),
        ),
        tuple(rows),
        "A unit counts in the month in which it was asked back.",
        frozenset(("2026-03",)),
    )
    kinds: list[tuple[Cell, ...]] = [
        (month, returns // 2, returns // 4, returns // 8, returns // 9, returns // 12, 3)
        for month, returns in zip(_MONTHS, _RETURNS, strict=True)
    ]
    names = "too_small too_large not_as_described damaged changed_mind other".split()
    reasons = Table(
        "reasons_by_month",
        "Reasons, month by month",
        (
            Column("period", "Month", "period"),
            *(Column(name, name.replace("_", " ").capitalize(), "count") for name in names),
        ),
        tuple(kinds),
        partial=frozenset(("2026-03",)),
    )
    return Report(
        "summary",
        "Returns in summary",
        PERIOD,
        (("channel", "web"), ("country", "DE")),
        (months, reasons),
        (
            Chart("columns", "months", "Units that came back", "period", ("returns",)),
            Chart("lines", "months", "Return rate", "period", ("rate",)),
            Chart("columns", "reasons_by_month", "Why they came back", "period", tuple(names)),
            Chart("lines", "reasons_by_month", "Reasons side by side", "period", tuple(names[:3])),
        ),
        (
            "704 of 8,398 units came back, 8.4 %: January was the worst, 17 % of what was shipped.",
            "Refunds came to 22,457.60 EUR, of which 3,120.00 EUR stayed as store credit.",
            f"{NAMES[1]} comes back most: 12 of 40 units.",
        ),
        (
            "Delivered is what was shipped and not returned to sender.",
            "March 2026 had not ended on 20 March 2026; its figures will still grow.",
        ),
    )


def _products(count: int) -> Report:
    rows: list[tuple[Cell, ...]] = []
    for n in range(count):
        back, sold = 40 - n % 38, 120 + 7 * n
        rate = back / sold
        rows.append(
            (
                f"SKU-{n:04}",
                NAMES[n % len(NAMES)],
                "too_small" if n % 3 else None,
                sold,
                back,
                Share(back, sold),
                Interval(max(0.0, rate - 0.06), rate + 0.09),
                rate * 0.9,
                Money("EUR" if n % 2 else "JPY", back * 2495),
                "2026-02-14",
                4.5 + n,
                -1.25,
            )
        )
    columns = (
        Column("sku", "SKU", "text"),
        Column("title", "Product", "text"),
        Column("reason", "First reason", "word"),
        Column("delivered", "Delivered", "count"),
        Column("returned", "Came back", "count"),
        Column("rate", "Rate", "share"),
        Column("interval", "95 % interval", "interval"),
        Column("estimate", "Estimate", "rate"),
        Column("value", "Worth", "money"),
        Column("last_on", "Last", "day"),
        Column("days", "Days to return", "days"),
        Column("z", "z", "number"),
    )
    table = Table("products", "Products that come back", columns, tuple(rows))
    return Report(
        "products",
        "Products that come back",
        PERIOD,
        (),
        (table,),
        (
            Chart("intervals", "products", "Return rates", "title", ("rate",), "interval", 10),
            Chart("bars", "products", "Worth of what came back", "title", ("value",), most=8),
            Chart("bars", "products", "Back and delivered", "sku", ("returned", "delivered")),
        ),
        (f"{NAMES[6]} comes back at 33 %.", f"{LONG} follows."),
        (),
    )


def _money() -> Report:
    rows: list[tuple[Cell, ...]] = [
        ("items", Money("EUR", 1204000), Money("USD", 431000)),
        ("original_shipping", Money("EUR", 84000), Money("USD", 12900)),
        ("restocking_fee", Money("EUR", -23500), None),
        ("condition_deduction", Money("EUR", -112000), Money("USD", -8800)),
    ]
    table = Table(
        "components",
        "What refunds consist of",
        (
            Column("component", "Component", "word"),
            Column("eur", "Refunded in EUR", "money"),
            Column("usd", "Refunded in USD", "money"),
        ),
        tuple(rows),
    )
    return Report(
        "refunds",
        "Refunds",
        PERIOD,
        (),
        (table,),
        (Chart("bars", "components", "Refunded", "component", ("eur", "usd")),),
        ("11,525.00 EUR and 4,351.00 USD were paid back.",),
        (),
    )


def _empty() -> Report:
    table = Table("customers", "Customers", (Column("customer", "Customer", "text"),), ())
    chart = Chart("bars", "customers", "Returns", "customer", ())
    return Report("customers", "Customers", PERIOD, (), (table,), (chart,), (), ())


def sample_reports(products: int = 37) -> tuple[Report, ...]:
    """A summary over months, products in all scripts, money in two currencies, and nothing."""
    return _summary(), _products(products), _money(), _empty()
