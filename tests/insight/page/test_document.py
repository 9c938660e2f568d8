import base64
import hashlib
import re

import pytest

from returns_cli.insight.page.document import days_text, report_page
from returns_cli.insight.page.masthead import Masthead
from returns_cli.insight.report import Column, Money, Period, Report, Table
from tests.insight.page.reading import PageContent, as_tree
from tests.insight.page.sample import HOSTILE, MASTHEAD, NAMES, PERIOD, sample_reports

_EMPTY = Report("summary", "Returns in summary", PERIOD, (), ())


def test_the_page_asks_nothing_of_the_network_and_runs_nothing() -> None:
    page = PageContent(report_page(sample_reports(), MASTHEAD))
    tags = {tag for tag, _ in page.elements}
    assert tags.isdisjoint(
        "script link img iframe object embed form input base audio video image use animate "
        "foreignobject".split()
    )
    addresses = [
        value
        for _, attributes in page.elements
        for name, value in attributes.items()
        if name in ("href", "src", "xlink:href", "action", "poster", "data", "srcset")
    ]
    assert addresses == ["#summary", "#products", "#refunds", "#customers"]
    assert not [
        name for _, attributes in page.elements for name in attributes
        if name.startswith("on") or name == "style"
    ]  # fmt: skip
    assert "url(http" not in page.text
    assert "@import" not in page.text


def test_the_page_forbids_itself_everything_but_its_own_style() -> None:
    written = report_page(sample_reports(), MASTHEAD)
    (policy,) = (
        meta["content"]
        for meta in PageContent(written).all("meta")
        if meta.get("http-equiv") == "Content-Security-Policy"
    )
    (style,) = re.findall("<style>(.*?)</style>", written, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )


def test_hostile_names_stay_text_wherever_they_stand() -> None:
    shop = f"Shop {HOSTILE}"
    report = _EMPTY._replace(
        title=HOSTILE,
        filters=(("category", HOSTILE),),
        findings=(HOSTILE,),
        notes=(HOSTILE,),
        tables=(Table("t", HOSTILE, (Column("c", HOSTILE, "text"),), ((HOSTILE,),), HOSTILE),),
    )
    content = PageContent(report_page([report], MASTHEAD._replace(shop=shop, timezone=HOSTILE)))
    assert "script" not in {tag for tag, _ in content.elements}
    assert "img" not in {tag for tag, _ in content.elements}
    # Title, cover and colophon have two each, the table four, the others one each.
    assert content.text.count("<script>alert(1)</script>") == 14


def test_the_page_is_well_formed_and_every_id_stands_once() -> None:
    tree = as_tree(report_page(sample_reports(), MASTHEAD))
    names = [one.get("id") for one in tree.iter() if one.get("id")]
    assert len(names) == len(set(names))
    meant = {
        name
        for one in tree.iter()
        for key in ("aria-labelledby", "aria-describedby")
        for name in (one.get(key) or "").split()
    }
    assert meant <= set(names)


def test_the_same_reports_make_the_same_page() -> None:
    assert report_page(sample_reports(), MASTHEAD) == report_page(sample_reports(), MASTHEAD)


def test_findings_come_first_and_how_it_was_counted_last() -> None:
    article = as_tree(report_page(sample_reports()[:1], MASTHEAD)).find(".//article")
    assert article is not None
    assert [one.get("class") for one in article] == [
        "unseen", "filters", "findings", "plate", "plate", "notes",
    ]  # fmt: skip
    assert "".join(article[1].itertext()) == "Only channel web, country DE."
    plate = article[3]
    assert [one.tag for one in plate] == ["figure", "figure", "section"]


def test_several_reports_have_contents_with_what_each_found() -> None:
    tree = as_tree(report_page(sample_reports(), MASTHEAD))
    entries = ["".join(one.itertext()) for one in tree.iterfind(".//nav//li")]
    assert entries[0].startswith("Returns in summary704 of 8,398 units came back, 8.4\u202f%")
    assert entries[3] == "Customers"
    assert [one.text for one in tree.iter("h1")] == ["Returns"]
    assert tree.find(".//h2[@class='unseen']") is None


def test_the_contents_say_no_sentence_twice() -> None:
    same = [
        _EMPTY._replace(name=name, findings=("5 of 100 came back.", own))
        for name, own in (("a", "One."), ("b", "Two."))
    ]
    tree = as_tree(report_page([*same, _EMPTY._replace(name="c", findings=("One.",))], MASTHEAD))
    assert ["".join(one.itertext()) for one in tree.iterfind(".//nav//p")] == [
        "5 of 100 came back.", "Two.", "One.",
    ]  # fmt: skip


def test_one_report_is_named_on_the_cover() -> None:
    tree = as_tree(report_page(sample_reports()[:1], MASTHEAD))
    assert tree.find(".//nav") is None
    assert [one.text for one in tree.iter("h1")] == ["Returns in summary"]
    assert [one.text for one in tree.iter("h2")] == ["Returns in summary"]


def test_the_page_says_whose_it_is_and_of_when() -> None:
    tree = as_tree(report_page([_EMPTY], MASTHEAD))
    (footer,) = tree.iter("footer")
    assert "".join(footer.itertext()) == "Fennel & Oak · as of 20 March 2026, 18:00, Europe/Berlin"


def test_names_in_all_scripts_are_on_the_page_as_they_are() -> None:
    text = PageContent(report_page(sample_reports(), MASTHEAD)).text
    assert all(name in text for name in NAMES if name.isprintable())
    assert "mug \ufffdgnp.exe\ufffd[31m\ufffd" in text


def test_a_page_of_nothing_is_still_a_page() -> None:
    masthead = Masthead("", "Returns", "", "en", "")
    text = PageContent(report_page([_EMPTY._replace(tables=())], masthead)).text
    assert "Returns in summary" in text


@pytest.mark.parametrize(
    ("period", "said"),
    [
        pytest.param(Period("2026-03-01", "2026-03-31", "month", "2026-04-01"), "March 2026"),
        pytest.param(
            Period("2026-03-01", "2026-03-31", "month", "2026-03-31T23:59:00Z"),
            "March 2026 · not over yet",
            id="on its last day it is not over",
        ),
        pytest.param(
            Period("2026-03-05", "2026-03-05", "week", "2026-04-01"), "5 March 2026", id="one day"
        ),
        pytest.param(
            Period("2026-01-01", "2026-03-31", "month", "2026-04-01"),
            "1 January 2026 to 31 March 2026",
        ),
        pytest.param(Period("", "2026-03-31", "month", "2026-04-01"), "Until 31 March 2026"),
    ],
)
def test_days_are_said_as_on_a_cover(period: Period, said: str) -> None:
    assert days_text(period, "en_001") == said


def test_two_currencies_stand_side_by_side_and_are_never_added() -> None:
    columns = (Column("what", "What", "word"), Column("paid", "Paid", "money"))
    rows = (("items", Money("EUR", 1000)), ("items", Money("USD", 2000)))
    report = _EMPTY._replace(tables=(Table("t", "Paid", columns, rows),))
    text = PageContent(report_page([report], MASTHEAD)).text
    assert "€10.00" in text
    assert "US$20.00" in text
    assert "30.00" not in text
