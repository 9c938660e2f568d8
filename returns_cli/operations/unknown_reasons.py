"""Say which reasons of a return nobody knows, and what was most likely meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from returns_cli.domain.model import RequestedLine
from returns_cli.domain.nearest import nearest
from returns_cli.domain.reasons import find_reason, reason_index
from returns_cli.domain.shop import Tables
from returns_cli.operations.shop import Shop


def note_unknown_reasons(shop: Shop, rma: str, lines: Iterable[RequestedLine]) -> None:
    """Note each line's reason that neither the shop nor one of its policies knows.

    It is kept as it came. Policies are read only for a reason that the shop does not know.

    Args:
        rma: of the return that was stored with the lines.
    """
    for one in lines:
        if any(find_reason(reason_index(tables), one.reason) for tables in _tables(shop)):
            continue
        note = f"Nobody knows the reason {one.reason[:40]!r}; its fault counts as unknown."
        known = [code for tables in _tables(shop) for code in tables.reasons]
        for near in nearest(one.reason, known):
            note += f" Did you mean {near}? returns amend {rma} --item {one.line}={near}"
        shop.notes.append(note)


def _tables(shop: Shop) -> Iterator[Tables]:
    yield shop.config.tables
    yield from (policy.tables for policy in shop.policies())
