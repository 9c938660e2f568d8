"""The step that writes the day's report, and the look at the last one before a run begins.

A report names the count and the head of the journal. The store alone cannot show that its newest
entries were cut away: the report, which lies outside it, can.
"""

from __future__ import annotations

import json
from pathlib import Path

from returns_cli.documents import write_file
from returns_cli.domain.errors import InvalidError, StoreError, UsageError
from returns_cli.operations.prove_store import verify_journal
from returns_cli.operations.run.desk import Desk, Outcome
from returns_cli.operations.run.paper_out import OUTBOX
from returns_cli.operations.shop import Shop
from returns_cli.operations.shop_status import shop_status

REPORTS = "reports"


def report(desk: Desk) -> Outcome:
    """Prove the journal and write ``outbox/reports/DAY.json``: the board, the journal, the steps.

    A later run of the same day replaces it.
    """
    shop = desk.shop
    proved = verify_journal(shop)
    content = {
        "date": shop.today.isoformat(),
        "entries": proved["entries"],
        "head": proved["head"],
        "status": shop_status(shop),
        "steps": desk.done,
    }
    name = Path(OUTBOX, REPORTS, f"{shop.today.isoformat()}.json")
    (shop.folder / name).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    text = json.dumps(content, ensure_ascii=False, indent=2)
    write_file(shop.folder / name, f"{text}\n".encode())
    return Outcome(done=1, files=[name.as_posix()])


def check_against_last_report(shop: Shop) -> None:
    """Refuse to work on a journal that has lost what the last report saw.

    Raises:
        StoreError: ``E-RUN-ANCHOR``, or the journal is damaged (8).
    """
    last = latest_report(shop.folder)
    if last is None:
        return
    try:
        proved = verify_journal(shop, last)
    except (InvalidError, UsageError):
        return  # no report any more: the next one takes its place
    if not proved["ok"]:
        raise StoreError(
            "E-RUN-ANCHOR",
            f"The journal is another than the report of {last.stem} saw: entries are missing or "
            "were changed.",
            where=f"{OUTBOX}/{REPORTS}/{last.name}",
            hint="Look with `returns journal verify --anchor` at that file. If a backup was put "
            "back on purpose, record again what was paid since, then move the report away.",
        )


def latest_report(folder: Path) -> Path | None:
    """The newest report by its day; None before the first."""
    reports = folder / OUTBOX / REPORTS
    found = sorted(reports.glob("????-??-??.json")) if reports.is_dir() else []
    return found[-1] if found else None
