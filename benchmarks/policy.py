"""Policy decisions beside a decision engine written in Rust, in one process and in turn.

Both find every rule of forty that matches a request; ours then goes on to the whole decision:
window, fees, settings with their sources, the nearest miss. The two must name the same rules.

The engine is GoRules' zen-engine: ``pip install zen-engine``. Without it only ours is measured.
"""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from benchmarks.policy_rules import policy_text, requests, table_text
from returns_cli.policy.evaluate import evaluate
from returns_cli.policy.facts import Facts, LineFacts, folded
from returns_cli.policy.language import Policy, parse_policy
from returns_cli.policy.tables import default_tables

COUNT = 3_000
ROUNDS = 9
_CLOCK = datetime(2026, 3, 1, 12, tzinfo=UTC)


def main() -> None:
    """Print decisions a second and what each is to the engine."""
    policy = parse_policy(policy_text(), "policies/bench.yaml", default_tables())
    made = requests(COUNT)
    ours = [one for one, _ in made]
    ready = [{name: folded(value, name) for name, value in one.items()} for one in ours]
    index = policy.rule_index(of_inspection=False)
    runs: dict[str, Callable[[], object]] = {}
    engine = _engine()
    if engine is not None:
        _compare(engine, policy, made)
        contexts = [context for _, context in made]
        runs["zen-engine, rules that match"] = lambda: [engine.evaluate(one) for one in contexts]
    runs["returns, rules that match"] = lambda: [index.answer(one) for one in ready]  # type: ignore[arg-type]  # as facts are read
    runs["returns, whole decisions"] = lambda: [_decide(policy, one) for one in ours]
    _measure(runs)


def _decide(policy: Policy, facts: dict[str, object]) -> object:
    line = LineFacts(facts.get, 1)
    return evaluate(policy, Facts((line,), policy.currency), _CLOCK)


def _engine() -> Any:
    try:
        import zen  # type: ignore[import-not-found,unused-ignore]  # optional, and no stubs
    except ImportError:
        print("zen-engine is not installed (pip install zen-engine): only returns is measured.")
        return None
    return zen.ZenEngine().create_decision(table_text())


def _compare(
    engine: Any, policy: Policy, made: Sequence[tuple[dict[str, object], dict[str, object]]]
) -> None:
    """Both name the same rules, or there is nothing to compare."""
    index = policy.rule_index(of_inspection=False)
    for facts, context in made:
        theirs = {row["rule"] for row in engine.evaluate(context)["result"]}
        found = index.answer(LineFacts(facts.get, 1))
        if theirs != {one.rule.id for one in found}:
            raise SystemExit(f"the engines differ on {facts}")


def _measure(runs: dict[str, Callable[[], object]]) -> None:
    seconds: dict[str, list[float]] = {name: [] for name in runs}
    for number in range(ROUNDS + 1):
        for name, run in runs.items():
            gc.collect()
            start = time.process_time()
            run()
            if number:
                seconds[name].append(time.process_time() - start)
    print(f"\nForty rules, {COUNT} requests, median of {ROUNDS} rounds in turn (CPU)\n")
    print("| | µs each | a second | times the first |")
    print("|---|---:|---:|---:|")
    first = statistics.median(next(iter(seconds.values())))
    for name, found in seconds.items():
        median = statistics.median(found)
        each = median / COUNT * 1e6
        print(f"| {name} | {each:.1f} | {COUNT / median:,.0f} | {first / median:.1f} |")


if __name__ == "__main__":
    main()
