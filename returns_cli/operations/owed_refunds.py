"""What a return pays now, as the refunds that pay it: one for each way to pay."""

from __future__ import annotations

from collections.abc import Sequence

from returns_cli.domain import lifecycle, money, settle
from returns_cli.domain.errors import ConflictError, UsageError
from returns_cli.domain.model import Order
from returns_cli.domain.nearest import nearest_or_all
from returns_cli.domain.record import Consumption, OrderLedger, ReturnRecord
from returns_cli.domain.settle import Owed
from returns_cli.domain.tender_split import (
    first_of,
    left_to_give_back,
    pay_by,
    room_of,
    split_owed,
)
from returns_cli.domain.tenders import TENDERS
from returns_cli.operations.return_view import quote_record
from returns_cli.operations.shop import Shop


def check_tender(tender: str | None, order: Order) -> None:
    """Refuse a way to pay that is none: those that all orders know, and what paid this one.

    Raises:
        UsageError: ``E-USAGE-TENDER``.
    """
    known = list(dict.fromkeys([*TENDERS, *(one.tender for one in order.payments)]))
    if tender is not None and tender not in known:
        raise UsageError(
            "E-USAGE-TENDER",
            f"`{tender}` is no way to pay back.",
            where="--to",
            hint=nearest_or_all(tender, known),
        )


def owed_now(
    shop: Shop, record: ReturnRecord, ledger: OrderLedger, to: str | None, amount_minor: int | None
) -> tuple[Owed, ...]:
    """What is payable now, a part of it, or all of it in one way; empty for nothing.

    Raises:
        ConflictError: ``E-REFUND-OVER``, more was asked for than is payable; ``E-REFUND-TENDER``,
            more than a means of payment paid.
    """
    lines = lifecycle.quoted_lines(record, payable_only=True)
    quote = quote_record(record, ledger, shop.config, lines)
    groups = settle.owed_by_tender(quote, lines, record.refunds)
    if not groups:
        return ()
    if amount_minor is not None:
        _check_amount(record, groups, amount_minor)
        groups = first_of(groups, amount_minor)
    left = left_to_give_back(record.order, ledger, shop.config.refund_order)
    if to is None:
        return split_owed(groups, left)
    whole = pay_by(groups, to, left)
    room = room_of(to, left)
    if room is not None and whole.amount_minor > room:
        raise _too_much_for(record, whole, room)
    return (whole,)


def _check_amount(record: ReturnRecord, groups: Sequence[Owed], amount_minor: int) -> None:
    currency = record.order.currency
    payable = sum(one.amount_minor for one in groups)
    if amount_minor > payable:
        raise ConflictError(
            "E-REFUND-OVER",
            f"{money.format_amount(amount_minor, currency)} {currency} is more than the "
            f"{money.format_amount(payable, currency)} that {record.rma} still pays.",
            where=record.rma,
            hint=f"Look at the parts with `returns quote {record.rma}`.",
        )


def _too_much_for(record: ReturnRecord, owed: Owed, room_minor: int) -> ConflictError:
    currency = record.order.currency
    wanted = money.format_amount(owed.amount_minor, currency)
    room = money.format_amount(room_minor, currency)
    return ConflictError(
        "E-REFUND-TENDER",
        f"{wanted} {currency} cannot go to {owed.tender}: of what that paid for order "
        f"{record.order.order_id}, {room} is left.",
        where=record.rma,
        hint=f"Leave --to out: `returns refund {record.rma}` pays each way what it paid.",
    )


def takes_of(
    shop: Shop, record: ReturnRecord, ledger: OrderLedger, owed: Sequence[Owed]
) -> list[dict[int, Consumption]]:
    """What each refund uses up of the order's lines: the first one that pays a line, all of it.

    Units for which nothing was paid, such as gifts, go with the first refund.
    """
    lines = lifecycle.quoted_lines(record, payable_only=True)
    quote = quote_record(record, ledger, shop.config, lines)
    own = {
        line: taken for (rma, line), taken in ledger.consumed_by_return.items() if rma == record.rma
    }
    new = dict(settle.new_takes(quote, own))
    taken: list[dict[int, Consumption]] = []
    for one in owed:
        here = {part.line for part in one.components}
        if not taken:
            here |= {line for line, take in new.items() if take == Consumption(take.units)}
        taken.append({line: new.pop(line) for line in list(new) if line in here})
    return taken
