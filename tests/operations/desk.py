"""A small shop for tests of operations: its settings, policy and orders, worked out by hand."""

from __future__ import annotations

from pathlib import Path

from returns_cli.domain.item_spec import ItemSpec, parse_item
from returns_cli.operations.import_orders import import_orders
from returns_cli.operations.init_shop import make_shop
from returns_cli.operations.inspect_items import InspectRequest, inspect_items
from returns_cli.operations.open_return import OpenRequest, open_return
from returns_cli.operations.receive_items import ReceiveRequest, receive_items
from returns_cli.operations.shop import Shop

CLOCK = "2026-03-20T10:00:00+00:00"
SALT = "test"
NO_FONT = "\U0010fffd"
"""A sign that no font has."""

SETTINGS = """
name: Corner Shop
currency: USD
timezone: UTC
country: US
tax: included
addresses:
  main:
    name: Corner Shop Returns
    address1: 1 Mill Lane
    city: Springfield
    postcode: "01103"
    country: US
return_page: https://r.example.com
"""

POLICY = """
policy: plain
title: Plain returns
currency: USD
reasons:
  itchy: {text: It itches, fault: customer}
terms:
  window: {days: 30, from: delivered, if_unknown: {from: ordered, plus_days: 7}}
  resolutions: [refund, store_credit, exchange]
  condition: [new, opened]
  fees: {restocking: 10%, return_shipping: 6.95, waived_for_fault: [merchant, carrier]}
  label: {kind: prepaid, valid_days: 21}
  refund: {to: original_payment, after: inspected, within_days: 5, original_shipping: never}
  inspection:
    new: {refund: 100%, disposition: restock}
    opened: {refund: 100%, disposition: open_box, restocking: 15%}
    damaged: {refund: 50%, disposition: scrap}
rules:
  - id: final-sale
    why: Final sale items stay sold.
    when: {item.tags: final-sale}
    deny: final_sale
  - id: keep-it
    why: Cheap goods that arrive broken are yours to keep.
    when: {reason.fault: carrier, line.value: {under: 10.00}}
    keep_item: true
"""

_COLUMNS = (
    "order_id,placed_at,currency,line_no,sku,title,quantity,unit_price,delivered_at,is_gift,tags,"
    "customer_name,customer_email,ship_name,ship_address1,ship_city,ship_postcode,ship_country,"
    "payment_method"
)
_CLUJ = "Ana Ștefănescu,Str. Lungă 1,Cluj-Napoca,400001,RO,Visa"
_ROWS = (
    f"1001,2026-03-01,USD,1,MUG,Mug,1,12.50,2026-03-05,,,Ann Buyer,ann@example.com,{_CLUJ}",
    f"1001,2026-03-01,USD,2,TEE,Tee,2,20.00,2026-03-05,,,Ann Buyer,ann@example.com,{_CLUJ}",
    "1002,2026-03-02,USD,1,VASE,Vase,1,83.17,2026-03-06,1,,Paul Payer,paul@example.com,Greta Glad",
    f"1003,2026-03-02,USD,1,MUG,Mug,1,12.50,2026-03-06,,,Nora None,nora@example.com,Nora {NO_FONT}",
    "1004,2026-03-02,EUR,1,MUG,Mug,1,12.50,2026-03-06,,,Eva Euro,eva@example.com,Eva Euro",
    "1005,2026-03-02,USD,1,CNDL,Candle,1,8.00,2026-03-06,,,Cy Candle,cy@example.com,Cy Candle",
    "1006,2026-03-02,USD,1,CAP,Cap,1,15.00,2026-03-06,,final-sale,Flo,f@example.com,Flo Final",
)
ORDERS = "\n".join(
    (
        _COLUMNS,
        *(
            row if row.endswith("Visa") else f"{row},5 Elm Row,Austin,78704,US,Visa"
            for row in _ROWS
        ),
        "",
    )
)


def small_shop(folder: Path, *, settings: str = SETTINGS, policy: str = POLICY) -> Shop:
    """A shop with six orders and no return, its clock at 2026-03-20 10:00 UTC."""
    make_shop(folder, settings.encode(), {"plain.yaml": policy.encode()}, SALT)
    shop = Shop(folder, "ann", CLOCK)
    orders = folder / "orders.csv"
    orders.write_text(ORDERS, encoding="utf-8")
    import_orders(shop, [orders])
    shop.notes.clear()
    return shop


def opened(shop: Shop, order: str, *items: str, want: str = "refund") -> str:
    """The RMA of a new return; items as typed, ``2:1=too_small``."""
    request = OpenRequest(order, tuple(parse_item(one) for one in items), want=want)
    rma = str(open_return(shop, request)["rma"])
    shop.notes.clear()  # said by that command, not by the one that a test looks at
    return rma


def received(shop: Shop, rma: str, *items: str) -> None:
    """Goods arrive; without items all that is awaited."""
    receive_items(shop, ReceiveRequest(rma, tuple(parse_item(one) for one in items)))


def inspected(shop: Shop, rma: str, *items: str) -> None:
    """Goods are graded: ``2:1=opened``."""
    inspect_items(shop, InspectRequest(rma, tuple(parse_item(one) for one in items)))


def on(shop: Shop, day: str) -> Shop:
    """The same shop with its clock on another day."""
    return Shop(shop.folder, shop.actor, day, dry_run=shop.dry_run)


def rehearsed(shop: Shop) -> Shop:
    """The same shop under ``--dry-run``."""
    return Shop(shop.folder, shop.actor, shop.as_of_text, dry_run=True)


def items(*typed: str) -> tuple[ItemSpec, ...]:
    """Items as typed."""
    return tuple(parse_item(one) for one in typed)


def written(shop: Shop, name: str, text: str) -> Path:
    """A file in the shop's folder."""
    path = shop.folder / name
    path.write_text(text, encoding="utf-8")
    return path


def sold(shop: Shop, *rows: str) -> None:
    """More orders: ``id,line,sku,quantity,price``, placed 2026-03-02, delivered 2026-03-06."""
    header = "order_id,line_no,sku,quantity,unit_price,placed_at,currency,delivered_at"
    lines = [f"{row},2026-03-02,USD,2026-03-06" for row in rows]
    import_orders(shop, [written(shop, "more.csv", "\n".join([header, *lines, ""]))])
