"""``--dry-run`` of every changing command: the answer of the real run, and no byte is written."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.faults.commands import COMMANDS, Stand, stand, typed

WITHOUT = {
    "init": "says what it made; a shop that is there stays as it is",
    "restore": "puts back only where nothing is, and drills the backup first",
    "migration": "comes before any command that reads an older store",
    "store migrate": "is what `migration` is, asked for",
    "backup": "writes a new file and nothing else",
    "report all": "changes no fact; the page is what was asked for",
}


@pytest.fixture(scope="module")
def stands(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Stand]:
    root = tmp_path_factory.mktemp("stages")
    stages = dict.fromkeys(one.stage for name, one in COMMANDS.items() if name not in WITHOUT)
    return {stage: stand(root / stage, stage) for stage in stages}


def files(folder: Path) -> dict[str, bytes]:
    """Every file of a shop but the journal file that SQLite keeps empty between transactions."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.stat().st_size
    }


@pytest.mark.parametrize("name", [name for name in COMMANDS if name not in WITHOUT])
def test_a_dry_run_answers_as_the_real_one_and_writes_nothing(
    name: str, stands: dict[str, Stand], tmp_path: Path
) -> None:
    command = COMMANDS[name]
    made = stands[command.stage]
    folder = tmp_path / "shop"
    shutil.copytree(made.folder, folder)
    here = Stand(folder, made.names)
    before = files(folder)

    said = typed(folder, *here.words(command.line), "-n")
    assert said.code in (0, 3), said.err
    assert files(folder) == before

    done = typed(folder, *here.words(command.line))
    assert done.code == said.code
    assert done.out == said.out


def test_what_has_no_dry_run_is_a_command() -> None:
    assert WITHOUT.keys() <= COMMANDS.keys()
