from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from returns_cli.domain.errors import Exit, InvalidError
from returns_cli.operations import settings
from returns_cli.operations.list_returns import list_returns
from returns_cli.operations.prove_store import verify_journal
from returns_cli.operations.shop import SHOP_FILE, Shop
from tests.operations.desk import CLOCK, SETTINGS, opened, small_shop


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return small_shop(tmp_path)


def again(shop: Shop, *, dry_run: bool = False) -> Shop:
    """The shop as the next command finds it."""
    return Shop(shop.folder, "ann", CLOCK, dry_run=dry_run)


def edit(shop: Shop, old: str, new: str) -> None:
    path = shop.folder / SHOP_FILE
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def kept(shop: Shop) -> list[tuple[bytes, str, str]]:
    with shop.open_store(read_only=True) as store:
        return store.connection.execute(
            "SELECT source, program, body FROM kept_settings WHERE name = 'shop.yaml'"
        ).fetchall()


def damage(shop: Shop, statement: str) -> None:
    connection = sqlite3.connect(shop.folder / "returns.db")
    with connection:
        connection.execute(statement)
    connection.close()


def test_a_writing_command_keeps_what_the_file_says(shop: Shop) -> None:
    ((source, _, body),) = kept(shop)
    assert source == SETTINGS.encode()
    assert '"name":"Corner Shop"' in body


def test_the_next_command_reads_no_yaml_and_has_equal_settings(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(data: bytes, shown_as: str) -> None:
        raise AssertionError(f"{shown_as} was read as YAML")

    monkeypatch.setattr("returns_cli.policy.shop_file.parse_shop", refuse)
    later = again(shop)
    assert list_returns(later) == []
    assert later.config == shop.config


def test_an_edit_is_seen_at_once(shop: Shop) -> None:
    edit(shop, "timezone: UTC", "timezone: Asia/Tokyo")
    later = again(shop)
    list_returns(later)
    assert later.config.timezone == "Asia/Tokyo"


def test_an_edit_is_kept_by_the_next_writing_command(shop: Shop) -> None:
    edit(shop, "Corner Shop\n", "Other Shop\n")
    opened(again(shop), "1001", "1=too_small")
    ((source, _, body),) = kept(shop)
    assert b"name: Other Shop" in source
    assert '"name":"Other Shop"' in body


@pytest.mark.parametrize("dry_run", [False, True], ids=["reading", "dry run"])
def test_a_command_that_must_not_write_keeps_nothing(shop: Shop, dry_run: bool) -> None:
    edit(shop, "Corner Shop\n", "Other Shop\n")
    before = kept(shop)
    later = again(shop, dry_run=dry_run)
    with later.open_store(read_only=not dry_run):
        assert later.config.name == "Other Shop"
    assert kept(shop) == before


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param("DELETE FROM kept_settings", id="nothing kept"),
        pytest.param("UPDATE kept_settings SET body = '{}'", id="not the text of settings"),
        pytest.param("UPDATE kept_settings SET program = '0.0.1'", id="another version's"),
        pytest.param("UPDATE kept_settings SET source = x'00'", id="of another text"),
        pytest.param("DROP TABLE kept_settings", id="no such table"),
    ],
)
def test_without_a_good_copy_the_file_is_read(shop: Shop, statement: str) -> None:
    damage(shop, statement)
    later = again(shop)
    list_returns(later)
    assert later.config == shop.config


def test_a_damaged_copy_is_replaced(shop: Shop) -> None:
    damage(shop, "UPDATE kept_settings SET body = '{'")
    opened(again(shop), "1001", "1=too_small")
    ((_, _, body),) = kept(shop)
    assert '"name":"Corner Shop"' in body


def test_a_wrong_file_stops_whoever_needs_it_and_nobody_else(shop: Shop) -> None:
    edit(shop, "currency: USD", "currency: dollars")
    later = again(shop)
    assert verify_journal(later)["ok"] is True
    with later.open_store() as store:
        assert store.folder == shop.folder
    with pytest.raises(InvalidError) as caught:
        later.config.name  # noqa: B018 - asking is what is refused
    assert caught.value.exit is Exit.INVALID


def test_a_file_that_cannot_be_read_is_told_by_whoever_needs_it(shop: Shop) -> None:
    path = shop.folder / SHOP_FILE
    path.unlink()
    path.mkdir()
    later = again(shop)
    assert verify_journal(later)["ok"] is True
    with pytest.raises(InvalidError, match="cannot be read"):
        later.config.name  # noqa: B018 - asking is what is refused


def test_a_very_long_file_is_read_anew_each_time(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = kept(shop)
    edit(shop, "Corner Shop\n", "Other Shop\n")
    monkeypatch.setattr(settings, "_LONGEST_KEPT", 100)
    later = again(shop)
    opened(later, "1001", "1=too_small")
    assert later.config.name == "Other Shop"
    assert kept(shop) == before


def test_a_store_that_cannot_be_written_keeps_nothing_and_says_nothing(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(shop, "Corner Shop\n", "Other Shop\n")
    before = kept(shop)
    other = sqlite3.connect(shop.folder / "returns.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    monkeypatch.setattr("returns_cli.store.connection._BUSY_SECONDS", 0.0)
    try:
        with (later := again(shop)).open_store():
            assert later.config.name == "Other Shop"
    finally:
        other.close()
    assert kept(shop) == before
