from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.documents.samples import codes, picture
from tests.documents.test_carrier import THEIRS, bought
from tests.documents.zpl_reader import labels_of
from tests.operations.desk import CLOCK, opened, small_shop


@pytest.fixture
def rma(tmp_path: Path) -> str:
    return opened(small_shop(tmp_path), "1001", "1=itchy")


def answer(out: str) -> dict[str, list[dict[str, object]]]:
    read: dict[str, list[dict[str, object]]] = json.loads(out)
    return read


def test_a_label_for_a_label_printer(run_cli: Run, rma: str, tmp_path: Path) -> None:
    done = run_cli("label", rma, "--zpl", "--dpi", "300", "--json", "--as-of", CLOCK)
    assert done.code == 0
    (file,) = answer(done.out)["files"]
    (label,) = labels_of((tmp_path / "paper" / f"{rma}-label.zpl").read_text(encoding="ascii"))
    assert str(file["path"]).endswith(f"{rma}-label.zpl")
    assert ("Code 128", rma) in codes(label.image)


def test_the_ending_of_the_file_chooses_the_form(run_cli: Run, rma: str, tmp_path: Path) -> None:
    for name, start in (("a.png", b"\x89PNG"), ("a.zpl", b"^XA"), ("a.pdf", b"%PDF")):
        path = tmp_path / name
        assert run_cli("label", rma, "-o", str(path), "--as-of", CLOCK).code == 0
        assert path.read_bytes().startswith(start)


def test_sheets_stickers_and_reprints(run_cli: Run, rma: str) -> None:
    sheet = run_cli("label", rma, "--size", "sheet-3x8", "--start-at", "24", "--as-of", CLOCK)
    assert sheet.code == 0
    wrong = run_cli("label", rma, "--size", "sheet-3x8", "--start-at", "25", "--as-of", CLOCK)
    assert (wrong.code, "E-START-AT" in wrong.err) == (2, True)
    sticker = run_cli("label", rma, "--sticker", "--as-of", CLOCK)
    assert (sticker.code, "E-NOT-INSPECTED" in sticker.err) == (6, True)
    again = run_cli("reprint", rma, "--json", "--as-of", CLOCK)
    assert [one["kind"] for one in answer(again.out)["files"]] == ["label", "slip"]


def test_a_carriers_label_goes_first(run_cli: Run, rma: str, tmp_path: Path) -> None:
    carrier, out = tmp_path / "carrier.pdf", tmp_path / "both.pdf"
    carrier.write_bytes(bought())
    words = ("--carrier", str(carrier), "--tracking", "1Z999", "-o", str(out), "--as-of", CLOCK)
    assert run_cli("label", rma, *words).code == 0
    assert THEIRS in codes(picture(out.read_bytes()))
    assert run_cli("label", "--ready", *words).code == 2


def test_check_reads_a_file_back_or_ends_with_10(run_cli: Run, rma: str, tmp_path: Path) -> None:
    path = tmp_path / "label.pdf"
    run_cli("label", rma, "-o", str(path), "--as-of", CLOCK)
    good = run_cli("paper", "check", str(path))
    assert (good.code, rma in good.out) == (0, True)
    empty = tmp_path / "empty.pdf"
    run_cli("paper", "calibrate", "--size", "sticker", "-o", str(empty))
    assert run_cli("paper", "check", str(empty)).code == 0  # it says that it holds no code
    blank = bought(x=500)
    empty.write_bytes(blank)
    bad = run_cli("paper", "check", str(empty), "--json")
    assert (bad.code, json.loads(bad.out)["ok"]) == (10, False)


def test_calibrate_writes_a_page_named_after_its_kind(
    run_cli: Run, rma: str, tmp_path: Path
) -> None:
    del rma
    done = run_cli("paper", "calibrate", "--size", "sheet-2x7")
    assert done.code == 0
    assert (tmp_path / "paper" / "calibration.pdf").exists()
