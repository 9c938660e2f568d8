"""Which module reads which order format; a module is imported when a file of its format comes."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Protocol, cast, runtime_checkable

from returns_cli.domain.model import Order
from returns_cli.intake.grouping import ColumnKinds, Group
from returns_cli.intake.header import Header
from returns_cli.intake.records import OrderSupplement, ReadOptions
from returns_cli.intake.survey import KeyColumns


class OrderBuilder(Protocol):
    """One order format, made for one file."""

    kinds: ColumnKinds
    inherits: bool

    @property
    def keys(self) -> KeyColumns:
        """Where the order's key stands."""
        ...

    def build(self, group: Group) -> Order | OrderSupplement | None:
        """The order of a group, what it adds to one, or nothing to keep; or ``OrderRefused``."""
        ...

    def check_rows(self, group: Group) -> None:
        """``OrderRefused`` where rows are at fault themselves; sums are not compared."""
        ...


@runtime_checkable
class BlockBuilder(Protocol):
    """A format that also builds many plain orders at once."""

    def build_plain(self, groups: Sequence[Group]) -> list[Order | None]:
        """The orders of many groups, as ``build`` makes them; None for one that it must read."""
        ...


@runtime_checkable
class AddingBuilder(Protocol):
    """A format whose rows may add to orders that stand elsewhere (``OrderSupplement``).

    Attributes:
        adds_only: the whole file does nothing else.
        may_add: some of its rows do.
    """

    adds_only: bool
    may_add: bool


# Format of `orders import` -> module of this package and its class.
_BUILDERS = {
    "map": ("mapped.mapped_orders", "MappedOrders"),
    "shopify": ("exports.shopify", "ShopifyOrders"),
    "generic": ("own.generic", "GenericOrders"),
    "woo-analytics": ("exports.woo_analytics", "WooAnalyticsOrders"),
    "woo-algolplus": ("exports.woo_algolplus", "WooAlgolPlusOrders"),
    "woo-webtoffee": ("exports.woo_webtoffee", "WooWebToffeeOrders"),
    "woo-skyverge": ("exports.woo_skyverge", "WooSkyVergeOrders"),
    "amazon-all-orders": ("exports.amazon_orders", "AmazonAllOrders"),
    "amazon-new-orders": ("exports.amazon_orders", "AmazonNewOrders"),
    "ebay": ("exports.ebay", "EbayOrders"),
    "shopify-transactions": ("exports.shopify_transactions", "ShopifyTransactions"),
    "etsy": ("exports.etsy", "make_etsy"),
    "magento": ("exports.magento", "MagentoGrid"),
    "bigcommerce": ("exports.bigcommerce", "BigCommerceOrders"),
    "square": ("exports.square", "SquareOrders"),
    "shipstation": ("exports.shipstation", "ShipStationOrders"),
    "gumroad": ("exports.gumroad", "GumroadOrders"),
    "taobao": ("exports.taobao", "TaobaoOrders"),
    "shopee-tw": ("exports.shopee_tw", "ShopeeTaiwanOrders"),
}


def make_order_builder(header: Header, options: ReadOptions, file: str) -> OrderBuilder:
    """The builder for one file of orders.

    Args:
        header: of the file, which names its format.
        options: of the call.
        file: base name, kept with every order.

    Raises:
        FileRefused: the format needs something that neither file nor options say.
    """
    module, name = _BUILDERS["map" if options.mapping else header.format.name]
    builder = getattr(import_module(f"returns_cli.intake.{module}"), name)
    return cast(OrderBuilder, builder(header, options, file))
