"""Amounts typed at the command line."""

from __future__ import annotations

from returns_cli.domain import money
from returns_cli.domain.errors import UsageError


def read_amount(text: str, currency: str, where: str, *, hint: str) -> int:
    """The minor units of a typed amount above zero.

    Args:
        where: the option or argument that holds it.
        hint: what to do where it is zero or below.

    Raises:
        UsageError: ``E-USAGE-AMOUNT``, not an amount of the currency, or not above zero.
    """
    try:
        amount = money.parse_amount(text, currency)
    except ValueError as error:
        raise UsageError(
            "E-USAGE-AMOUNT",
            f"{error}.",
            where=where,
            hint=f"Write it with a dot and {money.exponent(currency)} decimals, such as "
            f"{money.format_amount(2495, currency)}.",
        ) from error
    if amount <= 0:
        raise UsageError(
            "E-USAGE-AMOUNT", f"{text} {currency} is not above zero.", where=where, hint=hint
        )
    return amount
