from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from returns_cli.domain.decision_json import decision_from_json, decision_to_json
from returns_cli.domain.model import (
    Customer,
    Decision,
    Inspection,
    Order,
    Product,
    Receipt,
    RequestedLine,
)
from returns_cli.domain.record import CustomerHistory, JudgedRequest
from returns_cli.domain.vocabulary import Fault, Kind, Resolution, Verdict
from returns_cli.policy.evaluate import evaluate, sum_up
from returns_cli.policy.facts_file import facts_of_record
from returns_cli.policy.language import parse_policy
from returns_cli.policy.tables import default_tables
from tests.policy.made import (
    ASKED,
    HEAD,
    LINE,
    ORDER,
    WINDOW,
    at_noon,
    facts_given,
    judged,
    policy_of,
    request_with,
    rule,
    text_of,
)

GOLD = Customer("c1", tier="gold", tags=("vip",))


def verdict_of(decision: Decision) -> tuple[str, tuple[str, ...]]:
    (line,) = decision.lines
    return line.verdict.value, line.codes


def requested(day: str, order: Order = ORDER) -> JudgedRequest:
    return request_with(order=order, requested_at=day)


@pytest.mark.parametrize(
    ("delivered", "asked", "verdict", "codes"),
    [
        pytest.param("2026-03-05", "2026-04-04", "approve", (), id="day 30 of 30 is in time"),
        pytest.param(
            "2026-03-05", "2026-04-05", "deny", ("window_expired",), id="day 31 is one day late"
        ),
        pytest.param(
            "2026-03-05T23:30:00-05:00", "2026-04-04", "approve", (), id="delivered late at night"
        ),
        pytest.param(
            "2026-03-06T04:30:00+00:00",
            "2026-04-05",
            "deny",
            ("window_expired",),
            id="the same instant told by another clock",
        ),
        pytest.param(
            "2026-03-05",
            "2026-04-05T03:59:59+00:00",
            "approve",
            (),
            id="asked before midnight in the shop's zone",
        ),
        pytest.param(
            "2026-03-05",
            "2026-04-05T04:00:00+00:00",
            "deny",
            ("window_expired",),
            id="asked at midnight in the shop's zone",
        ),
        pytest.param(
            None, "2026-03-20", "review", ("missing_fact:delivered",), id="no date at all"
        ),
    ],
)
def test_the_window_counts_local_days_from_delivery(
    delivered: str | None, asked: str, verdict: str, codes: tuple[str, ...]
) -> None:
    order = ORDER._replace(delivered_at=delivered)

    assert verdict_of(judged(policy_of(), requested(asked, order))) == (verdict, codes)


def test_a_line_says_how_its_deadline_was_counted() -> None:
    order = ORDER._replace(delivered_at=None, shipped_at="2026-03-02T09:00:00-05:00")
    (line,) = judged(policy_of(), requested("2026-04-10", order)).lines

    assert line.deadline_on == date(2026, 4, 8)
    assert line.window is not None
    assert (line.window.start, line.window.anchor_on, line.window.days, line.window.assumed) == (
        "delivered",
        date(2026, 3, 9),
        30,
        True,
    )
    assert line.nearest_miss == "2 days late"


def test_a_line_has_its_own_dates() -> None:
    late = LINE._replace(line=2, delivered_at="2026-03-25")
    order = ORDER._replace(lines=(LINE, late))
    asked = (ASKED, ASKED._replace(line=2))
    decision = judged(
        policy_of(), request_with(order=order, asked=asked, requested_at="2026-04-20"), "2026-04-20"
    )

    assert [line.deadline_on for line in decision.lines] == [date(2026, 4, 4), date(2026, 4, 24)]
    assert decision.verdict is Verdict.PARTIAL


def test_the_last_parcel_is_the_latest_delivery_of_the_order() -> None:
    last = WINDOW.replace("from: delivered", "from: last_parcel")
    second = LINE._replace(line=2, delivered_at="2026-03-25")
    never_sent = LINE._replace(line=3, shipped_quantity=0)
    order = ORDER._replace(lines=(LINE, second, never_sent))
    (line,) = judged(policy_of(window=last), request_with(order=order)).lines
    unknown = ORDER._replace(lines=(LINE, second), delivered_at=None)
    (waiting,) = judged(policy_of(window=last), request_with(order=unknown)).lines

    assert line.deadline_on == date(2026, 4, 24)
    assert waiting.codes == ("missing_fact:last_parcel",)


RECEIVED = WINDOW.replace("days: 30", "days: 30, judged_on: received")
CAME_LATE = Receipt(1, 1, "2026-04-06T10:00:00-04:00", "kim")


@pytest.mark.parametrize(
    ("receipts", "expected"),
    [
        ((), ("approve", ())),
        ((CAME_LATE,), ("deny", ("window_expired",))),
        ((CAME_LATE._replace(received_at="2026-04-04"),), ("approve", ())),
        ((CAME_LATE._replace(line=2),), ("approve", ())),
    ],
    ids=["not here yet", "two days late", "on the last day", "another line came"],
)
def test_a_window_on_receipt_is_judged_again_when_goods_arrive(
    receipts: tuple[Receipt, ...], expected: tuple[str, tuple[str, ...]]
) -> None:
    request = request_with(receipts=receipts, requested_at="2026-04-04")

    assert verdict_of(judged(policy_of(window=RECEIVED), request)) == expected


def test_a_window_on_the_first_scan_takes_the_scan() -> None:
    scan = WINDOW.replace("days: 30", "days: 30, judged_on: first_scan")
    request = request_with(first_scan_at="2026-04-05T08:00:00-04:00", requested_at="2026-03-20")

    assert verdict_of(judged(policy_of(window=scan), request)) == ("deny", ("window_expired",))


@pytest.mark.parametrize(
    ("line", "before", "quantity", "expected"),
    [
        pytest.param(LINE, 0, 2, ("approve", ()), id="both units"),
        pytest.param(LINE, 0, 3, ("deny", ("quantity_exceeds",)), id="three of two"),
        pytest.param(LINE, 1, 1, ("approve", ()), id="the one that is left"),
        pytest.param(LINE, 1, 2, ("deny", ("quantity_exceeds",)), id="two, one is left"),
        pytest.param(LINE, 2, 1, ("deny", ("already_returned",)), id="none is left"),
        pytest.param(
            LINE._replace(shipped_quantity=0), 0, 1, ("deny", ("not_shipped",)), id="not shipped"
        ),
        pytest.param(
            LINE._replace(cancelled=True), 0, 1, ("deny", ("not_shipped",)), id="a cancelled line"
        ),
        pytest.param(
            LINE._replace(shipped_quantity=1),
            0,
            2,
            ("deny", ("quantity_exceeds",)),
            id="one of two was shipped",
        ),
    ],
)
def test_only_what_was_shipped_and_is_left_can_come_back(
    line: object, before: int, quantity: int, expected: tuple[str, tuple[str, ...]]
) -> None:
    request = request_with(
        order=ORDER._replace(lines=(line,)),  # type: ignore[arg-type]  # an order line
        asked=(ASKED._replace(quantity=quantity),),
        returned_before={1: before},
    )

    assert verdict_of(judged(policy_of(), request)) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("quantity: null", ("review", ("missing_fact:quantity",))),
        ("line: {quantity: null}", ("review", ("missing_fact:line.quantity",))),
        ("line: {returned_before: null}", ("review", ("missing_fact:line.returned_before",))),
        pytest.param(
            "quantity: 3, line: {quantity: 2, returned_before: null}",
            ("deny", ("quantity_exceeds",)),
            id="too many whatever came back before",
        ),
    ],
)
def test_where_it_is_not_known_how_many_are_left_a_person_looks(
    given: str, expected: tuple[str, tuple[str, ...]]
) -> None:
    policy, now = policy_of(), at_noon("2026-03-20")
    text = f"{{order: {{delivered: 2026-03-05}}, {given}}}"

    assert verdict_of(evaluate(policy, facts_given(policy, text, now), now)) == expected


def test_goods_that_are_still_on_their_way_cannot_come_back_yet() -> None:
    request = request_with(requested_at="2026-03-04")
    claim = request_with(requested_at="2026-03-04", kind=Kind.CLAIM)

    assert verdict_of(judged(policy_of(), request, "2026-03-04")) == ("deny", ("not_delivered",))
    assert verdict_of(judged(policy_of(), request, "2026-03-05")) == ("approve", ())
    assert verdict_of(judged(policy_of(), claim, "2026-03-04")) == ("approve", ())


def test_a_line_that_the_order_lacks_is_denied_and_nothing_else_is_said() -> None:
    decision = judged(
        policy_of(rule("", "deny: no", "x")), request_with(asked=(ASKED._replace(line=7),))
    )
    (line,) = decision.lines

    assert (line.verdict, line.codes) == (Verdict.DENY, ("unknown_line",))
    assert (line.sku, line.title, line.window, line.deadline_on) == ("", "", None, None)


@pytest.mark.parametrize(
    ("condition", "codes"),
    [("new", ()), ("NEW", ()), ("used", ("condition_not_accepted",)), (None, ())],
)
def test_what_the_customer_says_of_the_goods_is_checked_where_it_was_said(
    condition: str | None, codes: tuple[str, ...]
) -> None:
    request = request_with(asked=(ASKED._replace(condition=condition),))

    assert judged(policy_of(), request).lines[0].codes == codes


@pytest.mark.parametrize(
    ("photos", "codes", "miss"),
    [
        (2, (), None),
        (1, ("evidence_missing",), "1 photo short"),
        (0, ("evidence_missing",), "2 photos short"),
    ],
)
def test_missing_photos_are_a_denial(photos: int, codes: tuple[str, ...], miss: str | None) -> None:
    policy = policy_of(terms="  evidence: {photos: 2}\n")
    (line,) = judged(policy, request_with(asked=(ASKED._replace(photos=photos),))).lines

    assert (line.codes, line.nearest_miss) == (codes, miss)


def test_what_is_not_on_the_list_is_not_offered() -> None:
    asked = ASKED._replace(resolution=Resolution.REPAIR)

    assert judged(policy_of(), request_with(asked=(asked,))).lines[0].codes == (
        "resolution_not_offered",
    )


TEE_L = Product("TEE-L", title="tee", category="Apparel", price="25.00")
MUG = Product("MUG", title="Mug", category="Home", price="25.01")
OWN = Product("TEE-M", category="apparel")


@pytest.mark.parametrize(
    ("terms", "sku", "codes"),
    [
        ("any", "", ()),
        ("same_product", "TEE-M", ()),
        ("same_product", "TEE-L", ()),
        ("same_product", "MUG", ("resolution_not_offered",)),
        ("same_product", "CAP", ("missing_fact:exchange_sku",)),
        ("same_product", "", ("missing_fact:exchange_sku",)),
        ("same_category", "TEE-L", ()),
        ("same_category", "MUG", ("resolution_not_offered",)),
        ("same_category", "TEE-M", ()),
        ("same_category", "CAP", ("missing_fact:exchange_sku",)),
        ("any, price: same_or_lower", "TEE-L", ()),
        ("any, price: same_or_lower", "TEE-M", ()),
        ("any, price: same_or_lower", "MUG", ("resolution_not_offered",)),
        ("any, price: same_or_lower", "CAP", ("missing_fact:exchange_price",)),
        ("any, price: same_or_lower", "ODD", ("missing_fact:exchange_price",)),
    ],
)
def test_an_exchange_is_for_what_the_terms_allow(
    terms: str, sku: str, codes: tuple[str, ...]
) -> None:
    policy = policy_of(terms=f"  exchange: {{for: {terms}}}\n")
    asked = ASKED._replace(resolution=Resolution.EXCHANGE, exchange_sku=sku)
    products = (TEE_L, MUG, OWN, Product("ODD", price="cheap"))

    decision = judged(policy, request_with(asked=(asked,), products=products))

    assert decision.lines[0].codes == codes


# --- rules -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        pytest.param(rule("", "deny: no"), ("deny", ("no",)), id="deny"),
        pytest.param(rule("", "review: look"), ("review", ("look",)), id="review"),
        pytest.param(rule("", "approve: true"), ("approve", ()), id="approve"),
        pytest.param(
            rule("item.weight: {over: 1 kg}", "deny: heavy"),
            ("review", ("missing_fact:item.weight",)),
            id="a denial that cannot be decided",
        ),
        pytest.param(
            rule("item.weight: {over: 1 kg}", "review: heavy"),
            ("review", ("missing_fact:item.weight",)),
            id="a review that cannot be decided",
        ),
        pytest.param(
            rule("item.weight: {over: 1 kg}", "set: {window: {days: 0}}"),
            ("approve", ()),
            id="a setting that cannot be decided is skipped",
        ),
        pytest.param(
            rule("item.weight: {over: 1 kg}", "keep_item: true"),
            ("approve", ()),
            id="keeping that cannot be decided is skipped",
        ),
        pytest.param(
            rule("item.weight: {over: 1 kg}, reason: defective", "deny: heavy"),
            ("approve", ()),
            id="one certain no decides",
        ),
        pytest.param(
            rule("item.weight: {over: 1 kg}, condition: new", "deny: heavy"),
            ("review", ("missing_fact:item.weight", "missing_fact:condition")),
            id="every fact that is missing is named",
        ),
        pytest.param(
            rule("", "approve: true", "a") + rule("", "review: look", "b"),
            ("approve", ()),
            id="an approval silences a later review",
        ),
        pytest.param(
            rule("", "review: look", "b") + rule("", "approve: true", "a"),
            ("review", ("look",)),
            id="not an earlier one",
        ),
        pytest.param(
            rule("", "approve: true", "a") + rule("", "deny: no", "b"),
            ("deny", ("no",)),
            id="never a denial",
        ),
        pytest.param(
            rule("", "approve: true", "a") + rule("condition: new", "review: look", "b"),
            ("approve", ()),
            id="it silences a review that cannot be decided",
        ),
        pytest.param(
            rule("", "approve: true", "a") + rule("condition: new", "deny: no", "b"),
            ("review", ("missing_fact:condition",)),
            id="not a denial that cannot be decided",
        ),
        pytest.param(
            rule("", "approve: true", "a") + rule("", "approve: true", "b"),
            ("approve", ()),
            id="two approvals",
        ),
        pytest.param(
            rule("", "deny: no", "a") + rule("", "deny: never", "b") + rule("", "deny: no", "c"),
            ("deny", ("no", "never")),
            id="all denials, each once",
        ),
        pytest.param(
            rule("", "review: look", "a") + rule("", "review: look", "b"),
            ("review", ("look",)),
            id="a review once",
        ),
        pytest.param(rule("", "deny: no\n    enabled: false"), ("approve", ()), id="switched off"),
        pytest.param(rule("", "deny: no\n    enabled: true"), ("deny", ("no",)), id="switched on"),
        pytest.param(
            rule("reason.fault: customer", "deny: no"),
            ("deny", ("no",)),
            id="the fault of a reason",
        ),
    ],
)
def test_rules_decide_from_the_top(rules: str, expected: tuple[str, tuple[str, ...]]) -> None:
    assert verdict_of(judged(policy_of(rules))) == expected


def test_denials_of_rules_come_before_those_of_the_terms_and_all_are_told() -> None:
    policy = policy_of(rule("", "deny: final_sale"), terms="  evidence: {photos: 1}\n")
    asked = ASKED._replace(quantity=3, condition="used", resolution=Resolution.REPAIR)
    (line,) = judged(policy, request_with(asked=(asked,), requested_at="2026-04-06")).lines

    assert line.codes == (
        "final_sale",
        "quantity_exceeds",
        "window_expired",
        "condition_not_accepted",
        "evidence_missing",
        "resolution_not_offered",
    )
    assert line.nearest_miss == "2 days late; 1 photo short; 1 unit too many"


def test_an_approval_never_skips_the_window() -> None:
    request = request_with(requested_at="2026-04-05")

    assert verdict_of(judged(policy_of(rule("", "approve: true")), request)) == (
        "deny",
        ("window_expired",),
    )


def test_an_unknown_reason_is_kept_and_its_fault_is_a_value() -> None:
    policy = policy_of(rule("reason.fault: customer", "deny: no"))
    (line,) = judged(policy, request_with(asked=(ASKED._replace(reason="Itchy Collar"),))).lines

    assert (line.reason, line.fault, line.verdict) == (
        "Itchy Collar",
        Fault.UNKNOWN,
        Verdict.APPROVE,
    )


def test_a_platforms_reason_becomes_ours() -> None:
    (line,) = judged(
        policy_of(), request_with(asked=(ASKED._replace(reason="CR-DEFECTIVE"),))
    ).lines

    assert (line.reason, line.fault) == ("defective", Fault.MERCHANT)


@pytest.mark.parametrize(
    ("rules", "days"),
    [
        (
            rule("", "set: {window: {days: 60}}", "a") + rule("", "set: {window: {days: 90}}", "b"),
            "60",
        ),
        (
            rule("reason: other", "set: {window: {days: 60}}", "a")
            + rule("", "set: {window: {days: 90}}", "b"),
            "90",
        ),
        (rule("reason: other", "set: {window: {days: 60}}", "a"), "30"),
    ],
    ids=["the first that applies", "the first does not apply", "none applies"],
)
def test_for_each_setting_the_first_rule_that_applies_decides(rules: str, days: str) -> None:
    (line,) = judged(policy_of(rules)).lines

    assert {one.name: one.value for one in line.settings}["window.days"] == days


def test_different_settings_come_from_different_rules_and_cite_them() -> None:
    policy = policy_of(
        rule("", "set: {window: {days: 60}}", "a")
        + rule("", "set: {window: {days: 90, count: inclusive}}", "b")
    )
    (line,) = judged(policy).lines
    known = {one.name: (one.value, one.rule, one.at) for one in line.settings}

    assert known["window.days"] == ("60", "a", "policies/shop.yaml:15")
    assert known["window.count"] == ("inclusive", "b", "policies/shop.yaml:18")
    assert known["window.from"] == ("delivered", None, "policies/shop.yaml:5")
    assert known["resolutions"] == (
        ("refund", "store_credit", "exchange"),
        None,
        "policies/shop.yaml:6",
    )
    assert known["inspection.used.refund"] == ("50%", None, "policies/shop.yaml:11")


def test_who_keeps_the_goods_gets_no_label() -> None:
    policy = policy_of(
        rule("reason: defective", "keep_item: true"),
        terms="  label: {kind: prepaid, valid_days: 21}\n",
    )
    kept = judged(policy, request_with(asked=(ASKED._replace(reason="defective"),)))
    sent = judged(policy)
    known = {one.name: (one.value, one.rule) for one in kept.lines[0].settings}

    assert (kept.label_kind, sent.label_kind, sent.label_valid_days) == ("none", "prepaid", 21)
    assert known["keep_item"] == ("true", "a-rule")
    assert known["label.kind"] == ("none", "a-rule")
    assert "keep_item" not in {one.name for one in sent.lines[0].settings}


def test_an_earlier_rule_can_keep_a_later_one_from_giving_goods_away() -> None:
    policy = policy_of(rule("", "keep_item: false", "a") + rule("", "keep_item: true", "b"))
    decision = judged(policy)

    assert decision.label_kind == "customer"
    assert {one.name: one.value for one in decision.lines[0].settings}["keep_item"] == "false"


def test_a_question_without_an_answer_waits_for_it() -> None:
    policy = policy_of(rule("", "ask: {question: Was it worn?}", "worn"))
    answered = request_with(asked=(ASKED._replace(answers={"worn": "no"}),))

    assert verdict_of(judged(policy)) == ("review", ("missing_fact:answers.worn",))
    assert verdict_of(judged(policy, answered)) == ("approve", ())


def test_photos_that_a_rule_asks_for_are_evidence() -> None:
    policy = policy_of(rule("", "ask: {photos: 2}"), terms="  evidence: {photos: 1}\n")
    (line,) = judged(policy, request_with(asked=(ASKED._replace(photos=1),))).lines

    assert (line.codes, line.nearest_miss) == (("evidence_missing",), "1 photo short")


# --- the limit for a person --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("limit", "rules", "expected", "miss"),
    [
        pytest.param("27.00", "", ("approve", ()), None, id="the total itself is not above"),
        pytest.param(
            "26.99", "", ("review", ("above_limit",)), "0.01 USD above the limit", id="a cent above"
        ),
        pytest.param("none", "", ("approve", ()), None, id="no limit"),
        pytest.param(
            "1.00", rule("", "approve: true"), ("approve", ()), None, id="approved by a rule"
        ),
        pytest.param(
            "1.00",
            rule("", "deny: no"),
            ("deny", ("no",)),
            None,
            id="a denied line is not looked at",
        ),
        pytest.param("60.00", "", ("approve", ()), None, id="above the whole order"),
    ],
)
def test_what_pays_more_than_the_limit_is_looked_at_by_a_person(
    limit: str, rules: str, expected: tuple[str, tuple[str, ...]], miss: str | None
) -> None:
    policy = policy_of(rules, terms=f"  review: {{above: {limit}}}\n")
    decision = judged(policy)  # one of two units at 25.00 and 2.00 tax: 27.00

    assert verdict_of(decision) == expected
    assert decision.lines[0].nearest_miss == miss


def test_the_limit_looks_at_the_sum_of_the_lines_that_are_not_denied() -> None:
    other = LINE._replace(line=2, sku="MUG")
    order = ORDER._replace(lines=(LINE, other), total_minor=11_300, captured_minor=11_300)
    asked = (ASKED, ASKED._replace(line=2))
    terms = "  review: {above: 53.99}\n"
    both = judged(policy_of(terms=terms), request_with(order=order, asked=asked))
    one = judged(
        policy_of(rule("item.sku: MUG", "deny: no"), terms=terms),
        request_with(order=order, asked=asked),
    )

    assert [line.codes for line in both.lines] == [("above_limit",), ("above_limit",)]
    assert [line.codes for line in one.lines] == [(), ("no",)]
    assert both.facts["quoted_total"] == "54.00"


def test_a_bonus_counts_towards_the_limit() -> None:
    terms = "  review: {above: 59.00}\n  store_credit: {bonus: 10%}\n"
    credit = ASKED._replace(quantity=2, resolution=Resolution.STORE_CREDIT)  # 54.00 and 5.40
    policy = policy_of(terms=terms)

    assert judged(policy, request_with(asked=(credit,))).lines[0].codes == ("above_limit",)
    assert judged(policy, request_with(asked=(ASKED._replace(quantity=2),))).lines[0].codes == ()


def test_a_policy_that_pays_in_credit_counts_the_bonus_too() -> None:
    policy = policy_of(
        rule("", "set: {refund: {to: store_credit}}"),
        terms="  review: {above: 59.00}\n  store_credit: {bonus: 10%}\n",
    )

    decision = judged(policy, request_with(asked=(ASKED._replace(quantity=2),)))

    assert decision.lines[0].codes == ("above_limit",)


def test_after_inspection_the_limit_looks_at_what_the_grade_pays() -> None:
    policy = policy_of(terms="  review: {above: 26.00}\n")
    came = Receipt(1, 1, "2026-03-25", "kim")
    graded = Inspection(1, 1, "used", "refurbish", "2026-03-26", "kim")

    before = judged(policy, request_with(receipts=(came,)))
    after = judged(policy, request_with(receipts=(came,), inspections=(graded,)))

    assert before.lines[0].codes == ("above_limit",)
    assert after.lines[0].codes == ()
    assert after.facts["quoted_total"] == "13.50"


# --- inspection --------------------------------------------------------------------------------

USED = Inspection(1, 1, "used", "refurbish", "2026-04-10", "kim")


def test_rules_on_inspections_wait_for_the_goods() -> None:
    policy = policy_of(
        rule("inspection.grade: used", "set: {inspection: {used: {refund: 25%}}}", "worn")
        + rule("inspection.wrong_sku: true", "deny: other_goods", "other")
        + rule("inspection.quantity_short: {over: 0}", "review: short", "short")
    )
    came = (Receipt(1, 1, "2026-03-25", "kim"),)
    before = judged(policy, request_with(receipts=came))
    after = judged(policy, request_with(receipts=came, inspections=(USED,)))
    other = judged(
        policy, request_with(receipts=came, inspections=(USED._replace(grade="wrong_item"),))
    )
    short = judged(
        policy,
        request_with(asked=(ASKED._replace(quantity=2),), receipts=came, inspections=(USED,)),
    )

    def share(decision: Decision) -> object:
        return {one.name: one.value for one in decision.lines[0].settings}["inspection.used.refund"]

    assert (verdict_of(before), share(before)) == (("approve", ()), "50%")
    assert (verdict_of(after), share(after)) == (("approve", ()), "25%")
    assert verdict_of(other) == ("deny", ("other_goods",))
    assert verdict_of(short) == ("review", ("short",))


def test_a_line_that_was_not_inspected_waits_while_another_was() -> None:
    policy = policy_of(rule("inspection.grade: [new, used]", "deny: no"))
    order = ORDER._replace(lines=(LINE, LINE._replace(line=2)))
    asked = (ASKED, ASKED._replace(line=2))

    decision = judged(policy, request_with(order=order, asked=asked, inspections=(USED,)))

    assert [line.codes for line in decision.lines] == [("no",), ()]


@pytest.mark.parametrize(
    ("received", "codes"),
    [
        ("2026-04-04", ()),
        ("2026-04-09", ()),
        ("2026-04-10", ("too_late",)),
        (None, ("missing_fact:inspection.days_late",)),
    ],
)
def test_days_late_count_from_the_deadline_to_the_arrival(
    received: str | None, codes: tuple[str, ...]
) -> None:
    policy = policy_of(rule("inspection.days_late: {over: 5}", "deny: too_late"))
    receipts = () if received is None else (Receipt(1, 1, received, "kim"),)

    decision = judged(policy, request_with(receipts=receipts, inspections=(USED,)))

    assert decision.lines[0].codes == codes


def test_days_late_are_not_known_without_a_deadline() -> None:
    policy = policy_of(rule("inspection.days_late: {over: 5}", "review: late"))
    order = ORDER._replace(delivered_at=None)
    receipts = (Receipt(1, 1, "2026-04-10", "kim"),)

    decision = judged(policy, request_with(order=order, receipts=receipts, inspections=(USED,)))

    assert decision.lines[0].codes == (
        "missing_fact:delivered",
        "missing_fact:inspection.days_late",
    )


# --- the return as a whole ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        ("approve approve", "approve"),
        ("deny deny", "deny"),
        ("approve deny", "partial"),
        ("approve review", "review"),
        ("deny review", "review"),
        ("review", "review"),
        ("", "review"),
    ],
)
def test_the_verdicts_of_lines_are_summed_up(lines: str, whole: str) -> None:
    assert sum_up([Verdict(one) for one in lines.split()]) is Verdict(whole)


def test_no_policy_sends_every_line_to_a_person() -> None:
    asked = (ASKED, ASKED._replace(line=9))
    decision = judged(None, request_with(asked=asked))

    assert decision.policy_id is decision.policy_version is decision.policy_sha256 is None
    assert decision.verdict is Verdict.REVIEW
    assert [(line.verdict.value, line.codes) for line in decision.lines] == [
        ("review", ("no_policy",)),
        ("deny", ("unknown_line",)),
    ]
    assert decision.lines[0].fault is Fault.CUSTOMER


LABELS = rule("item.sku: MUG", "set: {label: {kind: prepaid, valid_days: 10}}", "mug") + rule(
    "item.sku: CAP", "deny: no", "cap"
)


@pytest.mark.parametrize(
    ("skus", "label"),
    [
        (("TEE",), ("customer", None)),
        (("MUG",), ("prepaid", 10)),
        (("TEE", "MUG"), ("prepaid", None)),
        (("MUG", "CAP"), ("prepaid", 10)),
        (("CAP",), ("customer", None)),
    ],
)
def test_the_kindest_label_of_the_lines_that_travel_is_given(
    skus: tuple[str, ...], label: tuple[str, int | None]
) -> None:
    lines = tuple(LINE._replace(line=i, sku=sku) for i, sku in enumerate(skus, 1))
    asked = tuple(ASKED._replace(line=i) for i in range(1, len(skus) + 1))
    request = request_with(order=ORDER._replace(lines=lines), asked=asked)

    decision = judged(policy_of(LABELS), request)

    assert (decision.label_kind, decision.label_valid_days) == label


def test_the_policy_and_the_clock_are_kept() -> None:
    policy = policy_of()
    decision = judged(policy)

    assert decision.policy_id == "shop"
    assert decision.policy_version == policy.sha256[:8]
    assert decision.policy_sha256 == policy.sha256
    assert decision.as_of == "2026-03-20T12:00:00-04:00"


# --- the facts that are kept -------------------------------------------------------------------

MANY_FACTS = (
    rule("customer.return_rate_180d: {over: 50%}, item.weight: {under: 2 kg}", "review: a", "a")
    + rule("answers.worn: 'yes', customer.tags: vip", "deny: b", "b")
    + rule(
        "item.price: {over: 20.00}, order.placed: {from: 02-01, to: 03-31}",
        "set: {window: {until: 05-01}}",
        "c",
    )
    + rule("inspection.days_late: {over: 5}", "deny: d", "d")
    + rule(
        "whole_order: true, request.value: {over: 1.00}, item.digital: false",
        "keep_item: true",
        "e",
    )
)
HISTORY = CustomerHistory(orders=3, units_ordered_180d=3, units_returned_180d=2)


@pytest.mark.parametrize(
    "request_",
    [
        pytest.param(request_with(), id="a plain request"),
        pytest.param(
            request_with(
                asked=(ASKED._replace(answers={"worn": "yes"}, photos=3, condition="new"),),
                customer=GOLD,
                history=HISTORY,
                products=(Product("TEE-M", weight_g=180, tags=("a", "b")),),
            ),
            id="many facts",
        ),
        pytest.param(request_with(order=ORDER._replace(delivered_at=None)), id="dates not known"),
        pytest.param(
            request_with(
                order=ORDER._replace(
                    lines=(LINE, LINE._replace(line=2, delivered_at="2026-03-09"))
                ),
                asked=(ASKED._replace(line=2), ASKED, ASKED._replace(line=5)),
            ),
            id="several lines with their own dates, one unknown",
        ),
        pytest.param(
            request_with(
                receipts=(Receipt(1, 1, "2026-04-12", "kim"),),
                inspections=(USED,),
                holidays=frozenset({date(2026, 5, 1)}),
            ),
            id="received and inspected",
        ),
        pytest.param(
            request_with(asked=(ASKED._replace(quantity=2, resolution=Resolution.STORE_CREDIT),)),
            id="a total above the limit",
        ),
    ],
)
def test_a_decision_is_made_again_from_the_facts_it_keeps(request_: JudgedRequest) -> None:
    terms = "  review: {above: 26.00}\n  store_credit: {bonus: 10%}\n"
    window = WINDOW.replace(
        "days: 30", "days: 30, rolls_to_business_day: true, judged_on: received"
    )
    policy = policy_of(MANY_FACTS, terms=terms, window=window)
    decision = judged(policy, request_)
    text = decision_to_json(decision)
    stored = decision_from_json(text)
    plain = json.loads(text)

    assert text == json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert plain["facts"] == json.loads(json.dumps(dict(decision.facts)))

    again = evaluate(
        policy, facts_of_record(stored.facts, policy, at_noon("2026-03-20")), at_noon("2026-03-20")
    )

    assert again == decision
    assert decision_to_json(again) == decision_to_json(decision)


def test_a_policy_that_extends_another_keeps_which_text_that_was() -> None:
    base = text_of(head=HEAD.replace("shop", "base"))
    own = HEAD + "extends: base\n"
    policy = parse_policy(
        own.encode(), "policies/shop.yaml", default_tables(), lambda _: (base.encode(), "b.yaml")
    )

    assert policy.parent is not None
    assert judged(policy).facts["extends"] == policy.parent.sha256


def test_a_request_without_lines_goes_to_a_person() -> None:
    decision = judged(policy_of(), request_with(asked=()))

    assert (decision.verdict, decision.lines, decision.label_kind) == (Verdict.REVIEW, (), "none")


def test_the_record_names_no_person() -> None:
    request = request_with(
        order=ORDER._replace(customer_name="Ana Pop", customer_email="ana@example.com"),
        customer=Customer("c1", "ana@example.com", "Ana Pop", "gold"),
        asked=(RequestedLine(1, 1, "too_small", note="call Ana"),),
    )
    text = decision_to_json(judged(policy_of(MANY_FACTS), request)).casefold()

    assert "ana" not in text
    assert "gold" not in text  # no rule asks for the tier


# --- facts without an order --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("{order: {delivered: 2026-03-05}}", ("approve", ())),
        ("{order: {delivered: 2026-03-05}, line: {value: 500.01}}", ("review", ("above_limit",))),
        ("{order: {delivered: 2026-03-05}, line: {value: 500.00}}", ("approve", ())),
        ("{order: {delivered: 2026-03-05}, photos: null}", ("review", ("missing_fact:photos",))),
        (
            "{order: {delivered: 2026-03-05}, resolution: null}",
            ("review", ("missing_fact:resolution",)),
        ),
        ("{order: {delivered: 2026-03-05}, reason: null}", ("review", ("missing_fact:reason",))),
        (
            "{order: {delivered: 2026-03-05}, quantity: null}",
            ("review", ("missing_fact:quantity",)),
        ),
        (
            "{order: {delivered: 2025-12-15}, line: {value: 500.01}}",
            ("deny", ("window_expired",)),
        ),
    ],
)
def test_facts_that_somebody_wrote_down_are_judged_alike(
    given: str, expected: tuple[str, tuple[str, ...]]
) -> None:
    policy = policy_of(
        rule("reason: better_price", "deny: no")
        + rule("reason: style", "set: {evidence: {photos: 0}}", "b"),
        terms="  review: {above: 500.00}\n  evidence: {photos: 0}\n",
    )
    if "photos" in given:
        policy = policy_of(terms="  evidence: {photos: 1}\n")
    now = at_noon("2026-03-20")

    assert verdict_of(evaluate(policy, facts_given(policy, given, now), now)) == expected


def test_until_cannot_be_said_without_the_day_of_the_order() -> None:
    policy = policy_of(window=WINDOW.replace("days: 30", "days: 30, until: 01-31"))
    now = at_noon("2026-01-20")
    late = facts_given(policy, "{order: {delivered: 2025-12-15}}", now)
    in_time = facts_given(policy, "{order: {delivered: 2026-01-15}}", now)

    assert verdict_of(evaluate(policy, late, now)) == ("review", ("missing_fact:ordered",))
    assert verdict_of(evaluate(policy, in_time, now)) == ("approve", ())


# --- what always holds -------------------------------------------------------------------------


@settings(deadline=None)
@given(st.dates(date(2026, 3, 5), date(2026, 6, 30)), st.integers(0, 90), st.integers(0, 90))
def test_more_days_never_turn_an_approval_into_a_denial(asked: date, days: int, more: int) -> None:
    request = request_with(requested_at=asked.isoformat())
    short, longer = (
        judged(policy_of(window=WINDOW.replace("30", str(number))), request).verdict
        for number in (days, days + more)
    )

    assert short is Verdict.DENY or longer is Verdict.APPROVE


SETTINGS = [
    "set: {window: {days: 5}}",
    "set: {evidence: {photos: 1}}",
    "set: {fees: {transfer: 1}}",
    "deny: no",
    "review: look",
]


@settings(deadline=None)
@given(st.permutations(SETTINGS))
def test_the_order_of_rules_matters_only_where_two_set_the_same(order: list[str]) -> None:
    def outcome(effects: list[str]) -> object:
        rules = "".join(rule("", one, f"r{SETTINGS.index(one)}") for one in effects)
        (line,) = judged(policy_of(rules)).lines
        settings = sorted((one.name, one.value, one.rule) for one in line.settings)
        return line.verdict, sorted(line.codes), settings

    assert outcome(order) == outcome(SETTINGS)
