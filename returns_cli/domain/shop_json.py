"""The settings of a shop as JSON text, and back: what the store keeps of ``shop.yaml``.

Every field of ``ShopConfig`` stands under its own name, so a new field of plain text or numbers
goes along by itself; one of another kind needs its line here, and a test fails without it.
"""

from __future__ import annotations

import json
from datetime import date

from returns_cli.domain.model import Address
from returns_cli.domain.shop import Disposition, Grade, Reason, ShopConfig, Tables
from returns_cli.domain.vocabulary import Fault, TaxStyle


def shop_to_json(config: ShopConfig) -> str:
    """The text of a shop's settings; the order of reasons, grades and addresses is kept."""
    data = {
        **config._asdict(),
        "tax": config.tax.value,
        "addresses": dict(config.addresses),
        "tables": [list(table.values()) for table in config.tables],
        "standard_shipping_minor": dict(config.standard_shipping_minor),
        "holidays": [day.isoformat() for day in sorted(config.holidays)],
        "paper": dict(config.paper),
        "brand": dict(config.brand),
        "inbox": [dict(entry) for entry in config.inbox],
        "retention": dict(config.retention),
        "accounts": dict(config.accounts),
        "defaults": {command: dict(one) for command, one in config.defaults.items()},
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def shop_from_json(text: str) -> ShopConfig:
    """The settings that :func:`shop_to_json` wrote.

    Raises:
        ValueError: not such a text.
    """
    try:
        data = json.loads(text)
        reasons, grades, dispositions = data["tables"]
        tables = Tables(
            {row[0]: _reason(*row) for row in reasons},
            {row[0]: Grade(*row) for row in grades},
            {row[0]: Disposition(*row) for row in dispositions},
        )
        read = {
            "tax": TaxStyle(data["tax"]),
            "addresses": {name: Address(*parts) for name, parts in data["addresses"].items()},
            "tables": tables,
            "gift_tags": tuple(data["gift_tags"]),
            "holidays": frozenset(map(date.fromisoformat, data["holidays"])),
            "inbox": tuple(data["inbox"]),
            "refund_order": tuple(data.get("refund_order", ())),
            "defaults": {
                command: {name: tuple(values) for name, values in options.items()}
                for command, options in data.get("defaults", {}).items()
            },
        }
        return ShopConfig(**{**data, **read})
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise ValueError(f"not the text of a shop's settings: {error}") from error


def _reason(code: str, text: str, fault: str, aliases: list[str]) -> Reason:
    return Reason(code, text, Fault(fault), tuple(aliases))
