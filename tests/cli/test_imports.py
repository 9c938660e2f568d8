"""What each command imports, of what is dear, and that none looks at a network: one table.

A clerk and a cron job pay for it every time. One process runs what shall import nothing dear, a
command after the other; for each of the others it forks, so that it stays as clean as it was.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.cli.hostile import LINES, HostileShop
from tests.cli.terminal import ROOT

DEAR = ("PIL", "babel", "reportlab", "rich", "segno", "sqlite_utils", "typer", "yaml")

PAPER = "PIL babel reportlab"
NEEDS = {
    "init": "yaml",  # settings and a first policy are made, and read back
    "demo": f"{PAPER} segno sqlite_utils yaml",  # all of the others in a row
    "config show": "yaml",  # which line of shop.yaml says what
    "doctor": f"{PAPER} yaml",  # is everything of it there?
    "help": "typer",  # of a command; a topic needs nothing
    "label": f"{PAPER} segno",
    "slip": f"{PAPER} segno",
    "insert": PAPER,
    "reprint": f"{PAPER} segno",
    "paper check": "PIL",
    "paper calibrate": PAPER,
    "policy check": "yaml",
    "policy test": "yaml",
    "policy show": "yaml",
    "policy explain": "babel yaml",
    "policy diff": "yaml",
    "policy backtest": "yaml",
    "policy publish": "babel yaml",
    "policy schema": "yaml",  # which reasons, grades and places there are
    "check": "yaml",  # every decision is derived again from the text of its policy
}
"""What commands need of :data:`DEAR`; every other one needs nothing."""

PLAY = """
import json, os, sys
plan, dear = json.load(open(sys.argv[1]))
sockets = []
sys.addaudithook(lambda event, _: event[:7] == "socket." and sockets.append(event))
from returns_cli.__main__ import main

def told(words):
    sys.stdin = open("codes.txt")
    sys.stdout = sys.stderr = open(os.devnull, "w")
    code = main(words)
    return [code, [name for name in dear if name in sys.modules], sockets]

found = []
for words, is_alone in plan:
    if not is_alone:
        found.append(told(words))
        continue
    reader, writer = os.pipe()
    if not os.fork():
        os.write(writer, json.dumps(told(words)).encode())
        os._exit(0)
    os.close(writer)
    found.append(json.loads(os.read(reader, 65536)))
    os.close(reader)
    os.wait()
json.dump(found, sys.__stdout__)
"""


def test_every_command_imports_what_it_needs_and_asks_no_network(tmp_path: Path) -> None:
    told = {name: (code, loaded, sockets) for name, code, loaded, sockets in _told(tmp_path)}
    assert told == {
        name: (line.code, NEEDS.get(name, "").split(), []) for name, line in LINES.items()
    }


def _told(folder: Path) -> Iterator[tuple[str, int, list[str], list[str]]]:
    """Of each command its exit status, what it had imported at its end, and which sockets."""
    shop = HostileShop(folder)
    names = sorted(LINES, key=lambda name: name in NEEDS)
    words = [[*shop.words(LINES[name].text), "--as-of", "2026-03-20T12:00"] for name in names]
    lines = [[line, name in NEEDS] for name, line in zip(names, words, strict=True)]
    plan = shop.folder / "plan.json"
    plan.write_text(json.dumps([lines, DEAR]), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", PLAY, str(plan)],
        cwd=shop.folder,
        env={
            "PATH": os.defpath,
            "PYTHONPATH": str(ROOT),
            "LC_ALL": "C.UTF-8",
            "RETURNS_ACTOR": "ann",
        },
        capture_output=True,
        text=True,
        check=True,
    )
    for name, one in zip(names, json.loads(done.stdout), strict=True):
        yield name, *one
