from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest

from returns_cli.domain.errors import ConflictError, StoreError
from returns_cli.store import connection as opening
from returns_cli.store import migrate
from returns_cli.store.connection import STORE_NAME, create_store, open_store
from returns_cli.store.facts import add_fact
from returns_cli.store.schema import APPLICATION_ID, SCHEMA_VERSION
from tests.store.desk import SALT, Desk

CREATE = """
import sys
from pathlib import Path
from typing import Any
from returns_cli.store.connection import create_store
print(create_store(Path(sys.argv[1]), b"0123456789abcdef"))
"""


def test_a_new_store_belongs_to_its_owner_alone_and_says_what_it_is(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        assert create_store(tmp_path, SALT)
    finally:
        os.umask(old)
    path = tmp_path / STORE_NAME
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    raw = sqlite3.connect(path)
    assert raw.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
    assert raw.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
    raw.close()


def test_making_it_again_changes_nothing(tmp_path: Path) -> None:
    create_store(tmp_path, SALT)
    before = (tmp_path / STORE_NAME).read_bytes()
    assert not create_store(tmp_path, b"another salt")
    assert (tmp_path / STORE_NAME).read_bytes() == before


def test_an_attempt_that_was_killed_after_making_the_file_is_completed(tmp_path: Path) -> None:
    (tmp_path / STORE_NAME).touch()
    with pytest.raises(StoreError) as error:
        open_store(tmp_path)
    assert error.value.code == "E-SHOP-MISSING"
    assert create_store(tmp_path, SALT)
    with open_store(tmp_path) as store:
        assert store.salt == SALT


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "truncate"),
        ("synchronous", 3),
        ("foreign_keys", 1),
        ("busy_timeout", 5000),
        ("secure_delete", 1),
        ("trusted_schema", 0),
        ("recursive_triggers", 1),
    ],
)
def test_every_connection_has_the_same_settings(desk: Desk, pragma: str, value: object) -> None:
    assert desk.store.connection.execute(f"PRAGMA {pragma}").fetchone() == (value,)


def test_on_a_mac_a_write_reaches_the_platter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    create_store(tmp_path, SALT)
    monkeypatch.setattr(sys, "platform", "darwin")
    with open_store(tmp_path) as store:
        assert store.connection.execute("PRAGMA fullfsync").fetchone() == (1,)


def test_a_folder_without_a_store_points_to_init(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as error:
        open_store(tmp_path)
    assert error.value.code == "E-SHOP-MISSING"
    assert "returns init" in str(error.value.hint)
    assert not list(tmp_path.iterdir())


def test_a_link_to_nowhere_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / STORE_NAME).symlink_to(tmp_path / "victim")
    with pytest.raises(StoreError) as error:
        create_store(tmp_path / "shop", SALT)
    assert error.value.code == "E-STORE-OPEN"
    assert not (tmp_path / "victim").exists()


def test_a_folder_that_is_none_is_said(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as error:
        create_store(tmp_path / "nowhere", SALT)
    assert error.value.code == "E-STORE-OPEN"


def test_odd_signs_in_the_path_open_the_right_file(tmp_path: Path) -> None:
    folder = tmp_path / "100% #1? shop"
    folder.mkdir()
    assert create_store(folder, SALT)
    with open_store(folder) as store:
        assert store.folder == folder
    assert [one.name for one in folder.iterdir() if not one.name.endswith("-journal")] == [
        STORE_NAME
    ]


def _set(path: Path, statement: str) -> bytes:
    raw = sqlite3.connect(path)
    raw.execute(statement)
    raw.commit()
    raw.close()
    return path.read_bytes()


def test_a_newer_store_is_refused_untouched(tmp_path: Path) -> None:
    create_store(tmp_path, SALT)
    before = _set(tmp_path / STORE_NAME, f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    for attempt in (lambda: open_store(tmp_path), lambda: create_store(tmp_path, SALT)):
        with pytest.raises(StoreError) as error:
            attempt()
        assert error.value.code == "E-STORE-NEWER"
    assert (tmp_path / STORE_NAME).read_bytes() == before


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda path: path.write_bytes(b"hello world" * 500), id="no database"),
        pytest.param(lambda path: _set(path, "CREATE TABLE t (a)"), id="another program's"),
        pytest.param(lambda path: _set(path, "PRAGMA user_version = 9"), id="its version alone"),
    ],
)
def test_a_foreign_file_is_refused_untouched(tmp_path: Path, make: object) -> None:
    path = tmp_path / STORE_NAME
    make(path)  # type: ignore[operator]  # a parameter, not a value
    before = path.read_bytes()
    for attempt in (lambda: open_store(tmp_path), lambda: create_store(tmp_path, SALT)):
        with pytest.raises(StoreError) as error:
            attempt()
        assert error.value.code == "E-STORE-FOREIGN"
    assert path.read_bytes() == before


def test_a_store_without_its_salt_is_damaged(tmp_path: Path) -> None:
    create_store(tmp_path, SALT)
    raw = sqlite3.connect(tmp_path / STORE_NAME)
    raw.execute("DROP TRIGGER meta_no_delete")
    raw.execute("DELETE FROM meta")
    raw.commit()
    raw.close()
    with pytest.raises(StoreError) as error:
        open_store(tmp_path)
    assert error.value.code == "E-STORE-FAILED"


def test_a_store_in_another_journal_mode_that_is_in_use_is_refused(tmp_path: Path) -> None:
    create_store(tmp_path, SALT)
    raw = sqlite3.connect(tmp_path / STORE_NAME, isolation_level=None)
    raw.execute("PRAGMA journal_mode = WAL")
    raw.execute("BEGIN IMMEDIATE")
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(opening, "_BUSY_SECONDS", 0.0)
            with pytest.raises(StoreError) as error:
                open_store(tmp_path)
    finally:
        raw.close()
    assert error.value.code == "E-STORE-LOCKED"


def test_another_journal_mode_is_set_right(tmp_path: Path) -> None:
    create_store(tmp_path, SALT)
    raw = sqlite3.connect(tmp_path / STORE_NAME, isolation_level=None)
    raw.execute("PRAGMA journal_mode = WAL")
    raw.close()
    with open_store(tmp_path) as store:
        assert store.connection.execute("PRAGMA journal_mode").fetchone() == ("truncate",)


def test_a_mode_that_cannot_be_set_is_refused(desk: Desk) -> None:
    memory = sqlite3.connect(":memory:")
    with pytest.raises(sqlite3.OperationalError, match="journal mode is memory"):
        opening._make_durable(memory)
    memory.close()


def test_a_read_only_store_refuses_to_write(desk: Desk) -> None:
    with (
        open_store(desk.folder, read_only=True) as store,
        pytest.raises(StoreError) as error,
        store.writing(),
    ):
        add_fact(store.connection, "meta", {"name": "x", "value": b"y"})
    assert error.value.code == "E-STORE-READ-ONLY"


def test_a_store_in_use_says_by_which_process(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "_BUSY_SECONDS", 0.0)
    other = open_store(desk.folder)
    with desk.store.writing(), pytest.raises(StoreError) as error, other.writing():
        raise AssertionError("two writers at once")
    other.close()
    assert error.value.code == "E-STORE-LOCKED"
    if Path("/proc/locks").exists():
        assert f"process {os.getpid()}" in error.value.message


def test_what_was_written_stays_and_an_error_undoes_all_of_it(desk: Desk) -> None:
    with desk.store.writing():
        add_fact(desk.store.connection, "meta", {"name": "kept", "value": b"1"})
    with suppress(KeyError), desk.store.writing():
        add_fact(desk.store.connection, "meta", {"name": "lost", "value": b"1"})
        raise KeyError
    desk.reopen()
    names = desk.store.connection.execute("SELECT name FROM meta ORDER BY name").fetchall()
    assert names == [("kept",), ("salt",)]


def test_a_rehearsal_leaves_nothing_behind(desk: Desk) -> None:
    with desk.store.writing(rehearse=True):
        add_fact(desk.store.connection, "meta", {"name": "tried", "value": b"1"})
        with desk.store.writing(rehearse=True):
            add_fact(desk.store.connection, "meta", {"name": "deeper", "value": b"1"})
        assert desk.store.connection.execute("SELECT count(*) FROM meta").fetchone() == (2,)
    assert desk.store.connection.execute("SELECT count(*) FROM meta").fetchone() == (1,)


def test_one_row_of_a_batch_may_fail_alone(desk: Desk) -> None:
    with desk.store.writing():
        add_fact(desk.store.connection, "meta", {"name": "first", "value": b"1"})
        with suppress(StoreError), desk.store.writing():
            add_fact(desk.store.connection, "meta", {"name": "second", "value": b"1"})
            add_fact(desk.store.connection, "meta", {"name": "first", "value": b"2"})
        with desk.store.writing():
            add_fact(desk.store.connection, "meta", {"name": "third", "value": b"1"})
    names = desk.store.connection.execute("SELECT name FROM meta ORDER BY name").fetchall()
    assert names == [("first",), ("salt",), ("third",)]


def test_a_full_disk_leaves_the_store_as_it_was(desk: Desk) -> None:
    pages = desk.store.connection.execute("PRAGMA page_count").fetchone()[0]
    desk.store.connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StoreError) as error, desk.store.writing():
        add_fact(desk.store.connection, "meta", {"name": "big", "value": b"x" * 100_000})
    assert error.value.code == "E-STORE-FULL"
    desk.reopen()
    assert desk.store.connection.execute("SELECT count(*) FROM meta").fetchone() == (1,)


def test_after_the_store_undid_everything_no_part_goes_on_alone(desk: Desk) -> None:
    def go_on_after_a_full_disk() -> None:
        with desk.store.writing():
            desk.store.connection.execute("ROLLBACK")  # as SQLite does by itself
            with desk.store.writing():
                raise AssertionError("went on without a transaction")

    with pytest.raises(StoreError) as error:
        go_on_after_a_full_disk()
    assert error.value.code == "E-STORE-FAILED"
    assert not desk.store.connection.in_transaction


def test_a_snapshot_does_not_see_what_others_write_meanwhile(desk: Desk) -> None:
    with desk.store.reading(), desk.store.reading():
        count = "SELECT count(*) FROM meta"
        assert desk.store.connection.execute(count).fetchone() == (1,)
    assert not desk.store.connection.in_transaction


def test_an_error_while_reading_is_said_in_words(desk: Desk) -> None:
    with pytest.raises(StoreError) as error, desk.store.reading():
        desk.store.connection.execute("SELECT * FROM nothing")
    assert error.value.code == "E-STORE-FAILED"
    with pytest.raises(StoreError), open_store(desk.folder) as store:
        store.connection.execute("SELECT * FROM nothing")


def test_triggers_speak_as_conflicts(desk: Desk) -> None:
    with pytest.raises(ConflictError) as error, desk.store.writing():
        raise sqlite3.IntegrityError("E-OVER-RECEIVED more units than that")
    assert (error.value.code, error.value.message) == ("E-OVER-RECEIVED", "More units than that.")
    assert error.value.exit == 6


def test_of_many_first_starts_at_once_one_makes_the_store(tmp_path: Path) -> None:
    starts = [
        subprocess.Popen(
            [sys.executable, "-c", CREATE, str(tmp_path)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for _ in range(8)
    ]
    answers = sorted(start.communicate()[0].strip() for start in starts)
    assert answers == ["False"] * 7 + ["True"]
    with open_store(tmp_path) as store:
        assert store.salt == SALT


@pytest.mark.parametrize("version", [0, 1])
def test_what_makes_or_migrates_a_store_already_syncs_all_that_it_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: int
) -> None:
    """A power cut behind ``init`` once took the store away again: it was made with the defaults."""
    seen = []
    make = migrate.bring_up_to_date

    def look(connection: sqlite3.Connection, *args: Any, **options: Any) -> bool:
        seen.append(
            tuple(
                connection.execute(f"PRAGMA {name}").fetchone()[0]
                for name in ("journal_mode", "synchronous")
            )
        )
        return make(connection, *args, **options)

    if version:
        (tmp_path / STORE_NAME).touch(0o600)
        with closing(sqlite3.connect(tmp_path / STORE_NAME, isolation_level=None)) as old:
            make(old, tmp_path / STORE_NAME, salt=SALT, steps=migrate.STEPS[:version])
    monkeypatch.setattr(migrate, "bring_up_to_date", look)
    if version:
        open_store(tmp_path).close()
    else:
        create_store(tmp_path, SALT)
    assert seen == [("truncate", 3)]  # 3: EXTRA
