"""Commands for whoever changes a policy: what changed, and what it would have changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from returns_cli.cli.context import invocation_of

if TYPE_CHECKING:
    from returns_cli.cli.options import (
        AgainstOption,
        Context,
        NewPolicyArgument,
        OldPolicyArgument,
        SinceOption,
        UntilOption,
    )


def diff(context: Context, old: OldPolicyArgument, new: NewPolicyArgument) -> None:
    """Say what changed between two policies, in words, with the line of each."""
    from returns_cli.cli.pages.policy_change import diff_page
    from returns_cli.operations.diff_policies import diff_policies

    call = invocation_of(context)
    call.renders(diff_page)
    call.show(diff_policies(old, new, call.shop_if_any()))


def backtest(
    context: Context,
    new: NewPolicyArgument,
    against: AgainstOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
) -> None:
    """Replay the shop's own returns under a policy: what flips, what is paid; writes nothing.

    Compared with the decisions that are stored, or with another policy (--against).
    """
    from returns_cli.cli.pages.policy_change import backtest_page
    from returns_cli.operations.backtest_policy import backtest_policy

    call = invocation_of(context)
    call.renders(backtest_page)
    call.show(backtest_policy(call.shop(), new, against=against, since=since, until=until))
