"""Reading orders: files in, accepted orders out, figures and problems when they are through.

Every file is read twice. The first pass judges it whole and finds orders whose rows are torn
apart; the second yields orders as they end. Memory stays flat as long as an order's rows are
adjacent; torn orders are held until their last row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from returns_cli.domain.model import Order
from returns_cli.intake.builders import OrderBuilder, make_order_builder
from returns_cli.intake.grouping import Group, Grouper, Inspector, Note
from returns_cli.intake.header import Header
from returns_cli.intake.opening import Given, OpenFile, open_files
from returns_cli.intake.order_cells import OrderRefused
from returns_cli.intake.problems import WHOLE_FILE, RowFault
from returns_cli.intake.reading import Reading
from returns_cli.intake.records import ImportFigures, ReadOptions, RowPlace

COMMAND = "orders import"


class OrderReading(Reading[Order, OrderBuilder]):
    """Accepted orders of the files of one call."""

    def __init__(self, files: Sequence[OpenFile[OrderBuilder]]) -> None:
        super().__init__(files)
        self._orders = 0
        self._lines = 0
        self._units = 0
        self._counts: dict[str, int] = {}
        self._totals: dict[str, int] = {}
        self._refunded: dict[str, int] = {}
        self._unpriced: set[tuple[str, str]] = set()
        self._said: set[tuple[int, str]] = set()

    def __enter__(self) -> OrderReading:
        return self

    def _records(self, file: OpenFile[OrderBuilder]) -> Iterator[Order]:
        builder = file.builder
        inspector = Inspector(file.header, builder.kinds, looks_closer=file.looks_closer)
        grouper = Grouper(
            file.header, builder.keys, file.survey, inspector, inherits=builder.inherits
        )
        rows_before = self.rows
        for group in grouper.groups(file.records()):
            self.rows = rows_before + grouper.rows
            order = self._build(file, group)
            if order is not None:
                self._count(order, 1)
                yield order
        self.rows = rows_before + grouper.rows

    def _build(self, file: OpenFile[OrderBuilder], group: Group) -> Order | None:
        try:
            if group.faults:
                raise OrderRefused(_all_faults(file.builder, group))
            order = file.builder.build(group)
        except OrderRefused as refused:
            self._refuse_rows(file, group, refused.faults)
            return None
        if group.notes:
            self._report(file, order, group.notes)
        return order

    def _report(self, file: OpenFile[OrderBuilder], order: Order, notes: list[Note]) -> None:
        """Say what was noted of an accepted order."""
        for note in notes:
            line = note.line
            if note.code == "W-ORDER-NO-MONEY":
                self._unpriced.add((order.channel, order.order_id))
            if line == WHOLE_FILE:
                if (file.index, note.code) in self._said:
                    continue
                self._said.add((file.index, note.code))
                line = 1
            self.log.warn(
                file.place(line), note.code, note.message, column=note.column, value=note.value
            )

    def _refuse_rows(
        self, file: OpenFile[OrderBuilder], group: Group, faults: dict[int, RowFault]
    ) -> None:
        column = file.header.shown(file.builder.keys.order_id)
        order_id = group.key.partition("\x1f")[0]
        for line, _ in group.rows:
            place, fault = file.place(line), faults.get(line)
            if fault is None:
                self.log.reject(place, "E-ORDER-PART", column=column, value=order_id)
            else:
                self.log.reject(
                    place,
                    fault.code,
                    fault.message,
                    column=fault.column,
                    value=fault.value,
                    hint=fault.hint,
                )

    def _count(self, order: Order, sign: int) -> None:
        self._orders += sign
        self._lines += sign * len(order.lines)
        self._units += sign * sum([line.quantity for line in order.lines])
        totals, refunded, counts = self._totals, self._refunded, self._counts
        if (order.channel, order.order_id) not in self._unpriced:
            counts[order.currency] = counts.get(order.currency, 0) + sign
            totals[order.currency] = totals.get(order.currency, 0) + sign * order.total_minor
        if order.refunded_minor:
            before = refunded.get(order.currency, 0)
            refunded[order.currency] = before + sign * order.refunded_minor

    def refuse(
        self,
        order: Order,
        code: str,
        message: str = "",
        *,
        column: str | None = None,
        value: str | None = None,
        hint: str | None = None,
        conflict: bool = False,
    ) -> None:
        """Refuse an order after all, for what only the store can see; its figures are taken back.

        Its first row gets the code, the others ``E-ORDER-PART``. Arguments as in
        ``ProblemLog.reject``.
        """
        index = next(file.index for file in self._files if file.source.name == order.source_file)
        lines = sorted({order.source_line, *(line.source_line for line in order.lines)})
        places = [RowPlace(index, order.source_file, line) for line in lines]
        self.log.reject(
            places[0], code, message, column=column, value=value, hint=hint, conflict=conflict
        )
        for place in places[1:]:
            self.log.reject(place, "E-ORDER-PART", conflict=conflict)
        self._count(order, -1)

    @property
    def figures(self) -> ImportFigures:
        """The figures so far; final once every order was taken."""
        return ImportFigures(
            format=self.format,
            files=tuple(file.source.name for file in self._files),
            rows=self.rows,
            orders=self._orders,
            lines=self._lines,
            units=self._units,
            rejected=self.rejected,
            totals={
                currency: amount
                for currency, amount in sorted(self._totals.items())
                if self._counts[currency]
            },
            refunded={
                currency: amount for currency, amount in sorted(self._refunded.items()) if amount
            },
            problems=self.problems,
        )


def _all_faults(builder: OrderBuilder, group: Group) -> dict[int, RowFault]:
    """The faults of a group's rows, with those that its sound rows have of their own."""
    healthy = group.healthy()
    try:
        if healthy is not None:
            builder.check_rows(healthy)
    except OrderRefused as refused:
        return group.faults | refused.faults
    return group.faults


def read_orders(given: Sequence[Given], options: ReadOptions) -> OrderReading:
    """Open files of orders; all are judged before this returns.

    Args:
        given: paths, or binary streams such as standard input.
        options: how to read them.

    Raises:
        UsageError: a path cannot be read, an option makes no sense.
        InvalidError: a file is refused as a whole; nothing was read of any.
    """

    def make_builder(header: Header, name: str) -> OrderBuilder:
        return make_order_builder(header, options, name)

    return OrderReading(open_files(given, COMMAND, options, make_builder))
