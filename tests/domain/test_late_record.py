from __future__ import annotations

from collections.abc import Mapping

from returns_cli.domain.late_record import LateRecord


def test_a_late_record_is_worked_out_once_and_only_when_it_is_looked_at() -> None:
    asked: list[str] = []

    def work_out() -> Mapping[str, object]:
        asked.append("now")
        return {"line": 2, "sku": "TEE"}

    record = LateRecord(work_out)
    assert asked == []
    assert record["sku"] == "TEE"
    assert list(record) == ["line", "sku"]
    assert len(record) == 2
    assert record == {"line": 2, "sku": "TEE"}
    assert asked == ["now"]


def test_a_late_record_shows_what_it_holds() -> None:
    assert repr(LateRecord(lambda: {"line": 2})) == "{'line': 2}"
    assert LateRecord(lambda: {"line": 2}).write is None
