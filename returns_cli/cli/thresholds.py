"""``--fail-if``: an answer that is printed as always, and an exit status that a script acts on."""

from __future__ import annotations

from returns_cli.domain.errors import UsageError


def watches_overdue(word: str | None) -> bool:
    """Whether ``--fail-if overdue`` was typed.

    Raises:
        UsageError: another word.
    """
    if word not in (None, "overdue"):
        raise UsageError(
            "E-USAGE",
            f"{word[:40]!r} is nothing to fail for.",
            where="--fail-if",
            hint="Write --fail-if overdue.",
        )
    return word is not None
