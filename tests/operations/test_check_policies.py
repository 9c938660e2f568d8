from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest

from returns_cli.domain.errors import InvalidError, UsageError
from returns_cli.operations.check_policies import (
    check_policies,
    run_policy_cases,
    show_policy_decision,
)
from tests.operations.desk import POLICY, SETTINGS, small_shop

CASES = """
cases:
  - name: in time
    given: {order: {delivered: 2026-03-05}, line: {value: 20.00}, reason: itchy}
    as_of: 2026-04-04
    expect: {verdict: approve, deadline: 2026-04-04, fees: {restocking: 2.00, transfer: 0.00}}
  - name: final sale
    given: {order: {delivered: 2026-03-05}, item: {tags: [final-sale]}, reason: itchy}
    as_of: 2026-03-20
    expect: {verdict: deny, codes: [final_sale]}
  - name: broken and cheap
    given: {order: {delivered: 2026-03-05}, line: {value: 8.00}, reason: damaged_in_transit}
    as_of: 2026-03-20
    expect: {verdict: approve, keep_item: true}
"""
FACTS = """
given:
  order: {placed: 2026-03-01, delivered: 2026-03-05}
  line: {value: 20.00}
  reason: itchy
as_of: 2026-03-20
"""


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    folder = tmp_path / "policies"
    folder.mkdir()
    path = folder / "plain.yaml"
    path.write_text(POLICY, encoding="utf-8")
    return path


def with_cases(policy: Path, text: str = CASES) -> Path:
    path = policy.with_name("plain.cases.yaml")
    path.write_text(text, encoding="utf-8")
    return path


def problems(answer: object) -> list[dict[str, Any]]:
    return cast("list[dict[str, Any]]", cast("dict[str, object]", answer)["problems"])


class TestCheck:
    def test_a_good_policy_has_no_problem(self, policy: Path) -> None:
        assert check_policies([policy]) == {"ok": True, "problems": []}

    def test_every_problem_is_told_with_its_line_and_the_answer_goes_with_the_error(
        self, policy: Path
    ) -> None:
        text = POLICY.replace("days: 30", "days: soon").replace("resolutions:", "resolution:")
        policy.write_text(text, encoding="utf-8")
        with pytest.raises(InvalidError) as caught:
            check_policies([policy])
        answer = cast("dict[str, object]", caught.value.result)
        assert answer["ok"] is False
        found = {(one["file"], one["line"]) for one in problems(answer)}
        lines = text.splitlines()
        days = next(i for i, line in enumerate(lines, 1) if "days: soon" in line)
        word = next(i for i, line in enumerate(lines, 1) if "resolution:" in line)
        assert {("policies/plain.yaml", days), ("policies/plain.yaml", word)} <= found
        assert caught.value.where is not None
        assert caught.value.where.startswith("policies/plain.yaml:")

    def test_a_warning_leaves_it_ok(self, policy: Path) -> None:
        with_cases(policy, CASES[: CASES.index("  - name: broken")])
        answer = check_policies([policy])
        assert answer["ok"] is True
        assert [one["code"] for one in problems(answer)] == ["W-POLICY-UNCOVERED"]

    def test_cases_that_do_not_read_are_an_error_of_their_policy(self, policy: Path) -> None:
        with_cases(policy, "cases: [{name: x}]")
        with pytest.raises(InvalidError) as caught:
            check_policies([policy])
        assert problems(caught.value.result)[0]["file"] == "policies/plain.cases.yaml"

    def test_two_of_one_name_that_fit_alike_are_errors(self, policy: Path) -> None:
        twin = policy.with_name("twin.yaml")
        twin.write_text(POLICY, encoding="utf-8")
        with pytest.raises(InvalidError) as caught:
            check_policies([policy, twin])
        codes = [one["code"] for one in problems(caught.value.result)]
        assert codes == ["E-POLICY-NAME", "E-POLICY-OVERLAP"]

    def test_a_pattern_of_the_shell_that_takes_the_cases_along_is_fine(self, policy: Path) -> None:
        cases = with_cases(policy)
        assert check_policies([cases, policy]) == {"ok": True, "problems": []}

    def test_a_file_that_cannot_be_read_is_wrong_usage(self, tmp_path: Path) -> None:
        for path in (tmp_path / "missing.yaml", tmp_path):
            with pytest.raises(UsageError) as caught:
                check_policies([path])
            assert caught.value.code == "E-FILE-UNREADABLE"

    def test_inside_a_shop_its_own_grades_count(self, tmp_path: Path, policy: Path) -> None:
        policy.write_text(POLICY.replace("    damaged:", "    torn:"), encoding="utf-8")
        with pytest.raises(InvalidError):
            check_policies([policy])
        settings = SETTINGS + "grades: {torn: {text: Torn}}\n"
        shop = small_shop(tmp_path / "shop", settings=settings)
        assert check_policies([policy], shop)["ok"] is True


class TestCases:
    def test_all_hold(self, policy: Path) -> None:
        with_cases(policy)
        assert run_policy_cases([policy]) == {
            "ok": True,
            "cases": 3,
            "failed": 0,
            "differences": [],
        }

    def test_what_came_out_otherwise_is_told(self, policy: Path) -> None:
        with_cases(policy, CASES.replace("deadline: 2026-04-04", "deadline: 2026-04-05"))
        answer = run_policy_cases([policy])
        assert (answer["ok"], answer["cases"], answer["failed"]) == (False, 3, 1)
        assert answer["differences"] == [
            {
                "file": "policies/plain.cases.yaml",
                "line": 3,
                "case": "in time",
                "key": "deadline",
                "expected": "2026-04-05",
                "found": "2026-04-04",
            }
        ]

    def test_a_policy_without_cases_counts_none(self, policy: Path) -> None:
        assert run_policy_cases([policy])["cases"] == 0

    def test_one_that_cannot_be_read_refuses_the_call(self, policy: Path) -> None:
        with_cases(policy)
        bad = policy.with_name("bad.yaml")
        bad.write_text("policy: bad\n", encoding="utf-8")
        with pytest.raises(InvalidError) as caught:
            run_policy_cases([policy, bad])
        assert caught.value.result is None
        assert {one.file for one in caught.value.problems} == {"policies/bad.yaml"}


class TestShow:
    def test_a_decision_cites_the_policy_and_belongs_to_no_return(
        self, policy: Path, tmp_path: Path
    ) -> None:
        facts = tmp_path / "facts.yaml"
        facts.write_text(FACTS, encoding="utf-8")
        shown = show_policy_decision(policy, facts)
        assert [shown[name] for name in ("rma", "key", "order", "state")] == [None] * 4
        assert shown["verdict"] == "approve"
        assert shown["label"] == {"kind": "prepaid", "valid_until": "2026-04-10"}
        quote = cast("dict[str, Any]", shown["quote"])
        assert quote["total"] == "11.05"  # 20.00 less ten percent less the label
        (line,) = cast("list[dict[str, Any]]", shown["lines"])
        assert line["deadline"] == "2026-04-04"
        days = next(one for one in line["settings"] if one["name"] == "window.days")
        number = next(
            i for i, text in enumerate(POLICY.splitlines(), 1) if text.startswith("  window:")
        )
        assert (days["value"], days["rule"], days["at"]) == (
            "30",
            None,
            f"policies/plain.yaml:{number}",
        )

    def test_the_clock_may_come_from_outside(self, policy: Path, tmp_path: Path) -> None:
        facts = tmp_path / "facts.yaml"
        facts.write_text("order: {delivered: 2026-03-05}\nreason: itchy\n", encoding="utf-8")
        late = show_policy_decision(policy, facts, as_of="2026-04-05")
        assert late["verdict"] == "deny"
        assert cast("dict[str, Any]", late["label"])["valid_until"] is None
        with pytest.raises(InvalidError, match="day"):
            show_policy_decision(policy, facts)
        with pytest.raises(UsageError):
            show_policy_decision(policy, facts, as_of="soon")

    def test_facts_that_are_not_there_are_wrong_usage(self, policy: Path, tmp_path: Path) -> None:
        with pytest.raises(UsageError):
            show_policy_decision(policy, tmp_path / "missing.yaml")

    def test_a_value_that_is_not_known_gives_no_quote(self, policy: Path, tmp_path: Path) -> None:
        facts = tmp_path / "facts.yaml"
        text = FACTS.replace("  line: {value: 20.00}\n", "")
        facts.write_text(text, encoding="utf-8")
        assert show_policy_decision(policy, facts)["quote"] is None
