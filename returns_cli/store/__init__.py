"""The store: one SQLite file, the only SQL of the program, the ledger that can be proved."""
