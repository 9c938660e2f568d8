from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from reportlab.graphics.barcode import code128
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from returns_cli.documents import print_labels
from returns_cli.domain.errors import InvalidError, UsageError
from returns_cli.operations.print_paper import PaperRequest
from returns_cli.operations.print_paper import print_labels as print_for_shop
from tests.documents.samples import BOTH_CODES, codes, label_facts, page_texts, picture
from tests.documents.zpl_reader import labels_of
from tests.operations.desk import opened, small_shop
from tests.operations.test_print_paper import files

MM = 72 / 25.4
TRACKING = "00340434161094021501"
THEIRS = ("Code 128", TRACKING)
PNG_203 = 203.2


def bought(
    width: float = 101.6,
    height: float = 152.4,
    *,
    x: float = 10,
    y: float = 60,
    pages: int = 1,
    password: str = "",
) -> bytes:
    """A carrier's label: its barcode on a page of so many millimetres."""
    out = BytesIO()
    locked = StandardEncryption(password) if password else None
    canvas = Canvas(out, pagesize=(width * MM, height * MM), encrypt=locked)
    for _ in range(pages):
        bars = code128.Code128(TRACKING, barWidth=0.375 * MM, barHeight=20 * MM)
        bars.drawOn(canvas, x * MM, y * MM)
        canvas.drawString((x + 6) * MM, (y - 6) * MM, "CARRIER LABEL")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def as_png(data: bytes) -> bytes:
    out = BytesIO()
    picture(data, dpi=PNG_203).save(out, "PNG", dpi=(203, 203))
    return out.getvalue()


def merged(carrier: bytes, **options: Any) -> bytes:
    facts = label_facts(postage=True, tracking=TRACKING)
    return print_labels([facts], carrier=carrier, **options).data


@pytest.mark.parametrize("dpi", [203, 300])
@pytest.mark.parametrize("size", ["4x6", "100x150", "a6"])
@pytest.mark.parametrize(
    "make",
    [pytest.param(bought, id="PDF"), pytest.param(lambda: as_png(bought()), id="PNG")],
)
def test_the_carriers_label_is_a_page_before_ours_and_all_codes_read(
    make: Any, size: str, dpi: int
) -> None:
    data = merged(make(), size=size, dpi=dpi)
    exact = {203: 203.2, 300: 300.0}[dpi]
    assert THEIRS in codes(picture(data, 0, dpi=exact))
    assert codes(picture(data, 1, dpi=exact)) == BOTH_CODES


@pytest.mark.parametrize("size", ["a4-fold", "letter-fold"])
def test_on_a_folded_page_it_lies_above_the_fold(size: str) -> None:
    data = merged(bought(), size=size, dpi=300)
    page = picture(data, dpi=300)
    assert THEIRS in codes(page.crop((0, 0, page.width, page.height // 2)))
    assert codes(page) == {*BOTH_CODES, THEIRS}


def test_ours_names_the_carriers_number_instead_of_saying_it_is_no_postage() -> None:
    theirs, ours = page_texts(merged(bought()))
    assert "CARRIER" not in theirs  # a picture: nothing of the file is copied
    assert f"Goes with the carrier's label {TRACKING}" in ours
    assert "not postage" not in ours


def test_a_label_on_a_large_page_is_cut_to_what_is_printed() -> None:
    data = merged(bought(210, 297, x=15, y=200))
    assert THEIRS in codes(picture(data, 0))


def test_a_wide_label_is_turned() -> None:
    data = merged(bought(152.4, 101.6))
    assert THEIRS in codes(picture(data, 0))


def test_label_printers_get_it_too() -> None:
    zpl = merged(bought(), form="zpl").decode("ascii")
    theirs, ours = labels_of(zpl)
    assert THEIRS in codes(theirs.image)
    assert codes(ours.image) == BOTH_CODES


def test_what_is_too_large_is_refused_with_both_sizes() -> None:
    out = BytesIO()
    canvas = Canvas(out, pagesize=(400 * MM, 400 * MM))
    canvas.rect(5, 5, 390 * MM, 390 * MM)
    canvas.save()
    with pytest.raises(InvalidError, match=r"needs 39\d\.\d × 39\d\.\d mm, has 101") as caught:
        merged(out.getvalue())
    assert caught.value.code == "E-PAPER-FIT"
    with pytest.raises(InvalidError, match="has 2 pages, and one has room"):
        merged(bought(pages=2), size="a4-fold", dpi=300)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        pytest.param(b"GIF89a", "neither a PDF nor a PNG", id="another kind of file"),
        pytest.param(b"%PDF-1.4 junk", "is not a readable PDF", id="a damaged PDF"),
        pytest.param(b"\x89PNG\r\n\x1a\n junk", "not a readable PNG", id="a damaged PNG"),
        pytest.param(bought(password="secret"), "locked by a password", id="a locked PDF"),
        pytest.param(bought(pages=11), "has 11 pages", id="a book"),
        pytest.param(bought(5000, 5000), "larger than any label", id="a field"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_label_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(InvalidError, match=words) as caught:
        merged(data)
    assert caught.value.code == "E-CARRIER-FILE"


def test_a_sheet_of_cells_has_no_room_for_it() -> None:
    with pytest.raises(UsageError, match="no place on sheet-3x8"):
        merged(bought(), size="sheet-3x8", dpi=300)


def test_scripts_and_links_of_the_file_stay_behind() -> None:
    script = b"/OpenAction << /S /JavaScript /JS (app.alert) >> /Type /Catalog"
    hostile = bought().replace(b"/Type /Catalog", script)
    assert script in hostile
    data = merged(hostile)
    for word in (b"JavaScript", b"OpenAction", b"app.alert", b"/URI"):
        assert word not in data


class TestAtTheDesk:
    def test_it_is_printed_with_the_return_it_is_for(self, tmp_path: Path) -> None:
        shop = small_shop(tmp_path / "shop")
        rma = opened(shop, "1001", "1=itchy")
        carrier = tmp_path / "dhl.pdf"
        carrier.write_bytes(bought())
        request = PaperRequest((rma,), carrier=carrier, tracking="RR473124829GB")
        (file,) = files(print_for_shop(shop, request))
        assert file["pages"] == 2
        _, ours = page_texts(Path(file["path"]).read_bytes())
        assert "RR473124829GB" in ours

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            pytest.param({"tracking": ""}, "has a number", id="no tracking number"),
            pytest.param({"carrier": None}, "belongs to a carrier", id="no file"),
            pytest.param({"rmas": ("a", "b")}, "one return", id="two returns"),
            pytest.param({"carrier": Path("gone.pdf")}, "Cannot read gone", id="a missing file"),
        ],
    )
    def test_wrong_calls_are_refused(
        self, tmp_path: Path, changes: dict[str, Any], words: str
    ) -> None:
        shop = small_shop(tmp_path / "shop")
        rma = opened(shop, "1001", "1=itchy")
        given: dict[str, Any] = {"rmas": (rma,), "carrier": tmp_path / "x", "tracking": "1Z"}
        with pytest.raises(UsageError, match=words):
            print_for_shop(shop, PaperRequest(**{**given, **changes}))

    def test_a_mistyped_postal_number_and_an_empty_file_are_refused(self, tmp_path: Path) -> None:
        shop = small_shop(tmp_path / "shop")
        rma = opened(shop, "1001", "1=itchy")
        carrier = tmp_path / "empty.pdf"
        carrier.write_bytes(b"")
        for tracking, words in (("RR 473 124 828 GB", "check digit"), ("1Z", "is empty")):
            with pytest.raises(InvalidError, match=words):
                print_for_shop(shop, PaperRequest((rma,), carrier=carrier, tracking=tracking))


def test_the_picture_of_a_png_is_not_resampled_at_its_own_resolution() -> None:
    from returns_cli.documents.carrier import carrier_pages, place_carrier
    from returns_cli.documents.placing import Box
    from returns_cli.documents.sizes import Grid

    source = picture(bought(), dpi=PNG_203).crop((0, 0, 800, 1200))
    out = BytesIO()
    source.save(out, "PNG", dpi=(203.2, 203.2))
    (page,) = carrier_pages(out.getvalue())
    placed = place_carrier(page, Grid.at(203), Box(0, 0, 812, 1219))
    assert (placed.width, placed.height) == (800, 1200)
    bits = Image.frombytes("1", (800, 1200), placed.bits).convert("L")
    assert bits.point(lambda grey: 255 - grey).tobytes() == source.tobytes()
