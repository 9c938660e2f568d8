"""Compare providers' statements with the refunds that are recorded, and confirm what was paid."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from returns_cli.domain.days import local_day
from returns_cli.domain.errors import Problem
from returns_cli.domain.model import Refund
from returns_cli.domain.money import format_amount
from returns_cli.domain.reconcile import (
    By,
    Finding,
    PaidBack,
    Recorded,
    Result,
    reconcile,
)
from returns_cli.domain.vocabulary import RefundState
from returns_cli.operations.known_rows import KnownRows
from returns_cli.operations.move_refund import move_inside
from returns_cli.operations.payments_back import COMMAND, Covered, Payment, payments_of
from returns_cli.operations.return_view import Json, view_refund
from returns_cli.operations.row_files import (
    Tally,
    is_nothing_left,
    nothing_left,
    read_options,
    read_zone,
    refused_by_strict,
    view_problem,
    view_rows,
    write_reject_files,
)
from returns_cli.operations.shop import Shop

if TYPE_CHECKING:
    from returns_cli.intake import RowReading
    from returns_cli.intake.own.statements import StatementRow
    from returns_cli.store.connection import Store
    from returns_cli.store.statements import KnownRow

_IMPORTER = "1"
_MOST_NAMED = 1000
_CODES = {
    Result.IN_DOUBT: "W-PAYMENT-IN-DOUBT",
    Result.DUPLICATED: "W-PAYMENT-DUPLICATED",
    Result.AMOUNT_DIFFERS: "W-PAYMENT-AMOUNT",
    Result.UNRECORDED: "W-PAYMENT-UNRECORDED",
    Result.MISSING: "W-REFUND-MISSING",
}
_COUNTING = (RefundState.SUBMITTED, RefundState.IN_DOUBT, RefundState.CONFIRMED)
_NOT_KEPT = ("results",)
_NOT_THERE = "The statements do not have it, though they cover its day."


@dataclass(frozen=True, slots=True)
class ReconcileOptions:
    """Options of ``refunds reconcile`` as typed; None leaves it to the file and ``shop.yaml``."""

    source_format: str | None = None
    map_file: Path | None = None
    encoding: str | None = None
    date_format: str | None = None
    decimal: str | None = None
    currency: str | None = None
    timezone: str | None = None
    channel: str | None = None
    strict: bool = False


class _Said(NamedTuple):
    """A result: of a payment, or of a refund that no statement has."""

    finding: Finding
    payment: Payment | None = None
    is_confirmed_now: bool = False


def reconcile_refunds(
    shop: Shop, sources: Sequence[Path | BinaryIO], options: ReconcileOptions = ReconcileOptions()
) -> Json:
    """Find each payment of some statements among the refunds; all files in one transaction.

    A refund that is found is confirmed as ``refunds confirm`` does; one to store credit never is,
    since that would issue a credit. What is not clear is told and stays as it is. A statement that
    is read again changes nothing, unless refunds were recorded meanwhile that it has.
    """
    from returns_cli.intake.own.statements import read_statements

    read_with = read_options(
        shop,
        command=COMMAND,
        map_file=options.map_file,
        source_format=options.source_format,
        encoding=options.encoding,
        date_format=options.date_format,
        decimal=options.decimal,
        currency=options.currency,
        zone=read_zone(options.timezone) if options.timezone else None,
        channel=options.channel,
    )
    known = KnownRows(shop, COMMAND, _IMPORTER, read_with)
    with (
        shop.open_store() as store,
        read_statements(sources, read_with) as reading,
        store.writing(rehearse=shop.dry_run),
    ):
        shop.notes += reading.detected()
        desk = _Desk(shop, store, reading, known, options.channel)
        payments, covered = payments_of(reading, shop.watch(reading, "rows"), shop.zone)
        desk.take(payments, covered)
        if options.strict and reading.log.rejected:
            raise refused_by_strict(reading.problems)
        answer = desk.answer(covered)
        if not shop.dry_run:
            write_reject_files(shop, reading.reject_files())
        if is_nothing_left(reading):
            raise nothing_left(reading.rows, answer, reading.problems)
        desk.finish(answer)
        return answer


class _Desk:
    """One call: what is compared, and what was found. Inside a transaction."""

    def __init__(
        self,
        shop: Shop,
        store: Store,
        reading: RowReading[StatementRow],
        known: KnownRows,
        channel: str | None,
    ) -> None:
        self._shop = shop
        self._store = store
        self._reading = reading
        self._known = known
        self._channel = channel
        self._file_id: int | None = None
        self._said: list[_Said] = []
        self._tally = Tally()

    def take(self, payments: Sequence[Payment], covered: Sequence[Covered]) -> None:
        """Compare the payments of each kind of statement, then look for what no statement has."""
        mentioned: set[str] = set()
        missing: dict[str, Refund] = {}
        for source in dict.fromkeys(one.source for one in covered):
            of_source = [one for one in covered if one.source == source]
            mine = [one for one in payments if one.source == source]
            recorded = self._compare(source, mine, of_source, mentioned)
            for one in recorded:
                if self._is_missing(one, of_source):
                    missing[one.refund.refund_id] = one.refund
        for refund_id in sorted(missing.keys() - mentioned):
            finding = Finding(Result.MISSING, missing[refund_id], None, _NOT_THERE)
            self._said.append(_Said(finding))

    def _compare(
        self,
        source: str,
        payments: Sequence[Payment],
        covered: Sequence[Covered],
        mentioned: set[str],
    ) -> list[Recorded]:
        """Settle the payments of one kind of statement; the refunds that they were held against."""
        from returns_cli.store.statements import Wanted, known_rows, recorded_refunds

        before = known_rows(self._store, source, [one.key for one in payments])
        payments = [one for one in self._once(payments) if self._is_itself(one, before)]
        pks = self._order_pks(payments)
        days = [day for one in covered for day in (one.first_on, one.last_on) if day]
        recorded = recorded_refunds(
            self._store,
            Wanted(
                source=source,
                order_pks=frozenset(pk for found in pks for pk in found),
                references=frozenset(one.reference for one in payments if one.reference),
                refund_ids=frozenset(one.refund_id for one in before.values() if one.refund_id),
                first_on=min(days).isoformat() if days else "",
                last_on=max(days).isoformat() if days else "",
            ),
        )
        asked = [
            PaidBack(
                order_pks=found,
                amount_minor=one.amount_minor,
                currency=one.currency,
                reference=one.reference,
                matched=before[one.key].refund_id if one.key in before else None,
                unclear=one.unclear,
                can_pay=one.can_pay,
            )
            for one, found in zip(payments, pks, strict=True)
        ]
        comparison = reconcile(asked, recorded)
        mentioned |= comparison.mentioned
        for payment, finding in zip(payments, comparison.findings, strict=True):
            row = before.get(payment.key)
            self._settle(payment, finding, None if row is None else row.number)
        return recorded

    def _once(self, payments: Sequence[Payment]) -> Iterator[Payment]:
        """Each payment once: files that overlap have it in each of them."""
        seen: set[str] = set()
        for one in payments:
            if one.key in seen:
                self._tally.same += len(one.places)
                continue
            seen.add(one.key)
            yield one

    def _is_itself(self, payment: Payment, before: dict[str, KnownRow]) -> bool:
        """Whether a row says what it said before; else it is refused."""
        row = before.get(payment.key)
        if row is None or row.money == (payment.amount_minor, payment.currency):
            return True
        for place in payment.places:
            self._reading.log.reject(place, "E-KEY-CONFLICT", conflict=True)
        return False

    def _order_pks(self, payments: Sequence[Payment]) -> list[tuple[int, ...]]:
        """The orders that each payment may be of."""
        from returns_cli.store.orders import order_pks

        by_channel: dict[str | None, dict[str, tuple[int, ...]]] = {}
        for channel in {one.channel or self._channel for one in payments}:
            ids = [one.order_id for one in payments if (one.channel or self._channel) == channel]
            by_channel[channel] = order_pks(self._store, filter(None, ids), channel)
        return [by_channel[one.channel or self._channel].get(one.order_id, ()) for one in payments]

    def _settle(self, payment: Payment, finding: Finding, number: int | None) -> None:
        """Keep a row, and confirm the refund that it is."""
        from returns_cli.store.statements import NewRow, keep_match, keep_row

        is_new = number is None
        rows = len(payment.places)
        self._tally.new += rows if is_new else 0
        self._tally.same += 0 if is_new else rows
        if number is None:
            row = NewRow(
                payment.source,
                payment.key,
                payment.amount_minor,
                payment.currency,
                payment.paid_at,
                self._file(),
                payment.places[0].line,
            )
            number = keep_row(self._store, row)
        refund, by, is_confirmed = finding.refund, finding.by, False
        if finding.result is Result.MATCHED and refund is not None and by is not None:
            self._tally.rmas[refund.rma] = None
            if by is not By.BEFORE:
                after = self._confirm(refund, payment, by)
                is_confirmed = after.state is not refund.state
                finding = finding._replace(refund=after)
                keep_match(
                    self._store,
                    number,
                    refund.refund_id,
                    payment.source,
                    by,
                    actor=self._shop.actor,
                    at=self._shop.now,
                )
        self._said.append(_Said(finding, payment, is_confirmed))

    def _confirm(self, refund: Refund, payment: Payment, by: By) -> Refund:
        """The refund as it is once it is known to be paid; it is left alone where it was before."""
        if refund.state is RefundState.CONFIRMED:
            return refund
        reference = payment.reference if by is By.ORDER else ""
        return move_inside(
            self._shop,
            self._store,
            refund,
            RefundState.CONFIRMED,
            reference=reference or refund.reference,
        )

    def _file(self) -> int:
        """The number of the files of the call, recorded with the first row that is new."""
        if self._file_id is None:
            self._file_id = self._known.add_file(self._store, self._reading)
        return self._file_id

    def _is_missing(self, one: Recorded, covered: Iterable[Covered]) -> bool:
        """Whether a refund should stand in one of the statements, and was in none before."""
        refund = one.refund
        if refund.state not in _COUNTING or one.is_paid_here or one.is_paid_elsewhere:
            return False
        if self._channel not in (None, refund.channel):
            return False
        day = local_day(refund.recorded_at, self._shop.zone)
        return any(of.has(day) and of.can_pay(refund.tender) for of in covered)

    def answer(self, covered: Sequence[Covered]) -> Json:
        """The JSON object of the call; every result that a person must decide is a problem, too."""
        for said in self._said:
            if said.payment is not None and said.finding.result in _CODES:
                self._reading.log.warn(
                    said.payment.places[0],
                    _CODES[said.finding.result],
                    said.finding.why,
                    value=said.payment.shown(),
                )
        counts = {result.value: 0 for result in Result}
        for said in self._said:
            counts[said.finding.result.value] += 1
        answer = view_rows(self._reading, self._tally)
        missing = [one.finding for one in self._said if one.payment is None]
        problems = [*self._reading.problems, *_missing_problems(missing)]
        days = [day for one in covered for day in (one.first_on, one.last_on) if day]
        rows = self._tally.new + self._tally.same + self._reading.log.rejected
        return {
            **answer,
            "problems": [view_problem(one) for one in problems],
            "other": self._reading.rows - rows,
            **counts,
            "confirmed": sum(one.is_confirmed_now for one in self._said),
            "from": min(days).isoformat() if days else None,
            "to": max(days).isoformat() if days else None,
            "results": [_view(one) for one in self._said],
        }

    def finish(self, answer: Json) -> None:
        """Keep what was answered, without what the rows say."""
        if self._file_id is not None:
            kept = {name: one for name, one in answer.items() if name not in _NOT_KEPT}
            self._known.finish(self._store, self._file_id, kept)


def _missing_problems(missing: Sequence[Finding]) -> list[Problem]:
    """A problem for each refund that no statement has; beyond a thousand, their number."""
    code = _CODES[Result.MISSING]
    hint = "Pay it, or find it in a later statement; `refunds fail` says that it was not paid."
    problems = [
        Problem(code, one.why, value=_shown(one.refund), hint=hint)
        for one in missing[:_MOST_NAMED]
        if one.refund is not None
    ]
    left_out = len(missing) - _MOST_NAMED
    if left_out > 0:
        more = f"{left_out:,} more of the same kind are not listed."
        problems.append(Problem(code, more, count=left_out))
    return problems


def _shown(refund: Refund) -> str:
    amount = format_amount(refund.amount_minor, refund.currency)
    return f"{refund.refund_id} {amount} {refund.currency}"


def _view(said: _Said) -> Json:
    """A result as JSON; nulls are kept."""
    finding, payment, refund = said.finding, said.payment, said.finding.refund
    return {
        "result": finding.result.value,
        "file": payment.places[0].file if payment else None,
        "line": payment.places[0].line if payment else None,
        "order": (payment.order_id or None) if payment else None,
        "reference": (payment.reference or None) if payment else None,
        "amount": format_amount(payment.amount_minor, payment.currency) if payment else None,
        "currency": payment.currency if payment else None,
        "paid_at": payment.paid_at if payment else None,
        "by": finding.by.value if finding.by else None,
        "confirmed": said.is_confirmed_now,
        "decide": finding.why or None,
        "refund": view_refund(refund) if refund else None,
    }
