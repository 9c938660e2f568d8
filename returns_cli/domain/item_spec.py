"""Items as typed at the command line: ``2``, ``2:1``, ``2=too_small``, ``SHIRT-M:1=opened``.

Only the words are read here; what a line number or a SKU means is for the order to say.
"""

from __future__ import annotations

from typing import NamedTuple

from returns_cli.domain.errors import UsageError

_SKU_PREFIX = "sku:"
_MOST_DIGITS = 9


class ItemSpec(NamedTuple):
    """One item as typed.

    Attributes:
        text: the words as typed, for messages.
        line: the order line's number, None where a SKU was typed.
        sku: the SKU, None where a line number was typed.
        quantity: units, None for all of them.
        value: what follows ``=``: a reason, a grade or a disposition; None where nothing does.
    """

    text: str
    line: int | None
    sku: str | None
    quantity: int | None
    value: str | None


def parse_item(text: str) -> ItemSpec:
    """Read one item: ``TARGET[:UNITS][=WORD]``.

    A target of digits only is a line number; ``sku:`` in front makes anything a SKU. ``=`` and
    ``:UNITS`` are taken from the right, so a SKU may hold both signs.

    Raises:
        UsageError: no target, a line or a number of units that is not 1 or more (``E-USAGE-ITEM``).

    >>> parse_item("2:1=too_small")
    ItemSpec(text='2:1=too_small', line=2, sku=None, quantity=1, value='too_small')
    >>> parse_item("sku:2").sku
    '2'
    """
    target, equals, value = text.rpartition("=")
    if not equals:
        target, value = text, ""
    elif not value.strip():
        raise _wrong(text, "nothing follows the `=`")
    target = target.strip()
    is_sku = target[: len(_SKU_PREFIX)].lower() == _SKU_PREFIX
    target = target[len(_SKU_PREFIX) :] if is_sku else target
    target, quantity = _split_units(text, target.strip())
    if not target:
        raise _wrong(text, "no line is named")
    line = None if is_sku or not _is_digits(target) else _positive(text, target, "line")
    return ItemSpec(
        text=text,
        line=line,
        sku=None if line is not None else target,
        quantity=quantity,
        value=value.strip() or None,
    )


def _split_units(text: str, target: str) -> tuple[str, int | None]:
    name, colon, units = target.rpartition(":")
    name, units = name.strip(), units.strip()
    if not colon:
        return target, None
    if _is_digits(units):
        return name, _positive(text, units, "number of units")
    if _is_digits(name):  # `2:x` can only be a slip: a line, then no number
        raise _wrong(text, f"`{units}` is not a number of units")
    return target, None


def _positive(text: str, digits: str, what: str) -> int:
    if len(digits) > _MOST_DIGITS or int(digits) < 1:
        raise _wrong(text, f"`{digits[:20]}` is not a {what}")
    return int(digits)


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _wrong(text: str, why: str) -> UsageError:
    return UsageError(
        "E-USAGE-ITEM",
        f"`{text[:80]}` does not name an item: {why}.",
        where="--item",
        hint="Write 2 (line 2), 2:1 (one unit of it), sku:ABC (by SKU), and =too_small for why.",
    )
