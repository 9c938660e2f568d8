"""What no single value of a mapping file tells: keys that contradict or lack each other."""

from __future__ import annotations

from typing import NamedTuple

from returns_cli.domain.errors import UsageError
from returns_cli.intake.dates import strptime_style
from returns_cli.intake.encoding import codec_of
from returns_cli.intake.formats import fold
from returns_cli.intake.mapped.mapping_columns import COMMANDS, LINE_TOTAL, needed_by
from returns_cli.intake.payments import BETWEEN, EQUALS
from returns_cli.notation.read import Node, clip
from returns_cli.notation.typed import Leaf, Reading, Tree, leaves, value_of

CODE = "E-MAP"
DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|", "space": " "}

_EITHER = (
    ("unit_price", LINE_TOTAL, "The unit price follows from the line's total."),
    ("line_tax", "order_tax", "A tax is either the line's or the order's."),
)


class Draft(NamedTuple):
    """A mapping file whose single values are read.

    Attributes:
        reading: takes the problems.
        command: that will read with the mapping.
        root, tree: the file as nodes, and as typed values.
        items: the blocks of ``items``.
    """

    reading: Reading
    command: str
    root: Node
    tree: Tree
    items: tuple[Tree, ...]

    def block(self, name: str) -> Tree:
        """One of ``columns``, ``constants`` and ``words``; empty where it is not there."""
        return block(self.tree, name)

    def note(self, at: Node | Leaf, message: str, hint: str) -> None:
        """Note a problem at a place."""
        self.reading.report(CODE, message, at.line, at.column, hint)


def check_mapping(draft: Draft) -> None:
    """Note all that is wrong between the values of a mapping."""
    for check in CHECKS:
        check(draft)


def check_command(root: Node, reading: Reading, command: str) -> None:
    """Note that a mapping is for another command; its columns would all be wrong here.

    Raises:
        InvalidError: it says so.
    """
    said = root.get("reads") if root.kind == "map" else None
    wanted = COMMANDS.get(said.text) if said is not None else None
    if said is not None and wanted is not None and wanted != command:
        message = f"This mapping reads {said.text}; {command} does not take it."
        reading.report(CODE, message, said.line, said.column, f"Use: returns {wanted}.")
        raise reading.refused()


def block(tree: Tree, name: str) -> Tree:
    """A block of a tree, empty where it is not there."""
    found = tree.get(name)
    return found if isinstance(found, dict) else {}


def sign_of(delimiter: str) -> str:
    """The sign that ``delimiter`` names, by its word or itself."""
    return DELIMITERS.get(delimiter, delimiter)


def _encoding_and_dates(draft: Draft) -> None:
    for name, check in (("encoding", codec_of), ("date_format", strptime_style)):
        leaf = draft.tree.get(name)
        if isinstance(leaf, Leaf):
            try:
                check(str(leaf.value))
            except UsageError as error:
                draft.note(leaf, str(error), error.hint or "")


def _delimiter(draft: Draft) -> None:
    leaf = draft.tree.get("delimiter")
    if not isinstance(leaf, Leaf):
        return
    sign = sign_of(str(leaf.text))
    if len(sign) != 1 or sign.isalnum() or sign in "\"'":
        words = ", ".join(DELIMITERS)
        message = f"{clip(str(leaf.text))!r} does not part cells."
        draft.note(leaf, message, f"Write {words}, or one sign in quotes.")


def _needed(draft: Draft) -> None:
    """Every column that the command needs is named or fixed."""
    at, constants = draft.root.get("columns"), draft.block("constants")
    if at is None or at.kind != "map":
        return
    kind = value_of(constants, "kind")
    named = {key.text for key, _ in at.entries}
    for names in needed_by(draft.command, frozenset(constants), str(kind) if kind else None):
        either = set(names.split("|"))
        in_items = draft.items and not any(either.isdisjoint(item) for item in draft.items)
        if not in_items and either.isdisjoint(named):
            draft.note(
                at,
                f"`columns` does not say where {' or '.join(names.split('|'))} stands.",
                f"Name their column, `{names.split('|')[0]}: …`, or fix it below `constants`.",
            )


def _one_or_the_other(draft: Draft) -> None:
    places = (draft.block("columns"), draft.block("constants"), *draft.items)
    for one, other, why in _EITHER:
        leaf = next((place[other] for place in places if other in place), None)
        if isinstance(leaf, Leaf) and any(one in place for place in places):
            draft.note(leaf, f"`{one}` and `{other}` are both given.", f"{why} Keep one.")


def _fixed_and_named(draft: Draft) -> None:
    columns = draft.block("columns")
    for name, leaf in draft.block("constants").items():
        if name in columns and isinstance(leaf, Leaf):
            hint = f'Keep one. For empty cells: `words`, `{name}`, and "" as their word.'
            draft.note(leaf, f"`{name}` stands below `columns` too.", hint)


def _order_number(draft: Draft) -> None:
    """An order is told by its number as it stands in one column."""
    if draft.command != COMMANDS["orders"]:
        return
    hint = "Name the one column that tells orders apart."
    columns = draft.block("columns")
    for name in ("order_id", "channel"):
        leaf = columns.get(name)
        if isinstance(leaf, Leaf) and len(leaf.text) > 1:
            draft.note(leaf, f"`{name}` is joined from several columns.", hint)
    fixed = draft.block("constants").get("order_id")
    if isinstance(fixed, Leaf):
        draft.note(fixed, "Every row would have the same order number.", hint)
    for leaf in list(leaves(block(draft.block("words"), "order_id")).values())[:1]:
        draft.note(leaf, "Order numbers are not translated.", "Delete these words.")


def _words(draft: Draft) -> None:
    """Words belong to a column, and one word means one thing."""
    mapped = {*draft.block("columns"), *(name for item in draft.items for name in item)}
    for name in draft.block("words"):
        said = leaves(block(draft.block("words"), name))
        if name not in mapped and said:
            message = f"`{name}` has words but no column."
            draft.note(next(iter(said.values())), message, "Name its column below `columns`.")
        seen: dict[str, Leaf] = {}
        for text, leaf in said.items():
            before = seen.setdefault(fold(text), leaf)
            if before.text != leaf.text:
                message = f"{clip(text)!r} means {before.text} in line {before.line} already."
                draft.note(leaf, message, "Case and spaces tell no words apart: keep one.")


def _items(draft: Draft) -> None:
    node = draft.root.get("items")
    if node is None or not draft.items:
        return
    if value_of(draft.tree, "one_row_per") != "order":
        draft.note(node, "`items` needs rows that are orders.", "Add `one_row_per: order`.")
    columns = draft.block("columns")
    for item in draft.items:
        for name, leaf in item.items():
            if name in columns and isinstance(leaf, Leaf):
                draft.note(leaf, f"`{name}` stands below `columns` too.", "Keep one of the two.")


def _payments(draft: Draft) -> None:
    """What paid an order is told in one way; a means of payment has none of our signs."""
    said = leaves(draft.block("payments"))
    for name, leaf in said.items():
        if BETWEEN in name or EQUALS in name:
            message = f"{clip(name)!r} is no name of a means of payment."
            draft.note(leaf, message, f"Write it without {BETWEEN} and {EQUALS}.")
    is_named = any("payment_method" in draft.block(name) for name in ("columns", "constants"))
    if said and is_named:
        leaf = next(iter(said.values()))
        hint = "Keep one: the means of payment that paid something name the method."
        draft.note(leaf, "`payments` and `payment_method` are both given.", hint)


CHECKS = (
    _encoding_and_dates,
    _delimiter,
    _needed,
    _one_or_the_other,
    _fixed_and_named,
    _order_number,
    _words,
    _items,
    _payments,
)
