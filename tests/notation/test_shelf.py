from __future__ import annotations

from pathlib import Path

import pytest

from returns_cli.domain.errors import InvalidError
from returns_cli.notation.read import Node, read_yaml
from returns_cli.notation.shelf import put_up, shelf_in_use, tree_from_json, tree_to_json

SAMPLES = sorted((Path(__file__).parents[2] / "policies").glob("*.yaml"))


class Pile:
    """A shelf in memory."""

    def __init__(self) -> None:
        self.kept: dict[bytes, Node] = {}

    def find(self, data: bytes) -> Node | None:
        return self.kept.get(data)

    def keep(self, data: bytes, root: Node) -> None:
        self.kept[data] = root


def test_a_tree_is_written_as_places_and_texts() -> None:
    root = read_yaml(b"a: [1, null]\nb:\n  c: 'no'\n", "x.yaml")
    text = (
        '[1,1,{"entries":[[1,1,"a"],[1,4,{"items":[[1,5,"1"],[1,8,["null"]]]}],'
        '[2,1,"b"],[3,3,{"entries":[[3,3,"c"],[3,6,"no"]]}]]}]'
    )
    assert tree_to_json(root) == text
    assert tree_from_json(text) == root


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_a_sample_comes_back_with_every_line_and_column(path: Path) -> None:
    root = read_yaml(path.read_bytes(), path.name)
    assert tree_from_json(tree_to_json(root)) == root


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "[1,1]",
        "[1,1,2]",
        "[1,1,[]]",
        '[1,1,{"entries":[[1,1,"a"]]}]',
        '[1,1,{"other":[]}]',
    ],
)
def test_what_is_no_tree_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - of JSON, of unpacking or our own
        tree_from_json(text)


def test_a_text_is_read_once_while_a_shelf_is_up() -> None:
    pile = Pile()
    with put_up(pile):
        first = read_yaml(b"a: 1\n", "x.yaml")
        assert read_yaml(b"a: 1\n", "other.yaml") is first
        assert read_yaml(b"a: 2\n", "x.yaml") is not first
    assert list(pile.kept) == [b"a: 1\n", b"a: 2\n"]
    assert shelf_in_use() is None
    assert read_yaml(b"a: 1\n", "x.yaml") is not first


def test_a_refused_text_is_not_kept_and_the_shelf_comes_down() -> None:
    pile = Pile()
    with pytest.raises(InvalidError), put_up(pile):
        read_yaml(b"a: *b\n", "x.yaml")
    assert pile.kept == {}
    assert shelf_in_use() is None
