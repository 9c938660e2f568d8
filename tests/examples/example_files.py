"""The example files as plain rows, and exact arithmetic on them that shares no code with ours."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
Row = dict[str, str]


@cache
def expected() -> dict[str, Any]:
    """The figures that ``examples/README.md`` promises, for end-to-end tests to compare with."""
    path = Path(__file__).with_name("expected.json")
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def rows(name: str) -> list[Row]:
    """The rows of an example CSV by column name; too many or too few cells show as None."""
    with (EXAMPLES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def orders(name: str, key: str) -> dict[str, list[Row]]:
    """Rows by order number, in the order of the file."""
    found: dict[str, list[Row]] = {}
    for row in rows(name):
        found.setdefault(row[key], []).append(row)
    return found


def cents(text: str, digits: int = 2) -> int:
    """An amount as minor units; an empty cell is nothing.

    Raises:
        ValueError: more decimals than ``digits``.
    """
    minor = Fraction(text or "0") * 10**digits
    if minor.denominator != 1:
        raise ValueError(text)
    return int(minor)


def shown(minor: int, digits: int = 2) -> str:
    """Minor units as a decimal string."""
    sign, size = ("-" if minor < 0 else ""), 10**digits
    whole, rest = divmod(abs(minor), size)
    return f"{sign}{whole}.{rest:0{digits}d}" if digits else f"{sign}{whole}"


def half_away(amount: Fraction) -> int:
    """The nearest whole number; a half goes away from zero."""
    sign = -1 if amount < 0 else 1
    return sign * int(abs(amount) + Fraction(1, 2))


def shares(total: int, weights: Sequence[int]) -> list[int]:
    """A total shared by weight: largest remainder, equal remainders to the lower line."""
    exact = [Fraction(total * weight, sum(weights)) for weight in weights]
    whole = [int(part) for part in exact]
    by_rest = sorted(range(len(weights)), key=lambda i: (whole[i] - exact[i], i))
    for i in by_rest[: total - sum(whole)]:
        whole[i] += 1
    return whole
