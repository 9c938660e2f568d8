"""The steps that judge open returns and count what their policies approved."""

from __future__ import annotations

from returns_cli.domain.errors import Exit, InvalidError
from returns_cli.operations.evaluate_returns import iterate_evaluations
from returns_cli.operations.run.desk import Desk, Outcome

_APPROVED = frozenset({"approve", "partial"})


def evaluate(desk: Desk) -> Outcome:
    """Judge every open return again; an unchanged judgement adds nothing.

    A policy that cannot be read stops this step alone (7).
    """
    outcome = Outcome()
    since = desk.request.since.isoformat() if desk.request.since else None
    try:
        for answer in iterate_evaluations(desk.shop, all_open=True, opened_from=since):
            if answer["replayed"]:
                continue
            outcome.done += 1
            if answer["verdict"] in _APPROVED:
                desk.approved.append(str(answer["rma"]))
    except InvalidError as error:
        outcome.failed += 1
        outcome.meet(error, Exit.INVALID)
    return outcome


def approve(desk: Desk) -> Outcome:
    """Count what the policies approved: a judgement that approves authorizes the units at once."""
    return Outcome(done=len(desk.approved))
