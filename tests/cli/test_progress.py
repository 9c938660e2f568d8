"""The bar of long work: only past half a second, on stderr, and never in the way of the items."""

from __future__ import annotations

from collections.abc import Callable, Iterator

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


class Files:
    """What reads ten rows of seven bytes, the last five of them without an item coming out."""

    def __init__(self) -> None:
        self.on_progress: Callable[[], None] = lambda: None
        self.rows = 0

    def position(self) -> tuple[int, int, int]:
        return 7 * self.rows, 70, self.rows

    def __iter__(self) -> Iterator[int]:
        for self.rows in range(1, 11):
            self.on_progress()
            if self.rows <= 5:
                yield self.rows


def test_files_say_their_rows_and_how_much_of_their_bytes_is_done(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = iter(range(100))
    monkeypatch.setattr(progress, "monotonic", lambda: next(clock))
    terminal = Terminal()
    assert list(progress.ProgressBar(terminal)(Files(), "orders")) == [1, 2, 3, 4, 5]
    assert "10 rows" in terminal.getvalue()
    assert "100%" in terminal.getvalue()


def test_files_that_are_soon_read_draw_nothing() -> None:
    terminal = Terminal()
    assert list(progress.ProgressBar(terminal)(Files(), "orders")) == [1, 2, 3, 4, 5]
    assert terminal.getvalue() == ""


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
