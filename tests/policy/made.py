"""Small policies, orders and requests that the tests of this folder are made of."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from returns_cli.domain.model import Decision, Order, OrderLine, Product, RequestedLine
from returns_cli.domain.record import JudgedRequest, OrderLedger
from returns_cli.domain.vocabulary import Kind, Resolution, TaxStyle
from returns_cli.notation.read import read_yaml
from returns_cli.notation.typed import Reading
from returns_cli.policy.evaluate import judge
from returns_cli.policy.facts import Facts
from returns_cli.policy.facts_file import read_given
from returns_cli.policy.language import Policy, parse_policy
from returns_cli.policy.tables import default_tables

NEW_YORK = ZoneInfo("America/New_York")
NOTHING_TAKEN = OrderLedger({}, {}, 0, 0, {})

HEAD = "policy: shop\ntitle: Shop\ncurrency: USD\n"
WINDOW = "  window: {days: 30, from: delivered, if_unknown: {from: shipped, plus_days: 7}}\n"
REST = """\
  resolutions: [refund, store_credit, exchange]
  condition: [new, opened]
  refund: {to: original_payment}
  inspection:
    new: {refund: 100%, disposition: restock}
    used: {refund: 50%, disposition: refurbish}
"""


def text_of(rules: str = "", *, window: str = WINDOW, terms: str = "", head: str = HEAD) -> str:
    """A whole policy: the least terms, and whatever is added."""
    return f"{head}terms:\n{window}{REST}{terms}" + (f"rules:\n{rules}" if rules else "")


def policy_of(
    rules: str = "", *, window: str = WINDOW, terms: str = "", head: str = HEAD
) -> Policy:
    """That policy, read."""
    text = text_of(rules, window=window, terms=terms, head=head)
    return parse_policy(text.encode(), "policies/shop.yaml", default_tables())


def rule(when: str, effect: str, name: str = "a-rule") -> str:
    """One rule; ``when`` is the inside of its braces, empty for none."""
    asked = f"    when: {{{when}}}\n" if when else ""
    return f"  - id: {name}\n    why: Because.\n{asked}    {effect}\n"


def facts_given(policy: Policy, text: str, as_of: datetime) -> Facts:
    """Facts as a case writes them."""
    reading = Reading("facts.yaml", "POLICY", policy.currency)
    facts = read_given(read_yaml(text.encode(), "facts.yaml"), reading, policy, as_of)
    if reading.problems:
        raise reading.refused()
    return facts


def at_noon(day: str, zone: ZoneInfo = NEW_YORK) -> datetime:
    """12:00 of a day in a zone."""
    return datetime.fromisoformat(f"{day}T12:00:00").replace(tzinfo=zone)


LINE = OrderLine(
    line=1,
    sku="TEE-M",
    title="Tee",
    quantity=2,
    shipped_quantity=2,
    unit_price_minor=2500,
    discount_minor=0,
    order_discount_minor=0,
    items_minor=5000,
    tax_minor=400,
    shipping_minor=500,
)
ORDER = Order(
    channel="web",
    order_id="#1042",
    placed_at="2026-03-01T10:00:00-05:00",
    currency="USD",
    tax_style=TaxStyle.ON_TOP,
    order_discount_minor=0,
    shipping_minor=500,
    tax_minor=400,
    total_minor=5900,
    captured_minor=5900,
    refunded_minor=0,
    lines=(LINE,),
    delivered_at="2026-03-05",
    country="US",
)
ASKED = RequestedLine(1, 1, "too_small", Resolution.REFUND)
REQUEST = JudgedRequest(
    rma="RMA-0000012",
    kind=Kind.RETURN,
    requested_at="2026-03-20T15:00:00-04:00",
    entered_by="sam",
    order=ORDER,
    lines=(ASKED,),
    zone=NEW_YORK,
    ledger=NOTHING_TAKEN,
)


def request_with(
    *,
    order: Order = ORDER,
    asked: tuple[RequestedLine, ...] = (ASKED,),
    products: tuple[Product, ...] = (),
    **changes: object,
) -> JudgedRequest:
    """The request with some of it changed."""
    made = REQUEST._replace(order=order, lines=asked, products={one.sku: one for one in products})
    return made._replace(**changes)  # type: ignore[arg-type]  # a test names what it changes


def judged(
    policy: Policy | None, request: JudgedRequest = REQUEST, day: str = "2026-03-20"
) -> Decision:
    """The decision on a day."""
    return judge(policy, request, default_tables(), at_noon(day))
