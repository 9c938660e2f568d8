"""A clerk with a scanner: every word true, every fact counted once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from returns_cli.domain.errors import UsageError
from returns_cli.operations.import_master_data import import_products
from returns_cli.operations.list_unexpected import list_unexpected_goods
from returns_cli.operations.prove_store import check_shop
from returns_cli.operations.scan.station import ScanRequest, scan
from returns_cli.operations.shop import Shop
from returns_cli.operations.show_return import show_return
from returns_cli.store.connection import open_store
from returns_cli.store.floor import list_unexpected
from tests.operations.desk import on, opened, received, small_shop, sold, written


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return small_shop(tmp_path)


@pytest.fixture
def rma(shop: Shop) -> str:
    """A mug and two tees, all approved."""
    return opened(shop, "1001", "1=itchy", "2=itchy")


def words(shop: Shop, *codes: str, **asked: Any) -> list[str]:
    return [one["word"] for one in answers(shop, *codes, **asked)]


def answers(shop: Shop, *codes: str, **asked: Any) -> list[Any]:
    return list(scan(shop, codes, ScanRequest(**asked)))


def goods(shop: Shop, rma: str) -> tuple[int, int]:
    """Units received, units inspected."""
    shown = show_return(shop, rma)
    received: Any = shown["received"]
    inspected: Any = shown["inspected"]
    return sum(one["quantity"] for one in received), sum(one["quantity"] for one in inspected)


def unexpected(shop: Shop) -> list[tuple[str, str, int | None]]:
    with open_store(shop.folder, read_only=True) as store:
        return [(one.fact.code, one.fact.why, one.fact.line) for one in list_unexpected(store)]


def test_a_parcel_is_received_unit_by_unit(shop: Shop, rma: str) -> None:
    said = answers(shop, rma, "mug", "TEE", "TEE", "DONE", station="b1")

    assert [one["word"] for one in said] == ["OK"] * 5
    assert said[0]["message"] == "3 units awaited. Scan the goods, then DONE."
    assert said[2]["message"] == "TEE Tee: 1 of 2"
    assert said[4]["message"] == "Complete."
    assert goods(shop, rma) == (3, 0)


def test_a_word_is_said_after_its_fact_is_on_the_disk(shop: Shop, rma: str) -> None:
    for number, _ in enumerate(scan(shop, [rma, "MUG", "TEE"], ScanRequest())):
        assert goods(on(shop, "2026-03-20"), rma)[0] == number


def test_one_unit_too_many_stops_and_says_who_and_when(shop: Shop, rma: str) -> None:
    answers(shop, rma, "MUG", station="bench-1")

    late = Shop(shop.folder, "ben", "2026-03-21T09:00:00+00:00")
    (_, stopped) = answers(late, rma, "MUG", station="bench-2")

    assert stopped["word"] == "STOP"
    assert "Received 2026-03-20 10:00 by ann at bench-1" in stopped["message"]
    assert goods(shop, rma) == (1, 0)


def test_another_station_that_was_faster_is_noticed(shop: Shop, rma: str) -> None:
    first = scan(shop, [rma, "MUG"], ScanRequest(station="b1"))
    other = Shop(shop.folder, "ben", "2026-03-20")
    second = scan(other, [rma, "MUG"], ScanRequest(station="b2"))
    next(first), next(second)  # both hold the return
    assert (next(first)["word"], next(second)["word"]) == ("OK", "STOP")
    assert goods(shop, rma) == (1, 0)


def test_extra_keeps_what_stopped_or_what_comes_next(shop: Shop, rma: str) -> None:
    said = words(shop, rma, "MUG", "MUG", "EXTRA", "VASE", "EXTRA", "DONE", "EXTRA", "LAMP")

    assert said == ["OK", "OK", "STOP", "OK", "STOP", "OK", "ASK", "ASK", "OK"]
    assert unexpected(shop) == [
        ("MUG", "surplus", 1), ("VASE", "unknown", None), ("LAMP", "unknown", None),
    ]  # fmt: skip
    assert goods(shop, rma) == (1, 0)


def test_undo_takes_back_the_last_own_fact_and_no_other(shop: Shop, rma: str) -> None:
    assert words(shop, rma, "MUG", "TEE", "UNDO", "UNDO", "UNDO") == ["OK"] * 5 + ["STOP"]
    assert goods(shop, rma) == (0, 0)
    received(shop, rma)
    assert words(shop, rma, "UNDO") == ["ASK", "STOP"]
    assert goods(shop, rma) == (3, 0)


def test_undo_takes_back_an_extra_and_not_the_receipt_before_it(shop: Shop, rma: str) -> None:
    said = words(shop, rma, "MUG", "VASE", "EXTRA", "UNDO", "EXTRA", "UNDO", "UNDO")

    assert said == ["OK", "OK", "STOP", "OK", "OK", "ASK", "OK", "OK"]
    assert goods(shop, rma) == (0, 0)
    (gone,) = list_unexpected_goods(shop, also_gone=True)
    assert (gone["left"], gone["moves"][0]["disposition"]) == (0, "undone")  # type: ignore[index]  # a list


def test_undo_forgets_an_item_that_waits_for_its_grade(shop: Shop, rma: str) -> None:
    received(shop, rma)

    said = answers(shop, rma, "TEE", "GRADE-NEW", "MUG", "UNDO", "DONE", mode="inspect")

    assert said[4]["message"] == "Forgotten: MUG. Nothing was recorded."
    assert goods(shop, rma) == (3, 1)


def test_goods_are_graded_one_by_one(shop: Shop, rma: str) -> None:
    received(shop, rma)
    told: list[tuple[str, int, int]] = []

    said = answers(
        shop, rma, "GRADE-NEW", "TEE", "*GRADE-OPENED*", "MUG", "GRADE-NEW", "GRADE-DAMAGED",
        "UNDO", "DONE", "GRADE-NEW", mode="inspect", on_inspected=lambda *unit: told.append(unit),
    )  # fmt: skip

    assert [one["word"] for one in said] == [
        "OK", "STOP", "ASK", "OK", "ASK", "OK", "OK", "OK", "ASK", "STOP",
    ]  # fmt: skip
    assert said[3]["message"] == "TEE: opened, to open_box. 2 more."
    assert said[8]["message"] == "Not inspected: 1 of TEE."
    assert told == [(rma, 2, 1), (rma, 1, 1), (rma, 2, 2)]
    assert goods(shop, rma) == (3, 2)
    assert check_shop(shop)["ok"] is True


def test_inspecting_refuses_what_it_cannot_do(shop: Shop, rma: str) -> None:
    assert words(shop, rma, "MUG", mode="inspect") == ["STOP", "STOP"]
    received(shop, rma, "1")
    said = answers(
        shop, rma, "VASE", "TEE", "MUG", "GRADE-DEFECTIVE", "EXTRA", "GRADE-NEW", "DONE", rma,
        mode="inspect",
    )  # fmt: skip
    assert [one["word"] for one in said] == [
        "OK", "STOP", "STOP", "ASK", "STOP", "STOP", "OK", "OK", "ASK",
    ]  # fmt: skip
    assert "lists new, opened, damaged" in said[4]["message"]


def test_a_count_compares_and_records_nothing(shop: Shop, rma: str) -> None:
    said = answers(shop, rma, "MUG", "TEE", "LAMP", "DONE", mode="count")

    assert [one["word"] for one in said] == ["OK", "OK", "OK", "ASK", "ASK"]
    assert said[4]["message"] == "TEE: 1 counted, 2 awaited; LAMP: 1 counted, 0 awaited."
    assert words(shop, rma, "MUG", "TEE", "TEE", "TEE", "UNDO", "DONE", mode="count") == ["OK"] * 7
    assert goods(shop, rma) == (0, 0)


def test_a_count_adds_up_the_lines_of_one_sku(shop: Shop) -> None:
    sold(shop, "2001,1,PIN,1,3.00", "2001,2,PIN,2,3.00")
    rma = opened(shop, "2001", "1=itchy", "2=itchy")

    assert words(shop, rma, "PIN", "PIN", "PIN", "DONE", mode="count") == ["OK"] * 5


def test_find_tells_what_a_return_is(shop: Shop, rma: str) -> None:
    (by_order, by_number, unknown) = answers(shop, "1001", rma, "9999", mode="find")

    assert by_order["message"] == "approved, order 1001: MUG 0 of 1, TEE 0 of 2."
    assert (by_number["rma"], unknown["word"]) == (rma, "STOP")


def test_a_parcel_is_found_by_order_and_by_tracking_number(shop: Shop, rma: str) -> None:
    assert words(shop, "1001", "MUG") == ["OK", "OK"]
    other = opened(shop, "1002", "1=itchy")
    answers(shop, other)
    assert words(shop, "VASE") == ["STOP"]  # nothing is in hand in a new session


def test_several_returns_of_one_order_are_named(shop: Shop) -> None:
    first = opened(shop, "1001", "1=itchy")
    second = opened(shop, "1001", "2=itchy")

    (said,) = answers(shop, "1001")

    assert said["word"] == "STOP"
    assert first in said["message"]
    assert second in said["message"]


def test_goods_are_known_by_their_gtin(shop: Shop, rma: str) -> None:
    import_products(shop, [written(shop, "p.csv", "sku,gtin\nMUG,4006381333931\n")])

    assert words(shop, rma, "4006381333931", "04006381333931", "96385074") == [
        "OK", "OK", "STOP", "STOP",
    ]  # fmt: skip


def test_a_blind_count_does_not_say_what_is_awaited(shop: Shop, rma: str) -> None:
    said = answers(shop, rma, "TEE", is_blind=True)

    assert not any(sign.isdigit() for one in said for sign in one["message"])


def test_the_double_fire_of_a_scanner_is_ignored_and_said(shop: Shop, rma: str) -> None:
    seconds = iter([0.1, 0.2])  # asked only for a code that is the last one again

    said = answers(shop, rma, "TEE", "TEE", "TEE", waited=lambda: next(seconds))

    assert [one["word"] for one in said] == ["OK"] * 4
    assert "ignored" in said[2]["message"]
    assert "ignored" not in said[3]["message"]
    assert goods(shop, rma) == (2, 0)


def test_what_is_mistyped_unknown_or_out_of_place_stops(shop: Shop, rma: str) -> None:
    wrong = rma[:-1] + ("2" if rma[-1] != "2" else "3")
    said = answers(shop, "MUG", wrong, "RMA-0000000", "GRADE-NEW", "DONE", " ", "UNDO")

    assert [one["word"] for one in said] == ["STOP"] * 6
    assert said[0]["message"].startswith("Scan the return's number first.")
    assert rma in said[1]["message"]


def test_a_return_that_is_not_approved_takes_no_goods(shop: Shop) -> None:
    denied = opened(shop, "1006", "1=itchy")

    assert words(shop, denied, "CAP") == ["STOP", "STOP"]
    assert words(shop, denied, mode="inspect") == ["STOP"]


def test_a_swapped_keyboard_is_named(shop: Shop) -> None:
    found = opened(shop, "1001", "2=itchy")
    (said,) = answers(shop, found.translate(str.maketrans("YZ", "ZY")))

    assert said["rma"] == found
    assert ("swaps Y and Z" in said["message"]) is ("Y" in found or "Z" in found)


def test_a_mode_that_is_none_is_refused(shop: Shop) -> None:
    with pytest.raises(UsageError):
        answers(shop, mode="pack")


@settings(max_examples=25)
@given(
    st.lists(
        st.sampled_from(["RMA", "MUG", "TEE", "UNDO", "DONE", "EXTRA", "GRADE-NEW", "VASE"]),
        max_size=14,
    ),
    st.lists(
        st.sampled_from(["RMA", "MUG", "TEE", "GRADE-NEW", "GRADE-OPENED", "UNDO", "DONE"]),
        max_size=10,
    ),
)
def test_in_any_order_of_scans_the_counters_are_the_sum_of_the_words(
    tmp_path_factory: pytest.TempPathFactory, receive: list[str], inspect: list[str]
) -> None:
    shop = small_shop(tmp_path_factory.mktemp("scans"))
    rma = opened(shop, "1001", "1=itchy", "2=itchy")
    came = answers(shop, *(rma if one == "RMA" else one for one in receive))
    units = sum(
        ("of" in one["message"] and one["line"] is not None) - one["message"].startswith("Undone")
        for one in came
        if one["word"] == "OK" and "unexpected" not in one["message"]
    )
    seen = answers(shop, *(rma if one == "RMA" else one for one in inspect), mode="inspect")
    graded = sum(
        (", to " in one["message"]) - one["message"].startswith("Undone")
        for one in seen
        if one["word"] == "OK"
    )

    assert goods(shop, rma) == (units, graded)
    assert 3 >= units >= graded >= 0
    assert check_shop(shop)["ok"] is True
