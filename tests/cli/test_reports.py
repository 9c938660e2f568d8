"""Reports over a real shop, in process: forms, files, refusals."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from returns_cli.operations.report.make_report import REPORTS
from tests.cli.conftest import Outcome, Run
from tests.operations.desk import opened, small_shop


@pytest.fixture
def desk(run_cli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run commands in a shop with a return."""
    monkeypatch.chdir(tmp_path)
    shop = small_shop(tmp_path)
    opened(shop, "1001", "2:1=itchy")

    def run(*words: str) -> Outcome:
        return run_cli("--as-of", "2026-03-20", *words, folder=tmp_path)

    return run


def test_a_page_is_written_and_named(desk: Run, tmp_path: Path) -> None:
    outcome = desk("report", "summary", "--html", "page.html")
    assert (outcome.code, outcome.out, outcome.err) == (0, "Page  page.html\n", "")
    assert (tmp_path / "page.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>\n")


def test_the_page_goes_to_stdout_alone(desk: Run, tmp_path: Path) -> None:
    for words in (("report", "all"), ("report", "summary", "--json"), ("predict", "products")):
        out = desk(*words, "--html", "-").out
        assert out.startswith("<!DOCTYPE html>\n")
        assert out.endswith("</html>\n")
    assert not (tmp_path / "-").exists()


def test_figures_can_be_had_beside_the_page(desk: Run, tmp_path: Path) -> None:
    answer = json.loads(desk("report", "summary", "--json", "--html", "page.html").out)
    csv = desk("report", "summary", "--csv", "--table", "desk", "--html", "page.html").out
    table = desk("report", "summary", "--table", "desk", "--html", "page.html").out
    assert answer["report"] == "summary"
    assert csv.startswith("period,returns,")
    assert "Returns that customers asked for" in table


def test_all_reports_are_answered_in_their_order(desk: Run) -> None:
    answers = json.loads(desk("report", "all", "--json").out)
    assert [one["report"] for one in answers] == list(REPORTS)
    titles = [one["title"] for one in answers]
    shown = desk("report", "all").out
    assert [shown.index(title) for title in titles] == sorted(map(shown.index, titles))


def test_many_reports_are_no_csv(desk: Run) -> None:
    outcome = desk("report", "all", "--format", "csv")
    assert (outcome.code, outcome.out) == (2, "")
    assert "E-USAGE-TABLE" in outcome.err


def test_a_page_that_cannot_be_written_exits_9(desk: Run) -> None:
    outcome = desk("report", "all", "--html", "none/page.html")
    assert (outcome.code, outcome.out) == (9, "")
    assert "its folder does not exist" in outcome.err
