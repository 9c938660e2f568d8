"""What the commands over returns have in common: items in, return objects out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from returns_cli.domain.errors import Exit, UsageError

if TYPE_CHECKING:
    from returns_cli.cli.context import Invocation
    from returns_cli.domain.item_spec import ItemSpec

_NOT_APPROVED = frozenset({"deny", "review", "partial"})


def read_items(texts: Sequence[str] | None) -> tuple[ItemSpec, ...]:
    """The items that ``--item`` named.

    Raises:
        UsageError: one of them names no item.
    """
    from returns_cli.domain.item_spec import parse_item

    return tuple(parse_item(text) for text in texts or ())


def read_answers(texts: Sequence[str] | None) -> dict[str, str]:
    """The answers that ``--answer NAME=TEXT`` gave.

    Raises:
        UsageError: no name or no ``=``.
    """
    answers: dict[str, str] = {}
    for text in texts or ():
        name, equals, value = text.partition("=")
        if not equals or not name.strip():
            raise UsageError(
                "E-USAGE",
                f"`{text[:80]}` is not an answer.",
                where="--answer",
                hint="Write NAME=TEXT, such as --answer worn=no.",
            )
        answers[name.strip()] = value.strip()
    return answers


def answer_returns(
    call: Invocation, answers: Sequence[Mapping[str, object]], *, changed: bool = False
) -> None:
    """Print return objects: one as an object, several as an array.

    Args:
        changed: the command changed them, so what to do next is suggested at a terminal.
    """
    from returns_cli.cli.pages.returns import next_steps, return_page, shown_page

    call.renders(return_page if changed else shown_page)
    call.show(answers[0] if len(answers) == 1 else list(answers))
    if changed and len(answers) == 1:
        call.output.suggest(next_steps(answers[0]))


def exit_by_verdict(
    call: Invocation, answers: Sequence[Mapping[str, object]], *, wanted: bool
) -> None:
    """With ``--exit-code``: 4 where any return was denied or is to be reviewed."""
    if wanted and any(one["verdict"] in _NOT_APPROVED for one in answers):
        call.exit = Exit.NOT_APPROVED


def exit_by_rejects(call: Invocation, answer: Mapping[str, object]) -> None:
    """3 where some rows of a file were refused and the rest is committed."""
    if answer.get("rejected"):
        call.exit = Exit.PARTLY
