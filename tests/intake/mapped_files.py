"""Reading small files through a mapping, for the tests."""

from __future__ import annotations

import io
from typing import Any

from returns_cli.domain.errors import InvalidError
from returns_cli.intake import ReadOptions
from returns_cli.intake.mapped.mapping_file import parse_mapping
from tests.intake.files import Read, read


def options(mapping: str, command: str = "orders import", **given: Any) -> ReadOptions:
    """Read options with a mapping; given ones win over it."""
    found = parse_mapping(mapping.encode(), "m.yaml", command)
    return ReadOptions(**{"currency": "EUR", **found.options(), "mapping": found, **given})


def read_mapped(mapping: str, *contents: str | bytes, **given: Any) -> Read:
    """What comes out of order files through a mapping."""
    files = [one if isinstance(one, bytes) else one.encode() for one in contents]
    return read(*files, options=options(mapping, **given))


def refused(mapping: str, content: str | bytes, **given: Any) -> InvalidError:
    """The error of a file that is refused whole."""
    try:
        read_mapped(mapping, content, **given)
    except InvalidError as error:
        return error
    raise AssertionError("the file was not refused")


def stream(text: str) -> io.BytesIO:
    """A file as standard input gives it."""
    return io.BytesIO(text.encode())
