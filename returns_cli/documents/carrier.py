"""A label bought from a carrier, as PDF or PNG, drawn whole onto our paper in the printer's dots.

It comes from outside: nothing of the file is copied into ours. Its pages are drawn to black and
white dots, so scripts, forms, links and attachments stay behind, and PDF, ZPL and PNG show the
same. Its codes are drawn at the printer's own resolution, never scaled by much.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from returns_cli.documents.fitting import DoesNotFitError
from returns_cli.documents.ops import Picture
from returns_cli.documents.placing import Box
from returns_cli.documents.reading import open_pdf
from returns_cli.documents.sizes import Grid
from returns_cli.domain.errors import InvalidError

if TYPE_CHECKING:
    from PIL.Image import Image

_MOST_PAGES = 10
_MOST_DOTS = 60_000_000
_LEAST_SCALE = 0.93  # 4×6 in onto A6: codes made for 0.25 mm and more stay readable
_PADDING = 2.5  # mm of white kept around what is printed, when a large page is cut to it
_LOOK_DPI = 72.0  # for finding what is printed
_HALF = 127
_USUAL_DPI = 203.2  # of a PNG that does not say
_MM_PER_INCH = 25.4
_HINT = "Download it from the carrier again, as PDF or PNG."


@dataclass(frozen=True)
class CarrierPage:
    """One page of a carrier's label: its size, and how it is drawn at a resolution."""

    width: float  # mm
    height: float  # mm
    source: Any

    def drawn(self, dpi: float) -> Image:
        """The page in grey at so many dots an inch."""
        if hasattr(self.source, "resize"):
            size = round(self.width * dpi / _MM_PER_INCH), round(self.height * dpi / _MM_PER_INCH)
            picture: Image = self.source
            return picture if picture.size == size else picture.resize(size)
        rendered: Image = self.source.render(
            scale=dpi / 72, grayscale=True, may_draw_forms=False, draw_annots=False
        ).to_pil()
        return rendered


def carrier_pages(data: bytes) -> list[CarrierPage]:
    """The pages of a carrier's file.

    Raises:
        InvalidError: ``E-CARRIER-FILE``: neither PDF nor PNG, locked, damaged, empty, too large;
            ``E-EXTRA-MISSING`` for a PDF without the library that draws it.
    """
    if data.startswith(b"\x89PNG"):
        return [_png_page(data)]
    if b"%PDF" not in data[:1024]:
        raise _refused("it is neither a PDF nor a PNG")
    try:
        document = open_pdf(data)
    except InvalidError as error:
        if error.code == "E-EXTRA-MISSING":
            raise
        raise _refused(error.message.removeprefix("The file ").rstrip(".")) from error
    if not 1 <= len(document) <= _MOST_PAGES:
        raise _refused(f"it has {len(document)} pages, and 1 to {_MOST_PAGES} are taken")
    pages = []
    for page in document:
        width, height = (side * _MM_PER_INCH / 72 for side in page.get_size())
        _check_size(width * height * (300 / _MM_PER_INCH) ** 2)
        pages.append(CarrierPage(width, height, page))
    return pages


def _png_page(data: bytes) -> CarrierPage:
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(BytesIO(data), formats=["PNG"]) as opened:
            _check_size(opened.width * opened.height)
            per_inch = float(opened.info.get("dpi", (_USUAL_DPI, 0))[0])
            flat = Image.new("RGBA", opened.size, "white")
            flat.alpha_composite(opened.convert("RGBA"))
            picture = flat.convert("L")
    except (OSError, SyntaxError, ValueError, UnidentifiedImageError) as error:
        raise _refused("it is not a readable PNG") from error
    per_mm = (per_inch if per_inch > 100 else _USUAL_DPI) / _MM_PER_INCH
    return CarrierPage(picture.width / per_mm, picture.height / per_mm, picture)


def _check_size(dots: float) -> None:
    if dots > _MOST_DOTS:
        raise _refused("it is larger than any label")


def place_carrier(page: CarrierPage, grid: Grid, box: Box) -> Picture:
    """A carrier's page in the middle of a box: whole, upright or turned, at its own size.

    A page that is larger than the box is cut to what is printed on it, and made smaller by at most
    seven per cent.

    Raises:
        DoesNotFitError: it is larger still.
    """
    dpi = grid.dots_per_mm * _MM_PER_INCH
    crop = (0.0, 0.0, page.width, page.height)
    if _scale(crop, grid, box) < 1:
        crop = _printed_part(page)
    scale = _scale(crop, grid, box)
    if scale < _LEAST_SCALE:
        wide, high = crop[2] - crop[0], crop[3] - crop[1]
        raise DoesNotFitError(
            "carrier",
            f"the carrier's label does not fit: it needs {wide:.1f} × {high:.1f} mm, has "
            f"{grid.to_mm(box.width):.1f} × {grid.to_mm(box.height):.1f}",
        )
    whole = page.drawn(dpi * scale)
    dots = grid.dots_per_mm * scale
    left, top, right, bottom = (round(edge * dots) for edge in crop)
    picture = whole.crop((left, top, min(right, whole.width), min(bottom, whole.height)))
    return _placed(picture, box)


def _placed(picture: Image, box: Box) -> Picture:
    from PIL import Image

    if not (picture.width <= box.width and picture.height <= box.height):
        picture = picture.transpose(Image.Transpose.ROTATE_270)
    picture = picture.crop((0, 0, min(picture.width, box.width), min(picture.height, box.height)))
    bits = picture.point(lambda grey: 0 if grey > _HALF else 255).convert("1")
    x = box.x + (box.width - bits.width) // 2
    y = box.y + (box.height - bits.height) // 2
    return Picture(x, y, bits.width, bits.height, bits.tobytes())


def _scale(crop: tuple[float, ...], grid: Grid, box: Box) -> float:
    """The largest scale, at most 1, at which a part of a page fits upright or turned."""
    wide, high = crop[2] - crop[0], crop[3] - crop[1]
    room = grid.to_mm(box.width), grid.to_mm(box.height)
    upright = min(room[0] / wide, room[1] / high)
    turned = min(room[0] / high, room[1] / wide)
    return min(1.0, max(upright, turned))


def _printed_part(page: CarrierPage) -> tuple[float, float, float, float]:
    """The part of a page that has ink, in millimetres, with some white around it."""
    from PIL import ImageChops

    per_mm = _LOOK_DPI / _MM_PER_INCH
    inked = ImageChops.invert(page.drawn(_LOOK_DPI)).point(lambda grey: 255 if grey > 30 else 0)
    left, top, right, bottom = (edge / per_mm for edge in inked.getbbox() or (0, 0, *inked.size))
    return (
        max(0.0, left - _PADDING),
        max(0.0, top - _PADDING),
        min(page.width, right + _PADDING),
        min(page.height, bottom + _PADDING),
    )


def _refused(why: str) -> InvalidError:
    return InvalidError(
        "E-CARRIER-FILE",
        f"The carrier's label cannot be used: {why}.",
        where="--carrier",
        hint=_HINT,
    )
