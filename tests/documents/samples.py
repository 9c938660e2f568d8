"""Invented returns, and what a printer, a scanner and a reader see of a PDF."""

from __future__ import annotations

from datetime import date
from typing import Any

import pypdfium2
import zxingcpp
from PIL import Image

from returns_cli.documents import (
    LabelFacts,
    PaperAddress,
    Promise,
    SlipAmount,
    SlipFacts,
    SlipLine,
)
from returns_cli.domain.shop import Grade

RMA = "RMA-7F3K2QX"
QR_TEXT = "HTTPS://R.EXAMPLE.COM/7F3K2QX/K2M9XW4T"
SHOP = PaperAddress(
    "Northwind Outfitters",
    ("Returns Desk", "18 Harbour Road"),
    "Portland",
    "ME",
    "04101",
    "US",
)
ANA = PaperAddress(
    "Ana Țăranu-Ionescu",
    ("Strada Mihai Eminescu 14, ap. 3",),
    "Cluj-Napoca",
    "Cluj",
    "400033",
    "RO",
)
GRADES = tuple(
    Grade(code, text)
    for code, text in [
        ("new", "New, unopened"),
        ("opened", "Opened, unused"),
        ("used", "Used"),
        ("damaged", "Damaged"),
        ("defective", "Defective"),
        ("wrong_item", "Wrong item"),
    ]
)
LONG_TITLE = (
    "Hand-knitted Aran cardigan with horn buttons and two patch pockets, undyed wool, "
    "made in Donegal by a cooperative of eleven knitters"
)
# The longest address that still fits a label: long words, eight lines with name and country.
LONG = PaperAddress(
    "Maximiliane Freifrau von Hohenstein-Wolkenkuckucksheim",
    (
        "c/o Genossenschaft Alte Zwirnerei e.G.",
        "Hinterhaus, Aufgang C, 4. Obergeschoss links",
        "Großherzog-Friedrich-Wilhelm-Straße 148a",
    ),
    "Hellenthal-Blumenthal-Reifferscheid",
    "Nordrhein-Westfalen",
    "53940",
    "DE",
)


def label_facts(**changes: Any) -> LabelFacts:
    """A plain label, changed where the test says."""
    facts: dict[str, Any] = {
        "rma": RMA,
        "order_id": "#1042",
        "sender": ANA,
        "destination": SHOP,
        "units": 3,
        "reason": "Too small",
        "post_by_on": date(2026, 7, 24),
        "travels": "prepaid",
        "qr_text": QR_TEXT,
        "shop_name": "Northwind Outfitters",
        "lane": "B4",
        "policy_id": "standard",
        "policy_version": "2026-01",
        "printed_on": date(2026, 7, 3),
    }
    return LabelFacts(**{**facts, **changes})


def slip_line(line: int = 1, **changes: Any) -> SlipLine:
    """A plain line of a slip, changed where the test says."""
    facts: dict[str, Any] = {
        "line": line,
        "sku": f"TEE-NAVY-{line}",
        "title": "Organic cotton T-shirt, navy",
        "quantity": 1,
        "reason": "Too small",
        "resolution": "refund",
    }
    return SlipLine(**{**facts, **changes})


def slip_facts(count: int = 1, /, **changes: Any) -> SlipFacts:
    """A plain slip with so many lines, changed where the test says."""
    facts: dict[str, Any] = {
        "rma": RMA,
        "order_id": "#1042",
        "ordered_on": date(2026, 6, 20),
        "customer_name": "Ana Țăranu-Ionescu",
        "return_to": SHOP,
        "lines": tuple(slip_line(number) for number in range(1, count + 1)),
        "grades": GRADES,
        "post_by_on": date(2026, 7, 24),
        "travels": "prepaid",
        "qr_text": QR_TEXT,
        "shop_name": "Northwind Outfitters",
        "currency": "USD",
        "amounts": (
            SlipAmount("items", 5990),
            SlipAmount("tax", 420),
            SlipAmount("restocking_fee", -599),
            SlipAmount("return_shipping", -695),
        ),
        "total_minor": 5116,
        "promise": Promise("inspected", 5),
        "policy_id": "standard",
        "policy_version": "2026-01",
        "printed_on": date(2026, 7, 3),
    }
    return SlipFacts(**{**facts, **changes})


def picture(data: bytes, page: int = 0, dpi: float = 203.2, offset: float = 0.0) -> Image.Image:
    """A page as a printer of ``dpi`` has it: black or white dots, shifted by part of a dot."""
    shift = offset * 72 / dpi
    rendered = pypdfium2.PdfDocument(data)[page].render(
        scale=dpi / 72, crop=(shift, 0, 0, shift), grayscale=True
    )
    image: Image.Image = rendered.to_pil()
    return image.point(lambda grey: 255 if grey > 127 else 0)


def codes(image: Image.Image) -> set[tuple[str, str]]:
    """What a scanner reads: kind and content of each code."""
    return {(str(code.format), code.text) for code in zxingcpp.read_barcodes(image)}


def page_texts(data: bytes) -> list[str]:
    """The text of each page, as a reader of the file can copy it."""
    document = pypdfium2.PdfDocument(data)
    return [page.get_textpage().get_text_range() for page in document]


BOTH_CODES = {("Code 128", RMA), ("QR Code", QR_TEXT)}
