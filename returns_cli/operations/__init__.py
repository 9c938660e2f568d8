"""One verb per file: load, decide, save, in one transaction. Answers are JSON-able data."""
