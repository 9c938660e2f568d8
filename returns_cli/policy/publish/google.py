"""A policy as the return policies of Google's Merchant API.

Field and enumeration names are those of ``accounts.onlineReturnPolicies`` in the Merchant API's
protocol definition (v1beta and v1, read in November 2026), in its own spelling, which the API reads
as well as lowerCamelCase.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from returns_cli.domain import money
from returns_cli.policy.language import Policy
from returns_cli.policy.publish.plan import NotSaid, Place, Plan, Season, plan_of
from returns_cli.policy.publish.sides import (
    UNLIMITED_DAYS,
    conditions,
    days_after_delivery,
    resolutions,
    restocking_fee,
    way_back,
)
from returns_cli.policy.publish.unsaid import (
    not_said,
    said_of_rules,
    window_not_said,
    words_not_said,
)
from returns_cli.policy.words.terms import Held, value_of

Json = dict[str, object]

_LABELS: Mapping[str, str] = {
    "prepaid": "DOWNLOAD_AND_PRINT",
    "in_box": "IN_THE_PACKAGE",
    "customer": "CUSTOMER_RESPONSIBILITY",
}
_CONDITIONS: Mapping[str, str] = {"new": "NEW", "opened": "USED", "used": "USED"}
_CHOICES: Mapping[str, str] = {"refund": "refund", "exchange": "accept_exchange"}
_SAID = frozenset(
    """window.days window.from window.count resolutions condition fees.restocking
    fees.return_shipping label.kind refund.within_days""".split()
)
_MICROS = 1_000_000


def policies_google(policies: Sequence[Policy], place: Place) -> tuple[str, list[NotSaid]]:
    """The return policies as the API lists them, and what they leave out."""
    found: list[Json] = []
    unsaid: list[NotSaid] = []
    for policy in policies:
        plan = plan_of(policy, place.today)
        seasons = _apart(plan.seasons)
        found.append(_resource(plan, seasons, place))
        unsaid += _unsaid(plan, seasons, place)
    body = {"online_return_policies": found}
    return json.dumps(body, ensure_ascii=False, indent=2) + "\n", unsaid


def _resource(plan: Plan, seasons: Sequence[Season], place: Place) -> Json:
    policy = plan.policy
    countries = policy.countries or ((place.shop_country,) if place.shop_country else ())
    only_defects = plan.remorse is None and plan.defect is not None
    held = plan.defect if only_defects else plan.remorse
    resource: Json = {"label": policy.id, "countries": list(countries)}
    if held is None:
        resource["policy"] = {"type": "NO_RETURNS"}
    else:
        resource |= _terms(held, policy.currency, "merchant" if only_defects else "customer")
        if seasons:
            resource["seasonal_overrides"] = [_season(one) for one in seasons]
    if place.return_page:
        resource["return_policy_uri"] = place.return_page
    resource["accept_defective_only"] = only_defects
    return resource


def _terms(held: Held, currency: str, fault: str) -> Json:
    resource: Json = {}
    days = days_after_delivery(held)
    if value_of(held, "window.days") == UNLIMITED_DAYS:
        resource["policy"] = {"type": "LIFETIME_RETURNS"}
    elif days is not None:
        resource["policy"] = {"type": "NUMBER_OF_DAYS_AFTER_DELIVERY", "days": days}
    fee = restocking_fee(held)
    if fault == "customer" and fee.basis_points:
        resource["restocking_fee"] = {"micro_percent": fee.basis_points * _MICROS // 100}
    elif fault == "customer" and fee.amount_minor:
        resource["restocking_fee"] = {"fixed_fee": _price(fee.amount_minor, currency)}
    way = way_back(held, fault)
    if way.label != "none":
        resource["return_methods"] = ["BY_MAIL"]
    accepted = [_CONDITIONS[one] for one in conditions(held) if one in _CONDITIONS]
    resource["item_conditions"] = list(dict.fromkeys(accepted))
    if way.customer_pays_carrier:
        resource["return_shipping_fee"] = {"type": "CUSTOMER_PAYING_ACTUAL_FEE"}
    else:
        price = _price(way.shipping_minor, currency)
        resource["return_shipping_fee"] = {"type": "FIXED", "fixed_fee": price}
    if way.label in _LABELS:
        resource["return_label_source"] = _LABELS[way.label]
    within = held.get("refund.within_days")
    if within is not None:
        resource["process_refund_days"] = within.value
    resource["accept_exchange"] = "exchange" in resolutions(held)
    return resource


def _price(minor: int, currency: str) -> Json:
    """An amount in millionths; the API takes 64-bit numbers as text."""
    micros = minor * _MICROS // 10 ** money.exponent(currency)
    return {"amount_micros": str(micros), "currency_code": currency}


def _season(season: Season) -> Json:
    found: Json = {
        "label": season.rule.id,
        "start_date": _date(season.first_on),
        "end_date": _date(season.last_on),
    }
    if season.until_on is not None:
        found["return_until_date"] = _date(season.until_on)
    else:
        found["return_days"] = season.days
    return found


def _date(day: date) -> Json:
    return {"year": day.year, "month": day.month, "day": day.day}


def _apart(seasons: Sequence[Season]) -> list[Season]:
    """Seasons that do not overlap an earlier one of the policy: the API refuses those."""
    kept: list[Season] = []
    for one in seasons:
        if all(one.last_on < two.first_on or two.last_on < one.first_on for two in kept):
            kept.append(one)
    return kept


def _unsaid(plan: Plan, seasons: Sequence[Season], place: Place) -> Iterator[NotSaid]:
    shown_as = plan.policy.shown_as
    if not plan.policy.countries and not place.shop_country:
        yield NotSaid(shown_as, "countries", "No country is known, and the API wants one.")
    if not place.return_page:
        why = "The API wants the address of the returns page: `return_page` in shop.yaml."
        yield NotSaid(shown_as, "return_policy_uri", why)
    yield from window_not_said(plan)
    yield from words_not_said(plan, _LABELS, _CHOICES, _CONDITIONS)
    for season in plan.seasons:
        if season not in seasons:
            why = "It overlaps an earlier season, which the API refuses."
            yield NotSaid(season.rule.at, season.rule.id, why)
    for tier in plan.tiers:
        yield NotSaid(tier.rule.at, tier.rule.id, f"Member tiers have no field: {tier.rule.why}")
    yield from _defects(plan)
    yield from not_said(plan, said_of_rules(plan._replace(tiers=()), _SAID))


def _defects(plan: Plan) -> Iterator[NotSaid]:
    """The API knows one way back for all reasons."""
    if plan.remorse is None or plan.defect is None:
        return
    if way_back(plan.remorse, "customer") != way_back(plan.defect, "merchant"):
        terms = plan.policy.terms
        leaf = terms.get("fees.waived_for_fault") or terms["window.days"]
        why = "The way back of faulty goods is another one, and it has no field of its own."
        yield NotSaid(leaf.at, "fees.waived_for_fault", why)
