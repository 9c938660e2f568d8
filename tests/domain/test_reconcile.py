from __future__ import annotations

from typing import NamedTuple

import pytest

from returns_cli.domain.model import Refund
from returns_cli.domain.reconcile import By, PaidBack, Recorded, Result, reconcile
from returns_cli.domain.vocabulary import RefundState

SUBMITTED, IN_DOUBT, CONFIRMED, FAILED, REVERSED = (
    RefundState.SUBMITTED,
    RefundState.IN_DOUBT,
    RefundState.CONFIRMED,
    RefundState.FAILED,
    RefundState.REVERSED,
)


def refund(
    name: str,
    minor: int,
    state: RefundState = SUBMITTED,
    *,
    order: int = 1,
    reference: str | None = None,
    tender: str = "original_payment",
    currency: str = "USD",
    here: bool = False,
) -> Recorded:
    """A recorded refund of an order."""
    made = Refund(
        refund_id=name,
        rma="RMA-0000001",
        channel="default",
        order_id=f"#{order}",
        state=state,
        amount_minor=minor,
        currency=currency,
        tender=tender,
        reference=reference,
        key=name,
        journal_seq=1,
        decision_id=1,
        components=(),
        recorded_at="2026-03-20T10:00:00+00:00",
    )
    return Recorded(order, made, here)


def paid(minor: int, *orders: int, reference: str = "", currency: str = "USD") -> PaidBack:
    """A payment of a statement, of order 1 unless another is named."""
    return PaidBack(orders or (1,), minor, currency, reference)


class Case(NamedTuple):
    """Payments, refunds, and what each payment must be: result, refund, and what it rests on."""

    payments: list[PaidBack]
    recorded: list[Recorded]
    found: list[tuple[Result, str | None, By | None]]


MATCHED, DUPLICATED, DIFFERS, DOUBT, UNRECORDED = (
    Result.MATCHED,
    Result.DUPLICATED,
    Result.AMOUNT_DIFFERS,
    Result.IN_DOUBT,
    Result.UNRECORDED,
)

CASES = {
    "the only refund of the order, of the same amount": Case(
        [paid(500)], [refund("A", 500)], [(MATCHED, "A", By.ORDER)]
    ),
    "one that is in doubt, and one that was confirmed by hand": Case(
        [paid(500), paid(700)],
        [refund("A", 500, IN_DOUBT), refund("B", 700, CONFIRMED, reference="ch_1")],
        [(MATCHED, "A", By.ORDER), (MATCHED, "B", By.ORDER)],
    ),
    "the reference decides between equals": Case(
        [paid(500, reference="re_2")],
        [
            refund("A", 500, CONFIRMED, reference="re_1"),
            refund("B", 500, CONFIRMED, reference="re_2"),
        ],
        [(MATCHED, "B", By.REFERENCE)],
    ),
    "the reference needs no order": Case(
        [PaidBack((), 500, "USD", "re_2")],
        [refund("B", 500, CONFIRMED, reference="re_2")],
        [(MATCHED, "B", By.REFERENCE)],
    ),
    "the refund's own number is a reference, in any case": Case(
        [PaidBack((), 500, "USD", "rf-b")],
        [refund("RF-A", 500), refund("RF-B", 500)],
        [(MATCHED, "RF-B", By.NUMBER)],
    ),
    "equal refunds are not told apart": Case(
        [paid(500), paid(500)],
        [refund("A", 500), refund("B", 500)],
        [(DOUBT, None, None), (DOUBT, None, None)],
    ),
    "equal payments without references: one is it, the others are too many": Case(
        [paid(500), paid(500)],
        [refund("A", 500)],
        [(MATCHED, "A", By.ORDER), (DUPLICATED, "A", None)],
    ),
    "equal payments with references: nobody knows which is it": Case(
        [paid(500, reference="re_1"), paid(500, reference="re_2")],
        [refund("A", 500)],
        [(DOUBT, "A", None), (DOUBT, "A", None)],
    ),
    "the same reference twice": Case(
        [paid(500, reference="re_1"), paid(500, reference="re_1")],
        [refund("A", 500, CONFIRMED, reference="re_1")],
        [(MATCHED, "A", By.REFERENCE), (DUPLICATED, "A", None)],
    ),
    "one reference cannot confirm two refunds": Case(
        [paid(500, 1, reference="re_1"), paid(700, 2, reference="re_1")],
        [refund("A", 500), refund("B", 700, order=2)],
        [(MATCHED, "A", By.ORDER), (DOUBT, "B", None)],
    ),
    "a refund that this kind of statement had before": Case(
        [paid(500)], [refund("A", 500, CONFIRMED, here=True)], [(DUPLICATED, "A", None)]
    ),
    "its reference once more": Case(
        [paid(500, reference="re_1")],
        [refund("A", 500, CONFIRMED, reference="re_1", here=True)],
        [(DUPLICATED, "A", None)],
    ),
    "the reference with another amount": Case(
        [paid(501, reference="re_1")],
        [refund("A", 500, CONFIRMED, reference="re_1")],
        [(DIFFERS, "A", None)],
    ),
    "the reference with another currency": Case(
        [paid(500, reference="re_1", currency="EUR")],
        [refund("A", 500, CONFIRMED, reference="re_1")],
        [(DIFFERS, "A", None)],
    ),
    "a reference of several refunds: the amount tells": Case(
        [paid(700, reference="re_1")],
        [
            refund("A", 500, CONFIRMED, reference="re_1"),
            refund("B", 700, CONFIRMED, reference="re_1", tender="paypal"),
        ],
        [(MATCHED, "B", By.REFERENCE)],
    ),
    "a reference of several refunds, and none of that amount": Case(
        [paid(900, reference="re_1")],
        [
            refund("A", 500, CONFIRMED, reference="re_1"),
            refund("B", 700, CONFIRMED, reference="re_1", tender="paypal"),
        ],
        [(DOUBT, None, None)],
    ),
    "the only refund of the order, with another amount": Case(
        [paid(499)], [refund("A", 500)], [(DIFFERS, "A", None)]
    ),
    "two payments for one refund that neither is": Case(
        [paid(200), paid(300)], [refund("A", 500)], [(DOUBT, None, None), (DOUBT, None, None)]
    ),
    "one payment for two refunds": Case(
        [paid(1200)], [refund("A", 500), refund("B", 700)], [(DOUBT, None, None)]
    ),
    "paid under another reference": Case(
        [paid(500, reference="re_2")],
        [refund("A", 500, CONFIRMED, reference="re_1")],
        [(DOUBT, "A", None)],
    ),
    "recorded as failed": Case([paid(500)], [refund("A", 500, FAILED)], [(DOUBT, "A", None)]),
    "recorded as reversed, named by its reference": Case(
        [paid(500, reference="re_1")],
        [refund("A", 500, REVERSED, reference="re_1")],
        [(DOUBT, "A", None)],
    ),
    "store credit is not paid by a provider": Case(
        [paid(500)], [refund("A", 500, tender="store_credit")], [(DOUBT, "A", None)]
    ),
    "store credit by its own number would issue a credit": Case(
        [PaidBack((), 500, "USD", "RF-A")],
        [refund("RF-A", 500, tender="store_credit")],
        [(DOUBT, "RF-A", None)],
    ),
    "store credit that was confirmed, by its reference": Case(
        [paid(500, reference="gift-1")],
        [refund("A", 500, CONFIRMED, tender="store_credit", reference="gift-1")],
        [(MATCHED, "A", By.REFERENCE)],
    ),
    "an order without refunds": Case([paid(500)], [], [(UNRECORDED, None, None)]),
    "an order that nobody knows": Case(
        [PaidBack((), 500, "USD", "re_9")], [refund("A", 500)], [(UNRECORDED, None, None)]
    ),
    "an order number of two channels": Case(
        [paid(500, 1, 2)], [refund("A", 500)], [(DOUBT, None, None)]
    ),
    "another currency of the same order": Case(
        [paid(500, currency="EUR")], [refund("A", 500)], [(DIFFERS, "A", None)]
    ),
    "what the statement leaves open": Case(
        [paid(500)._replace(unclear="It is pending.")], [refund("A", 500)], [(DOUBT, "A", None)]
    ),
    "what was matched when it was read before, whatever it became since": Case(
        [paid(500)._replace(matched="A")], [refund("A", 500, REVERSED)], [(MATCHED, "A", By.BEFORE)]
    ),
    "a payment twice beside one that was matched before": Case(
        [paid(500)._replace(matched="A"), paid(500)],
        [refund("A", 500, CONFIRMED, here=True)],
        [(MATCHED, "A", By.BEFORE), (DUPLICATED, "A", None)],
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_payment_is_found_or_told(case: Case) -> None:
    comparison = reconcile(case.payments, case.recorded)
    found = [
        (one.result, one.refund and one.refund.refund_id, one.by) for one in comparison.findings
    ]
    assert found == case.found


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_what_is_no_match_says_why(case: Case) -> None:
    for one in reconcile(case.payments, case.recorded).findings:
        assert bool(one.why) == (one.result is not MATCHED)


def test_refunds_that_a_doubt_is_about_are_mentioned() -> None:
    equal = [refund(name, 500) for name in ("A", "B", "C", "D", "E", "F")]
    comparison = reconcile([paid(500)], [*equal, refund("G", 900)])
    assert comparison.mentioned == frozenset("ABCDEF")
    assert (
        comparison.findings[0].why == "It may be any of A, B, C, D, E and 1 more: they are equal."
    )


def test_a_tender_that_the_statement_cannot_pay_is_no_candidate() -> None:
    payment = paid(500)._replace(can_pay=lambda tender: tender == "bank_transfer")
    recorded = [refund("A", 500), refund("B", 500, tender="bank_transfer")]
    (finding,) = reconcile([payment], recorded).findings
    assert (finding.result, finding.refund) == (MATCHED, recorded[1].refund)
