from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from returns_cli import __version__
from returns_cli.operations import kept_trees
from returns_cli.operations.evaluate_returns import evaluate_returns
from returns_cli.operations.explain_return import explain_return
from returns_cli.operations.prove_store import check_shop
from returns_cli.operations.rule_on_returns import rule_on_returns
from returns_cli.operations.shop import Shop
from returns_cli.store.settings import find_tree, keep_tree
from tests.operations.desk import CLOCK, POLICY, opened, small_shop

Refuse = Callable[[], None]


@pytest.fixture
def no_yaml(monkeypatch: pytest.MonkeyPatch) -> Refuse:
    """From its call on, reading YAML fails the test."""

    def refuse(data: bytes, shown_as: str) -> None:
        raise AssertionError(f"{shown_as} was read as YAML")

    return lambda: monkeypatch.setattr("returns_cli.notation.read._read", refuse)


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return small_shop(tmp_path)


def again(shop: Shop, *, dry_run: bool = False) -> Shop:
    """The shop as the next command finds it."""
    return Shop(shop.folder, "ann", CLOCK, dry_run=dry_run)


def run(shop: Shop, statement: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(shop.folder / "returns.db", isolation_level=None)
    rows = connection.execute(statement).fetchall()
    connection.close()
    return rows


def trees(shop: Shop) -> list[object]:
    return [
        name for (name,) in run(shop, "SELECT name FROM kept_settings WHERE name LIKE 'yaml/%'")
    ]


def edit_policy(shop: Shop, old: str, new: str) -> None:
    path = shop.folder / "policies" / "plain.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def name_of(text: str) -> str:
    return "yaml/" + hashlib.sha256(text.encode()).hexdigest()


def test_a_policy_that_judged_once_is_not_read_as_yaml_again(shop: Shop, no_yaml: Refuse) -> None:
    rma = opened(shop, "1001", "1=too_small")
    first = evaluate_returns(again(shop), [rma])
    no_yaml()
    assert evaluate_returns(again(shop), [rma]) == first
    opened(again(shop), "1002", "1=too_small")
    assert "plain.yaml:" in str(explain_return(again(shop), rma)["explanation"])


def test_the_text_that_a_ruled_return_keeps_is_not_read_again(shop: Shop, no_yaml: Refuse) -> None:
    rma = opened(shop, "1006", "1=too_small")
    rule_on_returns(again(shop), "approve", [rma], why="a kindness")
    edit_policy(shop, "days: 30", "days: 40")
    evaluate_returns(again(shop), [rma])
    no_yaml()
    (answer,) = evaluate_returns(again(shop), [rma])
    assert "'30'" in str(answer["lines"])


def test_an_edit_is_seen_at_once_and_kept_by_what_is_written(shop: Shop) -> None:
    rma = opened(shop, "1001", "1=too_small")
    assert trees(shop) == [name_of(POLICY)]
    edit_policy(shop, "days: 30", "days: 5")
    assert evaluate_returns(again(shop), [rma])[0]["verdict"] == "deny"
    assert sorted(map(str, trees(shop))) == sorted(
        [name_of(POLICY), name_of(POLICY.replace("days: 30", "days: 5"))]
    )


def test_a_rehearsal_and_a_reading_command_keep_nothing(shop: Shop) -> None:
    rma = opened(shop, "1001", "1=too_small")
    run(shop, "DELETE FROM kept_settings")
    evaluate_returns(again(shop, dry_run=True), [rma])
    explain_return(again(shop), rma)
    assert trees(shop) == []


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param(
            "UPDATE kept_settings SET body = replace(body, '30', '90')", id="a changed bit"
        ),
        pytest.param("UPDATE kept_settings SET program = '0.0.1'", id="another version's"),
        pytest.param("DELETE FROM kept_settings", id="nothing kept"),
        pytest.param("DROP TABLE kept_settings", id="no such table"),
    ],
)
def test_without_a_good_copy_the_file_is_read(shop: Shop, statement: str) -> None:
    rma = opened(shop, "1001", "1=too_small")
    first = evaluate_returns(again(shop), [rma])
    run(shop, statement)
    assert evaluate_returns(again(shop), [rma]) == first


def test_a_sealed_text_that_is_no_tree_is_passed_over(shop: Shop) -> None:
    rma = opened(shop, "1001", "1=too_small")
    first = evaluate_returns(again(shop), [rma])
    with shop.open_store() as store, store.writing():
        keep_tree(store, name_of(POLICY).removeprefix("yaml/"), __version__, "[1]")
    assert evaluate_returns(again(shop), [rma]) == first
    assert check_shop(again(shop))["ok"] is True


def test_trees_of_other_versions_go_and_all_go_when_there_are_very_many(shop: Shop) -> None:
    with shop.open_store() as store, store.writing():
        keep_tree(store, "0" * 64, "0.0.1", "old")
        for number in range(64):
            keep_tree(store, f"{number:064x}", "1", str(number))
        assert find_tree(store, "0" * 64, "0.0.1") is None
        assert find_tree(store, f"{63:064x}", "1") == "63"
        keep_tree(store, "f" * 64, "1", "new")
        assert find_tree(store, f"{63:064x}", "1") is None
        assert find_tree(store, "f" * 64, "1") == "new"


def test_a_long_text_is_read_anew_each_time(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_trees, "_LONGEST_KEPT", 100)
    opened(shop, "1001", "1=too_small")
    assert trees(shop) == []


def test_policies_are_read_from_their_files_where_the_store_is_closed(shop: Shop) -> None:
    with shop.open_store():
        pass
    assert [one.id for one in shop.policies()] == ["plain"]
