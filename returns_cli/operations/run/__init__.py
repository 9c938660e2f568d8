"""The whole round of a returns desk without a person: ``returns run``."""
