"""Each setting of a policy as one sentence, for the terms and for what a rule changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import cast

from returns_cli.domain.terms import Fee
from returns_cli.notation.scalars import MonthDay
from returns_cli.notation.typed import Leaf
from returns_cli.policy.words.words import Words

Held = Mapping[str, Leaf]
"""The settings that hold, by dotted name."""

Say = Callable[[Words, Held], str]

USUAL: Mapping[str, object] = {
    "window.from": "delivered",
    "window.count": "exclusive",
    "window.judged_on": "requested",
    "window.if_unknown.plus_days": 0,
    "exchange.for": "any",
    "exchange.price": "any",
    "evidence.photos": 0,
    "fees.restocking": Fee(),
    "fees.return_shipping": 0,
    "fees.transfer": 0,
    "fees.waived_for_fault": (),
    "label.kind": "customer",
    "refund.to": "original_payment",
    "refund.after": "inspected",
    "refund.original_shipping": "never",
    "store_credit.bonus": Fee(),
    "return_to": "main",
}
"""What holds where a policy does not say it; settings that are not here are then not said."""


def value_of(held: Held, name: str) -> object:
    """The typed value of a setting, or what holds without it."""
    leaf = held.get(name)
    return USUAL.get(name) if leaf is None else leaf.value


def _number(held: Held, name: str) -> int:
    return cast("int", value_of(held, name) or 0)


def _word(held: Held, name: str) -> str:
    return str(value_of(held, name))


def _words(held: Held, name: str) -> tuple[str, ...]:
    return cast("tuple[str, ...]", value_of(held, name))


def _window(words: Words, held: Held) -> str:
    return words.count(f"window.days.{_word(held, 'window.from')}", _number(held, "window.days"))


def _if_unknown(words: Words, held: Held) -> str:
    start = _word(held, "window.if_unknown.from")
    days = _number(held, "window.if_unknown.plus_days")
    if not days:
        return words.text(f"window.if_unknown.plain.{start}")
    return words.count(f"window.if_unknown.plus_days.{start}", days)


def _until(words: Words, held: Held) -> str:
    until = value_of(held, "window.until")
    if until is None:
        return words.text("window.until.none")
    kind = "every_year" if isinstance(until, MonthDay) else "date"
    return words.text(f"window.until.{kind}", day=words.day(cast("date | MonthDay", until)))


def _chosen(key: str) -> Say:
    """The sentence of the word that stands there."""

    def say(words: Words, held: Held) -> str:
        return words.text(f"{key}.{_word(held, key)}")

    return say


def _switched(key: str) -> Say:
    def say(words: Words, held: Held) -> str:
        return words.text(f"{key}.{'yes' if value_of(held, key) else 'no'}")

    return say


def _counted(key: str, nothing: int | None = None) -> Say:
    """A number; ``nothing`` is the one that stands for none at all."""

    def say(words: Words, held: Held) -> str:
        found = value_of(held, key)
        if found == nothing:
            return words.text(f"{key}.none")
        return words.count(f"{key}.some", cast("int", found))

    return say


def _charged(key: str, place: str = "fee") -> Say:
    """A percentage, an amount, or nothing."""

    def say(words: Words, held: Held) -> str:
        found = value_of(held, key)
        fee = found if isinstance(found, Fee) else Fee(amount_minor=cast("int", found))
        if not fee.basis_points and not fee.amount_minor:
            return words.text(f"{key}.none")
        kind = "percent" if fee.basis_points else "amount"
        return words.text(f"{key}.{kind}", **{place: words.fee(fee)})

    return say


def _resolutions(words: Words, held: Held) -> str:
    names = [words.choice("resolution", one) for one in _words(held, "resolutions")]
    return words.text("resolutions.all", choices=words.any_of(names))


def _condition(words: Words, held: Held) -> str:
    grades = [words.quoted(words.grade(one)) for one in _words(held, "condition")]
    return words.text("condition.all", grades=words.any_of(grades))


def _waived(words: Words, held: Held) -> str:
    faults = [words.choice("fault", one) for one in _words(held, "fees.waived_for_fault")]
    if not faults:
        return words.text("fees.waived_for_fault.none")
    return words.text("fees.waived_for_fault.some", faults=words.any_of(faults))


def _when_paid(words: Words, held: Held) -> str:
    after = f"refund.when.{_word(held, 'refund.after')}"
    for name, key in (("within_business_days", "business_days"), ("within_days", "days")):
        leaf = held.get(f"refund.{name}")
        if leaf is not None:
            return words.count(f"{after}.{key}", cast("int", leaf.value))
    return words.text(f"{after}.plain")


def _cap(words: Words, held: Held) -> str:
    cap = value_of(held, "store_credit.bonus_cap")
    if cap is None:
        return words.text("store_credit.bonus_cap.none")
    return words.text("store_credit.bonus_cap.some", amount=words.amount(cast("int", cap)))


def _review(words: Words, held: Held) -> str:
    above = value_of(held, "review.above")
    if above is None:
        return words.text("review.none")
    return words.text("review.above", amount=words.amount(cast("int", above)))


def _clawback(name: str) -> Say:
    """What must be kept for a promotion; nothing where none is taken back."""

    def say(words: Words, held: Held) -> str:
        below = value_of(held, f"clawback.{name}")
        if below is None:
            return words.text(f"clawback.{name}.none")
        return words.text(f"clawback.{name}.some", amount=words.amount(cast("int", below)))

    return say


def _return_to(words: Words, held: Held) -> str:
    return words.text("return_to.name", name=words.quoted(_word(held, "return_to")))


def _four_eyes(words: Words, held: Held) -> str:
    grades = [words.quoted(words.grade(one)) for one in _words(held, "inspect.four_eyes")]
    if not grades:
        return words.text("inspect.four_eyes.none")
    return words.text("inspect.four_eyes.some", grades=words.any_of(grades))


SENTENCES: Mapping[str, Say] = {
    "window.days": _window,
    "window.from": _window,
    "window.count": _chosen("window.count"),
    "window.judged_on": _chosen("window.judged_on"),
    "window.if_unknown.from": _if_unknown,
    "window.if_unknown.plus_days": _if_unknown,
    "window.until": _until,
    "window.rolls_to_business_day": _switched("window.rolls_to_business_day"),
    "resolutions": _resolutions,
    "exchange.for": _chosen("exchange.for"),
    "exchange.price": _chosen("exchange.price"),
    "condition": _condition,
    "evidence.photos": _counted("evidence.photos", 0),
    "fees.restocking": _charged("fees.restocking"),
    "fees.return_shipping": _charged("fees.return_shipping"),
    "fees.transfer": _charged("fees.transfer"),
    "fees.waived_for_fault": _waived,
    "label.kind": _chosen("label.kind"),
    "label.valid_days": _counted("label.valid_days"),
    "return_to": _return_to,
    "refund.to": _chosen("refund.to"),
    "refund.after": _when_paid,
    "refund.within_days": _when_paid,
    "refund.within_business_days": _when_paid,
    "refund.original_shipping": _chosen("refund.original_shipping"),
    "store_credit.bonus": _charged("store_credit.bonus", "bonus"),
    "store_credit.bonus_cap": _cap,
    "store_credit.expires_days": _counted("store_credit.expires_days"),
    "inspect.within_days": _counted("inspect.within_days"),
    "inspect.four_eyes": _four_eyes,
    "clawback.discount_below": _clawback("discount_below"),
    "clawback.gift_below": _clawback("gift_below"),
    "review.above": _review,
    "keep_item": _switched("keep_item"),
}
"""One speaker per setting; those of a grade are said by :func:`grade_sentence`."""


def sentence(name: str, words: Words, held: Held) -> str:
    """What one setting means.

    Args:
        name: dotted, ``inspection.opened.refund`` included.
        held: all settings that hold with it.
    """
    if name.startswith("inspection."):
        _, grade, part = name.split(".")
        return grade_sentence(grade, part, words, held)
    return SENTENCES[name](words, held)


def grade_sentence(grade: str, part: str, words: Words, held: Held) -> str:
    """What ``refund``, ``disposition`` or ``restocking`` of a grade means."""
    named = words.grade(grade)
    value = held[f"inspection.{grade}.{part}"].value
    if part == "refund" and not value:
        return words.text("inspection.refund_none", grade=named)
    if part == "refund":
        return words.text("inspection.refund", grade=named, share=words.percent(cast("int", value)))
    if part == "disposition":
        goes = words.disposition(str(value))
        return words.text("inspection.disposition", grade=named, disposition=goes)
    fee = cast("Fee", value)
    if not fee.basis_points and not fee.amount_minor:
        return words.text("inspection.restocking.none", grade=named)
    kind = "percent" if fee.basis_points else "amount"
    return words.text(f"inspection.restocking.{kind}", grade=named, fee=words.fee(fee))


def sentences(names: Iterable[str], words: Words, held: Held) -> list[str]:
    """What several settings mean, each thing said once."""
    return list(dict.fromkeys(sentence(name, words, held) for name in names))
