"""Labels and slips of a batch as one file in memory: all of it, or nothing and every reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

from returns_cli.documents.facts import (
    CommandCard,
    InsertFacts,
    LabelFacts,
    SlipFacts,
    StickerFacts,
)
from returns_cli.documents.press import F, Form, Press, Printed, Template
from returns_cli.domain.errors import UsageError

if TYPE_CHECKING:
    from returns_cli.documents.carrier import CarrierPage
    from returns_cli.documents.checking import OnMissing
    from returns_cli.documents.fitting import Fitter
    from returns_cli.documents.ops import Page
    from returns_cli.documents.sizes import Sheet, Use

_LABEL_DPI = 203
_OFFICE_DPI = 300  # of office printers; their dots are whole multiples of these


class Drawing(TypedDict, total=False):
    """How a batch is drawn.

    Attributes:
        size: a size of ``data/sheets.toml`` for this kind of paper.
        dpi: of the printer, 203 or 300: codes stand on its dots.
        on_missing: ``fail``, or ``replace`` for ``?`` and a warning.
        keep_going: print the good ones and report the rest in ``problems``.
        fonts: font files for what the core font lacks.
        form: ``pdf``, or ``zpl`` or ``png`` of the same drawing.
    """

    size: str
    dpi: int
    on_missing: OnMissing
    keep_going: bool
    fonts: Sequence[Path]
    form: Form


def print_labels(
    facts: Sequence[LabelFacts],
    *,
    start_at: int = 1,
    carrier: bytes = b"",
    **drawing: Unpack[Drawing],
) -> Printed:
    """Return labels, one page each or as many as a sheet has cells, in one file.

    Args:
        facts: the labels in the order they are to be printed.
        start_at: the first free cell of a sheet that was used before, from 1.
        carrier: a carrier's label, PDF or PNG, that goes with the one label there is.
        drawing: 4x6 inches for 203 dpi unless it says otherwise.

    Raises:
        InvalidError: a label that cannot be printed (``E-GLYPH-MISSING``, ``E-TEXT-TOO-LONG``,
            ``E-TEXT-INVALID``, ``E-PAPER-FIT``, ``E-LABEL-NONE``), with the problems of the
            whole batch; more than 2,000 pages (``E-PAPER-TOO-MANY``).
        UsageError: an unknown size or resolution, a font file that cannot be used, a cell that
            the sheet does not have.
    """
    from returns_cli.documents.office import CellTemplate, imposed, label_pages
    from returns_cli.documents.sizes import cells_of

    size = drawing.setdefault("size", "4x6")
    cells = cells_of(size, start_at)
    merged = _carrier_pages(carrier, size) if carrier else ()

    def label(sheet: Sheet, fitter: Fitter) -> Template[LabelFacts]:
        if cells is None:
            return label_pages(sheet, fitter, merged)
        return CellTemplate(cells, fitter).pages

    def impose(pages: list[Page], fitter: Fitter) -> list[Page]:
        return pages if cells is None else imposed(pages, cells, fitter, start_at)

    return _printed("label", facts, label, {"dpi": _LABEL_DPI, **drawing}, impose)


def _carrier_pages(data: bytes, size: str) -> Sequence[CarrierPage]:
    from returns_cli.documents.carrier import carrier_pages
    from returns_cli.documents.sizes import find_sheet

    sheet = find_sheet(size, "label")
    if sheet.cut is None and not sheet.is_for_label_printers:
        raise UsageError(
            "E-CARRIER-SIZE",
            f"A carrier's label has no place on {size}.",
            where="--size",
            hint="Use 4x6, 100x150 or a6 (a page each), or a4-fold or letter-fold (one page).",
        )
    return carrier_pages(data)


def print_slips(facts: Sequence[SlipFacts], **drawing: Unpack[Drawing]) -> Printed:
    """Packing slips, one or more pages each, in one file.

    Args:
        facts: the slips in the order they are to be printed.
        drawing: A4 for 300 dpi unless it says otherwise; ``a4-fold`` and ``letter-fold`` have the
            label below the fold.

    Raises:
        InvalidError, UsageError: as :func:`print_labels`.
    """
    from returns_cli.documents.slip import SlipTemplate

    def slip(sheet: Sheet, fitter: Fitter) -> Template[SlipFacts]:
        return SlipTemplate(sheet, fitter).pages

    return _printed("slip", facts, slip, {"size": "a4", "dpi": _OFFICE_DPI, **drawing})


def has_place_for_label(size: str) -> bool:
    """Whether a size of slips has a place for the label, below its fold; not so if unknown."""
    from returns_cli.documents.sizes import sheets

    sheet = sheets().get(size)
    return sheet is not None and sheet.place is not None and sheet.cut is not None


def print_inserts(facts: Sequence[InsertFacts], **drawing: Unpack[Drawing]) -> Printed:
    """Cards that go out with orders, one page each, in one file; for 300 dpi.

    Raises:
        InvalidError, UsageError: as :func:`print_labels`.
    """
    from returns_cli.documents.insert import InsertTemplate

    def insert(sheet: Sheet, fitter: Fitter) -> Template[InsertFacts]:
        return InsertTemplate(sheet, fitter).pages

    return _printed("insert", facts, insert, {"size": "insert", "dpi": _OFFICE_DPI, **drawing})


def print_stickers(facts: Sequence[StickerFacts], **drawing: Unpack[Drawing]) -> Printed:
    """Disposition stickers, one unit each, in one file; 57 × 32 mm for 203 dpi.

    Raises:
        InvalidError, UsageError: as :func:`print_labels`.
    """
    from returns_cli.documents.sticker import StickerTemplate

    def sticker(sheet: Sheet, fitter: Fitter) -> Template[StickerFacts]:
        return StickerTemplate(sheet, fitter).pages

    return _printed("sticker", facts, sticker, {"size": "sticker", "dpi": _LABEL_DPI, **drawing})


def _printed(
    use: Use,
    facts: Sequence[F],
    template: Callable[[Sheet, Fitter], Template[F]],
    drawing: Drawing,
    impose: Callable[[list[Page], Fitter], list[Page]] | None = None,
) -> Printed:
    press = Press(
        use,
        drawing["size"],
        drawing["dpi"],
        drawing.get("fonts", ()),
        drawing.get("form", "pdf"),
    )
    return press.run(
        facts,
        template,
        drawing.get("on_missing", "fail"),
        keep_going=drawing.get("keep_going", False),
        impose=impose,
    )


def print_cards(
    cards: Sequence[CommandCard],
    *,
    size: str = "a4",
    dpi: int = _OFFICE_DPI,
    language: str = "en",
    fonts: Sequence[Path] = (),
    form: Form = "pdf",
) -> Printed:
    """The command cards of a scanning station, eight a page.

    Raises:
        InvalidError: a word or a code that does not fit (``E-PAPER-FIT``), a sign without a font.
        UsageError: an unknown size or resolution.
    """
    from returns_cli.documents.cards import card_pages

    press = Press("cards", size, dpi, fonts, form)
    return press.plain(lambda sheet, fitter: card_pages(cards, sheet, fitter), language)


def print_calibration(
    *, size: str = "4x6", dpi: int = 203, language: str = "en", form: Form = "pdf"
) -> Printed:
    """The page that shows whether a printer scales or shifts this size.

    Raises:
        UsageError: an unknown size or resolution.
    """
    from returns_cli.documents.calibration import calibration_page

    press = Press("calibration", size, dpi, (), form)
    return press.plain(lambda sheet, fitter: [calibration_page(sheet, fitter, language)], language)
