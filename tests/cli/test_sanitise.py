from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from returns_cli.cli.sanitise import _UNSAFE, in_ascii, json_safe, spreadsheet_cell, visible

ESC = chr(27)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("Łukasz 返品 😀", "Łukasz 返品 😀", id="letters of any script and emoji stay"),
        pytest.param("[red]:smile:[/x]", "[red]:smile:[/x]", id="markup is text"),
        pytest.param(f"{ESC}[31mred", r"\x1b[31mred", id="a colour escape"),
        pytest.param(f"{ESC}]8;;http://x{ESC}\\", r"\x1b]8;;http://x\x1b" + "\\", id="OSC 8"),
        pytest.param("\x9b31m", r"\x9b31m", id="C1 CSI"),
        pytest.param("a\x00b\x07", r"a\x00b\x07", id="NUL and bell"),
        pytest.param("a\tb\nc\rd", r"a\tb\nc\rd", id="tab and line ends are named"),
        pytest.param("\x7f", r"\x7f", id="delete"),
        pytest.param("\u202egpj", r"\u202egpj", id="right-to-left override"),
        pytest.param("\u2066x\u2069", r"\u2066x\u2069", id="bidi isolates"),
        pytest.param("\u200fx", r"\u200fx", id="right-to-left mark"),
        pytest.param("a\u2028b", r"a\u2028b", id="line separator"),
        pytest.param("\ufeffx", r"\ufeffx", id="byte order mark"),
        pytest.param("\U000e0041", r"\U000e0041", id="tag characters"),
        pytest.param("\udcff", r"\udcff", id="a lone surrogate"),
    ],
)
def test_what_could_steer_a_terminal_becomes_visible(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_no_printable_character_is_unsafe() -> None:
    """That is why printable text is shown without a closer look."""
    every = "".join(map(chr, range(0x110000)))
    unsafe = re.findall(_UNSAFE, every)
    assert len(unsafe) == 32 + 33 + 3 + 7 + 4 + 1 + 3 + 0x800 + 0x80
    assert [sign for sign in unsafe if sign.isprintable()] == []


@given(st.text())
def test_visible_text_is_one_line_that_any_utf8_stream_takes(text: str) -> None:
    shown = visible(text)
    shown.encode("utf-8")
    assert len(shown.splitlines()) <= 1
    assert visible(shown) == shown


@given(st.recursive(st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_json_stays_the_same_data_and_holds_no_control_character(value: object) -> None:
    text = json.dumps(value, ensure_ascii=False)
    for safe in (json_safe(text), json_safe(text, ascii_only=True)):
        assert json.loads(safe) == value
        assert visible(safe) == safe
    assert json_safe(text, ascii_only=True).isascii()


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        pytest.param("=1+1", "'=1+1", id="a formula"),
        pytest.param("+49 30 1234", "'+49 30 1234", id="a phone number"),
        pytest.param("@SUM(A1)", "'@SUM(A1)", id="an at sign"),
        pytest.param("-R-100", "'-R-100", id="a SKU with a dash"),
        pytest.param("＝1+1", "'＝1+1", id="a full-width equals sign"),
        pytest.param("  =1", "'  =1", id="behind spaces"),
        pytest.param("\t=1", r"\t=1", id="a tab is shown, so nothing leads"),
        pytest.param("-12.50", "-12.50", id="a negative amount is a number"),
        pytest.param("+3", "+3", id="a signed number"),
        pytest.param("plain", "plain", id="plain text"),
        pytest.param("", "", id="nothing"),
        pytest.param("-", "'-", id="a lone dash"),
    ],
)
def test_no_cell_runs_as_a_formula(text: str, cell: str) -> None:
    assert spreadsheet_cell(text) == cell


def test_ascii_keeps_our_signs_readable_and_escapes_the_rest() -> None:
    assert in_ascii("a – b … c × d → é 返") == "a - b ... c x d -> " + r"\xe9 \u8fd4"
    assert in_ascii("plain") == "plain"
