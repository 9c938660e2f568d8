"""A policy to start from: it reads, its cases hold, and markup from the wild becomes one."""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from returns_cli.domain.errors import InvalidError
from returns_cli.policy.cases import read_cases, run_cases
from returns_cli.policy.language import Policy, parse_policy
from returns_cli.policy.lint import check_policy
from returns_cli.policy.publish.jsonld import policies_jsonld
from returns_cli.policy.publish.plan import Place
from returns_cli.policy.starting.answers import SeasonStart, Start, starter_text
from returns_cli.policy.starting.cases import starter_cases
from returns_cli.policy.starting.markup import (
    Unread,
    amount_in,
    country_in,
    days_in,
    one_of,
    percent_in,
    plain_name,
)
from returns_cli.policy.starting.reader import MarkupStart
from returns_cli.policy.starting.terms import FEES, read_start
from tests.policy.made import policy_of

START = Start("mine", "My returns", "USD")
SCHEMA = "https://schema.org/"


def proved(start: Start) -> Policy:
    """The policy, which reads without a warning but of the law, and whose cases hold."""
    policy = parse_policy(starter_text(start).encode(), "mine.yaml", None)
    cases = read_cases(starter_cases(start).encode(), "mine.cases.yaml", policy, ZoneInfo("UTC"))
    report = run_cases(policy, cases, "mine.cases.yaml")
    assert report.differences == ()
    found = [one.code for one in check_policy(policy, report.covered)]
    assert set(found) <= {"W-POLICY-FLOOR"}
    return policy


@pytest.mark.parametrize(
    "start",
    [
        pytest.param(START, id="as it comes"),
        pytest.param(START._replace(days=0), id="the day itself"),
        pytest.param(START._replace(days=1), id="one day"),
        pytest.param(START._replace(days=36_500), id="for ever"),
        pytest.param(START._replace(days=None), id="nothing comes back"),
        pytest.param(START._replace(currency="JPY", restocking="150"), id="yen, a fee per unit"),
        pytest.param(
            START._replace(currency="KWD", return_shipping="1.500", label="prepaid"), id="dinars"
        ),
        pytest.param(START._replace(restocking="12.5%", refund_days=None), id="no promise"),
        pytest.param(
            START._replace(currency="IDR", return_shipping="25000.00", label="prepaid"),
            id="large amounts",
        ),
        pytest.param(START._replace(restocking="200.00"), id="a fee larger than the example"),
        pytest.param(
            START._replace(countries=("US", "CA"), title='Lamp & Co: "Returns" #1'), id="a title"
        ),
        pytest.param(START._replace(title="no"), id="a title that YAML takes for something else"),
        pytest.param(START._replace(defect_is_free=False), id="fees whoever's fault"),
        pytest.param(
            START._replace(conditions=("damaged", "defective"), resolutions=("repair",)),
            id="only repairs",
        ),
        pytest.param(
            START._replace(
                seasons=(
                    SeasonStart(date(2026, 11, 1), date(2026, 12, 24), until_on=date(2027, 1, 31)),
                    SeasonStart(date(2027, 6, 1), date(2027, 6, 30), days=60),
                )
            ),
            id="two seasons",
        ),
        pytest.param(
            START._replace(
                days=None, seasons=(SeasonStart(date(2026, 11, 1), date(2026, 12, 24), 60),)
            ),
            id="a season of nothing",
        ),
    ],
)
def test_a_starter_reads_and_its_cases_hold(start: Start) -> None:
    policy = proved(start)
    assert (policy.id, policy.title, policy.currency) == ("mine", start.title, start.currency)
    assert policy.countries == start.countries


def markup(**changes: object) -> dict[str, object]:
    node: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "MerchantReturnPolicy",
        "applicableCountry": "US",
        "returnPolicyCategory": f"{SCHEMA}MerchantReturnFiniteReturnWindow",
        "merchantReturnDays": 30,
        **changes,
    }
    return {key: value for key, value in node.items() if value is not None}


def read(tree: object, currency: str | None = None, countries: tuple[str, ...] = ()) -> MarkupStart:
    return read_start(json.dumps(tree).encode(), "page.jsonld", currency, countries)


def answers(**changes: object) -> dict[str, Any]:
    return read(markup(**changes)).answers


def not_taken(**changes: object) -> list[str]:
    return [name for name, _ in read(markup(**changes)).not_taken]


@pytest.mark.parametrize(
    "tree",
    [
        pytest.param(markup(), id="alone"),
        pytest.param([{"@type": "WebPage"}, markup()], id="in an array"),
        pytest.param({"@graph": [markup()]}, id="in a graph"),
        pytest.param(
            {"@type": "Offer", "hasMerchantReturnPolicy": [markup(), markup()]},
            id="twice the same below an offer",
        ),
        pytest.param(markup(**{"@type": "http://schema.org/MerchantReturnPolicy"}), id="http"),
        pytest.param(markup(**{"@type": ["Thing", "schema:MerchantReturnPolicy"]}), id="a prefix"),
    ],
)
def test_a_policy_is_found_where_shops_put_it(tree: object) -> None:
    assert read(tree).answers["days"] == 30


def test_a_policy_is_found_in_a_saved_page() -> None:
    page = (
        "<!doctype html><script>var a = '<';</script>"
        f"<script type='Application/LD+JSON'>{json.dumps(markup())}</script>"
    )
    assert read_start(page.encode(), "page.html", None).answers["days"] == 30


@pytest.mark.parametrize(
    ("value", "days"),
    [(21, 21), ("14", 14), (" 7\n", 7), ("14 days", 14), ("1 Day", 1), ("30.0", 30), ([30], 30)],
)
def test_days_come_as_numbers_and_as_text(value: object, days: int) -> None:
    assert answers(merchantReturnDays=value)["days"] == days


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("IDN", "ID"), ("us", "US"), ("UK", "GB"), ("GBR", "GB"), ("Japan", "JP"),
        ({"@type": "Country", "name": "DE"}, "DE"),
    ],
)  # fmt: skip
def test_countries_come_in_many_forms(value: object, code: str) -> None:
    assert answers(applicableCountry=value)["countries"] == (code,)


@pytest.mark.parametrize("value", ["Narnia", "XQ", "", "ZZ", 5])
def test_no_country(value: object) -> None:
    with pytest.raises(Unread):
        country_in(value)


@pytest.mark.parametrize(
    "name",
    [
        "FreeReturn", "https://schema.org/FreeReturn", "http://schema.org/FreeReturn",
        "\n  FreeReturn \n", "schema:FreeReturn", "freereturn", {"@id": "https://schema.org/FreeReturn"},
    ],
)  # fmt: skip
def test_a_name_is_known_in_every_spelling(name: object) -> None:
    assert one_of(name, FEES) == "FreeReturn"
    assert plain_name(name).casefold() == "freereturn"


@pytest.mark.parametrize(
    ("fees", "label", "shipping"),
    [
        pytest.param({"returnFees": "FreeReturn"}, "prepaid", None, id="free"),
        pytest.param(
            {"returnFees": "ReturnFeesCustomerResponsibility"}, None, None, id="the customer"
        ),
        pytest.param(
            {
                "returnFees": "ReturnShippingFees",
                "returnShippingFeesAmount": {"value": "5.90", "currency": "USD"},
            },
            "prepaid", "5.90", id="an amount",
        ),
        pytest.param(
            {
                "returnFees": "ReturnShippingFees",
                "returnShippingFeesAmount": {"value": 5.9, "currencyCode": "usd"},
                "returnLabelSource": "ReturnLabelInBox",
            },
            "in_box", "5.90", id="an amount and a label in the box",
        ),
        pytest.param(
            {"customerRemorseReturnFees": "FreeReturn"}, "prepaid", None, id="for regret alone"
        ),
        pytest.param(
            {
                "returnShippingFeesAmount": {"value": 5, "currency": "USD"},
                "returnLabelSource": "ReturnLabelCustomerResponsibility",
            },
            "customer", "0", id="an amount that the carrier takes",
        ),
    ],
)  # fmt: skip
def test_who_pays_the_way_back(
    fees: dict[str, object], label: str | None, shipping: str | None
) -> None:
    found = answers(**fees)
    assert found.get("label") == label
    assert found.get("return_shipping") == shipping


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (20, "20%"), ("15", "15%"), ("12.5 %", "12.5%"), (0, "0%"), ("100", "100%"),
        ({"@type": "MonetaryAmount", "value": "4", "currency": "USD"}, "4.00"),
    ],
)  # fmt: skip
def test_a_restocking_fee_is_a_percentage_or_an_amount(value: object, written: str) -> None:
    assert answers(restockingFee=value)["restocking"] == written


def test_choices_and_conditions_are_taken_over() -> None:
    found = answers(
        refundType=["FullRefund", "ExchangeRefund"], itemCondition=f"{SCHEMA}UsedCondition"
    )
    assert found["resolutions"] == ("refund", "exchange")
    assert found["conditions"] == ("new", "opened", "used")
    assert answers()["resolutions"] == ("refund",)


def test_seasons_are_taken_over() -> None:
    found = answers(
        returnPolicySeasonalOverride=[
            {"startDate": "2026-11-01", "endDate": "2026-12-24T23:59", "merchantReturnDays": "60"},
            {
                "startDate": "2027-01-01",
                "endDate": "2027-01-31",
                "merchantReturnDays": "2027-03-01",
            },
        ]
    )
    assert found["seasons"] == (
        SeasonStart(date(2026, 11, 1), date(2026, 12, 24), 60),
        SeasonStart(date(2027, 1, 1), date(2027, 1, 31), until_on=date(2027, 3, 1)),
    )


@pytest.mark.parametrize(
    "season",
    [
        pytest.param("whenever we like", id="prose"),
        pytest.param({"startDate": "2026-11-01", "merchantReturnDays": 60}, id="no end"),
        pytest.param(
            {"startDate": "2026-12-01", "endDate": "2026-11-01", "merchantReturnDays": 60},
            id="backwards",
        ),
        pytest.param({"startDate": "2026-11-01", "endDate": "2026-12-01"}, id="no window"),
        pytest.param(
            {"startDate": "2026-11-01", "endDate": "2026-12-01", "merchantReturnDays": "long"},
            id="no number",
        ),
    ],
)
def test_a_season_that_says_too_little_is_listed(season: object) -> None:
    assert not_taken(returnPolicySeasonalOverride=season) == ["returnPolicySeasonalOverride"]


def test_a_season_that_overlaps_another_is_listed() -> None:
    one = {"startDate": "2026-11-01", "endDate": "2026-12-24", "merchantReturnDays": 60}
    assert not_taken(returnPolicySeasonalOverride=[one, one]) == ["returnPolicySeasonalOverride"]


@pytest.mark.parametrize(
    ("changes", "listed"),
    [
        ({"applicableCountry": None}, "applicableCountry"),
        ({"merchantReturnLink": "https://x.example.com"}, "merchantReturnLink"),
        ({"returnPolicyCountry": "US"}, "returnPolicyCountry"),
        ({"returnMethod": ["ReturnByMail", "ReturnInStore"]}, "returnMethod"),
        ({"inStoreReturnsOffered": True}, "inStoreReturnsOffered"),
        ({"itemCondition": "RefurbishedCondition"}, "itemCondition"),
        ({"returnFees": "ReturnShippingFees"}, "returnFees"),
        ({"returnFees": "RestockingFees"}, "returnFees"),
        ({"merchantReturnDays": "2027-01-31", "returnPolicyCategory": None}, "merchantReturnDays"),
        (
            {"merchantReturnDays": None, "returnPolicyCategory": "MerchantReturnUnspecified"},
            "returnPolicyCategory",
        ),
        ({"description": "Easy returns!"}, "description"),
        ({"additionalProperty": {"name": "mood", "value": "good"}}, "additionalProperty"),
        (
            {"additionalProperty": {"name": "refund.within_days", "value": "soon"}},
            "additionalProperty",
        ),
        ({"itemDefectReturnLabelSource": "ReturnLabelInBox"}, "itemDefectReturnLabelSource"),
        (
            {"itemDefectReturnShippingFeesAmount": {"value": 1, "currency": "USD"}},
            "itemDefectReturnShippingFeesAmount",
        ),
    ],
)
def test_what_cannot_be_taken_over_is_listed(changes: dict[str, object], listed: str) -> None:
    assert listed in not_taken(**changes)


FIVE = {"value": 5, "currency": "USD"}


def problems(tree: object, currency: str | None = None) -> list[tuple[str, str | None]]:
    with pytest.raises(InvalidError) as caught:
        read(tree, currency)
    return [(one.code.removeprefix("E-MARKUP-"), one.column) for one in caught.value.problems]


@pytest.mark.parametrize(
    ("changes", "code", "column"),
    [
        ({"merchantReturnDays": "thirty days"}, "PROSE", "merchantReturnDays"),
        ({"merchantReturnDays": "ask us"}, "PROSE", "merchantReturnDays"),
        ({"merchantReturnDays": "soon"}, "VALUE", "merchantReturnDays"),
        ({"merchantReturnDays": [14, 30]}, "CONTRADICTION", "merchantReturnDays"),
        ({"merchantReturnDays": None}, "CONTRADICTION", "returnPolicyCategory"),
        (
            {"returnPolicyCategory": "MerchantReturnUnlimitedWindow"},
            "CONTRADICTION", "merchantReturnDays",
        ),
        ({"returnPolicyCategory": "MerchantReturnMaybe"}, "VALUE", "returnPolicyCategory"),
        ({"returnFees": "Free of charge"}, "PROSE", "returnFees"),
        ({"returnFees": ["FreeReturn", "ReturnShippingFees"]}, "CONTRADICTION", "returnFees"),
        (
            {"returnFees": "FreeReturn", "customerRemorseReturnFees": "ReturnShippingFees"},
            "CONTRADICTION", "customerRemorseReturnFees",
        ),
        (
            {
                "returnFees": "FreeReturn",
                "returnLabelSource": "ReturnLabelCustomerResponsibility",
            },
            "CONTRADICTION", "returnLabelSource",
        ),
        (
            {"returnFees": "FreeReturn", "returnShippingFeesAmount": FIVE},
            "CONTRADICTION", "returnFees",
        ),
        ({"returnShippingFeesAmount": "about five dollars"}, "PROSE", "returnShippingFeesAmount"),
        ({"returnShippingFeesAmount": {"value": 5}}, "VALUE", "returnShippingFeesAmount"),
        (
            {"returnShippingFeesAmount": {"value": "5.005", "currency": "USD"}},
            "VALUE", "returnShippingFeesAmount",
        ),
        ({"restockingFee": "depends on the item"}, "PROSE", "restockingFee"),
        ({"restockingFee": 150}, "VALUE", "restockingFee"),
        ({"applicableCountry": "Narnia"}, "VALUE", "applicableCountry"),
        (
            {
                "returnShippingFeesAmount": {"value": 5, "currency": "USD"},
                "restockingFee": {"value": 5, "currency": "EUR"},
            },
            "CONTRADICTION", "restockingFee",
        ),
    ],
)  # fmt: skip
def test_contradictions_and_prose_are_errors_by_name(
    changes: dict[str, object], code: str, column: str
) -> None:
    assert (code, column) in problems(markup(**changes))


@pytest.mark.parametrize(
    "name", ["returnFees", "refundType", "returnMethod", "returnLabelSource", "restockingFee"]
)
def test_nothing_may_come_back_and_yet_something_costs(name: str) -> None:
    values: dict[str, object] = {
        "returnFees": "FreeReturn",
        "refundType": "FullRefund",
        "returnMethod": "ReturnByMail",
        "returnLabelSource": "ReturnLabelInBox",
        "restockingFee": 10,
    }
    tree = markup(
        returnPolicyCategory="MerchantReturnNotPermitted",
        merchantReturnDays=0,
        **{name: values[name]},
    )
    assert problems(tree) == [("CONTRADICTION", name)]


def test_nothing_comes_back() -> None:
    tree = markup(returnPolicyCategory="MerchantReturnNotPermitted", merchantReturnDays="0")
    assert read(tree).answers["days"] is None


def test_for_ever() -> None:
    tree = markup(returnPolicyCategory="MerchantReturnUnlimitedWindow", merchantReturnDays=None)
    assert read(tree).answers["days"] == 36_500


def test_all_problems_are_told_at_once() -> None:
    found = problems(
        markup(applicableCountry="Narnia", merchantReturnDays="a month", restockingFee="some money")
    )
    assert [column for _, column in found] == [
        "applicableCountry", "merchantReturnDays", "restockingFee",
    ]  # fmt: skip


def test_amounts_must_be_in_the_currency_that_was_asked_for() -> None:
    tree = markup(returnShippingFeesAmount={"value": 5, "currency": "USD"})
    assert problems(tree, "EUR") == [("CONTRADICTION", "returnShippingFeesAmount")]
    assert read(tree, "USD").currency == "USD"
    assert read(tree).currency == "USD"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(b"{", "E-MARKUP-JSON", id="half of it"),
        pytest.param(b"\xff\xfe{", "E-MARKUP-JSON", id="not UTF-8"),
        pytest.param(b"[" * 100_000, "E-MARKUP-JSON", id="nested without an end"),
        pytest.param(b'{"@type": "Product"}', "E-MARKUP-NONE", id="no policy"),
        pytest.param(b"<html></html>", "E-MARKUP-NONE", id="a page without markup"),
        pytest.param(b"", "E-MARKUP-JSON", id="nothing"),
        pytest.param(
            b'{"a":' * 80 + b'{"@type": "MerchantReturnPolicy"}' + b"}" * 80,
            "E-MARKUP-NONE",
            id="deeper than any page",
        ),
    ],
)
def test_a_file_without_a_policy_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(InvalidError) as caught:
        read_start(data, "page.jsonld", None)
    assert caught.value.code == code


def test_of_several_policies_the_country_chooses() -> None:
    tree = {"@graph": [markup(), markup(applicableCountry="DE", merchantReturnDays=14)]}
    assert read(tree, countries=("DE",)).answers["days"] == 14
    with pytest.raises(InvalidError, match=r"2 return policies: for US, DE") as caught:
        read(tree)
    assert caught.value.code == "E-MARKUP-SEVERAL"


def test_a_policy_for_members_is_listed_not_taken() -> None:
    member = markup(name="Gold", validForMemberTier={"name": "gold"}, merchantReturnDays=60)
    found = read([markup(), member])
    assert found.answers["days"] == 30
    assert found.not_taken == [
        ("validForMemberTier", "'Gold': write it as a rule on customer.tier.")
    ]


def test_a_country_that_cannot_be_read_is_told_when_the_policy_is() -> None:
    tree = [markup(applicableCountry="Narnia"), markup(applicableCountry="DE")]
    assert read(tree, countries=("DE",)).answers["countries"] == ("DE",)


def test_what_we_publish_we_can_start_from() -> None:
    policy = policy_of(
        terms="  fees: {restocking: 15%, return_shipping: 6.95, waived_for_fault: [merchant]}\n"
        "  label: {kind: prepaid}\n"
    )
    text, _ = policies_jsonld([policy], Place("", {}, "US", date(2026, 3, 1)))
    found = read_start(text.encode(), "page.jsonld", None)
    start = Start("mine", found.said["title"], found.currency or "")._replace(**found.answers)
    assert start == Start(
        name="mine",
        title="Shop",
        currency="USD",
        countries=("US",),
        days=30,
        resolutions=("refund", "store_credit", "exchange"),
        conditions=("new", "opened", "used"),
        restocking="15%",
        return_shipping="6.95",
        label="prepaid",
        defect_is_free=True,
        refund_days=None,
    )
    proved(start)


@pytest.mark.parametrize("value", [{"value": "x", "currency": "USD"}, "5 USD", None, [], "1"])
def test_no_amount(value: object) -> None:
    with pytest.raises(Unread):
        amount_in(value)


@pytest.mark.parametrize("value", ["", None, "x", "-1", "101", {}])
def test_no_percentage(value: object) -> None:
    with pytest.raises(Unread):
        percent_in(value)


@pytest.mark.parametrize("value", ["", None, "-1", "1.5", "999999", {}])
def test_no_days(value: object) -> None:
    with pytest.raises(Unread):
        days_in(value)
