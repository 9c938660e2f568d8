from __future__ import annotations

import gc
import json
import stat
from io import StringIO
from pathlib import Path

import pytest

from returns_cli import __version__
from returns_cli.__main__ import main, run
from returns_cli.cli.plain_help import group_page, overview
from returns_cli.cli.signals import Terminated
from returns_cli.domain.errors import StoreError
from tests.cli.conftest import Run, make_invocation


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(["--version"], f"returns {__version__}\n", id="--version"),
        pytest.param(["-V"], f"returns {__version__}\n", id="-V"),
        pytest.param(["--help"], overview(), id="--help"),
        pytest.param(["-h"], overview(), id="-h"),
        pytest.param(["help"], overview(), id="help"),
        pytest.param(["orders", "--help"], group_page("orders"), id="a group"),
        pytest.param(["list", "--version"], f"returns {__version__}\n", id="--version elsewhere"),
        pytest.param(["--json", "--help"], overview(), id="--help beside another option"),
        pytest.param(["--json", "orders", "-h"], group_page("orders"), id="a group likewise"),
        pytest.param(["help", "orders"], group_page("orders"), id="help on a group"),
    ],
)
def test_fast_answers(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 0
    assert capsys.readouterr() == (said, "")


def test_help_is_plain_ascii_and_fits_80_columns() -> None:
    assert overview().isascii()
    assert max(map(len, overview().splitlines())) <= 80


@pytest.mark.parametrize(
    ("words", "message", "where", "hint"),
    [
        pytest.param([], "No command was given.", "returns", "See returns --help.", id="nothing"),
        pytest.param(
            ["orders"],
            "No command was given.",
            "returns orders",
            "Add one of import, add, list, show.",
            id="a group alone",
        ),
        pytest.param(
            ["opne"],
            "There is no command opne.",
            "returns",
            "Did you mean returns open?",
            id="slip",
        ),
        pytest.param(
            ["orders", "imprt"],
            "There is no command orders imprt.",
            "returns orders",
            "Did you mean returns orders import?",
            id="a slip inside a group",
        ),
        pytest.param(
            ["import"],
            "There is no command import.",
            "returns",
            "Did you mean returns orders import, returns requests import "
            "or returns shipments import?",
            id="the verb without its noun",
        ),
        pytest.param(
            ["zzzz"], "There is no command zzzz.", "returns", "See returns --help.", id="nonsense"
        ),
        pytest.param(
            ["list", "--lmit", "3"],
            "There is no option --lmit.",
            "returns list",
            "Did you mean --limit?",
            id="a misspelt option",
        ),
        pytest.param(
            ["list", "--jsn"],
            "There is no option --jsn.",
            "returns list",
            "Did you mean --json?",
            id="a misspelt global option",
        ),
        pytest.param(
            ["list", "--qqq"],
            "There is no option --qqq.",
            "returns list",
            "See returns list --help.",
            id="an option like no other",
        ),
        pytest.param(
            ["show"],
            "Missing argument 'RMA...'.",
            "returns show",
            "For example: returns show RMA-7F3K2QX",
            id="an argument too few",
        ),
        pytest.param(
            ["open", "1", "--item"],
            "Option '--item' requires an argument.",
            "returns open",
            "See returns open --help.",
            id="an option without its value",
        ),
        pytest.param(
            ["open", "1", "--item", "2", "too_small"],
            "There is no place for too_small.",
            "returns open",
            "For example: returns open 1042 --item 2=too_small --want refund",
            id="a word too many",
        ),
        pytest.param(
            ["version"],
            "There is no command version.",
            "returns",
            "Did you mean returns --version?",
            id="what other programs have as a command",
        ),
        pytest.param(
            ["-v"], "There is no option -v.", "returns", "Did you mean -V?", id="a small letter"
        ),
        pytest.param(
            ["list", "--limit", "x"],
            "Invalid value for '--limit': 'x' is not a valid whole number.",
            "returns list",
            "See returns list --help.",
            id="not a number",
        ),
    ],
)
def test_wrong_usage_exits_2_and_says_what_where_and_what_next(
    run_cli: Run, words: list[str], message: str, where: str, hint: str
) -> None:
    outcome = run_cli("--json", *words)
    assert outcome.code == 2
    assert outcome.out == ""
    assert json.loads(outcome.err) == {
        "error": {
            "code": "E-USAGE",
            "message": message,
            "where": where,
            "hint": hint,
            "exit": 2,
        }
    }
    assert run_cli(*words).err.endswith(
        f"error E-USAGE: {message}\nwhere: {where}\nnext:  {hint}\n"
    )


def test_alone_it_says_where_to_begin_in_a_few_lines(run_cli: Run) -> None:
    outcome = run_cli(terminal=True)
    assert (outcome.code, outcome.out) == (2, "")
    assert len(outcome.err.splitlines()) < 20
    assert "returns init shop" in outcome.err
    assert "returns help " in outcome.err


def test_no_shop_exits_8_and_names_init(run_cli: Run) -> None:
    outcome = run_cli("list")
    assert (outcome.code, outcome.out) == (8, "")
    assert "E-SHOP-MISSING" in outcome.err
    assert "returns init" in outcome.err


def test_words_that_are_not_utf8_exit_2(run_cli: Run) -> None:
    outcome = run_cli("find", "caf\udce9", "--json")
    assert outcome.code == 2
    error = json.loads(outcome.err)["error"]
    assert (error["code"], error["where"]) == ("E-ARGUMENT-ENCODING", r"caf\udce9")


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(" ", id="blank"),
        pytest.param("x" * 65, id="too long"),
        pytest.param("a\x1bb", id="control characters"),
    ],
)
def test_an_actor_that_cannot_be_recorded_exits_2(run_cli: Run, name: str) -> None:
    outcome = run_cli("list", "--actor", name)
    assert outcome.code == 2
    assert "E-ACTOR" in outcome.err
    assert "\x1b" not in outcome.err


def test_crash_files_hold_no_argument_and_no_message(tmp_path: Path) -> None:
    from returns_cli.cli.failure import report_crash

    (tmp_path / "shop.yaml").touch()
    invocation = make_invocation(tmp_path, {"RETURNS_SHOP": str(tmp_path)})
    invocation.words = ["refunds", "show", "canary-word"]
    code = report_crash(invocation, _an_error())
    (file,) = tmp_path.glob("returns-crash-*.txt")
    text = file.read_text()
    assert code == 1
    assert "canary" not in text
    assert "command: returns refunds show" in text
    assert "builtins.RuntimeError" in text
    assert "builtins.ValueError" in text
    assert "tests/cli/test_entry.py:" in text
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def _an_error() -> Exception:
    """An error with a cause, both raised, both naming what must not be told."""
    try:
        _fail()
    except RuntimeError as error:
        return error
    raise AssertionError("it must fail")


def _fail() -> None:
    try:
        int("canary-cause")
    except ValueError as cause:
        raise RuntimeError("canary-message") from cause


class Full(StringIO):
    """A stream on a full disk."""

    def write(self, text: str) -> int:
        del text
        raise OSError(28, "No space left on device")


class Closed(StringIO):
    """A stream whose reader has gone."""

    def flush(self) -> None:
        raise BrokenPipeError


@pytest.mark.parametrize(
    ("stream", "code"),
    [
        pytest.param(Full(), 9, id="a full disk"),
        pytest.param(Closed(), 141, id="a closed pipe"),
        pytest.param(None, 9, id="none at all"),
    ],
)
@pytest.mark.parametrize(
    "words",
    [
        pytest.param(["--version"], id="the fast answer"),
        pytest.param(["help", "states"], id="a command"),
        pytest.param(["open", "--help"], id="a help page"),
    ],
)
def test_an_answer_that_cannot_be_delivered(
    words: list[str], stream: StringIO | None, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout", stream)
    assert main(words) == code


def test_the_words_are_those_of_the_process_by_default(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["returns", "help", "states"])
    before = gc.get_threshold()
    assert main() == 0
    gc.unfreeze()
    gc.set_threshold(*before)
    assert "in_review" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("raised", "code"),
    [
        pytest.param(KeyboardInterrupt(), 130, id="Ctrl-C"),
        pytest.param(Terminated(), 143, id="TERM"),
        pytest.param(ValueError("canary"), 1, id="the program itself"),
        pytest.param(StoreError("E-STORE-LOCKED", "In use."), 8, id="an error of ours"),
    ],
)
def test_however_a_command_ends_it_ends_in_words_and_a_code(
    raised: BaseException, code: int, tmp_path: Path
) -> None:
    err = StringIO()
    invocation = make_invocation(tmp_path, stderr=err)

    def fail(_answer: object) -> None:
        raise raised

    invocation.output.write = fail  # type: ignore[method-assign,assignment]  # the fault to try
    assert run(invocation, ["help", "states"]) == code
    assert err.getvalue().startswith("error E-")
    assert "Traceback" not in err.getvalue()
    assert "canary" not in err.getvalue()


def test_an_interrupt_before_the_command_began_exits_130(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(words: list[str]) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("returns_cli.__main__._run", interrupt)
    assert main(["list"]) == 130
