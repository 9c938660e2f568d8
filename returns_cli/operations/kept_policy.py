"""The policy text that a stored decision was made by, read again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from returns_cli.domain.errors import InvalidError
from returns_cli.domain.shop import Tables

if TYPE_CHECKING:
    from returns_cli.policy.language import Policy
    from returns_cli.store.connection import Store


def kept_policy(store: Store, sha256: str | None, tables: Tables | None = None) -> Policy | None:
    """The policy of a kept text; None where none was kept, or it does not stand for itself.

    Args:
        sha256: of the text, as the decision names it; None where no policy fitted.
        tables: the shop's, whose words its own complete; None accepts any grade.
    """
    from returns_cli.policy.language import parse_policy
    from returns_cli.store.policies import policy_text

    kept = policy_text(store, sha256) if sha256 else None
    if kept is None:
        return None
    try:
        return parse_policy(kept.text, kept.shown_as, tables)
    except InvalidError:  # it names a policy that it extends, or tables that the shop has no more
        return None
