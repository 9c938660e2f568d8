from __future__ import annotations

from returns_cli.domain.remembered import Remembered


def test_an_object_is_worked_out_once_until_too_many_are_known() -> None:
    asked: list[str] = []

    def size(words: tuple[str, ...]) -> int:
        asked.append(words[0])
        return len(words)

    remembered = Remembered(size, limit=2)
    first, second, third = ("first", "a"), ("second",), ("third",)
    assert [remembered(one) for one in (first, first, second, third, first)] == [2, 2, 1, 1, 2]
    assert asked == ["first", "second", "third", "first"]
