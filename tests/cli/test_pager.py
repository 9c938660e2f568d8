"""Long answers and the pager: only for a person at a terminal, and never in the way."""

from __future__ import annotations

import errno
import os
import signal
from typing import Any

import pytest

from returns_cli.cli import registry
from returns_cli.cli.pager import is_for_reading, is_taller, pager_of
from tests.cli.terminal import Station

PAGED = "~ "
PAGER = f"sed 's/^/{PAGED}/'"


@pytest.fixture(scope="module")
def station(tmp_path_factory: pytest.TempPathFactory) -> Station:
    """A shop with twelve orders, at a terminal of ten lines."""
    station = Station(tmp_path_factory.mktemp("station"), lines=10)
    rows = "".join(f"{n},2026-03-01,USD,1,MUG,1,10.00\n" for n in range(12))
    header = "order_id,placed_at,currency,line_no,sku,quantity,unit_price\n"
    (station.folder / "orders.csv").write_text(header + rows, encoding="utf-8")
    for words in (["init", "--no-input"], ["orders", "import", "orders.csv"]):
        code, shown = station.run(*words)
        assert code == 0, shown
    return station


@pytest.mark.parametrize(
    ("line", "variables", "is_paged"),
    [
        pytest.param("orders list", {}, True, id="a list taller than the screen"),
        pytest.param("orders list --limit 3", {}, False, id="a list that fits"),
        pytest.param("help money", {}, True, id="a topic"),
        pytest.param("help", {}, True, id="the overview"),
        pytest.param("--help", {}, True, id="the overview, at once"),
        pytest.param("refunds --help", {}, True, id="the page of a group"),
        pytest.param("open --help", {}, True, id="the page of a command"),
        pytest.param("config show", {}, True, id="the settings"),
        pytest.param("orders list --no-pager", {}, False, id="--no-pager"),
        pytest.param("--no-pager open --help", {}, False, id="--no-pager in front"),
        pytest.param("orders list --quiet", {}, False, id="--quiet"),
        pytest.param("orders list --json", {}, False, id="--json"),
        pytest.param("orders list --format csv", {}, False, id="CSV"),
        pytest.param("orders list", {"NO_PAGER": "1"}, False, id="NO_PAGER"),
        pytest.param("help", {"NO_PAGER": "1"}, False, id="NO_PAGER, at once"),
        pytest.param("orders list", {"RETURNS_NO_PAGER": "yes"}, False, id="our own variable"),
        pytest.param("orders list", {"PAGER": "cat"}, False, id="PAGER=cat"),
        pytest.param("orders import orders.csv --force", {}, False, id="a command that works"),
        pytest.param("completion bash", {}, False, id="a script"),
    ],
)
def test_what_goes_through_the_pager(
    station: Station, line: str, variables: dict[str, Any], is_paged: bool
) -> None:
    code, shown = station.run(*line.split(), **{"PAGER": PAGER, **variables})
    assert code == 0
    assert shown.startswith(PAGED) is is_paged
    assert (PAGED in shown) is is_paged


def test_a_pipe_never_meets_a_pager(station: Station) -> None:
    code, shown = station.run("orders", "list", PAGER=PAGER, piped=True)
    assert (code, PAGED in shown) == (0, False)


@pytest.mark.parametrize(
    ("line", "code"), [("orders list", 0), ("help", 0), ("status --fail-if overdue", 0)]
)
@pytest.mark.parametrize(
    "pager",
    [
        pytest.param("head -n 1", id="a reader who has had enough"),
        pytest.param("cat; exit 3", id="a pager that fails"),
        pytest.param("no-such-program", id="a pager that is not there"),
    ],
)
def test_the_exit_status_is_the_command_s_own(
    station: Station, line: str, code: int, pager: str
) -> None:
    assert station.run(*line.split(), PAGER=pager)[0] == code


def test_what_a_missing_pager_cannot_show_is_printed(station: Station) -> None:
    assert "USD" in station.run("orders", "list", PAGER="no-such-program")[1]
    missing = station.run("orders", "list", PATH="/nowhere")[1]
    assert "USD" in missing
    assert "not found" not in missing


def test_ctrl_c_and_q_belong_to_the_pager(station: Station) -> None:
    wait = "cat; trap 'echo stopped; exit 1' INT; echo ready; sleep 30 & wait"
    code, shown = station.run("orders", "list", PAGER=wait, at=b"ready", then=b"\x03")
    assert "stopped" in shown
    assert "E-INTERRUPTED" not in shown
    assert code == 0


def test_a_pager_sees_what_a_terminal_would_no_escape_of_a_customer(station: Station) -> None:
    rows = "order_id,placed_at,currency,line_no,sku,quantity,unit_price,customer_name\n"
    rows += "".join(f'h{n},2026-03-02,USD,1,"\x1b]52;c;x\x07{n}",1,1.00,x\n' for n in range(9))
    (station.folder / "hostile.csv").write_text(rows, encoding="utf-8")
    station.run("orders", "import", "hostile.csv")
    _, shown = station.run("orders", "show", "h1", PAGER=PAGER)
    assert PAGED in shown
    assert "\\x1b]52;c;x\\x07" in shown
    assert "\x1b]52" not in shown


def test_a_host_that_knows_ascii_only_pages_ascii(station: Station) -> None:
    _, shown = station.run("open", "--help", PAGER=PAGER, LC_ALL="C")
    assert shown.startswith(PAGED)
    assert shown.isascii()


def test_a_term_signal_takes_the_pager_along(station: Station) -> None:
    wait = "trap 'echo gone; exit 1' TERM; echo $PPID; sleep 30 & wait"
    pids: list[int] = []

    def stop(shown: bytes) -> None:
        pids.append(int(shown.split()[0]))
        os.kill(pids[0], signal.SIGTERM)

    code, shown = station.run("orders", "list", PAGER=wait, at=b"\n", do=stop)
    assert code == 143
    assert "gone" in shown
    with pytest.raises(OSError, match=os.strerror(errno.ESRCH)):
        os.kill(pids[0], 0)


@pytest.mark.parametrize(
    ("environ", "pager"),
    [
        ({}, "less"),
        ({"PAGER": "most -s"}, "most -s"),
        ({"PAGER": " cat "}, None),
        ({"PAGER": ""}, None),
        ({"NO_PAGER": "1", "PAGER": "most"}, None),
        ({"NO_PAGER": "", "PAGER": "most"}, "most"),
        ({"TERM": "dumb"}, None),
    ],
)
def test_which_pager_is_meant(environ: dict[str, str], pager: str | None) -> None:
    assert pager_of(environ) == pager


@pytest.mark.parametrize(
    ("text", "columns", "lines", "taller"),
    [
        pytest.param("a\n" * 9, 80, 10, False, id="one line is left for the prompt"),
        pytest.param("a\n" * 10, 80, 10, True, id="none is left"),
        pytest.param("a" * 81 + "\n" + "a\n" * 8, 80, 10, True, id="a long line takes two"),
        pytest.param("\x1b[31m" + "a" * 78 + "\x1b[0m\n" + "a\n" * 8, 80, 10, False, id="colour"),
        pytest.param("返" * 41 + "\n" + "a\n" * 8, 80, 10, True, id="a wide sign takes two"),
        pytest.param("a\n" * 10, 80, 0, False, id="a terminal that does not say"),
    ],
)
def test_what_is_taller_than_the_screen(text: str, columns: int, lines: int, taller: bool) -> None:
    assert is_taller(text, columns, lines) is taller


READING = """
runs list, runs show, status, config show, doctor, completion, help, list, show, find, explain,
history, paper check, unexpected list, quote, refunds list, refunds show, exchanges list,
credit balance, journal verify, journal balances, stock moves, orders list, orders show,
customers show, report summary, report reasons, report products, report categories,
predict products, predict evaluate, report customers, report refunds, report dispositions,
report sla, report policies, report all, policy check, policy test, policy show, policy explain,
policy diff, policy backtest, policy schema, check, store stats
"""


def test_only_commands_that_answer_and_do_nothing_are_paged() -> None:
    paged = {name for name, _, _ in registry.commands() if is_for_reading(name.split())}
    assert paged == {name.strip() for name in READING.replace("\n", " ").split(",")}
    assert not is_for_reading(["no-such"])
