"""What was printed, as a person reads it."""

from __future__ import annotations

from returns_cli.cli.page import Page, Table
from returns_cli.cli.pages.parts import Answer, problems_block


def files_page(answer: Answer) -> Page:
    """The files of ``label`` and ``slip``."""
    rows = [
        [
            str(one["path"]),
            str(one["kind"]),
            str(one["size"]),
            str(one["pages"]),
            _returns(one["rmas"]),
        ]
        for one in answer["files"]
    ]
    table = Table(
        ["File", "Kind", "Size", "Pages", "Returns"],
        rows,
        right=frozenset({"Pages"}),
        empty="Nothing to print.",
    )
    return [table, *problems_block(answer["problems"])]


def check_page(answer: Answer) -> Page:
    """What ``paper check`` read."""
    rows = [[str(one["page"]), str(one["format"]), str(one["text"])] for one in answer["codes"]]
    table = Table(
        ["Page", "Code", "Content"], rows, right=frozenset({"Page"}), empty="No code was read."
    )
    return [table, *problems_block(answer["problems"])]


def _returns(rmas: list[str]) -> str:
    return ", ".join(rmas) if len(rmas) <= 2 else f"{len(rmas)} returns"
