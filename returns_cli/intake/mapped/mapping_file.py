"""Reading a mapping file: strictly, like a policy; every problem at its line and column."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from returns_cli.domain.errors import InvalidError, UsageError
from returns_cli.domain.shop import Tables
from returns_cli.intake.formats import fold
from returns_cli.intake.mapped.mapping import Columns, FileMapping
from returns_cli.intake.mapped.mapping_checks import (
    CODE,
    Draft,
    block,
    check_command,
    check_mapping,
    sign_of,
)
from returns_cli.intake.mapped.mapping_columns import (
    MONEY_COLUMNS,
    form_of,
    shape_of_file,
    shape_of_item,
)
from returns_cli.notation.read import MAX_BYTES, Node, read_yaml, refusal
from returns_cli.notation.typed import Leaf, Reading, Tree, value_of

_NOT_NAME = re.compile(r"[^A-Za-z0-9_.-]+")


def read_mapping(path: Path, command: str, tables: Tables | None = None) -> FileMapping:
    """The mapping that a file holds.

    Args:
        path: of the YAML file.
        command: that will read with it: ``orders import``.
        tables: of the shop, in which reasons must stand; None takes any.

    Raises:
        UsageError: ``E-FILE-UNREADABLE``, the path cannot be read.
        InvalidError: ``E-MAP``, with every problem found.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UsageError(
            "E-FILE-UNREADABLE",
            f"The mapping cannot be read: {error.strerror or error}.",
            where=str(path),
            hint="Check the path and your permission to read it.",
        ) from error
    return parse_mapping(data, path.name, command, tables)


def parse_mapping(
    data: bytes, shown_as: str, command: str, tables: Tables | None = None
) -> FileMapping:
    """The mapping that a file's bytes hold.

    Args:
        data: UTF-8, with or without BOM.
        shown_as: what problems call the file.
        command, tables: as in ``read_mapping``.

    Raises:
        InvalidError: ``E-MAP``, with every problem found.
    """
    try:
        root = read_yaml(data, shown_as)
    except InvalidError as error:
        problems = [one._replace(code=CODE) for one in error.problems]
        raise refusal(problems, shown_as, CODE) from None
    reading = Reading(shown_as, "MAP", tables=tables, code=CODE)
    check_command(root, reading, command)
    tree = reading.group(root, shape_of_file(command))
    _explain_misplaced(root, reading, command)
    items = _items(root, reading, command)
    if root.kind == "map":
        check_mapping(Draft(reading, command, root, tree, items))
    if reading.problems:
        raise reading.refused()
    return _mapping(tree, items, shown_as)


def _explain_misplaced(root: Node, reading: Reading, command: str) -> None:
    """A column at the top level: say where it belongs instead of the nearest key."""
    ours = form_of(command).columns
    hint = "Write it below `columns`, or below `constants` where the file has no column for it."
    misplaced = {(key.line, str(key.column)) for key, _ in root.entries if key.text in ours}
    reading.problems = [
        one._replace(hint=hint) if (one.line, one.column) in misplaced else one
        for one in reading.problems
    ]


def _items(root: Node, reading: Reading, command: str) -> tuple[Tree, ...]:
    node = root.get("items")
    if node is None or "items" not in shape_of_file(command).fields:
        return ()
    if not reading.expect(node, "list", "`items`"):
        return ()
    if not node.items:
        reading.note(node, "VALUE", "`items` is an empty list.", "Name the columns of each item.")
    return tuple(reading.group(one, shape_of_item()) for one in node.items)


def _mapping(tree: Tree, items: tuple[Tree, ...], file: str) -> FileMapping:
    columns = block(tree, "columns")
    decimal = value_of(tree, "decimal")
    plain: dict[str, Any] = {
        name: value_of(tree, name)
        for name in (
            "one_row_per list_separator preamble quotes encoding date_format decimal timezone"
        ).split()
        if name in tree
    }
    if isinstance(delimiter := tree.get("delimiter"), Leaf):
        plain["delimiter"] = sign_of(str(delimiter.text))
    return FileMapping(
        name=str(value_of(tree, "mapping") or _stem(file)),
        file=file,
        columns=_columns(columns),
        lines={
            **{f"payments.{name}": leaf.line for name, leaf in _leaves(block(tree, "payments"))},
            **{name: leaf.line for part in (*items, columns) for name, leaf in _leaves(part)},
        },
        constants=_cells(block(tree, "constants"), decimal),
        words={
            name: _words(name, block(block(tree, "words"), name), decimal)
            for name in block(tree, "words")
        },
        items=tuple(map(_columns, items)),
        payments={name: str(leaf.text) for name, leaf in _leaves(block(tree, "payments"))},
        **plain,
    )


def _stem(file: str) -> str:
    return _NOT_NAME.sub("-", Path(file).stem).strip("-.")[:64] or "file"


def _leaves(tree: Tree) -> list[tuple[str, Leaf]]:
    return [(name, leaf) for name, leaf in tree.items() if isinstance(leaf, Leaf)]


def _columns(tree: Tree) -> Columns:
    return {name: tuple(leaf.text) for name, leaf in _leaves(tree)}


def _cells(tree: Tree, decimal: object) -> dict[str, str]:
    return {name: _cell(name, str(leaf.text), decimal) for name, leaf in _leaves(tree)}


def _words(name: str, tree: Tree, decimal: object) -> dict[str, str]:
    return {fold(text): _cell(name, str(leaf.text), decimal) for text, leaf in _leaves(tree)}


def _cell(name: str, text: str, decimal: object) -> str:
    """A cell of the mapping's own as the file would write it: amounts have the file's mark."""
    if decimal == "comma" and name in MONEY_COLUMNS:
        return text.replace(".", ",")
    return text
