"""What a command imports: a clerk and a cron job pay for it every time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from returns_cli.operations.shop import Shop
from tests.operations.desk import CLOCK, opened, small_shop

HEAVY = {
    "babel",
    "reportlab",
    "rich",
    "segno",
    "sqlite_utils",
    "typer",
    "yaml",
    "PIL",
    "tomllib",
}
ENVIRON = {"PATH": "/nowhere", "PYTHONPATH": str(Path(__file__).parents[2])}
SHOW_MODULES = """
import sys
from returns_cli.__main__ import main
code = main(sys.argv[1:])
sys.stderr.write("\\n".join(sorted(sys.modules)))
sys.exit(code)
"""


def modules_of(*words: str, folder: Path) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", SHOW_MODULES, *words],
        capture_output=True,
        text=True,
        cwd=folder,
        check=False,
        env=ENVIRON,
    )
    return set(done.stderr.splitlines())


@pytest.mark.parametrize(
    "words",
    [["--version"], ["--help"], ["orders", "--help"]],
    ids=" ".join,
)
def test_fast_answers_import_almost_nothing(words: list[str], tmp_path: Path) -> None:
    loaded = modules_of(*words, folder=tmp_path)
    before = set(
        subprocess.run(
            [sys.executable, "-c", "import sys; print(*sys.modules, sep='\\n')"],
            capture_output=True,
            text=True,
            check=True,
            env=ENVIRON,
        ).stdout.splitlines()
    )
    assert {name for name in loaded - before if not name.startswith("returns_cli")} == set()
    assert {name for name in loaded if name.startswith("returns_cli")} <= {
        "returns_cli",
        "returns_cli.__main__",
        "returns_cli.cli",
        "returns_cli.cli.plain_help",
        "returns_cli.cli.registry",
    }


def test_help_of_a_command_needs_typer_and_no_other_library(tmp_path: Path) -> None:
    loaded = modules_of("open", "--help", folder=tmp_path)
    assert "typer" in loaded
    assert HEAVY & loaded == {"typer"}


def test_a_topic_needs_no_library(tmp_path: Path) -> None:
    loaded = modules_of("help", "states", folder=tmp_path)
    assert "returns_cli.cli.topics" in loaded
    assert HEAVY & loaded == set()


DEAR = {"csv", "dataclasses", "hashlib", "inspect", "shutil", "subprocess", "tempfile"}
"""Parts of the standard library that cost as much as a good part of a whole command."""


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    """A shop whose settings the store keeps, with one approved return."""
    return small_shop(tmp_path_factory.mktemp("shop"))


@pytest.fixture(scope="module")
def rma(shop: Shop) -> str:
    return opened(shop, "1001", "2=too_small")


@pytest.mark.parametrize("command", ["show RMA", "quote RMA", "list"])
def test_a_command_that_reads_needs_nothing_dear(command: str, shop: Shop, rma: str) -> None:
    loaded = modules_of(*at_the_desk(command, shop, rma), folder=shop.folder)
    assert "returns_cli.store.connection" in loaded
    assert (HEAVY | DEAR | {"returns_cli.policy", "returns_cli.intake"}) & loaded == set()


@pytest.mark.parametrize(
    "command",
    ["receive RMA --item 2:1", "deny RMA --why mistake", "cancel RMA --why mistake"],
)
def test_a_command_that_writes_needs_a_digest_besides(command: str, shop: Shop, rma: str) -> None:
    words = at_the_desk(f"{command} --dry-run", shop, rma)
    loaded = modules_of(*words, folder=shop.folder)
    assert "returns_cli.store.facts" in loaded
    assert (HEAVY | DEAR | {"returns_cli.policy", "returns_cli.intake"}) & loaded <= {"hashlib"}


def at_the_desk(command: str, shop: Shop, rma: str) -> list[str]:
    words = [rma if word == "RMA" else word for word in command.split()]
    return [*words, "--shop", str(shop.folder), "--as-of", CLOCK, "--json"]
