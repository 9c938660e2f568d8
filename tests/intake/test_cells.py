"""Single cells: ids keep their shape, flags have many spellings, quantities only one."""

from __future__ import annotations

import pytest

from returns_cli.intake.cells import (
    clean_id,
    is_power_of_ten,
    parse_flag,
    parse_quantity,
    show_value,
    split_list,
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("plain – ümlaut 🎁", "plain – ümlaut 🎁", id="text of any script"),
        pytest.param("a\x1b[2Jb", "a\\x1b[2Jb", id="escape"),
        pytest.param("x\u202ey", "x\\u202ey", id="right-to-left override"),
        pytest.param("a\nb\tc", "a\\x0ab\\x09c", id="line ends and tabs"),
        pytest.param("\x9b1m", "\\x9b1m", id="C1"),
        pytest.param("z" * 200, "z" * 80, id="cut at 80"),
        pytest.param("\x1b" * 80, ("\\x1b" * 80)[:80], id="cut again after escaping"),
    ],
)
def test_a_cell_is_shown_cut_and_harmless(text: str, shown: str) -> None:
    assert show_value(text) == shown


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("007", "007"),
        ("-R-100", "-R-100"),
        (" '02134 ", "02134"),
        ("''x", "'x"),
        ('="00123"', "00123"),
        ('=""', ""),
        ("=1+1", "=1+1"),
        ("\u00a0A1\u00a0", "A1"),
    ],
)
def test_an_id_loses_only_what_a_spreadsheet_put_around_it(text: str, cleaned: str) -> None:
    assert clean_id(text) == cleaned


@pytest.mark.parametrize(
    ("text", "units"), [("2", 2), ("2.00", 2), ("007", 7), ("0", 0), ("999999999", 999999999)]
)
def test_a_quantity_is_a_whole_number(text: str, units: int) -> None:
    assert parse_quantity(text) == units


@pytest.mark.parametrize(
    "text",
    ["", "2.5", "-1", "+1", "1e3", "1,000", "２", "1_0", "two", "1000000000", "9" * 5000, "2."],
)
def test_what_is_no_quantity_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="units"):
        parse_quantity(text)


@pytest.mark.parametrize("text", ["TRUE", "true", "yes", "Yes", "1", " 1 "])
def test_yes_has_many_spellings(text: str) -> None:
    assert parse_flag(text) is True


@pytest.mark.parametrize("text", ["FALSE", "false", "no", "0"])
def test_no_has_many_spellings(text: str) -> None:
    assert parse_flag(text) is False


def test_an_empty_flag_says_nothing() -> None:
    assert parse_flag("  ") is None


def test_another_word_is_no_flag() -> None:
    with pytest.raises(ValueError, match="neither"):
        parse_flag("maybe")


@pytest.mark.parametrize("text", ["1.23E+12", "5E+9", "1,23e+10"])
def test_a_spreadsheets_power_of_ten_is_noticed(text: str) -> None:
    assert is_power_of_ten(text)


@pytest.mark.parametrize("text", ["12E3", "E+12", "SKU1E+1", "10.23E+12", "1.23E12"])
def test_ordinary_ids_are_not_taken_for_powers_of_ten(text: str) -> None:
    assert not is_power_of_ten(text)


def test_a_list_leaves_empty_entries_out() -> None:
    assert split_list("a| b ||c|") == ("a", "b", "c")
    assert split_list("") == ()
