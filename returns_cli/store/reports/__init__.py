"""Counted facts for reports: read-only, grouped by the shop's days, one module a subject."""
