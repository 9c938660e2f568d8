from __future__ import annotations

import pytest

from returns_cli.domain.errors import ConflictError, InvalidError, UsageError
from returns_cli.intake.inventory import add_units, one_location, read_inventory

NEW = """\
Handle,Title,SKU,Location,Bin name,Available (not editable),On hand (current),On hand (new)
mug,Mug,MUG,Berlin,A-1,5,7,
mug,Mug,MUG,Cluj,,1,1,1
tee,"Tee, black",TEE,Berlin,,0,-2,
hat,Hat,HAT,Berlin,,0,not stocked,
cap,Cap,CAP,Berlin,,3,3,
cap,Cap,CAP,Berlin,,4,4,
"""
OLD = """\
Handle,Title,SKU,Location,Incoming,Unavailable,Committed,Available,On hand
mug,Mug,MUG,Berlin,0,0,2,5,7
"""
WIDE = """\
Handle,Title,SKU,HS Code,COO,Berlin,Cluj
mug,Mug,MUG,,,5,1
tee,Tee,TEE,,,0,9
"""


def filled(text: str, units: dict[tuple[str, str], int]) -> tuple[str, dict[object, str]]:
    written, refused, _ = add_units(read_inventory(text.encode(), "inv.csv"), units)
    return written, {place: one.code for place, one in refused.items()}


def test_units_are_added_to_what_lies_there_and_only_changed_rows_are_written() -> None:
    text, refused = filled(NEW, {("MUG", "Berlin"): 2, ("TEE", "Berlin"): 1, ("MUG", "Cluj"): 0})
    assert refused == {}
    assert text.splitlines() == [
        NEW.splitlines()[0],
        "mug,Mug,MUG,Berlin,A-1,5,7,9",  # 7 + 2; the current quantity goes back as it came
        'tee,"Tee, black",TEE,Berlin,,0,-2,-1',
    ]


def test_the_older_shape_has_one_column_for_both() -> None:
    text, _ = filled(OLD, {("MUG", "Berlin"): -3})
    assert text.splitlines()[1] == "mug,Mug,MUG,Berlin,0,0,2,5,4"


def test_a_column_for_each_location_is_written_for_those_that_change() -> None:
    text, _ = filled(WIDE, {("MUG", "Cluj"): 4})
    assert text.splitlines() == ["Handle,Title,SKU,HS Code,COO,Cluj", "mug,Mug,MUG,,,5"]


@pytest.mark.parametrize(
    ("place", "code"),
    [
        pytest.param(("MUG", "Iași"), "E-STOCK-SKU", id="no such location"),
        pytest.param(("BOX", "Berlin"), "E-STOCK-SKU", id="no such SKU"),
        pytest.param(("", "Berlin"), "E-STOCK-SKU", id="goods without a SKU"),
        pytest.param(("CAP", "Berlin"), "E-STOCK-SKU", id="a SKU that stands there twice"),
        pytest.param(("HAT", "Berlin"), "E-STOCK-QUANTITY", id="a product that is not stocked"),
    ],
)
def test_what_the_template_cannot_take_is_named(place: tuple[str, str], code: str) -> None:
    text, refused = filled(NEW, {place: 1, ("MUG", "Berlin"): 1})
    assert refused == {place: code}
    assert len(text.splitlines()) == 2


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="an empty file"),
        pytest.param(b"PK\x03\x04\xff", id="a spreadsheet"),
        pytest.param(b"order_id,total\n1,2\n", id="another file"),
        pytest.param(b"Handle,SKU,Location\na,b,c\n", id="no quantity"),
        pytest.param(b"SKU,Location,On hand (new)\nb,c,\n", id="no current quantity"),
        pytest.param(b"SKU,Location,On hand\nb,c\n", id="a short row"),
        pytest.param(b'SKU,Location,On hand\n"b,c,1\n', id="an open quote"),
        pytest.param(b"Handle,SKU,HS Code,COO\na,b,,\n", id="no location"),
        pytest.param(b"SKU,Location,On hand\n" + b"x" * 15_000_000, id="too long a file"),
    ],
)
def test_a_file_that_is_no_template_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidError) as error:
        read_inventory(data, "inv.csv")
    assert (error.value.code, error.value.exit) == ("E-STOCK-TEMPLATE", 7)


def test_a_file_that_was_filled_before_is_refused() -> None:
    with pytest.raises(ConflictError) as error:
        read_inventory(NEW.replace("A-1,5,7,", "A-1,5,7,9").encode(), "inv.csv")
    assert (error.value.code, error.value.exit) == ("E-STOCK-APPLIED", 6)
    assert error.value.where == "inv.csv:2 column On hand (new)"


def test_a_byte_order_mark_and_empty_lines_are_passed_over() -> None:
    found = read_inventory(b"\xef\xbb\xbf" + OLD.encode() + b"\n\n", "inv.csv")
    assert found.locations == ("Berlin",)


@pytest.mark.parametrize(
    ("text", "named", "known"),
    [
        pytest.param(NEW, None, "Berlin, Cluj", id="several and none is named"),
        pytest.param(NEW, "Paris", "Berlin, Cluj", id="another is named"),
        pytest.param(OLD.splitlines()[0] + "\n", None, "all locations", id="there is none"),
    ],
)
def test_the_location_must_be_clear(text: str, named: str | None, known: str) -> None:
    with pytest.raises(UsageError) as error:
        one_location(read_inventory(text.encode(), "inv.csv"), named)
    assert known in str(error.value.hint)


def test_the_only_location_is_meant_and_a_named_one_is_taken() -> None:
    assert one_location(read_inventory(OLD.encode(), "inv.csv"), None) == "Berlin"
    assert one_location(read_inventory(WIDE.encode(), "inv.csv"), "Cluj") == "Cluj"
