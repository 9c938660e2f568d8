"""Two persons for large amounts: ``four_eyes_above`` in shop.yaml."""

from __future__ import annotations

from returns_cli.domain import money
from returns_cli.domain.errors import ConflictError
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
