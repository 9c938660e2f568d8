"""What ``retention`` removes, and what it never does."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.operations.desk import SETTINGS, rehearsed
from tests.operations.run.night import NOW, codes, night_shop, ran, step

DAY = 86_400.0
KEPT = "retention: {outbox: 30, done: 10, rejects: none, backups: 5}\n"


def aged(folder: Path, name: str, days: float) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("x")
    os.utime(path, (NOW, NOW - days * DAY))
    return path


def test_files_go_when_their_days_are_over(tmp_path: Path) -> None:
    shop = night_shop(tmp_path, settings=SETTINGS + KEPT)
    old = aged(tmp_path, "outbox/RMA-1-label.pdf", 30.1)
    fresh = aged(tmp_path, "outbox/RMA-2-label.pdf", 29.9)
    handled = aged(tmp_path, "inbox/done/orders.csv", 11)
    rejects = aged(tmp_path, "outbox/rejects/orders.rejects.csv", 4000)

    lines = ran(shop, "tidy")

    assert step(lines, "tidy") == (2, 0, ["outbox/RMA-1-label.pdf", "inbox/done/orders.csv"])
    assert [one.exists() for one in (old, fresh, handled, rejects)] == [False, True, False, True]


def test_the_newest_backup_and_the_newest_report_stay(tmp_path: Path) -> None:
    shop = night_shop(tmp_path, settings=SETTINGS + KEPT)
    aged(tmp_path, "backups/1.db", 40)
    newest = aged(tmp_path, "backups/2.db", 30)
    manifest = aged(tmp_path, "backups/2.db.manifest.json", 30)
    aged(tmp_path, "outbox/reports/2026-01-01.json", 90)
    report = aged(tmp_path, "outbox/reports/2026-01-02.json", 80)

    lines = ran(shop, "tidy")

    assert step(lines, "tidy")[2] == ["outbox/reports/2026-01-01.json", "backups/1.db"]
    assert newest.exists()
    assert manifest.exists()
    assert report.exists()


def test_links_and_folders_are_never_removed_or_followed(tmp_path: Path) -> None:
    shop = night_shop(tmp_path / "shop", settings=SETTINGS + KEPT)
    outside = aged(tmp_path, "outside/precious.csv", 400)
    (tmp_path / "shop" / "outbox" / "link.csv").symlink_to(outside)
    aged(tmp_path, "shop/outbox/deep/kept.csv", 400)
    (tmp_path / "shop" / "backups").symlink_to(outside.parent)

    assert step(ran(shop, "tidy"), "tidy") == (0, 0, [])
    assert outside.exists()


def test_a_dry_run_names_what_would_go_and_leaves_it(tmp_path: Path) -> None:
    shop = night_shop(tmp_path, settings=SETTINGS + KEPT)
    old = aged(tmp_path, "outbox/RMA-1-label.pdf", 31)

    assert step(ran(rehearsed(shop)), "tidy")[2] == ["outbox/RMA-1-label.pdf"]
    assert old.exists()


def test_a_file_that_cannot_be_removed_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = night_shop(tmp_path, settings=SETTINGS + KEPT)
    aged(tmp_path, "outbox/RMA-1-label.pdf", 31)

    def refuse(self: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "unlink", refuse)
    lines = ran(shop, "tidy")

    assert step(lines, "tidy") == (0, 1, [])
    assert [code for _, code, _ in codes(lines)] == ["E-RUN-TIDY"]
    assert lines[-1]["exit"] == 9
