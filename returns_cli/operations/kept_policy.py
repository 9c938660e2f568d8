"""The policy text that a stored decision was made by, read again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from returns_cli.domain.errors import InvalidError
from returns_cli.domain.shop import Tables

if TYPE_CHECKING:
    from returns_cli.policy.language import Policy
    from returns_cli.store.connection import Store


def kept_policy(
    store: Store,
    sha256: str | None,
    tables: Tables | None = None,
    extends: object | None = None,
    floor: object | None = None,
) -> Policy | None:
    """The policy of a kept text; None where none was kept, or it does not read any more.

    Args:
        sha256: of the text, as the decision names it; None where no policy fitted.
        tables: the shop's, whose words its own complete; None for the default ones.
        extends: sha256 of the text that it extended, as ``facts["extends"]`` of the decision says.
        floor: sha256 of the legal minimums it was held to, as ``facts["legal_floor"]`` says.
    """
    from returns_cli.notation.shelf import put_up
    from returns_cli.operations.kept_trees import KeptTrees

    try:
        with put_up(KeptTrees(store)):
            return read_kept_policy(store, sha256, tables, extends, floor)
    except InvalidError:
        return None


def read_kept_policy(
    store: Store,
    sha256: str | None,
    tables: Tables | None,
    extends: object | None,
    floor: object | None = None,
    *,
    cited: frozenset[str] = frozenset(),
) -> Policy | None:
    """As :func:`kept_policy`; None only where no text was kept.

    Args:
        cited: files that the decision cites: a text that was kept under another name, since its
            file was renamed and not changed, is shown as the one it cites.

    Raises:
        InvalidError: one of the texts does not read any more (exit 7).
    """
    from returns_cli.policy.floor_table import read_floors
    from returns_cli.policy.language import parse_policy
    from returns_cli.store.policies import policy_text

    kept = policy_text(store, sha256) if sha256 else None
    if kept is None:
        return None
    parent = policy_text(store, extends) if isinstance(extends, str) else None
    law = policy_text(store, floor) if isinstance(floor, str) else None
    return parse_policy(
        kept.text,
        _shown_as(kept.shown_as, cited - {one.shown_as for one in (parent, law) if one}),
        tables,
        lambda _name: (parent.text, parent.shown_as) if parent is not None else None,
        is_stored=True,
        floors=read_floors(law.text, law.shown_as) if law is not None else None,
    )


def _shown_as(kept: str, cited: frozenset[str]) -> str:
    return next(iter(cited)) if len(cited) == 1 else kept
