"""The shop's own settings, as read from ``shop.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo

from returns_cli.domain.model import Address, Fault, TaxStyle


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason's code, the text a customer reads, its fault and the platforms' names for it."""

    code: str
    text: str
    fault: Fault
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade found at inspection."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Disposition:
    """Where goods go after inspection; ``is_sellable`` ones make stock."""

    code: str
    text: str
    is_sellable: bool = False


@dataclass(frozen=True, slots=True)
class Tables:
    """Reasons, grades and dispositions by code: the defaults, completed by shop.yaml or a policy."""

    reasons: Mapping[str, Reason]
    grades: Mapping[str, Grade]
    dispositions: Mapping[str, Disposition]


@dataclass(frozen=True, slots=True)
class ShopConfig:
    """What ``shop.yaml`` says, checked.

    Attributes:
        tax: whether prices hold their tax where a source does not say.
        addresses: by name; ``main`` is where returns go unless a policy says otherwise.
        gift_tags: order tags that mark a gift.
        return_page: public URL of the return page, empty for none.
        standard_shipping_minor: by country, minor units of ``currency``.
        four_eyes_above_minor: refunds above it want an approver who is not the recorder.
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
    standard_shipping_minor: Mapping[str, int] = field(default_factory=dict)
    four_eyes_above_minor: int | None = None
    holidays: frozenset[date] = frozenset()
    paper: Mapping[str, str] = field(default_factory=dict)
    brand: Mapping[str, str] = field(default_factory=dict)
    inbox: tuple[Mapping[str, str], ...] = ()
    retention: Mapping[str, str] = field(default_factory=dict)

    @property
    def zone(self) -> ZoneInfo:
        """The shop's time zone."""
        return ZoneInfo(self.timezone)
