"""The language, declared once: every key of a policy with its shape and what it means."""

from __future__ import annotations

from returns_cli.domain.vocabulary import Fault, Resolution
from returns_cli.notation.shapes import Field, Group, ListOf, MapOf, Other, Scalar

ANCHORS = ("ordered", "shipped", "delivered", "last_parcel")
JUDGED_ON = ("requested", "first_scan", "received")
LABELS = ("prepaid", "customer", "in_box", "pickup", "none")
TENDERS = ("original_payment", "store_credit", "bank_transfer", "gift_card")
TRIGGERS = ("requested", "first_scan", "received", "inspected")
SHIPPING = ("never", "full_return", "always", "standard_only")
FAULTS = tuple(one.value for one in Fault)
RESOLUTIONS = tuple(one.value for one in Resolution)

_TEXT = Scalar("text")
_NAME = Scalar("name")
_CODE = Scalar("code")
_FLAG = Scalar("flag")
_FEE = Scalar("fee")
_AMOUNT = Scalar("amount")
_LIMIT = Scalar("limit")
_DAYS = Scalar("count", high=36_500)
_PHOTOS = Scalar("count", high=50)


def _word(*choices: str) -> Scalar:
    return Scalar("word", choices)


def relaxed(group: Group) -> Group:
    """The same group with every key optional, as `set` uses it."""
    fields = {}
    for name, one in group.fields.items():
        shape = one.shape
        if isinstance(shape, Group):
            shape = relaxed(shape)
        elif isinstance(shape, MapOf) and isinstance(shape.value, Group):
            shape = shape._replace(value=relaxed(shape.value))
        fields[name] = Field(shape, one.about)
    return Group(group.name, fields)


WINDOW = Group(
    "window",
    {
        "days": Field(_DAYS, "Days that the window is open: `days: 30`.", is_required=True),
        "from": Field(
            _word(*ANCHORS),
            "The event it counts from: ordered, shipped, delivered or last_parcel.",
            is_required=True,
        ),
        "if_unknown": Field(
            Group(
                "if_unknown",
                {
                    "from": Field(
                        _word(*ANCHORS), "The event to count from instead.", is_required=True
                    ),
                    "plus_days": Field(_DAYS, "Days added to that event."),
                },
            ),
            "What stands in for the event where its day is not known.",
        ),
        "count": Field(
            _word("exclusive", "inclusive"), "Whether the event's day is day 0 or day 1."
        ),
        "rolls_to_business_day": Field(
            _FLAG, "Whether an end on a weekend or holiday moves to the next working day."
        ),
        "judged_on": Field(_word(*JUDGED_ON), "What must happen in time."),
        "until": Field(
            Scalar("until"), "A day up to which it is open at least: 01-31, a full date, or none."
        ),
    },
)

GRADE = Group(
    "a grade",
    {
        "refund": Field(
            Scalar("percent"), "Share of the item value that is paid.", is_required=True
        ),
        "disposition": Field(
            Scalar("name", table="dispositions"), "Where the goods go.", is_required=True
        ),
        "restocking": Field(_FEE, "Restocking fee of this grade, instead of fees.restocking."),
    },
)

TERMS = Group(
    "terms",
    {
        "window": Field(WINDOW, "How long goods can be returned.", is_required=True),
        "resolutions": Field(
            ListOf(_word(*RESOLUTIONS), 1), "What the customer may choose.", is_required=True
        ),
        "condition": Field(
            ListOf(_NAME, 1), "What the customer may say of the goods.", is_required=True
        ),
        "evidence": Field(
            Group("evidence", {"photos": Field(_PHOTOS, "Photos the customer must send.")}),
            "What the customer must send.",
        ),
        "exchange": Field(
            Group(
                "exchange",
                {
                    "for": Field(
                        _word("same_product", "same_category", "any"), "What may be chosen."
                    ),
                    "price": Field(_word("same_or_lower", "any"), "What it may cost."),
                },
            ),
            "What goods may be exchanged for.",
        ),
        "fees": Field(
            Group(
                "fees",
                {
                    "restocking": Field(_FEE, "Percentage of the item value, or an amount a unit."),
                    "return_shipping": Field(_AMOUNT, "Taken once per return."),
                    "transfer": Field(_AMOUNT, "For paying out by bank, once per return."),
                    "waived_for_fault": Field(
                        ListOf(_word(*FAULTS)), "Faults for which no fee is taken."
                    ),
                },
            ),
            "What is taken off.",
        ),
        "label": Field(
            Group(
                "label",
                {
                    "kind": Field(_word(*LABELS), "Who provides the way back.", is_required=True),
                    "valid_days": Field(
                        Scalar("days"), "Days after the approval in which goods must arrive."
                    ),
                },
            ),
            "The return label.",
        ),
        "refund": Field(
            Group(
                "refund",
                {
                    "to": Field(_word(*TENDERS), "How it is paid."),
                    "after": Field(_word(*TRIGGERS), "The event that makes it due."),
                    "within_days": Field(_DAYS, "Days after that event; a promise."),
                    "within_business_days": Field(_DAYS, "Working days after that event."),
                    "original_shipping": Field(
                        _word(*SHIPPING), "When the order's own shipping is paid back."
                    ),
                },
            ),
            "How and when money goes back.",
            is_required=True,
        ),
        "store_credit": Field(
            Group(
                "store_credit",
                {
                    "bonus": Field(_FEE, "Added for taking credit instead of money."),
                    "bonus_cap": Field(_LIMIT, "The most that is added, or none."),
                    "expires_days": Field(Scalar("days"), "Days until credit expires, or none."),
                },
            ),
            "Terms of store credit.",
        ),
        "inspection": Field(
            MapOf("inspection", Scalar("name", table="grades"), GRADE),
            "What each grade pays and where the goods go.",
            is_required=True,
        ),
        "inspect": Field(
            Group(
                "inspect",
                {
                    "within_days": Field(_DAYS, "Days after goods came; a promise."),
                    "four_eyes": Field(
                        ListOf(Scalar("name", table="grades")),
                        "Grades whose goods somebody else puts away and pays.",
                    ),
                },
            ),
            "By when goods are inspected, and what one person alone may not do.",
        ),
        "clawback": Field(
            Group(
                "clawback",
                {
                    "discount_below": Field(
                        _LIMIT, "Goods to be kept for the order's discount, or none."
                    ),
                    "gift_below": Field(_LIMIT, "Goods to be kept for the order's gifts, or none."),
                },
            ),
            "Promotions that are taken back where too little is kept.",
        ),
        "review": Field(
            Group("review", {"above": Field(_LIMIT, "Quotes above it go to a person, or none.")}),
            "What a person looks at.",
        ),
        "return_to": Field(_NAME, "The name of an address in shop.yaml."),
    },
)

RULE = Group(
    "a rule",
    {
        "id": Field(_NAME, "A name of its own: `id: final-sale`.", is_required=True),
        "why": Field(_TEXT, "One plain sentence; the customer may read it.", is_required=True),
        "enabled": Field(_FLAG, "`false` switches the rule off."),
        "when": Field(Other("when"), "Facts and tests, all of which must hold."),
        "set": Field(relaxed(TERMS), "Settings that hold instead of the terms."),
        "deny": Field(_CODE, "Denies with this code."),
        "review": Field(_CODE, "Sends to a person with this code."),
        "approve": Field(_word("true"), "Skips later reviews, never the window."),
        "keep_item": Field(_FLAG, "The customer keeps the goods."),
        "ask": Field(
            Group(
                "ask",
                {
                    "question": Field(_TEXT, "What the customer is asked."),
                    "photos": Field(_PHOTOS, "Photos the customer is asked for."),
                },
            ),
            "Asks the customer for more.",
        ),
    },
)
EFFECTS = ("set", "deny", "review", "approve", "keep_item", "ask")

REASONS = MapOf(
    "reasons",
    _CODE,
    Group(
        "a reason",
        {
            "text": Field(_TEXT, "What a customer reads.", is_required=True),
            "fault": Field(
                _word(*FAULTS), "customer, merchant, carrier or unknown.", is_required=True
            ),
            "aliases": Field(ListOf(_TEXT), "The platforms' names for it."),
        },
    ),
)
GRADES = MapOf(
    "grades",
    _CODE,
    Group("a grade's entry", {"text": Field(_TEXT, "What a person reads.", is_required=True)}),
)
DISPOSITIONS = MapOf(
    "dispositions",
    _CODE,
    Group(
        "a disposition",
        {
            "text": Field(_TEXT, "What a person reads.", is_required=True),
            "sellable": Field(_FLAG, "Whether goods put there are stock again."),
            "bin": Field(_TEXT, "The shelf, where nobody names one: `bin: A-17`."),
            "location": Field(_TEXT, "What your shop system calls the place."),
        },
    ),
)
TABLES = {
    "reasons": Field(REASONS, "Reasons beside the default ones."),
    "grades": Field(GRADES, "Grades beside the default ones."),
    "dispositions": Field(DISPOSITIONS, "Dispositions beside the default ones."),
}

POLICY = Group(
    "the policy",
    {
        "policy": Field(_NAME, "Its name: `policy: standard`.", is_required=True),
        "title": Field(_TEXT, "Its title, as customers read it.", is_required=True),
        "effective": Field(
            Group(
                "effective",
                {
                    "from": Field(Scalar("day"), "First day of orders that it holds for."),
                    "until": Field(Scalar("day"), "Last day of orders that it holds for."),
                },
            ),
            "Orders placed in this period, in the shop's time zone.",
        ),
        "applies_to": Field(
            Group(
                "applies_to",
                {
                    "countries": Field(ListOf(Scalar("country"), 1), "ISO codes of the ship-to."),
                    "channels": Field(ListOf(_TEXT, 1), "Where the order was sold."),
                    "customer_tags": Field(ListOf(_TEXT, 1), "Tags of the customer."),
                },
            ),
            "Which orders it holds for; without it, for all.",
        ),
        "currency": Field(
            Scalar("currency"), "The currency of every amount: `currency: USD`.", is_required=True
        ),
        "extends": Field(_NAME, "Another policy whose terms and rules complete this one."),
        "legal_floor": Field(
            _word("enforce", "warn", "off"), "What happens where the law asks for more."
        ),
        "displayed": Field(
            _FLAG, "Whether customers see it before they buy, as some laws want it."
        ),
        "terms": Field(TERMS, "What holds when no rule says otherwise.", is_required=True),
        "rules": Field(Other("rules"), "The exceptions, read from the top."),
        **TABLES,
    },
)
