"""Commands over policies, for whoever writes them: check, test, show. They need no shop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from returns_cli.cli.context import Invocation, invocation_of
from returns_cli.domain.errors import Exit

if TYPE_CHECKING:
    from pathlib import Path

    from returns_cli.cli.options import (
        Context,
        FactsOption,
        PoliciesArgument,
        PolicyArgument,
        StrictCheckOption,
    )
    from returns_cli.operations.shop import Shop


def check(
    context: Context, files: PoliciesArgument = None, strict: StrictCheckOption = False
) -> None:
    """Check policies; every problem at once, as file:line:column code message hint.

    Warnings do not change the exit status unless --strict makes it 10; an error exits 7.
    """
    from returns_cli.cli.pages.policy import checked_page
    from returns_cli.operations.check_policies import check_policies

    call = invocation_of(context)
    call.renders(checked_page)
    answer = check_policies(*_policies(call, files))
    call.show(answer)
    if strict and answer["problems"]:
        call.exit = Exit.CHECK_FAILED


def run_cases(context: Context, files: PoliciesArgument = None) -> None:
    """Run the cases that lie beside the policies; exit 10 when one does not hold."""
    from returns_cli.cli.pages.policy import cases_page
    from returns_cli.operations.check_policies import run_policy_cases

    call = invocation_of(context)
    call.renders(cases_page)
    answer = run_policy_cases(*_policies(call, files))
    call.show(answer)
    if not answer["ok"]:
        call.exit = Exit.CHECK_FAILED


def show(context: Context, file: PolicyArgument, facts: FactsOption) -> None:
    """Show one decision for given facts; nothing is written."""
    from returns_cli.cli.pages.policy import decision_page
    from returns_cli.operations.check_policies import show_policy_decision

    call = invocation_of(context)
    call.renders(decision_page)
    call.show(show_policy_decision(file, facts, call.shop_if_any(), as_of=call.as_of))


def _policies(call: Invocation, files: list[Path] | None) -> tuple[list[Path], Shop | None]:
    """The files named, else every policy of the shop; and the shop, where there is one."""
    if files:
        return files, call.shop_if_any()
    shop = call.shop()
    found = sorted((shop.folder / "policies").glob("*.yaml"))
    return [path for path in found if not path.name.endswith(".cases.yaml")], shop
