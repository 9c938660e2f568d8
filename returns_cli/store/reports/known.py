"""Whether anything in the shop is of the channel, country, category, reason or tier asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from returns_cli.domain.reported import Scope
from returns_cli.store.connection import Store
from returns_cli.store.reports.scope import LINE_FILTERS, ORDER_FILTERS, parameters


class Unknown(NamedTuple):
    """A filter that nothing fits, with what there is instead, sorted."""

    name: str
    asked: str
    known: tuple[str, ...]


# What fits a filter, and all values that there are.
_FOUND: Mapping[str, str] = {
    "channel": f"FROM orders o WHERE {ORDER_FILTERS['channel']}",
    "country": f"FROM orders o WHERE {ORDER_FILTERS['country']}",
    "category": f"FROM order_line l WHERE {LINE_FILTERS['category']}",
    "reason": "FROM return_line q WHERE q.reason = :reason",
    "tier": """FROM (SELECT customer_tier AS tier FROM orders UNION ALL SELECT tier FROM customer)
    WHERE tier = :tier""",
}
_VALUES: Mapping[str, str] = {
    "channel": "SELECT channel FROM orders",
    "country": "SELECT country FROM orders",
    "category": "SELECT category FROM order_line UNION SELECT category FROM product",
    "reason": "SELECT reason FROM return_line",
    "tier": "SELECT customer_tier FROM orders UNION SELECT tier FROM customer",
}


def unknown_filters(store: Store, scope: Scope) -> list[Unknown]:
    """The filters of a scope that nothing in the shop fits, at any time; inside a read."""
    ask = store.connection.execute
    values = parameters(scope)
    return [
        Unknown(name, asked, tuple(sorted(_values(store, name))))
        for name, asked in scope.filters
        if ask(f"SELECT 1 {_FOUND[name]} LIMIT 1", values).fetchone() is None
    ]


def _values(store: Store, name: str) -> set[str]:
    found = {value for (value,) in store.connection.execute(_VALUES[name]) if value}
    if name == "category":  # what others lie under can be asked for too
        found |= {value.replace(">", "/").partition("/")[0].strip() for value in found}
    return found
