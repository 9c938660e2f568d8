"""Everything that is drawn on paper, frozen: templates know nothing else.

Text may be anything that came from an order; it is cleaned and looked through before it is drawn.
For a gift ``sender`` and ``customer_name`` are the person the goods were sent to, never the buyer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from returns_cli.documents.logo import Logo
from returns_cli.domain.model import Address
from returns_cli.domain.shop import Grade

LabelKind = Literal["prepaid", "customer", "in_box", "pickup", "none"]
Trigger = Literal["requested", "first_scan", "received", "inspected"]


@dataclass(frozen=True, slots=True)
class PaperAddress:
    """An address in the parts that countries order differently; empty parts are left out.

    Attributes:
        name: person or company, printed bold.
        street: the lines below it: company, street, floor.
        country: ISO 3166-1 alpha-2, printed as a name in capitals; anything else as it came.
    """

    name: str
    street: tuple[str, ...] = ()
    city: str = ""
    region: str = ""
    postcode: str = ""
    country: str = ""

    @classmethod
    def of(cls, address: Address) -> PaperAddress:
        """A stored address as paper shows it: without a phone number.

        >>> address = PaperAddress.of(Address(company="Shop Ltd", address1="1 Mill Lane"))
        >>> address.name, address.street
        ('Shop Ltd', ('1 Mill Lane',))
        """
        first, *rest = [
            part
            for part in (address.name, address.company, address.address1, address.address2)
            if part
        ] or [""]
        return cls(
            first, tuple(rest), address.city, address.region, address.postcode, address.country
        )


@dataclass(frozen=True, slots=True)
class LabelFacts:
    """One return label.

    Attributes:
        rma: the return's number, in letters and as Code 128; the order's on a label that lies in
            the parcel before there is a return.
        order_id: as the shop writes it.
        units: units that come back; 0 where nobody knows yet.
        reason: in the customer's words; of several lines the first, or a summary.
        post_by_on: last day to post, None for no limit.
        travels: the policy's ``label.kind``; ``none`` prints no label and is refused.
        lane: where the warehouse puts it, in big letters; empty shows the shop's name.
        postage: whether a carrier's label goes with it; without one the label says that it is not
            postage.
        tracking: the number of the carrier's label that goes with it.
        policy_id, policy_version: for the foot; both may be empty.
        printed_on: for the foot, the decision's day, so that a reprint gives the same bytes.
        qr_text: what the QR code holds: a short URL in capitals, or the RMA alone.
        sscc: the parcel's SSCC-18 for a shop with a GS1 prefix: it takes the RMA's place as bars.
    """

    rma: str
    order_id: str
    sender: PaperAddress
    destination: PaperAddress
    units: int
    reason: str
    post_by_on: date | None
    travels: LabelKind
    qr_text: str
    shop_name: str
    lane: str = ""
    postage: bool = False
    tracking: str = ""
    policy_id: str = ""
    policy_version: str = ""
    printed_on: date | None = None
    sscc: str = ""
    label_no: int = 1
    labels_total: int = 1
    is_gift: bool = False
    language: str = "en"


@dataclass(frozen=True, slots=True)
class SlipLine:
    """One return line.

    Attributes:
        line: the order line's number, which the warehouse types.
        reason: in the customer's words.
        resolution: ``refund store_credit exchange repair replacement``.
        exchange_sku: what is sent instead.
    """

    line: int
    sku: str
    title: str
    quantity: int
    reason: str
    resolution: str
    exchange_sku: str = ""


@dataclass(frozen=True, slots=True)
class SlipAmount:
    """One component of the quote; amounts of one kind are added up. Fees are negative."""

    kind: str
    amount_minor: int


@dataclass(frozen=True, slots=True)
class Promise:
    """When the money comes: the policy's ``refund`` block.

    Attributes:
        within_days: None where the policy promises no number.
        is_business: whether these are business days.
        after: what they count from.
    """

    after: Trigger = "inspected"
    within_days: int | None = None
    is_business: bool = False


@dataclass(frozen=True, slots=True)
class SlipFacts:
    """One packing slip.

    Attributes:
        amounts: components of the stored quote; never printed for a gift.
        total_minor: their sum; None where nothing was quoted yet.
        tax_included_minor: how much of the total is tax that prices included.
        owed_minor: what the customer owes for an exchange; 0 for a gift.
        photos_due, answers_due: what the customer still owes before sending.
        grades: the policy's, one tick box each per line.
        return_to: the address of the label once more.
        label: what lies below the fold, on paper that holds both; drawn on no other.
        bench_language: of the warehouse's box; empty for the language of the rest.
    """

    rma: str
    order_id: str
    ordered_on: date | None
    customer_name: str
    return_to: PaperAddress
    lines: tuple[SlipLine, ...]
    grades: tuple[Grade, ...]
    post_by_on: date | None
    travels: LabelKind
    qr_text: str
    shop_name: str
    currency: str
    amounts: tuple[SlipAmount, ...] = ()
    total_minor: int | None = None
    tax_included_minor: int = 0
    owed_minor: int = 0
    promise: Promise = Promise()
    photos_due: int = 0
    answers_due: tuple[str, ...] = ()
    policy_id: str = ""
    policy_version: str = ""
    printed_on: date | None = None
    is_gift: bool = False
    label: LabelFacts | None = None
    language: str = "en"
    bench_language: str = ""


@dataclass(frozen=True, slots=True)
class StickerFacts:
    """One disposition sticker: a unit that was looked at, and where it goes.

    Attributes:
        line, unit: the order line's number, and which of its units this is, from 1.
        word: the disposition in one or two large words.
        grade: what was found, in words.
        place: the bin or shelf; may be empty.
        actor: the staff handle of who decided it.
    """

    rma: str
    line: int
    unit: int
    sku: str
    word: str
    grade: str
    place: str
    decided_on: date
    actor: str
    language: str = "en"

    @property
    def code(self) -> str:
        """What the QR code holds and a scanner at the bench sends: ``RMA-7F3K2QX/2/1``."""
        return f"{self.rma}/{self.line}/{self.unit}"


@dataclass(frozen=True, slots=True)
class CommandCard:
    """One command of the scanner's station: the code it sends, and a word for people."""

    code: str
    word: str


@dataclass(frozen=True, slots=True)
class InsertFacts:
    """The card that goes out with an order.

    Attributes:
        customer_name: who gets the goods; empty where nobody is named.
        window_days: the shortest that the policy gives its goods; None for no promise.
        travels: the policy's ``label.kind``.
        qr_text: a public page without anything of the customer; empty for no code.
        code_leads_to: what that page is for.
        contacts: where else to ask, as they are printed.
        color: ``#1a2b3c``; empty for black.
        offer: what the shop offers, with its last day and its terms; empty for none.
    """

    order_id: str
    customer_name: str
    window_days: int | None
    travels: LabelKind
    shop_name: str
    qr_text: str = ""
    code_leads_to: Literal["return", "survey"] = "return"
    contacts: tuple[str, ...] = ()
    color: str = ""
    logo: Logo | None = None
    offer: str = ""
    offer_until: date | None = None
    offer_terms: str = ""
    language: str = "en"

    @property
    def rma(self) -> str:
        """What messages and files call it: the order's number."""
        return self.order_id.removeprefix("#")
