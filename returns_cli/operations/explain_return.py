"""Say in plain words why a return was judged as it was, and what happened to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from returns_cli.domain.errors import ConflictError
from returns_cli.domain.lifecycle import quoted_lines
from returns_cli.domain.model import Decision
from returns_cli.operations.decision_digest import digest_decision
from returns_cli.operations.kept_policy import kept_policy
from returns_cli.operations.return_view import Json, quote_record, view_return
from returns_cli.operations.shop import Shop

if TYPE_CHECKING:
    from returns_cli.policy.language import Policy
    from returns_cli.store.connection import Store


def explain_return(shop: Shop, rma: str) -> Json:
    """The return's JSON object with ``explanation`` and ``trace``.

    ``explanation`` is lines of text, each leaf with its source; ``trace`` holds, per line, what
    became of each rule and of each of its tests.
    """
    from returns_cli.policy.explain import explain_decision, explain_tests
    from returns_cli.policy.words.amounts import amount_lines, explain_amounts
    from returns_cli.store.ledger import order_ledger
    from returns_cli.store.returns import find_return

    with shop.open_store(read_only=True) as store, store.reading():
        record = find_return(store, rma)
        ledger = order_ledger(store, record.order_pk)
        decision = record.decision
        policy = _policy_of(shop, store, decision) if decision else None
    if decision is None:
        raise ConflictError(
            "E-NOT-JUDGED",
            f"{record.rma} was not judged yet.",
            where=record.rma,
            hint=f"Judge it with `returns evaluate {record.rma}`.",
        )
    quote = quote_record(record, ledger, shop.config)
    return {
        **view_return(record, ledger, shop.config, shop.today),
        "explanation": [
            *explain_decision(decision, policy),
            "",
            *amount_lines(quote, explain_amounts(quote, quoted_lines(record), record.order)),
        ],
        "trace": explain_tests(decision, policy),
    }


def digest_of_return(shop: Shop, rma: str) -> list[str]:
    """A judged return's decision in a few lines of text, each part with its source."""
    from returns_cli.store.ledger import order_ledger
    from returns_cli.store.returns import find_return

    with shop.open_store(read_only=True) as store, store.reading():
        record = find_return(store, rma)
        ledger = order_ledger(store, record.order_pk)
        decision = record.decision
        policy = _policy_of(shop, store, decision) if decision else None
    lines = decision.lines if decision else ()
    return digest_decision(lines, quote_record(record, ledger, shop.config), policy)


def _policy_of(shop: Shop, store: Store, decision: Decision) -> Policy | None:
    facts = decision.facts
    place = (decision.policy_sha256, facts.get("extends"), facts.get("legal_floor"))
    if place not in shop.kept_policies:
        shop.kept_policies[place] = kept_policy(store, place[0], shop.config.tables, *place[1:])
    return shop.kept_policies[place]


def history_of_return(shop: Shop, rma: str) -> list[Json]:
    """Everything that happened to a return, oldest first, with who did it."""
    from returns_cli.store.history import history_of
    from returns_cli.store.returns import find_return_id

    with shop.open_store(read_only=True) as store, store.reading():
        events = history_of(store, find_return_id(store, rma))
    return [
        {
            "at": one.at,
            "actor": one.actor,
            "what": one.what,
            "line": one.line,
            "quantity": one.quantity,
            "detail": dict(one.detail),
        }
        for one in events
    ]
