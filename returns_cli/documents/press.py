"""From facts to a finished file in memory: checked, laid out, drawn; all of it, or every reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Generic, Literal, Protocol, TypeVar

from returns_cli.domain.errors import InvalidError, Problem, UsageError

if TYPE_CHECKING:
    from returns_cli.documents.checking import OnMissing
    from returns_cli.documents.fitting import Fitter
    from returns_cli.documents.ops import Page
    from returns_cli.documents.sizes import Sheet, Use

Form = Literal["pdf", "zpl", "png"]

MAX_PAGES = 2_000  # of one file; page count drives memory


@dataclass(frozen=True, slots=True)
class Printed:
    """A finished file, not yet written.

    Attributes:
        data: one file, empty where nothing could be printed.
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


class Backend(Protocol):
    """What makes a file of pages."""

    def add(self, page: Page) -> None:
        """Draw one page."""

    def finish(self, title: str) -> bytes:
        """The whole file."""


class _ByRegion(Generic[F]):
    """A template for each region whose Han signs have shapes of their own.

    Args:
        template: makes what lays out one return, with a fitter.
        fitter: of no region.
    """

    def __init__(self, template: Callable[[Fitter], Template[F]], fitter: Fitter) -> None:
        self._template = template
        self._fitter = fitter
        self._made: dict[str, Template[F]] = {}

    def pages(self, facts: F) -> list[Page]:
        """The pages of one return, laid out and to be drawn with its region's fonts."""
        from returns_cli.documents.regions import region_of

        country = getattr(getattr(facts, "sender", None), "country", "")
        region = region_of(country, facts.language)
        if region not in self._made:
            self._made[region] = self._template(self._fitter.in_region(region))
        return [page._replace(region=region) for page in self._made[region](facts)]


class Press:
    """One run of one kind of paper, as PDF, ZPL or PNG of the same operations."""

    def __init__(
        self, use: Use, size: str, dpi: int, fonts: Sequence[Path], form: Form = "pdf"
    ) -> None:
        from returns_cli.documents.fitting import Fitter
        from returns_cli.documents.sizes import Grid, find_sheet
        from returns_cli.documents.text import Typesetter

        self._use = use
        self._form = form
        self._sheet = find_sheet(size, use)
        if form == "zpl" and not self._sheet.is_for_label_printers:
            raise UsageError(
                "E-ZPL-SIZE",
                f"{size} is too wide for a label printer, so there is no ZPL for it.",
                where="--size",
                hint="Use 4x6, 100x150, a6 or a sticker; or leave --zpl out.",
            )
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
        impose: Callable[[list[Page], Fitter], list[Page]] | None = None,
    ) -> Printed:
        """Check, lay out and draw; see :func:`print_labels`.

        Args:
            batch: facts, in the order they are to be printed.
            template: makes what lays out one return.
            on_missing, keep_going: as :func:`print_labels`.
            impose: puts what was laid out onto larger sheets.
        """
        drawing = _ByRegion(lambda fitter: template(self._sheet, fitter), self._fitter)
        pages: list[Page] = []
        rmas: list[str] = []
        problems: list[Problem] = []
        for facts in batch:
            drawn, found = self._laid_out(facts, drawing, on_missing)
            problems += found
            if drawn:
                rmas += [facts.rma] if facts.rma not in rmas[-1:] else []
                pages += drawn
            if len(pages) > MAX_PAGES:
                raise _too_many(self._use)
        if not keep_going and any(problem.is_error for problem in problems):
            raise refused(self._use, problems)
        if impose is not None:
            pages = impose(pages, self._fitter)
        language = batch[0].language if batch else "en"
        data = self._file(pages, rmas, language) if pages else b""
        return Printed(data, len(pages), tuple(rmas), tuple(problems))

    def plain(self, layout: Callable[[Sheet, Fitter], list[Page]], language: str) -> Printed:
        """Pages that belong to no return, such as command cards and the calibration page.

        Raises:
            InvalidError: ``E-PAPER-FIT``, something has no room on this size.
        """
        from returns_cli.documents.fitting import DoesNotFitError
        from returns_cli.messages import catalogue

        try:
            pages = layout(self._sheet, self._fitter)
        except DoesNotFitError as error:
            raise InvalidError(
                "E-PAPER-FIT", f"{error}.", where=error.field, hint="Print it on a larger --size."
            ) from error
        title = catalogue(language).text(f"paper.{self._use}_title")
        return Printed(self._drawn(pages, title, language), len(pages), (), ())

    def _laid_out(
        self, facts: F, drawing: _ByRegion[F], on_missing: OnMissing
    ) -> tuple[list[Page], list[Problem]]:
        from returns_cli.documents.checking import checked
        from returns_cli.documents.fitting import DoesNotFitError

        clean_facts, problems = checked(facts, self._type, on_missing)
        if any(problem.is_error for problem in problems):
            return [], problems
        try:
            return drawing.pages(clean_facts), problems
        except DoesNotFitError as error:
            return [], [*problems, _does_not_fit(clean_facts.rma, error.field, str(error))]

    def _file(self, pages: Iterable[Page], rmas: Sequence[str], language: str) -> bytes:
        from returns_cli.messages import catalogue

        texts = catalogue(language)
        if len(rmas) == 1:
            title = texts.text(f"paper.{self._use}_title", rma=rmas[0])
        else:
            title = texts.count(f"paper.{self._use}s_title", len(rmas), rma=rmas[0])
        return self._drawn(pages, title, language)

    def _drawn(self, pages: Iterable[Page], title: str, language: str) -> bytes:
        backend = self._backend(language)
        for page in pages:
            backend.add(page)
        return backend.finish(title)

    def _backend(self, language: str) -> Backend:
        from returns_cli.documents.backends.bitmap import BitmapBackend
        from returns_cli.documents.backends.pdf import PdfBackend
        from returns_cli.documents.backends.zpl import ZplBackend
        from returns_cli.messages import catalogue

        if self._form == "zpl":
            return ZplBackend(self._sheet, self._grid, self._type)
        if self._form == "png":
            return BitmapBackend(self._sheet, self._grid, self._type)
        tag = catalogue(language).language
        return PdfBackend(self._sheet, self._grid, self._type, tag)


def _does_not_fit(rma: str, field: str, reason: str) -> Problem:
    from returns_cli.documents.checking import shop_words

    if field == "carrier":
        return Problem(
            "E-PAPER-FIT", f"{rma}: {reason}.", column=field, hint="Print on a larger --size."
        )
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


def refused(use: Use, problems: Sequence[Problem]) -> InvalidError:
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
