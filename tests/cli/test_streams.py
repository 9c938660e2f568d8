"""Real processes: pipes, full disks, signals, ASCII-only hosts, words that are not UTF-8."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import IO

import pytest

ROOT = Path(__file__).parents[2]
RETURNS = [sys.executable, "-m", "returns_cli"]


def environ(**more: str) -> dict[str, str]:
    return {"PATH": os.defpath, "PYTHONPATH": str(ROOT), **more}


def run(
    *words: str | bytes,
    stdout: int | IO[bytes] = subprocess.PIPE,
    env: dict[str, str] | None = None,
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*RETURNS, *words],
        stdout=stdout,
        stderr=subprocess.PIPE,
        env=env or environ(),
        check=False,
    )


EVERY_WAY = pytest.mark.parametrize(
    "words",
    [
        pytest.param(["--version"], id="the fast answer"),
        pytest.param(["open", "--help"], id="a help page"),
        pytest.param(["help", "states"], id="a command"),
    ],
)


@EVERY_WAY
def test_a_closed_pipe_ends_quietly(words: list[str]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = run(*words, stdout=writer)
    os.close(writer)
    assert (done.returncode, done.stderr) == (141, b"")


@EVERY_WAY
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="/dev/full is a Linux device")
def test_a_full_disk_exits_9_in_one_place_with_words(words: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = run(*words, stdout=full)
    assert done.returncode == 9
    assert b"No space left on device" in done.stderr
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr


@EVERY_WAY
def test_no_stdout_at_all_exits_9(words: list[str]) -> None:
    done = subprocess.run(
        ["/bin/sh", "-c", 'exec "$@" >&-', "sh", *RETURNS, *words],
        stderr=subprocess.PIPE,
        env=environ(),
        check=False,
    )
    assert done.returncode == 9
    assert b"Traceback" not in done.stderr


def test_words_that_are_not_utf8_exit_2() -> None:
    done = run("find", b"caf\xe9", "--json")
    assert done.returncode == 2
    assert json.loads(done.stderr)["error"]["code"] == "E-ARGUMENT-ENCODING"


@pytest.mark.parametrize(
    "env",
    [
        pytest.param(environ(LC_ALL="C"), id="LC_ALL=C"),
        pytest.param(environ(LC_ALL="POSIX"), id="LC_ALL=POSIX"),
        pytest.param(environ(PYTHONIOENCODING="ascii"), id="an ASCII stream"),
    ],
)
def test_a_host_that_knows_ascii_only_gets_ascii(env: dict[str, str]) -> None:
    page = run("open", "--help", env=env)
    assert page.returncode == 0
    assert page.stdout.isascii()
    error = run("show", "Łódź", "--shop", "/nowhere/返", env=env)
    assert error.returncode == 8
    assert error.stderr.isascii()


def test_an_empty_environment_works_in_utf8() -> None:
    done = run("open", "--help", env=environ())
    assert (done.returncode, done.stderr) == (0, b"")
    assert "…" in done.stdout.decode()


WAIT = """
import os, sys, time
from returns_cli.cli import help
def slow(name):
    os.write(2, b"ready\\n")
    time.sleep(60)
help.topic_page = slow
from returns_cli.__main__ import main
sys.exit(main(["help", "states"]))
"""


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        pytest.param(signal.SIGINT, 130, id="Ctrl-C"),
        pytest.param(signal.SIGTERM, 143, id="TERM"),
    ],
)
def test_a_signal_ends_the_command_with_a_word_and_its_code(
    sent: signal.Signals, code: int
) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", WAIT],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environ(),
    ) as process:
        assert process.stderr is not None
        assert process.stderr.readline() == b"ready\n"
        process.send_signal(sent)
        _, err = process.communicate(timeout=30)
    assert process.returncode == code
    assert b"nothing is half done" in err
    assert b"Traceback" not in err
