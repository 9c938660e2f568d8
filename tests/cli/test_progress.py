"""The bar of long work: only past half a second, on stderr, and never in the way of the items."""

from __future__ import annotations

import pytest

from returns_cli.cli import progress
from returns_cli.cli.output import Output
from tests.cli.conftest import Terminal


def test_short_work_draws_nothing() -> None:
    terminal = Terminal()
    assert list(progress.ProgressBar(terminal)(range(1000), "orders")) == list(range(1000))
    assert terminal.getvalue() == ""


@pytest.mark.parametrize(
    ("total", "said"), [(None, "300/?"), (400, "300/400")], ids=["unknown end", "known end"]
)
def test_long_work_says_how_far_it_is(
    monkeypatch: pytest.MonkeyPatch, total: int | None, said: str
) -> None:
    clock = iter(range(100))
    monkeypatch.setattr(progress, "monotonic", lambda: next(clock))
    terminal = Terminal()
    assert len(list(progress.ProgressBar(terminal)(range(400), "orders", total))) == 400
    assert "orders" in terminal.getvalue()
    assert said in terminal.getvalue().replace(" ", "")


@pytest.mark.parametrize(
    ("stderr", "quiet", "term", "drawn"),
    [
        pytest.param(Terminal(), False, "xterm", True, id="a terminal"),
        pytest.param(Terminal(), True, "xterm", False, id="quiet"),
        pytest.param(Terminal(), False, "dumb", False, id="a dumb terminal"),
        pytest.param(None, False, "xterm", False, id="no stderr"),
    ],
)
def test_a_bar_needs_a_terminal(
    stderr: Terminal | None, quiet: bool, term: str, drawn: bool
) -> None:
    output = Output(None, stderr, {"TERM": term})
    output.quiet = quiet
    assert (output.bar_terminal is not None) is drawn
