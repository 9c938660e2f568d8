"""What is set and from where; what the store holds, and bringing it up to date."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from returns_cli.store import connection as opening
from returns_cli.store import migrate
from returns_cli.store.schema import SCHEMA_VERSION
from tests.cli.conftest import Run
from tests.operations.desk import SETTINGS, opened, small_shop


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    opened(small_shop(tmp_path), "1001", "1=itchy")
    return tmp_path


def settings(run_cli: Run, *words: str, **asked: Any) -> dict[str, tuple[str | None, str]]:
    rows = json.loads(run_cli("config", "show", "--json", *words, **asked).out)
    return {one["name"]: (one["value"], one["origin"]) for one in rows}


def test_settings_are_shown_with_their_lines_and_defaults(folder: Path, run_cli: Run) -> None:
    (folder / "shop.yaml").write_text(SETTINGS + "gift_tags: [gift, cadeau]\n")

    found = settings(run_cli)

    assert found["currency"] == ("USD", "shop.yaml:3")
    assert found["gift_tags"] == ("gift, cadeau", "shop.yaml:15")
    assert (found["addresses"][0] or "").startswith("main: name: Corner Shop Returns")
    assert found["language"] == ("en", "default")
    assert found["four_eyes_above"] == (None, "default")


def test_options_win_over_variables_and_those_over_what_is_found(
    folder: Path, run_cli: Run
) -> None:
    assert settings(run_cli)["--actor"] == ("ann", "login")
    environ = {"RETURNS_ACTOR": "ben", "RETURNS_SHOP": str(folder)}
    found = settings(run_cli, environ=environ)
    assert found["--actor"] == ("ben", "RETURNS_ACTOR")
    assert found["--shop"] == (str(folder), "RETURNS_SHOP")
    assert settings(run_cli, "--actor", "cy", environ=environ)["--actor"] == ("cy", "--actor")


def test_a_person_sees_origins_where_asked(folder: Path, run_cli: Run) -> None:
    assert "From" not in run_cli("config", "show").out
    assert "shop.yaml:3" in run_cli("config", "show", "--origin").out


def test_the_store_is_counted(folder: Path, run_cli: Run) -> None:
    stats = json.loads(run_cli("store", "stats", "--json").out)

    assert {key: stats[key] for key in ("orders", "lines", "returns", "refunds", "entries")} == {
        "orders": 6, "lines": 7, "returns": 1, "refunds": 0, "entries": 0,
    }  # fmt: skip
    assert (stats["first_on"], stats["last_on"]) == ("2026-03-01", "2026-03-02")
    assert stats["version"] == SCHEMA_VERSION
    assert stats["bytes"] == (folder / "returns.db").stat().st_size
    assert "First on" in run_cli("store", "stats").out


def test_an_older_store_is_brought_up_to_date_after_a_backup(
    folder: Path, run_cli: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    current = {"from": SCHEMA_VERSION, "to": SCHEMA_VERSION, "pending": 0, "backup": None}
    assert json.loads(run_cli("store", "migrate", "--json").out) == current
    later = (*migrate.STEPS, ("later", ("CREATE TABLE later (n INTEGER) STRICT",)))
    monkeypatch.setattr(migrate, "STEPS", later)
    monkeypatch.setattr(opening, "SCHEMA_VERSION", len(later))
    monkeypatch.setattr("returns_cli.store.schema.SCHEMA_VERSION", len(later))

    planned = json.loads(run_cli("store", "migrate", "--dry-run", "--json").out)
    done = json.loads(run_cli("store", "migrate", "--json").out)

    assert (planned["pending"], planned["backup"]) == (1, None)
    assert done == {
        "from": SCHEMA_VERSION,
        "to": SCHEMA_VERSION + 1,
        "pending": 1,
        "backup": f"returns.db.v{SCHEMA_VERSION}.backup",
    }
    assert (folder / done["backup"]).exists()
