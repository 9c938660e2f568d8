"""Print the cards that go out with orders, and the return labels of those that have one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from returns_cli.domain.errors import ConflictError
from returns_cli.domain.model import Order
from returns_cli.operations.insert_facts import insert_facts, look_of, promise_of
from returns_cli.operations.paper_batch import Batch, PaperRequest
from returns_cli.operations.paper_facts import needs_label
from returns_cli.operations.paper_language import paper_language
from returns_cli.operations.print_paper import print_labels
from returns_cli.operations.return_view import Json
from returns_cli.operations.shop import Shop

if TYPE_CHECKING:
    from returns_cli.documents import InsertFacts, Printed
    from returns_cli.store.connection import Store


def print_inserts(
    shop: Shop,
    orders: Sequence[str],
    request: PaperRequest,
    *,
    return_label: bool = False,
    to_survey: bool = False,
) -> Json:
    """Print one card for each order. Nothing is recorded, so printing again is safe.

    Args:
        shop: the shop.
        orders: their numbers as typed.
        request: how and where to print; it names no returns.
        return_label: print the return label of each order's approved return along with it.
        to_survey: the code leads to the survey.

    Raises:
        NotFoundError: no such order (5).
        ConflictError: ``E-NOT-APPROVED``, a label is wanted and an order has no approved return
            that travels with one (6).
        InvalidError: what cannot be printed (7), with nothing written.
    """
    from returns_cli import documents

    batch = Batch(shop, request, "insert")
    options = batch.drawing()
    facts, rmas = _gathered(shop, orders, request, to_survey=to_survey, labels=return_label)

    def draw(some: Sequence[InsertFacts]) -> Printed:
        return documents.print_inserts(some, **options)

    pieces = batch.drawn(facts, draw)
    answers = [print_labels(shop, _of_labels(request, rmas))] if rmas else []
    answers.insert(0, batch.finish(pieces))
    found = {name: _joined(answers, name) for name in ("files", "problems")}
    cards = [file for file in found["files"] if file["kind"] == batch.kind]
    for file in cards:
        file["rmas"] = []  # a card belongs to no return
    return {**found}


def _joined(answers: Sequence[Json], name: str) -> list[Json]:
    return [one for answer in answers for one in cast("list[Json]", answer[name])]


def _of_labels(request: PaperRequest, rmas: tuple[str, ...]) -> PaperRequest:
    """The same request for labels; beside one named file they get a file of the usual name."""
    file = request.output_file
    folder = file.parent if file is not None and request.out is None else request.out
    return replace(request, rmas=rmas, size=None, output_file=None, out=folder)


def _gathered(
    shop: Shop, typed: Sequence[str], request: PaperRequest, *, to_survey: bool, labels: bool
) -> tuple[list[InsertFacts], tuple[str, ...]]:
    """The cards' facts in the order typed, and the returns whose labels go with them."""
    from returns_cli.store.customers import find_customers
    from returns_cli.store.orders import find_order

    look = look_of(shop.config, shop.folder, to_survey=to_survey)
    facts: list[InsertFacts] = []
    rmas: list[str] = []
    with shop.open_store(read_only=True) as store, store.reading():
        found = dict(find_order(store, text) for text in typed)
        customers = find_customers(store, found)
        for pk, order in found.items():
            customer = customers.get(pk)
            language = paper_language(request.language, order, customer, shop.config.language)
            promise = promise_of(shop, store, pk, order)
            facts.append(insert_facts(look, order, customer, promise, language))
            if labels:
                rmas += _labelled(store, pk, order)
    return facts, tuple(rmas)


def _labelled(store: Store, order_pk: int, order: Order) -> list[str]:
    """The order's approved returns that travel with a label of ours.

    Raises:
        ConflictError: there is none.
    """
    from returns_cli.store.returns import ReturnFilter, list_return_ids, load_returns

    ids = list_return_ids(store, ReturnFilter(order_pk=order_pk))
    rmas = [
        record.rma
        for record in load_returns(store, ids)
        if needs_label(record) and not record.receipts
    ]
    if not rmas:
        raise ConflictError(
            "E-NOT-APPROVED",
            f"The order {order.order_id} has no approved return, so no return label.",
            where=order.order_id,
            hint=f"Open one first: `returns open {order.order_id.removeprefix('#')} --item "
            "LINE=REASON`; or print the card without --return-label.",
        )
    return rmas
