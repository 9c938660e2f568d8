"""What must hold between the parts of a policy, once each of them is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from returns_cli.notation.typed import Leaf, Reading, Tree
from returns_cli.policy.rules import Rule


def check_rule_ids(rules: Sequence[Rule], of_parent: Sequence[Rule], reading: Reading) -> None:
    """A rule's id is its own also among those of the policy that is extended."""
    taken = {rule.id: rule.at for rule in of_parent}
    for rule in rules:
        if rule.id in taken:
            reading.report(
                "E-POLICY-RULE-ID",
                f"The rule {rule.id} stands in {taken[rule.id]} too, which this policy extends.",
                rule.line,
                1,
                "Give every rule an id of its own.",
            )


def check_fallback(terms: Mapping[str, Leaf], rules: Sequence[Rule], reading: Reading) -> None:
    """A missing date never means "for ever": every window but one from the order has a fallback."""
    if "window.if_unknown.from" in terms or not any(name.startswith("window.") for name in terms):
        return
    starts = [terms.get("window.from")]
    starts += [
        rule.settings.get("window.from")
        for rule in rules
        if "window.if_unknown.from" not in rule.settings
    ]
    needing = next((one for one in starts if one is not None and one.value != "ordered"), None)
    if needing is not None:
        reading.report(
            "E-POLICY-FALLBACK",
            f"The window counts from {needing.text}, and nothing says what holds where that day "
            "is not known.",
            needing.line,
            needing.column,
            "Add if_unknown: {from: shipped, plus_days: 7} to the window of the terms.",
        )


def check_grades(terms: Mapping[str, Leaf], rules: Sequence[Rule], reading: Reading) -> None:
    """A grade that only a rule knows must be told whole: what it pays and where the goods go."""
    for rule in rules:
        for name, leaf in rule.settings.items():
            if not name.startswith("inspection."):
                continue
            grade = name.split(".")[1]
            for part in ("refund", "disposition"):
                needed = f"inspection.{grade}.{part}"
                if needed not in terms and needed not in rule.settings:
                    reading.report(
                        "E-POLICY-GRADE",
                        f"The grade {grade} is not among those of the terms, and its {part} is "
                        "not said.",
                        leaf.line,
                        leaf.column,
                        f"Add the grade {grade} to `inspection` of the terms.",
                    )


def check_period(tree: Tree, reading: Reading) -> None:
    """The period does not end before it begins."""
    period = tree.get("effective")
    first, last = (
        (period.get("from"), period.get("until")) if isinstance(period, dict) else (None, None)
    )
    if isinstance(first, Leaf) and isinstance(last, Leaf) and str(last.text) < str(first.text):
        reading.report(
            "E-POLICY-PERIOD",
            f"The policy ends {last.text}, before it begins {first.text}.",
            last.line,
            last.column,
            "Swap the two days.",
        )
