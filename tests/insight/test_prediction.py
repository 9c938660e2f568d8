import pytest

from returns_cli.insight.backtest import BackTest, Score, Trial
from returns_cli.insight.forecast import Backs, History, Sales
from returns_cli.insight.periods import from_to, number
from returns_cli.insight.prediction import evaluate_predictions, predict_products, verdict
from returns_cli.insight.report import Report, Share

_JUNE = number("2026-06")
_AS_OF = "2026-07-10T12:00:00+00:00"
_NAMES = {"BOOT": ("Boot", "Home"), "LAMP": ("Lamp", "Home"), "VASE": ("Vase", "Home")}


def _history(boot: int = 5, lamp: int = 1) -> History:
    """Half a year of ten lines a month of each; some boots come back too small, some worn."""
    months = [number(one) for one in from_to("2026-01", "2026-06")]
    return History(
        "month",
        _NAMES,
        [Sales(sku, month, 10) for month in months for sku in _NAMES],
        [
            *(Backs("BOOT", month, month, "too_small", boot - 1) for month in months),
            *(Backs("BOOT", month, month, "defective", 1) for month in months),
            *(Backs("LAMP", month, month, "style", lamp) for month in months),
        ],
    )


def _predicted(history: History, most: int = 20) -> Report:
    return predict_products(history, _JUNE, _AS_OF, most)


def test_the_likeliest_product_stands_first_with_what_drives_it() -> None:
    report = _predicted(_history())
    assert report.title == "Products likely to come back in Jul 2026"
    assert report.period == ("2026-01-01", "2026-06-30", "month", _AS_OF)
    row = dict(
        zip(
            [column.name for column in report.tables[0].columns],
            report.tables[0].rows[0],
            strict=True,
        )
    )
    assert row["sku"] == "BOOT"
    assert row["so_far"] == Share(30, 60)
    assert row["recent"] == row["before"] == Share(15, 30)
    assert row["trend"] == "steady"
    assert row["reason"] == "too_small"
    assert row["reason_share"] == Share(24, 30)
    told = report.findings[0]
    assert told.startswith("Boot (BOOT) is likely to come back above its category (>99.9% sure)")
    assert told.endswith("so far 30 of 60 lines (50.0%), most for too small (24 of 30).")


def test_a_reason_that_says_nothing_drives_nothing() -> None:
    history = _history()
    silent = history._replace(
        names={sku: (title, "") for sku, (title, _) in history.names.items()},
        backs=[one._replace(reason="no_reason") for one in history.backs],
    )
    told = _predicted(silent).findings[0]
    assert "above others without a category" in told
    assert told.endswith("so far 30 of 60 lines (50.0%).")


def test_a_product_that_never_came_back_has_no_reason() -> None:
    rows = _predicted(_history()).tables[0].rows
    assert rows[-1][0] == "VASE"
    assert rows[-1][-2:] == (None, None)


def test_no_more_rows_than_are_wanted() -> None:
    report = _predicted(_history(), most=1)
    assert len(report.tables[0].rows) == 1
    assert report.tables[0].note == "The first 1 of 3 products."


def test_products_that_are_all_alike_are_not_held_up() -> None:
    history = _history()
    alike = history._replace(
        backs=[Backs(one.sku, one.period, one.period, "style", 2) for one in history.sales]
    )
    assert _predicted(alike).findings == (
        "No product is likely to come back above its category's rate in Jul 2026.",
    )


def test_rising_products_are_named() -> None:
    history = _history(boot=1)
    more = [
        Backs("BOOT", number(month), number(month), "defective", 9)
        for month in ("2026-04", "2026-05", "2026-06")
    ]
    report = _predicted(history._replace(backs=[*history.backs, *more]))
    assert report.findings[-1] == "Rising beyond chance: BOOT."


def test_many_rising_products_are_counted() -> None:
    skus = [f"P{n}" for n in range(5)]
    names = {**{sku: (sku, "Home") for sku in skus}, "SOLID": ("Solid", "Home")}
    sales = [Sales(sku, number(month), 40) for sku in skus for month in ("2026-01", "2026-06")]
    history = History(
        "month",
        names,
        [*sales, Sales("SOLID", _JUNE, 900)],
        [Backs(sku, _JUNE, _JUNE, "defective", 30) for sku in skus],
    )
    assert _predicted(history).findings[-1] == "Rising beyond chance: P0, P1, P2 and 2 more."


def test_a_shop_with_few_returns_lists_nothing() -> None:
    history = _history()
    few = history._replace(backs=[Backs("BOOT", _JUNE, _JUNE, "style", 5)])
    report = _predicted(few)
    assert report.tables[0].rows == ()
    assert report.findings == (
        "There is too little to forecast from: 5 lines came back, and it takes 20.",
    )


def test_an_empty_shop_says_what_is_missing() -> None:
    nothing = History("week", {}, [], [])
    report = predict_products(nothing, number("2026-W10"), _AS_OF, 20)
    assert report.tables[0].rows == ()
    assert report.findings == (
        "No whole week of orders is over yet: there is nothing to forecast from.",
    )
    judged = evaluate_predictions(nothing, number("2026-W10"), _AS_OF)
    assert [table.rows for table in judged.tables] == [(), (), ()]
    assert judged.findings == (
        (
            "Nobody can say yet whether to believe the forecasts: it takes 4 whole weeks of "
            "orders, and 20 returns of the later ones."
        ),
    )


def test_the_back_test_is_shown_period_by_period() -> None:
    report = evaluate_predictions(_history(), _JUNE, _AS_OF)
    methods, periods, calibration = report.tables
    assert [row[0] for row in methods.rows] == ["forecast", "last_rate", "category_rate"]
    # Each month BOOT alone is above 6 of 30; of three products one is right.
    assert methods.rows[0][2] == methods.rows[1][2] == Share(3, 9)
    assert [row[0] for row in periods.rows] == ["2026-04", "2026-05", "2026-06"]
    assert periods.rows[0][1] == Share(6, 30)
    assert periods.rows[0][3] == Share(1, 3)
    assert [row[0] for row in calibration.rows] == [*range(1, len(calibration.rows) + 1)]
    assert sum(row[2].whole for row in calibration.rows if isinstance(row[2], Share)) == 90


def _trials(*losses: tuple[float, float, float], hits: int = 10, last_hits: int = 3) -> BackTest:
    trials = [
        Trial(
            number,
            1.0,
            100,
            10,
            50,
            10,
            Score(ours, hits, 20),
            Score(naive, last_hits, 20),
            Score(category, 0, 20),
        )
        for number, (ours, naive, category) in enumerate(losses)
    ]
    return BackTest(tuple(trials), ())


@pytest.mark.parametrize(
    ("test", "judged"),
    [
        pytest.param(_trials(*[(0.1, 0.2, 0.15)] * 5), "Believe the forecasts", id="5 of 5"),
        pytest.param(_trials((0.1, 0.2, 0.15)), "Nobody can say yet", id="ten lines came back"),
        pytest.param(
            _trials(*[(0.1, 0.2, 0.15)] * 4), "Take the forecasts with care", id="4 of 4 is luck"
        ),
        pytest.param(
            _trials(*[(0.1, 0.2, 0.15)] * 9, hits=2),
            "Take the forecasts with care",
            id="but its first products were not the right ones",
        ),
        pytest.param(
            _trials(*[(0.16, 0.2, 0.15)] * 9), "The forecasts tell no more", id="as categories"
        ),
        pytest.param(
            _trials(*[(0.1499, 0.2, 0.15)] * 9), "The forecasts tell no more", id="hardly better"
        ),
        pytest.param(_trials(*[(0.2, 0.2, 0.3)] * 9), "Do not believe", id="as last rates"),
    ],
)
def test_the_verdict_is_said_plainly(test: BackTest, judged: str) -> None:
    assert verdict(test, "month")[0].startswith(judged)


def test_the_verdict_says_what_it_rests_on() -> None:
    told = verdict(_trials((0.1, 0.2, 0.15), (0.3, 0.2, 0.35)), "month")
    assert told[1:] == (
        (
            "Better than the last month's rates in 1 of 2 months: log loss 0.2000 against "
            "0.2000, and 0.2500 of the categories' rates."
        ),
        (
            "Of the products put first 20 of 40 products (50.0%) came back above their category's "
            "rate; of those with the highest last rate 15.0%, of all products 20.0%."
        ),
    )
