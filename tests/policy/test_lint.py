from __future__ import annotations

import pytest

from returns_cli.policy.language import Policy
from returns_cli.policy.lint import check_policy, check_side_by_side
from tests.policy.made import HEAD, policy_of, rule


def warned(policy: Policy) -> list[tuple[str, int | None, str]]:
    problems = check_policy(policy)
    assert all(
        one.hint and one.file == "policies/shop.yaml" and not one.is_error for one in problems
    )
    return [(one.code, one.line, one.message) for one in problems]


SHADOW = ("W-POLICY-SHADOWED", 16, "The rule b never decides anything: a above it already does.")
SHADOW_17 = (SHADOW[0], 17, SHADOW[2])


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        pytest.param(
            rule("", "set: {window: {days: 9}}", "a")
            + rule("reason: style", "set: {window: {days: 8}}", "b"),
            [SHADOW],
            id="a rule for all sets it first",
        ),
        pytest.param(
            rule("reason: style", "set: {window: {days: 9}}", "a")
            + rule("", "set: {window: {days: 8}}", "b"),
            [],
            id="the narrower one comes first, as it should",
        ),
        pytest.param(
            rule("reason: [style, color]", "set: {window: {days: 9}}", "a")
            + rule("reason: style, photos: 1", "set: {window: {days: 8}}", "b"),
            [SHADOW_17],
            id="one of its values, and more tests",
        ),
        pytest.param(
            rule("reason: style", "set: {window: {days: 9}}", "a")
            + rule("reason: [style, color]", "set: {window: {days: 8}}", "b"),
            [],
            id="more values",
        ),
        pytest.param(
            rule("photos: {over: 1}", "set: {window: {days: 9}}", "a")
            + rule("photos: {over: 1}", "set: {window: {days: 8}}", "b"),
            [SHADOW_17],
            id="the same test",
        ),
        pytest.param(
            rule("", "set: {window: {days: 9}}", "a")
            + rule("", "set: {window: {days: 8, count: inclusive}}", "b"),
            [],
            id="it sets more",
        ),
        pytest.param(
            rule("", "deny: no", "a") + rule("", "deny: no", "b"), [SHADOW], id="the same denial"
        ),
        pytest.param(
            rule("", "deny: no", "a") + rule("", "deny: never", "b"), [], id="another denial"
        ),
        pytest.param(
            rule("", "approve: true", "a") + rule("reason: style", "review: look", "b"),
            [SHADOW],
            id="a review after an approval",
        ),
        pytest.param(
            rule("", "approve: true", "a") + rule("", "approve: true", "b"),
            [SHADOW],
            id="two approvals",
        ),
        pytest.param(
            rule("", "review: look", "a") + rule("", "review: look", "b"),
            [SHADOW],
            id="the same review",
        ),
        pytest.param(
            rule("", "deny: no", "a") + rule("", "ask: {photos: 1}", "b"),
            [],
            id="a question is its own",
        ),
        pytest.param(
            rule("", "deny: no\n    enabled: false", "a") + rule("", "deny: no", "b"),
            [],
            id="the first is off",
        ),
        pytest.param(
            rule("", "deny: no", "a") + rule("", "deny: no\n    enabled: false", "b"),
            [],
            id="the second is off",
        ),
        pytest.param(
            rule("any: [{photos: 1}]", "deny: no", "a") + rule("photos: 1", "deny: no", "b"),
            [],
            id="nested tests are not compared",
        ),
        pytest.param(
            rule("inspection.grade: used", "deny: no", "a")
            + rule("inspection.grade: used", "deny: no", "b"),
            [SHADOW_17],
            id="both on inspections",
        ),
        pytest.param(
            rule("inspection.quantity_short: 0", "deny: no", "a")
            + rule("photos: 1", "deny: no", "b"),
            [],
            id="the first waits for the inspection",
        ),
    ],
)
def test_a_rule_that_never_decides_is_told(
    rules: str, expected: list[tuple[str, int, str]]
) -> None:
    assert warned(policy_of(rules)) == expected


@pytest.mark.parametrize(
    ("earlier", "later", "is_shadowed"),
    [
        ("photos: {over: 1}", "photos: {over: 2}", True),
        ("photos: {over: 1}", "photos: {at_least: 2}", True),
        ("photos: {over: 1}", "photos: {at_least: 1}", False),
        ("photos: {at_least: 1}", "photos: {over: 1}", True),
        ("photos: {at_least: 1}", "photos: {at_least: 1, under: 9}", True),
        ("photos: {over: 2}", "photos: {over: 1}", False),
        ("photos: {over: 1, under: 9}", "photos: {over: 2}", False),
        ("photos: {over: 1, under: 9}", "photos: {over: 2, at_most: 8}", True),
        ("photos: {under: 9}", "photos: {at_most: 9}", False),
        ("photos: {under: 9}", "photos: {over: 1}", False),
        ("photos: {under: 9}", "photos: [3, 8]", True),
        ("photos: {under: 9}", "photos: [3, 9]", False),
        ("photos: [3, 9]", "photos: {under: 9}", False),
        ("line.value: {over: 10.00}", "line.value: {over: 50.00}", True),
        ("item.category: Apparel", "item.category: Apparel/Shoes", True),
        ("item.category: Apparel/Shoes", "item.category: Apparel", False),
        ("item.category: App", "item.category: Apparel/Shoes", False),
        ("item.brand: Apparel", "item.brand: Apparel/Shoes", False),
        ("item.sku: {matches: 'A*'}", "item.sku: {matches: 'AB*'}", False),
    ],
)
def test_a_rule_is_shadowed_by_one_that_asks_for_less(
    earlier: str, later: str, is_shadowed: bool
) -> None:
    rules = rule(earlier, "set: {window: {days: 9}}", "a")
    rules += rule(later, "set: {window: {days: 8}}", "b")

    assert warned(policy_of(rules)) == ([SHADOW_17] if is_shadowed else [])


@pytest.mark.parametrize(
    ("test", "is_impossible"),
    [
        ("photos: {over: 5, under: 3}", True),
        ("photos: {over: 5, under: 5}", True),
        ("photos: {at_least: 5, under: 5}", True),
        ("photos: {at_least: 5, at_most: 5}", False),
        ("photos: {over: 3, under: 5}", False),
        ("photos: {over: 5}", False),
        ("any: [{photos: {over: 5, under: 3}}]", False),
    ],
)
def test_a_rule_that_can_never_apply_is_told(test: str, is_impossible: bool) -> None:
    expected = [("W-POLICY-NEVER", 15, "The rule a-rule can never apply: photos cannot be both.")]

    assert warned(policy_of(rule(test, "deny: no"))) == (expected if is_impossible else [])


@pytest.mark.parametrize(
    ("test", "is_impossible"),
    [
        ("reason: style, reason.fault: merchant", True),
        ("reason: [style, SIZE_TOO_SMALL], reason.fault: [merchant, carrier]", True),
        ("reason: [style, defective], reason.fault: merchant", False),
        ("reason: {not: style}, reason.fault: customer", False),
        ("reason: style", False),
    ],
)
def test_a_rule_for_reasons_of_another_fault_can_never_apply(
    test: str, is_impossible: bool
) -> None:
    text = "The rule a-rule can never apply: no reason that it names has that fault."
    expected = [("W-POLICY-NEVER", 15, text)]

    assert warned(policy_of(rule(test, "deny: no"))) == (expected if is_impossible else [])


def only(resolutions: str, terms: str, refund: str = "original_payment") -> Policy:
    base = policy_of(terms=terms)
    text = base.source_text.decode()
    text = text.replace("[refund, store_credit, exchange]", resolutions)
    text = text.replace("{to: original_payment}", f"{{to: {refund}}}")
    from returns_cli.policy.language import parse_policy
    from returns_cli.policy.tables import default_tables

    return parse_policy(text.encode(), "policies/shop.yaml", default_tables())


@pytest.mark.parametrize(
    ("policy", "message"),
    [
        (
            only("[refund]", "  store_credit: {bonus: 10%}\n"),
            "store_credit.bonus is set, but store credit is neither offered nor paid.",
        ),
        (only("[refund, store_credit]", "  store_credit: {bonus: 10%}\n"), None),
        (only("[refund]", "  store_credit: {bonus: 10%}\n", "store_credit"), None),
        (
            only("[refund]", "  exchange: {for: any}\n"),
            "exchange.for is set, but no exchange is offered.",
        ),
        (only("[refund, exchange]", "  exchange: {for: any}\n"), None),
        (
            only("[refund]", "  fees: {transfer: 1.00}\n"),
            "A transfer fee is set, but nothing is paid by bank transfer.",
        ),
        (only("[refund]", "  fees: {transfer: 1.00}\n", "bank_transfer"), None),
        (only("[refund]", "  fees: {transfer: 0}\n"), None),
    ],
)
def test_settings_at_odds_are_told(policy: Policy, message: str | None) -> None:
    assert warned(policy) == ([("W-POLICY-IDLE", 12, message)] if message else [])


def test_mistyped_conditions_and_reasons_are_told() -> None:
    policy = policy_of(
        rule("reason: [deffective, style]", "set: {condition: [new, opend, zzzz]}", "a")
        + rule("reason: qqqq", "deny: no", "b")
        + rule("reason: {matches: 'x*'}", "deny: never", "c")
    )

    assert [(one.code, one.line, one.hint) for one in check_policy(policy)] == [
        ("W-POLICY-REASON", 15, "Did you mean defective?"),
        ("W-POLICY-CONDITION", 16, "Did you mean opened?"),
        ("W-POLICY-CONDITION", 16, "Add it to `grades`."),
        ("W-POLICY-REASON", 19, "Add it to `reasons`."),
    ]


def test_a_window_that_ended_before_the_policy_begins_is_told() -> None:
    head = HEAD + "effective: {from: 2026-06-01}\n"
    ended = policy_of(rule("", "set: {window: {until: 2026-05-01}}"), head=head)
    open_ = policy_of(rule("", "set: {window: {until: 2026-07-01}}"), head=head)

    assert warned(ended) == [
        ("W-POLICY-IDLE", 16, "The window is open until 2026-05-01, before the policy begins.")
    ]
    assert warned(open_) == []


def test_rules_that_no_case_covers_are_told() -> None:
    policy = policy_of(
        rule("", "deny: no", "a")
        + rule("", "deny: x", "b")
        + rule("", "deny: y\n    enabled: false", "c")
    )

    assert [(one.code, one.message) for one in check_policy(policy, frozenset({"a"}))] == [
        ("W-POLICY-UNCOVERED", "No case covers the rule b.")
    ]
    assert check_policy(policy) == ()


def named(name: str, extra: str = "", currency: str = "USD") -> Policy:
    return policy_of(head=f"policy: {name}\ntitle: T\ncurrency: {currency}\n{extra}")


@pytest.mark.parametrize(
    ("first", "second", "meets"),
    [
        ("", "", True),
        ("applies_to: {countries: [US]}\n", "", False),
        ("applies_to: {countries: [US]}\n", "applies_to: {countries: [US]}\n", True),
        ("applies_to: {countries: [US]}\n", "applies_to: {countries: [CA]}\n", False),
        ("applies_to: {countries: [US]}\n", "applies_to: {channels: [web]}\n", True),
        ("applies_to: {channels: [Web]}\n", "applies_to: {channels: [web]}\n", True),
        ("applies_to: {channels: [web]}\n", "applies_to: {channels: [shop]}\n", False),
        ("applies_to: {customer_tags: [a]}\n", "applies_to: {customer_tags: [b]}\n", True),
        ("applies_to: {countries: [US, CA]}\n", "applies_to: {countries: [US]}\n", False),
        ("effective: {until: 2026-01-31}\n", "effective: {from: 2026-01-31}\n", True),
        ("effective: {until: 2026-01-31}\n", "effective: {from: 2026-02-01}\n", False),
    ],
)
def test_two_policies_for_the_same_orders_are_an_error(
    first: str, second: str, meets: bool
) -> None:
    found = check_side_by_side([named("one", first), named("two", second)])

    assert [one.code for one in found] == (["E-POLICY-OVERLAP"] if meets else [])


def test_policies_in_two_currencies_never_meet() -> None:
    assert check_side_by_side([named("one"), named("two", currency="EUR")]) == ()


def test_days_between_two_policies_are_told() -> None:
    early = named("early", "effective: {until: 2026-01-31}\n")
    late = named("late", "effective: {from: 2026-02-03}\n")
    other = named("other", "applies_to: {countries: [US]}\n")

    (gap,) = check_side_by_side([late, other, early])

    assert (gap.code, gap.message, gap.hint) == (
        "W-POLICY-GAP",
        "No policy covers orders from 2026-02-01 to 2026-02-02.",
        "Let late begin on 2026-02-01.",
    )
