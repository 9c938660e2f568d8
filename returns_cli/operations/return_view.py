"""A return as the JSON object of the contract: one shape for open, show, evaluate and the rest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from returns_cli.domain import lifecycle, money, settle
from returns_cli.domain.late_exchange import awaited_by
from returns_cli.domain.lifecycle import ReturnState
from returns_cli.domain.model import (
    Component,
    Evidence,
    LineDecision,
    OrderLine,
    Refund,
    RequestedLine,
    Setting,
)
from returns_cli.domain.promises import inspection_due
from returns_cli.domain.quote import Quote, QuotedLine, order_allowance, quote_return
from returns_cli.domain.record import OrderLedger, ReturnRecord
from returns_cli.domain.remembered import Remembered
from returns_cli.domain.shop import ShopConfig
from returns_cli.domain.vocabulary import RefundState

Json = dict[str, object]


def quote_record(
    record: ReturnRecord,
    ledger: OrderLedger,
    config: ShopConfig,
    lines: Sequence[QuotedLine] | None = None,
) -> Quote:
    """What a stored return pays in all, or with ``lines`` for just those.

    Args:
        ledger: of the return's order.
        config: for the standard shipping to the order's country.
    """
    order = record.order
    own = settle.refunded_capped_minor(record.refunds)
    return quote_return(
        order,
        record.rma,
        lifecycle.quoted_lines(record) if lines is None else lines,
        ledger,
        order_allowance(order, ledger, own),
        config.standard_shipping_minor.get(order.country),
        settle.settled_minor(record.refunds),
    )


def state_of(record: ReturnRecord, quote: Quote, today: date, zone: ZoneInfo) -> ReturnState:
    """The case label of a return, by what it pays and what the customer owes."""
    owed = quote.exchange.owed_minor
    return lifecycle.state_of(record, quote.total_minor, today, zone, owed)


def view_return(
    record: ReturnRecord,
    ledger: OrderLedger,
    config: ShopConfig,
    today: date,
    *,
    replayed: bool = False,
) -> Json:
    """The JSON object of one return (CLI.md "JSON")."""
    zone = config.zone
    quote = quote_record(record, ledger, config)
    decision = record.decision
    until = lifecycle.valid_until(record, zone)
    return {
        "rma": record.rma,
        "key": record.key,
        "replayed": replayed,
        "order": record.order.order_id,
        "kind": record.kind.value,
        "state": state_of(record, quote, today, zone).value,
        "opened_at": record.opened_at,
        "as_of": decision.as_of if decision else None,
        "verdict": decision.verdict.value if decision else None,
        "policy": view_policy(record),
        "lines": _lines(record),
        "label": {
            "kind": decision.label_kind if decision else None,
            "valid_until": until.isoformat() if until else None,
        },
        "quote": view_quote(quote),
        "received": [
            {
                "line": one.line,
                "quantity": one.quantity,
                "at": one.received_at,
                "by": one.actor,
                "station": one.station,
            }
            for one in record.receipts
        ],
        "inspected": [
            {
                "line": one.line,
                "quantity": one.quantity,
                "grade": one.grade,
                "disposition": one.disposition,
                "at": one.inspected_at,
                "by": one.actor,
                **({"serial": one.serial} if one.serial else {}),
                **({"note": one.note} if one.note else {}),
            }
            for one in record.inspections
        ],
        **({"evidence": [_evidence(one) for one in record.evidence]} if record.evidence else {}),
        "refunds": [view_refund(one) for one in record.refunds],
    }


def _evidence(one: Evidence) -> Json:
    return {
        "kind": one.kind,
        "line": one.line,
        "text": one.text,
        "sha256": one.sha256,
        "at": one.added_at,
        "by": one.actor,
    }


def view_policy(record: ReturnRecord) -> Json:
    """Which policy judged, null in every part where none fitted or nothing was judged."""
    decision = record.decision
    return {
        "id": decision.policy_id if decision else None,
        "version": decision.policy_version if decision else None,
        "sha256": decision.policy_sha256 if decision else None,
    }


def _lines(record: ReturnRecord) -> list[Json]:
    if record.decision is not None:
        return [view_line(one) for one in record.decision.lines]
    lines = {one.line: one for one in record.order.lines}
    return [_unjudged(one, lines.get(one.line)) for one in record.lines]


def _unjudged(asked: RequestedLine, line: OrderLine | None) -> Json:
    return {
        "line": asked.line,
        "sku": line.sku if line else None,
        "title": line.title if line else None,
        "quantity": asked.quantity,
        "reason": asked.reason,
        "fault": None,
        "resolution": asked.resolution.value,
        "verdict": None,
        "codes": [],
        "deadline": None,
        "window": None,
        "settings": [],
        "nearest_miss": None,
    }


def view_line(judged: LineDecision) -> Json:
    """One judged line."""
    window = judged.window
    return {
        "line": judged.line,
        "sku": judged.sku,
        "title": judged.title,
        "quantity": judged.quantity,
        "reason": judged.reason,
        "fault": judged.fault.value,
        "resolution": judged.resolution,
        "verdict": judged.verdict.value,
        "codes": list(judged.codes),
        "deadline": judged.deadline_on.isoformat() if judged.deadline_on else None,
        "window": None
        if window is None
        else {
            "from": window.start,
            "anchor": window.anchor_on.isoformat() if window.anchor_on else None,
            "days": window.days,
            "assumed": window.assumed,
        },
        "settings": _view_settings(judged.settings),
        "nearest_miss": judged.nearest_miss,
    }


def _settings(settings: tuple[Setting, ...]) -> list[Json]:
    return [
        {
            "name": one.name,
            "value": one.value if isinstance(one.value, str) else list(one.value),
            "rule": one.rule,
            "at": one.at,
        }
        for one in settings
    ]


_view_settings = Remembered(_settings)
"""The settings of a line; lines judged by the same rules show the very same list."""


def view_quote(quote: Quote) -> Json:
    """The quote object: components, the tax within, the total."""
    return {
        "currency": quote.currency,
        "components": view_components(quote.components, quote.currency),
        "tax_included": money.format_amount(quote.tax_included_minor, quote.currency),
        "total": money.format_amount(quote.total_minor, quote.currency),
        **({"exchange": view_exchange(quote)} if quote.exchange.swaps else {}),
    }


def view_exchange(quote: Quote) -> Json:
    """What the exchanged lines of a return come to; the components hold it already."""

    def amount(minor: int) -> str:
        return money.format_amount(minor, quote.currency)

    return {
        "lines": [
            {
                "line": one.line,
                "sku": one.sku,
                "quantity": one.units,
                "price": None if one.price_minor is None else amount(one.price_minor),
                "worth": amount(one.worth_minor),
                "cost": amount(one.cost_minor),
                "difference": amount(one.worth_minor - one.cost_minor),
            }
            for one in quote.exchange.swaps
        ],
        "set_off": amount(quote.exchange.set_off_minor),
        "owed": amount(quote.exchange.owed_minor),
    }


def view_components(components: Iterable[Component], currency: str) -> list[Json]:
    """Components with signed amounts and their citations."""
    return [
        {
            "kind": one.kind,
            "line": one.line,
            "amount": money.format_amount(one.amount_minor, currency),
            "rule": one.rule,
            "at": one.at,
        }
        for one in components
    ]


def view_refund(refund: Refund, *, replayed: bool = False) -> Json:
    """The JSON object of one refund."""
    return {
        "refund": refund.refund_id,
        "rma": refund.rma,
        "order": refund.order_id,
        "state": refund.state.value,
        "amount": money.format_amount(refund.amount_minor, refund.currency),
        "currency": refund.currency,
        "tender": refund.tender,
        "reference": refund.reference,
        "key": refund.key,
        "journal_seq": refund.journal_seq,
        "decision": refund.decision_id,
        "replayed": replayed,
    }


def row_of_return(
    record: ReturnRecord, ledger: OrderLedger, config: ShopConfig, today: date
) -> Json:
    """One row of ``list``: what a person scans for, and the day by which money is due."""
    zone: ZoneInfo = config.zone
    quote = quote_record(record, ledger, config)
    state = state_of(record, quote, today, zone)
    owes = quote.total_minor > settle.settled_minor(record.refunds)
    promise = lifecycle.refund_promise(record, zone, config.holidays)
    live = settle.live_refunds(record.refunds)
    pending = any(one.state is not RefundState.CONFIRMED for one in live)
    deadlines = [
        one.deadline_on
        for one in (record.decision.lines if record.decision else ())
        if one.deadline_on is not None
    ]
    inspect_by = inspection_due(record, zone, config.holidays)
    is_due = promise is not None and (owes or pending) and state not in lifecycle.ENDED
    return {
        "rma": record.rma,
        "order": record.order.order_id,
        "state": state.value,
        "verdict": record.decision.verdict.value if record.decision else None,
        "opened_at": record.opened_at,
        "deadline": min(deadlines).isoformat() if deadlines else None,
        "refund_due": promise.due_on.isoformat() if promise and is_due else None,
        "units": sum(one.quantity for one in record.lines),
        "total": money.format_amount(quote.total_minor, quote.currency),
        "currency": quote.currency,
        **({"inspect_by": inspect_by.isoformat()} if inspect_by else {}),
        **({"back_by": back_by} if (back_by := awaited_by(record)) else {}),
    }
