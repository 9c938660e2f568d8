"""Pages in a real browser, as wide as a phone, a laptop and paper: `make browser-test`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from returns_cli.insight.page.document import report_page
from returns_cli.operations.report.make_report import REPORTS, ReportRequest, make_all_reports
from returns_cli.operations.report.predict import evaluate, predict
from returns_cli.operations.report.write_page import page_text
from returns_cli.operations.shop import Shop
from tests.browser.chromium import Chromium, Page, chromium_path, running
from tests.insight.page.sample import MASTHEAD, sample_reports
from tests.operations.report.bazaar import bazaar
from tests.operations.report.edges import SHOPS
from tests.operations.report.market import market_shop

pytestmark = pytest.mark.browser

_CHECKS = (Path(__file__).parent / "checks.js").read_text(encoding="utf-8")
_VIEWS = {
    "phone": (360, "light", "screen"),
    "phone at night": (360, "dark", "screen"),
    "laptop": (1280, "light", "screen"),
    "laptop at night": (1280, "dark", "screen"),
    "paper": (680, "light", "print"),  # A4 without its margins, at 96 dots per inch
    "paper of a dark machine": (680, "dark", "print"),
}
# Of shops at the edge, those whose pages are not like others.
_EDGES = (
    "an empty shop",
    "one return, one day",
    "currencies of 0, 2 and 3 decimals",
    "names in any script",
    "hostile names",
)
_BRANDS = {"no colour": "", "white": "#ffffff", "black": "#000", "yellow": "#ffe600"}
_FAULTS = """<!DOCTYPE html><html lang="en"><title>Faults</title>
<body style="background:#fff;color:#999"><p>pale</p><p style="width:3000px">wide</p>
<p style="font-size:6px;color:#000">small</p><svg class="chart" role="img" width="100" height="20">
<text y="15">one</text><text y="15">two</text></svg><img src="https://shop.example/x.png">
<script>console.error("said")</script>"""


def _page(shop: Shop, by: str = "month") -> str:
    return page_text(shop, make_all_reports(shop, ReportRequest("all", by=by)))


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chromium]:
    path = chromium_path()
    assert path, "Chromium is missing: apt install chromium, or name one in CHROMIUM"
    with running(path, tmp_path_factory.mktemp("profile")) as started:
        yield started


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    pages = {"all": report_page(sample_reports(), MASTHEAD)}
    pages["one"] = report_page(sample_reports()[:1], MASTHEAD)
    for name, color in _BRANDS.items():
        pages[name] = report_page(sample_reports()[:2], MASTHEAD._replace(color=color))
    shop = market_shop(tmp_path_factory.mktemp("market") / "shop").shop
    pages["market by week"] = _page(shop, by="week")
    played = bazaar(tmp_path_factory.mktemp("bazaar") / "shop")
    pages["bazaar"] = _page(played)
    for report in make_all_reports(played, ReportRequest("all", ship_cost="6.50")):
        pages[report.name] = page_text(played, [report])
    asked = ReportRequest("predict")
    pages["predict"] = page_text(played, [predict(played, asked, 20), evaluate(played, asked)])
    for name in _EDGES:
        pages[name] = _page(SHOPS[name](tmp_path_factory.mktemp("edge") / "shop"))
    pages["faults"] = _FAULTS
    for name, written in pages.items():
        (folder / f"{name}.html").write_text(written, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    "page", ["all", "one", "market by week", "bazaar", "predict", *REPORTS, *_EDGES]
)
@pytest.mark.parametrize("view", _VIEWS)
def test_a_page_is_sound_in_every_size(
    browser: Chromium, files: Path, page: str, view: str
) -> None:
    width, scheme, media = _VIEWS[view]
    file = files / f"{page}.html"
    with Page(browser, file, width=width, scheme=scheme, media=media) as shown:
        assert shown.evaluate(_CHECKS) == []
        assert shown.complaints() == []
        assert shown.requests() == [file.as_uri()]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("brand", _BRANDS)
def test_a_page_can_be_read_whatever_colour_the_shop_chose(
    browser: Chromium, files: Path, brand: str, scheme: str
) -> None:
    with Page(browser, files / f"{brand}.html", width=1280, scheme=scheme, media="screen") as shown:
        assert shown.evaluate(_CHECKS) == []


def test_a_screen_reader_meets_every_picture_by_its_name(browser: Chromium, files: Path) -> None:
    with Page(browser, files / "all.html", width=1280, scheme="light", media="screen") as shown:
        names = shown.picture_names()
        assert names[:3] == ["Units that came back", "Return rate", "Why they came back"]
        assert len(names) == shown.evaluate("document.querySelectorAll('svg.chart').length")
        assert all(names)


def test_hostile_names_are_text_and_nothing_runs(browser: Chromium, files: Path) -> None:
    with Page(browser, files / "all.html", width=360, scheme="light", media="screen") as shown:
        assert shown.evaluate("document.querySelectorAll('script, img, iframe').length") == 0
        assert "<script>alert(1)</script>" in shown.evaluate("document.body.innerText")


def test_a_page_is_printed_whole(browser: Chromium, files: Path) -> None:
    with Page(browser, files / "one.html", width=680, scheme="light", media="print") as shown:
        printed = pypdfium2.PdfDocument(shown.pdf())
    text = "".join(page.get_textpage().get_text_bounded() for page in printed)
    assert 2 <= len(printed) <= 4
    assert "Mar 2026 *" in text
    assert "How this was counted" in text


def test_the_checks_see_what_is_wrong(browser: Chromium, files: Path) -> None:
    with Page(browser, files / "faults.html", width=360, scheme="light", media="screen") as shown:
        found = {one.split(":")[0] for one in shown.evaluate(_CHECKS)}
        assert found == {"overflow", "contrast", "small", "overlap"}
        assert "said" in " ".join(shown.complaints())
        assert "https://shop.example/x.png" in shown.requests()
        assert "" in shown.picture_names()
