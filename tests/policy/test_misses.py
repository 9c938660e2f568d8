from __future__ import annotations

import pytest

from returns_cli.domain.model import Customer
from tests.policy.made import judged, policy_of, request_with, rule

LATE = request_with(requested_at="2026-04-06")  # the deadline is 4 April


@pytest.mark.parametrize(
    ("rules", "miss"),
    [
        pytest.param("", "2 days late", id="no rule has a window"),
        pytest.param(
            rule("customer.tier: gold", "set: {window: {days: 60}}", "gold"),
            "2 days late; passes under gold",
            id="a rule that would do",
        ),
        pytest.param(
            rule("reason: other", "set: {window: {days: 730}}", "years")
            + rule("customer.tier: gold", "set: {window: {days: 60}}", "gold"),
            "2 days late; passes under gold",
            id="the tightest of those that would do",
        ),
        pytest.param(
            rule("customer.tier: gold", "set: {window: {days: 31}}", "gold"),
            "2 days late",
            id="one that would not",
        ),
        pytest.param(
            rule("customer.tier: gold", "set: {window: {days: 60}}\n    enabled: false", "gold"),
            "2 days late",
            id="one that is switched off",
        ),
        pytest.param(
            rule("customer.tier: gold", "set: {window: {until: 04-30}}", "spring"),
            "2 days late; passes under spring",
            id="a day of the year",
        ),
        pytest.param(
            rule("customer.tier: gold", "set: {window: {from: shipped}}", "shipped"),
            "2 days late",
            id="one whose day is not known",
        ),
        pytest.param(
            rule("", "set: {window: {days: 31}}", "first")
            + rule("customer.tier: gold", "set: {window: {days: 60}}", "gold"),
            "1 day late",
            id="an earlier rule has decided the days",
        ),
        pytest.param(
            rule("", "deny: no", "no")
            + rule("customer.tier: gold", "set: {window: {days: 60}}", "gold"),
            "2 days late",
            id="it would be denied all the same",
        ),
    ],
)
def test_the_nearest_miss_names_the_rule_that_would_let_it_pass(rules: str, miss: str) -> None:
    assert judged(policy_of(rules), LATE).lines[0].nearest_miss == miss


def test_who_passes_has_missed_nothing() -> None:
    policy = policy_of(rule("customer.tier: gold", "set: {window: {days: 60}}"))
    gold = request_with(requested_at="2026-04-06", customer=Customer(tier="Gold"))

    assert judged(policy, gold).lines[0].nearest_miss is None
