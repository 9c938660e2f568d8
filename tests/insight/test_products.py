"""Figures worked out by hand, or by SciPy 1.17 where it is named."""

from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from returns_cli.domain.reported import Scope
from returns_cli.insight.cohorts import Cohort
from returns_cli.insight.goods import Goods, GoodsFacts, Worth, estimates
from returns_cli.insight.periods import number
from returns_cli.insight.products import categories_report, products_report
from returns_cli.insight.report import Interval, Money, Period, Report, Share

_SCOPE = Scope(date(2026, 1, 1), date(2026, 4, 30), ZoneInfo("Europe/Berlin"))
_PERIOD = Period("2026-01-01", "2026-04-30", "month", "2026-05-10")


def _singles(
    name: str, delivered: int, returned: int, category: str = "Shoes", title: str = "Thing"
) -> Goods:
    """Sold one a line, so that the sample is what was delivered."""
    return Goods(name, title, category, delivered, delivered, returned)


@dataclass
class _Shop:
    sold: list[Goods] = field(default_factory=list)
    worth: list[Worth] = field(default_factory=list)
    cohorts: list[Cohort] = field(default_factory=list)
    development: dict[tuple[str, str], int] = field(default_factory=dict)

    def products(self) -> Report:
        return products_report(_SCOPE, _PERIOD, self._facts())

    def categories(self) -> Report:
        return categories_report(_SCOPE._replace(country="DE"), _PERIOD, self._facts())

    def _facts(self) -> GoodsFacts:
        aged = {(number(a), number(b)): n for (a, b), n in self.development.items()}
        return GoodsFacts(self.sold, self.worth, self.cohorts, aged)


def test_a_product_is_held_against_its_category() -> None:
    report = _Shop([_singles("BOOT", 10, 3), _singles("CLOG", 10, 1)]).products()
    boot, clog = report.tables[0].rows
    # The prior of the two is worth their 20 sales, with 4 back (see test_beta).
    assert boot[:5] == ("BOOT", "Thing", "Shoes", 10, 3)
    assert boot[5] == Share(3, 10)
    assert boot[6] == pytest.approx(Interval(0.1078, 0.6032), abs=0.0001)  # Wilson, by hand
    assert boot[7] == pytest.approx((4 + 3) / (20 + 10))
    assert clog[7] == pytest.approx((4 + 1) / (20 + 10))
    assert boot[8] == clog[8] == pytest.approx(0.2)
    assert boot[9] == clog[9] == "small"


def test_few_sales_do_not_make_a_product_the_worst() -> None:
    shop = _Shop([_singles(f"P{n}", 100, 5) for n in range(20)])
    shop.sold += [_singles("ONCE", 1, 1), _singles("OFTEN", 200, 40)]
    rows = shop.products().tables[0].rows
    assert [row[0] for row in rows[:2]] == ["OFTEN", "ONCE"]
    assert rows[0][9] == "above"
    assert rows[1][9] == "small"


def test_units_of_one_line_are_no_independent_sales() -> None:
    one_line = Goods("CUP", "Cup", "Home", 100, 100 * 100, 100)
    many_lines = _singles("MUG", 100, 100, "Home")
    by_name = {one.sold.name: one for one in estimates([one_line, many_lines])}
    assert by_name["CUP"].stands == "small"
    assert by_name["CUP"].interval == pytest.approx((0.2065, 1.0), abs=0.0001)  # 1 of 1
    assert by_name["MUG"].interval == pytest.approx((0.9630, 1.0), abs=0.0001)  # 100 of 100


def test_a_small_category_borrows_from_the_shop() -> None:
    shoes = [_singles("A", 10, 1), _singles("B", 10, 3)]
    alone = estimates([*shoes, _singles("LAMP", 0, 0, "Light")])
    lamp = next(one for one in alone if one.sold.name == "LAMP")
    assert lamp.expected == pytest.approx(0.2)
    assert lamp.shrunk == pytest.approx(0.2)
    assert lamp.interval is None
    assert lamp.stands == "small"


def test_one_product_has_nothing_to_be_held_against() -> None:
    (only,) = estimates([_singles("A", 40, 10)])
    assert (only.shrunk, only.expected, only.stands) == (0.25, 0.25, "near")


def test_a_product_that_hardly_comes_back_is_below() -> None:
    sold = [_singles(f"P{n}", 100, 30) for n in range(9)]
    found = {one.sold.name: one.stands for one in estimates([*sold, _singles("GOOD", 200, 4)])}
    assert found["GOOD"] == "below"
    assert found["P1"] == "near"


def test_the_finding_names_rate_bounds_counts_and_money() -> None:
    shop = _Shop([_singles(f"P{n}", 100, 5) for n in range(20)])
    shop.sold += [_singles("BOOT", 200, 40)]
    shop.worth = [
        Worth("BOOT", "USD", 2_000_000, 400_000),
        Worth("BOOT", "EUR", 1_000, 0),
        Worth("P1", "USD", 500_000, 25_000),
    ]
    report = shop.products()
    # 140 of 2,200; 40 of 200 by Wilson: 0.1505 to 0.2608. The expected rate is that of all.
    assert report.findings == (
        (
            "140 of 2,200 delivered units (6.4%) came back; by value 0.0% of EUR (0.00 EUR), "
            "17.0% of USD (4,250.00 USD)."
        ),
        (
            "Thing (BOOT) comes back at 20.0% (15.0% to 26.1%), its category at 6.4%: 40 of 200 "
            "units, worth 4,000.00 USD."
        ),
    )
    assert report.table("products_by_value").rows == (
        (
            *("BOOT", "Thing", "Shoes"),
            *(Money("USD", 2_000_000), Money("USD", 400_000), Share(400_000, 2_000_000)),
        ),
        (
            *("P1", "Thing", "Shoes"),
            *(Money("USD", 500_000), Money("USD", 25_000), Share(25_000, 500_000)),
        ),
    )


def test_only_the_worst_are_told_one_by_one() -> None:
    shop = _Shop([_singles(f"P{n}", 100, 5) for n in range(60)])
    shop.sold += [_singles(f"BAD{n}", 200, 60) for n in range(5)]
    findings = shop.products().findings
    assert len(findings) == 5
    assert findings[-1] == "2 more come back beyond doubt above that rate."


def test_young_cohorts_are_marked_and_completed() -> None:
    shop = _Shop([_singles("A", 100, 5)])
    shop.cohorts = [
        Cohort("2026-03", 100, 100, 9),
        Cohort("2026-04", 100, 100, 6),
        Cohort("2026-05", 0, 0, 0),
    ]
    shop.development = {
        ("2026-01", "2026-01"): 10,
        ("2026-01", "2026-02"): 10,
        ("2026-02", "2026-02"): 10,
        ("2026-02", "2026-03"): 10,
        ("2026-03", "2026-03"): 4,
        ("2026-03", "2026-04"): 5,
        ("2026-04", "2026-04"): 6,
    }
    report = shop.products()
    march, april, may = report.table("cohorts").rows
    # In the month after, 24 had become 49; then nothing more came.
    assert march[5:] == pytest.approx((1.0, 0.09))
    assert april[3] == Share(6, 100)
    assert april[4] == pytest.approx(Interval(0.0278, 0.1248), abs=0.0001)
    assert april[5:] == pytest.approx((24 / 49, 0.06 * 49 / 24))
    assert may == ("2026-05", 0, 0, Share(0, 0), None, None, None)
    assert report.table("cohorts").partial == {"2026-04", "2026-05"}
    assert report.findings[-1] == (
        "Orders of Apr 2026 to May 2026 are young: more of them will come back."
    )


def test_a_short_history_says_so() -> None:
    shop = _Shop([_singles("A", 10, 1)], cohorts=[Cohort("2026-04", 10, 10, 1)])
    cohorts = shop.products().table("cohorts")
    assert "too little history" in cohorts.note
    assert cohorts.partial == {"2026-04"}
    assert "Orders of Apr 2026 are young: more of them will come back." in shop.products().findings


def test_categories_are_held_against_the_shop() -> None:
    shop = _Shop([_singles("Shoes", 10, 3, ""), _singles("", 10, 1, "")])
    shop.worth = [Worth("", "JPY", 9_000, 900), Worth("gone", "JPY", 1, 0)]
    report = shop.categories()
    assert report.filters == (("country", "DE"),)
    assert report.tables[0].rows[0][:3] == ("Shoes", 10, 3)
    assert report.tables[0].rows[1][5] == pytest.approx(5 / 30)
    assert report.table("categories_by_value").rows == (
        ("", Money("JPY", 9_000), Money("JPY", 900), Share(900, 9_000)),
    )
    assert [column.label for column in report.tables[0].columns][-2] == "Shop's"


def test_a_category_without_a_name_is_told_as_such() -> None:
    shop = _Shop([_singles(f"C{n}", 100, 5, "") for n in range(20)])
    shop.sold.append(_singles("", 200, 60, ""))
    assert shop.categories().findings[1].startswith("No category comes back at 30.0%")


def test_an_empty_shop_says_that_nothing_was_delivered() -> None:
    for report in (_Shop().products(), _Shop().categories()):
        assert [table.rows for table in report.tables] == [(), (), ()]
        assert report.findings == ("Nothing was delivered in these days.",)


_SOLD = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 60), st.sampled_from("xy")), max_size=12
).map(
    lambda rows: [
        _singles(f"P{n}", back + kept, back, category)
        for n, (back, kept, category) in enumerate(rows)
    ]
)


@given(_SOLD)
def test_each_estimate_lies_between_the_own_rate_and_the_expected(sold: list[Goods]) -> None:
    for one in estimates(sold):
        low, high = sorted((one.sold.rate, one.expected))
        if one.sold.units:
            assert low - 1e-9 <= one.shrunk <= high + 1e-9
        if one.interval is not None:
            assert one.interval.low <= one.sold.rate <= one.interval.high


@given(_SOLD, st.integers(1, 20))
def test_one_more_return_never_lowers_the_own_bounds(sold: list[Goods], more: int) -> None:
    for one in sold:
        kept = one.units - one.returned
        worse = one._replace(returned=one.returned + min(more, kept))
        (before,), (after,) = estimates([one]), estimates([worse])
        if before.interval is not None and after.interval is not None:
            assert before.interval.low <= after.interval.low
            assert before.interval.high <= after.interval.high


def test_where_nothing_stands_out_that_is_said() -> None:
    alike = _Shop([_singles(f"P{n}", 100, 5) for n in range(9)])
    alone = "No product comes back beyond doubt above the rate of its category."
    assert alone in alike.products().findings
    few = _Shop([_singles("A", 9, 1)])
    assert "Too few sales to hold any category against the shop." in few.categories().findings


def test_a_product_without_a_category_is_held_against_its_like() -> None:
    shop = _Shop([_singles(f"P{n}", 100, 5, "") for n in range(20)] + [_singles("X", 200, 60, "")])
    told = next(one for one in shop.products().findings if one.startswith("Thing (X)"))
    assert "others without a category at " in told
