"""The import contracts of pyproject.toml: they hold, and each one fails when it is broken."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

RUN = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"


@pytest.fixture
def copy(root: Path, tmp_path: Path) -> Path:
    shutil.copytree(
        root / "returns_cli",
        tmp_path / "returns_cli",
        ignore=shutil.ignore_patterns("__pycache__", "*.ttf", "*.csv"),
    )
    shutil.copy(root / "pyproject.toml", tmp_path)
    return tmp_path


def check_layers(copy: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", RUN],
        cwd=copy,
        env={**os.environ, "PYTHONPATH": str(copy), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_package_as_it_is_keeps_its_layers(copy: Path) -> None:
    done = check_layers(copy)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        pytest.param(
            "policy/planted.py", "import returns_cli.store", "imports go one way",
            id="policy may not import its neighbour store",
        ),
        pytest.param(
            "store/planted.py", "import returns_cli.operations", "imports go one way",
            id="store may not import operations above it",
        ),
        pytest.param(
            "domain/planted.py",
            "def late():\n    from returns_cli import messages\n    return messages",
            "imports go one way",
            id="domain may not import messages, not even inside a function",
        ),
        pytest.param(
            "utils.py", "", "imports go one way", id="a module outside the layers has no place",
        ),
        pytest.param(
            "operations/planted.py", "import sqlite3", "SQL stays in store", id="SQL in operations"
        ),
        pytest.param(
            "cli/planted.py", "import reportlab", "reportlab stays in documents", id="PDF in cli"
        ),
        pytest.param(
            "intake/planted.py", "import yaml", "YAML stays in notation", id="YAML in intake"
        ),
        pytest.param(
            "operations/planted.py", "from rich import table", "Typer and Rich stay in cli",
            id="Rich in operations",
        ),
        pytest.param(
            "cli/planted.py", "import click", "libraries that the project does without",
            id="click anywhere",
        ),
    ],
)  # fmt: skip
def test_a_planted_import_breaks_its_contract(
    copy: Path, module: str, line: str, contract: str
) -> None:
    (copy / "returns_cli" / module).write_text(f"{line}\n")
    done = check_layers(copy)
    broken = [words for words in done.stdout.splitlines() if " BROKEN" in words]
    assert done.returncode == 1, done.stdout + done.stderr
    assert len(broken) == 1
    assert broken[0].startswith(contract)
