"""A policy as schema.org ``MerchantReturnPolicy``.

Property and enumeration names are those of schema.org, read in November 2026; where Google's
documentation of structured data narrows them, the narrower use is taken. Days count from the day
after delivery there, so a window that counts otherwise is recounted or listed as not said.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from returns_cli.domain import money
from returns_cli.domain.terms import Fee
from returns_cli.policy.language import Policy
from returns_cli.policy.publish.plan import NotSaid, Place, Plan, Season, Tier, plan_of
from returns_cli.policy.publish.sides import (
    UNLIMITED_DAYS,
    WayBack,
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
from returns_cli.policy.words.outline import shown
from returns_cli.policy.words.terms import Held, value_of

Json = dict[str, object]

CONTEXT = "https://schema.org"
LABELS: Mapping[str, str] = {
    "prepaid": "ReturnLabelDownloadAndPrint",
    "in_box": "ReturnLabelInBox",
    "customer": "ReturnLabelCustomerResponsibility",
}
CONDITIONS: Mapping[str, str] = {
    "new": "NewCondition",
    "opened": "UsedCondition",
    "used": "UsedCondition",
    "damaged": "DamagedCondition",
    "defective": "DamagedCondition",
}
REFUNDS: Mapping[str, str] = {
    "refund": "FullRefund",
    "exchange": "ExchangeRefund",
    "store_credit": "StoreCreditRefund",
}

_EVERYWHERE = frozenset(
    """window.days window.from window.count resolutions condition fees.restocking
    fees.return_shipping fees.waived_for_fault label.kind refund.to refund.within_days""".split()
)


def policies_jsonld(policies: Sequence[Policy], place: Place) -> tuple[str, list[NotSaid]]:
    """The markup of some policies, safe inside a page's script element, and what it leaves out."""
    nodes: list[Json] = []
    unsaid: list[NotSaid] = []
    for policy in policies:
        plan = plan_of(policy, place.today)
        nodes.append(_node(plan, place))
        nodes += [_tier_node(plan, tier, place) for tier in plan.tiers]
        unsaid += _unsaid(plan, place)
    body: Json = nodes[0] if len(nodes) == 1 else {"@graph": nodes}
    text = json.dumps({"@context": CONTEXT, **body}, ensure_ascii=False, indent=2)
    return text.replace("<", "\\u003c") + "\n", unsaid


def _iri(name: str) -> str:
    return f"{CONTEXT}/{name}"


def _one_or_list(names: Sequence[str]) -> object:
    found = [_iri(name) for name in dict.fromkeys(names)]
    return found[0] if len(found) == 1 else found


def _node(plan: Plan, place: Place) -> Json:
    node = {
        "@type": "MerchantReturnPolicy",
        "name": shown(plan.policy.title),
        **_where(plan.policy, place),
    }
    if plan.remorse is None:
        node["returnPolicyCategory"] = _iri("MerchantReturnNotPermitted")
    else:
        node |= _terms(plan.remorse, plan.policy.currency)
        node |= _side("customerRemorse", way_back(plan.remorse, "customer"), plan, plan.remorse)
    if plan.defect is not None and plan.remorse is not None:
        node |= _side("itemDefect", way_back(plan.defect, "merchant"), plan, None)
    seasons = [_season(one) for one in plan.seasons]
    if seasons and plan.remorse is not None:
        node["returnPolicySeasonalOverride"] = seasons[0] if len(seasons) == 1 else seasons
    return node


def _tier_node(plan: Plan, tier: Tier, place: Place) -> Json:
    tiers = [{"@type": "MemberProgramTier", "name": shown(name)} for name in tier.names]
    return {
        "@type": "MerchantReturnPolicy",
        "name": shown(tier.rule.why),
        **_where(plan.policy, place),
        **_terms(tier.held, plan.policy.currency),
        **_side("customerRemorse", way_back(tier.held, "customer"), plan, tier.held),
        "validForMemberTier": tiers[0] if len(tiers) == 1 else tiers,
    }


def _where(policy: Policy, place: Place) -> Json:
    found: Json = {}
    countries = policy.countries or ((place.shop_country,) if place.shop_country else ())
    if countries:
        found["applicableCountry"] = countries[0] if len(countries) == 1 else list(countries)
    address = str(value_of(policy.terms, "return_to"))
    if place.return_countries.get(address):
        found["returnPolicyCountry"] = place.return_countries[address]
    if place.return_page:
        found["merchantReturnLink"] = place.return_page
    return found


def _terms(held: Held, currency: str) -> Json:
    """Window, choices, conditions and fees of one node."""
    node = _window(held)
    refunds = [REFUNDS[one] for one in resolutions(held) if one in REFUNDS]
    if value_of(held, "refund.to") in ("store_credit", "gift_card"):
        refunds = [REFUNDS["store_credit"] if one == "FullRefund" else one for one in refunds]
    if refunds:
        node["refundType"] = _one_or_list(refunds)
    accepted = [CONDITIONS[one] for one in conditions(held) if one in CONDITIONS]
    if accepted:
        node["itemCondition"] = _one_or_list(accepted)
    way = way_back(held, "customer")
    if way.label != "none":
        node["returnMethod"] = _iri("ReturnByMail")
    node["returnFees"] = _iri(_fees(way, restocking_fee(held)))
    if way.shipping_minor:
        node["returnShippingFeesAmount"] = _money(way.shipping_minor, currency)
    if way.label in LABELS:
        node["returnLabelSource"] = _iri(LABELS[way.label])
    fee = restocking_fee(held)
    if fee.basis_points:
        node["restockingFee"] = _percent(fee.basis_points)
    elif fee.amount_minor:
        node["restockingFee"] = _money(fee.amount_minor, currency)
    within = held.get("refund.within_days")
    if within is not None:
        node["additionalProperty"] = {
            "@type": "PropertyValue",
            "name": "refund.within_days",
            "value": within.value,
        }
    return node


def _window(held: Held) -> Json:
    days = days_after_delivery(held)
    if days is None:
        return {"returnPolicyCategory": _iri("MerchantReturnUnspecified")}
    if value_of(held, "window.days") == UNLIMITED_DAYS:
        return {"returnPolicyCategory": _iri("MerchantReturnUnlimitedWindow")}
    category = _iri("MerchantReturnFiniteReturnWindow")
    return {"returnPolicyCategory": category, "merchantReturnDays": days}


def _side(prefix: str, way: WayBack, plan: Plan, held: Held | None) -> Json:
    """Fees and label for a change of mind, or for a defect."""
    fee = restocking_fee(held) if held is not None else Fee()
    node: Json = {f"{prefix}ReturnFees": _iri(_fees(way, fee))}
    if way.shipping_minor:
        amount = _money(way.shipping_minor, plan.policy.currency)
        node[f"{prefix}ReturnShippingFeesAmount"] = amount
    if way.label in LABELS:
        node[f"{prefix}ReturnLabelSource"] = _iri(LABELS[way.label])
    return node


def _fees(way: WayBack, fee: Fee) -> str:
    if way.shipping_minor:
        return "ReturnShippingFees"
    if way.customer_pays_carrier:
        return "ReturnFeesCustomerResponsibility"
    return "RestockingFees" if fee.basis_points or fee.amount_minor else "FreeReturn"


def _season(season: Season) -> Json:
    window: object = season.days
    if season.until_on is not None:
        window = season.until_on.isoformat()
    return {
        "@type": "MerchantReturnPolicySeasonalOverride",
        "startDate": season.first_on.isoformat(),
        "endDate": season.last_on.isoformat(),
        "returnPolicyCategory": _iri("MerchantReturnFiniteReturnWindow"),
        "merchantReturnDays": window,
    }


def _money(minor: int, currency: str) -> Json:
    value = money.format_amount(minor, currency)
    return {"@type": "MonetaryAmount", "currency": currency, "value": value}


def _percent(basis_points: int) -> int | float:
    """A percentage as schema.org's Number; it is no money, and two decimals survive a float."""
    return basis_points // 100 if basis_points % 100 == 0 else basis_points / 100


def _unsaid(plan: Plan, place: Place) -> Iterator[NotSaid]:
    shown_as = plan.policy.shown_as
    if not plan.policy.countries and not place.shop_country:
        why = "No country is known; whoever reads the markup wants one."
        yield NotSaid(shown_as, "applicableCountry", why)
    yield from window_not_said(plan)
    yield from words_not_said(plan, LABELS, REFUNDS, CONDITIONS)
    if plan.remorse is None and plan.defect is not None:
        why = "That only faulty goods come back has no field; it says that nothing does."
        yield NotSaid(shown_as, "returnPolicyCategory", why)
    yield from not_said(plan, said_of_rules(plan, _EVERYWHERE))
