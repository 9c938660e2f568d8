"""Decisions held to the legal minimum, with days and amounts worked out by hand.

5 March 2026 is a Thursday, 7 March a Saturday. Fourteen days after the 5th is Thursday the 19th;
after the 7th it is Saturday the 21st, which rolls to Monday the 23rd.
"""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from returns_cli.domain import terms
from returns_cli.domain.model import Decision, LineDecision, Product
from returns_cli.domain.vocabulary import TaxStyle
from returns_cli.policy.evaluate import evaluate
from returns_cli.policy.explain import explain_decision
from returns_cli.policy.facts_file import facts_of_record
from returns_cli.policy.floor import LIFTS
from returns_cli.policy.floor_table import read_floors, shipped_floors
from returns_cli.policy.language import Policy, parse_policy
from returns_cli.policy.quoted import quote_facts
from returns_cli.policy.tables import default_tables
from tests.policy.made import (
    ASKED,
    LINE,
    ORDER,
    at_noon,
    facts_given,
    judged,
    request_with,
    rule,
)

HEAD = "policy: shop\ntitle: Shop\ncurrency: EUR\nlegal_floor: {floor}\n"
TERMS = """\
terms:
  window: {window}
  resolutions: [store_credit, exchange]
  condition: [new, opened]
  evidence: {{photos: 1}}
  fees: {{restocking: 10%, return_shipping: 5.00, transfer: 1.00, waived_for_fault: [carrier]}}
  label: {{kind: customer, valid_days: 7}}
  refund: {{to: gift_card, after: inspected, within_business_days: 20}}
  inspection:
    new: {{refund: 100%, disposition: restock}}
    opened: {{refund: 80%, disposition: open_box, restocking: 2.00}}
    used: {{refund: 50%, disposition: refurbish}}
    defective: {{refund: 0%, disposition: quarantine}}
  review: {{above: 500.00}}
rules:
"""
WINDOW = "{days: 7, from: delivered, if_unknown: {from: shipped, plus_days: 3}}"
RULES = (
    rule("item.tags: sale", "deny: final_sale", "sale")
    + rule("customer.listed: true", "review: listed", "listed")
    + rule("item.brand: Acme", 'ask: {question: "Why?", photos: 2}', "asked")
    + rule("inspection.serial_mismatch: true", "deny: other_goods", "other-goods")
    + rule("inspection.grade: used", "deny: worn", "worn")
)


def strict(window: str = WINDOW, floor: str = "enforce", head: str = "") -> Policy:
    """A policy that gives less than any law."""
    text = HEAD.format(floor=floor) + head + TERMS.format(window=window) + RULES
    return parse_policy(text.encode(), "policies/shop.yaml", default_tables())


def decided(given_: str, day: str, policy: Policy | None = None) -> Decision:
    policy = policy or strict()
    now = at_noon(day)
    return evaluate(policy, facts_given(policy, given_, now), now)


def line_of(given_: str, day: str, policy: Policy | None = None) -> LineDecision:
    (line,) = decided(given_, day, policy).lines
    return line


def lifted(line: LineDecision) -> tuple[str, ...]:
    return terms.words(terms.by_name(line.settings), LIFTS)


def by_law(line: LineDecision) -> dict[str, object]:
    """What a law decided: name → value."""
    found: dict[str, object] = {}
    for one in line.settings:
        if one.rule is not None and one.rule.startswith("legal-floor:"):
            found[one.name] = one.value
    return found


DE = "order: {country: DE, delivered: 2026-03-05}"


@pytest.mark.parametrize(
    ("given_", "day", "verdict", "codes", "deadline", "lifts"),
    [
        pytest.param(
            f"{{{DE}, reason: style}}",
            "2026-03-19",
            "approve",
            (),
            "2026-03-19",
            ("window_expired", "evidence_missing", "resolution_not_offered"),
            id="day 14 is in time by law",
        ),
        pytest.param(
            f"{{{DE}, reason: style}}",
            "2026-03-20",
            "deny",
            ("window_expired", "evidence_missing", "resolution_not_offered"),
            "2026-03-19",
            (),
            id="day 15 is late also by law, whose last day is told",
        ),
        pytest.param(
            "{order: {country: DE, delivered: 2026-03-07}, reason: style, photos: 1}",
            "2026-03-23",
            "approve",
            (),
            "2026-03-23",
            ("window_expired", "resolution_not_offered"),
            id="a last day on a Saturday rolls to Monday",
        ),
        pytest.param(
            "{order: {country: DE, delivered: 2026-03-05, last_parcel: 2026-03-10},"
            " reason: style, photos: 1, resolution: exchange}",
            "2026-03-24",
            "approve",
            (),
            "2026-03-24",
            ("window_expired",),
            id="counted from the last parcel",
        ),
        pytest.param(
            "{order: {country: DE, shipped: 2026-03-02}, reason: style, photos: 1,"
            " resolution: exchange}",
            "2026-03-19",
            "approve",
            (),
            "2026-03-19",
            ("window_expired",),
            id="delivery not known: the policy's stand-in counts, shipping plus 3 days",
        ),
        pytest.param(
            f"{{{DE}, reason: style, item: {{tags: [sale]}}, photos: 1, resolution: exchange}}",
            "2026-03-10",
            "approve",
            (),
            "2026-03-19",
            ("final_sale",),
            id="sale items are no exclusion",
        ),
        pytest.param(
            f"{{{DE}, reason: style, item: {{tags: [sale], personalised: true}}, photos: 1,"
            " resolution: exchange}",
            "2026-03-10",
            "deny",
            ("final_sale",),
            "2026-03-12",
            (),
            id="goods made to order are",
        ),
        pytest.param(
            f"{{{DE}, reason: style, item: {{tags: [sale], perishable: true}}, photos: 1,"
            " resolution: exchange}",
            "2026-03-10",
            "deny",
            ("final_sale",),
            "2026-03-12",
            (),
            id="so are perishable goods",
        ),
        pytest.param(
            f"{{{DE}, reason: style, item: {{tags: [sale], digital: true}}, photos: 1,"
            " resolution: exchange}",
            "2026-03-10",
            "deny",
            ("final_sale",),
            "2026-03-12",
            (),
            id="so are digital goods",
        ),
        pytest.param(
            f"{{{DE}, reason: style, item: {{tags: [sale], sealed_hygiene: true}}, photos: 1,"
            " condition: opened, resolution: exchange}",
            "2026-03-10",
            "deny",
            ("final_sale",),
            "2026-03-12",
            (),
            id="so are hygiene goods without their seal",
        ),
        pytest.param(
            f"{{{DE}, reason: style, item: {{tags: [sale], sealed_hygiene: true}}, photos: 1,"
            " condition: new, resolution: exchange}",
            "2026-03-10",
            "approve",
            (),
            "2026-03-19",
            ("final_sale",),
            id="hygiene goods with their seal are not",
        ),
        pytest.param(
            f"{{{DE}, reason: style, item: {{tags: [sale], sealed_hygiene: true}}, photos: 1,"
            " resolution: exchange}",
            "2026-03-10",
            "review",
            ("missing_fact:condition",),
            "2026-03-12",
            (),
            id="nobody said whether the seal is there: a person looks",
        ),
        pytest.param(
            f"{{{DE}, reason: style, condition: used, photos: 1, resolution: exchange}}",
            "2026-03-10",
            "approve",
            (),
            "2026-03-19",
            ("condition_not_accepted",),
            id="trying on is no reason to refuse",
        ),
        pytest.param(
            f"{{{DE}, reason: style, photos: 1, resolution: repair}}",
            "2026-03-10",
            "deny",
            ("resolution_not_offered",),
            "2026-03-19",
            (),
            id="money is a right, a repair is none",
        ),
        pytest.param(
            "{order: {country: DE, delivered: 2026-03-05, is_business: true}, reason: style,"
            " item: {tags: [sale]}, photos: 1, resolution: exchange}",
            "2026-03-10",
            "deny",
            ("final_sale",),
            "2026-03-12",
            (),
            id="a business is no consumer",
        ),
        pytest.param(
            "{order: {country: BR, delivered: 2026-03-05}, reason: style,"
            " item: {tags: [sale]}, photos: 1, resolution: exchange}",
            "2026-03-10",
            "deny",
            ("final_sale",),
            "2026-03-12",
            (),
            id="a country that the table does not know",
        ),
        pytest.param(
            "{order: {country: null, delivered: 2026-03-05}, reason: style,"
            " item: {tags: [sale]}, photos: 1, resolution: exchange}",
            "2026-03-10",
            "review",
            ("missing_fact:order.country",),
            "2026-03-12",
            (),
            id="a country that nobody knows",
        ),
        pytest.param(
            "{order: {country: DE}, reason: style, item: {tags: [sale]}, photos: 1,"
            " resolution: exchange}",
            "2026-03-10",
            "review",
            ("missing_fact:delivered", "missing_fact:last_parcel"),
            None,
            (),
            id="neither delivered nor shipped: nobody can say what the law wants",
        ),
        pytest.param(
            f"{{{DE}, reason: null, kind: withdrawal, item: {{tags: null}}, photos: null,"
            " resolution: exchange}",
            "2026-03-10",
            "approve",
            (),
            "2026-03-19",
            ("missing_fact:item.tags", "missing_fact:photos"),
            id="a withdrawal needs no reason, and waits for no fact that could only deny",
        ),
        pytest.param(
            f"{{{DE}, reason: style, customer: {{listed: true}}, photos: 1, resolution: exchange}}",
            "2026-03-10",
            "review",
            ("listed",),
            "2026-03-19",
            (),
            id="a person may look all the same",
        ),
        pytest.param(
            f"{{{DE}, reason: style, customer: {{listed: null}}, photos: 1, resolution: exchange}}",
            "2026-03-10",
            "review",
            ("missing_fact:customer.listed",),
            "2026-03-19",
            (),
            id="and wait for what decides whether one looks",
        ),
        pytest.param(
            f"{{{DE}, reason: style, item: {{brand: Acme}}, photos: 1, resolution: exchange}}",
            "2026-03-10",
            "approve",
            (),
            "2026-03-19",
            ("evidence_missing", "missing_fact:answers.asked"),
            id="no question must be answered",
        ),
        pytest.param(
            f"{{{DE}, line: {{quantity: 1}}, quantity: 2, reason: style, photos: 1,"
            " resolution: exchange}",
            "2026-03-10",
            "deny",
            ("quantity_exceeds",),
            "2026-03-19",
            (),
            id="no law gives back what was never bought",
        ),
        pytest.param(
            f"{{{DE}, reason: style, photos: 1, resolution: exchange,"
            " inspection: {grade: [used]}}",
            "2026-03-10",
            "approve",
            (),
            "2026-03-19",
            ("worn",),
            id="worn goods pay less, they are not refused",
        ),
        pytest.param(
            f"{{{DE}, reason: style, photos: 1, resolution: exchange,"
            " inspection: {grade: [serial_mismatch], serial_mismatch: true}}",
            "2026-03-10",
            "deny",
            ("other_goods",),
            "2026-03-19",
            (),
            id="goods that were not sold are refused",
        ),
        pytest.param(
            f"{{{DE}, reason: style, kind: return_to_sender, item: {{tags: [sale]}}, photos: 1,"
            " resolution: exchange}",
            "2026-03-10",
            "deny",
            ("final_sale",),
            "2026-03-12",
            (),
            id="what came back undelivered is no withdrawal",
        ),
    ],
)
def test_within_the_law_a_merchant_cannot_deny(
    given_: str,
    day: str,
    verdict: str,
    codes: tuple[str, ...],
    deadline: str | None,
    lifts: tuple[str, ...],
) -> None:
    line = line_of(given_, day)

    assert (line.verdict.value, line.codes) == (verdict, codes)
    assert line.deadline_on == (date.fromisoformat(deadline) if deadline else None)
    assert lifted(line) == lifts


def test_every_setting_that_gives_less_becomes_what_the_law_asks_for() -> None:
    line = line_of(f"{{{DE}, reason: style, photos: 1, condition: used}}", "2026-03-10")

    assert by_law(line) == {
        "window.days": "14",
        "window.from": "last_parcel",
        "window.rolls_to_business_day": "true",
        "resolutions": ("store_credit", "exchange", "refund"),
        "condition": ("new", "opened", "used"),
        "evidence.photos": "0",
        "fees.restocking": "0%",
        "inspection.opened.restocking": "0%",
        "refund.to": "original_payment",
        "refund.within_days": "14",
        "refund.original_shipping": "standard_only",
        "fees.transfer": "0",
        "label.valid_days": "14",
        "inspection.opened.refund": "100%",
        LIFTS: ("condition_not_accepted", "resolution_not_offered"),
    }
    held = {one.name: one.value for one in line.settings}
    assert "refund.within_business_days" not in held
    assert held["fees.return_shipping"] == "5.00"  # the customer pays the way back
    assert held["inspection.used.refund"] == "50%"  # handling beyond what a shop would allow


def test_faulty_goods_go_back_for_two_years_at_the_cost_of_the_shop() -> None:
    given_ = f"{{{DE}, reason: defective, photos: 1, condition: used, resolution: exchange}}"
    line = line_of(given_, "2028-03-05")
    late = line_of(given_, "2028-03-07")

    assert (line.verdict.value, line.deadline_on) == ("approve", date(2028, 3, 6))  # a Monday
    assert (late.codes, late.deadline_on) == (
        ("window_expired", "condition_not_accepted"),
        date(2028, 3, 6),
    )
    assert by_law(line) == {
        "window.days": "731",
        "window.from": "delivered",
        "window.rolls_to_business_day": "true",
        "condition": ("new", "opened", "used"),
        "fees.restocking": "0%",
        "inspection.opened.restocking": "0%",
        "fees.return_shipping": "0",
        "fees.transfer": "0",
        "label.kind": "prepaid",
        "inspection.opened.refund": "100%",
        "inspection.defective.refund": "100%",
        LIFTS: ("window_expired", "condition_not_accepted"),
    }
    missing = line_of(f"{{{DE}, reason: defective, resolution: exchange}}", "2026-06-05")
    assert missing.codes == ("evidence_missing",)  # a photo of a fault may be asked for


def test_what_gives_as_much_is_left_as_the_merchant_wrote_it() -> None:
    kind = parse_policy(
        b"policy: kind\ntitle: Kind\ncurrency: EUR\nlegal_floor: enforce\nterms:\n"
        b"  window: {days: 60, from: last_parcel, if_unknown: {from: shipped, plus_days: 7}}\n"
        b"  resolutions: [refund]\n  condition: [new, opened, used]\n"
        b"  fees: {restocking: 0, return_shipping: 5.00, transfer: 0.00}\n"
        b"  label: {kind: in_box}\n"
        b"  refund: {within_business_days: 10, original_shipping: always}\n"
        b"  inspection:\n    new: {refund: 100%, disposition: restock, restocking: 0%}\n",
        "policies/kind.yaml",
        default_tables(),
    )
    line = line_of(f"{{{DE}, reason: style, condition: used}}", "2026-03-10", kind)

    assert line.verdict.value == "approve"
    assert by_law(line) == {}


@pytest.mark.parametrize(
    ("promise", "kept"),
    [
        pytest.param("within_days: 14", True, id="14 days"),
        pytest.param("within_days: 15", False, id="15 days"),
        pytest.param("within_business_days: 10", True, id="10 working days are 14 days"),
        pytest.param("within_business_days: 11", False, id="11 working days are 17"),
        pytest.param("after: received", False, id="no promise"),
    ],
)
def test_the_promise_is_shortened_to_that_of_the_law(promise: str, kept: bool) -> None:
    text = strict().source_text.decode().replace("within_business_days: 20", promise)
    text = text.replace("after: inspected, after", "after")
    policy = parse_policy(text.encode(), "x", default_tables())
    line = line_of(f"{{{DE}, reason: style, photos: 1}}", "2026-03-10", policy)

    assert ("refund.within_days" in by_law(line)) is not kept


def test_a_fee_that_is_waived_needs_no_law() -> None:
    line = line_of(f"{{{DE}, reason: damaged_in_transit, photos: 1}}", "2026-03-10")

    assert not {"fees.restocking", "fees.return_shipping"} & by_law(line).keys()


def test_a_withdrawal_is_paid_in_full_but_for_the_way_back() -> None:
    policy = strict()
    now = at_noon("2026-03-10")
    facts = facts_given(policy, f"{{{DE}, line: {{value: 80.00}}, reason: style}}", now)
    quote = quote_facts(facts, evaluate(policy, facts, now).lines)

    assert quote is not None
    assert [(one.kind, one.amount_minor) for one in quote.components] == [
        ("items", 8000),
        ("return_shipping", -500),
    ]


def test_a_line_that_the_law_gives_back_counts_for_the_review_limit() -> None:
    given_ = f"{{{DE}, line: {{value: 600.00}}, item: {{tags: [sale]}}, reason: style}}"
    line = line_of(given_, "2026-03-10")

    assert (line.verdict.value, line.codes) == ("review", ("above_limit",))


@pytest.mark.parametrize(
    ("place", "delivered", "last_day"),
    [
        pytest.param("country: DE", "2026-03-05", "2026-03-19", id="EU"),
        pytest.param("country: RO", "2026-03-07", "2026-03-23", id="Romania"),
        pytest.param("country: GB", "2026-03-07", "2026-03-21", id="UK, nothing rolls"),
        pytest.param(
            "country: JP", "2026-03-05", "2026-03-12", id="Japan, the day itself is day 1"
        ),
        pytest.param("country: CN", "2026-03-05", "2026-03-12", id="China, 7 days after it"),
        pytest.param(
            "country: US, region: NY, placed: 2026-03-02",
            "2026-03-05",
            "2026-04-01",
            id="New York, 30 days from the order",
        ),
        pytest.param(
            "country: US, region: New York, placed: 2026-03-02",
            "2026-03-05",
            "2026-04-01",
            id="a region by its name",
        ),
        pytest.param(
            "country: US, region: CA, placed: 2026-03-02",
            "2026-03-05",
            "2026-04-01",
            id="California, 30 days from the order",
        ),
    ],
)
def test_each_place_counts_its_own_days(place: str, delivered: str, last_day: str) -> None:
    policy = strict("{days: 1, from: delivered, if_unknown: {from: shipped, plus_days: 3}}")
    given_ = f"{{order: {{{place}, delivered: {delivered}}}, reason: style, photos: 1,"
    in_time = line_of(f"{given_} resolution: exchange}}", last_day, policy)
    day_after = date.fromordinal(date.fromisoformat(last_day).toordinal() + 1).isoformat()
    late = line_of(f"{given_} resolution: exchange}}", day_after, policy)

    assert (in_time.verdict.value, in_time.deadline_on) == (
        "approve",
        date.fromisoformat(last_day),
    )
    assert late.codes == ("window_expired",)


def test_in_california_seven_days_in_full_are_enough() -> None:
    policy = strict("{days: 7, from: ordered}")
    given_ = (
        "{order: {country: US, region: CA, placed: 2026-03-02}, reason: style, photos: 1,"
        " item: {tags: [sale]}, resolution: exchange}"
    )

    assert line_of(given_, "2026-03-09", policy).verdict.value == "approve"
    assert line_of(given_, "2026-03-10", policy).codes == ("final_sale", "window_expired")


@pytest.mark.parametrize(
    ("country", "verdict"), [("JP", "deny"), ("DE", "approve")], ids=["Japan", "EU"]
)
def test_a_clause_that_is_displayed_holds_where_the_law_lets_it(country: str, verdict: str) -> None:
    policy = strict(head="displayed: true\n")
    given_ = (
        f"{{order: {{country: {country}, delivered: 2026-03-05}}, item: {{tags: [sale]}},"
        " photos: 1, resolution: exchange, reason: style}"
    )

    assert line_of(given_, "2026-03-10", policy).verdict.value == verdict


def test_used_goods_have_no_right_in_china() -> None:
    given_ = (
        "{order: {country: CN, delivered: 2026-03-05}, item: {tags: [sale]}, photos: 1,"
        " resolution: exchange, reason: style, condition: used}"
    )

    assert line_of(given_, "2026-03-10").codes == ("final_sale", "condition_not_accepted")


def test_a_policy_that_judges_the_arrival_is_asked_in_time_by_law() -> None:
    window = WINDOW.replace("days: 7", "days: 20").replace("}}", "}, judged_on: received}")
    given_ = (
        "{order: {country: DE, delivered: 2026-03-05}, line: {received_on: 2026-03-30},"
        " requested_on: 2026-03-19, reason: style, photos: 1, resolution: exchange}"
    )
    line = line_of(given_, "2026-03-31", strict(window))
    late = line_of(given_.replace("03-19", "03-20"), "2026-03-31", strict(window))

    assert (line.verdict.value, line.deadline_on) == ("approve", date(2026, 3, 25))
    assert by_law(line)["window.judged_on"] == "requested"
    assert late.codes == ("window_expired",)


def test_the_deadline_of_the_law_never_shortens_the_shops() -> None:
    window = WINDOW.replace("}}", "}, until: 2026-04-30}")
    line = line_of(f"{{{DE}, reason: style, photos: 1}}", "2026-03-10", strict(window))

    assert line.deadline_on == date(2026, 4, 30)
    assert "window.days" not in by_law(line)


@pytest.mark.parametrize("floor", ["warn", "off"])
def test_only_enforce_changes_decisions(floor: str) -> None:
    decision = decided(
        f"{{{DE}, item: {{tags: [sale]}}, reason: style, photos: 1}}",
        "2026-03-10",
        strict(floor=floor),
    )

    assert decision.lines[0].codes == ("final_sale", "resolution_not_offered")
    assert by_law(decision.lines[0]) == {}
    assert "legal_floor" not in decision.facts


def test_the_decision_names_the_table_by_its_sha256() -> None:
    assert decided(f"{{{DE}, reason: style}}", "2026-03-10").facts["legal_floor"] == (
        shipped_floors().sha256
    )


def test_a_holiday_of_the_shop_moves_the_last_day() -> None:
    policy = parse_policy(
        strict().source_text.replace(b"EUR", b"USD"), "policies/shop.yaml", default_tables()
    )
    order = ORDER._replace(country="DE", delivered_at="2026-03-09")
    request = request_with(
        order=order,
        requested_at="2026-03-24T12:00:00-04:00",
        holidays=frozenset({date(2026, 3, 23)}),
        asked=(ASKED._replace(photos=1),),
    )
    (line,) = judged(policy, request, "2026-03-24").lines

    assert (line.verdict.value, line.deadline_on) == ("approve", date(2026, 3, 24))


requests = st.builds(
    lambda day, reason, tags, price, country, delivered, condition, flag: request_with(
        order=ORDER._replace(
            lines=(LINE._replace(items_minor=price * 2, unit_price_minor=price),),
            tax_style=TaxStyle.INCLUDED,
            delivered_at=delivered,
            country=country,
            region="CA",
            total_minor=price * 2,
            captured_minor=price * 2,
        ),
        asked=(ASKED._replace(reason=reason, condition=condition),),
        requested_at=day.isoformat(),
        products=(Product("TEE-M", tags=tags, sealed_hygiene=flag),),
        holidays=frozenset({date(2026, 4, 6)}),
    ),
    st.dates(date(2026, 3, 5), date(2026, 5, 30)),
    st.sampled_from(["too_small", "defective", "arrived_late", "itchy", "no_reason"]),
    st.sampled_from([(), ("sale",)]),
    st.integers(0, 100_000),
    st.sampled_from(["DE", "RO", "GB", "JP", "CN", "US", "BR", ""]),
    st.sampled_from(["2026-03-05", "2026-03-07", None]),
    st.sampled_from([None, "new", "opened", "used", "odd"]),
    st.booleans(),
)
IN_USD = [
    parse_policy(one.source_text.replace(b"EUR", b"USD"), "policies/shop.yaml", default_tables())
    for one in (strict(), strict(floor="warn"))
]
ENFORCED, FREE = IN_USD


@settings(deadline=None)
@given(requests)
def test_the_same_is_decided_again_from_what_was_kept(request_: object) -> None:
    now = at_noon("2026-06-01")
    decision = judged(ENFORCED, request_, "2026-06-01")  # type: ignore[arg-type]  # a request

    assert evaluate(ENFORCED, facts_of_record(decision.facts, ENFORCED, now), now) == decision


@settings(deadline=None)
@given(requests)
def test_a_law_never_takes_anything_from_a_customer(request_: object) -> None:
    kept = judged(ENFORCED, request_, "2026-06-01").lines[0]  # type: ignore[arg-type]  # a request
    free = judged(FREE, request_, "2026-06-01").lines[0]  # type: ignore[arg-type]  # a request
    order = ("deny", "review", "approve")

    assert order.index(kept.verdict.value) >= order.index(free.verdict.value) or (
        kept.codes == ("above_limit",)
    )
    assert (kept.deadline_on or date.min) >= (free.deadline_on or date.min)


@settings(deadline=None)
@given(requests)
def test_what_a_law_decides_is_cited_with_its_line_of_the_table(request_: object) -> None:
    table = shipped_floors()
    text = table.text.decode().split("\n")
    line = judged(ENFORCED, request_, "2026-06-01").lines[0]  # type: ignore[arg-type]  # a request

    for one in line.settings:
        if one.rule is None or not one.rule.startswith("legal-floor:"):
            continue
        file, _, number = one.at.rpartition(":")
        said = text[int(number) - 1]
        key = "days" if one.name == LIFTS else one.name.rpartition(".")[2]
        assert file == "data/legal_floors.yaml"
        assert f"{key}:" in said


def test_the_explanation_says_what_the_law_is_and_that_it_is_no_advice() -> None:
    policy = strict()
    decision = decided(f"{{{DE}, reason: style, photos: 1}}", "2026-03-19", policy)
    said = explain_decision(decision, policy)
    from_ = said.index(
        "  Held to the law, as far as a checklist knows it; this is not legal advice:"
    )
    sources = [one for one in said[from_:] if one.startswith("      EU-")]

    assert said[from_ + 1].startswith("    window.days 14, by legal-floor:EU  (data/legal_floors.")
    assert sources[0] == (
        "      EU-1: Goods can be given back within 14 days from the day after the customer has "
        "the last of them. Directive 2011/83/EU, Article 9(2)."
    )
    assert len(sources) == len({one.partition(":")[0] for one in sources}) == 5


def test_without_the_kept_texts_the_settings_are_told_all_the_same() -> None:
    said = explain_decision(decided(f"{{{DE}, reason: style, photos: 1}}", "2026-03-19"))

    assert any("window.days 14, by legal-floor:EU" in one for one in said)
    assert not any("EU-1" in one for one in said)


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        pytest.param("", ("missing_fact:order.country",), id="a denial that a law might forbid"),
        pytest.param(
            ", line: {quantity: 1}, quantity: 2", ("quantity_exceeds",), id="a certain one"
        ),
    ],
)
def test_an_unknown_country_leaves_only_certain_denials(line: str, codes: tuple[str, ...]) -> None:
    given_ = (
        f"{{order: {{country: null, delivered: 2026-03-05}}, reason: style{line}, photos: 1,"
        " item: {tags: [sale]}, resolution: exchange}"
    )

    assert line_of(given_, "2026-03-10").codes == codes


def test_two_rights_that_hold_add_up() -> None:
    given_ = f"{{{DE}, reason: defective, item: {{tags: [sale]}}, condition: used, photos: 1}}"
    line = line_of(given_, "2026-03-10")

    assert line.verdict.value == "approve"
    assert lifted(line) == ("final_sale", "condition_not_accepted", "resolution_not_offered")
    assert by_law(line)["window.days"] == "731"  # of faulty goods
    assert by_law(line)["resolutions"] == ("store_credit", "exchange", "refund")  # of a withdrawal


LATE = """\
floors:
  XX:
    title: Nowhere
    countries: [XX]
    rights:
      late:
        title: It comes too late
        when: {reason: ordered_by_mistake}
        rows:
          X-1:
            rule: What comes too late is taken back, whenever that is.
            source: A law
            checked: 2026-11-22
            opened: true
            least: {fees: {restocking: 0%}}
          X-2:
            rule: A duty.
            source: A law
            checked: 2026-11-22
            opened: true
      never:
        title: A right without a row that asks for anything
        when: {reason: style}
        rows:
          X-3:
            rule: A duty.
            source: A law
            checked: 2026-11-22
            opened: true
"""


def test_a_right_without_a_window_holds_whenever_it_applies() -> None:
    table = read_floors(LATE.encode(), "data/legal_floors.yaml")
    policy = strict()._replace(floor=table)
    given_ = (
        "{order: {country: XX, delivered: 2026-03-05}, reason: REASON, photos: 1,"
        " item: {tags: [sale]}, resolution: exchange}"
    )
    late = line_of(given_.replace("REASON", "ordered_by_mistake"), "2026-05-10", policy)
    other = line_of(given_.replace("REASON", "style"), "2026-03-10", policy)

    assert (late.codes, lifted(late)) == (("window_expired",), ("final_sale",))
    assert by_law(late)["fees.restocking"] == "0%"
    assert other.codes == ("final_sale",)
