from __future__ import annotations

import pytest

from returns_cli.policy.compare import Change, compare_policies, condition_text
from returns_cli.policy.language import Policy
from tests.policy.made import HEAD, policy_of, rule

GOLD = rule("customer.tier: gold", "set: {window: {days: 60}}", "gold")
SALE = rule("item.tags: sale", "deny: final_sale", "sale")
DEAR = rule("line.value: {over: 100.00, at_most: 500.00}", "review: dear", "dear")


def changes(old: Policy, new: Policy) -> list[tuple[str | None, ...]]:
    return [
        (one.what, one.name, one.change, one.part, one.old, one.new)
        for one in compare_policies(old, new)
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param(policy_of(), policy_of(), [], id="the same policy"),
        pytest.param(
            policy_of(window="  window: {days: 30, from: ordered}\n"),
            policy_of(window="  window: {from: ordered, days: 30} # moved\n"),
            [],
            id="order of keys and comments do not count",
        ),
        pytest.param(
            policy_of(terms="  fees: {return_shipping: 6.95}\n"),
            policy_of(terms="  fees: {return_shipping: 6.95 USD}\n"),
            [],
            id="another spelling of one amount does not count",
        ),
        pytest.param(
            policy_of(terms="  fees: {restocking: 10%}\n"),
            policy_of(terms="  review: {above: 500.00}\n"),
            [
                ("setting", "review.above", "added", "", None, "500.00"),
                ("setting", "fees.restocking", "removed", "", "10%", None),
            ],
            id="a setting comes and one goes",
        ),
        pytest.param(
            policy_of(head=HEAD),
            policy_of(head=HEAD + "applies_to: {countries: [US, CA]}\nlegal_floor: off\n"),
            [
                ("scope", "applies_to.countries", "added", "", None, "US, CA"),
                ("scope", "legal_floor", "changed", "", "warn", "off"),
            ],
            id="what it holds for",
        ),
        pytest.param(
            policy_of(GOLD + SALE),
            policy_of(GOLD + DEAR),
            [
                ("rule", "dear", "added", "", None, None),
                ("rule", "sale", "removed", "", None, None),
            ],
            id="a rule comes and one goes",
        ),
        pytest.param(
            policy_of(GOLD),
            policy_of(rule("customer.tier: [gold, silver]", "set: {window: {days: 45}}", "gold")),
            [
                (
                    "rule",
                    "gold",
                    "changed",
                    "when",
                    "customer.tier: gold",
                    "customer.tier: gold, silver",
                ),
                ("rule", "gold", "changed", "window.days", "60", "45"),
            ],
            id="a rule tests and sets something else",
        ),
        pytest.param(
            policy_of(GOLD + SALE + DEAR),
            policy_of(SALE + DEAR + GOLD),
            [("rule", "gold", "moved", "", None, None)],
            id="one rule goes to the end, the others stay in their order",
        ),
        pytest.param(
            policy_of(SALE),
            policy_of(rule("item.tags: sale", "review: final_sale", "sale")),
            [
                ("rule", "sale", "removed", "deny", "final_sale", None),
                ("rule", "sale", "added", "review", None, "final_sale"),
            ],
            id="denied before, looked at now",
        ),
        pytest.param(
            policy_of(),
            policy_of(head=HEAD + "reasons:\n  itchy: {text: It itches, fault: customer}\n"),
            [("table", "reasons.itchy", "added", "", None, "itchy; It itches; customer")],
            id="a reason of its own",
        ),
    ],
)
def test_changes_are_told_as_a_reader_would_tell_them(
    old: Policy, new: Policy, expected: list[tuple[str | None, ...]]
) -> None:
    assert changes(old, new) == expected


def test_each_side_is_cited_and_the_key_explained() -> None:
    (found,) = compare_policies(
        policy_of(terms="  fees: {restocking: 10%}\n"),
        policy_of(terms="  fees: {restocking: 5%}\n"),
    )
    # HEAD has 3 lines, then `terms:`, the window, and six lines of REST: the fees stand in line 12
    assert found == Change(
        "setting",
        "fees.restocking",
        "changed",
        old="10%",
        new="5%",
        old_at="policies/shop.yaml:12",
        new_at="policies/shop.yaml:12",
        about="Percentage of the item value, or an amount a unit.",
    )


def test_a_rule_that_moved_says_where_it_stands_now() -> None:
    first, last = policy_of(GOLD + SALE + DEAR), policy_of(SALE + DEAR + GOLD)
    (found,) = compare_policies(first, last)
    assert found.about == "It stands behind dear now; the first rule that applies decides."
    (back,) = compare_policies(last, first)
    assert back.about == "It stands before all others now; the first rule that applies decides."


@pytest.mark.parametrize(
    ("when", "text"),
    [
        (
            "line.value: {over: 10.00, at_most: 20.00}",
            "line.value: is over 10.00 and is at most 20.00",
        ),
        ("customer.tier: gold, order.is_gift: true", "customer.tier: gold; order.is_gift: true"),
        (
            "any: [{customer.tier: gold}, {not: {item.tags: [a, b]}}]",
            "(customer.tier: gold or not (item.tags: a, b))",
        ),
        ("", ""),
    ],
)
def test_a_condition_reads_on_one_line(when: str, text: str) -> None:
    policy = policy_of(rule(when, "deny: no"))
    assert condition_text(policy.rules[0].when) == text
