"""Print the cards that go out with orders, and the return labels of those that have one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, cast

from returns_cli.operations.insert_facts import box_label_facts, insert_facts, look_of, promise_of
from returns_cli.operations.paper_batch import Batch, PaperRequest
from returns_cli.operations.paper_facts import needs_label
from returns_cli.operations.paper_language import paper_language
from returns_cli.operations.print_paper import print_labels
from returns_cli.operations.return_view import Json
from returns_cli.operations.shop import Shop

if TYPE_CHECKING:
    from returns_cli.documents import InsertFacts, LabelFacts, Printed
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
        return_label: print a return label along with it: of the order's approved return, else one
            to lie in the parcel, which bears the order's number.
        to_survey: the code leads to the survey.

    Raises:
        NotFoundError: no such order (5).
        InvalidError: what cannot be printed (7), with nothing written; also ``E-LABEL-NONE``, a
            label where the policy sends none.
    """
    from returns_cli import documents

    batch = Batch(shop, request, "insert")
    options = batch.drawing()
    found = _gathered(shop, orders, request, to_survey=to_survey, labels=return_label)

    def draw(some: Sequence[InsertFacts]) -> Printed:
        return documents.print_inserts(some, **options)

    pieces = batch.drawn(found.cards, draw)
    answers = _labels(shop, request, found)
    cards = _of_no_return(batch.finish(pieces))
    return {name: _joined([cards, *answers], name) for name in ("files", "problems")}


def _labels(shop: Shop, request: PaperRequest, found: _Found) -> list[Json]:
    """Both kinds of labels; the second kind is drawn before the first is written."""
    from returns_cli import documents

    wanted = _of_labels(request, found.rmas)
    batch = Batch(shop, wanted, "label")
    options = batch.drawing()

    def draw(some: Sequence[LabelFacts]) -> Printed:
        return documents.print_labels(some, **options)

    pieces = batch.drawn(found.box_labels, draw) if found.box_labels else []
    answers = [print_labels(shop, wanted)] if found.rmas else []
    return [*answers, _of_no_return(batch.finish(pieces))] if pieces else answers


def _of_no_return(answer: Json) -> Json:
    """Files that belong to orders: their numbers are no returns'."""
    for file in cast("list[Json]", answer["files"]):
        file["rmas"] = []
    return answer


def _joined(answers: Sequence[Json], name: str) -> list[Json]:
    return [one for answer in answers for one in cast("list[Json]", answer[name])]


def _of_labels(request: PaperRequest, rmas: tuple[str, ...]) -> PaperRequest:
    """The same request for labels; beside one named file they get a file of the usual name."""
    file = request.output_file
    folder = file.parent if file is not None and request.out is None else request.out
    return replace(request, rmas=rmas, size=None, output_file=None, out=folder)


class _Found(NamedTuple):
    """What there is to print of the orders, in the order typed.

    Attributes:
        cards: one for each order.
        rmas: their approved returns that travel with a label of ours.
        box_labels: of the orders without one, to lie in the parcel.
    """

    cards: list[InsertFacts]
    rmas: tuple[str, ...]
    box_labels: list[LabelFacts]


def _gathered(
    shop: Shop, typed: Sequence[str], request: PaperRequest, *, to_survey: bool, labels: bool
) -> _Found:
    from returns_cli.store.customers import find_customers
    from returns_cli.store.orders import find_order

    look = look_of(shop.config, shop.folder, to_survey=to_survey)
    cards: list[InsertFacts] = []
    rmas: list[str] = []
    box_labels: list[LabelFacts] = []
    with shop.open_store(read_only=True) as store, store.reading():
        found = dict(find_order(store, text) for text in typed)
        customers = find_customers(store, found)
        for pk, order in found.items():
            customer = customers.get(pk)
            language = paper_language(request.language, order, customer, shop.config.language)
            promise = promise_of(shop, store, pk, order)
            cards.append(insert_facts(look, order, customer, promise, language))
            labelled = _labelled(store, pk) if labels else []
            rmas += labelled
            if labels and not labelled:
                box_labels.append(box_label_facts(shop.config, order, promise, language))
    return _Found(cards, tuple(rmas), box_labels)


def _labelled(store: Store, order_pk: int) -> list[str]:
    """The order's approved returns that travel with a label of ours."""
    from returns_cli.store.returns import ReturnFilter, list_return_ids, load_returns

    ids = list_return_ids(store, ReturnFilter(order_pk=order_pk))
    return [
        record.rma
        for record in load_returns(store, ids)
        if needs_label(record) and not record.has_arrived
    ]
