"""One policy of schema.org markup while it is read: its properties, problems, what is left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from returns_cli.domain.errors import Problem
from returns_cli.policy.starting.markup import Node, Unread, amount_in, as_list, one_of


class MarkupStart:
    """What was found in markup.

    Attributes:
        answers: fields of ``starter.Start`` by name.
        said: texts that the markup has, such as ``title``.
        currency: of its amounts; None where it has none.
        not_taken: (property, why) of what a new policy does not say.
    """

    def __init__(self) -> None:
        self.answers: dict[str, Any] = {"resolutions": ("refund",)}
        self.said: dict[str, str] = {}
        self.currency: str | None = None
        self.not_taken: list[tuple[str, str]] = []


class MarkupReader:
    """Reads one policy; every property is looked at, and every problem is kept."""

    def __init__(self, shown_as: str, currency: str | None) -> None:
        self.shown_as = shown_as
        self.currency = currency
        self.problems: list[Problem] = []
        self.found = MarkupStart()
        self.node: Node = {}

    def leave(self, name: str, why: str) -> None:
        """List something as not taken over."""
        self.found.not_taken.append((name, why))

    def refuse(self, name: str, code: str, message: str, hint: str) -> None:
        """Note a problem of a property."""
        value = str(self.node.get(name, ""))[:80]
        self.problems.append(
            Problem(f"E-MARKUP-{code}", message, self.shown_as, None, name, value, hint=hint)
        )

    def contradict(self, name: str, message: str) -> None:
        """Note that a property says the opposite of another."""
        self.refuse(name, "CONTRADICTION", message, "Keep the one that is true.")

    def values(self, name: str, reads: Callable[[Any], Any]) -> list[Any]:
        """A property's values, read; what cannot be read becomes a problem."""
        found = []
        for value in as_list(self.node.get(name)):
            try:
                found.append(reads(value))
            except Unread as wrong:
                self.refuse(name, wrong.code, f"{name}: {wrong.message}", wrong.hint)
        return list(dict.fromkeys(found))

    def value(self, name: str, reads: Callable[[Any], Any]) -> Any:
        """A property's one value; None where it has none."""
        found = self.values(name, reads)
        if len(found) > 1:
            self.contradict(name, f"{name} says {len(found)} things: {', '.join(map(str, found))}.")
        return found[0] if found else None

    def names(self, name: str, known: Sequence[str]) -> list[str]:
        """Members of an enumeration."""
        return self.values(name, lambda value: one_of(value, known))

    def amount(self, name: str) -> str | None:
        """An amount in the policy's currency."""
        found = self.value(name, amount_in)
        if found is None:
            return None
        text, currency = found
        if self.currency is None:
            self.currency = currency
        if currency != self.currency:
            self.contradict(name, f"{name} is in {currency}, the policy in {self.currency}.")
        return str(text)
