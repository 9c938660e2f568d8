"""What schema.org markup says of returns, as answers for a new policy.

What contradicts itself, and prose, are problems that name the property. What a policy says
elsewhere, or cannot say, is listed as not taken over.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from returns_cli.domain.days import parse_day
from returns_cli.domain.errors import InvalidError, Problem
from returns_cli.notation.read import refusal
from returns_cli.policy.starting.answers import SeasonStart
from returns_cli.policy.starting.markup import (
    Node,
    Unread,
    as_list,
    country_in,
    days_in,
    find_policies,
    one_of,
    percent_in,
)
from returns_cli.policy.starting.reader import MarkupReader, MarkupStart

_FINITE, _NONE, _UNLIMITED, _UNSPECIFIED = CATEGORIES = (
    "MerchantReturnFiniteReturnWindow",
    "MerchantReturnNotPermitted",
    "MerchantReturnUnlimitedWindow",
    "MerchantReturnUnspecified",
)
FEES = (
    "FreeReturn",
    "ReturnFeesCustomerResponsibility",
    "ReturnShippingFees",
    "RestockingFees",
    "OriginalShippingFees",
)
REFUNDS = {
    "FullRefund": "refund",
    "ExchangeRefund": "exchange",
    "StoreCreditRefund": "store_credit",
}
LABELS = {
    "ReturnLabelDownloadAndPrint": "prepaid",
    "ReturnLabelInBox": "in_box",
    "ReturnLabelCustomerResponsibility": "customer",
}
METHODS = ("ReturnByMail", "ReturnInStore", "ReturnAtKiosk", "KeepProduct")
CONDITIONS: Mapping[str, tuple[str, ...]] = {
    "NewCondition": ("new",),
    "UsedCondition": ("new", "opened", "used"),
    "DamagedCondition": ("damaged", "defective"),
    "RefurbishedCondition": (),
}
UNLIMITED_DAYS = 36_500
_SILENT = frozenset({"@type", "@context", "@id", "name", "url"})
_OF_RETURNS = (
    "merchantReturnDays",
    "returnFees",
    "customerRemorseReturnFees",
    "refundType",
    "returnMethod",
    "returnLabelSource",
    "restockingFee",
)


def read_start(
    data: bytes, shown_as: str, currency: str | None, countries: Sequence[str] = ()
) -> MarkupStart:
    """What the markup of a file says.

    Args:
        currency: what amounts must be in; None for the markup's own.
        countries: of several policies in a file, the one for one of these is meant.

    Raises:
        InvalidError: no policy, or several, contradictions, prose (7); all of them at once.
    """
    nodes = find_policies(data, shown_as)
    reader = MarkupReader(shown_as, currency)
    node = _chosen(nodes, countries, reader)
    _read(node, reader)
    if reader.problems:
        raise refusal(reader.problems, shown_as, "E-MARKUP-VALUE")
    return reader.found


def _read(node: Node, reader: MarkupReader) -> None:
    reader.node = node
    name = node.get("name")
    if isinstance(name, str) and name.strip() and len(name) <= 200:
        reader.found.said["title"] = " ".join(name.split())
    for step in _STEPS:
        step(reader)
    reader.found.currency = reader.currency
    known = {*_SILENT, *_TOLD}
    for key in node:
        if key not in known:
            reader.leave(key, "A policy has no such thing.")


def _chosen(nodes: Sequence[Node], countries: Sequence[str], reader: MarkupReader) -> Node:
    """The one policy that is meant: for everybody (no member tier), and for the country asked."""
    general = [node for node in nodes if "validForMemberTier" not in node] or list(nodes)
    for node in nodes:
        if node not in general:
            name = str(node.get("name") or "a policy for members")
            reader.leave("validForMemberTier", f"{name!r}: write it as a rule on customer.tier.")
    wanted = [node for node in general if set(countries) & set(_countries(node))]
    found = wanted or general
    if len(found) > 1:
        said = ", ".join("/".join(_countries(node)) or "no country" for node in found)
        problem = Problem(
            "E-MARKUP-SEVERAL",
            f"The file has {len(found)} return policies: for {said}.",
            reader.shown_as,
            hint="Say for which country: --country US; or save the one that is meant alone.",
        )
        raise InvalidError(
            problem.code,
            problem.message,
            where=reader.shown_as,
            hint=problem.hint,
            problems=(problem,),
        )
    return found[0]


def _countries(node: Node) -> list[str]:
    found = []
    for value in as_list(node.get("applicableCountry")):
        try:
            found.append(country_in(value))
        except Unread:
            continue  # told once the policy is read
    return found


def _category(reader: MarkupReader) -> None:
    category = reader.value("returnPolicyCategory", lambda value: one_of(value, CATEGORIES))
    days = _days(reader)
    if category == _NONE:
        for name in _OF_RETURNS:
            if as_list(reader.node.get(name)) and not (name == "merchantReturnDays" and days == 0):
                reader.contradict(name, f"{_NONE} and {name} cannot both be true.")
        reader.found.answers["days"] = None
    elif category == _UNLIMITED:
        if days is not None:
            reader.contradict("merchantReturnDays", f"{_UNLIMITED} has no number of days.")
        reader.found.answers["days"] = UNLIMITED_DAYS
    elif days is not None:
        reader.found.answers["days"] = days
    elif category == _FINITE and not reader.problems:
        reader.contradict("returnPolicyCategory", f"{_FINITE} stands without merchantReturnDays.")
    elif not reader.problems:
        reader.leave("returnPolicyCategory", "It names no number of days; 30 were put in.")


def _days(reader: MarkupReader) -> int | None:
    """Days of the window; a fixed day has no place in the terms of a new policy."""

    def read(value: object) -> int | date:
        return _fixed_day(value) or days_in(value)

    found = reader.value("merchantReturnDays", read)
    if isinstance(found, date):
        reader.leave("merchantReturnDays", f"The fixed day {found}: write it as window.until.")
        return None
    return int(found) if found is not None else None


def _fixed_day(value: object) -> date | None:
    try:
        return parse_day(str(value).strip()[:10])
    except ValueError:
        return None


def _where(reader: MarkupReader) -> None:
    countries = tuple(reader.values("applicableCountry", country_in))
    if countries:
        reader.found.answers["countries"] = countries
    else:
        reader.leave("applicableCountry", "It names none: the policy is for all countries.")
    if as_list(reader.node.get("returnPolicyCountry")):
        reader.leave("returnPolicyCountry", "The address in shop.yaml says it (`return_to`).")
    if as_list(reader.node.get("merchantReturnLink")):
        reader.leave("merchantReturnLink", "It is the shop's: `return_page` in shop.yaml.")


def _fees(reader: MarkupReader) -> None:
    """Who pays the way back for a change of mind; the narrower property wins."""
    general = reader.names("returnFees", FEES)
    remorse = reader.names("customerRemorseReturnFees", FEES)
    if general and remorse and ("FreeReturn" in general) is not ("FreeReturn" in remorse):
        reader.contradict(
            "customerRemorseReturnFees", "It says another thing than returnFees, which is for all."
        )
    amounts = [
        reader.amount(name)
        for name in ("customerRemorseReturnShippingFeesAmount", "returnShippingFeesAmount")
    ]
    amount = next((one for one in amounts if one is not None), None)
    kinds = remorse or general
    if "FreeReturn" in kinds and (len(kinds) > 1 or (amount and amount.strip("0."))):
        reader.contradict("returnFees", "FreeReturn and a fee cannot both be true.")
    answers = reader.found.answers
    if "OriginalShippingFees" in kinds:
        answers["original_shipping"] = "never"
    if "ReturnShippingFees" in kinds and amount is None:
        reader.leave("returnFees", "ReturnShippingFees without an amount: the customer pays.")
    if amount is not None:
        answers |= {"return_shipping": amount, "label": "prepaid"}
    elif "FreeReturn" in kinds or kinds == ["RestockingFees"]:
        answers["label"] = "prepaid"


def _label(reader: MarkupReader) -> None:
    names = ("customerRemorseReturnLabelSource", "returnLabelSource")
    found = [reader.value(name, lambda value: one_of(value, tuple(LABELS))) for name in names]
    label = next((LABELS[one] for one in found if one is not None), None)
    kinds = {*reader.names("returnFees", FEES), *reader.names("customerRemorseReturnFees", FEES)}
    if label == "customer" and "FreeReturn" in kinds:
        reader.contradict("returnLabelSource", "FreeReturn, and the customer provides the label.")
    if label is not None:
        reader.found.answers["label"] = label
        if label == "customer" and reader.found.answers.get("return_shipping"):
            reader.leave("returnShippingFeesAmount", "The customer pays the carrier, not the shop.")
            reader.found.answers["return_shipping"] = "0"


def _defects(reader: MarkupReader) -> None:
    fees = reader.names("itemDefectReturnFees", FEES)
    if fees:
        reader.found.answers["defect_is_free"] = fees == ["FreeReturn"]
    label = reader.value("itemDefectReturnLabelSource", lambda value: one_of(value, tuple(LABELS)))
    if label is not None and LABELS[label] != "prepaid":
        reader.leave("itemDefectReturnLabelSource", "Write it into the rule our-fault.")
    if as_list(reader.node.get("itemDefectReturnShippingFeesAmount")):
        name = "itemDefectReturnShippingFeesAmount"
        reader.leave(name, "Fees are the same for all reasons, or waived.")


def _restocking(reader: MarkupReader) -> None:
    values = as_list(reader.node.get("restockingFee"))
    if values and isinstance(values[0], dict):
        fee = reader.amount("restockingFee")
    else:
        fee = reader.value("restockingFee", percent_in)
    if fee is not None:
        reader.found.answers["restocking"] = fee
    elif reader.names("returnFees", FEES) == ["RestockingFees"] and not values:
        reader.leave("returnFees", "RestockingFees without restockingFee: no fee was put in.")


def _choices(reader: MarkupReader) -> None:
    refunds = reader.names("refundType", tuple(REFUNDS))
    if refunds:
        reader.found.answers["resolutions"] = tuple(REFUNDS[one] for one in refunds)
    grades = [
        grade
        for name in reader.names("itemCondition", tuple(CONDITIONS))
        for grade in CONDITIONS[name]
    ]
    if grades:
        reader.found.answers["conditions"] = tuple(dict.fromkeys(grades))
    elif as_list(reader.node.get("itemCondition")):
        reader.leave("itemCondition", "No grade is like it.")
    for method in reader.names("returnMethod", METHODS):
        if method != "ReturnByMail":
            reader.leave("returnMethod", f"{method} has no place in a policy.")
    if as_list(reader.node.get("inStoreReturnsOffered")):
        reader.leave("inStoreReturnsOffered", "Returns in a shop have no place in a policy.")


def _promise(reader: MarkupReader) -> None:
    for one in as_list(reader.node.get("additionalProperty")):
        if isinstance(one, dict) and one.get("name") == "refund.within_days":
            try:
                reader.found.answers["refund_days"] = days_in(one.get("value"))
                continue
            except Unread:
                pass
        reader.leave("additionalProperty", f"{str(one)[:80]} is not known.")
    reader.found.answers.setdefault("refund_days", None)


def _seasons(reader: MarkupReader) -> None:
    name = "returnPolicySeasonalOverride"
    seasons: list[SeasonStart] = []
    for one in as_list(reader.node.get(name)):
        season = _season(one) if isinstance(one, dict) else None
        if season is None:
            reader.leave(name, f"{str(one)[:80]} lacks its days or its window.")
        elif any(
            season.first_on <= two.last_on and two.first_on <= season.last_on for two in seasons
        ):
            reader.leave(name, f"The season from {season.first_on} overlaps an earlier one.")
        else:
            seasons.append(season)
    reader.found.answers["seasons"] = tuple(seasons)


def _season(node: Mapping[str, object]) -> SeasonStart | None:
    first_on, last_on = _fixed_day(node.get("startDate")), _fixed_day(node.get("endDate"))
    if first_on is None or last_on is None or first_on > last_on:
        return None
    for window in as_list(node.get("merchantReturnDays")):
        until_on = _fixed_day(window)
        if until_on is not None:
            return SeasonStart(first_on, last_on, until_on=until_on)
        try:
            return SeasonStart(first_on, last_on, days_in(window))
        except Unread:
            return None
    return None


_STEPS: tuple[Callable[[MarkupReader], None], ...] = (
    _where,
    _category,
    _choices,
    _fees,
    _label,
    _defects,
    _restocking,
    _promise,
    _seasons,
)
_TOLD = frozenset(
    """applicableCountry returnPolicyCountry merchantReturnLink returnPolicyCategory
    merchantReturnDays returnFees customerRemorseReturnFees returnShippingFeesAmount
    customerRemorseReturnShippingFeesAmount returnLabelSource customerRemorseReturnLabelSource
    itemDefectReturnFees itemDefectReturnLabelSource itemDefectReturnShippingFeesAmount
    restockingFee refundType itemCondition returnMethod inStoreReturnsOffered additionalProperty
    returnPolicySeasonalOverride""".split()
)
