"""Statements drawn at random: no refund is found twice, no cent is matched with another."""

from __future__ import annotations

from collections import Counter
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from returns_cli.domain.reconcile import By, PaidBack, Recorded, Result, reconcile
from returns_cli.domain.vocabulary import RefundState
from tests.domain.test_reconcile import refund

REFERENCES = st.sampled_from(["", "", "re_1", "re_2", "RF-2"])
MINOR = st.integers(min_value=1, max_value=3)
ORDERS = st.integers(min_value=1, max_value=2)
TENDERS = st.sampled_from(["original_payment", "original_payment", "store_credit", "bank_transfer"])


@st.composite
def refunds(draw: st.DrawFn) -> list[Recorded]:
    """Recorded refunds of two orders; a reference stands once, and never at a submitted one."""
    made: list[Recorded] = []
    used: set[str] = set()
    for number in range(draw(st.integers(0, 5))):
        state = draw(st.sampled_from(list(RefundState)))
        reference = draw(REFERENCES)
        if reference in used or state is RefundState.SUBMITTED:
            reference = ""
        used.add(reference)
        made.append(
            refund(
                f"RF-{number}",
                draw(MINOR),
                state,
                order=draw(ORDERS),
                tender=draw(TENDERS),
                reference=reference or None,
                here=draw(st.booleans()) and state is RefundState.CONFIRMED,
            )
        )
    return made


PAYMENTS = st.lists(
    st.tuples(st.one_of(st.just(()), st.tuples(ORDERS)), MINOR, st.just("USD"), REFERENCES).map(
        lambda drawn: PaidBack(*drawn)
    ),
    max_size=6,
)


@given(PAYMENTS, refunds())
def test_a_match_is_of_the_same_money_once_and_never_makes_a_credit(
    payments: list[PaidBack], recorded: list[Recorded]
) -> None:
    comparison = reconcile(payments, recorded)
    assert len(comparison.findings) == len(payments)
    by_id = {one.refund.refund_id: one for one in recorded}
    matches: Counter[str] = Counter()
    references: Counter[str] = Counter()
    for payment, finding in zip(payments, comparison.findings, strict=True):
        if finding.refund is not None:
            assert finding.refund.refund_id in comparison.mentioned
        if finding.result is not Result.MATCHED:
            assert finding.why
            continue
        assert finding.refund is not None
        one = by_id[finding.refund.refund_id]
        matches[one.refund.refund_id] += 1
        assert (one.refund.amount_minor, one.refund.currency) == (payment.amount_minor, "USD")
        assert one.refund.state in (
            RefundState.SUBMITTED,
            RefundState.IN_DOUBT,
            RefundState.CONFIRMED,
        )
        assert not one.is_paid_here
        if one.refund.tender == "store_credit":
            assert one.refund.state is RefundState.CONFIRMED
        if finding.by is By.ORDER:
            assert payment.order_pks == (one.order_pk,)
            references[payment.reference] += bool(payment.reference)
            held = {other.refund.reference for other in recorded}
            assert payment.reference == "" or payment.reference not in held
    assert all(count == 1 for count in matches.values())
    assert all(count <= 1 for count in references.values())


@given(PAYMENTS, refunds(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_decides_nothing_but_which_equal_one_comes_first(
    payments: list[PaidBack], recorded: list[Recorded], random: Random
) -> None:
    def told(some: list[PaidBack]) -> Counter[tuple[object, ...]]:
        found = reconcile(some, recorded).findings
        return Counter(
            (
                one.order_pks,
                one.amount_minor,
                finding.result,
                finding.refund and finding.refund.refund_id,
            )
            for one, finding in zip(some, found, strict=True)
        )

    mixed = list(payments)
    random.shuffle(mixed)
    if len({one.reference for one in payments if one.reference}) == sum(
        bool(one.reference) for one in payments
    ):
        assert told(mixed) == told(payments)
