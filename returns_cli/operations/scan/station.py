"""A scanning station: codes in one by one, an answer for each, durable before it is said."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from returns_cli.domain.errors import ConflictError, InvalidError, NotFoundError, UsageError
from returns_cli.domain.nearest import nearest_or_all
from returns_cli.domain.scanned_code import Code, read_code
from returns_cli.operations.own_parcel import rma_of_parcel
from returns_cli.operations.return_view import Json
from returns_cli.operations.scan import attaching, counting, inspecting, receiving
from returns_cli.operations.scan.bench import MODES, Bench
from returns_cli.operations.scan.words import Said, StopError, Words
from returns_cli.operations.shop import Shop
from returns_cli.operations.sticker_facts import known_grades

if TYPE_CHECKING:
    from returns_cli.domain.record import ReturnRecord

_DOUBLE_FIRE_SECONDS = 0.150
_REFUSED = (ConflictError, InvalidError, NotFoundError, StopError)
_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class ScanRequest:
    """How a station works.

    Attributes:
        mode: ``receive``, ``inspect``, ``count`` or ``find``.
        station: its name, kept with each receipt.
        is_blind: what is awaited is not said.
        on_inspected: is told of each graded unit: return, line, and the unit's number on it.
        waited: seconds that the last code was waited for: the same code again within 150 ms of its
            answer is the scanner's double-fire. None where codes may come at once, as from a pipe.
    """

    mode: str = "receive"
    station: str | None = None
    is_blind: bool = False
    on_inspected: Callable[[str, int, int], None] | None = None
    waited: Callable[[], float] | None = None


def scan(shop: Shop, codes: Iterable[str], request: ScanRequest) -> Iterator[Json]:
    """Answer each code; what an ``OK`` says is on the disk before it is said.

    Raises:
        UsageError: no such mode.
        StoreError: the store cannot be used; what was answered stands.
    """
    if request.mode not in MODES:
        raise UsageError(
            "E-USAGE",
            f"`{request.mode[:40]}` is no mode.",
            where="--mode",
            hint=nearest_or_all(request.mode, MODES),
        )
    with shop.open_store() as store:
        station = _Station(Bench(shop, store, request.station, request.is_blind), request)
        for sent in codes:
            if sent.strip():
                shop.renew_clock()
                yield station.answer(sent).view(sent.strip())


class Mode(Protocol):
    """What a mode does with a return, with an item, and at the end."""

    def take_up(self, bench: Bench, record: ReturnRecord, /) -> Said:
        """A return is in hand."""

    def take(self, bench: Bench, code: Code, /) -> Said:
        """An item was scanned."""

    def finish(self, bench: Bench, /) -> Said:
        """The return is done."""


class _Station:
    """One station at work."""

    def __init__(self, bench: Bench, request: ScanRequest) -> None:
        self._bench = bench
        self._request = request
        modes: dict[str, Mode] = {"receive": receiving, "inspect": inspecting}
        self._mode = modes.get(request.mode, counting)
        self._last = ""
        shop = bench.shop
        is_inspecting = request.mode == "inspect"  # others read no policies to say no to a grade
        self._grades = known_grades(shop) if is_inspecting else tuple(shop.config.tables.grades)

    def answer(self, sent: str) -> Said:
        """Act on one scan; a refused one is answered, never raised."""
        if self._is_double(sent):
            return Words.DOUBLE.said(self._bench.rma)
        code = read_code(sent, self._grades)
        try:
            said = self._answer_to(code, sent)
        except _REFUSED as error:
            return Said("STOP", _in_one_line(error), self._bench.rma)
        if code.is_swapped:
            said = said._replace(message=Words.SWAPPED.said(None, message=said.message).message)
        return said

    def _is_double(self, sent: str) -> bool:
        """Whether the scanner fired twice."""
        before, self._last = self._last, sent
        waited = self._request.waited
        return sent == before and waited is not None and waited() < _DOUBLE_FIRE_SECONDS

    def _answer_to(self, code: Code, sent: str) -> Said:
        if self._bench.asks_for and code != Code("command", "UNDO"):
            return attaching.attach(self._bench, sent)
        return self._act(code)

    def _act(self, code: Code) -> Said:
        if code.kind == "command":
            return self._command(code.text)
        if code.kind == "grade":
            return self._grade(code.text)
        if code.kind == "mistyped":
            return self._take_up(code.text)  # which names the returns that may be meant
        if code.kind in ("rma", "unit") and (code.is_certain or not self._is_item(code)):
            return self._take_up(code.rma)
        if self._request.mode == "find" or (not self._is_item(code) and not self._bench.keeps_next):
            found = self._looked_up(code.text)
            if found is not None:
                return self._take_up(found)
            if self._request.mode == "find":
                raise Words.UNKNOWN.refusal(code=code.text)
        return self._mode.take(self._bench, code)

    def _is_item(self, code: Code) -> bool:
        from returns_cli.operations.scan.bench import lines_of

        bench = self._bench
        if bench.wants_serial and not code.is_certain:
            return True
        return bench.rma is not None and bool(lines_of(bench, bench.record(), code.text))

    def _command(self, name: str) -> Said:
        if name == "UNDO":
            return self._undo()
        if name == "EXTRA":
            if self._request.mode != "receive":
                raise Words.EXTRA_ELSEWHERE.refusal()
            return receiving.keep_extra(self._bench)
        if name in ("NOTE", "PHOTO"):
            if self._request.mode not in ("receive", "inspect"):
                raise Words.NOT_HERE.refusal(card=name)
            return attaching.ask(self._bench, name)
        if self._bench.rma is None and self._bench.came_with is not None:
            self._bench.put_down()
            return Words.ASIDE.said(None)
        return self._mode.finish(self._bench)

    def _grade(self, name: str) -> Said:
        if self._request.mode != "inspect":
            raise Words.GRADE_ELSEWHERE.refusal()
        said = inspecting.grade(self._bench, name)
        is_graded = said.word == "OK"
        if is_graded and self._request.on_inspected is not None and said.rma and said.line:
            unit = self._bench.record().inspected(said.line)
            self._request.on_inspected(said.rma, said.line, unit)
        return said

    def _take_up(self, rma: str) -> Said:
        from returns_cli.store.returns import find_return

        record: ReturnRecord = find_return(self._bench.store, rma)
        astray = self._bench.astray
        self._bench.put_down()
        if self._request.mode == "find":  # nothing is in hand
            return counting.tell(self._bench, record)
        said = self._mode.take_up(self._bench, record)
        self._bench.rma = record.rma
        taken = receiving.take_astray(self._bench, astray) if astray is not None else None
        return taken or said

    def _looked_up(self, text: str) -> str | None:
        """The return that a tracking, order or serial number means; None where it is none."""
        from returns_cli.store.returns import load_returns
        from returns_cli.store.search import numbered_returns
        from returns_cli.store.serials import returns_of_serial

        found = [
            one.return_id
            for one in numbered_returns(self._bench.store, text)
            if one.matched in ("tracking", "order")
        ]
        found = found or returns_of_serial(self._bench.store, text)
        rmas = [one.rma for one in load_returns(self._bench.store, found)]
        if len(rmas) > 1:
            named = ", ".join(rmas[:_MOST_NAMED])
            raise Words.SEVERAL.refusal(code=text, count=len(rmas), rmas=named)
        if rmas:
            return rmas[0]
        own = rma_of_parcel(self._bench.shop.config, self._bench.store, text)
        if own is None:
            self._refuse_order_without_return(text)
        return own

    def _refuse_order_without_return(self, text: str) -> None:
        """Say so of an order's number; in receiving its goods may be kept as unexpected.

        Raises:
            StopError: it is one.
        """
        from returns_cli.store.orders import order_pks

        found = order_pks(self._bench.store, [text])[text]
        if not found:
            return
        if self._request.mode != "receive":
            raise Words.NO_RETURN_OF_ORDER.refusal(order=text)
        self._bench.put_down()
        if len(found) == 1:
            self._bench.came_with = found[0], None
        raise Words.PARCEL_OF_NOBODY.refusal(order=text)

    def _undo(self) -> Said:
        bench = self._bench
        if (pending := bench.forget_pending()) is not None:
            return Words.FORGOTTEN.said(bench.rma, what=pending)
        if not bench.undos:
            raise Words.NOTHING_TO_UNDO.refusal()
        last = bench.undos[-1]
        with bench.store.writing():
            last.take_back(bench.store)
        bench.undos.pop()
        return Words.UNDONE.said(bench.rma, what=last.what)


def _in_one_line(error: ConflictError | InvalidError | NotFoundError | StopError) -> str:
    return f"{error.message} {error.hint or ''}".rstrip()
