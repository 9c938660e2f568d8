from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from returns_cli.domain.errors import InvalidError, UsageError
from returns_cli.operations.import_orders import ImportOptions, import_orders
from returns_cli.operations.init_shop import make_shop
from returns_cli.operations.list_orders import list_orders, show_order
from returns_cli.operations.shop import Shop
from tests.operations.desk import CLOCK, POLICY, SALT, SETTINGS, rehearsed, written

HEADER = "order_id,placed_at,line_no,sku,quantity,unit_price,line_tax,currency\n"
# one mug of 10.00 that holds 2.00 of tax, and two caps of 5.00 without any
GOOD = "1,2026-03-01,1,MUG,1,10.00,2.00,USD\n2,2026-03-01,1,CAP,2,5.00,,USD\n"
BAD = "3,2026-03-01,1,CAP,none,5.00,,USD\n"


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    make_shop(tmp_path, SETTINGS.encode(), {"plain.yaml": POLICY.encode()}, SALT)
    return Shop(tmp_path, "ann", CLOCK)


def taken(shop: Shop, rows: str, **options: Any) -> Any:
    path = written(shop, "orders.csv", HEADER + rows)
    return import_orders(shop, [path], ImportOptions(**options))


def counts(answer: Any) -> tuple[int, int, int, int]:
    return (answer["new"], answer["changed"], answer["same"], answer["rejected"])


def test_the_figures_are_those_of_the_file(shop: Shop) -> None:
    answer = taken(shop, GOOD)
    assert counts(answer) == (2, 0, 0, 0)
    assert (answer["rows"], answer["orders"], answer["lines"], answer["units"]) == (2, 2, 2, 3)
    assert answer["totals"] == {"USD": "20.00"}
    assert answer["files"] == ["orders.csv"]


@pytest.mark.parametrize("force", [False, True])
def test_the_same_file_again_changes_nothing(shop: Shop, force: bool) -> None:
    first = taken(shop, GOOD)
    again = taken(shop, GOOD, force=force)
    assert counts(again) == (0, 0, 2, 0)
    assert again["totals"] == first["totals"]


def test_other_options_read_a_known_file_again(shop: Shop) -> None:
    taken(shop, GOOD)
    # the tax of 2.00 now comes on top of the 10.00
    assert taken(shop, GOOD, tax="on_top")["totals"] == {"USD": "22.00"}


def test_several_files_are_known_together(shop: Shop) -> None:
    rows = GOOD.splitlines(keepends=True)
    paths = [written(shop, f"{n}.csv", HEADER + row) for n, row in enumerate(rows)]
    assert counts(import_orders(shop, paths)) == (2, 0, 0, 0)
    assert counts(import_orders(shop, paths)) == (0, 0, 2, 0)


def test_a_stream_is_read_each_time(shop: Shop) -> None:
    for new, same in ((2, 0), (0, 2)):
        answer = import_orders(shop, [BytesIO((HEADER + GOOD).encode())])
        assert counts(answer) == (new, 0, same, 0)


def test_good_orders_are_kept_and_a_bad_row_is_put_aside_each_time(shop: Shop) -> None:
    for new, same in ((2, 0), (0, 2)):
        assert counts(taken(shop, GOOD + BAD)) == (new, 0, same, 1)
        (kept,) = (shop.folder / "outbox" / "rejects").iterdir()
        kept.unlink()  # who reads the file again finds it again
    assert len(list_orders(shop)) == 2


def test_strict_takes_all_or_nothing(shop: Shop) -> None:
    with pytest.raises(InvalidError) as caught:
        taken(shop, GOOD + BAD, strict=True)
    assert caught.value.code == "E-STRICT"
    assert list_orders(shop) == []
    assert counts(taken(shop, GOOD, strict=True)) == (2, 0, 0, 0)


def test_a_file_with_no_good_row_is_refused_with_its_answer(shop: Shop) -> None:
    with pytest.raises(InvalidError) as caught:
        taken(shop, BAD)
    assert caught.value.code == "E-NOTHING-LEFT"
    result: Any = caught.value.result
    assert counts(result) == (0, 0, 0, 1)


def test_a_rehearsal_answers_and_leaves_no_trace(shop: Shop) -> None:
    planned = taken(rehearsed(shop), GOOD + BAD)
    assert list_orders(shop) == []
    assert list((shop.folder / "outbox" / "rejects").iterdir()) == []
    assert taken(shop, GOOD + BAD) == planned


@pytest.mark.parametrize(
    ("option", "word", "code"),
    [
        ("timezone", "Mars/Olympus", "E-USAGE-ZONE"),
        ("timezone", "../etc/passwd", "E-USAGE-ZONE"),
        ("currency", "XYZ", "E-USAGE-CURRENCY"),
        ("tax", "sometimes", "E-USAGE-TAX"),
    ],
)
def test_an_option_that_makes_no_sense_is_refused(
    shop: Shop, option: str, word: str, code: str
) -> None:
    with pytest.raises(UsageError) as caught:
        taken(shop, GOOD, **{option: word})
    assert caught.value.code == code


def test_options_stand_for_what_the_file_does_not_say(shop: Shop) -> None:
    path = written(shop, "bare.csv", HEADER + "7,2026-03-01 23:30,1,MUG,1,10,,\n")
    options = ImportOptions(currency="JPY", timezone="Asia/Tokyo", channel="fair")
    assert import_orders(shop, [path], options)["totals"] == {"JPY": "10"}
    order = show_order(shop, "fair/7")
    # half past eleven at night in Tokyo, which is nine hours ahead
    assert str(order["placed_at"]) in ("2026-03-01T23:30:00+09:00", "2026-03-01T14:30:00+00:00")


def test_refused_rows_of_a_later_file_of_that_name_leave_the_earlier_ones(shop: Shop) -> None:
    def rejects() -> list[str]:
        return sorted(path.name for path in (shop.folder / "outbox" / "rejects").iterdir())

    taken(shop, GOOD + BAD)
    taken(shop, GOOD + BAD)
    assert rejects() == ["orders.rejects.csv"]
    taken(shop, GOOD + BAD.replace("3,", "4,", 1))
    assert rejects() == ["orders.rejects-2.csv", "orders.rejects.csv"]
    assert "\norders.csv,4,E-QTY" in (
        shop.folder / "outbox" / "rejects" / "orders.rejects-2.csv"
    ).read_text(encoding="utf-8")
