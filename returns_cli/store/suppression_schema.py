"""Who was erased, as salted references: the next import of an old file brings nobody back.

A reference is an HMAC with the shop's salt of a mail address or of a source's customer id; nothing
else of the person is kept. ``orders_until`` is the day of the erasure: what they buy later is
theirs again.
"""

from __future__ import annotations

from returns_cli.store.first_schema.guards import append_only
from returns_cli.store.first_schema.imports import SEAL

APPEND_ONLY = (("suppression", (("suppression_id",),)),)

STATEMENTS: tuple[str, ...] = (
    f"""CREATE TABLE suppression (
  suppression_id INTEGER PRIMARY KEY,
  person_ref BLOB NOT NULL CHECK (length(person_ref) = 16),
  orders_until TEXT NOT NULL CHECK (orders_until <> ''),
  actor TEXT NOT NULL CHECK (actor <> ''),
  {SEAL}
) STRICT""",
    "CREATE INDEX suppression_by_person ON suppression (person_ref)",
    *(statement for table, keys in APPEND_ONLY for statement in append_only(table, keys)),
)
