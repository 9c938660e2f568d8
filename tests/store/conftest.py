from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store.desk import Desk, busy_desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.store.close()


@pytest.fixture
def busy(tmp_path: Path) -> Iterator[Desk]:
    """A desk where everything has happened once."""
    made = busy_desk(tmp_path)
    yield made
    made.store.close()


@pytest.fixture
def raw(busy: Desk) -> Iterator[sqlite3.Connection]:
    """The busy desk's store as another program opens it: no setting of ours."""
    connection = sqlite3.connect(busy.store.path, isolation_level=None)
    yield connection
    connection.close()
