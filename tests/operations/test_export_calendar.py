from __future__ import annotations

from pathlib import Path

import pytest

from returns_cli.operations.export_calendar import export_calendar
from returns_cli.operations.move_refund import confirm_refund
from returns_cli.operations.record_refund import RefundRequest, record_refund
from returns_cli.operations.shop import Shop
from tests.operations.desk import (
    POLICY,
    SETTINGS,
    inspected,
    on,
    opened,
    received,
    rehearsed,
    small_shop,
)


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return small_shop(tmp_path)


def due(shop: Shop) -> list[tuple[str, str]]:
    """Day and UID of every event, as a reader of lines finds them."""
    lines = str(export_calendar(shop)["content"]).split("\r\n")
    days = [line.partition(":")[2] for line in lines if line.startswith("DTSTART")]
    return list(zip(days, [line[4:] for line in lines if line.startswith("UID:")], strict=True))


def test_a_return_walks_through_its_promises(shop: Shop) -> None:
    assert due(shop) == []
    rma = opened(shop, "1001", "1=itchy")
    # 20 March + 21 days of the label
    assert due(shop) == [("20260410", f"{rma}-post_by@returns")]
    received(shop, rma)
    # the policy gives the refund 5 days
    assert due(shop) == [("20260325", f"{rma}-inspect_by@returns")]
    later = on(shop, "2026-03-23")
    inspected(later, rma, "1=new")
    assert due(later) == [("20260328", f"{rma}-refund_by@returns")]
    refund = record_refund(later, RefundRequest(rma))
    assert due(later) == [("20260328", f"{rma}-refund_by@returns")]
    confirm_refund(later, str(refund["refund"]), "ch_1")
    assert due(later) == []


def test_working_days_and_holidays_count(tmp_path: Path) -> None:
    policy = POLICY.replace("within_days: 5", "within_business_days: 2")
    settings = SETTINGS + "holidays: [2026-03-23]\n"
    shop = small_shop(tmp_path, settings=settings, policy=policy)
    rma = opened(shop, "1001", "1=itchy")
    received(shop, rma)
    # Friday 20 March; Monday is a holiday: Tuesday 24, Wednesday 25
    assert due(shop) == [("20260325", f"{rma}-inspect_by@returns")]


def test_a_policy_that_promises_nothing_has_no_such_day(tmp_path: Path) -> None:
    shop = small_shop(tmp_path, policy=POLICY.replace("within_days: 5, ", ""))
    rma = opened(shop, "1001", "1=itchy")
    received(shop, rma)
    assert due(shop) == []
    inspected(shop, rma, "1=new")
    assert due(shop) == []


def test_what_came_last_is_waited_for_and_an_expired_return_is_not(shop: Shop) -> None:
    rma = opened(shop, "1001", "1=itchy", "2=itchy")
    opened(shop, "1003", "1=itchy")
    opened(shop, "1006", "1=itchy")  # denied
    opened(shop, "1004", "1=itchy")  # in euros: waits for a person, nothing is promised
    late = on(shop, "2026-04-11")
    received(on(shop, "2026-04-01"), rma, "1")
    received(on(shop, "2026-04-03"), rma, "2:1")
    inspected(on(shop, "2026-04-03"), rma, "1=damaged")
    # line 1: inspected on the 3rd, paid by the 8th; line 2: arrived on the 3rd
    assert [day for day, _ in due(late)] == ["20260408", "20260408"]


def test_the_file_names_no_person(shop: Shop, tmp_path: Path) -> None:
    opened(shop, "1001", "1=itchy")
    target = tmp_path / "due.ics"
    assert export_calendar(rehearsed(shop), target)["events"] == 1
    assert not target.exists()
    answer = export_calendar(shop, target)
    text = target.read_bytes().decode()
    assert (answer["path"], answer["content"]) == (str(target), text)
    assert "NAME:Corner Shop: returns\r\n" in text
    for personal in ("Ann", "ann@example.com", "Ana", "Cluj", "400001", "1001"):
        assert personal not in text
