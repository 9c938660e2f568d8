"""YAML text to a tree of nodes with line marks; whatever could surprise is refused.

Every scalar stays the text it is (``no``, ``30:00``, ``02134`` and ``4.90`` never change meaning);
the schema types it later. The tree is built from the parser's *events*, one pass, with the limits
checked as they come: composing first would crash the C parser's process on 30,000 nested brackets
and let aliases multiply.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from returns_cli.domain.errors import InvalidError, Problem
from returns_cli.notation.shelf import shelf_in_use

if TYPE_CHECKING:
    import yaml

MAX_BYTES = 256 * 1024
MAX_LEVELS = 20
MAX_VALUES = 20_000
MAX_PROBLEMS = 100

_NULLS = frozenset({"", "~", "null"})
# C0 but tab and line ends, C1 (with NEL), the Unicode line ends, halves of pairs, no characters.
_UNREADABLE = (  # stays text, which `re` compiles once it is needed
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]"
)


class Node(NamedTuple):
    """One node of a YAML file.

    Attributes:
        kind: ``text``, ``list`` or ``map``.
        line, column: where it starts, from 1.
        text: a scalar as it is written, without its quotes.
        is_null: a plain, empty, ``~`` or ``null`` scalar.
        items: of a list.
        entries: (key, value) of a map, in the order of the file; keys are scalars.
    """

    kind: str
    line: int
    column: int
    text: str = ""
    is_null: bool = False
    items: tuple[Node, ...] = ()
    entries: tuple[tuple[Node, Node], ...] = ()

    def get(self, name: str) -> Node | None:
        """The value of a map's key, None where the map does not have it."""
        return next((value for key, value in self.entries if key.text == name), None)


def read_yaml(data: bytes, shown_as: str) -> Node:
    """The node tree of one YAML document.

    Args:
        data: the file's bytes, UTF-8 with or without BOM.
        shown_as: what problems call the file, ``policies/standard.yaml``.

    Raises:
        InvalidError: with one problem per thing refused: over 256 KiB or 20 levels, not UTF-8,
            not YAML, duplicate keys, aliases, anchors, tags, merge keys, several documents.
    """
    shelf = shelf_in_use()
    if shelf is None:
        return _read(data, shown_as)
    found = shelf.find(data)
    if found is None:
        found = _read(data, shown_as)
        shelf.keep(data, found)
    return found


def _read(data: bytes, shown_as: str) -> Node:
    problems: list[Problem] = []
    text = _decode(data, shown_as)
    builder = _Builder(shown_as, problems)
    try:
        for event in _events(text):
            builder.take(event)
            if len(problems) >= MAX_PROBLEMS:
                break
    except _Stop:
        pass
    except _yaml().YAMLError as error:
        problems.append(_syntax_problem(error, shown_as))
    if problems:
        raise refusal(problems, shown_as)
    if builder.root is None:
        hint = "Start from one of the sample files, or restore it."
        raise _stop("E-YAML-EMPTY", "The file holds nothing.", shown_as, 1, 1, hint)
    return builder.root


def refusal(problems: list[Problem], shown_as: str, code: str = "E-POLICY-INVALID") -> InvalidError:
    """The error for a file with problems: the one problem itself, or a count of them all.

    Args:
        problems: at least one.
        shown_as: what problems call the file.
        code: of the error when there are several problems.
    """
    ordered = tuple(sorted(problems, key=_place))
    first = ordered[0]
    where = ":".join(str(one) for one in (first.file, first.line, first.column) if one)
    if len(ordered) == 1:
        return InvalidError(
            first.code, first.message, where=where, hint=first.hint, problems=ordered
        )
    return InvalidError(
        code,
        f"{shown_as} has {len(ordered)} problems; the first: {first.message}",
        where=where,
        hint=first.hint,
        problems=ordered,
    )


def clip(text: str, size: int = 60) -> str:
    """A text cut for a message.

    >>> clip("x" * 100, 10)
    'xxxxxxxxx…'
    """
    return text if len(text) <= size else text[: size - 1] + "…"


def _place(problem: Problem) -> tuple[str, int, int]:
    column = problem.column or "0"
    return problem.file or "", problem.line or 0, int(column) if column.isdigit() else 0


def _yaml() -> Any:
    import yaml  # costs 15 ms, and most commands read no policy

    return yaml


def _decode(data: bytes, shown_as: str) -> str:
    if len(data) > MAX_BYTES:
        message = f"The file has {len(data)} bytes; more than {MAX_BYTES} are not read."
        raise _stop("E-YAML-SIZE", message, shown_as, 1, 1, "Split it into several files.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        utf16 = data[:2] in (b"\xff\xfe", b"\xfe\xff")
        message = "The file is UTF-16." if utf16 else f"Byte {error.start} is not UTF-8."
        line = data.count(b"\n", 0, error.start) + 1
        raise _stop(
            "E-YAML-ENCODING", message, shown_as, line, 1, "Save the file as UTF-8."
        ) from None
    found = re.search(_UNREADABLE, text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        column = found.start() - text.rfind("\n", 0, found.start())
        message = f"The invisible character U+{ord(found[0]):04X} stands here."
        raise _stop("E-YAML-CHARACTER", message, shown_as, line, column, "Delete it.")
    return text


def _stop(
    code: str, message: str, shown_as: str, line: int, column: int, hint: str
) -> InvalidError:
    return refusal([Problem(code, message, shown_as, line, str(column), hint=hint)], shown_as)


def _events(text: str) -> Iterator[yaml.Event]:
    module = _yaml()
    loader = getattr(module, "CLoader", module.Loader)  # wheels without libyaml exist
    events: Iterator[yaml.Event] = module.parse(text, Loader=loader)
    return events


def _syntax_problem(error: Any, shown_as: str) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    said = getattr(error, "problem", None) or getattr(error, "reason", None) or "unreadable"
    context = getattr(error, "context", None)
    message = f"{context}: {said}" if context else str(said)
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    if "nesting depth" in message:  # PyYAML 6.0.4 counts brackets itself, before the first event
        return _depth_problem(shown_as, line, column)
    return Problem(
        "E-YAML-SYNTAX",
        f"This is not YAML: {message}.",
        shown_as,
        line,
        str(column),
        hint="Look at the indentation, quotes and brackets here and in the line above.",
    )


def _depth_problem(shown_as: str, line: int, column: int) -> Problem:
    message = f"More than {MAX_LEVELS} levels are nested here."
    hint = "Write it flatter: no file of ours needs more than ten levels."
    return Problem("E-YAML-DEPTH", message, shown_as, line, str(column), hint=hint)


class _Stop(Exception):  # noqa: N818 - ends the reading, it is no error
    """Reading on would cost too much or make no sense."""


class _Open:
    """A list or map whose end has not come yet."""

    __slots__ = ("column", "entries", "items", "key", "kind", "line", "names")

    def __init__(self, kind: str, line: int, column: int) -> None:
        self.kind = kind
        self.line = line
        self.column = column
        self.items: list[Node] = []
        self.entries: list[tuple[Node, Node]] = []
        self.names: dict[str, int] = {}
        self.key: Node | None = None


class _Builder:
    """Builds the tree from events and refuses what a policy has no use for."""

    __slots__ = ("documents", "problems", "root", "shown_as", "stack", "values")

    def __init__(self, shown_as: str, problems: list[Problem]) -> None:
        self.shown_as = shown_as
        self.problems = problems
        self.root: Node | None = None
        self.documents = 0
        self.values = 0
        self.stack: list[_Open] = []

    def take(self, event: Any) -> None:
        """Add one event to the tree."""
        step = _STEPS.get(type(event).__name__)
        if step is not None:
            step(self, event)

    def refuse(self, code: str, message: str, line: int, column: int, hint: str) -> None:
        """Note a problem and read on."""
        self.problems.append(Problem(code, message, self.shown_as, line, str(column), hint=hint))

    def document(self, event: Any) -> None:
        """A document starts; a second one, or one with directives, is refused."""
        line = event.start_mark.line + 1
        self.documents += 1
        if self.documents > 1:
            self.refuse(
                "E-YAML-DOCUMENTS",
                "A second document starts here.",
                line,
                1,
                "Keep one document per file: delete the line ---.",
            )
            raise _Stop
        if event.version or event.tags:
            self.refuse(
                "E-YAML-DIRECTIVE",
                "Directives (%YAML, %TAG) are not read.",
                line,
                1,
                "Delete the lines that begin with %.",
            )

    def alias(self, event: Any) -> None:
        """An alias repeats another place's content: refused."""
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        self.refuse(
            "E-YAML-ALIAS",
            f"*{clip(event.anchor)} repeats another place.",
            line,
            column,
            "Write the value out here.",
        )
        self.add(Node("text", line, column, is_null=True))

    def scalar(self, event: Any) -> None:
        """A scalar: a key or a value."""
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        self.plainness(event, line, column)
        self.values += 1
        if self.values > MAX_VALUES:
            message = f"More than {MAX_VALUES} values stand in the file."
            self.refuse("E-YAML-SIZE", message, line, column, "Split it into several files.")
            raise _Stop
        if found := re.search(_UNREADABLE, event.value):
            message = f"The escape stands for the invisible character U+{ord(found[0]):04X}."
            self.refuse("E-YAML-CHARACTER", message, line, column, "Delete it.")
        is_null = event.style in (None, "") and event.value in _NULLS
        self.add(Node("text", line, column, event.value, is_null))

    def plainness(self, event: Any, line: int, column: int) -> None:
        """Anchors and tags are refused on every kind of node."""
        if event.anchor is not None:
            self.refuse(
                "E-YAML-ANCHOR",
                f"&{clip(event.anchor)} names a place to repeat.",
                line,
                column,
                "Delete it; write repeated values out; a policy has `extends`.",
            )
        if event.tag is not None:
            self.refuse(
                "E-YAML-TAG",
                f"The tag {clip(event.tag)} is not read.",
                line,
                column,
                "Delete it; what a value is follows from its key.",
            )

    def open(self, event: Any) -> None:
        """A list or map starts."""
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        self.plainness(event, line, column)
        if len(self.stack) >= MAX_LEVELS:
            self.problems.append(_depth_problem(self.shown_as, line, column))
            raise _Stop
        kind = "map" if type(event).__name__ == "MappingStartEvent" else "list"
        self.stack.append(_Open(kind, line, column))

    def close(self, event: Any) -> None:  # noqa: ARG002 - all steps take the event
        """A list or map ends."""
        done = self.stack.pop()
        self.add(
            Node(
                done.kind,
                done.line,
                done.column,
                items=tuple(done.items),
                entries=tuple(done.entries),
            )
        )

    def add(self, node: Node) -> None:
        """Put a finished node where it belongs."""
        if not self.stack:
            self.root = node
            return
        top = self.stack[-1]
        if top.kind == "list":
            top.items.append(node)
        elif top.key is None:
            self.start_entry(top, node)
        else:
            top.entries.append((top.key, node))
            top.key = None

    def start_entry(self, top: _Open, key: Node) -> None:
        """A map's key; duplicates, merge keys and keys that are no text are refused."""
        top.key = key
        if key.kind != "text":
            self.refuse(
                "E-YAML-KEY",
                "A key is a single word.",
                key.line,
                key.column,
                "Brackets belong after the colon; quote a text that begins with { or [.",
            )
        elif key.text == "<<":
            self.refuse(
                "E-YAML-MERGE",
                "Merge keys (<<) are not read.",
                key.line,
                key.column,
                "Write the keys out here; a policy has `extends`.",
            )
        elif key.text in top.names:
            self.refuse(
                "E-YAML-DUPLICATE",
                f"The key {clip(key.text)!r} stands here again; the first is in line "
                f"{top.names[key.text]}.",
                key.line,
                key.column,
                "Keep one of the two.",
            )
        else:
            top.names[key.text] = key.line


_STEPS = {
    "DocumentStartEvent": _Builder.document,
    "AliasEvent": _Builder.alias,
    "ScalarEvent": _Builder.scalar,
    "SequenceStartEvent": _Builder.open,
    "MappingStartEvent": _Builder.open,
    "SequenceEndEvent": _Builder.close,
    "MappingEndEvent": _Builder.close,
}
