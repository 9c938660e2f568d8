"""Every column that no seal covers: what ``check`` notices of it, and why not where it does not."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from returns_cli.store.check import check_store
from returns_cli.store.connection import STORE_NAME, open_store
from returns_cli.store.facts import FACTS
from tests.store.desk import busy_desk
from tests.store.test_journal import as_owner

NOT_NOTICED = {
    ("_sqlite_migrations", "id"): "the schema itself is compared with what the program makes",
    ("_sqlite_migrations", "migration_set"): "the schema itself is compared",
    ("_sqlite_migrations", "name"): "the schema itself is compared",
    ("_sqlite_migrations", "applied_at"): "no fact of the shop",
    ("orders", "source_line"): "where a row stood in its file: no money and no verdict rests on it",
    ("order_line", "source_line"): "where a row stood in its file",
    ("batch_part", "command"): "answers of a batch that was stopped; gone once it is finished",
    ("batch_part", "work"): "answers of a batch that was stopped",
    ("batch_part", "part"): "answers of a batch that was stopped",
    ("batch_part", "body"): "answers of a batch that was stopped",
    ("customer_source", "customer_pk"): "which file brought a customer last",
    ("customer_source", "file_id"): "which file brought a customer last",
    ("customer_source", "source_line"): "where a row stood in its file",
    ("product_source", "sku"): "which file brought a product last",
    ("product_source", "file_id"): "which file brought a product last",
    ("product_source", "source_line"): "where a row stood in its file",
}
_OTHER = {
    "INTEGER": "coalesce({0}, 0) + 700",
    "TEXT": "coalesce({0}, '') || 'x'",
    "BLOB": "x'07'",
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store where everything has happened once."""
    folder = tmp_path_factory.mktemp("whole")
    busy_desk(folder).store.close()
    return folder / STORE_NAME


def _unsealed(path: Path) -> dict[tuple[str, str], str]:
    """Each column that no seal covers, and its type."""
    with closing(sqlite3.connect(path)) as raw:
        tables = raw.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
        return {
            (table, column): kind
            for (table,) in tables
            if table not in FACTS and not table.startswith("sqlite_")
            for _, column, kind, *_ in raw.execute(f"PRAGMA table_info({table})")
        }


def test_what_is_not_noticed_are_columns_of_the_store(whole: Path) -> None:
    assert NOT_NOTICED.keys() <= _unsealed(whole).keys()


@pytest.mark.parametrize(
    "table", ["journal", "posting", "orders", "order_line", "order_person", "return_search"]
)
def test_what_no_seal_covers_is_noticed_all_the_same(
    table: str, whole: Path, tmp_path: Path
) -> None:
    columns = {pair: kind for pair, kind in _unsealed(whole).items() if pair[0] == table}
    with closing(sqlite3.connect(whole)) as raw:
        rules = raw.execute("SELECT sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    unnoticed = set()
    for place, kind in columns.items():
        shutil.copyfile(whole, tmp_path / STORE_NAME)
        change = f"UPDATE {table} SET {place[1]} = {_OTHER[kind].format(place[1])}"
        as_owner(
            tmp_path / STORE_NAME,
            change,
            *(sql for (sql,) in rules),
            is_heedless=True,
        )
        with open_store(tmp_path) as store:
            if check_store(store).ok:
                unnoticed.add(place)
    assert unnoticed == {place for place in NOT_NOTICED if place[0] == table}


def test_every_other_column_is_accounted_for(whole: Path) -> None:
    tried = {"journal", "posting", "orders", "order_line", "order_person", "return_search"}
    left = {place for place in _unsealed(whole) if place[0] not in tried}
    assert left <= NOT_NOTICED.keys(), "seal it, or say why nobody needs to notice"
