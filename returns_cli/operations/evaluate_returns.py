"""Judge stored returns again, one or all that are open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from returns_cli.domain import lifecycle
from returns_cli.domain.record import OrderLedger, ReturnRecord, Ruling
from returns_cli.operations.batches import commit_in_chunks
from returns_cli.operations.judging import Judged, judge_records
from returns_cli.operations.return_view import Json, quote_record, view_return
from returns_cli.operations.shop import Shop

if TYPE_CHECKING:
    from returns_cli.store.connection import Store


def evaluate_returns(
    shop: Shop, rmas: Sequence[str] = (), *, all_open: bool = False, repin: bool = False
) -> list[Json]:
    """Judge the named returns, or every open one; an unchanged judgement adds no row.

    ``replayed`` says that nothing changed; a policy text other than at the last judgement is noted.
    """
    return list(iterate_evaluations(shop, rmas, all_open=all_open, repin=repin))


def iterate_evaluations(
    shop: Shop,
    rmas: Sequence[str] = (),
    *,
    all_open: bool = False,
    repin: bool = False,
    opened_from: str | None = None,
) -> Iterator[Json]:
    """As :func:`evaluate_returns`, as they are judged, for long batches.

    Each chunk is kept before its first answer comes. Of all that are open, ``opened_from`` leaves
    out those that were opened before that day.
    """
    from returns_cli.store.returns import find_return_id

    with shop.open_store() as store:
        named = (
            _open_ids(store, opened_from)
            if all_open
            else [find_return_id(store, rma) for rma in rmas]
        )
        ids = list(dict.fromkeys(named))

        def take(chunk: list[int], _: Sequence[int]) -> list[Json]:
            return _evaluate(shop, store, chunk, only_open=all_open, repin=repin)

        judged = commit_in_chunks(shop, store, ids, take, what="returns", total=len(ids))
        yield from shop.watch(judged, "returns", len(ids))


def _open_ids(store: Store, opened_from: str | None) -> list[int]:
    from returns_cli.store.returns import ReturnFilter, Wanted, list_return_ids

    return list_return_ids(store, ReturnFilter(wanted=Wanted.OPEN, opened_from=opened_from))


def _evaluate(
    shop: Shop, store: Store, ids: Sequence[int], *, only_open: bool, repin: bool
) -> list[Json]:
    from returns_cli.store.ledger import order_ledgers
    from returns_cli.store.returns import load_returns

    records = load_returns(store, ids)
    if only_open:
        hanging = [one.order_pk for one in records if lifecycle.hangs_on_total(one)]
        ledgers = order_ledgers(store, hanging)
        records = [one for one in records if is_open(shop, one, ledgers)]
    records = [expire_if_late(shop, store, one) for one in records]
    judged = judge_records(shop, store, records, repin=repin)
    ledgers = order_ledgers(store, [one.order_pk for one in records])
    return [_answer(shop, one, ledgers) for one in judged]


def is_open(shop: Shop, record: ReturnRecord, ledgers: Mapping[int, OrderLedger]) -> bool:
    """Whether a judgement can still say something of a return; one that ran out can be taken up."""
    total_minor = 0
    if lifecycle.hangs_on_total(record):
        total_minor = quote_record(record, ledgers[record.order_pk], shop.config).total_minor
    state = lifecycle.state_of(record, total_minor, shop.today, shop.zone)
    return state not in lifecycle.ENDED or state is lifecycle.ReturnState.EXPIRED


def expire_others(shop: Shop, store: Store, record: ReturnRecord) -> None:
    """Expire what ran out of the order's other returns: their units may come back under this one.

    Inside a transaction.
    """
    from returns_cli.store.returns import ReturnFilter, Wanted, list_return_ids, load_returns

    ids = list_return_ids(store, ReturnFilter(wanted=Wanted.OPEN, order_pk=record.order_pk))
    for other in load_returns(store, [one for one in ids if one != record.return_id]):
        expire_if_late(shop, store, other)


def expire_if_late(shop: Shop, store: Store, record: ReturnRecord) -> ReturnRecord:
    """Write down that an approval has run out, which releases its units. Inside a transaction."""
    if not lifecycle.has_expired(record, shop.today, shop.zone):
        return record
    from returns_cli.domain.model import Authorization
    from returns_cli.store.decisions import add_authorizations, add_ruling

    until = lifecycle.valid_until(record, shop.zone)
    why = f"nothing arrived by {until}"
    changes = tuple(
        Authorization(one.line, -held, "expiry", shop.now, shop.actor, why)
        for one in record.lines
        if (held := record.authorized(one.line))
    )
    ruling = Ruling("expire", shop.now, shop.actor, why, decision_id=record.decision_id)
    add_ruling(store, record.return_id, ruling, record.decision_id)
    add_authorizations(store, record.return_id, record.decision_id, changes)
    return record._replace(
        rulings=(*record.rulings, ruling),
        authorizations=(*record.authorizations, *changes),
    )


def _answer(shop: Shop, judged: Judged, ledgers: Mapping[int, OrderLedger]) -> Json:
    record = judged.record
    ledger = ledgers[record.order_pk]
    if judged.text_changed and judged.policy is not None:
        shop.notes.append(
            f"{record.rma}: the text of {judged.policy.shown_as} is another than at the last "
            f"judgement (now {judged.policy.sha256[:8]})."
        )
    return view_return(record, ledger, shop.config, shop.today, replayed=not judged.is_new)
