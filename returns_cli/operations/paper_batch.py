"""A batch of paper of one kind: returns found, facts gathered, drawn, and written as files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from returns_cli.domain import lifecycle
from returns_cli.domain.errors import (
    ConflictError,
    InvalidError,
    Problem,
    ReturnsError,
    UsageError,
)
from returns_cli.domain.model import Order
from returns_cli.domain.nearest import nearest_or_all
from returns_cli.domain.record import ReturnRecord
from returns_cli.domain.shop import Tables
from returns_cli.operations.kept_policy import kept_policy
from returns_cli.operations.paper_facts import PaperDesk, needs_label
from returns_cli.operations.paper_files import (
    Facts,
    Outlet,
    Paper,
    Press,
    draw_files,
    write_files,
)
from returns_cli.operations.paper_language import paper_language
from returns_cli.operations.return_view import Json
from returns_cli.operations.row_files import view_problem
from returns_cli.operations.shop import Shop

if TYPE_CHECKING:
    from returns_cli.documents import Form, Printed
    from returns_cli.store.connection import Store

Gather = Callable[[PaperDesk, "Store", ReturnRecord], Sequence[Facts]]

_CHUNK = 1000
_LABEL_DPI, _OFFICE_DPI = 203, 300
_SIZES: dict[Paper, str] = {
    "insert": "insert",
    "label": "4x6",
    "slip": "a4",
    "sticker": "sticker",
    "cards": "a4",
    "calibration": "4x6",
}
_SHOP_PRINTER = "default"
_ON_MISSING = ("fail", "replace")


@dataclass(frozen=True, slots=True)
class PaperRequest:
    """What was typed.

    Attributes:
        rmas: returns to print, in this order; empty with ``ready``.
        ready: all approved returns of which no parcel was seen yet.
        size, dpi: None takes ``paper`` of ``shop.yaml``, else the default of its kind.
        out: folder of the files; None for ``paper/`` in the shop folder.
        output_file: one file with all of them.
        split: a file for each return.
        on_missing: ``fail``, or ``replace`` for ``?`` where no font has a sign.
        keep_going: print the good ones where others cannot be printed.
        fonts: font files for what the core font lacks.
        form: PDF, ZPL for label printers, or a PNG to look at.
        printer: of CUPS, which the files are sent to as well; empty for none.
        start_at: the first free cell of a sheet that was used before, from 1.
        language: of all fixed text; None for each customer's own.
        carrier: a file with a carrier's label, PDF or PNG, that goes with the one return's.
        tracking: the carrier's number of it.
    """

    rmas: tuple[str, ...] = ()
    ready: bool = False
    size: str | None = None
    dpi: int | None = None
    out: Path | None = None
    output_file: Path | None = None
    split: bool = False
    on_missing: str = "fail"
    keep_going: bool = False
    fonts: tuple[Path, ...] = ()
    form: Form = "pdf"
    printer: str = ""
    start_at: int = 1
    language: str | None = None
    carrier: Path | None = None
    tracking: str = ""


@dataclass
class Batch:
    """One batch of one kind of paper: gathered and drawn whole before the first byte is written."""

    shop: Shop
    request: PaperRequest
    kind: Paper
    problems: list[Problem] = field(default_factory=list)
    first_error: ReturnsError | None = None

    @property
    def size(self) -> str:
        """What was typed, else what shop.yaml says, else the usual one of its kind."""
        return self.request.size or self.shop.config.paper.get(self.kind) or _SIZES[self.kind]

    def drawing(self) -> dict[str, Any]:
        """Options of the drawing; it collects every problem, :meth:`_stop` decides about them."""
        request = self.request
        if self._printer() and request.form == "png":
            raise UsageError(
                "E-USAGE",
                "A picture is for looking at, not for a printer.",
                where="--printer",
                hint="Leave --png out, or use --zpl.",
            )
        if request.on_missing not in _ON_MISSING:
            raise UsageError(
                "E-USAGE",
                f"`{request.on_missing}` is nothing to do about a missing sign.",
                where="--on-missing",
                hint=nearest_or_all(request.on_missing, _ON_MISSING),
            )
        options: dict[str, Any] = {
            "size": self.size,
            "on_missing": request.on_missing,
            "keep_going": True,
            "fonts": request.fonts,
            "form": request.form,
        }
        paper = self.shop.config.paper
        if "font" in paper:
            options["fonts"] = (*request.fonts, self.shop.folder / paper["font"])
        return options | {"dpi": self._dpi()}

    def _dpi(self) -> int:
        """What was typed; else shop.yaml's for label printers, and 300 for office ones."""
        from returns_cli.documents.sizes import sheets

        sheet = sheets().get(self.size)
        if self.request.dpi is not None:
            return self.request.dpi
        if sheet is not None and not sheet.is_for_label_printers:
            return _OFFICE_DPI
        return int(self.shop.config.paper.get("dpi") or _LABEL_DPI)

    def printed(
        self,
        gather: Gather[Facts],
        draw: Press[Facts],
    ) -> Json:
        """Gather, draw, write; answer with the files."""
        return self.finish(self.drawn(self._gathered(gather), draw))

    def drawn(self, facts: Sequence[Facts], draw: Press[Facts]) -> list[Printed]:
        """The files in memory; what stops the batch is raised before anything is written."""
        pieces = draw_files(self._outlet, facts, draw)
        for piece in pieces:
            self.problems += piece.problems
        good = [piece for piece in pieces if piece.data]
        self._stop(is_empty=not good)
        return good

    def finish(self, pieces: Sequence[Printed]) -> Json:
        """Write what was drawn, send it where a printer was named, and answer with the files."""
        files = write_files(self._outlet, self.size, pieces)
        self.send(pieces)
        return {"files": files, "problems": [view_problem(one) for one in self.problems]}

    @property
    def _outlet(self) -> Outlet:
        request = self.request
        return Outlet(
            self.kind,
            self.shop.folder,
            request.out,
            request.output_file,
            request.split,
            self.shop.dry_run,
            request.form,
        )

    def send(self, pieces: Sequence[Printed]) -> None:
        """Send finished files to the printer that was named, after they lie on the disk.

        Raises:
            OutputError: ``E-PRINTER``; the files stay where they are.
            UsageError: a picture, which is for looking at.
        """
        from returns_cli.operations.printer import Job, send

        request = self.request
        printer = self._printer()
        if not printer or self.shop.dry_run:
            return
        for piece in pieces:
            title = f"{self.kind} {piece.rmas[0] if piece.rmas else ''}".strip()
            send(printer, Job(piece.data, self.size, request.form == "zpl", title))
        self.shop.notes.append(f"Sent to the printer {printer}.")

    def _printer(self) -> str:
        """The printer that was named; ``default`` is the one of shop.yaml."""
        if self.request.printer != _SHOP_PRINTER:
            return self.request.printer
        printer = self.shop.config.paper.get("printer", "")
        if not printer:
            raise UsageError(
                "E-USAGE",
                "shop.yaml names no printer, so there is no default one.",
                where="--printer",
                hint="Write `paper: {printer: NAME}` into shop.yaml, or name one: see `lpstat -p`.",
            )
        return printer

    def _gathered(self, gather: Gather[Facts]) -> list[Facts]:
        from returns_cli.store.customers import find_customer

        found: list[Facts] = []
        with self.shop.open_store(read_only=True) as store, store.reading():
            config = self.shop.config
            tables_of, asked = _tables_of(self.shop, store), self.request.language

            def language_of(order: Order) -> str:
                return paper_language(asked, order, find_customer(store, order), config.language)

            desk = PaperDesk(config, store.salt, tables_of, language_of)
            for record in self._records(store):
                try:
                    facts = gather(desk, store, record)
                except (ConflictError, InvalidError) as error:
                    self.first_error = self.first_error or error
                    self.problems.append(Problem(error.code, error.message, hint=error.hint))
                    continue
                found += facts
        return found

    def _records(self, store: Store) -> Iterator[ReturnRecord]:
        from returns_cli.store.returns import find_return_id, load_returns

        is_ready = self.request.ready
        ids = _ready_ids(store) if is_ready else []
        for rma in self.request.rmas if not is_ready else ():
            ids.append(find_return_id(store, rma))
        ids = list(dict.fromkeys(ids))
        for start in range(0, len(ids), _CHUNK):
            for record in load_returns(store, ids[start : start + _CHUNK]):
                if not is_ready or _is_ready(self.shop, record):
                    yield record

    def _stop(self, *, is_empty: bool) -> None:
        """Raise what stops the batch: any error, or with ``keep_going`` where nothing is left."""
        errors = [one for one in self.problems if one.is_error]
        if not errors or (self.request.keep_going and not is_empty):
            return
        if self.first_error is not None:
            raise self.first_error
        more = f" ({len(errors)} problems in all)" if len(errors) > 1 else ""
        raise InvalidError(
            errors[0].code,
            f"No {self.kind} was printed: {errors[0].message}{more}",
            where=errors[0].column,
            hint=errors[0].hint,
            problems=tuple(self.problems),
        )


def _ready_ids(store: Store) -> list[int]:
    from returns_cli.store.returns import ReturnFilter, Wanted, list_return_ids

    return list_return_ids(store, ReturnFilter(wanted=Wanted.LABEL_READY))


def _is_ready(shop: Shop, record: ReturnRecord) -> bool:
    return (
        needs_label(record)
        and not record.has_arrived
        and not record.first_scan_at
        and not lifecycle.has_expired(record, shop.today, shop.zone)
    )


def _tables_of(shop: Shop, store: Store) -> Callable[[str | None], Tables]:
    """The tables of a stored policy text, read once for all returns that were judged by it."""
    known: dict[str | None, Tables] = {}

    def tables_of(sha256: str | None) -> Tables:
        if sha256 not in known:
            policy = kept_policy(store, sha256, shop.config.tables)
            known[sha256] = policy.tables if policy is not None else shop.config.tables
        return known[sha256]

    return tables_of
