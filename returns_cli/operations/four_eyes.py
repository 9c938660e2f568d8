"""Two persons for large amounts: ``four_eyes_above`` in shop.yaml."""

from __future__ import annotations

from returns_cli.domain import money, settle
from returns_cli.domain.errors import ConflictError
from returns_cli.domain.record import ReturnRecord
from returns_cli.operations.shop import Shop


def wants_second_person(shop: Shop, amount_minor: int, currency: str) -> bool:
    """Whether an amount is above the shop's limit.

    The limit is in the shop's currency; in any other one there is nothing to compare with, so a
    second person is wanted for every amount.
    """
    limit = shop.config.four_eyes_above_minor
    if limit is None:
        return False
    return currency != shop.config.currency or amount_minor > limit


def check_second_person(shop: Shop, record: ReturnRecord, more_minor: int) -> None:
    """Refuse a refund that brings a return above the limit, unless somebody else approved it.

    Args:
        more_minor: of the refund to be recorded; what live refunds of the return pay is added.

    Raises:
        ConflictError: ``E-FOUR-EYES``.
    """
    amount = more_minor + settle.refunded_minor(record.refunds)
    if not wants_second_person(shop, amount, record.order.currency):
        return
    if not approvers(record) - {shop.actor}:
        refuse_alone(
            shop,
            amount,
            record.order.currency,
            record.rma,
            f"Somebody other than {shop.actor} approves it: returns approve {record.rma}",
        )


def approvers(record: ReturnRecord) -> set[str]:
    """Who has approved a return since it was last denied."""
    names: set[str] = set()
    for one in record.rulings:
        if one.kind == "approve":
            names.add(one.actor)
        else:
            names.clear()
    return names


def refuse_alone(shop: Shop, amount_minor: int, currency: str, where: str, hint: str) -> None:
    """Refuse what one person alone may not record.

    Raises:
        ConflictError: ``E-FOUR-EYES``, always.
    """
    amount = money.format_amount(amount_minor, currency)
    limit = money.format_amount(shop.config.four_eyes_above_minor or 0, shop.config.currency)
    raise ConflictError(
        "E-FOUR-EYES",
        f"{amount} {currency} wants a second person: shop.yaml allows one alone "
        f"{limit} {shop.config.currency}.",
        where=where,
        hint=hint,
    )
