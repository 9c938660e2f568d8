from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from returns_cli.domain.reasons import reason_index
from returns_cli.notation.read import read_yaml
from returns_cli.notation.scalars import PERCENT
from returns_cli.notation.typed import Reading
from returns_cli.policy.conditions import ConditionReader, facts_in, unknown_facts
from returns_cli.policy.facts import LineFacts
from returns_cli.policy.operators import decide_all, decide_any, decide_not
from returns_cli.policy.tables import default_tables

TABLES = default_tables()
KNOWN: dict[str, object] = {
    "item.sku": "Tee-M",
    "item.title": "Blue Tee Sample",
    "item.category": "Apparel/Shoes/Boots",
    "item.tags": ("Final-Sale", "summer"),
    "item.price": 2995,
    "item.weight": 1500,
    "item.discount_percent": 50 * PERCENT,
    "item.digital": False,
    "order.placed": date(2026, 12, 24),
    "customer.tier": "Gold",
    "customer.orders": 6,
    "customer.return_rate_180d": 100 * PERCENT // 3,
    "reason": "too_small",
    "reason.fault": "customer",
    "answers.worn": "Yes",
    "photos": 2,
    "inspection.grade": ("used",),
}


def read(text: str) -> tuple[object, Reading]:
    reading = Reading("x.yaml", "POLICY", "USD", TABLES)
    reader = ConditionReader(reading, reason_index(TABLES))
    return reader.read(read_yaml(text.encode(), "x.yaml"), "`when`"), reading


def answer(text: str, known: dict[str, object] = KNOWN) -> bool | None:
    condition, reading = read(text)
    assert not reading.problems
    return condition.decide(LineFacts(known.get, 1))  # type: ignore[attr-defined, no-any-return]  # read above


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Text: in any case, but for SKUs.
        ("{customer.tier: gold}", True),
        ("{customer.tier: [silver, GOLD]}", True),
        ("{customer.tier: silver}", False),
        ("{item.sku: Tee-M}", True),
        ("{item.sku: TEE-M}", False),
        ("{customer.tier: {not: gold}}", False),
        ("{customer.tier: {not: [silver, bronze]}}", True),
        ("{customer.tier: {any_of: [silver, gold]}}", True),
        ("{customer.tier: {none_of: [silver, gold]}}", False),
        ("{item.title: {matches: '*sample*'}}", True),
        ("{item.title: {matches: 'blue ???*'}}", True),
        ("{item.title: {matches: sample}}", False),
        ("{item.title: {matches: ['x*', '*sample']}}", True),
        ("{answers.worn: 'yes'}", True),
        # Lists: a value means "contains".
        ("{item.tags: final-sale}", True),
        ("{item.tags: [winter, summer]}", True),
        ("{item.tags: winter}", False),
        ("{item.tags: {all_of: [summer, final-sale]}}", True),
        ("{item.tags: {all_of: [summer, winter]}}", False),
        ("{item.tags: {none_of: [winter, autumn]}}", True),
        ("{item.tags: {none_of: [summer]}}", False),
        ("{item.tags: {matches: 'final*'}}", True),
        ("{inspection.grade: used}", True),
        # Categories: an upper part matches.
        ("{item.category: Apparel}", True),
        ("{item.category: apparel/shoes}", True),
        ("{item.category: 'Apparel > Shoes'}", True),
        ("{item.category: App}", False),
        ("{item.category: Apparel/Shirts}", False),
        ("{item.category: [Garden, Apparel]}", True),
        # Numbers.
        ("{customer.orders: 6}", True),
        ("{customer.orders: [5, 7]}", False),
        ("{customer.orders: {over: 5}}", True),
        ("{customer.orders: {over: 6}}", False),
        ("{customer.orders: {at_least: 6}}", True),
        ("{customer.orders: {under: 6}}", False),
        ("{customer.orders: {at_most: 6}}", True),
        ("{customer.orders: {over: 5, under: 7}}", True),
        ("{customer.orders: {over: 5, under: 6}}", False),
        ("{item.price: 29.95}", True),
        ("{item.price: {under: 29.95 USD}}", False),
        ("{item.price: {at_least: 29}}", True),
        ("{item.weight: {over: 1.4 kg}}", True),
        ("{item.weight: 1500 g}", True),
        ("{item.discount_percent: {at_least: 50%}}", True),
        ("{customer.return_rate_180d: {over: 33.33%}}", True),
        ("{customer.return_rate_180d: {over: 33.34%}}", False),
        # Flags.
        ("{item.digital: false}", True),
        ("{item.digital: true}", False),
        ("{item.digital: {not: true}}", True),
        # Days, both ends included.
        ("{order.placed: 2026-12-24}", True),
        ("{order.placed: 12-24}", True),
        ("{order.placed: {not: 12-24}}", False),
        ("{order.placed: {from: 11-01, to: 12-24}}", True),
        ("{order.placed: {from: 11-01, to: 12-23}}", False),
        ("{order.placed: {from: 12-25}}", False),
        ("{order.placed: {to: 12-24}}", True),
        ("{order.placed: {from: 12-20, to: 01-05}}", True),
        ("{order.placed: {from: 12-25, to: 01-05}}", False),
        ("{order.placed: {from: 2026-12-24, to: 2026-12-24}}", True),
        ("{order.placed: {from: 2026-12-25}}", False),
        ("{order.placed: {to: 2026-12-23}}", False),
        # Reasons: a platform's name is the reason.
        ("{reason: too_small}", True),
        ("{reason: SIZE_TOO_SMALL}", True),
        ("{reason: [defective, CR-APPAREL_TOO_SMALL]}", True),
        ("{reason: {not: too_small}}", False),
        # What is not known, and what is.
        ("{condition: new}", None),
        ("{condition: {not: new}}", None),
        ("{condition: {known: false}}", True),
        ("{photos: {known: true}}", True),
        ("{photos: {known: false}}", False),
        # Nesting: one certain answer decides, whatever is not known.
        ("{}", True),
        ("{photos: 2, customer.tier: gold}", True),
        ("{photos: 1, condition: new}", False),
        ("{photos: 2, condition: new}", None),
        ("{any: [{condition: new}, {photos: 2}]}", True),
        ("{any: [{condition: new}, {photos: 1}]}", None),
        ("{any: [{photos: 1}, {photos: 3}]}", False),
        ("{any: {photos: 2}}", True),
        # One map under `any`: each of its entries is enough.
        ("{any: {photos: 1, customer.tier: gold}}", True),
        ("{any: {photos: 1, condition: new}}", None),
        ("{any: {photos: 1, customer.tier: silver}}", False),
        ("{all: [{photos: 2}, {customer.tier: gold}]}", True),
        ("{all: [{photos: 2}, {condition: new}]}", None),
        ("{not: {photos: 2}}", False),
        ("{not: {condition: new}}", None),
        ("{not: {photos: 1, condition: new}}", True),
        ("{not: [{photos: 1}, {photos: 2}]}", True),
        ("{any: [{all: [{photos: 2}, {not: {customer.tier: silver}}]}]}", True),
    ],
)
def test_a_condition_is_true_false_or_not_known(text: str, expected: bool | None) -> None:
    assert answer(text) is expected


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("item.tag: x", "E-POLICY-FACT", 1, 1),
        ("order.delivered: 2026-01-01", "E-POLICY-FACT", 1, 1),
        ("answers.: x", "E-POLICY-FACT", 1, 1),
        ("customer.orders: {above: 5}", "E-POLICY-OPERATOR", 1, 19),
        ("item.tags: {over: 5}", "E-POLICY-OPERATOR", 1, 13),
        ("customer.orders: {matches: '*'}", "E-POLICY-OPERATOR", 1, 19),
        ("customer.orders: {from: 1}", "E-POLICY-OPERATOR", 1, 19),
        ("item.price: {all_of: [1]}", "E-POLICY-OPERATOR", 1, 14),
        ("item.digital: {over: 1}", "E-POLICY-OPERATOR", 1, 16),
        ("customer.orders: 5%", "E-POLICY-VALUE", 1, 18),
        ("customer.orders: {over: [1, 2]}", "E-POLICY-TYPE", 1, 25),
        ("customer.orders: {over: {at_least: 1}}", "E-POLICY-TYPE", 1, 25),
        ("customer.orders: {}", "E-POLICY-VALUE", 1, 18),
        ("customer.orders: []", "E-POLICY-VALUE", 1, 18),
        ("customer.orders: [1, [2]]", "E-POLICY-TYPE", 1, 22),
        ("customer.orders:", "E-POLICY-VALUE", 1, 17),
        ("customer.orders: null", "E-POLICY-VALUE", 1, 18),
        ("item.price: 29.9", "E-POLICY-MONEY", 1, 13),
        ("item.price: 29.95 EUR", "E-POLICY-CURRENCY", 1, 13),
        ("item.weight: 1500", "E-POLICY-VALUE", 1, 14),
        ("item.digital: on", "E-POLICY-VALUE", 1, 15),
        ("reason.fault: merchnt", "E-POLICY-VALUE", 1, 15),
        ("resolution: money", "E-POLICY-VALUE", 1, 13),
        ("kind: refund", "E-POLICY-VALUE", 1, 7),
        ("inspection.grade: usd", "E-POLICY-GRADE", 1, 19),
        ("order.placed: 2026-02-30", "E-POLICY-DATE", 1, 15),
        ("order.placed: {from: 11-01, to: 2026-12-24}", "E-POLICY-DATE", 1, 15),
        ("order.placed: {from: 2026-12-24, to: 2026-11-01}", "E-POLICY-DATE", 1, 15),
        ("photos: {known: maybe}", "E-POLICY-VALUE", 1, 17),
        ("any: []", "E-POLICY-VALUE", 1, 6),
        ("any: x", "E-POLICY-TYPE", 1, 6),
        ("not: {item.tag: x}", "E-POLICY-FACT", 1, 7),
        ("[a]", "E-POLICY-TYPE", 1, 1),
    ],
)
def test_what_does_not_fit_a_fact_is_refused(text: str, code: str, line: int, column: int) -> None:
    condition, reading = read(text)

    assert condition is None
    assert [(one.code, one.line, one.column) for one in reading.problems] == [
        (code, line, str(column))
    ]
    assert reading.problems[0].hint


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("item.tag: x", "Did you mean item.tags?"),
        ("customer.teir: x", "Did you mean customer.tier?"),
        ("orders: {over: 1}", "Did you mean customer.orders?"),
        ("tags: x", "Did you mean item.tags, order.tags or customer.tags?"),
        ("customer.orders: {ovr: 1}", "Did you mean over?"),
        ("reason.fault: custmer", "Did you mean customer?"),
        (
            "item.tags: {over: 1}",
            "It can be tested with not, any_of, all_of, none_of, matches, known.",
        ),
    ],
)
def test_a_mistyped_word_gets_a_suggestion(text: str, hint: str) -> None:
    assert read(text)[1].problems[0].hint == hint


def test_all_problems_of_a_condition_are_told() -> None:
    _, reading = read("{item.tag: x, photos: {ovr: 1, under: y}, any: [{kind: z}]}")

    assert [one.code for one in reading.problems] == [
        "E-POLICY-FACT",
        "E-POLICY-OPERATOR",
        "E-POLICY-VALUE",
        "E-POLICY-VALUE",
    ]


def test_the_facts_that_a_condition_lacks_are_named_once() -> None:
    condition, _ = read(
        "{condition: new, any: [{item.brand: x}, {condition: used}], photos: 2, not: {item.sku: x}}"
    )
    facts = LineFacts(KNOWN.get, 1)

    assert unknown_facts(condition, facts) == ("condition", "item.brand")  # type: ignore[arg-type]  # read above
    assert list(facts_in(condition)) == [  # type: ignore[arg-type]  # read above
        "condition",
        "item.brand",
        "condition",
        "photos",
        "item.sku",
    ]


def test_nothing_is_lacking_where_the_answer_is_certain() -> None:
    condition, _ = read("{condition: new, photos: 1}")

    assert unknown_facts(condition, LineFacts(KNOWN.get, 1)) == ()  # type: ignore[arg-type]  # read above


@settings(deadline=None)
@given(st.text("ab*?", max_size=12), st.text("ab", max_size=12))
def test_a_glob_matches_as_its_meaning_says(pattern: str, text: str) -> None:
    def matches(p: str, t: str) -> bool:
        if not p:
            return not t
        if p[0] == "*":
            return any(matches(p[1:], t[i:]) for i in range(len(t) + 1))
        return bool(t) and p[0] in ("?", t[0]) and matches(p[1:], t[1:])

    if not pattern:
        return
    known: dict[str, object] = {"item.title": text}
    assert answer(f"{{item.title: {{matches: '{pattern}'}}}}", known) is matches(pattern, text)


def test_a_glob_of_many_stars_takes_no_time() -> None:
    known: dict[str, object] = {"item.title": "a" * 5000}

    assert answer("{item.title: {matches: '" + "*a" * 50 + "*b'}}", known) is False


ANSWERS = st.lists(st.sampled_from([True, False, None]), min_size=1, max_size=5)


@settings(deadline=None)
@given(ANSWERS)
def test_not_all_is_any_not(answers: list[bool | None]) -> None:
    parts = tuple((lambda _, one=one: one) for one in answers)
    facts = LineFacts(KNOWN.get, 1)

    left = decide_not(decide_all(parts))(facts)
    right = decide_any(tuple(decide_not(part) for part in parts))(facts)

    assert left is right
    if None not in answers:
        assert left is (not all(answers))
