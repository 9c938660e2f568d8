"""Whatever somebody wrote into a shop, every command shows it as text; wherever its answer goes."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from returns_cli.cli import registry
from tests.cli.hostile import LINES, SIGNS, UNSAFE, HostileShop
from tests.cli.terminal import ROOT

OURS = re.compile(r"\x1b\[(0|1|2|31|32|33)m")
FORMS: dict[str, list[str]] = {
    "a page": [],
    "JSON": ["--json"],
    "CSV": ["--format", "csv"],
}
REFUSED_AS_CSV = {"report all"}
DEAR = {"demo", "doctor", "paper check", "run"}
"""Commands that take as long as twenty others: once is enough."""
FILES = {
    "calendar export",
    "export jsonl",
    "journal export",
    "policy publish",
    "policy schema",
    "refunds export",
    "stock export",
}
"""Commands whose answer is the text of a file, which is UTF-8 on every host."""

# One process is every command in turn, so that the program is loaded once. What a command got is
# parted by a NUL, which only this process writes.
PLAY = """
import json, os, sys
from returns_cli.__main__ import main
plan, target = sys.argv[1:]
codes, encoding = [], sys.stdout.encoding
for words in json.load(open(plan)):
    sys.stdin = open("codes.txt")
    if target == "full":
        os.dup2(os.open("/dev/full", os.O_WRONLY), 1)
    elif target == "closed":
        reader, writer = os.pipe()
        os.close(reader)
        os.dup2(writer, 1)
    sys.stdout = open(1, "w", encoding=encoding, closefd=False)
    codes.append(main(words))
    sys.stdout.flush()
    os.write(2, bytes(1))
json.dump(codes, open(plan, "w"))
"""


class Heard(NamedTuple):
    """A command of the table, how it ended, and what was shown of it."""

    name: str
    code: int
    shown: str


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> HostileShop:
    """One shop for all: what a line changes is the same whenever it is run."""
    return HostileShop(tmp_path_factory.mktemp("hostile"))


def play(shop: HostileShop, lines: list[list[str]], target: str, **variables: str) -> list[Heard]:
    """Run command lines; both streams go to a terminal, or standard output to a target.

    Args:
        target: ``terminal``, ``full``, ``closed``, or ``pipe``.
    """
    plan = shop.folder / "plan.json"
    plan.write_text(json.dumps(lines), encoding="utf-8")
    ours, theirs = pty.openpty() if target == "terminal" else os.pipe()
    process = subprocess.Popen(
        [sys.executable, "-c", PLAY, str(plan), target],
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
        cwd=shop.folder,
        env={
            "PATH": os.defpath,
            "PYTHONPATH": str(ROOT),
            "COLUMNS": "80",
            "LC_ALL": "C.UTF-8",
            "RETURNS_ACTOR": "ann",
            **variables,
        },
    )
    os.close(theirs)
    shown = b"".join(_pieces(ours)).decode().split("\0")
    assert process.wait() == 0, shown[-1]
    codes = json.loads(plan.read_text())
    names = [" ".join(words[:2]) if words[0] in registry.GROUPS else words[0] for words in lines]
    return [Heard(*one) for one in zip(names, codes, shown[:-1], strict=True)]


def _pieces(stream: int) -> Iterator[bytes]:
    while True:
        try:
            piece = os.read(stream, 65536)
        except OSError:  # Linux says EIO where the other side of a terminal has closed
            piece = b""
        if not piece:
            os.close(stream)
            return
        yield piece


def table(shop: HostileShop, *more: str, but: Collection[str] = DEAR) -> list[list[str]]:
    """The command lines of the table."""
    wanted = [line for name, line in LINES.items() if name not in but]
    return [[*shop.words(line.text), "--as-of", "2026-03-20T12:00", *more] for line in wanted]


def test_the_table_names_every_command() -> None:
    assert list(LINES) == [name for name, _, _ in registry.commands()]


@pytest.mark.parametrize("form", FORMS)
def test_a_terminal_gets_only_our_own_codes(shop: HostileShop, form: str) -> None:
    changing = {name for name, line in LINES.items() if line.text.endswith(" -n")}
    lines = table(shop, *FORMS[form], but=DEAR | changing if FORMS[form] else ())
    for name, code, shown in play(shop, lines, "terminal"):
        is_refused = form == "CSV" and name in REFUSED_AS_CSV
        assert code == (2 if is_refused else LINES[name].code), (name, shown)
        assert shown, name
        assert not re.search(UNSAFE, OURS.sub("", shown)), (name, shown)
        assert "Traceback" not in shown, (name, shown)


def test_what_was_typed_wrong_is_said_back_as_text(shop: HostileShop) -> None:
    lines = [[*name.split(), *more] for name in LINES for more in ([SIGNS, SIGNS], [f"--{SIGNS}"])]
    for name, code, shown in play(shop, lines, "terminal"):
        assert code != 1, (name, shown)
        assert not re.search(UNSAFE, OURS.sub("", shown)), (name, shown)


def test_words_that_are_not_utf8_end_every_command_with_2_and_a_word(shop: HostileShop) -> None:
    lines = [[*name.split(), "caf\udce9"] for name in LINES]
    for name, code, shown in play(shop, lines, "pipe"):
        assert code == 2, (name, shown)
        assert "E-ARGUMENT-ENCODING" in shown, name
        assert r"caf\udce9" in shown, name


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="/dev/full is a Linux device")
def test_every_answer_that_a_full_disk_takes_ends_with_9(shop: HostileShop) -> None:
    for name, code, shown in play(shop, table(shop), "full"):
        is_answered = LINES[name].code not in (2, 6, 8)
        assert code == (9 if is_answered else LINES[name].code), (name, shown)
        assert ("No space left on device" in shown) is is_answered, (name, shown)
        assert "Traceback" not in shown, name
        assert "Exception ignored" not in shown, name


def test_every_command_ends_quietly_when_nobody_reads_its_answer(shop: HostileShop) -> None:
    for name, code, shown in play(shop, table(shop), "closed"):
        is_answered = LINES[name].code not in (2, 6, 8)
        assert code == (141 if is_answered else LINES[name].code), (name, shown)
        assert "pipe" not in shown.lower(), (name, shown)
        assert ("error E-" in shown) is (LINES[name].code in (2, 6, 7, 8)), (name, shown)


def test_a_host_that_knows_ascii_only_gets_ascii(shop: HostileShop) -> None:
    for name, code, shown in play(shop, table(shop), "pipe", LC_ALL="C"):
        assert code == LINES[name].code, (name, shown)
        assert shown.isascii() or name in FILES, (name, shown)
