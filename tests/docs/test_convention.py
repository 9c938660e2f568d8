"""The convention of the pages itself: what is typed, what agrees, what renewing keeps."""

from __future__ import annotations

import pytest

from tests.docs.pages import Step, agrees, renewed, shortened, steps_of

PAGE = """\
Text with a $ sign.

<!-- typed: cd shop -->
```console
$ returns list
one
two
$ echo $?
0
```

```text
$ not run
```
"""


def test_only_console_blocks_and_typed_comments_are_commands() -> None:
    assert steps_of(PAGE) == [
        Step("cd shop", 2, (), hidden=True),
        Step("returns list", 4, ("one", "two")),
        Step("echo $?", 7, ("0",)),
    ]


@pytest.mark.parametrize(
    ("shown", "real", "expected"),
    [
        pytest.param(["a", "b"], ["a", "b"], True, id="the same lines"),
        pytest.param(["a"], ["a", "b"], False, id="a line too few"),
        pytest.param(["a", "..."], ["a", "b", "c"], True, id="the rest left out"),
        pytest.param(["...", "c"], ["a", "b", "c"], True, id="the beginning left out"),
        pytest.param(["a", "...", "b"], ["a", "b"], True, id="nothing left out"),
        pytest.param(
            ["a", "...", "x", "..."], ["a", "b", "c"], False, id="a line that is not there"
        ),
        pytest.param(["a", "...", "c"], ["a", "c", "d"], False, id="a line after the last"),
    ],
)
def test_dots_stand_for_any_lines(shown: list[str], real: list[str], expected: bool) -> None:
    assert agrees(tuple(shown), real) is expected


def test_renewing_replaces_the_output_and_nothing_else() -> None:
    assert renewed(PAGE, {4: ["three"]}) == PAGE.replace("one\ntwo", "three")


@pytest.mark.parametrize(
    ("shown", "real", "expected"),
    [
        pytest.param(["a"], ["x", "y"], ["x", "y"], id="nothing was cut"),
        pytest.param(["a", "..."], ["x", "y"], ["x", "..."], id="the end stays cut"),
        pytest.param(
            ["total 5", "...", "fee 1.00", "...", "end"],
            ["total 6", "new", "fee 2.00", "more", "end"],
            ["total 6", "...", "fee 2.00", "...", "end"],
            id="a piece in the middle is found again",
        ),
        pytest.param(["a", "b", "...", "c"], ["x"], ["x"], id="too short to be cut"),
    ],
)
def test_renewing_keeps_what_was_cut(
    shown: list[str], real: list[str], expected: list[str]
) -> None:
    assert shortened(tuple(shown), real) == expected
