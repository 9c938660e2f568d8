"""What a label and a packing slip say of a return, gathered from its record alone.

Every date comes from stored facts and never from the clock, and amounts are those of the quote
before anything arrived: a reprint gives the same bytes as the first print.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from returns_cli.domain import lifecycle, terms
from returns_cli.domain.check_digits import shop_sscc
from returns_cli.domain.days import local_day
from returns_cli.domain.errors import InvalidError
from returns_cli.domain.model import Address, Decision, LineDecision, Order
from returns_cli.domain.reasons import find_reason, reason_index
from returns_cli.domain.record import OrderLedger, ReturnRecord
from returns_cli.domain.rma import PREFIX, link_token
from returns_cli.domain.shop import Grade, ShopConfig, Tables
from returns_cli.operations.return_view import quote_record

if TYPE_CHECKING:
    from returns_cli.documents import LabelFacts, LabelKind, PaperAddress, SlipFacts, SlipLine
    from returns_cli.documents.facts import Promise, Trigger

_OF_TRAVEL = ("prepaid", "customer", "in_box", "pickup")


@dataclass(frozen=True)
class PaperDesk:
    """What all paper of one batch shares.

    Args:
        config: the shop's settings.
        salt: of the shop, for the token in QR codes.
        tables_of: the tables of the policy text with that sha256, None for the shop's own.
        language_of: what paper of an order speaks; the shop's language unless said otherwise.
    """

    config: ShopConfig
    salt: bytes
    tables_of: Callable[[str | None], Tables]
    language_of: Callable[[Order], str] | None = None

    def language(self, record: ReturnRecord) -> str:
        """What the paper of a return speaks."""
        return self.language_of(record.order) if self.language_of else self.config.language


def lines_to_send(record: ReturnRecord) -> list[LineDecision]:
    """Authorized lines whose goods travel: those that the customer may keep are left out."""
    return [
        one
        for one in _authorized(record)
        if not terms.is_on(terms.by_name(one.settings), "keep_item")
    ]


def needs_label(record: ReturnRecord) -> bool:
    """Whether an approved return has goods to send and a policy that labels them."""
    decision = record.decision
    return bool(decision and decision.label_kind in _OF_TRAVEL and lines_to_send(record))


def label_facts(desk: PaperDesk, record: ReturnRecord) -> LabelFacts:
    """The label of an approved return that needs one.

    Raises:
        InvalidError: ``shop.yaml`` lacks the address it goes to (``E-ADDRESS-MISSING``).
    """
    from returns_cli.documents import LabelFacts, PaperAddress

    decision = _decision(record)
    sending = lines_to_send(record)
    config = desk.config
    return LabelFacts(
        rma=record.rma,
        order_id=record.order.order_id,
        sender=PaperAddress.of(sender_of(record.order)),
        destination=_destination(config, record, sending),
        units=sum(record.authorized(one.line) for one in sending),
        reason=_summary(_reason_texts(desk, record, sending)),
        post_by_on=lifecycle.valid_until(record, config.zone),
        travels=_travels(decision, is_sent=True),
        qr_text=qr_text(desk, record.rma),
        shop_name=config.brand.get("name") or config.name,
        policy_id=decision.policy_id or "",
        policy_version=decision.policy_version or "",
        printed_on=local_day(decision.as_of, config.zone),
        sscc=_sscc(config, record),
        is_gift=record.order.is_gift,
        language=desk.language(record),
    )


def _sscc(config: ShopConfig, record: ReturnRecord) -> str:
    prefix = config.paper.get("gs1_prefix", "")
    try:
        return shop_sscc(prefix, record.return_id) if prefix else ""
    except ValueError as error:
        raise InvalidError(
            "E-PAPER-FIT",
            f"{record.rma}: {error}.",
            where="shop.yaml paper.gs1_prefix",
            hint="Write a shorter prefix that is yours, or take the line out.",
        ) from error


def slip_facts(desk: PaperDesk, record: ReturnRecord, ledger: OrderLedger) -> SlipFacts:
    """The packing slip of an approved return.

    Args:
        ledger: of the return's order, for its quote.

    Raises:
        InvalidError: ``shop.yaml`` lacks the address it goes to (``E-ADDRESS-MISSING``).
    """
    from returns_cli.documents import SlipAmount, SlipFacts

    decision = _decision(record)
    config, order = desk.config, record.order
    approved = _authorized(record)
    promised = quote_record(record._replace(receipts=(), inspections=()), ledger, config)
    shown = () if order.is_gift else promised.components
    return SlipFacts(
        rma=record.rma,
        order_id=order.order_id,
        ordered_on=local_day(order.placed_at, config.zone),
        customer_name=_customer_name(record),
        return_to=_destination(config, record, approved),
        lines=_slip_lines(desk, record, approved),
        grades=_grades(desk, record, approved),
        post_by_on=lifecycle.valid_until(record, config.zone),
        travels=_travels(decision, is_sent=bool(lines_to_send(record))),
        qr_text=qr_text(desk, record.rma),
        shop_name=config.brand.get("name") or config.name,
        currency=order.currency,
        amounts=tuple(SlipAmount(one.kind, one.amount_minor) for one in shown),
        total_minor=None if order.is_gift else promised.total_minor,
        tax_included_minor=0 if order.is_gift else promised.tax_included_minor,
        owed_minor=0 if order.is_gift else promised.exchange.owed_minor,
        promise=_promise(approved),
        policy_id=decision.policy_id or "",
        policy_version=decision.policy_version or "",
        printed_on=local_day(decision.as_of, config.zone),
        is_gift=order.is_gift,
        language=desk.language(record),
        bench_language=config.language,
    )


def qr_text(desk: PaperDesk, rma: str) -> str:
    """What QR codes hold: the return page with number and token, or the number alone.

    In capitals, which QR codes pack densest (ISO/IEC 18004, alphanumeric mode).
    """
    page = desk.config.return_page.rstrip("/")
    if not page:
        return rma
    return f"{page}/{rma.removeprefix(PREFIX)}/{link_token(desk.salt, rma)}".upper()


def _decision(record: ReturnRecord) -> Decision:
    if record.decision is None:
        raise ValueError(f"{record.rma} was not judged: nothing of it can be printed")
    return record.decision


def _authorized(record: ReturnRecord) -> list[LineDecision]:
    judged = record.decision.lines if record.decision else ()
    return [one for one in judged if record.authorized(one.line) > 0]


def _travels(decision: Decision, *, is_sent: bool) -> LabelKind:
    kind = decision.label_kind if is_sent and decision.label_kind in _OF_TRAVEL else "none"
    return cast("LabelKind", kind)


def sender_of(order: Order) -> Address:
    """Where the goods were sent: for a gift that is who got it, never who paid."""
    address = order.ship_to
    if not (address.name or address.company or order.is_gift):
        address = address._replace(name=order.customer_name)
    return address


def _customer_name(record: ReturnRecord) -> str:
    order = record.order
    if order.is_gift:
        return order.ship_to.name or order.ship_to.company
    return order.customer_name or order.ship_to.name or order.ship_to.company


def _destination(
    config: ShopConfig, record: ReturnRecord, lines: Sequence[LineDecision]
) -> PaperAddress:
    """The address that the policy names, else ``main``; one parcel goes to one place."""
    from returns_cli.documents import PaperAddress

    names = [terms.word(terms.by_name(one.settings), "return_to", "main") for one in lines]
    return PaperAddress.of(address_of(config, names[0] if names else "main", record.rma))


def address_of(config: ShopConfig, name: str, number: str) -> Address:
    """The address that a policy names.

    Args:
        number: of the return or order that goes there, for the message.

    Raises:
        InvalidError: ``shop.yaml`` does not have it (``E-ADDRESS-MISSING``).
    """
    address: Address | None = config.addresses.get(name)
    if address is None:
        known = ", ".join(config.addresses) or "none"
        raise InvalidError(
            "E-ADDRESS-MISSING",
            f"{number} goes to the address `{name}`, which shop.yaml does not have.",
            where="shop.yaml addresses",
            hint=f"Add `{name}:` under `addresses:`; it has {known}.",
        )
    return address


def _reason_texts(
    desk: PaperDesk, record: ReturnRecord, lines: Iterable[LineDecision]
) -> list[str]:
    sha256 = record.decision.policy_sha256 if record.decision else None
    index = reason_index(desk.tables_of(sha256))
    texts = []
    for one in lines:
        found = find_reason(index, one.reason)
        texts.append(found.text if found else one.reason)
    return texts


def _summary(reasons: Sequence[str]) -> str:
    """The first reason, and how many other ones there are."""
    different = list(dict.fromkeys(reasons))
    if len(different) <= 1:
        return "".join(different)
    return f"{different[0]} +{len(different) - 1}"


def _slip_lines(
    desk: PaperDesk, record: ReturnRecord, approved: Sequence[LineDecision]
) -> tuple[SlipLine, ...]:
    from returns_cli.documents import SlipLine

    asked = {one.line: one for one in record.lines}
    reasons = _reason_texts(desk, record, approved)
    return tuple(
        SlipLine(
            line=one.line,
            sku=one.sku,
            title=one.title,
            quantity=record.authorized(one.line),
            reason=reason,
            resolution=one.resolution,
            exchange_sku=asked[one.line].exchange_sku if one.line in asked else "",
        )
        for one, reason in zip(approved, reasons, strict=True)
    )


def _grades(
    desk: PaperDesk, record: ReturnRecord, approved: Iterable[LineDecision]
) -> tuple[Grade, ...]:
    """The grades that the policy lists, in its order: what the bench can tick."""
    sha256 = record.decision.policy_sha256 if record.decision else None
    known = desk.tables_of(sha256).grades
    codes = dict.fromkeys(
        setting.name.split(".")[1]
        for one in approved
        for setting in one.settings
        if setting.name.startswith("inspection.")
    )
    return tuple(known.get(code) or Grade(code, code) for code in codes)


def _promise(approved: Sequence[LineDecision]) -> Promise:
    from returns_cli.documents.facts import Promise

    settings = terms.by_name(approved[0].settings) if approved else {}
    after = terms.word(settings, "refund.after", "inspected")
    days = terms.whole(settings, "refund.within_days")
    if terms.is_on(settings, "keep_item"):
        after = "requested"
    if days is not None:
        return Promise(cast("Trigger", after), days)
    days = terms.whole(settings, "refund.within_business_days")
    return Promise(cast("Trigger", after), days, is_business=days is not None)
