"""Say which reasons of a return nobody knows, and what was most likely meant."""

from __future__ import annotations

from collections.abc import Iterable

from returns_cli.domain.model import RequestedLine
from returns_cli.domain.nearest import nearest
from returns_cli.domain.reasons import find_reason, reason_index
from returns_cli.operations.shop import Shop


def note_unknown_reasons(shop: Shop, rma: str, lines: Iterable[RequestedLine]) -> None:
    """Note each line's reason that is not in the shop's table; it is kept as it came.

    Args:
        rma: of the return that was stored with the lines.
    """
    index = reason_index(shop.config.tables)
    for one in lines:
        if find_reason(index, one.reason) is not None:
            continue
        near = nearest(one.reason, shop.config.tables.reasons)
        meant = f" Did you mean {near[0]}? " if near else ""
        mend = f"returns amend {rma} --item {one.line}={near[0]}" if near else ""
        shop.notes.append(
            f"The reason {one.reason[:40]!r} is not in the shop's table; its fault counts as "
            f"unknown.{meant}{mend}"
        )
