"""Goods that a marketplace took back for the shop: authorized, received and graded at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from returns_cli.domain import terms
from returns_cli.domain.errors import ConflictError
from returns_cli.domain.model import Authorization, Inspection, Receipt
from returns_cli.domain.record import ReturnRecord
from returns_cli.operations.judging import gather_requests
from returns_cli.operations.shop import Shop
from returns_cli.operations.sku_units import Units

if TYPE_CHECKING:
    from returns_cli.intake.records import Arrival, RequestRow
    from returns_cli.store.connection import Store

_WHY = "taken back by the marketplace"


def take_in(
    shop: Shop, store: Store, record: ReturnRecord, units: Units, arrival: Arrival
) -> ReturnRecord:
    """Record units as authorized, received and, where the finding is understood, inspected.

    The marketplace let the goods come, so the units are authorized without a decision; whether
    and what they pay is left to ``evaluate``. Inside a transaction.

    Raises:
        ConflictError: ``E-GRADE-UNKNOWN``, the policy lists none of the finding's grades.
    """
    from returns_cli.store.decisions import add_authorizations
    from returns_cli.store.floor import add_inspection, add_receipt

    at, actor, return_id = arrival.at, shop.actor, record.return_id
    allowed = [
        Authorization(line, count, "approval", at, actor, _WHY) for line, count in units.items()
    ]
    add_authorizations(store, return_id, None, allowed)
    station, tracking = arrival.station or None, arrival.tracking or None
    came = [Receipt(line, count, at, actor, station, tracking) for line, count in units.items()]
    for receipt in came:
        add_receipt(store, return_id, receipt)
    record = record._replace(
        authorizations=(*record.authorizations, *allowed), receipts=(*record.receipts, *came)
    )
    if not arrival.grades:
        return record
    settings = _foreseen_settings(shop, store, record)
    found = []
    for line, count in units.items():
        grade, goes_to = _graded(shop, record, settings.get(line, {}), arrival)
        found.append(Inspection(line, count, grade, goes_to, at, actor, arrival.note))
        add_inspection(store, return_id, found[-1])
    return record._replace(inspections=(*record.inspections, *found))


def _foreseen_settings(shop: Shop, store: Store, record: ReturnRecord) -> dict[int, terms.Settings]:
    """What the policy would set for each line; the judgement itself is left to ``evaluate``."""
    from returns_cli.policy.choose import choose_policy
    from returns_cli.policy.evaluate import judge

    (request,) = gather_requests(shop, store, [record])
    tags = request.customer.tags if request.customer else ()
    policy = choose_policy(shop.policies(), record.order, tags, shop.zone)
    decision = judge(policy, request, shop.config.tables, shop.as_of)
    return {one.line: terms.by_name(one.settings) for one in decision.lines}


def _graded(
    shop: Shop, record: ReturnRecord, settings: terms.Settings, arrival: Arrival
) -> tuple[str, str]:
    """The first of the finding's grades that the policy lists, and where such goods go.

    Where no policy fits, the shop's table of grades counts.
    """
    named = [name.split(".")[1] for name in settings if name.startswith("inspection.")]
    listed = dict.fromkeys(named or shop.config.tables.grades)
    grade = next((one for one in arrival.grades if one in listed), None)
    if grade is None:
        raise ConflictError(
            "E-GRADE-UNKNOWN",
            f"The policy lists no grade for {arrival.note}; it needs "
            f"{' or '.join(arrival.grades)}.",
            where=record.order.order_id,
            hint=f"It lists {', '.join(listed)}. Add one under `inspection`, then import again.",
        )
    return grade, terms.word(settings, f"inspection.{grade}.disposition", arrival.disposition)


def keep_surplus(
    shop: Shop,
    store: Store,
    order_pk: int,
    row: RequestRow,
    arrival: Arrival,
    quantity: int,
    record: ReturnRecord | None,
) -> None:
    """Note units beyond what was sold as unexpected goods. Inside a transaction.

    Args:
        record: the return of the row's other units, None where it has none.
    """
    from returns_cli.store.floor import NewUnexpected, add_unexpected

    surplus = NewUnexpected(
        sku=row.sku,
        quantity=quantity,
        why="surplus",
        found_at=arrival.at,
        actor=shop.actor,
        order_pk=order_pk,
        return_id=record.return_id if record else None,
        station=arrival.station or None,
        tracking=arrival.tracking or None,
    )
    add_unexpected(store, surplus)
    extra = "1 unit" if quantity == 1 else f"{quantity} units"
    shop.notes.append(
        f"{row.place.file}:{row.place.line}: {extra} of {row.sku} beyond what order "
        f"{row.order_id} can send back, kept as unexpected."
    )
