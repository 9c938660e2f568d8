"""Which policy judges an order: the one that fits it most narrowly on the day it was placed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from returns_cli.domain.days import local_day
from returns_cli.domain.errors import InvalidError
from returns_cli.domain.model import Order
from returns_cli.policy.language import Policy


def choose_policy(
    policies: Sequence[Policy], order: Order, customer_tags: Iterable[str], zone: ZoneInfo
) -> Policy | None:
    """The policy that an order is judged by, None where none fits.

    A policy fits when the order is in its currency, was placed in its period (both days included,
    in ``zone``) and meets every key of its ``applies_to``. Of several the narrowest is taken: the
    one with more keys in ``applies_to``, and among those the one whose lists are shorter.

    Raises:
        InvalidError: two policies fit equally narrowly (exit 7); ``policy check`` finds them.
    """
    placed_on = local_day(order.placed_at, zone)
    tags = frozenset(one.casefold() for one in customer_tags)
    fitting = [one for one in policies if fits(one, order, tags, placed_on)]
    fitting.sort(key=narrowness, reverse=True)
    if len(fitting) > 1 and narrowness(fitting[0]) == narrowness(fitting[1]):
        first, second = fitting[:2]
        raise InvalidError(
            "E-POLICY-OVERLAP",
            f"The policies {first.id} and {second.id} fit the order {order.order_id} equally well.",
            where=f"{first.shown_as}, {second.shown_as}",
            hint="Narrow `applies_to` or `effective` of one of them; see `returns policy check`.",
        )
    return fitting[0] if fitting else None


def fits(policy: Policy, order: Order, customer_tags: frozenset[str], placed_on: date) -> bool:
    """Whether a policy holds for an order; ``customer_tags`` are case-folded."""
    return (
        policy.currency == order.currency
        and covers(policy, placed_on)
        and (not policy.countries or order.country.upper() in policy.countries)
        and (not policy.channels or order.channel.casefold() in _folded(policy.channels))
        and (
            not policy.customer_tags or not customer_tags.isdisjoint(_folded(policy.customer_tags))
        )
    )


def covers(policy: Policy, day: date) -> bool:
    """Whether a policy holds for orders placed on a day."""
    return (policy.effective_from is None or policy.effective_from <= day) and (
        policy.effective_until is None or day <= policy.effective_until
    )


def narrowness(policy: Policy) -> tuple[int, int]:
    """How narrowly a policy fits: more keys are narrower, then fewer listed values."""
    listed = [one for one in (policy.countries, policy.channels, policy.customer_tags) if one]
    return len(listed), -sum(len(one) for one in listed)


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(one.casefold() for one in words)
