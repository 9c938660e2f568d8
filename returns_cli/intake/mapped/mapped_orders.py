"""Orders of a file that a mapping describes: our own orders CSV, seen through the mapping."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from returns_cli.domain.freeze import Frozen, Stated, freeze_stated
from returns_cli.domain.model import Order
from returns_cli.domain.money import allocate, format_amount, round_half_away
from returns_cli.intake.amounts import AmountReader
from returns_cli.intake.formats import fold
from returns_cli.intake.grouping import Group, Note
from returns_cli.intake.header import Header
from returns_cli.intake.mapped.mapped_cells import MappedCells
from returns_cli.intake.mapped.mapping import FileMapping
from returns_cli.intake.mapped.mapping_columns import EXTRA_SUMS, LINE_TOTAL
from returns_cli.intake.order_cells import OrderRefused
from returns_cli.intake.own.generic import LINE, SUMS, GenericOrders, Line, Sums
from returns_cli.intake.problems import RowFault
from returns_cli.intake.records import ReadOptions
from returns_cli.intake.survey import KeyColumns

_LINE_TOTAL = len(LINE)
_TOTAL, _REFUNDED = (SUMS + EXTRA_SUMS).index("order_total"), len(SUMS + EXTRA_SUMS) - 1
_ONE_ROW = "The order number stands in a row above, and every row is an order of its own."


@dataclass(frozen=True, slots=True)
class _MappedKeys(KeyColumns):
    """Keys whose channel is translated: their word, folded -> ours."""

    channels: Mapping[str, str] = field(default_factory=dict)

    def key_of(self, cells: list[str], above: str) -> str:
        """As in a file of ours, with our word for a filled channel."""
        key = KeyColumns.key_of(self, cells, above)
        order_id, mark, channel = key.partition("\x1f")
        if not mark or self.channel is None or not cells[self.channel].strip():
            return key
        return f"{order_id}{mark}{self.channels.get(fold(channel), channel)}"


class MappedOrders(GenericOrders):
    """Builds orders from the groups of one mapped file.

    Args:
        header: of the file, as ``find_mapped_header`` gives it.
        options: of the call, with its mapping.
        file: base name, kept with every order.
    """

    sum_columns = (*SUMS, *EXTRA_SUMS)
    line_columns = (*LINE, LINE_TOTAL)

    def __init__(self, header: Header, options: ReadOptions, file: str) -> None:
        if options.mapping is None:
            raise ValueError("a mapped file needs its mapping")
        self._mapping: FileMapping = options.mapping
        self._mapped = MappedCells(header, self._mapping)
        wide = self._mapped.header
        self._numbers_lines = not wide.has("line_no")
        if self._numbers_lines:
            places = {**wide.places, "line_no": wide.width}
            wide = replace(wide, columns=(*wide.columns, "line_no"), places=places)
        self._item_at = wide.width + 1
        channel = self._mapping.constants.get("channel", options.channel)
        super().__init__(wide, replace(options, channel=channel), file)
        self.keys = _MappedKeys(
            header.place("order_id"),
            header.place("channel") if header.has("channel") else None,
            self._mapping.words.get("channel", {}),
        )
        self._has_price = wide.has("unit_price")

    def build(self, group: Group) -> Order:
        """The order of a group; warnings are added to the group's notes.

        Raises:
            OrderRefused: with every row that is at fault itself.
        """
        try:
            return super().build(self._widened(group))
        except OrderRefused as refused:
            raise self._with_hints(refused) from None

    def check_rows(self, group: Group) -> None:
        """Read the rows alone, for their own faults.

        Raises:
            OrderRefused: with every row that is at fault itself.
        """
        try:
            super().check_rows(self._widened(group))
        except OrderRefused as refused:
            raise self._with_hints(refused) from None

    def _with_hints(self, refused: OrderRefused) -> OrderRefused:
        for fault in refused.faults.values():
            self._mapped.with_hint(fault)
        return refused

    def _widened(self, group: Group) -> Group:
        """The group with a row for each line; behind a row stand an empty cell and its item."""
        if self._mapping.one_row_per == "order" and len(group.rows) > 1:
            column = self._mapped.header.shown(self.keys.order_id)
            order_id = group.key.partition("\x1f")[0]
            raise OrderRefused(
                {
                    line: RowFault("E-ORDER-CONFLICT", column, order_id, _ONE_ROW)
                    for line, _ in group.rows[1:]
                }
            )
        rows: list[tuple[int, list[str]]] = []
        for line, cells in group.rows:
            if self._mapping.items:
                found = self._mapped.widen_items(cells)
            else:
                found = [(0, self._mapped.widen(cells))]
            for item, wide in found:
                number = [str(len(rows) + 1)] if self._numbers_lines else []
                rows.append((line, [*wide, *number, "", str(item)]))
        return Group(group.key, rows, group.faults, group.notes)

    def _read_line(self, line: int, cells: list[str], amounts: AmountReader) -> Line:
        try:
            return super()._read_line(line, cells, amounts)
        except RowFault as fault:
            if self._mapping.items:
                self._mapped.of_item(fault, int(cells[self._item_at]))
            raise

    def _price(
        self, found: tuple[str, ...], quantity: int, amounts: AmountReader
    ) -> tuple[int, int]:
        """The price of a unit and of all of them, which may be what the file states."""
        if self._has_price:
            return super()._price(found, quantity, amounts)
        shown, text = self._shown[_LINE_TOTAL], found[_LINE_TOTAL]
        gross = self._cells.amount(amounts, text, shown)
        if gross is None:
            raise RowFault("E-MONEY", shown, text, "The line's total is missing.")
        return round_half_away(gross, quantity), gross

    def _freeze(self, group: Group, sums: Sums, lines: list[Line]) -> Frozen:
        tax, total, _ = sums.more
        if tax is None and total is None:
            return super()._freeze(group, sums, lines)
        is_said = sums.tax_included is not None or any(line.tax for line in lines)
        if is_said:
            frozen = self._listed(group, sums, lines, tax or 0)
            if total is not None:
                computed = frozen.total_minor
                frozen = frozen._replace(total_minor=total, mismatch_minor=total - computed)
        else:
            frozen = self._stated(group, sums, lines)
        if frozen.mismatch_minor:
            shown = self._sums.shown(_TOTAL)
            difference = format_amount(frozen.mismatch_minor, sums.currency)
            group.notes.append(Note(group.rows[0][0], "W-TOTAL-MISMATCH", shown, difference))
        return frozen

    def _listed(self, group: Group, sums: Sums, lines: list[Line], tax: int) -> Frozen:
        """The order's tax over its lines by what they came to, in the style that is said."""
        plain = super()._freeze(group, sums, lines)
        if not tax:
            return plain
        taxed = [
            line._replace(tax=share)
            for line, share in zip(lines, allocate(tax, plain.items), strict=True)
        ]
        return super()._freeze(group, sums, taxed)

    def _stated(self, group: Group, sums: Sums, lines: list[Line]) -> Frozen:
        """Nothing says how discounts and tax are meant: the sums tell."""
        gross = [line.gross for line in lines]
        if sums.discount > sum(gross):
            super()._freeze(group, sums, lines)  # refuses it
        tax, total, _ = sums.more
        stated = Stated(None, sums.discount, sums.shipping, tax or 0, 0, total)
        own = [line.discount for line in lines]
        return freeze_stated(gross, own, [None] * len(lines), stated, self._options.tax)

    def _order(self, group: Group, sums: Sums, lines: list[Line]) -> Order:
        order = super()._order(group, sums, lines)
        refunded = sums.more[-1] or 0
        if refunded > order.total_minor:
            value = format_amount(refunded, order.currency)
            fault = RowFault("E-REFUND-OVER", self._sums.shown(_REFUNDED), value)
            raise OrderRefused({group.rows[0][0]: fault})
        return order._replace(refunded_minor=refunded)
