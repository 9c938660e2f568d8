from __future__ import annotations

import pytest

from returns_cli.domain.decision_json import decision_from_json, decision_to_json
from returns_cli.domain.model import Customer, Inspection, Receipt
from returns_cli.domain.vocabulary import Resolution
from returns_cli.policy.evaluate import evaluate
from returns_cli.policy.explain import CODES, explain_decision
from returns_cli.policy.language import Policy
from tests.policy.made import (
    ASKED,
    LINE,
    ORDER,
    WINDOW,
    at_noon,
    facts_given,
    judged,
    policy_of,
    request_with,
    rule,
)

RULES = (
    rule("item.tags: final-sale, reason.fault: customer", "deny: final_sale", "final-sale")
    + rule("customer.tier: [gold, platinum]", "set: {window: {days: 60}}", "gold-window")
    + rule("condition: new", "deny: unopened", "unopened")
)
POLICY = policy_of(RULES)


def explained(policy: Policy | None, **changes: object) -> str:
    decision = judged(policy, request_with(**changes))  # type: ignore[arg-type]  # a test names what it changes
    return "\n".join(explain_decision(decision, policy))


def test_a_decision_is_told_with_every_rule_and_its_line() -> None:
    text = explained(POLICY, requested_at="2026-04-06")

    assert (
        text
        == f"""\
Verdict: deny, judged 2026-03-20T12:00:00-04:00.
Policy: shop, version {POLICY.version}, sha256 {POLICY.sha256}.

Line 1: Tee (TEE-M), 1 unit.
  The customer says too_small (fault: customer), wants refund.
  Verdict: deny
    window_expired: the return window has ended: the last day was 2026-04-04  (policies/shop.yaml:5)
    Nearest miss: 2 days late; passes under gold-window.
  Window: 30 days from delivered 2026-03-05 (day 0).  (policies/shop.yaml:5)
    2026-03-05 + 30 days = 2026-04-04
    Last day: 2026-04-04. Requested 2026-04-06: 2 days late.
  Rules, from the top:
    final-sale: does not apply  (policies/shop.yaml:13)
      item.tags holds final-sale: no, it is empty  (policies/shop.yaml:15)
      reason.fault is customer: yes, it is customer  (policies/shop.yaml:15)
    gold-window: does not apply  (policies/shop.yaml:17)
      customer.tier is one of gold, platinum: no, it is empty  (policies/shop.yaml:19)
    unopened: cannot be said  (policies/shop.yaml:21)
      Because.
      condition is new: not known, nobody said it  (policies/shop.yaml:23)"""
    )


def test_without_the_policys_text_the_decision_still_speaks() -> None:
    decision = judged(POLICY, request_with(requested_at="2026-04-06"))
    with_text = explain_decision(decision, POLICY)
    other = policy_of()

    assert explain_decision(decision) == with_text[: with_text.index("  Rules, from the top:")]
    assert explain_decision(decision, other) == explain_decision(decision)


def test_a_stored_decision_is_explained_in_the_same_words() -> None:
    decision = judged(POLICY, request_with(customer=Customer(tier="Gold")))
    stored = decision_from_json(decision_to_json(decision))

    assert explain_decision(stored, POLICY) == explain_decision(decision, POLICY)


def test_what_a_rule_sets_is_told_beside_its_line() -> None:
    text = explained(POLICY, customer=Customer(tier="Gold"))

    assert "  Set by rules instead of the terms:\n    window.days 60, by gold-window" in text
    assert "  Window: 60 days from delivered 2026-03-05 (day 0).  (policies/shop.yaml:20)" in text
    assert "    gold-window: applies  (policies/shop.yaml:17)\n      Because.\n" in text


@pytest.mark.parametrize(
    ("window", "changes", "lines"),
    [
        pytest.param(
            WINDOW,
            {"order": ORDER._replace(delivered_at=None, shipped_at="2026-03-02")},
            [
                "  Window: 30 days from delivered 2026-03-09 (day 0).  (policies/shop.yaml:5)",
                (
                    "    The day it was delivered is not known: shipped 2026-03-02 + 7 days = "
                    "2026-03-09 stands for it.  (policies/shop.yaml:5)"
                ),
                "    2026-03-09 + 30 days = 2026-04-08",
                "    Last day: 2026-04-08. Requested 2026-03-20: 19 days left.",
            ],
            id="the fallback",
        ),
        pytest.param(
            WINDOW,
            {"order": ORDER._replace(delivered_at=None)},
            [
                "    missing_fact:delivered: delivered is not known, and the answer hangs on it",
                (
                    "  Window: the day it was delivered is not known, nor the day it was shipped.  "
                    "(policies/shop.yaml:5)"
                ),
            ],
            id="nothing known",
        ),
        pytest.param(
            "  window: {days: 8, from: ordered, count: inclusive, until: 03-31, "
            "rolls_to_business_day: true}\n",
            {},
            [
                "  Window: 8 days from ordered 2026-03-01 (day 1).  (policies/shop.yaml:5)",
                "    2026-03-01 + 8 days - 1 = 2026-03-08",
                (
                    "    Open until 03-31 (2026-03-31) at least; the later day holds.  "
                    "(policies/shop.yaml:5)"
                ),
                (
                    "    A last day on a weekend or holiday would move to the next working day.  "
                    "(policies/shop.yaml:5)"
                ),
                "    Last day: 2026-03-31. Requested 2026-03-20: 11 days left.",
            ],
            id="inclusive, until",
        ),
        pytest.param(
            "  window: {days: 6, from: ordered, rolls_to_business_day: true}\n",
            {"requested_at": "2026-03-05"},
            [
                "    2026-03-01 + 6 days = 2026-03-07",
                (
                    "    2026-03-07 is no working day (Saturday), so it moves to 2026-03-09 "
                    "(Monday).  (policies/shop.yaml:5)"
                ),
                "    Last day: 2026-03-09. Requested 2026-03-05: 4 days left.",
            ],
            id="rolled to Monday",
        ),
        pytest.param(
            "  window: {days: 6, from: ordered, until: 2026-12-31}\n",
            {},
            [
                "    2026-03-01 + 6 days = 2026-03-07",
                "    Open until 2026-12-31 at least; the later day holds.  (policies/shop.yaml:5)",
            ],
            id="until a day of one year",
        ),
        pytest.param(
            WINDOW.replace("from: delivered", "from: last_parcel, judged_on: received"),
            {},
            [
                (
                    "  Window: 30 days from last parcel delivered 2026-03-05 (day 0).  "
                    "(policies/shop.yaml:5)"
                ),
                (
                    "    Last day: 2026-04-04. The parcel is not here yet, so the day of the "
                    "request "
                    "counts, 2026-03-20: 15 days left.  (policies/shop.yaml:5)"
                ),
            ],
            id="judged on receipt, not here yet",
        ),
        pytest.param(
            WINDOW.replace("from: delivered", "from: delivered, judged_on: received"),
            {"receipts": (Receipt(1, 1, "2026-04-05", "kim"),)},
            ["    Last day: 2026-04-04. Received 2026-04-05: 1 day late.  (policies/shop.yaml:5)"],
            id="received late",
        ),
        pytest.param(
            WINDOW.replace("from: delivered", "from: delivered, judged_on: first_scan"),
            {"first_scan_at": "2026-04-03"},
            ["    Last day: 2026-04-04. Scanned 2026-04-03: 1 day left.  (policies/shop.yaml:5)"],
            id="scanned in time",
        ),
        pytest.param(
            "  window: {days: 8, from: ordered, until: none}\n",
            {},
            ["    Last day: 2026-03-09. Requested 2026-03-20: 11 days late."],
            id="until switched off",
        ),
    ],
)
def test_each_date_says_how_it_was_counted(
    window: str, changes: dict[str, object], lines: list[str]
) -> None:
    text = explained(policy_of(window=window), **changes)

    for line in lines:
        assert line in text.split("\n")


@pytest.mark.parametrize(
    ("asked", "terms", "line"),
    [
        (
            {"condition": "used"},
            "",
            (
                "condition_not_accepted: goods in this condition are not taken back: used is "
                "not one "
                "of new, opened  (policies/shop.yaml:7)"
            ),
        ),
        (
            {"resolution": Resolution.REPAIR},
            "",
            (
                "resolution_not_offered: what the customer wants is not offered: repair is "
                "not one of "
                "refund, store_credit, exchange  (policies/shop.yaml:6)"
            ),
        ),
        (
            {"resolution": Resolution.EXCHANGE, "exchange_sku": "TEE-M"},
            "",
            None,
        ),
        (
            {"photos": 1},
            "  evidence: {photos: 3}\n",
            "evidence_missing: photos are missing: 1 came, 3 are wanted  (policies/shop.yaml:12)",
        ),
        (
            {"quantity": 3},
            "",
            "quantity_exceeds: more units than can come back: 3 asked, 2 shipped, 0 in others",
        ),
        (
            {},
            "  review: {above: 20.00}\n",
            (
                "above_limit: the amount is above what the policy pays without a person: "
                "27.00 is more "
                "than 20.00  (policies/shop.yaml:12)"
            ),
        ),
    ],
)
def test_a_code_says_what_came_and_what_is_wanted(
    asked: dict[str, object], terms: str, line: str | None
) -> None:
    text = explained(policy_of(terms=terms), asked=(ASKED._replace(**asked),))  # type: ignore[arg-type]  # a test names what it changes

    assert (f"    {line}\n" in text) if line else ("Verdict: approve" in text)


def test_an_exchange_for_the_wrong_item_cites_the_terms() -> None:
    policy = policy_of(terms="  exchange: {for: same_product}\n")
    other = ORDER._replace(lines=(LINE,))
    from returns_cli.domain.model import Product

    text = explained(
        policy,
        order=other,
        asked=(ASKED._replace(resolution=Resolution.EXCHANGE, exchange_sku="MUG"),),
        products=(Product("MUG", title="Mug"),),
    )

    assert "is not offered: not for that item  (policies/shop.yaml:12)\n" in text


def test_a_rules_own_code_is_told_in_the_rules_words() -> None:
    policy = policy_of(
        rule("", "deny: final_sale", "final").replace("Because.", "All sales are final.")
    )
    decision = judged(policy)

    assert "    final_sale: All sales are final.  (policies/shop.yaml:15)" in explain_decision(
        decision, policy
    )
    assert "    final_sale: a rule of the policy" in explain_decision(decision)


def test_no_policy_and_an_unknown_line_are_told_plainly() -> None:
    asked = (ASKED._replace(line=7, quantity=2), ASKED)

    assert explained(None, asked=asked).split("\n")[1:] == [
        "No policy fits the order, so a person decides.",
        "",
        "Line 7: not in the order, 2 units.",
        "  The customer says too_small (fault: customer), wants refund.",
        "  Verdict: deny",
        "    unknown_line: the order has no such line",
        "",
        "Line 1: Tee (TEE-M), 1 unit.",
        "  The customer says too_small (fault: customer), wants refund.",
        "  Verdict: review",
        "    no_policy: no policy fits the order",
    ]
    assert "Rules, from the top" not in explained(POLICY, asked=asked[:1])


def test_nested_tests_rules_that_wait_and_rules_that_are_off_are_told() -> None:
    policy = policy_of(
        rule(
            "any: [{item.tags: [a, b]}, {not: {reason: style, photos: {over: 1, under: 5}}}]",
            "ask: {question: Was it worn?, photos: 0}",
            "nested",
        )
        + rule("inspection.grade: used", "review: used", "bench")
        + rule("", "deny: no\n    enabled: false", "off")
    )
    text = explained(policy)

    assert text.endswith("""\
  Rules, from the top:
    nested: applies  (policies/shop.yaml:13)
      Because.
      one of these: yes  (policies/shop.yaml:15)
        item.tags holds one of a, b: no, it is empty  (policies/shop.yaml:15)
        not this: yes  (policies/shop.yaml:15)
          all of these: no  (policies/shop.yaml:15)
            reason is style: no, it is too_small  (policies/shop.yaml:15)
            photos is over 1 and is under 5: no, it is 0  (policies/shop.yaml:15)
      -> ask question Was it worn?  (policies/shop.yaml:16)
      -> ask photos 0  (policies/shop.yaml:16)
    bench: waits for the inspection  (policies/shop.yaml:17)
      inspection.grade holds used: no, it is empty  (policies/shop.yaml:19)
    off: switched off  (policies/shop.yaml:21)""")


def test_after_the_inspection_its_rules_are_told_too() -> None:
    policy = policy_of(rule("inspection.grade: used", "review: used", "bench"))
    text = explained(
        policy,
        receipts=(Receipt(1, 1, "2026-03-25", "kim"),),
        inspections=(Inspection(1, 1, "used", "refurbish", "2026-03-26", "kim"),),
    )

    assert "    used: Because.  (policies/shop.yaml:16)\n" in text
    assert "      inspection.grade holds used: yes, it is used" in text


def test_where_the_day_of_the_request_is_not_known_no_days_are_counted() -> None:
    policy = policy_of()
    now = at_noon("2026-03-20")
    facts = facts_given(policy, "{requested_on: null, order: {delivered: 2026-03-05}}", now)

    assert "    Last day: 2026-04-04." in explain_decision(evaluate(policy, facts, now), policy)


def test_a_line_of_a_facts_file_needs_no_name() -> None:
    policy, now = policy_of(), at_noon("2026-03-20")
    facts = facts_given(policy, "{order: {delivered: 2026-03-05}}", now)

    assert "Line 1: 1 unit." in explain_decision(evaluate(policy, facts, now), policy)


def test_a_code_is_told_in_the_words_of_the_rule_that_said_it() -> None:
    policy = policy_of(
        rule("reason: style", "deny: final_sale", "one").replace("Because.", "Never.")
        + rule("", "deny: other\n    keep_item: true", "two")
        + rule("", "deny: final_sale", "three").replace("Because.", "All sales are final.")
    )

    assert "    final_sale: All sales are final.  (policies/shop.yaml:23)" in explained(
        policy
    ).split("\n")


def test_every_standard_code_has_its_words() -> None:
    standard = (
        "window_expired not_shipped not_delivered already_returned quantity_exceeds "
        "condition_not_accepted resolution_not_offered evidence_missing no_policy above_limit "
        "unknown_line excluded"
    )

    assert sorted(CODES) == sorted(standard.split())
