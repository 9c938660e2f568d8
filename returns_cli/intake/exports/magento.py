"""Magento's orders grid: one row per order, with its total and what was refunded, without items.

``Base`` is the shop's currency and counts; ``Purchased`` is the buyer's.
"""

from __future__ import annotations

from returns_cli.intake.grouping import ColumnKinds, Group, Note
from returns_cli.intake.header import Header
from returns_cli.intake.order_draft import DraftedOrders
from returns_cli.intake.records import OrderSupplement, ReadOptions
from returns_cli.intake.sheet import Faults, Sheet

_TOTAL = "grand total (base)"
_REFUNDED = "total refunded"
_PLACED = "purchase date"
_CANCELLED = "canceled"
_STATUSES = frozenset(
    (
        "pending", "processing", "complete", "closed", "on hold", "holded", "payment review",
        "pending payment", "pending paypal", "suspected fraud", "fraud", "paypal reversed",
        "paypal canceled reversal", _CANCELLED,
    )
)  # fmt: skip


class MagentoGrid(DraftedOrders):
    """Reads totals, refunds and cancellations of one orders grid.

    Args:
        header: of the file.
        options: of the call.
        file: base name, kept with every order.
    """

    key = "id"
    kinds = ColumnKinds(
        ids=frozenset({"id"}),
        money=frozenset(
            (_TOTAL, "grand total (purchased)", "subtotal", "shipping and handling", _REFUNDED)
        ),
    )
    adds_only = True

    def __init__(self, header: Header, options: ReadOptions, file: str) -> None:
        super().__init__(header, options, file)
        self._sheet = Sheet(
            header, options, date_styles=("%b %d, %Y %I:%M:%S %p", "%b %d, %Y, %I:%M:%S %p")
        )

        self._sheet.need("id")

    def draft(self, group: Group, faults: Faults) -> OrderSupplement | None:
        """What the grid says of an order."""
        sheet = self._sheet
        currency = sheet.once_currency(group, faults)
        total = sheet.once_amount(group, _TOTAL, currency, faults)
        refunded = sheet.once_amount(group, _REFUNDED, currency, faults)
        placed = sheet.once_date(group, _PLACED, faults)
        text = sheet.first_text(group, "status")
        status = " ".join(text.casefold().replace("_", " ").split())
        if status and status not in _STATUSES:
            group.notes.append(
                Note(group.rows[0][0], "W-STATUS-UNKNOWN", sheet.shown("status"), text)
            )
        is_cancelled = status == _CANCELLED
        if is_cancelled and placed is None:
            faults.setdefault(group.rows[0][0], sheet.fault("E-DATE", group.rows[0][1], _PLACED))
        return OrderSupplement(
            self.file,
            tuple(line for line, _ in group.rows),
            None,
            group.key,
            currency,
            total_minor=total,
            refunded_minor=refunded or None,
            cancelled_at=placed if is_cancelled else None,
            total_column=sheet.shown(_TOTAL),
            refund_column=sheet.shown(_REFUNDED),
        )
