"""Commands that judge and rule: evaluate for machines, approve and deny for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from returns_cli.cli.context import Invocation, invocation_of
from returns_cli.cli.judged import answer_returns, exit_by_verdict
from returns_cli.domain.errors import Exit, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from returns_cli.cli.options import (
        AllOption,
        Context,
        DryRunOption,
        ExitCodeOption,
        ExplainOption,
        JudgeFileOption,
        LinesOption,
        RepinOption,
        RmaArgument,
        RmasArgument,
        RmasNeeded,
        WhyOption,
    )
    from returns_cli.operations.shop import Shop


def evaluate(
    context: Context,
    rmas: RmasArgument = None,
    every: AllOption = False,
    file: JudgeFileOption = None,
    explain: ExplainOption = False,
    repin: RepinOption = False,
    exit_code: ExitCodeOption = False,
    dry_run: DryRunOption = False,
) -> None:
    """Judge returns against the shop's policies.

    An unchanged judgement adds nothing, so it may be repeated. With --file, requests are judged
    that are not in the store, and nothing is written.
    """
    from returns_cli.operations.evaluate_returns import evaluate_returns, iterate_evaluations

    call = invocation_of(context)
    if [bool(rmas), every, file is not None].count(True) != 1:
        raise UsageError(
            "E-USAGE",
            "Say what to judge, in one way.",
            where="returns evaluate",
            hint="Name returns, or use --all, or --file FILE.",
        )
    shop = call.shop(dry_run=dry_run)
    if every:
        _answer_each(call, iterate_evaluations(shop, all_open=True, repin=repin), wanted=exit_code)
        return
    if file is not None:
        from returns_cli.operations.evaluate_file import evaluate_file

        answers = evaluate_file(shop, call.source(file))
    else:
        answers = evaluate_returns(shop, rmas or (), repin=repin)
    _answer(call, shop, answers, explained=explain, is_batch=file is not None)
    exit_by_verdict(call, answers, wanted=exit_code)
    if shop.rejected:
        call.exit = Exit.PARTLY


def approve(
    context: Context,
    rmas: RmasNeeded,
    lines: LinesOption = None,
    why: WhyOption = None,
    dry_run: DryRunOption = False,
) -> None:
    """Approve returns that wait for a person. Going against a denial wants --why."""
    _rule(context, "approve", rmas, lines, why, dry_run)


def deny(
    context: Context,
    rmas: RmasNeeded,
    lines: LinesOption = None,
    why: WhyOption = None,
    dry_run: DryRunOption = False,
) -> None:
    """Deny returns. Going against an approval wants --why."""
    _rule(context, "deny", rmas, lines, why, dry_run)


def cancel(
    context: Context, rmas: RmasNeeded, why: WhyOption = None, dry_run: DryRunOption = False
) -> None:
    """Cancel returns that will not come; their units are free for another return."""
    _rule(context, "cancel", rmas, None, why, dry_run)


def explain(context: Context, rma: RmaArgument) -> None:
    """Say in plain words why a return was judged so, with the policy's file and line."""
    from returns_cli.cli.pages.returns import explanation_page
    from returns_cli.operations.explain_return import explain_return

    call = invocation_of(context)
    call.renders(explanation_page)
    call.show(explain_return(call.shop(), rma))


def history(context: Context, rma: RmaArgument) -> None:
    """Show everything that happened to a return, oldest first."""
    from returns_cli.cli.pages.lists import history_page
    from returns_cli.operations.explain_return import history_of_return

    call = invocation_of(context)
    call.renders(history_page)
    call.show(history_of_return(call.shop(), rma))


def _rule(
    context: Context,
    kind: str,
    rmas: list[str],
    lines: list[int] | None,
    why: str | None,
    dry_run: bool,
) -> None:
    from returns_cli.operations.rule_on_returns import rule_on_returns

    call = invocation_of(context)
    shop = call.shop(dry_run=dry_run)
    answers = rule_on_returns(shop, kind, rmas, why=why or "", lines=tuple(lines or ()))
    answer_returns(call, answers, changed=True)


def _answer_each(call: Invocation, answers: Iterable[dict[str, object]], *, wanted: bool) -> None:
    """Print the judgements of a batch as they are made."""
    from returns_cli.cli.pages.lists import judged_page

    verdicts: dict[object, dict[str, object]] = {}

    def noted() -> Iterator[dict[str, object]]:
        for one in answers:
            verdicts[one["verdict"]] = one
            yield one

    call.renders(judged_page)
    call.show_each(noted())
    exit_by_verdict(call, list(verdicts.values()), wanted=wanted)


def _answer(
    call: Invocation,
    shop: Shop,
    answers: list[dict[str, object]],
    *,
    explained: bool,
    is_batch: bool,
) -> None:
    from returns_cli.cli.pages.lists import judged_page
    from returns_cli.cli.pages.returns import explanation_page, explanations_page

    if explained and not is_batch:
        from returns_cli.operations.explain_return import explain_return

        call.renders(explanations_page if len(answers) > 1 else explanation_page)
        told = [explain_return(shop, str(one["rma"])) for one in answers]
        call.show(told if len(told) > 1 else told[0])
    elif is_batch:
        call.renders(judged_page)
        call.show(answers)
    else:
        answer_returns(call, answers, changed=True)
