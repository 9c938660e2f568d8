"""How an export is shown to a person."""

from __future__ import annotations

from typing import Any

from returns_cli.cli.page import Page, Table


def export_page(answer: Any) -> Page:
    """Which files were written, and how many rows each has."""
    rows = [[one["table"], str(one["rows"]), one["path"]] for one in answer["files"]]
    title = "Without names, mails and notes" if answer["redacted"] else ""
    return [Table(["Table", "Rows", "File"], rows, title=title)]
