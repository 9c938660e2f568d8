"""What the readers give: the options of a read, one record per accepted row, figures of a file.

Orders come as ``domain.model.Order``; every other row keeps its ``place`` (so that a later refusal
finds it again) and the material of its idempotency key.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from returns_cli.domain.errors import Problem
from returns_cli.domain.freeze import Stated
from returns_cli.domain.model import Customer, Payment, Product, SourceRefund
from returns_cli.domain.vocabulary import Kind, Resolution, TaxStyle
from returns_cli.intake.mapped.mapping import FileMapping

UTC = ZoneInfo("UTC")
REJECT_COLUMNS = ("reject_file", "reject_line", "reject_code", "reject_message")
"""What stands before the row in a file of refused rows; readers ignore it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """How to read files; the defaults of a shop come from ``shop.yaml``, the rest from options.

    Attributes:
        zone: of dates without an offset: ``--timezone``, else the shop's.
        currency: where a file has none: ``--currency``, else the shop's.
        tax: where neither a column nor arithmetic says it: ``--tax``, else the shop's.
        source_format: ``--from``; None detects it.
        encoding: ``--encoding``, any Python codec; None is UTF-8, with or without BOM.
        decimal: ``--decimal``; None decides per value (docs/formats.md).
        date_format: ``--date-format``, as ``%d/%m/%Y`` or ``DD/MM/YYYY``; ISO is read beside it.
        channel: ``--channel``, for orders whose file names none.
        gift_tags: order tags that mark a gift.
        mapping: ``--map``; what it says of encoding, dates and decimals stands in those options.
        first_rows: read no more of a file than so many records; None reads all.
    """

    zone: ZoneInfo = UTC
    currency: str | None = None
    tax: TaxStyle = TaxStyle.ON_TOP
    source_format: str | None = None
    encoding: str | None = None
    decimal: Literal["dot", "comma"] | None = None
    date_format: str | None = None
    channel: str | None = None
    gift_tags: tuple[str, ...] = ("gift",)
    mapping: FileMapping | None = None
    first_rows: int | None = None


class RowPlace(NamedTuple):
    """Where a row stands: which file of the call, its base name, the physical line from 1."""

    file_index: int
    file: str
    line: int


class RowKey(NamedTuple):
    """The material of a row's idempotency key: the same row again is recognised by it.

    Attributes:
        key: ``id:`` and the row's ``request_id``, or ``row:``, a hash of its content and its
            ordinal among equal rows of the file.
        content_hash: of the row's values as read, independent of column order and foreign columns.
    """

    key: str
    content_hash: str


class OrderSupplement(NamedTuple):
    """What a file without items says of an order that is described elsewhere.

    Its order stands in another file of the call or in the store; for any other it is refused
    (``E-REFUND-NO-ORDER`` where it tells of refunds alone, else ``E-ORDER-NO-LINES``).

    Attributes:
        source_file, source_lines: base name, and the physical lines of its rows.
        refund_lines: the rows that are refunds; empty for all.
        channel: None for the call's, or the only one that has the order.
        currency: None where the file does not say.
        total_minor, captured_minor, refunded_minor: None where the file says nothing of it.
        refunds: what makes up ``refunded_minor``, where the file tells it apart.
        cancelled_at: filled where the file says that the order is cancelled.
        sums: the order's sums, which freeze its lines anew; in place of ``total_minor``.
        items: for each refund the SKU or title it was for, where its line is not known here.
        total_column, refund_column: as the file writes them, for problems.
        payments: what paid the order, where the file tells several ways apart.
    """

    source_file: str
    source_lines: tuple[int, ...]
    channel: str | None
    order_id: str
    currency: str | None = None
    total_minor: int | None = None
    captured_minor: int | None = None
    refunded_minor: int | None = None
    refunds: tuple[SourceRefund, ...] = ()
    cancelled_at: str | None = None
    sums: Stated | None = None
    items: tuple[str, ...] = ()
    refund_lines: tuple[int, ...] = ()
    total_column: str | None = None
    refund_column: str | None = None
    payments: tuple[Payment, ...] = ()


class Flag(NamedTuple):
    """A warning about a cell, said once its row is taken."""

    code: str
    column: str | None
    value: str


class Arrival(NamedTuple):
    """Goods that a source received and graded itself.

    Attributes:
        at: instant or bare day.
        grades: grades that its finding may stand for, the likeliest first; empty where it is not
            known what it means: a person grades the goods.
        disposition: where such goods go, where no policy says it.
        note: the finding in the source's own words.
        station: where it received them.
        tracking: what tells the unit apart.
    """

    at: str
    grades: tuple[str, ...]
    disposition: str
    note: str
    station: str = ""
    tracking: str = ""


class RequestRow(NamedTuple):
    """One row of a requests file; exactly one of ``line`` and ``sku`` may be empty.

    ``quantity`` None means every unit. ``reason`` is as it came. ``condition`` None: not stated.
    ``requested_at`` is an instant or a bare day, None where the file says nothing.

    Attributes:
        answers: what else the source says that a policy may ask for, by name.
        tracking, carrier: of a parcel that is announced.
        entered_by: who entered it: ``file``, or the platform's format.
        order_column, line_column, reason_column: where they stand, as the file writes it.
        is_lone: the row is one return by itself; its SKU may stand on several lines of the order,
            which the source does not tell apart.
        arrival: the goods have come already.
        flags: warnings.
    """

    place: RowPlace
    key: RowKey
    request_id: str
    channel: str | None
    order_id: str
    line: int | None
    sku: str
    reason: str
    quantity: int | None = None
    want: Resolution = Resolution.REFUND
    kind: Kind = Kind.RETURN
    condition: str | None = None
    photos: int = 0
    note: str = ""
    requested_at: str | None = None
    exchange_sku: str = ""
    answers: Mapping[str, str] = MappingProxyType({})
    tracking: str = ""
    carrier: str = ""
    entered_by: str = "file"
    order_column: str = "order_id"
    line_column: str = "line_no"
    reason_column: str = "reason"
    is_lone: bool = False
    arrival: Arrival | None = None
    flags: tuple[Flag, ...] = ()


class ReceiptRow(NamedTuple):
    """One row of a receipts file: units of a return that arrived."""

    place: RowPlace
    key: RowKey
    rma: str
    line: int | None
    sku: str
    quantity: int | None
    received_at: str | None = None
    station: str = ""
    tracking: str = ""


class InspectionRow(NamedTuple):
    """One row of an inspections file: units of a return line graded alike."""

    place: RowPlace
    key: RowKey
    rma: str
    line: int | None
    sku: str
    quantity: int | None
    grade: str
    disposition: str = ""
    note: str = ""


class DispositionRow(NamedTuple):
    """One row of a dispositions file: units of a return line that were put away."""

    place: RowPlace
    key: RowKey
    rma: str
    line: int | None
    sku: str
    quantity: int | None
    disposition: str
    location: str = ""


class CustomerRow(NamedTuple):
    """One row of a customers file; ``silent`` names the facts that the file has no column for."""

    place: RowPlace
    key: RowKey
    customer: Customer
    silent: frozenset[str] = frozenset()


class ProductRow(NamedTuple):
    """One row of a products file; ``silent`` names the facts that the file has no column for."""

    place: RowPlace
    key: RowKey
    product: Product
    silent: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class SourceFile:
    """What is known of one file of the call.

    Attributes:
        name: base name, ``-`` for standard input.
        sha256: of its bytes, hex.
        format: as ``--from`` names it.
        encoding: the codec it was read with.
        delimiter: ``,`` ``;`` tab or ``|``.
        header_line: physical line of the header, from 1.
        columns: the header's names, trimmed.
    """

    name: str
    sha256: str
    format: str
    encoding: str
    delimiter: str
    header_line: int
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ImportFigures:
    """The figures of ``orders import`` that do not need the store (docs/formats.md).

    Attributes:
        format: the files' format; several are joined by a comma.
        files: base names, in the order given.
        rows: data records, refused ones in.
        orders, lines, units: accepted ones, cancelled in.
        rejected: refused rows.
        totals: minor units by currency, in order of currency.
        refunded: minor units by currency; only currencies with a refund.
        problems: in file and line order, capped.
    """

    format: str
    files: tuple[str, ...]
    rows: int = 0
    orders: int = 0
    lines: int = 0
    units: int = 0
    rejected: int = 0
    totals: dict[str, int] = field(default_factory=dict)
    refunded: dict[str, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
