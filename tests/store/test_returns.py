from __future__ import annotations

import pytest

from returns_cli.domain.errors import ConflictError, NotFoundError, StoreError
from returns_cli.domain.model import Authorization, RequestedLine
from returns_cli.domain.record import Ruling
from returns_cli.domain.vocabulary import Kind, Resolution, Verdict
from returns_cli.store.check import check_store
from returns_cli.store.decisions import (
    add_authorizations,
    add_decision,
    add_ruling,
    iterate_decisions,
    judgement_digest,
    latest_digests,
)
from returns_cli.store.history import history_of
from returns_cli.store.returns import (
    NewReturn,
    ReturnFilter,
    Wanted,
    add_return,
    add_revision,
    find_return,
    find_return_id,
    is_rma_taken,
    list_return_ids,
    load_returns,
    return_id_of_key,
)
from returns_cli.store.search import Match, find_returns
from tests.store.desk import AT, Desk, decision, line, order

RMA = "RMA-0000012"
LINES = (
    RequestedLine(
        2, 1, "defective", Resolution.EXCHANGE, "opened", 3, {"q": "ü"}, "HAT", "cracked"
    ),
    RequestedLine(1, 2, "too_small"),
)


@pytest.fixture
def ordered(desk: Desk) -> Desk:
    """An order of two mugs and two cups."""
    desk.orders(order("#1042", line(1), line(2, "CUP")))
    return desk


def new_return(*lines: RequestedLine, key: str = "k1", rma: str = RMA) -> NewReturn:
    """A claim of the customer's for order 1."""
    at, asked = "2026-03-10T12:00:00+00:00", "2026-03-09"
    return NewReturn(rma, key, Kind.CLAIM, at, asked, "customer", 1, lines, "ana", "please hurry")


def add(desk: Desk, new: NewReturn) -> int:
    with desk.store.writing():
        return add_return(desk.store, new)


def test_a_return_comes_back_with_all_that_was_asked(ordered: Desk) -> None:
    return_id = add(ordered, new_return(*LINES))
    record = find_return(ordered.store, RMA)
    assert (record.return_id, record.rma, record.key, record.kind) == (
        return_id,
        RMA,
        "k1",
        "claim",
    )
    assert (record.opened_at, record.requested_at) == (AT, "2026-03-09")
    assert (record.entered_by, record.note, record.revision) == ("customer", "please hurry", 1)
    assert record.lines == LINES
    assert record.order.order_id == "#1042"
    assert (record.decision, record.decision_id, record.first_scan_at) == (None, None, None)
    assert is_rma_taken(ordered.store, RMA)
    assert return_id_of_key(ordered.store, "k1") == return_id
    assert return_id_of_key(ordered.store, "k2") is None


def test_a_line_that_the_order_does_not_have_is_not_found(ordered: Desk) -> None:
    with pytest.raises(NotFoundError) as error:
        add(ordered, new_return(RequestedLine(3, 1, "other")))
    assert (error.value.code, error.value.exit) == ("E-LINE-UNKNOWN", 5)
    assert list_return_ids(ordered.store, ReturnFilter()) == []


def test_an_rma_and_a_key_are_used_once(ordered: Desk) -> None:
    add(ordered, new_return(LINES[1]))
    with pytest.raises(StoreError):
        add(ordered, new_return(LINES[1], key="k2"))
    with pytest.raises(StoreError):
        add(ordered, new_return(LINES[1], rma="RMA-0000024"))


def test_an_amendment_replaces_the_live_request(ordered: Desk) -> None:
    return_id = add(ordered, new_return(*LINES))
    ordered.authorize(return_id, {1: 2, 2: 1})
    amended = RequestedLine(1, 1, "too_small", note="only one")
    with ordered.store.writing():
        assert add_revision(ordered.store, return_id, [amended], "ana", AT) == 2
    record = find_return(ordered.store, RMA)
    assert (record.revision, record.lines) == (2, (amended,))
    assert (record.authorized(1), record.authorized(2)) == (1, 0)
    assert [one.cause for one in record.authorizations[2:]] == ["amendment", "amendment"]
    assert check_store(ordered.store).ok


def test_an_amendment_that_asks_for_more_authorizes_nothing(ordered: Desk) -> None:
    return_id = add(ordered, new_return(RequestedLine(1, 1, "other")))
    ordered.authorize(return_id, {1: 1})
    with ordered.store.writing():
        add_revision(ordered.store, return_id, [RequestedLine(1, 2, "other")], "ana", AT)
    assert len(find_return(ordered.store, RMA).authorizations) == 1


def test_an_amendment_cannot_drop_what_has_arrived(ordered: Desk) -> None:
    return_id = add(ordered, new_return(*LINES))
    ordered.authorize(return_id, {1: 2})
    ordered.receive(return_id, 2)
    with pytest.raises(ConflictError) as error, ordered.store.writing():
        add_revision(ordered.store, return_id, [RequestedLine(1, 1, "other")], "ana", AT)
    assert error.value.code == "E-UNITS-HELD"
    assert find_return(ordered.store, RMA).revision == 1


@pytest.mark.parametrize("typed", ["rma-0000012", "0000012", "RMA 000 0012", "rma_OOOOOI2"])
def test_an_rma_is_read_as_people_type_it(ordered: Desk, typed: str) -> None:
    return_id = add(ordered, new_return(*LINES))
    assert find_return_id(ordered.store, typed) == return_id


@pytest.mark.parametrize(
    ("typed", "code", "hint"),
    [
        pytest.param("RMA-0000021", "E-RMA-MISTYPED", f"Did you mean {RMA}?", id="swapped"),
        pytest.param("RMA-00000Z2", "E-RMA-MISTYPED", f"Did you mean {RMA}?", id="one wrong"),
        pytest.param("hello", "E-RMA-MISTYPED", "Look for it: returns find TEXT", id="a word"),
        pytest.param("RMA-0000000", "E-RMA-UNKNOWN", "Look for it: returns find TEXT", id="valid"),
    ],
)
def test_an_rma_that_nobody_has_says_what_may_be_meant(
    ordered: Desk, typed: str, code: str, hint: str
) -> None:
    add(ordered, new_return(*LINES))
    with pytest.raises(NotFoundError) as error:
        find_return(ordered.store, typed)
    assert (error.value.code, error.value.exit, error.value.hint) == (code, 5, hint)


def test_loading_takes_the_same_number_of_queries_for_any_number(busy: Desk) -> None:
    def queries(ids: list[int]) -> int:
        seen: list[str] = []
        busy.store.connection.set_trace_callback(seen.append)
        assert [one.return_id for one in load_returns(busy.store, ids)] == ids
        busy.store.connection.set_trace_callback(None)
        return len(seen)

    assert queries([1]) == queries([2, 1])
    assert load_returns(busy.store, [7]) == []


def test_everything_that_happened_is_in_the_record(busy: Desk) -> None:
    record = load_returns(busy.store, [1])[0]
    assert record.decision == decision(2)
    assert record.decision_id == 1
    assert record.rulings == (
        Ruling("approve", AT, "ben", "", (), 1),
        Ruling("approve", AT, "ben", "fine", (1,), 1),
    )
    assert (record.received(1), record.inspected(1), record.disposed(1)) == (2, 2, 1)
    assert [one.station for one in record.receipts] == ["bay 1"]
    assert [one.grade for one in record.inspections] == ["opened"]
    assert [one.location for one in record.disposals] == ["A-3"]
    assert [one.state for one in record.refunds] == ["confirmed", "submitted"]
    assert record.first_scan_at == AT


def test_a_second_decision_supersedes_the_first(ordered: Desk) -> None:
    return_id = add(ordered, new_return(*LINES))
    ordered.judge(return_id, decision(1, 1, verdict=Verdict.REVIEW))
    second = decision(1, 1, keep=True)
    ordered.judge(return_id, second)
    record = find_return(ordered.store, RMA)
    assert (record.decision, record.decision_id) == (second, 2)
    assert latest_digests(ordered.store, [return_id, 9]) == {return_id: judgement_digest(second)}
    stored = list(iterate_decisions(ordered.store))
    assert [(one.decision_id, one.rma, one.revision) for one in stored] == [
        (1, RMA, 1),
        (2, RMA, 1),
    ]
    assert stored[1].decision == second


def test_a_judgement_is_the_same_on_another_day_and_by_other_facts() -> None:
    first = decision(2)
    later = first._replace(as_of="2026-04-01T12:00:00+00:00", facts={"order": {"age_days": 31}})
    traced = first._replace(lines=(first.lines[0]._replace(trace=({"rule": "x"},)),))
    assert judgement_digest(later) == judgement_digest(traced) == judgement_digest(first)
    assert judgement_digest(decision(1)) != judgement_digest(first)


def test_a_decision_without_a_policy_is_kept_too(ordered: Desk) -> None:
    none = decision(1, verdict=Verdict.REVIEW)._replace(
        policy_id=None,
        policy_version=None,
        policy_sha256=None,
        label_valid_days=None,
    )
    return_id = add(ordered, new_return(LINES[1]))
    with ordered.store.writing():
        add_decision(ordered.store, return_id, none, "returns")
    assert find_return(ordered.store, RMA).decision == none
    assert check_store(ordered.store).ok


def test_a_decision_whose_policy_text_is_missing_is_refused(ordered: Desk) -> None:
    return_id = add(ordered, new_return(LINES[1]))
    with pytest.raises(StoreError), ordered.store.writing():
        add_decision(ordered.store, return_id, decision(1), "returns")


@pytest.mark.parametrize(
    ("kind", "verdict", "needs"),
    [
        ("approve", Verdict.DENY, True),
        ("approve", Verdict.REVIEW, False),
        ("approve", Verdict.APPROVE, False),
        ("deny", Verdict.APPROVE, True),
        ("deny", Verdict.REVIEW, False),
        ("deny", Verdict.DENY, False),
        ("cancel", Verdict.APPROVE, False),
        ("expire", Verdict.APPROVE, False),
    ],
)
def test_who_overrides_the_policy_says_why(
    ordered: Desk, kind: str, verdict: Verdict, needs: bool
) -> None:
    return_id = add(ordered, new_return(LINES[1]))
    ordered.judge(return_id, decision(2, verdict=verdict))
    if needs:
        with pytest.raises(ConflictError) as error:
            ordered.rule(return_id, kind)
        assert error.value.code == "E-WHY-MISSING"
    ordered.rule(return_id, kind, "the customer is right" if needs else "")
    assert check_store(ordered.store).ok


def test_only_the_lines_that_a_ruling_speaks_of_count(ordered: Desk) -> None:
    return_id = add(ordered, new_return(*LINES))
    both = decision(2, 1, verdict=Verdict.PARTIAL)
    mixed = both._replace(lines=(both.lines[0], both.lines[1]._replace(verdict=Verdict.DENY)))
    ordered.judge(return_id, mixed)
    with ordered.store.writing():
        ruling = Ruling("approve", AT, "ben", "", (1,), 1, ("above_limit",))
        add_ruling(ordered.store, return_id, ruling)
    with pytest.raises(ConflictError), ordered.store.writing():
        add_ruling(ordered.store, return_id, Ruling("approve", AT, "ben", "", (1, 2)))
    assert find_return(ordered.store, RMA).rulings == (ruling,)


def test_units_that_are_none_are_not_recorded(ordered: Desk) -> None:
    return_id = add(ordered, new_return(LINES[1]))
    decision_id = ordered.judge(return_id, decision(2))
    rows = [
        Authorization(1, 0, "decision", AT, "returns"),
        Authorization(1, 2, "decision", AT, "returns"),
    ]
    with ordered.store.writing():
        add_authorizations(ordered.store, return_id, decision_id, rows)
    assert len(find_return(ordered.store, RMA).authorizations) == 1
    with pytest.raises(StoreError) as error, ordered.store.writing():
        add_authorizations(ordered.store, 99, None, rows)
    assert error.value.code == "E-STORE-RULE"


@pytest.fixture
def board(desk: Desk) -> Desk:
    """Five returns in different places of their life, numbered 1 to 5 by the day they opened."""
    desk.orders(
        order("#1"),
        order("#2")._replace(channel="web"),
        order("#3"),
        order("#4"),
        order("#5"),
    )
    for number in range(1, 6):
        at = f"2026-03-0{number}T12:00:00+00:00"
        desk.open({1: 1}, f"#{number}", f"k{number}", at)
    desk.judge(2, decision(1, verdict=Verdict.DENY))
    desk.judge(3, decision(1))
    desk.authorize(3, {1: 1})
    desk.judge(4, decision(1))
    desk.authorize(4, {1: 1})
    desk.receive(4, 1)
    desk.rule(5, "cancel")
    return desk


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (ReturnFilter(), [1, 2, 3, 4, 5]),
        (ReturnFilter(newest_first=True, limit=2), [5, 4]),
        (ReturnFilter(wanted=Wanted.OPEN), [1, 3, 4]),
        (ReturnFilter(wanted=Wanted.REFUNDABLE), [3, 4]),
        (ReturnFilter(wanted=Wanted.LABEL_READY), [3]),
        (ReturnFilter(verdict=Verdict.DENY), [2]),
        (ReturnFilter(verdict=Verdict.APPROVE), [3, 4]),
        (ReturnFilter(channel="web"), [2]),
        (ReturnFilter(order_pk=3), [3]),
        (ReturnFilter(kind=Kind.CLAIM), []),
        (ReturnFilter(opened_from="2026-03-02", opened_to="2026-03-03"), [2, 3]),
    ],
)
def test_returns_are_listed_by_what_is_asked(
    board: Desk, wanted: ReturnFilter, expected: list[int]
) -> None:
    assert list_return_ids(board.store, wanted) == expected


def test_a_denied_return_that_a_person_let_in_is_open_again(board: Desk) -> None:
    board.rule(2, "approve", "goodwill")
    board.authorize(2, {1: 1})
    assert list_return_ids(board.store, ReturnFilter(wanted=Wanted.OPEN)) == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("text", "matched"),
    [
        pytest.param("ANGELES", "name", id="part of a name, without accent and case"),
        pytest.param("ana@", "email", id="part of a mail address"),
        pytest.param("956 16", "postcode", id="a postcode with a blank"),
        pytest.param("#1042", "order", id="an order"),
        pytest.param("1Z999", "tracking", id="a tracking number"),
        pytest.param("rma x5dks1p", "rma", id="an RMA as typed"),
    ],
)
def test_a_return_is_found_by_what_is_at_hand(busy: Desk, text: str, matched: str) -> None:
    found = find_returns(busy.store, text)
    assert Match(1, matched) in found
    assert len({one.return_id for one in found}) == len(found)


@pytest.mark.parametrize("text", ["%", "_", "*", '"', "' OR 1=1 --", "", "   ", "nobody"])
def test_a_search_is_text_never_a_pattern(busy: Desk, text: str) -> None:
    assert find_returns(busy.store, text) == []


def test_a_search_gives_no_more_than_asked(busy: Desk) -> None:
    assert len(find_returns(busy.store, "ana", limit=1)) == 1


def test_a_name_in_another_script_is_found_by_a_part_of_it(desk: Desk) -> None:
    desk.orders(order()._replace(customer_name="山田 太郎"))
    desk.open({1: 1})
    assert find_returns(desk.store, "太郎") == [Match(1, "name")]


def test_the_history_tells_everything_in_its_order(busy: Desk) -> None:
    events = history_of(busy.store, 1)
    assert [one.what for one in events] == [
        "opened",
        "requested",
        "judged",
        "approved",
        "approved",
        "authorized",
        "parcel",
        "received",
        "inspected",
        "note",
        "note taken back",
        "disposed",
        "unexpected",
        "unexpected matched",
        "unexpected matched",
        "replacement sent",
        "exchange owed",
        "refund submitted",
        "refund confirmed",
        "refund submitted",
    ]
    confirmed = next(one for one in events if one.what == "refund confirmed")
    assert confirmed.detail["reference"] == "ch_1"
    assert confirmed.detail["amount_minor"] == "1000"
    assert {one.actor for one in events} == {"ana", "returns", "ben", "dhl", "cy"}


def test_the_history_goes_by_the_instant_whatever_the_offset(ordered: Desk) -> None:
    at = "2026-03-10T02:00:00+14:00"
    return_id = add(ordered, new_return(*LINES)._replace(opened_at=at))
    ordered.rule(return_id, "cancel")
    with ordered.store.writing():
        from returns_cli.store.floor import ParcelEvent, add_parcel_event

        add_parcel_event(
            ordered.store, ParcelEvent("accepted", "2026-03-11", "dhl", return_id=return_id)
        )
    events = history_of(ordered.store, return_id)
    assert [one.what for one in events] == [
        "opened",
        "requested",
        "requested",
        "cancelled",
        "parcel",
    ]
