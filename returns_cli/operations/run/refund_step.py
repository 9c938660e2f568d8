"""The step that records refunds whose day has come."""

from __future__ import annotations

from returns_cli.operations.refund_due import refund_due
from returns_cli.operations.run.desk import Desk, Outcome


def refund(desk: Desk) -> Outcome:
    """Record what is payable now, the earliest promise first; twice records nothing more."""
    return Outcome(done=len(refund_due(desk.shop)))
