"""What ``init`` asks at a terminal: a question a setting, Enter takes the likely answer.

Every answer is held to what a shop's settings and policies may say, and is asked for again where
it cannot be. Nothing is written before the last one, so Ctrl-C leaves nothing behind.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any

from returns_cli.domain.errors import DeclinedError, UsageError

if TYPE_CHECKING:
    from returns_cli.cli.context import Invocation
    from returns_cli.operations.new_shop import NewShop

_LATER = "later"
_QUESTIONS = (
    ("name", "The shop's name"),
    ("country", "Country, two letters"),
    ("currency", "Currency"),
    ("timezone", "Time zone"),
    ("language", "Language of your paper"),
    ("street", "Where returns go: street and number"),
    ("city", "  City"),
    ("region", "  State or region, - for none"),
    ("postcode", "  Postcode"),
    ("label", "Paper of labels: 4x6, 100x150, a6, a4-fold, letter-fold"),
    ("slip", "Paper of packing slips: a4, letter"),
    ("days", "Your policy. Days to send goods back"),
    ("return_shipping", "  Who pays the way back: shop, customer, or an amount that you keep"),
    ("restocking", "  Restocking fee: 0%, 10%, or an amount per unit"),
)
_REST_OF_ADDRESS = frozenset({"city", "region", "postcode"})


def answered(call: Invocation, told: NewShop, folder: Path) -> NewShop:
    """What a new shop is made of: what options said, and what a person answers to the rest.

    Nobody is asked without a terminal, with ``--yes`` or ``--no-input``, or where a shop is.

    Raises:
        DeclinedError: the keyboard was closed (Ctrl-D) before the last answer.
    """
    from returns_cli.operations.shop import SHOP_FILE, is_there

    if not call.may_ask or "--yes" in call.options or is_there(folder / SHOP_FILE):
        return told
    from returns_cli.operations.likely_shop import likely_shop

    if isinstance(call.stdin, TextIOWrapper):
        call.stdin.reconfigure(errors="surrogateescape")  # what is not UTF-8 is asked for again
    call.output.say("A new shop. Enter takes what stands in brackets; Ctrl-C stops, nothing made.")
    usual = _usual(likely_shop(call.environ))
    for field, what in _QUESTIONS:
        is_skipped = field in _REST_OF_ADDRESS and told.street is None
        if getattr(told, field) is None and not is_skipped:
            told = _ask(call, told, field, what, usual(told, field))
    return replace(told, region=None if told.region == "-" else told.region)


def _usual(likely: NewShop) -> Callable[[NewShop, str], str]:
    """What Enter means, given the answers before: another country has its own money and paper."""
    from returns_cli.operations.likely_shop import currency_of_country, sizes_of

    fixed = {
        "name": "My shop",
        "street": _LATER,
        "city": _LATER,
        "region": "-",
        "postcode": _LATER,
        "days": "30",
        "return_shipping": "customer",
        "restocking": "0%",
    }

    def usual(so_far: NewShop, field: str) -> str:
        country = so_far.country or likely.country or ""
        label, slip = sizes_of(country)
        of_country = {"currency": currency_of_country(country), "label": label, "slip": slip}
        return {**fixed, **of_country}.get(field) or getattr(likely, field)

    return usual


def _ask(call: Invocation, told: NewShop, field: str, what: str, usual: str) -> NewShop:
    """Ask until the answer can be a shop's."""
    while True:
        call.output.ask(f"{what} [{usual}]: ")
        answer = _line(call) or usual
        if answer == _LATER:
            return told
        try:
            return _held(replace(told, **{field: _value(field, answer)}))
        except UsageError as error:
            call.output.ask(f"{error.message} {error.hint or ''}".rstrip())
            call.output.write_error("\n")


def _line(call: Invocation) -> str:
    line = call.stdin.readline() if call.stdin is not None else ""
    if not line:
        raise DeclinedError(
            "E-DECLINED",
            "Stopped before the last question; nothing was made.",
            hint="Run it again, or say it all by options: returns init --help.",
        )
    return line.strip()


def _value(field: str, answer: str) -> Any:
    if not answer.isprintable():
        raise UsageError("E-USAGE-INIT", "It holds a control sign.", hint="Type it again.")
    if field != "days":
        return answer.upper() if field in ("country", "currency") else answer
    if not (answer.isascii() and answer.isdigit() and len(answer) < 5):
        raise UsageError("E-USAGE-INIT", "It is not a number of days.", hint="Write 30.")
    return int(answer)


def _held(told: NewShop) -> NewShop:
    """The same answers; refuses what ``shop.yaml`` or a policy cannot hold."""
    from returns_cli.operations.new_shop import first_policy, shop_text

    shop_text(told)
    first_policy(told)
    return told
