"""The formats we know by their header, whether or not this version can read them yet.

A signature is the names that must all stand in the header, folded; ``a|b`` means either.
One row per layout.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

_BLANKS = "\ufeff\u200b"


@lru_cache(maxsize=4096)
def fold(name: str) -> str:
    r"""A header name for comparison: no BOM, trimmed, inner spaces to one, case folded.

    >>> fold("\ufeff Lineitem  SKU ")
    'lineitem sku'
    """
    return " ".join(name.strip(_BLANKS).split()).casefold()


@dataclass(frozen=True, slots=True)
class Format:
    """A known layout.

    Attributes:
        name: as ``--from`` names it.
        command: the command that reads it.
        what: for people: "a Shopify orders export".
        signature: folded names, ``a|b`` for either.
        is_readable: whether this version reads it.
        columns: all names we know of it, folded; empty where it is not read yet.
        is_closed: recognised among foreign files only where every column is known, because its
            signature alone would fit too much.
        quoted: RFC 4180 quotes.
    """

    name: str
    command: str
    what: str
    signature: tuple[str, ...]
    is_readable: bool = False
    columns: frozenset[str] = frozenset()
    is_closed: bool = False
    quoted: bool = True

    def missing_in(self, names: frozenset[str]) -> tuple[str, ...]:
        """The signature's names that a header (folded) does not have."""
        return tuple(
            wanted for wanted in self.signature if not names.intersection(wanted.split("|"))
        )

    def fits(self, names: frozenset[str]) -> bool:
        """Whether every name of the signature stands in the header (folded)."""
        return all(not names.isdisjoint(wanted.split("|")) for wanted in self.signature)


def _names(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(","))


def _later(name: str, command: str, what: str, signature: str, *, quoted: bool = True) -> Format:
    return Format(name, command, what, _names(signature), quoted=quoted)


_SHOPIFY_COLUMNS = """name, email, financial status, paid at, fulfillment status, fulfilled at,
accepts marketing, currency, subtotal, shipping, taxes, total, discount code, discount amount,
shipping method, created at, lineitem quantity, lineitem name, lineitem price,
lineitem compare at price, lineitem sku, lineitem requires shipping, lineitem taxable,
lineitem fulfillment status, billing name, billing street, billing address1, billing address2,
billing company, billing city, billing zip, billing province, billing country, billing phone,
shipping name, shipping street, shipping address1, shipping address2, shipping company,
shipping city, shipping zip, shipping province, shipping country, shipping phone, notes,
note attributes, cancelled at, canceled at, payment method, payment reference, refunded amount,
vendor, outstanding balance, employee, location, device id, id, tags, risk level, source,
lineitem discount, tax 1 name, tax 1 value, tax 2 name, tax 2 value, tax 3 name, tax 3 value,
tax 4 name, tax 4 value, tax 5 name, tax 5 value, phone, receipt number, duties,
billing province name, shipping province name, payment id, payment terms name,
next payment due at, payment references"""

_GENERIC_COLUMNS = """order_id, placed_at, currency, line_no, sku, quantity, unit_price, shipped_at,
delivered_at, channel, country, region, payment_method, discount_codes, order_discount,
order_shipping, order_tags, is_gift, customer_id, customer_name, customer_email, tier, title,
category, brand, tags, line_discount, line_tax, tax_included, weight_g, ship_name, ship_address1,
ship_address2, ship_city, ship_region, ship_postcode, ship_country, ship_phone"""

SHOPIFY = Format(
    "shopify",
    "orders import",
    "a Shopify orders export",
    _names("name, created at, lineitem quantity, lineitem name, lineitem price"),
    is_readable=True,
    columns=frozenset(_names(_SHOPIFY_COLUMNS)),
)
GENERIC_ORDERS = Format(
    "generic",
    "orders import",
    "a generic orders file",
    _names("order_id, placed_at, currency, line_no, sku, quantity, unit_price"),
    is_readable=True,
    columns=frozenset(_names(_GENERIC_COLUMNS)),
)


def _own(
    command: str, what: str, signature: str, optional: str = "", *, is_closed: bool = False
) -> Format:
    columns = {
        name for wanted in _names(f"{signature}, {optional}") for name in wanted.split("|") if name
    }
    return Format(
        "generic",
        command,
        what,
        _names(signature),
        is_readable=True,
        columns=frozenset(columns),
        is_closed=is_closed,
    )


REQUESTS = _own(
    "requests import",
    "a requests file",
    "order_id, line_no|sku, reason",
    "request_id, channel, quantity, want, kind, condition, photos, note, requested_at, "
    "exchange_sku",
)
RECEIPTS = _own(
    "receive --file",
    "a receipts file",
    "rma, line_no|sku",
    "request_id, quantity, received_at, station, tracking",
    is_closed=True,
)
INSPECTIONS = _own(
    "inspect --file",
    "an inspections file",
    "rma, line_no|sku, grade",
    "request_id, quantity, disposition, note",
)
DISPOSITIONS = _own(
    "dispose --file",
    "a dispositions file",
    "rma, line_no|sku, disposition",
    "request_id, quantity, location, note",
)
CUSTOMERS = _own(
    "customers import",
    "a customers file",
    "customer_id|email",
    "request_id, name, tier, tags, language",
    is_closed=True,
)
PRODUCTS = _own(
    "products import",
    "a products file",
    "sku",
    "request_id, title, category, brand, tags, price, weight_g, gtin, personalised, perishable, "
    "sealed_hygiene, digital, hazmat, serial_required",
    is_closed=True,
)

_ORDERS, _REQUESTS, _RECONCILE = "orders import", "requests import", "refunds reconcile"

FORMATS: tuple[Format, ...] = (
    SHOPIFY,
    _later("shopify-transactions", _ORDERS, "a Shopify transactions export",
           "order, name, kind, gateway, status, amount"),
    _later("shopify-payouts", _RECONCILE, "a Shopify payouts export",
           "transaction date, type, order, payout status, amount, fee, net"),
    _later("woo-analytics", _ORDERS, "a WooCommerce Analytics export",
           "date, order #, product(s), items sold"),
    _later("woo-algolplus", _ORDERS, "a WooCommerce export by AlgolPlus",
           "order number, quantity, item cost, order line total"),
    _later("woo-webtoffee", _ORDERS, "a WooCommerce export by WebToffee",
           "order_id, order_date, order_total, line_item_1|product item 1 name"),
    _later("woo-skyverge", _ORDERS, "a WooCommerce export by SkyVerge",
           "order_id, order_number_formatted, order_item_1|item_sku"),
    _later("amazon-all-orders", _ORDERS, "an Amazon all orders report",
           "amazon-order-id, purchase-date, order-status, item-status", quoted=False),
    _later("amazon-new-orders", _ORDERS, "an Amazon new orders report",
           "order-id, order-item-id, purchase-date, quantity-purchased", quoted=False),
    _later("amazon-shipments", "shipments import", "an Amazon shipments report",
           "amazon-order-id, shipment-id, tracking-number, carrier", quoted=False),
    _later("amazon-fba-returns", _REQUESTS, "an Amazon FBA returns report",
           "return-date, order-id|amazon-order-id, fnsku, detailed-disposition", quoted=False),
    _later("amazon-mfn-returns", _REQUESTS, "an Amazon seller-fulfilled returns report",
           "order id, return request date, amazon rma id, return quantity", quoted=False),
    _later("amazon-settlement", _RECONCILE, "an Amazon settlement report",
           "settlement-id, transaction-type, order-id, price-type, price-amount", quoted=False),
    _later("amazon-date-range", _RECONCILE, "an Amazon date range report",
           "date/time, settlement id, type, order id, product sales, total"),
    _later("etsy", _ORDERS, "an Etsy order items export",
           "sale date, item name, item total, order id"),
    _later("etsy", _ORDERS, "an Etsy orders export",
           "sale date, order id, order value, order total"),
    _later("etsy-statement", _RECONCILE, "an Etsy statement",
           "date, type, title, info, fees & taxes, net"),
    _later("ebay", _ORDERS, "an eBay orders report",
           "order number, item number, quantity, sold for"),
    _later("square", _ORDERS, "a Square item details export",
           "date, time, time zone, item, qty, net sales, transaction id"),
    _later("magento", _ORDERS, "a Magento orders grid",
           "purchase point, grand total (base), grand total (purchased)"),
    _later("shipstation", _ORDERS, "a ShipStation export",
           "order - number, item - sku, item - qty"),
    _later("bigcommerce", _ORDERS, "a BigCommerce orders export",
           "order id, order date, cart base amount|order total, refund amount"),
    _later("gumroad", _ORDERS, "a Gumroad sales export",
           "purchase id, item name, purchase email, refunded?"),
    _later("taobao", _ORDERS, "a Taobao orders export",
           "订单编号, 买家会员名, 总金额, 宝贝标题"),
    _later("shopee-tw", _ORDERS, "a Shopee Taiwan orders export",
           "訂單編號, 訂單狀態, 訂單總金額, 商品資訊"),
    GENERIC_ORDERS,
    REQUESTS,
    RECEIPTS,
    INSPECTIONS,
    DISPOSITIONS,
    CUSTOMERS,
    PRODUCTS,
    _later("generic", "shipments import", "a shipments file", "order_id|rma, event, at"),
)  # fmt: skip
