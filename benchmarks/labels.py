"""Return labels per second and bytes per label, beside labels as reportlab's manual makes them.

Both draw the same 4×6 inch label with the same font: two addresses, the number as Code 128, a QR
code and the deadline, as one PDF in memory. The peer uses platypus: paragraphs, a barcode drawing
and a page break for each label. It checks nothing; ours makes sure that every sign can be printed
and that every code stands on the dots of the printer.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from returns_cli.documents import LabelFacts, PaperAddress, print_labels

INCH = 72
SHOP = PaperAddress(
    "Northwind Outfitters", ("Returns Desk", "18 Harbour Road"), "Portland", "ME", "04101", "US"
)
NAMES = ("Ana Țăranu", "Łukasz Żak", "Zoë Ångström", "Ιωάννα Παππά", "Олена Шевчук", "Joe Bloggs")
STREETS = ("Strada Mihai Eminescu", "Dock Street", "Großherzog-Straße", "Rue de l'Église")
CITIES = (("Cluj-Napoca", "RO"), ("Kraków", "PL"), ("Malmö", "SE"), ("Lyon", "FR"), ("Leeds", "GB"))


def invented(count: int, seed: int = 1) -> list[LabelFacts]:
    """Labels with a sender and a number of their own."""
    draw = random.Random(seed)
    labels = []
    for number in range(count):
        body = "".join(draw.choices("0123456789ABCDEFGHJKMNPQRSTVWXYZ", k=7))
        city, country = draw.choice(CITIES)
        sender = PaperAddress(
            f"{draw.choice(NAMES)} {number}",
            (f"{draw.choice(STREETS)} {draw.randint(1, 199)}",),
            city,
            "",
            f"{draw.randint(10000, 99999)}",
            country,
        )
        labels.append(
            LabelFacts(
                rma=f"RMA-{body}",
                order_id=f"#{1000 + number}",
                sender=sender,
                destination=SHOP,
                units=draw.randint(1, 4),
                reason="Too small",
                post_by_on=date(2026, 7, 24),
                travels="customer",
                qr_text=f"HTTPS://R.EXAMPLE.COM/{body}/K2M9XW4T",
                shop_name="Northwind Outfitters",
                policy_id="standard",
                policy_version="ab12cd34",
                printed_on=date(2026, 7, 3),
            )
        )
    return labels


def ours(labels: list[LabelFacts]) -> bytes:
    """The labels as ``returns label`` makes them."""
    return print_labels(labels).data


def platypus(labels: list[LabelFacts]) -> bytes:
    """The labels as reportlab's manual makes them."""
    from reportlab.graphics.barcode import createBarcodeDrawing
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer

    small = ParagraphStyle("small", fontName="Peer", fontSize=9, leading=11)
    large = ParagraphStyle("large", fontName="Peer", fontSize=14, leading=17)
    story: list[Any] = []
    for one in labels:
        story += [
            Paragraph("From:<br/>" + "<br/>".join(_lines(one.sender)), small),
            Spacer(0, 12),
            Paragraph("To:<br/>" + "<br/>".join(_lines(one.destination)), large),
            Spacer(0, 12),
            createBarcodeDrawing("Code128", value=one.rma, barWidth=1.1, barHeight=50),
            Paragraph(one.rma, large),
            createBarcodeDrawing("QR", value=one.qr_text, width=90, height=90),
            Paragraph(f"Order {one.order_id}, {one.units} items: {one.reason}", small),
            Paragraph(f"Post by {one.post_by_on}", small),
            PageBreak(),
        ]
    out = BytesIO()
    page = SimpleDocTemplate(
        out,
        pagesize=(4 * INCH, 6 * INCH),
        leftMargin=12,
        rightMargin=12,
        topMargin=12,
        bottomMargin=12,
        pageCompression=1,
    )
    page.build(story)
    return out.getvalue()


def _lines(address: PaperAddress) -> list[str]:
    return [address.name, *address.street, f"{address.postcode} {address.city}", address.country]


def _register_font() -> None:
    import fontpkg_fira_sans_condensed
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    regular = Path(fontpkg_fira_sans_condensed.ROOT) / "files" / "FiraSansCondensed-Regular.ttf"
    pdfmetrics.registerFont(TTFont("Peer", str(regular)))


def _timed(
    make: Callable[[list[LabelFacts]], bytes], labels: list[LabelFacts]
) -> tuple[float, int]:
    start = time.process_time()
    data = make(labels)
    return time.process_time() - start, len(data)


def main(count: int = 300, runs: int = 5) -> None:
    """Print the table: processor time of one core, in turn, without starting Python."""
    _register_font()
    labels = invented(count)
    makers = {"returns: print_labels": ours, "reportlab: platypus": platypus}
    seconds: dict[str, list[float]] = {name: [] for name in makers}
    sizes: dict[str, int] = {}
    for number in range(runs + 1):
        for name, make in makers.items():
            spent, sizes[name] = _timed(make, labels)
            if number:  # the first turn loads libraries and fonts
                seconds[name].append(spent)
    base = seconds["reportlab: platypus"]
    print(f"\n{count} labels of 4×6 inches in one PDF (median of {runs})")
    print(f"{'':24} {'labels/s':>9} {'faster':>7} {'bytes each':>11}")
    for name, taken in seconds.items():
        faster = statistics.median([b / a for a, b in zip(taken, base, strict=True)])
        rate = count / statistics.median(taken)
        print(f"{name:24} {rate:9.0f} {faster:6.1f}× {sizes[name] / count:11.0f}")


if __name__ == "__main__":
    main()
