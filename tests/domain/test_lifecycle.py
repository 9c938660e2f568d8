"""The state of a return and what a person's word does to it."""

from __future__ import annotations

from functools import partial

import pytest

from returns_cli.domain.lifecycle import (
    CUSTODY_MOVES,
    ENDED,
    REFUND_MOVES,
    ReturnState,
    is_waiting_for_person,
    standing_verdict,
    state_of,
)
from returns_cli.domain.model import Component, LineDecision
from returns_cli.domain.record import ReturnRecord, Ruling
from returns_cli.domain.vocabulary import RefundState, Verdict
from tests.domain.worked import judged, refund
from tests.domain.worked_returns import (
    ALLOWED,
    ARRIVED,
    ASK,
    BOTH,
    COAT,
    DOUBT,
    KEEP,
    LATE,
    NO,
    SEEN,
    SWAP,
    TEES,
    TODAY,
    YES,
    ZONE,
    allowed,
    came,
    graded,
    record,
    said,
)

SUBMITTED, CONFIRMED = RefundState.SUBMITTED, RefundState.CONFIRMED

PLAIN = judged(TEES, 2)
at_bench = partial(record, authorized=ALLOWED, receipts=ARRIVED, inspections=SEEN)
STATES = [
    pytest.param("requested", record(), 0, id="nobody judged it"),
    pytest.param("in_review", record(DOUBT), 4000, id="a person must look"),
    pytest.param(
        "in_review",
        record(DOUBT, judged(COAT, 1)),
        10000,
        id="one line in review holds the other back",
    ),
    pytest.param("denied", record(LATE), 0, id="the policy denies it"),
    pytest.param("denied", record(DOUBT, rulings=(said("deny"),)), 0, id="a person denies it"),
    pytest.param(
        "denied",
        record(*BOTH, authorized=(allowed(1, 2), allowed(1, -2)), rulings=(said("deny"),)),
        0,
        id="a person takes an approval back",
    ),
    pytest.param("approved", record(PLAIN, authorized=ALLOWED), 4000, id="approved"),
    pytest.param(
        "approved",
        record(LATE, rulings=(said("approve", codes=("window_expired",)),), authorized=ALLOWED),
        4000,
        id="a person approves against the policy",
    ),
    pytest.param(
        "approved",
        record(LATE, judged(COAT, 1), authorized=(allowed(2, 1),)),
        6000,
        id="partial: one line denied, the other goes on",
    ),
    pytest.param(
        "approved",
        record(
            DOUBT,
            judged(COAT, 1),
            authorized=(allowed(2, 1),),
            rulings=(said("deny", 1),),
        ),
        6000,
        id="a person denies the line in review: the other goes on",
    ),
    pytest.param(
        "in_review",
        record(DOUBT, judged(COAT, 1, ASK, codes=("no_policy",)), rulings=(said("deny", 1),)),
        6000,
        id="a person denies one line while another still waits",
    ),
    pytest.param(
        "approved",
        record(judged(TEES, 2, YES, KEEP), authorized=ALLOWED),
        4000,
        id="the customer keeps the goods, the money is due",
    ),
    pytest.param(
        "approved",
        record(
            PLAIN,
            authorized=(allowed(1, 2), allowed(1, -2), allowed(1, 2, "2026-03-18T09:00:00-04:00")),
            rulings=(said("expire"), said("approve")),
        ),
        4000,
        id="a person takes an expired one back in",
    ),
    pytest.param(
        "in_transit",
        record(PLAIN, authorized=ALLOWED, scanned="2026-03-14"),
        4000,
        id="the carrier has it",
    ),
    pytest.param(
        "received",
        record(PLAIN, authorized=ALLOWED, receipts=ARRIVED),
        4000,
        id="it arrived",
    ),
    pytest.param(
        "received",
        record(*BOTH, authorized=(allowed(1, 2), allowed(2, 1)), receipts=(came(1, 1),)),
        2000,
        id="one of three units arrived",
    ),
    pytest.param(
        "received",
        record(PLAIN, authorized=ALLOWED, receipts=ARRIVED, inspections=(graded(1, 1),)),
        4000,
        id="one of two units is inspected",
    ),
    pytest.param(
        "inspected",
        at_bench(PLAIN),
        4000,
        id="all that came is inspected",
    ),
    pytest.param(
        "inspected",
        record(PLAIN, authorized=ALLOWED, receipts=(came(1, 1),), inspections=(graded(1, 1),)),
        2000,
        id="one came and is inspected, the other may follow",
    ),
    pytest.param(
        "in_review",
        at_bench(
            judged(TEES, 2, ASK, codes=("serial_mismatch",)),
            rulings=(said("approve", codes=("above_limit",)),),
        ),
        4000,
        id="inspection finds a reason that the approval did not speak of",
    ),
    pytest.param(
        "inspected",
        at_bench(
            judged(TEES, 2, ASK, codes=("serial_mismatch", "above_limit")),
            rulings=(
                said("approve", codes=("above_limit",)),
                said("approve", codes=("serial_mismatch",)),
            ),
        ),
        4000,
        id="a second approval settles that one too",
    ),
    pytest.param(
        "denied",
        record(
            judged(TEES, 2, NO, codes=("wrong_goods",)),
            authorized=ALLOWED,
            receipts=ARRIVED,
            inspections=(graded(1, 2, "wrong_item"),),
        ),
        0,
        id="inspection finds other goods: denied, nothing to pay",
    ),
    pytest.param(
        "inspected",
        at_bench(PLAIN, refunds=(refund(4000, state=RefundState.FAILED),)),
        4000,
        id="a refund that failed is still owed",
    ),
    pytest.param(
        "inspected",
        at_bench(PLAIN, refunds=(refund(4000, state=RefundState.REVERSED),)),
        4000,
        id="a refund that was reversed is owed again",
    ),
    pytest.param(
        "inspected",
        at_bench(PLAIN, refunds=(refund(3999),)),
        4000,
        id="a cent is missing",
    ),
    pytest.param(
        "inspected",
        at_bench(PLAIN, refunds=(refund(4000, Component("goodwill", None, 4000)),)),
        4000,
        id="goodwill pays nothing of what is owed",
    ),
    pytest.param(
        "refund_pending",
        at_bench(PLAIN, refunds=(refund(4000, state=SUBMITTED),)),
        4000,
        id="submitted, not confirmed",
    ),
    pytest.param(
        "refund_pending",
        at_bench(PLAIN, refunds=(refund(2000), refund(2000, state=RefundState.IN_DOUBT))),
        4000,
        id="half confirmed, half in doubt",
    ),
    pytest.param(
        "refund_pending",
        record(
            PLAIN,
            authorized=(allowed(1, 2), allowed(1, -2)),
            rulings=(said("expire"),),
            refunds=(refund(4000, state=SUBMITTED),),
        ),
        0,
        id="paid ahead, never sent: the open payment shows before the expiry",
    ),
    pytest.param(
        "refunded",
        at_bench(PLAIN, refunds=(refund(4000),)),
        4000,
        id="confirmed in full",
    ),
    pytest.param(
        "refunded",
        record(judged(TEES, 2, YES, KEEP), authorized=ALLOWED, refunds=(refund(4000),)),
        4000,
        id="paid, the goods stay with the customer",
    ),
    pytest.param(
        "refunded",
        at_bench(PLAIN, refunds=(refund(4000),)),
        3000,
        id="more was paid than the goods were worth",
    ),
    pytest.param(
        "closed",
        at_bench(SWAP),
        0,
        id="an even exchange, all inspected",
    ),
    pytest.param(
        "closed",
        record(
            PLAIN,
            authorized=ALLOWED,
            receipts=ARRIVED,
            inspections=(graded(1, 2, "damaged"),),
        ),
        0,
        id="worthless goods: nothing to pay",
    ),
    pytest.param(
        "closed",
        at_bench(
            judged(TEES, 2, NO, codes=("wrong_goods",)),
            SWAP,
        ),
        0,
        id="one line denied, the other exchanged",
    ),
    pytest.param(
        "closed",
        record(judged(TEES, 2, YES, KEEP, resolution="replacement"), authorized=ALLOWED),
        0,
        id="a replacement for goods that the customer keeps: nothing to send, nothing to pay",
    ),
    pytest.param(
        "cancelled",
        record(PLAIN, authorized=(allowed(1, 2), allowed(1, -2)), rulings=(said("cancel"),)),
        0,
        id="the customer changed their mind",
    ),
    pytest.param("cancelled", record(rulings=(said("cancel"),)), 0, id="before it was judged"),
    pytest.param(
        "cancelled", record(DOUBT, rulings=(said("cancel"),)), 0, id="while a person was awaited"
    ),
    pytest.param(
        "expired",
        record(PLAIN, authorized=(allowed(1, 2), allowed(1, -2)), rulings=(said("expire"),)),
        0,
        id="never sent, and written down",
    ),
    pytest.param(
        "expired",
        record(PLAIN, authorized=(allowed(1, 2, "2026-02-26T12:00:00-05:00"),)),
        4000,
        id="21 days after 26 February is 19 March: never sent, not yet written down",
    ),
]


@pytest.mark.parametrize(("state", "held", "total"), STATES)
def test_the_state_is_derived_from_the_facts(state: str, held: ReturnRecord, total: int) -> None:
    assert state_of(held, total, TODAY, ZONE).value == state


def test_every_state_of_the_contract_is_reached() -> None:
    contract = (
        "requested in_review denied approved in_transit received inspected refund_pending "
        "refunded closed cancelled expired"
    )

    assert {one.values[0] for one in STATES} == set(contract.split())
    assert [one.value for one in ReturnState] == contract.split()
    assert {one.value for one in ENDED} == set("denied refunded closed cancelled expired".split())


@pytest.mark.parametrize("start", ["requested"])
def test_every_stage_of_custody_is_reached_and_every_move_leads_to_one(start: str) -> None:
    reached = {start}
    while wider := {move for one in reached for move in CUSTODY_MOVES[one]} - reached:
        reached |= wider

    assert reached == set(CUSTODY_MOVES)
    # DESIGN: requested → authorized | denied | cancelled; authorized → in transit … → expired
    assert CUSTODY_MOVES["requested"] == {"authorized", "denied", "cancelled"}
    assert CUSTODY_MOVES["authorized"] >= {"in_transit", "received", "expired"}
    assert CUSTODY_MOVES["received"] == {"inspected"}
    assert CUSTODY_MOVES["inspected"] == {"disposed"}
    for final in ("disposed", "cancelled"):
        assert CUSTODY_MOVES[final] == frozenset()


def test_every_state_of_a_refund_is_reached_and_failed_and_reversed_are_final() -> None:
    reached = {RefundState.PLANNED}
    while wider := {move for one in reached for move in REFUND_MOVES[one]} - reached:
        reached |= wider

    assert reached == set(REFUND_MOVES) == set(RefundState)
    assert REFUND_MOVES[RefundState.CONFIRMED] == {RefundState.REVERSED}
    assert REFUND_MOVES[RefundState.FAILED] == REFUND_MOVES[RefundState.REVERSED] == frozenset()


@pytest.mark.parametrize(
    ("line_judged", "rulings", "verdict"),
    [
        pytest.param(DOUBT, (), ASK, id="nobody spoke: as judged"),
        pytest.param(DOUBT, (said("approve", codes=("above_limit",)),), YES, id="approved"),
        pytest.param(DOUBT, (said("approve", 1, codes=("above_limit",)),), YES, id="this line"),
        pytest.param(DOUBT, (said("approve", 2, codes=("above_limit",)),), ASK, id="another line"),
        pytest.param(DOUBT, (said("approve", codes=("no_policy",)),), ASK, id="other codes"),
        pytest.param(LATE, (said("approve", codes=("window_expired",)),), YES, id="overridden"),
        pytest.param(LATE, (said("approve"),), NO, id="an approval that knew of no denial"),
        pytest.param(PLAIN, (said("approve"),), YES, id="approved as the policy says"),
        pytest.param(PLAIN, (said("deny"),), NO, id="denied against the policy"),
        pytest.param(
            DOUBT,
            (said("approve", codes=("above_limit",)), said("deny", 1)),
            NO,
            id="the last word holds: denied",
        ),
        pytest.param(
            DOUBT,
            (said("deny", 1), said("approve", 1, codes=("above_limit",))),
            YES,
            id="the last word holds: approved",
        ),
        pytest.param(
            DOUBT,
            (said("approve", codes=("above_limit",)), said("cancel")),
            YES,
            id="a cancellation is no judgement",
        ),
    ],
)
def test_the_last_word_of_a_person_holds_for_what_it_spoke_of(
    line_judged: LineDecision, rulings: tuple[Ruling, ...], verdict: Verdict
) -> None:
    assert standing_verdict(record(line_judged, rulings=rulings), line_judged) is verdict


def test_a_return_waits_for_a_person_while_any_line_is_in_review() -> None:
    assert is_waiting_for_person(record(judged(COAT, 1), DOUBT))
    assert not is_waiting_for_person(record(judged(COAT, 1), DOUBT, rulings=(said("deny", 1),)))
    assert not is_waiting_for_person(record())
