"""Triggers that keep facts as they were written (I7).

``INSERT OR REPLACE`` deletes without firing DELETE triggers where ``recursive_triggers`` is off,
as it is in other programs; so an insert onto an existing key is refused before it happens.
"""

from __future__ import annotations

Keys = tuple[tuple[str, ...], ...]


def append_only(table: str, keys: Keys) -> tuple[str, ...]:
    """The three triggers that make a table append-only.

    Args:
        table: its name.
        keys: the columns of its primary key and of every other unique key.
    """
    rule = f"E-STORE-RULE {table} keeps what was written:"
    taken = " OR ".join(
        f"EXISTS (SELECT 1 FROM {table} WHERE "  # noqa: S608 - names of this module's own tables
        + " AND ".join(f"{column} = NEW.{column}" for column in key)
        + ")"
        for key in keys
    )
    return (
        f"""CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} BEGIN
  SELECT RAISE(ABORT, '{rule} a row is never changed');
END""",
        f"""CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} BEGIN
  SELECT RAISE(ABORT, '{rule} a row is never deleted');
END""",
        f"""CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {taken} BEGIN
  SELECT RAISE(ABORT, '{rule} a row is never replaced');
END""",
    )
