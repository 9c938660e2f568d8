"""The append-only double-entry journal (I7). Debits are positive, credits negative.

Postings go in first, behind a deferred foreign key, the ``journal`` row last: a row trigger cannot
see the finished set otherwise. The hash chain is made and verified by ``store/journal.py``.
"""

from __future__ import annotations

TABLES = (
    """CREATE TABLE journal (
  seq INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind <> ''),
  key TEXT NOT NULL UNIQUE CHECK (key <> ''),
  body_hash TEXT NOT NULL CHECK (length(body_hash) = 64),
  actor TEXT NOT NULL CHECK (actor <> ''),
  business_date TEXT NOT NULL
    CHECK (business_date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  recorded_at TEXT NOT NULL,
  policy_sha256 TEXT CHECK (length(policy_sha256) = 64),
  prev_hash TEXT NOT NULL CHECK (length(prev_hash) = 64),
  hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64)
) STRICT""",
    """CREATE TABLE posting (
  seq INTEGER NOT NULL REFERENCES journal DEFERRABLE INITIALLY DEFERRED,
  n INTEGER NOT NULL CHECK (n > 0),
  account TEXT NOT NULL CHECK (account <> ''),
  order_ref TEXT NOT NULL,
  currency TEXT NOT NULL CHECK (currency GLOB '[A-Z][A-Z][A-Z]'),
  minor INTEGER NOT NULL CHECK (minor <> 0),
  PRIMARY KEY (seq, n)
) STRICT, WITHOUT ROWID""",
)

RULES = (
    """CREATE TRIGGER posting_before_its_entry BEFORE INSERT ON posting
WHEN EXISTS (SELECT 1 FROM journal j WHERE j.seq = NEW.seq) BEGIN
  SELECT RAISE(ABORT, 'E-STORE-RULE a posting cannot join an entry that is already recorded');
END""",
    """CREATE TRIGGER journal_complete BEFORE INSERT ON journal BEGIN
  SELECT RAISE(ABORT, 'E-STORE-RULE journal entries are numbered without gaps')
  WHERE NEW.seq <> 1 + (SELECT coalesce(max(j.seq), 0) FROM journal j);
  SELECT RAISE(ABORT, 'E-STORE-RULE a journal entry continues the chain of hashes')
  WHERE NEW.prev_hash <> coalesce(
    (SELECT j.hash FROM journal j WHERE j.seq = NEW.seq - 1), printf('%064d', 0));
  SELECT RAISE(ABORT, 'E-STORE-RULE a journal entry has at least two postings')
  WHERE (SELECT count(*) FROM posting p WHERE p.seq = NEW.seq) < 2;
  SELECT RAISE(ABORT, 'E-STORE-RULE a journal entry sums to zero in each currency')
  WHERE EXISTS (SELECT 1 FROM posting p WHERE p.seq = NEW.seq
    GROUP BY p.currency HAVING sum(p.minor) <> 0);
END""",
)

APPEND_ONLY = (
    ("journal", (("seq",), ("key",), ("hash",))),
    ("posting", (("seq", "n"),)),
)
