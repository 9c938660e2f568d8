"""The return that a person at the bench means: by its number, its parcel's, or its order's."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from returns_cli.domain.errors import NotFoundError, UsageError
from returns_cli.domain.item_spec import ItemSpec
from returns_cli.domain.record import ReturnRecord
from returns_cli.domain.rma import PREFIX
from returns_cli.domain.shop import ShopConfig
from returns_cli.operations.named_line import find_line
from returns_cli.operations.own_parcel import rma_of_parcel

if TYPE_CHECKING:
    from returns_cli.store.connection import Store

_MOST_NAMED = 5


def _waits_to_arrive(record: ReturnRecord) -> bool:
    return any(record.authorized(one.line) > record.received(one.line) for one in record.lines)


def _waits_for_inspection(record: ReturnRecord) -> bool:
    return any(record.received(one.line) > record.inspected(one.line) for one in record.lines)


def _waits_to_be_put_away(record: ReturnRecord) -> bool:
    return any(record.inspected(one.line) > record.disposed(one.line) for one in record.lines)


_WAITS: Mapping[str, Callable[[ReturnRecord], bool]] = {
    "receive": _waits_to_arrive,
    "inspect": _waits_for_inspection,
    "dispose": _waits_to_be_put_away,
}


def find_named(
    store: Store,
    text: str,
    verb: str,
    items: Sequence[ItemSpec] = (),
    key: str | None = None,
    config: ShopConfig | None = None,
) -> ReturnRecord:
    """The one return that an RMA, a tracking number or an order's number stands for.

    Of several returns of one order or parcel the one is meant that asked for the items, and then
    the one whose goods wait for the verb. A key that was used means the return that it meant the
    first time, whatever waits by now.

    Args:
        store: inside a transaction.
        text: as typed.
        verb: ``receive``, ``inspect`` or ``dispose``.
        items: that are acted on, as typed.
        key: of the command, if it has one.
        config: knows the shop's GS1 prefix, and so the SSCC of its own labels.

    Raises:
        NotFoundError: ``E-RMA-UNKNOWN``, ``E-RMA-MISTYPED``; also of an order without a return.
        UsageError: ``E-RMA-AMBIGUOUS``, several returns may be meant.
    """
    from returns_cli.store.returns import find_return

    if text.strip().upper().startswith(PREFIX[:-1]):
        return find_return(store, text)
    found = _numbered(store, text)
    own = rma_of_parcel(config, store, text) if config is not None and not found else None
    if own is not None:
        return find_return(store, own)
    if not found:
        _refuse_order_without_return(store, text)
        return find_return(store, text)  # which names the returns that may be meant
    if len(found) > 1 and key is not None:
        found = _meant_before(store, found, verb, key)
    if len(found) > 1:
        found = [one for one in found if _asks_for(one, items)] or found
        found = [one for one in found if _WAITS[verb](one)] or found
    if len(found) > 1:
        raise _ambiguous(text, found)
    return found[0]


def _numbered(store: Store, text: str) -> list[ReturnRecord]:
    from returns_cli.store.returns import load_returns
    from returns_cli.store.search import numbered_returns

    return load_returns(store, [one.return_id for one in numbered_returns(store, text)])


def _meant_before(
    store: Store, found: list[ReturnRecord], verb: str, key: str
) -> list[ReturnRecord]:
    from returns_cli.store import keys

    meant = keys.result_of(store, verb, key)
    return [one for one in found if one.rma == meant] or found


def _asks_for(record: ReturnRecord, items: Sequence[ItemSpec]) -> bool:
    asked = {one.line for one in record.lines}
    try:
        return all(find_line(record.order, item).line in asked for item in items)
    except NotFoundError:  # a parcel of several orders: this one never had such an item
        return False


def _refuse_order_without_return(store: Store, text: str) -> None:
    from returns_cli.store.orders import order_pks

    if order_pks(store, [text])[text]:
        order = text.strip()
        raise NotFoundError(
            "E-RMA-UNKNOWN",
            f"No return was opened for order {order}.",
            where=order,
            hint=f"Open one: returns open {order} --item LINE=REASON. Until then the goods are"
            " unexpected: `returns scan`, then the EXTRA card.",
        )


def _ambiguous(text: str, found: list[ReturnRecord]) -> UsageError:
    numbers = sorted(one.rma for one in found)
    rest = f" and {len(numbers) - _MOST_NAMED} more" if len(numbers) > _MOST_NAMED else ""
    return UsageError(
        "E-RMA-AMBIGUOUS",
        f"{text.strip()} is {len(numbers)} returns: {', '.join(numbers[:_MOST_NAMED])}{rest}.",
        where=text.strip(),
        hint="Name the one whose goods you hold; `returns show RMA` says what it awaits.",
    )
