"""The vocabulary in which the language is declared once, as data.

The loader checks files against these shapes, and whatever else describes the language (a JSON
Schema, the documentation) is made from the same declaration.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Scalar:
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


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list of single values; one value alone counts as a list of one."""

    item: Scalar
    at_least: int = 0


@dataclass(frozen=True, slots=True)
class Field:
    """One key of a group: what it holds, in words, and whether it must be there."""

    shape: Shape
    about: str
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """A mapping with known keys; any other key is refused."""

    name: str
    fields: Mapping[str, Field] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MapOf:
    """A mapping whose keys the writer chooses, all with values of one shape."""

    name: str
    key: Scalar
    value: Shape


@dataclass(frozen=True, slots=True)
class Other:
    """A part with a reader of its own: ``when``, ``rules``, ``given``."""

    name: str


Shape = Scalar | ListOf | Group | MapOf | Other
