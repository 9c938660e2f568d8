"""Give the JSON Schema of the policy language."""

from __future__ import annotations

import json


def policy_schema_text() -> str:
    """The schema as a file holds it; it stands in ``docs/json/policy.schema.json`` too."""
    from returns_cli.policy.schema_json import policy_schema

    return json.dumps(policy_schema(), ensure_ascii=False, indent=2) + "\n"
