from __future__ import annotations

import pytest

from returns_cli.domain.errors import UsageError
from returns_cli.domain.what_if import Supposition, read_suppositions


@pytest.mark.parametrize(
    ("texts", "supposed"),
    [
        pytest.param(["line 2 graded used"], [Supposition(2, None, "used")], id="a whole line"),
        pytest.param(["LINE 2  qty 1 GRADED Used"], [Supposition(2, 1, "Used")], id="some units"),
        pytest.param(
            ["line 1 graded new", "line 2 qty 1 graded used, line 2 quantity 3 grade opened"],
            [Supposition(1, None, "new"), Supposition(2, 1, "used"), Supposition(2, 3, "opened")],
            id="several, in one text or two",
        ),
    ],
)
def test_a_sentence_names_line_units_and_grade(
    texts: list[str], supposed: list[Supposition]
) -> None:
    assert read_suppositions(texts) == tuple(supposed)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "line graded used",
        "line 0 graded used",
        "line 2 qty 0 graded used",
        "line 2 used",
        "line 2 graded",
        "line \uff12 graded used",
        "line 2 graded used,",
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="what to suppose"):
        read_suppositions([text])
