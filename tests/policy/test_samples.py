"""The policies that come with the program: they read, cases hold, citations are true."""

from __future__ import annotations

import re
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from returns_cli.data import shipped
from returns_cli.domain.model import Customer, Decision, Product
from returns_cli.domain.vocabulary import TaxStyle
from returns_cli.policy.cases import read_cases, run_cases
from returns_cli.policy.evaluate import evaluate
from returns_cli.policy.facts_file import facts_of_record
from returns_cli.policy.language import Policy, load_policy
from returns_cli.policy.lint import check_policy, check_side_by_side
from returns_cli.policy.tables import default_tables
from tests.policy.made import ASKED, LINE, ORDER, at_noon, judged, policy_of, request_with, rule

PLACES = [
    place for place in sorted(shipped("policies").glob("*.yaml")) if ".cases" not in place.name
]
SAMPLES = [load_policy(place, default_tables()) for place in PLACES]
EVERY_EFFECT = policy_of(
    rule("customer.tier: gold", "set: {window: {days: 60}, label: {kind: prepaid}}", "gold")
    + rule("item.tags: sale", "deny: final_sale\n    keep_item: true", "sale")
    + "  - id: spread\n    why: Over many lines.\n    set:\n      inspection:\n        used:\n"
    "          refund: 10%\n      resolutions:\n        - refund\n        - exchange\n"
)


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.stem)
def test_the_cases_of_a_sample_hold_and_cover_every_rule(place: Path) -> None:
    policy = load_policy(place, default_tables())
    beside = place.with_name(f"{place.stem}.cases.yaml")
    cases = read_cases(beside.read_bytes(), beside.name, policy, ZoneInfo("UTC"))
    report = run_cases(policy, cases, beside.name)

    assert report.differences == ()
    assert report.cases > len(policy.rules)
    assert check_policy(policy, report.covered) == ()


def test_the_samples_stand_side_by_side() -> None:
    assert check_side_by_side(SAMPLES) == ()


def cited_line(policy: Policy, at: str) -> str:
    file, _, line = at.rpartition(":")
    assert file == policy.shown_as
    return policy.source_text.decode().split("\n")[int(line) - 1]


def assert_citations_hold(policy: Policy, decision: Decision) -> None:
    for line in decision.lines:
        for one in line.settings:
            text = cited_line(policy, one.at)
            key = one.name.rpartition(".")[2]
            is_no_label = one.name == "label.kind" and one.value == "none" and one.rule is not None
            assert re.search(rf"\b{'keep_item' if is_no_label else key}\b:", text), one
            if isinstance(one.value, str) and not is_no_label:
                assert one.value in text, one


requests = st.builds(
    lambda day, reason, tier, tags, price, quantity, delivered: request_with(
        order=ORDER._replace(
            lines=(LINE._replace(items_minor=price * 2, unit_price_minor=price),),
            tax_style=TaxStyle.INCLUDED,
            delivered_at=delivered,
            total_minor=price * 2,
            captured_minor=price * 2,
        ),
        asked=(ASKED._replace(reason=reason, quantity=quantity),),
        requested_at=day.isoformat(),
        customer=Customer(tier=tier),
        products=(Product("TEE-M", tags=tags),),
    ),
    st.dates(at_noon("2026-03-05").date(), at_noon("2026-06-30").date()),
    st.sampled_from(["too_small", "defective", "arrived_late", "itchy", "SIZE_TOO_SMALL"]),
    st.sampled_from(["", "gold", "silver"]),
    st.sampled_from([(), ("final-sale",), ("sale",)]),
    st.integers(0, 100_000),
    st.integers(1, 3),
    st.sampled_from(["2026-03-05", None]),
)


@settings(deadline=None)
@given(st.sampled_from([*SAMPLES, EVERY_EFFECT]), requests)
def test_every_citation_points_at_the_line_that_says_it(policy: Policy, request_: object) -> None:
    assert_citations_hold(policy, judged(policy, request_, "2026-07-01"))  # type: ignore[arg-type]  # a request


@settings(deadline=None)
@given(st.sampled_from([*SAMPLES, EVERY_EFFECT]), requests)
def test_the_same_is_decided_again_from_what_was_kept(policy: Policy, request_: object) -> None:
    now = at_noon("2026-07-01")
    decision = judged(policy, request_, "2026-07-01")  # type: ignore[arg-type]  # a request

    assert evaluate(policy, facts_of_record(decision.facts, policy, now), now) == decision
