"""What another policy would have made of returns that were judged already: counted and summed.

Pure: it is given both judgements of every return and what each would pay, and says what differs.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from returns_cli.domain.model import Component, LineDecision, Setting
from returns_cli.domain.vocabulary import Verdict

MOST_CHANGED = 10
_MOVE_MONEY = ("fees.", "inspection.", "refund.original_shipping", "refund.to", "store_credit.")
_VERDICTS = (Verdict.APPROVE, Verdict.DENY, Verdict.REVIEW, Verdict.PARTIAL)


class ReplayedLine(NamedTuple):
    """One return line under both judgements.

    Attributes:
        category: of the goods, empty where none is known.
        before, after: verdicts of the policies.
        before_minor, after_minor: what the line pays, without what counts once per return.
    """

    category: str
    reason: str
    before: Verdict
    after: Verdict
    before_minor: int
    after_minor: int


class Side(NamedTuple):
    """One judgement of a return, and what it pays.

    Attributes:
        components: of the quote of the lines that stand approved, minor units.
        total_minor: their sum.
    """

    verdict: Verdict
    lines: tuple[LineDecision, ...]
    components: tuple[Component, ...]
    total_minor: int


class Replayed(NamedTuple):
    """One return under both judgements.

    Attributes:
        tier: of the customer, empty where none is known.
        is_assumed: goods that the older judgement denied were never sent and never graded; the
            newer one is counted as if they had come back as good as new.
    """

    rma: str
    order_id: str
    tier: str
    lines: tuple[ReplayedLine, ...]
    before: Side
    after: Side
    is_assumed: bool

    @property
    def difference_minor(self) -> int:
        """What the newer judgement pays more (or less, below zero)."""
        return self.after.total_minor - self.before.total_minor


class Flips(NamedTuple):
    """One row of a table of what changed.

    Attributes:
        name: category, reason or tier.
        counted: returns (by tier) or return lines (by category and reason) in it.
        to_approve, to_deny, to_review: those that another verdict takes there.
        before_minor, after_minor: what they pay.
    """

    name: str
    counted: int
    to_approve: int
    to_deny: int
    to_review: int
    before_minor: int
    after_minor: int


class Report(NamedTuple):
    """What a backtest found.

    Attributes:
        replayed: returns judged twice; ``same`` of them have the same verdict and pay the same.
        assumed: returns counted as ``Replayed.is_assumed``.
        flips: (verdict before, after) -> returns, other verdicts only.
        components: (kind, before, after) in minor units, kinds that either side has.
        most_changed: the returns that pay most more or less, then other verdicts; at most ten.
    """

    replayed: int
    same: int
    assumed: int
    before_minor: int
    after_minor: int
    flips: tuple[tuple[Verdict, Verdict, int], ...]
    components: tuple[tuple[str, int, int], ...]
    by_category: tuple[Flips, ...]
    by_reason: tuple[Flips, ...]
    by_tier: tuple[Flips, ...]
    most_changed: tuple[Replayed, ...]


class _Row:
    """A row of a table while it is counted."""

    __slots__ = ("after", "before", "counted", "to")

    def __init__(self) -> None:
        self.counted = 0
        self.to: Counter[Verdict] = Counter()
        self.before = 0
        self.after = 0

    def add(self, before: Verdict, after: Verdict, before_minor: int, after_minor: int) -> None:
        self.counted += 1
        if before is not after:
            self.to[after] += 1
        self.before += before_minor
        self.after += after_minor

    def named(self, name: str) -> Flips:
        to = self.to
        return Flips(
            name,
            self.counted,
            to[Verdict.APPROVE] + to[Verdict.PARTIAL],
            to[Verdict.DENY],
            to[Verdict.REVIEW],
            self.before,
            self.after,
        )


class _Table(defaultdict[str, _Row]):
    """A table while it is counted."""

    def __init__(self) -> None:
        super().__init__(_Row)

    def rows(self) -> tuple[Flips, ...]:
        """The rows, those that change most first, then by name."""
        named = [row.named(name) for name, row in self.items()]
        return tuple(
            sorted(named, key=lambda one: (-abs(one.after_minor - one.before_minor), one.name))
        )


class Backtest:
    """Counts returns one by one, in flat memory; :meth:`report` says what was found."""

    def __init__(self) -> None:
        self._categories, self._reasons, self._tiers = _Table(), _Table(), _Table()
        self._flips: Counter[tuple[Verdict, Verdict]] = Counter()
        self._kinds: dict[str, list[int]] = {}
        self._most: list[Replayed] = []
        self._replayed = self._same = self._assumed = 0
        self._before = self._after = 0

    def add(self, one: Replayed) -> None:
        """Count one return."""
        before, after = one.before, one.after
        self._replayed += 1
        self._assumed += one.is_assumed
        self._before += before.total_minor
        self._after += after.total_minor
        if before.verdict is not after.verdict:
            self._flips[before.verdict, after.verdict] += 1
        for at, side in enumerate((before, after)):
            for part in side.components:
                self._kinds.setdefault(part.kind, [0, 0])[at] += part.amount_minor
        self._tiers[one.tier].add(
            before.verdict, after.verdict, before.total_minor, after.total_minor
        )
        for line in one.lines:
            asked = (line.before, line.after, line.before_minor, line.after_minor)
            self._categories[line.category].add(*asked)
            self._reasons[line.reason].add(*asked)
        if is_changed(one):
            self._keep(one)
        else:
            self._same += 1

    def _keep(self, one: Replayed) -> None:
        self._most.append(one)
        if len(self._most) > 8 * MOST_CHANGED:
            self._most = _most_changed(self._most)

    def report(self) -> Report:
        """What was found."""
        return Report(
            self._replayed,
            self._same,
            self._assumed,
            self._before,
            self._after,
            tuple(
                (one, other, self._flips[one, other])
                for one in _VERDICTS
                for other in _VERDICTS
                if self._flips[one, other]
            ),
            tuple((kind, *sums) for kind, sums in self._kinds.items() if any(sums)),  # type: ignore[misc]  # two sums
            self._categories.rows(),
            self._reasons.rows(),
            self._tiers.rows(),
            tuple(_most_changed(self._most)),
        )


def is_changed(one: Replayed) -> bool:
    """Whether a verdict of a return or of one of its lines, or what it pays, is another."""
    return (
        one.before.verdict is not one.after.verdict
        or one.difference_minor != 0
        or any(line.before is not line.after for line in one.lines)
    )


def _most_changed(found: Iterable[Replayed]) -> list[Replayed]:
    ordered = sorted(found, key=lambda one: (-abs(one.difference_minor), one.rma))
    return ordered[:MOST_CHANGED]


def why_changed(one: Replayed) -> str:
    """In short, what made the difference: codes that came or went, else settings, with their lines.

    The first line of the return that differs speaks for it.
    """
    for before, after in zip(one.before.lines, one.after.lines, strict=True):
        said = _codes(before, after) or _settings(before, after)
        if said:
            return said
    return ""


def _codes(before: LineDecision, after: LineDecision) -> str:
    gone = [code for code in before.codes if code not in after.codes]
    new = [code for code in after.codes if code not in before.codes]
    said = [f"no longer {code}" for code in gone] + [f"now {code}" for code in new]
    return ", ".join(said)


def _settings(before: LineDecision, after: LineDecision) -> str:
    """The settings that differ, those that move money first; one left out cites where it was."""
    old = {one.name: one for one in before.settings}
    new = {one.name: one for one in after.settings}
    names = sorted(dict.fromkeys((*new, *old)), key=lambda name: not name.startswith(_MOVE_MONEY))
    said = [
        f"{name} {_value(was)} → {_value(now)} ({(new.get(name) or old[name]).at})"
        for name in names
        if _value(was := old.get(name)) != _value(now := new.get(name))
    ]
    told: Callable[[Sequence[str]], str] = ", ".join
    return told(said[:2])


def _value(setting: Setting | None) -> str:
    return "nothing" if setting is None else _text(setting.value)


def _text(value: str | tuple[str, ...]) -> str:
    return value if isinstance(value, str) else ", ".join(value)
