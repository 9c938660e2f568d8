"""The shop's own settings, as read from ``shop.yaml``."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import NamedTuple
from zoneinfo import ZoneInfo

from returns_cli.domain.model import Address
from returns_cli.domain.vocabulary import Fault, TaxStyle


class Reason(NamedTuple):
    """A reason's code, the text a customer reads, its fault and the platforms' names for it."""

    code: str
    text: str
    fault: Fault
    aliases: tuple[str, ...] = ()


class Grade(NamedTuple):
    """A grade found at inspection."""

    code: str
    text: str


class Disposition(NamedTuple):
    """Where goods go after inspection; ``is_sellable`` ones make stock.

    Attributes:
        bin: the shelf that is meant where nobody names one.
        location: what the shop system calls the place.
    """

    code: str
    text: str
    is_sellable: bool = False
    bin: str = ""
    location: str = ""


class Tables(NamedTuple):
    """Reasons, grades, dispositions by code: the defaults, completed by shop.yaml or a policy."""

    reasons: Mapping[str, Reason]
    grades: Mapping[str, Grade]
    dispositions: Mapping[str, Disposition]


class ShopConfig(NamedTuple):
    """What ``shop.yaml`` says, checked.

    Attributes:
        tax: whether prices hold their tax where a source does not say.
        addresses: by name; ``main`` is where returns go unless a policy says otherwise.
        gift_tags: order tags that mark a gift.
        return_page: public URL of the return page, empty for none.
        standard_shipping_minor: by country, minor units of ``currency``.
        four_eyes_above_minor: refunds above it want an approver who is not the recorder.
        accounts: what accounts of the journal are called in the books, by account or its group.
        stock_file: path in the shop folder of a file that says what is there; empty for none.
        refund_order: which of an order's means of payment gets its money back first.
        defaults: what options say that nobody types, by command and name without dashes.
        paper: default sizes and resolution, ``brand``, ``inbox``, ``retention``: as text, by key.
    """

    name: str
    currency: str
    timezone: str
    country: str
    language: str
    tax: TaxStyle
    addresses: Mapping[str, Address]
    tables: Tables
    gift_tags: tuple[str, ...] = ("gift",)
    return_page: str = ""
    standard_shipping_minor: Mapping[str, int] = MappingProxyType({})
    four_eyes_above_minor: int | None = None
    holidays: frozenset[date] = frozenset()
    paper: Mapping[str, str] = MappingProxyType({})
    brand: Mapping[str, str] = MappingProxyType({})
    inbox: tuple[Mapping[str, str], ...] = ()
    retention: Mapping[str, str] = MappingProxyType({})
    accounts: Mapping[str, str] = MappingProxyType({})
    refund_order: tuple[str, ...] = ()
    stock_file: str = ""
    defaults: Mapping[str, Mapping[str, tuple[str, ...]]] = MappingProxyType({})

    @property
    def zone(self) -> ZoneInfo:
        """The shop's time zone."""
        return ZoneInfo(self.timezone)
