"""Reading orders: files in, accepted orders out, figures and problems when they are through.

Every file is read twice. The first pass judges it whole and finds orders whose rows are torn
apart; the second yields orders as they end. Memory stays flat as long as an order's rows are
adjacent; torn orders are held until their last row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from returns_cli.domain.added_facts import add_facts, given_back_in
from returns_cli.domain.model import Order
from returns_cli.domain.money import format_amount
from returns_cli.domain.same_order import SameOrder
from returns_cli.domain.source_refunds import sum_of
from returns_cli.intake.builders import (
    AddingBuilder,
    BlockBuilder,
    OrderBuilder,
    make_order_builder,
)
from returns_cli.intake.detected import detected_as
from returns_cli.intake.grouping import Group, Grouper, Inspector, Note
from returns_cli.intake.header import Header
from returns_cli.intake.opening import Given, OpenFile, open_files
from returns_cli.intake.order_cells import OrderRefused
from returns_cli.intake.order_count import OrderCount
from returns_cli.intake.problems import WHOLE_FILE, RowFault
from returns_cli.intake.reading import Reading
from returns_cli.intake.records import ImportFigures, OrderSupplement, ReadOptions, RowPlace
from returns_cli.intake.same_rows import MarkedRows, Marking, may_be_marked
from returns_cli.intake.side_facts import SideFact, SideFacts

COMMAND = "orders import"
_BLOCK = 50  # orders built at once: what fits the processor's cache
_OF_MISSING_MONEY = frozenset({"W-ORDER-NO-MONEY", "W-TOTAL-COMPUTED", "W-TOTAL-MISMATCH"})


class OrderReading(Reading[Order, OrderBuilder]):
    """Accepted orders of the files of one call.

    Files without items are read first. What they say is added to the orders as these come past;
    what is left then (``leftovers``) may belong to orders of the store.

    Args:
        files: of the call.
        options: of the call.
        marking: how orders are known again, None where they are not.
    """

    def __init__(
        self,
        files: Sequence[OpenFile[OrderBuilder]],
        options: ReadOptions,
        marking: Marking | None = None,
    ) -> None:
        super().__init__(files)
        self._options = options
        self._style = options.tax
        self._sides = SideFacts(options.channel or "default")
        self._gathered: set[int] = set()
        self._marking = marking
        self._counted = OrderCount()
        self._said: set[tuple[int, str]] = set()

    def __enter__(self) -> OrderReading:
        return self

    def __iter__(self) -> Iterator[Order]:
        """The accepted orders, file by file.

        Raises:
            InvalidError: ``E-FILE-CHANGED``, another program wrote to a file meanwhile.
        """
        self._gather()
        yield from super().__iter__()

    def leftovers(self) -> list[list[SideFact]]:
        """By order, the facts whose orders are in no file of the call; each is given once.

        The caller says of each what became of it: ``took_facts`` or ``refuse_facts``.
        """
        return self._sides.take_rest()

    def _gather(self) -> None:
        """Read what adds to orders before the orders come."""
        adding = [one for one in self._files if isinstance(one.builder, AddingBuilder)]
        for file in adding:
            builder = file.builder
            if isinstance(builder, AddingBuilder) and (
                builder.adds_only or (builder.may_add and len(self._files) > 1)
            ):
                for group in self._grouper(file).groups(file.records()):
                    self._gather_group(file, group)
                self._gathered.add(file.index)

    def _gather_group(self, file: OpenFile[OrderBuilder], group: Group) -> None:
        try:
            if group.faults:
                raise OrderRefused(group.faults)
            built = file.builder.build(group)
        except OrderRefused:  # its rows are refused when its file is read
            self._refuse_parts(self._sides.fall(group.key))
            return
        if isinstance(built, OrderSupplement):
            self._keep_fact(_side_fact(file, built))

    def _keep_fact(self, fact: SideFact) -> None:
        if not self._sides.add(fact):
            self._refuse_parts([fact])

    def _grouper(self, file: OpenFile[OrderBuilder]) -> Grouper:
        builder = file.builder
        inspector = Inspector(file.header, builder.kinds, looks_closer=file.looks_closer)
        return Grouper(file.header, builder.keys, file.survey, inspector, inherits=builder.inherits)

    def _records(self, file: OpenFile[OrderBuilder]) -> Iterator[Order]:
        grouper = self._grouper(file)
        rows_before = self.rows
        walk = self._walk(file, grouper)
        while block := list(islice(walk, _BLOCK)):
            self.rows = rows_before + grouper.rows
            self.on_progress()
            self._counted.add_same([one for one in block if isinstance(one, SameOrder)])
            orders = self._build_block(file, [one for one in block if isinstance(one, Group)])
            self._counted.add(orders)
            yield from orders
        self.rows = rows_before + grouper.rows

    def _walk(
        self, file: OpenFile[OrderBuilder], grouper: Grouper
    ) -> Iterator[Group] | Iterator[Group | SameOrder]:
        if self._marking is None or file.is_judged:
            return grouper.groups(file.records())
        return MarkedRows(file, grouper, self._marking).walk()

    def _build_block(self, file: OpenFile[OrderBuilder], groups: Sequence[Group]) -> list[Order]:
        builder = file.builder
        if not isinstance(builder, BlockBuilder):
            built = (self._build(file, group) for group in groups)
        else:
            built = (
                self._with_sides(file, group, order) if order else self._build(file, group)
                for group, order in zip(groups, self._plain(builder, groups), strict=True)
            )
        return [order for order in built if order is not None]

    def _plain(self, builder: BlockBuilder, groups: Sequence[Group]) -> list[Order | None]:
        orders = builder.build_plain(groups)
        if self._marking is not None:
            keep = self._marking.marks.keep
            for group, order in zip(groups, orders, strict=True):
                if order is not None and group.mark:
                    keep(order.order_id, group.mark)
        return orders

    def _build(self, file: OpenFile[OrderBuilder], group: Group) -> Order | None:
        try:
            if group.faults:
                raise OrderRefused(_all_faults(file.builder, group))
            built = file.builder.build(group)
        except OrderRefused as refused:
            self._refuse_rows(file, group, refused.faults)
            if self._sides.has(group.key):
                self._refuse_parts(self._sides.fall(group.key))
            return None
        notes = group.notes
        if isinstance(built, OrderSupplement):
            if file.index not in self._gathered:
                self._keep_fact(_side_fact(file, built))
            order = None
        else:
            order = built and self._with_sides(file, group, built)
        if notes:
            self._report(file, order, notes)
        return order

    def _with_sides(self, file: OpenFile[OrderBuilder], group: Group, order: Order) -> Order | None:
        """The order with what other files of the call say of it; its notes that this settles go.

        An order is all or nothing over all files: None where a row of another one was refused.
        In the figures, refunds that are named one by one replace the order's own sum.
        """
        if not self._sides:
            return order
        facts, named, notes = self._sides.take(order), 0, group.notes
        has_fallen = self._sides.fell(order)
        for fact in () if has_fallen else facts:
            added = add_facts(order, fact.facts, self._style)
            if added.refusal:
                self._reject_facts(fact, added.refusal)
                self._sides.fall(group.key)
                has_fallen = True
                break
            order = added.order
            named += sum_of(fact.facts.refunds)
            if fact.facts.states_total:
                notes[:] = [note for note in notes if note.code not in _OF_MISSING_MONEY]
            self.warn_of_total(fact, added.mismatch_minor, order.currency)
        if has_fallen:
            self._refuse_parts(facts)
            self._refuse_rows(file, group, {})
            return None
        if named:
            self._counted.named_refunds[order.channel, order.order_id] = named
        return order

    def warn_of_total(self, fact: SideFact, mismatch_minor: int, currency: str) -> None:
        """Flag a stated total that the lines of the order do not come to."""
        if mismatch_minor:
            said = fact.supplement
            self.log.warn(
                RowPlace(fact.file_index, said.source_file, said.source_lines[0]),
                "W-TOTAL-MISMATCH",
                column=said.total_column,
                value=format_amount(mismatch_minor, currency),
            )

    def took_facts(self, facts: Sequence[SideFact], currency: str, *, counts: bool) -> None:
        """Count facts that were added to one order of the store.

        Args:
            facts: those that were added.
            currency: of the order.
            counts: the order was not among those of the call.
        """
        said = [one.facts for one in facts]
        stated = [one.stated_total_minor or 0 for one in said if one.states_total and counts]
        total = stated[-1] if stated else 0
        self._counted.orders += counts
        self._counted.add_sums(currency, len(stated[:1]), total, given_back_in(said))

    def refuse_facts(
        self, facts: Sequence[SideFact], code: str = "", message: str = "", hint: str | None = None
    ) -> None:
        """Refuse facts after all.

        Args:
            facts: of one order.
            code: why; empty where the order is in no file and not in the store.
            message, hint: said instead of the code's standard words.
        """
        for fact in facts:
            unknown = "E-REFUND-NO-ORDER" if fact.names_refunds_alone else "E-ORDER-NO-LINES"
            self._reject_facts(fact, code or unknown, message, hint)

    def _refuse_parts(self, facts: Sequence[SideFact]) -> None:
        """Refuse facts of an order of which another row was refused."""
        for fact in facts:
            self._reject_facts(fact, "E-ORDER-PART")

    def _reject_facts(
        self, fact: SideFact, code: str, message: str = "", hint: str | None = None
    ) -> None:
        said = fact.supplement
        at_fault = said.refund_lines or said.source_lines
        if code != "E-REFUND-NO-ORDER":
            at_fault = at_fault[:1]
        for line in said.source_lines:
            place = RowPlace(fact.file_index, said.source_file, line)
            if line in at_fault:
                self.log.reject(
                    place, code, message, column=fact.column, value=said.order_id, hint=hint
                )
            else:
                self.log.reject(place, "E-ORDER-PART", column=fact.column, value=said.order_id)

    def _report(self, file: OpenFile[OrderBuilder], order: Order | None, notes: list[Note]) -> None:
        """Say what was noted of accepted rows."""
        for note in notes:
            line = note.line
            if note.code == "W-ORDER-NO-MONEY" and order is not None:
                self._counted.unpriced.add((order.channel, order.order_id))
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
        self._counted.add([order], -1)

    def detected(self) -> list[str]:
        """How each file is read: ``orders.csv: Shopify orders export, UTF-8, comma, …``."""
        return [detected_as(one, self._options) for one in self._files]

    @property
    def figures(self) -> ImportFigures:
        """The figures so far; final once every order was taken."""
        return ImportFigures(
            format=self.format,
            files=tuple(file.source.name for file in self._files),
            rows=self.rows,
            orders=self._counted.orders,
            lines=self._counted.lines,
            units=self._counted.units,
            rejected=self.rejected,
            totals=self._counted.totals,
            refunded=self._counted.refunded,
            problems=self.problems,
        )


def _side_fact(file: OpenFile[OrderBuilder], supplement: OrderSupplement) -> SideFact:
    column = file.header.shown(file.builder.keys.order_id)
    return SideFact(file.index, supplement, column)


def _all_faults(builder: OrderBuilder, group: Group) -> dict[int, RowFault]:
    """The faults of a group's rows, with those that its sound rows have of their own."""
    healthy = group.healthy()
    try:
        if healthy is not None:
            builder.check_rows(healthy)
    except OrderRefused as refused:
        return group.faults | refused.faults
    return group.faults


def read_orders(
    given: Sequence[Given], options: ReadOptions, marking: Marking | None = None
) -> OrderReading:
    """Open files of orders; all are judged before this returns.

    Args:
        given: paths, or binary streams such as standard input.
        options: how to read them.
        marking: passes over the orders of a single file whose rows are as they were last read,
            where its format lets them be known; they count in the figures. Such a file is judged
            while its orders are taken, which may end with ``ReadAgain``: nothing must be kept then,
            and the file be read without this.

    Raises:
        UsageError: a path cannot be read, an option makes no sense.
        InvalidError: a file is refused as a whole; nothing was read of any.
    """
    marks = marking is not None and len(given) == 1 and options.first_rows is None

    def make_builder(header: Header, name: str) -> OrderBuilder:
        return make_order_builder(header, options, name)

    files = open_files(
        given, COMMAND, options, make_builder, judged_later=may_be_marked if marks else None
    )
    return OrderReading(files, options, marking)
