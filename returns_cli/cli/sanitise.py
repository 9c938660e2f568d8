r"""Make text safe to show: nothing untrusted ever steers a terminal or hides itself.

Control characters (C0, DEL, C1), bidirectional marks, line separators, tag characters and lone
surrogates become visible escapes such as ``\x1b`` or ``\u202e``. Letters of every script, emoji
and joiners stay.
"""

import re
from collections.abc import Mapping

# Patterns stay text, which `re` compiles once it is needed. That is rare: everything unsafe is
# unprintable to Python, and `str.isprintable` is asked first.
_UNSAFE = (
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff"
    "\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
# In JSON text the C0 characters inside strings are escaped already; its own newlines stay.
_UNSAFE_IN_JSON = _UNSAFE.replace("\x00-\x1f", "")
_NUMBER = r"[+-]?[0-9]+(\.[0-9]+)?"
_FORMULA_STARTS = frozenset("=+-@＝＋－＠")
_ASCII_FORMS: Mapping[str, str] = {"·": "-", "–": "-", "—": "-", "…": "...", "→": "->", "×": "x"}


def visible(text: str) -> str:
    r"""The text with every unsafe character as an escape, on one line.

    >>> visible("ok" + chr(27) + "[31m" + chr(0x202e))
    'ok\\x1b[31m\\u202e'
    """
    return text if text.isprintable() else re.sub(_UNSAFE, _escape, text)


def visible_lines(text: str) -> str:
    r"""As :func:`visible`, of text that has lines: their ends and tabs stay.

    >>> visible_lines("a" + chr(27) + chr(9) + "b" + chr(10))
    'a\\x1b\tb\n'
    """
    kept = text.replace("\r\n", "\n")
    end = "\n" if kept == text else "\r\n"
    lines = ("\t".join(map(visible, line.split("\t"))) for line in kept.split("\n"))
    return end.join(lines)


def json_safe(text: str, *, ascii_only: bool = False) -> str:
    r"""JSON text with unsafe characters inside its strings as ``\uXXXX``: the same data.

    Args:
        ascii_only: escape every character beyond ASCII as well.
    """
    safe = text if text.isprintable() else re.sub(_UNSAFE_IN_JSON, _json_escape, text)
    return re.sub("[^\x00-\x7f]", _json_escape, safe) if ascii_only else safe


def spreadsheet_cell(text: str) -> str:
    """A CSV cell that no spreadsheet runs as a formula; numbers stay numbers.

    >>> spreadsheet_cell("=1+1"), spreadsheet_cell("-12.50"), spreadsheet_cell("-R-100")
    ("'=1+1", '-12.50', "'-R-100")
    """
    safe = visible(text)
    if safe.lstrip()[:1] in _FORMULA_STARTS and safe.strip() and not re.fullmatch(_NUMBER, safe):
        return "'" + safe
    return safe


def in_ascii(text: str) -> str:
    r"""The nearest plain ASCII: our own signs as look-alikes, anything else as ``\uXXXX``."""
    if text.isascii():
        return text
    for sign, plain in _ASCII_FORMS.items():
        text = text.replace(sign, plain)
    return text.encode("ascii", "backslashreplace").decode("ascii")


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x100:
        return {9: "\\t", 10: "\\n", 13: "\\r"}.get(code, f"\\x{code:02x}")
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _json_escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x10000:
        return f"\\u{code:04x}"
    high, low = divmod(code - 0x10000, 0x400)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"
