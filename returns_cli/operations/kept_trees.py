"""The trees of policy texts that the store keeps: reading YAML costs more than judging a return."""

from __future__ import annotations

from typing import TYPE_CHECKING

from returns_cli import __version__
from returns_cli.notation.shelf import tree_from_json, tree_to_json

if TYPE_CHECKING:
    from returns_cli.notation.read import Node
    from returns_cli.store.connection import Store

_LONGEST_KEPT = 65_536  # bytes; a longer file is read anew by every command


class KeptTrees:
    """A shelf (``notation.shelf``) in a store.

    A tree stands for exactly one text, by its SHA-256, so an edit of a file is seen at once. What
    is damaged or of another version of the program is passed over. A tree is kept along with what
    a command writes; a command that only reads keeps nothing.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def find(self, data: bytes) -> Node | None:
        """The tree of a text; None where there is none."""
        from returns_cli.store.settings import find_tree

        kept = find_tree(self._store, _sha256(data), __version__)
        try:
            return None if kept is None else tree_from_json(kept)
        except ValueError:
            return None

    def keep(self, data: bytes, root: Node) -> None:
        """Keep the tree of a text, where something is being written."""
        from returns_cli.store.settings import keep_tree

        if self._store.is_writing and len(data) <= _LONGEST_KEPT:
            keep_tree(self._store, _sha256(data), __version__, tree_to_json(root))


def _sha256(data: bytes) -> str:
    import hashlib  # loads OpenSSL: not for commands that read no policy

    return hashlib.sha256(data).hexdigest()
