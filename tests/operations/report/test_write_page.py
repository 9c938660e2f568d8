"""The page of a real shop: whose it is, what is on it, and how it lies on the disk."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from returns_cli.domain.errors import OutputError
from returns_cli.operations.report.make_report import REPORTS, ReportRequest, make_all_reports
from returns_cli.operations.report.write_page import page_text, write_page
from returns_cli.operations.shop import Shop
from tests.insight.page.reading import PageContent, as_tree
from tests.operations.desk import SETTINGS, opened, small_shop

_ALL = ReportRequest("all")


def _page(shop: Shop) -> str:
    return page_text(shop, make_all_reports(shop, _ALL))


def test_the_page_has_every_report_in_the_order_of_its_contents(tmp_path: Path) -> None:
    tree = as_tree(_page(small_shop(tmp_path)))
    articles = [one.get("aria-labelledby") for one in tree.iter("article")]
    assert articles == list(REPORTS)
    assert [one.get("href") for one in tree.iterfind(".//nav//a")] == [f"#{n}" for n in REPORTS]


def test_name_and_colour_are_the_brands(tmp_path: Path) -> None:
    settings = f'{SETTINGS}\nbrand: {{name: "<i>Nook</i>", color: "#a1b2c3"}}\n'
    page = _page(small_shop(tmp_path, settings=settings))
    assert "--band: #a1b2c3" in page
    assert "&lt;i&gt;Nook&lt;/i&gt;" in page
    assert "<i>" not in page


def test_the_same_shop_and_clock_make_the_same_bytes(tmp_path: Path) -> None:
    shop = small_shop(tmp_path)
    opened(shop, "1001", "2:1=itchy")
    assert _page(shop) == _page(Shop(shop.folder, "ben", shop.now))


def test_an_empty_shop_has_a_page(tmp_path: Path) -> None:
    shop = small_shop(tmp_path)
    content = PageContent(_page(Shop(shop.folder, "ann", "2020-01-01")))
    assert "Nothing to list." in content.text


def test_the_file_is_its_owners_and_a_link_in_the_way_is_never_followed(tmp_path: Path) -> None:
    shop = small_shop(tmp_path / "shop")
    precious, target = tmp_path / "precious.txt", tmp_path / "page.html"
    precious.write_text("mine")
    target.symlink_to(precious)
    write_page(shop, make_all_reports(shop, _ALL), target)
    assert precious.read_text() == "mine"
    assert not target.is_symlink()
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert target.read_text(encoding="utf-8") == _page(shop)


def test_a_page_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    shop = small_shop(tmp_path / "shop")
    with pytest.raises(OutputError) as raised:
        write_page(shop, make_all_reports(shop, _ALL), tmp_path / "none" / "page.html")
    assert raised.value.code == "E-OUTPUT-FILE"
