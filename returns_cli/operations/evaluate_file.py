"""Judge a file of requests without writing anything."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from returns_cli.operations.import_requests import same_request, store_request
from returns_cli.operations.judging import judge_records
from returns_cli.operations.return_view import Json, view_return
from returns_cli.operations.row_batch import ROW_ERRORS, grouped
from returns_cli.operations.row_files import read_options
from returns_cli.operations.shop import Shop

if TYPE_CHECKING:
    from returns_cli.intake.problems import ProblemLog
    from returns_cli.intake.records import RequestRow
    from returns_cli.store.connection import Store


def evaluate_file(shop: Shop, path: Path | BinaryIO) -> list[Json]:
    """What every request of a file would be decided, in file order; the store stays as it is.

    The same plan as ``requests import`` and ``evaluate --all``, rehearsed and rolled back, so one
    request sees what an earlier one of the file would have taken. Refused rows are noted.
    """
    from returns_cli.intake import read_requests

    answers: list[Json] = []
    with shop.open_store() as store, read_requests([path], read_options(shop)) as reading:
        with store.writing(rehearse=True):
            for rows in shop.watch(grouped(reading, same_request), "requests"):
                try:
                    with store.writing():
                        answers += _judge(shop, store, rows, reading.log)
                except ROW_ERRORS as error:
                    for row in rows:
                        reading.log.reject(row.place, error.code, error.message, hint=error.hint)
        shop.rejected = reading.log.rejected
        shop.notes += [
            f"{one.file}:{one.line} {one.code} {one.message}" for one in reading.problems
        ]
    return answers


def _judge(shop: Shop, store: Store, rows: list[RequestRow], log: ProblemLog) -> list[Json]:
    """The judged return of a request; none where all its goods are beyond what was sold."""
    from returns_cli.store.ledger import order_ledger

    stored = store_request(shop, store, rows, log).record
    if stored is None:
        return []
    record = judge_records(shop, store, [stored])[0].record
    return [view_return(record, order_ledger(store, record.order_pk), shop.config, shop.today)]
