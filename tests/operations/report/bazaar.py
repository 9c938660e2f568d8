"""A shop in which every kind of return happens, in two currencies, drawn but always the same.

One has three decimals. Each of its returns has a fate of :data:`FATES`, in turn: what was paid in
two parts, denied, overruled, waited for, exchanged, never sent, lost on the way, put on credit,
reversed. Nothing here is counted by hand: DuckDB counts what the shop exports.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from returns_cli.domain.item_spec import parse_item
from returns_cli.operations.dispose_items import DisposeRequest, dispose_items
from returns_cli.operations.import_master_data import import_customers, import_products
from returns_cli.operations.import_orders import import_orders
from returns_cli.operations.init_shop import make_shop
from returns_cli.operations.inspect_items import InspectRequest, inspect_items
from returns_cli.operations.move_refund import doubt_refund, fail_refund, reverse_refund
from returns_cli.operations.open_return import OpenRequest, open_return
from returns_cli.operations.receive_items import ReceiveRequest, receive_items
from returns_cli.operations.record_refund import RefundRequest, record_refund
from returns_cli.operations.rule_on_returns import rule_on_returns
from returns_cli.operations.shop import Shop
from tests.operations.report.market import SETTINGS

CLOCK = "2026-06-15"
ZONE = ZoneInfo("America/New_York")
HOLIDAYS = ("2026-02-16", "2026-05-25")
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
  refund: {{to: original_payment, after: {after}, {within}, original_shipping: full_return}}
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
  - id: no-style
    why: Taste is no reason here.
    when: {{reason: style}}
    deny: no_style
  - id: gold-window
    why: Gold customers have longer.
    when: {{customer.tier: gold}}
    set: {{window: {{days: 45}}}}
"""
_POLICIES = {
    "eur.yaml": _POLICY.format(
        name="eur", currency="EUR", shipping="4.95", after="inspected", within="within_days: 5"
    ),
    "kwd.yaml": _POLICY.format(
        name="kwd", currency="KWD", shipping="0.750", after="received",
        within="within_business_days: 3",
    ),
}  # fmt: skip
_GOODS = (  # SKU, title, category of the order line, price in EUR and in KWD
    ("BOOT-41", "Boot - Tan / 41", "Shoes", "80.00", "24.250"),
    ("BOOT-42", "Boot - Tan / 42", "Shoes", "80.00", "24.250"),
    ("MUG", "Mug", "Home/Kitchen", "12.49", "3.755"),
    ("LAMP", "Lamp", "", "45.00", "13.500"),
    ("SOAP", "Soap", "", "3.33", "1.005"),
)
PRODUCTS = "sku,title,category\nLAMP,Reading lamp,Home > Lamps\nSOAP,Soap,Beauty\n"
CUSTOMERS = "customer_id,tier\n" + "".join(f"c{n},{('gold', '')[n % 2]}\n" for n in range(6))
_HEADER = (
    "order_id,placed_at,shipped_at,delivered_at,currency,channel,country,tier,customer_id,"
    "customer_email,order_shipping,line_no,sku,title,category,quantity,unit_price,line_discount\n"
)
_FIRST = date(2025, 11, 20)

FATES = (
    "paid", "in_parts", "credit", "exchange", "late", "overruled", "waits", "cancelled", "nothing",
    "stays", "submitted", "reversed", "failed", "received", "scrapped", "refused", "sent_back",
    "claim", "overdue", "partial", "doubtful",
)  # fmt: skip
_REASONS = ("too_small", "too_large", "changed_mind", "too_small", "not_as_described")
_OF_FATE = {
    "waits": "other", "overruled": "style", "stays": "damaged_in_transit", "claim": "defective",
    "sent_back": "no_reason",
}  # fmt: skip


def bazaar(folder: Path) -> Shop:
    """The shop, at the clock of its reports."""
    chance = Random(20260615)
    settings = SETTINGS.replace("Europe/Berlin", ZONE.key) + f"holidays: [{', '.join(HOLIDAYS)}]\n"
    policies = {name: text.encode() for name, text in _POLICIES.items()}
    make_shop(folder, settings.encode(), policies, "bazaar")
    orders = [_Order(n, chance) for n in range(88)]
    shop = Shop(folder, "ann", "2026-01-01")
    for name, text in (("products", PRODUCTS), ("customers", CUSTOMERS)):
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    import_products(shop, [folder / "products.csv"])
    import_customers(shop, [folder / "customers.csv"])
    (folder / "orders.csv").write_text(_HEADER + "".join(one.rows for one in orders))
    answer = import_orders(shop, [folder / "orders.csv"])
    assert not answer["rejected"], answer["problems"]
    for n, order in enumerate(one for one in orders if one.shipped and one.number % 2 == 0):
        _Story(folder, order, FATES[n % len(FATES)], chance).play()
    return Shop(folder, "ann", CLOCK)


class _Order:
    """An order of one to three lines; some not shipped yet, some of which nobody says it came."""

    def __init__(self, number: int, chance: Random) -> None:
        self.number = number
        self.id = str(1000 + number)
        self.day = _FIRST + timedelta(2 * number)
        self.shipped = number % 11 != 9
        self.units: list[int] = []
        currency = "KWD" if number % 3 == 2 else "EUR"
        placed = datetime(*self.day.timetuple()[:3], 23, 30, tzinfo=ZONE)
        came = self.day + timedelta(4) if number % 16 else ""
        days = f"{self.day + timedelta(1)},{came}" if self.shipped else ","
        customer = f"c{number % 13}," if number % 5 else f",p{number % 3}@example.com"
        if number % 17 == 3:
            customer = ","
        whose = f"{('web', 'shop')[number % 4 == 0]},{('DE', 'KW', 'FR')[number % 3]}"
        head = f"{self.id},{placed.isoformat()},{days},{currency},{whose},silver,{customer},4.500"
        if currency == "EUR":
            head = head.removesuffix("0")
        self.rows = ""
        for line in range(1, chance.randrange(2, 4)):
            sku, title, category, *prices = chance.choice(_GOODS)
            units = chance.randrange(1, 4)
            off = ("1.00", "1.000")[currency == "KWD"] if chance.random() < 0.3 else ""
            price = prices[currency == "KWD"]
            self.units.append(units)
            self.rows += f"{head},{line},{sku},{title},{category},{units},{price},{off}\n"


class _Story:
    """One return from its request to its end."""

    def __init__(self, folder: Path, order: _Order, fate: str, chance: Random) -> None:
        self._folder, self._order, self._fate, self._chance = folder, order, fate, chance
        self._day = order.day + timedelta(58 if fate == "late" else chance.randrange(8, 24))
        self._rma = self._verdict = ""

    def play(self) -> None:
        """Everything that happens to it."""
        self._open()
        if self._fate == "overruled":
            self._later(1)
            rule_on_returns(self._shop, "approve", [self._rma], why="a good customer")
        elif self._fate in ("refused", "cancelled"):
            self._later(1)
            kind = "deny" if self._fate == "refused" else "cancel"
            rule_on_returns(self._shop, kind, [self._rma], why="no")
        elif self._fate == "stays":
            self._pay(2)
        ends = self._fate in ("late", "waits", "cancelled", "nothing", "refused", "stays")
        if ends or (self._verdict == "deny" and self._fate != "overruled"):
            return
        self._later(self._chance.randrange(3, 9))
        receive_items(self._shop, ReceiveRequest(self._rma))
        if self._fate not in ("received", "sent_back"):
            self._inspect()

    def _open(self) -> None:
        reason = _OF_FATE.get(self._fate, "") or self._chance.choice(_REASONS)
        lines = range(1, len(self._order.units) + 1)
        wanted = lines if self._fate in ("paid", "partial", "sent_back") else lines[:1]
        typed = [f"{line}:{self._order.units[line - 1]}={reason}" for line in wanted]
        if self._fate == "partial":
            typed[0] = f"1:{self._order.units[0]}=style"
        request = OpenRequest(
            self._order.id,
            tuple(map(parse_item, typed)),
            want={"credit": "store_credit", "exchange": "exchange"}.get(self._fate, "refund"),
            kind={"sent_back": "return_to_sender", "claim": "claim"}.get(self._fate, "return"),
            exchange_sku="BOOT-43" if self._fate == "exchange" else "",
            note=f"Order {self._order.id} is not right" if self._chance.random() < 0.4 else "",
        )
        answer = open_return(self._shop, request)
        self._rma, self._verdict = str(answer["rma"]), str(answer["verdict"])

    def _inspect(self) -> None:
        self._later(self._chance.randrange(0, 4))
        grade = "damaged" if self._fate == "scrapped" else self._chance.choice(("new", "opened"))
        lines = [1]
        if self._fate == "paid":
            lines = [*range(1, len(self._order.units) + 1)]
        elif self._fate == "partial":
            lines = [*range(2, len(self._order.units) + 1)]
        grades = [f"{line}:{self._order.units[line - 1]}={grade}" for line in lines]
        inspect_items(self._shop, InspectRequest(self._rma, tuple(map(parse_item, grades))))
        if self._fate in ("scrapped", "credit"):
            dispose_items(self._shop, DisposeRequest(self._rma))
        if self._fate not in ("overdue", "exchange"):
            self._pay(self._chance.randrange(1, 9))

    def _pay(self, days: int) -> None:
        self._later(days)
        if self._fate == "in_parts":
            self._refund("1.000" if self._order.number % 3 == 2 else "1.00", "first")
            self._later(20)
        open_ended = self._fate in ("submitted", "failed", "doubtful")
        refund = self._refund(None, None if open_ended else "paid")
        if self._fate == "failed":
            fail_refund(self._shop, refund, "closed account")
        elif self._fate == "doubtful":
            doubt_refund(self._shop, refund, "no answer")
        elif self._fate == "reversed":
            self._later(3)
            reverse_refund(self._shop, refund, "to the wrong person")

    def _refund(self, amount: str | None, paid: str | None) -> str:
        reference = paid and f"{paid}_{self._order.id}"
        goodwill = None
        if self._fate == "claim":
            goodwill = "2.000" if self._order.number % 3 == 2 else "2.00"
        request = RefundRequest(
            self._rma, amount, reference, goodwill=goodwill, why="sorry" if goodwill else ""
        )
        return str(record_refund(self._shop, request)["refund"])

    def _later(self, days: int) -> None:
        self._day += timedelta(days)

    @property
    def _shop(self) -> Shop:
        return Shop(self._folder, "ann", self._day.isoformat())
