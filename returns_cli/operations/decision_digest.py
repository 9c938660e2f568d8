"""A decision in two or three lines: what was decided, the line of the policy, what it pays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from returns_cli.domain import money, terms
from returns_cli.domain.model import LineDecision, Setting
from returns_cli.domain.quote import Quote

if TYPE_CHECKING:
    from returns_cli.notation.typed import Leaf
    from returns_cli.policy.language import Policy

_CITED = {
    "condition_not_accepted": "condition",
    "resolution_not_offered": "resolutions",
    "evidence_missing": "evidence.photos",
    "above_limit": "review.above",
}
"""The setting that a standard code rests on; the window is told with its last day."""


def digest_decision(
    lines: Sequence[LineDecision], quote: Quote, policy: Policy | None
) -> list[str]:
    """One line of text for each judged line, and one for the money; every part with its source.

    Args:
        quote: of the return as it stands.
        policy: the text the decision was made by; cites the rules behind a policy's own codes.
    """
    said = [_line(one, policy) for one in lines]
    if quote.components and quote.total_minor:
        said.append(_quote(quote))
    return said


def _line(line: LineDecision, policy: Policy | None) -> str:
    settings = terms.by_name(line.settings)
    units = f"{line.quantity} × " if line.quantity > 1 else ""
    asked = f"{units}{line.sku or line.title}, {line.reason}"
    if line.resolution != "refund":
        asked += f", {line.resolution.replace('_', ' ')}"
    parts = [line.verdict.value, *(_code(code, settings, policy) for code in line.codes)]
    if line.deadline_on is not None and "window.days" in settings:
        parts.append(f"last day {line.deadline_on}{_cited(settings['window.days'])}")
    if line.nearest_miss:
        parts.append(line.nearest_miss)
    if terms.is_on(settings, "keep_item"):
        parts.append(f"the customer keeps it{_cited(settings['keep_item'])}")
    return f"{asked}: {', '.join(parts)}"


def _code(code: str, settings: terms.Settings, policy: Policy | None) -> str:
    name = "window.from" if code.startswith("missing_fact:") else _CITED.get(code, "")
    if name in settings:
        return f"{code}{_cited(settings[name])}"
    for leaf in _leaves_of_rules(policy):
        if str(leaf.value) == code:
            return f"{code} ({leaf.at})"
    return code


def _leaves_of_rules(policy: Policy | None) -> Iterator[Leaf]:
    for rule in policy.rules if policy is not None else ():
        for leaf in (rule.deny, rule.review):
            if leaf is not None:
                yield leaf


def _cited(setting: Setting) -> str:
    by = f", rule {setting.rule}" if setting.rule else ""
    return f" ({setting.at}{by})"


def _quote(quote: Quote) -> str:
    """Parts of one kind that one line of the policy decided are added up."""
    sums: dict[tuple[str, str | None], int] = {}
    for one in quote.components:
        part = (one.kind, one.at)
        sums[part] = sums.get(part, 0) + one.amount_minor
    parts = [
        f"{money.format_amount(minor, quote.currency)} {kind.replace('_', ' ')}"
        + (f" ({at})" if at else "")
        for (kind, at), minor in sums.items()
    ]
    total = money.format_amount(quote.total_minor, quote.currency)
    return f"pays {total} {quote.currency}: {', '.join(parts)}"
