"""Shopify's payouts export: a row for each charge and refund, with the payout that it went into.

It has no reference of a refund, so that refunds are found by order and amount. ``Amount`` is in the
shop's currency, below zero where money went to the customer; the buyer's currency is not read.
"""

from __future__ import annotations

from returns_cli.intake.own.statements import Standing, StatementMoney, StatementRow, day_of
from returns_cli.intake.records import ReadOptions, RowKey, RowPlace
from returns_cli.intake.row_cells import RowCells, word
from returns_cli.intake.row_files import RowFormat

_PENDING = frozenset({"pending", "scheduled"})
_FAILED = frozenset({"failed", "canceled", "cancelled"})


class _Payouts:
    """The rows of one file."""

    def __init__(self, options: ReadOptions) -> None:
        self._money = StatementMoney(options, dot_is_decimal=True)

    def read(self, cells: RowCells, place: RowPlace, key: RowKey) -> StatementRow:
        paid_at = day_of(cells, "transaction date")
        kind = word(cells.text("type"))
        if not kind.startswith("refund"):
            return StatementRow(place, key, (paid_at,))
        currency = self._money.currency(cells)
        paid_minor = -self._money.amount(cells, "amount", currency)
        return StatementRow(
            place=place,
            key=key,
            days=(paid_at,),
            is_refund=paid_minor != 0,
            order_id=cells.required("order", "E-ORDER-ID-MISSING"),
            paid_minor=paid_minor,
            currency=currency,
            paid_at=paid_at,
            standing=_standing(kind, cells.text("payout status")),
        )


def _standing(kind: str, payout: str) -> Standing:
    """A refund in a payout that is still to come is not settled; ``refund_failure`` says itself."""
    if kind != "refund" or word(payout) in _FAILED:
        return Standing.FAILED
    return Standing.PENDING if word(payout) in _PENDING else Standing.PAID


FORMATS = {
    "shopify-payouts": RowFormat(
        lambda options: _Payouts(options).read, ids=frozenset({"order", "checkout", "payout id"})
    )
}
"""Read by ``statements.read_statements``."""
