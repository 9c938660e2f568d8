"""What the modes of a scanning station share: the answer to a scan, and the return in hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from returns_cli.domain.errors import ReturnsError
from returns_cli.domain.model import OrderLine
from returns_cli.domain.record import ReturnRecord
from returns_cli.operations.return_view import Json
from returns_cli.operations.shop import Shop

if TYPE_CHECKING:
    from returns_cli.store.connection import Store

MODES = ("receive", "inspect", "count", "find")


class Said(NamedTuple):
    """The answer to one scan.

    Attributes:
        word: ``OK``: done and durable; ``STOP``: refused, nothing was recorded; ``ASK``: the next
            scan must say more.
        message: one line for the clerk.
    """

    word: str
    message: str
    rma: str | None = None
    line: int | None = None
    sku: str | None = None

    def view(self, scanned: str) -> Json:
        """As a JSON line."""
        return {"scanned": scanned, **self._asdict()}


class StopError(ReturnsError):
    """A scan that is refused, in the words of its answer."""


def stop(message: str) -> StopError:
    """Refuse a scan."""
    return StopError("E-SCAN", message)


@dataclass(slots=True)
class Undo:
    """How the last own fact is taken back, and what it was."""

    take_back: Callable[[Store], None]
    what: str


@dataclass(slots=True)
class Bench:
    """What lies in front of the clerk.

    Attributes:
        rma: the return in hand; None between two.
        waiting_line: inspect: the line whose grade is to be scanned; ``waiting``: its SKU.
        strange: what the EXTRA card would keep as unexpected: code, SKU and line.
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
    strange: tuple[str, str, int | None] | None = None
    keeps_next: bool = False
    counted: Counter[str] = field(default_factory=Counter)
    undos: list[Undo] = field(default_factory=list)

    def put_down(self) -> None:
        """Nothing is in hand any more."""
        self.rma = self.waiting_line = self.strange = None
        self.keeps_next = False
        self.counted.clear()
        self.undos.clear()

    def forget_pending(self) -> str | None:
        """Ask no more for what a scan had asked for; what that was, None where nothing was."""
        pending = self.waiting if self.waiting_line is not None else None
        if self.keeps_next:
            pending = "EXTRA"
        self.waiting_line, self.keeps_next = None, False
        return pending

    def record(self) -> ReturnRecord:
        """The return in hand as it stands now.

        Raises:
            StopError: there is none.
        """
        from returns_cli.store.returns import find_return

        if self.rma is None:
            raise stop("Scan the return's number first.")
        return find_return(self.store, self.rma)


def lines_of(bench: Bench, record: ReturnRecord, code: str) -> list[OrderLine]:
    """The lines of a return whose goods carry a code: their SKU, or their product's GTIN."""
    from returns_cli.store.products import load_products

    asked = {one.line for one in record.lines}
    lines = [one for one in record.order.lines if one.line in asked]
    wanted = code.casefold()
    named = [one for one in lines if one.sku.casefold() == wanted]
    if named or not code.isdigit():
        return named
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
