"""Policies: what they decided, which rules did it, and where people said otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from returns_cli.domain.reported import Decided, Judged, Scope, numbered_day
from returns_cli.insight.periods import period_of
from returns_cli.insight.report import (
    COUNTED_WHOLE,
    Cell,
    Chart,
    Column,
    Period,
    Report,
    Share,
    Table,
)
from returns_cli.insight.timeline import Sums, timeline
from returns_cli.insight.words import counted, out_of, quoted

_VERDICTS = ("approve", "partial", "deny", "review")
_COUNTED = (
    "Returns count on the day they were asked for, by the verdict they have now; lines count once "
    "for each rule and each code."
)


def policies_report(
    scope: Scope, period: Period, judged: Sequence[Judged], decided: Sequence[Decided]
) -> Report:
    """Put the report together.

    Args:
        scope: what was asked for.
        period: its days, as the report states them.
        judged: returns as they were judged last.
        decided: lines by the rule or code that decided them.
    """
    return Report(
        "policies",
        "What policies decide",
        period,
        scope.filters,
        (
            _policy_table(judged),
            _period_table(period, judged),
            _word_table("rules", "Rules that set something", "Rule", decided, is_rule=True),
            _word_table("codes", "Why lines were denied or looked at", "Code", decided),
            _people_table(judged),
        ),
        (
            Chart("bars", "policies", "Verdicts by policy", "policy", _VERDICTS),
            Chart("columns", "periods", "Verdicts", "period", _VERDICTS),
        ),
        tuple(_findings(judged, decided)),
        (_COUNTED, *((COUNTED_WHOLE,) if scope.category or scope.reason else ())),
    )


_COUNTS = (
    Column("returns", "Returns", "count"),
    Column("approve", "Approved", "count"),
    Column("partial", "Partly", "count"),
    Column("deny", "Denied", "count"),
    Column("review", "Review", "count"),
    Column("overruled", "Overruled", "count"),
)


def _counted(
    judged: Sequence[Judged], key: Callable[[Judged], tuple[str, ...]]
) -> Iterator[tuple[tuple[str, ...], tuple[int, ...]]]:
    """By a key the counts of :data:`_COUNTS`."""
    totals = Sums()
    for one in judged:
        verdicts = (one.returns * (one.verdict == word) for word in _VERDICTS)
        totals.add(key(one), one.returns, *verdicts, one.returns * is_overruled(one))
    for found in totals:
        yield found, totals.of(found, len(_COUNTS))


def _policy_table(judged: Sequence[Judged]) -> Table:
    rows = tuple(
        (policy or None, version, *counts)
        for (policy, version), counts in _counted(judged, lambda one: (one.policy, one.version))
    )
    return Table(
        "policies",
        "Policies, each text of its own",
        (
            Column("policy", "Policy", "text"),
            Column("version", "Text", "text"),
            *_COUNTS,
        ),
        rows,
        "Text: the beginning of its version. Overruled: a person approved what the policy denied, "
        "or denied what it approved.",
    )


def _period_table(period: Period, judged: Sequence[Judged]) -> Table:
    def named(one: Judged) -> tuple[str]:
        return (period_of(numbered_day(one.day), period.by),)

    days = [numbered_day(one.day) for one in judged]
    return Table(
        "periods",
        "By the day of the request",
        (Column("period", "Asked for in", "period"), *_COUNTS),
        tuple((*name, *counts) for name, counts in _counted(judged, named)),
        partial=timeline(period, days).partial if judged else frozenset(),
    )


def _word_table(
    name: str, title: str, label: str, decided: Sequence[Decided], *, is_rule: bool = False
) -> Table:
    mine = [one for one in decided if one.is_rule is is_rule]
    mine.sort(key=lambda one: (-_lines(one), one.policy, one.word))
    return Table(
        name,
        title,
        (
            Column(name[:-1], label, "text" if is_rule else "word"),
            Column("policy", "Policy", "text"),
            Column("lines", "Lines", "count"),
            Column("approve", "Approved", "count"),
            Column("deny", "Denied", "count"),
            Column("review", "Review", "count"),
        ),
        tuple(
            (one.word, one.policy or None, _lines(one), one.approved, one.denied, one.review)
            for one in mine
        ),
        "A rule that only denies or sends to review stands among the codes." if is_rule else "",
    )


def _people_table(judged: Sequence[Judged]) -> Table:
    totals = Sums()
    for one in judged:
        if one.ruling:
            totals.add((one.verdict, one.ruling), one.returns)
    rows: list[tuple[Cell, ...]] = []
    for verdict, ruling in totals:
        rows.append((verdict, ruling, *totals.of((verdict, ruling), 1)))
    return Table(
        "people",
        "What was said after the policy",
        (
            Column("verdict", "The policy", "word"),
            Column("ruling", "Then", "word"),
            Column("returns", "Returns", "count"),
        ),
        tuple(rows),
        "Expire: nothing came in time; the other words are a person's.",
    )


def _lines(one: Decided) -> int:
    return one.approved + one.denied + one.review


def is_overruled(one: Judged) -> bool:
    """A person said the opposite of what the policy had decided."""
    return (one.verdict, one.ruling) in {("deny", "approve"), ("approve", "deny")}


def _findings(judged: Sequence[Judged], decided: Sequence[Decided]) -> list[str]:
    returns = sum(one.returns for one in judged)
    if not returns:
        return ["Nothing was asked to come back in these days."]
    alone = sum(one.returns for one in judged if one.verdict != "review")
    found = [f"{out_of(Share(alone, returns), 'return')} needed no person to be judged."]
    overruled = sum(one.returns for one in judged if is_overruled(one))
    if overruled:
        verb = "was" if overruled == 1 else "were"
        found.append(f"{counted(overruled, 'return')} {verb} decided against the policy.")
    denials = [one for one in decided if not one.is_rule and one.denied]
    if denials:
        most = max(denials, key=lambda one: (one.denied, one.word))
        found.append(
            f"What denies most is {quoted(most.word)}: {counted(most.denied, 'line')} under "
            f"{most.policy or 'no policy'}."
        )
    return found
