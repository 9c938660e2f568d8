"""A shop of any size for the reports: orders of two years, and returns that went all their way.

Orders go in by the store's own bulk insert. Returns are written as commands write them, row by row
and sealed, with decisions that a policy made for a shop of 400 returns; the rules of the store are
away meanwhile, for to ask them would take an hour. What no report reads is left out: the journal.
"""

from __future__ import annotations

import random
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from returns_cli.domain.model import Address, Order, OrderLine
from returns_cli.domain.vocabulary import TaxStyle
from returns_cli.store.connection import Store, open_store
from returns_cli.store.facts import FACTS, Value, add_facts
from returns_cli.store.order_import import save_orders
from returns_cli.store.source_files import NewFile, add_file

CLOCK = "2026-12-01T10:00:00-05:00"
_FIRST_DAY = datetime(2024, 12, 1, 5, tzinfo=UTC)
_LAST = datetime(2026, 12, 1, 5, tzinfo=UTC)
_LINES_AN_ORDER = (1, 1, 1, 2, 2, 2, 3, 4)  # two on average
_CHANNELS = ("web",) * 7 + ("amazon", "amazon", "market")
_COUNTRIES = (("US", "USD"),) * 6 + (("CA", "USD"), ("GB", "USD"), ("DE", "EUR"), ("FR", "EUR"))
_TIERS = ("",) * 7 + ("silver", "silver", "gold")
_GROUPS = ("Apparel", "Shoes", "Home", "Toys", "Garden", "Kitchen", "Sport", "Books")
_KINDS = ("Basics", "Premium", "Kids", "Outlet", "Gifts")
_REASONS = (
    "too_small", "too_small", "too_large", "changed_mind", "changed_mind", "defective", "style",
    "not_as_described", "arrived_late", "wrong_item",
)  # fmt: skip
_GRADES = (
    ("new", "restock"), ("new", "restock"), ("opened", "open_box"), ("used", "refurbish"),
    ("defective", "quarantine"), ("damaged", "scrap"),
)  # fmt: skip
_CHUNK = 2000

Row = tuple[Value, ...]


class Decided(NamedTuple):
    """A decision of the small shop: its row, and those of its lines, by column."""

    head: Mapping[str, Value]
    lines: Sequence[Mapping[str, Value]]


class Sold(NamedTuple):
    """What is needed to know of an order that something comes back of."""

    pk: int
    placed: datetime
    order: Order


def build(shop: Path, lines: int, returns: int, seed: int = 11) -> None:
    """Make a shop folder.

    Args:
        shop: a folder that does not exist.
        lines: of orders, about; ``returns``: each of an order of its own.
    """
    draw = random.Random(seed)
    _run("init", str(shop), "--no-input")
    decided = _decisions(shop.with_name(f"{shop.name}-small"), draw)
    orders = lines * len(_LINES_AN_ORDER) // sum(_LINES_AN_ORDER)
    due = set(draw.sample(range(orders), returns))
    sold: list[Sold] = []
    with open_store(shop) as store:
        file = NewFile("0" * 64, "", "bench", "orders import", "orders.csv", "bench", CLOCK)
        with store.writing():
            save_orders(store, _orders(orders, due, sold, draw), add_file(store, file))
        store.connection.execute("PRAGMA foreign_keys = OFF")
        with store.writing(), _without_rules(store):
            for start in range(0, len(sold), _CHUNK):
                _add(store, start, sold[start : start + _CHUNK], decided, draw)


def _run(*words: str) -> None:
    returns = str(Path(sys.executable).parent / "returns")
    subprocess.run((returns, *words), check=True, capture_output=True)


def _orders(count: int, due: set[int], sold: list[Sold], draw: random.Random) -> Iterator[Order]:
    """Orders, the oldest first; those that something is due to come back of are remembered."""
    products = max(50, min(8000, count // 60))
    people = max(10, count * 2 // 5)
    step = (_LAST - _FIRST_DAY - timedelta(days=1)) / count
    for number in range(count):
        placed = _FIRST_DAY + number * step
        at = placed.isoformat(timespec="seconds")
        country, currency = draw.choice(_COUNTRIES)
        lines = tuple(
            _line(n, products, at, placed, draw) for n in range(1, draw.choice(_LINES_AN_ORDER) + 1)
        )
        total = sum(one.items_minor for one in lines)
        customer = int(people * draw.random() ** 2)
        order = Order(
            draw.choice(_CHANNELS), f"#{100_000 + number}", at, currency, TaxStyle.NONE, 0, 0, 0,
            total, total, 0, lines, at, (placed + timedelta(3)).isoformat(timespec="seconds"),
            country=country, payment_method="card", customer_id=f"C{customer}",
            customer_email=f"c{customer}@example.com",
            customer_tier=_TIERS[customer % len(_TIERS)], source_line=number + 2,
            ship_to=Address("Ann Bell", "", "1 Mill Lane", "", "Town", "", "12345", country),
        )  # fmt: skip
        if number in due:
            sold.append(Sold(number + 1, placed, order))
        yield order


def _line(n: int, products: int, at: str, placed: datetime, draw: random.Random) -> OrderLine:
    product = int(products * draw.random() ** 2)
    units = draw.choice((1, 1, 1, 1, 2, 3))
    price = 500 + product * 37 % 9_500
    category = f"{_GROUPS[product % 8]}/{_KINDS[product % 5]}"
    return OrderLine(
        n, f"SKU-{product:05d}", f"Thing number {product}", units, units, price, 0, 0,
        units * price, 0, 0, category, shipped_at=at,
        delivered_at=(placed + timedelta(3)).isoformat(timespec="seconds"),
    )  # fmt: skip


def _decisions(shop: Path, draw: random.Random) -> dict[tuple[int, str], list[Decided]]:
    """Decisions by their number of lines and by their verdict, as a real shop has them."""
    _run("init", str(shop), "--no-input")
    orders, requests = shop / "orders.csv", shop / "requests.csv"
    with orders.open("w", encoding="utf-8") as out, requests.open("w", encoding="utf-8") as asked:
        out.write(
            "order_id,placed_at,currency,line_no,sku,title,quantity,unit_price,shipped_at,"
            "delivered_at,category,customer_id,customer_tier,tags\n"
        )
        asked.write("request_id,order_id,line_no,quantity,reason,condition,photos,requested_at\n")
        for number in range(400):
            days = draw.choice(("05", "12", "20", "28", "28"))
            price = draw.choice((9, 30, 60, 900))
            for line in (1, 2):
                tags = draw.choice(("", "", "", "", "final-sale"))
                out.write(
                    f"{number},2026-11-01,USD,{line},S{line},Thing,1,{price}.00,2026-11-01,"
                    f"2026-11-02,Toys,C{number},{draw.choice(_TIERS)},{tags}\n"
                )
                if line <= 1 + number % 2:
                    asked.write(
                        f"q{number},{number},{line},1,{draw.choice(_REASONS)},new,1,2026-11-{days}\n"
                    )
    here = ("--shop", str(shop), "--as-of", CLOCK)
    _run("orders", "import", str(orders), *here)
    _run("requests", "import", str(requests), *here)
    _run("evaluate", "--all", "--quiet", *here)
    found: defaultdict[tuple[int, str], list[Decided]] = defaultdict(list)
    with open_store(shop) as store:
        heads = _rows(store, "decision")
        lines: defaultdict[Value, list[dict[str, Value]]] = defaultdict(list)
        for row in _rows(store, "decision_line"):
            lines[row["decision_id"]].append(row)
        for head in heads:
            those = lines[head["decision_id"]]
            found[len(those), str(head["verdict"])].append(Decided(head, those))
    return found


def _rows(store: Store, table: str) -> list[dict[str, Value]]:
    columns = FACTS[table]
    query = f"SELECT {', '.join(columns)} FROM {table}"
    return [dict(zip(columns, row, strict=True)) for row in store.connection.execute(query)]


@contextmanager
def _without_rules(store: Store) -> Iterator[None]:
    """Take the triggers away, and put them back as they were."""
    rules = store.connection.execute(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"
    ).fetchall()
    for name, _ in rules:
        store.connection.execute(f"DROP TRIGGER {name}")
    yield
    for _, sql in rules:
        store.connection.execute(sql)


def _add(
    store: Store,
    start: int,
    orders: Sequence[Sold],
    decided: Mapping[tuple[int, str], Sequence[Decided]],
    draw: random.Random,
) -> None:
    """Write a chunk of returns with all that became of them."""
    rows: defaultdict[str, list[Row]] = defaultdict(list)
    for number, one in enumerate(orders, start + 1):
        _Return(number, one, decided, draw, rows).write()
    for table, those in rows.items():
        add_facts(store.connection, table, those)
    store.connection.written.clear()


class _Return:
    """One return on its way from the request to the money."""

    def __init__(
        self,
        number: int,
        sold: Sold,
        decided: Mapping[tuple[int, str], Sequence[Decided]],
        draw: random.Random,
        rows: defaultdict[str, list[Row]],
    ) -> None:
        self._n, self._sold, self._draw, self._rows = number, sold, draw, rows
        count = min(len(sold.order.lines), draw.choice((1, 1, 1, 2)))
        self._lines = sold.order.lines[:count]
        verdict = draw.choices(("approve", "deny", "review"), (84, 10, 6))[0]
        fitting = decided.get((count, verdict)) or decided[count, "approve"]
        self._decided = draw.choice(fitting)
        self._asked = sold.placed + timedelta(days=draw.randrange(4, 40), minutes=17)
        self._at = self._asked.isoformat(timespec="seconds")

    def write(self) -> None:
        """Add its rows."""
        n, pk, at = self._n, self._sold.pk, self._at
        self._rows["returns"].append(
            (n, f"RMA-{n:07d}", f"key-{n}", "return", at, at, "cron", pk, "bench")
        )
        self._rows["return_revision"].append((n, 1, "bench", at))
        head, lines = self._decided
        for place, (bought, judged) in enumerate(zip(self._lines, lines, strict=True), 1):
            reason = str(judged["reason"])
            self._rows["return_line"].append(
                (n, 1, bought.line, place, pk, 1, reason, "refund", "new", 0, "{}", "")
            )
            if n % 10 == 0:
                self._rows["return_note"].append((n, 1, bought.line, f"It is {reason}, I think."))
            told: dict[str, Value] = {
                "decision_id": n, "line": bought.line, "sku": bought.sku
            }  # fmt: skip
            self._rows["decision_line"].append(tuple({**judged, **told}.values()))
        self._rows["decision"].append(
            tuple({**head, "decision_id": n, "return_id": n, "as_of": at}.values())
        )
        if head["verdict"] == "approve":
            self._come_back()

    def _come_back(self) -> None:
        n, pk, at = self._n, self._sold.pk, self._at
        for place, one in enumerate(self._lines):
            key = 2 * n + place
            self._rows["authorization"].append(
                (key, n, pk, one.line, 1, "decision", n, at, "bench", "")
            )
        arrived = self._later(self._asked, 12)
        if n % 12 == 0:
            self._expire()
            return
        if arrived > _LAST:
            return
        graded = self._later(arrived, 3)
        for place, one in enumerate(self._lines):
            key = 2 * n + place
            grade, put = self._draw.choice(_GRADES)
            got, seen = arrived.isoformat(timespec="seconds"), graded.isoformat(timespec="seconds")
            self._rows["receipt"].append((key, n, pk, one.line, 1, got, None, None, "bench", None))
            if graded > _LAST:
                continue
            self._rows["inspection"].append(
                (key, n, pk, one.line, 1, grade, put, "", seen, "bench", None)
            )
            self._rows["disposal"].append((key, n, pk, one.line, 1, put, "A1", seen, "bench", None))
        if graded <= _LAST:
            self._pay(graded)

    def _expire(self) -> None:
        """It never comes: after 60 days what was authorized is released."""
        ended = self._asked + timedelta(60)
        if ended > _LAST:
            return
        n, pk, at = self._n, self._sold.pk, ended.isoformat(timespec="seconds")
        self._rows["ruling"].append((n, n, n, "expire", at, "cron", "", "[]"))
        for place, one in enumerate(self._lines):
            key = -2 * n - place
            self._rows["authorization"].append(
                (key, n, pk, one.line, -1, "expiry", n, at, "cron", "")
            )

    def _pay(self, graded: datetime) -> None:
        n, pk = self._n, self._sold.pk
        paid = self._later(graded, 6)
        if paid > _LAST:
            return
        at, parts = paid.isoformat(timespec="seconds"), 0
        for place, one in enumerate(self._lines, 1):
            worth = one.items_minor // one.quantity
            parts += worth
            self._rows["refund_component"].append(
                (n, place, "items", one.line, worth, 1, None, None)
            )
            self._rows["refund_take"].append((n, one.line, 1, worth, 0, 0))
        fee = -(parts // 10) if n % 3 == 0 else 0
        if fee:
            kind = "restocking_fee" if n % 2 else "return_shipping"
            self._rows["refund_component"].append((n, 9, kind, None, fee, 0, None, None))
        self._rows["refund"].append(
            (n, f"RF-{n:07d}", n, pk, n, f"pay-{n}", "0" * 64, parts + fee,
             self._sold.order.currency, "card", "bench", at)
        )  # fmt: skip
        self._rows["refund_event"].append((2 * n, n, "submitted", 2 * n, "bench", at, ""))
        if n % 40 or paid < _LAST - timedelta(10):
            self._rows["refund_event"].append(
                (2 * n + 1, n, "confirmed", 2 * n + 1, "bench", at, "")
            )

    def _later(self, moment: datetime, days: int) -> datetime:
        return moment + timedelta(days=self._draw.randrange(1, days), minutes=self._n % 300)
