"""Prove that the store is whole: the journal, every invariant, every decision; back up, restore."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from returns_cli.domain import money
from returns_cli.domain.errors import Problem, StoreError
from returns_cli.operations.keep_evidence import photo_problems
from returns_cli.operations.return_view import Json
from returns_cli.operations.row_files import view_problem
from returns_cli.operations.shop import Shop

_RESTORE = "Write nothing more; restore the last good backup with `returns restore`."
_NO_STORE = frozenset({"E-STORE-DAMAGED", "E-STORE-FOREIGN"})

if TYPE_CHECKING:
    from returns_cli.domain.shop import Tables
    from returns_cli.store.connection import Store
    from returns_cli.store.decisions import StoredDecision
    from returns_cli.store.journal import JournalReport


def verify_journal(shop: Shop, anchor: Path | None = None) -> Json:
    """Re-add the journal: every hash, every balance, no gap; against a kept head where given.

    Raises:
        StoreError: the chain is broken (8); the answer goes with it. A journal that is whole but
            differs from ``anchor`` is answered with ``ok`` false (the shell makes it 10).
    """
    from returns_cli.store.backup import read_manifest
    from returns_cli.store.journal import verify_journal as verify

    kept = read_manifest(anchor) if anchor is not None else None
    with _answering_for_damage(), shop.open_store(read_only=True) as store, store.reading():
        report = verify(store, kept)
    broken = [one for one in report.problems if one.code != "E-CHECK-ANCHOR"]
    return _answer(report, broken, "The journal is damaged")


def check_shop(shop: Shop) -> Json:
    """Check the file, the chain, every invariant, and judge every stored decision again.

    Photos that are gone or changed are warnings: no fact rests on them.

    Raises:
        StoreError: something does not hold (8); names the first bad record, never repairs.
    """
    from returns_cli.store.check import check_store
    from returns_cli.store.journal import JournalReport
    from returns_cli.store.reports.proof import derived_problems

    tables = shop.config.tables  # a bad shop.yaml is said as such, not as damage of the store
    with _answering_for_damage(), shop.open_store(read_only=True) as store, store.reading():
        report = check_store(store)
        broken = (
            *report.problems,
            *_policy_problems(tables, store),
            *derived_problems(store, shop.zone),
        )
        problems = (*broken, *photo_problems(shop, store))
    whole = JournalReport(not broken, report.entries, report.head, problems)
    return _answer(whole, list(broken), "The store does not hold what it should")


def _policy_problems(tables: Tables, store: Store) -> list[Problem]:
    """Decisions that do not come out again from the texts and facts kept with them.

    A decision that is no decision any more ends the search; ``check_store`` has named it.
    """
    from returns_cli.operations.derive_decision import OTHERWISE, Derivation
    from returns_cli.store.decisions import iterate_decisions

    derivation = Derivation(store, tables)
    problems = []
    for one in _readable(iterate_decisions(store)):
        what = derivation.what_is_wrong(one)
        if what is not None:
            problems.append(
                Problem(
                    "E-CHECK-DECISION" if what == OTHERWISE else "E-CHECK-POLICY",
                    f"Decision {one.decision_id} of {one.rma}: {what}.",
                    value=one.decision.policy_sha256,
                    hint="Restore a backup; `returns restore` drills it first.",
                )
            )
    return problems


@contextmanager
def _answering_for_damage() -> Iterator[None]:
    """A file that cannot be opened as a store is an answer too: it does not hold."""
    try:
        yield
    except StoreError as error:
        if error.code in _NO_STORE:
            problem = Problem(error.code, error.message, error.where, hint=error.hint)
            error.result = {
                "ok": False,
                "entries": 0,
                "head": None,
                "problems": [view_problem(problem)],
            }
        raise


def _readable(decisions: Iterator[StoredDecision]) -> Iterator[StoredDecision]:
    """Decisions up to the first whose stored text is none."""
    with suppress(ValueError, KeyError, TypeError):
        yield from decisions


def _answer(report: JournalReport, broken: list[Problem], what: str) -> Json:
    answer: Json = {
        "ok": report.ok,
        "entries": report.entries,
        "head": report.head,
        "problems": [view_problem(one) for one in report.problems],
    }
    if broken:
        is_derived = (
            broken[0].code == "E-CHECK-DERIVED"
        )  # the store itself holds, else it came first
        raise StoreError(
            broken[0].code,
            f"{what}: {broken[0].message}",
            where=broken[0].file,
            hint=broken[0].hint if is_derived else _RESTORE,
            result=answer,
        )
    return answer


def journal_balances(shop: Shop) -> list[Json]:
    """The balance of every account, per currency."""
    from returns_cli.store.journal import balances

    with shop.open_store(read_only=True) as store, store.reading():
        return [
            {
                "account": one.account,
                "currency": one.currency,
                "balance": money.format_amount(one.minor, one.currency),
            }
            for one in balances(store)
        ]


def backup_shop(shop: Shop, path: Path) -> Json:
    """Copy the store, prove the copy, and write its manifest beside it."""
    from returns_cli.store.backup import backup_store

    with shop.open_store(read_only=True) as store:
        made = backup_store(store, path)
    return {
        "path": str(made.path),
        "manifest": str(made.manifest),
        "entries": made.entries,
        "head": made.head,
    }


def restore_shop(folder: Path, backup: Path) -> Json:
    """Put a proved backup in place of a missing store; never overwrites one (8)."""
    from returns_cli.store.backup import restore_store

    made = restore_store(backup, folder)
    return {
        "path": str(made.path),
        "manifest": str(made.manifest),
        "entries": made.entries,
        "head": made.head,
    }
