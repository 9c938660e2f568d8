"""Policies for search engines and for Google's feed: what is said, and what is listed as not."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from returns_cli.data import shipped
from returns_cli.policy.language import Policy, load_policy
from returns_cli.policy.publish.google import policies_google
from returns_cli.policy.publish.jsonld import policies_jsonld
from returns_cli.policy.publish.plan import Place
from returns_cli.policy.tables import default_tables
from tests.policy.made import HEAD, REST, WINDOW, policy_of, rule

PLACE = Place("https://shop.example.com/returns", {"main": "US"}, "US", date(2026, 11, 22))
SCHEMA = "https://schema.org/"
SAMPLES = [one for one in sorted(shipped("policies").glob("*.yaml")) if ".cases" not in one.name]


def jsonld(policy: Policy, place: Place = PLACE) -> dict[str, Any]:
    text, _ = policies_jsonld([policy], place)
    found: dict[str, Any] = json.loads(text)
    return found


def google(policy: Policy, place: Place = PLACE) -> dict[str, Any]:
    text, _ = policies_google([policy], place)
    (found,) = json.loads(text)["online_return_policies"]
    return dict(found)


def unsaid(policy: Policy, form: str, place: Place = PLACE) -> list[str]:
    write = policies_jsonld if form == "jsonld" else policies_google
    return [one.name for one in write([policy], place)[1]]


FEES = "  fees: {restocking: 12.5%, return_shipping: 6.95, waived_for_fault: [merchant, carrier]}\n"
PREPAID = "  label: {kind: prepaid}\n"


def test_the_markup_of_a_whole_policy() -> None:
    policy = policy_of(terms=FEES + PREPAID)
    assert jsonld(policy) == {
        "@context": "https://schema.org",
        "@type": "MerchantReturnPolicy",
        "name": "Shop",
        "applicableCountry": "US",
        "returnPolicyCountry": "US",
        "merchantReturnLink": "https://shop.example.com/returns",
        "returnPolicyCategory": f"{SCHEMA}MerchantReturnFiniteReturnWindow",
        "merchantReturnDays": 30,
        "refundType": [
            f"{SCHEMA}FullRefund", f"{SCHEMA}StoreCreditRefund", f"{SCHEMA}ExchangeRefund",
        ],
        "itemCondition": [f"{SCHEMA}NewCondition", f"{SCHEMA}UsedCondition"],
        "returnMethod": f"{SCHEMA}ReturnByMail",
        "returnFees": f"{SCHEMA}ReturnShippingFees",
        "returnShippingFeesAmount": {
            "@type": "MonetaryAmount", "currency": "USD", "value": "6.95",
        },
        "returnLabelSource": f"{SCHEMA}ReturnLabelDownloadAndPrint",
        "restockingFee": 12.5,
        "customerRemorseReturnFees": f"{SCHEMA}ReturnShippingFees",
        "customerRemorseReturnShippingFeesAmount": {
            "@type": "MonetaryAmount", "currency": "USD", "value": "6.95",
        },
        "customerRemorseReturnLabelSource": f"{SCHEMA}ReturnLabelDownloadAndPrint",
        "itemDefectReturnFees": f"{SCHEMA}FreeReturn",
        "itemDefectReturnLabelSource": f"{SCHEMA}ReturnLabelDownloadAndPrint",
    }  # fmt: skip


def test_the_feed_of_a_whole_policy() -> None:
    promise = REST.replace("original_payment}", "original_payment, within_days: 5}")
    text = f"{HEAD}applies_to: {{countries: [US, CA]}}\nterms:\n{WINDOW}{promise}{FEES}{PREPAID}"
    from returns_cli.policy.language import parse_policy

    policy = parse_policy(text.encode(), "shop.yaml", default_tables())
    assert google(policy) == {
        "label": "shop",
        "countries": ["US", "CA"],
        "policy": {"type": "NUMBER_OF_DAYS_AFTER_DELIVERY", "days": 30},
        "restocking_fee": {"micro_percent": 12500000},
        "return_methods": ["BY_MAIL"],
        "item_conditions": ["NEW", "USED"],
        "return_shipping_fee": {
            "type": "FIXED",
            "fixed_fee": {"amount_micros": "6950000", "currency_code": "USD"},
        },
        "return_label_source": "DOWNLOAD_AND_PRINT",
        "process_refund_days": 5,
        "accept_exchange": True,
        "return_policy_uri": "https://shop.example.com/returns",
        "accept_defective_only": False,
    }


@pytest.mark.parametrize(
    ("terms", "returnFees", "shipping"),
    [
        pytest.param(
            "", "ReturnFeesCustomerResponsibility", "CUSTOMER_PAYING_ACTUAL_FEE",
            id="the customer pays a carrier",
        ),
        pytest.param(PREPAID, "FreeReturn", "FIXED", id="free"),
        pytest.param(
            "  fees: {return_shipping: 5}\n", "ReturnShippingFees", "FIXED", id="an amount"
        ),
        pytest.param(
            f"{PREPAID}  fees: {{restocking: 15%}}\n", "RestockingFees", "FIXED",
            id="only a restocking fee",
        ),
        pytest.param(
            f"{PREPAID}  fees: {{restocking: 15%, waived_for_fault: [customer]}}\n",
            "FreeReturn", "FIXED", id="a fee that nobody pays",
        ),
    ],
)  # fmt: skip
def test_who_pays_the_way_back(terms: str, returnFees: str, shipping: str) -> None:  # noqa: N803 - as schema.org writes it
    policy = policy_of(terms=terms)
    assert jsonld(policy)["returnFees"] == f"{SCHEMA}{returnFees}"
    assert google(policy)["return_shipping_fee"]["type"] == shipping


@pytest.mark.parametrize(
    ("fee", "schema", "feed"),
    [
        ("10%", 10, {"micro_percent": 10000000}),
        ("0.25%", 0.25, {"micro_percent": 250000}),
        (
            "4.00",
            {"@type": "MonetaryAmount", "currency": "USD", "value": "4.00"},
            {"fixed_fee": {"amount_micros": "4000000", "currency_code": "USD"}},
        ),
        ("0%", None, None),
    ],
)
def test_a_restocking_fee_is_a_percentage_or_an_amount(
    fee: str, schema: object, feed: object
) -> None:
    policy = policy_of(terms=f"  fees: {{restocking: {fee}}}\n")
    assert jsonld(policy).get("restockingFee") == schema
    assert google(policy).get("restocking_fee") == feed


@pytest.mark.parametrize(
    ("currency", "amount", "micros"),
    [("JPY", "800", "800000000"), ("KWD", "1.500", "1500000")],
)
def test_amounts_have_the_decimals_of_their_currency(
    currency: str, amount: str, micros: str
) -> None:
    policy = policy_of(
        head=f"policy: x\ntitle: X\ncurrency: {currency}\n",
        terms=f"  fees: {{return_shipping: {amount}}}\n",
    )
    assert jsonld(policy)["returnShippingFeesAmount"]["value"] == amount
    assert google(policy)["return_shipping_fee"]["fixed_fee"]["amount_micros"] == micros


@pytest.mark.parametrize(
    ("window", "days", "category", "listed"),
    [
        pytest.param(WINDOW, 30, "FiniteReturnWindow", [], id="after delivery"),
        pytest.param(
            WINDOW.replace("30", "8").replace("delivered, if", "delivered, count: inclusive, if"),
            7, "FiniteReturnWindow", ["window.count"], id="day 1 is no day after",
        ),
        pytest.param(
            WINDOW.replace("from: delivered", "from: last_parcel"),
            30, "FiniteReturnWindow", ["window.from"], id="the last parcel",
        ),
        pytest.param(
            WINDOW.replace("from: delivered", "from: ordered"),
            None, "Unspecified", ["window.from"], id="after the order",
        ),
        pytest.param(
            WINDOW.replace("30", "36500"), None, "UnlimitedWindow", [], id="for ever"
        ),
    ],
)  # fmt: skip
def test_a_window_is_counted_from_the_delivery(
    window: str, days: int | None, category: str, listed: list[str]
) -> None:
    policy = policy_of(window=window)
    found = jsonld(policy)
    assert found["returnPolicyCategory"] == f"{SCHEMA}MerchantReturn{category}"
    assert found.get("merchantReturnDays") == days
    for form in ("jsonld", "google"):
        names = [one for one in unsaid(policy, form) if one in ("window.count", "window.from")]
        assert names == listed


def test_lifetime_and_unknown_windows_in_the_feed() -> None:
    for_ever = policy_of(window=WINDOW.replace("30", "36500"))
    assert google(for_ever)["policy"] == {"type": "LIFETIME_RETURNS"}
    assert "policy" not in google(
        policy_of(window=WINDOW.replace("from: delivered", "from: ordered"))
    )


HOLIDAYS = rule("order.placed: {from: 11-01, to: 12-24}", "set: {window: {until: 01-31}}", "gifts")
LONGER = rule("order.placed: {from: 11-01, to: 12-24}", "set: {window: {days: 60}}", "gifts")


@pytest.mark.parametrize(
    ("today", "first", "last", "until"),
    [
        ("2026-11-22", "2026-11-01", "2026-12-24", "2027-01-31"),
        ("2026-12-24", "2026-11-01", "2026-12-24", "2027-01-31"),
        ("2026-12-25", "2027-11-01", "2027-12-24", "2028-01-31"),
        ("2026-02-01", "2026-11-01", "2026-12-24", "2027-01-31"),
    ],
)
def test_a_season_is_the_one_that_is_not_over(
    today: str, first: str, last: str, until: str
) -> None:
    place = PLACE._replace(today=date.fromisoformat(today))
    assert jsonld(policy_of(HOLIDAYS), place)["returnPolicySeasonalOverride"] == {
        "@type": "MerchantReturnPolicySeasonalOverride",
        "startDate": first,
        "endDate": last,
        "returnPolicyCategory": f"{SCHEMA}MerchantReturnFiniteReturnWindow",
        "merchantReturnDays": until,
    }


def test_a_season_in_the_feed_has_days_or_a_day() -> None:
    start = {"year": 2026, "month": 11, "day": 1}
    end = {"year": 2026, "month": 12, "day": 24}
    assert google(policy_of(HOLIDAYS))["seasonal_overrides"] == [
        {
            "label": "gifts",
            "start_date": start,
            "end_date": end,
            "return_until_date": {"year": 2027, "month": 1, "day": 31},
        }
    ]
    assert google(policy_of(LONGER))["seasonal_overrides"] == [
        {"label": "gifts", "start_date": start, "end_date": end, "return_days": 60}
    ]


def test_a_season_over_the_turn_of_the_year_keeps_its_two_years() -> None:
    text = rule("order.placed: {from: 12-01, to: 01-10}", "set: {window: {days: 60}}")
    found = jsonld(policy_of(text))["returnPolicySeasonalOverride"]
    assert (found["startDate"], found["endDate"]) == ("2026-12-01", "2027-01-10")


@pytest.mark.parametrize(
    ("condition", "effect"),
    [
        pytest.param("order.placed: {from: 11-01}", "set: {window: {days: 60}}", id="no end"),
        pytest.param(
            "order.placed: {from: 11-01, to: 12-24}, item.tags: gift", "set: {window: {days: 60}}",
            id="more than days",
        ),
        pytest.param(
            "order.placed: {from: 11-01, to: 12-24}", "set: {window: {until: none}}",
            id="no window",
        ),
        pytest.param(
            "order.placed: {from: 01-01, to: 03-01}", "set: {window: {until: 02-01}}",
            id="not one day for all of its orders",
        ),
        pytest.param(
            "order.placed: {from: 11-01, to: 12-24}", "deny: not_now", id="a denial"
        ),
        pytest.param(
            "order.placed: {from: 11-01, to: 12-24}", "set: {fees: {return_shipping: 0}}",
            id="another thing than a window",
        ),
    ],
)  # fmt: skip
def test_what_is_no_season_is_listed(condition: str, effect: str) -> None:
    policy = policy_of(rule(condition, effect, "odd"))
    assert "returnPolicySeasonalOverride" not in jsonld(policy)
    assert "odd" in unsaid(policy, "jsonld")
    assert "odd" in unsaid(policy, "google")


def test_a_season_of_one_year_that_is_over_is_left_out_and_said() -> None:
    text = rule(
        "order.placed: {from: 2025-11-01, to: 2025-12-24}", "set: {window: {days: 60}}", "old"
    )
    for form, found in (("jsonld", jsonld(policy_of(text))), ("google", google(policy_of(text)))):
        assert "returnPolicySeasonalOverride" not in found
        assert "seasonal_overrides" not in found
        assert "old" in unsaid(policy_of(text), form)


def test_seasons_that_overlap_are_one_in_the_feed() -> None:
    later = rule("order.placed: {from: 12-01, to: 12-31}", "set: {window: {days: 90}}", "later")
    policy = policy_of(LONGER + later)
    assert [one["label"] for one in google(policy)["seasonal_overrides"]] == ["gifts"]
    assert "later" in unsaid(policy, "google")
    assert len(jsonld(policy)["returnPolicySeasonalOverride"]) == 2


GOLD = rule(
    "customer.tier: [gold, platinum]",
    "set: {window: {days: 60}, fees: {return_shipping: 0}, label: {kind: prepaid}}",
    "gold",
)


def test_members_have_a_policy_of_their_own_beside_everybodys() -> None:
    found = jsonld(policy_of(GOLD, terms="  fees: {return_shipping: 6.95}\n"))["@graph"]
    assert [one.get("merchantReturnDays") for one in found] == [30, 60]
    assert "validForMemberTier" not in found[0]
    assert found[1]["validForMemberTier"] == [
        {"@type": "MemberProgramTier", "name": "gold"},
        {"@type": "MemberProgramTier", "name": "platinum"},
    ]
    assert found[1]["returnFees"] == f"{SCHEMA}FreeReturn"
    assert "gold" in unsaid(policy_of(GOLD), "google")
    assert "gold" not in unsaid(policy_of(GOLD), "jsonld")


def test_what_a_rule_says_of_defects_stands_beside_what_it_says_of_regret() -> None:
    text = rule("reason.fault: [merchant, carrier]", "set: {label: {kind: in_box}}", "ours")
    policy = policy_of(
        text, terms="  fees: {return_shipping: 6.95, waived_for_fault: [merchant]}\n"
    )
    found = jsonld(policy)
    assert found["itemDefectReturnFees"] == f"{SCHEMA}FreeReturn"
    assert found["itemDefectReturnLabelSource"] == f"{SCHEMA}ReturnLabelInBox"
    assert found["customerRemorseReturnFees"] == f"{SCHEMA}ReturnShippingFees"
    assert "fees.waived_for_fault" in unsaid(policy, "google")


def test_a_defect_that_costs_the_customer_says_so() -> None:
    policy = policy_of(terms="  fees: {return_shipping: 6.95}\n")
    assert jsonld(policy)["itemDefectReturnShippingFeesAmount"]["value"] == "6.95"


def test_only_defects() -> None:
    policy = policy_of(rule("reason.fault: customer", "deny: final", "final"))
    assert jsonld(policy)["returnPolicyCategory"] == f"{SCHEMA}MerchantReturnNotPermitted"
    assert "merchantReturnDays" not in jsonld(policy)
    assert "returnPolicyCategory" in unsaid(policy, "jsonld")
    found = google(policy)
    assert found["accept_defective_only"] is True
    assert found["policy"]["days"] == 30


def test_nothing_comes_back() -> None:
    policy = policy_of(rule("", "deny: none", "none-at-all") + HOLIDAYS)
    assert jsonld(policy)["returnPolicyCategory"] == f"{SCHEMA}MerchantReturnNotPermitted"
    assert "returnPolicySeasonalOverride" not in jsonld(policy)
    assert google(policy)["policy"] == {"type": "NO_RETURNS"}


@pytest.mark.parametrize(
    ("terms", "name"),
    [
        ("  label: {kind: pickup}\n", "label.kind"),
        ("  evidence: {photos: 2}\n", "evidence.photos"),
        ("  exchange: {for: same_product}\n", "exchange.for"),
        ("  fees: {transfer: 1.00}\n", "fees.transfer"),
        ("  store_credit: {bonus: 10%}\n", "store_credit"),
        ("  review: {above: 500.00}\n", "review"),
        ("  label: {kind: prepaid, valid_days: 21}\n", "label.valid_days"),
    ],
)
def test_a_setting_without_a_field_is_listed_with_its_line(terms: str, name: str) -> None:
    for form in ("jsonld", "google"):
        write = policies_jsonld if form == "jsonld" else policies_google
        found = {one.name: one for one in write([policy_of(terms=terms)], PLACE)[1]}
        assert found[name].at == "policies/shop.yaml:12"
        assert found[name].why.endswith(".")
        assert name not in unsaid(policy_of(), form)


def test_what_the_terms_say_of_customers_and_days_is_listed() -> None:
    head = (
        f"{HEAD}effective: {{from: 2026-01-01}}\n"
        "applies_to: {channels: [web], customer_tags: [vip]}\n"
    )
    found = unsaid(policy_of(head=head), "jsonld")
    assert {"effective", "applies_to.channels", "applies_to.customer_tags"} <= set(found)


def test_every_effect_of_a_rule_without_a_place_is_listed() -> None:
    text = rule(
        "reason: style",
        "review: look\n    approve: true\n    ask: {question: Why?, photos: 2}\n"
        "    set: {window: {days: 10}, evidence: {photos: 1}}",
        "odd",
    )
    found = [one for one in unsaid(policy_of(text), "jsonld") if one.startswith("odd")]
    assert found == [
        "odd: window.days", "odd: evidence.photos", "odd: review", "odd: approve",
        "odd: ask.question", "odd: ask.photos",
    ]  # fmt: skip


def test_a_rule_that_always_holds_is_part_of_the_terms() -> None:
    policy = policy_of(rule("", "set: {window: {days: 45}}"))
    assert jsonld(policy)["merchantReturnDays"] == 45


def test_without_a_shop_the_country_and_the_page_are_listed_as_missing() -> None:
    place = Place(today=date(2026, 11, 22))
    assert "applicableCountry" in unsaid(policy_of(), "jsonld", place)
    assert {"countries", "return_policy_uri"} <= set(unsaid(policy_of(), "google", place))
    found = jsonld(policy_of(), place)
    assert {"applicableCountry", "returnPolicyCountry", "merchantReturnLink"} & set(found) == set()


def test_store_credit_alone_is_no_full_refund() -> None:
    terms = REST.replace("{to: original_payment}", "{to: store_credit}")
    from returns_cli.policy.language import parse_policy

    text = f"{HEAD}terms:\n{WINDOW}{terms}  label: {{kind: none}}\n"
    found = jsonld(parse_policy(text.encode(), "shop.yaml", default_tables()))
    assert found["refundType"] == [f"{SCHEMA}StoreCreditRefund", f"{SCHEMA}ExchangeRefund"]
    assert "returnMethod" not in found


def test_words_that_a_feed_lacks_are_listed() -> None:
    text = f"{HEAD}grades: {{worn: {{text: Worn}}}}\nterms:\n{WINDOW}" + REST.replace(
        "[refund, store_credit, exchange]", "[repair]"
    ).replace("[new, opened]", "[worn]")
    from returns_cli.policy.language import parse_policy

    policy = parse_policy(text.encode(), "shop.yaml", default_tables())
    found = jsonld(policy)
    assert "refundType" not in found
    assert "itemCondition" not in found
    assert {"resolutions", "condition"} <= set(unsaid(policy, "jsonld"))


def test_markup_is_safe_inside_a_script_element() -> None:
    policy = policy_of(head="policy: x\ntitle: '</script><b>'\ncurrency: USD\n")
    text, _ = policies_jsonld([policy], PLACE)
    assert "<" not in text
    assert json.loads(text)["name"] == "</script><b>"


@pytest.mark.parametrize("place", SAMPLES, ids=lambda place: place.stem)
def test_the_samples_publish_the_same_bytes_each_time(place: Any) -> None:
    policy = load_policy(place, default_tables())
    for write in (policies_jsonld, policies_google):
        first, second = write([policy], PLACE), write([policy], PLACE)
        assert first == second
        json.loads(first[0])
        assert all(one.at and one.why for one in first[1])


def test_several_policies_are_one_graph_and_one_list() -> None:
    policies = [policy_of(), policy_of(head="policy: two\ntitle: Two\ncurrency: EUR\n")]
    text, _ = policies_jsonld(policies, PLACE)
    assert [one["name"] for one in json.loads(text)["@graph"]] == ["Shop", "Two"]
    text, _ = policies_google(policies, PLACE)
    assert [one["label"] for one in json.loads(text)["online_return_policies"]] == ["shop", "two"]
