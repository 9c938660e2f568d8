"""The step that records refunds whose day has come, and writes off credits whose day is over."""

from __future__ import annotations

from returns_cli.domain.errors import Exit, Problem
from returns_cli.operations.refund_due import refund_due
from returns_cli.operations.run.desk import Desk, Outcome
from returns_cli.operations.store_credit import expire_credits


def refund(desk: Desk) -> Outcome:
    """Record what is payable now, the earliest promise first; twice records nothing more.

    What is left of store credits is written off once their last day is over; it counts as done.
    A return that cannot be paid as it stands is a problem: somebody waits for that money.
    """
    outcome = Outcome()

    def left_out(problem: Problem) -> None:
        outcome.failed += 1
        outcome.problems.append(problem)
        outcome.exits.add(Exit.PARTLY)

    outcome.done = sum(1 for _ in refund_due(desk.shop, left_out))
    outcome.done += len(expire_credits(desk.shop))
    return outcome
