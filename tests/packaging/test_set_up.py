"""Setting up: a Python that is too old is refused in words, and start-up costs no import."""

import shutil
import site
import subprocess
import sysconfig
from pathlib import Path

import pytest


def script_of_returns() -> Path:
    script = Path(sysconfig.get_path("scripts")) / "returns"
    if not script.exists():
        pytest.skip("returns-cli is not installed here: run through `make test`")
    return script


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
def test_a_python_that_is_too_old_is_refused_in_words(root: Path, tmp_path: Path) -> None:
    for name in ("Makefile", "pyproject.toml", "requirements.lock"):
        shutil.copy(root / name, tmp_path)
    old = tmp_path / "python3.10"
    old.write_text('#!/bin/sh\n[ "$1" = --version ] && echo "Python 3.10.4" || exit 1\n')
    old.chmod(0o755)
    done = subprocess.run(
        ["make", "demo", f"PYTHON={old}"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode != 0
    assert done.stderr.splitlines()[0] == (
        f"Python 3.11 or newer is needed; {old} is Python 3.10.4."
        " Name another: make PYTHON=python3.12"
    )
    assert not (tmp_path / ".venv").exists()


def test_the_command_imports_nothing_but_the_program() -> None:
    lines = script_of_returns().read_text().splitlines()
    assert [line for line in lines if "import" in line] == [
        "import sys",
        "from returns_cli.__main__ import main",
    ]


def test_an_editable_install_adds_a_path_and_no_import_hook() -> None:
    script_of_returns()
    ours = [
        path for base in site.getsitepackages() for path in Path(base).glob("*returns_cli*.pth")
    ]
    assert [
        line for path in ours for line in path.read_text().split("\n") if "import" in line
    ] == []
