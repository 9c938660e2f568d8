"""Give the JSON Schema of the policy language."""

from __future__ import annotations

import json

SCHEMA_FILE = "policy.schema.json"
"""What the first line of a policy calls the schema, which lies beside it."""


def policy_schema_text() -> str:
    """The schema as a file holds it; it stands in ``policies/policy.schema.json`` too."""
    from returns_cli.policy.schema_json import policy_schema

    return json.dumps(policy_schema(), ensure_ascii=False, indent=2) + "\n"
