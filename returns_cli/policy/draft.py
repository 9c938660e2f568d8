"""The judgement of one line while it is made."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from returns_cli.domain.vocabulary import Verdict
from returns_cli.policy.effective import NO_LAYER, Effective, Layer
from returns_cli.policy.facts import LineFacts
from returns_cli.policy.window import Counted


class Calendar(NamedTuple):
    """What of the calendar a judgement looks at: the shop's holidays and the clock's day."""

    today: date
    holidays: frozenset[date] = frozenset()


class Draft:
    """The judgement of a line while it is made.

    Attributes:
        effective: the settings that hold so far.
        applied: positions of the rules that apply, in the order of the file.
        silent_from: position of the first rule that approved; later reviews do not count.
        photos_asked: the most that a rule's `ask` wants.
        counted: the window; None before it was counted.
        floor: the settings that a law decides, see :mod:`returns_cli.policy.floor`.
        used: facts beyond those that rules test and that every judgement looks at.
    """

    __slots__ = (
        "applied",
        "counted",
        "denials",
        "effective",
        "facts",
        "floor",
        "photos_asked",
        "reviews",
        "silent_from",
        "used",
    )

    def __init__(self, facts: LineFacts, effective: Effective) -> None:
        self.facts = facts
        self.effective = effective
        self.denials: list[str] = []
        self.reviews: list[str] = []
        self.applied: tuple[int, ...] = ()
        self.silent_from: int | None = None
        self.photos_asked = 0
        self.counted: Counted | None = None
        self.floor: Layer = NO_LAYER
        self.used: set[str] = set()

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
