"""What changed in a policy, and what that would have changed, as a merchant reads it."""

from __future__ import annotations

from collections.abc import Sequence

from returns_cli.cli.page import Cell, Fields, Lines, Page, Piece, Table, sentence
from returns_cli.cli.pages.parts import Answer, either, plural, word

_TITLES = {
    "scope": "What it holds for",
    "setting": "Settings",
    "rule": "Rules",
    "table": "Tables",
}
_TONES = {"added": "good", "removed": "bad"}


def diff_page(answer: Answer) -> Page:
    """The changes between two policies, by kind."""
    if answer["same"]:
        return [sentence("No difference: every decision would be the same.", "good")]
    page: Page = []
    for what, title in _TITLES.items():
        found = [one for one in answer["changes"] if one["what"] == what]
        if found:
            page.append(Lines([_change(one) for one in found], title=title))
    return [*page, sentence(plural(len(answer["changes"]), "change"))]


def _change(one: Answer) -> Sequence[Piece]:
    name = f"{one['name']} {one['part']}".rstrip()
    said = f"{name} {one['change']}"
    if one["old"] is not None or one["new"] is not None:
        said += f": {_side(one['old'])} → {_side(one['new'])}"
    places = " → ".join(place for place in (one["old_at"], one["new_at"]) if place)
    pieces: list[Piece] = [Cell(said, _TONES.get(one["change"], ""))]
    if places:
        pieces.append(Cell(f"({places})", "dim"))
    if one["about"]:
        pieces.append(Cell(f"{one['about']}", "dim"))
    return pieces


def _side(text: str | None) -> str:
    return "nothing" if text is None else text


def backtest_page(answer: Answer) -> Page:
    """What a policy would have made of the returns on record."""
    currency = answer["currency"]
    against = answer["against"]
    compared = f"{against['id']} {against['version']}" if against else "the decisions on record"
    replayed = f"{answer['replayed']} of {plural(answer['returns'], 'return')}"
    rows: list[tuple[str, Piece]] = [
        ("Policy", f"{answer['policy']['id']} {answer['policy']['version']}"),
        ("Compared with", compared),
        ("Replayed", f"{replayed}, {answer['same']} of them the same"),
        ("Pays", f"{answer['after']} {currency}, before {answer['before']} {currency}"),
        ("Difference", _difference(answer, currency)),
    ]
    page: Page = [Fields(rows)]
    if answer["not_replayed"]:
        left = [[f"{one['returns']}: {one['why']}"] for one in answer["not_replayed"]]
        page.append(Lines(left, title="Not replayed"))
    if answer["flips"]:
        flips: list[list[Piece]] = [
            [word(one["from"]), word(one["to"]), str(one["returns"])] for one in answer["flips"]
        ]
        columns = ["From", "To", "Returns"]
        page.append(Table(columns, flips, title="Other verdicts", right=frozenset({"Returns"})))
    page.append(_money(answer["components"], "Part", "kind", "Money by part"))
    page.append(_by("category", "Lines", answer["by_category"]))
    page.append(_by("reason", "Lines", answer["by_reason"]))
    page.append(_by("tier", "Returns", answer["by_tier"]))
    page.append(_most(answer["most_changed"]))
    if answer["assumed"]:
        returns = plural(answer["assumed"], "return")
        said = f"{returns} would be approved whose goods never came: they count as good as new."
        page.append(sentence(said, "warn"))
    return page


_MONEY = ("Before", "After", "Difference")


def _money(rows: Sequence[Answer], column: str, key: str, title: str) -> Table:
    return Table(
        [column, *_MONEY],
        [[one[key], one["before"], one["after"], _signed(one["difference"])] for one in rows],
        title=title,
        right=frozenset(_MONEY),
        empty="Nothing is paid either way.",
    )


def _by(title: str, counted: str, rows: Sequence[Answer]) -> Table:
    counts = ("to_approve", "to_deny", "to_review")
    right = (counted, "To approve", "To deny", "To review", *_MONEY)
    return Table(
        [title.capitalize(), *right],
        [
            [
                either(one["name"]),
                str(one["counted"]),
                *(str(one[name]) for name in counts),
                one["before"],
                one["after"],
                _signed(one["difference"]),
            ]
            for one in rows
        ],
        title=f"By {title}",
        right=frozenset(right),
        empty="Nothing was replayed.",
    )


def _most(rows: Sequence[Answer]) -> Table:
    return Table(
        ["Return", "Order", "From", "To", *_MONEY, "Why"],
        [
            [
                one["rma"],
                one["order"],
                word(one["from"]),
                word(one["to"]),
                one["before"],
                one["after"],
                _signed(one["difference"]),
                either(one["why"]),
            ]
            for one in rows
        ],
        title="The returns that change most",
        right=frozenset(_MONEY),
        empty="No return changes.",
    )


def _difference(answer: Answer, currency: str) -> Cell:
    text = answer["difference"]
    if text.strip("0.") == "":
        return Cell(f"none ({text} {currency})")
    more = "less" if text.startswith("-") else "more"
    return Cell(f"{text.lstrip('-')} {currency} {more}", "strong")


def _signed(text: str) -> str:
    """An amount with its sign, so that more and less are seen at once."""
    return text if text.startswith("-") or text.strip("0.") == "" else f"+{text}"
