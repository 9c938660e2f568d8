"""What the card of an order says: who gets it, how long goods can come back, and where to ask."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple, cast

from returns_cli.domain import terms
from returns_cli.domain.model import Customer, Order, RequestedLine
from returns_cli.domain.record import ReturnRecord
from returns_cli.domain.shop import ShopConfig
from returns_cli.domain.vocabulary import Fault, Kind, Verdict
from returns_cli.operations.judging import gather_requests
from returns_cli.operations.paper_facts import address_of, sender_of
from returns_cli.operations.shop import Shop

if TYPE_CHECKING:
    from returns_cli.documents import InsertFacts, LabelFacts, LabelKind
    from returns_cli.documents.logo import Logo
    from returns_cli.store.connection import Store

_TRAVELS = ("prepaid", "customer", "in_box", "pickup")
_SO_LONG = 36_500  # days; what policies write for a window without end


class Promise(NamedTuple):
    """What the policy would say to a customer who changes their mind about the whole order.

    Attributes:
        window_days: the shortest of the goods that may come back; None where none may, or always.
        label_kind: how they would travel.
        return_to: the name of the address they would go to.
    """

    window_days: int | None
    label_kind: str
    return_to: str = "main"


def promise_of(shop: Shop, store: Store, order_pk: int, order: Order) -> Promise:
    """What the policy would answer if the customer asked now; nothing of it is kept."""
    from returns_cli.policy.choose import choose_policy
    from returns_cli.policy.evaluate import judge

    tables = shop.config.tables
    minds = (one.code for one in tables.reasons.values() if one.fault is Fault.CUSTOMER)
    reason = next(minds, next(iter(tables.reasons)))
    now = shop.as_of.isoformat()
    lines = tuple(RequestedLine(one.line, one.quantity, reason) for one in order.lines)
    record = ReturnRecord(
        0, "", "", Kind.RETURN, now, now, "customer", order_pk, order, 0, lines
    )  # fmt: skip
    (request,) = gather_requests(shop, store, [record])
    tags = request.customer.tags if request.customer else ()
    policy = choose_policy(shop.policies(), order, tags, shop.zone)
    decision = judge(policy, request, tables, shop.as_of)
    days = [
        one.window.days
        for one in decision.lines
        if one.window is not None and one.verdict is not Verdict.DENY
    ]
    shortest = min(days, default=None)
    places = (
        terms.word(terms.by_name(one.settings), "return_to", "main") for one in decision.lines
    )
    return Promise(
        None if shortest == _SO_LONG else shortest,
        decision.label_kind or "none",
        next(places, "main"),
    )


class Look(NamedTuple):
    """What all cards of a batch share: the shop's settings, and its logo read once."""

    config: ShopConfig
    logo: Logo | None
    to_survey: bool


def look_of(config: ShopConfig, folder: Path, *, to_survey: bool) -> Look:
    """The shop's look.

    Raises:
        InvalidError: ``E-LOGO``, a logo that cannot be printed.
    """
    from returns_cli.documents.logo import read_logo

    name = config.brand.get("logo")
    return Look(config, read_logo(folder, name) if name else None, to_survey)


def insert_facts(
    look: Look, order: Order, customer: Customer | None, promise: Promise, language: str
) -> InsertFacts:
    """The card of one order. For a gift it thanks who gets it, and never names who paid."""
    from returns_cli.documents import InsertFacts

    config, brand = look.config, look.config.brand
    name = order.ship_to.name or order.ship_to.company
    if not name and not order.is_gift:
        name = order.customer_name or (customer.name if customer else "")
    page, leads_to = _page(look)
    until = brand.get("offer_until")
    kind = promise.label_kind if promise.label_kind in _TRAVELS else "none"
    return InsertFacts(
        order_id=order.order_id,
        customer_name=name,
        window_days=promise.window_days,
        travels=cast("LabelKind", kind),
        shop_name=brand.get("name") or config.name,
        qr_text=page,
        code_leads_to=leads_to,
        contacts=_contacts(config, page),
        color=brand.get("color", ""),
        logo=look.logo,
        offer=brand.get("offer", ""),
        offer_until=date.fromisoformat(until) if until else None,
        offer_terms=brand.get("offer_terms", ""),
        language=language,
    )


def box_label_facts(
    config: ShopConfig, order: Order, promise: Promise, language: str
) -> LabelFacts:
    """The return label that lies in the parcel before anybody wants to return something.

    It bears the order's number in place of a return's: the bench takes it for the return that was
    opened for the order by then.

    Raises:
        InvalidError: ``shop.yaml`` lacks the address it goes to (``E-ADDRESS-MISSING``).
    """
    from returns_cli.documents import LabelFacts, PaperAddress

    number = order.order_id.removeprefix("#")
    kind = promise.label_kind if promise.label_kind in _TRAVELS else "none"
    return LabelFacts(
        rma=number,
        order_id=order.order_id,
        sender=PaperAddress.of(sender_of(order)),
        destination=PaperAddress.of(address_of(config, promise.return_to, order.order_id)),
        units=0,
        reason="",
        post_by_on=None,
        travels=cast("LabelKind", kind),
        qr_text=number,
        shop_name=config.brand.get("name") or config.name,
        is_gift=order.is_gift,
        language=language,
    )


def _page(look: Look) -> tuple[str, Literal["return", "survey"]]:
    """The page that the code holds, as it was typed; nothing of the order goes into it."""
    survey = look.config.brand.get("survey", "")
    if survey and (look.to_survey or not look.config.return_page):
        return survey, "survey"
    return look.config.return_page, "return"


def _contacts(config: ShopConfig, page: str) -> tuple[str, ...]:
    """The page in letters for whoever cannot scan, then mail, telephone and the shop's page."""
    brand = config.brand
    shown = (page, brand.get("email", ""), brand.get("phone", ""), brand.get("website", ""))
    short = (one.removeprefix("https://").removeprefix("http://").rstrip("/") for one in shown)
    return tuple(dict.fromkeys(one for one in short if one))
