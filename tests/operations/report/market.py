"""A shop with two currencies and whatever a quarter brings, for the tests of reports.

Its orders are a CSV file that the shop imports; its returns are played day by day, and written down
beside it. ``facts/*.csv`` is what the tests let DuckDB count: orders, asked,
received, inspected, refunds. Clock of the reports: 2026-04-10 12:00 in Berlin.

What is in it: two units of a line that come back at two times (A and B, B late and in two grades),
one refund in two parts of two months (A), goods that came and are not paid yet (C), money for
goods that stay (D), an exchange (E), store credit with a bonus (F), an approval of which nothing
came (G), a refund that is not confirmed (H), a request that is too late (I), one that waits for a
person (J), a parcel that went back to its sender (K), a refund that only the
source of an order tells, an order whose day is another one in UTC, and names in many scripts.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from returns_cli.domain.item_spec import parse_item
from returns_cli.operations.dispose_items import DisposeRequest, dispose_items
from returns_cli.operations.import_orders import import_orders
from returns_cli.operations.init_shop import make_shop
from returns_cli.operations.inspect_items import InspectRequest, inspect_items
from returns_cli.operations.open_return import OpenRequest, open_return
from returns_cli.operations.receive_items import ReceiveRequest, receive_items
from returns_cli.operations.record_refund import RefundRequest, record_refund
from returns_cli.operations.shop import Shop

CLOCK = "2026-04-10"
SETTINGS = """
name: Markt
currency: EUR
timezone: Europe/Berlin
country: DE
tax: included
addresses:
  main: {name: Markt Retouren, address1: Weg 1, city: Berlin, postcode: "10115", country: DE}
"""
_POLICY = """
policy: {name}
title: {name}
currency: {currency}
terms:
  window: {{days: 30, from: delivered, if_unknown: {{from: ordered, plus_days: 7}}}}
  resolutions: [refund, store_credit, exchange]
  condition: [new, opened]
  fees: {{restocking: 10%, return_shipping: {shipping}, waived_for_fault: [merchant, carrier]}}
  label: {{kind: prepaid, valid_days: 60}}
  refund: {{to: original_payment, after: inspected, within_days: 5, original_shipping: never}}
  store_credit: {{bonus: 10%, expires_days: 365}}
  inspection:
    new: {{refund: 100%, disposition: restock}}
    opened: {{refund: 100%, disposition: open_box, restocking: 15%}}
    damaged: {{refund: 50%, disposition: scrap}}
rules:
  - id: keep-it
    why: Not worth a parcel.
    when: {{reason.fault: carrier}}
    keep_item: true
  - id: look
    why: A person looks at what nobody names.
    when: {{reason: other}}
    review: look
"""
POLICIES = {
    "eur.yaml": _POLICY.format(name="eur", currency="EUR", shipping="4.95").encode(),
    "jpy.yaml": _POLICY.format(name="jpy", currency="JPY", shipping="500").encode(),
}

ORDERS = Path(__file__).with_name("orders.csv").read_text(encoding="utf-8")
# The source of this order tells that 15.00 of its 60.00 went back, on no day.
_TOLD = {
    "Name": "#9001",
    "Email": "i@example.com",
    "Financial Status": "partially_refunded",
    "Fulfillment Status": "fulfilled",
    "Fulfilled at": "2026-02-06 09:00:00 +0100",
    "Paid at": "2026-02-05 12:00:00 +0100",
    "Created at": "2026-02-05 12:00:00 +0100",
    "Currency": "EUR",
    "Subtotal": "60.00",
    "Shipping": "0.00",
    "Taxes": "0.00",
    "Total": "60.00",
    "Discount Amount": "0.00",
    "Lineitem quantity": "2",
    "Lineitem name": "ผ้าพันคอ",
    "Lineitem price": "30.00",
    "Lineitem sku": "SCARF",
    "Lineitem requires shipping": "true",
    "Lineitem taxable": "false",
    "Lineitem fulfillment status": "fulfilled",
    "Shipping Country": "DE",
    "Billing Name": "อิน",
    "Refunded Amount": "15.00",
    "Lineitem discount": "0.00",
    "Id": "1",
}
_SHOPIFY = Path(__file__).parents[3] / "examples" / "orders_export.csv"


class Return(NamedTuple):
    """A return of the play.

    Attributes:
        items: ``LINE:UNITS=REASON`` each; ``grades``: ``LINE:UNITS=GRADE`` as they were inspected.
        asked_on, received_on, inspected_on: days, empty where it never came to that.
        refunds: (amount, empty for what is payable; day it was recorded; its reference, empty for
            one that nobody confirmed).
    """

    name: str
    order: str
    items: str
    asked_on: str
    want: str = "refund"
    kind: str = "return"
    exchange_sku: str = ""
    received_on: str = ""
    inspected_on: str = ""
    grades: str = ""
    disposed_on: str = ""
    refunds: tuple[tuple[str, str, str], ...] = ()


RETURNS = (
    Return(
        "A", "E1", "1:1=too_small", "2026-01-12", received_on="2026-01-19",
        inspected_on="2026-01-20", grades="1:1=new", disposed_on="2026-01-20",
        refunds=(("30.00", "2026-01-22", "ch_1"), ("", "2026-02-03", "ch_2")),
    ),
    Return(
        "B", "E1", "1:1=changed_mind 2:1=changed_mind", "2026-02-06", received_on="2026-02-16",
        inspected_on="2026-02-17", grades="1:1=opened 2:1=damaged", disposed_on="2026-02-18",
        refunds=(("", "2026-02-26", "ch_3"),),
    ),
    Return(
        "C", "E2", "1:1=too_small", "2026-02-10", received_on="2026-02-20",
        inspected_on="2026-02-23", grades="1:1=new",
    ),
    Return(
        "D", "E3", "1:1=damaged_in_transit", "2026-02-15", refunds=(("", "2026-02-16", "ch_4"),)
    ),
    Return(
        "E", "E5", "1:1=too_small", "2026-02-27", "exchange", exchange_sku="SHOE-44",
        received_on="2026-03-03", inspected_on="2026-03-03", grades="1:1=new",
    ),
    Return(
        "F", "E4", "1:2=changed_mind", "2026-02-20", "store_credit", received_on="2026-02-25",
        inspected_on="2026-02-25", grades="1:2=new", refunds=(("", "2026-02-27", "cr_1"),),
    ),
    Return("G", "E6", "1:1=too_large", "2026-03-10"),
    Return(
        "H", "J1", "1:1=not_as_described", "2026-02-01", received_on="2026-02-08",
        inspected_on="2026-02-09", grades="1:1=opened", refunds=(("", "2026-02-10", ""),),
    ),
    Return("I", "J2", "1:1=style", "2026-04-05"),
    Return("J", "E4", "1:1=other", "2026-03-05"),
    Return(
        "K", "E8", "1:1=no_reason", "2026-03-14", kind="return_to_sender", received_on="2026-03-14"
    ),
)  # fmt: skip


class Market(NamedTuple):
    """The shop at the clock of the reports, the RMA of each return, and the facts beside it."""

    shop: Shop
    rmas: Mapping[str, str]
    facts: Path


def market_shop(folder: Path) -> Market:
    """Make the shop and play its quarter."""
    make_shop(folder, SETTINGS.encode(), dict(POLICIES), "market")
    facts = folder.parent / f"{folder.name}-facts"
    facts.mkdir()
    (facts / "orders.csv").write_text(ORDERS, encoding="utf-8")
    header = _SHOPIFY.read_text(encoding="utf-8").splitlines()[0].split(",")
    _write(facts / "told.csv", header, [[_TOLD.get(name, "") for name in header]])
    for name in ("orders.csv", "told.csv"):
        answer = import_orders(Shop(folder, "ann", "2026-01-01"), [facts / name])
        assert not answer["rejected"], answer["problems"]
    play = _Play(folder)
    for one in RETURNS:
        play.act(one)
    play.write(facts)
    return Market(Shop(folder, "ann", CLOCK), play.rmas, facts)


class _Play:
    """Plays returns and writes down what was done, each fact as a row of plain values."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.rmas: dict[str, str] = {}
        self._rows: dict[str, list[list[object]]] = {name: [] for name in _COLUMNS}

    def act(self, one: Return) -> None:
        """Play a return from its request to its refunds."""
        items = tuple(parse_item(item) for item in one.items.split())
        request = OpenRequest(
            one.order, items, want=one.want, kind=one.kind, exchange_sku=one.exchange_sku,
            key=one.name,
        )  # fmt: skip
        rma = str(open_return(self._on(one.asked_on), request)["rma"])
        self.rmas[one.name] = rma
        for item in one.items.split():
            line, units, reason = _read(item)
            row = [one.name, rma, one.order, line, units, reason, one.want, one.kind, one.asked_on]
            self._rows["asked"].append(row)
        if one.received_on:
            shop = self._on(one.received_on)
            receive_items(shop, ReceiveRequest(rma))
            self._rows["received"] += [
                [one.name, one.order, *_read(item)[:2], one.received_on]
                for item in one.items.split()
            ]
        if one.inspected_on:
            grades = tuple(parse_item(item) for item in one.grades.split())
            inspect_items(self._on(one.inspected_on), InspectRequest(rma, grades))
            self._rows["inspected"] += [
                [one.name, one.order, *_read(item), one.inspected_on] for item in one.grades.split()
            ]
        if one.disposed_on:
            dispose_items(self._on(one.disposed_on), DisposeRequest(rma))
        for amount, day, reference in one.refunds:
            self._refund(one, amount, day, reference)

    def _refund(self, one: Return, amount: str, day: str, reference: str) -> None:
        wanted = RefundRequest(
            self.rmas[one.name], amount or None, reference or None, key=reference or None
        )
        answer = record_refund(self._on(day), wanted)
        state = "confirmed" if reference else "submitted"
        assert answer["state"] == state, answer
        told = answer["currency"], answer["amount"], state, answer["tender"]
        self._rows["refunds"].append([one.name, one.order, *told, day])

    def write(self, folder: Path) -> None:
        """Write the facts down."""
        for name, rows in self._rows.items():
            _write(folder / f"{name}.csv", _COLUMNS[name].split(), rows)

    def _on(self, day: str) -> Shop:
        return Shop(self._folder, "ann", day)


_COLUMNS = {
    "asked": "name rma order_id line units reason want kind asked_on",
    "received": "name order_id line units received_on",
    "inspected": "name order_id line units grade inspected_on",
    "refunds": "name order_id currency amount state tender recorded_on",
}


def _read(item: str) -> tuple[int, int, str]:
    place, _, word = item.partition("=")
    line, _, units = place.partition(":")
    return int(line), int(units), word


def _write(path: Path, columns: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(rows)
