"""Finding a reason by its code or by a platform's name for it."""

from __future__ import annotations

from collections.abc import Mapping

from returns_cli.domain.shop import Reason, Tables
from returns_cli.domain.vocabulary import Fault

ReasonIndex = Mapping[str, Reason]


def reason_index(tables: Tables) -> ReasonIndex:
    """Every name of every reason, ready for :func:`find_reason`; codes win over aliases."""
    index: dict[str, Reason] = {}
    for reason in tables.reasons.values():
        for alias in reason.aliases:
            index.setdefault(_folded(alias), reason)
    return index | {_folded(reason.code): reason for reason in tables.reasons.values()}


def find_reason(index: ReasonIndex, text: str) -> Reason | None:
    """The reason that a text names, None where nobody knows it.

    Case, spaces and hyphens do not count, nor does Amazon's prefix ``CR-``; an alias that ends in
    ``*`` stands for every name that begins so.
    """
    name = _folded(text)
    for one in (name, name.removeprefix("cr_")):
        found = index.get(one) or _by_beginning(index, one)
        if found is not None:
            return found
    return None


def fault_of(index: ReasonIndex, text: str) -> Fault:
    """Whose fault a reason names; ``unknown`` for one that nobody knows."""
    found = find_reason(index, text)
    return found.fault if found else Fault.UNKNOWN


def _by_beginning(index: ReasonIndex, name: str) -> Reason | None:
    return next(
        (
            reason
            for key, reason in index.items()
            if key.endswith("*") and name.startswith(key[:-1])
        ),
        None,
    )


def _folded(text: str) -> str:
    return text.strip().casefold().replace("-", "_").replace(" ", "_")
