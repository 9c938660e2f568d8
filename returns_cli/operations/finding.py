"""What ``doctor`` found of one thing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: whether it must be mended, how it is, and what mends it."""

    check: str
    ok: bool
    message: str
    hint: str | None = None


def fine(check: str, message: str, hint: str | None = None) -> Finding:
    """Nothing to mend, though there may be something to know."""
    return Finding(check, ok=True, message=message, hint=hint)


def mend(check: str, message: str, hint: str | None) -> Finding:
    """Something that must be mended."""
    return Finding(check, ok=False, message=message, hint=hint)


def counted(count: int, noun: str) -> str:
    """A number with its noun.

    >>> counted(1, "order"), counted(0, "order")
    ('1 order', '0 orders')
    """
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
