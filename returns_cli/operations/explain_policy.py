"""Say whole policies in words that a customer can read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from returns_cli.operations.named_policies import language_of, named_policies
from returns_cli.operations.return_view import Json
from returns_cli.operations.shop import Shop

if TYPE_CHECKING:
    from returns_cli.policy.words.outline import Section


def explain_policies(
    files: Sequence[Path], shop: Shop | None = None, *, language: str | None = None
) -> list[Json]:
    """Each policy as text, section by section; nothing is written.

    Args:
        files: policies; none for all of the shop.
        language: BCP 47 tag; else the shop's. ``language`` of an answer is the one it is in.

    Raises:
        InvalidError: a policy cannot be accepted (7).
        UsageError: a file that cannot be read (2).
        NotFoundError: the shop has no policy (5).
    """
    from returns_cli.policy.words.outline import shown
    from returns_cli.policy.words.policy import explain_policy

    wanted = language_of(language, shop)
    answers: list[Json] = []
    for policy in named_policies(files, shop):
        outline = explain_policy(policy, wanted)
        answers.append(
            {
                "policy": policy.id,
                "version": policy.version,
                "sha256": policy.sha256,
                "language": outline.language,
                "title": shown(outline.title),
                "note": outline.note,
                "sections": [_section(one) for one in outline.sections],
            }
        )
    return answers


def _section(section: Section) -> Json:
    from returns_cli.policy.publish.text import block_lines
    from returns_cli.policy.words.outline import shown

    return {
        "title": shown(section.title),
        "lines": [line for block in section.blocks for line in block_lines(block)],
        "sections": [_section(one) for one in section.sections],
    }
