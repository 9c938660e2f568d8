from __future__ import annotations

from returns_cli.store.check import check_store
from returns_cli.store.settings import find_settings, keep_settings
from tests.store.desk import Desk

SOURCE = b"name: Oak\ncurrency: EUR\n"


def test_what_was_kept_is_found_for_the_same_text_and_program(desk: Desk) -> None:
    keep_settings(desk.store, SOURCE, "1.0", '{"name":"Oak"}')
    assert find_settings(desk.store, SOURCE, "1.0") == '{"name":"Oak"}'


def test_another_text_or_another_program_finds_nothing(desk: Desk) -> None:
    assert find_settings(desk.store, SOURCE, "1.0") is None
    keep_settings(desk.store, SOURCE, "1.0", "{}")
    assert find_settings(desk.store, SOURCE + b" ", "1.0") is None
    assert find_settings(desk.store, SOURCE, "1.1") is None


def test_only_the_last_text_is_kept(desk: Desk) -> None:
    keep_settings(desk.store, SOURCE, "1.0", "old")
    keep_settings(desk.store, b"name: Ash\n", "1.0", "new")
    assert find_settings(desk.store, SOURCE, "1.0") is None
    assert find_settings(desk.store, b"name: Ash\n", "1.0") == "new"


def test_a_flipped_bit_of_kept_settings_is_noticed(desk: Desk) -> None:
    keep_settings(desk.store, SOURCE, "1.0", '{"currency":"EUR"}')
    assert check_store(desk.store).ok
    desk.store.connection.execute("UPDATE kept_settings SET body = replace(body, 'EUR', 'EUS')")
    (problem,) = check_store(desk.store).problems
    assert problem.code == "E-CHECK-SEAL"
    assert "kept_settings shop.yaml" in problem.message
