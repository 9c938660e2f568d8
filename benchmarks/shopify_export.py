"""A seeded Shopify export of any length, shaped as real ones are; people and articles are invented.

Seventy-nine columns, newest order first. Half of the orders have one line, the others two to
eight; addresses repeat, as do articles and prices. Discounts (of an order, by code, or of a line),
taxes on top, refunds, cancelled, unpaid and unsent orders, notes with quotes, commas, line ends,
umlauts and emoji all occur at plain rates.
"""

from __future__ import annotations

import csv
import random
from datetime import datetime, timedelta, timezone
from pathlib import Path

COLUMNS = (
    "Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,"
    "Currency,Subtotal,Shipping,Taxes,Total,Discount Code,Discount Amount,Shipping Method,"
    "Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem compare at price,"
    "Lineitem sku,Lineitem requires shipping,Lineitem taxable,Lineitem fulfillment status,"
    "Billing Name,Billing Street,Billing Address1,Billing Address2,Billing Company,"
    "Billing City,Billing Zip,Billing Province,Billing Country,Billing Phone,Shipping Name,"
    "Shipping Street,Shipping Address1,Shipping Address2,Shipping Company,Shipping City,"
    "Shipping Zip,Shipping Province,Shipping Country,Shipping Phone,Notes,Note Attributes,"
    "Cancelled at,Payment Method,Payment Reference,Refunded Amount,Vendor,Outstanding Balance,"
    "Employee,Location,Device ID,Id,Tags,Risk Level,Source,Lineitem discount,Tax 1 Name,"
    "Tax 1 Value,Tax 2 Name,Tax 2 Value,Tax 3 Name,Tax 3 Value,Tax 4 Name,Tax 4 Value,"
    "Tax 5 Name,Tax 5 Value,Phone,Receipt Number,Duties,Billing Province Name,"
    "Shipping Province Name,Payment ID,Payment Terms Name,Next Payment Due At,"
    "Payment References"
).split(",")
_AT = {name: place for place, name in enumerate(COLUMNS)}
_LINES_AN_ORDER = (52, 24, 11, 6, 3, 2, 1, 1)
_FIRST_NAMES = (
    "Ada Marcus Ines Tom Zoë Liam Noor Søren Maya Ruth Iván Chloe Owen Hana Piotr Lucía Ben Aisha "
    "Kai Greta"
).split()
_LAST_NAMES = (
    "Bell Ortega Lindqvist Okafor Müller Tanaka Rossi Novak Adeyemi Brandt O'Neill Petrov Larsen "
    "Dubois Haddad Nguyen Kowalska Silva Moreau Jensen"
).split()
_PLACES = (
    ("San Francisco", "'94110", "CA", "California", "State", 725, "County", 125),
    ("Brooklyn", "'11215", "NY", "New York", "State", 400, "City", 450),
    ("Austin", "'78704", "TX", "Texas", "State", 625, "City", 200),
    ("Portland", "'97205", "OR", "Oregon", "", 0, "", 0),
    ("Madison", "'53703", "WI", "Wisconsin", "State", 500, "County", 50),
    ("Miami", "'33131", "FL", "Florida", "State", 600, "County", 100),
)
_STREETS = (
    "Saltmarsh Street",
    "Orchard Lane",
    "5th Avenue",
    "Mill Road",
    "Harbor View",
    "Elm Court",
)
_THINGS = ("Tee", "Mug", "Candle", "Notebook", "Linen Apron", "Tote", "Wool Socks", "Print, A3")
_COLORS = ("Black", "Sage", "Rust", "Natural", "Navy")
_NOTES = (
    "Please leave at the door.",
    'Gift wrap, and write "Happy birthday, Sam!" on the card.',
    "Ring twice.\nThe bell is on the left.",
    "Danke schön 🎁\nBitte nicht vor Freitag liefern.",
)
_ATTRIBUTES = ("delivery-date: 2026-03-26\ngate: “blue door”", "gift: yes", "engraving: S.T.")
_ZONE = timezone(timedelta(hours=-5))


def write_export(path: Path, lines: int, seed: int = 1) -> int:
    """Write an export of ``lines`` order lines; the same seed gives the same bytes.

    Returns:
        The number of orders.
    """
    draw = random.Random(seed)
    articles = [_article(number, draw) for number in range(800)]
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(COLUMNS)
        left, orders = lines, 0
        while left:
            (count,) = draw.choices(range(1, 9), _LINES_AN_ORDER)
            count = min(count, left)
            left -= count
            orders += 1
            writer.writerows(_order(9_000_000 - orders, count, articles, draw))
    return orders


def _article(number: int, draw: random.Random) -> tuple[str, str, int]:
    """Title, SKU and price in cents."""
    thing, color = draw.choice(_THINGS), draw.choice(_COLORS)
    title = f"{thing} No. {number} - {color} / {draw.choice('SML')}"
    return title, f"TO-{number:04d}-{color[:3].upper()}", draw.randrange(400, 18_000, 25)


def _order(
    number: int, count: int, articles: list[tuple[str, str, int]], draw: random.Random
) -> list[list[str]]:
    """The rows of one order."""
    email = f"buyer{draw.randrange(number)}@example.com" if draw.random() < 0.95 else ""
    created = datetime(2026, 3, 1, tzinfo=_ZONE) - timedelta(seconds=(9_000_000 - number) * 61)
    is_fulfilled = draw.random() < 0.88
    rows, gross, own = [], 0, 0
    for _ in range(count):
        title, sku, price = draw.choice(articles)
        quantity = draw.choices((1, 2, 3, 6), (80, 14, 4, 2))[0]
        discount = price * quantity // 5 if draw.random() < 0.04 else 0
        gross += price * quantity
        own += discount
        row = [""] * len(COLUMNS)
        _put(row, {
            "Name": f"#{number}",
            "Email": email,
            "Created at": _when(created),
            "Lineitem quantity": str(quantity),
            "Lineitem name": title,
            "Lineitem price": _money(price),
            "Lineitem sku": sku,
            "Lineitem requires shipping": "true",
            "Lineitem taxable": "true",
            "Lineitem fulfillment status": "fulfilled" if is_fulfilled else "pending",
            "Vendor": "Tansy & Oak",
            "Lineitem discount": _money(discount),
        })  # fmt: skip
        rows.append(row)
    _put(rows[0], _money_cells(gross, own, draw))
    _put(rows[0], _state_cells(rows[0], created, draw, is_fulfilled=is_fulfilled))
    _put(rows[0], _person_cells(draw))
    _put(rows[0], {"Id": str(6_620_000_000_000 + number), "Payment References": f"r{number}"})
    return rows


def _money_cells(gross: int, own: int, draw: random.Random) -> dict[str, str]:
    code, discount = "", own
    if draw.random() < 0.18:
        code = draw.choice(("WELCOME10", "SPRING", "AUTOMATIC DISCOUNTS"))
        discount += (gross - own) // 10
    goods, shipping = gross - discount, draw.choice((0, 595, 595, 750))
    _, _, _, _, first, first_rate, second, second_rate = place = draw.choice(_PLACES)
    first_tax, second_tax = goods * first_rate // 10_000, goods * second_rate // 10_000
    total = goods + shipping + first_tax + second_tax
    return {
        "Currency": "USD",
        "Subtotal": _money(goods),
        "Shipping": _money(shipping),
        "Taxes": _money(first_tax + second_tax),
        "Total": _money(total),
        "Discount Code": code,
        "Discount Amount": _money(discount),
        "Shipping Method": "Standard" if shipping else "Free shipping",
        "Outstanding Balance": "0.00",
        "Tax 1 Name": f"{place[3]} {first} Tax {first_rate / 100:g}%" if first else "",
        "Tax 1 Value": _money(first_tax) if first else "",
        "Tax 2 Name": f"{place[0]} {second} Tax {second_rate / 100:g}%" if second else "",
        "Tax 2 Value": _money(second_tax) if second else "",
        **_place_cells(place),
    }


def _place_cells(place: tuple[str, str, str, str, str, int, str, int]) -> dict[str, str]:
    city, postcode, province, name, *_ = place
    return {
        f"{whose} {column}": value
        for whose in ("Billing", "Shipping")
        for column, value in (
            ("City", city), ("Zip", postcode), ("Province", province), ("Country", "US"),
            ("Province Name", name),
        )
    }  # fmt: skip


def _state_cells(
    row: list[str], created: datetime, draw: random.Random, *, is_fulfilled: bool
) -> dict[str, str]:
    total = row[_AT["Total"]]
    (state,) = draw.choices(
        ("paid", "partially_refunded", "refunded", "pending", "authorized", "voided"),
        (915, 30, 25, 20, 6, 4),
    )
    refunded = {"refunded": total, "partially_refunded": row[_AT["Lineitem price"]]}
    if float(refunded.get(state, "0")) > float(total):
        refunded[state] = total
    return {
        "Financial Status": state,
        "Paid at": _when(created + timedelta(seconds=2)) if state != "pending" else "",
        "Fulfillment Status": "fulfilled" if is_fulfilled else "unfulfilled",
        "Fulfilled at": _when(created + timedelta(hours=20)) if is_fulfilled else "",
        "Accepts Marketing": draw.choice(("yes", "no")),
        "Cancelled at": _when(created + timedelta(hours=3)) if state == "voided" else "",
        "Outstanding Balance": total if state == "pending" else "0.00",
        "Refunded Amount": refunded.get(state, "0.00"),
        "Payment Method": draw.choices(
            ("Shopify Payments", "PayPal Express Checkout", "Klarna"), (80, 15, 5)
        )[0],
        "Risk Level": "Low",
        "Source": draw.choices(("web", "pos", "shopify_draft_order"), (90, 8, 2))[0],
        "Tags": draw.choice(("gift", "vip, repeat")) if draw.random() < 0.2 else "",
        "Notes": draw.choice(_NOTES) if draw.random() < 0.08 else "",
        "Note Attributes": draw.choice(_ATTRIBUTES) if draw.random() < 0.1 else "",
    }


def _person_cells(draw: random.Random) -> dict[str, str]:
    name = f"{draw.choice(_FIRST_NAMES)} {draw.choice(_LAST_NAMES)}"
    street = f"{draw.randrange(1, 2000)} {draw.choice(_STREETS)}"
    unit = f"Apt {draw.randrange(1, 40)}" if draw.random() < 0.2 else ""
    phone = f"'+1415555{draw.randrange(10_000):04d}" if draw.random() < 0.6 else ""
    whole = f"{street}, {unit}" if unit else street
    return {
        f"{whose} {column}": value
        for whose in ("Billing", "Shipping")
        for column, value in (
            ("Name", name), ("Street", whole), ("Address1", street), ("Address2", unit),
            ("Phone", phone),
        )
    }  # fmt: skip


def _put(row: list[str], cells: dict[str, str]) -> None:
    for name, value in cells.items():
        row[_AT[name]] = value


def _money(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"


def _when(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M:%S %z")
