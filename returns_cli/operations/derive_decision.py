"""Deriving stored decisions again, from nothing but what the store keeps with them (I9)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from returns_cli.domain.decision_json import decision_to_json
from returns_cli.domain.errors import InvalidError
from returns_cli.domain.model import Decision, Setting
from returns_cli.domain.remembered import Remembered
from returns_cli.domain.shop import Tables

if TYPE_CHECKING:
    from returns_cli.policy.language import Policy
    from returns_cli.store.connection import Store
    from returns_cli.store.decisions import StoredDecision

GONE = "its policy text is not in the store"
OTHERWISE = "it does not come out again from the facts and the policy text that are kept with it"


class Derivation:
    """Judges stored decisions again; each kept text is read once.

    Args:
        tables: the shop's, whose words complete those of the policies.
    """

    def __init__(self, store: Store, tables: Tables) -> None:
        self._store = store
        self._tables = tables
        self._known: dict[tuple[object, ...], Policy | str] = {}

    def what_is_wrong(self, stored: StoredDecision) -> str | None:
        """Why a decision cannot be derived byte for byte, None where it can.

        One that no policy fitted rests on no text.
        """
        from returns_cli.policy.evaluate import evaluate
        from returns_cli.policy.facts_file import facts_of_record

        decision = stored.decision
        if decision.policy_sha256 is None:
            return None
        try:
            policy = self._policy(decision)
            if isinstance(policy, str):
                return policy
            as_of = datetime.fromisoformat(decision.as_of)
            again = evaluate(policy, facts_of_record(decision.facts, policy, as_of), as_of)
        except (InvalidError, ValueError) as error:
            return f"the facts that are kept with it no longer read: {error}".rstrip(".")
        return None if decision_to_json(again) == stored.body else OTHERWISE

    def _policy(self, decision: Decision) -> Policy | str:
        """The policy of the kept texts, shown as the decision cites it; else what is wrong."""
        cited = frozenset().union(*(_cited_files(line.settings) for line in decision.lines))
        facts = decision.facts
        place = (decision.policy_sha256, facts.get("extends"), facts.get("legal_floor"), cited)
        if place not in self._known:
            self._known[place] = self._read(decision, cited)
        return self._known[place]

    def _read(self, decision: Decision, cited: frozenset[str]) -> Policy | str:
        from returns_cli.operations.kept_policy import read_kept_policy

        facts = decision.facts
        texts = (facts.get("extends"), facts.get("legal_floor"))
        try:
            policy = read_kept_policy(
                self._store, decision.policy_sha256, self._tables, *texts, cited=cited
            )
        except InvalidError as error:
            return f"its policy text no longer reads: {error.message}".rstrip(".")
        return policy if policy is not None else GONE


def _files_of(settings: tuple[Setting, ...]) -> frozenset[str]:
    return frozenset(one.at.rpartition(":")[0] for one in settings)


_cited_files = Remembered(_files_of)
"""The files that the settings of a line cite."""
