from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from returns_cli import __version__
from returns_cli.__main__ import main
from returns_cli.cli.plain_help import group_page, overview
from tests.cli.conftest import Run


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
            "Add one of import, list, show.",
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
            "Did you mean returns orders import, returns requests import, "
            "returns customers import?",
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
            "See returns show --help.",
            id="an argument too few",
        ),
        pytest.param(
            ["list", "--limit", "x"],
            "Invalid value for '--limit': 'x' is not a valid int range.",
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
    from tests.cli.conftest import make_invocation

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
