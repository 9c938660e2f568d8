"""The policy language: YAML text → Policy → Decision. Pure but for reading files."""
