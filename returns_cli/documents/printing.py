"""Labels and slips of a batch as one PDF in memory: all of it, or nothing and every reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from returns_cli.documents.facts import LabelFacts, SlipFacts
from returns_cli.domain.errors import InvalidError, Problem

if TYPE_CHECKING:
    from returns_cli.documents.checking import OnMissing
    from returns_cli.documents.fitting import Fitter
    from returns_cli.documents.ops import Page
    from returns_cli.documents.sizes import Sheet, Use

MAX_PAGES = 2_000  # of one file; page count drives memory
_SLIP_DPI = 300  # office printers; their dots are whole multiples of these


@dataclass(frozen=True, slots=True)
class Printed:
    """A finished file, not yet written.

    Attributes:
        data: one PDF, empty where nothing could be printed.
        pages: pages in it.
        rmas: the returns in it, in their order.
        problems: warnings, and with ``keep_going`` the reasons why returns were left out.
    """

    data: bytes
    pages: int
    rmas: tuple[str, ...]
    problems: tuple[Problem, ...]


class _Facts(Protocol):
    @property
    def rma(self) -> str: ...
    @property
    def language(self) -> str: ...


F = TypeVar("F", bound=_Facts)
Template = Callable[[F], "list[Page]"]


def print_labels(
    facts: Sequence[LabelFacts],
    *,
    size: str = "4x6",
    dpi: int = 203,
    on_missing: OnMissing = "fail",
    keep_going: bool = False,
    fonts: Sequence[Path] = (),
) -> Printed:
    """Return labels, one page each, in one PDF.

    Args:
        facts: the labels in the order they are to be printed.
        size: ``4x6``, ``100x150`` or ``a6``.
        dpi: of the printer, 203 or 300: codes stand on its dots.
        on_missing: ``fail``, or ``replace`` for ``?`` and a warning.
        keep_going: print the good ones and report the rest in ``problems``.
        fonts: font files for what the core font lacks.

    Raises:
        InvalidError: a label that cannot be printed (``E-GLYPH-MISSING``, ``E-TEXT-TOO-LONG``,
            ``E-TEXT-INVALID``, ``E-PAPER-FIT``, ``E-LABEL-NONE``), with the problems of the
            whole batch; more than 2,000 pages (``E-PAPER-TOO-MANY``).
        UsageError: an unknown size or resolution, a font file that cannot be used.
    """
    from returns_cli.documents.label import LabelTemplate

    def label(sheet: Sheet, fitter: Fitter) -> Template[LabelFacts]:
        return LabelTemplate(sheet, fitter).pages

    press = _Press("label", size, dpi, fonts)
    return press.run(facts, label, on_missing, keep_going=keep_going)


def print_slips(
    facts: Sequence[SlipFacts],
    *,
    size: str = "a4",
    dpi: int = _SLIP_DPI,
    on_missing: OnMissing = "fail",
    keep_going: bool = False,
    fonts: Sequence[Path] = (),
) -> Printed:
    """Packing slips, one or more pages each, in one PDF.

    Args:
        facts: the slips in the order they are to be printed.
        size: ``a4`` or ``letter``.
        dpi: dots that the codes stand on, 203 or 300.
        on_missing: ``fail``, or ``replace`` for ``?`` and a warning.
        keep_going: print the good ones and report the rest in ``problems``.
        fonts: font files for what the core font lacks.

    Raises:
        InvalidError, UsageError: as :func:`print_labels`.
    """
    from returns_cli.documents.slip import SlipTemplate

    def slip(sheet: Sheet, fitter: Fitter) -> Template[SlipFacts]:
        return SlipTemplate(sheet, fitter).pages

    press = _Press("slip", size, dpi, fonts)
    return press.run(facts, slip, on_missing, keep_going=keep_going)


class _Press:
    """One run of one kind of paper."""

    def __init__(self, use: Use, size: str, dpi: int, fonts: Sequence[Path]) -> None:
        from returns_cli.documents.fitting import Fitter
        from returns_cli.documents.sizes import Grid, find_sheet
        from returns_cli.documents.text import Typesetter

        self._use = use
        self._sheet = find_sheet(size, use)
        self._grid = Grid.at(dpi)
        self._type = Typesetter(fonts)
        self._fitter = Fitter(self._grid, self._type)

    def run(
        self,
        batch: Sequence[F],
        template: Callable[[Sheet, Fitter], Template[F]],
        on_missing: OnMissing,
        *,
        keep_going: bool,
    ) -> Printed:
        """Check, lay out and draw; see :func:`print_labels`."""
        draw = template(self._sheet, self._fitter)
        pages: list[Page] = []
        rmas: list[str] = []
        problems: list[Problem] = []
        for facts in batch:
            drawn, found = self._laid_out(facts, draw, on_missing)
            problems += found
            if drawn:
                rmas.append(facts.rma)
                pages += drawn
            if len(pages) > MAX_PAGES:
                raise _too_many(self._use)
        if not keep_going and any(problem.is_error for problem in problems):
            raise _refused(self._use, problems)
        language = batch[0].language if batch else "en"
        data = self._file(pages, rmas, language) if pages else b""
        return Printed(data, len(pages), tuple(rmas), tuple(problems))

    def _laid_out(
        self, facts: F, draw: Template[F], on_missing: OnMissing
    ) -> tuple[list[Page], list[Problem]]:
        from returns_cli.documents.checking import checked
        from returns_cli.documents.fitting import DoesNotFitError

        clean_facts, problems = checked(facts, self._type, on_missing)
        if any(problem.is_error for problem in problems):
            return [], problems
        try:
            return draw(clean_facts), problems
        except DoesNotFitError as error:
            return [], [*problems, _does_not_fit(clean_facts.rma, error.field, str(error))]

    def _file(self, pages: Iterable[Page], rmas: Sequence[str], language: str) -> bytes:
        from returns_cli.documents.backends.pdf import PdfBackend
        from returns_cli.messages import catalogue

        texts = catalogue(language)
        backend = PdfBackend(self._sheet, self._grid, self._type, texts.language)
        for page in pages:
            backend.add(page)
        if len(rmas) == 1:
            title = texts.text(f"paper.{self._use}_title", rma=rmas[0])
        else:
            title = texts.count(f"paper.{self._use}s_title", len(rmas), rma=rmas[0])
        return backend.finish(title)


def _does_not_fit(rma: str, field: str, reason: str) -> Problem:
    from returns_cli.documents.checking import shop_words

    if field == "travels":
        return Problem(
            "E-LABEL-NONE",
            f"{rma}: {reason}.",
            column=field,
            hint="Leave it out, or print its slip.",
        )
    name = shop_words(field)
    return Problem(
        "E-PAPER-FIT",
        f"{rma} {name}: {reason}.",
        column=name,
        hint="Shorten it in the order or in shop.yaml, or print on a larger size.",
    )


def _refused(use: Use, problems: Sequence[Problem]) -> InvalidError:
    """The first problem in full, and how many there are; all of them travel along."""
    errors = [problem for problem in problems if problem.is_error]
    first = errors[0]
    more = f" ({len(errors)} problems in all)" if len(errors) > 1 else ""
    return InvalidError(
        first.code,
        f"No {use} was printed: {first.message}{more}",
        where=first.column,
        hint=first.hint,
        problems=tuple(problems),
    )


def _too_many(use: Use) -> InvalidError:
    return InvalidError(
        "E-PAPER-TOO-MANY",
        f"More than {MAX_PAGES:,} pages in one file of {use}s.",
        hint="Print fewer returns at a time.",
    )
