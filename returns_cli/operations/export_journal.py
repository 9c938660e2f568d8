"""Write the journal for a bookkeeping program."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from returns_cli.domain.bookkeeping import plain_text
from returns_cli.domain.bookkeeping.entries import Entry
from returns_cli.domain.bookkeeping.rows import Layout, csv_lines
from returns_cli.domain.errors import InvalidError, UsageError
from returns_cli.domain.nearest import nearest_or_all
from returns_cli.operations.return_view import Json
from returns_cli.operations.shop import Shop

Writer = Callable[[Sequence[Entry], Mapping[str, str]], Iterator[str]]

_WRITERS: dict[str, Writer] = {
    "beancount": plain_text.beancount_lines,
    "hledger": plain_text.hledger_lines,
    "ledger": plain_text.ledger_lines,
}
FORMS = ("csv", *_WRITERS)


class ExportRequest(NamedTuple):
    """What was typed: the form, a mapping of columns for CSV, the file to write."""

    form: str
    map_file: Path | None = None
    target: Path | None = None


def export_journal(shop: Shop, request: ExportRequest) -> Json:
    """The whole journal as a text in the form asked for; a file is the old one or the whole new.

    Accounts are called as ``accounts`` in shop.yaml says. The same journal gives the same bytes.

    Raises:
        UsageError: no such form, or a mapping for another form than CSV.
        InvalidError: a name of an account that Beancount cannot read, a wrong mapping (7).
        OutputError: the file cannot be written (9).
    """
    names = shop.config.accounts
    write = _writer(request, names)
    from returns_cli.store.journal import journal_entries

    with shop.open_store(read_only=True) as store, store.reading():
        entries = list(journal_entries(store))
    text = "".join(write(entries, names))
    if request.target is not None and not shop.dry_run:
        from returns_cli.documents import write_file

        write_file(request.target, text.encode())
    return {
        "as": request.form,
        "entries": len(entries),
        "path": str(request.target) if request.target is not None else None,
        "content": text,
    }


def _writer(request: ExportRequest, names: Mapping[str, str]) -> Writer:
    if request.form not in FORMS:
        raise UsageError(
            "E-USAGE",
            f"There is no form {request.form[:40]!r}.",
            where="--as",
            hint=nearest_or_all(request.form, FORMS),
        )
    if request.form == "csv":
        layout = _layout(request.map_file)
        return lambda entries, called: csv_lines(entries, called, layout)
    if request.map_file is not None:
        raise UsageError(
            "E-USAGE", "A mapping is for --as csv.", where="--map", hint="Leave --map out."
        )
    unfit = plain_text.unfit_for_beancount(names) if request.form == "beancount" else []
    if unfit:
        raise InvalidError(
            "E-ACCOUNT",
            f"Beancount cannot read {unfit[0]!r} as an account.",
            where="shop.yaml accounts",
            hint="Begin with Assets, Liabilities, Equity, Income or Expenses, and each part with "
            "a capital letter: Income:Returns.",
        )
    return _WRITERS[request.form]


def _layout(map_file: Path | None) -> Layout:
    if map_file is None:
        return Layout()
    from returns_cli.operations.book_layout import read_layout

    return read_layout(map_file)
