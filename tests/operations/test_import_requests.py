from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from returns_cli.domain.errors import InvalidError, UsageError
from returns_cli.operations import batches
from returns_cli.operations.explain_return import history_of_return
from returns_cli.operations.import_orders import ImportOptions, import_orders
from returns_cli.operations.import_requests import RequestOptions, import_requests
from returns_cli.operations.list_returns import list_returns
from returns_cli.operations.shop import Shop
from returns_cli.operations.show_return import show_return
from tests.operations.desk import rehearsed, small_shop, sold, written

HEADER = "request_id,order_id,channel,line_no,sku,quantity,reason,want,note,requested_at\n"


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return small_shop(tmp_path)


def asked(shop: Shop, rows: str, **more: Any) -> Any:
    path = written(shop, "requests.csv", HEADER + rows)
    return import_requests(shop, [path], RequestOptions(**more))


def codes(answer: Any) -> list[tuple[int, str]]:
    return [(one["line"], one["code"]) for one in answer["problems"]]


def test_rows_of_one_request_are_lines_of_one_return(shop: Shop) -> None:
    answer = asked(
        shop,
        "a,1001,,2,,1,style,,,2026-03-18\na,1001,,,MUG,,too_small,exchange,,\nb,1003,,1,,,style,,,\n",
    )
    assert (answer["rows"], answer["new"], answer["rejected"]) == (3, 2, 0)
    first, second = answer["returns"]
    shown: Any = show_return(shop, first)
    assert (shown["state"], shown["verdict"], shown["order"]) == ("requested", None, "1001")
    lines = [
        (one["line"], one["sku"], one["quantity"], one["reason"], one["resolution"])
        for one in shown["lines"]
    ]
    assert lines == [(1, "MUG", 1, "too_small", "exchange"), (2, "TEE", 1, "style", "refund")]
    assert show_return(shop, second)["order"] == "1003"


def test_the_same_file_again_changes_nothing(shop: Shop) -> None:
    rows = "a,1001,,1,,,style,,,\n,1001,,2,,1,style,,,\n,1001,,2,,1,style,,,\n"
    first = asked(shop, rows)
    again = asked(shop, rows)
    # rows without an id are told apart by their place among equal ones
    assert (first["new"], again["new"], again["same"]) == (3, 0, 3)
    assert first["returns"] == again["returns"]


def test_from_a_stream_as_from_a_file(shop: Shop) -> None:
    answer = import_requests(shop, [BytesIO((HEADER + "a,1001,,1,,,style,,,\n").encode())])
    assert answer["new"] == 1


def test_a_reason_that_the_shop_does_not_know_is_kept_with_a_warning(shop: Shop) -> None:
    answer = asked(shop, "a,1001,,1,,,hexed,,,\n")
    assert (answer["new"], codes(answer)) == (1, [(2, "W-REASON-UNKNOWN")])


@pytest.mark.parametrize(
    ("row", "code"),
    [
        pytest.param("a,9999,,1,,,style,,,", "E-ORDER-UNKNOWN", id="no such order"),
        pytest.param("a,1001,,9,,,style,,,", "E-LINE-UNKNOWN", id="no such line"),
        pytest.param("a,1001,,,HAT,,style,,,", "E-LINE-UNKNOWN", id="no such SKU"),
        pytest.param("a,2001,,,CUP,,style,,,", "E-USAGE-ITEM", id="a SKU of two lines"),
        pytest.param("a,2001,fair,1,,,style,,,", "E-ORDER-UNKNOWN", id="another channel"),
        pytest.param("a,1003,,1,,,style,,,", "E-ORDER-AMBIGUOUS", id="an order of two channels"),
        pytest.param("kept,1001,,1,,,style,,,", "E-KEY-CONFLICT", id="a key used otherwise"),
    ],
)
def test_a_bad_row_is_refused_alone_and_kept_aside(shop: Shop, row: str, code: str) -> None:
    sold(shop, "2001,1,CUP,1,4.00", "2001,2,CUP,1,4.00")
    again = written(
        shop,
        "fair.csv",
        "order_id,placed_at,currency,line_no,sku,quantity,unit_price\n"
        "1003,2026-03-02,USD,1,MUG,1,12.50\n",
    )
    import_orders(shop, [again], ImportOptions(channel="fair"))
    asked(shop, "kept,1005,,1,,,style,,,\n")
    answer = asked(shop, f"{row}\nz,1006,,1,,,style,,,\n")
    assert (answer["new"], answer["rejected"], codes(answer)) == (1, 1, [(2, code)])
    (kept,) = (shop.folder / "outbox" / "rejects").iterdir()
    assert code in kept.read_text(encoding="utf-8")
    place = kept.relative_to(shop.folder).as_posix()
    assert shop.notes[-1] == f"The refused row of requests.csv, with its reason: {place}"


@pytest.mark.parametrize(
    ("row", "at"),
    [
        pytest.param("a,9999,,1,,,style,,,", ("order_id", "9999"), id="no such order"),
        pytest.param("a,1001,,9,,,style,,,", ("line_no", "9"), id="no such line"),
        pytest.param("a,1001,,,HAT,,style,,,", ("sku", "HAT"), id="no such SKU"),
    ],
)
def test_a_refused_row_shows_the_cell_that_names_what_is_not_known(
    shop: Shop, row: str, at: tuple[str, str]
) -> None:
    (problem,) = asked(shop, f"{row}\nz,1006,,1,,,style,,,\n")["problems"]
    assert (problem["line"], problem["column"], problem["value"]) == (2, *at)


def test_of_a_request_with_an_unknown_line_only_that_row_shows_its_cell(shop: Shop) -> None:
    rows = "a,1001,,1,,,style,,,\na,1001,,9,,,style,,,\nz,1006,,1,,,style,,,\n"
    problems = asked(shop, rows)["problems"]
    assert [(one["code"], one["line"], one["column"], one["value"]) for one in problems] == [
        ("E-LINE-UNKNOWN", 2, None, None),
        ("E-LINE-UNKNOWN", 3, "line_no", "9"),
    ]


def test_a_row_that_says_otherwise_than_one_before_is_refused_as_a_conflict(shop: Shop) -> None:
    answer = asked(
        shop,
        "a,1001,,1,,,style,,,\na,1003,,1,,,style,,,\na,1001,,1,,,too_small,,,\n",
    )
    assert (answer["new"], answer["rejected"]) == (1, 2)
    assert codes(answer) == [(3, "E-KEY-CONFLICT"), (4, "E-KEY-CONFLICT")]


def test_a_line_named_twice_by_number_and_sku_must_say_the_same(shop: Shop) -> None:
    same = asked(shop, "a,1001,,1,,,style,,,\na,1001,,,MUG,,style,,,\n")
    assert (same["new"], same["rejected"]) == (1, 0)
    other = asked(shop, "b,1003,,1,,,style,,,\nb,1003,,,MUG,,too_small,,,\n")
    # only conflicts: the answer is given, nothing of it is stored
    assert (other["new"], codes(other)) == (0, [(2, "E-KEY-CONFLICT"), (3, "E-KEY-CONFLICT")])


def test_several_files_are_read_in_one_call(shop: Shop) -> None:
    first = written(shop, "a.csv", HEADER + "a,1001,,1,,,style,,,\n")
    second = BytesIO((HEADER + "b,1003,,1,,,style,,,\nc,9999,,1,,,style,,,\n").encode())
    answer: Any = import_requests(shop, [first, second])
    assert (answer["rows"], answer["new"], answer["rejected"]) == (3, 2, 1)
    (problem,) = answer["problems"]
    assert (problem["file"], problem["line"]) == ("-", 3)


def test_one_refused_file_refuses_the_call(shop: Shop) -> None:
    good = written(shop, "a.csv", HEADER + "a,1001,,1,,,style,,,\n")
    with pytest.raises(InvalidError) as caught:
        import_requests(shop, [good, written(shop, "b.csv", "name\nx\n")])
    assert (caught.value.code, list_returns(shop)) == ("E-FORMAT-UNKNOWN", [])


def test_the_channel_of_the_call_holds_where_a_row_names_none(shop: Shop) -> None:
    assert codes(
        asked(shop, "a,1001,default,1,,,style,,,\nb,1001,,1,,,style,,,\n", channel="fair")
    ) == [(3, "E-ORDER-UNKNOWN")]


def test_times_without_an_offset_are_in_the_zone_of_the_call(shop: Shop) -> None:
    (rma,) = asked(shop, "a,1001,,1,,,style,,,2026-03-18T10:00:00\n", timezone="Asia/Tokyo")[
        "returns"
    ]
    (opened, *_) = (one for one in history_of_return(shop, rma) if one["what"] == "opened")
    assert opened["detail"] == {
        "kind": "return",
        "requested_at": "2026-03-18T10:00:00+09:00",
        "entered_by": "file",
    }
    with pytest.raises(UsageError, match="no time zone"):
        asked(shop, "", timezone="Moon/Base")


def test_strict_takes_all_or_nothing(shop: Shop) -> None:
    with pytest.raises(InvalidError) as caught:
        asked(shop, "a,1001,,1,,,style,,,\nb,9999,,1,,,style,,,\n", strict=True)
    assert (caught.value.code, caught.value.where) == ("E-STRICT", "requests.csv:3")
    assert list_returns(shop) == []
    assert asked(shop, "a,1001,,1,,,style,,,\n", strict=True)["new"] == 1


def test_a_file_with_no_good_row_is_refused_with_its_answer(shop: Shop) -> None:
    with pytest.raises(InvalidError) as caught:
        asked(shop, "a,9999,,1,,,style,,,\nb,1001,,9,,,style,,,\n")
    assert caught.value.code == "E-NOTHING-LEFT"
    result: Any = caught.value.result
    assert (result["rows"], result["rejected"]) == (2, 2)
    assert "The 2 refused rows of requests.csv" in "".join(shop.notes)


def test_a_rehearsal_over_many_chunks_answers_as_the_real_run(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "CHUNK", 1)
    rows = "a,1001,,1,,,style,,,\n,1003,,1,,,style,,,\nc,9999,,1,,,style,,,\n"
    planned = asked(rehearsed(shop), rows)
    assert (planned["new"], planned["rejected"]) == (2, 1)
    assert list_returns(shop) == []
    assert list((shop.folder / "outbox" / "rejects").iterdir()) == []
    assert asked(shop, rows) == planned
    assert len(list_returns(shop)) == 2
