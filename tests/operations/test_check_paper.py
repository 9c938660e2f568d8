from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from returns_cli.documents import print_labels, print_slips
from returns_cli.documents.reading import counted
from returns_cli.domain.errors import InvalidError, UsageError
from returns_cli.operations.check_paper import check_paper
from tests.documents.samples import QR_TEXT, RMA, label_facts, slip_facts
from tests.documents.test_office import many


def written(folder: Path, data: bytes) -> Path:
    path = folder / "label.pdf"
    path.write_bytes(data)
    return path


def drawn(
    *images: Image.Image, keywords: str = "", encrypt: bool = False, side: int = 432
) -> bytes:
    from reportlab.lib.utils import ImageReader

    out = BytesIO()
    locked = StandardEncryption("secret") if encrypt else None
    canvas = Canvas(out, pagesize=(side, side), encrypt=locked)
    canvas.setKeywords(keywords)
    for image in images:
        canvas.drawImage(ImageReader(image), 20, 20, 200, 200)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def test_every_code_of_a_label_is_read(tmp_path: Path) -> None:
    answer = check_paper(written(tmp_path, print_labels([label_facts()]).data))
    assert answer == {
        "ok": True,
        "pages": 1,
        "codes": [
            {"page": 1, "format": "Code 128", "text": RMA},
            {"page": 1, "format": "QR Code", "text": QR_TEXT},
        ],
        "problems": [],
    }


@pytest.mark.parametrize("size", ["a4-fold", "sheet-3x8"])
def test_turned_and_crowded_pages_read_too(tmp_path: Path, size: str) -> None:
    batch = many(24) if size == "sheet-3x8" else many(1)
    answer = check_paper(written(tmp_path, print_labels(batch, size=size, dpi=300).data))
    assert answer["ok"] is True
    codes = answer["codes"]
    assert isinstance(codes, list)
    assert {one["text"] for one in codes} == {
        text for one in batch for text in (one.rma, one.qr_text)
    }


def test_a_slip_of_several_pages_says_which_hold_codes(tmp_path: Path) -> None:
    printed = print_slips([slip_facts(40)])
    assert printed.pages > 1
    assert check_paper(written(tmp_path, printed.data))["ok"] is True


def test_a_code_that_does_not_read_is_told_by_page(tmp_path: Path) -> None:
    white = Image.new("RGB", (50, 50), "white")
    answer = check_paper(written(tmp_path, drawn(white, white, keywords="codes: 1x0 1x2")))
    assert answer["ok"] is False
    problems = answer["problems"]
    assert isinstance(problems, list)
    assert [(one["code"], one["message"]) for one in problems] == [
        ("E-CODE-UNREAD", "Page 2: 0 of 2 codes read at 203 dpi."),
        ("E-CODE-UNREAD", "Page 2: 0 of 2 codes read at 300 dpi."),
    ]


def test_a_page_of_somebody_else_should_hold_a_code(tmp_path: Path) -> None:
    white = Image.new("RGB", (50, 50), "white")
    answer = check_paper(written(tmp_path, drawn(white, keywords="codes: x 99999x1 1x")))
    assert answer["ok"] is False


@pytest.mark.parametrize(
    ("data", "words"),
    [
        pytest.param(b"no PDF", "is not a readable PDF", id="another file"),
        pytest.param(b"", "is not a readable PDF", id="an empty file"),
        pytest.param(
            drawn(Image.new("RGB", (9, 9)), encrypt=True), "locked by a password", id="locked"
        ),
        pytest.param(
            drawn(Image.new("RGB", (9, 9)), side=14_000),
            "larger than any paper",
            id="a page of a football field",
        ),
    ],
)
def test_what_cannot_be_read_is_refused(tmp_path: Path, data: bytes, words: str) -> None:
    with pytest.raises(InvalidError, match=words) as caught:
        check_paper(written(tmp_path, data))
    assert caught.value.where == str(tmp_path / "label.pdf")


def test_a_missing_file_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="Cannot read gone"):
        check_paper(tmp_path / "gone.pdf")


def test_without_the_libraries_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    with pytest.raises(InvalidError, match="not installed") as caught:
        check_paper(written(tmp_path, b"%PDF"))
    assert "returns-cli[verify]" in (caught.value.hint or "")


def test_runs_of_pages_are_counted_together() -> None:
    assert counted([]) == "codes:"
    assert counted([2, 2, 0, 2]) == "codes: 2x2 1x0 1x2"
