from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from returns_cli.domain.errors import InvalidError
from returns_cli.notation.scalars import PERCENT
from returns_cli.policy.evaluate import evaluate
from returns_cli.policy.facts_file import facts_of_record, read_facts_file
from tests.policy.made import at_noon, facts_given, policy_of

POLICY = policy_of()
NOW = at_noon("2026-03-20")
UTC = ZoneInfo("UTC")


def fact(text: str, name: str, line: int = 0) -> object:
    return facts_given(POLICY, text, NOW).lines[line].raw(name)


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        # Written bare, or in their block.
        ("{quantity: 3}", "quantity", 3),
        ("{reason: SIZE_TOO_SMALL}", "reason", "too_small"),
        ("{reason: SIZE_TOO_SMALL}", "reason.fault", "customer"),
        ("{reason: itchy}", "reason", "itchy"),
        ("{reason: itchy}", "reason.fault", "unknown"),
        ("{reason: itchy, reason.fault: merchant}", "reason.fault", "merchant"),
        ("{condition: used}", "condition", "used"),
        ("{resolution: exchange}", "resolution", "exchange"),
        ("{answers: {worn: 'no'}}", "answers.worn", "no"),
        ("{item: {tags: final-sale}}", "item.tags", ("final-sale",)),
        ("{item: {tags: [a, b]}}", "item.tags", ("a", "b")),
        ("{item: {price: 29.95}}", "item.price", 2995),
        ("{item: {weight: 1.5 kg}}", "item.weight", 1500),
        ("{item: {digital: true}}", "item.digital", True),
        ("{customer: {return_rate_180d: 51%}}", "customer.return_rate_180d", 51 * PERCENT),
        ("{order: {placed: 2026-03-01}}", "order.placed", date(2026, 3, 1)),
        ("{request: {value: 5.00}}", "request.value", 500),
        ("{requested_at: 2026-03-18}", "requested_on", date(2026, 3, 18)),
        ("{inspection: {grade: used}}", "inspection.grade", ("used",)),
        # Left out: the plain default.
        ("{}", "quantity", 1),
        ("{}", "line.quantity", 1),
        ("{}", "line.shipped_units", 1),
        ("{}", "line.returned_before", 0),
        ("{}", "item.tags", ()),
        ("{}", "item.digital", False),
        ("{}", "customer.tier", ""),
        ("{}", "customer.orders", 0),
        ("{}", "customer.first_order", True),
        ("{}", "order.is_gift", False),
        ("{}", "reason", "other"),
        ("{}", "reason.fault", "unknown"),
        ("{}", "resolution", "refund"),
        ("{}", "photos", 0),
        ("{}", "kind", "return"),
        ("{}", "requested_on", date(2026, 3, 20)),
        ("{}", "inspection.wrong_sku", False),
        # Left out: not known.
        ("{}", "item.price", None),
        ("{}", "line.value", None),
        ("{}", "item.weight", None),
        ("{}", "order.placed", None),
        ("{}", "order.delivered", None),
        ("{}", "order.age_days", None),
        ("{}", "condition", None),
        ("{}", "answers.worn", None),
        ("{}", "request.value", None),
        ("{}", "request.weight", None),
        ("{}", "customer.lifetime_value", None),
        # null: not known.
        ("{photos: null}", "photos", None),
        ("{item: {tags: null}}", "item.tags", None),
        ("{item: {tags: ~}}", "item.tags", None),
        ("{reason: null}", "reason", None),
        ("{reason: null}", "reason.fault", None),
        ("{quantity: null}", "line.quantity", None),
        ("{customer: {orders: null}}", "customer.first_order", None),
        ("{inspection: {grade: null}}", "inspection.wrong_sku", None),
        ("{requested_on: null, order: {placed: 2026-03-01}}", "order.age_days", None),
        # What follows from others.
        ("{quantity: 2}", "line.quantity", 2),
        ("{line: {returned_before: 1}}", "line.quantity", 1),
        ("{quantity: 2, line: {quantity: 5}}", "line.shipped_units", 5),
        ("{line: {quantity: 5, shipped_units: 4}}", "line.shipped_units", 4),
        ("{order: {placed: 2026-03-01}}", "order.age_days", 19),
        ("{order: {shipped: 2026-03-02}}", "order.days_since_shipped", 18),
        ("{order: {delivered: 2026-03-05}}", "order.days_since_delivered", 15),
        ("{order: {delivered: 2026-03-05}}", "order.last_parcel", date(2026, 3, 5)),
        ("{customer: {orders: 2}}", "customer.first_order", False),
        ("{quantity: 2, item: {weight: 100 g}}", "request.weight", 200),
        ("{line: {value: 7.00}}", "request.value", 700),
        ("{inspection: {grade: [used, wrong_item]}}", "inspection.wrong_sku", True),
    ],
)
def test_a_fact_is_stated_follows_or_is_the_default(text: str, name: str, value: object) -> None:
    assert fact(text, name) == value


def test_lines_have_what_is_shared_and_their_own() -> None:
    text = (
        "{reason: style, order: {placed: 2026-03-01}, lines: [{quantity: 2, line: {value: 10.00}}, "
        "{reason: defective, line: {value: 2.50}, order: {delivered: 2026-03-09}}]}"
    )

    assert [fact(text, "reason", i) for i in (0, 1)] == ["style", "defective"]
    assert [fact(text, "order.delivered", i) for i in (0, 1)] == [None, date(2026, 3, 9)]
    assert [fact(text, "request.quantity", i) for i in (0, 1)] == [3, 3]
    assert [fact(text, "request.value", i) for i in (0, 1)] == [1250, 1250]
    assert [line.line for line in facts_given(POLICY, text, NOW).lines] == [1, 2]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{quantiti: 3}", [("E-POLICY-KEY", "Did you mean quantity?")]),
        ("{item: {tag: x}}", [("E-POLICY-KEY", "Did you mean tags?")]),
        ("{item: x}", [("E-POLICY-TYPE", "Look at the indentation here.")]),
        ("{item: {price: 29.9}}", [("E-POLICY-MONEY", "Write 29.90, or a whole number.")]),
        ("{order: {placed: 2026-02-30}}", [("E-POLICY-DATE", "Write YYYY-MM-DD: 2026-03-05.")]),
        ("{photos: [1]}", [("E-POLICY-TYPE", "Write a single value.")]),
        ("{item: {tags: {a: b}}}", [("E-POLICY-TYPE", "Write [a, b].")]),
        (
            "{kind: x}",
            [("E-POLICY-VALUE", "Use one of return, claim, withdrawal, return_to_sender.")],
        ),
        ("{quantity: 1.5, photos: x}", [("E-POLICY-VALUE", "Write digits only: 30.")] * 2),
        ("[a]", [("E-POLICY-TYPE", "Look at the indentation here.")]),
    ],
)
def test_what_is_no_fact_is_refused(text: str, expected: list[tuple[str, str]]) -> None:
    with pytest.raises(InvalidError) as caught:
        facts_given(POLICY, text, NOW)

    assert [(one.code, one.hint) for one in caught.value.problems] == expected


@pytest.mark.parametrize(
    ("text", "as_of", "moment"),
    [
        ("as_of: 2026-04-19\nquantity: 2\n", None, "2026-04-19T12:00:00+00:00"),
        ("as_of: 2026-04-19T23:00:00-04:00\nquantity: 2\n", None, "2026-04-20T03:00:00+00:00"),
        ("quantity: 2\n", NOW, "2026-03-20T12:00:00-04:00"),
        ("as_of: 2026-04-19\ngiven: {quantity: 2}\n", NOW, "2026-04-19T12:00:00+00:00"),
    ],
)
def test_a_facts_file_is_bare_or_written_as_a_case(text: str, as_of: object, moment: str) -> None:
    stated = read_facts_file(text.encode(), "f.yaml", POLICY, UTC, as_of)  # type: ignore[arg-type]  # a clock or None

    assert stated.as_of.isoformat() == moment
    assert stated.facts.lines[0]["quantity"] == 2


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("quantity: 2\n", ["E-POLICY-REQUIRED"]),
        ("as_of: tomorrow\nquantity: 2\n", ["E-POLICY-DATE"]),
        ("as_of: 2026-04-19\nquantiti: 2\n", ["E-POLICY-KEY"]),
        ("- a\n", ["E-POLICY-TYPE"]),
    ],
)
def test_a_facts_file_without_a_clock_or_with_other_keys_is_refused(
    text: str, codes: list[str]
) -> None:
    with pytest.raises(InvalidError) as caught:
        read_facts_file(text.encode(), "f.yaml", POLICY, UTC, None)

    assert [one.code for one in caught.value.problems] == codes


def test_a_record_that_nobody_made_is_refused() -> None:
    with pytest.raises(InvalidError):
        facts_of_record({"lines": ({"number": "1", "shoe_size": "42"},)}, POLICY, NOW)


@pytest.mark.parametrize(
    "record",
    [
        pytest.param({"order": "gift"}, id="a text where a block belongs"),
        pytest.param({"order": {"placed": "soon"}}, id="a day that is none"),
        pytest.param({"order": {"placed": ("2026-03-01",)}}, id="a list where a day belongs"),
        pytest.param({"shoe_size": "42"}, id="a fact that nobody knows"),
    ],
)
def test_a_record_with_facts_that_are_none_is_refused(record: dict[str, object]) -> None:
    with pytest.raises(InvalidError):
        facts_of_record(record, POLICY, NOW)


def test_facts_of_a_record_are_typed_by_their_kind_and_keep_their_case() -> None:
    shared = {"order": {"placed": "2026-03-01", "tags": ["Gift", "VIP"]}, "answers": {"size": "XL"}}
    own = {"number": "2", "quantity": "3", "item": {"title": "Tee", "price": None}}

    (line,) = facts_of_record({**shared, "lines": (own,)}, POLICY, NOW).lines

    assert line.line == 2
    assert line["order.placed"] == date(2026, 3, 1)
    assert (line["order.tags"], line.raw("order.tags")) == (("gift", "vip"), ("Gift", "VIP"))
    assert (line["item.title"], line.raw("item.title")) == ("tee", "Tee")
    assert (line["answers.size"], line.raw("answers.size")) == ("xl", "XL")
    assert (line["quantity"], line["item.price"]) == (3, None)


def test_an_empty_record_has_no_lines() -> None:
    facts = facts_of_record({}, POLICY, NOW)

    assert facts.lines == ()
    assert facts.currency is None
    assert evaluate(POLICY, facts, NOW).facts == {"lines": ()}
