"""A node tree checked against its declared shape: typed leaves out, every problem collected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from returns_cli.domain.errors import InvalidError, Problem
from returns_cli.domain.nearest import nearest_or_all
from returns_cli.domain.shop import Tables
from returns_cli.notation.read import MAX_PROBLEMS, Node, clip, refusal
from returns_cli.notation.scalars import Misread, read_scalar
from returns_cli.notation.shapes import Group, ListOf, MapOf, Scalar, Shape

_WHAT = {"text": "a single value", "list": "a list", "map": "a block of keys"}


class Leaf(NamedTuple):
    """A typed value, the text it was written as, and the line of its key."""

    value: object
    text: str | tuple[str, ...]
    file: str
    line: int
    column: int

    @property
    def at(self) -> str:
        """The citation: ``policies/standard.yaml:41``."""
        return f"{self.file}:{self.line}"


Tree: TypeAlias = dict[str, "Leaf | Tree"]


class Reading:
    """One file being checked.

    Attributes:
        shown_as: what problems and citations call the file.
        area: middle of the problems' codes: ``POLICY``, also of cases and facts, or ``SHOP``.
        code: the one code of every problem, for a file that has no area (``E-MAP``).
        currency: in which amounts are read; None until known.
        tables: in which reasons, grades and dispositions must stand; None to accept any.
        problems: all that was found.
    """

    __slots__ = ("area", "code", "currency", "problems", "shown_as", "tables")

    def __init__(
        self,
        shown_as: str,
        area: str,
        currency: str | None = None,
        tables: Tables | None = None,
        *,
        code: str = "",
    ) -> None:
        self.shown_as = shown_as
        self.area = area
        self.code = code
        self.currency = currency
        self.tables = tables
        self.problems: list[Problem] = []

    def note(self, node: Node, code: str, message: str, hint: str) -> None:
        """Note a problem at a node; ``code`` is the end of its code (``KEY``)."""
        full = self.code or f"E-{self.area}-{code}"
        self.report(full, message, node.line, node.column, hint)

    def report(self, code: str, message: str, line: int, column: int, hint: str) -> None:
        """Note a problem at a place."""
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(
                Problem(code, message, self.shown_as, line, str(column), hint=hint)
            )

    def refused(self) -> InvalidError:
        """The error that carries all problems; there must be one."""
        return refusal(self.problems, self.shown_as, self.code or f"E-{self.area}-INVALID")

    def is_full(self) -> bool:
        """Whether so much is wrong that looking on makes no sense."""
        return len(self.problems) >= MAX_PROBLEMS

    def expect(self, node: Node, kind: str, where: str) -> bool:
        """Whether a node is of a kind; notes a problem where it is not."""
        is_empty = node.is_null
        if node.kind == kind and not is_empty:
            return True
        found = "nothing" if is_empty else _WHAT[node.kind]
        self.note(
            node,
            "TYPE",
            f"{where} holds {found}; it must be {_WHAT[kind]}.",
            "Fill it in or delete the key." if is_empty else "Look at the indentation here.",
        )
        return False

    def entries(self, node: Node, known: Sequence[str], where: str) -> Iterator[tuple[Node, Node]]:
        """The entries of a map whose keys are known; unknown keys are noted."""
        for key, value in node.entries:
            if key.text in known:
                yield key, value
            elif not self.is_full():
                self.note(
                    key,
                    "KEY",
                    f"{clip(key.text)!r} is not a key of {where}.",
                    nearest_or_all(key.text, tuple(known)),
                )

    def group(self, node: Node, shape: Group) -> Tree:
        """The tree of a group; keys that are missing or unknown are noted."""
        if not self.expect(node, "map", shape.name):
            return {}
        tree: Tree = {}
        for key, value in self.entries(node, tuple(shape.fields), shape.name):
            self.put(tree, key, value, shape.fields[key.text].shape, f"{shape.name}")
        self.missing(node, shape)
        return tree

    def missing(self, node: Node, shape: Group) -> None:
        """Note the required keys that a group lacks."""
        present = {key.text for key, _ in node.entries}
        for name, one in shape.fields.items():
            if one.is_required and name not in present:
                self.note(node, "REQUIRED", f"{shape.name} lacks `{name}`.", f"{one.about}")

    def put(self, tree: Tree, key: Node, value: Node, shape: Shape, where: str) -> None:
        """Read one entry of a group or map into its tree."""
        if isinstance(shape, Group):
            tree[key.text] = self.group(value, shape)
        elif isinstance(shape, MapOf):
            tree[key.text] = self.mapping(value, shape)
        elif isinstance(shape, Scalar | ListOf):
            leaf = self.leaf(key, value, shape, f"`{clip(key.text)}` in {where}")
            if leaf is not None:
                tree[key.text] = leaf

    def mapping(self, node: Node, shape: MapOf) -> Tree:
        """The tree of a map whose keys are the writer's."""
        tree: Tree = {}
        if self.expect(node, "map", shape.name):
            for key, value in node.entries:
                if self.scalar(key, shape.key) is not None:
                    self.put(tree, key, value, shape.value, shape.name)
        return tree

    def leaf(self, key: Node, value: Node, shape: Scalar | ListOf, where: str) -> Leaf | None:
        """A scalar or list under a key; None where it cannot be read."""
        if isinstance(shape, Scalar):
            if not self.expect(value, "text", where):
                return None
            read = self.scalar(value, shape)
            return None if read is None else self._leaf(read[0], value.text.strip(), key)
        items = value.items if value.kind == "list" else (value,)
        if value.kind == "map" or value.is_null or any(one.kind != "text" for one in items):
            self.note(value, "TYPE", f"{where} must be a list of words.", "Write [a, b].")
            return None
        if len(items) < shape.at_least:
            self.note(value, "VALUE", f"{where} is an empty list.", "Name at least one.")
            return None
        values = [self.scalar(one, shape.item) for one in items]
        found = tuple(one[0] for one in values if one is not None)
        if len(found) != len(items):
            return None
        return self._leaf(found, tuple(one.text.strip() for one in items), key)

    def _leaf(self, value: object, text: str | tuple[str, ...], key: Node) -> Leaf:
        return Leaf(value, text, self.shown_as, key.line, key.column)

    def scalar(self, node: Node, shape: Scalar) -> tuple[object] | None:
        """The value of a scalar node in a tuple of one (it may be None); None if refused."""
        if node.kind != "text":
            self.note(node, "TYPE", f"Here stands {_WHAT[node.kind]}.", "Write a single value.")
            return None
        if shape.table and self.tables is not None:
            known = tuple(getattr(self.tables, shape.table))
            if node.text not in known:
                word = shape.table.removesuffix("s")
                self.note(
                    node,
                    word.upper(),
                    f"{clip(node.text)!r} is not a {word}.",
                    f"{nearest_or_all(node.text, known)} Or add it to `{shape.table}`.",
                )
                return None
        try:
            return (read_scalar(node.text.strip(), shape, self.currency),)
        except Misread as wrong:
            self.note(node, wrong.code, wrong.message, wrong.hint)
            return None


def leaves(tree: Tree, prefix: str = "") -> dict[str, Leaf]:
    """All leaves of a tree by their dotted names, in the order of the file."""
    found: dict[str, Leaf] = {}
    for name, one in tree.items():
        if isinstance(one, Leaf):
            found[prefix + name] = one
        else:
            found.update(leaves(one, f"{prefix}{name}."))
    return found


def value_of(tree: Mapping[str, Leaf | Tree], name: str, default: object = None) -> object:
    """The typed value of a direct leaf of a tree."""
    found = tree.get(name)
    return found.value if isinstance(found, Leaf) else default
