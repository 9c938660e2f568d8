"""The scanning station at a pipe and at a terminal: big words, durable before they are said."""

from __future__ import annotations

import json
import os
import threading
from io import StringIO
from pathlib import Path

import pytest

from returns_cli.cli.scanner import Scanner
from returns_cli.operations.scan.station import ScanRequest, scan
from returns_cli.operations.shop import Shop
from returns_cli.operations.show_return import show_return
from tests.cli.conftest import Run
from tests.operations.desk import opened, small_shop

CLOCK = ("--as-of", "2026-03-20")


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return small_shop(tmp_path)


def test_a_pipe_is_answered_line_by_line(shop: Shop, run_cli: Run) -> None:
    rma = opened(shop, "1001", "1=itchy")

    said = run_cli("scan", *CLOCK, stdin=f"{rma}\r\nMUG\tDONE".encode())

    assert said.code == 0
    assert said.out.splitlines() == [
        f"OK    {rma}  1 unit awaited. Scan the goods, then DONE.",
        f"OK    {rma}  MUG Mug: 1 of 1",
        f"OK    {rma}  Complete.",
    ]


def test_a_script_reads_json_lines_and_3_where_a_code_was_stopped(shop: Shop, run_cli: Run) -> None:
    said = run_cli("scan", *CLOCK, "--json", stdin=b"MUG\n")

    assert said.code == 3
    assert json.loads(said.out) == {
        "scanned": "MUG",
        "word": "STOP",
        "message": "Scan the return's number first. EXTRA keeps MUG as unexpected.",
        "rma": None,
        "line": None,
        "sku": None,
    }


def test_each_graded_unit_gets_a_sticker_of_its_own(shop: Shop, run_cli: Run) -> None:
    rma = opened(shop, "1001", "2=itchy")
    run_cli("receive", rma, *CLOCK)
    codes = f"{rma}\nGRADE-NEW\nUNDO\nGRADE-OPENED\nGRADE-NEW\n".encode()

    said = run_cli("scan", "--mode", "inspect", "--print-each", *CLOCK, stdin=codes)

    stickers = [f"{rma}-sticker-2-{unit}.pdf" for unit in (1, 2)]
    assert sorted(one.name for one in (shop.folder / "paper").glob("*.pdf")) == stickers
    assert said.err.splitlines() == [
        f"Sticker: paper/{name}" for name in (stickers[0], stickers[0], stickers[1])
    ]


def test_a_sticker_that_cannot_be_made_does_not_undo_the_grade(shop: Shop, run_cli: Run) -> None:
    rma = opened(shop, "1001", "1=itchy")
    run_cli("receive", rma, *CLOCK)
    (shop.folder / "paper" / f"{rma}-sticker-1-1.pdf").mkdir()

    said = run_cli(
        "scan", "--mode", "inspect", "--print-each", *CLOCK, stdin=f"{rma}\nGRADE-NEW\n".encode()
    )

    assert said.code == 0
    assert f"OK    {rma}  MUG: new, to restock." in said.out
    assert said.err.startswith("No sticker: Cannot write")
    assert len(show_return(shop, rma)["inspected"]) == 1  # type: ignore[arg-type]  # a list


def test_the_cards_are_printed(shop: Shop, run_cli: Run) -> None:
    assert run_cli("scan", "--card").code == 0
    assert list((shop.folder / "paper").glob("*.pdf"))


def test_codes_end_at_any_line_end_and_nothing_is_lost() -> None:
    assert list(Scanner(StringIO("a\tb\r\nc\rd"))) == ["a", "b", "c", "d"]
    assert list(Scanner(None)) == []
    reading, writing = os.pipe()
    os.write(writing, b"a\tb\xff\r\nc")
    os.close(writing)
    with os.fdopen(reading) as stream:
        assert list(Scanner(stream)) == ["a", "b\\xff", "c"]


def test_a_code_that_came_before_anybody_asked_was_not_waited_for() -> None:
    reading, writing = os.pipe()
    seconds = iter([0.0, 7.0, 7.5, 8.0, 9.0, 10.0])
    with os.fdopen(reading) as stream:
        scanner = Scanner(stream, ticks=lambda: next(seconds))
        codes = iter(scanner)
        os.write(writing, b"a\n")
        assert (next(codes), scanner.waited) == ("a", 0.0)
        late = threading.Timer(0.05, lambda: os.write(writing, b"b\nb\nc"))
        late.start()
        assert (next(codes), scanner.waited) == ("b", 0.5)
        assert (next(codes), scanner.waited) == ("b", 0.0)
        late.join()
        os.close(writing)
        assert list(codes) == ["c"]


def test_two_stations_count_each_unit_once(shop: Shop) -> None:
    rmas = [opened(shop, "1001", "2=itchy"), opened(shop, "1002", "1=itchy")]
    codes = [rmas[0], "TEE", "TEE", rmas[1], "VASE"]
    first = scan(Shop(shop.folder, "ann", "2026-03-20"), codes, ScanRequest(station="b1"))
    second = scan(Shop(shop.folder, "ben", "2026-03-20"), codes, ScanRequest(station="b2"))

    said = [(one["word"], two["word"]) for one, two in zip(first, second, strict=True)]

    assert said == [("OK", "OK"), ("OK", "OK"), ("STOP", "STOP"), ("OK", "OK"), ("OK", "STOP")]
    assert [len(show_return(shop, rma)["received"]) for rma in rmas] == [2, 1]  # type: ignore[arg-type]  # a list


def test_a_long_answer_is_broken_between_words_at_a_terminal(shop: Shop, run_cli: Run) -> None:
    rma = opened(shop, "1001", "1=itchy")
    codes = f"{rma}\nMUG\nMUG\n".encode()

    said = run_cli("scan", *CLOCK, "--no-color", stdin=codes, terminal=True)

    assert said.out.splitlines()[2:] == [
        f"STOP  {rma}  MUG: its one unit is here. Received 2026-03-20 12:00 by ann.",
        "      EXTRA keeps this one as unexpected.",
    ]
    assert max(map(len, said.out.splitlines())) <= 80
