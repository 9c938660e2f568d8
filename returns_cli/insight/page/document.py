"""Reports as one page that stands alone: no script, no network, light, dark and paper.

Whoever saves or mails the page has nothing to trust: it forbids itself everything but its own
style, which it names by its hash, and every text of the shop's data is escaped.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from returns_cli.insight.charts.draw import figures
from returns_cli.insight.figures import day
from returns_cli.insight.markup import Markup, element, joined
from returns_cli.insight.page.masthead import Masthead
from returns_cli.insight.page.style import style_sheet
from returns_cli.insight.page.tables import table_html
from returns_cli.insight.periods import first_day, last_day, period_of
from returns_cli.insight.report import Period, Report, Table


def report_page(reports: Sequence[Report], masthead: Masthead) -> str:
    """The whole page; the same reports make the same bytes.

    Args:
        reports: at least one; several get a table of contents.
        masthead: whose it is.
    """
    style = style_sheet(masthead.color)
    alone = len(reports) == 1
    title = reports[0].title if alone else masthead.title
    page = element(
        "html",
        "\n",
        element("head", joined(_head(f"{title} · {masthead.shop}", style), "\n")),
        "\n",
        element(
            "body",
            joined(
                [
                    _cover(title, reports[0].period, masthead),
                    None if alone else _contents(reports),
                    element("main", joined(_articles(reports, masthead), "\n")),
                    _colophon(reports[0].period, masthead),
                ],
                "\n",
            ),
        ),
        lang="en",
    )
    return f"<!DOCTYPE html>\n{page}\n"


def _head(title: str, style: str) -> Iterator[Markup]:
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    rules = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    yield element("meta", charset="utf-8")
    yield element("meta", http_equiv="Content-Security-Policy", content=rules)
    yield element("meta", name="viewport", content="width=device-width, initial-scale=1")
    yield element("meta", name="color-scheme", content="light dark")
    yield element("meta", name="referrer", content="no-referrer")
    yield element("title", title)
    yield element("style", Markup(style))


def _cover(title: str, period: Period, masthead: Masthead) -> Markup:
    return element(
        "header",
        element(
            "div",
            element("p", element("bdi", masthead.shop), class_="shop"),
            element("h1", title),
            element("p", days_text(period, masthead.locale), class_="days"),
        ),
        class_="cover",
    )


def _contents(reports: Sequence[Report]) -> Markup:
    entries = []
    said: set[str] = set()
    for report in reports:
        # Some reports begin with the same sentence: here each says what no other has said.
        told = next((one for one in report.findings if one not in said), None)
        said.add(told or "")
        entries.append(
            element(
                "li",
                element("a", report.title, href=f"#{report.name}"),
                element("p", _whole(told)) if told else None,
            )
        )
    return element(
        "nav",
        element("h2", "Contents", id="contents"),
        element("ol", *entries),
        aria_labelledby="contents",
    )


def _articles(reports: Sequence[Report], masthead: Masthead) -> Iterator[Markup]:
    for report in reports:
        yield element(
            "article",
            joined(_article(report, masthead, alone=len(reports) == 1), "\n"),
            aria_labelledby=report.name,
        )


def _article(report: Report, masthead: Masthead, *, alone: bool) -> Iterator[Markup | None]:
    # A page of one report has said its title on the cover; who listens still finds it here.
    yield element("h2", report.title, id=report.name, class_="unseen" if alone else None)
    yield _filters(report)
    yield _findings(report)
    drawn: dict[str, list[Markup]] = {}
    for n, chart in enumerate(report.charts, 1):
        key = f"{report.name}-chart-{n}"
        found = figures(chart, report.table(chart.table), key, masthead.locale)
        drawn.setdefault(chart.table, []).extend(found)
    for table in report.tables:
        yield _plate(report, table, drawn.get(table.name, ()), masthead.locale)
    yield _notes(report)


def _filters(report: Report) -> Markup | None:
    if not report.filters:
        return None
    said = (joined([f"{name} ", element("bdi", value)]) for name, value in report.filters)
    return element("p", "Only ", joined(said, ", "), ".", class_="filters")


def _findings(report: Report) -> Markup | None:
    if not report.findings:
        return None
    key = f"{report.name}-findings"
    return element(
        "section",
        element("h3", "Findings", id=key),
        element("ol", *(element("li", _whole(one)) for one in report.findings)),
        class_="findings",
        aria_labelledby=key,
    )


def _plate(report: Report, table: Table, drawn: Sequence[Markup], locale: str) -> Markup:
    """A table with the pictures over it; it stands below them, as the text of what they show."""
    listing = table_html(table, f"{report.name}-{table.name}", locale)
    return element("div", *drawn, listing, class_="plate")


def _notes(report: Report) -> Markup | None:
    if not report.notes:
        return None
    key = f"{report.name}-notes"
    return element(
        "section",
        element("h3", "How this was counted", id=key),
        *(element("p", _whole(note)) for note in report.notes),
        class_="notes",
        aria_labelledby=key,
    )


def _whole(sentence: str) -> Markup:
    """An English sentence: a name in it that is written from the right does not turn it around."""
    return element("bdi", sentence.replace(" %", "\u202f%"), dir="ltr")


def _colophon(period: Period, masthead: Masthead) -> Markup:
    return element(
        "footer",
        element(
            "p",
            element("bdi", masthead.shop),
            " · ",
            element("span", f"as of {instant_text(period.as_of, masthead.locale)}"),
            f", {masthead.timezone}" if masthead.timezone else "",
        ),
    )


def days_text(period: Period, locale: str) -> str:
    """The days of a report, as a heading says them.

    >>> days_text(Period("2026-03-01", "2026-03-31", "month", "2026-04-02"), "en_001")
    'March 2026'
    >>> days_text(Period("2026-02-01", "2026-03-31", "month", "2026-04-02"), "en_001")
    '1 February 2026 to 31 March 2026'
    >>> days_text(Period("", "2026-03-31", "week", "2026-03-20"), "en_001")
    'Until 31 March 2026 · not over yet'
    """
    until = day(period.until, locale, style="long")
    over = "" if period.as_of[:10] > period.until else " · not over yet"
    if not period.since:
        return f"Until {until}{over}"
    if _is_whole_month(period):
        first = date.fromisoformat(period.since)
        return f"{first:%B} {first.year}{over}"
    if period.since == period.until:
        return f"{until}{over}"
    return f"{day(period.since, locale, style='long')} to {until}{over}"


def _is_whole_month(period: Period) -> bool:
    month = period_of(date.fromisoformat(period.since), "month")
    return (period.since, period.until) == (
        first_day(month).isoformat(),
        last_day(month).isoformat(),
    )


def instant_text(instant: str, locale: str) -> str:
    """A day, and the time where one is said.

    >>> instant_text("2026-04-02T09:30:00+02:00", "en_001"), instant_text("2026-04-02", "en_001")
    ('2 April 2026, 09:30', '2 April 2026')
    """
    said = day(instant, locale, style="long")
    return f"{said}, {datetime.fromisoformat(instant):%H:%M}" if "T" in instant else said
