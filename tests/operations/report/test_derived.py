"""What is kept for reports: whatever happens, it is what counting anew from the store gives."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from itertools import count
from pathlib import Path

import pytest

from returns_cli.domain.errors import StoreError
from returns_cli.domain.item_spec import parse_item
from returns_cli.insight.answer import report_answer
from returns_cli.operations.amend_return import AmendRequest, amend_return
from returns_cli.operations.import_orders import import_orders
from returns_cli.operations.open_return import OpenRequest, open_return
from returns_cli.operations.prove_store import check_shop
from returns_cli.operations.report.make_report import ReportRequest, make_all_reports, read_period
from returns_cli.operations.report.predict import predict
from returns_cli.operations.rule_on_returns import rule_on_returns
from returns_cli.operations.shop import Shop
from returns_cli.store.reports import derived
from returns_cli.store.reports.proof import SUBJECTS, derived_problems
from returns_cli.store.schema import DERIVED_NAME
from tests.operations.report import bazaar as bazaars

FILTERS: tuple[dict[str, str], ...] = (
    {}, {"channel": "web", "category": "Home"}, {"tier": "gold", "since": "2026-02-11"},
    {"country": "DE", "reason": "too_small", "by": "week", "until": "2026-04-20"},
)  # fmt: skip


def _count(shop: Shop) -> None:
    """Have everything that reports count ready."""
    scope, _ = read_period(shop, ReportRequest("summary"))
    with shop.open_store(read_only=True) as store, store.reading():
        derived.derived(store, scope, *SUBJECTS)


def _differences(shop: Shop) -> list[str]:
    with shop.open_store(read_only=True) as store, store.reading():
        return [one.message for one in derived_problems(store, shop.zone)]


def _figures(shop: Shop, narrowed: Sequence[Mapping[str, str]] = ({},)) -> str:
    reports = [
        report for one in narrowed for report in make_all_reports(shop, ReportRequest("all", **one))
    ]
    reports += [predict(shop, ReportRequest("predict", by=by), 20) for by in ("month", "week")]
    return json.dumps([report_answer(one) for one in reports])


@pytest.fixture(scope="module")
def keeping() -> Iterator[None]:
    """As if every shop were a large one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(derived, "LARGE", 0)
        yield


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory, keeping: None) -> Shop:
    """A shop that was looked at between the steps of its returns, so that counts caught up."""
    del keeping
    later: Callable[[bazaars._Story, int], None] = bazaars._Story._later

    steps = count()

    def counted_first(story: bazaars._Story, days: int) -> None:
        if next(steps) % 5 == 0:
            _count(story._shop)
        later(story, days)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bazaars._Story, "_later", counted_first)
        return bazaars.bazaar(tmp_path_factory.mktemp("kept") / "shop")


@pytest.fixture
def kept(played: Shop, tmp_path: Path) -> Shop:
    """The same, to change."""
    shutil.copytree(played.folder, tmp_path / "shop")
    return Shop(tmp_path / "shop", "ann", bazaars.CLOCK)


def _anew(shop: Shop) -> str:
    """The figures of a shop whose kept counts are gone."""
    (shop.folder / DERIVED_NAME).unlink(missing_ok=True)
    return _figures(shop)


def test_what_caught_up_step_by_step_is_what_is_counted_anew(kept: Shop) -> None:
    _count(kept)
    assert _differences(kept) == []
    assert _figures(kept) == _anew(kept)


def test_counts_in_memory_are_those_that_are_kept(
    kept: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    figures = _figures(kept, FILTERS)
    (kept.folder / DERIVED_NAME).unlink()
    monkeypatch.setattr(derived, "LARGE", 1_000_000)
    assert _figures(kept, FILTERS) == figures
    assert not (kept.folder / DERIVED_NAME).exists()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(",BOOT-41,", ",BOOT-43,", id="other goods"),
        pytest.param(",Shoes,", ",,", id="no category any more"),
        pytest.param(",web,", ",phone,", id="another channel makes other orders"),
        pytest.param("T23:30:00", "T00:30:00", id="placed on another day"),
        pytest.param("Boot - Tan / 42", "Boot, tan, 42", id="another title"),
    ],
)
def test_orders_that_come_again_changed_are_counted_anew(kept: Shop, old: str, new: str) -> None:
    _count(kept)
    path = kept.folder / "orders.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    import_orders(kept, [path])
    _count(kept)
    assert _differences(kept) == []


def test_a_request_that_is_amended_or_called_off_is_counted_anew(kept: Shop) -> None:
    with kept.open_store(read_only=True) as store:
        (order,) = store.connection.execute(
            """SELECT order_id FROM orders o WHERE delivered_at IS NOT NULL AND NOT EXISTS
            (SELECT 1 FROM returns r WHERE r.order_pk = o.order_pk) ORDER BY placed_at DESC"""
        ).fetchone()
    _count(kept)
    rma = str(open_return(kept, OpenRequest(order, (parse_item("1=too_small"),)))["rma"])
    _count(kept)
    before = _figures(kept)
    amend_return(kept, AmendRequest(rma, (parse_item("1=not_as_described"),)))
    _count(kept)
    assert _differences(kept) == []
    assert _figures(kept) != before
    rule_on_returns(kept, "cancel", [rma], why="no")
    _count(kept)
    assert _differences(kept) == []


def test_a_count_that_is_not_the_store_s_is_named_and_mended_by_deleting_it(kept: Shop) -> None:
    _count(kept)
    check_shop(kept)
    tables = [table for subject in SUBJECTS for table in subject.tables]
    with closing(sqlite3.connect(kept.folder / DERIVED_NAME)) as raw:
        for table in tables:
            (number,) = raw.execute(f"SELECT count(*) FROM {table}").fetchone()
            assert number, table
            raw.execute(f"UPDATE {table} SET rows = rows + 1")
        raw.commit()
    assert len(_differences(kept)) == len(tables)
    with pytest.raises(StoreError) as refused:
        check_shop(kept)
    assert refused.value.code == "E-CHECK-DERIVED"
    assert refused.value.hint == f"Delete {DERIVED_NAME}; the next report makes it again."
    (kept.folder / DERIVED_NAME).unlink()
    check_shop(kept)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"no database at all" * 500, id="something else"),
        pytest.param(b"", id="empty"),
        pytest.param(None, id="a folder"),
    ],
)
def test_a_file_that_cannot_be_read_is_counted_in_memory(kept: Shop, content: bytes | None) -> None:
    figures = _figures(kept)
    path = kept.folder / DERIVED_NAME
    path.unlink()
    if content is None:
        path.mkdir()
    else:
        path.write_bytes(content)
    assert _figures(kept) == figures
    assert _differences(kept) == []


def test_a_file_that_another_report_is_filling_is_not_waited_for(
    kept: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    figures = _anew(kept)
    (kept.folder / DERIVED_NAME).unlink()
    _count(Shop(kept.folder, "ann", bazaars.CLOCK))
    monkeypatch.setattr(derived, "_WAIT_SECONDS", 0.0)
    with closing(sqlite3.connect(kept.folder / DERIVED_NAME, isolation_level=None)) as other:
        other.execute("DELETE FROM filled")
        other.execute("BEGIN IMMEDIATE")
        assert _figures(kept) == figures


def test_the_counts_of_a_store_that_went_another_way_are_made_anew(
    kept: Shop, tmp_path: Path
) -> None:
    """An older store was put back by hand, and since then other things happened to it."""
    shutil.copytree(kept.folder, tmp_path / "older")
    older = Shop(tmp_path / "older", "ann", bazaars.CLOCK)
    for shop, name in ((kept, "Mia"), (older, "Noa")):
        path = shop.folder / "other.csv"
        path.write_text(
            f"order_id,placed_at,currency,line_no,sku,quantity,unit_price\n"
            f"{name},2026-06-01,EUR,1,MUG,1,9.00\n"
        )
        import_orders(shop, [path])
    _count(kept)
    shutil.copy(kept.folder / DERIVED_NAME, older.folder / DERIVED_NAME)
    with closing(sqlite3.connect(older.folder / DERIVED_NAME)) as raw:
        raw.execute("UPDATE sold_days SET units = units + 1")
        raw.commit()
    _count(older)
    assert _differences(older) == []


def test_another_time_zone_counts_anew(kept: Shop) -> None:
    _count(kept)
    settings = kept.folder / "shop.yaml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace(bazaars.ZONE.key, "Asia/Tokyo"), encoding="utf-8")
    moved = Shop(kept.folder, "ann", bazaars.CLOCK)
    figures = _figures(moved)
    assert figures == _anew(moved)
    assert _differences(moved) == []
