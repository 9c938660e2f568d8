"""The window, the way back and its price, as product feeds understand them."""

from __future__ import annotations

from typing import NamedTuple, cast

from returns_cli.domain.terms import Fee
from returns_cli.policy.words.terms import Held, value_of

UNLIMITED_DAYS = 36_500
"""The longest window of the language: whoever writes it means for ever."""

_FROM_DELIVERY = frozenset({"delivered", "last_parcel"})


class WayBack(NamedTuple):
    """How goods come back for one kind of reason, and what that costs.

    Attributes:
        label: the policy's word.
        shipping_minor: what the shop keeps for it.
        customer_pays_carrier: the customer pays a carrier, whatever that costs.
    """

    label: str
    shipping_minor: int
    customer_pays_carrier: bool


def way_back(held: Held, fault: str) -> WayBack:
    """The way back for reasons of one fault."""
    label = str(value_of(held, "label.kind"))
    is_waived = fault in cast("tuple[str, ...]", value_of(held, "fees.waived_for_fault"))
    shipping = 0 if is_waived else cast("int", value_of(held, "fees.return_shipping"))
    return WayBack(label, shipping, label == "customer" and not shipping)


def restocking_fee(held: Held) -> Fee:
    """The restocking fee for a change of mind; none where fees are waived for the customer."""
    if "customer" in cast("tuple[str, ...]", value_of(held, "fees.waived_for_fault")):
        return Fee()
    return cast("Fee", value_of(held, "fees.restocking"))


def waives_restocking(held: Held) -> bool:
    """Whether a restocking fee is kept for some reasons only, which no feed can say."""
    fee = restocking_fee(held)
    waived = cast("tuple[str, ...]", value_of(held, "fees.waived_for_fault"))
    return bool((fee.basis_points or fee.amount_minor) and waived)


def days_after_delivery(held: Held) -> int | None:
    """Days after the day of delivery; None where the window does not count from there.

    A window whose first day is day 1 is one day shorter, counted that way.
    """
    if value_of(held, "window.from") not in _FROM_DELIVERY:
        return None
    days = cast("int", value_of(held, "window.days"))
    is_inclusive = value_of(held, "window.count") == "inclusive"
    return max(0, days - 1) if is_inclusive else days


def resolutions(held: Held) -> tuple[str, ...]:
    """What a customer may choose."""
    return cast("tuple[str, ...]", value_of(held, "resolutions"))


def conditions(held: Held) -> tuple[str, ...]:
    """Grades in which goods may come back."""
    return cast("tuple[str, ...]", value_of(held, "condition"))
