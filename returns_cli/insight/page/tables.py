"""A report's table as HTML: names to the left, figures to the right, one below the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from returns_cli.insight.figures import FIGURES, NOTHING, cell_text
from returns_cli.insight.markup import Markup, element, joined
from returns_cli.insight.report import INCOMPLETE, Cell, Column, Money, Table

_Cells = tuple[Cell, ...]

# So many rows are seen at once; more are folded up, and on paper left to the files of figures.
SEEN_ROWS = 24
FIRST_ROWS = 20
MOST_ROWS = 1000
MANY_COLUMNS = 8
LONG_WORD = 22  # letters
CODE = 18  # letters of a number or a code, which is read in one


def table_html(table: Table, key: str, locale: str) -> Markup:
    """The table with its heading, its note and what is folded up of it.

    Args:
        key: its id; one of a kind on the page.
        locale: of amounts and dates.
    """
    title = element("h4", table.title, id=key)
    note = element("p", table.note, class_="note") if table.note else None
    if not table.rows:
        empty = element("p", "Nothing to list.", class_="note")
        return element("section", title, note, empty, class_="listing")
    size = "listing short" if len(table.rows) <= SEEN_ROWS else "listing"
    return element("section", title, note, *_parts(table, key, locale), class_=size)


def _parts(table: Table, key: str, locale: str) -> Iterator[Markup]:
    over_time = table.columns[0].kind == "period"
    rows = table.rows[-MOST_ROWS:] if over_time else table.rows[:MOST_ROWS]
    if len(rows) <= SEEN_ROWS:
        yield _grid(table, rows, key, locale)
    elif over_time:  # the newest rows are the last, and the ones that are wanted
        yield from _folded(table, rows[:-FIRST_ROWS], "earlier", key, locale)
        yield _grid(table, rows[-FIRST_ROWS:], key, locale)
    else:
        yield _grid(table, rows[:FIRST_ROWS], key, locale)
        yield from _folded(table, rows[FIRST_ROWS:], "more", key, locale)
    if len(table.rows) > len(rows):
        which = "last" if over_time else "first"
        yield element(
            "p",
            f"The {which} {len(rows):,} of {len(table.rows):,} rows. The option --csv of the "
            "report writes all.",
            class_="note",
        )
    if any(_is_partial(row, table) for row in rows):
        yield element("p", f"* {INCOMPLETE}", class_="note")


def _folded(
    table: Table, rows: Sequence[_Cells], which: str, key: str, locale: str
) -> Iterator[Markup]:
    told = f"{len(rows):,} {which} rows"
    yield element("details", element("summary", told), _grid(table, rows, key, locale))
    yield element("p", f"{told} are not printed.", class_="note on-paper")


def _grid(table: Table, rows: Sequence[_Cells], key: str, locale: str) -> Markup:
    """The table itself; what is too wide for a phone scrolls in its own frame, also by keyboard."""
    heads = (
        element("th", column.label, scope="col", class_=_side(column)) for column in table.columns
    )
    body = (
        _row(row, table, locale, is_next=_is_next_currency(row, before, table))
        for before, row in zip((None, *rows), rows, strict=False)
    )
    grid = element(
        "table",
        element("thead", element("tr", *heads)),
        element("tbody", joined(body, "\n")),
        class_="wide" if len(table.columns) > MANY_COLUMNS else None,
        aria_labelledby=key,
    )
    return element("div", grid, class_="scroll", role="region", tabindex="0", aria_labelledby=key)


def _side(column: Column, cell: Cell = None) -> str | None:
    """How a cell stands: figures right, words whole, but one too long for its column broken."""
    if column.kind in FIGURES:
        return "n"
    if column.kind in ("day", "period"):
        return "w day"
    return _side_of(cell) if column.kind == "text" and isinstance(cell, str) else "w"


def _side_of(text: str) -> str | None:
    words = text.split()
    if any(len(word) > LONG_WORD for word in words):
        return "broken"
    return "whole" if len(words) <= 1 and len(text) <= CODE else None


def _is_next_currency(row: _Cells, before: _Cells | None, table: Table) -> bool:
    """Whether another currency begins, in a table that tells one below the other."""
    if before is None or table.columns[0].kind == "period":
        return False
    return _currency(row) not in ("", _currency(before))


def _currency(row: _Cells) -> str:
    return next((cell.currency for cell in row if isinstance(cell, Money)), "")


def _row(row: _Cells, table: Table, locale: str, *, is_next: bool) -> Markup:
    star = " *" if _is_partial(row, table) else ""
    first, *others = zip(row, table.columns, strict=True)
    return element(
        "tr",
        element("th", _cell(*first, locale), star, scope="row", class_=_side(first[1], first[0])),
        *(
            element("td", _cell(cell, column, locale), class_=_side(column, cell))
            for cell, column in others
        ),
        class_="next" if is_next else None,
    )


def _cell(cell: Cell, column: Column, locale: str) -> Markup:
    text = cell_text(cell, column, locale)
    if text == NOTHING:
        return element("span", text, class_="nothing")
    return element("bdi", text) if column.kind == "text" else joined([text])


def _is_partial(row: _Cells, table: Table) -> bool:
    return any(
        column.kind == "period" and cell in table.partial
        for cell, column in zip(row, table.columns, strict=True)
    )
