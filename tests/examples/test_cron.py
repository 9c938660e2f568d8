"""The nightly script runs, makes a backup, and ends with the graver status of the two."""

from __future__ import annotations

import configparser
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from returns_cli.store.backup import read_manifest
from tests.examples.example_files import EXAMPLES

STUB = """#!/bin/sh
shift 6   # --shop . --actor cron --no-input --quiet
echo "$*" >>calls
while read -r status words; do
    case "$*" in "$words"*) exit "$status" ;; esac
done <answers
exit 0
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A shop folder with a stand-in for the program beside it."""
    folder = tmp_path / "shop"
    folder.mkdir()
    stub = tmp_path / "returns"
    stub.write_text(STUB)
    stub.chmod(0o755)
    (folder / "answers").write_text("")
    return folder


def night(shop: Path, program: str) -> subprocess.CompletedProcess[str]:
    """Run the script the way cron does: no terminal, an empty environment."""
    return subprocess.run(
        ["/bin/sh", str(EXAMPLES / "cron.sh"), str(shop)],
        env={"PATH": os.defpath, "RETURNS": program, "LC_ALL": "C"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def status(shop: Path) -> int:
    return night(shop, str(shop.parent / "returns")).returncode


def calls(shop: Path) -> list[str]:
    return (shop / "calls").read_text().splitlines()


def test_a_night_is_a_run_and_a_backup(shop: Path) -> None:
    assert status(shop) == 0
    run, backup = calls(shop)
    assert run == "run --json"
    assert backup.startswith("backup backups/returns-")


def test_no_backup_is_made_of_a_store_that_cannot_be_used(shop: Path) -> None:
    (shop / "answers").write_text("8 run\n")
    assert status(shop) == 8
    assert calls(shop) == ["run --json"]


@pytest.mark.parametrize(
    ("run", "backup", "expected"),
    [
        pytest.param(3, 0, 3, id="rejected rows alone"),
        pytest.param(0, 9, 9, id="a backup that failed"),
        pytest.param(3, 9, 9, id="a backup that failed beats rejects"),
        pytest.param(7, 9, 7, id="a bad policy beats it"),
        pytest.param(9, 8, 9, id="an output that failed stays"),
    ],
)
def test_the_graver_status_is_the_scripts(
    shop: Path, run: int, backup: int, expected: int
) -> None:
    (shop / "answers").write_text(f"{run} run\n{backup} backup\n")
    assert status(shop) == expected


def test_a_real_night_in_a_bare_environment(tmp_path: Path) -> None:
    program = tmp_path / "returns"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m returns_cli "$@"\n')
    program.chmod(0o755)
    shop = tmp_path / "shop"
    subprocess.run([program, "init", shop, "--quiet", "--no-input"], check=True, stdout=subprocess.DEVNULL)
    for name in ("orders_export.csv", "requests.csv"):
        copy = shop / "inbox" / name
        copy.write_bytes((EXAMPLES / name).read_bytes())
        os.utime(copy, (0, 0))

    first, second = night(shop, str(program)), night(shop, str(program))

    assert (first.returncode, first.stderr) == (0, "")
    summary = json.loads(first.stdout.splitlines()[-2])
    (backup,) = {read_manifest(one) for one in (shop / "backups").glob("*.manifest.json")}
    assert (summary["entries"], summary["head"]) == (backup.entries, backup.head)
    again = [json.loads(line) for line in second.stdout.splitlines()[:-1]]
    assert [one["done"] for one in again if one["type"] == "step"] == [0, 0, 0, 0, 0, 1]
    assert again[-1]["head"] == summary["head"]


def test_the_systemd_files_can_be_read_and_name_the_script() -> None:
    service = configparser.ConfigParser(interpolation=None)
    service.read_string((EXAMPLES / "returns.service").read_text())
    timer = configparser.ConfigParser(interpolation=None)
    timer.read_string((EXAMPLES / "returns.timer").read_text())

    assert service["Service"]["ExecStart"].split()[1].endswith("cron.sh")
    assert service["Service"]["SuccessExitStatus"] == "3"
    assert timer["Timer"]["Persistent"] == "true"
