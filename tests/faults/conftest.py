"""The soak that the fault tests share, their cases, and what it says when it ends."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.commands import COMMANDS
from tests.faults.soak import SOAK, Soak
from tests.faults.sweep import Case

_RAM = Path("/dev/shm")  # faults are injected into calls: writes need not reach a disk
ALWAYS = ("refund", "receive", "orders import")


@pytest.fixture
def soak() -> Soak:
    """How much to do."""
    return SOAK


@pytest.fixture
def ram() -> Iterator[Path]:
    """An empty folder, in memory where there is one."""
    with tempfile.TemporaryDirectory(dir=_RAM if _RAM.is_dir() else None) as folder:
        yield Path(folder)


@pytest.fixture
def cases(ram: Path, soak: Soak) -> list[Case]:
    """Every changing command in a soak; refund, receipt, import and three others in a fast run."""
    others = [name for name in COMMANDS if name not in ALWAYS]
    names = others if soak.seconds else soak.dice("commands").sample(others, 3)
    found = []
    for number, name in enumerate((*ALWAYS, *names)):
        (ram / str(number)).mkdir()
        found.append(Case(ram / str(number), name))
    return found


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say the seed, and how much of everything was done."""
    if SOAK.seconds:
        terminalreporter.write_line(f"soak: RETURNS_SOAK_SEED={SOAK.seed}")
        counted = [f"{name}: {number:,}" for name, number in SOAK.counted.items()]
        for line in (*SOAK.said, *counted):
            terminalreporter.write_line(f"  {line}")
