"""Lists as a person reads them: returns, orders, events."""

from __future__ import annotations

from collections.abc import Sequence

from returns_cli.cli.page import Fields, Page, Piece, Table
from returns_cli.cli.pages.parts import Answer, amount, either, moment, word


def returns_page(answers: Sequence[Answer]) -> Page:
    """Rows of ``list``."""
    rows = [_return_row(one) for one in answers]
    return [Table(_RETURN_COLUMNS, rows, right=_RIGHT, empty="No return.")]


def found_page(answers: Sequence[Answer]) -> Page:
    """Rows of ``find``, with what each matched."""
    rows = [[*_return_row(one), _matched(one["matched"])] for one in answers]
    return [Table([*_RETURN_COLUMNS, "Found by"], rows, right=_RIGHT, empty="Nothing found.")]


def judged_page(answers: Sequence[Answer]) -> Page:
    """Judgements of a batch, a line each."""
    rows: list[list[Piece]] = [
        [
            either(one["rma"]),
            either(one["order"]),
            word(one["verdict"]),
            word(one["state"]),
            ", ".join(dict.fromkeys(code for line in one["lines"] for code in line["codes"]))
            or "–",
            amount(one["quote"]["total"], one["quote"]["currency"]) if one["quote"] else "–",
        ]
        for one in answers
    ]
    columns = ["Return", "Order", "Verdict", "State", "Codes", "Pays"]
    return [Table(columns, rows, right=_RIGHT, empty="No open return.")]


def orders_page(answers: Sequence[Answer]) -> Page:
    """Orders as a table of what they came to."""
    rows = [
        [
            either(one.get("channel")),
            either(one.get("order")),
            moment(one.get("placed_at")),
            either(
                one.get("lines") if not isinstance(one.get("lines"), list) else len(one["lines"])
            ),
            either(one.get("units")),
            either(one.get("total")),
            either(one.get("currency")),
        ]
        for one in answers
    ]
    columns = ["Channel", "Order", "Placed", "Lines", "Units", "Total", ""]
    return [Table(columns, rows, right=_RIGHT, empty="No order.")]


def order_page(answer: Answer) -> Page:
    """One order: what it came to, and its lines."""
    plain: list[tuple[str, Piece]] = [
        (str(key).replace("_", " ").capitalize(), _plain(value))
        for key, value in answer.items()
        if not isinstance(value, list) or not value or not isinstance(value[0], dict)
    ]
    page: Page = [Fields(plain, title=f"Order {answer.get('order', '')}".rstrip())]
    for key, value in answer.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            columns = list(value[0])
            shown = [[_plain(row.get(column)) for column in columns] for row in value]
            titles = [column.replace("_", " ").capitalize() for column in columns]
            page.append(Table(titles, shown, title=str(key).capitalize()))
    return page


def history_page(answers: Sequence[Answer]) -> Page:
    """Events, oldest first."""
    rows = [
        [
            moment(one["at"]),
            either(one["actor"]),
            str(one["what"]).replace("_", " "),
            either(one["line"]),
            either(one["quantity"]),
            ", ".join(f"{key} {value}" for key, value in one["detail"].items() if value),
        ]
        for one in answers
    ]
    columns = ["When", "Who", "What", "Line", "Units", "Detail"]
    return [Table(columns, rows, right=_RIGHT, empty="Nothing happened yet.")]


_RETURN_COLUMNS = ["Return", "Order", "State", "Verdict", "Opened", "Until", "Refund due", "Pays"]
_RIGHT = frozenset({"Line", "Lines", "Units", "Total", "Pays"})


def _return_row(one: Answer) -> list[Piece]:
    return [
        either(one["rma"]),
        either(one["order"]),
        word(one["state"]),
        word(one["verdict"]),
        moment(one["opened_at"])[:10],
        either(one["deadline"]),
        either(one["refund_due"]),
        amount(one.get("total"), one.get("currency")),
    ]


def _matched(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else either(value)


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "–"
    if isinstance(value, dict):
        return ", ".join(str(part) for part in value.values() if part) or "–"
    return either(value)
