"""Trees of YAML texts that were read before, so that a command need not read YAML again.

A shelf finds the tree of exactly the same bytes, or keeps one. Who has a place to keep them (a
shop's store) puts it up for the time that some files are read; everywhere else YAML is read.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from returns_cli.notation.read import Node


class Shelf(Protocol):
    """Where trees are kept."""

    def find(self, data: bytes) -> Node | None:
        """The tree of a text; None where there is none, or it is damaged."""

    def keep(self, data: bytes, root: Node) -> None:
        """Keep the tree of a text that was read without a problem."""


_SHELF: ContextVar[Shelf | None] = ContextVar("shelf", default=None)


@contextmanager
def put_up(shelf: Shelf | None) -> Iterator[None]:
    """Let :func:`returns_cli.notation.read.read_yaml` look at a shelf first."""
    token = _SHELF.set(shelf)
    try:
        yield
    finally:
        _SHELF.reset(token)


def shelf_in_use() -> Shelf | None:
    """The shelf that is put up; None for none."""
    return _SHELF.get()


def tree_to_json(root: Node) -> str:
    """A tree as JSON: of each node its line, its column and what it holds.

    That is a scalar's text, a null's text in brackets, or an object with a list's ``items`` or a
    map's ``entries``, keys and values in turn.
    """
    return json.dumps(_data(root), ensure_ascii=False, separators=(",", ":"))


def tree_from_json(text: str) -> Node:
    """The tree that :func:`tree_to_json` wrote.

    Raises:
        ValueError: not such a text.
    """
    try:
        return _node(json.loads(text))
    except (TypeError, KeyError) as error:
        raise ValueError(f"not the text of a tree: {error}") from error


def _data(node: Node) -> list[Any]:
    place = [node.line, node.column]
    if node.kind == "list":
        return [*place, {"items": [_data(one) for one in node.items]}]
    if node.kind == "map":
        return [*place, {"entries": [_data(one) for entry in node.entries for one in entry]}]
    return [*place, [node.text] if node.is_null else node.text]


def _node(data: Any) -> Node:
    from returns_cli.notation.read import Node

    line, column, held = data
    if isinstance(held, str):
        return Node("text", line, column, held)
    if isinstance(held, list):
        (text,) = held
        return Node("text", line, column, text, is_null=True)
    if "items" in held:
        return Node("list", line, column, items=tuple([_node(one) for one in held["items"]]))
    told = [_node(one) for one in held["entries"]]
    entries = tuple(zip(told[::2], told[1::2], strict=True))
    return Node("map", line, column, entries=entries)
