"""Forty rules and requests that meet them in many ways, for two engines; seeded.

The same rules are written twice: as a policy of ours, and as a decision table that collects every
row that matches, as an engine for tables wants them.
"""

from __future__ import annotations

import json
import random
from datetime import date, timedelta

COUNTRIES = ("US", "CA", "DE", "FR", "RO", "JP", "GB", "IT")
TIERS = ("gold", "silver", "platinum", "bronze")
CATEGORIES = ("Apparel", "Home", "Toys", "Electronics")
REASONS = (
    "too_small", "defective", "changed_mind", "style", "too_large", "damaged_in_transit",
)  # fmt: skip
FAULTS = {"defective": "merchant", "damaged_in_transit": "carrier"}

_TERMS = """policy: bench
title: Bench
currency: USD
terms:
  window: {days: 30, from: delivered, if_unknown: {from: shipped, plus_days: 7}}
  resolutions: [refund, store_credit, exchange]
  condition: [new, opened]
  fees: {restocking: 10%, return_shipping: 6.95, waived_for_fault: [merchant, carrier]}
  refund: {to: original_payment, after: inspected, within_days: 5}
  inspection:
    new: {refund: 100%, disposition: restock}
    opened: {refund: 100%, disposition: open_box}
rules:
"""

# Conditions of ours, the cells of the other's row, and what our rule does.
_Row = tuple[str, dict[str, str], str]


def rows() -> list[_Row]:
    """The forty rules."""
    return [
        *(
            (
                f"order.country: {one}, reason.fault: customer",
                {"country": f'"{one}"', "fault": '"customer"'},
                f"set: {{window: {{days: {20 + i}}}}}",
            )
            for i, one in enumerate(COUNTRIES)
        ),
        *(
            (
                f"customer.tier: {one}",
                {"tier": f'"{one}"'},
                f"set: {{fees: {{return_shipping: {i}.00}}}}",
            )
            for i, one in enumerate(TIERS)
        ),
        *(
            (
                f"item.category: {one}, line.value: {{over: {50 * (i + 1)}.00}}",
                {"category": f'"{one}"', "value": f"> {50 * (i + 1)}"},
                "review: dear",
            )
            for i, one in enumerate(CATEGORIES)
        ),
        *(
            (
                f"item.tags: tag{i}, reason.fault: customer",
                {"tags": f'contains($, "tag{i}")', "fault": '"customer"'},
                "deny: final_sale",
            )
            for i in range(4)
        ),
        *(
            (
                f"reason: {one}, quantity: {{at_least: 2}}",
                {"reason": f'"{one}"', "quantity": ">= 2"},
                "set: {evidence: {photos: 0}}",
            )
            for one in REASONS
        ),
        *(
            (
                f"line.value: {{under: {5 * (i + 1)}.00}}, reason.fault: [merchant, carrier]",
                {"value": f"< {5 * (i + 1)}", "fault": '"merchant","carrier"'},
                "keep_item: true",
            )
            for i in range(4)
        ),
        *(
            (
                f"customer.return_rate_180d: {{over: 5{i}%}}, customer.orders: {{over: {4 + i}}}",
                {"orders": f">= {5 + i}", "rate": f"> {50 + i}"},
                "review: serial_returner",
            )
            for i in range(4)
        ),
        *(
            (
                f"order.channel: shop{i}",
                {"channel": f'"shop{i}"'},
                f"set: {{label: {{valid_days: {14 + i}}}}}",
            )
            for i in range(4)
        ),
        (
            "order.placed: {from: 11-01, to: 12-24}",
            {"placed": "[1101..1224]"},
            "set: {window: {until: 01-31}}",
        ),
        (
            "order.total: {over: 400.00}, customer.first_order: true",
            {"total": "> 400", "first": "true"},
            "review: new_customer",
        ),
    ]


def policy_text() -> bytes:
    """The rules as a policy of ours."""
    rules = [
        f"  - id: r{i}\n    why: Rule {i}.\n    when: {{{when}}}\n    {effect}\n"
        for i, (when, _, effect) in enumerate(rows())
    ]
    return (_TERMS + "".join(rules)).encode()


def table_text() -> str:
    """The rules as a decision table in GoRules' JSON, every matching row collected."""
    inputs = sorted({name for _, cells, _ in rows() for name in cells})
    place = {"x": 0, "y": 0}
    table = {
        "hitPolicy": "collect",
        "inputs": [{"id": name, "name": name, "field": name} for name in inputs],
        "outputs": [{"id": "out", "name": "rule", "field": "rule"}],
        "rules": [
            {
                "_id": f"r{i}",
                **{name: cells.get(name, "") for name in inputs},
                "out": f'"r{i}"',
            }
            for i, (_, cells, _) in enumerate(rows())
        ],
    }
    nodes = [
        {"id": "in", "name": "in", "type": "inputNode", "position": place},
        {"id": "t", "name": "t", "type": "decisionTableNode", "position": place, "content": table},
        {"id": "out", "name": "out", "type": "outputNode", "position": place},
    ]
    edges = [
        {"id": "a", "sourceId": "in", "targetId": "t", "type": "edge"},
        {"id": "b", "sourceId": "t", "targetId": "out", "type": "edge"},
    ]
    return json.dumps({"nodes": nodes, "edges": edges})


def requests(count: int, seed: int = 7) -> list[tuple[dict[str, object], dict[str, object]]]:
    """Facts of requests: by our names and kinds, and as the other engine's context."""
    draw = random.Random(seed)
    made = []
    for number in range(count):
        minor, units = draw.randrange(300, 60_000), draw.randrange(1, 4)
        placed = date(2025, 1, 1) + timedelta(draw.randrange(400))
        reason = draw.choice(REASONS)
        ours: dict[str, object] = {
            "line.is_known": True,
            "item.sku": f"SKU-{number % 500}",
            "item.title": "Thing",
            "item.category": draw.choice((*CATEGORIES, "Garden")),
            "item.tags": (f"tag{draw.randrange(12)}",),
            "line.value": minor,
            "line.quantity": units,
            "line.shipped_units": units,
            "line.returned_before": 0,
            "quantity": units,
            "reason": reason,
            "reason.fault": FAULTS.get(reason, "customer"),
            "resolution": "refund",
            "condition": "new",
            "photos": 0,
            "kind": "return",
            "order.country": draw.choice((*COUNTRIES, "ES")),
            "order.channel": draw.choice(("default", "shop1", "shop2")),
            "order.placed": placed,
            "order.shipped": placed,
            "order.delivered": placed + timedelta(3),
            "order.total": minor,
            "requested_on": placed + timedelta(draw.randrange(3, 60)),
            "customer.tier": draw.choice(("", "", "gold", "silver")),
            "customer.orders": draw.randrange(9),
            "customer.return_rate_180d": draw.randrange(100) * 10**10,
            "customer.first_order": draw.random() < 0.3,
            "inspection.grade": (),
        }
        made.append((ours, _context(ours)))
    return made


def _context(ours: dict[str, object]) -> dict[str, object]:
    placed, value, rate = (
        ours["order.placed"],
        ours["line.value"],
        ours["customer.return_rate_180d"],
    )
    assert isinstance(placed, date)
    assert isinstance(value, int)
    assert isinstance(rate, int)
    return {
        "country": ours["order.country"],
        "fault": ours["reason.fault"],
        "tier": ours["customer.tier"],
        "category": ours["item.category"],
        "value": value / 100,
        "tags": list(ours["item.tags"]),  # type: ignore[call-overload]  # a tuple of words
        "reason": ours["reason"],
        "quantity": ours["quantity"],
        "orders": ours["customer.orders"],
        "rate": rate // 10**10,
        "channel": ours["order.channel"],
        "placed": placed.month * 100 + placed.day,
        "total": value / 100,
        "first": ours["customer.first_order"],
    }
