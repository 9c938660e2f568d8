from datetime import date
from zoneinfo import ZoneInfo

import pytest

from returns_cli.domain.reported import Scope
from returns_cli.domain.reported_reasons import Comment, ProductReason, ReasonPeriod
from returns_cli.insight.periods import number
from returns_cli.insight.reasons import ReasonFacts, quotable, reasons_report, trend_of
from returns_cli.insight.report import Interval, Period, Report, Share

_PERIOD = Period("2026-02-01", "2026-04-10", "month", "2026-04-10T12:00:00+00:00")
_SCOPE = Scope(date(2026, 2, 1), date(2026, 4, 10), ZoneInfo("Europe/Berlin"))
_MARCH = number("2026-03")
_DAY = 20_520  # 2026-03-08


def _report(
    periods: dict[tuple[str, str], int] | None = None,
    products: list[ProductReason] | None = None,
    comments: list[Comment] | None = None,
) -> Report:
    figures = ReasonFacts(
        [
            ReasonPeriod(reason, number(month), lines, lines if month >= "2026-02" else 0)
            for (reason, month), lines in (periods or {}).items()
        ],
        products or [],
        comments or [],
        _MARCH,
    )
    return reasons_report(_SCOPE, _PERIOD, figures)


def _asked(sku: str, reason: str, units: int, latest: int = 0, before: int = 0) -> ProductReason:
    return ProductReason(sku, sku.title(), reason, units, units, latest, before, _DAY)


def test_reasons_are_counted_and_the_unknown_share_is_said() -> None:
    report = _report(
        products=[
            _asked("BOOT", "damaged_in_transit", 6),
            _asked("LAMP", "defective", 1),
            _asked("LAMP", "other", 2),
            _asked("MUG", "no_reason", 1),
            _asked("MUG", "style", 0, before=3),
        ]
    )
    assert report.tables[0].rows == (
        ("damaged_in_transit", 6, Share(6, 10), "2026-03-08", None, None, None),
        ("other", 2, Share(2, 10), "2026-03-08", None, None, None),
        ("defective", 1, Share(1, 10), "2026-03-08", None, None, None),
        ("no_reason", 1, Share(1, 10), "2026-03-08", None, None, None),
    )
    assert report.findings == (
        'The most frequent reason is "damaged in transit": 6 of 10 requested units (60.0%).',
        "Nobody knows why for 3 of 10 units (30.0%): another reason, or none.",
    )
    assert report.table("products").rows[1] == (
        *("LAMP", "Lamp", "other", 2, Share(2, 3), "2026-03-08", None),
    )


@pytest.mark.parametrize(
    ("now", "before", "word"),
    [
        # 5 % of 100: up to 13 are chance (SciPy, see test_statistics).
        pytest.param(Share(13, 100), Share(50, 1000), "steady", id="13 are chance"),
        pytest.param(Share(14, 100), Share(50, 1000), "rising", id="14 are not"),
        # 2 % of 1,000: from 8 to 34 are chance.
        pytest.param(Share(7, 1000), Share(20, 1000), "falling", id="7 of 1,000 are too few"),
        pytest.param(Share(8, 1000), Share(20, 1000), "steady", id="8 of 1,000 are not"),
        pytest.param(Share(1, 100), Share(0, 1000), "new", id="what never was is new"),
        pytest.param(Share(9, 10), Share(1, 19), "", id="too little to know what is usual"),
        pytest.param(Share(0, 0), Share(5, 100), "", id="nothing came lately"),
    ],
)
def test_a_trend_is_told_by_the_limits_of_control(now: Share, before: Share, word: str) -> None:
    assert trend_of(now, before).word == word


def test_a_rising_reason_is_shown_with_its_usual_range() -> None:
    report = _report(
        periods={
            ("defective", "2026-01"): 50,
            ("style", "2026-01"): 950,
            ("defective", "2026-03"): 14,
            ("style", "2026-03"): 86,
            ("defective", "2026-04"): 1,
        },
        products=[_asked("LAMP", "defective", 15), _asked("BOOT", "style", 86)],
    )
    row = next(row for row in report.tables[0].rows if row[0] == "defective")
    assert row[4:] == (Share(14, 100), Interval(0, 0.13), "rising")
    assert report.findings[1:] == (
        '"defective" rises: 14 of 100 lines (14.0%) lately, usually up to 13.0%.',
    )
    periods = report.table("periods")
    assert periods.rows == (
        ("2026-03", "style", 86, Share(86, 100)),
        ("2026-03", "defective", 14, Share(14, 100)),
        ("2026-04", "defective", 1, Share(1, 1)),
    )
    assert periods.partial == {"2026-04"}


def test_a_new_reason_is_called_new() -> None:
    report = _report(
        periods={
            ("style", "2026-02"): 100,
            ("defective", "2026-03"): 2,
            ("style", "2026-03"): 8,
        },
        products=[_asked("LAMP", "defective", 2)],
    )
    assert report.findings[-1] == (
        '"defective" is new: 2 of 10 lines (20.0%) lately, usually up to 0.0%.'
    )


def test_a_reason_rises_within_a_product() -> None:
    products = []
    for sku in ("P1", "P2", "P3", "P4"):
        products += [
            _asked(sku, "style", 95, latest=10, before=95),
            _asked(sku, "defective", 20, latest=10, before=5),
        ]
    products += [
        _asked("ONCE", "style", 95, latest=0, before=95),
        _asked("ONCE", "defective", 2, latest=2, before=0),
    ]
    report = _report(products=products)
    assert report.findings[-1] == (
        "Rising within a product: P1 (defective), P2 (defective), P3 (defective) and 1 more."
    )
    trends = {row[0]: row[-1] for row in report.table("products").rows if row[2] == "defective"}
    assert trends["P1"] == "rising"
    assert trends["ONCE"] is None


def _sized(sku: str, title: str, small: int, large: int) -> list[ProductReason]:
    return [
        ProductReason(sku, title, "too_small", small, small, 0, 0, _DAY),
        ProductReason(sku, title, "too_large", large, large, 0, 0, _DAY),
    ]


def test_sizes_are_told_for_the_product_where_its_variants_agree() -> None:
    report = _report(
        products=[
            *_sized("T-S", "Tee - S", 12, 0),
            *_sized("T-M", "Tee - M", 12, 0),
            *_sized("CAP", "Cap", 0, 12),
            *_sized("BELT", "Belt", 5, 6),
        ]
    )
    assert "Tee runs small: 24 too small, 0 too large." in report.findings
    assert "CAP runs large: 0 too small, 12 too large." in report.findings
    assert not [one for one in report.findings if one.startswith(("T-S", "BELT"))]
    kinds = [row[0] for row in report.table("sizes").rows]
    assert kinds == ["product", "variant", "variant", "variant", "variant"]


def test_many_odd_sizes_are_counted() -> None:
    products = [row for n in range(5) for row in _sized(f"P{n}", f"Thing {n}", 20, 0)]
    assert _report(products=products).findings[-1] == "2 more run small or large."


def test_nothing_asked_says_so() -> None:
    report = _report()
    assert [table.rows for table in report.tables] == [()] * 5
    assert report.findings == ("Nothing was asked to come back in these days.",)


def test_comments_are_shown_without_what_names_a_person() -> None:
    report = _report(comments=[Comment("style", "=cmd()", "Bad.\nMail zoe@example.com \x1b[31m")])
    assert report.table("comments").rows == (("style", "=cmd()", "Bad. Mail … \x1b[31m"),)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Call +49 (30) 123-4567 now", "Call +… now"),
        ("2 of 12 broke, 1234 left", "2 of 12 broke, 1234 left"),
        ("a" * 200, "a" * 159 + "…"),
        ("قميص صغير", "قميص صغير"),
        ("a@b.example, c@d.example", "… …"),
    ],
)
def test_a_comment_is_quotable(text: str, shown: str) -> None:
    assert quotable(text) == shown
