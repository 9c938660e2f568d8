from __future__ import annotations

import pytest

from returns_cli.domain.errors import InvalidError
from returns_cli.policy.language import parse_policy
from returns_cli.policy.tables import default_tables
from tests.policy.made import policy_of, rule, text_of


def test_a_rule_knows_its_place_and_what_it_does() -> None:
    (one,) = policy_of(
        rule(
            "reason: style, customer.orders: {over: 3}, any: [{reason: other}]",
            "deny: no\n    review: look\n    approve: true\n    keep_item: true\n"
            "    ask: {question: Why?, photos: 1}\n    set: {window: {days: 9}}",
        )
    ).rules

    assert (one.id, one.why, one.at) == ("a-rule", "Because.", "policies/shop.yaml:13")
    assert one.deny is not None
    assert one.review is not None
    assert one.approve is not None
    assert one.question is not None
    assert one.photos is not None
    assert (one.deny.at, one.deny.value) == ("policies/shop.yaml:16", "no")
    assert (one.review.value, one.question.value, one.photos.value) == ("look", "Why?", 1)
    assert list(one.settings) == ["window.days", "keep_item"]
    assert one.facts == ("reason", "customer.orders")
    assert one.decides_verdict
    assert one.is_enabled
    assert not one.is_of_inspection


def problems_of(rules: str) -> list[tuple[str, int | None, str]]:
    with pytest.raises(InvalidError) as caught:
        parse_policy(text_of(rules).encode(), "policies/shop.yaml", default_tables())
    return [(one.code, one.line, one.message) for one in caught.value.problems]


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        pytest.param(
            "  - x\n",
            [("E-POLICY-TYPE", 13, "a rule holds a single value; it must be a block of keys.")],
            id="a word instead of a rule",
        ),
        pytest.param(
            "  - deny: no\n",
            [
                ("E-POLICY-REQUIRED", 13, "a rule lacks `id`."),
                ("E-POLICY-REQUIRED", 13, "a rule lacks `why`."),
            ],
            id="neither name nor reason",
        ),
        pytest.param(
            "  - id: a\n    why: Because.\n    when: {photos: 1}\n",
            [("E-POLICY-EFFECT", 13, "The rule a does nothing.")],
            id="no effect",
        ),
        pytest.param(
            rule("", "deny: no", "a") + rule("", "deny: no", "a"),
            [("E-POLICY-RULE-ID", 16, "The rule a stands here again; the first is in line 13.")],
            id="the same id twice",
        ),
        pytest.param(
            rule("", "approve: false"),
            [("E-POLICY-VALUE", 15, "'false' is not known here.")],
            id="an approval that is none",
        ),
        pytest.param(
            rule("", "deny: missing_fact:x"),
            [("E-POLICY-VALUE", 15, "'missing_fact:x' is not a code.")],
            id="a code that is ours",
        ),
        pytest.param(
            rule("", "set: {refund: {within_days: 1, within_business_days: 1}}"),
            [("E-POLICY-PROMISE", 15, "`within_days` and `within_business_days` both stand here.")],
            id="two promises",
        ),
        pytest.param(
            rule("inspection.grade: used", "set: {window: {days: 5}}"),
            [
                (
                    "E-POLICY-INSPECTION",
                    13,
                    (
                        "The rule a-rule tests an inspection and sets window.days; the goods are "
                        "already here."
                    ),
                )
            ],
            id="a window after the inspection",
        ),
        pytest.param(
            rule(
                "inspection.grade: used", "approve: true\n    ask: {photos: 1}\n    keep_item: true"
            ),
            [
                (
                    "E-POLICY-INSPECTION",
                    13,
                    (
                        "The rule a-rule tests an inspection and sets keep_item, approve, ask; the "
                        "goods are already here."
                    ),
                )
            ],
            id="everything that is too late",
        ),
        pytest.param(
            rule("photo: 1", "deny: No"),
            [
                ("E-POLICY-FACT", 15, "'photo' is not a fact."),
                ("E-POLICY-VALUE", 16, "'No' is not a code."),
            ],
            id="every problem of a rule",
        ),
    ],
)
def test_what_is_wrong_with_a_rule_is_told(
    rules: str, expected: list[tuple[str, int, str]]
) -> None:
    assert problems_of(rules) == expected


def test_a_rule_without_effects_on_the_verdict_is_skipped_where_a_fact_is_missing() -> None:
    (one,) = policy_of(rule("", "keep_item: true")).rules

    assert not one.decides_verdict
    assert one.decide(None) is True  # type: ignore[arg-type]  # it asks no fact
