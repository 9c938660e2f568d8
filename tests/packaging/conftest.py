"""What the packaging tests look at: the source tree as it is committed."""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MADE = {
    *(".git", ".venv", ".cache", "__pycache__", "build", "dist", "returns-demo"),
    *(".hypothesis", ".import_linter_cache", ".mypy_cache", ".pytest_cache", ".ruff_cache"),
}


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def committed() -> list[Path]:
    """Every committed file, relative to the root; without git, every file that no tool made."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout.split("\0")
    except (OSError, subprocess.CalledProcessError):
        listed = []
    files = [Path(name) for name in listed if name]
    if not files:
        every = (path.relative_to(ROOT) for path in ROOT.rglob("*"))
        files = [path for path in every if not MADE & set(path.parts)]
    return sorted(path for path in files if (ROOT / path).is_file())
