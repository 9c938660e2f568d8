"""What lies in the folder of a shop of the fault tests, by file name."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from returns_cli.store.migrate import STEPS, bring_up_to_date

ORDERS = """\
order_id,placed_at,currency,line_no,sku,quantity,unit_price,delivered_at,customer_email
1042,2026-03-01,USD,1,MUG,1,12.50,2026-03-06,ann@example.com
1042,2026-03-01,USD,2,SHIRT-M,3,10.00,2026-03-06,ann@example.com
1043,2026-03-02,USD,1,MUG,2,12.50,2026-03-06,ben@example.com
1044,2026-03-02,USD,1,LAMP,1,900.00,2026-03-06,ben@example.com
"""
_MORE = """\
order_id,placed_at,currency,line_no,sku,quantity,unit_price
2001,2026-03-01,USD,1,MUG,1,12.50
2002,2026-03-01,USD,1,MUG,1,12.50
2003,2026-03-01,USD,1,MUG,1,12.50
"""
_SHOPIFY = """\
Name,Email,Financial Status,Currency,Subtotal,Shipping,Taxes,Total,Created at,Lineitem quantity,\
Lineitem name,Lineitem price,Lineitem sku,Lineitem fulfillment status,Refunded Amount,Notes
#2001,ann@example.com,paid,USD,30.00,5.00,2.40,37.40,2026-03-01 10:00:00 -0500,2,Mug,10.00,MUG,\
fulfilled,0.00,"Ring twice.
The bell is on the left."
#2001,ann@example.com,,,,,,,2026-03-01 10:00:00 -0500,1,Jug,10.00,JUG,fulfilled,,
#2002,,refunded,USD,10.00,0.00,0.00,10.00,2026-03-01 11:00:00 -0500,1,Jug,10.00,JUG,fulfilled,10.00,
"""
_TRANSACTIONS = """\
Order,Name,Kind,Gateway,Created At,Status,Amount,Currency
2001,#2001,sale,cards,2026-03-01 10:00:05 -0500,success,37.40,USD
2001,#2001,refund,cards,2026-03-05 09:00:00 -0500,success,10.80,USD
"""
_DEAR = """\
sku,price
COAT,26.00 USD
"""
_FOREIGN = """\
Auftrag;Datum;Artikel;Menge;Preis
A-1;05.03.2026;LAMP;1;12,90
A-1;05.03.2026;SHADE;2;4,50
A-2;06.03.2026;LAMP;1;12,90
"""
_MAPPING = """\
mapping: foreign
reads: orders
delimiter: semicolon
decimal: comma
date_format: DD.MM.YYYY
columns:
  order_id: Auftrag
  placed_at: Datum
  sku: Artikel
  quantity: Menge
  unit_price: Preis
constants:
  currency: EUR
"""
_STATEMENT = """\
type,paid_at,amount,currency,order_id,reference
refund,2026-03-20,20.05,USD,1042,re_1
refund,2026-03-20,7.00,USD,1043,re_2
charge,2026-03-19,42.50,USD,1042,ch_1
"""

FILES = {
    "dear.csv": _DEAR,
    "orders.csv": ORDERS,
    "more.csv": _MORE,
    "edited.csv": ORDERS.replace("SHIRT-M,3,10.00", "SHIRT-M,3,11.00"),
    "partly.csv": _MORE + "2004,2026-03-01,USD,1,MUG,many,12.50\n",
    "shopify.csv": _SHOPIFY,
    "transactions.csv": _TRANSACTIONS,
    "foreign.csv": _FOREIGN,
    "mapping.yaml": _MAPPING,
    "statement.csv": _STATEMENT,
    "requests.csv": "order_id,line_no,reason,quantity\n1042,2,too_small,2\n1043,1,too_small,1\n",
    "shipments.csv": "order_id,event,at,tracking\n1042,delivered,2026-03-07,1Z999\n",
    "customers.csv": "customer_id,name,tier,tags\nC1,Ann,gold,vip|press\nC2,Ben,,\n",
    "products.csv": "sku,title,category,tags\nMUG,Mug,kitchen,clay\nSHIRT-M,Shirt,apparel,\n",
}


def old_store(folder: Path) -> None:
    """Put the store of the first release in place of the folder's own."""
    path = folder / "returns.db"
    path.unlink()
    path.touch(0o600)
    with closing(sqlite3.connect(path, isolation_level=None)) as store:
        bring_up_to_date(store, path, salt=b"0123456789abcdef", steps=STEPS[:1])
