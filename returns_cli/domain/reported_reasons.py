"""Why customers want to send goods back, counted for reports; see ``reported``."""

from __future__ import annotations

from typing import NamedTuple


class ReasonPeriod(NamedTuple):
    """Requests for a reason in a period, ever.

    Attributes:
        period: its number.
        lines: of returns; ``lines_meant`` those asked for in the report's days.
    """

    reason: str
    period: int
    lines: int
    lines_meant: int


class ProductReason(NamedTuple):
    """Requests to send a product back for a reason.

    Attributes:
        title: as its order lines name it.
        lines, units: asked for in the report's days.
        lines_latest: asked for in the last whole period of these days.
        lines_before: asked for before that, ever.
        first_day: the number of the day on which it was first asked for, ever.
    """

    sku: str
    title: str
    reason: str
    lines: int
    units: int
    lines_latest: int
    lines_before: int
    first_day: int


class Comment(NamedTuple):
    """What a customer wrote beside a reason; never trusted."""

    reason: str
    sku: str
    text: str
