"""Say what changed between two policies, setting by setting and rule by rule."""

from __future__ import annotations

from pathlib import Path

from returns_cli.operations.check_policies import read_policy
from returns_cli.operations.return_view import Json
from returns_cli.operations.shop import Shop


def diff_policies(old: Path, new: Path, shop: Shop | None = None) -> Json:
    """What a decision or a customer would notice between two policies; nothing is written.

    Args:
        old, new: policy files.
        shop: its tables count inside a shop, else the default ones.

    Raises:
        InvalidError: a policy cannot be accepted (7).
        UsageError: a file that cannot be read (2).
    """
    from returns_cli.policy.compare import compare_policies

    before, after = read_policy(old, shop), read_policy(new, shop)
    changes = compare_policies(before, after)
    return {
        "old": {"id": before.id, "version": before.version, "sha256": before.sha256},
        "new": {"id": after.id, "version": after.version, "sha256": after.sha256},
        "same": not changes,
        "changes": [one._asdict() for one in changes],
    }
