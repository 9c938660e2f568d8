"""A return as a person reads it: state, verdict line by line, goods, money, and what to do next."""

from __future__ import annotations

from collections.abc import Sequence

from returns_cli.cli.page import Block, Cell, Fields, Lines, Page, Piece, Table
from returns_cli.cli.pages.exchanges import swaps_table
from returns_cli.cli.pages.money import components_table
from returns_cli.cli.pages.parts import Answer, amount, either, moment, plural, word


def return_page(answer: Answer | Sequence[Answer]) -> Page:
    """The page of one return, or of several one after the other."""
    if isinstance(answer, Sequence):
        return [block for one in answer for block in return_page(one)]
    page: Page = [_head(answer), _lines(answer), _items(answer)]
    page += _quote(answer)
    page += _goods(answer)
    page += _refunds(answer)
    return page


def shown_page(answer: Answer | Sequence[Answer]) -> Page:
    """The page of one return with what to do next, or of several."""
    if isinstance(answer, Sequence):
        return [block for one in answer for block in shown_page(one)]
    steps = next_steps(answer)
    more: Page = [Lines([[step] for step in steps], title="Next")] if steps else []
    return [*return_page(answer), *more]


def explanation_page(answer: Answer) -> Page:
    """Why a return was judged so: text, line by line."""
    head = Lines([[Cell(answer["rma"], "strong"), word(answer.get("state"))]])
    return [head, Lines([[line] for line in answer["explanation"]])]


def explanations_page(answers: Sequence[Answer]) -> Page:
    """Several explanations one after the other."""
    return [block for one in answers for block in explanation_page(one)]


def next_steps(answer: Answer) -> list[str]:
    """The commands that move a return on, the likeliest first; empty where nothing is left."""
    rma = answer["rma"]
    state = answer["state"]
    if state == "requested":
        return [f"returns evaluate {rma}"]
    if state == "in_review":
        return [f"returns approve {rma}", f"returns deny {rma} --why TEXT"]
    if state == "approved":
        if _keeps_goods(answer):
            return [f"returns refund {rma}"]
        return [f"returns label {rma}", f"returns receive {rma}"]
    if state == "in_transit":
        return [f"returns receive {rma}"]
    if state == "received":
        return [f"returns inspect {rma} --item {_line_to_inspect(answer)}=GRADE"]
    if state == "inspected":
        return [f"returns refund {rma}", f"returns dispose {rma}"]
    if state == "refund_pending":
        waiting = [one for one in answer["refunds"] if one["state"] in ("submitted", "in_doubt")]
        return [f"returns refunds confirm {one['refund']}" for one in waiting[:1]]
    if state == "denied":
        return [f"returns explain {rma}"]
    return []


def _head(answer: Answer) -> Block:
    policy = answer["policy"]
    cited = f"{policy['id']} (version {policy['version']})" if policy["id"] else "no policy fits"
    rows: list[tuple[str, Piece]] = [
        ("State", word(answer["state"])),
        ("Verdict", word(answer["verdict"])),
        ("Order", f"{answer['order']}, {answer['kind']}"),
        ("Opened", moment(answer["opened_at"])),
        ("Policy", cited if answer["verdict"] else "–"),
    ]
    label = answer["label"]
    if label["kind"]:
        until = f", valid until {label['valid_until']}" if label["valid_until"] else ""
        rows.append(("Label", f"{label['kind']}{until}"))
    replayed = " (as recorded before)" if answer.get("replayed") else ""
    return Fields(rows, title=f"{answer['rma']}{replayed}")


def _lines(answer: Answer) -> Block:
    rows: list[list[Piece]] = [
        [
            str(one["line"]),
            either(one["sku"]),
            str(one["quantity"]),
            str(one["reason"]),
            str(one["resolution"]),
            word(one["verdict"]),
            either(one["deadline"]),
        ]
        for one in answer["lines"]
    ]
    columns = ["Line", "SKU", "Units", "Reason", "Wants", "Verdict", "Until"]
    return Table(columns, rows, right=frozenset({"Line", "Units"}))


def _items(answer: Answer) -> Block:
    """What each line is, and every code that speaks for its verdict."""
    said: list[list[Piece]] = []
    for one in answer["lines"]:
        said.append([f"line {one['line']}:", either(one["title"])])
        window = one["window"]
        if one["codes"]:
            said.append(["  because", ", ".join(one["codes"])])
        if one["nearest_miss"]:
            said.append(["  nearest", str(one["nearest_miss"])])
        if window and window["assumed"]:
            event = str(window["from"]).replace("_", " ")
            said.append([f"  {event}", f"on a day not known; {window['anchor']} stands for it"])
    return Lines(said, title="Items")


def _quote(answer: Answer) -> list[Block]:
    quote = answer["quote"]
    swaps: list[Block] = [swaps_table(quote["exchange"])] if quote.get("exchange") else []
    parts = [components_table(quote, title="Pays back")] if quote["components"] else []
    return [*parts, *swaps]


def _goods(answer: Answer) -> list[Block]:
    lines: list[list[Piece]] = []
    for one in answer["received"]:
        station = f" at {one['station']}" if one["station"] else ""
        lines.append([_unit_fact(one, f"arrived{station}")])
    for one in answer["inspected"]:
        serial = f" ({one['serial']})" if one.get("serial") else ""
        found = f"found {one['grade']}{serial}, goes to {one['disposition']}"
        lines.append([_unit_fact(one, found)])
        if one.get("note"):
            lines.append([f"  note: {one['note']}"])
    for one in answer.get("evidence", ()):
        of_line = f"line {one['line']}: " if one["line"] else ""
        lines.append([f"{of_line}{one['kind']}: {one['text']}, {moment(one['at'])} by {one['by']}"])
    return [Lines(lines, title="Goods")] if lines else []


def _unit_fact(one: Answer, what: str) -> str:
    units = plural(abs(one["quantity"]), "unit")
    undone = "undone: " if one["quantity"] < 0 else ""
    return f"line {one['line']}: {undone}{units} {what}, {moment(one['at'])} by {one['by']}"


def _refunds(answer: Answer) -> list[Block]:
    lines: list[list[Piece]] = [
        [
            f"{one['refund']}:",
            amount(one["amount"], one["currency"]),
            word(one["state"]),
            f"by {one['tender']}",
            *([f"reference {one['reference']}"] if one["reference"] else []),
        ]
        for one in answer["refunds"]
    ]
    return [Lines(lines, title="Refunds")] if lines else []


def _keeps_goods(answer: Answer) -> bool:
    return bool(answer["lines"]) and all(
        any(one["name"] == "keep_item" and one["value"] == "true" for one in line["settings"])
        for line in answer["lines"]
        if line["verdict"] == "approve"
    )


def _line_to_inspect(answer: Answer) -> int:
    seen: dict[int, int] = {}
    for one in answer["received"]:
        seen[one["line"]] = seen.get(one["line"], 0) + one["quantity"]
    for one in answer["inspected"]:
        seen[one["line"]] = seen.get(one["line"], 0) - one["quantity"]
    return next((line for line, units in seen.items() if units > 0), answer["lines"][0]["line"])
