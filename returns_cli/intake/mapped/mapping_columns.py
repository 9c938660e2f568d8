"""Which of our columns a mapping may fill, by command, and what a fixed cell of each may hold."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from returns_cli.domain.vocabulary import Kind, Resolution
from returns_cli.intake.formats import Format, format_of
from returns_cli.notation.shapes import Field, Group, ListOf, MapOf, Other, Scalar

COMMANDS = {
    "orders": "orders import",
    "requests": "requests import",
    "shipments": "shipments import",
    "customers": "customers import",
    "products": "products import",
    "payments": "refunds reconcile",
}
"""What ``reads`` may say -> the command that takes such a mapping."""

EXTRA_SUMS = ("order_tax", "order_total", "order_refunded")
LINE_TOTAL = "line_total"
LINE_COLUMNS = frozenset(
    """sku title quantity unit_price line_total line_discount line_tax category brand tags weight_g
    shipped_at delivered_at""".split()
)
"""Columns of orders that belong to a line, and so to one of ``items``."""

LIST_COLUMNS = frozenset({"tags", "order_tags", "discount_codes"})

_NEEDS = {
    "orders import": ("order_id", "placed_at", "sku|title", "quantity", "unit_price|line_total"),
    "shipments import": ("order_id|rma|tracking", "event", "at"),
}

_COUNT = Scalar("count", high=10_000_000)
_NUMBER = Scalar("number")
_FLAG = Scalar("flag")
_DAY = Scalar("day")
_SHAPES = {
    "currency": Scalar("currency"),
    "country": Scalar("country"),
    "ship_country": Scalar("country"),
    "language": Scalar("language"),
    "reason": Scalar("text", table="reasons"),
    "want": Scalar("word", tuple(one.value for one in Resolution)),
    "kind": Scalar("word", tuple(one.value for one in Kind)),
    "type": Scalar("word", ("refund", "other")),
    "status": Scalar("word", ("paid", "pending", "failed")),
    **dict.fromkeys(("line_no", "quantity", "photos", "weight_g"), _COUNT),
    **dict.fromkeys(
        """unit_price line_total line_discount line_tax order_discount order_shipping order_tax
        order_total order_refunded price amount""".split(),
        _NUMBER,
    ),
    **dict.fromkeys(
        """is_gift tax_included personalised perishable sealed_hygiene digital hazmat
        serial_required""".split(),
        _FLAG,
    ),
    **dict.fromkeys("placed_at shipped_at delivered_at requested_at at paid_at".split(), _DAY),
}
MONEY_COLUMNS = frozenset(name for name, shape in _SHAPES.items() if shape is _NUMBER)


@cache
def form_of(command: str) -> Format:
    """Our own layout that a mapping brings a file into, with what only a mapping can fill."""
    form = format_of("generic", command)
    if command != COMMANDS["orders"]:
        return form
    return replace(form, columns=form.columns | {LINE_TOTAL, *EXTRA_SUMS})


def needed_by(command: str, constants: frozenset[str], kind: str | None) -> tuple[str, ...]:
    """The columns that must be filled, ``a|b`` for either.

    Args:
        constants: columns that the mapping fixes.
        kind: the fixed kind of requests: a withdrawal gives no reason (Directive 2011/83/EU, 9).
    """
    needed = _NEEDS.get(command) or form_of(command).signature
    if kind == Kind.WITHDRAWAL:
        needed = tuple(name for name in needed if name != "reason")
    return tuple(name for name in needed if constants.isdisjoint(name.split("|")))


def shape_of(column: str) -> Scalar:
    """What a fixed or translated cell of one of our columns may hold."""
    return _SHAPES.get(column, Scalar("text"))


@cache
def shape_of_file(command: str) -> Group:
    """The keys of a mapping file for a command."""
    ours = sorted(form_of(command).columns)
    fields = {
        "mapping": Field(Scalar("name"), "Its name in reports; else the file's."),
        "reads": Field(Scalar("word", tuple(COMMANDS)), "Which command the mapping is for."),
        "columns": Field(_columns("columns", ours), "Our column: theirs.", is_required=True),
        "constants": Field(
            Group("constants", {name: Field(shape_of(name), "A fixed cell.") for name in ours}),
            "Our column: what every row holds.",
        ),
        "words": Field(
            Group(
                "words",
                {
                    name: Field(MapOf(f"words of {name}", Scalar("any"), shape_of(name)), "")
                    for name in ours
                },
            ),
            "Our column: their words and what they mean.",
        ),
        "encoding": Field(Scalar("text"), "As --encoding: cp1252."),
        "delimiter": Field(Scalar("any"), "Between cells: semicolon, tab or the sign itself."),
        "quotes": Field(_FLAG, "Whether quotation marks hold cells together."),
        "preamble": Field(Scalar("count", high=1000), "Lines above the header."),
        "decimal": Field(Scalar("word", ("dot", "comma")), "The decimal mark."),
        "date_format": Field(Scalar("text"), "As --date-format: DD.MM.YYYY."),
        "timezone": Field(Scalar("timezone"), "Of times without an offset."),
        "list_separator": Field(Scalar("text"), "Between entries of a list in one cell."),
    }
    if command == COMMANDS["orders"]:
        fields["one_row_per"] = Field(Scalar("word", ("line", "order")), "What a row is.")
        fields["payments"] = Field(
            MapOf("payments", Scalar("text"), Scalar("text")),
            "A means of payment: the column that says what it paid of the order.",
        )
        fields["items"] = Field(Other("items"), "The lines that one row holds.")
    return Group("the mapping", fields)


@cache
def shape_of_item() -> Group:
    """The keys of one of ``items``."""
    return _columns("an item", sorted(LINE_COLUMNS))


def _columns(name: str, ours: list[str]) -> Group:
    theirs = ListOf(Scalar("text"), at_least=1)
    return Group(
        name, {one: Field(theirs, "Their column, as its header writes it.") for one in ours}
    )
