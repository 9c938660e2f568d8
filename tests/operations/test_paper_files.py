from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from returns_cli.documents import Printed
from returns_cli.domain.errors import InvalidError, UsageError
from returns_cli.operations.paper_files import Outlet, draw_files, write_files


def press(limit: int) -> Any:
    """Draws a page for each return, and refuses more pages than ``limit``."""

    def draw(facts: Sequence[str]) -> Printed:
        if len(facts) > limit:
            raise InvalidError("E-PAPER-TOO-MANY", "too many pages")
        return Printed(b"%PDF", len(facts), tuple(facts), ())

    return draw


@pytest.mark.parametrize(
    ("count", "limit", "sizes"),
    [
        pytest.param(0, 10, [], id="nothing"),
        pytest.param(3, 10, [3], id="one file is enough"),
        pytest.param(5, 4, [2, 3], id="halved once"),
        pytest.param(9, 3, [2, 2, 2, 3], id="halved twice"),
        pytest.param(4500, 2000, [2000, 1250, 1250], id="first by the most that a file holds"),
    ],
)
def test_a_batch_with_too_many_pages_becomes_several_files(
    count: int, limit: int, sizes: list[int], tmp_path: Path
) -> None:
    facts: Any = [f"RMA-{i}" for i in range(count)]
    pieces = draw_files(Outlet("slip", tmp_path), facts, press(limit))
    assert [piece.pages for piece in pieces] == sizes
    assert [rma for piece in pieces for rma in piece.rmas] == facts


def test_parts_of_a_batch_are_numbered(tmp_path: Path) -> None:
    facts: Any = ["RMA-0000000", "RMA-0000012"]
    outlet = Outlet("label", tmp_path, tmp_path)
    made = write_files(outlet, "4x6", draw_files(outlet, facts, press(1)))
    assert [Path(str(one["path"])).name for one in made] == [
        "RMA-0000000-labels-2-001.pdf",
        "RMA-0000000-labels-2-002.pdf",
    ]


def test_one_named_file_cannot_hold_two_parts(tmp_path: Path) -> None:
    facts: Any = ["RMA-0000000", "RMA-0000012"]
    outlet = Outlet("label", tmp_path, file=tmp_path / "all.pdf")
    with pytest.raises(UsageError, match="do not fit into one file"):
        write_files(outlet, "4x6", draw_files(outlet, facts, press(1)))
    assert not (tmp_path / "all.pdf").exists()


def test_a_single_return_that_is_too_long_for_a_file_is_refused(tmp_path: Path) -> None:
    facts: Any = ["RMA-0000000"]
    with pytest.raises(InvalidError):
        draw_files(Outlet("slip", tmp_path), facts, press(0))


def test_another_fault_of_the_drawing_is_passed_on(tmp_path: Path) -> None:
    def draw(facts: Sequence[Any]) -> Printed:
        raise InvalidError("E-PAPER-FIT", "no room")

    facts: Any = ["RMA-0000000", "RMA-0000012"]
    with pytest.raises(InvalidError, match="no room"):
        draw_files(Outlet("slip", tmp_path), facts, draw)
