"""Links of README and docs lead somewhere, and the reference names every command."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from returns_cli.cli import registry
from tests.docs.pages import ROOT

ALL = [
    *(ROOT / name for name in ("README.md", "CHANGELOG.md", "examples/README.md")),
    *sorted((ROOT / "docs").glob("*.md")),
]
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]]*\]\((?P<target>[^)\s]+)\)")
HEADING = re.compile(r"^#+ (?P<title>.+)$", re.MULTILINE)


def anchors(page: Path) -> set[str]:
    """The names under which a page's headings can be linked, as Git hosts make them."""
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    titles = (match["title"].replace("`", "").lower() for match in HEADING.finditer(text))
    return {re.sub(r"[^\w\- ]", "", title).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", ALL, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    broken = []
    for match in LINK.finditer(FENCE.sub("", page.read_text(encoding="utf-8"))):
        place, _, anchor = match["target"].partition("#")
        if "://" in place or place.startswith("mailto:"):
            continue
        target = page.parent / place if place else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(match["target"])
    assert broken == []


def test_the_reference_names_every_command() -> None:
    text = (ROOT / "docs/commands.md").read_text(encoding="utf-8")
    missing = [name for name, _, _ in registry.commands() if f"### returns {name}\n" not in text]
    assert missing == []


def test_every_page_of_the_docs_is_linked_from_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    pages = [f"docs/{page.name}" for page in (ROOT / "docs").glob("*.md")]
    assert [page for page in pages if f"({page})" not in readme] == []
