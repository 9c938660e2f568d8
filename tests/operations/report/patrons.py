"""A shop with people who order again and people who do not, drawn by chance but always the same.

Written for the report on customers: one who sends nearly everything back, bad returns, denied
ones, people known by mail alone, an order that names nobody, two currencies.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from random import Random

from returns_cli.domain.item_spec import parse_item
from returns_cli.operations.import_orders import import_orders
from returns_cli.operations.init_shop import make_shop
from returns_cli.operations.open_return import OpenRequest, open_return
from returns_cli.operations.receive_items import ReceiveRequest, receive_items
from returns_cli.operations.shop import Shop
from tests.operations.desk import POLICY, SETTINGS

CLOCK = "2026-06-30"
_FIRST = date(2025, 1, 6)
_LAST = date(2026, 6, 20)
_EUROS = POLICY.replace("plain", "euros").replace("currency: USD", "currency: EUR")
_HEADER = (
    "order_id,placed_at,shipped_at,delivered_at,currency,country,tier,customer_id,"
    "customer_email,line_no,sku,category,quantity,unit_price\n"
)
_REASONS = ("changed_mind", "too_small", "defective", "damaged_in_transit", "style")


def patron_shop(folder: Path) -> Shop:
    """The shop, at the clock of the report."""
    chance = Random(20260630)
    policies = {"plain.yaml": POLICY.encode(), "euros.yaml": _EUROS.encode()}
    make_shop(folder, SETTINGS.encode(), policies, "patrons")
    orders = folder / "orders.csv"
    wanted = list(_orders(chance))
    orders.write_text(_HEADER + "".join(line for line, *_ in wanted), encoding="utf-8")
    import_orders(Shop(folder, "ann", CLOCK), [orders])
    for _, order, day, share in wanted:
        if order and chance.random() < share:
            _send_back(folder, order, day, chance)
    return Shop(folder, "ann", CLOCK)


def _orders(chance: Random) -> list[tuple[str, str, date, float]]:
    """Rows of the file; the first of an order has its number and how likely it comes back."""
    found: list[tuple[str, str, date, float]] = []
    for n in range(48):
        customer = f"c{n}" if n % 5 else ""
        mail = f"Person{n}@Example.com" if n != 46 else ""
        tier = ("", "gold", "silver")[n % 3]
        day = _FIRST + timedelta(chance.randrange(200))
        share = 0.95 if n in (3, 5) else 0.2
        while day < _LAST:
            order = str(1000 + len(found))
            currency = "EUR" if n % 7 else "USD"
            for line in range(1, chance.randrange(1, 3) + 1):
                who = f"{currency},DE,{tier},{customer},{mail}"
                sku = f"S{chance.randrange(9)},{chance.choice(('Mugs', 'Shoes'))}"
                days = f"{day},{day + timedelta(1)},{day + timedelta(3)}"
                if n == 40:
                    days = f"{day},,"  # never shipped
                row = f"{order},{days},{who},{line},{sku},{chance.randrange(1, 4)},20.00\n"
                found.append((row, order if line == 1 and n != 40 else "", day, share))
            if chance.random() < (0.02 if n in (3, 5) else 0.25):
                break
            day += timedelta(chance.randrange(15, 110))
    return found


def _send_back(folder: Path, order: str, day: date, chance: Random) -> None:
    late = chance.random() < 0.15
    asked = day + timedelta(60 if late else chance.randrange(5, 30))
    reason = chance.choice(_REASONS)
    shop = Shop(folder, "ann", asked.isoformat())
    answer = open_return(shop, OpenRequest(order, (parse_item(f"1:1={reason}"),)))
    if answer["verdict"] == "approve" and chance.random() < 0.9:
        receive_items(
            Shop(folder, "ann", (asked + timedelta(4)).isoformat()),
            ReceiveRequest(str(answer["rma"])),
        )
