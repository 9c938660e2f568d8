from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from returns_cli.domain.errors import InvalidError, OutputError, StoreError, UsageError
from returns_cli.store.backup import backup_store, read_manifest, restore_store
from returns_cli.store.check import check_store
from returns_cli.store.connection import STORE_NAME, open_store
from returns_cli.store.copies import manifest_of
from returns_cli.store.journal import Anchor, journal_head, verify_journal
from tests.store.desk import SALT, Desk, refund_of
from tests.store.test_journal import as_owner


@pytest.fixture
def new_shop(tmp_path: Path) -> Path:
    """An empty folder to restore into."""
    folder = tmp_path / "new"
    folder.mkdir()
    return folder


def test_a_backup_is_a_whole_store_of_its_owner_s_alone(busy: Desk, tmp_path: Path) -> None:
    path = tmp_path / "copy.db"
    made = backup_store(busy.store, path)
    entries, head = journal_head(busy.store)
    assert (made.path, made.entries, made.head) == (path, entries, head)
    assert [stat.S_IMODE(one.stat().st_mode) for one in (path, made.manifest)] == [0o600, 0o600]
    assert json.loads(made.manifest.read_text()) == {
        "path": "copy.db",
        "entries": 5,
        "head": head,
        "sha256": made.sha256,
    }
    assert read_manifest(made.manifest) == Anchor(entries, head)
    assert verify_journal(busy.store, read_manifest(made.manifest)).ok
    left = {one.name for one in tmp_path.iterdir()}
    assert {"copy.db", "copy.db.manifest.json"} <= left
    assert not [name for name in left if name.startswith(".")]


def test_a_backup_goes_back_into_an_empty_folder(
    busy: Desk, tmp_path: Path, new_shop: Path
) -> None:
    made = backup_store(busy.store, tmp_path / "copy.db")
    restored = restore_store(tmp_path / "copy.db", new_shop)
    assert (restored.path, restored.head) == (new_shop / STORE_NAME, made.head)
    assert stat.S_IMODE(restored.path.stat().st_mode) == 0o600
    assert [one.name for one in new_shop.iterdir()] == [STORE_NAME]
    with open_store(new_shop) as store:
        assert store.salt == SALT
        assert check_store(store).ok


def test_a_second_backup_replaces_the_first_in_one_step(busy: Desk, tmp_path: Path) -> None:
    path = tmp_path / "copy.db"
    first = backup_store(busy.store, path)
    busy.authorize(1, {1: 0})
    busy.rule(2, "cancel")
    victim = tmp_path / "victim"
    victim.write_text("mine")
    path.unlink()
    path.symlink_to(victim)
    second = backup_store(busy.store, path)
    assert second.sha256 != first.sha256
    assert not path.is_symlink()
    assert victim.read_text() == "mine"


def test_a_store_is_never_restored_over(busy: Desk, tmp_path: Path) -> None:
    backup_store(busy.store, tmp_path / "copy.db")
    before = busy.store.path.read_bytes()
    with pytest.raises(StoreError) as error:
        restore_store(tmp_path / "copy.db", busy.folder)
    assert (error.value.code, error.value.exit) == ("E-STORE-EXISTS", 8)
    assert busy.store.path.read_bytes() == before


def test_a_store_that_came_in_between_is_not_replaced(
    busy: Desk, tmp_path: Path, new_shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup_store(busy.store, tmp_path / "copy.db")
    link = os.link

    def late(source: Path, target: Path) -> None:
        target.write_text("somebody else's")
        link(source, target)

    monkeypatch.setattr(os, "link", late)
    with pytest.raises(StoreError) as error:
        restore_store(tmp_path / "copy.db", new_shop)
    assert error.value.code == "E-STORE-EXISTS"
    assert (new_shop / STORE_NAME).read_text() == "somebody else's"


def _flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[-100] ^= 1
    path.write_bytes(content)


def _forge(path: Path) -> None:
    """Another head in the manifest; the bytes fit."""
    manifest = json.loads(manifest_of(path).read_text())
    manifest_of(path).write_text(json.dumps({**manifest, "head": "f" * 64}))


@pytest.mark.parametrize(
    ("harm", "why"),
    [
        pytest.param(_flip, "its bytes are not those", id="a flipped bit"),
        pytest.param(_forge, "its journal is not the one", id="another head"),
        pytest.param(lambda path: path.write_bytes(b""), "its bytes are not those", id="empty"),
    ],
)
def test_a_damaged_backup_is_not_restored(
    busy: Desk, tmp_path: Path, new_shop: Path, harm: object, why: str
) -> None:
    path = tmp_path / "copy.db"
    backup_store(busy.store, path)
    harm(path)  # type: ignore[operator]  # a parameter of pytest
    with pytest.raises(StoreError) as error:
        restore_store(path, new_shop)
    assert error.value.code == "E-BACKUP-DAMAGED"
    assert why in error.value.message
    assert list(new_shop.iterdir()) == []


def test_a_backup_whose_facts_do_not_hold_is_not_restored(
    busy: Desk, tmp_path: Path, new_shop: Path
) -> None:
    import hashlib

    path = tmp_path / "copy.db"
    backup_store(busy.store, path)
    as_owner(path, "UPDATE receipt SET quantity = 1")
    manifest = json.loads(manifest_of(path).read_text())
    manifest["sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
    manifest_of(path).write_text(json.dumps(manifest))
    with pytest.raises(StoreError) as error:
        restore_store(path, new_shop)
    assert error.value.code == "E-BACKUP-DAMAGED"
    assert list(new_shop.iterdir()) == []


def test_a_damaged_store_gives_no_backup_and_leaves_the_old_one(busy: Desk, tmp_path: Path) -> None:
    path = tmp_path / "copy.db"
    backup_store(busy.store, path)
    before = path.read_bytes()
    as_owner(busy.store.path, "UPDATE receipt SET quantity = 1")
    with pytest.raises(StoreError) as error:
        backup_store(busy.store, path)
    assert error.value.code == "E-CHECK-RULES"
    assert path.read_bytes() == before


def test_the_store_itself_is_no_place_for_a_backup(busy: Desk) -> None:
    with pytest.raises(UsageError) as error:
        backup_store(busy.store, busy.folder / "." / STORE_NAME)
    assert error.value.code == "E-BACKUP-PATH"


def test_a_place_that_cannot_be_written_is_an_output_error(busy: Desk, tmp_path: Path) -> None:
    with pytest.raises(OutputError) as error:
        backup_store(busy.store, tmp_path / "nowhere" / "copy.db")
    assert (error.value.code, error.value.exit) == ("E-OUTPUT-BACKUP", 9)


def test_a_backup_that_is_not_there_is_said(tmp_path: Path, new_shop: Path, busy: Desk) -> None:
    with pytest.raises(UsageError) as error:
        restore_store(tmp_path / "copy.db", new_shop)
    assert error.value.code == "E-FILE-UNREADABLE"
    backup_store(busy.store, tmp_path / "copy.db")
    (tmp_path / "copy.db").unlink()
    with pytest.raises(UsageError) as gone:
        restore_store(tmp_path / "copy.db", new_shop)
    assert gone.value.where == str(tmp_path / "copy.db")


SUMMARY = '{"type": "summary", "entries": 4, "head": "abc"}'


@pytest.mark.parametrize(
    ("text", "anchor"),
    [
        pytest.param('{"entries": 3, "head": "x"}', Anchor(3, "x"), id="a manifest"),
        pytest.param(f'{{"type": "step"}}\n{SUMMARY}\n', Anchor(4, "abc"), id="a run's output"),
    ],
)
def test_an_anchor_is_read_from_a_manifest_or_a_summary(
    tmp_path: Path, text: str, anchor: Anchor
) -> None:
    (tmp_path / "anchor").write_text(text)
    assert read_manifest(tmp_path / "anchor") == anchor


@pytest.mark.parametrize("text", ["", "hello", "[1]", '{"entries": "3", "head": "x"}', "{}"])
def test_a_file_that_names_no_head_is_no_anchor(tmp_path: Path, text: str) -> None:
    (tmp_path / "anchor").write_text(text)
    with pytest.raises(InvalidError) as error:
        read_manifest(tmp_path / "anchor")
    assert (error.value.code, error.value.exit) == ("E-ANCHOR", 7)


def test_work_goes_on_after_a_backup(busy: Desk, tmp_path: Path) -> None:
    backup_store(busy.store, tmp_path / "copy.db")
    parts = refund_of(1, key="later", units=0)
    with pytest.raises(Exception, match="order line"):
        busy.refund(parts)
    assert check_store(busy.store).ok
