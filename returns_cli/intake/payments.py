"""Several means of payment in one cell: ``Gift card=30.00|Visa=88.73``."""

from __future__ import annotations

from returns_cli.domain.model import Payment
from returns_cli.domain.tenders import payments_of
from returns_cli.intake.amounts import AmountReader
from returns_cli.intake.problems import RowFault

BETWEEN, EQUALS = "|", "="


def read_payments(
    text: str, amounts: AmountReader, column: str | None
) -> tuple[str, tuple[Payment, ...]]:
    """The means of payment that a cell names, as text, and what each paid where it says so.

    A cell without amounts is one means of payment, whatever it holds.

    Raises:
        RowFault: ``E-MONEY`` and its kin, where one of several has no amount.
    """
    if EQUALS not in text:
        return text, ()
    parts = [part.strip() for part in text.split(BETWEEN) if part.strip()]
    stated: list[tuple[str, int]] = []
    for part in parts:
        method, _, amount = part.rpartition(EQUALS)
        try:
            stated.append((method.strip(), amounts[amount.strip()]))
        except RowFault as fault:
            if len(parts) == 1:
                return text, ()  # `Card (auth=7)` is a name
            raise RowFault(fault.code, column, part, fault.message, fault.hint) from None
    payments = payments_of(stated)
    return ", ".join(one.method for one in payments), payments
