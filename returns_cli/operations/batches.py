"""Long work in chunks: each is whole on the disk before anybody hears of it, and signals wait.

The one way in which a command writes more than one thing at a time. What was done is known again
by what is recorded: the keys of rows, judgements that say the same, refunds that stand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from returns_cli.operations.shop import Shop

if TYPE_CHECKING:
    from returns_cli.store.connection import Store

CHUNK = 1000
"""Things done in one transaction: what is done is kept when a long batch is stopped."""

Item = TypeVar("Item")
Answer = TypeVar("Answer")


def commit_in_chunks(
    shop: Shop,
    store: Store,
    items: Iterable[Item],
    take: Callable[[list[Item], Sequence[Item]], Iterable[Answer]],
    *,
    what: str,
    total: int | None = None,
) -> Iterator[Answer]:
    """Take items chunk by chunk, each in a transaction of its own, and answer after it.

    A signal that arrives meanwhile ends the work once the chunk stands and its answers are handed
    over; ``shop.standing`` says how far it is. A rehearsal takes all in one transaction, so that a
    later item sees what an earlier one would have done.

    Args:
        items: read a chunk ahead.
        take: takes the items of a chunk, inside its transaction; is told which ones follow.
        what: names the items: ``rows``.
        total: their number, where it is known.
    """
    left = iter(items)
    size = None if shop.dry_run else CHUNK
    of_all = f" of {total:,}" if total is not None else ""
    done = 0
    following = list(islice(left, size))
    while following:
        chunk, following = following, list(islice(left, size))
        with shop.hold():
            with store.writing(rehearse=shop.dry_run):
                answers = take(chunk, following)
            done += len(chunk)
            shop.standing = f"{done:,}{of_all} {what}"
            yield from answers
    shop.standing = None
