"""Lists as a person reads them: returns, orders, events."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from returns_cli.cli.page import Fields, Page, Piece, Table
from returns_cli.cli.pages.parts import Answer, amount, either, moment, shortened, word
from returns_cli.domain.money import format_amount


def returns_page(answers: Sequence[Answer]) -> Page:
    """Rows of ``list``."""
    rows = [_return_row(one) for one in answers]
    return [Table(_RETURN_COLUMNS, rows, right=_RIGHT, empty="No return.")]


def found_page(answers: Sequence[Answer]) -> Page:
    """Rows of ``find``, with what each matched."""
    rows = [[*_return_row(one), _matched(one["matched"])] for one in answers]
    return [Table([*_RETURN_COLUMNS, "Found by"], rows, right=_RIGHT, empty="Nothing found.")]


def judged_page(answers: Iterable[Answer]) -> Page:
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
    rows: list[list[Piece]] = [
        [
            str(one["channel"]),
            str(one["order"]),
            moment(one["placed_at"]),
            str(one["lines"]),
            str(one["units"]),
            amount(one["total"], one["currency"]),
            _marks(one),
        ]
        for one in answers
    ]
    columns = ["Channel", "Order", "Placed", "Lines", "Units", "Total", ""]
    return [Table(columns, rows, right=_RIGHT, empty="No order.")]


def order_page(answer: Answer) -> Page:
    """One order: what it came to, its lines, and its returns."""
    currency = answer["currency"]
    rows: list[tuple[str, Piece]] = [
        ("Channel", str(answer["channel"])),
        ("Placed", moment(answer["placed_at"])),
        ("Shipped", moment(answer["shipped_at"])),
        ("Delivered", moment(answer["delivered_at"])),
        ("Customer", either(answer["customer"])),
        ("Total", amount(answer["total"], currency)),
        ("Paid", amount(answer["captured"], currency)),
        ("Refunded", amount(answer["refunded"], currency)),
        ("Refunded before", amount(answer["refunded_before"], currency)),
        ("May still be refunded", amount(answer["may_still_be_refunded"], currency)),
        ("Read from", str(answer["source"])),
    ]
    if answer.get("payments"):
        paid = [
            f"{amount(one['captured'], currency)} {one['method']} ({one['tender']})"
            for one in answer["payments"]
        ]
        rows.insert(7, ("Paid with", ", ".join(paid)))
    lines: list[list[Piece]] = [
        [
            str(one["line"]),
            either(one["sku"]),
            shortened(one["title"]),
            str(one["quantity"]),
            str(one["paid"]),
            str(one["received"]),
            "cancelled" if one["cancelled"] else str(one["may_still_return"]),
        ]
        for one in answer["lines"]
    ]
    columns = ["Line", "SKU", "Title", "Units", "Paid", "Back", "May return"]
    page: Page = [
        Fields(rows, title=f"Order {answer['order']}{_marks(answer, ', ')}"),
        Table(columns, lines, right=_RIGHT | {"Paid", "Back", "May return"}),
    ]
    if answer["refunds_before"]:
        before: list[list[Piece]] = [
            [
                moment(one["at"]),
                either(one["line"]),
                amount(one["amount"], currency),
                either(one["reference"]),
            ]
            for one in answer["refunds_before"]
        ]
        columns = ["Refunded before", "Line", "Amount", "Reference"]
        page.append(Table(columns, before, right=_RIGHT | {"Amount"}))
    if answer["parcels"]:
        parcels: list[list[Piece]] = [
            [
                either(one["tracking"]),
                either(one["carrier"]),
                ", ".join(map(str, one["lines"])) or "all",
                moment(one["shipped_at"]),
                moment(one["delivered_at"] or one["returned_at"])
                + (" back" if one["returned_at"] and not one["delivered_at"] else ""),
            ]
            for one in answer["parcels"]
        ]
        page.append(Table(["Parcel", "Carrier", "Lines", "Shipped", "Delivered"], parcels))
    if answer["returns"]:
        returned: list[list[Piece]] = [
            [
                str(one["rma"]),
                word(one["state"]),
                word(one["verdict"]),
                moment(one["opened_at"])[:10],
                str(one["units"]),
                amount(one["total"], currency),
            ]
            for one in answer["returns"]
        ]
        columns = ["Return", "State", "Verdict", "Opened", "Units", "Pays"]
        page.append(Table(columns, returned, right=_RIGHT))
    return page


def _marks(order: Answer, before: str = "") -> str:
    marks = ["gift"] if order["is_gift"] else []
    if order["cancelled_at"]:
        marks.append("cancelled")
    return before + ", ".join(marks) if marks else ""


def history_page(answers: Sequence[Answer]) -> Page:
    """Events, oldest first."""
    rows = [
        [
            moment(one["at"]),
            either(one["actor"]),
            str(one["what"]),
            either(one["line"]),
            either(one["quantity"]),
            _detail(one["detail"]),
        ]
        for one in answers
    ]
    columns = ["When", "Who", "What", "Line", "Units", "Detail"]
    return [Table(columns, rows, right=_RIGHT, empty="Nothing happened yet.")]


def _detail(detail: Mapping[str, str]) -> str:
    parts = dict(detail)
    if "amount_minor" in parts and "currency" in parts:
        currency = parts.pop("currency")
        shown = format_amount(int(parts.pop("amount_minor")), currency)
        parts = {"amount": f"{shown} {currency}", **parts}
    return ", ".join(f"{key} {value}" for key, value in parts.items() if value)


_RETURN_COLUMNS = ["Return", "Order", "State", "Verdict", "Until", "Refund due", "Pays"]
_RIGHT = frozenset({"Line", "Lines", "Units", "Total", "Pays"})


def _return_row(one: Answer) -> list[Piece]:
    return [
        either(one["rma"]),
        either(one["order"]),
        word(one["state"]),
        word(one["verdict"]),
        either(one["deadline"]),
        either(one["refund_due"]),
        amount(one.get("total"), one.get("currency")),
    ]


def _matched(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else either(value)
