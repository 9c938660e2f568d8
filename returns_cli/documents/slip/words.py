"""What a slip promises, in words: what comes back, when, and for which kind of return."""

from __future__ import annotations

from typing import Literal

from returns_cli.documents.facts import Promise, SlipFacts, SlipLine
from returns_cli.messages import Catalogue
from returns_cli.messages.formats import money_text

Gain = Literal["gift", "money", "credit", "goods", "nothing"]


def gain_of(facts: SlipFacts) -> Gain:
    """What the customer gets in the end; a gift never tells more than that it is one."""
    if facts.is_gift:
        return "gift"
    wanted = {line.resolution for line in facts.lines}
    if "refund" not in wanted and "store_credit" not in wanted:
        return "goods"
    if facts.total_minor == 0:
        return "nothing"
    return "money" if "refund" in wanted else "credit"


def when_text(promise: Promise, texts: Catalogue) -> str:
    """``within 5 days after inspection``, or ``after inspection`` without a number."""
    base = f"slip.when.{promise.after}"
    if promise.within_days is None:
        return texts.text(f"{base}.plain")
    unit = "business_days" if promise.is_business else "days"
    return texts.count(f"{base}.{unit}", promise.within_days)


def gain_sentence(facts: SlipFacts, texts: Catalogue) -> str:
    """One sentence: what comes back and when; with the amount only where one was quoted."""
    gain, when = gain_of(facts), when_text(facts.promise, texts)
    if gain in {"money", "credit"} and facts.total_minor is not None:
        amount = money_text(facts.total_minor, facts.currency, texts.locale)
        return texts.text(f"slip.quote.{gain}", amount=amount, when=when)
    if gain in {"money", "credit"}:
        return texts.text(f"slip.steps.{gain}", when=when)
    return texts.text(f"slip.quote.{gain}", when=when)


def settled_sentence(facts: SlipFacts, texts: Catalogue) -> str:
    """What comes back and when, and the difference of an exchange, to get or to pay."""
    sentences = [gain_sentence(facts, texts)]
    difference = facts.total_minor if gain_of(facts) == "goods" else None
    for key, minor in (("difference", difference), ("owed", facts.owed_minor)):
        if minor and not facts.is_gift:
            amount = money_text(minor, facts.currency, texts.locale)
            sentences.append(texts.text(f"slip.quote.{key}", amount=amount))
    return " ".join(sentences)


def outcome_text(line: SlipLine, facts: SlipFacts, texts: Catalogue) -> str:
    """What was promised for one line."""
    if facts.is_gift and line.resolution in {"refund", "store_credit"}:
        return texts.text("slip.outcome.gift")
    if line.resolution == "exchange" and line.exchange_sku:
        return texts.text("slip.outcome.exchange_for", sku=line.exchange_sku)
    key = f"slip.outcome.{line.resolution}"
    return texts.text(key) if texts.has(key) else line.resolution
