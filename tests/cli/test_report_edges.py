"""Every report of shops at the edge: in a terminal, as JSON, as CSV and as a page."""

from __future__ import annotations

import csv
import json
import re
from io import StringIO
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest

from returns_cli.cli.painting import display_width
from returns_cli.operations.report.make_report import REPORTS
from returns_cli.operations.shop import Shop
from tests.cli.conftest import Run
from tests.insight.page.reading import PageContent, as_tree
from tests.operations.report.edges import CLOCK, PICTURE, SHOPS, TAG

UNSEEN = "[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]"


@pytest.fixture(scope="module", params=SHOPS)
def edge(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Shop:
    return SHOPS[request.param](tmp_path_factory.mktemp("edge") / "shop")


def _run(run_cli: Run, shop: Shop, *words: str, terminal: bool = False) -> str:
    environ = {"COLUMNS": "80", "NO_COLOR": "1"}
    done = run_cli("--as-of", CLOCK, *words, folder=shop.folder, environ=environ, terminal=terminal)
    assert (done.code, done.err) == (0, "")
    return done.out


@pytest.mark.parametrize("by", ["month", "week"])
def test_a_terminal_of_eighty_columns_holds_every_report(run_cli: Run, edge: Shop, by: str) -> None:
    out = _run(run_cli, edge, "report", "all", "--by", by, "--ship-cost", "6.50", terminal=True)
    lines = out.splitlines()
    assert not [line for line in lines if display_width(line) > 80]
    assert not [line for line in lines if re.search(UNSEEN, line)]
    assert {"In short", "Who waits now, the longest overdue first"} <= set(lines)


@pytest.mark.parametrize("forecast", ["products", "evaluate"])
def test_forecasts_say_what_they_lack(run_cli: Run, edge: Shop, forecast: str) -> None:
    shown = _run(run_cli, edge, "predict", forecast, terminal=True)
    assert not [line for line in shown.splitlines() if display_width(line) > 80]
    answer = json.loads(_run(run_cli, edge, "predict", forecast, "--json"))
    assert answer["findings"]
    as_tree(_run(run_cli, edge, "predict", forecast, "--html", "-"))


def test_the_answer_of_every_report_adds_no_two_currencies(run_cli: Run, edge: Shop) -> None:
    answer = json.loads(_run(run_cli, edge, "report", "all", "--json"))
    assert [one["report"] for one in answer] == list(REPORTS)
    decimals = {"JPY": 0, "USD": 2, "EUR": 2, "KWD": 3}
    for table in (table for report in answer for table in report["tables"]):
        for row in table["rows"]:
            amounts = [one for one in row.values() if isinstance(one, dict) and "amount" in one]
            assert len({one["currency"] for one in amounts}) <= 1
            for one in amounts:
                _, _, places = one["amount"].partition(".")
                assert len(places) == decimals[one["currency"]]
    assert all(report["findings"] for report in answer)


@pytest.mark.parametrize("report", REPORTS)
def test_csv_has_a_plain_value_in_every_cell(run_cli: Run, edge: Shop, report: str) -> None:
    told = _run(run_cli, edge, "report", report, "--csv")
    header, *rows = csv.reader(StringIO(told, newline=""))
    assert len(header) == len(set(header))
    for row in rows:
        assert len(row) == len(header)
        assert not [cell for cell in row if re.search(UNSEEN, cell)]
        assert not [cell for cell in row if cell[:1] in ("=", "@", "+")]
        assert not [cell for cell in row if cell[:1] == "-" and not re.fullmatch(r"-[\d.]+", cell)]


@pytest.mark.parametrize("report", ["all", "summary"])
def test_a_page_is_well_formed_and_every_picture_has_its_words(
    run_cli: Run, edge: Shop, report: str
) -> None:
    page = _run(run_cli, edge, "report", report, "--html", "-")
    content = PageContent(page)
    tags = [tag for tag, _ in content.elements]
    assert content.all("html") == [{"lang": "en"}]
    assert tags.count("h1") == 1
    assert not {*tags} & {"script", "img", "iframe", "link", "object", "base", "form"}
    attributes = [one for _, held in content.elements for one in held.items()]
    assert not [name for name, _ in attributes if name in ("src", "onerror", "style")]
    assert not [value for _, value in attributes if (value or "").startswith(("http", "//"))]
    assert not re.search(UNSEEN, page.replace("\n", ""))
    tree = as_tree(page)
    names = [one.get("id") for one in tree.iter() if one.get("id")]
    assert len(names) == len(set(names))
    for plate in tree.iterfind(".//div[@class='plate']"):
        _is_told(plate)


def _is_told(plate: Element) -> None:
    """A table with its heading stands in it, after pictures that have a title and words."""
    *pictures, listing = plate
    assert listing.tag == "section"
    assert "".join(listing.find("h4").itertext())  # type: ignore[union-attr]  # fails where there is none
    for figure in pictures:
        chart = next(one for one in figure.iter("svg") if "chart" in (one.get("class") or ""))
        title, description = chart.find("title"), chart.find("desc")
        assert title is not None
        assert title.text
        assert description is not None
        assert (description.text or "").endswith("The table has every figure.")
        assert chart.get("aria-labelledby") == title.get("id")
        assert listing.find(".//table") is not None


def test_hostile_names_are_on_the_page_as_text(run_cli: Run, tmp_path: Path) -> None:
    shop = SHOPS["hostile names"](tmp_path / "shop")
    text = PageContent(_run(run_cli, shop, "report", "all", "--html", "-")).text
    assert TAG in text
    assert PICTURE in text
    assert "a\ufffdb\ufffdc" in text
    for words in (("--html", "-"), ("--json",), ()):
        assert "\x1b" not in _run(run_cli, shop, "report", "all", *words)
