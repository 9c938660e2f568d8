"""A policy to start from: a commented file made from a few answers, valid as it is written."""

from __future__ import annotations

import json
import re
from datetime import date
from string import Template
from typing import NamedTuple

from returns_cli.data import shipped

_TEMPLATE = "new_policy.yaml"
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9.'/_-]*(?: [A-Za-z0-9.'/_-]+)*")
_NOT_TEXT = frozenset({"null", "true", "false", "yes", "no", "on", "off", "none"})
_FIGURE = re.compile(r"[0-9]+(\.[0-9]+)?%?", re.ASCII)
FALLBACK_DAYS = 7


class SeasonStart(NamedTuple):
    """Orders of some days with a window of their own: ``days``, or open until a day."""

    first_on: date
    last_on: date
    days: int | None = None
    until_on: date | None = None


class Start(NamedTuple):
    """What a new policy says; texts are written as a policy writes them.

    Attributes:
        days: None where nothing comes back at all.
        restocking: ``0%``, ``10%`` or an amount per unit.
        return_shipping: an amount that is kept, ``0`` for none.
        label: a word of ``label.kind``.
        defect_is_free: the shop pays the way back of what is its own or the carrier's fault.
        refund_days: the promise; None for none.
        original_shipping: a word of ``refund.original_shipping``.
    """

    name: str
    title: str
    currency: str
    countries: tuple[str, ...] = ()
    days: int | None = 30
    resolutions: tuple[str, ...] = ("refund", "exchange")
    conditions: tuple[str, ...] = ("new", "opened")
    restocking: str = "0%"
    return_shipping: str = "0"
    label: str = "customer"
    defect_is_free: bool = True
    refund_days: int | None = 14
    original_shipping: str = "full_return"
    seasons: tuple[SeasonStart, ...] = ()


def starter_text(start: Start) -> str:
    """The policy file; what a shop would change has what else may stand there beside it."""
    template = Template(shipped(_TEMPLATE).read_text(encoding="utf-8"))
    return template.substitute(
        file=start.name,
        name=scalar(start.name),
        title=scalar(start.title),
        applies_to=_applies_to(start.countries),
        currency=scalar(start.currency),
        days=start.days or 0,
        plus_days=FALLBACK_DAYS,
        resolutions=", ".join(start.resolutions),
        conditions=", ".join(start.conditions),
        restocking=scalar(start.restocking),
        return_shipping=scalar(start.return_shipping),
        waived="merchant, carrier" if start.defect_is_free else "",
        label=start.label,
        promise="" if start.refund_days is None else f"    within_days: {start.refund_days}\n",
        original_shipping=start.original_shipping,
        no_returns=_NO_RETURNS if start.days is None else "",
        of_fault=_of_fault(start),
        seasons="".join(_season(one, number) for number, one in enumerate(start.seasons, 1)),
    )


def scalar(text: str) -> str:
    """A text as YAML reads it back, in quotes where it needs them.

    >>> scalar("Standard returns"), scalar("10%"), scalar("no"), scalar("a: b")
    ('Standard returns', '10%', '"no"', '"a: b"')
    """
    is_word = _PLAIN.fullmatch(text) and text.lower() not in _NOT_TEXT
    return text if is_word or _FIGURE.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def _applies_to(countries: tuple[str, ...]) -> str:
    if not countries:
        return "# It holds for all orders in its currency; narrow it: applies_to: {countries: [US]}"
    return f"applies_to: {{countries: [{', '.join(scalar(one) for one in countries)}]}}"


_NO_RETURNS = """\
  - id: no-returns
    why: We take nothing back but for our or the carrier's mistakes.
    when: {reason.fault: [customer, unknown]}
    deny: no_returns

"""


def _of_fault(start: Start) -> str:
    """What else holds for the shop's own mistakes."""
    pays = start.defect_is_free and start.label == "customer"
    label = "      label: {kind: prepaid}\n" if pays else ""
    return label if start.days is not None else f"{label}      window: {{days: 30}}\n"


def _season(season: SeasonStart, number: int) -> str:
    if season.until_on is None:
        why = f"Orders of this season can come back for {season.days} days."
        window = f"days: {season.days}"
    else:
        why = f"Orders of this season can come back at least until {season.until_on}."
        window = f"until: {season.until_on}"
    return f"""
  - id: season-{number}
    why: {why}
    when: {{order.placed: {{from: {season.first_on}, to: {season.last_on}}}}}
    set: {{window: {{{window}}}}}
"""
