"""Amazon's two returns reports: what its warehouses took back, and what sellers are asked to take.

*FBA customer returns*: a row is goods that a fulfilment centre has received and graded. Rows are
added to past days later and carry no number, so a row is known by its content; the licence plate
tells units apart, and without one the n-th equal row of a file is a unit of its own.

*Seller-fulfilled returns*: a row is a request, known by Amazon's RMA and the SKU. What changes
while it is handled (status, tracking, money) is not part of it.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence

from returns_cli.domain.vocabulary import Kind, Resolution
from returns_cli.intake.dates import DateReader
from returns_cli.intake.exports.amazon_tables import condition_of, kind_of, resolution_of
from returns_cli.intake.problems import RowFault
from returns_cli.intake.records import (
    UTC,
    Arrival,
    Flag,
    ReadOptions,
    RequestRow,
    RowKey,
    RowPlace,
)
from returns_cli.intake.row_cells import RowCells

FBA, MFN = "amazon-fba-returns", "amazon-mfn-returns"
FBA_IDS = frozenset("order-id amazon-order-id sku asin fnsku license-plate-number".split())
MFN_IDS = frozenset(
    {"order id", "amazon rma id", "merchant rma id", "merchant sku", "asin", "tracking id"}
)
_PLATE = "license-plate-number"
_RMA = "amazon rma id"
_REASON = "return reason"
_FBA_DATES = ("%d-%m-%Y", "%d-%b-%Y")
_MFN_DATES = ("%d-%b-%Y",)
_YES = {"Y": "yes", "N": "no"}


class FbaReturns:
    """Reads the rows of one FBA customer returns report; ``read(cells, place, key)`` one of them.

    Args:
        options: of the call. Times are UTC, whatever the shop's zone.
    """

    def __init__(self, options: ReadOptions) -> None:
        self._channel = options.channel
        self._dates = DateReader(UTC, options.date_format, _FBA_DATES)
        self._seen: Counter[str] = Counter()

    def __call__(self, cells: RowCells, place: RowPlace, _: RowKey) -> RequestRow:
        """One row.

        Raises:
            RowFault: ``E-ORDER-ID-MISSING E-LINE-UNKNOWN E-QTY E-DATE``.
        """
        order = "order-id" if cells.has("order-id") else "amazon-order-id"
        order_id = cells.required(order, "E-ORDER-ID-MISSING")
        sku = cells.required("sku", "E-LINE-UNKNOWN")
        quantity = _units(cells, "quantity")
        at = _date(self._dates, cells, "return-date")
        plate, reason = cells.id(_PLATE), cells.text("reason")
        station = cells.text("fulfillment-center-id") or cells.text("fulfilment-centre-id")
        finding = cells.text("detailed-disposition")
        content = _hash(
            FBA, at, order_id, sku, cells.id("asin"), cells.id("fnsku"), str(quantity), station,
            finding.upper(), reason.upper(), plate,
        )  # fmt: skip
        self._seen[content] += 1
        ordinal = self._seen[content]
        flags = [] if condition_of(finding) else [_flag(cells, "detailed-disposition")]
        if plate and ordinal > 1:
            flags.append(_flag(cells, _PLATE, "W-ROW-DUPLICATE"))
        key = f"fba:{content[:32]}" if plate else f"fba:{content[:32]}:{ordinal}"
        return RequestRow(
            place=place,
            key=RowKey(key, content),
            request_id="",
            channel=self._channel,
            order_id=order_id,
            line=None,
            sku=sku,
            reason=reason,
            quantity=quantity,
            kind=kind_of(reason),
            note=cells.text("customer-comments"),
            requested_at=at,
            entered_by=FBA,
            order_column=cells.shown(order),
            line_column=cells.shown("sku"),
            is_lone=True,
            arrival=_arrival(cells, at, finding, station, plate),
            flags=tuple(flags),
        )


def _arrival(cells: RowCells, at: str, finding: str, station: str, plate: str) -> Arrival:
    condition = condition_of(finding)
    said = ", ".join(filter(None, (finding, cells.text("status"))))
    if condition is None:
        return Arrival(at, (), "", said, station, plate)
    return Arrival(at, condition.grades, condition.disposition, said, station, plate)


class MfnReturns:
    """Reads the rows of one seller-fulfilled returns report; ``read(cells, place, key)`` one.

    Args:
        options: of the call.
    """

    def __init__(self, options: ReadOptions) -> None:
        self._channel = options.channel
        self._dates = DateReader(options.zone, options.date_format, _MFN_DATES)
        self._seen: Counter[tuple[str, str]] = Counter()

    def __call__(self, cells: RowCells, place: RowPlace, _: RowKey) -> RequestRow:
        """One row.

        Raises:
            RowFault: ``E-ORDER-ID-MISSING E-LINE-UNKNOWN E-QTY E-DATE``.
        """
        order_id = cells.required("order id", "E-ORDER-ID-MISSING")
        sku = cells.required("merchant sku", "E-LINE-UNKNOWN")
        quantity = _units(cells, "return quantity")
        requested_at = _date(self._dates, cells, "return request date")
        reason, resolution = cells.text(_REASON), cells.text("resolution")
        want = resolution_of(resolution)
        flags = [_flag(cells, "resolution")] if resolution and want is None else []
        want = want or Resolution.REFUND
        content = _hash(MFN, order_id, sku, str(quantity), reason.upper(), want.value)
        key = self._key(cells, sku, content, flags)
        return RequestRow(
            place=place,
            key=RowKey(key, content),
            request_id="",
            channel=self._channel,
            order_id=order_id,
            line=None,
            sku=sku,
            reason=reason,
            quantity=quantity,
            want=want,
            kind=Kind.RETURN,
            note=_told(cells),
            requested_at=requested_at,
            answers=_answers(cells),
            tracking=cells.id("tracking id"),
            carrier=cells.text("return carrier"),
            entered_by=MFN,
            order_column=cells.shown("order id"),
            line_column=cells.shown("merchant sku"),
            reason_column=cells.shown(_REASON),
            is_lone=True,
            flags=tuple(flags),
        )

    def _key(self, cells: RowCells, sku: str, content: str, flags: list[Flag]) -> str:
        """Amazon's RMA and the SKU; without an RMA the content and its count in the file."""
        rma = cells.id(_RMA)
        key = f"mfn:{rma}/{sku}" if rma else f"mfn:{content[:32]}"
        self._seen[key, content] += 1
        count = self._seen[key, content]
        if rma and count > 1:
            flags.append(_flag(cells, _RMA, "W-ROW-DUPLICATE"))
        return key if rma else f"{key}:{count}"


def _answers(cells: RowCells) -> dict[str, str]:
    """What Amazon has settled, for policies that ask: ``answers.resolution``, ``in_policy``."""
    in_policy = cells.text("in policy").upper()
    said = {
        "resolution": cells.text("resolution").upper(),
        "in_policy": _YES.get(in_policy, in_policy),
    }
    return {name: text for name, text in said.items() if text}


def _told(cells: RowCells) -> str:
    """A note for people: Amazon's number, and what Amazon says it refunded.

    A statement about a refund counts nowhere: the settlement report has what was really paid.
    """
    rma, refunded = cells.text(_RMA), cells.text("refunded amount")
    currency = cells.text("currency code")
    parts = (
        f"Amazon RMA {rma}" if rma else "",
        f"Amazon states a refund of {refunded} {currency}".strip() if refunded.strip("0.,") else "",
    )
    return "; ".join(filter(None, parts))


def _units(cells: RowCells, name: str) -> int:
    units = cells.units(name)
    if units is None:
        raise cells.fault("E-QTY", name, "The quantity is missing.")
    return units


def _date(dates: DateReader, cells: RowCells, name: str) -> str:
    try:
        return dates[cells.text(name)]
    except RowFault as fault:
        raise cells.fault(fault.code, name, fault.message) from None


def _flag(cells: RowCells, name: str, code: str = "W-STATUS-UNKNOWN") -> Flag:
    return Flag(code, cells.shown(name), cells.text(name))


def _hash(*content: str) -> str:
    text = json.dumps(_plain(content), ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _plain(content: Sequence[str]) -> list[str]:
    return [" ".join(one.split()) for one in content]
