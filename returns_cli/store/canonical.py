"""Bytes that a digest covers: canonical JSON, and length-prefixed fields."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date

_NULL = b"\xff\xff\xff\xff"
_SHORT = 128
_LENGTHS = tuple(size.to_bytes(4, "big") for size in range(_SHORT))


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no canonical form")


def canonical_json(value: object) -> str:
    """JSON with sorted keys, no spaces and no escapes beyond those that JSON asks for.

    Args:
        value: mappings, sequences, text, integers, booleans, dates and None.

    Raises:
        ValueError: a number that is not finite.
        TypeError: a value of any other type.

    >>> canonical_json({"b": ("ü", None), "a": 1})
    '{"a":1,"b":["ü",null]}'
    """
    return json.dumps(
        value,
        default=_plain,
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
        allow_nan=False,
    )


def digest_of(value: object) -> str:
    """SHA-256 of the canonical JSON of a value, in hex."""
    import hashlib  # loads OpenSSL: not for commands that need no digest

    return hashlib.sha256(canonical_json(value).encode()).hexdigest()


def length_prefixed(tag: bytes, fields: Iterable[str | int | bytes | None]) -> bytes:
    """A tag, then each field as its length in four bytes, most significant first, and its bytes.

    Text is UTF-8, an integer is decimal ASCII, NULL is the length 0xFFFFFFFF and no bytes.

    >>> length_prefixed(b"v1", ["é", 10, None]).hex(" ")
    '76 31 00 00 00 02 c3 a9 00 00 00 02 31 30 ff ff ff ff'
    """
    parts = [tag]
    for field in fields:
        if field is None:
            parts.append(_NULL)
            continue
        body = field if type(field) is bytes else str(field).encode()
        size = len(body)
        parts += (_LENGTHS[size] if size < _SHORT else size.to_bytes(4, "big"), body)
    return b"".join(parts)
