"""Reports as a page: made, and written whole."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from returns_cli.insight.page.document import report_page
from returns_cli.insight.page.masthead import masthead_of
from returns_cli.insight.report import Report
from returns_cli.operations.shop import Shop


def page_text(shop: Shop, reports: Sequence[Report]) -> str:
    """The page of a shop's reports; the same reports and settings give the same text."""
    return report_page(reports, masthead_of(shop.config))


def write_page(shop: Shop, reports: Sequence[Report], target: Path) -> None:
    """Write the page, readable by its owner alone; a file that was there is replaced, whole.

    A link in the way is replaced, too; what it points to stays.

    Raises:
        OutputError: ``E-OUTPUT-FILE``; whatever lay there before still does.
    """
    from returns_cli.documents import write_file

    write_file(target, page_text(shop, reports).encode())
