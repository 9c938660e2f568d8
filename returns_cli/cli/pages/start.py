"""The first commands' answers, as a person reads them: init, demo, status, doctor."""

from __future__ import annotations

from collections.abc import Mapping
from shlex import quote

from returns_cli.cli.page import Cell, Fields, Lines, Page, Piece, Table, sentence
from returns_cli.cli.pages.parts import Answer, amount, either, word

_BOARD = (
    ("arrived", "Arrived, to inspect"),
    ("waiting", "Waiting for a person"),
    ("due_today", "Refunds due today"),
    ("overdue", "Refunds overdue"),
)


def init_page(answer: Answer) -> Page:
    """What ``init`` made."""
    if not answer["created"]:
        return [
            sentence(f"The shop in {answer['folder']} is complete; nothing was changed.", "good")
        ]
    made: list[list[Piece]] = [[str(path)] for path in answer["created"]]
    return [Lines(made, title=f"Made in {answer['folder']}")]


def init_next_steps(answer: Answer) -> list[str]:
    """What to do with a new shop."""
    if not answer["created"]:
        return []
    steps = [] if answer["folder"] == "." else [f"cd {quote(answer['folder'])}"]
    return [*steps, "returns orders import FILE.csv", "returns doctor"]


def demo_page(answer: Answer) -> Page:
    """The demo: its steps, what became of each request, where everything lies, what to try."""
    steps: list[list[Piece]] = []
    for one in answer["steps"]:
        steps += [[Cell(one["command"], "strong")], [f"  {one['says']}"]]
    rows: list[list[Piece]] = [
        [
            str(one["rma"]),
            str(one["order"]),
            word(one["verdict"]),
            ", ".join(one["codes"]) or "–",
            word(one["state"]),
            amount(one["pays"], one["currency"]),
        ]
        for one in answer["summary"]
    ]
    columns = ["Return", "Order", "Verdict", "Codes", "State", "Pays"]
    made: list[tuple[str, Piece]] = [
        (str(one["kind"]), str(one["path"])) for one in answer["files"]
    ]
    return [
        Lines(steps, title="What was done"),
        Lines(_decisions(answer), title="How each was decided, and by which line of the policy"),
        Table(columns, rows, title="What became of the requests", right=frozenset({"Pays"})),
        Fields(made, title="What was made"),
        *([Lines([[note] for note in answer["notes"]], title="Notes")] if answer["notes"] else []),
        Lines([[line] for line in answer["next"]], title="Try next"),
    ]


def _decisions(answer: Answer) -> list[list[Piece]]:
    lines: list[list[Piece]] = []
    for one in answer["decisions"]:
        lines.append([Cell(str(one["rma"]), "strong"), str(one["order"]), word(one["verdict"])])
        lines += [[f"  {said}"] for said in one["digest"]]
    return lines


def status_page(answer: Answer) -> Page:
    """Today's board."""
    rows: list[tuple[str, Piece]] = [
        (text, Cell(_count(answer[key]), "bad" if key == "overdue" and answer[key] else "strong"))
        for key, text in _BOARD
    ]
    money: Mapping[str, str] = answer["money_due"]
    due = ", ".join(f"{amount} {currency}" for currency, amount in money.items()) or "nothing"
    rows.append(("Money due", Cell(due, "strong")))
    if answer.get("exchanges"):
        exchanges = answer["exchanges"]
        owed = ", ".join(f"{amount} {currency}" for currency, amount in exchanges["owed"].items())
        rows.append(("Owed for exchanges", Cell(owed or "nothing", "strong")))
        if exchanges["overdue"]:
            rows.append(("Goods of exchanges overdue", Cell(str(exchanges["overdue"]), "bad")))
    return [Fields(rows, title=f"The desk at {str(answer['as_of'])[:16].replace('T', ' ')}")]


def doctor_page(answer: Answer) -> Page:
    """What ``doctor`` looked at, and how to mend what is wrong."""
    lines: list[list[Piece]] = []
    for one in answer["checks"]:
        result = Cell("ok  ", "good") if one["ok"] else Cell("MEND", "bad")
        lines.append([result, f"{one['check']}: {one['message']}"])
        if one["hint"]:
            lines.append(["     ", str(one["hint"])])
    said = "Nothing must be mended." if answer["ok"] else "Something must be mended."
    return [Lines(lines), sentence(said, "good" if answer["ok"] else "bad")]


def _count(value: object) -> str:
    return str(len(value)) if isinstance(value, list) else either(value)
