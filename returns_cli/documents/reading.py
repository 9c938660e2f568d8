"""Finished PDFs read back as a scanner would: every page as black and white dots, every code on it.

Needs the extra ``[verify]``: pypdfium2 draws the pages, zxing-cpp reads the codes. Neither shares
code with what drew them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from returns_cli.domain.errors import InvalidError

if TYPE_CHECKING:
    from PIL.Image import Image

COUNTED = "codes:"  # how the keywords of our files begin: how many codes each page holds
_POINTS_PER_INCH = 72.0
_DPIS = {203: 203.2, 300: 300.0}
_MOST_DOTS = 60_000_000  # of one page; A3 at 600 dpi, and more than any paper of ours
_MOST_PAGES = 2_000
_HALF = 127
_BEYOND_US = "Print it again, or name a PDF that `returns label` or `slip` made."


class Code(NamedTuple):
    """One code that was read: ``Code 128`` or ``QR Code``, and what it holds."""

    page: int
    format: str
    text: str


class Reading(NamedTuple):
    """What was read of a file.

    Attributes:
        codes: all that read at every resolution, in the order of pages.
        faults: pages with fewer codes than they hold: (page, dpi, read, held). ``held`` is 1 where
            the file does not say, since a page without any code cannot be told from a bad one.
    """

    pages: int
    codes: tuple[Code, ...]
    faults: tuple[tuple[int, int, int, int], ...]


def read_back(data: bytes) -> Reading:
    """Read every code of a PDF at 203 and 300 dpi.

    Raises:
        InvalidError: ``E-EXTRA-MISSING`` without the libraries; ``E-PDF-UNREADABLE``.
    """
    held: list[int] | None = None
    codes: list[Code] = []
    faults: list[tuple[int, int, int, int]] = []
    number = 0
    for number, held_here, pictures in _pages(data):
        held = held_here if held is None else held
        wanted = held[number - 1] if number <= len(held) else 1
        found = [(dpi, _codes_of(picture, number, wanted)) for dpi, picture in pictures]
        faults += [(number, dpi, len(one), wanted) for dpi, one in found if len(one) < wanted]
        first = found[0][1]
        codes += [code for code in first if all(code in one for _, one in found)]
    return Reading(number, tuple(codes), tuple(faults))


def _pages(data: bytes) -> Iterator[tuple[int, list[int], list[tuple[int, Image]]]]:
    document = open_pdf(data)
    try:
        if not 1 <= len(document) <= _MOST_PAGES:
            raise InvalidError(
                "E-PDF-UNREADABLE", f"The file has {len(document)} pages.", hint=_BEYOND_US
            )
        held = _held(document.get_metadata_dict().get("Keywords", ""))
        for number, page in enumerate(document, 1):
            yield number, held, [(dpi, _dots(page, exact)) for dpi, exact in _DPIS.items()]
    finally:
        document.close()


def open_pdf(data: bytes) -> Any:
    """A PDF, ready to be drawn; its scripts and forms are never run.

    Raises:
        InvalidError: ``E-EXTRA-MISSING`` without the library; ``E-PDF-UNREADABLE``.
    """
    pdfium = _library("pypdfium2")
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        locked = "password" in str(error).lower()
        what = "is locked by a password" if locked else "is not a readable PDF"
        raise InvalidError("E-PDF-UNREADABLE", f"The file {what}.", hint=_BEYOND_US) from error


def _dots(page: Any, dpi: float) -> Image:
    width, height = (side * dpi / _POINTS_PER_INCH for side in page.get_size())
    if width * height > _MOST_DOTS:
        raise InvalidError(
            "E-PDF-UNREADABLE", "A page of the file is larger than any paper.", hint=_BEYOND_US
        )
    rendered: Image = page.render(scale=dpi / _POINTS_PER_INCH, grayscale=True).to_pil()
    return rendered.point(lambda grey: 255 if grey > _HALF else 0)


def _codes_of(picture: Image, number: int, wanted: int) -> list[Code]:
    """The codes of a page; a page full of them is also read in strips."""
    found = _read(picture, number)
    if len(found) < wanted:
        strips = 8
        high = picture.height // strips
        for n in range(strips):
            top = max(0, n * high - high // 4)
            strip = picture.crop((0, top, picture.width, min(picture.height, top + 3 * high // 2)))
            found += [code for code in _read(strip, number) if code not in found]
    return found


def _read(picture: Image, number: int) -> list[Code]:
    zxing = _library("zxingcpp")
    return sorted(Code(number, str(one.format), one.text) for one in zxing.read_barcodes(picture))


def counted(codes: list[int]) -> str:
    """How many codes each page holds, as our files say it: runs of equal pages together.

    >>> counted([2, 2, 2, 0])
    'codes: 3x2 1x0'
    """
    runs: list[list[int]] = []
    for count in codes:
        if runs and runs[-1][1] == count:
            runs[-1][0] += 1
        else:
            runs.append([1, count])
    return " ".join([COUNTED, *(f"{pages}x{count}" for pages, count in runs)])


def _held(keywords: str) -> list[int]:
    """The opposite of :func:`counted`; empty where the file does not say."""
    if not keywords.startswith(COUNTED):
        return []
    held: list[int] = []
    for run in keywords.removeprefix(COUNTED).split()[:_MOST_PAGES]:
        pages, _, count = run.partition("x")
        if pages.isdecimal() and count.isdecimal() and pages.isascii() and len(pages) < 5:
            held += [int(count[:4])] * int(pages)
    return held


def _library(name: str) -> Any:
    import importlib

    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise InvalidError(
            "E-EXTRA-MISSING",
            "Reading PDFs needs pypdfium2 and zxing-cpp, which are not installed.",
            hint="Install them: pip install 'returns-cli[verify]'.",
        ) from error
