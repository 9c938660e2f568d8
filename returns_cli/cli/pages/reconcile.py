"""What a comparison with a statement found, as a person reads it: figures, then what to decide."""

from __future__ import annotations

from returns_cli.cli.page import Cell, Fields, Page, Piece, Table, sentence
from returns_cli.cli.pages.parts import Answer, amount, either, moment, plural, problems_block

_WORDS = {
    "missing": "missing",
    "in_doubt": "in doubt",
    "duplicated": "paid twice?",
    "amount_differs": "amount differs",
    "unrecorded": "not recorded",
}
_TOLD = ("W-PAYMENT-", "W-REFUND-MISSING")


def reconciled_page(answer: Answer) -> Page:
    """The figures, a table of what a person must decide, and every other problem."""
    took = f"{answer['new']} new, {answer['same']} as before, {answer['other']} no refunds"
    rows: list[tuple[str, Piece]] = [
        ("Read", f"{plural(answer['rows'], 'row')}, {plural(answer['rejected'], 'row')} refused"),
        ("Took", took),
        ("Covers", f"{either(answer['from'])} to {either(answer['to'])}"),
        ("Matched", f"{answer['matched']}, {answer['confirmed']} of them confirmed now"),
    ]
    page: Page = [Fields(rows)]
    open_ones = [one for one in answer["results"] if one["decide"]]
    if open_ones:
        page.append(_to_decide(open_ones))
    told = [one for one in answer["problems"] if not str(one["code"]).startswith(_TOLD)]
    page += problems_block(told)
    if not (open_ones or told):
        page.append(sentence("Nothing to decide.", "good"))
    return page


def _to_decide(results: list[Answer]) -> Table:
    rows: list[list[Piece]] = []
    for one in results:
        refund = one["refund"] or {}
        where = f"{one['file']}:{one['line']}" if one["file"] else "–"
        order = one["order"] or refund.get("order") or one["reference"]
        rows.append(
            [
                Cell(_WORDS[one["result"]], "warn"),
                where,
                either(order),
                moment(one["paid_at"]),
                amount(one["amount"], one["currency"]),
                either(refund.get("refund")),
                amount(refund.get("amount"), refund.get("currency")),
                str(one["decide"]),
            ]
        )
    columns = ["Result", "Where", "Order", "Paid", "Stated", "Refund", "Recorded", "Why"]
    right = frozenset({"Stated", "Recorded"})
    return Table(columns, rows, title="To decide", right=right)
