"""Reasons, grades and dispositions: the shipped ones, completed by a shop's or a policy's own."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import cast

from returns_cli.data import shipped
from returns_cli.domain.shop import Disposition, Grade, Reason, Tables
from returns_cli.domain.vocabulary import Fault
from returns_cli.notation.read import read_yaml
from returns_cli.notation.shapes import Group
from returns_cli.notation.typed import Leaf, Reading, Tree, value_of
from returns_cli.policy import schema

_FILE = "tables.yaml"


@cache
def default_tables() -> Tables:
    """The tables that every shop starts with, from ``data/tables.yaml``."""
    reading = Reading(_FILE, "POLICY")
    node = read_yaml(shipped(_FILE).read_bytes(), _FILE)
    tree = reading.group(node, Group("the tables", schema.TABLES))
    if reading.problems:
        raise reading.refused()
    return completed(Tables({}, {}, {}), tree)


def completed(base: Tables, tree: Mapping[str, Leaf | Tree]) -> Tables:
    """Tables with the entries of a file added; an entry of the same code takes the place of one.

    Args:
        tree: of a file with the keys ``reasons``, ``grades`` and ``dispositions``; all optional.
    """
    return Tables(
        reasons={**base.reasons, **{one.code: one for one in _reasons(tree)}},
        grades={
            **base.grades,
            **{code: Grade(code, _text(entry)) for code, entry in _entries(tree, "grades")},
        },
        dispositions={
            **base.dispositions,
            **{
                code: Disposition(
                    code,
                    _text(entry),
                    is_sellable=bool(value_of(entry, "sellable")),
                    bin=str(value_of(entry, "bin", "")),
                    location=str(value_of(entry, "location", "")),
                )
                for code, entry in _entries(tree, "dispositions")
            },
        },
    )


def _entries(tree: Mapping[str, Leaf | Tree], name: str) -> list[tuple[str, Tree]]:
    table = tree.get(name)
    if not isinstance(table, dict):
        return []
    return [(code, entry) for code, entry in table.items() if isinstance(entry, dict)]


def _text(entry: Tree) -> str:
    return str(value_of(entry, "text", ""))


def _reasons(tree: Mapping[str, Leaf | Tree]) -> list[Reason]:
    return [
        Reason(
            code,
            _text(entry),
            Fault(str(value_of(entry, "fault", Fault.UNKNOWN.value))),
            cast("tuple[str, ...]", value_of(entry, "aliases", ())),
        )
        for code, entry in _entries(tree, "reasons")
    ]
