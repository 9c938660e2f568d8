from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from returns_cli.domain.errors import InvalidError
from returns_cli.policy.cases import CasesReport, read_cases, run_cases
from returns_cli.policy.language import Policy
from tests.policy.made import policy_of, rule

UTC = ZoneInfo("UTC")
POLICY = policy_of(
    rule("customer.tier: gold", "set: {window: {days: 60}}", "gold")
    + rule("item.tags: final-sale", "deny: final_sale", "final")
    + rule("reason: defective", "keep_item: true", "keep"),
    terms=(
        "  fees: {restocking: 10%, return_shipping: 6.95, waived_for_fault: [merchant]}\n"
        "  label: {kind: prepaid, valid_days: 21}\n"
    ),
)
DELIVERED = "order: {delivered: 2026-03-05}"


def run(cases: str, policy: Policy = POLICY) -> CasesReport:
    text = "cases:\n" + cases
    return run_cases(
        policy, read_cases(text.encode(), "shop.cases.yaml", policy, UTC), "shop.cases.yaml"
    )


def case(given: str, expect: str, as_of: str = "2026-03-20", name: str = "a case") -> str:
    return (
        f"  - name: {name}\n    given: {{{given}}}\n    as_of: {as_of}\n    expect: {{{expect}}}\n"
    )


@pytest.mark.parametrize(
    ("given", "expect"),
    [
        (DELIVERED, "verdict: approve, codes: [], deadline: 2026-04-04, label: prepaid"),
        (f"{DELIVERED}, customer: {{tier: gold}}", "deadline: 2026-05-04"),
        (f"{DELIVERED}, customer: {{tier: gold}}", "settings: {window.days: 60}"),
        (DELIVERED, "settings: {resolutions: [refund, store_credit, exchange]}"),
        (f"{DELIVERED}, item: {{tags: final-sale}}", "verdict: deny, codes: [final_sale]"),
        (
            f"{DELIVERED}, item: {{tags: final-sale}}, quantity: 3, line: {{quantity: 1}}",
            "codes: [quantity_exceeds, final_sale]",
        ),
        ("", "verdict: review, deadline: none, codes: ['missing_fact:delivered']"),
        (
            f"{DELIVERED}, line: {{value: 20.00}}",
            "fees: {restocking: 2.00, return_shipping: 6.95, transfer: 0}, total: 11.05",
        ),
        (f"{DELIVERED}, line: {{value: 5.00}}", "total: 0"),
        (
            f"{DELIVERED}, line: {{value: 20.00}}, reason: wrong_item",
            "fees: {restocking: 0, return_shipping: 0}, total: 20",
        ),
        (
            f"{DELIVERED}, line: {{value: 20.00}}, reason: defective",
            "keep_item: true, label: none, fees: {return_shipping: 0}",
        ),
        (DELIVERED, "keep_item: false"),
        (DELIVERED, "fees: {return_shipping: 6.95}"),
        (f"{DELIVERED}, reason: wrong_item", "fees: {restocking: 0, return_shipping: 0}"),
        (f"{DELIVERED}, item: {{tags: final-sale}}", "fees: {restocking: 0, return_shipping: 0}"),
        (
            f"{DELIVERED}, line: {{value: 20.00}}, inspection: {{grade: used}}",
            "total: 1.05, fees: {restocking: 2.00}",
        ),
    ],
)
def test_a_case_that_holds_has_no_difference(given: str, expect: str) -> None:
    report = run(case(given, expect))

    assert report.differences == ()
    assert (report.cases, report.failed) == (1, 0)


@pytest.mark.parametrize(
    ("given", "expect", "differences"),
    [
        (DELIVERED, "verdict: deny", [("verdict", "deny", "approve")]),
        (DELIVERED, "label: customer", [("label", "customer", "prepaid")]),
        (DELIVERED, "codes: [no_policy]", [("codes", "no_policy", "none")]),
        (DELIVERED, "deadline: none", [("deadline", "none", "2026-04-04")]),
        ("", "deadline: 2026-04-04", [("deadline", "2026-04-04", "none")]),
        (DELIVERED, "keep_item: true", [("keep_item", "true", "false")]),
        (DELIVERED, "nearest_miss: 1 day late", [("nearest_miss", "1 day late", "none")]),
        (DELIVERED, "settings: {window.days: 31}", [("settings.window.days", "31", "30")]),
        (DELIVERED, "settings: {keep_item: true}", [("settings.keep_item", "true", "none")]),
        (
            DELIVERED,
            "fees: {restocking: 1.00}, total: 3.00",
            [
                ("total", "3.00", "not known: the facts name no line.value"),
                ("fees.restocking", "1.00", "not known: the facts name no line.value"),
            ],
        ),
        (DELIVERED, "fees: {return_shipping: 1.00}", [("fees.return_shipping", "1.00", "6.95")]),
        (
            f"{DELIVERED}, line: {{value: 20.00}}",
            "total: 20.00, fees: {restocking: 0}",
            [("total", "20.00", "11.05"), ("fees.restocking", "0.00", "2.00")],
        ),
    ],
)
def test_what_differs_is_told(
    given: str, expect: str, differences: list[tuple[str, str, str]]
) -> None:
    report = run(case(given, expect))

    assert [(one.key, one.expected, one.found) for one in report.differences] == differences
    assert report.failed == 1
    assert {(one.file, one.line, one.case) for one in report.differences} == {
        ("shop.cases.yaml", 2, "a case")
    }


def test_lines_are_looked_at_one_by_one() -> None:
    given = f"{DELIVERED}, lines: [{{quantity: 1}}, {{item: {{tags: final-sale}}}}]"
    good = (
        "verdict: partial, codes: [final_sale], "
        "lines: [{verdict: approve, codes: []}, {verdict: deny}]"
    )
    bad = "lines: [{verdict: deny, codes: [x], deadline: 2026-04-04}, {codes: []}]"
    few = "lines: [{verdict: approve}]"

    assert run(case(given, good)).differences == ()
    assert [(one.key, one.expected, one.found) for one in run(case(given, bad)).differences] == [
        ("lines.1.verdict", "deny", "approve"),
        ("lines.1.codes", "x", "none"),
        ("lines.2.codes", "none", "final_sale"),
    ]
    assert [(one.key, one.expected, one.found) for one in run(case(given, few)).differences] == [
        ("lines", "1", "2")
    ]


def test_the_rules_that_some_case_reaches_are_covered() -> None:
    report = run(
        case(f"{DELIVERED}, customer: {{tier: gold}}", "verdict: approve", name="one")
        + case(f"{DELIVERED}, item: {{tags: null}}", "verdict: review", name="two")
        + case(f"{DELIVERED}, reason: defective", "verdict: deny", name="three")
    )

    assert (report.cases, report.failed) == (3, 1)
    assert report.covered == {"gold", "keep"}


@pytest.mark.parametrize(
    ("cases", "codes"),
    [
        ("  - x\n", ["E-POLICY-TYPE"]),
        ("  - name: a\n", ["E-POLICY-REQUIRED"] * 3),
        (case("", "verdict: maybe"), ["E-POLICY-VALUE"]),
        (case("", "verdikt: deny"), ["E-POLICY-KEY"]),
        (case("", "fees: {shipping: 1}"), ["E-POLICY-KEY"]),
        (case("", "fees: {transfer: 1.0}"), ["E-POLICY-MONEY"]),
        (case("", "deadline: soon"), ["E-POLICY-DATE"]),
        (case("", "lines: [{verdikt: deny}]"), ["E-POLICY-KEY"]),
        (case("", "verdict: deny", as_of="soon"), ["E-POLICY-DATE"]),
        (case("quantiti: 1", "verdict: deny"), ["E-POLICY-KEY"]),
        ("  {a: b}\n", ["E-POLICY-TYPE"]),
    ],
)
def test_what_is_no_case_is_refused(cases: str, codes: list[str]) -> None:
    with pytest.raises(InvalidError) as caught:
        run(cases)

    assert [one.code for one in caught.value.problems] == codes


@pytest.mark.parametrize(("text", "code"), [("x: 1\n", "E-POLICY-KEY"), ("- a\n", "E-POLICY-TYPE")])
def test_a_file_without_cases_is_refused(text: str, code: str) -> None:
    with pytest.raises(InvalidError) as caught:
        read_cases(text.encode(), "c.yaml", POLICY, UTC)

    assert caught.value.problems[0].code == code


def test_a_day_is_a_day_of_the_zone() -> None:
    tokyo = ZoneInfo("Asia/Tokyo")
    text = "cases:\n" + case(DELIVERED, "verdict: approve", as_of="2026-04-04T23:00:00+00:00")
    (one,) = read_cases(text.encode(), "c.yaml", POLICY, tokyo)

    assert one.facts.lines[0]["requested_on"].isoformat() == "2026-04-05"  # type: ignore[attr-defined]  # a day
