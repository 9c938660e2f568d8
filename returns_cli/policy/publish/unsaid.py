"""Why product feeds cannot say some settings, and which values go without saying."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import cast

from returns_cli.policy.publish.plan import NotSaid, Plan
from returns_cli.policy.publish.sides import days_after_delivery, waives_restocking
from returns_cli.policy.rules import Rule
from returns_cli.policy.words.terms import Held, value_of

_BY_REASON = frozenset({"label.kind", "fees.return_shipping", "fees.waived_for_fault"})
_IN_SEASON = frozenset({"window.days", "window.until"})

USUAL: Mapping[str, object] = {
    "window.rolls_to_business_day": False,
    "window.judged_on": "requested",
    "window.until": None,
    "evidence.photos": 0,
    "exchange.for": "any",
    "exchange.price": "any",
    "fees.transfer": 0,
    "refund.original_shipping": "never",
    "clawback.discount_below": None,
    "clawback.gift_below": None,
    "review.above": None,
}

NO_PLACE: Mapping[str, str] = {
    "window.rolls_to_business_day": "A last day that moves to the next working day has no field.",
    "window.judged_on": "That the parcel itself must be in time has no field.",
    "window.until": "A window that is open to a fixed day has no field outside a season.",
    "window.if_unknown": "What counts where the delivery is not known has no field.",
    "evidence.photos": "Photos that are asked for have no field.",
    "exchange.for": "What goods may be exchanged for has no field.",
    "exchange.price": "What an exchange may cost has no field.",
    "fees.transfer": "A fee for paying by bank has no field.",
    "label.valid_days": "How long an approval is valid has no field.",
    "refund.after": "The event that a refund waits for has no field.",
    "refund.within_business_days": "A promise in working days has no field.",
    "refund.original_shipping": "Paying back the order's own shipping has no field.",
    "store_credit": "Bonus and expiry of store credit have no field.",
    "inspection": "Grades, and what is paid for each, have no field.",
    "inspect": "By when, and by whom, goods are inspected has no field.",
    "review": "That a person looks at large amounts has no field.",
    "clawback": "Taking back a promotion of which too little is kept has no field.",
    "keep_item": "Letting the customer keep the goods has no field for some returns only.",
}
"""By setting, or by its first part for all of it."""


def not_said(plan: Plan, of_rules: Iterable[tuple[Rule, frozenset[str]]]) -> Iterator[NotSaid]:
    """What of a policy a feed leaves out.

    Args:
        of_rules: rules that the feed does say, each with the settings that it says of it.
    """
    policy = plan.policy
    yield from _settings(policy.terms)
    if policy.channels:
        yield NotSaid(policy.shown_as, "applies_to.channels", "Channels have no field.")
    if policy.customer_tags:
        yield NotSaid(policy.shown_as, "applies_to.customer_tags", "Tags have no field.")
    if policy.effective_from or policy.effective_until:
        yield NotSaid(policy.shown_as, "effective", "Days that a policy holds for have no field.")
    for rule, said in of_rules:
        for name, leaf in rule.settings.items():
            if name not in said:
                key = _key_without_place(name)
                why = NO_PLACE[key] if key else "For the cases of this rule alone it has no field."
                yield NotSaid(leaf.at, f"{rule.id}: {name}", why)
        yield from _verdicts(rule)
    for rule in plan.unplaced:
        yield NotSaid(rule.at, rule.id, f"The rule has no field: {rule.why}")


def _verdicts(rule: Rule) -> Iterator[NotSaid]:
    """What a rule does beside setting something."""
    others = (
        ("deny", rule.deny),
        ("review", rule.review),
        ("approve", rule.approve),
        ("ask.question", rule.question),
        ("ask.photos", rule.photos),
    )
    for name, leaf in others:
        if leaf is not None:
            yield NotSaid(leaf.at, f"{rule.id}: {name}", f"The rule has no field: {rule.why}")


def _settings(held: Held) -> Iterator[NotSaid]:
    """One line for each setting without a place, unless its value goes without saying."""
    seen: set[str] = set()
    for name, leaf in held.items():
        key = _key_without_place(name)
        if key is None or key in seen or (name in USUAL and leaf.value == USUAL[name]):
            continue
        seen.add(key)
        yield NotSaid(leaf.at, key, NO_PLACE[key])


def _key_without_place(name: str) -> str | None:
    """The setting's entry among those without a place: its own, or that of what it belongs to."""
    parts = name.split(".")
    keys = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((key for key in keys if key in NO_PLACE), None)


def said_of_rules(plan: Plan, everywhere: frozenset[str]) -> list[tuple[Rule, frozenset[str]]]:
    """The rules that a feed says, each with the settings that it says of it."""
    by_reason = [(one, _BY_REASON if one.facts else everywhere) for one in plan.by_reason]
    tiers = [(one.rule, everywhere) for one in plan.tiers]
    return [*by_reason, *tiers, *((one.rule, _IN_SEASON) for one in plan.seasons)]


def window_not_said(plan: Plan) -> Iterator[NotSaid]:
    """Windows that feeds count in another way than the policy."""
    terms = plan.policy.terms
    start = terms["window.from"]
    if days_after_delivery(terms) is None:
        why = "Feeds count from the delivery only, so no number of days is given."
        yield NotSaid(start.at, "window.from", why)
    elif start.value == "last_parcel":
        why = "Feeds count from the delivery; that parcels of an order come later has no field."
        yield NotSaid(start.at, "window.from", why)
    if value_of(terms, "window.count") == "inclusive" and days_after_delivery(terms) is not None:
        why = "Feeds do not count the day of delivery, so one day less is given."
        yield NotSaid(terms["window.count"].at, "window.count", why)
    for season in plan.seasons:
        if season.until_on is not None:
            leaf = season.rule.settings["window.until"]
            why = "The season is given with its fixed last day; that a later one may hold is not."
            yield NotSaid(leaf.at, f"{season.rule.id}: window.until", why)
    for rule in plan.over:
        yield NotSaid(rule.at, rule.id, "Its season is over.")


def words_not_said(
    plan: Plan,
    labels: Mapping[str, str],
    refunds: Mapping[str, str],
    grades: Mapping[str, str],
) -> Iterator[NotSaid]:
    """Words of the terms that a feed has no word for."""
    terms = plan.policy.terms
    if waives_restocking(terms):
        why = "A restocking fee is given for every reason; that it is waived for some is not."
        yield NotSaid(terms["fees.waived_for_fault"].at, "fees.waived_for_fault", why)
    label = terms.get("label.kind")
    if label is not None and label.value not in labels:
        yield NotSaid(label.at, "label.kind", f"There is no word for `{label.value}`.")
    for name, known in (("resolutions", refunds), ("condition", grades)):
        unknown = [one for one in cast("tuple[str, ...]", terms[name].value) if one not in known]
        if unknown:
            why = f"There is no word for {', '.join(unknown)}."
            yield NotSaid(terms[name].at, name, why)
