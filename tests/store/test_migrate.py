from __future__ import annotations

import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from returns_cli.domain.errors import StoreError
from returns_cli.store import connection as opening
from returns_cli.store import migrate
from returns_cli.store.backup import restore_store
from returns_cli.store.check import check_store
from returns_cli.store.connection import STORE_NAME, create_store, open_store
from returns_cli.store.migrate import STEPS, bring_up_to_date
from returns_cli.store.schema import APPLICATION_ID, SCHEMA_VERSION
from tests.store.desk import SALT, Desk

SECOND = ("second", ("CREATE TABLE later (a INTEGER PRIMARY KEY) STRICT",))


def _applied(path: Path) -> list[str]:
    raw = sqlite3.connect(path)
    names = [name for (name,) in raw.execute("SELECT name FROM _sqlite_migrations ORDER BY id")]
    raw.close()
    return names


def test_the_version_counts_the_migrations(tmp_path: Path) -> None:
    create_store(tmp_path, SALT)
    assert len(STEPS) == SCHEMA_VERSION
    assert _applied(tmp_path / STORE_NAME) == [name for name, _ in STEPS]


def test_every_table_is_strict(desk: Desk) -> None:
    loose = desk.store.connection.execute(
        "SELECT name FROM pragma_table_list WHERE type = 'table' AND NOT strict "
        "AND schema = 'main' AND name NOT LIKE '%sqlite%'"
    ).fetchall()
    assert loose == []


@pytest.fixture
def newer(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that knows one more migration."""
    steps = (*STEPS, SECOND)
    monkeypatch.setattr(opening, "SCHEMA_VERSION", len(steps))
    monkeypatch.setattr(migrate, "STEPS", steps)


@pytest.mark.usefixtures("newer")
def test_an_older_store_is_migrated_after_a_backup(tmp_path: Path) -> None:
    _old_store(tmp_path)
    with open_store(tmp_path) as store:
        assert store.connection.execute("SELECT count(*) FROM later").fetchone() == (0,)
        assert store.connection.execute("PRAGMA user_version").fetchone() == (len(STEPS) + 1,)
        assert check_store(store).ok
    copy = tmp_path / "returns.db.v1.backup"
    assert _applied(copy) == ["first_schema"]
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert (tmp_path / "returns.db.v1.backup.manifest.json").exists()


def _old_store(folder: Path) -> None:
    raw = opening.STORE_NAME
    path = folder / raw
    path.touch(0o600)
    connection = sqlite3.connect(path, isolation_level=None)
    bring_up_to_date(connection, path, salt=SALT, steps=STEPS[:1])
    connection.close()


@pytest.mark.usefixtures("newer")
def test_the_backup_of_a_migration_can_be_restored(tmp_path: Path) -> None:
    _old_store(tmp_path)
    open_store(tmp_path).close()
    (tmp_path / "new").mkdir()
    restore_store(tmp_path / "returns.db.v1.backup", tmp_path / "new")
    with open_store(tmp_path / "new") as store:
        assert store.salt == SALT


@pytest.mark.usefixtures("newer")
def test_a_second_backup_does_not_replace_the_first(tmp_path: Path) -> None:
    _old_store(tmp_path)
    (tmp_path / "returns.db.v1.backup").write_text("an earlier attempt")
    open_store(tmp_path).close()
    assert (tmp_path / "returns.db.v1.backup").read_text() == "an earlier attempt"
    assert _applied(tmp_path / "returns.db.v1-2.backup") == ["first_schema"]


def test_a_migration_that_fails_leaves_the_store_as_it_was(desk: Desk) -> None:
    broken = (*STEPS, ("half", ("CREATE TABLE half (a) STRICT", "CREATE TABLE half (a) STRICT")))
    with pytest.raises(sqlite3.OperationalError):
        bring_up_to_date(desk.store.connection, desk.store.path, steps=broken)
    assert not desk.store.connection.in_transaction
    desk.reopen()
    assert _applied(desk.store.path) == [name for name, _ in STEPS]
    assert check_store(desk.store).ok


def test_a_store_that_another_process_migrated_meanwhile_is_left_alone(desk: Desk) -> None:
    assert not bring_up_to_date(desk.store.connection, desk.store.path)
    assert not list(desk.folder.glob("*.backup"))


def test_a_first_schema_that_cannot_be_made_leaves_an_empty_file(tmp_path: Path) -> None:
    path = tmp_path / STORE_NAME
    path.touch()
    connection = sqlite3.connect(path, isolation_level=None)
    with pytest.raises(sqlite3.OperationalError):
        bring_up_to_date(connection, path, salt=SALT, steps=(("bad", ("CREATE NONSENSE",)),))
    connection.close()
    assert path.stat().st_size == 0
    with pytest.raises(StoreError):
        open_store(tmp_path)


def test_a_store_that_is_up_to_date_is_opened_without_sqlite_utils(desk: Desk) -> None:
    program = (
        "import sys; from pathlib import Path; from returns_cli.store.connection import open_store;"
        "open_store(Path(sys.argv[1])).close();"
        "print([m for m in sys.modules if m.startswith(('sqlite_utils', 'click'))"
        " or 'first_schema' in m])"
    )
    answer = subprocess.run(
        [sys.executable, "-c", program, str(desk.folder)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert answer.stdout.strip() == "[]"


def test_the_mark_of_the_file_is_four_letters() -> None:
    assert APPLICATION_ID.to_bytes(4, "big") == b"RTRN"
