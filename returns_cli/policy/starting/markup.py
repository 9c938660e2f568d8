"""schema.org markup as shops write it: its return policies found, its values read.

Names come with and without ``http(s)://schema.org/``, with line breaks around them, in arrays and
graphs; days come as text, countries as ``IDN``. That much is understood. Prose where a value
belongs is not guessed at: it becomes a problem.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from html.parser import HTMLParser

from returns_cli.domain import money
from returns_cli.domain.errors import InvalidError, Problem

Node = Mapping[str, object]

_TYPE = "MerchantReturnPolicy"
_DAYS = re.compile(r"(\d{1,5})(?:\.0+)?(?: *days?)?", re.ASCII | re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,12}(?:\.\d{1,6})?", re.ASCII)
_MOST_LEVELS = 60


class Unread(Exception):  # noqa: N818 - becomes a Problem, never reaches a person as it is
    """A value that cannot be read: the end of the problem's code, and what to do."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint


def find_policies(data: bytes, shown_as: str) -> list[Node]:
    """The return policies in a file of JSON-LD, or in the script elements of a saved page.

    Args:
        shown_as: what problems call the file.

    Raises:
        InvalidError: ``E-MARKUP-JSON`` no JSON; ``E-MARKUP-NONE`` no return policy in it (7).
    """
    found: list[Node] = []
    for text in _texts(_decoded(data, shown_as)):
        try:
            tree = json.loads(text, parse_float=str, parse_int=str, parse_constant=str)
        except (ValueError, RecursionError) as error:
            said = error.msg if isinstance(error, json.JSONDecodeError) else "it is nested too deep"
            line = error.lineno if isinstance(error, json.JSONDecodeError) else 1
            hint = "Save what stands inside the script element, whole, or the page itself."
            raise _refused("JSON", f"This is not JSON: {said}.", shown_as, line, hint) from error
        for node in _walk(tree, 0):
            if node not in found:
                found.append(node)
    if not found:
        hint = "Take the page that shows the returns policy to search engines."
        raise _refused("NONE", f"There is no {_TYPE} in it.", shown_as, 1, hint)
    return found


def _refused(code: str, message: str, shown_as: str, line: int, hint: str) -> InvalidError:
    problem = Problem(f"E-MARKUP-{code}", message, shown_as, line, hint=hint)
    return InvalidError(
        problem.code, message, where=f"{shown_as}:{line}", hint=hint, problems=(problem,)
    )


def _decoded(data: bytes, shown_as: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        hint = "Save it as UTF-8."
        raise _refused("JSON", "The file is not UTF-8.", shown_as, 1, hint) from error


class _Scripts(HTMLParser):
    """Collects what stands in a page's ``application/ld+json`` elements."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._is_inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kind = (dict(attrs).get("type") or "").strip().lower()
        self._is_inside = tag == "script" and kind == "application/ld+json"
        if self._is_inside:
            self.texts.append("")

    def handle_endtag(self, tag: str) -> None:
        self._is_inside = self._is_inside and tag != "script"

    def handle_data(self, data: str) -> None:
        if self._is_inside:
            self.texts[-1] += data


def _texts(text: str) -> list[str]:
    """The JSON texts of a file: itself, or those of a page."""
    if not text.lstrip().startswith("<"):
        return [text]
    page = _Scripts()
    page.feed(text)
    return page.texts


def _walk(tree: object, level: int) -> Iterator[Node]:
    if level > _MOST_LEVELS:
        return
    if isinstance(tree, list):
        for one in tree:
            yield from _walk(one, level + 1)
    elif isinstance(tree, dict):
        if _TYPE in (plain_name(one) for one in as_list(tree.get("@type"))):
            yield tree
        for value in tree.values():
            yield from _walk(value, level + 1)


def as_list(value: object) -> Sequence[object]:
    """A property's values: none, one, or several."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return ()
    return value if isinstance(value, list) else (value,)


def plain_name(value: object) -> str:
    """A name without its address, brackets and line breaks.

    >>> plain_name(" http://schema.org/FreeReturn" + chr(10)), plain_name({"@id": "schema:New"})
    ('FreeReturn', 'New')
    """
    if isinstance(value, dict):
        value = value.get("@id", value.get("name", ""))
    text = str(value).strip().rstrip("/#")
    return re.split(r"[/#:]", text)[-1].strip()


def one_of(value: object, known: Sequence[str]) -> str:
    """The enumeration's member that a value means, in any case of letters.

    Raises:
        Unread: prose, or a name that schema.org does not have.
    """
    name = plain_name(value)
    found = next((one for one in known if one.casefold() == name.casefold()), None)
    if found is None:
        said = str(value).strip()
        code = "PROSE" if len(said.split()) > 1 else "VALUE"
        raise Unread(code, f"{said[:80]!r} is no name of it.", f"Use one of {', '.join(known)}.")
    return found


def days_in(value: object) -> int:
    """A number of days, also where it is text.

    Raises:
        Unread: anything else.
    """
    match = _DAYS.fullmatch(_bare(value))
    if match is None:
        raise _no_number(value, "a number of days", "Write 30.")
    return int(match[1])


def percent_in(value: object) -> str:
    """A percentage given as a number, or with its sign, as a policy writes it.

    Raises:
        Unread: no number, or more than 100.
    """
    text = _bare(value).removesuffix("%").strip()
    if not _NUMBER.fullmatch(text) or Decimal(text) > 100:
        raise _no_number(value, "a percentage", "Write 15, or a MonetaryAmount.")
    return f"{Decimal(text).normalize():f}%"


def amount_in(value: object) -> tuple[str, str]:
    """An amount as its currency's decimals write it, and the currency.

    Raises:
        Unread: no MonetaryAmount, no currency of ISO 4217, or more decimals than it has.
    """
    node = value if isinstance(value, dict) else {}
    currency = _bare(node.get("currency", node.get("currencyCode", ""))).upper()
    text = _bare(node.get("value", node.get("amount", "")))
    if currency not in money.CURRENCIES or not _NUMBER.fullmatch(text):
        hint = 'Write {"@type": "MonetaryAmount", "value": 5.99, "currency": "USD"}.'
        raise _no_number(value, "an amount", hint)
    try:
        minor = Decimal(text).scaleb(money.exponent(currency))
        if minor != minor.to_integral_value():
            raise InvalidOperation
    except InvalidOperation:
        raise Unread(
            "VALUE",
            f"{text} has more decimals than {currency}.",
            f"Write {money.exponent(currency)} decimals.",
        ) from None
    return money.format_amount(int(minor), currency), currency


def country_in(value: object) -> str:
    """A country's ISO 3166-1 alpha-2 code, also from three letters or its English name.

    Raises:
        Unread: no country.
    """
    from babel import Locale
    from babel.core import get_global

    text = _bare(value.get("name", "") if isinstance(value, dict) else value)
    names = Locale("en").territories
    code = text.upper()
    if len(code) == 3 or code == "UK":
        aliases = get_global("territory_aliases").get(code)
        code = str(aliases[0]) if aliases and len(aliases) == 1 else code
    if len(code) == 2 and code.isalpha() and code in names and code != "ZZ":
        return code
    by_name = {name.casefold(): key for key, name in names.items() if len(key) == 2}
    if text.casefold() in by_name:
        return str(by_name[text.casefold()])
    raise Unread("VALUE", f"{text[:80]!r} is no country.", "Write its two letters: US, DE, JP.")


def _bare(value: object) -> str:
    return "" if isinstance(value, dict | list) or value is None else str(value).strip()


def _no_number(value: object, what: str, hint: str) -> Unread:
    said = str(value).strip()
    code = "PROSE" if len(said.split()) > 1 and not isinstance(value, dict) else "VALUE"
    return Unread(code, f"{said[:80]!r} is not {what}.", hint)
