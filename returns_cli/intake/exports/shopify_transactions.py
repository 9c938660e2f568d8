"""Shopify's transactions export: payments and refunds of orders, one a row, without items.

Only what succeeded counts. Its refunds stand in the place of the orders export's ``Refunded
Amount``, with their days. An order that was paid in several ways learns what each of them paid.
"""

from __future__ import annotations

from returns_cli.domain.model import SourceRefund
from returns_cli.domain.source_refunds import sum_of
from returns_cli.domain.tenders import payments_of
from returns_cli.intake.grouping import ColumnKinds, Group, Note
from returns_cli.intake.header import Header
from returns_cli.intake.order_draft import DraftedOrders
from returns_cli.intake.problems import RowFault
from returns_cli.intake.records import OrderSupplement, ReadOptions
from returns_cli.intake.sheet import Faults, Sheet

_KINDS = frozenset(
    "sale capture authorization emv_authorization refund void change suggested_refund".split()
)
_PAID_IN = {"sale": 1, "capture": 1, "change": -1}
_STATUSES = frozenset("success failure pending error awaiting_response unknown".split())


class ShopifyTransactions(DraftedOrders):
    """Reads the refunds and payments of one transactions export.

    Args:
        header: of the file.
        options: of the call.
        file: base name, kept with every order.
    """

    key = "name"
    kinds = ColumnKinds(ids=frozenset({"order", "name"}), money=frozenset({"amount"}))
    adds_only = True

    def __init__(self, header: Header, options: ReadOptions, file: str) -> None:
        super().__init__(header, options, file)
        self._sheet = Sheet(header, options, currency_column="currency", dot_is_decimal=True)

    def draft(self, group: Group, faults: Faults) -> OrderSupplement | None:
        """The refunds of an order and what paid it in several ways; None for neither."""
        currency = self._sheet.once_currency(group, faults)
        refunds: dict[int, SourceRefund] = {}
        paid: dict[str, int] = {}
        for line, cells in group.rows:
            try:
                refund = self._refund(line, cells, currency, group)
                self._add_payment(paid, cells, currency)
            except RowFault as fault:
                faults.setdefault(line, fault)
                continue
            if refund is not None:
                refunds[line] = refund
        payments = payments_of(paid.items())
        if len(payments) == 1:
            payments = ()  # the orders export says as much
        if not refunds and not payments:
            return None
        return OrderSupplement(
            self.file,
            tuple(line for line, _ in group.rows),
            None,
            group.key,
            currency,
            refunded_minor=sum_of(refunds.values()) or None,
            refunds=tuple(refunds.values()),
            refund_lines=tuple(refunds),
            refund_column=self._sheet.shown("amount"),
            payments=payments,
        )

    def _add_payment(self, paid: dict[str, int], cells: list[str], currency: str) -> None:
        """Count the row for its gateway, where it took money or gave change."""
        sheet = self._sheet
        sign = _PAID_IN.get(sheet.text(cells, "kind").casefold(), 0)
        if sign and sheet.text(cells, "status").casefold() == "success":
            gateway = sheet.text(cells, "gateway") or sheet.text(cells, "payment method")
            amount = sheet.amount(cells, "amount", currency) or 0
            paid[gateway] = paid.get(gateway, 0) + sign * amount

    def _refund(
        self, line: int, cells: list[str], currency: str, group: Group
    ) -> SourceRefund | None:
        """The row as a refund; None for another kind, for none that succeeded, for nothing."""
        sheet = self._sheet
        kind, status = (sheet.text(cells, name).casefold() for name in ("kind", "status"))
        amount = sheet.amount(cells, "amount", currency)
        refunded_at = sheet.date(cells, "created at")
        for name, word, known in (("kind", kind, _KINDS), ("status", status, _STATUSES)):
            if word not in known:
                value = sheet.text(cells, name)
                group.notes.append(Note(line, "W-STATUS-UNKNOWN", sheet.shown(name), value))
        if (kind, status) != ("refund", "success") or not amount:
            return None
        return SourceRefund(amount, None, refunded_at)
