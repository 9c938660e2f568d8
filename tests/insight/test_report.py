import pytest

from returns_cli.insight.report import Column, Period, Report, Share, Table

_TABLE = Table("products", "Products", (Column("sku", "SKU", "text"),), (("MUG",),))
_REPORT = Report(
    "products", "Products", Period("", "2026-03-31", "month", "2026-04-02"), (), (_TABLE,)
)


def test_a_share_of_nothing_is_no_rate() -> None:
    assert Share(3, 40).rate == 0.075
    assert Share(0, 0).rate is None


def test_a_report_knows_its_tables_by_name() -> None:
    assert _REPORT.table("products") is _TABLE
    with pytest.raises(KeyError, match="reasons"):
        _REPORT.table("reasons")
