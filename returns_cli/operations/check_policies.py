"""Check policies, run their cases, and show one decision: all of it without a shop."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from returns_cli.domain.days import parse_instant
from returns_cli.domain.errors import InvalidError, Problem, ReturnsError, UsageError
from returns_cli.domain.model import Decision
from returns_cli.domain.shop import Tables
from returns_cli.domain.vocabulary import Verdict
from returns_cli.operations.return_view import Json, view_line, view_quote
from returns_cli.operations.row_files import view_problem
from returns_cli.operations.shop import Shop

if TYPE_CHECKING:
    from returns_cli.policy.cases import CasesReport
    from returns_cli.policy.language import Policy

_CASES = ".cases"


def check_policies(files: Sequence[Path], shop: Shop | None = None) -> Json:
    """Every problem of some policies at once, and what is wrong between them.

    Args:
        files: policies; a file of cases stands for the policy that it lies beside.
        shop: its tables and time zone count inside a shop, else the default ones.

    Raises:
        InvalidError: a policy or its cases cannot be accepted (7); carries the answer.
        UsageError: a file that cannot be read (2).
    """
    from returns_cli.policy.lint import check_policy, check_side_by_side

    problems: list[Problem] = []
    policies: list[Policy] = []
    for path in _policies_of(files):
        try:
            policy = read_policy(path, shop)
            policies.append(policy)
            report = _run(path, policy, shop)
        except InvalidError as error:
            problems += error.problems
            continue
        covered = report.covered if report else None
        problems += check_policy(policy, covered, shop.config.country if shop else "")
    problems += [*_same_names(policies), *check_side_by_side(policies)]
    errors = [one for one in problems if one.is_error]
    answer: Json = {"ok": not errors, "problems": [view_problem(one) for one in problems]}
    if errors:
        raise _refused(errors, answer)
    return answer


def run_policy_cases(files: Sequence[Path], shop: Shop | None = None) -> Json:
    """Run the cases that lie beside policies, and list what came out otherwise.

    ``ok`` is false where a case does not hold (the shell makes it 10). A policy without cases
    counts none.

    Raises:
        InvalidError: a policy or its cases cannot be accepted (7): nothing is answered then.
        UsageError: a file that cannot be read (2).
    """
    problems: list[Problem] = []
    reports: list[CasesReport] = []
    for path in _policies_of(files):
        try:
            report = _run(path, read_policy(path, shop), shop)
        except InvalidError as error:
            problems += error.problems
            continue
        if report is not None:
            reports.append(report)
    if problems:
        raise _refused(problems)
    failed = sum(one.failed for one in reports)
    return {
        "ok": not failed,
        "cases": sum(one.cases for one in reports),
        "failed": failed,
        "differences": [
            {
                "file": one.file,
                "line": one.line,
                "case": one.case,
                "key": one.key,
                "expected": one.expected,
                "found": one.found,
            }
            for report in reports
            for one in report.differences
        ],
    }


def show_policy_decision(
    file: Path, facts: Path, shop: Shop | None = None, *, as_of: str | None = None
) -> Json:
    """What a policy decides on written facts, as ``evaluate`` says it; nothing is stored.

    Args:
        file: a policy; its ``applies_to`` and ``effective`` do not count.
        facts: a file of facts, alone or as ``given`` beside ``as_of``, as in a case.
        as_of: the clock where the facts do not say it.

    Raises:
        InvalidError: the policy or the facts cannot be accepted (7).
        UsageError: a file that cannot be read (2).
    """
    from returns_cli.policy.evaluate import evaluate
    from returns_cli.policy.explain import explain_decision
    from returns_cli.policy.facts_file import read_facts_file
    from returns_cli.policy.quoted import quote_facts

    policy = read_policy(file, shop)
    zone = _zone(shop)
    clock = _clock(as_of, zone)
    stated = read_facts_file(_read(facts), facts.name, policy, zone, clock)
    decision = evaluate(policy, stated.facts, stated.as_of)
    quote = quote_facts(stated.facts, decision.lines)
    return {
        "rma": None,
        "key": None,
        "replayed": False,
        "order": None,
        "kind": stated.facts.lines[0]["kind"],
        "state": None,
        "opened_at": None,
        "as_of": decision.as_of,
        "verdict": decision.verdict.value,
        "policy": {
            "id": decision.policy_id,
            "version": decision.policy_version,
            "sha256": decision.policy_sha256,
        },
        "lines": [view_line(one) for one in decision.lines],
        "label": {"kind": decision.label_kind, "valid_until": _valid_until(decision, stated.as_of)},
        "quote": view_quote(quote) if quote is not None else None,
        "received": [],
        "inspected": [],
        "refunds": [],
        "explanation": explain_decision(decision, policy),
    }


def _policies_of(files: Sequence[Path]) -> list[Path]:
    """Each policy once; ``standard.cases.yaml`` means ``standard.yaml``, as a shell's * gives."""
    named = [
        path.with_name(path.stem.removesuffix(_CASES) + path.suffix)
        if path.stem.endswith(_CASES)
        else path
        for path in files
    ]
    return list(dict.fromkeys(named))


def read_policy(path: Path, shop: Shop | None) -> Policy:
    """A policy file, with the shop's tables where there is a shop.

    Raises:
        InvalidError: with every problem found (7).
        UsageError: the file cannot be read (2).
    """
    from returns_cli.policy.language import load_policy

    try:
        return load_policy(path, _tables(shop))
    except OSError as error:
        raise _unreadable(path, error) from error


def _tables(shop: Shop | None) -> Tables:
    from returns_cli.policy.shop_file import default_tables

    return shop.config.tables if shop is not None else default_tables()


def _zone(shop: Shop | None) -> ZoneInfo:
    return shop.zone if shop is not None else ZoneInfo("UTC")


def _read(path: Path) -> bytes:
    from returns_cli.policy.language import read_policy_bytes

    try:
        return read_policy_bytes(path)
    except OSError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: OSError) -> ReturnsError:
    return UsageError(
        "E-FILE-UNREADABLE",
        f"{path.name} cannot be read: {(error.strerror or 'the system refused').lower()}.",
        where=str(path),
        hint="Check the name and its permissions.",
    )


def _run(path: Path, policy: Policy, shop: Shop | None) -> CasesReport | None:
    """What the cases beside a policy come to; None where there is no such file."""
    from returns_cli.policy.cases import read_cases, run_cases

    beside = path.with_name(f"{path.stem}{_CASES}{path.suffix}")
    if not beside.exists():
        return None
    shown_as = f"{beside.parent.name}/{beside.name}".lstrip("/")
    cases = read_cases(_read(beside), shown_as, policy, _zone(shop))
    return run_cases(policy, cases, shown_as)


def _same_names(policies: Sequence[Policy]) -> list[Problem]:
    known: dict[str, Policy] = {}
    problems = []
    for one in policies:
        if one.id in known:
            problems.append(
                Problem(
                    "E-POLICY-NAME",
                    f"{known[one.id].shown_as} is named {one.id} too.",
                    one.shown_as,
                    1,
                    "1",
                    hint="Give every policy a name of its own.",
                )
            )
        known[one.id] = one
    return problems


def _refused(errors: Sequence[Problem], answer: Json | None = None) -> InvalidError:
    first = errors[0]
    more = f" ({len(errors)} problems in all)" if len(errors) > 1 else ""
    return InvalidError(
        first.code,
        f"{first.message}{more}",
        where=":".join(str(one) for one in (first.file, first.line, first.column) if one),
        hint=first.hint,
        problems=tuple(errors),
        result=answer,
    )


def _clock(as_of: str | None, zone: ZoneInfo) -> datetime | None:
    if as_of is None:
        return None
    try:
        return parse_instant(as_of, zone).astimezone(zone)
    except ValueError as error:
        raise UsageError(
            "E-USAGE-DATE",
            f"--as-of: {error}.",
            where="--as-of",
            hint="Write 2026-03-20 or 2026-03-20T09:30:00+01:00.",
        ) from error


def _valid_until(decision: Decision, as_of: datetime) -> str | None:
    """The last day for the parcel, were it approved at the clock of the judgement."""
    is_approved = decision.verdict in (Verdict.APPROVE, Verdict.PARTIAL)
    if not is_approved or decision.label_valid_days is None or decision.label_kind == "none":
        return None
    return (as_of.date() + timedelta(days=decision.label_valid_days)).isoformat()
