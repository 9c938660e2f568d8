"""Exchanges: what was sent instead, what the customer owes for it, and what became of that."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from returns_cli.domain import lifecycle, money
from returns_cli.domain.days import parse_day
from returns_cli.domain.errors import ConflictError, UsageError
from returns_cli.domain.late_exchange import awaited_by, is_late, late_minor
from returns_cli.domain.quote import QuotedLine
from returns_cli.domain.record import OrderLedger, ReturnRecord
from returns_cli.domain.replacement import OwedMove, Replacement, open_minor, recorded_minor
from returns_cli.operations.return_view import Json, quote_record, state_of, view_exchange
from returns_cli.operations.shop import Shop
from returns_cli.operations.stock_on_hand import check_stock

if TYPE_CHECKING:
    from returns_cli.store.connection import Store
    from returns_cli.store.exchanges import ExchangedReturn


class SendRequest(NamedTuple):
    """What was typed: the return, the line, and how the replacement travels.

    Attributes:
        line: of several exchanged lines; None for all of which units are still to be sent.
        back_by: the last day for the returned goods, where it is sent before they came; None for
            the day until which the return's label is valid.
    """

    rma: str
    line: int | None = None
    tracking: str = ""
    back_by: str | None = None


def list_exchanges(shop: Shop, *, open_only: bool = False) -> list[Json]:
    """Every return for which something was sent or is owed, oldest first.

    Args:
        open_only: those alone of which goods are awaited, or money.
    """
    from returns_cli.store.exchange_rows import exchanged_return_ids
    from returns_cli.store.ledger import order_ledgers
    from returns_cli.store.returns import load_returns

    with shop.open_store(read_only=True) as store, store.reading():
        records = load_returns(store, exchanged_return_ids(store))
        ledgers = order_ledgers(store, [one.order_pk for one in records])
    return [
        view_exchanged(shop, one, ledgers[one.order_pk])
        for one in records
        if not open_only or open_minor(one.owed_moves) or awaited_by(one)
    ]


def send_replacement(
    shop: Shop, request: SendRequest, confirm: Callable[[str], None] | None = None
) -> Json:
    """Record that a replacement was sent, for all units of an exchange that still wait for one.

    Sent before the goods came it is an advance: they are awaited by a day, and a return of which
    the day is over shows as overdue. A repeat finds nothing left to send (``replayed``).

    Args:
        confirm: asks a person, and raises DeclinedError (11) where the answer is not yes; for
            goods that the stock file does not have.

    Raises:
        ConflictError: no exchange is approved (``E-EXCHANGE-NONE``).
        UsageError: no day, or one that is over.
    """
    from returns_cli.store.exchanges import add_replacement
    from returns_cli.store.ledger import order_ledger
    from returns_cli.store.returns import find_return, load_returns

    with shop.open_store() as store, store.writing(rehearse=shop.dry_run):
        record = find_return(store, request.rma)
        wanted = _to_send(record, request)
        place = _place(record)
        for one, units in wanted:
            is_advance = record.received(one.line.line) < _sent(record, one.line.line) + units
            back_by = _back_by(shop, record, request) if is_advance else None
            sku = one.exchange_sku or one.line.sku
            check_stock(shop, sku, units, confirm)
            sent = Replacement(
                one.line.line,
                sku,
                units,
                shop.now,
                shop.actor,
                request.tracking.strip(),
                back_by,
                one.exchange_price_minor,
            )
            add_replacement(store, place, sent)
        record = load_returns(store, [record.return_id])[0]
        ledger = order_ledger(store, record.order_pk)
        return view_exchanged(shop, record, ledger, replayed=not wanted)


def _to_send(record: ReturnRecord, request: SendRequest) -> list[tuple[QuotedLine, int]]:
    """Exchanged lines with the units that may come back and have no replacement yet."""
    lines = [
        one
        for one in lifecycle.quoted_lines(record)
        if one.resolution == "exchange"
        and record.authorized(one.line.line) > 0
        and request.line in (None, one.line.line)
    ]
    if not lines or lifecycle.is_waiting_for_person(record):
        raise ConflictError(
            "E-EXCHANGE-NONE",
            f"No exchange is approved for {record.rma}"
            + (f", line {request.line}." if request.line else "."),
            where=record.rma,
            hint=f"Look at it: returns show {record.rma}",
        )
    left = [(one, record.authorized(one.line.line) - _sent(record, one.line.line)) for one in lines]
    return [(one, units) for one, units in left if units > 0]


def _sent(record: ReturnRecord, line: int) -> int:
    return sum(one.quantity for one in record.replacements if one.line == line)


def _back_by(shop: Shop, record: ReturnRecord, request: SendRequest) -> str:
    """The last day for goods whose replacement goes out before they came."""
    day = lifecycle.valid_until(record, shop.zone)
    if request.back_by is not None:
        try:
            day = parse_day(request.back_by)
        except ValueError:
            day = None
    if day is None or day < shop.today:
        raise UsageError(
            "E-USAGE-DAY",
            f"The goods of {record.rma} have not come: say by when they must."
            if day is None
            else f"{day} is over.",
            where="--back-by",
            hint="Write a day to come: --back-by 2026-04-10.",
        )
    return day.isoformat()


def settle_owed(shop: Shop, store: Store, record: ReturnRecord, ledger: OrderLedger) -> bool:
    """Bring what is recorded as owed to what it is now, and whether that changed anything.

    Inside a transaction. Goods that came after all release what was owed for them, as far as it is
    not paid.
    """
    from returns_cli.store.exchanges import move_owed

    delta = _owed_now(shop, record, ledger) - recorded_minor(record.owed_moves)
    if delta < 0:
        delta = -min(-delta, open_minor(record.owed_moves))
    if not delta or record.decision_id is None:
        return False
    kind = "owed" if delta > 0 else "released"
    move_owed(store, _place(record), OwedMove(kind, delta, shop.now, shop.actor, 0))
    return True


def _owed_now(shop: Shop, record: ReturnRecord, ledger: OrderLedger) -> int:
    """What the customer owes: for what came and was dearer, and for what did not come in time."""
    lines = lifecycle.quoted_lines(record, payable_only=True)
    quote = quote_record(record, ledger, shop.config, lines)
    return quote.exchange.owed_minor + late_minor(record, lines, shop.today)


def close_owed(shop: Shop, rma: str, *, reference: str = "", waive: str | None = None) -> Json:
    """Record that the customer paid what they owe for an exchange, or that it is waived.

    A repeat is answered with ``replayed``.

    Args:
        reference: of the payment; ``waive``: why the shop gives it up.

    Raises:
        UsageError: waived without a reason. ConflictError: nothing is owed (``E-EXCHANGE-OWED``).
    """
    from returns_cli.store.exchanges import move_owed
    from returns_cli.store.ledger import order_ledger
    from returns_cli.store.returns import find_return, load_returns

    if waive is not None and not waive.strip():
        raise UsageError(
            "E-USAGE-WHY",
            "Giving up what is owed wants a reason.",
            where="--why",
            hint='For example: --why "Our price was wrong".',
        )
    kind = "paid" if waive is None else "waived"
    with shop.open_store() as store, store.writing(rehearse=shop.dry_run):
        record = find_return(store, rma)
        owed = open_minor(record.owed_moves)
        said = (kind, reference.strip(), (waive or "").strip())
        is_known = said in [(one.kind, one.reference, one.why) for one in record.owed_moves]
        if owed:
            move = OwedMove(kind, -owed, shop.now, shop.actor, 0, *said[1:])
            move_owed(store, _place(record), move)
        elif not is_known:
            raise ConflictError(
                "E-EXCHANGE-OWED",
                f"Nothing is owed for the exchange of {record.rma}.",
                where=record.rma,
                hint=f"`returns refund {record.rma}` records what an exchange comes to.",
            )
        record = load_returns(store, [record.return_id])[0]
        ledger = order_ledger(store, record.order_pk)
        return view_exchanged(shop, record, ledger, replayed=not owed)


def _place(record: ReturnRecord) -> ExchangedReturn:
    from returns_cli.store.exchanges import ExchangedReturn

    return ExchangedReturn(
        record.return_id,
        record.rma,
        record.order_pk,
        record.decision_id or 0,
        record.order.channel,
        record.order.order_id,
        record.order.currency,
        record.decision.policy_sha256 if record.decision else None,
    )


def view_exchanged(
    shop: Shop, record: ReturnRecord, ledger: OrderLedger, *, replayed: bool = False
) -> Json:
    """The JSON object of a return's exchange: what it comes to, what was sent, what is owed."""
    quote = quote_record(record, ledger, shop.config)
    today: date = shop.today

    def amount(minor: int) -> str:
        return money.format_amount(minor, record.order.currency)

    def of_kind(kind: str) -> str:
        return amount(-sum(one.amount_minor for one in record.owed_moves if one.kind == kind))

    return {
        "rma": record.rma,
        "order": record.order.order_id,
        "state": state_of(record, quote, today, shop.zone).value,
        "currency": record.order.currency,
        **view_exchange(quote),
        "refund": amount(quote.total_minor),
        "recorded": amount(recorded_minor(record.owed_moves)),
        "paid": of_kind("paid"),
        "waived": of_kind("waived"),
        "open": amount(open_minor(record.owed_moves)),
        "back_by": awaited_by(record),
        "overdue": is_late(record, today),
        "sent": [
            {
                "line": one.line,
                "sku": one.sku,
                "quantity": one.quantity,
                "tracking": one.tracking or None,
                "back_by": one.back_by,
                "at": one.sent_at,
                "by": one.actor,
            }
            for one in record.replacements
        ],
        "replayed": replayed,
    }
