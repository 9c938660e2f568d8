from __future__ import annotations

import pytest

from returns_cli.policy.lint import check_policy
from returns_cli.policy.lint_floor import ADVICE, legal_minimums
from tests.policy.made import policy_of, rule
from tests.policy.test_floor import strict

EU = "policy: shop\ntitle: Shop\ncurrency: EUR\napplies_to: {countries: [DE]}\n"
LAST_PARCEL = (
    "  window: {days: 14, from: last_parcel, if_unknown: {from: shipped, plus_days: 7},"
    " rolls_to_business_day: true}\n"
)
FAULTY = rule(
    "any: [{reason.fault: merchant}, {reason: damaged_in_transit}]",
    "set: {window: {days: 731}, label: {kind: prepaid}, condition: [new, opened, used],"
    " inspection: {defective: {refund: 100%, disposition: quarantine}}}",
    "faulty",
)
KIND = "  label: {kind: customer}\n"


def kind(
    rules: str = "", *, window: str = LAST_PARCEL, terms: str = "", head: str = EU
) -> list[str]:
    """What is told of a policy that gives just what the law asks for, and one thing more."""
    policy = policy_of(FAULTY + rules, window=window, terms=terms or KIND, head=head)
    text = policy.source_text.decode()
    text = text.replace("condition: [new, opened]\n", "condition: [new, opened, used]\n")
    text = text.replace("{to: original_payment}", "{original_shipping: full_return}")
    from returns_cli.policy.language import parse_policy
    from returns_cli.policy.tables import default_tables

    policy = parse_policy(text.encode(), "policies/shop.yaml", default_tables())
    return [f"{one.line} {one.message.partition(' gives ')[0]}" for one in legal_minimums(policy)]


def test_who_gives_what_the_law_asks_for_is_told_nothing() -> None:
    assert kind() == []


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        pytest.param(
            {"window": LAST_PARCEL.replace("14", "13")}, ["6 window.days 13"], id="13 days"
        ),
        pytest.param(
            {"window": LAST_PARCEL.replace("last_parcel", "delivered")},
            ["6 window.days 14"],
            id="counted from the first parcel",
        ),
        pytest.param(
            {"window": LAST_PARCEL.replace(" rolls_to_business_day: true", "count: exclusive")},
            ["6 window.days 14"],
            id="a last day that does not roll",
        ),
        pytest.param(
            {"window": LAST_PARCEL.replace("rolls", "count: inclusive, rolls")},
            ["6 window.days 14"],
            id="counted inclusively, one day is lost",
        ),
        pytest.param(
            {"terms": KIND + "  fees: {restocking: 10%, transfer: 1.00}\n"},
            ["14 fees.restocking 10%", "14 fees.transfer 1.00"] * 2,
            id="fees, which two rights forbid",
        ),
        pytest.param(
            {"terms": KIND + "  fees: {return_shipping: 4.00}\n"},
            ["14 fees.return_shipping 4.00"],
            id="the way back of faulty goods",
        ),
        pytest.param(
            {
                "terms": KIND
                + "  fees: {return_shipping: 4.00, waived_for_fault: [merchant, carrier]}\n"
            },
            [],
            id="which is waived",
        ),
        pytest.param(
            {"terms": "  label: {kind: customer, valid_days: 13}\n"},
            ["13 label.valid_days 13"],
            id="13 days to post it",
        ),
        pytest.param(
            {"rules": rule("item.tags: sale", "set: {window: {days: 5}}")},
            ["22 window.days 5"],
            id="a rule with a shorter window",
        ),
        pytest.param(
            {"rules": rule("item.tags: sale", "set: {refund: {to: store_credit}}")},
            ["22 refund.to store_credit"],
            id="a rule that forces store credit",
        ),
        pytest.param(
            {"rules": rule("order.country: CH", "set: {refund: {to: store_credit}}")},
            [],
            id="but for another country",
        ),
        pytest.param(
            {"rules": rule("item.personalised: true", "deny: made_to_order")},
            [],
            id="a rule that the law allows",
        ),
        pytest.param(
            {"rules": rule("order.is_business: true", "deny: business")}, [], id="businesses"
        ),
        pytest.param(
            {"rules": rule("item.tags: sale", "deny: sale\n    enabled: false")},
            [],
            id="switched off",
        ),
        pytest.param(
            {"rules": rule("inspection.grade: used", "deny: worn")}, [], id="what the bench finds"
        ),
    ],
)
def test_what_gives_less_is_told_with_its_line(changes: dict[str, str], told: list[str]) -> None:
    assert kind(**changes) == told


def test_a_denial_that_the_law_forbids_is_told_with_law_and_advice() -> None:
    policy = policy_of(FAULTY + rule("item.tags: sale", "deny: final_sale", "sale"), head=EU)
    (problem,) = (one for one in legal_minimums(policy) if "denies" in one.message)

    assert (problem.code, problem.line, problem.is_error) == ("W-POLICY-FLOOR", 21, False)
    assert problem.message == (
        "The rule sale denies what the law of the European Union lets customers give back: Goods "
        "can be given back within 14 days from the day after the customer has the last of them."
    )
    assert problem.hint == (
        "Give as much, or write legal_floor: enforce. EU-1: Directive 2011/83/EU, Article 9(2). "
        + ADVICE
    )


@pytest.mark.parametrize(
    ("floor", "home", "is_told"),
    [
        ("warn", "DE", True),
        ("warn", "GB", True),
        ("warn", "", False),
        ("warn", "BR", False),
        ("warn", "US", False),
        ("warn", "JP", False),
        ("off", "DE", False),
        ("enforce", "DE", False),
    ],
)
def test_a_policy_for_all_countries_holds_at_home(floor: str, home: str, is_told: bool) -> None:
    policy = strict(floor=floor)

    assert any(one.code == "W-POLICY-FLOOR" for one in check_policy(policy, None, home)) is is_told


def test_a_setting_that_is_left_out_is_told_where_it_would_stand() -> None:
    policy = policy_of(FAULTY, window=LAST_PARCEL, head=EU)
    told = [one for one in legal_minimums(policy) if "left out" in one.message]

    assert [(one.line, one.message.partition(" gives ")[0]) for one in told] == [
        (9, "refund.original_shipping, left out,")
    ]


def test_displayed_terms_may_give_less_in_japan() -> None:
    head = EU.replace("DE", "JP").replace("EUR", "JPY")
    short = LAST_PARCEL.replace("14", "5")

    assert list(legal_minimums(policy_of(window=short, head=head)))
    assert not list(legal_minimums(policy_of(window=short, head=head + "displayed: true\n")))


def test_no_place_is_told_twice_for_two_countries_of_the_union() -> None:
    head = EU.replace("[DE]", "[DE, RO, FR]")
    told = list(legal_minimums(policy_of(FAULTY, window=LAST_PARCEL, head=head)))

    assert len(told) == len({(one.line, one.message.partition(" gives ")[0]) for one in told})
