"""What a look at a file found, as a person reads it.

Every line of the report is a YAML comment, so that what is printed may be saved whole as a mapping
file: ``returns orders import --sniff orders.csv > orders.yaml``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from returns_cli.cli.failure import problem_line
from returns_cli.cli.page import Cell, Lines, Page, Piece
from returns_cli.cli.pages.parts import Answer, moment, plural

_DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_Line = Sequence[Piece]


def sniff_page(answer: Answer | list[Answer]) -> Page:
    """The look at one file, or at several."""
    answers = answer if isinstance(answer, list) else [answer]
    return [Lines(list(_report(one))) for one in answers]


def _report(answer: Answer) -> Iterator[_Line]:
    yield _said(Cell(str(answer["file"]), "strong"))
    for label, text in _facts(answer):
        yield _said(f"  {label:<10} {text}")
    if answer["missing"]:
        yield _said(Cell(f"  Missing    {', '.join(answer['missing'])}: fill it in below.", "warn"))
    if answer["orders"]:
        yield _said()
        how = "as the mapping below reads them" if answer["guessed"] else "as understood"
        yield _said(Cell(f"First orders {how}", "strong"))
        for order in answer["orders"]:
            yield from _order(order)
    yield from _problems(answer)
    if answer["mapping"]:
        yield _said()
        yield _said(Cell(_advice(answer), "strong"))
        yield []
        yield from ([line] for line in str(answer["mapping"]).splitlines())


def _said(*pieces: Piece) -> _Line:
    return ["#", *pieces]


def _facts(answer: Answer) -> Iterator[tuple[str, str]]:
    yield "Format", _format(answer)
    yield "Encoding", str(answer["encoding"])
    yield "Delimiter", str(_DELIMITERS.get(answer["delimiter"], answer["delimiter"]))
    count = len(answer["read"]) + len(answer["ignored"])
    yield "Header", f"line {answer['header_line']}, {plural(count, 'column')}"
    yield "Rows", str(answer["rows"])
    yield "Decimals", _decimals(answer)
    for one in answer["dates"]:
        yield "Dates", _dates(one)
    yield "Read", ", ".join(answer["read"]) or "nothing"
    yield "Not read", ", ".join(answer["ignored"]) or "nothing"


def _format(answer: Answer) -> str:
    if answer["format"]:
        return f"{answer['format']}: {answer['what']}"
    is_other = any(one["code"] == "E-FORMAT-COMMAND" for one in answer["problems"])
    return "known, and read by another command: see below" if is_other else "not known"


def _decimals(answer: Answer) -> str:
    unclear = answer["decimal_unclear"]
    if answer["decimal"]:
        return str(answer["decimal"])
    if answer["decimal_fits"]:
        return "some amounts have a dot, others a comma"
    return f"not known: {unclear} could be read both ways" if unclear else "none"


def _dates(one: Answer) -> str:
    styles = " or ".join(one["fits"])
    text = f"{one['column']}: {styles}"
    if len(one["fits"]) > 1:
        text += f"; {one['sample']} does not tell which: say it with --date-format"
    if one["unread"]:
        text += f"; {plural(one['unread'], 'date')} cannot be read so"
    return text


def _order(order: Answer) -> Iterator[_Line]:
    currency, tax = order["currency"], order["tax"]
    who = f", {order['customer']}" if order["customer"] else ""
    yield _said(f"  {order['order']} of {moment(order['placed_at'])}{who} (line {order['row']})")
    for line in order["lines"]:
        name = " ".join(filter(None, (line["sku"], line["title"])))
        less = f", discount {line['discount']}" if line["discount"].strip("0.") else ""
        yield _said(f"    {line['line']}. {line['quantity']} × {line['unit_price']} {name}{less}")
    sums = [
        f"{label} {order[key]}"
        for key, label in (
            ("discount", "discount"),
            ("shipping", "shipping"),
            ("tax_amount", "tax included" if tax == "included" else "tax"),
            ("refunded", "refunded before"),
        )
        if order[key].strip("0.")
    ]
    yield _said(
        f"    total {order['total']} {currency}" + (f" ({', '.join(sums)})" if sums else "")
    )


def _problems(answer: Answer) -> Iterator[_Line]:
    if not answer["problems"]:
        return
    yield _said()
    yield _said(Cell("Problems of the file and its first rows", "strong"))
    for one in answer["problems"]:
        tone = "bad" if str(one["code"]).startswith("E-") else "warn"
        yield _said(Cell(f"  {problem_line(one)}", tone))
    if answer["more_problems"]:
        yield _said(f"  and {answer['more_problems']} more")


def _advice(answer: Answer) -> str:
    name = answer["file"]
    if answer["format"]:
        return "The format is known and needs no mapping. To read the file otherwise, start here:"
    return f"Save this as a mapping, check it, then: returns orders import --map FILE {name}"
