"""Every script of the world on labels and slips, as pictures to look at: `make contact-sheet`."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw

from returns_cli.documents import print_inserts, print_labels, print_slips, print_stickers
from tests.documents.samples import label_facts, slip_facts
from tests.documents.test_insert import insert_facts
from tests.documents.test_sticker import sticker
from tests.documents.world import WORLD

_ACROSS = 4
_GAP = 12


def label_sheet() -> Image.Image:
    """One label for each script, in the customer's language."""
    pages = []
    for person in WORLD.values():
        facts = label_facts(sender=person.address, language=person.language)
        pages.append(picture_of(print_labels([facts]).data))
    return _side_by_side(pages, list(WORLD))


def slip_sheet() -> Image.Image:
    """One slip for each language that fixed text is shipped in."""
    pages, names = [], ["en", "ro", "ja", "zh-Hans", "zh-Hant"]
    people = {person.language: person for person in WORLD.values()}
    spoken = {"en": "ro", "zh-Hans": "zh-CN", "zh-Hant": "zh-TW"}
    for language in names:
        address = people[spoken.get(language, language)].address
        facts = slip_facts(2, language=language, customer_name=address.name)
        pages.append(picture_of(print_slips([facts]).data, scale=1.3))
    return _side_by_side(pages, names)


def paper_sheet() -> Image.Image:
    """One of each kind and layout, for one customer."""
    sscc = "006141410000000425"
    folded = replace(slip_facts(1), label=label_facts())
    papers = {
        "label 4x6": print_labels([label_facts()]),
        "label 4x6, SSCC": print_labels([label_facts(sscc=sscc)]),
        "label a6, SSCC": print_labels([label_facts(sscc=sscc)], size="a6"),
        "label a4-fold": print_labels([label_facts()], size="a4-fold", dpi=300),
        "slip a4": print_slips([slip_facts(2)]),
        "slip a4-fold": print_slips([folded], size="a4-fold"),
        "insert": print_inserts([insert_facts()]),
        "sticker": print_stickers([sticker()]),
    }
    pages = [picture_of(one.data, scale=1.1) for one in papers.values()]
    return _side_by_side(pages, list(papers))


def picture_of(data: bytes, page: int = 0, scale: float = 1.6) -> Image.Image:
    """A page in grey, as a screen shows it."""
    image: Image.Image = pypdfium2.PdfDocument(data)[page].render(scale=scale).to_pil()
    return image


def _side_by_side(pages: list[Image.Image], names: list[str]) -> Image.Image:
    width = max(page.width for page in pages) + _GAP
    height = max(page.height for page in pages) + 2 * _GAP
    rows = -(-len(pages) // _ACROSS)
    sheet = Image.new("RGB", (width * min(_ACROSS, len(pages)), height * rows), "lightgrey")
    pen = ImageDraw.Draw(sheet)
    for number, (page, name) in enumerate(zip(pages, names, strict=True)):
        x, y = number % _ACROSS * width, number // _ACROSS * height
        pen.text((x + 2, y), name, fill="black")
        sheet.paste(page, (x, y + _GAP))
    return sheet


def main(folder: str) -> None:
    """Write the sheets into a folder."""
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    sheets = {"labels": label_sheet, "slips": slip_sheet, "papers": paper_sheet}
    for name, sheet in sheets.items():
        sheet().save(place / f"{name}.png")


if __name__ == "__main__":
    main(sys.argv[1])
