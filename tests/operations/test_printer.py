from __future__ import annotations

import sys
from pathlib import Path

import pytest

from returns_cli.domain.errors import Exit, OutputError, UsageError
from returns_cli.operations.print_paper import PaperRequest, print_labels, print_slips
from returns_cli.operations.printer import Job, command
from returns_cli.operations.shop import Shop
from tests.operations.desk import SETTINGS, opened, small_shop
from tests.operations.test_print_paper import files

LP = """#!{python}
import json, pathlib, sys
log = pathlib.Path({log!r})
data = sys.stdin.buffer.read()
with log.open("a") as out:
    print(json.dumps([sys.argv[1:], data[:4].decode("latin-1"), len(data)]), file=out)
if "Broken" in sys.argv:
    sys.exit("lp: The printer or class does not exist.")
"""


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return small_shop(tmp_path / "shop")


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A queue that writes down what it was given."""
    log, program = tmp_path / "jobs", tmp_path / "bin" / "lp"
    program.parent.mkdir()
    program.write_text(LP.format(python=sys.executable, log=str(log)), encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent))
    return log


def jobs(log: Path) -> list[list[object]]:
    import json

    return [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]


def test_a_label_goes_to_the_printer_unscaled_and_to_its_file(shop: Shop, log: Path) -> None:
    rma = opened(shop, "1001", "1=itchy")
    (file,) = files(print_labels(shop, PaperRequest((rma,), printer="Zebra; rm -rf /")))
    data = Path(file["path"]).read_bytes()
    media = "media=Custom.101.6x152.4mm"
    words = ["-d", "Zebra; rm -rf /", "-t", f"label {rma}", "-o", media, "-o", "print-scaling=none"]
    assert jobs(log) == [[words, "%PDF", len(data)]]
    assert shop.notes == ["Sent to the printer Zebra; rm -rf /."]


def test_zpl_passes_raw(shop: Shop, log: Path) -> None:
    rma = opened(shop, "1001", "1=itchy")
    (file,) = files(print_labels(shop, PaperRequest((rma,), form="zpl", printer="Zebra")))
    assert file["path"].endswith(f"{rma}-label.zpl")
    ((words, start, _),) = jobs(log)
    assert words == ["-d", "Zebra", "-t", f"label {rma}", "-o", "raw"]
    assert start == "^XA\n"


def test_office_paper_is_called_by_its_name() -> None:
    assert "media=A4" in command("Office", Job(b"", "a4", False, "slip"))
    assert "media=Custom.57x32mm" in command("Zebra", Job(b"", "sticker", False, "sticker"))


def test_a_printer_that_refuses_leaves_the_file_and_ends_with_9(shop: Shop, log: Path) -> None:
    rma = opened(shop, "1001", "1=itchy")
    with pytest.raises(OutputError, match="does not exist") as caught:
        print_slips(shop, PaperRequest((rma,), printer="Broken"))
    assert (caught.value.code, caught.value.exit) == ("E-PRINTER", Exit.OUTPUT)
    assert (shop.folder / "paper" / f"{rma}-slip.pdf").exists()
    assert len(jobs(log)) == 1


def test_without_cups_it_says_what_to_install(
    shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rma = opened(shop, "1001", "1=itchy")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(OutputError, match="`lp` is not here") as caught:
        print_labels(shop, PaperRequest((rma,), printer="Zebra"))
    assert "cups-client" in (caught.value.hint or "")


def test_a_program_that_cannot_run_is_no_traceback(shop: Shop, log: Path) -> None:
    rma = opened(shop, "1001", "1=itchy")
    with pytest.raises(OutputError, match="did not answer"):
        print_labels(shop, PaperRequest((rma,), printer="Ze\0bra"))


def test_a_dry_run_prints_nothing(shop: Shop, log: Path) -> None:
    rma = opened(shop, "1001", "1=itchy")
    dry = Shop(shop.folder, "ann", shop.as_of_text, dry_run=True)
    print_labels(dry, PaperRequest((rma,), printer="Zebra"))
    assert not log.exists()


def test_a_picture_is_not_for_a_printer(shop: Shop) -> None:
    rma = opened(shop, "1001", "1=itchy")
    with pytest.raises(UsageError, match="for looking at"):
        print_labels(shop, PaperRequest((rma,), form="png", printer="Zebra"))


def test_the_default_printer_is_the_one_of_the_shop(tmp_path: Path, log: Path) -> None:
    shop = small_shop(tmp_path / "other", settings=SETTINGS + "paper: {printer: Dock}\n")
    rma = opened(shop, "1001", "1=itchy")
    print_labels(shop, PaperRequest((rma,), printer="default"))
    ((words, _, _),) = jobs(log)
    assert words[:2] == ["-d", "Dock"]  # type: ignore[index]  # a list of words


def test_a_shop_without_a_printer_has_no_default_one(shop: Shop, log: Path) -> None:
    rma = opened(shop, "1001", "1=itchy")
    with pytest.raises(UsageError, match="names no printer"):
        print_labels(shop, PaperRequest((rma,), printer="default"))
    assert not log.exists()
    assert not (shop.folder / "paper").exists() or not list((shop.folder / "paper").iterdir())
