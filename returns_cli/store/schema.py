"""What makes a file a store of this program. Read at every start, so it imports nothing."""

from __future__ import annotations

STORE_NAME = "returns.db"
DERIVED_NAME = "returns.db.reports"  # beside it: what reports count (``reports.derived``)
APPLICATION_ID = 0x5254524E  # "RTRN", in the file's header (pragma application_id)
SCHEMA_VERSION = 17  # number of migrations (pragma user_version); a test compares it with them
EXTERNAL_SOURCE = "orders import"
