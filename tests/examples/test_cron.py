"""The nightly script runs every step, sorts its files, and ends with the gravest status."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.examples.example_files import EXAMPLES

STUB = """#!/bin/sh
shift 5   # --shop . --actor cron --no-input
[ "$1" = --quiet ] && shift
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
    (folder / "inbox").mkdir(parents=True)
    stub = tmp_path / "returns"
    stub.write_text(STUB)
    stub.chmod(0o755)
    (folder / "answers").write_text("")
    return folder


def run(shop: Path) -> int:
    """Run the script the way cron does: no terminal, an empty environment."""
    done = subprocess.run(
        ["/bin/sh", str(EXAMPLES / "cron.sh"), str(shop)],
        env={"PATH": os.defpath, "RETURNS": str(shop.parent / "returns"), "LC_ALL": "C"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    return done.returncode


def calls(shop: Path) -> list[str]:
    return (shop / "calls").read_text().splitlines()


def test_all_steps_run_in_order_and_read_files_are_moved(shop: Path) -> None:
    for name in ("requests.csv", "shipments.txt", "orders_march.csv", "orders.csv.part", "notes"):
        (shop / "inbox" / name).write_text("x\n")
    assert run(shop) == 0
    steps = calls(shop)
    assert steps[:-1] == [
        "orders import inbox/orders_march.csv",
        "shipments import inbox/shipments.txt",
        "requests import inbox/requests.csv",
        "evaluate --all",
        "label --ready",
        "refund --due",
        "journal verify",
    ]
    assert steps[-1].startswith("backup backups/returns-")
    done = sorted(path.name.split("-", 2)[2] for path in (shop / "inbox/done").iterdir())
    assert done == ["orders_march.csv", "requests.csv", "shipments.txt"]
    left = sorted(path.name for path in (shop / "inbox").iterdir() if path.is_file())
    assert left == ["notes", "orders.csv.part"]


def test_a_file_with_rejects_is_done_and_a_refused_file_stays(shop: Path) -> None:
    for name in ("orders_a.csv", "orders_b.csv"):
        (shop / "inbox" / name).write_text("x\n")
    (shop / "answers").write_text(
        "3 orders import inbox/orders_a\n7 orders import inbox/orders_b\n"
    )
    assert run(shop) == 7
    assert [path.name for path in (shop / "inbox").glob("*.csv")] == ["orders_b.csv"]
    assert "refund --due" in calls(shop)


def test_without_a_store_nothing_more_is_tried(shop: Path) -> None:
    (shop / "answers").write_text("8 evaluate\n")
    assert run(shop) == 8
    assert calls(shop) == ["evaluate --all"]


def test_no_backup_is_made_of_books_that_do_not_hold(shop: Path) -> None:
    (shop / "answers").write_text("10 journal verify\n")
    assert run(shop) == 10
    assert not [call for call in calls(shop) if call.startswith("backup")]


@pytest.mark.parametrize(
    ("answers", "status"),
    [
        pytest.param({"evaluate": 3}, 3, id="rejected rows alone"),
        pytest.param({"evaluate": 3, "label": 9}, 9, id="an output that failed beats rejects"),
        pytest.param({"evaluate": 7, "label": 9, "journal": 10}, 7, id="a bad policy beats both"),
        pytest.param({"evaluate": 9, "backup": 8}, 8, id="the store beats all"),
        pytest.param({"evaluate": 1, "label": 3}, 1, id="something unexpected beats rejects"),
        pytest.param({"evaluate": 1, "journal": 10}, 10, id="books beat the unexpected"),
    ],
)
def test_the_gravest_status_is_the_scripts(
    shop: Path, answers: dict[str, int], status: int
) -> None:
    lines = "".join(f"{code} {step}\n" for step, code in answers.items())
    (shop / "answers").write_text(lines)
    assert run(shop) == status


def test_a_second_run_finds_nothing_left_to_import(shop: Path) -> None:
    (shop / "inbox" / "orders.csv").write_text("x\n")
    assert run(shop) == 0
    (shop / "calls").unlink()
    assert run(shop) == 0
    assert calls(shop)[0] == "evaluate --all"


def test_a_missing_shop_folder_is_status_8(tmp_path: Path) -> None:
    assert run(tmp_path / "nowhere") == 8
