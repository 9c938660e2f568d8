"""How far a batch of rows has come, so that a stopped one goes on where it stood.

These are no facts: a part is written in the transaction of the rows that it counts, and all parts
go when the batch ends. Without them rows are known by their keys, and only taken again.
"""

from __future__ import annotations

STATEMENTS: tuple[str, ...] = (
    """CREATE TABLE batch_part (
  command TEXT NOT NULL CHECK (command <> ''),
  work TEXT NOT NULL CHECK (work <> ''),
  part INTEGER NOT NULL CHECK (part > 0),
  body TEXT NOT NULL,
  PRIMARY KEY (command, work, part)
) STRICT, WITHOUT ROWID""",
)
