"""A whole round without a person, and the same again."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from returns_cli.domain.errors import InvalidError, StoreError, UsageError
from returns_cli.operations.list_runs import list_runs, show_run
from returns_cli.operations.move_refund import RefundsWanted, list_refunds
from returns_cli.operations.run.run_desk import STEPS, typed_request
from returns_cli.operations.shop import Shop
from returns_cli.operations.store_credit import IssueRequest, issue_credit, list_credits
from tests.operations.desk import SETTINGS, inspected, on, opened, received, rehearsed
from tests.operations.run.night import (
    REQUESTS,
    codes,
    dropped,
    files_of,
    night_shop,
    ran,
    step,
)


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return night_shop(tmp_path)


def come_back(shop: Shop) -> str:
    """A return whose goods are in and looked at: its money is due."""
    rma = opened(shop, "1001", "1=itchy")
    received(shop, rma)
    inspected(shop, rma, "1=new")
    return rma


def test_a_round_takes_files_judges_prints_pays_and_reports(shop: Shop) -> None:
    come_back(shop)
    dropped(shop, "requests.csv", f"{REQUESTS}1001,2,too_small,1,r-1\n1006,1,too_small,1,r-2\n")

    lines = ran(shop)

    assert [one["step"] for one in lines if one["type"] == "step"] == [
        "import", "evaluate", "approve", "paper", "refunds", "report",
    ]  # fmt: skip
    assert step(lines, "import") == (1, 0, ["inbox/done/requests.csv"])
    assert step(lines, "evaluate")[:2] == (2, 0)  # the tee is approved, the final sale denied
    assert step(lines, "approve")[0] == 1
    assert [name.rpartition("-")[2] for name in step(lines, "paper")[2]] == [
        "label.pdf",
        "slip.pdf",
    ]
    assert step(lines, "refunds")[:2] == (1, 0)
    assert step(lines, "report")[2] == ["outbox/reports/2026-03-20.json"]
    assert {
        key: lines[-1][key] for key in ("type", "started_at", "ended_at", "entries", "exit")
    } == {
        "type": "summary",
        "started_at": "2026-03-20T10:00:00+00:00",
        "ended_at": "2026-03-20T10:00:00+00:00",
        "entries": 1,
        "exit": 0,
    }
    for name in step(lines, "paper")[2]:
        assert (shop.folder / name).read_bytes().startswith(b"%PDF")


def test_the_same_round_again_changes_nothing(shop: Shop) -> None:
    come_back(shop)
    dropped(shop, "requests.csv", f"{REQUESTS}1001,2,too_small,1,r-1\n")
    first = ran(shop)
    paper = files_of(shop.folder / "outbox")

    again = ran(shop)

    assert [(one["step"], one["done"]) for one in again if one["type"] == "step"] == [
        ("import", 0), ("evaluate", 0), ("approve", 0), ("paper", 0), ("refunds", 0), ("report", 1),
    ]  # fmt: skip
    assert again[-1]["head"] == first[-1]["head"]
    kept = files_of(shop.folder / "outbox")
    assert {name: kept[name] for name in paper if name.endswith(".pdf")} == {
        name: data for name, data in paper.items() if name.endswith(".pdf")
    }


def test_a_night_writes_off_credits_once_their_last_day_is_over(shop: Shop) -> None:
    issue_credit(shop, IssueRequest("25.00", "late", expires="2026-03-31"))
    issue_credit(shop, IssueRequest("5.00", "late", expires="2026-04-30"))

    assert step(ran(on(shop, "2026-03-31")), "refunds")[0] == 0
    assert step(ran(on(shop, "2026-04-01")), "refunds")[0] == 1
    assert step(ran(on(shop, "2026-04-01")), "refunds")[0] == 0
    assert [one["balance"] for one in list_credits(shop)] == ["0.00", "5.00"]


def test_only_the_steps_that_are_named_are_done_in_their_own_order(shop: Shop) -> None:
    lines = ran(shop, "report", "evaluate")

    assert [one["step"] for one in lines if one["type"] == "step"] == ["evaluate", "report"]


def test_a_step_that_is_none_is_named_with_the_one_that_was_meant(shop: Shop) -> None:
    with pytest.raises(UsageError, match="`evalute` is no step") as caught:
        ran(shop, "evalute")

    assert caught.value.hint == "Did you mean evaluate?"


def test_after_its_time_a_run_begins_nothing_new_and_says_so(shop: Shop) -> None:
    seconds = iter([0.0, 1.0, 10.0, 61.0])

    lines = ran(shop, max_seconds=60, ticks=lambda: next(seconds))

    assert [one["step"] for one in lines if one["type"] == "step"] == ["import", "evaluate"]
    assert codes(lines) == [("approve", "W-RUN-TIME", None)]
    assert lines[-1]["exit"] == 0


def test_a_second_run_at_once_ends_and_names_the_first(shop: Shop) -> None:
    lock = shop.folder / "run.lock"
    with lock.open("w") as holder:
        fcntl.flock(holder, fcntl.LOCK_EX)
        holder.write("4242")
        holder.flush()

        with pytest.raises(StoreError, match="Already running, pid 4242") as caught:
            ran(shop)

    assert (caught.value.code, list_runs(shop)) == ("E-RUN-BUSY", [])
    assert ran(shop)[-1]["exit"] == 0
    assert lock.read_text() == str(os.getpid())


def test_a_lock_that_is_a_link_is_not_followed(shop: Shop, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("kept")
    (shop.folder / "run.lock").symlink_to(victim)

    with pytest.raises(StoreError, match="cannot be made"):
        ran(shop)

    assert victim.read_text() == "kept"


def test_a_broken_policy_stops_the_judging_and_nothing_else(shop: Shop) -> None:
    come_back(shop)
    (shop.folder / "policies" / "plain.yaml").write_text("policy: [\n")
    dropped(shop, "requests.csv", f"{REQUESTS}1001,2,too_small,1,r-1\n")

    lines = ran(on(shop, "2026-03-21"))

    assert step(lines, "import")[0] == 1
    assert step(lines, "evaluate")[:2] == (0, 1)
    assert step(lines, "report")[0] == 1
    assert {name for name, *_ in codes(lines)} <= {"evaluate", "refunds"}
    assert lines[-1]["exit"] == 7


def test_a_wrong_inbox_entry_is_refused_before_anything_is_done(tmp_path: Path) -> None:
    settings = SETTINGS + (
        "inbox:\n"
        "  - {files: 'a*', command: orders import, options: --form shopify}\n"
        "  - {files: 'b*', command: orders eat}\n"
        "  - {files: 'c*', command: requests import, options: --channel}\n"
    )
    shop = night_shop(tmp_path, settings=settings)

    with pytest.raises(InvalidError) as caught:
        ran(shop)

    known = (
        "customers import, products import, orders import, shipments import, requests import, "
        "receive --file, inspect --file, dispose --file, refunds reconcile"
    )
    assert [one.message for one in caught.value.problems] == [
        "Entry 1 of inbox (a*): `--form` is no option of orders import; did you mean --from.",
        f"Entry 2 of inbox (b*): `orders eat` reads no files. One of: {known}.",
        "Entry 3 of inbox (c*): `--channel` wants a value.",
    ]
    assert list_runs(shop) == []


def test_a_dry_run_says_what_the_run_then_does_and_leaves_nothing(shop: Shop) -> None:
    come_back(shop)
    dropped(shop, "requests.csv", f"{REQUESTS}1001,2,too_small,1,r-1\n9,1,too_small,1,r-2\n")
    before = files_of(shop.folder)

    said = ran(rehearsed(shop))

    assert files_of(shop.folder) == before
    assert ran(shop) == said
    assert said[-1]["exit"] == 3


def test_what_a_killed_dry_run_left_is_swept_away(shop: Shop) -> None:
    (shop.folder / ".rehearsal-x1").mkdir()
    (shop.folder / ".rehearsal-x1" / "returns.db").write_text("a copy")

    ran(shop)

    assert not (shop.folder / ".rehearsal-x1").exists()


def test_a_journal_that_lost_what_the_last_report_saw_stops_the_next_run(shop: Shop) -> None:
    shutil.copy(shop.folder / "returns.db", shop.folder / "before.db")
    come_back(shop)
    assert ran(shop)[-1]["entries"] == 1
    shutil.copy(shop.folder / "before.db", shop.folder / "returns.db")

    with pytest.raises(StoreError, match="report of 2026-03-20 saw") as caught:
        ran(on(shop, "2026-03-21"))

    assert caught.value.code == "E-RUN-ANCHOR"
    assert list_refunds(shop, RefundsWanted()) == []  # nothing is paid a second time
    (shop.folder / "outbox" / "reports" / "2026-03-20.json").unlink()
    assert ran(on(shop, "2026-03-21"))[-1]["exit"] == 0


def test_a_report_that_is_none_any_more_stops_nobody(shop: Shop) -> None:
    ran(shop)
    report = shop.folder / "outbox" / "reports" / "2026-03-20.json"
    report.write_text("")

    assert ran(shop)[-1]["exit"] == 0
    assert json.loads(report.read_text())["date"] == "2026-03-20"


def test_the_report_holds_the_board_the_journal_and_the_steps_before_it(shop: Shop) -> None:
    come_back(shop)
    head = ran(shop)[-1]["head"]

    report = json.loads((shop.folder / "outbox" / "reports" / "2026-03-20.json").read_text())

    assert (report["entries"], report["head"]) == (1, head)
    # 12.50 less the tenth for restocking and 6.95 for the parcel: 12.50 - 1.25 - 6.95
    assert report["status"]["money_due"] == {"USD": "4.30"}
    assert [one["step"] for one in report["steps"]] == [
        "import", "evaluate", "approve", "paper", "refunds",
    ]  # fmt: skip


def test_runs_are_recorded_with_steps_and_places_but_not_with_what_cells_held(shop: Shop) -> None:
    dropped(
        shop, "requests.csv", f"{REQUESTS}1001,2,too_small,1,r-1\nNora None,1,too_small,1,r-2\n"
    )
    ran(shop)

    shown: Any = show_run(shop, 1)

    assert shown["problems"] == [
        {"step": "import", "code": "E-ORDER-UNKNOWN", "file": "requests.csv", "line": 3}
    ]
    assert "Nora" not in json.dumps(shown)
    assert shown["steps"][0] == {
        "step": "import",
        "done": 1,
        "failed": 0,
        "files": ["inbox/done/requests.csv"],
    }
    assert [(one["run"], one["exit"]) for one in list_runs(shop)] == [(1, 3)]


def test_a_run_that_was_stopped_has_no_end(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setitem(STEPS, "paper", stop)
    with pytest.raises(KeyboardInterrupt):
        ran(shop)

    assert [(one["ended_at"], one["exit"]) for one in list_runs(shop)] == [(None, None)]
    steps: Any = show_run(shop, 1)["steps"]
    assert [one["step"] for one in steps] == ["import", "evaluate", "approve"]


def test_a_store_that_fails_half_way_ends_the_run_with_8(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> None:
        raise StoreError("E-STORE-FULL", "The disk is full.", where="returns.db")

    monkeypatch.setitem(STEPS, "evaluate", fail)

    lines = ran(shop)

    assert [one["type"] for one in lines] == ["step", "problem", "summary"]
    assert (lines[1]["code"], lines[2]["exit"]) == ("E-STORE-FULL", 8)


@pytest.mark.parametrize(
    ("typed", "seconds"), [("90", 90), ("90s", 90), ("30m", 1800), ("2h", 7200)]
)
def test_a_time_is_typed_in_seconds_minutes_or_hours(shop: Shop, typed: str, seconds: int) -> None:
    assert typed_request(shop, None, None, typed).max_seconds == seconds


@pytest.mark.parametrize("typed", ["", "soon", "-5", "１２", "1.5h", "9999999"])
def test_what_is_no_time_is_refused(shop: Shop, typed: str) -> None:
    with pytest.raises(UsageError, match="is no time"):
        typed_request(shop, None, None, typed)


def test_steps_and_a_day_are_read_as_typed(shop: Shop) -> None:
    request = typed_request(shop, "import, report", "2026-03-05", None)

    assert request.steps == ("import", "report")
    assert str(request.since) == "2026-03-05"


def test_what_is_older_than_since_is_left_alone(shop: Shop) -> None:
    rma = come_back(on(shop, "2026-03-10"))
    fresh = opened(shop, "1001", "2=itchy")

    lines = ran(shop, since=shop.today)

    made = step(lines, "paper")[2]
    assert all(fresh in name for name in made)
    assert not any(rma in name for name in made)
