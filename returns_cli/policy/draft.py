"""The judgement of one line while it is made."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from returns_cli.domain.model import Verdict
from returns_cli.policy.effective import Effective
from returns_cli.policy.facts import LineFacts
from returns_cli.policy.window import Counted


@dataclass(frozen=True, slots=True)
class Calendar:
    """What of the calendar a judgement looks at: the shop's holidays and the clock's day."""

    today: date
    holidays: frozenset[date] = frozenset()


@dataclass(slots=True)
class Draft:
    """The judgement of a line while it is made.

    Attributes:
        effective: the settings that hold so far.
        applied: positions of the rules that apply, in the order of the file.
        silent_from: position of the first rule that approved; later reviews do not count.
        photos_asked: the most that a rule's `ask` wants.
        counted: the window; None before it was counted.
        used: facts beyond those that rules test and that every judgement looks at.
    """

    facts: LineFacts
    effective: Effective
    denials: list[str] = field(default_factory=list)
    reviews: list[str] = field(default_factory=list)
    applied: tuple[int, ...] = ()
    silent_from: int | None = None
    photos_asked: int = 0
    counted: Counted | None = None
    used: set[str] = field(default_factory=set)

    def deny(self, code: str) -> None:
        """Add a denial code."""
        if code not in self.denials:
            self.denials.append(code)

    def review(self, code: str) -> None:
        """Add a review code."""
        if code not in self.reviews:
            self.reviews.append(code)

    def is_silent(self, position: int) -> bool:
        """Whether a review of the rule at a position is silenced by an approval before it."""
        return self.silent_from is not None and self.silent_from < position

    @property
    def photos_wanted(self) -> int:
        """Photos that the customer must send."""
        return max(self.effective.photos, self.photos_asked)

    @property
    def verdict(self) -> Verdict:
        """Deny if any denial is certain, else review if one stands, else approve."""
        if self.denials:
            return Verdict.DENY
        return Verdict.REVIEW if self.reviews else Verdict.APPROVE

    @property
    def codes(self) -> tuple[str, ...]:
        """Every code that speaks for the verdict."""
        return tuple(self.denials or self.reviews)
