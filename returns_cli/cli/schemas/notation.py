"""Words in which the shape of an answer is written down, each a piece of JSON Schema."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Shape = dict[str, Any]

TEXT: Shape = {"type": "string"}
FLAG: Shape = {"type": "boolean"}
WHOLE: Shape = {"type": "integer"}
COUNT: Shape = {"type": "integer", "minimum": 0}
NUMBER: Shape = {"type": "integer", "minimum": 1}
MONEY: Shape = {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}
CURRENCY: Shape = {"type": "string", "pattern": "^[A-Z]{3}$"}
DAY: Shape = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
MOMENT: Shape = {
    "type": "string",
    "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[+-][0-9]{2}:[0-9]{2}$",
}
SHA256: Shape = {"type": "string", "pattern": "^[0-9a-f]{64}$"}


def word(*values: str) -> Shape:
    """One of these words."""
    return {"enum": list(values)}


def maybe(shape: Shape) -> Shape:
    """The shape, or null where it is not known."""
    return {"anyOf": [shape, {"type": "null"}]}


def either(*shapes: Shape) -> Shape:
    """One of several shapes."""
    return {"anyOf": list(shapes)}


def many(shape: Shape) -> Shape:
    """An array of it."""
    return {"type": "array", "items": shape}


def table(shape: Shape) -> Shape:
    """An object whose keys are names, such as currencies."""
    return {"type": "object", "additionalProperties": shape}


def record(required: Mapping[str, Shape], optional: Mapping[str, Shape] | None = None) -> Shape:
    """An object of exactly these keys; ``optional`` ones may be missing."""
    return {
        "type": "object",
        "properties": {**required, **(optional or {})},
        "required": list(required),
        "additionalProperties": False,
    }


def ref(name: str) -> Shape:
    """A shape that has a name of its own under ``$defs``."""
    return {"$ref": f"#/$defs/{name}"}
