"""JSON Schemas of what commands answer with ``--json``: one declaration, printed and published."""
