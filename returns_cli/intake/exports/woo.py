"""What WooCommerce's order exports share: statuses, refunds by line, tax on top, addresses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from returns_cli.domain.freeze import Stated
from returns_cli.domain.model import Address, SourceRefund
from returns_cli.domain.money import allocate
from returns_cli.domain.vocabulary import TaxStyle
from returns_cli.intake.cells import clean_id
from returns_cli.intake.exports.countries import country_code
from returns_cli.intake.grouping import Group, Note
from returns_cli.intake.order_draft import DraftLine, Listed
from returns_cli.intake.sheet import Sheet

_STATUSES = frozenset("pending processing on-hold completed cancelled refunded failed".split())
_UNPAID = frozenset({"pending", "failed"})


class Status(NamedTuple):
    """An order's status, without ``wc-`` and folded."""

    word: str

    @property
    def is_cancelled(self) -> bool:
        """Whether the order was called off."""
        return self.word == "cancelled"

    def captured(self, refunded_minor: int) -> int | None:
        """What was paid in, None for the total.

        An order that is marked as refunded, while no amount is stated, leaves nothing to refund;
        one with a refund was paid, whatever its status says.
        """
        is_unpaid = self.word in _UNPAID or self.word == "refunded"
        return 0 if is_unpaid and not refunded_minor else None


def read_status(sheet: Sheet, group: Group, name: str) -> Status:
    """The order's status; an unknown one is flagged and out of account."""
    text = sheet.first_text(group, name)
    word = "-".join(text.casefold().split()).removeprefix("wc-")
    word = {"canceled": "cancelled"}.get(word, word)
    if word and word not in _STATUSES:
        group.notes.append(Note(group.rows[0][0], "W-STATUS-UNKNOWN", sheet.shown(name), text))
    return Status(word)


def by_line(stated: int | None, lines: Mapping[int, int]) -> tuple[SourceRefund, ...]:
    """The refunds of an order that states them in sum, by line, or both.

    Args:
        stated: the order's own sum, None where it has none. It may hold what no line states,
            such as shipping; where the lines come to more, it stands alone.
        lines: line number -> refunded amount.

    >>> [(one.line, one.amount_minor) for one in by_line(1500, {2: 1200})]
    [(2, 1200), (None, 300)]
    """
    told = {line: amount for line, amount in lines.items() if amount}
    beyond = 0 if stated is None else stated - sum(told.values())
    if beyond < 0:
        told, beyond = {}, stated or 0
    refunds = tuple(SourceRefund(amount, line) for line, amount in told.items())
    return (*refunds, SourceRefund(beyond)) if beyond else refunds


class Priced(NamedTuple):
    """An order's lines and sums, ready to be frozen."""

    lines: tuple[DraftLine, ...]
    sums: Stated | Listed


def price_on_top(
    lines: Sequence[DraftLine],
    subtotal: int | None,
    discount: int,
    shipping: int,
    tax: int,
    total: int | None,
    *,
    is_cancelled: bool = False,
) -> Priced:
    """The money of an order whose lines are without tax, as WooCommerce keeps them.

    Each line keeps its own tax where that bears the stated total out; else the order's tax is
    shared. Where no total is stated it is computed, with the tax on top: nothing for a cancelled
    order, while a stated total stays.

    Args:
        lines: with their own discounts and, where they state it, their own tax.
        subtotal, discount, shipping, tax, total: of the order; the discount holds the lines' own.
    """
    own = sum(line.discount for line in lines)
    values = [line.gross - line.discount for line in lines]
    listed = Listed(max(discount - own, 0), shipping, TaxStyle.ON_TOP)
    line_tax = sum(line.tax for line in lines)
    computed = sum(values) - listed.order_discount + shipping + line_tax
    if total is None and is_cancelled:
        return Priced(tuple(lines), Listed())
    if not is_cancelled and line_tax == tax and total in (None, computed):
        return Priced(tuple(lines), listed)
    if total is None:
        shares = allocate(tax, values if any(values) else [1] * len(values))
        taxed = (line._replace(tax=share) for line, share in zip(lines, shares, strict=True))
        return Priced(tuple(taxed), listed)
    return Priced(tuple(lines), Stated(subtotal, discount, shipping, tax, 0, total))


class AddressColumns(NamedTuple):
    """Names of an address's columns, ``{}`` for billing or shipping."""

    first_name: str
    last_name: str
    company: str
    address1: str
    address2: str
    city: str
    region: str
    postcode: str
    country: str
    phone: str

    def read(self, sheet: Sheet, group: Group) -> Address:
        """The shipping address; the billing one where nothing is shipped elsewhere."""
        shipping = self._read(sheet, group, "shipping")
        return shipping if any(shipping[2:8]) else self._read(sheet, group, "billing")

    def buyer_name(self, sheet: Sheet, group: Group) -> str:
        """The name of who pays."""
        return self._read(sheet, group, "billing").name

    def _read(self, sheet: Sheet, group: Group, kind: str) -> Address:
        first, last, company, address1, address2, city, region, postcode, country, phone = (
            sheet.first_text(group, name.format(kind)) if name else "" for name in self
        )
        return Address(
            f"{first} {last}".strip(),
            company,
            address1,
            address2,
            city,
            region,
            clean_id(postcode),
            country_code(country),
            clean_id(phone),
        )

    def shown_postcode(self, sheet: Sheet, group: Group) -> str | None:
        """The postcode's column as the file names it, of the address that ``read`` takes."""
        shipping = self._read(sheet, group, "shipping")
        return sheet.shown(self.postcode.format("shipping" if any(shipping[2:8]) else "billing"))
