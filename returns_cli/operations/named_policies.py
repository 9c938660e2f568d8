"""The policies that a command was given: some files, or every policy of the shop."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from returns_cli.domain.errors import InvalidError, NotFoundError, Problem
from returns_cli.operations.check_policies import read_policy
from returns_cli.operations.shop import Shop

if TYPE_CHECKING:
    from returns_cli.policy.language import Policy


def named_policies(files: Sequence[Path], shop: Shop | None) -> tuple[Policy, ...]:
    """The policies of these files; without any, those of the shop, by file name.

    Args:
        files: each a policy; its cases may stand for it, as a shell's * gives them.
        shop: whose reasons, grades and dispositions count; None for the default ones.

    Raises:
        InvalidError: a policy cannot be accepted (7), with the problems of all of them.
        UsageError: a file that cannot be read (2).
        NotFoundError: the shop has no policy (5).
    """
    from returns_cli.notation.read import refusal
    from returns_cli.policy.language import policy_files

    paths = list(dict.fromkeys(_policy_of(path) for path in files))
    if not files and shop is not None:
        paths = policy_files(shop.folder / "policies")
    if not paths:
        raise NotFoundError(
            "E-POLICY-NONE",
            "The shop has no policy.",
            where="policies/",
            hint="Write one with `returns policy new`, or name a file.",
        )
    problems: list[Problem] = []
    found: list[Policy] = []
    for path in paths:
        try:
            found.append(read_policy(path, shop))
        except InvalidError as error:
            problems += error.problems
    if problems:
        raise refusal(problems, "policies")
    return tuple(found)


def _policy_of(path: Path) -> Path:
    return path.with_name(path.stem.removesuffix(".cases") + path.suffix)


def language_of(asked: str | None, shop: Shop | None) -> str:
    """The language to write in: as asked, else the shop's own, else English."""
    return asked or (shop.config.language if shop is not None else "en")
