"""Return labels per second, bytes per label and peak memory, beside four ways of making labels.

All draw the same 4×6 inch label: two addresses, the number as Code 128, a QR code and the
deadline, as one PDF in memory. The peers are reportlab's platypus, fpdf2, weasyprint (HTML) and
typst, each as its manual does it. They check nothing; ours makes sure that every sign can be
printed and that every code stands on the dots of the printer.

Each run is a process of its own, so that processor time and memory are its own; what starting
and importing cost is measured by a run of one label and taken off. Peers that are not installed
are left out: ``pip install fpdf2 weasyprint typst``, or name another Python that has them with
``RETURNS_PEERS``.
"""

from __future__ import annotations

import importlib.util
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
COUNTS = (1, 10, 100, 1_000, 10_000)
PEER_COUNTS = (100,)  # enough for a steady rate; some take a second for ten
NEEDS = {"platypus": "reportlab", "fpdf2": "fpdf", "weasyprint": "weasyprint", "typst": "typst"}
FONT = "FiraSansCondensed-Regular.ttf"

NAMES = ("Ana Țăranu", "Łukasz Żak", "Zoë Ångström", "Ιωάννα Παππά", "Олена Шевчук", "Joe Bloggs")
STREETS = ("Strada Mihai Eminescu", "Dock Street", "Großherzog-Straße", "Rue de l'Église")
CITIES = (("Cluj-Napoca", "RO"), ("Kraków", "PL"), ("Malmö", "SE"), ("Lyon", "FR"), ("Leeds", "GB"))
SHOP = ("Northwind Outfitters", "Returns Desk", "18 Harbour Road", "Portland, ME 04101", "US")


def invented(count: int) -> list[dict[str, Any]]:
    """Labels with a sender and a number of their own, as plain values."""
    import random

    draw = random.Random(1)
    labels = []
    for number in range(count):
        body = "".join(draw.choices("0123456789ABCDEFGHJKMNPQRSTVWXYZ", k=7))
        city, country = draw.choice(CITIES)
        labels.append(
            {
                "rma": f"RMA-{body}",
                "qr": f"HTTPS://R.EXAMPLE.COM/{body}/K2M9XW4T",
                "order": f"#{1000 + number}",
                "name": f"{draw.choice(NAMES)} {number}",
                "street": f"{draw.choice(STREETS)} {draw.randint(1, 199)}",
                "postcode": f"{draw.randint(10000, 99999)}",
                "city": city,
                "country": country,
                "units": draw.randint(1, 4),
            }
        )
    return labels


def _sender(one: dict[str, Any]) -> list[str]:
    return [one["name"], one["street"], f"{one['postcode']} {one['city']}", one["country"]]


def _facts(one: dict[str, Any]) -> str:
    return f"Order {one['order']}, {one['units']} items: Too small"


def _font() -> str:
    import fontpkg_fira_sans_condensed

    return str(Path(fontpkg_fira_sans_condensed.ROOT) / "files" / FONT)


def ours(labels: list[dict[str, Any]]) -> int:
    """The labels as ``returns label`` makes them: at most 2,000 a file, one file at a time."""
    from datetime import date

    from returns_cli.documents import MAX_PAGES, LabelFacts, PaperAddress, print_labels

    shop = PaperAddress(SHOP[0], SHOP[1:3], "Portland", "ME", "04101", "US")
    size = 0
    for start in range(0, len(labels), MAX_PAGES):
        facts = [
            LabelFacts(
                rma=one["rma"],
                order_id=one["order"],
                sender=PaperAddress(
                    one["name"], (one["street"],), one["city"], "", one["postcode"], one["country"]
                ),
                destination=shop,
                units=one["units"],
                reason="Too small",
                post_by_on=date(2026, 7, 24),
                travels="customer",
                qr_text=one["qr"],
                shop_name=SHOP[0],
                policy_id="standard",
                policy_version="ab12cd34",
                printed_on=date(2026, 7, 3),
            )
            for one in labels[start : start + MAX_PAGES]
        ]
        size += len(print_labels(facts).data)
    return size


def platypus(labels: list[dict[str, Any]]) -> int:
    """The labels as reportlab's manual makes them."""
    from io import BytesIO

    from reportlab.graphics.barcode import createBarcodeDrawing
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer

    pdfmetrics.registerFont(TTFont("Peer", _font()))
    small = ParagraphStyle("small", fontName="Peer", fontSize=9, leading=11)
    large = ParagraphStyle("large", fontName="Peer", fontSize=14, leading=17)
    story: list[Any] = []
    for one in labels:
        story += [
            Paragraph("From:<br/>" + "<br/>".join(_sender(one)), small),
            Spacer(0, 12),
            Paragraph("To:<br/>" + "<br/>".join(SHOP), large),
            Spacer(0, 12),
            createBarcodeDrawing("Code128", value=one["rma"], barWidth=1.1, barHeight=50),
            Paragraph(one["rma"], large),
            createBarcodeDrawing("QR", value=one["qr"], width=90, height=90),
            Paragraph(_facts(one), small),
            Paragraph("Post by 2026-07-24", small),
            PageBreak(),
        ]
    out = BytesIO()
    margins = dict.fromkeys(("leftMargin", "rightMargin", "topMargin", "bottomMargin"), 12)
    SimpleDocTemplate(out, pagesize=(288, 432), pageCompression=1, **margins).build(story)
    return len(out.getvalue())


def _qr_path(text: str, unit: float) -> tuple[str, float]:
    """A QR code as an SVG path, which is how HTML and typst take one."""
    import segno

    rows = [bytes(row) for row in segno.make_qr(text, error="m", mask=3).matrix]
    path = "".join(
        f"M{x * unit:g} {y * unit:g}h{unit:g}v{unit:g}h-{unit:g}z"
        for y, row in enumerate(rows)
        for x, cell in enumerate(row)
        if cell
    )
    return path, len(rows) * unit


def _bar_widths(text: str) -> list[int]:
    from returns_cli.documents.codes import code128

    return list(code128(text).widths)


def _svg_codes(one: dict[str, Any]) -> tuple[str, str]:
    x, bars = 0, []
    for n, width in enumerate(_bar_widths(one["rma"])):
        if n % 2 == 0:
            bars.append(f"M{x} 0h{width}v50h-{width}z")
        x += width
    qr, side = _qr_path(one["qr"], 3)
    return _svg(x, 50, x, 50, "".join(bars)), _svg(90, 90, side, side, qr)


def _svg(width: float, height: float, right: float, bottom: float, path: str) -> str:
    size = f'width="{width:g}" height="{height:g}" viewBox="0 0 {right:g} {bottom:g}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}><path d="{path}"/></svg>'


def fpdf2(labels: list[dict[str, Any]]) -> int:
    """The labels as fpdf2's manual makes them, with codes as rectangles."""
    import segno
    from fpdf import FPDF

    pdf = FPDF(unit="pt", format=(288, 432))
    pdf.set_auto_page_break(auto=False)
    pdf.add_font("Peer", fname=_font())
    for one in labels:
        pdf.add_page()
        pdf.set_margin(12)
        pdf.set_font("Peer", size=9)
        pdf.multi_cell(0, 11, "From:\n" + "\n".join(_sender(one)), new_x="LMARGIN", new_y="NEXT")
        pdf.set_font("Peer", size=14)
        pdf.multi_cell(0, 17, "To:\n" + "\n".join(SHOP), new_x="LMARGIN", new_y="NEXT")
        x, y = 12.0, pdf.get_y()
        for n, width in enumerate(_bar_widths(one["rma"])):
            if n % 2 == 0:
                pdf.rect(x, y, width * 1.1, 50, style="F")
            x += width * 1.1
        pdf.set_xy(12, y + 54)
        pdf.cell(0, 17, one["rma"], new_x="LMARGIN", new_y="NEXT")
        x, y = 12.0, pdf.get_y()
        for row, cells in enumerate(segno.make_qr(one["qr"], error="m", mask=3).matrix):
            for column, cell in enumerate(cells):
                if cell:
                    pdf.rect(x + column * 3, y + row * 3, 3, 3, style="F")
        pdf.set_xy(12, y + 92)
        pdf.set_font("Peer", size=9)
        pdf.cell(0, 11, _facts(one), new_x="LMARGIN", new_y="NEXT")
        pdf.cell(0, 11, "Post by 2026-07-24")
    return len(pdf.output())


def weasyprint(labels: list[dict[str, Any]]) -> int:
    """The labels as HTML pages with codes as SVG."""
    from html import escape

    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    style = (
        "@page{size:4in 6in;margin:12pt} section{break-after:page;font:9pt Peer} "
        ".to{font-size:14pt} svg{display:block}"
        f"@font-face{{font-family:Peer;src:url('file://{_font()}')}}"
    )
    pages = []
    for one in labels:
        bars, qr = _svg_codes(one)
        sender = "<br>".join(map(escape, _sender(one)))
        pages.append(
            f"<section><p>From:<br>{sender}</p><p class=to>To:<br>{'<br>'.join(SHOP)}</p>{bars}"
            f"<p class=to>{one['rma']}</p>{qr}<p>{_facts(one)}<br>Post by 2026-07-24</p></section>"
        )
    sheet = CSS(string=style, font_config=fonts)
    document = HTML(string="".join(pages))
    return len(document.write_pdf(stylesheets=[sheet], font_config=fonts) or b"")


def typst(labels: list[dict[str, Any]]) -> int:
    """The labels as a typst document with codes as SVG."""
    import tempfile

    import typst as compiler

    parts = [
        '#set page(width: 4in, height: 6in, margin: 12pt)\n#set text(font: "Fira Sans", 9pt)\n'
    ]
    for one in labels:
        bars, qr = (json.dumps(svg) for svg in _svg_codes(one))
        sender = " \\ ".join(f"#{json.dumps(line, ensure_ascii=False)}" for line in _sender(one))
        shop = " \\ ".join(f"#{json.dumps(line)}" for line in SHOP)
        parts.append(
            f"From: \\ {sender}\n\n#text(14pt)[To: \\ {shop}]\n\n"
            f'#image(bytes({bars}), format: "svg", width: 172pt)\n#text(14pt)[{one["rma"]}]\n\n'
            f'#image(bytes({qr}), format: "svg", width: 90pt)\n'
            f"#{json.dumps(_facts(one))} \\ Post by 2026-07-24\n#pagebreak(weak: true)\n"
        )
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "labels.typ"
        source.write_text("".join(parts), encoding="utf-8")
        return len(compiler.compile(str(source), font_paths=[str(Path(_font()).parent)]))


MAKERS: dict[str, Callable[[list[dict[str, Any]]], int]] = {
    "returns": ours,
    "platypus": platypus,
    "fpdf2": fpdf2,
    "weasyprint": weasyprint,
    "typst": typst,
}


def one_run(name: str, count: int) -> None:
    """What a measured process does; prints processor seconds, bytes and peak memory.

    A first label loads libraries and fonts and is not counted.
    """
    labels = invented(count)
    make = MAKERS[name]
    make(labels[:1])
    start = time.process_time()
    size = make(labels)
    spent = time.process_time() - start
    unit = 1024 if sys.platform == "linux" else 1024 * 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    print(json.dumps([spent, size, peak]))


def _measured(name: str, count: int) -> tuple[float, int, float]:
    python = (
        sys.executable if name == "returns" else os.environ.get("RETURNS_PEERS", sys.executable)
    )
    path = os.pathsep.join([str(ROOT), *(one for one in sys.path if "site-packages" in one)])
    done = subprocess.run(
        [python, "-m", "benchmarks.paper", name, str(count)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"{name} failed: {done.stderr[-500:]}")
    spent, size, peak = json.loads(done.stdout.splitlines()[-1])
    return spent, size, peak


def _is_there(name: str) -> bool:
    if "RETURNS_PEERS" not in os.environ:
        return importlib.util.find_spec(NEEDS[name]) is not None
    asked = [os.environ["RETURNS_PEERS"], "-c", f"import {NEEDS[name]}"]
    return subprocess.run(asked, capture_output=True, check=False).returncode == 0


def main(runs: int = 3) -> None:
    """Print both tables: ours by number of labels, and everybody at the same number."""
    print(f"\nreturns: 4×6 inch labels in PDFs of at most 2,000 pages (median of {runs})")
    print(f"{'labels':>10} {'labels/s':>9} {'bytes each':>11} {'peak':>8}")
    for count in COUNTS:
        seen = [_measured("returns", count) for _ in range(runs if count < 5_000 else 1)]
        spent = statistics.median(one[0] for one in seen)
        print(f"{count:10,} {count / spent:9.0f} {seen[0][1] / count:11.0f} {seen[0][2]:5.0f} MB")
    names = ["returns", *(name for name in NEEDS if _is_there(name))]
    for count in PEER_COUNTS:
        seen_by: dict[str, list[tuple[float, int, float]]] = {name: [] for name in names}
        for _ in range(runs):
            for name in names:
                seen_by[name].append(_measured(name, count))
        print(f"\n{count} labels in one PDF, in turn (median of {runs})")
        print(f"{'':12} {'labels/s':>9} {'ours is':>9} {'bytes each':>11} {'peak':>8}")
        base = seen_by["returns"]
        for name, seen in seen_by.items():
            spent = statistics.median(one[0] for one in seen)
            times = statistics.median(b[0] / a[0] for a, b in zip(base, seen, strict=True))
            size, peak = seen[0][1] / count, max(one[2] for one in seen)
            print(f"{name:12} {count / spent:9.0f} {times:8.1f}× {size:11.0f} {peak:5.0f} MB")


if __name__ == "__main__":
    if len(sys.argv) == 3:
        one_run(sys.argv[1], int(sys.argv[2]))
    else:
        main()
