"""How a file is read, in one line for the person who gave it: nothing is detected quietly."""

from __future__ import annotations

from typing import Any

from returns_cli.intake.opening import OpenFile
from returns_cli.intake.records import ReadOptions

_DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_DOT_IS_FIXED = ("amazon", "bigcommerce", "generic", "map", "shopify", "square", "woo")


def detected_as(file: OpenFile[Any], options: ReadOptions) -> str:
    """Format, encoding, delimiter and decimal mark of a file.

    ``orders.csv: Shopify orders export, UTF-8, comma, decimal dot``
    """
    form = file.header.format
    what = form.what.partition(" ")[2] if form.what.startswith(("a ", "an ")) else form.what
    if options.decimal is not None:
        mark = f"decimal {options.decimal}"
    elif form.name.startswith(_DOT_IS_FIXED):
        mark = "decimal dot"
    else:
        mark = "decimal mark by amount"
    delimiter = _DELIMITERS.get(file.header.dialect.delimiter, file.header.dialect.delimiter)
    return f"{file.source.name}: {what}, {_encoding(file.codec)}, {delimiter}, {mark}"


def _encoding(codec: str) -> str:
    return "UTF-8" if codec.startswith("utf-8") else codec.upper().replace("_", "-")
