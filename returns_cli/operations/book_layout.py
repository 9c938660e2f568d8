"""The mapping file of ``journal export --as csv``: in which columns a bookkeeping program reads."""

from __future__ import annotations

from pathlib import Path

from returns_cli.domain.bookkeeping.rows import FIELDS, Layout
from returns_cli.domain.errors import UsageError
from returns_cli.domain.nearest import nearest_or_all
from returns_cli.notation.read import MAX_BYTES, Node, read_yaml
from returns_cli.notation.shapes import Field, Group, MapOf, Scalar
from returns_cli.notation.typed import Reading, leaves, value_of

_CODE = "E-MAP"
_MARKS = {"dot": ".", "comma": ","}
_DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t"}
_DATES = ("YYYY-MM-DD", "YYYYMMDD", "DD.MM.YYYY", "DD/MM/YYYY", "MM/DD/YYYY")

LAYOUT = Group(
    "the mapping",
    {
        "columns": Field(
            MapOf("columns", Scalar("any"), Scalar("text")),
            "Each column's title and what it holds: `Konto: name`, or `=TEXT` for that text.",
            is_required=True,
        ),
        "decimal": Field(Scalar("word", tuple(_MARKS)), "The decimal mark: dot or comma."),
        "delimiter": Field(Scalar("word", tuple(_DELIMITERS)), "What stands between cells."),
        "date": Field(Scalar("word", _DATES), "How days are written: DD.MM.YYYY."),
        "header": Field(Scalar("flag"), "Whether the first row holds the titles."),
    },
)


def read_layout(path: Path) -> Layout:
    """The layout that a file declares.

    Raises:
        UsageError: ``E-FILE-UNREADABLE``, the path cannot be read.
        InvalidError: every problem of the file.
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
    root = read_yaml(data, path.name)
    reading = Reading(path.name, "MAP", code=_CODE)
    tree = reading.group(root, LAYOUT)
    _check_columns(root.get("columns"), reading)
    if reading.problems:
        raise reading.refused()
    block = tree["columns"]
    columns = leaves(block) if isinstance(block, dict) else {}
    return Layout(
        tuple((title, str(leaf.value)) for title, leaf in columns.items()),
        _MARKS[str(value_of(tree, "decimal", "dot"))],
        _DELIMITERS[str(value_of(tree, "delimiter", "comma"))],
        str(value_of(tree, "date", _DATES[0])),
        value_of(tree, "header") is not False,
    )


def _check_columns(node: Node | None, reading: Reading) -> None:
    for _, value in node.entries if node is not None else ():
        if value.kind == "text" and value.text not in FIELDS and not value.text.startswith("="):
            reading.note(
                value,
                "VALUE",
                f"{value.text[:60]!r} is nothing that a column can hold.",
                f"{nearest_or_all(value.text, FIELDS)} Or write =TEXT for that text.",
            )
