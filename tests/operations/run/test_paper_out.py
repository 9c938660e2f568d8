"""Labels and slips of a run: once for a decision, tried again where something was missing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from returns_cli.operations.evaluate_returns import evaluate_returns
from returns_cli.operations.shop import Shop
from tests.operations.desk import POLICY, on, opened, received, written
from tests.operations.run.night import NOW, codes, night_shop, ran, step


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return night_shop(tmp_path)


def names(lines: list[object]) -> list[str]:
    return [Path(one).name for one in step(lines, "paper")[2]]


def test_paper_taken_from_the_outbox_is_not_made_again(shop: Shop) -> None:
    rma = opened(shop, "1001", "2=itchy")
    assert names(ran(shop)) == [f"{rma}-label.pdf", f"{rma}-slip.pdf"]
    for path in (shop.folder / "outbox").glob("*.pdf"):
        path.unlink()

    assert names(ran(shop)) == []


def test_a_new_decision_gets_new_paper(shop: Shop) -> None:
    rma = opened(shop, "1001", "2=itchy")
    ran(shop)
    written(shop, "policies/plain.yaml", POLICY.replace("days: 30", "days: 40"))
    evaluate_returns(on(shop, "2026-03-21"), [rma], repin=True)

    assert names(ran(on(shop, "2026-03-21"))) == [f"{rma}-label.pdf", f"{rma}-slip.pdf"]


def test_goods_that_came_and_goods_that_stay_need_no_paper(shop: Shop) -> None:
    arrived = opened(shop, "1001", "2=itchy")
    received(shop, arrived)
    opened(shop, "1005", "1=damaged_in_transit")  # a candle of 8.00 that the customer keeps

    assert names(ran(shop)) == []


def test_a_policy_without_labels_still_has_slips(tmp_path: Path) -> None:
    policy = POLICY.replace("label: {kind: prepaid, valid_days: 21}", "label: {kind: none}")
    shop = night_shop(tmp_path, policy=policy)
    rma = opened(shop, "1001", "2=itchy")

    assert names(ran(shop)) == [f"{rma}-slip.pdf"]


def test_what_cannot_be_printed_is_told_and_the_rest_is_made(shop: Shop) -> None:
    good = opened(shop, "1001", "2=itchy")
    bad = opened(shop, "1003", "1=itchy")  # its label has a sign that no font has, not its slip

    lines = ran(shop)

    assert sorted(names(lines)) == sorted(
        [f"{good}-label.pdf", f"{good}-slip.pdf", f"{bad}-slip.pdf"]
    )
    assert step(lines, "paper")[:2] == (3, 1)
    assert [code for _, code, _ in codes(lines)] == ["E-GLYPH-MISSING"]
    assert lines[-1]["exit"] == 3
    assert step(ran(shop), "paper") == (0, 1, [])


def test_where_nothing_can_be_printed_the_run_goes_on(shop: Shop) -> None:
    rma = opened(shop, "1003", "1=itchy")

    lines = ran(shop)

    assert step(lines, "paper") == (1, 1, [f"outbox/{rma}-slip.pdf"])
    assert step(lines, "report")[0] == 1
    assert lines[-1]["exit"] == 3


def test_half_written_files_that_a_kill_left_are_removed(shop: Shop) -> None:
    outbox = shop.folder / "outbox"
    outbox.mkdir(exist_ok=True)
    left, at_work = outbox / ".abc.tmp", outbox / ".def.tmp"
    left.write_bytes(b"%PDF")
    at_work.write_bytes(b"%PDF")
    os.utime(at_work, (NOW, NOW - 60))

    ran(shop)

    assert (left.exists(), at_work.exists()) == (False, True)


def test_an_outbox_that_cannot_be_written_is_told_and_tried_again(shop: Shop) -> None:
    rma = opened(shop, "1001", "2=itchy")
    outbox = shop.folder / "outbox"
    (outbox / f"{rma}-label.pdf").mkdir()

    lines = ran(shop)

    assert [code for _, code, _ in codes(lines)] == ["E-OUTPUT-FILE"]
    assert lines[-1]["exit"] == 9
    (outbox / f"{rma}-label.pdf").rmdir()
    assert names(ran(shop)) == [f"{rma}-label.pdf"]
