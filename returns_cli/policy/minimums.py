"""Comparing a setting with the least that a law asks for: one small function per kind of setting.

Each answers with the settings that give less, as they must be; nothing where the policy gives as
much or more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from returns_cli.domain import terms
from returns_cli.notation.typed import Leaf
from returns_cli.policy.facts import LineFacts

Improved = Iterator[tuple[str, Leaf]]
Compare = Callable[[str, Leaf, terms.Settings, LineFacts], Improved]


def improved(name: str, least: Leaf, settings: terms.Settings, facts: LineFacts) -> Improved:
    """The settings that become other ones, by name.

    Args:
        name: dotted, of what the law asks for; the window is compared elsewhere, by its last day.
        least: what it asks for.
        settings: those that hold for the line.
    """
    compare = COMPARE.get(name) or COMPARE[name.rpartition(".")[2]]
    return compare(name, least, settings, facts)


def _no_fee(name: str, least: Leaf, settings: terms.Settings, facts: LineFacts) -> Improved:
    """A fee that must not be taken, by no grade either; one that is waived is not."""
    if facts["reason.fault"] in terms.words(settings, "fees.waived_for_fault"):
        return
    own = name.rpartition(".")[2]
    for one, setting in settings.items():
        is_it = one == name or (one.startswith("inspection.") and one.endswith(f".{own}"))
        if is_it and not _is_nothing(str(setting.value)):
            yield one, least


def _is_nothing(fee: str) -> bool:
    return not fee.partition(" ")[0].strip("0.%")


def _same_word(name: str, least: Leaf, settings: terms.Settings, _facts: LineFacts) -> Improved:
    if terms.word(settings, name, str(least.text)) != least.text:
        yield name, least


def _promise(name: str, least: Leaf, settings: terms.Settings, _facts: LineFacts) -> Improved:
    """No later than the law says, whichever way either counts; no promise at all is later."""
    promised = [
        days
        for one in ("refund.within_days", "refund.within_business_days")
        if (days := _calendar_days(one, terms.word(settings, one))) is not None
    ]
    allowed = _calendar_days(name, str(least.text))
    if not promised or (allowed is not None and min(promised) > allowed):
        yield name, least


def _calendar_days(name: str, text: str) -> int | None:
    """The most days that a promise can take; working days have their weekends added."""
    if not text.isdecimal():
        return None
    days = int(text)
    return days + 2 * ((days + 4) // 5) if name.endswith("business_days") else days


def _shipping(name: str, least: Leaf, settings: terms.Settings, _facts: LineFacts) -> Improved:
    if terms.word(settings, name, "never") == "never":
        yield name, least


def _label(name: str, least: Leaf, settings: terms.Settings, _facts: LineFacts) -> Improved:
    """A label that the customer pays becomes one that the shop pays."""
    if terms.word(settings, name, "customer") == "customer":
        yield name, least


def _at_least(name: str, least: Leaf, settings: terms.Settings, _facts: LineFacts) -> Improved:
    days = terms.whole(settings, name)
    if days is not None and isinstance(least.value, int) and days < least.value:
        yield name, least


def _at_most(name: str, least: Leaf, settings: terms.Settings, _facts: LineFacts) -> Improved:
    number = terms.whole(settings, name)
    if number is not None and isinstance(least.value, int) and number > least.value:
        yield name, least


def _share(name: str, least: Leaf, settings: terms.Settings, _facts: LineFacts) -> Improved:
    """A grade that the policy knows pays at least this share."""
    text = terms.word(settings, name)
    if text and terms.read_percent(text) < terms.read_percent(str(least.text)):
        yield name, least


def _offers(name: str, least: Leaf, settings: terms.Settings, _facts: LineFacts) -> Improved:
    """Every word that the law wants on the list."""
    own = terms.words(settings, name)
    missing = [word for word in least.text if word not in own]
    if missing:
        words = (*own, *missing)
        yield name, least._replace(value=words, text=words)


def _accepts(name: str, least: Leaf, settings: terms.Settings, facts: LineFacts) -> Improved:
    """The condition that the customer stated, where the law accepts goods in it."""
    own = terms.words(settings, name)
    stated = facts["condition"]
    if stated in least.text and stated not in [word.casefold() for word in own]:
        words = (*own, str(stated))
        yield name, least._replace(value=words, text=words)


COMPARE: Mapping[str, Compare] = {
    "resolutions": _offers,
    "condition": _accepts,
    "evidence.photos": _at_most,
    "fees.restocking": _no_fee,
    "fees.return_shipping": _no_fee,
    "fees.transfer": _no_fee,
    "label.kind": _label,
    "label.valid_days": _at_least,
    "refund.to": _same_word,
    "refund.within_days": _promise,
    "refund.within_business_days": _promise,
    "refund.original_shipping": _shipping,
    "refund": _share,
}
"""By name; a grade's share by the last part of its name."""
