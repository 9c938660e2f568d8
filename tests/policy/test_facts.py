from __future__ import annotations

from datetime import date

import pytest

from returns_cli.domain.model import Customer, Inspection, Product, Receipt
from returns_cli.domain.reasons import reason_index
from returns_cli.domain.record import CustomerHistory, JudgedRequest
from returns_cli.domain.vocabulary import Kind, TaxStyle
from returns_cli.notation.scalars import PERCENT
from returns_cli.policy.fact_table import FACTS
from returns_cli.policy.facts import facts_of, facts_with
from returns_cli.policy.facts_of_return import ReturnSource
from returns_cli.policy.facts_source import USUAL, LineSource, usual_facts
from returns_cli.policy.tables import default_tables
from tests.policy.made import ASKED, LINE, ORDER, REQUEST, request_with

FULL_LINE = LINE._replace(
    title="Blue Tee",
    category="Apparel",
    brand="Oak",
    tags=("sale", "blue"),
    weight_g=200,
    discount_minor=500,
    order_discount_minor=750,
    items_minor=3750,
)
FULL = request_with(
    order=ORDER._replace(
        lines=(FULL_LINE, LINE._replace(line=2, sku="MUG", quantity=1, shipped_quantity=1)),
        shipped_at="2026-03-02",
        region="NY",
        payment_method="Visa",
        discount_codes=("SPRING",),
        tags=("gift",),
        is_gift=True,
        is_business=True,
    ),
    asked=(
        ASKED._replace(condition="Opened", photos=2, answers={"worn": "no"}),
        ASKED._replace(line=2),
    ),
    products=(
        Product(
            "TEE-M",
            title="Tee of the list",
            category="Other",
            tags=("blue", "cotton"),
            weight_g=999,
            personalised=True,
            serial_required=True,
        ),
        Product("MUG", title="Mug", weight_g=300),
    ),
    customer=Customer("c1", tier="Gold", tags=("VIP",)),
    history=CustomerHistory(
        orders=4,
        is_first_order=False,
        lifetime_value_minor=12_345,
        units_ordered_180d=3,
        units_returned_180d=2,
        returns_180d=1,
        keeps_180d=5,
        mismatches_180d=6,
    ),
    returned_before={1: 1},
    returns_before=2,
    kind=Kind.CLAIM,
)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("item.sku", "TEE-M"),
        ("item.title", "Blue Tee"),
        ("item.category", "Apparel"),
        ("item.brand", "Oak"),
        ("item.tags", ("sale", "blue", "cotton")),
        ("item.price", 2500),
        ("item.weight", 200),
        ("item.discount_percent", 25 * PERCENT),  # 12.50 of 50.00
        ("item.personalised", True),
        ("item.perishable", False),
        ("item.serial_required", True),
        ("item.bundle", False),
        ("item.gift_of_promotion", False),
        ("line.quantity", 2),
        ("line.value", 2075),  # 18.75 and half of 4.00 tax
        ("line.returned_before", 1),
        ("line.shipped_units", 2),
        ("line.is_known", True),
        ("quantity", 1),
        ("order.placed", date(2026, 3, 1)),
        ("order.shipped", date(2026, 3, 2)),
        ("order.delivered", date(2026, 3, 5)),
        ("order.last_parcel", date(2026, 3, 5)),
        ("order.age_days", 19),
        ("order.days_since_shipped", 18),
        ("order.days_since_delivered", 15),
        ("order.country", "US"),
        ("order.region", "NY"),
        ("order.channel", "web"),
        ("order.tags", ("gift",)),
        ("order.total", 5900),
        ("order.payment_method", "Visa"),
        ("order.discount_codes", ("SPRING",)),
        ("order.is_gift", True),
        ("order.is_business", True),
        ("order.returns_before", 2),
        ("customer.tier", "Gold"),
        ("customer.tags", ("VIP",)),
        ("customer.orders", 4),
        ("customer.returns_180d", 1),
        ("customer.return_rate_180d", 666_666_666_666),  # two of three, cut at ten decimals
        ("customer.lifetime_value", 12_345),
        ("customer.first_order", False),
        ("customer.keeps_180d", 5),
        ("customer.mismatches_180d", 6),
        ("customer.listed", False),
        ("reason", "too_small"),
        ("reason.fault", "customer"),
        ("resolution", "refund"),
        ("condition", "Opened"),
        ("photos", 2),
        ("answers.worn", "no"),
        ("answers.smell", None),
        ("request.quantity", 2),
        ("request.value", 2075 + 5400),
        ("request.weight", 500),
        ("whole_order", False),
        ("kind", "claim"),
        ("entered_by", "sam"),
        ("requested_on", date(2026, 3, 20)),
        ("first_scan_on", None),
        ("line.received_on", None),
        ("inspection.grade", ()),
        ("inspection.serial_mismatch", False),
    ],
)
def test_a_fact_comes_from_its_record(name: str, value: object) -> None:
    assert facts_of(FULL, default_tables()).lines[0].raw(name) == value


PLAIN = facts_of(request_with(), default_tables()).lines[0]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("item.category", ""),
        ("item.tags", ()),
        ("item.weight", None),
        ("item.discount_percent", 0),
        ("order.shipped", None),
        ("order.days_since_shipped", None),
        ("customer.tier", ""),
        ("customer.tags", ()),
        ("customer.return_rate_180d", 0),
        ("customer.first_order", True),
        ("condition", None),
        ("request.weight", None),
        ("exchange.same_product", None),
    ],
)
def test_what_no_file_says_is_the_plain_default_or_not_known(name: str, value: object) -> None:
    assert PLAIN.raw(name) == value


def test_every_declared_fact_can_be_looked_up() -> None:
    facts = facts_of(FULL, default_tables())
    unknown_line = facts_of(request_with(asked=(ASKED._replace(line=9),)), default_tables())

    for name in FACTS:
        facts.lines[0].raw(name)
        unknown_line.lines[0].raw(name)
    assert unknown_line.lines[0].raw("item.price") is None
    assert unknown_line.lines[0].raw("line.value") is None
    assert unknown_line.lines[0].raw("request.weight") is None
    assert unknown_line.lines[0].raw("request.value") == 0


def test_the_tier_of_the_order_stands_in_for_an_unknown_customer() -> None:
    request = request_with(order=ORDER._replace(customer_tier="silver"))

    assert facts_of(request, default_tables()).lines[0].raw("customer.tier") == "silver"


@pytest.mark.parametrize(
    ("style", "value"),
    [(TaxStyle.ON_TOP, 2700), (TaxStyle.INCLUDED, 2500), (TaxStyle.NONE, 2500)],
)
def test_the_value_of_goods_holds_the_tax_that_was_paid(style: TaxStyle, value: int) -> None:
    request = request_with(order=ORDER._replace(tax_style=style))

    assert facts_of(request, default_tables()).lines[0].raw("line.value") == value


@pytest.mark.parametrize(
    ("line", "share"),
    [
        (LINE._replace(unit_price_minor=0), 0),
        (LINE._replace(unit_price_minor=300, discount_minor=200), 333_333_333_333),
    ],
    ids=["free goods", "a third"],
)
def test_a_discount_is_told_to_ten_decimals(line: object, share: int) -> None:
    request = request_with(order=ORDER._replace(lines=(line,)))  # type: ignore[arg-type]  # a line

    assert facts_of(request, default_tables()).lines[0].raw("item.discount_percent") == share


@pytest.mark.parametrize(
    ("quantities", "is_whole"),
    [((2, 1), True), ((1, 1), False), ((2,), False)],
)
def test_a_whole_order_is_every_unit_that_was_shipped(
    quantities: tuple[int, ...], is_whole: bool
) -> None:
    lines = (
        LINE,
        LINE._replace(line=2, quantity=5, shipped_quantity=1),
        LINE._replace(line=3, cancelled=True),
    )
    asked = tuple(ASKED._replace(line=i, quantity=n) for i, n in enumerate(quantities, 1))
    request = request_with(order=ORDER._replace(lines=lines), asked=asked)

    assert facts_of(request, default_tables()).lines[0].raw("whole_order") is is_whole


def test_a_line_of_no_units_is_worth_nothing() -> None:
    request = request_with(
        order=ORDER._replace(lines=(LINE._replace(quantity=0, shipped_quantity=0),))
    )

    assert facts_of(request, default_tables()).lines[0].raw("line.value") == 0


def test_inspections_say_what_was_found_on_the_line() -> None:
    request = request_with(
        asked=(ASKED._replace(quantity=2),),
        receipts=(Receipt(1, 1, "2026-03-25", "kim"), Receipt(2, 1, "2026-03-29", "kim")),
        inspections=(
            Inspection(1, 1, "used", "refurbish", "2026-03-26", "kim"),
            Inspection(1, 1, "wrong_item", "return_to_customer", "2026-03-26", "kim"),
            Inspection(1, 1, "used", "refurbish", "2026-03-27", "kim"),
        ),
    )
    facts = facts_of(request, default_tables()).lines[0]

    assert facts.raw("inspection.grade") == ("used", "wrong_item")
    assert facts.raw("inspection.wrong_sku") is True
    assert facts.raw("inspection.quantity_short") == 1
    assert facts.raw("line.received_on") == date(2026, 3, 25)


def test_facts_are_compared_in_any_case_but_skus_letter_by_letter() -> None:
    facts = facts_of(FULL, default_tables()).lines[0]

    assert facts["customer.tier"] == "gold"
    assert facts["customer.tags"] == ("vip",)
    assert facts["item.sku"] == "TEE-M"
    assert facts.raw("customer.tier") == "Gold"


def test_days_are_those_of_the_shop() -> None:
    request = REQUEST._replace(requested_at="2026-03-21T03:59:59+00:00")

    assert facts_of(request, default_tables()).lines[0].raw("requested_on") == date(2026, 3, 20)


@pytest.mark.parametrize(
    ("fact", "of_line", "of_product", "of_customer", "value"),
    [
        ("item.bundle", ("Bundle",), (), (), True),
        ("item.bundle", (), ("bundle",), (), True),
        ("item.bundle", ("bundled",), (), ("bundle",), False),
        ("item.gift_of_promotion", ("gift-of-promotion",), (), (), True),
        ("item.gift_of_promotion", (), ("Gift of promotion",), (), True),
        ("customer.listed", (), (), ("vip", "Listed"), True),
        ("customer.listed", ("listed",), ("listed",), (), False),
    ],
)
def test_marks_that_no_column_holds_are_tags(
    fact: str,
    of_line: tuple[str, ...],
    of_product: tuple[str, ...],
    of_customer: tuple[str, ...],
    value: bool,
) -> None:
    request = request_with(
        order=ORDER._replace(lines=(LINE._replace(tags=of_line),)),
        products=(Product("TEE-M", tags=of_product),),
        customer=Customer("c1", tags=of_customer),
    )

    assert facts_of(request, default_tables()).lines[0].raw(fact) is value


@pytest.mark.parametrize(
    ("fact", "grade"),
    [
        ("inspection.wrong_sku", "wrong_item"),
        ("inspection.serial_mismatch", "serial_mismatch"),
    ],
)
def test_what_the_bench_found_is_a_grade(fact: str, grade: str) -> None:
    found = Inspection(1, 1, grade, "return_to_customer", "2026-03-25", "sam")
    other = Inspection(1, 1, "used", "refurbish", "2026-03-25", "sam")

    for inspections, value in (((found, other), True), ((other,), False), ((), False)):
        request = request_with(inspections=inspections)
        assert facts_of(request, default_tables()).lines[0].raw(fact) is value


@pytest.mark.parametrize(
    "request_",
    [
        pytest.param(FULL, id="everything known"),
        pytest.param(request_with(), id="a plain request"),
        pytest.param(
            request_with(asked=(ASKED._replace(line=7, reason="Lost it"),)), id="no such line"
        ),
        pytest.param(
            FULL._replace(order=FULL.order._replace(delivered_at=None, shipped_at=None)),
            id="days not known",
        ),
    ],
)
def test_facts_read_all_at_once_are_those_read_one_by_one(request_: JudgedRequest) -> None:
    reasons = reason_index(default_tables())
    shared = ReturnSource(request_, {one.line: one for one in request_.order.lines}, reasons)
    for asked in request_.lines:
        source = LineSource(shared, asked, shared.order_lines.get(asked.line))
        usual = usual_facts(source)
        assert usual.keys() == USUAL
        assert usual == {name: source.find(name) for name in usual}
    lazy = facts_with(request_, reasons).lines
    for early, late in zip(
        facts_with(request_, reasons, frozenset(FACTS)).lines, lazy, strict=True
    ):
        for name in FACTS:
            assert (early[name], early.raw(name)) == (late[name], late.raw(name)), name
