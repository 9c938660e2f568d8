"""The step that removes files which ``retention`` in shop.yaml keeps no longer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from returns_cli.domain.errors import OutputError
from returns_cli.operations.run.desk import Desk, Outcome
from returns_cli.operations.run.inbox import INBOX
from returns_cli.operations.run.paper_out import OUTBOX
from returns_cli.operations.run.report import latest_report
from returns_cli.operations.run.take_in import DONE

_DAY = 86_400.0  # seconds
_PLACES = {
    "outbox": (Path(OUTBOX), Path(OUTBOX, "reports")),
    "done": (Path(INBOX, DONE),),
    "rejects": (Path(OUTBOX, "rejects"),),
    "backups": (Path("backups"),),
}


def tidy(desk: Desk) -> Outcome:
    """Remove what is older than its days: files right in those folders, never links or folders.

    Files are as old as the machine's clock says, whatever ``--as-of`` does. The newest backup with
    its manifest, and the newest report, stay: they are what the next run and a restore need.
    """
    outcome = Outcome()
    kept = desk.shop.config.retention
    for name, places in _PLACES.items():
        days = kept.get(name, "none")
        if not days.isdigit():
            continue
        oldest = desk.request.clock() - int(days) * _DAY
        for path in _old(desk.home, places, oldest):
            _remove(desk, path, outcome)
    return outcome


def _old(home: Path, places: tuple[Path, ...], oldest: float) -> Iterator[Path]:
    spared = _spared(home)
    for place in places:
        if (home / place).is_symlink() or not (home / place).is_dir():
            continue
        for path in sorted((home / place).iterdir()):
            is_plain = path.is_file() and not path.is_symlink()
            if is_plain and path not in spared and path.stat().st_mtime < oldest:
                yield path


def _spared(home: Path) -> set[Path]:
    spared = {latest_report(home)}
    backups = home / "backups"
    found = [one for one in backups.glob("*.db") if one.is_file()] if backups.is_dir() else []
    if found:
        newest = max(found, key=lambda one: one.stat().st_mtime)
        spared |= {newest, newest.with_name(f"{newest.name}.manifest.json")}
    return {one for one in spared if one is not None}


def _remove(desk: Desk, path: Path, outcome: Outcome) -> None:
    name = path.relative_to(desk.home).as_posix()
    try:
        if not desk.is_rehearsal:
            path.unlink()
    except OSError as error:
        outcome.failed += 1
        trouble = OutputError(
            "E-RUN-TIDY",
            f"{name} cannot be removed: {error.strerror}.",
            where=name,
            hint="Check the permissions of its folder.",
        )
        outcome.meet(trouble, trouble.exit)
        return
    outcome.done += 1
    outcome.files.append(name)
