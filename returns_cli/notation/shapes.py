"""The vocabulary in which the language is declared once, as data.

The loader checks files against these shapes, and whatever else describes the language (a JSON
Schema, the documentation) is made from the same declaration.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Scalar(NamedTuple):
    """A single value.

    Attributes:
        kind: how its text is read, a key of ``scalars.READERS``.
        choices: the words allowed; empty for any.
        low, high: limits of a count.
        table: ``reasons``, ``grades`` or ``dispositions`` where the word must stand in that table.
    """

    kind: str
    choices: tuple[str, ...] = ()
    low: int = 0
    high: int = 1_000_000
    table: str = ""


class ListOf(NamedTuple):
    """A list of single values; one value alone counts as a list of one."""

    item: Scalar
    at_least: int = 0


class Field(NamedTuple):
    """One key of a group: what it holds, in words, and whether it must be there."""

    shape: Shape
    about: str
    is_required: bool = False


class Group(NamedTuple):
    """A mapping with known keys; any other key is refused."""

    name: str
    fields: Mapping[str, Field]


class MapOf(NamedTuple):
    """A mapping whose keys the writer chooses, all with values of one shape."""

    name: str
    key: Scalar
    value: Shape


class Other(NamedTuple):
    """A part with a reader of its own: ``when``, ``rules``, ``given``."""

    name: str


Shape = Scalar | ListOf | Group | MapOf | Other
