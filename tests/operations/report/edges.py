"""Shops at the edge: empty, of one day, without this or that, with names that mean harm."""

from __future__ import annotations

import csv
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import NamedTuple

from returns_cli.operations.import_orders import import_orders
from returns_cli.operations.init_shop import make_shop
from returns_cli.operations.inspect_items import InspectRequest, inspect_items
from returns_cli.operations.open_return import OpenRequest, open_return
from returns_cli.operations.receive_items import ReceiveRequest, receive_items
from returns_cli.operations.record_refund import RefundRequest, record_refund
from returns_cli.operations.shop import Shop
from tests.operations.desk import SETTINGS, items

CLOCK = "2026-03-20T10:00:00+00:00"
TAG = "</script><script>alert(1)</script>"
PICTURE = '<img src=x onerror="alert(1)">'
TURNED = "a\u202eb\u2066c"
STEERED = "\x1b[31mred\x07"
SCRIPTS = ("كوب", "כוס", "カップ", "แก้ว", "कप", "Ceașcă", "👩‍👩‍👧")
_POLICY = """
policy: {name}
title: {name}
currency: {currency}
terms:
  window: {{days: 60, from: delivered, if_unknown: {{from: ordered, plus_days: 7}}}}
  resolutions: [refund]
  condition: [new]
  refund: {{to: original_payment, after: received, within_days: 5, original_shipping: never}}
  inspection:
    new: {{refund: 100%, disposition: restock}}
"""
_HEADER = (
    "order_id,placed_at,delivered_at,currency,channel,country,tier,customer_id,line_no,sku,title,"
    "category,quantity,unit_price"
).split(",")


class _Sold(NamedTuple):
    order: str
    currency: str = "USD"
    price: str = "10.00"
    placed: str = "2026-03-02"
    delivered: str = "2026-03-05"
    channel: str = "web"
    tier: str = ""
    customer: str = "c1"
    sku: str = "MUG"
    title: str = "Mug"
    category: str = "Home"


def _shop(folder: Path, *sold: _Sold) -> Shop:
    policies = {
        f"{name}.yaml": _POLICY.format(name=name.lower(), currency=name).encode()
        for name in ("USD", "JPY", "KWD")
    }
    make_shop(folder, SETTINGS.encode(), policies, "edges")
    shop = Shop(folder, "ann", CLOCK)
    if sold:
        text = StringIO()
        writer = csv.writer(text)
        writer.writerow(_HEADER)
        for one in sold:
            when = one.placed, one.delivered
            of = one.currency, one.channel, "DE", one.tier, one.customer
            goods = 1, one.sku, one.title, one.category, 2, one.price
            writer.writerow((one.order, *when, *of, *goods))
        path = folder / "orders.csv"
        path.write_text(text.getvalue(), encoding="utf-8")
        answer = import_orders(shop, [path])
        assert not answer["rejected"], answer["problems"]
    return shop


def _back(shop: Shop, order: str, *, note: str = "", inspected: bool = True) -> str:
    request = OpenRequest(order, items("1:2=too_small"), note=note)
    rma = str(open_return(shop, request)["rma"])
    receive_items(shop, ReceiveRequest(rma))
    if inspected:
        inspect_items(shop, InspectRequest(rma, items("1:2=new")))
    return rma


def _empty(folder: Path) -> Shop:
    return _shop(folder)


def _one_return(folder: Path) -> Shop:
    shop = _shop(folder, _Sold("1", placed="2026-03-20", delivered="2026-03-20"))
    record_refund(shop, RefundRequest(_back(shop, "1"), paid="ch_1"))
    return shop


def _return_without_a_refund(folder: Path) -> Shop:
    shop = _shop(folder, _Sold("1"))
    _back(shop, "1", inspected=False)
    return shop


def _refund_without_a_return(folder: Path) -> Shop:
    shop = _shop(folder)
    source = Path(__file__).parents[3] / "examples" / "orders_export.csv"
    import_orders(shop, [source])
    return shop


def _no_delivery_days(folder: Path) -> Shop:
    return _shop(folder, _Sold("1", delivered=""), _Sold("2", delivered="", placed="2025-11-30"))


def _currencies(folder: Path) -> Shop:
    sold = [
        _Sold("1"),
        _Sold("2", "JPY", "98765432"),
        _Sold("3", "KWD", "1234567.891"),
    ]
    shop = _shop(folder, *sold)
    for one in sold:
        record_refund(shop, RefundRequest(_back(shop, one.order), paid=f"ch_{one.order}"))
    return shop


def _names(*names: str) -> Callable[[Path], Shop]:
    def made(folder: Path) -> Shop:
        sold = [
            _Sold(str(n), channel="web", tier=name, customer=name, sku=name, title=name,
                  category=name)
            for n, name in enumerate(names)
        ]  # fmt: skip
        shop = _shop(folder, *sold)
        for one in sold:
            _back(shop, one.order, note=one.title)
        return shop

    return made


SHOPS: dict[str, Callable[[Path], Shop]] = {
    "an empty shop": _empty,
    "one return, one day": _one_return,
    "a return without a refund": _return_without_a_refund,
    "refunds without a return": _refund_without_a_return,
    "no delivery days": _no_delivery_days,
    "currencies of 0, 2 and 3 decimals": _currencies,
    "names in any script": _names(*SCRIPTS, "Long" * 40),
    "hostile names": _names(TAG, PICTURE, TURNED, STEERED, '=cmd|"/c calc"!A0', "a,b;c\td"),
}
