"""A real pseudo-terminal: colour is ours alone, hostile text stays text, nothing waits unasked."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import subprocess
import sys
import termios
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OURS = re.compile(r"\x1b\[(0|1|2|31|32|33)m")
HOSTILE = "[/x] [red]:smile: \x1b]8;;http://x\x07\x1b]52;c;eA==\x07\x9b31m \u202egpj \x1b[2J"
ORDERS = (
    "order_id,placed_at,currency,line_no,sku,quantity,unit_price,delivered_at,customer_name,title\n"
    f'#1,2026-03-01,USD,1,"A{HOSTILE}",1,10.00,2026-03-05,"{HOSTILE}","{HOSTILE}"\n'
)


class Station:
    """A shop, worked from a terminal of 80 columns."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def run(
        self, *words: str, typed: bytes = b"", at: bytes = b"", then: bytes = b"", **variables: str
    ) -> tuple[int, str]:
        """The exit status, and what the terminal got on both streams.

        Args:
            typed: keys that are pressed at once; ``then`` those pressed when ``at`` is shown, and
                again twice a second: Ctrl-C between a question and the wait for its answer is
                noticed only at the next key, as in every program that reads a line.
        """
        master, slave = pty.openpty()
        process = subprocess.Popen(
            [sys.executable, "-m", "returns_cli", "--as-of", "2026-03-20", *words],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            cwd=self.folder,
            env={
                "PATH": os.defpath,
                "PYTHONPATH": str(ROOT),
                "COLUMNS": "80",
                "LC_ALL": "C.UTF-8",
                "RETURNS_SALT": "test",
                "RETURNS_ACTOR": "ann",
                **variables,
            },
            start_new_session=True,
            preexec_fn=_take_terminal,  # noqa: PLW1509 - no thread runs; Ctrl-C needs its terminal
        )
        os.close(slave)
        os.write(master, typed)
        shown = _read(master, at, then)
        return process.wait(timeout=60), shown


def _take_terminal() -> None:
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def _read(master: int, at: bytes, then: bytes) -> str:
    data = b""
    pressing = False
    while True:
        if pressing and not select.select([master], [], [], 0.5)[0]:
            os.write(master, then)
            continue
        try:
            piece = os.read(master, 65536)
        except OSError:  # Linux says EIO where the other side has closed
            piece = b""
        if not piece:
            os.close(master)
            return data.decode()
        data += piece
        if then and at in data and not pressing:
            os.write(master, then)
            pressing = True


@pytest.fixture(scope="module")
def station(tmp_path_factory: pytest.TempPathFactory) -> Station:
    """One shop for all: the tests look at what is shown, in any order."""
    folder = tmp_path_factory.mktemp("station")
    station = Station(folder)
    (folder / "orders.csv").write_text(ORDERS, encoding="utf-8")
    code, shown = station.run("init", "--no-input")
    assert code == 0, shown
    code, shown = station.run("orders", "import", "orders.csv")
    assert code == 0, shown
    return station


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("orders show 1", id="an order"),
        pytest.param("orders list", id="a list"),
        pytest.param("open 1 --item 1=too_small", id="a changing command"),
        pytest.param("list", id="returns"),
        pytest.param("find gpj", id="a search"),
        pytest.param("orders import orders.csv --force", id="an import with warnings"),
        pytest.param("show RMA-\x1b[2J", id="an error"),
        pytest.param("open 1 --item \x1b[2J=x", id="an error that repeats what was typed"),
        pytest.param("orders show 1 --json", id="JSON"),
        pytest.param("orders show 1 --format csv", id="CSV"),
    ],
)
def test_a_terminal_gets_only_our_own_codes(station: Station, line: str) -> None:
    _, shown = station.run(*line.split(" "))
    assert shown
    rest = OURS.sub("", shown)
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", rest)


def test_markup_and_emoji_codes_are_shown_as_they_are(station: Station) -> None:
    _, shown = station.run("orders", "show", "1")
    assert "[/x] [red]:smile: \\x1b]8;;http://x\\x07" in shown.replace("\r\n", "")


def test_colour_can_be_switched_off(station: Station) -> None:
    assert "\x1b[1m" in station.run("orders", "list")[1]
    assert "\x1b" not in station.run("orders", "list", "--no-color")[1]
    assert "\x1b" not in station.run("orders", "list", NO_COLOR="1")[1]
    assert "\x1b" not in station.run("orders", "list", TERM="dumb")[1]


def test_a_changing_command_suggests_the_next_one(station: Station) -> None:
    code, shown = station.run("open", "1", "--item", "1=too_small")
    assert code == 0
    assert "next: returns label RMA-" in shown
    assert "next:" not in station.run("list", "--quiet")[1]


def test_init_asks_and_takes_the_usual_for_an_empty_answer(tmp_path: Path) -> None:
    station = Station(tmp_path)
    answers = b"Lamp & Co\nDE\n\nEurope/Berlin\n" + 10 * b"\n"
    code, shown = station.run("init", "new", typed=answers, TZ="Asia/Tokyo")
    assert code == 0
    assert "The shop's name [My shop]: " in shown
    assert "Country, two letters [JP]: " in shown
    settings = (tmp_path / "new" / "shop.yaml").read_text()
    assert "Lamp & Co" in settings
    assert "currency: EUR" in settings
    assert "timezone: Europe/Berlin" in settings


def test_ctrl_c_at_a_question_leaves_nothing_half_made(tmp_path: Path) -> None:
    code, shown = Station(tmp_path).run(
        "init", "new", typed=b"Lamp & Co\n", at=b"[US]: ", then=b"\x03"
    )
    assert code == 130
    assert "E-INTERRUPTED" in shown
    assert list(tmp_path.iterdir()) == []


def test_no_input_never_asks(tmp_path: Path) -> None:
    code, shown = Station(tmp_path).run("init", "new", "--no-input")
    assert code == 0
    assert "[My shop]" not in shown
