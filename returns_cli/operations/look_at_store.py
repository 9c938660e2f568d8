"""Say what the store holds, and bring an older one up to date."""

from __future__ import annotations

from returns_cli.operations.return_view import Json
from returns_cli.operations.shop import Shop


def show_stats(shop: Shop) -> Json:
    """Sizes, version, counts, and the journal's entries and head."""
    from returns_cli.store.journal import journal_head
    from returns_cli.store.stats import store_stats

    with shop.open_store(read_only=True) as store, store.reading():
        entries, head = journal_head(store)
        return {
            "path": str(store.path),
            **store_stats(store)._asdict(),
            "entries": entries,
            "head": head,
        }


def migrate_shop(shop: Shop) -> Json:
    """Bring the store to this program's version, all at once, after a backup of it.

    Any command does so when it opens the store; this one does nothing else. A store that is up to
    date stays as it is.

    Raises:
        StoreError: missing, locked, damaged, or of a newer program (8).
    """
    from returns_cli.store.connection import STORE_NAME, open_store
    from returns_cli.store.schema import SCHEMA_VERSION
    from returns_cli.store.stats import version_of

    before = version_of(shop.folder / STORE_NAME)
    kept = set(shop.folder.glob(f"{STORE_NAME}.v*.backup"))
    if not shop.dry_run:
        open_store(shop.folder).close()
    made = sorted(set(shop.folder.glob(f"{STORE_NAME}.v*.backup")) - kept)
    return {
        "from": before,
        "to": SCHEMA_VERSION,
        "pending": max(0, SCHEMA_VERSION - before),
        "backup": made[0].name if made else None,
    }
