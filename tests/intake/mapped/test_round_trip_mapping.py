"""Made orders, written under any names and marks that a mapping can tell, read back equal."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from returns_cli.domain.model import Order
from returns_cli.intake import ReadOptions
from tests.intake.files import read
from tests.intake.mapped_files import read_mapped

DATE_STYLES = {
    "DD.MM.YYYY": "%d.%m.%Y", "MM/DD/YYYY": "%m/%d/%Y", "DD/MM/YY": "%d/%m/%y",
    "DD-MMM-YYYY": "%d-%b-%Y", "YYYY/MM/DD": "%Y/%m/%d",
}  # fmt: skip
FLAGS = {"yes": "sí", "no": "näh"}
OURS = (
    "order_id", "placed_at", "sku", "title", "quantity", "unit_price", "line_discount", "is_gift",
    "order_shipping", "order_tags", "customer_name", "currency",
)  # fmt: skip

text = (
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Cs", "Zs", "Zl", "Zp"]))
    .filter(lambda one: one[:1] not in ("=", "'"))
    .map(lambda one: one[:8])
)
names = st.text(st.sampled_from("abcXYZ äß?()#:-"), min_size=1, max_size=8).map(
    lambda one: " ".join(one.split())
)
money = st.integers(0, 9_999_999)


class MadeLine(NamedTuple):
    sku: str
    title: str
    quantity: int
    price: int
    percent: int


class MadeOrder(NamedTuple):
    placed: date
    shipping: int
    is_gift: bool
    tags: list[str]
    name: str
    lines: list[MadeLine]


class Shape(NamedTuple):
    """How a file is written: their names, marks and order of columns."""

    names: list[str]
    order: list[int]
    style: str
    decimal: str
    delimiter: str
    preamble: int
    separator: str
    encoding: str


line = st.builds(MadeLine, text, text, st.integers(1, 99), money, st.integers(0, 100))
order = st.builds(
    MadeOrder,
    st.dates(date(2000, 1, 1), date(2050, 1, 1)),
    money,
    st.booleans(),
    st.lists(st.sampled_from(["vip", "press", "a b"]), max_size=3),
    text,
    st.lists(line, min_size=1, max_size=4),
)
shape = st.builds(
    Shape,
    st.lists(names.filter(bool), min_size=len(OURS), max_size=len(OURS), unique_by=str.casefold),
    st.permutations(range(len(OURS))),
    st.sampled_from(sorted(DATE_STYLES)),
    st.sampled_from(["dot", "comma"]),
    st.sampled_from([",", ";", "\t", "|"]),
    st.integers(0, 3),
    st.sampled_from([",", "/", "|"]),
    st.sampled_from(["utf-8", "utf-16"]),
)


def amount(minor: int, decimal: str) -> str:
    sign = "." if decimal == "dot" else ","
    return f"{minor // 100}{sign}{minor % 100:02d}"


def ours(made: list[MadeOrder]) -> list[dict[str, str]]:
    """The rows as our own columns, decimal dot, ISO dates."""
    return rows(made, lambda day: day.strftime("%Y-%m-%d"), "dot", "|", {"yes": "yes", "no": "no"})


def rows(
    made: list[MadeOrder],
    day: Callable[[date], str],
    decimal: str,
    separator: str,
    flags: dict[str, str],
) -> list[dict[str, str]]:
    return [
        {
            "order_id": f"N-{number}",
            "placed_at": day(one.placed),
            "sku": item.sku,
            "title": item.title,
            "quantity": str(item.quantity),
            "unit_price": amount(item.price, decimal),
            "line_discount": amount(item.price * item.percent // 100, decimal),
            "is_gift": flags["yes" if one.is_gift else "no"],
            "order_shipping": amount(one.shipping, decimal),
            "order_tags": separator.join(one.tags),
            "customer_name": one.name,
            "currency": "EUR",
            "line_no": str(at),
        }
        for number, one in enumerate(made)
        for at, item in enumerate(one.lines, 1)
    ]


def written(table: list[dict[str, str]], columns: dict[str, str], form: Shape) -> bytes:
    out = io.StringIO()
    for number in range(form.preamble):
        out.write(f"title {number}\n")
    writer = csv.writer(out, delimiter=form.delimiter, lineterminator="\r\n")
    writer.writerow(columns.values())
    writer.writerows([row[name] for name in columns] for row in table)
    return out.getvalue().encode(form.encoding)


def mapping_of(columns: dict[str, str], form: Shape) -> str:
    keys: dict[str, Any] = {
        "mapping": "any",
        "encoding": form.encoding,
        "delimiter": form.delimiter if form.delimiter != "\t" else "tab",
        "preamble": form.preamble,
        "decimal": form.decimal,
        "date_format": form.style,
        "list_separator": form.separator,
        "columns": columns,
        "words": {"is_gift": {theirs: word for word, theirs in FLAGS.items()}},
    }
    return json.dumps(keys, ensure_ascii=False)  # YAML reads JSON


@given(st.lists(order, min_size=1, max_size=4), shape)
def test_orders_written_under_any_mapping_read_as_our_own(
    made: list[MadeOrder], form: Shape
) -> None:
    columns = {OURS[at]: form.names[at] for at in form.order}
    style = DATE_STYLES[form.style]
    table = rows(made, lambda day: day.strftime(style), form.decimal, form.separator, FLAGS)
    found = read_mapped(mapping_of(columns, form), written(table, columns, form))
    own = {name: name for name in (*OURS, "line_no")}
    plain = form._replace(delimiter=",", preamble=0, encoding="utf-8")
    expected = read(written(ours(made), own, plain), options=ReadOptions())
    assert [one.code for one in found.figures.problems if one.code[0] == "E"] == []
    assert [placeless(one) for one in found.orders] == [placeless(one) for one in expected.orders]
    assert found.figures.totals == expected.figures.totals
    assert len(found.orders) == len(made)


def placeless(one: Order) -> Order:
    """The order without the line that it stands on."""
    lines = tuple(line._replace(source_line=0) for line in one.lines)
    return one._replace(source_line=0, lines=lines)
