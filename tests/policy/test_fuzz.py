"""Files that nobody meant: read, or refused by our own error, and by nothing else."""

from __future__ import annotations

from contextlib import suppress
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from returns_cli.data import shipped
from returns_cli.domain.errors import InvalidError
from returns_cli.policy.cases import read_cases, run_cases
from returns_cli.policy.evaluate import evaluate
from returns_cli.policy.facts_file import read_facts_file
from returns_cli.policy.language import parse_policy
from returns_cli.policy.lint import check_policy
from returns_cli.policy.shop_file import parse_shop
from returns_cli.policy.tables import default_tables
from tests.policy.made import at_noon, policy_of

POLICY = shipped("policies/standard.yaml").read_text(encoding="utf-8")
CASES = shipped("policies/standard.cases.yaml").read_text(encoding="utf-8")
SHOP = shipped("examples/shop/shop.yaml").read_text(encoding="utf-8")
FACTS = """\
as_of: 2026-04-19
reason: too_small
quantity: 2
photos: null
item: {tags: [a, b], price: 29.95, weight: 1.5 kg, digital: true}
order: {placed: 2026-03-01, delivered: 2026-03-05}
customer: {return_rate_180d: 51%, orders: 6}
line: {value: 20.00}
lines: [{quantity: 1}, {condition: used}]
"""
SIGNS = [*" \n:-[]{},#'%09.x~日", "null"]


@st.composite
def mistakes(draw: st.DrawFn, text: str) -> bytes:
    """A text with a few slips: pieces cut, doubled or typed in."""
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(text)))
        cut = draw(st.integers(0, 12))
        typed = draw(st.sampled_from(["", *SIGNS, text[at : at + 20]]))
        text = text[:at] + typed + text[at + cut :]
    return text.encode()


@given(mistakes(POLICY))
@settings(max_examples=150, deadline=None)
def test_a_policy_with_slips_is_read_or_refused(data: bytes) -> None:
    with suppress(InvalidError):
        policy = parse_policy(data, "x.yaml", default_tables())
        check_policy(policy, frozenset())
        policy.effective(tuple(range(len(policy.rules))))


@given(mistakes(FACTS))
@settings(max_examples=150, deadline=None)
def test_facts_with_slips_are_judged_or_refused(data: bytes) -> None:
    policy = policy_of(terms="  review: {above: 5.00}\n  evidence: {photos: 1}\n")
    with suppress(InvalidError):
        stated = read_facts_file(data, "f.yaml", policy, ZoneInfo("UTC"), at_noon("2026-03-20"))
        evaluate(policy, stated.facts, stated.as_of)


@given(mistakes(CASES))
@settings(max_examples=60, deadline=None)
def test_cases_with_slips_are_run_or_refused(data: bytes) -> None:
    policy = parse_policy(POLICY.encode(), "x.yaml", default_tables())
    with suppress(InvalidError):
        run_cases(policy, read_cases(data, "c.yaml", policy, ZoneInfo("UTC")), "c.yaml")


@given(mistakes(SHOP))
@settings(max_examples=100, deadline=None)
def test_a_shop_with_slips_is_read_or_refused(data: bytes) -> None:
    with suppress(InvalidError):
        parse_shop(data, "shop.yaml")
