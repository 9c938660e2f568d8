"""Amazon's words and what they mean here, read from ``data/amazon.toml``."""

from __future__ import annotations

import tomllib
from enum import StrEnum
from functools import lru_cache
from typing import Any, NamedTuple

from returns_cli.data import shipped
from returns_cli.domain.vocabulary import Kind, Resolution, TaxStyle


class ItemState(StrEnum):
    """What became of an order or of one of its items."""

    SHIPPED = "shipped"
    NOT_SHIPPED = "not_shipped"
    PARTLY_SHIPPED = "partly_shipped"
    CANCELLED = "cancelled"


class Condition(NamedTuple):
    """What a fulfilment centre found.

    Attributes:
        grades: the grades that it may stand for, the likeliest first.
        disposition: where such goods go, where no policy says it.
    """

    grades: tuple[str, ...]
    disposition: str


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    return tomllib.loads(shipped("amazon.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _states() -> dict[str, ItemState]:
    orders = _table()["orders"]
    return {word.casefold(): state for state in ItemState for word in orders[state.value]}


def item_state(text: str) -> ItemState | None:
    """The state that an order-status or item-status names, None for an unknown word.

    >>> item_state("Shipped - Delivered to Buyer").value, item_state("Teleported")
    ('shipped', None)
    """
    return _states().get(" ".join(text.split()).casefold())


def tax_style(sales_channel: str, shops_own: TaxStyle) -> TaxStyle:
    """How the prices of a marketplace hold their tax.

    Args:
        sales_channel: ``Amazon.com``, ``Amazon.de`` …, empty where the file does not say.
        shops_own: counts where the table does not say it.
    """
    on_top = {name.casefold() for name in _table()["orders"]["on_top"]}
    return TaxStyle.ON_TOP if sales_channel.casefold() in on_top else shops_own


def condition_of(text: str) -> Condition | None:
    """What a ``detailed-disposition`` says of the goods, None for an unknown word."""
    found = _table()["dispositions"].get(text.upper())
    return None if found is None else Condition(tuple(found["grades"]), found["disposition"])


def resolution_of(text: str) -> Resolution | None:
    """What the customer gets under a ``Resolution``, None for an unknown word."""
    found = _table()["resolutions"].get(text.upper())
    return None if found is None else Resolution(found)


def kind_of(reason: str) -> Kind:
    """The kind of return that a reason tells of.

    >>> kind_of("UNDELIVERABLE_REFUSED").value, kind_of("DEFECTIVE").value
    ('return_to_sender', 'return')
    """
    name = reason.upper().removeprefix("CR-")
    kinds = _table()["kinds"].items()
    return next((Kind(kind) for start, kind in kinds if name.startswith(start)), Kind.RETURN)
