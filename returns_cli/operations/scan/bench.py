"""What the modes of a scanning station share: the return in hand, and what was scanned last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from returns_cli.domain.model import OrderLine
from returns_cli.domain.record import ReturnRecord
from returns_cli.domain.serials import plain_serial
from returns_cli.operations.scan.words import Words
from returns_cli.operations.shop import Shop

if TYPE_CHECKING:
    from returns_cli.domain.scanned_code import Code
    from returns_cli.store.connection import Store

MODES = ("receive", "inspect", "count", "find")


@dataclass(slots=True)
class Undo:
    """How the last own fact is taken back, and what it was."""

    take_back: Callable[[Store], None]
    what: str
    line: int | None = None


@dataclass(slots=True)
class Bench:
    """What lies in front of the clerk.

    Attributes:
        rma: the return in hand; None between two.
        waiting_line: inspect: the line whose grade is to be scanned; ``waiting``: its SKU.
        strange: what the EXTRA card would keep as unexpected: code, SKU and line.
        waiting_serial: the serial number of the waiting unit, as it was scanned; empty for none.
        wants_serial: the unit in hand has a serial number that was not scanned yet.
        asks_for: ``NOTE`` or ``PHOTO``: what is sent next is its content.
        astray: receive: an item that other returns await, taken up with the next return's number.
        came_with: the order, and the return, of goods that nobody may receive.
        keeps_next: EXTRA was scanned first: the next item is kept as unexpected.
        counted: count: units of each line, and codes of no line.
        undos: own facts of this return, the last one at the end.
    """

    shop: Shop
    store: Store
    station: str | None = None
    is_blind: bool = False
    rma: str | None = None
    waiting_line: int | None = None
    waiting: str = ""
    waiting_serial: str = ""
    wants_serial: bool = False
    asks_for: str = ""
    strange: tuple[str, str, int | None] | None = None
    astray: Code | None = None
    came_with: tuple[int, int | None] | None = None
    keeps_next: bool = False
    counted: Counter[str] = field(default_factory=Counter)
    undos: list[Undo] = field(default_factory=list)
    _held: tuple[tuple[object, ...], ReturnRecord] | None = None

    def put_down(self) -> None:
        """Nothing is in hand any more."""
        self.rma = self.strange = self.astray = self.came_with = None
        self.forget_unit()
        self.keeps_next, self.asks_for = False, ""
        self.counted.clear()
        self.undos.clear()

    def forget_unit(self) -> None:
        """No unit waits for its grade."""
        self.waiting_line, self.waiting_serial, self.wants_serial = None, "", False

    def forget_pending(self) -> str | None:
        """Ask no more for what a scan had asked for; what that was, None where nothing was."""
        pending = self.waiting if self.waiting_line is not None else None
        if self.keeps_next:
            pending = "EXTRA"
        if self.asks_for:
            pending = self.asks_for
        if self.astray is not None:
            pending = self.astray.text
        self.forget_unit()
        self.keeps_next, self.asks_for, self.astray = False, "", None
        return pending

    def record(self) -> ReturnRecord:
        """The return in hand as it stands now; read again only where the store has changed.

        Raises:
            StopError: there is none.
        """
        from returns_cli.store.returns import find_return

        if self.rma is None:
            raise Words.NO_RETURN.refusal()
        state = (self.rma, *self.store.state())
        if self._held is None or self._held[0] != state:
            self._held = state, find_return(self.store, self.rma)
        return self._held[1]

    def sold(self, record: ReturnRecord) -> Mapping[int, tuple[str, ...]]:
        """Serial numbers of the units that were sold, by line of the return's order."""
        from returns_cli.store.serials import sold_serials

        pk = record.order_pk
        return sold_serials(self.store.connection, [pk]).get(pk, {})

    def line_in_hand(self) -> int | None:
        """The line of the unit that waits, else of what was scanned last."""
        last = self.undos[-1].line if self.undos else None
        return self.waiting_line or last


def lines_of(bench: Bench, record: ReturnRecord, code: str) -> list[OrderLine]:
    """The lines of a return whose goods carry a code: SKU, serial number, or GTIN."""
    from returns_cli.store.products import load_products

    asked = {one.line for one in record.lines}
    lines = [one for one in record.order.lines if one.line in asked]
    wanted = code.casefold()
    named = [one for one in lines if one.sku.casefold() == wanted]
    if named:
        return named
    if unit := [one for one in lines if plain_serial(code) in bench.sold(record).get(one.line, ())]:
        return unit
    if not code.isdigit():
        return []
    products = load_products(bench.store, [one.sku for one in lines])
    bare = code.lstrip("0")
    return [
        one
        for one in lines
        if one.sku in products and bare and products[one.sku].gtin.lstrip("0") == bare
    ]


def shown_line(line: OrderLine) -> str:
    """A line as a clerk reads it: the SKU and the first words of its title."""
    title = f" {line.title[:30]}" if line.title and line.title != line.sku else ""
    return f"{line.sku}{title}"
