"""The journal for plain-text accounting: Beancount, hledger and Ledger.

Sources: Beancount's language syntax, hledger's journal format, Ledger's manual. Each entry keeps
its number, key, order reference and hash as metadata, so that the books lead back to the journal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from returns_cli.domain.bookkeeping.entries import Entry, account_name, first_days, plain
from returns_cli.domain.money import exponent, format_amount

_BEANCOUNT_ROOTS = ("Assets", "Liabilities", "Equity", "Income", "Expenses")
_BEANCOUNT_PART = re.compile(r"[^\W_a-z][\w-]*")


def beancount_lines(entries: Sequence[Entry], names: Mapping[str, str]) -> Iterator[str]:
    """The journal as a Beancount file; see :func:`unfit_for_beancount` for names it refuses."""
    yield "; The journal of refunds, for Beancount.\n"
    for name, (day, currencies) in first_days(entries, names).items():
        yield f"{day} open {name} {','.join(currencies)}\n"
    for entry in entries:
        yield f'\n{entry.business_on} * "{entry.text}" "{plain(entry.key)}"\n'
        yield f"  seq: {entry.seq}\n"
        yield f'  hash: "{entry.hash}"\n'
        yield f'  actor: "{plain(entry.actor)}"\n'
        for leg in entry.legs:
            amount = format_amount(leg.minor, leg.currency)
            yield f"  {account_name(leg.account, names)}  {amount} {leg.currency}\n"
            yield f'    order: "{plain(leg.order_ref)}"\n'


def unfit_for_beancount(names: Mapping[str, str]) -> list[str]:
    """Names of shop.yaml that Beancount cannot read as accounts.

    >>> unfit_for_beancount({"paid": "Assets:Bank", "returns": "Retouren:Waren"})
    ['Retouren:Waren']
    """
    return [
        name
        for name in names.values()
        if name.partition(":")[0] not in _BEANCOUNT_ROOTS
        or ":" not in name
        or not all(
            _BEANCOUNT_PART.fullmatch(part) or part[:1].isdigit() for part in name.split(":")
        )
        or " " in name
    ]


def hledger_lines(entries: Sequence[Entry], names: Mapping[str, str]) -> Iterator[str]:
    """The journal as hledger reads it, with every account and commodity declared (strict)."""
    yield "; The journal of refunds, for hledger.\n"
    for currency in _currencies(entries):
        yield f"commodity 1000.{'0' * exponent(currency)} {currency}\n"
    yield from _ledger_lines(entries, names)


def ledger_lines(entries: Sequence[Entry], names: Mapping[str, str]) -> Iterator[str]:
    """The journal as Ledger reads it."""
    yield "; The journal of refunds, for Ledger.\n"
    for currency in _currencies(entries):
        yield f"commodity {currency}\n"
    yield from (f"tag {name}\n" for name in ("key", "hash", "actor", "order"))
    yield from _ledger_lines(entries, names)


def _currencies(entries: Sequence[Entry]) -> list[str]:
    return sorted({leg.currency for entry in entries for leg in entry.legs})


def _ledger_lines(entries: Sequence[Entry], names: Mapping[str, str]) -> Iterator[str]:
    for name in first_days(entries, names):
        yield f"account {name}\n"
    for entry in entries:
        yield f"\n{entry.business_on} * ({entry.seq}) {entry.text}\n"
        yield f"    ; key: {plain(entry.key)}\n"
        yield f"    ; hash: {entry.hash}\n"
        yield f"    ; actor: {plain(entry.actor)}\n"
        for leg in entry.legs:
            amount = format_amount(leg.minor, leg.currency)
            yield f"    {account_name(leg.account, names)}  {amount} {leg.currency}"
            yield f"  ; order: {plain(leg.order_ref)}\n"
