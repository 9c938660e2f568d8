"""Entries of the journal as a bookkeeper sees them, and what their accounts are called."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

_DEFAULTS = {
    "returns": "Income:Returns",
    "payable": "Liabilities:Refunds-Payable",
    "paid": "Assets:Refunds-Paid",
    "credit": "Liabilities:Store-Credit",
    "owed": "Assets:Owed-By-Customers",
    "received": "Assets:Received",
    "exchanged": "Income:Exchanged",
    "goodwill": "Expenses:Goodwill",
    "redeemed": "Income:Redeemed",
    "expired": "Income:Expired",
}


class Leg(NamedTuple):
    """One side of an entry: a debit is positive, a credit negative, in minor units."""

    account: str
    order_ref: str
    currency: str
    minor: int


class Entry(NamedTuple):
    """One entry of the journal.

    Attributes:
        kind: ``refund_submitted`` …; ``key``: unique in the journal.
        actor: a staff handle; ``business_on``: the shop's day; ``recorded_at``: the instant.
        hash: of the entry in the chain, hex.
    """

    seq: int
    kind: str
    key: str
    actor: str
    business_on: str
    recorded_at: str
    hash: str
    legs: tuple[Leg, ...]

    @property
    def text(self) -> str:
        """What happened, for a person.

        >>> Entry(1, "refund_submitted", "k", "ann", "", "", "", ()).text
        'Refund submitted'
        """
        return self.kind.replace("_", " ").capitalize()


def account_name(account: str, names: Mapping[str, str]) -> str:
    """What an account of the journal is called in the books.

    Args:
        account: ``returns:items``, ``payable:store_credit`` …
        names: of shop.yaml, by account or by its first word; the longer one wins.

    >>> account_name("payable:store_credit", {})
    'Liabilities:Refunds-Payable:Store-Credit'
    >>> account_name("payable:store_credit", {"payable": "Passiva:Offen"})
    'Passiva:Offen:Store-Credit'
    >>> account_name("payable:store_credit", {"payable:store_credit": "Passiva:Gutscheine"})
    'Passiva:Gutscheine'
    """
    if account in names:
        return names[account]
    group, _, rest = account.partition(":")
    base = names.get(group) or _DEFAULTS.get(group) or f"Equity:{_titled(group)}"
    return f"{base}:{_titled(rest)}" if rest else base


def _titled(text: str) -> str:
    words = re.findall(r"[A-Za-z0-9]+", text)
    return "-".join(word[:1].upper() + word[1:] for word in words) or "Other"


def first_days(
    entries: Iterable[Entry], names: Mapping[str, str]
) -> dict[str, tuple[str, tuple[str, ...]]]:
    """By name of each account, in their order: the first day and the currencies it is used in."""
    days: dict[str, str] = {}
    currencies: dict[str, set[str]] = {}
    for entry in entries:
        for leg in entry.legs:
            name = account_name(leg.account, names)
            days[name] = min(days.get(name, entry.business_on), entry.business_on)
            currencies.setdefault(name, set()).add(leg.currency)
    return {name: (days[name], tuple(sorted(currencies[name]))) for name in sorted(days)}


def plain(text: str) -> str:
    """A text on one line, without signs that would mean something to a program.

    >>> plain('a "b"; c' + chr(10) + "  d")
    'a b c d'
    """
    kept = "".join(sign if sign.isprintable() and sign not in '";\\|' else " " for sign in text)
    return " ".join(kept.split())
