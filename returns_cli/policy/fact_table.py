"""Every fact that a policy may test or that a judgement uses, declared once.

A value of None means *not known*, which is a third answer beside true and false.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from returns_cli.domain.vocabulary import Fault, Kind, Resolution

UNKNOWN = None


class Fact(NamedTuple):
    """One fact.

    Attributes:
        name: as ``when`` writes it.
        kind: ``text words category word reason count share amount weight flag day``.
        about: what it means, for people.
        default: what a facts file means by leaving it out; None is *not known*.
        choices: the words allowed; empty for any.
        is_exact: text that is compared letter by letter; other text in any case.
        is_testable: False for what only the judgement itself uses.
    """

    name: str
    kind: str
    about: str
    default: object = UNKNOWN
    choices: tuple[str, ...] = ()
    is_exact: bool = False
    is_testable: bool = True


def _flags(*names: str) -> list[Fact]:
    return [Fact(f"item.{name}", "flag", f"Marked {name}.", default=False) for name in names]


_FACTS = (
    Fact("item.sku", "text", "The SKU, letter by letter.", "", is_exact=True),
    Fact("item.title", "text", "The title.", ""),
    Fact("item.category", "category", "The category's path; its upper parts match too.", ""),
    Fact("item.brand", "text", "The brand.", ""),
    Fact("item.tags", "words", "Tags of the product.", ()),
    Fact("item.price", "amount", "Price of one unit."),
    Fact("item.weight", "weight", "Weight of one unit."),
    Fact("item.discount_percent", "share", "All discounts as a share of the price.", 0),
    *_flags("personalised", "perishable", "sealed_hygiene", "digital", "hazmat", "serial_required"),
    Fact("item.bundle", "flag", "Tagged bundle: a set sold as one.", default=False),
    Fact("item.gift_of_promotion", "flag", "Tagged gift_of_promotion.", default=False),
    Fact("line.quantity", "count", "Units of the order line."),
    Fact("line.value", "amount", "What was paid for the units that shall come back."),
    Fact("line.returned_before", "count", "Units of the line in other returns.", 0),
    Fact("line.shipped_units", "count", "Units of the line that were shipped.", is_testable=False),
    Fact("line.is_known", "flag", "The order has the line.", default=True, is_testable=False),
    Fact("line.received_on", "day", "Day the line's goods arrived.", is_testable=False),
    Fact("order.placed", "day", "Day the order was placed."),
    Fact("order.shipped", "day", "Day the line was shipped.", is_testable=False),
    Fact("order.delivered", "day", "Day the line was delivered.", is_testable=False),
    Fact("order.last_parcel", "day", "Day of the order's last delivery.", is_testable=False),
    Fact("order.age_days", "count", "Days from the order to the request."),
    Fact("order.country", "text", "Country of the ship-to address, ISO code.", ""),
    Fact("order.region", "text", "Region of the ship-to address.", ""),
    Fact("order.channel", "text", "Where it was sold.", ""),
    Fact("order.tags", "words", "Tags of the order.", ()),
    Fact("order.total", "amount", "What the order came to."),
    Fact("order.payment_method", "text", "How it was paid.", ""),
    Fact("order.discount_codes", "words", "Codes that were used.", ()),
    Fact("order.is_gift", "flag", "It is a gift.", default=False),
    Fact("order.is_business", "flag", "It is a business order.", default=False),
    Fact("order.returns_before", "count", "Earlier returns of the order.", 0),
    Fact("order.days_since_delivered", "count", "Days from the delivery to the request."),
    Fact("order.days_since_shipped", "count", "Days from the dispatch to the request."),
    Fact("customer.tier", "text", "Tier of the customer.", ""),
    Fact("customer.tags", "words", "Tags of the customer.", ()),
    Fact("customer.orders", "count", "Orders the shop knows of.", 0),
    Fact("customer.returns_180d", "count", "Returns over 180 days.", 0),
    Fact("customer.return_rate_180d", "share", "Units returned of units ordered, 180 days.", 0),
    Fact("customer.lifetime_value", "amount", "What all orders came to."),
    Fact("customer.first_order", "flag", "It is the first order.", default=True),
    Fact("customer.keeps_180d", "count", "Refunds without goods over 180 days.", 0),
    Fact("customer.mismatches_180d", "count", "Wrong goods sent back over 180 days.", 0),
    Fact("customer.listed", "flag", "The customer is tagged listed.", default=False),
    Fact("quantity", "count", "Units of the line that shall come back.", 1),
    Fact("reason", "reason", "The reason's code.", "other"),
    Fact(
        "reason.fault",
        "word",
        "Whose fault the reason names.",
        choices=tuple(one.value for one in Fault),
    ),
    Fact(
        "resolution",
        "word",
        "What the customer wants.",
        Resolution.REFUND.value,
        choices=tuple(one.value for one in Resolution),
    ),
    Fact("condition", "text", "What the customer says of the goods."),
    Fact("photos", "count", "Photos that were sent.", 0),
    Fact("request.quantity", "count", "Units of the whole request."),
    Fact("request.value", "amount", "What was paid for all units of the request."),
    Fact("request.weight", "weight", "Weight of all units of the request."),
    Fact("whole_order", "flag", "Every shipped unit comes back.", default=False),
    Fact(
        "kind",
        "word",
        "The kind of return.",
        Kind.RETURN.value,
        choices=tuple(one.value for one in Kind),
    ),
    Fact("entered_by", "text", "Who entered the request.", ""),
    Fact("requested_on", "day", "Day of the request.", is_testable=False),
    Fact("first_scan_on", "day", "Day of the first scan of the parcel back.", is_testable=False),
    Fact("exchange.same_product", "flag", "The same product is wanted.", is_testable=False),
    Fact("exchange.same_category", "flag", "The same category is wanted.", is_testable=False),
    Fact("exchange.price", "amount", "Price of what is wanted instead.", is_testable=False),
    Fact("inspection.grade", "words", "Grades found.", ()),
    Fact("inspection.quantity_short", "count", "Units that were missing.", 0),
    Fact("inspection.wrong_sku", "flag", "Other goods came back.", default=False),
    Fact("inspection.serial_mismatch", "flag", "Another serial number came back.", default=False),
    Fact("inspection.days_late", "count", "Days the goods came after the deadline.", 0),
)

FACTS: Mapping[str, Fact] = {one.name: one for one in _FACTS}
"""All facts by name; ``answers.NAME`` comes on top, see :func:`fact_named`."""

ANSWERS = "answers."


def fact_named(name: str) -> Fact | None:
    """The declaration of a fact; answers to a policy's questions have any name."""
    if name.startswith(ANSWERS) and len(name) > len(ANSWERS):
        return Fact(name, "text", "The customer's answer.")
    return FACTS.get(name)


def testable_names() -> tuple[str, ...]:
    """Names that ``when`` may use."""
    return tuple(one.name for one in _FACTS if one.is_testable)


def is_of_inspection(name: str) -> bool:
    """Whether a fact is known only once goods were inspected."""
    return name.startswith("inspection.")
