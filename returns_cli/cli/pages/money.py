"""Quotes, refunds and balances as a person reads them."""

from __future__ import annotations

from collections.abc import Sequence

from returns_cli.cli.page import Cell, Fields, Page, Piece, Table
from returns_cli.cli.pages.exchanges import exchange_page, swaps_table
from returns_cli.cli.pages.parts import Answer, amount, either, word

_RIGHT = frozenset({"Amount", "Balance"})


def components_table(quote: Answer, title: str = "") -> Table:
    """The parts of a quote, each with what decided it, and their sum."""
    currency = quote["currency"]
    rows: list[list[Piece]] = [
        [
            str(one["kind"]),
            "–" if one["line"] is None else str(one["line"]),
            str(one["amount"]),
            _source(one),
        ]
        for one in quote["components"]
    ]
    rows.append([Cell("total", "strong"), "", Cell(quote["total"], "strong"), ""])
    right = frozenset({"Line", currency})
    return Table(["Part", "Line", currency, "Decided by"], rows, title=title, right=right)


def exported_refunds_page(answer: Answer) -> Page:
    """Where the list of refunds was written."""
    return [Fields([("File", str(answer["path"])), ("Refunds", str(answer["refunds"]))])]


def exported_page(answer: Answer) -> Page:
    """Where the journal was written."""
    rows: list[tuple[str, Piece]] = [
        ("File", str(answer["path"])),
        ("Form", str(answer["as"])),
        ("Entries", str(answer["entries"])),
    ]
    return [Fields(rows)]


def quote_page(answer: Answer) -> Page:
    """What a return pays, what was paid of it, and what the order still allows."""
    currency = answer["currency"]
    rows: list[tuple[str, Piece]] = [
        ("Tax within", amount(answer["tax_included"], currency)),
        ("Already refunded", amount(answer["already_refunded"], currency)),
        ("The order still allows", amount(answer["cap"], currency)),
    ]
    if answer.get("pays_by"):
        ways = [f"{amount(one['amount'], currency)} {one['tender']}" for one in answer["pays_by"]]
        rows.append(("Pays by", ", ".join(ways)))
    exchange: Page = []
    if answer.get("exchange"):
        exchange = [swaps_table(answer["exchange"])]
        rows.append(("Owed for it", amount(answer["exchange"]["owed"], currency)))
    return [components_table(answer), *exchange, Fields(rows)]


def refund_page(answer: Answer) -> Page:
    """A refund, and those of other means of payment that were recorded with it.

    An exchange that pays nothing back has no refund.
    """
    if "lines" in answer:
        return exchange_page(answer)
    page: Page = [_refund_fields(one) for one in (answer, *answer.get("also", ()))]
    if answer.get("exchange"):
        page += exchange_page(answer["exchange"])
    return page


def _refund_fields(answer: Answer) -> Fields:
    replayed = " (as recorded before)" if answer.get("replayed") else ""
    rows: list[tuple[str, Piece]] = [
        ("State", word(answer["state"])),
        ("Amount", amount(answer["amount"], answer["currency"])),
        ("Return", f"{answer['rma']}, order {answer['order']}"),
        ("Paid by", str(answer["tender"])),
        ("Reference", either(answer["reference"])),
        ("Journal entry", either(answer["journal_seq"])),
    ]
    return Fields(rows, title=f"Refund {answer['refund']}{replayed}")


def refunds_page(answers: Sequence[Answer]) -> Page:
    """Refunds as a table."""
    rows: list[list[Piece]] = [
        [
            str(one["refund"]),
            str(one["rma"]),
            str(one["order"]),
            word(one["state"]),
            amount(one["amount"], one["currency"]),
            str(one["tender"]),
            either(one["reference"]),
        ]
        for one in answers
    ]
    columns = ["Refund", "Return", "Order", "State", "Amount", "Paid by", "Reference"]
    return [Table(columns, rows, right=_RIGHT, empty="No refund.")]


def refund_next_steps(answer: Answer) -> list[str]:
    """What to do after a refund was recorded."""
    if "lines" in answer:
        return [f"what the customer pays: returns exchanges paid {answer['rma']} --reference REF"]
    waiting = [one for one in (answer, *answer.get("also", ())) if one["state"] == "submitted"]
    return [_next_step(one, is_alone=len(waiting) == 1) for one in waiting]


def _next_step(refund: Answer, *, is_alone: bool) -> str:
    if refund["tender"] == "store_credit":
        return f"make the credit and see its code: returns refunds confirm {refund['refund']}"
    if is_alone:
        return f"pay it in your provider, then returns refund {refund['rma']} --paid REFERENCE"
    paid = f"returns refunds confirm {refund['refund']} --reference REFERENCE"
    return f"pay {refund['amount']} back to {refund['tender']}, then {paid}"


def balances_page(answers: Sequence[Answer]) -> Page:
    """The balance of every account."""
    rows = [[str(one["account"]), amount(one["balance"], one["currency"])] for one in answers]
    return [Table(["Account", "Balance"], rows, right=_RIGHT, empty="The journal is empty.")]


def _source(component: Answer) -> str:
    return " at ".join(str(component[key]) for key in ("rule", "at") if component[key]) or "paid"
