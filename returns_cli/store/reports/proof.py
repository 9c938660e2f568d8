"""Proving what reports read: tables that were kept, against the same made anew from the store."""

# ruff: noqa: S608 - statements are put together from the names of this package

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from itertools import zip_longest
from zoneinfo import ZoneInfo

from returns_cli.domain.errors import Problem
from returns_cli.domain.reported import Scope
from returns_cli.store.connection import Store
from returns_cli.store.reports.derived import catch_up, connect, is_filled
from returns_cli.store.reports.money_subjects import GRADED, HANDLED, KEPT, PAID, PARTS, WAITING
from returns_cli.store.reports.subjects import ASKED, CAME, DECIDED, GOODS, JUDGED, SOLD, Subject
from returns_cli.store.schema import DERIVED_NAME

SUBJECTS = (SOLD, GOODS, CAME, ASKED, JUDGED, DECIDED, GRADED, PAID, PARTS, KEPT, HANDLED, WAITING)
"""Everything that is derived."""


def derived_problems(store: Store, zone: ZoneInfo) -> Iterator[Problem]:
    """What was kept for reports and is not what the store says; inside a read.

    The first difference of each table is named. What was made for another time zone or by another
    program is not looked at, since no report reads it. Nothing is kept of what a check catches up.
    """
    path = store.folder / DERIVED_NAME
    if not path.exists():
        return
    scope = Scope(None, date.max, zone)
    try:
        with closing(connect(path, store.path)) as kept:
            kept.execute("BEGIN")
            for subject in SUBJECTS:
                if is_filled(kept, scope, subject):
                    yield from _differences(kept, store, scope, subject)
    except sqlite3.Error:
        return  # a report that cannot read it counts in memory


def _differences(
    kept: sqlite3.Connection, store: Store, scope: Scope, subject: Subject
) -> Iterator[Problem]:
    catch_up(kept, store, scope, subject)
    with closing(connect(None, store.path)) as anew:
        catch_up(anew, store, scope, subject)
        for table in subject.tables:
            query = f"SELECT * FROM main.{table}"
            rows = zip_longest(kept.execute(query), anew.execute(query))
            for one, other in rows:
                if one != other:
                    yield Problem(
                        "E-CHECK-DERIVED",
                        f"{DERIVED_NAME} has in {table} {_shown(one)}, the store {_shown(other)}.",
                        hint=f"Delete {DERIVED_NAME}; the next report makes it again.",
                    )
                    break


def _shown(row: tuple[object, ...] | None) -> str:
    return "no row" if row is None else "/".join(map(str, row))
