"""What the report on customers is made from, and what it says of it in sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from returns_cli.domain.reported import Scope
from returns_cli.domain.reported_customers import PersonReturn, PersonWorth
from returns_cli.insight.loyalty import LEAST_GAPS, After, Patron, Serial, few_of_most
from returns_cli.insight.report import REASON_NARROWS, Share
from returns_cli.insight.statistics import rose
from returns_cli.insight.words import counted, out_of

_SURE = 0.01  # how seldom chance alone may make a difference that is told

_WHO = (
    "A customer is the source's customer id, else the mail address; without an id they are shown "
    "by the number that `returns export --redact` gives them."
)
_WHAT = (
    "Orders of which nothing was delivered do not count, nor what went back to its sender. A unit "
    "counts as back when it has arrived."
)


class CustomerFacts(NamedTuple):
    """What the report is made from.

    Attributes:
        expected: of all orders of known people, those that something came back of.
        quiet: the days after which somebody who came no more counts as lost; ``gaps``, from how
            many second orders that is known.
        worth: of the people in ``serial`` and ``lost``.
        nameless: orders that name nobody.
        until: the number of the last day.
        shown: how a person is shown.
    """

    people: Sequence[Patron]
    expected: Share
    serial: Sequence[Serial]
    quiet: int
    gaps: int
    again: Mapping[After, Share]
    lost: Sequence[tuple[Patron, PersonReturn]]
    worth: Sequence[PersonWorth]
    nameless: int
    until: int
    shown: Callable[[str], str]


def customer_findings(facts: CustomerFacts) -> list[str]:
    """Sentences on the figures, the weightiest first."""
    people = facts.people
    if not people:
        return ["No order of these days names its customer."]
    few, any_back = few_of_most(people)
    share = Share(any_back, len(people))
    found = [f"{out_of(share, 'customer')} sent something back."]
    if any_back > 1:
        found.append(f"Half of what came back came from {few} of them.")
    found += [*_on_again(facts), *_on_lost(facts), *_on_serial(facts), *_on_first(people)]
    return found


def _on_again(facts: CustomerFacts) -> list[str]:
    bad, none = facts.again["bad_return"], facts.again["no_return"]
    if not bad.whole or not none.whole:
        return []
    said = (
        f"Within {facts.quiet} days customers ordered again after {out_of(bad, 'bad return')}, "
        f"and after {out_of(none, 'order')} without a return"
    )
    quiet_bad, quiet_none = bad.whole - bad.part, none.whole - none.part
    if rose(quiet_bad, bad.whole, quiet_none, none.whole) < _SURE:
        return [f"{said}: more than chance explains."]
    return [f"{said}; chance alone may make that difference."]


def _on_lost(facts: CustomerFacts) -> list[str]:
    count = len(facts.lost)
    if not count:
        return []
    was = "was" if count == 1 else "were"
    return [f"{counted(count, 'customer')} {was} lost after a bad return."]


def _on_serial(facts: CustomerFacts) -> list[str]:
    if not facts.serial:
        return []
    most = facts.serial[0].patron
    share = Share(most.orders_back, len(most.orders))
    who = counted(len(facts.serial), "customer")
    verb = "sends" if len(facts.serial) == 1 else "send"
    name = facts.shown(most.person)
    said = (
        f"{who} {verb} back more often than chance explains; most of all {name}: "
        f"{out_of(share, 'order')}, and {most.fault} of {counted(most.back, 'unit')} for the "
        "shop's own fault."
    )
    return [said]


def _on_first(people: Sequence[Patron]) -> list[str]:
    orders = [order for one in people for order in one.orders]
    first = Share(sum(o.back > 0 for o in orders if o.is_first), sum(o.is_first for o in orders))
    back = sum(o.back > 0 for o in orders)
    later = Share(back - first.part, len(orders) - first.whole)
    if first.whole and later.whole and rose(*first, *later) < _SURE:
        said = f"{out_of(first, 'order')}, later ones {out_of(later, 'order')}"
        return [f"First orders come back more: {said}."]
    return []


def customer_notes(scope: Scope, facts: CustomerFacts) -> list[str]:
    """How it was counted, and who is left out."""
    notes = [_WHO, _WHAT, _on_quiet(facts)]
    if scope.reason:
        notes.append(REASON_NARROWS)
    if facts.nameless:
        notes.append(
            f"{counted(facts.nameless, 'order')} left out: they name nobody, or their customer "
            "was erased."
        )
    return notes


def _on_quiet(facts: CustomerFacts) -> str:
    if facts.gaps < LEAST_GAPS:
        return f"{facts.quiet} days are meant while too few customers ordered again to tell."
    return (
        f"{facts.quiet} days: of {facts.gaps:,} times that a customer ordered again, nine of "
        "ten were within so many (at least 30, at most 365 are meant)."
    )
