"""The files that a new shop begins with: ``shop.yaml`` and a policy in its own currency."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from string import Template

from returns_cli.data import shipped
from returns_cli.domain import money
from returns_cli.domain.errors import InvalidError, UsageError
from returns_cli.domain.vocabulary import TaxStyle
from returns_cli.operations.print_policy_schema import SCHEMA_FILE

PLACEHOLDER_STREET = "Your street and number"
"""The street of a new shop's address: ``doctor`` points each of these out until it is replaced."""
PLACEHOLDER_CITY = "Your city"
PLACEHOLDER_POSTCODE = "Your postcode"
PLACEHOLDERS = frozenset({PLACEHOLDER_STREET, PLACEHOLDER_CITY, PLACEHOLDER_POSTCODE})

_REPLACE = "# REPLACE these placeholders: they are printed on every label.\n"
_TEMPLATE = "new_shop.yaml"
_POLICIES = (SCHEMA_FILE, "standard.cases.yaml", "standard.yaml")
_TAX_ON_TOP = frozenset({"US", "CA"})  # prices in shops there are shown without their tax
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9.&'/_-]*(?: [A-Za-z0-9.&'/_-]+)*")
_NOT_TEXT = frozenset({"null", "true", "false", "yes", "no", "on", "off"})
_AMOUNT = re.compile(r"(?<![\w.:-])\d+\.\d\d(?![\w.%])", re.ASCII)
_DOLLARS = re.compile(r"\bUSD\b")
_LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class NewShop:
    """What a new shop is asked for; None takes what suits the rest.

    Attributes:
        name: as customers read it.
        currency: ISO 4217. ``timezone``: IANA. ``country``: ISO 3166-1 alpha-2.
        language: BCP 47 tag of what customers read.
        tax: ``included``, ``on_top`` or ``none``.
        street: with ``city``, ``region`` and ``postcode`` where returns go.
        label: size of labels. ``slip``: size of slips.
        days: with the next two the first policy; None for all takes the shipped one.
        return_shipping: ``shop``, ``customer``, or an amount that is kept.
        restocking: ``10%``, or an amount per unit.
    """

    name: str | None = None
    currency: str | None = None
    timezone: str | None = None
    country: str | None = None
    language: str | None = None
    tax: str | None = None
    street: str | None = None
    city: str | None = None
    region: str | None = None
    postcode: str | None = None
    label: str | None = None
    slip: str | None = None
    days: int | None = None
    return_shipping: str | None = None
    restocking: str | None = None


def shop_text(asked: NewShop) -> bytes:
    """A commented ``shop.yaml`` that reads without a problem.

    Raises:
        UsageError: an answer that cannot be a shop's (2).
    """
    from returns_cli.policy.shop_file import parse_shop

    _check_name(asked.name)
    _check_address(asked)
    _check_sizes(asked)
    values = _values(asked)
    text = Template(shipped(_TEMPLATE).read_text(encoding="utf-8")).substitute(values)
    data = text.encode()
    try:
        parse_shop(data, "shop.yaml")
    except InvalidError as error:
        problem = error.problems[0] if error.problems else None
        raise UsageError(
            "E-USAGE-INIT",
            f"This cannot be a shop's settings: {problem.message if problem else error.message}",
            where=_option_of(problem.message if problem else "", asked),
            hint=(problem.hint if problem else None) or error.hint,
        ) from error
    return data


def currency_of(asked: NewShop) -> str:
    """The currency of a new shop: dollars unless another one was named.

    Raises:
        UsageError: no currency of ISO 4217.
    """
    currency = (asked.currency or "USD").upper()
    if currency not in money.CURRENCIES:
        raise UsageError(
            "E-USAGE-CURRENCY",
            f"`{asked.currency}` is no currency of ISO 4217.",
            where="--currency",
            hint="Write its three letters, such as USD.",
        )
    return currency


def first_policy(asked: NewShop) -> dict[str, bytes]:
    """The files of ``policies/`` in a new shop: made from the answers, or as shipped.

    Raises:
        UsageError: an answer that no policy can hold (2).
    """
    currency = currency_of(asked)
    if asked.days is None and asked.return_shipping is None and asked.restocking is None:
        return policy_texts(currency)
    from returns_cli.operations.start_policy import StartRequest, starter_files

    request = StartRequest(
        "standard",
        days=asked.days,
        return_shipping=asked.return_shipping,
        restocking=asked.restocking,
        currency=currency,
    )
    return {name: text.encode() for name, text in starter_files(request).items()}


def policy_texts(currency: str) -> dict[str, bytes]:
    """The shipped policy, its cases and the schema for editors, for a shop in any currency.

    In dollars they are as shipped. In another currency every amount keeps its number of minor
    units (6.95 USD, 695 JPY, 0.695 KWD), so the cases hold to the last unit; the file says that its
    amounts want looking through.

    >>> b"return_shipping: 695 " in policy_texts("JPY")["standard.yaml"]
    True
    """
    texts = {}
    for name in _POLICIES:
        text = shipped(f"policies/{name}").read_text(encoding="utf-8")
        if currency != "USD" and name != SCHEMA_FILE:
            text = _in_currency(text, currency)
        texts[name] = text.encode()
    return texts


def _in_currency(text: str, currency: str) -> str:
    def amount(match: re.Match[str]) -> str:
        return money.format_amount(int(match[0].replace(".", "")), currency)

    head = (
        f"# Made for a shop in {currency} from a policy in dollars: look through its amounts,"
        " they were only rewritten.\n"
    )
    return head + _DOLLARS.sub(currency, _AMOUNT.sub(amount, text))


def _values(asked: NewShop) -> Mapping[str, str]:
    currency = currency_of(asked)
    country = (asked.country or _country_of(currency)).upper()
    name = (asked.name or "My shop").strip()
    tax = asked.tax or (TaxStyle.ON_TOP if country in _TAX_ON_TOP else TaxStyle.INCLUDED).value
    return {
        "name": _scalar(name),
        "currency": _scalar(currency),
        "timezone": _scalar(asked.timezone or "UTC"),
        "country_line": f"country: {_scalar(country)}\n" if country else "",
        "language": _scalar(asked.language or "en"),
        "tax": _scalar(tax),
        "return_name": _scalar(f"{name} returns"),
        "replace": "" if asked.street else _REPLACE,
        "address1": _scalar(asked.street or PLACEHOLDER_STREET),
        "city": _scalar(asked.city or PLACEHOLDER_CITY),
        "region_line": f"    region: {_scalar(asked.region)}\n" if asked.region else "",
        "postcode": _scalar(asked.postcode or PLACEHOLDER_POSTCODE),
        "paper_line": _paper_line(asked),
        "address_country": _scalar(country or "US"),
        "shipping_example": money.format_amount(750, currency),
    }


def _country_of(currency: str) -> str:
    """A currency's code begins with its country's (ISO 4217), but for those of several."""
    return "" if currency == "EUR" or currency.startswith("X") else currency[:2]


def _paper_line(asked: NewShop) -> str:
    """The sizes that were chosen; an example behind a ``#`` where none was."""
    if not asked.label and not asked.slip:
        return "# paper: {label: 4x6, slip: a4, dpi: 203}"
    return f"paper: {{label: {asked.label or '4x6'}, slip: {asked.slip or 'a4'}, dpi: 203}}"


def _scalar(text: str) -> str:
    """A text as YAML reads it back, in quotes where it needs them."""
    if _PLAIN.fullmatch(text) and text.lower() not in _NOT_TEXT:
        return text
    return json.dumps(text, ensure_ascii=False)


def _check_name(name: str | None) -> None:
    if name is not None and not (
        name.strip() and name.isprintable() and len(name) <= _LONGEST_NAME
    ):
        raise UsageError(
            "E-USAGE-INIT",
            f"A shop's name is one line of at most {_LONGEST_NAME} characters.",
            where="--name",
            hint="Give the name as customers read it.",
        )


def _check_address(asked: NewShop) -> None:
    for option, text in (
        ("--address", asked.street),
        ("--city", asked.city),
        ("--region", asked.region),
        ("--postcode", asked.postcode),
    ):
        if text is not None and not (text.isprintable() and len(text) <= _LONGEST_NAME):
            raise UsageError(
                "E-USAGE-INIT",
                f"A line of an address has at most {_LONGEST_NAME} characters, no control sign.",
                where=option,
                hint="Write it as it is printed on a label.",
            )


def _check_sizes(asked: NewShop) -> None:
    """Raises ``E-SIZE-UNKNOWN`` where paper has no such size."""
    from returns_cli.documents.sizes import find_sheet

    if asked.label is not None:
        find_sheet(asked.label, "label")
    if asked.slip is not None:
        find_sheet(asked.slip, "slip")


def _option_of(message: str, asked: NewShop) -> str | None:
    """Which answer a problem speaks of: the one whose text it repeats."""
    answers = {
        "--timezone": asked.timezone,
        "--country": asked.country,
        "--language": asked.language,
        "--tax": asked.tax,
        "--name": asked.name,
    }
    return next(
        (option for option, text in answers.items() if text and text.upper() in message.upper()),
        None,
    )
