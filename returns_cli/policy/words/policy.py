"""A whole policy in words, made from the same text that decides.

Terms come first, in the order in which a customer asks: until when, for what, in what condition, at
what cost. Then the exceptions, each under the sentence that its merchant gave. What a merchant
wrote stands as written; everything else is a whole sentence of the message catalogue.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import cast

from returns_cli.domain.terms import Fee
from returns_cli.messages import catalogue
from returns_cli.notation.typed import Leaf
from returns_cli.policy.language import Policy
from returns_cli.policy.schema import FAULTS
from returns_cli.policy.tables import default_tables
from returns_cli.policy.words.example import example_grid
from returns_cli.policy.words.outline import Block, Bullets, Grid, Item, Outline, Section
from returns_cli.policy.words.rules import rule_section
from returns_cli.policy.words.terms import Held, grade_sentence, sentences, value_of
from returns_cli.policy.words.words import Words

TOPIC = "policy"
_EXAMPLE_ON = date(2026, 3, 5)
_LATEST = date.max


def explain_policy(policy: Policy, language: str) -> Outline:
    """The policy as a document that a customer can read.

    Args:
        language: BCP 47 tag; English where no catalogue speaks it.
    """
    words = Words(policy, catalogue(language, TOPIC))
    note = words.text("head.identity", policy=words.quoted(policy.id), version=policy.version)
    before = (
        ("orders", _orders(words)),
        ("window", _window(words)),
        ("choices", _choices(words)),
        ("condition", _named(words, "condition", "evidence.photos")),
        ("costs", _costs(words)),
        ("label", _named(words, "label.kind", "label.valid_days", "return_to")),
        ("refund", _refund(words)),
        ("credit", _credit(words)),
        ("inspection", _inspection(words)),
        ("example", (example_grid(words, _grades(policy.terms)),)),
        (
            "review",
            (
                *_named(words, "inspect.within_days", "inspect.four_eyes", "review.above"),
                words.text("review.unknown"),
            ),
        ),
    )
    after = (("reasons", _reasons(words)), ("rights", _rights(words)))
    sections = [Section(words.text(f"head.{key}"), blocks) for key, blocks in before if blocks]
    rules = tuple(rule_section(one, words, policy.terms) for one in policy.rules if one.is_enabled)
    if rules:
        intro = words.text("rules.intro")
        sections.append(Section(words.text("head.rules"), (intro,), rules))
    sections += [Section(words.text(f"head.{key}"), blocks) for key, blocks in after if blocks]
    return Outline(policy.title, words.texts.language.replace("_", "-"), note, tuple(sections))


def _bullets(texts: list[str]) -> tuple[Block, ...]:
    return (Bullets(tuple(Item(text) for text in texts)),) if texts else ()


def _named(words: Words, *names: str) -> tuple[Block, ...]:
    """What these settings mean; one that neither stands there nor has a usual value is left out."""
    terms = words.policy.terms
    known = [name for name in names if name in terms or value_of(terms, name) is not None]
    return _bullets(sentences(known, words, terms))


def _orders(words: Words) -> tuple[Block, ...]:
    policy = words.policy
    said = [words.text("orders.currency", currency=words.currency())]
    said += _period(words)
    if policy.countries:
        countries = words.all_of(words.country(one) for one in policy.countries)
        said.append(words.text("orders.countries", countries=countries))
    if policy.channels:
        channels = words.any_of(words.quoted(one) for one in policy.channels)
        said.append(words.text("orders.channels", channels=channels))
    if policy.customer_tags:
        tags = words.any_of(words.quoted(one) for one in policy.customer_tags)
        said.append(words.text("orders.customer_tags", tags=tags))
    if policy.parent is not None:
        said.append(words.text("orders.extends", policy=words.quoted(policy.parent.title)))
    return _bullets(said)


def _period(words: Words) -> list[str]:
    edges = {"from": words.policy.effective_from, "until": words.policy.effective_until}
    days = {name: words.day(day) for name, day in edges.items() if day is not None}
    if not days:
        return []
    key = "period" if len(days) == 2 else next(iter(days))
    return [words.text(f"orders.{key}", **days)]


def _window(words: Words) -> tuple[Block, ...]:
    terms = words.policy.terms
    names = ["window.days", "window.count", "window.judged_on"]
    names += [
        name
        for name in ("window.if_unknown.from", "window.until", "window.rolls_to_business_day")
        if name in terms and terms[name].value not in (None, False)
    ]
    return _bullets([*sentences(names, words, terms), _window_example(words)])


def _window_example(words: Words) -> str:
    """One window counted out; the sentence names the day's number, which is what surprises."""
    terms = words.policy.terms
    days = cast("int", value_of(terms, "window.days"))
    count = str(value_of(terms, "window.count"))
    later = days - 1 if count == "inclusive" else days
    until = _EXAMPLE_ON + timedelta(days=min(later, (_LATEST - _EXAMPLE_ON).days))
    return words.text(
        f"window.example.{count}",
        n=words.number(days),
        **{"from": words.day(_EXAMPLE_ON), "until": words.day(until)},
    )


def _choices(words: Words) -> tuple[Block, ...]:
    resolutions = cast("tuple[str, ...]", value_of(words.policy.terms, "resolutions"))
    exchange = ("exchange.for", "exchange.price") if "exchange" in resolutions else ()
    return _named(words, "resolutions", *exchange)


def _costs(words: Words) -> tuple[Block, ...]:
    terms = words.policy.terms
    names = ["fees.restocking", "fees.return_shipping"]
    names += ["fees.transfer"] if value_of(terms, "fees.transfer") else []
    names += ["fees.waived_for_fault"] if value_of(terms, "fees.waived_for_fault") else []
    names += ["clawback.discount_below", "clawback.gift_below"]
    return _named(words, *names)


def _refund(words: Words) -> tuple[Block, ...]:
    return _named(words, "refund.to", "refund.after", "refund.original_shipping")


def _credit(words: Words) -> tuple[Block, ...]:
    """Terms of store credit, where a customer can get any."""
    terms = words.policy.terms
    resolutions = cast("tuple[str, ...]", value_of(terms, "resolutions"))
    if "store_credit" not in resolutions and value_of(terms, "refund.to") != "store_credit":
        return ()
    names = ["store_credit.bonus", "store_credit.bonus_cap", "store_credit.expires_days"]
    return _named(words, *(name for name in names if name in terms or name.endswith("bonus")))


def _grades(terms: Held) -> tuple[str, ...]:
    """Grades that the terms know, in the order of the file."""
    names = (name.split(".")[1] for name in terms if name.startswith("inspection."))
    return tuple(dict.fromkeys(names))


def _inspection(words: Words) -> tuple[Block, ...]:
    terms = words.policy.terms
    keys = ("grade", "refund", "restocking", "disposition")
    said = []
    rows = []
    for grade in _grades(terms):
        parts = [
            part
            for part in ("refund", "restocking", "disposition")
            if f"inspection.{grade}.{part}" in terms
        ]
        said += [Item(grade_sentence(grade, part, words, terms)) for part in parts]
        rows.append(_inspection_row(grade, words, terms))
    columns = tuple(words.text(f"inspection.table.{key}") for key in keys)
    intro = words.text("inspection.intro")
    return (Grid(intro, columns, tuple(rows), tuple(said)),)


def _inspection_row(grade: str, words: Words, terms: Held) -> tuple[str, ...]:
    def leaf(part: str) -> Leaf | None:
        return terms.get(f"inspection.{grade}.{part}")

    share, goes = leaf("refund"), leaf("disposition")
    own = leaf("restocking")
    fee = cast("Fee", own.value if own is not None else value_of(terms, "fees.restocking"))
    paid = cast("int", share.value) if share is not None else 0
    return (
        words.grade(grade),
        words.percent(paid),
        _restocking(words, fee if paid else Fee()),
        words.disposition(str(goes.value)) if goes is not None else "",
    )


def _restocking(words: Words, fee: Fee) -> str:
    if fee.basis_points:
        return words.percent(fee.basis_points)
    if not fee.amount_minor:
        return words.text("inspection.table.no_fee")
    return words.text("inspection.table.per_unit", fee=words.amount(fee.amount_minor))


def _reasons(words: Words) -> tuple[Block, ...]:
    """Reasons by who is responsible: only those that the policy's own text or rules speak of."""
    reasons = words.policy.tables.reasons
    if not _tells_faults(words.policy):
        return ()
    blocks: list[Block] = []
    for fault in FAULTS:
        codes = [code for code, one in reasons.items() if one.fault.value == fault]
        if codes:
            items = tuple(Item(words.reason(code)) for code in codes)
            blocks += [words.text(f"reasons.{fault}"), Bullets(items)]
    return tuple(blocks)


def _rights(words: Words) -> tuple[Block, ...]:
    said = [words.text("displayed.yes")] if words.policy.is_displayed else []
    return _bullets([words.text(f"legal_floor.{words.policy.legal_floor}"), *said])


def _tells_faults(policy: Policy) -> bool:
    """Whether anything hangs on who is responsible."""
    waived = value_of(policy.terms, "fees.waived_for_fault")
    names = {name for rule in policy.rules for name in rule.facts}
    own = policy.tables.reasons != default_tables().reasons
    return bool(waived) or own or bool({"reason", "reason.fault"} & names)
