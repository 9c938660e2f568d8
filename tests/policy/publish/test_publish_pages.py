"""Policies as a page and as Markdown: whole, alone, and with nothing that a text could break."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest

from returns_cli.data import shipped
from returns_cli.policy.language import load_policy
from returns_cli.policy.publish.html import outlines_html
from returns_cli.policy.publish.md import escaped, outline_md
from returns_cli.policy.publish.text import block_lines
from returns_cli.policy.tables import default_tables
from returns_cli.policy.words.outline import Bullets, Grid, Item, Outline, Section
from returns_cli.policy.words.policy import explain_policy

LANGUAGES = ["en", "ro", "ja", "zh-Hans", "zh-Hant"]
SAMPLES = [one for one in sorted(shipped("policies").glob("*.yaml")) if ".cases" not in one.name]
HOSTILE = "<script>alert(1)</script> \"'&\u202e *x* | `y` [z](javascript:1)"


class Page(HTMLParser):
    """Reads a page: that its tags close, its text, and what it points to."""

    VOID = frozenset({"meta"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text: list[str] = []
        self.levels: list[int] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        self.attributes += attrs
        if tag[0] == "h" and tag[1:].isdigit():
            self.levels.append(int(tag[1:]))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style" and data.strip():
            self.text.append(data.strip())


def outline(text: str = "plain") -> Outline:
    points = Bullets((Item(text, (Item(text),)),))
    grid = Grid(text, (text, text), ((text, text),), (Item(text),), right=True)
    return Outline(text, "en", text, (Section(text, (text, points, grid), (Section(text, ()),)),))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", SAMPLES, ids=lambda place: place.stem)
def test_a_page_is_whole_and_stands_alone(place: Path, language: str) -> None:
    policy = load_policy(place, default_tables())
    page = Page(outlines_html([explain_policy(policy, language)]))

    assert page.open == []
    assert ("lang", language) in page.attributes
    assert {"script", "link", "img", "iframe", "a", "form"} & set(page.seen) == set()
    names = {name for name, _ in page.attributes}
    assert {"src", "href", "srcset", "action", "style"} & names == set()
    assert not [name for name in names if name.startswith("on")]
    ids = [value for name, value in page.attributes if name == "id"]
    assert len(ids) == len(set(ids))
    assert {value for name, value in page.attributes if name == "aria-labelledby"} == set(ids)
    assert page.levels[0] == 1
    steps = zip(page.levels, page.levels[1:], strict=False)
    assert all(after - before <= 1 for before, after in steps)
    assert page.levels.count(1) == 1


@pytest.mark.parametrize("place", SAMPLES, ids=lambda place: place.stem)
def test_the_page_and_the_plain_text_say_the_same(place: Path) -> None:
    told = explain_policy(load_policy(place, default_tables()), "en")
    page = Page(outlines_html([told]))
    said = set(page.text)

    def check(section: Section) -> None:
        assert section.title in said
        for block in section.blocks:
            for line in block_lines(block) if not isinstance(block, Grid) else [block.title]:
                assert line.strip().removeprefix("- ") in said
        for below in section.sections:
            check(below)

    for section in told.sections:
        check(section)


def test_a_table_names_its_rows_and_columns() -> None:
    text = outlines_html([outline()])
    assert '<table class="figures">\n<caption>plain</caption>' in text
    assert '<th scope="col">plain</th>' in text
    assert '<tr><th scope="row">plain</th><td>plain</td></tr>' in text


def test_no_text_becomes_markup_in_a_page() -> None:
    text = outlines_html([outline(HOSTILE)])
    page = Page(text)
    assert "<script" not in text
    assert "\u202e" not in text
    assert page.open == []
    assert HOSTILE.replace("\u202e", "\ufffd") in page.text


def test_several_policies_are_one_page_in_their_order() -> None:
    first, second = outline("First"), outline("Second")._replace(language="ja")
    page = Page(outlines_html([first, second]))
    assert page.seen.count("article") == 2
    assert page.levels.count(1) == 2
    assert "First · Second" in page.text
    assert [value for name, value in page.attributes if name == "lang"] == ["en", "en", "ja"]


def test_markdown_has_headings_points_and_tables() -> None:
    assert outline_md(outline()) == (
        "# plain\n\nplain\n\n## plain\n\nplain\n\n- plain\n  - plain\n\n"
        "plain\n\n| plain | plain |\n| --- | ---: |\n| plain | plain |\n\n### plain\n"
    )


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("<b>", "\\<b\\>"),
        ("a *b* _c_", "a \\*b\\* \\_c\\_"),
        ("a | b", "a \\| b"),
        ("[x](y)", "\\[x\\](y)"),
        ("`x`", "\\`x\\`"),
        ("# x", "\\# x"),
        ("- x", "\\- x"),
        ("+ x", "\\+ x"),
        ("1. x", "1\\. x"),
        ("12) x", "12\\) x"),
        ("1.50 EUR", "1\\.50 EUR"),
        ("$5 and $6", "\\$5 and \\$6"),
        ("&amp;", "\\&amp;"),
        ("a\nb", "a b"),
        ("=====", "\\====="),
        ("\\*", "\\\\\\*"),
        ("50%", "50%"),
    ],
)
def test_no_text_becomes_markup_in_markdown(text: str, written: str) -> None:
    assert escaped(text) == written


def test_the_same_policy_is_the_same_bytes() -> None:
    policy = load_policy(SAMPLES[0], default_tables())
    pages = {outlines_html([explain_policy(policy, "ro")]) for _ in range(2)}
    assert len(pages) == 1
