"""The answer of every report: tables of typed cells, and sentences."""

from __future__ import annotations

from returns_cli.cli.schemas.notation import (
    CURRENCY,
    DAY,
    MOMENT,
    MONEY,
    TEXT,
    WHOLE,
    Shape,
    either,
    many,
    maybe,
    record,
    table,
    word,
)

_NUMBER: Shape = {"type": "number"}
_CELL = either(
    TEXT,
    _NUMBER,
    {"type": "null"},
    record({"amount": MONEY, "currency": CURRENCY}),
    record({"part": WHOLE, "whole": WHOLE, "rate": maybe(_NUMBER)}),
    record({"low": _NUMBER, "high": _NUMBER}),
)
_KINDS = "text word count money share interval rate number days day period".split()

REPORT: Shape = record(
    {
        "report": TEXT,
        "title": TEXT,
        "period": record(
            {"since": maybe(DAY), "until": DAY, "by": word("month", "week"), "as_of": MOMENT}
        ),
        "filters": table(TEXT),
        "tables": many(
            record(
                {
                    "name": TEXT,
                    "title": TEXT,
                    "columns": many(record({"name": TEXT, "label": TEXT, "kind": word(*_KINDS)})),
                    "rows": many(table(_CELL)),
                    "note": TEXT,
                    "partial": many(TEXT),
                }
            )
        ),
        "findings": many(TEXT),
        "notes": many(TEXT),
    }
)
REPORTS: dict[str, Shape] = dict.fromkeys(
    (
        "report summary",
        "report reasons",
        "report products",
        "report categories",
        "report customers",
        "report refunds",
        "report dispositions",
        "report sla",
        "report policies",
        "predict products",
        "predict evaluate",
    ),
    REPORT,
)
REPORTS["report all"] = many(REPORT)
