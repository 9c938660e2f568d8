"""Every report over a shop's two years, one year and one month, beside DuckDB on the same data.

DuckDB computes each report's main figures alone, from tables of its own that hold just the columns
it needs, with both cores; ours makes the whole report, ready to be shown, on one. Both are
processor time inside one process; start-up is apart and the same for every command (``startup``).

    python -m benchmarks report                       1,000,000 lines and 200,000 returns
    python -m benchmarks report --lines 10000 --lines 100000 --lines 1000000

A shop is made once and kept in ``.cache/report``. DuckDB comes from PyPI (``pip install duckdb``);
without it its column stays empty.
"""

from __future__ import annotations

import argparse
import csv
import resource
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.report_shop import CLOCK, build
from returns_cli.operations.report.make_report import (
    REPORTS,
    ReportRequest,
    make_all_reports,
    make_report,
)
from returns_cli.operations.report.predict import predict
from returns_cli.operations.shop import Shop
from returns_cli.store.connection import open_store

if TYPE_CHECKING:
    import duckdb

_KEPT = Path(".cache/report")
_WINDOWS = {
    "all": (None, "2026-11-30"),
    "a year": ("2025-12-01", "2026-11-30"),
    "a month": ("2026-11-01", "2026-11-30"),
}
_FILTERS: Sequence[Mapping[str, str]] = (
    {"channel": "amazon"},
    {"country": "DE"},
    {"category": "Shoes"},
    {"reason": "too_small"},
    {"tier": "gold"},
)
_TABLES = {
    "sales": """SELECT o.order_pk, substr(o.placed_at, 1, 10), o.currency, o.channel, l.sku,
  l.category, l.shipped_quantity, l.items_minor, p.person_key
FROM orders o JOIN order_line l ON l.order_pk = o.order_pk
JOIN order_person p ON p.order_pk = o.order_pk""",
    "asked": """SELECT r.return_id, r.order_pk, substr(r.requested_at, 1, 10), q.reason, l.sku,
  d.verdict, v.codes FROM returns r JOIN return_line q ON q.return_id = r.return_id
JOIN order_line l ON l.order_pk = q.order_pk AND l.line = q.line
JOIN decision d ON d.return_id = r.return_id
JOIN decision_line v ON v.decision_id = d.decision_id AND v.line = q.line""",
    "back": """SELECT f.order_pk, substr(f.received_at, 1, 10), f.quantity, i.grade, i.disposition,
  substr(i.inspected_at, 1, 10), l.sku, l.category, l.items_minor / l.quantity
FROM receipt f JOIN order_line l ON l.order_pk = f.order_pk AND l.line = f.line
LEFT JOIN inspection i ON i.return_id = f.return_id AND i.line = f.line""",
    "paid": """SELECT f.return_id, substr(e.moved_at, 1, 10), f.currency, f.amount_minor,
  (SELECT substr(min(i.inspected_at), 1, 10) FROM inspection i WHERE i.return_id = f.return_id)
FROM refund f JOIN refund_event e ON e.refund_pk = f.refund_pk AND e.state = 'confirmed'""",
}
_COLUMNS = {
    "sales": "pk INT, day DATE, currency TEXT, channel TEXT, sku TEXT, category TEXT, units INT, "
    "minor BIGINT, person TEXT",
    "asked": "return_id INT, pk INT, day DATE, reason TEXT, sku TEXT, verdict TEXT, codes TEXT",
    "back": "pk INT, day DATE, units INT, grade TEXT, put TEXT, seen DATE, sku TEXT, "
    "category TEXT, minor BIGINT",
    "paid": "return_id INT, day DATE, currency TEXT, minor BIGINT, seen DATE",
}
_SOLD = "FROM sales WHERE day BETWEEN $since AND $until"
_GOODS = """SELECT s.{by}, s.units, s.squares, b.units FROM (
  SELECT {by}, sum(units) AS units, sum(units * units) AS squares
  FROM sales WHERE day BETWEEN $since AND $until GROUP BY 1) s
LEFT JOIN (SELECT b.{by}, sum(b.units) AS units FROM back b
  JOIN (SELECT DISTINCT pk FROM sales WHERE day BETWEEN $since AND $until) o ON o.pk = b.pk
  GROUP BY 1) b ON b.{by} = s.{by}"""
_ASKED = "FROM asked WHERE day BETWEEN $since AND $until"
_MAIN: Mapping[str, Sequence[str]] = {
    "summary": (
        f"SELECT day, currency, count(DISTINCT pk), sum(units), sum(minor) {_SOLD} GROUP BY 1, 2",
        """SELECT o.day, sum(b.units) FROM back b JOIN (SELECT DISTINCT pk, day FROM sales
WHERE day BETWEEN $since AND $until) o ON o.pk = b.pk GROUP BY 1""",
        f"SELECT day, verdict, count(DISTINCT return_id), count(*) {_ASKED} GROUP BY 1, 2",
        f"SELECT reason, count(*) {_ASKED} GROUP BY 1",
        """SELECT day, currency, count(*), sum(minor) FROM paid
WHERE day BETWEEN $since AND $until GROUP BY 1, 2""",
    ),
    "reasons": (
        f"SELECT sku, reason, count(*), min(day) {_ASKED} GROUP BY 1, 2",
        "SELECT reason, date_trunc('month', day), count(*) FROM asked GROUP BY 1, 2",
    ),
    "products": (_GOODS.format(by="sku"),),
    "categories": (_GOODS.format(by="category"),),
    "customers": (
        f"""SELECT orders, back, count(*) FROM (
  SELECT s.person, count(DISTINCT s.pk) AS orders, count(DISTINCT b.pk) AS back
  FROM (SELECT DISTINCT person, pk {_SOLD}) s LEFT JOIN back b ON b.pk = s.pk GROUP BY 1)
GROUP BY 1, 2""",
    ),
    "refunds": (
        """SELECT day, currency, count(*), sum(minor) FROM paid
WHERE day BETWEEN $since AND $until GROUP BY 1, 2""",
    ),
    "dispositions": (
        """SELECT seen, category, grade, put, sum(units), sum(minor) FROM back
WHERE seen BETWEEN $since AND $until GROUP BY ALL""",
    ),
    "sla": (
        """SELECT seen, day - seen, count(*) FROM paid
WHERE seen BETWEEN $since AND $until GROUP BY 1, 2""",
    ),
    "policies": (f"SELECT verdict, codes, count(*) {_ASKED} GROUP BY 1, 2",),
    "predict": (
        "SELECT sku, date_trunc('month', day), count(*), sum(units) FROM sales GROUP BY 1, 2",
        "SELECT sku, date_trunc('month', day), sum(units) FROM back GROUP BY 1, 2",
    ),
}


def _shop(lines: int) -> Shop:
    folder = _KEPT / str(lines)
    if not (folder / "made").exists():
        with ProcessPoolExecutor(1) as apart:  # its memory is not that of the reports
            apart.submit(build, folder, lines, lines // 5).result()
        (folder / "made").touch()
    return Shop(folder, "bench", CLOCK)


def _ours(shop: Shop, name: str, window: str, narrowed: Mapping[str, str]) -> Callable[[], object]:
    since, until = _WINDOWS[window]
    request = ReportRequest(name, since, until, **narrowed)
    if name == "predict":
        history = ReportRequest("predict", **narrowed)
        return lambda: predict(shop, history, 20)
    if name == "all":
        return lambda: make_all_reports(shop, request)
    return lambda: make_report(shop, request)


def _theirs(base: duckdb.DuckDBPyConnection, name: str, window: str) -> Callable[[], object]:
    since, until = _WINDOWS[window]
    days = {"since": since or "1970-01-01", "until": until}
    names = [one for one in _MAIN if one != "predict"] if name == "all" else [name]

    def run() -> None:
        for query in (query for one in names for query in _MAIN[one]):
            used = {key: day for key, day in days.items() if f"${key}" in query}
            base.execute(query, used).fetchall()

    return run


def _cpu_ms(run: Callable[[], object]) -> float:
    start = time.process_time()
    run()
    return (time.process_time() - start) * 1000


def _duckdb(shop: Shop) -> Any:
    try:
        import duckdb
    except ImportError:
        return None
    base = duckdb.connect()
    with open_store(shop.folder, read_only=True) as store:
        for table, query in _TABLES.items():
            path = shop.folder / f"{table}.csv"
            if not path.exists():
                with path.open("w", encoding="utf-8", newline="") as out:
                    csv.writer(out).writerows(store.connection.execute(query))
            base.execute(f"CREATE TABLE {table} ({_COLUMNS[table]})")
            base.execute(f"INSERT INTO {table} SELECT * FROM read_csv('{path}', header = false)")
    return base


def _print_size(lines: int, runs: int, names: Sequence[str]) -> None:
    shop = _shop(lines)
    print(f"\n{lines:,} order lines, {lines // 5:,} returns (processor time, median of {runs})\n")
    print(f"{'report':14}{'days':10}{'first':>10}{'again':>10}{'DuckDB':>10}{'ratio':>8}")
    rows: dict[tuple[str, str], list[float]] = {}
    for name in names:
        for window in _WINDOWS if name != "predict" else ("all",):
            run = _ours(shop, name, window, {})
            rows[name, window] = [_cpu_ms(run) for _ in range(runs + 1)]
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (
        1024 if sys.platform == "linux" else 1024 * 1024
    )
    base = _duckdb(shop)
    for (name, window), (first, *again) in rows.items():
        ours, theirs, ratio = statistics.median(again), "", ""
        if base is not None:
            run = _theirs(base, name, window)
            pairs = [(_cpu_ms(run), _cpu_ms(_ours(shop, name, window, {}))) for _ in range(runs)]
            theirs = f"{statistics.median(one for one, _ in pairs):.0f} ms"
            ratio = f"{statistics.median(own / other for other, own in pairs):.1f}"
        print(f"{name:14}{window:10}{first:7.0f} ms{ours:7.0f} ms{theirs:>10}{ratio:>8}")
    print(f"\n{'narrowed to':34}" + "".join(f"{next(iter(one)):>11}" for one in _FILTERS))
    for name in (one for one in names if one in REPORTS):
        took = [_cpu_ms(_ours(shop, name, "a year", one)) for one in _FILTERS]
        print(f"{name:14}{'a year':20}" + "".join(f"{one:8.0f} ms" for one in took))
    print(f"\nPeak memory of all reports: {peak_mb:.0f} MB")


def main(options: Sequence[str] = ()) -> None:
    """Print the tables of each size."""
    parser = argparse.ArgumentParser("python -m benchmarks report")
    parser.add_argument("--lines", type=int, action="append", help="of orders; a fifth as returns")
    parser.add_argument("--runs", type=int, default=3)
    names = (*REPORTS, "all", "predict")
    parser.add_argument("--report", action="append", choices=names, help="only this one")
    asked = parser.parse_args(options)
    for lines in asked.lines or [1_000_000]:
        _print_size(lines, asked.runs, asked.report or names)


if __name__ == "__main__":
    main(sys.argv[1:])
