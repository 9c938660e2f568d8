"""The played shop, once for all tests of reports: none of them writes to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.operations.report.market import Market, market_shop

Ask = Callable[[str], list[tuple[Any, ...]]]


@pytest.fixture(scope="session")
def market(tmp_path_factory: pytest.TempPathFactory) -> Market:
    """The shop of ``market.py``."""
    folder: Path = tmp_path_factory.mktemp("market")
    return market_shop(folder / "shop")


@pytest.fixture
def ask(market: Market) -> Iterator[Ask]:
    """DuckDB over the facts that were written down: tables orders, told, asked, received …"""
    connection = duckdb.connect()
    for path in sorted(market.facts.glob("*.csv")):
        connection.execute(
            f"CREATE VIEW {path.stem} AS SELECT * FROM read_csv('{path}', all_varchar = true)"
        )
    yield lambda query: connection.execute(query).fetchall()
    connection.close()
