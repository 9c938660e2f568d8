"""Commands over policies, for whoever writes them: check, test, show. They need no shop."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from returns_cli.cli.context import Invocation, invocation_of
from returns_cli.domain.errors import Exit

if TYPE_CHECKING:
    from returns_cli.cli.options import Context, FactsOption, PoliciesArgument, PolicyArgument


def check(context: Context, files: PoliciesArgument = None) -> None:
    """Check policies; every problem at once, as file:line:column code message hint.

    Warnings do not change the exit status; an error exits 7.
    """
    from returns_cli.cli.pages.policy import checked_page
    from returns_cli.operations.check_policies import check_policies

    call = invocation_of(context)
    call.renders(checked_page)
    call.show(check_policies(_files(call, files)))


def run_cases(context: Context, files: PoliciesArgument = None) -> None:
    """Run the cases that lie beside the policies; exit 10 when one does not hold."""
    from returns_cli.cli.pages.policy import tested_page
    from returns_cli.operations.test_policies import test_policies

    call = invocation_of(context)
    call.renders(tested_page)
    answer = test_policies(_files(call, files))
    call.show(answer)
    if not answer["ok"]:
        call.exit = Exit.CHECK_FAILED


def show(context: Context, file: PolicyArgument, facts: FactsOption) -> None:
    """Show one decision for given facts, with its trace; nothing is written."""
    from returns_cli.cli.pages.policy import decision_page
    from returns_cli.operations.show_policy_decision import show_policy_decision

    call = invocation_of(context)
    call.renders(decision_page)
    call.show(show_policy_decision(file, facts))


def _files(call: Invocation, files: list[Path] | None) -> list[Path]:
    """The files named, else every policy of the shop."""
    if files:
        return files
    folder = call.shop().folder / "policies"
    return sorted(path for path in folder.glob("*.yaml") if not path.name.endswith(".cases.yaml"))
