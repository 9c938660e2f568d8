from __future__ import annotations

import errno
import json
from collections.abc import Iterator
from io import BytesIO, StringIO, TextIOWrapper

import pytest

from returns_cli.cli.output import ClosedPipe, Output
from returns_cli.cli.page import Cell, Fields, Lines, Page, Table
from returns_cli.domain.errors import OutputError
from tests.cli.conftest import Terminal

HOSTILE = "[/x] [red]:smile: \x1b]8;;http://x\x07 \u202egpj"


class Broken(StringIO):
    """A stream whose writes fail."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number

    def write(self, text: str) -> int:
        del text
        raise OSError(self._number, "as the system says")


def page(answer: object) -> Page:
    return [
        Lines([[Cell(str(answer), "good")]], title="Title"),
        Fields([("Name", HOSTILE)]),
        Table(["A", "N"], [["x", "1"], [HOSTILE, "20"]], title="T", right=frozenset({"N"})),
        Table(["A"], [], empty="None."),
        Table(["A"], []),
    ]


def shown(form: str, answer: object, **options: str) -> str:
    stream = StringIO()
    output = Output(stream, StringIO(), {})
    output.take({"--format": form, **options})
    output.show(answer)
    return stream.getvalue()


def test_json_is_one_value_and_ends_with_a_line_end() -> None:
    text = shown("json", [{"name": "Łukasz\x9b"}])
    assert text == '[{"name": "Łukasz\\u009b"}]\n'


def test_json_lines_are_one_row_each() -> None:
    assert shown("jsonl", [{"a": 1}, {"a": 2}]) == '{"a": 1}\n{"a": 2}\n'
    assert shown("jsonl", []) == ""


def test_csv_is_a_header_and_rows() -> None:
    assert shown("csv", [{"a": "=1"}]) == "a\n'=1\n"


def test_json_for_a_person_is_indented() -> None:
    stream = Terminal()
    output = Output(stream, None, {})
    output.take({"--format": "json"})
    output.show({"a": 1})
    assert json.loads(stream.getvalue()) == {"a": 1}
    assert stream.getvalue() == '{\n  "a": 1\n}\n'


def test_a_page_in_a_pipe_is_plain_text() -> None:
    stream = StringIO()
    output = Output(stream, StringIO(), {})
    output.page = page
    output.show("ok")
    text = stream.getvalue()
    assert "\x1b" not in text
    assert text.startswith("Title\n  ok\n\nName  [/x] [red]:smile: \\x1b]8;;http://x\\x07")


def test_an_answer_without_a_page_is_shown_all_the_same() -> None:
    assert shown("table", {"a": 1}) == "a  1\n"


@pytest.mark.parametrize(
    ("environ", "options", "coloured"),
    [
        pytest.param({}, {}, True, id="a terminal"),
        pytest.param({"NO_COLOR": "1"}, {}, False, id="NO_COLOR"),
        pytest.param({"TERM": "dumb"}, {}, False, id="TERM=dumb"),
        pytest.param({}, {"--no-color": "yes"}, False, id="--no-color"),
    ],
)
def test_a_terminal_gets_colour_but_never_a_customers_escapes(
    environ: dict[str, str], options: dict[str, str], coloured: bool
) -> None:
    stream = Terminal()
    output = Output(stream, None, environ)
    output.take(options)
    output.page = page
    output.show("ok")
    text = stream.getvalue()
    assert ("\x1b[32mok\x1b[0m" in text) == coloured
    assert "[/x] [red]:smile: \\x1b]8;;http://x\\x07 \\u202egpj" in text
    assert "\x1b]" not in text
    assert "\x07" not in text
    assert "\u202e" not in text
    assert ("\x1b" in text) == coloured


def encoded(encoding: str, form: str, environ: dict[str, str] | None = None) -> bytes:
    raw = BytesIO()
    stream = TextIOWrapper(raw, encoding=encoding)
    output = Output(stream, None, environ or {})
    output.take({"--format": form})
    output.page = lambda answer: [Lines([[f"{answer['name']} – …"]])]
    output.show({"name": "Łé"})
    output.finish()
    return raw.getvalue()


@pytest.mark.parametrize(
    ("encoding", "form", "data"),
    [
        pytest.param("ascii", "table", rb"\u0141\xe9 - ..." + b"\n", id="a page in ASCII"),
        pytest.param("ascii", "json", rb'{"name": "\u0141\u00e9"}' + b"\n", id="JSON in ASCII"),
        pytest.param("ascii", "csv", "name\nŁé\n".encode(), id="CSV is UTF-8 always"),
        pytest.param("utf-8", "table", "Łé – …\n".encode(), id="a page in UTF-8"),
        pytest.param("latin-1", "table", b"\\u0141\xe9 \\u2013 \\u2026\n", id="Latin-1 escapes"),
    ],
)
def test_what_a_stream_cannot_say_is_escaped_never_lost(
    encoding: str, form: str, data: bytes
) -> None:
    assert encoded(encoding, form) == data


def test_a_closed_pipe_is_not_an_error() -> None:
    with pytest.raises(ClosedPipe):
        Output(Broken(errno.EPIPE), None, {}).write("x")


def test_a_full_disk_is_an_output_error() -> None:
    with pytest.raises(OutputError, match="as the system says") as caught:
        Output(Broken(errno.ENOSPC), None, {}).write("x")
    assert caught.value.where == "standard output"


def test_a_missing_or_closed_stdout_is_an_output_error_only_when_needed() -> None:
    Output(None, None, {}).finish()
    with pytest.raises(OutputError):
        Output(None, None, {}).write("x")
    closed = StringIO()
    closed.close()
    with pytest.raises(OutputError, match="it is closed"):
        Output(closed, None, {}).write("x")


def test_talk_goes_to_stderr_and_a_broken_stderr_is_no_reason_to_fail() -> None:
    err = StringIO()
    output = Output(StringIO(), err, {})
    output.say("hello\x1b")
    assert err.getvalue() == "hello\\x1b\n"
    output.take({"--quiet": "yes"})
    output.say("more")
    assert err.getvalue() == "hello\\x1b\n"
    Output(StringIO(), Broken(errno.EPIPE), {}).say("x")
    Output(StringIO(), None, {}).say("x")


def test_what_to_do_next_is_suggested_to_a_person_only() -> None:
    err = Terminal()
    output = Output(StringIO(), err, {})
    output.suggest(["returns a", "returns b"])
    assert err.getvalue() == "next: returns a\n      returns b\n"
    output.suggest([])
    output.take({"--format": "json"})
    output.suggest(["returns c"])
    assert "returns c" not in err.getvalue()
    pipe = StringIO()
    Output(StringIO(), pipe, {}).suggest(["returns a"])
    assert pipe.getvalue() == ""


@pytest.mark.parametrize(
    ("columns", "lines"),
    [
        pytest.param("40", 3, id="as COLUMNS says"),
        pytest.param("", 2, id="80 where nobody says"),
        pytest.param("wide", 2, id="80 where it makes no sense"),
        pytest.param("0", 2, id="80 for none"),
    ],
)
def test_long_details_are_wrapped_to_the_terminal(columns: str, lines: int) -> None:
    stream = Terminal()
    output = Output(stream, None, {"COLUMNS": columns, "NO_COLOR": "1"})
    output.page = lambda _: [Table(["Id", "Detail"], [["RMA-7F3K2QX", "word " * 8]])]
    output.show({})
    assert len(stream.getvalue().splitlines()) == lines


SETTINGS = [{"name": "window.days", "value": "30"}]
LISTS: list[list[dict[str, object]]] = [
    [],
    [{"a": 1, "b": [1, {"c": "Łukasz\x9b"}]}],
    [{"a": "=1", "b": None}, {"a": 2, "b": []}, {"a": "x", "b": True}],
    [
        {"rma": '"lines": null', "lines": [{"n": '"settings": null', "settings": SETTINGS}]},
        {"rma": "B", "lines": [{"settings": SETTINGS}, {"settings": [], "n": None}]},
        {"rma": "C", "lines": []},
        {"rma": "D", "lines": [{"n": 1}]},
        {"rma": "E", "lines": 3},
    ],
]


@pytest.mark.parametrize("form", ["json", "jsonl", "csv", "table"])
@pytest.mark.parametrize("answers", LISTS, ids=["nothing", "one", "several", "judged"])
def test_a_list_that_is_printed_as_it_comes_is_the_same_text(
    form: str, answers: list[dict[str, object]]
) -> None:
    stream = StringIO()
    output = Output(stream, StringIO(), {})
    output.take({"--format": form})
    output.show_each(iter(answers))
    assert stream.getvalue() == shown(form, answers)


def test_a_page_of_a_list_is_made_from_what_comes() -> None:
    stream = StringIO()
    output = Output(stream, StringIO(), {})
    output.page = lambda answers: [Table(["N"], [[str(one)] for one in answers])]
    output.show_each(iter([1, 2]))
    assert stream.getvalue() == "N\n1\n2\n"


def test_a_person_at_a_terminal_sees_a_list_once_it_is_whole() -> None:
    terminal = Terminal()
    output = Output(terminal, StringIO(), {})
    output.take({"--format": "json"})
    output.show_each(iter([{"a": 1}]))
    assert terminal.getvalue() == '[\n  {\n    "a": 1\n  }\n]\n'


@pytest.mark.parametrize(
    ("number", "error"), [(errno.EPIPE, ClosedPipe), (errno.ENOSPC, OutputError)]
)
def test_work_goes_on_to_its_end_when_nobody_reads_on(number: int, error: type[Exception]) -> None:
    done: list[int] = []

    def work() -> Iterator[dict[str, int]]:
        for one in range(5):
            done.append(one)
            yield {"a": one}

    output = Output(Broken(number), StringIO(), {})
    output.take({"--format": "jsonl"})
    with pytest.raises(error):
        output.show_each(work())
    assert done == [0, 1, 2, 3, 4]


def test_an_error_before_the_first_answer_leaves_stdout_empty() -> None:
    stream = StringIO()
    output = Output(stream, StringIO(), {})
    output.take({"--format": "json"})
    with pytest.raises(ZeroDivisionError):
        output.show_each({"a": 1 // one} for one in [0, 1])
    assert stream.getvalue() == ""
